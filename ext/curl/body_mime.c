/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/body_mime.c - POSTFIELDS that are an array: a part for each value, or for each of a value that is an array.
 *
 *     "name" => "text"                                 name
 *     7      => ["a", "b"]                             name "7", twice
 *     "name" => CURLFile{name, mime, postname}         name, filename, type; bytes of a stream
 *     "name" => CURLStringFile{data, postname, mime}   name, filename, type
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include <sys/stat.h>

#include "body.h"

#include "../../net/random.h"
#include "../compat.h"
#include "body_parts.h"
#include "streams.h"

#define TYPE "multipart/form-data; boundary="

struct part {
    struct native_http_source_bytes
        bytes; /* first: it is cast back; of a file only the functions */
    struct native_ext_curl_easy *easy;
    zend_string *name, *filename, *type; /* NULL: none */
    zend_string *data;                   /* NULL: a file */
    zend_string *path;
    zval stream; /* UNDEF: it could not be opened */
};

struct native_ext_curl_mime {
    struct native_http_source_multipart multipart;
    struct native_ext_curl_easy *easy;
    struct part *parts;
    size_t count, room;
    struct native_http_multipart_part *heads;
    struct native_http_source **contents;
    char type[sizeof(TYPE) - 1 + NATIVE_HTTP_BOUNDARY_LEN];
    char *own_type; /* malloc'ed: of the user's, with the boundary; NULL: the usual one */
};

/* ---- streams ---- */

/* Reading it runs no code of the user's. */
static bool is_plain(const php_stream *stream)
{
    return php_stream_is(stream, PHP_STREAM_IS_STDIO) && !stream->readfilters.head;
}

enum native_http_source_status native_ext_curl_stream_take(struct native_ext_curl_easy *easy,
                                                           zval *stream, void *out, size_t room,
                                                           size_t *got)
{
    bool threw = EG(exception) != NULL;
    php_stream *from = native_ext_curl_stream(stream);
    ssize_t read;
    zval held;

    if (!from || (threw && !is_plain(from)))
        return NATIVE_HTTP_SOURCE_ABORT;
    ZVAL_COPY(&held, stream); /* its code may set another */
    easy->in_callback++;
    read = php_stream_read(from, out, room);
    easy->in_callback--;
    zval_ptr_dtor(&held);
    if (EG(exception) && !threw) {
        native_ext_curl_easy_fail(easy);
        return NATIVE_HTTP_SOURCE_ABORT;
    }
    if (read < 0)
        return NATIVE_HTTP_SOURCE_FAILED;
    *got = (size_t)read;
    return read > 0 ? NATIVE_HTTP_SOURCE_BYTES : NATIVE_HTTP_SOURCE_END;
}

bool native_ext_curl_stream_back(struct native_ext_curl_easy *easy, zval *stream, zend_off_t to)
{
    bool threw = EG(exception) != NULL, done;
    php_stream *from = native_ext_curl_stream(stream);
    zval held;

    if (!from || (threw && !is_plain(from)))
        return false;
    ZVAL_COPY(&held, stream);
    easy->in_callback++;
    done = php_stream_seek(from, to, SEEK_SET) == 0;
    easy->in_callback--;
    zval_ptr_dtor(&held);
    if (!EG(exception) || threw)
        return done;
    native_ext_curl_easy_fail(easy);
    return false;
}

/* ---- files ---- */

static void open_file(struct part *part, int options)
{
    php_stream *stream;

    part->easy->in_callback++;
    stream = php_stream_open_wrapper(ZSTR_VAL(part->path), "rb", options, NULL);
    part->easy->in_callback--;
    if (stream)
        php_stream_to_zval(stream, &part->stream);
}

/* One that could not be opened when the option was set may be there now. */
static enum native_http_source_status file_read(struct native_http_source *source, void *out,
                                                size_t room, size_t *got)
{
    struct part *part = (struct part *)source;
    enum native_http_source_status status;

    *got = 0;
    if (Z_TYPE(part->stream) == IS_UNDEF && !EG(exception)) {
        open_file(part, 0);
        part->easy->failed_in_callback |= EG(exception) != NULL;
    }
    status = native_ext_curl_stream_take(part->easy, &part->stream, out, room, got);
    return status == NATIVE_HTTP_SOURCE_FAILED ? NATIVE_HTTP_SOURCE_ABORT : status;
}

