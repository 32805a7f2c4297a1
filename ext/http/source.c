/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/source.c - bodies of requests: one function a kind to read it, one to make it. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "source.h"

#include <sys/stat.h>

#include "zend_closures.h"
#include "zend_exceptions.h"
#include "zend_interfaces.h"

#include "body.h"
#include "exceptions.h"

/* ---- reading ---- */

static struct native_ext_http_source *of_source(struct native_http_source *source)
{
    return (struct native_ext_http_source *)source;
}

/* Nothing now: whoever drives the transfer looks at `ready` and goes on. */
static enum native_http_source_status pause_source(struct native_ext_http_source *s)
{
    s->ready.waiting = true;
    return NATIVE_HTTP_SOURCE_PAUSED;
}

static enum native_http_source_status take(const zend_string *from, size_t *at, void *out,
                                           size_t room, size_t *got)
{
    *got = MIN(room, ZSTR_LEN(from) - *at);
    if (*got == 0)
        return NATIVE_HTTP_SOURCE_END;
    memcpy(out, ZSTR_VAL(from) + *at, *got);
    *at += *got;
    return NATIVE_HTTP_SOURCE_BYTES;
}

static enum native_http_source_status read_bytes(struct native_http_source *source, void *out,
                                                 size_t room, size_t *got)
{
    struct native_ext_http_source *s = of_source(source);

    return take(s->bytes, &s->at, out, room, got);
}

static bool rewind_bytes(struct native_http_source *source)
{
    of_source(source)->at = 0;
    return true;
}

static bool has_bytes(struct native_ext_http_source *s, php_stream *stream)
{
    if (stream->writepos == stream->readpos)
        native_ext_http_ready_fetch(&s->ready, stream);
    return stream->writepos != stream->readpos || native_ext_http_ready_now(&s->ready);
}

/* A pipe or socket that has nothing must not hold up the other transfers, nor signal handlers. */
static enum native_http_source_status read_stream(struct native_http_source *source, void *out,
                                                  size_t room, size_t *got)
{
    struct native_ext_http_source *s = of_source(source);
    php_stream *stream = native_ext_http_stream_of(&s->value);
    ssize_t read;

    if (!stream)
        return NATIVE_HTTP_SOURCE_FAILED;
    if (EG(exception) || !has_bytes(s, stream))
        return pause_source(s);
    read = php_stream_read(stream, out, room);
    if (EG(exception))
        return NATIVE_HTTP_SOURCE_ABORT;
    if (read < 0)
        return NATIVE_HTTP_SOURCE_FAILED;
    *got = (size_t)read;
    if (read > 0)
        return NATIVE_HTTP_SOURCE_BYTES;
    return php_stream_eof(stream) ? NATIVE_HTTP_SOURCE_END : pause_source(s);
}

static bool rewind_stream(struct native_http_source *source)
{
    struct native_ext_http_source *s = of_source(source);
    php_stream *stream = native_ext_http_stream_of(&s->value);

    return stream && php_stream_seek(stream, s->start, SEEK_SET) == 0;
}

/* The next piece out of a value that a closure or iterator gave. */
static enum native_http_source_status take_piece(struct native_ext_http_source *s, zval *value,
                                                 void *out, size_t room, size_t *got)
{
    if (Z_TYPE_P(value) != IS_STRING) {
        zend_type_error("A body's piece must be of type string, %s given",
                        zend_zval_type_name(value));
        return NATIVE_HTTP_SOURCE_ABORT;
    }
    if (s->piece)
        zend_string_release(s->piece);
    s->piece = zend_string_copy(Z_STR_P(value));
    s->at = 0;
    return take(s->piece, &s->at, out, room, got);
}

static enum native_http_source_status read_closure(struct native_http_source *source, void *out,
                                                   size_t room, size_t *got)
{
    struct native_ext_http_source *s = of_source(source);
    enum native_http_source_status status;
    zval argument, result;

    if (s->piece && s->at < ZSTR_LEN(s->piece))
        return take(s->piece, &s->at, out, room, got);
    if (EG(exception)) /* of another transfer's callback */
        return pause_source(s);
    ZVAL_LONG(&argument, (zend_long)room);
    ZVAL_UNDEF(&result);
    if (call_user_function(NULL, NULL, &s->value, &result, 1, &argument) != SUCCESS ||
        EG(exception)) {
        zval_ptr_dtor(&result);
        return NATIVE_HTTP_SOURCE_ABORT;
    }
    status = take_piece(s, &result, out, room, got);
    zval_ptr_dtor(&result);
    return status;
}

