/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/body.c - what a handle sends, by its settings.
 *
 *     engine -- reads --> out --> now:  fields (body_mime.c) | text | reading: READFUNCTION, or INFILE
 *                                 next: another of them, from the next request on
 *
 * The engine keeps a pointer to its source from one request to the next: `out` stays the same all the handle's life. What a
 * callback sets counts for the next request: of the one that is going out no byte may come from another body. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "body.h"

#include "../compat.h"
#include "body_parts.h"
#include "call.h"
#include "fill.h"
#include "streams.h"

enum {
    SEND_FAIL_REWIND = 65,      /* CURLE_*, of which PHP has no constant */
    READ_ABORT = 0x10000000,    /* CURL_READFUNC_ABORT: nor of this */
    EXPECT_ABOVE = 1024 * 1024, /* POST; PUT always asks first */
};

/* POSTFIELDS, and those that were before: they go when nothing can be reading of them any more. */
struct content {
    struct content *older;
    struct native_ext_curl_mime *mime; /* NULL: text */
    zend_string *text;
    struct native_http_source_bytes bytes; /* of the text */
};

struct reading {
    struct native_http_source source; /* first: it is cast back */
    struct native_ext_curl_easy *easy;
    zend_long infile; /* number of the stream that was read of; 0: none yet */
    zend_off_t start; /* where that was */
    int64_t skip;     /* bytes that are there already, and not sent */
};

struct native_ext_curl_body {
    struct native_http_source out; /* first: it is cast back */
    struct native_ext_curl_easy *easy;
    struct native_http_source *now, *next;
    bool begun; /* now was read of */
    struct content *fields, *texts;
    struct reading reading;
};

/* ---- READFUNCTION and INFILE ---- */

/* Where the stream is when it is read of first: to there it goes back. */
static void note_start(struct reading *reading, php_stream *stream, zend_long number)
{
    if (number == reading->infile)
        return;
    reading->infile = number;
    reading->start = stream->flags & PHP_STREAM_FLAG_NO_SEEK ? -1 : php_stream_tell(stream);
    if (reading->start < 0)
        reading->source.rewind = NULL;
}

static enum native_http_source_status read_infile(struct reading *reading, void *out, size_t room,
                                                  size_t *got)
{
    zval *infile = &reading->easy->set.infile;
    php_stream *stream = native_ext_curl_stream(infile);

    if (!stream)
        return NATIVE_HTTP_SOURCE_END;
    note_start(reading, stream, Z_RES_HANDLE_P(infile));
    return native_ext_curl_stream_take(reading->easy, infile, out, room, got);
}

static enum native_http_source_status take_number(zend_long number, void *out, size_t room,
                                                  size_t *got)
{
    if (number == CURL_READFUNC_PAUSE)
        return NATIVE_HTTP_SOURCE_PAUSED;
    if (number == READ_ABORT)
        return NATIVE_HTTP_SOURCE_ABORT;
    if (number == 0)
        return NATIVE_HTTP_SOURCE_END;
    if (number < 0 || (zend_ulong)number > room)
        return NATIVE_HTTP_SOURCE_FAILED;
    /* "So many bytes": in stock of a buffer that nobody has filled. */
    *got = (size_t)number;
    memset(out, 0, *got);
    return NATIVE_HTTP_SOURCE_BYTES;
}

static enum native_http_source_status take_answer(const zval *answer, void *out, size_t room,
                                                  size_t *got)
{
    if (Z_TYPE_P(answer) == IS_LONG)
        return take_number(Z_LVAL_P(answer), out, room, got);
    if (Z_TYPE_P(answer) != IS_STRING || Z_STRLEN_P(answer) == 0)
        return NATIVE_HTTP_SOURCE_END;
    *got = MIN(room, Z_STRLEN_P(answer));
    memcpy(out, Z_STRVAL_P(answer), *got);
    return NATIVE_HTTP_SOURCE_BYTES;
}

static enum native_http_source_status ask(struct reading *reading, void *out, size_t room,
                                          size_t *got)
{
    struct native_ext_curl_easy *easy = reading->easy;
    enum native_http_source_status status;
    zval arguments[3], answer;

    ZVAL_NULL(&arguments[1]);
    if (Z_TYPE(easy->set.infile) == IS_RESOURCE)
        ZVAL_COPY(&arguments[1], &easy->set.infile);
    ZVAL_LONG(&arguments[2], (zend_long)room);
    if (!native_ext_curl_call(easy, &easy->set.on_read, "CURLOPT_READFUNCTION", 3, arguments,
                              &answer))
        return NATIVE_HTTP_SOURCE_ABORT;
    status = take_answer(&answer, out, room, got);
    zval_ptr_dtor(&answer);
    /* It has no way to be told to begin anew. */
    if (status != NATIVE_HTTP_SOURCE_PAUSED)
        reading->source.rewind = NULL;
    return status;
}

/* Callbacks and streams are looked at each time: they may be set in a callback. */
static enum native_http_source_status take(struct reading *reading, void *out, size_t room,
                                           size_t *got)
{
    *got = 0;
    if (native_ext_curl_has(&reading->easy->set.on_read))
        return ask(reading, out, room, got);
    return read_infile(reading, out, room, got);
}

