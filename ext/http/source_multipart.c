/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/source_multipart.c - multipart/form-data out of an array of fields. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "source.h"

#include "zend_exceptions.h"
#include "zend_smart_str.h"

#include "../../net/random.h"
#include "body.h"
#include "exceptions.h"

static struct native_ext_http_source *of_source(struct native_http_source *source)
{
    return (struct native_ext_http_source *)source;
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

static bool add_part(struct native_ext_http_source *b, zend_string *name, zval *value)
{
    struct native_ext_http_source *inner = &b->inner[b->parts_len];
    struct native_http_multipart_part *part = &b->parts[b->parts_len];
    struct native_ext_http_body *o = NULL;

    ZVAL_DEREF(value);
    *part = (struct native_http_multipart_part)NATIVE_HTTP_MULTIPART_PART_INIT;
    part->name = (struct native_http_span){ZSTR_VAL(name), ZSTR_LEN(name)};
    if (Z_TYPE_P(value) == IS_OBJECT && Z_OBJCE_P(value) == native_ext_http_body_ce) {
        o = native_ext_http_body_of(Z_OBJ_P(value));
        if (o->kind == NATIVE_EXT_HTTP_BODY_MULTIPART) {
            zend_value_error("A multipart body cannot hold another one");
            return false;
        }
        if (!native_ext_http_source_body(inner, &o->std))
            return false;
    } else {
        zend_string *text = zval_try_get_string(value);
        if (!text)
            return false;
        native_ext_http_source_bytes(inner, text, NULL);
    }
    if (o && Z_TYPE(o->slots[NATIVE_EXT_HTTP_BODY_NAME]) == IS_STRING)
        part->filename = (struct native_http_span){Z_STRVAL(o->slots[NATIVE_EXT_HTTP_BODY_NAME]),
                                                   Z_STRLEN(o->slots[NATIVE_EXT_HTTP_BODY_NAME])};
    if (inner->type)
        part->content_type =
            (struct native_http_span){ZSTR_VAL(inner->type), ZSTR_LEN(inner->type)};
    part->size = inner->source.size;
    b->contents[b->parts_len++] = &inner->source;
    return true;
}

static bool add_fields(struct native_ext_http_source *b, HashTable *fields)
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

static bool start_multipart(struct native_ext_http_source *b)
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

bool native_ext_http_source_multipart(struct native_ext_http_source *b, HashTable *fields)
{
    size_t count = count_parts(fields);

    b->kind = NATIVE_EXT_HTTP_SOURCE_MULTIPART;
    array_init(&b->value); /* keeps the names alive */
    b->multipart = ecalloc(1, sizeof(*b->multipart));
    b->parts = ecalloc(count + 1, sizeof(*b->parts));
    b->contents = ecalloc(count + 1, sizeof(*b->contents));
    b->inner = ecalloc(count + 1, sizeof(*b->inner));
    return add_fields(b, fields) && start_multipart(b);
}
