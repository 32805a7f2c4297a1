/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/api.c - what other extensions get: php_native_shm.h. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "../../php_native_shm.h"

#include "../../shm/cache.h"
#include "../../shm/counter.h"
#include "../../shm/format.h"
#include "../../shm/object.h"
#include "attach.h"
#include "fetch.h"
#include "value.h"

enum { TRIES_MAX = 1000 };

static struct native_ext_shm_attach *attach_of(struct native_shm_api_segment *segment)
{
    return (struct native_ext_shm_attach *)segment;
}

static struct native_shm_segment *enter(struct native_shm_api_segment *segment)
{
    return segment ? native_ext_shm_enter(attach_of(segment)) : NULL;
}

static struct native_shm_key make_key(const struct native_shm_segment *core, const char *bytes,
                                      size_t len)
{
    struct native_shm_key key = {bytes, len, native_shm_hash(core, bytes, len, 0)};

    return key;
}

static enum native_shm_api_status to_api(enum native_shm_status status)
{
    switch (status) {
    case NATIVE_SHM_OK:
        return NATIVE_SHM_API_OK;
    case NATIVE_SHM_NOT_FOUND:
        return NATIVE_SHM_API_MISSING;
    case NATIVE_SHM_TYPE:
    case NATIVE_SHM_MISMATCH:
        return NATIVE_SHM_API_OTHER;
    default:
        return NATIVE_SHM_API_FAILED;
    }
}

/* In use until the end of the request: nobody says when they are done with it. */
static struct native_shm_api_segment *hand_out(struct native_ext_shm_attach *attach)
{
    if (!attach || !attach->core)
        return NULL;
    if (attach->users < UINT32_MAX / 2)
        native_ext_shm_attach_use(attach);
    return (struct native_shm_api_segment *)attach;
}

static struct native_shm_api_segment *default_segment(void)
{
    return hand_out(native_ext_shm_attach_default());
}

static struct native_shm_api_segment *open_segment(const char *name, size_t name_len, uint64_t size)
{
    zend_string *string = zend_string_init(name, name_len, 0);
    struct native_ext_shm_attach *attach = native_ext_shm_attach_open(string, size, 0, 0, false);

    zend_string_release_ex(string, 0);
    return hand_out(attach);
}

static enum native_shm_api_status fetch(struct native_shm_api_segment *segment, const char *bytes,
                                        size_t key_len, void *buffer, size_t buffer_len,
                                        size_t *len)
{
    struct native_shm_segment *core = enter(segment);
    struct native_shm_key key;

    if (!core || key_len > NATIVE_SHM_KEY_MAX)
        return NATIVE_SHM_API_FAILED;
    key = make_key(core, bytes, key_len);
    for (int i = 0; i < TRIES_MAX; i++) {
        struct native_shm_view view;

        if (native_shm_cache_find(core, &key, i > 0, &view) != NATIVE_SHM_OK)
            return NATIVE_SHM_API_MISSING;
        if (view.format != NATIVE_SHM_FORMAT_STRING)
            return NATIVE_SHM_API_OTHER;
        *len = view.value_len;
        if (view.value_len > buffer_len)
            return NATIVE_SHM_API_TOO_SMALL;
        if (native_shm_cache_read(core, &view, buffer) == NATIVE_SHM_OK)
            return NATIVE_SHM_API_OK;
    }
    return NATIVE_SHM_API_FAILED;
}

static enum native_shm_api_status store(struct native_shm_api_segment *segment, const char *bytes,
                                        size_t key_len, const void *value_bytes, size_t len,
                                        uint64_t ttl_ms)
{
    struct native_shm_value value = {
        .bytes = value_bytes, .len = len, .format = NATIVE_SHM_FORMAT_STRING, .ttl_ms = ttl_ms};
    struct native_shm_segment *core = enter(segment);
    struct native_shm_key key;

    if (!core || key_len > NATIVE_SHM_KEY_MAX || len > core->size / 4)
        return NATIVE_SHM_API_FAILED;
    key = make_key(core, bytes, key_len);
    return to_api(native_shm_cache_store(core, &key, &value, NATIVE_SHM_SET));
}

