/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* tls.c - the one file that knows mbedTLS: 2.28 (TLS 1.2) and 3.x (TLS 1.2 and 1.3).
 *
 * Random numbers: the library is given a generator without state (getrandom() at each call), so
 * children of one process cannot draw the same bytes. mbedTLS 3 has one more generator inside PSA,
 * for TLS 1.3; it is seeded anew in each process before its first session. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tls.h"

#include <errno.h>
#include <limits.h>
#include <mbedtls/error.h>
#include <mbedtls/md.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/version.h>
#include <mbedtls/x509_crt.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "address.h"
#include "certs.h"
#include "keylog.h"
#include "random.h"
#include "tls_alert.h"
#include "tls_options.h"
#include "tls_roots.h"
#include "tls_session.h"
#include "tls_verdict.h"
#include "trust.h"

#define V3 (MBEDTLS_VERSION_NUMBER >= 0x03000000)
#if V3 && defined(MBEDTLS_SSL_PROTO_TLS1_3)
#define HAS_13 1
#else
#define HAS_13 0
#endif
#if V3
#include <psa/crypto.h>
#else
#define MBEDTLS_PRIVATE(field) field
#define MBEDTLS_ERR_SSL_BAD_CERTIFICATE MBEDTLS_ERR_SSL_BAD_HS_CERTIFICATE
#endif

/* Before all else ChaCha20: on this library it moves 1.1 to 1.3 times the bytes of AES-GCM for the
 * same CPU time (bench/net_tls.c on x86-64 with AES-NI: 2.28 196 MB/s to 155, 3.6 199 to 167),
 * and it needs no hardware to be constant-time. Then forward secrecy with AEAD, then with CBC, then
 * without: only old servers get that far. */
static const int cipher_order[] = {
#if HAS_13
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
#if V3
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

struct native_net_tls_config {
    unsigned refs; /* atomic */
    mbedtls_ssl_config ssl;
    mbedtls_x509_crt cert; /* ours and its chain */
    mbedtls_pk_context key;
    struct native_net_trust *trust; /* NULL when nothing is verified */
    bool verify_peer;
    bool verify_host;
    bool has_cert;
    unsigned char versions[2];
    const char **alpn; /* NULL-ended; one block with the names behind the pointers */
    size_t alpn_len;   /* of the names, with their NULs */
};

struct native_net_tls {
    mbedtls_ssl_context ssl;
    struct native_net_tls_config *config;
    struct native_net_tls_io io;
    pid_t owner_pid;
    int wants;
    size_t writing; /* bytes of the record that could not be sent whole yet */
    int io_errno;
    bool eof;     /* the transport has ended */
    bool reading; /* inside mbedtls_ssl_read() */
    bool gone;    /* the transport takes no bytes any more, but may still have some for us */
    bool dead;    /* after a fatal error nothing more may be done */
    bool done;    /* handshake over */
    bool saw_certificate; /* no certificate was sent: the session was resumed */
    bool has_ticket;
    unsigned char address[16]; /* of `host`, when it is one */
    size_t address_len;
    int64_t peer_valid_until;
    struct native_net_tls_verdict verdict;
    char host[256];
};

/* ---- random numbers, PSA ---- */

static int draw(void *unused, unsigned char *out, size_t len)
{
    (void)unused;
    return native_net_random(out, len) ? 0 : MBEDTLS_ERR_SSL_NO_RNG;
}

#if V3
static pthread_mutex_t psa_lock = PTHREAD_MUTEX_INITIALIZER;
static pid_t psa_pid;

/* Seed the generator inside PSA for this very process. Others may have initialised PSA before us,
 * and forked since: so it is seeded anew even at our first use. */
static bool psa_enter_process(void)
{
#if MBEDTLS_VERSION_NUMBER >= 0x03060600
    return psa_crypto_init() == PSA_SUCCESS && psa_random_reseed(NULL, 0) == PSA_SUCCESS;
#else
    /* No call to reseed yet: begin anew. The keys of the parent's sessions go with it, which is why
     * native_net_tls_free() leaves those alone. */
    if (psa_pid != 0)
        mbedtls_psa_crypto_free();
    return psa_crypto_init() == PSA_SUCCESS;
#endif
}

static bool library_ready(void)
{
    bool ok = true;
    (void)pthread_mutex_lock(&psa_lock);
    if (psa_pid != getpid()) {
        ok = psa_enter_process();
        if (ok)
            psa_pid = getpid();
    }
    (void)pthread_mutex_unlock(&psa_lock);
    return ok;
}
#else
static bool library_ready(void)
{
    return true;
}
#endif

void native_net_tls_sha256(const struct native_net_tls_piece *pieces, size_t count, uint8_t out[32])
{
    mbedtls_md_context_t md;
    size_t i;
    mbedtls_md_init(&md);
    memset(out, 0, 32);
    if (mbedtls_md_setup(&md, mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), 0) == 0 &&
        mbedtls_md_starts(&md) == 0) {
        for (i = 0; i < count; i++)
            (void)mbedtls_md_update(&md, pieces[i].bytes, pieces[i].len);
        (void)mbedtls_md_finish(&md, out);
    }
    mbedtls_md_free(&md);
}

