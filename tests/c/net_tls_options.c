/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_tls_options.c - what a caller can choose about TLS: cipher suites and groups by name, pinned
 * keys, revocation lists, versions; what tells configurations apart; what an open session can be
 * asked about its peer; and the hash functions. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <mbedtls/base64.h>
#include <mbedtls/x509_crt.h>

#include "../../net/certs.h"
#include "../../net/hash.h"
#include "../../net/tls_verdict.h"
#include "harness.h"
#include "support/net_client.h"
#include "support/net_server.h"

static struct net_cert ca, other_ca, good, rsa, expired, too_early, wrong_name, self_signed,
    stranger;
static struct net_cert with_root;

static void make_certificates(void)
{
    struct net_cert_request root = {.subject = "CN=Test CA", .is_ca = true};
    struct net_cert_request other = {.subject = "CN=Other CA", .is_ca = true};
    struct net_cert_request own = {.subject = "CN=localhost", .dns = {"localhost"}};
    struct net_cert_request leaf = own;
    net_cert_make(&root, &ca);
    net_cert_make(&other, &other_ca);
    net_cert_make(&own, &self_signed);
    leaf.issuer = &ca;
    leaf.issuer_name = "CN=Test CA";
    net_cert_make(&leaf, &good);
    leaf.rsa = true;
    net_cert_make(&leaf, &rsa);
    leaf.rsa = false;
    leaf.until = "20210203040506";
    leaf.from = "20200101000000";
    net_cert_make(&leaf, &expired);
    leaf.until = NULL;
    leaf.from = "20480102030405";
    net_cert_make(&leaf, &too_early);
    leaf.from = NULL;
    leaf.dns[0] = "example.org";
    net_cert_make(&leaf, &wrong_name);
    leaf.dns[0] = "localhost";
    leaf.issuer = &other_ca;
    leaf.issuer_name = "CN=Other CA";
    net_cert_make(&leaf, &stranger);
    with_root = stranger;
    snprintf(with_root.cert, sizeof(with_root.cert), "%s%s", stranger.cert, other_ca.cert);
}

static struct native_net_tls_options trusting(void)
{
    struct native_net_tls_options options = NATIVE_NET_TLS_OPTIONS_INIT;
    options.ca_bytes = ca.cert;
    options.ca_bytes_len = strlen(ca.cert);
    return options;
}

static struct native_net_stream *connect_to(const struct net_server *server,
                                            const struct native_net_tls_options *tls,
                                            struct native_net_error *error)
{
    struct native_net_stream_options options = NATIVE_NET_STREAM_OPTIONS_INIT;
    struct native_net_stream *stream;
    options.scheme = NATIVE_NET_TLS;
    options.host = "127.0.0.1";
    options.server_name = "localhost";
    options.port = server->port;
    native_net_error_clear(error);
    options.tls = native_net_tls_config_new(tls, error);
    if (!options.tls)
        return NULL;
    stream = net_client_connect(&options, error);
    native_net_tls_config_unref(options.tls);
    return stream;
}

/* One connection to a server with this certificate. */
static struct native_net_stream *try_with(const struct net_cert *cert,
                                          const struct native_net_tls_options *tls,
                                          struct net_server *server, struct native_net_error *error)
{
    memset(server, 0, sizeof(*server));
    server->script = net_script_tls_echo;
    server->cert = cert;
    server->connections = 1;
    net_server_start(server);
    return connect_to(server, tls, error);
}

static void leave(struct native_net_stream *stream, struct net_server *server)
{
    if (stream)
        native_net_stream_close(stream, true);
    native_net_stream_free(stream);
    net_server_stop(server);
}

static bool makes(const struct native_net_tls_options *tls, struct native_net_error *error)
{
    struct native_net_tls_config *config;
    native_net_error_clear(error);
    config = native_net_tls_config_new(tls, error);
    native_net_tls_config_unref(config);
    return config != NULL;
}

/* ---- names ---- */

static void agrees_on(const char *ciphers, const struct net_cert *cert, const char *wanted)
{
    struct native_net_tls_options tls = trusting();
    struct native_net_error error;
    struct native_net_stream *stream;
    struct net_server server;
    const char *got;
    tls.ciphers = ciphers;
    tls.max_version = NATIVE_NET_TLS_1_2;
    stream = try_with(cert, &tls, &server, &error);
    got = stream ? native_net_tls_get_cipher(native_net_stream_tls(stream)) : error.message;
    check(strcmp(got, wanted) == 0, "%s: %s", ciphers ? ciphers : "default", got);
    leave(stream, &server);
}

