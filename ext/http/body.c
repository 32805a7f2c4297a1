/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/body.c - bodies of requests: Native\Http\Body, and other values as sources. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "body.h"

#include "zend_closures.h"
#include "zend_exceptions.h"
#include "zend_interfaces.h"
#include "zend_smart_str.h"
#include "ext/json/php_json.h"
#include "ext/standard/php_string.h"

#include "../../net/random.h"
#include "exceptions.h"

#include "body_arginfo.h"

/* Native\Http\Body keeps what it was made of in two slots, which no script sees. */
enum { SLOT_VALUE, SLOT_TYPE, SLOT_NAME, SLOTS };

zend_class_entry *native_ext_http_body_ce;
static zend_object_handlers handlers;

struct body_object {
    enum { OF_BYTES, OF_FILE, OF_MULTIPART } kind;
    zval slots[SLOTS];
    zend_object std;
};

static struct body_object *object_of(zend_object *object)
{
    return (struct body_object *)((char *)object - offsetof(struct body_object, std));
}

static zend_object *create(zend_class_entry *ce)
{
    struct body_object *o = zend_object_alloc(sizeof(*o), ce);

    memset(o, 0, offsetof(struct body_object, std));
    zend_object_std_init(&o->std, ce);
    o->std.handlers = &handlers;
    return &o->std;
}

static void free_object(zend_object *object)
{
    for (int i = 0; i < SLOTS; i++)
        zval_ptr_dtor(&object_of(object)->slots[i]);
    zend_object_std_dtor(object);
}

static HashTable *get_gc(zend_object *object, zval **table, int *count)
{
    *table = object_of(object)->slots;
    *count = SLOTS;
    return NULL;
}

/* ---- reading: one function a kind ---- */

static struct native_ext_http_body *of_source(struct native_http_source *source)
{
    return (struct native_ext_http_body *)source;
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
    struct native_ext_http_body *b = of_source(source);

    return take(b->bytes, &b->at, out, room, got);
}

static bool rewind_bytes(struct native_http_source *source)
{
    of_source(source)->at = 0;
    return true;
}

static php_stream *stream_of(struct native_ext_http_body *b)
{
    php_stream *stream;

    if (Z_TYPE(b->value) != IS_RESOURCE)
        return NULL;
    stream =
        zend_fetch_resource2(Z_RES(b->value), NULL, php_file_le_stream(), php_file_le_pstream());
    return stream;
}

static enum native_http_source_status read_stream(struct native_http_source *source, void *out,
                                                  size_t room, size_t *got)
{
    php_stream *stream = stream_of(of_source(source));
    ssize_t read = stream ? php_stream_read(stream, out, room) : -1;

    if (EG(exception))
        return NATIVE_HTTP_SOURCE_ABORT;
    if (read < 0)
        return NATIVE_HTTP_SOURCE_FAILED;
    *got = (size_t)read;
    return read > 0 ? NATIVE_HTTP_SOURCE_BYTES : NATIVE_HTTP_SOURCE_END;
}

static bool rewind_stream(struct native_http_source *source)
{
    struct native_ext_http_body *b = of_source(source);
    php_stream *stream = stream_of(b);

    return stream && php_stream_seek(stream, b->start, SEEK_SET) == 0;
}

/* The next piece out of a value that a closure or iterator gave. */
static enum native_http_source_status take_piece(struct native_ext_http_body *b, zval *value,
                                                 void *out, size_t room, size_t *got)
{
    if (Z_TYPE_P(value) != IS_STRING) {
        zend_type_error("A body's piece must be of type string, %s given",
                        zend_zval_type_name(value));
        return NATIVE_HTTP_SOURCE_ABORT;
    }
    if (b->piece)
        zend_string_release(b->piece);
    b->piece = zend_string_copy(Z_STR_P(value));
    b->at = 0;
    return take(b->piece, &b->at, out, room, got);
}

static enum native_http_source_status read_closure(struct native_http_source *source, void *out,
                                                   size_t room, size_t *got)
{
    struct native_ext_http_body *b = of_source(source);
    enum native_http_source_status status;
    zval argument, result;

    if (b->piece && b->at < ZSTR_LEN(b->piece))
        return take(b->piece, &b->at, out, room, got);
    ZVAL_LONG(&argument, (zend_long)room);
    ZVAL_UNDEF(&result);
    if (call_user_function(NULL, NULL, &b->value, &result, 1, &argument) != SUCCESS ||
        EG(exception)) {
        zval_ptr_dtor(&result);
        return NATIVE_HTTP_SOURCE_ABORT;
    }
    status = take_piece(b, &result, out, room, got);
    zval_ptr_dtor(&result);
    return status;
}

