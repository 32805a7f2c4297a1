/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* tls_store.h - where saved TLS sessions are kept between connections.
 * Shape: key (32 bytes) -> an envelope (tls_session.h) for some seconds. The key is SHA-256 of the
 *        library's version, the configuration's id, host, port, server name and the caller's scope,
 *        so that a session is found only where everything is the same; the envelope says it once
 *        more. Its first bytes are its mark: no two sessions have the same.
 * The functions may be called from any thread that opens streams and must not block for long. What
 * is stored are secrets: only processes of the same user may see them. */
#ifndef NATIVE_NET_TLS_STORE_H
#define NATIVE_NET_TLS_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    NATIVE_NET_TLS_STORE_BYTES_MAX = 16384, /* a session that is longer is not kept */
    NATIVE_NET_TLS_STORE_TTL_MAX_S = 7200,  /* even if the ticket lives longer */
    NATIVE_NET_TLS_STORE_MARK = 8           /* what is stored begins with so many bytes' mark */
};

struct native_net_tls_store {
    void *ctx;
    /* Copy what stands under `key` to `out`. Returns its length; 0: nothing, or it does not fit. */
    size_t (*find)(void *ctx, const uint8_t key[32], void *out, size_t out_len);
    /* Keep the bytes in place of older ones, for at most ttl_s seconds; or do not. */
    void (*store)(void *ctx, const uint8_t key[32], const void *bytes, size_t len, int64_t ttl_s);
    /* Forget the session with this mark; another one that came in its place stays. Returns whether
     * this very call did it: of several who take a session that may be used only once (TLS 1.3),
     * one is told true. */
    bool (*remove)(void *ctx, const uint8_t key[32], const uint8_t mark[NATIVE_NET_TLS_STORE_MARK]);
};

/* Returns the store of this process: 64 sessions, the oldest making room; a forked child begins with
 * none of its parent's. */
struct native_net_tls_store *native_net_tls_store_own(void);

/* Forget all sessions of the process's own store. */
void native_net_tls_store_flush(void);

#endif