/* ---- certificates and keys ---- */

void *native_net_tls_roots_new(const struct native_net_certs *certs, size_t *usable)
{
    mbedtls_x509_crt *roots = malloc(sizeof(*roots));
    size_t i;
    *usable = 0;
    if (!roots)
        return NULL;
    mbedtls_x509_crt_init(roots);
    for (i = 0; i < certs->count; i++)
        if (mbedtls_x509_crt_parse_der_nocopy(roots, certs->der + certs->items[i].at,
                                              certs->items[i].len) == 0)
            (*usable)++;
    if (*usable > 0)
        return roots;
    native_net_tls_roots_free(roots);
    return NULL;
}

void native_net_tls_roots_free(void *roots)
{
    if (!roots)
        return;
    mbedtls_x509_crt_free(roots);
    free(roots);
}

static bool config_error(struct native_net_error *error, int code, const char *what,
                         const char *name)
{
    char text[100] = "";
    mbedtls_strerror(code, text, sizeof(text));
    native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG, "%s %s: %s", what, name, text);
    if (error)
        error->tls_code = code;
    return false;
}

static bool use_certificate(struct native_net_tls_config *config,
                            const struct native_net_file *file, const char *name,
                            struct native_net_error *error)
{
    struct native_net_certs certs = {NULL, 0, NULL, 0};
    bool ok =
        native_net_certs_add_bytes(&certs, file->bytes, file->len, "certificate", name, error);
    size_t i;
    for (i = 0; ok && i < certs.count; i++) {
        int ret = mbedtls_x509_crt_parse_der(&config->cert, certs.der + certs.items[i].at,
                                             certs.items[i].len);
        ok = ret == 0 || config_error(error, ret, "certificate", name);
    }
    native_net_certs_free(&certs);
    return ok;
}

static bool key_error(struct native_net_error *error, int code, const char *name, bool passphrase)
{
    const char *why = "is no key that this mbedTLS can read";
    if (code == MBEDTLS_ERR_PK_PASSWORD_REQUIRED)
        why = "is encrypted and no passphrase was given";
    else if (code == MBEDTLS_ERR_PK_PASSWORD_MISMATCH)
        why = "is encrypted with another passphrase";
    else if (passphrase)
        why = "is no key that this mbedTLS can read; if it is encrypted PKCS#8, write it anew with "
              "\"openssl rsa -aes128 -traditional\" or \"openssl ec -aes128\"";
    native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG, "key %s %s", name, why);
    if (error)
        error->tls_code = code;
    return false;
}

static bool use_key(struct native_net_tls_config *config, const struct native_net_file *file,
                    const char *name, const char *passphrase, struct native_net_error *error)
{
    bool pem = memmem(file->bytes, file->len, "-----BEGIN ", 11) != NULL;
    const unsigned char *pass = (const unsigned char *)passphrase;
    size_t len = file->len + (pem ? 1 : 0);
    size_t pass_len = passphrase ? strlen(passphrase) : 0;
    int ret;
#if V3
    ret = mbedtls_pk_parse_key(&config->key, file->bytes, len, pass, pass_len, draw, NULL);
    if (ret != 0)
        return key_error(error, ret, name, passphrase != NULL);
    ret = mbedtls_pk_check_pair(&config->cert.pk, &config->key, draw, NULL);
#else
    ret = mbedtls_pk_parse_key(&config->key, file->bytes, len, pass, pass_len);
    if (ret != 0)
        return key_error(error, ret, name, passphrase != NULL);
    ret = mbedtls_pk_check_pair(&config->cert.pk, &config->key);
#endif
    if (ret == 0)
        return true;
    native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG, "key %s does not fit the certificate",
                         name);
    return false;
}