static void refuses_ciphers(const char *ciphers, const char *named)
{
    struct native_net_tls_options tls = trusting();
    struct native_net_error error;
    tls.ciphers = ciphers;
    check(!makes(&tls, &error) && error.kind == NATIVE_NET_ERROR_TLS_CONFIG &&
              error.part == NATIVE_NET_PART_CIPHERS && strstr(error.message, named),
          "%s: %s", ciphers, error.message);
}

static void test_ciphers(void)
{
    struct native_net_tls_options tls = trusting();
    struct native_net_error error;
    char long_name[400];
    agrees_on(NULL, &good, "TLS-ECDHE-ECDSA-WITH-CHACHA20-POLY1305-SHA256");
    agrees_on("ECDHE-ECDSA-AES128-GCM-SHA256", &good, "TLS-ECDHE-ECDSA-WITH-AES-128-GCM-SHA256");
    agrees_on("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", &good,
              "TLS-ECDHE-ECDSA-WITH-AES-256-GCM-SHA384");
    agrees_on("ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256", &rsa,
              "TLS-ECDHE-RSA-WITH-AES-256-GCM-SHA384");
    agrees_on("AES128-GCM-SHA256, AES128-SHA", &rsa, "TLS-RSA-WITH-AES-128-GCM-SHA256");
    agrees_on("DEFAULT@SECLEVEL=1", &good, "TLS-ECDHE-ECDSA-WITH-CHACHA20-POLY1305-SHA256");
    agrees_on("ECDHE-RSA-AES128-SHA:HIGH:!aNULL:!MD5", &good,
              "TLS-ECDHE-ECDSA-WITH-CHACHA20-POLY1305-SHA256");
    end_test("cipher suites by OpenSSL's names, by the standard's, and by OpenSSL's words for all");
    refuses_ciphers("ECDHE-ECDSA-AES128-GCM-SHA256:NO-SUCH-THING", "NO-SUCH-THING");
    refuses_ciphers("!NO-SUCH-THING", "!NO-SUCH-THING");
    refuses_ciphers("TLS_RSA_WITH_NULL_SHA", "TLS_RSA_WITH_NULL_SHA");
    refuses_ciphers("TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256");
    refuses_ciphers("", "none of the cipher suites");
    refuses_ciphers("!MD5", "none of the cipher suites");
    memset(long_name, 'A', sizeof(long_name) - 1);
    long_name[sizeof(long_name) - 1] = '\0';
    refuses_ciphers(long_name, "AAAA");
    tls.ciphers_13 = "TLS_AES_128_GCM_SHA256:NOPE";
    check(!makes(&tls, &error) && error.part == NATIVE_NET_PART_CIPHERS &&
              strstr(error.message, "NOPE"),
          "%s", error.message);
    tls.ciphers_13 = "TLS_AES_256_GCM_SHA384";
    check(makes(&tls, &error), "%s", error.message);
    if (native_net_tls_has_13()) {
        struct net_server server;
        struct native_net_stream *stream = try_with(&good, &tls, &server, &error);
        check(stream && strcmp(native_net_tls_get_cipher(native_net_stream_tls(stream)),
                               "TLS1-3-AES-256-GCM-SHA384") == 0,
              "%s", error.message);
        leave(stream, &server);
    }
    end_test(
        "unknown cipher suites are refused by name; those of TLS 1.3 have a list of their own");
}

