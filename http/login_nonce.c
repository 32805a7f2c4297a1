/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* login_nonce.c - challenges of Digest, and the store of those that were good: a short list. */
#include "login_nonce.h"

#include <stdlib.h>
#include <string.h>

#include "../net/random.h"

enum { NONCES_MAX = 64, TEXT_MAX = 16 * 1024 };

struct native_http_nonces {
    struct native_http_nonce *first;
    size_t count;
};

/* ---- one ---- */

static size_t text_len(const struct native_http_digest *digest)
{
    return digest->realm.len + digest->nonce.len + digest->opaque.len + digest->algorithm_name.len;
}

bool native_http_nonce_is_too_long(const struct native_http_digest *digest)
{
    return text_len(digest) > TEXT_MAX;
}

/* Make a span point to a copy of its bytes; one that is absent stays so. */
static void keep(char **to, struct native_http_span *span)
{
    if (span->at) {
        if (span->len > 0) {
            memcpy(*to, span->at, span->len);
        }
        span->at = *to;
        *to += span->len;
    }
}

struct native_http_nonce *native_http_nonce_new(const struct native_http_digest *digest)
{
    struct native_http_nonce *nonce = malloc(sizeof(*nonce) + text_len(digest) + 1);
    char *to;

    if (nonce) {
        memset(nonce, 0, sizeof(*nonce));
        nonce->digest = *digest;
        to = nonce->text;
        keep(&to, &nonce->digest.realm);
        keep(&to, &nonce->digest.nonce);
        keep(&to, &nonce->digest.opaque);
        keep(&to, &nonce->digest.algorithm_name);
    }
    return nonce;
}

void native_http_nonce_free(struct native_http_nonce *nonce)
{
    if (nonce) {
        free(nonce->key);
        free(nonce);
    }
}

bool native_http_nonce_ready(struct native_http_nonce *nonce)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char random[sizeof(nonce->cnonce) / 2];

    if (!nonce->ready && native_net_random(random, sizeof(random))) {
        for (size_t i = 0; i < sizeof(random); i++) {
            nonce->cnonce[2 * i] = digits[random[i] >> 4];
            nonce->cnonce[2 * i + 1] = digits[random[i] & 15];
        }
        nonce->ready = true;
    }
    return nonce->ready;
}

/* ---- the store ---- */

struct native_http_nonces *native_http_nonces_new(void)
{
    return calloc(1, sizeof(struct native_http_nonces));
}

void native_http_nonces_free(struct native_http_nonces *nonces)
{
    struct native_http_nonce *next;

    for (struct native_http_nonce *nonce = nonces ? nonces->first : NULL; nonce; nonce = next) {
        next = nonce->next;
        native_http_nonce_free(nonce);
    }
    free(nonces);
}

/* The key is the origin, a NUL that no origin has, and the user. */
static bool has_key(const struct native_http_nonce *nonce, struct native_http_span origin,
                    struct native_http_span user)
{
    return nonce->key_len == origin.len + 1 + user.len &&
           memcmp(nonce->key, origin.at, origin.len) == 0 && nonce->key[origin.len] == '\0' &&
           (user.len == 0 || memcmp(nonce->key + origin.len + 1, user.at, user.len) == 0);
}

struct native_http_nonce *native_http_nonces_take(struct native_http_nonces *nonces,
                                                  struct native_http_span origin,
                                                  struct native_http_span user)
{
    struct native_http_nonce **at = &nonces->first;
    struct native_http_nonce *nonce;

    while (*at && !has_key(*at, origin, user)) {
        at = &(*at)->next;
    }
    nonce = *at;
    if (nonce) {
        *at = nonce->next;
        nonce->next = NULL;
        nonces->count--;
    }
    return nonce;
}

static void put_first(struct native_http_nonces *nonces, struct native_http_nonce *nonce)
{
    nonce->next = nonces->first;
    nonces->first = nonce;
    nonces->count++;
}

struct native_http_nonce *native_http_nonces_find(struct native_http_nonces *nonces,
                                                  struct native_http_span origin,
                                                  struct native_http_span user)
{
    struct native_http_nonce *nonce = native_http_nonces_take(nonces, origin, user);

    if (nonce) {
        put_first(nonces, nonce);
    }
    return nonce;
}

void native_http_nonces_drop(struct native_http_nonces *nonces, struct native_http_span origin,
                             struct native_http_span user)
{
    native_http_nonce_free(native_http_nonces_take(nonces, origin, user));
}

static void drop_last(struct native_http_nonces *nonces)
{
    struct native_http_nonce **at = &nonces->first;

    while (*at && (*at)->next) {
        at = &(*at)->next;
    }
    if (*at) {
        native_http_nonce_free(*at);
        *at = NULL;
        nonces->count--;
    }
}

bool native_http_nonces_put(struct native_http_nonces *nonces, struct native_http_nonce *nonce,
                            struct native_http_span origin, struct native_http_span user)
{
    char *key = malloc(origin.len + 1 + user.len);

    if (!key) {
        return false;
    }
    memcpy(key, origin.at, origin.len);
    key[origin.len] = '\0';
    if (user.len > 0) {
        memcpy(key + origin.len + 1, user.at, user.len);
    }
    free(nonce->key);
    nonce->key = key;
    nonce->key_len = origin.len + 1 + user.len;
    native_http_nonces_drop(nonces, origin, user);
    if (nonces->count == NONCES_MAX) {
        drop_last(nonces);
    }
    put_first(nonces, nonce);
    return true;
}