static bool use_identity(struct native_net_tls_config *config,
                         const struct native_net_tls_options *options,
                         struct native_net_error *error)
{
    struct native_net_file cert = {NULL, 0};
    struct native_net_file key = {NULL, 0};
    const char *cert_name = options->cert_file ? options->cert_file : "given in memory";
    const char *key_name = options->key_file ? options->key_file : "given in memory";
    bool own_key = options->key_file || options->key_bytes;
    bool ok = native_net_file_get(options->cert_file, options->cert_bytes, options->cert_bytes_len,
                                  "certificate", &cert, error) &&
              use_certificate(config, &cert, cert_name, error);
    if (ok && own_key)
        ok = native_net_file_get(options->key_file, options->key_bytes, options->key_bytes_len,
                                 "key", &key, error);
    ok = ok && use_key(config, own_key ? &key : &cert, own_key ? key_name : cert_name,
                       options->passphrase, error);
    native_net_file_free(&cert);
    native_net_file_free(&key);
    if (ok && mbedtls_ssl_conf_own_cert(&config->ssl, &config->cert, &config->key) != 0) {
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
        ok = false;
    }
    config->has_cert = ok;
    return ok;
}

/* ---- configuration ---- */

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
#if V3
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

#if !V3 && defined(MBEDTLS_SSL_EXPORT_KEYS)
static int on_keys(void *unused, const unsigned char *master, const unsigned char *block,
                   size_t mac_len, size_t key_len, size_t iv_len, const unsigned char client[32],
                   const unsigned char server[32], mbedtls_tls_prf_types prf)
{
    (void)unused, (void)block, (void)mac_len, (void)key_len, (void)iv_len, (void)server, (void)prf;
    native_net_keylog_write("CLIENT_RANDOM", client, master, 48);
    return 0;
}
#elif V3
static void on_keys(void *unused, mbedtls_ssl_key_export_type type, const unsigned char *secret,
                    size_t secret_len, const unsigned char client[32],
                    const unsigned char server[32], mbedtls_tls_prf_types prf)
{
    const char *label = type == MBEDTLS_SSL_KEY_EXPORT_TLS12_MASTER_SECRET ? "CLIENT_RANDOM" : NULL;
    (void)unused, (void)server, (void)prf;
#if HAS_13
    if (type == MBEDTLS_SSL_KEY_EXPORT_TLS1_3_CLIENT_HANDSHAKE_TRAFFIC_SECRET)
        label = "CLIENT_HANDSHAKE_TRAFFIC_SECRET";
    else if (type == MBEDTLS_SSL_KEY_EXPORT_TLS1_3_SERVER_HANDSHAKE_TRAFFIC_SECRET)
        label = "SERVER_HANDSHAKE_TRAFFIC_SECRET";
    else if (type == MBEDTLS_SSL_KEY_EXPORT_TLS1_3_CLIENT_APPLICATION_TRAFFIC_SECRET)
        label = "CLIENT_TRAFFIC_SECRET_0";
    else if (type == MBEDTLS_SSL_KEY_EXPORT_TLS1_3_SERVER_APPLICATION_TRAFFIC_SECRET)
        label = "SERVER_TRAFFIC_SECRET_0";
#endif
    if (label)
        native_net_keylog_write(label, client, secret, secret_len);
}
#endif