static enum native_http_source_status reading_read(struct native_http_source *source, void *out,
                                                   size_t room, size_t *got)
{
    struct reading *reading = (struct reading *)source;

    while (reading->skip > 0) {
        enum native_http_source_status status =
            take(reading, out, MIN(room, (zend_ulong)reading->skip), got);

        if (status != NATIVE_HTTP_SOURCE_BYTES)
            return status == NATIVE_HTTP_SOURCE_END ? NATIVE_HTTP_SOURCE_FAILED : status;
        reading->skip -= (int64_t)*got;
    }
    return take(reading, out, room, got);
}

static bool reading_rewind(struct native_http_source *source)
{
    struct reading *reading = (struct reading *)source;
    zval *infile = &reading->easy->set.infile;

    reading->skip = native_ext_curl_body_skip(&reading->easy->set);
    if (reading->infile == 0)
        return true;
    return Z_TYPE_P(infile) == IS_RESOURCE && Z_RES_HANDLE_P(infile) == reading->infile &&
           native_ext_curl_stream_back(reading->easy, infile, reading->start);
}

/* ---- what the engine sees ---- */

/* Whether it could begin anew: the engine asks before it tries. */
static void tell_rewind(struct native_ext_curl_body *body);

static bool out_rewind(struct native_http_source *source)
{
    struct native_ext_curl_body *body = (struct native_ext_curl_body *)source;
    struct native_http_source *next = body->next;

    if ((body->begun || next != body->now) && !(next->rewind && next->rewind(next)))
        return false;
    body->now = next;
    body->begun = false;
    tell_rewind(body);
    return true;
}

static void tell_rewind(struct native_ext_curl_body *body)
{
    bool can = !body->begun || body->next->rewind;

    body->out.rewind = can ? out_rewind : NULL;
}

static enum native_http_source_status out_read(struct native_http_source *source, void *out,
                                               size_t room, size_t *got)
{
    struct native_ext_curl_body *body = (struct native_ext_curl_body *)source;
    enum native_http_source_status status;

    *got = 0;
    if (body->easy->failed_in_callback)
        return NATIVE_HTTP_SOURCE_ABORT;
    body->begun = true;
    status = body->now->read(body->now, out, room, got);
    tell_rewind(body);
    return status;
}

/* ---- contents ---- */

static struct native_http_source *source_of(struct content *content)
{
    return content->mime ? native_ext_curl_mime_source(content->mime) : &content->bytes.source;
}

static void free_content(struct content *content)
{
    native_ext_curl_mime_free(content->mime);
    if (content->text)
        zend_string_release(content->text);
    free(content);
}

static void free_list(struct content **list)
{
    while (*list) {
        struct content *content = *list;

        *list = content->older;
        free_content(content);
    }
}

/* Let go of all but `keep`, and what is read of. To close a file may run code of the user's, which finds the list whole. */
static void free_others(struct native_ext_curl_body *body, struct content **list,
                        const struct content *keep)
{
    struct content *gone = NULL;

    while (*list) {
        struct content *content = *list;
        struct native_http_source *source = source_of(content);

        if (content == keep || source == body->now || source == body->next) {
            list = &content->older;
            continue;
        }
        *list = content->older;
        content->older = gone;
        gone = content;
    }
    free_list(&gone);
}

static struct content *add_content(struct content **list)
{
    struct content *content = calloc(1, sizeof(*content));

    if (content) {
        content->older = *list;
        *list = content;
    }
    return content;
}

static struct native_ext_curl_body *body_of(struct native_ext_curl_easy *easy)
{
    struct native_ext_curl_body *body = easy->body;

    if (body)
        return body;
    body = calloc(1, sizeof(*body));
    if (!body)
        return NULL;
    body->out.read = out_read;
    body->easy = body->reading.easy = easy;
    body->reading.source =
        (struct native_http_source){reading_read, reading_rewind, NATIVE_HTTP_SIZE_UNKNOWN};
    easy->body = body;
    return body;
}

int native_ext_curl_body_of_fields(struct native_ext_curl_easy *easy, HashTable *fields)
{
    struct native_ext_curl_mime *mime = native_ext_curl_mime_new(easy, fields);
    struct native_ext_curl_body *body;
    struct content *content;

    if (!mime)
        return -1;
    body = body_of(easy); /* not before: the fields may have run code that resets the handle */
    content = body ? add_content(&body->fields) : NULL;
    if (!content) {
        native_ext_curl_mime_free(mime);
        native_ext_curl_easy_set_error(easy, CURLE_OUT_OF_MEMORY, NULL);
        return -1;
    }
    content->mime = mime;
    if (!easy->running)
        free_others(body, &body->fields, content);
    return CURLE_OK;
}

/* ---- the body that the settings ask for ---- */

/* One that the same text has made goes on: a setting that has nothing to do with it may have changed. Returns NULL without
 * memory. */
static struct native_http_source *choose_text(struct native_ext_curl_body *body)
{
    zend_string *text = body->easy->set.post_text;
    struct content *content = body->texts;