static void test_groups(void)
{
    struct native_net_tls_options tls = trusting();
    struct native_net_error error;
    struct native_net_stream *stream;
    struct net_server server;
    static const char *const good_lists[] = {"X25519", "P-256:P-384", "prime256v1,secp384r1",
                                             "secp521r1:P-256:P-256"};
    size_t i;
    for (i = 0; i < sizeof(good_lists) / sizeof(good_lists[0]); i++) {
        tls.groups = good_lists[i];
        check(makes(&tls, &error), "%s: %s", good_lists[i], error.message);
    }
    tls.groups = "P-256";
    stream = try_with(&good, &tls, &server, &error);
    check(stream != NULL, "%s", error.message);
    leave(stream, &server);
    tls.groups = "P-256:curve9";
    check(!makes(&tls, &error) && error.part == NATIVE_NET_PART_GROUPS &&
              strstr(error.message, "curve9"),
          "%s", error.message);
    tls.groups = ":";
    check(!makes(&tls, &error) && error.part == NATIVE_NET_PART_GROUPS, "%s", error.message);
    tls.groups = NULL;
    tls.min_version = NATIVE_NET_TLS_1_1;
    check(!makes(&tls, &error) && error.part == NATIVE_NET_PART_VERSIONS &&
              strstr(error.message, "TLS 1.2"),
          "%s", error.message);
    tls.min_version = NATIVE_NET_TLS_DEFAULT;
    tls.max_version = NATIVE_NET_TLS_1_0;
    check(!makes(&tls, &error) && error.part == NATIVE_NET_PART_VERSIONS, "%s", error.message);
    end_test("groups by name; TLS 1.0 and 1.1 are refused in words");
}

/* ---- pins ---- */

static void to_key(const struct net_cert *cert, uint8_t *der, size_t room, size_t *len,
                   char pin[60])
{
    mbedtls_x509_crt crt;
    uint8_t hash[32];
    size_t got;
    struct native_net_hash_piece piece;
    mbedtls_x509_crt_init(&crt);
    if (mbedtls_x509_crt_parse(&crt, (const unsigned char *)cert->cert, strlen(cert->cert) + 1) ||
        crt.pk_raw.len > room)
        exit(2);
    memcpy(der, crt.pk_raw.p, *len = crt.pk_raw.len);
    mbedtls_x509_crt_free(&crt);
    piece.bytes = der;
    piece.len = *len;
    native_net_hash_of(NATIVE_NET_SHA256, &piece, 1, hash);
    memcpy(pin, "sha256//", 8);
    mbedtls_base64_encode((unsigned char *)pin + 8, 52, &got, hash, sizeof(hash));
}

static void pinned(const char *pins, bool fits, bool verify)
{
    struct native_net_tls_options tls = trusting();
    struct native_net_error error;
    struct native_net_stream *stream;
    struct net_server server;
    tls.pins = pins;
    tls.verify_peer = tls.verify_host = verify;
    stream = try_with(&good, &tls, &server, &error);
    check((stream != NULL) == fits && (fits || error.kind == NATIVE_NET_ERROR_TLS_PIN), "%s: %s",
          pins, error.message);
    leave(stream, &server);
}

static void test_pins(void)
{
    struct native_net_tls_options tls = trusting();
    struct native_net_error error;
    uint8_t der[600];
    size_t len;
    char right[60];
    char wrong[60];
    char both[200];
    unsigned char code[900];
    char pem[1200];
    size_t i;
    static const char *const broken[] = {"sha256//", "sha256//AAAA",     "sha256//!!!!",
                                         "",         "/nonexistent/pin", "sha256//;"};
    to_key(&rsa, der, sizeof(der), &len, wrong);
    to_key(&good, der, sizeof(der), &len, right);
    pinned(right, true, true);
    pinned(right, true, false);
    pinned(wrong, false, true);
    pinned(wrong, false, false);
    snprintf(both, sizeof(both), "%s;%s", wrong, right);
    pinned(both, true, true);
    end_test("pinned keys as hashes, with and without verification");
    pinned(net_temp_file("key.der", der, len), true, true);
    mbedtls_base64_encode(code, sizeof(code), &i, der, len);
    snprintf(pem, sizeof(pem), "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n",
             (char *)code);
    pinned(net_temp_file("key.pem", pem, strlen(pem)), true, true);
    pinned(net_temp_file("cert.pem", good.cert, strlen(good.cert)), true, true);
    pinned(net_temp_file("rsa.pem", rsa.cert, strlen(rsa.cert)), false, true);
    for (i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        tls.pins = broken[i];
        check(!makes(&tls, &error) && error.kind == NATIVE_NET_ERROR_TLS_CONFIG &&
                  error.part == NATIVE_NET_PART_PINS,
              "%s: %s", broken[i], error.message);
    }
    tls.pins = net_temp_file("garbage", "garbage", 7);
    check(!makes(&tls, &error) && error.part == NATIVE_NET_PART_PINS, "%s", error.message);
    tls.pins = net_temp_file("empty", "", 0);
    check(!makes(&tls, &error) && error.part == NATIVE_NET_PART_PINS, "%s", error.message);
    end_test("pinned keys in files; broken ones are refused");
}