static bool configure(struct native_net_tls_config *config,
                      const struct native_net_tls_options *options, struct native_net_error *error)
{
    int ret = mbedtls_ssl_config_defaults(&config->ssl, MBEDTLS_SSL_IS_CLIENT,
                                          MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
    if (ret != 0)
        return config_error(error, ret, "TLS", "set-up");
    config->verify_peer = options->verify_peer;
    config->verify_host = options->verify_host;
    mbedtls_ssl_conf_rng(&config->ssl, draw, NULL);
    mbedtls_ssl_conf_ciphersuites(&config->ssl, cipher_order);
#if V3
    mbedtls_ssl_conf_groups(&config->ssl, group_order);
#else
    mbedtls_ssl_conf_curves(&config->ssl, group_order);
#if defined(MBEDTLS_SSL_EXPORT_KEYS)
    if (native_net_keylog_wanted())
        mbedtls_ssl_conf_export_keys_ext_cb(&config->ssl, on_keys, NULL);
#endif
#endif
#if HAS_13 && MBEDTLS_VERSION_NUMBER >= 0x03060100
    mbedtls_ssl_conf_tls13_enable_signal_new_session_tickets(
        &config->ssl, MBEDTLS_SSL_TLS1_3_SIGNAL_NEW_SESSION_TICKETS_ENABLED);
#endif
    return use_versions(config, options, error) && use_alpn(config, options, error) &&
           use_trust(config, options, error) &&
           ((!options->cert_file && !options->cert_bytes) || use_identity(config, options, error));
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

static void note_names(struct native_net_tls_verdict *verdict, const mbedtls_x509_crt *crt)
{
    const mbedtls_x509_sequence *san;
    verdict->names[0] = '\0';
    for (san = &crt->subject_alt_names; san; san = san->next)
        if (san->buf.tag == SAN_DNS)
            native_net_tls_verdict_add_name(verdict, san->buf.p, san->buf.len);
        else if (san->buf.tag == SAN_ADDRESS)
            native_net_tls_verdict_add_address(verdict, san->buf.p, san->buf.len);
    if (verdict->names[0] == '\0' &&
        mbedtls_x509_dn_gets(verdict->names, sizeof(verdict->names), &crt->subject) <= 0)
        memcpy(verdict->names, "another name", sizeof("another name"));
    if (mbedtls_x509_dn_gets(verdict->issuer, sizeof(verdict->issuer), &crt->issuer) <= 0)
        memcpy(verdict->issuer, "with a long name", sizeof("with a long name"));
}

/* The library before 3.5 knows nothing of addresses in certificates, and a CN is never one. */
static bool has_address(const mbedtls_x509_crt *crt, const unsigned char *address, size_t len)
{
    const mbedtls_x509_sequence *san;
    for (san = &crt->subject_alt_names; san; san = san->next)
        if (san->buf.tag == SAN_ADDRESS && san->buf.len == len &&
            memcmp(san->buf.p, address, len) == 0)
            return true;
    return false;
}

static void note_time(char *out, size_t out_len, const mbedtls_x509_time *at)
{
    (void)snprintf(out, out_len, "%04d-%02d-%02d %02d:%02d:%02d", at->year, at->mon, at->day,
                   at->hour, at->min, at->sec);
}

static unsigned faults_of(uint32_t flags)
{
    const uint32_t known = MBEDTLS_X509_BADCERT_NOT_TRUSTED | MBEDTLS_X509_BADCERT_REVOKED |
                           MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE |
                           MBEDTLS_X509_BADCERT_CN_MISMATCH;
    return (flags & MBEDTLS_X509_BADCERT_NOT_TRUSTED ? NATIVE_NET_FAULT_UNTRUSTED : 0U) |
           (flags & MBEDTLS_X509_BADCERT_REVOKED ? NATIVE_NET_FAULT_REVOKED : 0U) |
           (flags & MBEDTLS_X509_BADCERT_EXPIRED ? NATIVE_NET_FAULT_EXPIRED : 0U) |
           (flags & MBEDTLS_X509_BADCERT_FUTURE ? NATIVE_NET_FAULT_NOT_YET_VALID : 0U) |
           (flags & MBEDTLS_X509_BADCERT_CN_MISMATCH ? NATIVE_NET_FAULT_HOST : 0U) |
           (flags & ~known ? NATIVE_NET_FAULT_OTHER : 0U);
}

static void note_leaf(struct native_net_tls *tls, const mbedtls_x509_crt *crt)
{
    const mbedtls_x509_time *until = &crt->valid_to;
    note_names(&tls->verdict, crt);
    tls->verdict.self_signed =
        crt->issuer_raw.len == crt->subject_raw.len &&
        memcmp(crt->issuer_raw.p, crt->subject_raw.p, crt->issuer_raw.len) == 0;
    tls->peer_valid_until = native_net_tls_seconds(until->year, until->mon, until->day, until->hour,
                                                   until->min, until->sec);
}

/* Called by the library for each certificate of the chain, the server's own (depth 0) last. */
static int on_certificate(void *ctx, mbedtls_x509_crt *crt, int depth, uint32_t *flags)
{
    struct native_net_tls *tls = ctx;
    if (depth == 0) {
        note_leaf(tls, crt);
        if (tls->address_len && !has_address(crt, tls->address, tls->address_len))
            *flags |= MBEDTLS_X509_BADCERT_CN_MISMATCH;
    }
    if (!tls->config->verify_host)
        *flags &= ~(uint32_t)MBEDTLS_X509_BADCERT_CN_MISMATCH;
    if (!tls->config->verify_peer)
        *flags &= MBEDTLS_X509_BADCERT_CN_MISMATCH;
    if (*flags & MBEDTLS_X509_BADCERT_EXPIRED)
        note_time(tls->verdict.expired_on, sizeof(tls->verdict.expired_on), &crt->valid_to);
    if (*flags & MBEDTLS_X509_BADCERT_FUTURE)
        note_time(tls->verdict.valid_from, sizeof(tls->verdict.valid_from), &crt->valid_from);
    tls->verdict.faults |= faults_of(*flags);
    return 0;
}

/* ---- a session ---- */

static bool is_gone(int os_errno)
{
    return os_errno == ECONNRESET || os_errno == EPIPE;
}

static int io_read(void *ctx, unsigned char *out, size_t len)
{
    struct native_net_tls *tls = ctx;
    ptrdiff_t n = tls->io.read(tls->io.ctx, out, len > INT_MAX ? INT_MAX : len);
    if (n > 0)
        return (int)n;
    tls->eof = n == 0;
    if (n == NATIVE_NET_IO_ERROR)
        tls->io_errno = errno;
    return n == 0                     ? 0
           : n == NATIVE_NET_IO_AGAIN ? MBEDTLS_ERR_SSL_WANT_READ
                                      : MBEDTLS_ERR_NET_RECV_FAILED;
}

static int io_write(void *ctx, const unsigned char *bytes, size_t len)
{
    struct native_net_tls *tls = ctx;
    ptrdiff_t n;
    len = len > INT_MAX ? INT_MAX : len;
    if (tls->gone)
        return (int)len;
    n = tls->io.write(tls->io.ctx, bytes, len);
    if (n > 0)
        return (int)n;
    if (n == NATIVE_NET_IO_ERROR) {
        tls->io_errno = errno;
        /* A peer that refuses us sends an alert and closes. In the handshake, and where the library
         * answers to what it reads, go on reading: the alert says more than "broken pipe". */
        tls->gone = (!tls->done || tls->reading) && is_gone(errno);
        if (tls->gone)
            return (int)len;
    }
    return n == NATIVE_NET_IO_ERROR ? MBEDTLS_ERR_NET_SEND_FAILED : MBEDTLS_ERR_SSL_WANT_WRITE;
}

/* Remember the name without its trailing dot, or the address. */
static bool use_host(struct native_net_tls *tls, const char *host, struct native_net_error *error)
{
    struct native_net_address address;
    size_t len = strlen(host);
    if (len > 0 && host[len - 1] == '.')
        len--;
    if (len == 0 || len >= sizeof(tls->host)) {
        native_net_error_set(error, NATIVE_NET_ERROR_BAD_ARGUMENT,
                             "server name for TLS has %zu bytes, not 1 to 255", len);
        return false;
    }
    memcpy(tls->host, host, len);
    if (!native_net_address_parse(tls->host, &address))
        return true;
    tls->address_len = address.at.any.sa_family == AF_INET6 ? 16 : 4;
    memcpy(tls->address,
           tls->address_len == 16 ? (const void *)&address.at.v6.sin6_addr
                                  : (const void *)&address.at.v4.sin_addr,
           tls->address_len);
    return true;
}

static bool set_up(struct native_net_tls *tls, struct native_net_error *error)
{
    int ret = mbedtls_ssl_setup(&tls->ssl, &tls->config->ssl);
    /* An address is never sent as SNI (RFC 6066, 3), and checked by us. */
    if (ret == 0)
        ret = mbedtls_ssl_set_hostname(&tls->ssl, tls->address_len ? NULL : tls->host);
    if (ret != 0) {
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY,
                             "cannot set up a TLS session for %s (code -0x%04x)", tls->host,
                             (unsigned)-ret);
        return false;
    }
    mbedtls_ssl_set_verify(&tls->ssl, on_certificate, tls);
    mbedtls_ssl_set_bio(&tls->ssl, tls, io_write, io_read, NULL);
#if V3
    if (native_net_keylog_wanted())
        mbedtls_ssl_set_export_keys_cb(&tls->ssl, on_keys, NULL);
#endif
    return true;
}

struct native_net_tls *native_net_tls_new(struct native_net_tls_config *config, const char *host,
                                          const struct native_net_tls_io *io,
                                          struct native_net_error *error)
{
    struct native_net_tls *tls;
    if (!library_ready()) {
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG,
                             "the TLS library cannot be seeded with random numbers");
        return NULL;
    }
    tls = calloc(1, sizeof(*tls));
    if (!tls) {
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
        return NULL;
    }
    tls->config = native_net_tls_config_ref(config);
    tls->io = *io;
    tls->owner_pid = getpid();
    tls->wants = NATIVE_NET_READ;
    mbedtls_ssl_init(&tls->ssl);
    if (use_host(tls, host, error) && set_up(tls, error))
        return tls;
    native_net_tls_free(tls);
    return NULL;
}

