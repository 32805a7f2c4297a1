/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* tls_share.c - TLS sessions into a store and out of it. */
#include "tls_share.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hash.h"
#include "tls_session.h"

static struct native_net_hash_piece text(const char *from)
{
    struct native_net_hash_piece piece;
    piece.bytes = from ? from : "";
    piece.len = from ? strlen(from) + 1 : 1; /* the NUL parts it from the next */
    return piece;
}

bool native_net_tls_share_key(const uint8_t config_id[32],
                              const struct native_net_tls_share_place *place, const char *library,
                              uint8_t out[32])
{
    struct native_net_hash_piece pieces[6];
    uint8_t port[2];
    port[0] = (uint8_t)(place->port >> 8);
    port[1] = (uint8_t)place->port;
    pieces[0].bytes = config_id;
    pieces[0].len = 32;
    pieces[1].bytes = port;
    pieces[1].len = sizeof(port);
    pieces[2] = text(place->host);
    pieces[3] = text(place->name);
    pieces[4] = text(place->scope);
    /* Two builds that share a store do not take each other's sessions away. */
    pieces[5] = text(library);
    return native_net_hash_of(NATIVE_NET_SHA256, pieces, 6, out);
}

static bool make_key(const struct native_net_tls_config *config,
                     const struct native_net_tls_share_place *place, uint8_t out[32])
{
    uint8_t id[32];
    native_net_tls_config_id(config, id);
    return native_net_tls_share_key(id, place, native_net_tls_library(), out);
}

/* It holds keys. The volatile pointer keeps the compiler from dropping this. */
static void wipe_and_free(uint8_t *bytes, size_t len)
{
    volatile uint8_t *at = bytes;
    while (at && len-- > 0)
        *at++ = 0;
    free(bytes);
}

void native_net_tls_share_begin(struct native_net_tls_share *share,
                                const struct native_net_tls_store *store,
                                const struct native_net_tls_config *config,
                                const struct native_net_tls_share_place *place,
                                struct native_net_tls *tls)
{
    uint8_t *bytes;
    size_t len;
    bool once;
    bool fits = false;
    memset(share, 0, sizeof(*share));
    if (!store || !make_key(config, place, share->key))
        return;
    share->store = store;
    bytes = malloc(NATIVE_NET_TLS_STORE_BYTES_MAX);
    if (!bytes)
        return;
    len = store->find(store->ctx, share->key, bytes, NATIVE_NET_TLS_STORE_BYTES_MAX);
    if (len < NATIVE_NET_TLS_STORE_MARK)
        len = 0;
    else
        memcpy(share->mark, bytes, sizeof(share->mark));
    once = native_net_tls_session_is_once(bytes, len);
    /* Of TLS 1.3 each may be used once: it is ours only if we are the one who took it away. */
    if (len > 0 && (!once || store->remove(store->ctx, share->key, share->mark)))
        fits = native_net_tls_session_load(tls, bytes, len, NULL) == NATIVE_NET_OK;
    share->offered = fits && !once;
    if (len > 0 && !fits && !once)
        (void)store->remove(store->ctx, share->key, share->mark);
    wipe_and_free(bytes, len);
}

static void keep(struct native_net_tls_share *share, struct native_net_tls *tls)
{
    uint8_t *bytes = malloc(NATIVE_NET_TLS_STORE_BYTES_MAX);
    size_t len = 0;
    if (bytes && native_net_tls_session_save(tls, bytes, NATIVE_NET_TLS_STORE_BYTES_MAX, &len,
                                             NULL) == NATIVE_NET_OK) {
        int64_t ttl_s = native_net_tls_session_use_until(bytes) - (int64_t)time(NULL);
        if (ttl_s > 0)
            share->store->store(share->store->ctx, share->key, bytes, len, ttl_s);
    }
    wipe_and_free(bytes, len);
}

void native_net_tls_share_done(struct native_net_tls_share *share, struct native_net_tls *tls)
{
    /* A session of TLS 1.2 that was resumed is the one in the store; of TLS 1.3 the next ticket is
     * still to come, or has come within the handshake's last flight. */
    if (share->store && (!native_net_tls_was_resumed(tls) || native_net_tls_take_ticket(tls)))
        keep(share, tls);
    share->offered = false;
}

void native_net_tls_share_failed(struct native_net_tls_share *share)
{
    if (share->store && share->offered)
        (void)share->store->remove(share->store->ctx, share->key, share->mark);
    share->offered = false;
}

void native_net_tls_share_ticket(struct native_net_tls_share *share, struct native_net_tls *tls)
{
    if (native_net_tls_take_ticket(tls) && share->store)
        keep(share, tls);
}