/* ---- verdicts ---- */

static void verdict(const struct net_cert *cert, int code)
{
    struct native_net_tls_options tls = trusting();
    struct native_net_error error;
    struct net_server server;
    struct native_net_stream *stream = try_with(cert, &tls, &server, &error);
    check((stream == NULL) == (code != 0) && error.verify_code == code, "%d, not %d: %s",
          error.verify_code, code, error.message);
    if (stream)
        check(native_net_tls_get_verify_code(native_net_stream_tls(stream)) == code,
              "of the session");
    leave(stream, &server);
}

static void test_verdicts(void)
{
    struct native_net_tls_options tls = trusting();
    struct native_net_error error;
    struct native_net_stream *stream;
    struct net_server server;
    verdict(&good, 0);
    verdict(&self_signed, 18);
    verdict(&with_root, 19);
    verdict(&stranger, 20);
    verdict(&expired, 10);
    verdict(&too_early, 9);
    verdict(&wrong_name, 62);
    tls.verify_peer = tls.verify_host = false;
    stream = try_with(&self_signed, &tls, &server, &error);
    check(stream && native_net_tls_get_verify_code(native_net_stream_tls(stream)) == 18, "%s",
          error.message);
    leave(stream, &server);
    end_test("verdicts have OpenSSL's numbers");
}

static void test_chain(void)
{
    struct native_net_tls_options tls = trusting();
    struct native_net_error error;
    struct native_net_stream *stream;
    struct native_net_certs sent = {NULL, 0, NULL, 0};
    struct net_server server;
    const void *der;
    size_t i;
    tls.verify_peer = tls.verify_host = false;
    stream = try_with(&with_root, &tls, &server, &error);
    native_net_certs_add_bytes(&sent, with_root.cert, strlen(with_root.cert), "chain", "", &error);
    if (check(stream != NULL && sent.count == 2, "%s", error.message)) {
        for (i = 0; i < 2; i++)
            check(native_net_tls_get_chain(native_net_stream_tls(stream), i, &der) ==
                          sent.items[i].len &&
                      memcmp(der, sent.der + sent.items[i].at, sent.items[i].len) == 0,
                  "certificate %zu", i);
        check(native_net_tls_get_chain(native_net_stream_tls(stream), 2, &der) == 0 && !der,
              "past the end");
    }
    native_net_certs_free(&sent);
    leave(stream, &server);
    end_test("the chain of the peer, certificate by certificate");
}

/* ---- revocation ---- */

static void test_crl(void)
{
    struct native_net_tls_options tls = trusting();
    struct native_net_error error;
    struct native_net_stream *stream;
    struct net_server server;
    uint8_t crl[2048];
    size_t len = net_crl_make(&ca, &good, crl, sizeof(crl));
    unsigned char code[2000];
    char pem[2200];
    size_t code_len;
    tls.crl_bytes = crl;
    tls.crl_bytes_len = len;
    stream = try_with(&good, &tls, &server, &error);
    check(!stream && error.kind == NATIVE_NET_ERROR_TLS_CERT_REVOKED && error.verify_code == 23,
          "%s", error.message);
    leave(stream, &server);
    tls.crl_bytes = NULL;
    tls.crl_file = net_temp_file("list.crl", crl, len);
    stream = try_with(&good, &tls, &server, &error);
    check(!stream && error.kind == NATIVE_NET_ERROR_TLS_CERT_REVOKED, "%s", error.message);
    leave(stream, &server);
    mbedtls_base64_encode(code, sizeof(code), &code_len, crl, len);
    snprintf(pem, sizeof(pem), "0 = a note\n-----BEGIN X509 CRL-----\n%s\n-----END X509 CRL-----\n",
             (char *)code);
    tls.crl_file = net_temp_file("list.pem", pem, strlen(pem));
    stream = try_with(&good, &tls, &server, &error);
    check(!stream && error.kind == NATIVE_NET_ERROR_TLS_CERT_REVOKED, "%s", error.message);
    leave(stream, &server);
    len = net_crl_make(&ca, NULL, crl, sizeof(crl));
    tls.crl_file = NULL;
    tls.crl_bytes = crl;
    tls.crl_bytes_len = len;
    stream = try_with(&good, &tls, &server, &error);
    check(stream != NULL, "%s", error.message);
    leave(stream, &server);
    tls.crl_bytes_len = len - 5;
    check(!makes(&tls, &error) && error.part == NATIVE_NET_PART_CRL, "%s", error.message);
    tls.crl_bytes = "";
    tls.crl_bytes_len = 0;
    check(!makes(&tls, &error) && error.part == NATIVE_NET_PART_CRL, "%s", error.message);
    tls.crl_bytes = NULL;
    tls.crl_file = "/nonexistent.crl";
    check(!makes(&tls, &error) && error.part == NATIVE_NET_PART_CRL, "%s", error.message);
    end_test("revocation lists from files and memory");
}

