/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/value.c - PHP values as format and bytes, and back. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "value.h"

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_var.h"
#include "zend_exceptions.h"
#include "zend_smart_str.h"

#include "exceptions.h"
#include "igbinary.h"
#include "registered.h"

/* ---- to bytes --------------------------------------------------------------------------------------- */

static void set_bytes(struct native_ext_shm_encoded *encoded, uint32_t format, const void *bytes,
                      size_t len)
{
    encoded->format = format;
    encoded->bytes = bytes;
    encoded->len = len;
}

static bool serialize_php(struct native_ext_shm_encoded *encoded, zval *value)
{
    php_serialize_data_t data;
    smart_str text = {0};

    PHP_VAR_SERIALIZE_INIT(data);
    php_var_serialize(&text, value, &data);
    PHP_VAR_SERIALIZE_DESTROY(data);
    if (EG(exception)) {
        smart_str_free(&text);
        return false;
    }
    encoded->string = smart_str_extract(&text);
    set_bytes(encoded, NATIVE_SHM_FORMAT_PHP, ZSTR_VAL(encoded->string), ZSTR_LEN(encoded->string));
    return true;
}

static bool serialize_igbinary(struct native_ext_shm_encoded *encoded, zval *value)
{
    size_t len;

    if (!native_ext_shm_igbinary_serialize(&encoded->igbinary, &len, value)) {
        if (!EG(exception))
            zend_throw_exception(native_ext_shm_encode_exception_ce,
                                 "igbinary cannot serialize the value", 0);
        return false;
    }
    set_bytes(encoded, NATIVE_SHM_FORMAT_IGBINARY, encoded->igbinary, len);
    return true;
}

/* A value that it does not take is not stored: its len is larger than any. */
static bool serialize_registered(struct native_ext_shm_encoded *encoded, zval *value,
                                 enum native_ext_shm_serializer serializer)
{
    encoded->string = native_ext_shm_registered_write(serializer, value);
    if (encoded->string)
        set_bytes(encoded, NATIVE_SHM_FORMAT_OTHER, ZSTR_VAL(encoded->string),
                  ZSTR_LEN(encoded->string));
    else
        set_bytes(encoded, NATIVE_SHM_FORMAT_OTHER, NULL, SIZE_MAX);
    return !EG(exception);
}

static bool is_alone(enum native_ext_shm_serializer serializer)
{
    return serializer == NATIVE_EXT_SHM_SERIALIZER_AUTO_ALONE ||
           serializer == NATIVE_EXT_SHM_SERIALIZER_PHP_ALONE ||
           serializer >= NATIVE_EXT_SHM_SERIALIZER_REGISTERED;
}

static bool serialize_with(struct native_ext_shm_encoded *encoded, zval *value,
                           enum native_ext_shm_serializer serializer)
{
    bool automatic = serializer == NATIVE_EXT_SHM_SERIALIZER_AUTO ||
                     serializer == NATIVE_EXT_SHM_SERIALIZER_AUTO_ALONE;

    if (serializer >= NATIVE_EXT_SHM_SERIALIZER_REGISTERED)
        return serialize_registered(encoded, value, serializer);
    if (automatic && native_ext_shm_has_igbinary())
        return serialize_igbinary(encoded, value);
    return serialize_php(encoded, value);
}

/* Under the lock PHP begins with numbers of its own: we may have been called in the midst of a serialize(), and what we
 * call may serialize(). */
static bool serialize(struct native_ext_shm_encoded *encoded, zval *value,
                      enum native_ext_shm_serializer serializer)
{
    bool alone = is_alone(serializer), done;

    if (!alone && native_ext_shm_refuse(value))
        return false;
    if (alone && Z_TYPE_P(value) == IS_RESOURCE) { /* serialize() would make it 0 */
        php_error_docref(NULL, E_WARNING, "Cannot store resources in apcu cache");
        set_bytes(encoded, NATIVE_SHM_FORMAT_PHP, NULL, SIZE_MAX);
        return true;
    }
    BG(serialize_lock)++;
    done = serialize_with(encoded, value, serializer);
    BG(serialize_lock)--;
    return done;
}

static bool encode_array(struct native_ext_shm_encoded *encoded, zval *value, size_t most,
                         enum native_ext_shm_serializer serializer)
{
    switch (
        native_ext_shm_flat_write(&encoded->flat, Z_ARRVAL_P(value), most, is_alone(serializer))) {
    case NATIVE_EXT_SHM_FLAT_OK:
        set_bytes(encoded, NATIVE_SHM_FORMAT_ARRAY, encoded->flat.at, encoded->flat.len);
        return true;
    case NATIVE_EXT_SHM_FLAT_TOO_BIG:
        set_bytes(encoded, NATIVE_SHM_FORMAT_ARRAY, NULL, SIZE_MAX);
        return true;
    default:
        return serialize(encoded, value, serializer);
    }
}