/* Call a method of the iterator. Returns false when it threw. */
static bool ask(struct native_ext_http_body *b, const char *method, zval *result)
{
    ZVAL_UNDEF(result);
    zend_call_method(Z_OBJ(b->value), Z_OBJCE(b->value), NULL, method, strlen(method), result, 0,
                     NULL, NULL);
    return !EG(exception);
}

static enum native_http_source_status read_iterator(struct native_http_source *source, void *out,
                                                    size_t room, size_t *got)
{
    struct native_ext_http_body *b = of_source(source);
    enum native_http_source_status status;
    zval value;

    if (b->piece && b->at < ZSTR_LEN(b->piece))
        return take(b->piece, &b->at, out, room, got);
    for (;;) {
        if (!ask(b, b->begun ? "next" : "rewind", &value))
            return NATIVE_HTTP_SOURCE_ABORT;
        zval_ptr_dtor(&value);
        b->begun = true;
        if (!ask(b, "valid", &value))
            return NATIVE_HTTP_SOURCE_ABORT;
        if (!zend_is_true(&value)) {
            zval_ptr_dtor(&value);
            return NATIVE_HTTP_SOURCE_END;
        }
        zval_ptr_dtor(&value);
        if (!ask(b, "current", &value))
            return NATIVE_HTTP_SOURCE_ABORT;
        status = take_piece(b, &value, out, room, got);
        zval_ptr_dtor(&value);
        if (status != NATIVE_HTTP_SOURCE_END) /* an empty piece is not the end */
            return status;
    }
}

static enum native_http_source_status read_multipart(struct native_http_source *source, void *out,
                                                     size_t room, size_t *got)
{
    struct native_http_source *inner = &of_source(source)->multipart->source;

    return inner->read(inner, out, room, got);
}

static bool rewind_multipart(struct native_http_source *source)
{
    struct native_http_source *inner = &of_source(source)->multipart->source;

    return inner->rewind && inner->rewind(inner);
}

/* ---- making ---- */

static void use_bytes(struct native_ext_http_body *b, zend_string *bytes, const char *type)
{
    b->kind = NATIVE_EXT_HTTP_BODY_BYTES;
    b->bytes = bytes;
    b->type = type ? zend_string_init(type, strlen(type), 0) : NULL;
    b->source = (struct native_http_source){read_bytes, rewind_bytes, ZSTR_LEN(bytes)};
}

/* From its position on; a stream that can seek tells how much there is. */
static bool use_stream(struct native_ext_http_body *b, zval *resource)
{
    php_stream_statbuf about;
    php_stream *stream;
    zend_off_t start;

    ZVAL_COPY(&b->value, resource);
    b->kind = NATIVE_EXT_HTTP_BODY_STREAM;
    stream = stream_of(b);
    if (!stream) {
        zend_type_error("The body is a resource, but no stream");
        return false;
    }
    b->source = (struct native_http_source){read_stream, NULL, NATIVE_HTTP_SIZE_UNKNOWN};
    start = php_stream_tell(stream);
    if ((stream->flags & PHP_STREAM_FLAG_NO_SEEK) || start < 0)
        return true;
    b->start = start;
    b->source.rewind = rewind_stream;
    if (php_stream_stat(stream, &about) == 0 && S_ISREG(about.sb.st_mode) &&
        about.sb.st_size >= start)
        b->source.size = (uint64_t)(about.sb.st_size - start);
    return true;
}

static bool use_file(struct native_ext_http_body *b, zend_string *path)
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
    ok = use_stream(b, &resource);
    zval_ptr_dtor(&resource);
    return ok;
}

static bool use_iterator(struct native_ext_http_body *b, zval *value)
{
    zval result;

    ZVAL_COPY(&b->value, value);
    b->kind = NATIVE_EXT_HTTP_BODY_ITERATOR;
    b->source = (struct native_http_source){read_iterator, NULL, NATIVE_HTTP_SIZE_UNKNOWN};
    while (instanceof_function(Z_OBJCE(b->value), zend_ce_aggregate)) {
        if (!ask(b, "getIterator", &result) || Z_TYPE(result) != IS_OBJECT) {
            zval_ptr_dtor(&result);
            return false;
        }
        zval_ptr_dtor(&b->value);
        ZVAL_COPY_VALUE(&b->value, &result);
    }
    return true;
}