/* ---- parts and ids ---- */

static void test_parts(void)
{
    struct native_net_tls_options tls = trusting();
    struct native_net_error error;
    tls.ca_bytes = NULL;
    tls.ca_file = "/nonexistent";
    check(!makes(&tls, &error) && error.part == NATIVE_NET_PART_CA, "%s", error.message);
    tls = trusting();
    tls.cert_file = "/nonexistent";
    check(!makes(&tls, &error) && error.part == NATIVE_NET_PART_CERTIFICATE, "%s", error.message);
    tls.cert_file = NULL;
    tls.cert_bytes = good.cert;
    tls.cert_bytes_len = strlen(good.cert);
    tls.key_file = "/nonexistent";
    check(!makes(&tls, &error) && error.part == NATIVE_NET_PART_KEY, "%s", error.message);
    tls.key_file = NULL;
    tls.key_bytes = rsa.key;
    tls.key_bytes_len = strlen(rsa.key);
    check(!makes(&tls, &error) && error.part == NATIVE_NET_PART_KEY, "%s", error.message);
    end_test("errors say which of our own files is at fault");
}

enum { IDS = 20 };
static uint8_t ids[IDS][32];
static size_t id_count;

static void new_id(const char *what, const struct native_net_tls_options *tls, bool is_new)
{
    struct native_net_error error;
    struct native_net_tls_config *config = native_net_tls_config_new(tls, &error);
    uint8_t id[32];
    bool seen = false;
    size_t i;
    if (!check(config != NULL, "%s: %s", what, error.message))
        return;
    native_net_tls_config_id(config, id);
    native_net_tls_config_unref(config);
    for (i = 0; i < id_count; i++)
        seen = seen || memcmp(ids[i], id, 32) == 0;
    check(seen != is_new, "%s: id is %s", what, seen ? "the same as another" : "new");
    if (is_new && id_count < IDS)
        memcpy(ids[id_count++], id, 32);
}