bool native_ext_shm_encode(struct native_ext_shm_encoded *encoded, zval *value, size_t most,
                           enum native_ext_shm_serializer serializer)
{
    native_ext_shm_bytes_init(&encoded->flat);
    encoded->string = NULL;
    encoded->igbinary = NULL;
    ZVAL_DEREF(value);
    switch (Z_TYPE_P(value)) {
    case IS_UNDEF:
    case IS_NULL:
        set_bytes(encoded, NATIVE_SHM_FORMAT_NULL, "", 0);
        return true;
    case IS_FALSE:
        set_bytes(encoded, NATIVE_SHM_FORMAT_FALSE, "", 0);
        return true;
    case IS_TRUE:
        set_bytes(encoded, NATIVE_SHM_FORMAT_TRUE, "", 0);
        return true;
    case IS_LONG:
        encoded->number = (uint64_t)(int64_t)Z_LVAL_P(value);
        set_bytes(encoded, NATIVE_SHM_FORMAT_INT, &encoded->number, sizeof(encoded->number));
        return true;
    case IS_DOUBLE:
        memcpy(&encoded->number, &Z_DVAL_P(value), sizeof(encoded->number));
        set_bytes(encoded, NATIVE_SHM_FORMAT_DOUBLE, &encoded->number, sizeof(encoded->number));
        return true;
    case IS_STRING:
        /* Held: it may lie behind a reference that a later value's own code changes. */
        encoded->string = zend_string_copy(Z_STR_P(value));
        set_bytes(encoded, NATIVE_SHM_FORMAT_STRING, Z_STRVAL_P(value), Z_STRLEN_P(value));
        return true;
    case IS_ARRAY:
        return encode_array(encoded, value, most, serializer);
    default:
        return serialize(encoded, value, serializer);
    }
}

void native_ext_shm_encoded_free(struct native_ext_shm_encoded *encoded)
{
    native_ext_shm_bytes_free(&encoded->flat);
    if (encoded->string)
        zend_string_release(encoded->string);
    if (encoded->igbinary)
        efree(encoded->igbinary);
}

/* ---- from bytes ------------------------------------------------------------------------------------- */

static bool fail(const char *why)
{
    if (!EG(exception))
        zend_throw_exception(native_ext_shm_decode_exception_ce, why, 0);
    return false;
}

static bool unserialize_php(const void *bytes, size_t len, zval *to)
{
    const unsigned char *at = bytes;
    php_unserialize_data_t data;
    zval value;
    int done;

    ZVAL_UNDEF(&value);
    PHP_VAR_UNSERIALIZE_INIT(data);
    done = php_var_unserialize(&value, &at, at + len, &data);
    PHP_VAR_UNSERIALIZE_DESTROY(data); /* runs __wakeup() and __unserialize() */
    if (done && !EG(exception)) {
        ZVAL_COPY_VALUE(to, &value);
        return true;
    }
    zval_ptr_dtor(&value);
    return fail("The stored value cannot be decoded: serialize()'s bytes break off, or name an "
                "enum that is not here");
}

static bool unserialize_igbinary(const void *bytes, size_t len, zval *to)
{
    zval value;

    if (!native_ext_shm_has_igbinary())
        return fail("The value was stored with igbinary, which is not loaded here");
    ZVAL_UNDEF(&value);
    if (native_ext_shm_igbinary_unserialize(bytes, len, &value) && !EG(exception)) {
        ZVAL_COPY_VALUE(to, &value);
        return true;
    }
    zval_ptr_dtor(&value);
    return fail("The stored value cannot be decoded: igbinary cannot read it, or it names an enum "
                "that is not here");
}

static bool unserialize_registered(const void *bytes, size_t len, zval *to)
{
    const char *why = native_ext_shm_registered_read(bytes, len, to);

    return !why || fail(why);
}

static bool unserialize(uint32_t format, const void *bytes, size_t len, zval *to)
{
    bool done;

    BG(serialize_lock)++;
    if (format == NATIVE_SHM_FORMAT_PHP)
        done = unserialize_php(bytes, len, to);
    else if (format == NATIVE_SHM_FORMAT_IGBINARY)
        done = unserialize_igbinary(bytes, len, to);
    else
        done = unserialize_registered(bytes, len, to);
    BG(serialize_lock)--;
    return done;
}

static bool decode_number(uint32_t format, const void *bytes, size_t len, zval *to)
{
    int64_t integer;
    double number;

    if (len != sizeof(integer))
        return fail("The stored value is damaged: a number has 8 bytes");
    if (format == NATIVE_SHM_FORMAT_INT) {
        memcpy(&integer, bytes, sizeof(integer));
        ZVAL_LONG(to, (zend_long)integer);
    } else {
        memcpy(&number, bytes, sizeof(number));
        ZVAL_DOUBLE(to, number);
    }
    return true;
}

bool native_ext_shm_decode(uint32_t format, const void *bytes, size_t len, zval *to)
{
    switch (format) {
    case NATIVE_SHM_FORMAT_NULL:
        ZVAL_NULL(to);
        return true;
    case NATIVE_SHM_FORMAT_FALSE:
    case NATIVE_SHM_FORMAT_TRUE:
        ZVAL_BOOL(to, format == NATIVE_SHM_FORMAT_TRUE);
        return true;
    case NATIVE_SHM_FORMAT_INT:
    case NATIVE_SHM_FORMAT_DOUBLE:
        return decode_number(format, bytes, len, to);
    case NATIVE_SHM_FORMAT_STRING:
        ZVAL_STRINGL(to, bytes, len);
        return true;
    case NATIVE_SHM_FORMAT_ARRAY:
        return native_ext_shm_flat_read(bytes, len, to) ||
               fail("The stored array is damaged, or of a newer version");
    case NATIVE_SHM_FORMAT_PHP:
    case NATIVE_SHM_FORMAT_IGBINARY:
    case NATIVE_SHM_FORMAT_OTHER:
        return unserialize(format, bytes, len, to);
    default:
        return fail("The stored value is of a format that this version does not know");
    }
}