static bool file_rewind(struct native_http_source *source)
{
    struct part *part = (struct part *)source;

    return native_ext_curl_stream_back(part->easy, &part->stream, 0);
}

/* What stat() says, where that means something. */
static uint64_t size_of(php_stream *stream)
{
    php_stream_statbuf about;

    if (!stream || stream->readfilters.head || php_stream_stat(stream, &about) != 0 ||
        S_ISFIFO(about.sb.st_mode) || S_ISCHR(about.sb.st_mode) || about.sb.st_size < 0)
        return NATIVE_HTTP_SIZE_UNKNOWN;
    return (uint64_t)about.sb.st_size;
}

/* ---- what the values say ---- */

/* As C has it: up to the first zero byte. Takes over the reference. */
static zend_string *cut(zend_string *text)
{
    size_t len = strlen(ZSTR_VAL(text));
    zend_string *shorter;

    if (len == ZSTR_LEN(text))
        return text;
    shorter = zend_string_init(ZSTR_VAL(text), len, 0);
    zend_string_release(text);
    return shorter;
}

/* Returns the property; NULL: it is no text, or an exception was thrown. */
static zend_string *property(zend_object *object, const char *name)
{
    zval hold, *at = zend_read_property(object->ce, object, name, strlen(name), false, &hold);
    zval *value = at;
    zend_string *text = NULL;

    ZVAL_DEREF(value);
    if (Z_TYPE_P(value) == IS_STRING && !EG(exception))
        text = zend_string_copy(Z_STR_P(value));
    if (at == &hold) /* by __get() */
        zval_ptr_dtor(&hold);
    return text;
}

/* The same; `other` in place of "" and of none. */
static zend_string *property_or(zend_object *object, const char *name, zend_string *other)
{
    zend_string *text = property(object, name);

    if (text && ZSTR_LEN(text) > 0)
        return cut(text);
    if (text)
        zend_string_release(text);
    return zend_string_copy(other);
}

/* ---- parts ---- */

static void free_part(struct part *part)
{
    zend_string *const texts[] = {part->name, part->filename, part->type, part->data, part->path};

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (texts[i])
            zend_string_release(texts[i]);
    zval_ptr_dtor(&part->stream);
}

static bool no_memory(struct native_ext_curl_mime *mime)
{
    native_ext_curl_easy_set_error(mime->easy, CURLE_OUT_OF_MEMORY, NULL);
    return false;
}

/* Takes over what the part holds, also where it fails. */
static bool add(struct native_ext_curl_mime *mime, zend_string *name, struct part *part)
{
    if (mime->count == mime->room) {
        size_t room = mime->room ? 2 * mime->room : 8;
        struct part *parts = realloc(mime->parts, room * sizeof(*parts));

        if (!parts) {
            free_part(part);
            return no_memory(mime);
        }
        mime->parts = parts;
        mime->room = room;
    }
    part->name = cut(zend_string_copy(name));
    if (part->data)
        native_http_source_bytes_init(&part->bytes, ZSTR_VAL(part->data), ZSTR_LEN(part->data));
    mime->parts[mime->count++] = *part;
    return true;
}

static bool add_text(struct native_ext_curl_mime *mime, zend_string *name, zval *value)
{
    struct part part = {.easy = mime->easy, .data = zval_try_get_string(value)};

    return part.data && add(mime, name, &part);
}