void native_net_tls_free(struct native_net_tls *tls)
{
    if (!tls)
        return;
#if V3 && MBEDTLS_VERSION_NUMBER < 0x03060600
    if (tls->owner_pid == getpid()) /* see psa_enter_process() */
#endif
        mbedtls_ssl_free(&tls->ssl);
    native_net_tls_config_unref(tls->config);
    free(tls);
}

/* Turn what the library returned into a status; everything but "later" is the end of the session.
 */
static enum native_net_status fail(struct native_net_tls *tls, int ret, const char *doing,
                                   struct native_net_error *error)
{
    char text[100] = "";
    enum native_net_error_kind kind =
        tls->done ? NATIVE_NET_ERROR_IO : NATIVE_NET_ERROR_TLS_HANDSHAKE;
    if (ret == MBEDTLS_ERR_SSL_WANT_READ || ret == MBEDTLS_ERR_SSL_WANT_WRITE) {
        tls->wants = ret == MBEDTLS_ERR_SSL_WANT_READ ? NATIVE_NET_READ : NATIVE_NET_WRITE;
        return NATIVE_NET_AGAIN;
    }
    tls->dead = true;
    if (ret == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE)
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_HANDSHAKE,
                             "%s %s: the peer sent the alert %s", doing, tls->host,
                             native_net_tls_alert_text(tls->ssl.MBEDTLS_PRIVATE(in_msg)[1]));
    else if (tls->io_errno &&
             (tls->eof || ret == MBEDTLS_ERR_NET_RECV_FAILED || ret == MBEDTLS_ERR_NET_SEND_FAILED))
        native_net_error_set_errno(
            error, tls->done && is_gone(tls->io_errno) ? NATIVE_NET_ERROR_CLOSED : kind,
            tls->io_errno, "%s %s", doing, tls->host);
    else if (tls->eof)
        native_net_error_set(error, tls->done ? NATIVE_NET_ERROR_CLOSED : kind,
                             "%s %s: the peer closed the connection without the end of TLS", doing,
                             tls->host);
    else if (ret == MBEDTLS_ERR_SSL_INVALID_RECORD && !tls->done)
        native_net_error_set(error, kind, "%s %s: what the peer sent is not TLS", doing, tls->host);
    else if (ret == MBEDTLS_ERR_SSL_ALLOC_FAILED)
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "%s %s: out of memory", doing,
                             tls->host);
    else {
        mbedtls_strerror(ret, text, sizeof(text));
        native_net_error_set(error, kind, "%s %s: %s", doing, tls->host, text);
    }
