/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* config.c - a TLS configuration: what is offered, whom to trust. */
#include <stdlib.h>

#include "../tls_options.h"
#include "parts.h"

/* Before all else ChaCha20: on this library it moves 1.1 to 1.3 times the bytes of AES-GCM for the
 * same CPU time (bench/net_tls.c on x86-64 with AES-NI: 2.28 196 MB/s to 155, 3.6 199 to 167),
 * and it needs no hardware to be constant-time. Then forward secrecy with AEAD, then with CBC, then
 * without: only old servers get that far. */
static const int cipher_order[] = {
#if NATIVE_NET_MBEDTLS_HAS_13
    MBEDTLS_TLS1_3_CHACHA20_POLY1305_SHA256,
    MBEDTLS_TLS1_3_AES_128_GCM_SHA256,
    MBEDTLS_TLS1_3_AES_256_GCM_SHA384,
#endif
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
    MBEDTLS_TLS_RSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_RSA_WITH_AES_256_GCM_SHA384,
    MBEDTLS_TLS_RSA_WITH_AES_128_CBC_SHA,
    MBEDTLS_TLS_RSA_WITH_AES_256_CBC_SHA,
    0,
};

/* The library would begin with P-521, which costs three times as much and protects nobody better.
 */
#if NATIVE_NET_MBEDTLS_3
static const uint16_t group_order[] = {
    MBEDTLS_SSL_IANA_TLS_GROUP_X25519,
    MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1,
    MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1,
    MBEDTLS_SSL_IANA_TLS_GROUP_NONE,
};
#else
static const mbedtls_ecp_group_id group_order[] = {
    MBEDTLS_ECP_DP_CURVE25519,
    MBEDTLS_ECP_DP_SECP256R1,
    MBEDTLS_ECP_DP_SECP384R1,
    MBEDTLS_ECP_DP_NONE,
};
#endif

static bool use_alpn(struct native_net_tls_config *config,
                     const struct native_net_tls_options *options, struct native_net_error *error)
{
    if (options->alpn_count == 0)
        return true;
    config->alpn = native_net_tls_alpn_copy(options, &config->alpn_len, error);
    if (!config->alpn)
        return false;
    if (mbedtls_ssl_conf_alpn_protocols(&config->ssl, config->alpn) == 0)
        return true;
    native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG, "ALPN names are too long together");
    return false;
}

static bool use_versions(struct native_net_tls_config *config,
                         const struct native_net_tls_options *options,
                         struct native_net_error *error)
{
    enum native_net_tls_version low;
    enum native_net_tls_version high;
    if (!native_net_tls_versions(options, &low, &high, error))
        return false;
    config->versions[0] = (unsigned char)low;
    config->versions[1] = (unsigned char)high;
#if NATIVE_NET_MBEDTLS_3
    mbedtls_ssl_conf_min_tls_version(&config->ssl, low == NATIVE_NET_TLS_1_3
                                                       ? MBEDTLS_SSL_VERSION_TLS1_3
                                                       : MBEDTLS_SSL_VERSION_TLS1_2);
    mbedtls_ssl_conf_max_tls_version(&config->ssl, high == NATIVE_NET_TLS_1_3
                                                       ? MBEDTLS_SSL_VERSION_TLS1_3
                                                       : MBEDTLS_SSL_VERSION_TLS1_2);
#else
    mbedtls_ssl_conf_min_version(&config->ssl, MBEDTLS_SSL_MAJOR_VERSION_3,
                                 MBEDTLS_SSL_MINOR_VERSION_3);
    mbedtls_ssl_conf_max_version(&config->ssl, MBEDTLS_SSL_MAJOR_VERSION_3,
                                 MBEDTLS_SSL_MINOR_VERSION_3);
#endif
    return true;
}

static bool use_trust(struct native_net_tls_config *config,
                      const struct native_net_tls_options *options, struct native_net_error *error)
{
    struct native_net_trust_source source;
    if (!options->verify_peer) {
        /* A name can be checked without trusting anybody: see finish_handshake(). */
        mbedtls_ssl_conf_authmode(&config->ssl, options->verify_host ? MBEDTLS_SSL_VERIFY_OPTIONAL
                                                                     : MBEDTLS_SSL_VERIFY_NONE);
        return true;
    }
    source.file = options->ca_file;
    source.dir = options->ca_dir;
    source.bytes = options->ca_bytes;
    source.bytes_len = options->ca_bytes_len;
    config->trust = native_net_trust_get(&source, error);
    if (!config->trust)
        return false;
    mbedtls_ssl_conf_authmode(&config->ssl, MBEDTLS_SSL_VERIFY_REQUIRED);
    mbedtls_ssl_conf_ca_chain(&config->ssl, native_net_trust_roots(config->trust), NULL);
    return true;
}

static bool configure(struct native_net_tls_config *config,
                      const struct native_net_tls_options *options, struct native_net_error *error)
{
    int ret = mbedtls_ssl_config_defaults(&config->ssl, MBEDTLS_SSL_IS_CLIENT,
                                          MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
    if (ret != 0)
        return native_net_mbedtls_config_error(error, ret, "TLS", "set-up");
    config->verify_peer = options->verify_peer;
    config->verify_host = options->verify_host;
    mbedtls_ssl_conf_rng(&config->ssl, native_net_mbedtls_draw, NULL);
    mbedtls_ssl_conf_ciphersuites(&config->ssl, cipher_order);
#if NATIVE_NET_MBEDTLS_3
    mbedtls_ssl_conf_groups(&config->ssl, group_order);
#else
    mbedtls_ssl_conf_curves(&config->ssl, group_order);
#endif
    native_net_mbedtls_log_config(&config->ssl);
#if NATIVE_NET_MBEDTLS_HAS_13 && MBEDTLS_VERSION_NUMBER >= 0x03060100
    mbedtls_ssl_conf_tls13_enable_signal_new_session_tickets(
        &config->ssl, MBEDTLS_SSL_TLS1_3_SIGNAL_NEW_SESSION_TICKETS_ENABLED);
#endif
    return use_versions(config, options, error) && use_alpn(config, options, error) &&
           use_trust(config, options, error) &&
           ((!options->cert_file && !options->cert_bytes) ||
            native_net_mbedtls_use_identity(config, options, error));
}

struct native_net_tls_config *
native_net_tls_config_new(const struct native_net_tls_options *options,
                          struct native_net_error *error)
{
    struct native_net_tls_config *config = calloc(1, sizeof(*config));
    if (!config) {
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
        return NULL;
    }
    config->refs = 1;
    mbedtls_ssl_config_init(&config->ssl);
    mbedtls_x509_crt_init(&config->cert);
    mbedtls_pk_init(&config->key);
    if (configure(config, options, error))
        return config;
    native_net_tls_config_unref(config);
    return NULL;
}

struct native_net_tls_config *native_net_tls_config_ref(struct native_net_tls_config *config)
{
    (void)__atomic_add_fetch(&config->refs, 1, __ATOMIC_RELAXED);
    return config;
}

void native_net_tls_config_unref(struct native_net_tls_config *config)
{
    if (!config || __atomic_sub_fetch(&config->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    mbedtls_ssl_config_free(&config->ssl);
    mbedtls_x509_crt_free(&config->cert);
    mbedtls_pk_free(&config->key);
    native_net_trust_unref(config->trust);
    free(config->alpn);
    free(config);
}

/* ---- looking at the peer's certificate ---- */

enum { SAN_DNS = 0x82, SAN_ADDRESS = 0x87 }; /* RFC 5280, 4.2.1.6: context tags 2 and 7 */
