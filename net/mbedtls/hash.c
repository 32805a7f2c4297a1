/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* hash.c - hash functions out of the library. */
#include "../hash.h"

#include <mbedtls/md.h>
#include <mbedtls/sha512.h>
#include <stdlib.h>
#include <string.h>

#include "parts.h"

/* SHA-512/256 is SHA-512 from other numbers on, cut (FIPS 180-4, 5.3.6.2 and 6.7). The library does
 * not offer it, but lets one set where it begins, unless somebody's hardware does the work. */
#if defined(MBEDTLS_SHA512_C) && !defined(MBEDTLS_SHA512_ALT)
#define HAS_SHA512_256 1
#else
#define HAS_SHA512_256 0
#endif

union state {
    mbedtls_md_context_t md;
#if HAS_SHA512_256
    mbedtls_sha512_context sha512;
#endif
};

static mbedtls_md_type_t type_of(enum native_net_hash_kind kind)
{
    return kind == NATIVE_NET_MD5      ? MBEDTLS_MD_MD5
           : kind == NATIVE_NET_SHA1   ? MBEDTLS_MD_SHA1
           : kind == NATIVE_NET_SHA256 ? MBEDTLS_MD_SHA256
                                       : MBEDTLS_MD_NONE;
}

size_t native_net_hash_size(enum native_net_hash_kind kind)
{
    const mbedtls_md_info_t *info;
    if (kind == NATIVE_NET_SHA512_256)
        return HAS_SHA512_256 ? 32 : 0;
    info = mbedtls_md_info_from_type(type_of(kind));
    return info ? mbedtls_md_get_size(info) : 0;
}

#if HAS_SHA512_256
static bool begin_512_256(mbedtls_sha512_context *sha)
{
    static const uint64_t first[8] = {UINT64_C(0x22312194FC2BF72C), UINT64_C(0x9F555FA3C84C64C2),
                                      UINT64_C(0x2393B86B6F53B151), UINT64_C(0x963877195940EABD),
                                      UINT64_C(0x96283EE2A88EFFE3), UINT64_C(0xBE5E1E2553863992),
                                      UINT64_C(0x2B0199FC2C85B8AA), UINT64_C(0x0EB72DDC81C52CA2)};
    mbedtls_sha512_init(sha);
#if NATIVE_NET_MBEDTLS_3
    if (mbedtls_sha512_starts(sha, 0) != 0)
#else
    if (mbedtls_sha512_starts_ret(sha, 0) != 0)
#endif
        return false;
    memcpy(sha->MBEDTLS_PRIVATE(state), first, sizeof(first));
    return true;
}

static bool add_512_256(mbedtls_sha512_context *sha, const void *bytes, size_t len)
{
#if NATIVE_NET_MBEDTLS_3
    return mbedtls_sha512_update(sha, bytes, len) == 0;
#else
    return mbedtls_sha512_update_ret(sha, bytes, len) == 0;
#endif
}

static bool end_512_256(mbedtls_sha512_context *sha, uint8_t *out)
{
    uint8_t whole[64];
#if NATIVE_NET_MBEDTLS_3
    bool ok = mbedtls_sha512_finish(sha, whole) == 0;
#else
    bool ok = mbedtls_sha512_finish_ret(sha, whole) == 0;
#endif
    memcpy(out, whole, 32);
    return ok;
}
#endif

bool native_net_hash_begin(struct native_net_hash *hash, enum native_net_hash_kind kind)
{
    union state *state;
    bool ok = false;
    hash->kind = kind;
    hash->state = NULL;
    if (native_net_hash_size(kind) == 0)
        return false;
    hash->state = state = calloc(1, sizeof(*state));
    if (!state)
        return false;
#if HAS_SHA512_256
    if (kind == NATIVE_NET_SHA512_256)
        ok = begin_512_256(&state->sha512);
    else
#endif
    {
        mbedtls_md_init(&state->md);
        ok = mbedtls_md_setup(&state->md, mbedtls_md_info_from_type(type_of(kind)), 0) == 0 &&
             mbedtls_md_starts(&state->md) == 0;
    }
    if (!ok)
        native_net_hash_drop(hash);
    return ok;
}

bool native_net_hash_add(struct native_net_hash *hash, const void *bytes, size_t len)
{
    union state *state = hash->state;
    bool ok;
    if (!state || len == 0)
        return state != NULL;
#if HAS_SHA512_256
    if (hash->kind == NATIVE_NET_SHA512_256)
        ok = add_512_256(&state->sha512, bytes, len);
    else
#endif
        ok = mbedtls_md_update(&state->md, bytes, len) == 0;
    if (!ok)
        native_net_hash_drop(hash);
    return ok;
}

bool native_net_hash_end(struct native_net_hash *hash, uint8_t *out)
{
    union state *state = hash->state;
    bool ok;
    if (!state)
        return false;
#if HAS_SHA512_256
    if (hash->kind == NATIVE_NET_SHA512_256)
        ok = end_512_256(&state->sha512, out);
    else
#endif
        ok = mbedtls_md_finish(&state->md, out) == 0;
    native_net_hash_drop(hash);
    return ok;
}

void native_net_hash_drop(struct native_net_hash *hash)
{
    union state *state = hash->state;
    if (!state)
        return;
    hash->state = NULL;
#if HAS_SHA512_256
    if (hash->kind == NATIVE_NET_SHA512_256)
        mbedtls_sha512_free(&state->sha512);
    else
#endif
        mbedtls_md_free(&state->md);
    free(state);
}

bool native_net_hash_of(enum native_net_hash_kind kind, const struct native_net_hash_piece *pieces,
                        size_t count, uint8_t *out)
{
    struct native_net_hash hash;
    size_t i;
    if (!native_net_hash_begin(&hash, kind))
        return false;
    for (i = 0; i < count; i++)
        if (!native_net_hash_add(&hash, pieces[i].bytes, pieces[i].len))
            return false;
    return native_net_hash_end(&hash, out);
}
