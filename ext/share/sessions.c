/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/share/sessions.c - TLS sessions in shared memory; in the process's own store where there is none.
 *
 * Whether bytes may be used is not decided here: the envelope says what they are good for, and its mark that they are
 * whole (net/tls_session.h). The mark also stands first in the value, where a look at the key finds it without reading
 * the rest: remove() takes away what has it and nothing else, and the cache tells one of many that it was him. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "share.h"

#include <string.h>

#include "../../shm/cache.h"
#include "../../shm/format.h"

enum {
    KEY_LEN = 33,
    TRIES = 8 /* while others change the same key */
};

_Static_assert(NATIVE_NET_TLS_STORE_MARK == 8, "the first word of a value is the mark");
_Static_assert((int)NATIVE_NET_TLS_STORE_BYTES_MAX <= (int)NATIVE_SHM_INLINE_MAX,
               "a session is one block");

static struct native_shm_key make_key(const struct native_shm_segment *segment,
                                      const uint8_t key[32], uint8_t bytes[KEY_LEN])
{
    struct native_shm_key made;

    bytes[0] = 'S';
    memcpy(bytes + 1, key, 32);
    made.bytes = bytes;
    made.len = KEY_LEN;
    made.hash = native_shm_hash(segment, bytes, KEY_LEN, 0);
    return made;
}

/* Look, and see that it can be what we store. */
static bool look(struct native_shm_segment *segment, const struct native_shm_key *key,
                 struct native_shm_view *view)
{
    return native_shm_cache_find(segment, key, false, view) == NATIVE_SHM_OK &&
           view->format == NATIVE_SHM_FORMAT_NONE && view->value_len >= NATIVE_NET_TLS_STORE_MARK &&
           view->value_len <= NATIVE_NET_TLS_STORE_BYTES_MAX;
}

static size_t read_shared(struct native_ext_share *share, const uint8_t key[32], void *out,
                          size_t out_len)
{
    struct native_shm_segment *segment = native_ext_share_enter(share, false);
    uint8_t bytes[KEY_LEN];
    struct native_shm_key made;
    struct native_shm_view view;
    int i;

    if (!segment)
        return 0;
    made = make_key(segment, key, bytes);
    for (i = 0; i < TRIES; i++) {
        if (!look(segment, &made, &view) || view.value_len > out_len)
            return 0;
        if (native_shm_cache_read(segment, &view, out) == NATIVE_SHM_OK)
            return view.value_len;
    }
    return 0;
}

size_t native_ext_share_session_find(void *ctx, const uint8_t key[32], void *out, size_t out_len)
{
    const struct native_net_tls_store *own = native_net_tls_store_own();
    struct native_ext_share *share = ctx;
    size_t len = read_shared(share, key, out, out_len);

    share->counts.sessions_found += len > 0;
    share->counts.sessions_missed += len == 0;
    return len > 0 ? len : own->find(own->ctx, key, out, out_len);
}

void native_ext_share_session_store(void *ctx, const uint8_t key[32], const void *bytes, size_t len,
                                    int64_t ttl_s)
{
    const struct native_net_tls_store *own = native_net_tls_store_own();
    struct native_ext_share *share = ctx;
    struct native_shm_segment *segment;
    struct native_shm_value value;
    struct native_shm_key made;
    uint8_t key_bytes[KEY_LEN];

    if (len < NATIVE_NET_TLS_STORE_MARK || len > NATIVE_NET_TLS_STORE_BYTES_MAX || ttl_s <= 0)
        return;
    if (ttl_s > NATIVE_NET_TLS_STORE_TTL_MAX_S)
        ttl_s = NATIVE_NET_TLS_STORE_TTL_MAX_S;
    segment = native_ext_share_enter(share, true);
    if (segment) {
        made = make_key(segment, key, key_bytes);
        memset(&value, 0, sizeof(value));
        value.bytes = bytes;
        value.len = len;
        value.format = NATIVE_SHM_FORMAT_NONE;
        value.ttl_ms = (uint64_t)ttl_s * 1000;
        if (native_shm_cache_store(segment, &made, &value, NATIVE_SHM_SET) == NATIVE_SHM_OK) {
            share->counts.sessions_stored++;
            return;
        }
    }
    share->counts.sessions_kept++;
    own->store(own->ctx, key, bytes, len, ttl_s);
}

/* Whether it was there with this mark and is gone by our hand. */
static bool take_shared(struct native_shm_segment *segment, const struct native_shm_key *key,
                        const uint8_t mark[NATIVE_NET_TLS_STORE_MARK])
{
    enum native_shm_status status = NATIVE_SHM_CHANGED;
    struct native_shm_view view;
    int i;

    /* CHANGED may also mean that the entry has only moved in the index. */
    for (i = 0; i < TRIES && status == NATIVE_SHM_CHANGED; i++) {
        if (!look(segment, key, &view) || memcmp(&view.first, mark, NATIVE_NET_TLS_STORE_MARK) != 0)
            return false;
        status = native_shm_cache_delete_view(segment, key, &view);
    }
    return status == NATIVE_SHM_OK;
}

bool native_ext_share_session_remove(void *ctx, const uint8_t key[32],
                                     const uint8_t mark[NATIVE_NET_TLS_STORE_MARK])
{
    const struct native_net_tls_store *own = native_net_tls_store_own();
    struct native_shm_segment *segment = native_ext_share_enter(ctx, false);
    uint8_t bytes[KEY_LEN];
    struct native_shm_key made;

    if (segment) {
        made = make_key(segment, key, bytes);
        if (take_shared(segment, &made, mark))
            return true;
    }
    return own->remove(own->ctx, key, mark);
}