static enum native_shm_api_status remove_key(struct native_shm_api_segment *segment,
                                             const char *bytes, size_t key_len)
{
    struct native_shm_segment *core = enter(segment);
    struct native_shm_key key;

    if (!core || key_len > NATIVE_SHM_KEY_MAX)
        return NATIVE_SHM_API_FAILED;
    key = make_key(core, bytes, key_len);
    return to_api(native_shm_cache_delete(core, &key));
}

static enum native_shm_api_status fetch_value(struct native_shm_api_segment *segment,
                                              zend_string *name, zval *to)
{
    struct native_shm_segment *core = enter(segment);
    struct native_shm_key key;

    if (!core || ZSTR_LEN(name) > NATIVE_SHM_KEY_MAX)
        return NATIVE_SHM_API_FAILED;
    key = make_key(core, ZSTR_VAL(name), ZSTR_LEN(name));
    switch (native_ext_shm_fetch(attach_of(segment), core, &key, false, to)) {
    case NATIVE_EXT_SHM_FOUND:
        return NATIVE_SHM_API_OK;
    case NATIVE_EXT_SHM_MISSING:
        return NATIVE_SHM_API_MISSING;
    default:
        return NATIVE_SHM_API_FAILED;
    }
}

static enum native_shm_api_status store_value(struct native_shm_api_segment *segment,
                                              zend_string *name, zval *zv, uint64_t ttl_ms)
{
    enum native_shm_api_status status = NATIVE_SHM_API_FAILED;
    struct native_shm_segment *core = enter(segment);
    struct native_ext_shm_encoded encoded;

    if (!core || ZSTR_LEN(name) > NATIVE_SHM_KEY_MAX)
        return status;
    if (native_ext_shm_encode(&encoded, zv, core->size / 4, NATIVE_EXT_SHM_SERIALIZER_AUTO) &&
        (core = enter(segment)) && encoded.len <= core->size / 4) {
        struct native_shm_key key = make_key(core, ZSTR_VAL(name), ZSTR_LEN(name));
        struct native_shm_value value = {
            .bytes = encoded.bytes, .len = encoded.len, .format = encoded.format, .ttl_ms = ttl_ms};

        status = to_api(native_shm_cache_store(core, &key, &value, NATIVE_SHM_SET));
    }
    native_ext_shm_encoded_free(&encoded);
    return status;
}

static enum native_shm_api_status root(struct native_shm_api_segment *segment, const char *name,
                                       size_t name_len, uint64_t size, void **memory)
{
    struct native_shm_object_open open = {.name = name,
                                          .name_len = name_len,
                                          .kind = NATIVE_SHM_OBJECT_USER,
                                          .body_size = size,
                                          .size = size};
    struct native_shm_segment *core = enter(segment);
    struct native_shm_object *object;

    if (!core || size == 0)
        return NATIVE_SHM_API_FAILED;
    return to_api(native_shm_object_open(core, &open, &object, memory));
}

static enum native_shm_api_status counter_add(struct native_shm_api_segment *segment,
                                              const char *name, size_t name_len, int64_t by,
                                              int64_t *sum)
{
    struct native_shm_segment *core = enter(segment);
    struct native_shm_counter *counter;
    enum native_shm_status status;

    if (!core)
        return NATIVE_SHM_API_FAILED;
    status = native_shm_counter_open(core, name, name_len, 0, &counter);
    if (status == NATIVE_SHM_OK)
        *sum = native_shm_counter_add(counter, by);
    return to_api(status);
}

static const struct native_shm_api table = {
    .version = NATIVE_SHM_API_VERSION,
    .size = sizeof(table),
    .default_segment = default_segment,
    .open = open_segment,
    .fetch = fetch,
    .store = store,
    .remove = remove_key,
    .fetch_value = fetch_value,
    .store_value = store_value,
    .root = root,
    .counter_add = counter_add,
};

ZEND_DLEXPORT const struct native_shm_api *native_shm_api(uint32_t version);

const struct native_shm_api *native_shm_api(uint32_t version)
{
    return version == NATIVE_SHM_API_VERSION ? &table : NULL;
}