static void test_ids(void)
{
    static const char *const one[] = {"http/1.1"};
    static const char *const two[] = {"h2", "http/1.1"};
    static const char *const joined[] = {"h2http/1.1"};
    struct native_net_tls_options tls = trusting();
    uint8_t crl[2048];
    char pin[60];
    char wrong[60];
    uint8_t der[600];
    size_t len;
    to_key(&rsa, der, sizeof(der), &len, wrong);
    to_key(&good, der, sizeof(der), &len, pin);
    new_id("base", &tls, true);
    new_id("base again", &tls, false);
    tls.verify_host = false;
    new_id("no host", &tls, true);
    tls.verify_peer = false;
    new_id("nothing", &tls, true);
    tls = trusting();
    tls.ca_bytes = other_ca.cert;
    tls.ca_bytes_len = strlen(other_ca.cert);
    new_id("other CA", &tls, true);
    tls = trusting();
    tls.ca_bytes = NULL;
    tls.ca_file = net_temp_file("ca.pem", ca.cert, strlen(ca.cert));
    new_id("the same CA from a file", &tls, false);
    tls = trusting();
    tls.alpn = one;
    tls.alpn_count = 1;
    new_id("ALPN", &tls, true);
    tls.alpn = two;
    tls.alpn_count = 2;
    new_id("two ALPN", &tls, true);
    tls.alpn = joined;
    tls.alpn_count = 1;
    new_id("joined ALPN", &tls, true);
    tls = trusting();
    tls.ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384";
    new_id("ciphers", &tls, true);
    tls.ciphers = "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256";
    new_id("their order", &tls, true);
    tls.ciphers = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 ECDHE-ECDSA-AES128-GCM-SHA256";
    new_id("the same by other names", &tls, false);
    tls = trusting();
    tls.groups = "P-256";
    new_id("groups", &tls, true);
    tls = trusting();
    tls.pins = pin;
    new_id("pin", &tls, true);
    tls.pins = wrong;
    new_id("other pin", &tls, true);
    tls = trusting();
    tls.crl_bytes = crl;
    tls.crl_bytes_len = net_crl_make(&ca, NULL, crl, sizeof(crl));
    new_id("CRL", &tls, true);
    tls = trusting();
    tls.cert_bytes = good.cert;
    tls.cert_bytes_len = strlen(good.cert);
    tls.key_bytes = good.key;
    tls.key_bytes_len = strlen(good.key);
    new_id("certificate", &tls, true);
    tls.cert_bytes = wrong_name.cert;
    tls.cert_bytes_len = strlen(wrong_name.cert);
    tls.key_bytes = wrong_name.key;
    tls.key_bytes_len = strlen(wrong_name.key);
    new_id("other certificate", &tls, true);
    tls = trusting();
    tls.max_version = NATIVE_NET_TLS_1_2;
    new_id("version", &tls, native_net_tls_has_13());
    end_test("ids of configurations differ by each setting, and by nothing else");
}

/* ---- hashes ---- */

static void hashes(enum native_net_hash_kind kind, const char *text, const char *wanted)
{
    struct native_net_hash_piece pieces[2];
    struct native_net_hash hash;
    uint8_t out[NATIVE_NET_HASH_MAX];
    char hex[2 * NATIVE_NET_HASH_MAX + 1] = "";
    size_t size = native_net_hash_size(kind);
    size_t cut = strlen(text) / 2;
    size_t i;
    pieces[0].bytes = text;
    pieces[0].len = cut;
    pieces[1].bytes = text + cut;
    pieces[1].len = strlen(text) - cut;
    check(native_net_hash_of(kind, pieces, 2, out), "kind %d", (int)kind);
    for (i = 0; i < size; i++)
        snprintf(hex + 2 * i, 3, "%02x", out[i]);
    check(strcmp(hex, wanted) == 0, "kind %d: %s", (int)kind, hex);
    memset(out, 0, sizeof(out));
    check(native_net_hash_begin(&hash, kind), "begin");
    for (i = 0; text[i]; i++)
        check(native_net_hash_add(&hash, text + i, 1), "add");
    check(native_net_hash_end(&hash, out) &&
              out[0] == (uint8_t)strtol((char[]){wanted[0], wanted[1], 0}, NULL, 16),
          "byte by byte");
    check(!native_net_hash_end(&hash, out) && !native_net_hash_add(&hash, "x", 1), "it has ended");
    native_net_hash_drop(&hash);
    check(native_net_hash_begin(&hash, kind), "begin");
    native_net_hash_drop(&hash);
}

static void test_hashes(void)
{
    hashes(NATIVE_NET_MD5, "message digest", "f96b697d7cb7938d525a2f31aaf161d0");
    hashes(NATIVE_NET_MD5, "", "d41d8cd98f00b204e9800998ecf8427e");
    hashes(NATIVE_NET_SHA1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d");
    hashes(NATIVE_NET_SHA256, "abc",
           "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    hashes(NATIVE_NET_SHA512_256, "abc",
           "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23");
    hashes(
        NATIVE_NET_SHA512_256,
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrl"
        "mnopqrsmnopqrstnopqrstu",
        "3928e184fb8690f840da3988121d31be65cb9d3ef83ee6146feac861e19b563a");
    check(native_net_hash_size(NATIVE_NET_HASH_KINDS) == 0, "unknown");
    end_test("MD5, SHA-1, SHA-256, SHA-512/256: the standards' own examples");
}

int main(void)
{
    make_certificates();
    test_ciphers();
    test_groups();
    test_pins();
    test_verdicts();
    test_chain();
    test_crl();
    test_parts();
    test_ids();
    test_hashes();
    return done();
}