/* As http_build_query() writes it: the C function behind it is another one in each version of PHP. */
static bool use_form(struct native_ext_http_body *b, HashTable *fields)
{
    zval name, argument, text;
    bool ok;

    ZVAL_STRING(&name, "http_build_query");
    ZVAL_ARR(&argument, fields);
    ZVAL_UNDEF(&text);
    ok = call_user_function(NULL, NULL, &name, &text, 1, &argument) == SUCCESS &&
         Z_TYPE(text) == IS_STRING;
    zval_ptr_dtor(&name);
    if (!ok) {
        zval_ptr_dtor(&text);
        if (!EG(exception))
            zend_throw_exception(native_ext_http_exception_ce,
                                 "The fields cannot be written as a form", 0);
        return false;
    }
    use_bytes(b, Z_STR(text), "application/x-www-form-urlencoded");
    return true;
}

static bool use_object(struct native_ext_http_body *b, struct body_object *o);

/* ---- multipart ---- */

/* How many parts an array of fields has: a list is a field that stands there several times. */
static size_t count_parts(HashTable *fields)
{
    size_t count = 0;
    zval *value;

    ZEND_HASH_FOREACH_VAL(fields, value)
    {
        ZVAL_DEREF(value);
        count += Z_TYPE_P(value) == IS_ARRAY ? zend_hash_num_elements(Z_ARR_P(value)) : 1;
    }
    ZEND_HASH_FOREACH_END();
    return count;
}

static bool add_part(struct native_ext_http_body *b, zend_string *name, zval *value)
{
    struct native_ext_http_body *inner = &b->bodies[b->parts_len];
    struct native_http_multipart_part *part = &b->parts[b->parts_len];
    struct body_object *o = NULL;

    ZVAL_DEREF(value);
    *part = (struct native_http_multipart_part)NATIVE_HTTP_MULTIPART_PART_INIT;
    part->name = (struct native_http_span){ZSTR_VAL(name), ZSTR_LEN(name)};
    if (Z_TYPE_P(value) == IS_OBJECT && Z_OBJCE_P(value) == native_ext_http_body_ce) {
        o = object_of(Z_OBJ_P(value));
        if (o->kind == OF_MULTIPART) {
            zend_value_error("A multipart body cannot hold another one");
            return false;
        }
        if (!use_object(inner, o))
            return false;
    } else {
        zend_string *text = zval_try_get_string(value);
        if (!text)
            return false;
        use_bytes(inner, text, NULL);
    }
    if (o && Z_TYPE(o->slots[SLOT_NAME]) == IS_STRING)
        part->filename =
            (struct native_http_span){Z_STRVAL(o->slots[SLOT_NAME]), Z_STRLEN(o->slots[SLOT_NAME])};
    if (inner->type)
        part->content_type =
            (struct native_http_span){ZSTR_VAL(inner->type), ZSTR_LEN(inner->type)};
    part->size = inner->source.size;
    b->contents[b->parts_len++] = &inner->source;
    return true;
}

static bool add_fields(struct native_ext_http_body *b, HashTable *fields)
{
    zend_ulong index;
    zend_string *key, *name;
    zval *value, *one, kept;
    bool ok = true;

    ZEND_HASH_FOREACH_KEY_VAL(fields, index, key, value)
    {
        name = key ? zend_string_copy(key) : zend_long_to_str((zend_long)index);
        ZVAL_STR(&kept, name);
        zend_hash_next_index_insert_new(Z_ARR(b->value), &kept);
        ZVAL_DEREF(value);
        if (Z_TYPE_P(value) != IS_ARRAY) {
            ok = ok && add_part(b, name, value);
            continue;
        }
        ZEND_HASH_FOREACH_VAL(Z_ARR_P(value), one)
        {
            ok = ok && add_part(b, name, one);
        }
        ZEND_HASH_FOREACH_END();
    }
    ZEND_HASH_FOREACH_END();
    return ok;
}

