/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* config_id.c - what tells one configuration from any other. */
#include <string.h>

#include "../hash.h"
#include "parts.h"

/* Each piece goes in with its length before it, so that nothing can move from one into the next. */
static bool add(struct native_net_hash *hash, const void *bytes, size_t len)
{
    uint8_t head[8];
    uint64_t left = len;
    size_t i;
    for (i = 8; i-- > 0; left >>= 8)
        head[i] = (uint8_t)left;
    return native_net_hash_add(hash, head, sizeof(head)) && native_net_hash_add(hash, bytes, len);
}

static bool add_own_chain(struct native_net_hash *hash, const struct native_net_tls_config *config)
{
    const mbedtls_x509_crt *crt = config->has_cert ? &config->cert : NULL;
    /* The key needs no piece of its own: it was checked to be the one of the certificate. */
    for (; crt && crt->raw.p; crt = crt->next)
        if (!add(hash, crt->raw.p, crt->raw.len))
            return false;
    return true;
}

bool native_net_mbedtls_make_id(struct native_net_tls_config *config)
{
    struct native_net_hash hash;
    uint8_t trust[32] = {0};
    uint8_t flags[4];
    if (config->trust)
        native_net_trust_id(config->trust, trust);
    flags[0] = (uint8_t)((config->verify_peer ? 1 : 0) | (config->verify_host ? 2 : 0) |
                         (config->trust ? 4 : 0) | (config->has_cert ? 8 : 0));
    memcpy(flags + 1, config->versions, 2);
    flags[3] = config->alpn ? 1 : 0;
    return native_net_hash_begin(&hash, NATIVE_NET_SHA256) && add(&hash, flags, sizeof(flags)) &&
           add(&hash, trust, sizeof(trust)) && add(&hash, config->crl_id, sizeof(config->crl_id)) &&
           add(&hash, config->ciphers, config->cipher_count * sizeof(*config->ciphers)) &&
           add(&hash, config->groups, config->group_count * sizeof(*config->groups)) &&
           add(&hash, config->alpn ? config->alpn[0] : "", config->alpn_len) &&
           add(&hash, config->pins, config->pin_count * sizeof(*config->pins)) &&
           add_own_chain(&hash, config) && native_net_hash_end(&hash, config->id);
}

void native_net_tls_config_id(const struct native_net_tls_config *config, uint8_t out[32])
{
    memcpy(out, config->id, sizeof(config->id));
}