static bool add_file(struct native_ext_curl_mime *mime, zend_string *name, zend_object *file)
{
    struct part part = {.easy = mime->easy, .path = property(file, "name")};
    zend_string *type;

    if (!part.path) {
        if (!EG(exception))
            php_error_docref(NULL, E_WARNING, "Invalid filename for key %s", ZSTR_VAL(name));
        return !EG(exception); /* the others are sent */
    }
    part.path = cut(part.path);
    if (php_check_open_basedir(ZSTR_VAL(part.path))) {
        zend_string_release(part.path);
        return false;
    }
    type = zend_string_init(ZEND_STRL("application/octet-stream"), 0);
    part.type = property_or(file, "mime", type);
    zend_string_release(type);
    part.filename = property_or(file, "postname", part.path);
    if (!EG(exception))
        open_file(&part, STREAM_MUST_SEEK);
    if (EG(exception)) {
        free_part(&part);
        return false;
    }
    part.bytes.source =
        (struct native_http_source){file_read, Z_TYPE(part.stream) == IS_UNDEF ? NULL : file_rewind,
                                    size_of(native_ext_curl_stream(&part.stream))};
    return add(mime, name, &part);
}

static bool add_string_file(struct native_ext_curl_mime *mime, zend_string *name, zend_object *file)
{
    struct part part = {.easy = mime->easy, .filename = property(file, "postname")};

    if (part.filename)
        part.type = property(file, "mime");
    if (part.type)
        part.data = property(file, "data");
    if (!part.data) {
        free_part(&part);
        return false;
    }
    part.filename = cut(part.filename);
    part.type = cut(part.type);
    return add(mime, name, &part);
}

static bool add_list(struct native_ext_curl_mime *mime, zend_string *name, HashTable *list)
{
    zval *value;

    ZEND_HASH_FOREACH_VAL(list, value)
    {
        if (!add_text(mime, name, value))
            return false;
    }
    ZEND_HASH_FOREACH_END();
    return true;
}

static bool add_value(struct native_ext_curl_mime *mime, zend_string *name, zval *value)
{
    if (Z_TYPE_P(value) == IS_ARRAY)
        return add_list(mime, name, Z_ARR_P(value));
    if (Z_TYPE_P(value) != IS_OBJECT)
        return add_text(mime, name, value);
    if (instanceof_function(Z_OBJCE_P(value), native_ext_curl_file_ce))
        return add_file(mime, name, Z_OBJ_P(value));
    if (instanceof_function(Z_OBJCE_P(value), native_ext_curl_string_file_ce))
        return add_string_file(mime, name, Z_OBJ_P(value));
    return add_text(mime, name, value);
}

static bool add_fields(struct native_ext_curl_mime *mime, HashTable *fields)
{
    zend_string *key, *name;
    zend_ulong index;
    zval *at, value;
    bool ok = true;

    ZEND_HASH_FOREACH_KEY_VAL(fields, index, key, at)
    {
        /* A field may be a reference, and what __toString() does may change what it refers to. */
        ZVAL_COPY_DEREF(&value, at);
        name = key ? zend_string_copy(key) : zend_long_to_str((zend_long)index);
        ok = add_value(mime, name, &value);
        zend_string_release(name);
        zval_ptr_dtor(&value);
        ok = ok && !EG(exception);
        if (!ok)
            break;
    }
    ZEND_HASH_FOREACH_END();
    return ok;
}

/* ---- the whole ---- */

static struct native_http_span span_of(const zend_string *text)
{
    return text ? (struct native_http_span){ZSTR_VAL(text), ZSTR_LEN(text)}
                : (struct native_http_span){NULL, 0};
}

/* The parts stay where they are from here on. */
static bool fill_heads(struct native_ext_curl_mime *mime)
{
    mime->heads = calloc(mime->count + 1, sizeof(*mime->heads));
    mime->contents = calloc(mime->count + 1, sizeof(struct native_http_source *));
    if (!mime->heads || !mime->contents)
        return no_memory(mime);
    for (size_t i = 0; i < mime->count; i++) {
        struct part *part = &mime->parts[i];

        mime->heads[i] = (struct native_http_multipart_part){
            .name = span_of(part->name),
            .filename = span_of(part->filename),
            .content_type = span_of(part->type),
            .size = part->bytes.source.size,
        };
        mime->contents[i] = &part->bytes.source;
    }
    return true;
}

/* Begin to write it, from its first byte on. Returns false where a part cannot be. */
static bool write_anew(struct native_ext_curl_mime *mime)
{
    struct native_http_span boundary = {mime->type + sizeof(TYPE) - 1, NATIVE_HTTP_BOUNDARY_LEN};
    struct native_http_fault fault;
    size_t part;

    return native_http_source_multipart_init(&mime->multipart, mime->heads, mime->contents,
                                             mime->count, boundary, &part,
                                             &fault) == NATIVE_HTTP_OK;
}