#if !V3 /* 3.x hides it */
    if (!tls->done && tls->ssl.client_auth && !tls->config->has_cert)
        native_net_error_append(error, "; it asks for a client certificate and none was given");
#endif
    if (error)
        error->tls_code = ret;
    return NATIVE_NET_ERROR;
}

static enum native_net_status handshake_failed(struct native_net_tls *tls, int ret,
                                               struct native_net_error *error)
{
    enum native_net_status status = fail(tls, ret, "TLS handshake with", error);
    bool verdict =
        ret == MBEDTLS_ERR_X509_CERT_VERIFY_FAILED || ret == MBEDTLS_ERR_SSL_BAD_CERTIFICATE;
    if (status == NATIVE_NET_ERROR && verdict)
        native_net_tls_verdict_error(&tls->verdict, tls->host, ret, error);
    return status;
}

/* The library let the handshake pass where we told it not to insist on the whole chain. */
static enum native_net_status finish_handshake(struct native_net_tls *tls,
                                               struct native_net_error *error)
{
    tls->done = true;
    if (tls->verdict.faults == 0)
        return NATIVE_NET_OK;
    tls->dead = true;
    native_net_tls_verdict_error(&tls->verdict, tls->host, MBEDTLS_ERR_X509_CERT_VERIFY_FAILED,
                                 error);
    return NATIVE_NET_ERROR;
}

static enum native_net_status refuse_dead(struct native_net_error *error)
{
    native_net_error_set(error, NATIVE_NET_ERROR_CLOSED, "the TLS session has ended");
    return NATIVE_NET_ERROR;
}

enum native_net_status native_net_tls_handshake(struct native_net_tls *tls,
                                                struct native_net_error *error)
{
    if (tls->dead)
        return refuse_dead(error);
    if (tls->done)
        return NATIVE_NET_OK;
    while (tls->ssl.MBEDTLS_PRIVATE(state) != MBEDTLS_SSL_HANDSHAKE_OVER) {
        int ret;
        if (tls->ssl.MBEDTLS_PRIVATE(state) == MBEDTLS_SSL_SERVER_CERTIFICATE)
            tls->saw_certificate = true;
        ret = mbedtls_ssl_handshake_step(&tls->ssl);
        if (ret != 0)
            return handshake_failed(tls, ret, error);
    }
    return finish_handshake(tls, error);
}

/* TLS 1.3: a ticket may turn up in any call; it is kept inside until somebody saves the session. */
static bool is_ticket(struct native_net_tls *tls, int ret)
{
#if HAS_13
    if (ret == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET) {
        tls->has_ticket = true;
        return true;
    }
#endif
    (void)tls, (void)ret;
    return false;
}

/* mbedtls_ssl_read(), passing over what is not application data. A peer that sends nothing but
 * tickets gets no more than 16 of them into one call. */
