/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/registered.c - the table of registered serializers, and values as their bytes. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "registered.h"

enum { MOST = 32, NAME_MAX_LEN = 64 };

static struct native_ext_shm_registered table[MOST];
static unsigned count;

static const struct native_ext_shm_registered *find(const char *name)
{
    for (unsigned i = 0; i < count; i++) {
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    }
    return NULL;
}

bool native_ext_shm_registered_add(const struct native_ext_shm_registered *serializer)
{
    const char *name = serializer->name;

    if (!name || !*name || strlen(name) > NAME_MAX_LEN || !serializer->serialize ||
        !serializer->unserialize || find(name) || count == MOST)
        return false;
    table[count++] = *serializer;
    return true;
}

void native_ext_shm_registered_clear(void)
{
    count = 0;
}

bool native_ext_shm_registered_find(const char *name, enum native_ext_shm_serializer *serializer)
{
    const struct native_ext_shm_registered *found = find(name);

    if (!found)
        return false;
    *serializer = (enum native_ext_shm_serializer)(NATIVE_EXT_SHM_SERIALIZER_REGISTERED +
                                                   (unsigned)(found - table));
    return true;
}

const char *native_ext_shm_registered_name(unsigned n)
{
    return n < count ? table[n].name : NULL;
}

zend_string *native_ext_shm_registered_write(enum native_ext_shm_serializer serializer, zval *value)
{
    const struct native_ext_shm_registered *with =
        &table[serializer - NATIVE_EXT_SHM_SERIALIZER_REGISTERED];
    size_t name_len = strlen(with->name) + 1, len = 0;
    unsigned char *bytes = NULL;
    zend_string *string = NULL;

    if (with->serialize(&bytes, &len, value, with->config) == 1 && bytes && !EG(exception)) {
        string = zend_string_alloc(name_len + len, 0);
        memcpy(ZSTR_VAL(string), with->name, name_len);
        memcpy(ZSTR_VAL(string) + name_len, bytes, len);
        ZSTR_VAL(string)[name_len + len] = '\0';
    }
    if (bytes)
        efree(bytes);
    return string;
}

/* A copy of the bytes: at an aligned address, with the NUL that they have in APCu. */
static bool unserialize(const struct native_ext_shm_registered *with, const void *bytes, size_t len,
                        zval *to)
{
    unsigned char *copy = emalloc(len + 1);
    zval value;
    bool done;

    memcpy(copy, bytes, len);
    copy[len] = '\0';
    ZVAL_NULL(&value);
    done = with->unserialize(&value, copy, len, with->config) == 1;
    efree(copy);
    if (!done) /* what it has begun is its own to free */
        return false;
    if (EG(exception)) {
        zval_ptr_dtor(&value);
        return false;
    }
    ZVAL_COPY_VALUE(to, &value);
    return true;
}

const char *native_ext_shm_registered_read(const void *bytes, size_t len, zval *to)
{
    ZEND_TLS char why[NAME_MAX_LEN + 80];
    const char *name = bytes, *end = memchr(bytes, '\0', MIN(len, NAME_MAX_LEN + 1));
    const struct native_ext_shm_registered *with;
    size_t name_len;

    if (!end)
        return "The stored value is damaged: no serializer has such a name";
    name_len = (size_t)(end - name) + 1;
    with = find(name);
    if (!with)
        snprintf(why, sizeof(why),
                 "The value was stored with the serializer %s, which is not loaded here", name);
    else if (!unserialize(with, end + 1, len - name_len, to))
        snprintf(why, sizeof(why), "The stored value is damaged: the serializer %s cannot read it",
                 name);
    else
        return NULL;
    return why;
}