    if (!content || content->text != text) {
        content = add_content(&body->texts);
        if (!content)
            return NULL;
        content->text = zend_string_copy(text);
        native_http_source_bytes_init(&content->bytes, ZSTR_VAL(text), ZSTR_LEN(text));
    }
    return &content->bytes.source;
}

static struct native_http_source *choose_reading(struct native_ext_curl_body *body, int64_t size)
{
    body->reading.source.size = size >= 0 ? (uint64_t)size : NATIVE_HTTP_SIZE_UNKNOWN;
    return &body->reading.source;
}

static struct native_http_source *choose(struct native_ext_curl_body *body)
{
    const struct native_ext_curl_settings *set = &body->easy->set;
    struct native_http_options *options = &body->easy->options;

    enum native_ext_curl_method method = native_ext_curl_method_of(body->easy);

    if (method == NATIVE_EXT_CURL_PUT) {
        options->expect_above = 0;
        return choose_reading(body, set->infile_size - native_ext_curl_body_skip(set));
    }
    if (method == NATIVE_EXT_CURL_POST_MIME) {
        options->content_type = native_ext_curl_mime_type(body->fields->mime);
        return source_of(body->fields);
    }
    options->content_type = NATIVE_HTTP_SPAN("application/x-www-form-urlencoded");
    /* INFILESIZE is of uploads: it says nothing of a POST. */
    return set->post_text ? choose_text(body) : choose_reading(body, -1);
}

/* A transfer begins: nothing was read yet. */
static void begin(struct native_ext_curl_body *body)
{
    body->now = body->next = NULL;
    body->begun = false;
    body->reading.infile = 0;
    body->reading.skip = native_ext_curl_body_skip(&body->easy->set);
    body->reading.source.rewind = reading_rewind;
}

static int fails(struct native_ext_curl_easy *easy, int code, const char *text)
{
    native_ext_curl_easy_set_error(easy, code, text);
    return code;
}

const char *native_ext_curl_body_stuck(const struct native_ext_curl_easy *easy)
{
    return easy->set.method == NATIVE_EXT_CURL_POST_MIME ? "Cannot rewind mime/post data"
                                                         : "necessary data rewind wasn't possible";
}

/* What it sends goes back to its first byte, which an earlier transfer may have read. Returns CURLE_*. */
static int start(struct native_ext_curl_body *body)
{
    struct native_ext_curl_easy *easy = body->easy;
    const struct native_ext_curl_settings *set = &easy->set;
    struct native_http_source *next = body->next;
    struct native_ext_curl_mime *mime;

    free_others(body, &body->fields, body->fields);
    free_others(body, &body->texts, NULL);
    if (!next->rewind || !next->rewind(next))
        return fails(easy, SEND_FAIL_REWIND, native_ext_curl_body_stuck(easy));
    if (set->infile_size >= 0 && native_ext_curl_body_skip(set) >= MAX(set->infile_size, 1))
        return fails(easy, CURLE_PARTIAL_FILE, "File already completely uploaded");
    if (set->method != NATIVE_EXT_CURL_POST_MIME)
        return CURLE_OK;
    mime = body->fields->mime;
    if (!native_ext_curl_mime_shape(mime, set->mime_options & CURLMIMEOPT_FORMESCAPE,
                                    native_ext_curl_own_type(set)))
        return CURLE_OUT_OF_MEMORY; /* it is noted */
    easy->options.content_type = native_ext_curl_mime_type(mime);
    return CURLE_OK;
}

static bool sends(const struct native_ext_curl_easy *easy)
{
    enum native_ext_curl_method method = native_ext_curl_method_of(easy);

    if (method < NATIVE_EXT_CURL_POST || easy->set.no_body)
        return false;
    return method != NATIVE_EXT_CURL_POST_MIME || (easy->body && easy->body->fields);
}

int native_ext_curl_body_prepare(struct native_ext_curl_easy *easy)
{
    struct native_http_options *options = &easy->options;
    struct native_ext_curl_body *body;
    struct native_http_source *next;
    int error;

    options->source = NULL;
    options->content_type = (struct native_http_span){NULL, 0};
    options->expect_above = EXPECT_ABOVE;
    if (!sends(easy))
        return CURLE_OK;
    body = body_of(easy);
    if (body && !easy->running)
        begin(body);
    next = body ? choose(body) : NULL;
    if (!next)
        return fails(easy, CURLE_OUT_OF_MEMORY, NULL);
    body->next = next;
    error = easy->running ? CURLE_OK : start(body);
    if (error != CURLE_OK)
        return error;
    if (!body->begun)
        body->now = next;
    body->out.size = next->size;
    tell_rewind(body);
    options->source = &body->out;
    return CURLE_OK;
}

int64_t native_ext_curl_body_size(const struct native_ext_curl_easy *easy)
{
    const struct native_http_source *source = easy->options.source;

    return source && source->size <= INT64_MAX ? (int64_t)source->size : -1;
}

void native_ext_curl_body_free(struct native_ext_curl_body *body)
{
    if (!body)
        return;
    free_list(&body->fields);
    free_list(&body->texts);
    free(body);
}