static bool start_multipart(struct native_ext_http_body *b)
{
    unsigned char random[NATIVE_HTTP_BOUNDARY_RANDOM];
    struct native_http_fault fault;
    smart_str type = {NULL, 0};
    size_t part;

    if (!native_net_random(random, sizeof(random))) {
        zend_throw_exception(native_ext_http_exception_ce, "The system gives no random bytes", 0);
        return false;
    }
    native_http_boundary_make(random, b->boundary);
    if (native_http_source_multipart_init(
            b->multipart, b->parts, b->contents, b->parts_len,
            (struct native_http_span){b->boundary, sizeof(b->boundary)}, &part,
            &fault) != NATIVE_HTTP_OK) {
        zend_value_error("Part %zu of the body cannot be sent: %s", part + 1,
                         native_http_fault_text(fault.reason));
        return false;
    }
    smart_str_appends(&type, "multipart/form-data; boundary=");
    smart_str_appendl(&type, b->boundary, sizeof(b->boundary));
    b->type = smart_str_extract(&type);
    b->source =
        (struct native_http_source){read_multipart, rewind_multipart, b->multipart->source.size};
    return true;
}

static bool use_multipart(struct native_ext_http_body *b, HashTable *fields)
{
    size_t count = count_parts(fields);

    b->kind = NATIVE_EXT_HTTP_BODY_MULTIPART;
    array_init(&b->value); /* keeps the names alive */
    b->multipart = ecalloc(1, sizeof(*b->multipart));
    b->parts = ecalloc(count + 1, sizeof(*b->parts));
    b->contents = ecalloc(count + 1, sizeof(*b->contents));
    b->bodies = ecalloc(count + 1, sizeof(*b->bodies));
    return add_fields(b, fields) && start_multipart(b);
}

static bool use_object(struct native_ext_http_body *b, struct body_object *o)
{
    zval *value = &o->slots[SLOT_VALUE];

    if (o->kind == OF_MULTIPART)
        return use_multipart(b, Z_ARR_P(value));
    if (o->kind == OF_FILE) {
        if (!use_file(b, Z_STR_P(value)))
            return false;
        b->type = zend_string_copy(Z_STR(o->slots[SLOT_TYPE]));
        return true;
    }
    if (Z_TYPE_P(value) != IS_STRING) {
        zend_throw_error(NULL, "The Body is not constructed");
        return false;
    }
    use_bytes(b, zend_string_copy(Z_STR_P(value)), Z_STRVAL(o->slots[SLOT_TYPE]));
    return true;
}