static enum native_http_source_status read_iterator(struct native_http_source *source, void *out,
                                                    size_t room, size_t *got)
{
    struct native_ext_http_source *s = of_source(source);
    enum native_http_source_status status;
    zval value;

    if (s->piece && s->at < ZSTR_LEN(s->piece))
        return take(s->piece, &s->at, out, room, got);
    if (EG(exception))
        return pause_source(s);
    do {
        switch (native_ext_http_iterate_next(&s->iterate, NULL, &value)) {
        case NATIVE_EXT_HTTP_ITERATE_THREW:
            return NATIVE_HTTP_SOURCE_ABORT;
        case NATIVE_EXT_HTTP_ITERATE_END:
            return NATIVE_HTTP_SOURCE_END;
        case NATIVE_EXT_HTTP_ITERATE_ITEM:
            break;
        }
        status = take_piece(s, &value, out, room, got);
        zval_ptr_dtor(&value);
    } while (status == NATIVE_HTTP_SOURCE_END); /* an empty piece is not the end */
    return status;
}

/* ---- making ---- */

void native_ext_http_source_bytes(struct native_ext_http_source *s, zend_string *bytes,
                                  const char *type)
{
    s->kind = NATIVE_EXT_HTTP_SOURCE_BYTES;
    s->bytes = bytes;
    s->type = type ? zend_string_init(type, strlen(type), 0) : NULL;
    s->source = (struct native_http_source){read_bytes, rewind_bytes, ZSTR_LEN(bytes)};
}

/* From its position on; a stream that can seek tells how much there is. */
static bool use_stream(struct native_ext_http_source *s, zval *resource)
{
    php_stream_statbuf about;
    php_stream *stream;
    zend_off_t start;

    ZVAL_COPY(&s->value, resource);
    s->kind = NATIVE_EXT_HTTP_SOURCE_STREAM;
    stream = native_ext_http_stream_of(&s->value);
    if (!stream) {
        if (!EG(exception))
            zend_type_error("The body is a resource, but no stream");
        return false;
    }
    s->source = (struct native_http_source){read_stream, NULL, NATIVE_HTTP_SIZE_UNKNOWN};
    native_ext_http_ready_init(&s->ready, stream, POLLIN);
    start = php_stream_tell(stream);
    if ((stream->flags & PHP_STREAM_FLAG_NO_SEEK) || start < 0)
        return true;
    s->start = start;
    s->source.rewind = rewind_stream;
    if (php_stream_stat(stream, &about) == 0 && S_ISREG(about.sb.st_mode) &&
        about.sb.st_size >= start)
        s->source.size = (uint64_t)(about.sb.st_size - start);
    return true;
}

static bool use_file(struct native_ext_http_source *s, zend_string *path)
{
    php_stream *stream = php_stream_open_wrapper(ZSTR_VAL(path), "rb", 0, NULL);
    zval resource;
    bool ok;

    if (!stream) {
        if (!EG(exception))
            zend_throw_exception_ex(native_ext_http_exception_ce, 0, "Cannot open the file %s",
                                    ZSTR_VAL(path));
        return false;
    }
    php_stream_to_zval(stream, &resource);
    ok = use_stream(s, &resource);
    zval_ptr_dtor(&resource);
    return ok;
}

bool native_ext_http_source_body(struct native_ext_http_source *s, zend_object *object)
{
    struct native_ext_http_body *body = native_ext_http_body_of(object);
    zval *value = &body->slots[NATIVE_EXT_HTTP_BODY_VALUE];
    zval *type = &body->slots[NATIVE_EXT_HTTP_BODY_TYPE];

    if (body->kind == NATIVE_EXT_HTTP_BODY_MULTIPART)
        return native_ext_http_source_multipart(s, Z_ARR_P(value));
    if (body->kind == NATIVE_EXT_HTTP_BODY_FILE) {
        if (!use_file(s, Z_STR_P(value)))
            return false;
        s->type = zend_string_copy(Z_STR_P(type));
        return true;
    }
    if (Z_TYPE_P(value) != IS_STRING) {
        zend_throw_error(NULL, "The Body is not constructed");
        return false;
    }
    native_ext_http_source_bytes(s, zend_string_copy(Z_STR_P(value)), Z_STRVAL_P(type));
    return true;
}

