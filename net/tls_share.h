/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* tls_share.h - one connection's use of a store of TLS sessions: look one up before the handshake,
 * keep the new one after it. Private to net/.
 * Shape: begin -> (handshake) -> done or failed -> ticket, whenever TLS 1.3 has sent one.
 * Allocates: a buffer within a call. Blocks: as the store does. Threads: one at a time. */
#ifndef NATIVE_NET_TLS_SHARE_H
#define NATIVE_NET_TLS_SHARE_H

#include <stdbool.h>
#include <stdint.h>

#include "tls.h"
#include "tls_store.h"

struct native_net_tls_share {
    const struct native_net_tls_store *store; /* NULL = none is used */
    bool offered; /* a session was offered that still stands in the store */
    uint8_t key[32];
    uint8_t mark[NATIVE_NET_TLS_STORE_MARK]; /* of what was offered */
};

/* What a session must have in common with a connection, besides the configuration. */
struct native_net_tls_share_place {
    const char *host;  /* that we connect to */
    const char *name;  /* of the other end of TLS */
    const char *scope; /* of the caller's, NULL = nothing */
    uint16_t port;
};

/* What sessions made under a configuration with this id, at this place, by this library are kept
 * under. Returns false without memory. */
bool native_net_tls_share_key(const uint8_t config_id[32],
                              const struct native_net_tls_share_place *place, const char *library,
                              uint8_t out[32]);

/* Offer a session from `store` to `tls`, before its handshake. `store` may be NULL. */
void native_net_tls_share_begin(struct native_net_tls_share *share,
                                const struct native_net_tls_store *store,
                                const struct native_net_tls_config *config,
                                const struct native_net_tls_share_place *place,
                                struct native_net_tls *tls);

/* After a handshake that met its settings: keep its session. */
void native_net_tls_share_done(struct native_net_tls_share *share, struct native_net_tls *tls);

/* After a handshake that failed: what was offered shall not be offered again. */
void native_net_tls_share_failed(struct native_net_tls_share *share);

/* When a ticket has come: keep the session that it makes. */
void native_net_tls_share_ticket(struct native_net_tls_share *share, struct native_net_tls *tls);

#endif