static int read_some(struct native_net_tls *tls, void *out, size_t len)
{
    int tries = 16;
    int ret;
    tls->reading = true;
    do {
        ret = mbedtls_ssl_read(&tls->ssl, out, len);
        if (is_ticket(tls, ret))
            ret = MBEDTLS_ERR_SSL_WANT_READ;
        else if (ret != 0 || tls->eof || mbedtls_ssl_get_bytes_avail(&tls->ssl) > 0)
            break; /* 0 without an end is an empty record */
        else
            ret = MBEDTLS_ERR_SSL_WANT_READ;
    } while (--tries > 0);
    tls->reading = false;
    return ret;
}

enum native_net_status native_net_tls_read(struct native_net_tls *tls, void *out, size_t len,
                                           size_t *got, struct native_net_error *error)
{
    int ret;
    *got = 0;
    if (tls->dead)
        return refuse_dead(error);
    ret = read_some(tls, out, len > INT_MAX ? INT_MAX : len);
    if (ret > 0) {
        *got = (size_t)ret;
        return NATIVE_NET_OK;
    }
    return ret == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY ? NATIVE_NET_CLOSED
                                                    : fail(tls, ret, "reading from", error);
}

enum native_net_status native_net_tls_peek(struct native_net_tls *tls,
                                           struct native_net_error *error)
{
    unsigned char none;
    int ret;
    if (tls->dead)
        return refuse_dead(error);
    if (mbedtls_ssl_get_bytes_avail(&tls->ssl) > 0)
        return NATIVE_NET_OK;
    ret = read_some(tls, &none, 0);
    if (ret == 0 && !tls->eof)
        return NATIVE_NET_OK;
    return ret == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY ? NATIVE_NET_CLOSED
                                                    : fail(tls, ret, "reading from", error);
}

static int write_some(struct native_net_tls *tls, const void *bytes, size_t len)
{
    int tries = 16;
    int ret;
    do {
        ret = mbedtls_ssl_write(&tls->ssl, bytes, len);
    } while (is_ticket(tls, ret) && --tries > 0);
    return is_ticket(tls, ret) ? MBEDTLS_ERR_SSL_WANT_READ : ret;
}

/* While something of the library's own (an alert) is still to be sent, mbedtls_ssl_write() sends
 * that and then claims to have written our bytes: let it do so with one byte that does not count.
 */
static bool flush_alert(struct native_net_tls *tls, const void *bytes, int *ret)
{
    *ret = 1;
    if (tls->ssl.MBEDTLS_PRIVATE(out_left) > 0)
        *ret = write_some(tls, bytes, 1);
    return *ret > 0;
}

enum native_net_status native_net_tls_write(struct native_net_tls *tls, const void *bytes,
                                            size_t len, size_t *put, struct native_net_error *error)
{
    unsigned char none;
    int ret;
    *put = 0;
    if (tls->dead)
        return refuse_dead(error);
    if (len == 0 || len < tls->writing) {
        native_net_error_set(error, NATIVE_NET_ERROR_BAD_ARGUMENT,
                             "a TLS write must go on with the %zu bytes it began with, not %zu",
                             tls->writing, len);
        return NATIVE_NET_ERROR;
    }
    /* A record that could not be sent whole is encrypted already: only its length counts now. */
    if (tls->writing)
        len = tls->writing;
    else if (!flush_alert(tls, bytes, &ret))
        return fail(tls, ret, "writing to", error);
    ret = write_some(tls, bytes, len);
    if (ret > 0) {
        tls->writing = 0;
        *put = (size_t)ret;
        return NATIVE_NET_OK;
    }
    if (ret == MBEDTLS_ERR_SSL_WANT_WRITE)
        tls->writing = len;
    else if (tls->io_errno && read_some(tls, &none, 0) == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE)
        ret =
            MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE; /* TLS 1.3: refused after our handshake was over */
    return fail(tls, ret, "writing to", error);
}

int native_net_tls_wants(const struct native_net_tls *tls)
{
    return tls->wants;
}

size_t native_net_tls_unsent(const struct native_net_tls *tls)
{
    return tls->writing;
}

size_t native_net_tls_pending(const struct native_net_tls *tls)
{
    return tls->dead ? 0 : mbedtls_ssl_get_bytes_avail(&tls->ssl);
}

enum native_net_status native_net_tls_close(struct native_net_tls *tls,
                                            struct native_net_error *error)
{
    int ret;
    if (tls->dead || !tls->done)
        return refuse_dead(error);
    ret = mbedtls_ssl_close_notify(&tls->ssl);
    return ret == 0 ? NATIVE_NET_OK : fail(tls, ret, "closing TLS with", error);
}

/* ---- what was agreed ---- */

const char *native_net_tls_get_version(const struct native_net_tls *tls)
{
    return tls->done ? mbedtls_ssl_get_version(&tls->ssl) : NULL;
}