static bool use_form(struct native_ext_http_source *s, HashTable *fields)
{
    zend_string *text = native_ext_http_form(fields);

    if (text)
        native_ext_http_source_bytes(s, text, "application/x-www-form-urlencoded");
    return text != NULL;
}

static bool use_object(struct native_ext_http_source *s, zval *value)
{
    if (Z_OBJCE_P(value) == native_ext_http_body_ce)
        return native_ext_http_source_body(s, Z_OBJ_P(value));
    s->source = (struct native_http_source){read_closure, NULL, NATIVE_HTTP_SIZE_UNKNOWN};
    s->ready.fd = -1;
    if (Z_OBJCE_P(value) == zend_ce_closure) {
        ZVAL_COPY(&s->value, value);
        s->kind = NATIVE_EXT_HTTP_SOURCE_CLOSURE;
        return true;
    }
    s->kind = NATIVE_EXT_HTTP_SOURCE_ITERATOR;
    s->source.read = read_iterator;
    return native_ext_http_iterate_begin(&s->iterate, value);
}

bool native_ext_http_source_check(zval *value, uint32_t number)
{
    ZVAL_DEREF(value);
    switch (Z_TYPE_P(value)) {
    case IS_NULL:
    case IS_STRING:
    case IS_ARRAY:
    case IS_RESOURCE:
        return true;
    case IS_OBJECT:
        if (Z_OBJCE_P(value) == native_ext_http_body_ce || Z_OBJCE_P(value) == zend_ce_closure ||
            instanceof_function(Z_OBJCE_P(value), zend_ce_traversable))
            return true;
        break;
    default:
        break;
    }
    zend_argument_type_error(number,
                             "must be of type string, array, resource, Closure, iterable, "
                             "Native\\Http\\Body or null, %s given",
                             zend_zval_type_name(value));
    return false;
}

bool native_ext_http_source_make(struct native_ext_http_source *s, zval *value)
{
    memset(s, 0, sizeof(*s));
    if (!value)
        return true;
    ZVAL_DEREF(value);
    switch (Z_TYPE_P(value)) {
    case IS_STRING:
        native_ext_http_source_bytes(s, zend_string_copy(Z_STR_P(value)), NULL);
        return true;
    case IS_ARRAY:
        return use_form(s, Z_ARR_P(value));
    case IS_RESOURCE:
        return use_stream(s, value);
    case IS_OBJECT:
        return use_object(s, value);
    default:
        return true;
    }
}

/* ---- what is there ---- */

struct native_http_source *native_ext_http_source_of(struct native_ext_http_source *s)
{
    return s->kind == NATIVE_EXT_HTTP_SOURCE_NONE ? NULL : &s->source;
}

/* The one that waits: itself, or a part of multipart. */
static struct native_ext_http_source *find_waiting(struct native_ext_http_source *s)
{
    if (s->ready.waiting)
        return s;
    for (size_t i = 0; i < s->parts_len; i++)
        if (s->inner[i].ready.waiting)
            return &s->inner[i];
    return NULL;
}

struct native_ext_http_ready *native_ext_http_source_waits(struct native_ext_http_source *s)
{
    struct native_ext_http_source *waiting = find_waiting(s);

    return waiting ? &waiting->ready : NULL;
}

zval *native_ext_http_source_waits_for(struct native_ext_http_source *s)
{
    struct native_ext_http_source *waiting = find_waiting(s);

    return waiting && waiting->ready.fd >= 0 ? &waiting->value : NULL;
}

void native_ext_http_source_gc(struct native_ext_http_source *s, zend_get_gc_buffer *buffer)
{
    zend_get_gc_buffer_add_zval(buffer, &s->value);
    zend_get_gc_buffer_add_zval(buffer, &s->iterate.over);
}

void native_ext_http_source_end(struct native_ext_http_source *s)
{
    for (size_t i = 0; i < s->parts_len; i++)
        native_ext_http_source_end(&s->inner[i]);
    if (s->multipart)
        native_http_source_multipart_end(s->multipart);
    if (s->parts) {
        efree(s->multipart);
        efree(s->parts);
        efree(s->contents);
        efree(s->inner);
    }
    if (s->type)
        zend_string_release(s->type);
    if (s->bytes)
        zend_string_release(s->bytes);
    if (s->piece)
        zend_string_release(s->piece);
    native_ext_http_iterate_end(&s->iterate);
    zval_ptr_dtor(&s->value);
    memset(s, 0, sizeof(*s));
}