bool native_ext_http_body_make(struct native_ext_http_body *body, zval *value, uint32_t number)
{
    memset(body, 0, sizeof(*body));
    if (!value)
        return true;
    ZVAL_DEREF(value);
    switch (Z_TYPE_P(value)) {
    case IS_NULL:
        return true;
    case IS_STRING:
        use_bytes(body, zend_string_copy(Z_STR_P(value)), NULL);
        return true;
    case IS_ARRAY:
        return use_form(body, Z_ARR_P(value));
    case IS_RESOURCE:
        return use_stream(body, value);
    case IS_OBJECT:
        if (Z_OBJCE_P(value) == native_ext_http_body_ce)
            return use_object(body, object_of(Z_OBJ_P(value)));
        if (instanceof_function(Z_OBJCE_P(value), zend_ce_traversable))
            return use_iterator(body, value);
        if (Z_OBJCE_P(value) == zend_ce_closure) {
            ZVAL_COPY(&body->value, value);
            body->kind = NATIVE_EXT_HTTP_BODY_CLOSURE;
            body->source =
                (struct native_http_source){read_closure, NULL, NATIVE_HTTP_SIZE_UNKNOWN};
            return true;
        }
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

struct native_http_source *native_ext_http_body_source(struct native_ext_http_body *body)
{
    return body->kind == NATIVE_EXT_HTTP_BODY_NONE ? NULL : &body->source;
}

void native_ext_http_body_end(struct native_ext_http_body *body)
{
    for (size_t i = 0; i < body->parts_len; i++)
        native_ext_http_body_end(&body->bodies[i]);
    if (body->multipart)
        native_http_source_multipart_end(body->multipart);
    if (body->parts) {
        efree(body->multipart);
        efree(body->parts);
        efree(body->contents);
        efree(body->bodies);
    }
    if (body->type)
        zend_string_release(body->type);
    if (body->bytes)
        zend_string_release(body->bytes);
    if (body->piece)
        zend_string_release(body->piece);
    zval_ptr_dtor(&body->value);
    memset(body, 0, sizeof(*body));
}

/* ---- Native\Http\Body ---- */

static struct body_object *make_object(zval *out, int kind)
{
    struct body_object *o;

    object_init_ex(out, native_ext_http_body_ce);
    o = object_of(Z_OBJ_P(out));
    o->kind = kind;
    return o;
}

static void make_bytes(zval *out, zend_string *bytes, const char *type, size_t type_len)
{
    struct body_object *o = make_object(out, OF_BYTES);

    ZVAL_STR(&o->slots[SLOT_VALUE], bytes);
    ZVAL_STRINGL(&o->slots[SLOT_TYPE], type, type_len);
}

ZEND_METHOD(Native_Http_Body, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Native_Http_Body, json)
{
    smart_str text = {NULL, 0};
    zval *value;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_ZVAL(value)
    ZEND_PARSE_PARAMETERS_END();
    if (php_json_encode_ex(&text, value, PHP_JSON_THROW_ON_ERROR | PHP_JSON_UNESCAPED_SLASHES,
                           512) != SUCCESS ||
        EG(exception)) {
        smart_str_free(&text);
        if (!EG(exception))
            zend_throw_exception(native_ext_http_exception_ce,
                                 "The value cannot be written as JSON", 0);
        RETURN_THROWS();
    }
    make_bytes(return_value, text.s ? smart_str_extract(&text) : ZSTR_EMPTY_ALLOC(),
               ZEND_STRL("application/json"));
}

ZEND_METHOD(Native_Http_Body, form)
{
    struct native_ext_http_body body;
    HashTable *fields;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_ARRAY_HT(fields)
    ZEND_PARSE_PARAMETERS_END();
    memset(&body, 0, sizeof(body));
    if (!use_form(&body, fields))
        RETURN_THROWS();
    make_bytes(return_value, zend_string_copy(body.bytes), ZSTR_VAL(body.type),
               ZSTR_LEN(body.type));
    native_ext_http_body_end(&body);
}

ZEND_METHOD(Native_Http_Body, multipart)
{
    zval *fields;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_ARRAY(fields)
    ZEND_PARSE_PARAMETERS_END();
    ZVAL_COPY(&make_object(return_value, OF_MULTIPART)->slots[SLOT_VALUE], fields);
}

ZEND_METHOD(Native_Http_Body, file)
{
    zend_string *path, *type = NULL, *name = NULL;
    struct body_object *o;

    ZEND_PARSE_PARAMETERS_START(1, 3)
    Z_PARAM_PATH_STR(path)
    Z_PARAM_OPTIONAL
    Z_PARAM_STR(type)
    Z_PARAM_STR_OR_NULL(name)
    ZEND_PARSE_PARAMETERS_END();
    o = make_object(return_value, OF_FILE);
    ZVAL_STR_COPY(&o->slots[SLOT_VALUE], path);
    if (type)
        ZVAL_STR_COPY(&o->slots[SLOT_TYPE], type);
    else
        ZVAL_STRING(&o->slots[SLOT_TYPE], "application/octet-stream");
    if (name)
        ZVAL_STR_COPY(&o->slots[SLOT_NAME], name);
    else
        ZVAL_STR(&o->slots[SLOT_NAME], php_basename(ZSTR_VAL(path), ZSTR_LEN(path), NULL, 0));
}

ZEND_METHOD(Native_Http_Body, bytes)
{
    zend_string *bytes, *type = NULL;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_STR(bytes)
    Z_PARAM_OPTIONAL
    Z_PARAM_STR(type)
    ZEND_PARSE_PARAMETERS_END();
    if (type)
        make_bytes(return_value, zend_string_copy(bytes), ZSTR_VAL(type), ZSTR_LEN(type));
    else
        make_bytes(return_value, zend_string_copy(bytes), ZEND_STRL("application/octet-stream"));
}

void native_ext_http_body_minit(void)
{
    native_ext_http_body_ce = register_class_Native_Http_Body();
    native_ext_http_body_ce->create_object = create;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.offset = offsetof(struct body_object, std);
    handlers.free_obj = free_object;
    handlers.get_gc = get_gc;
    handlers.clone_obj = NULL;
}
