/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* login_nonce.h - inside login.c: a challenge of Digest that can be answered more than once, and the store of those that
 * were good. For login*.c only.
 * Allocates: with malloc. */
#ifndef NATIVE_HTTP_LOGIN_NONCE_H
#define NATIVE_HTTP_LOGIN_NONCE_H

#include "login.h"

struct native_http_nonce {
    struct native_http_nonce *next;   /* in the store: the one used last comes first */
    struct native_http_digest digest; /* its spans point into `text` */
    char *key;                        /* in the store: origin and user */
    size_t key_len;
    uint32_t count; /* how often it was sent */
    bool ready;     /* cnonce is there */
    char cnonce[32];
    char text[];
};

/* Returns whether a challenge is longer than anybody would keep. */
bool native_http_nonce_is_too_long(const struct native_http_digest *digest);

/* Copy a challenge. Returns NULL without memory. */
struct native_http_nonce *native_http_nonce_new(const struct native_http_digest *digest);

/* NULL is allowed. */
void native_http_nonce_free(struct native_http_nonce *nonce);

/* Give it a cnonce of random bytes, if it has none: one for all its requests, of which -sess makes a session (RFC 7616,
 * 3.4.2). Returns false without random bytes. */
bool native_http_nonce_ready(struct native_http_nonce *nonce);

/* Find what belongs to an origin and a user, and make it the one used last; NULL: there is none. */
struct native_http_nonce *native_http_nonces_find(struct native_http_nonces *nonces,
                                                  struct native_http_span origin,
                                                  struct native_http_span user);

/* Take it out: it is the caller's. NULL: there is none. */
struct native_http_nonce *native_http_nonces_take(struct native_http_nonces *nonces,
                                                  struct native_http_span origin,
                                                  struct native_http_span user);

/* Take it out and free it. */
void native_http_nonces_drop(struct native_http_nonces *nonces, struct native_http_span origin,
                             struct native_http_span user);

/* Put one in; what was there for them is freed. Returns false without memory: it stays the caller's. */
bool native_http_nonces_put(struct native_http_nonces *nonces, struct native_http_nonce *nonce,
                            struct native_http_span origin, struct native_http_span user);

#endif
