/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* config.c - a TLS configuration: what is offered, whom to trust. */
#include <stdlib.h>
#include <string.h>

#include "../certs.h"
#include "../hash.h"
#include "../pem.h"
#include "../tls_options.h"
#include "parts.h"

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

static bool use_crl(struct native_net_tls_config *config,
                    const struct native_net_tls_options *options, struct native_net_error *error)
{
    const char *name = options->crl_file ? options->crl_file : "given in memory";
    struct native_net_hash_piece piece;
    struct native_net_file file = {NULL, 0};
    bool pem;
    int ret;
    if (!options->crl_file && !options->crl_bytes)
        return true;
    if (!native_net_file_get(options->crl_file, options->crl_bytes, options->crl_bytes_len, "CRL",
                             &file, error))
        return false;
    /* The library wants the NUL to be counted in PEM, and not in DER. */
    pem = native_net_pem_is((const char *)file.bytes, file.len);
    ret = mbedtls_x509_crl_parse(&config->crl, file.bytes, file.len + (pem ? 1 : 0));
    piece.bytes = file.bytes;
    piece.len = file.len;
    (void)native_net_hash_of(NATIVE_NET_SHA256, &piece, 1, config->crl_id);
    native_net_file_free(&file);
    return ret == 0 || native_net_mbedtls_config_error(error, ret, "CRL", name);
}

static bool use_trust(struct native_net_tls_config *config,
                      const struct native_net_tls_options *options, struct native_net_error *error)
{
    struct native_net_trust_source source;
    bool has_crl = options->crl_file || options->crl_bytes;
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
    mbedtls_ssl_conf_ca_chain(&config->ssl, native_net_trust_roots(config->trust),
                              has_crl ? &config->crl : NULL);
    return true;
}

/* Say which part of the options was at fault. Returns `good`. */
static bool part(bool good, enum native_net_error_part of, struct native_net_error *error)
{
    if (!good && error && error->part == NATIVE_NET_PART_NONE)
        native_net_error_set_part(error, of);
    return good;
}

static bool finish(struct native_net_tls_config *config, struct native_net_error *error)
{
    if (native_net_mbedtls_make_id(config))
        return true;
    native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
    return false;
}

/* With TLS 1.2 a server picks the first that it can do, and mbedTLS 3.6.6 refuses RSA-PSS there: PKCS#1 goes before
 * it. TLS 1.3 has no PKCS#1, so nothing changes for it. */
static void use_signatures(struct native_net_tls_config *config)
{
#if NATIVE_NET_MBEDTLS_HAS_13
    static const uint16_t signatures[] = {
        MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256, MBEDTLS_TLS1_3_SIG_ECDSA_SECP384R1_SHA384,
        MBEDTLS_TLS1_3_SIG_ECDSA_SECP521R1_SHA512, MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA512,
        MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA384,       MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA256,
        MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA512,    MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA384,
        MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA256,    MBEDTLS_TLS1_3_SIG_NONE};
    mbedtls_ssl_conf_sig_algs(&config->ssl, signatures);
#else
    (void)config;
#endif
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
    native_net_mbedtls_log_config(&config->ssl);
    use_signatures(config);
#if NATIVE_NET_MBEDTLS_HAS_13 && MBEDTLS_VERSION_NUMBER >= 0x03060100
    mbedtls_ssl_conf_tls13_enable_signal_new_session_tickets(
        &config->ssl, MBEDTLS_SSL_TLS1_3_SIGNAL_NEW_SESSION_TICKETS_ENABLED);
#endif
    native_net_error_clear(error);
    return part(use_versions(config, options, error), NATIVE_NET_PART_VERSIONS, error) &&
           native_net_mbedtls_use_ciphers(config, options, error) &&
           native_net_mbedtls_use_groups(config, options, error) &&
           part(use_alpn(config, options, error), NATIVE_NET_PART_ALPN, error) &&
           native_net_mbedtls_use_pins(config, options, error) &&
           part(use_crl(config, options, error), NATIVE_NET_PART_CRL, error) &&
           part(use_trust(config, options, error), NATIVE_NET_PART_CA, error) &&
           ((!options->cert_file && !options->cert_bytes) ||
            part(native_net_mbedtls_use_identity(config, options, error),
                 NATIVE_NET_PART_CERTIFICATE, error)) &&
           finish(config, error);
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
    mbedtls_x509_crl_init(&config->crl);
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
    mbedtls_x509_crl_free(&config->crl);
    native_net_trust_unref(config->trust);
    free(config->alpn);
    free(config->ciphers);
    free(config->pins);
    free(config);
}