static bool start(struct native_ext_curl_mime *mime)
{
    unsigned char random[NATIVE_HTTP_BOUNDARY_RANDOM];

    if (!fill_heads(mime))
        return false;
    if (!native_net_random(random, sizeof(random))) {
        native_ext_curl_easy_set_error(mime->easy, CURLE_FAILED_INIT, NULL);
        return false;
    }
    memcpy(mime->type, TYPE, sizeof(TYPE) - 1);
    native_http_boundary_make(random, mime->type + sizeof(TYPE) - 1);
    if (write_anew(mime))
        return true;
    /* A type with a line end in it would add header lines. */
    native_ext_curl_easy_set_error(mime->easy, CURLE_BAD_FUNCTION_ARGUMENT, NULL);
    return false;
}

struct native_ext_curl_mime *native_ext_curl_mime_new(struct native_ext_curl_easy *easy,
                                                      HashTable *fields)
{
    struct native_ext_curl_mime *mime = calloc(1, sizeof(*mime));
    bool ok;

    if (!mime) {
        native_ext_curl_easy_set_error(easy, CURLE_OUT_OF_MEMORY, NULL);
        return NULL;
    }
    mime->easy = easy;
    GC_TRY_ADDREF(fields);
    ok = add_fields(mime, fields);
    zend_array_release(fields);
    if (ok && start(mime))
        return mime;
    native_ext_curl_mime_free(mime);
    return NULL;
}

struct native_http_source *native_ext_curl_mime_source(struct native_ext_curl_mime *mime)
{
    return &mime->multipart.source;
}

struct native_http_span native_ext_curl_mime_type(const struct native_ext_curl_mime *mime)
{
    if (mime->own_type)
        return (struct native_http_span){mime->own_type, strlen(mime->own_type)};
    return (struct native_http_span){mime->type, sizeof(mime->type)};
}

static bool set_type(struct native_ext_curl_mime *mime, const char *type)
{
    static const char name[] = "; boundary=";
    size_t len = strlen(type), end = len + sizeof(name) - 1;
    char *text = malloc(end + NATIVE_HTTP_BOUNDARY_LEN + 1);

    if (!text)
        return no_memory(mime);
    memcpy(text, type, len);
    memcpy(text + len, name, sizeof(name) - 1);
    memcpy(text + end, mime->type + sizeof(TYPE) - 1, NATIVE_HTTP_BOUNDARY_LEN);
    text[end + NATIVE_HTTP_BOUNDARY_LEN] = '\0';
    mime->own_type = text;
    return true;
}

static bool is_form(const char *type)
{
    static const char form[] = "multipart/form-data";

    return !type || (strncasecmp(type, form, sizeof(form) - 1) == 0 &&
                     strchr(" ;\t\r\n", type[sizeof(form) - 1])); /* or its end */
}

bool native_ext_curl_mime_shape(struct native_ext_curl_mime *mime, bool with_slash,
                                const char *type)
{
    bool attached = !is_form(type);

    free(mime->own_type);
    mime->own_type = NULL;
    if (type && !set_type(mime, type))
        return false;
    if (mime->count == 0 ||
        (mime->heads[0].escape_with_slash == with_slash && mime->heads[0].attachment == attached))
        return true;
    for (size_t i = 0; i < mime->count; i++) {
        mime->heads[i].escape_with_slash = with_slash;
        mime->heads[i].attachment = attached;
    }
    native_http_source_multipart_end(&mime->multipart);
    (void)write_anew(mime); /* it has been good before, and neither takes part in that */
    return true;
}

void native_ext_curl_mime_free(struct native_ext_curl_mime *mime)
{
    if (!mime)
        return;
    native_http_source_multipart_end(&mime->multipart);
    for (size_t i = 0; i < mime->count; i++)
        free_part(&mime->parts[i]);
    free(mime->own_type);
    free(mime->parts);
    free(mime->heads);
    free(mime->contents);
    free(mime);
}