const char *native_net_tls_get_cipher(const struct native_net_tls *tls)
{
    return tls->done ? mbedtls_ssl_get_ciphersuite(&tls->ssl) : NULL;
}

const char *native_net_tls_get_alpn(const struct native_net_tls *tls)
{
    return mbedtls_ssl_get_alpn_protocol(&tls->ssl);
}

bool native_net_tls_was_resumed(const struct native_net_tls *tls)
{
    return tls->done && !tls->saw_certificate;
}

size_t native_net_tls_get_peer_certificate(const struct native_net_tls *tls, const void **der)
{
    const mbedtls_x509_crt *crt = tls->done ? mbedtls_ssl_get_peer_cert(&tls->ssl) : NULL;
    *der = crt ? crt->raw.p : NULL;
    return crt ? crt->raw.len : 0;
}

const char *native_net_tls_library(void)
{
    static char name[32]; /* every thread writes the same bytes */
    char version[18];
    mbedtls_version_get_string(version);
    (void)snprintf(name, sizeof(name), "mbedTLS/%s", version);
    return name;
}

bool native_net_tls_has_13(void)
{
    return HAS_13;
}

/* ---- saved sessions ---- */

static void session_info(struct native_net_tls *tls, int64_t valid_until,
                         struct native_net_tls_session_info *info)
{
    const struct native_net_tls_config *config = tls->config;
    uint8_t trust[32] = {0};
    uint8_t flags[4];
    struct native_net_tls_piece pieces[4];
    if (config->trust)
        native_net_trust_id(config->trust, trust);
    flags[0] = (uint8_t)((config->verify_peer ? 1 : 0) | (config->verify_host ? 2 : 0));
    memcpy(flags + 1, config->versions, 2);
    flags[3] = config->has_cert ? 1 : 0;
    pieces[0].bytes = trust;
    pieces[0].len = sizeof(trust);
    pieces[1].bytes = flags;
    pieces[1].len = sizeof(flags);
    pieces[2].bytes = config->has_cert ? config->cert.raw.p : flags;
    pieces[2].len = config->has_cert ? config->cert.raw.len : 0;
    pieces[3].bytes = config->alpn ? config->alpn[0] : (const char *)flags;
    pieces[3].len = config->alpn_len;
    native_net_tls_sha256(pieces, 4, info->settings);
    info->library = mbedtls_version_get_number();
    info->valid_until = valid_until;
    info->host = tls->host;
}

enum native_net_status native_net_tls_session_save(struct native_net_tls *tls, void *out,
                                                   size_t out_len, size_t *len,
                                                   struct native_net_error *error)
{
    struct native_net_tls_session_info info;
    mbedtls_ssl_session session;
    size_t head;
    int ret;
    *len = 0;
    if (tls->dead || !tls->done)
        return refuse_dead(error);
#if HAS_13
    if (mbedtls_ssl_get_version_number(&tls->ssl) == MBEDTLS_SSL_VERSION_TLS1_3 && !tls->has_ticket)
        return NATIVE_NET_AGAIN;
#endif
    session_info(tls, tls->peer_valid_until, &info);
    head = native_net_tls_session_pack(&info, out, out_len);
    mbedtls_ssl_session_init(&session);
    ret = head ? mbedtls_ssl_get_session(&tls->ssl, &session) : MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL;
    if (ret == 0)
        ret = mbedtls_ssl_session_save(&session, (unsigned char *)out + head, out_len - head, len);
    mbedtls_ssl_session_free(&session);
    *len = ret == 0 ? *len + head : 0;
    if (ret == 0)
        return NATIVE_NET_OK;
    (void)config_error(error, ret, "TLS session", "cannot be saved");
    return NATIVE_NET_ERROR;
}

enum native_net_status native_net_tls_session_load(struct native_net_tls *tls, const void *bytes,
                                                   size_t len, struct native_net_error *error)
{
    struct native_net_tls_session_info info;
    mbedtls_ssl_session session;
    size_t head;
    int ret;
    session_info(tls, (int64_t)time(NULL), &info);
    head = native_net_tls_session_check(&info, bytes, len, error);
    if (head == 0)
        return NATIVE_NET_ERROR;
    mbedtls_ssl_session_init(&session);
    ret = mbedtls_ssl_session_load(&session, (const unsigned char *)bytes + head, len - head);
    if (ret == 0)
        ret = mbedtls_ssl_set_session(&tls->ssl, &session);
    mbedtls_ssl_session_free(&session);
    if (ret == 0) {
        /* Kept across resumption: a session saved again still ends with the certificate. */
        tls->peer_valid_until = native_net_tls_session_until(bytes);
        return NATIVE_NET_OK;
    }
    (void)config_error(error, ret, "TLS session", "cannot be used");
    return NATIVE_NET_ERROR;
}
