/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_config.c - what TLS is configured from: CA files and folders, certificates, keys,
 * passphrases; the shared CA sets; PEM; the envelope of saved sessions; the key log; random
 * numbers. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

#include "../../net/address.h"
#include "../../net/clock.h"
#include "../../net/pem.h"
#include "../../net/random.h"
#include "../../net/tls.h"
#include "../../net/tls_session.h"
#include "../../net/trust.h"
#include "harness.h"
#include "support/net_ca.h"

static struct net_cert ca, other, client;

static bool makes(const struct native_net_tls_options *options, struct native_net_error *error)
{
    struct native_net_tls_config *config;
    native_net_error_clear(error);
    config = native_net_tls_config_new(options, error);
    native_net_tls_config_unref(config);
    return config != NULL;
}

static void refused(const char *what, const struct native_net_tls_options *options,
                    const char *words, const char *name)
{
    struct native_net_error error;
    check(!makes(options, &error), "it was accepted");
    check(error.kind == NATIVE_NET_ERROR_TLS_CONFIG, "kind %s",
          native_net_error_kind_name(error.kind));
    check(strstr(error.message, words) != NULL && strstr(error.message, name) != NULL,
          "message: %s", error.message);
    end_test("%s: %s", what, error.message);
}

static struct native_net_tls_options identity(const char *cert_file, const char *key_file,
                                              const char *passphrase)
{
    struct native_net_tls_options options = NATIVE_NET_TLS_OPTIONS_INIT;
    options.ca_bytes = ca.cert;
    options.ca_bytes_len = strlen(ca.cert);
    options.cert_file = cert_file;
    options.key_file = key_file;
    options.passphrase = passphrase;
    return options;
}

static const char *text_file(const char *name, const char *text)
{
    return net_temp_file(name, text, strlen(text));
}

static void test_files(void)
{
    struct native_net_tls_options options = NATIVE_NET_TLS_OPTIONS_INIT;
    struct native_net_error error;
    char both[8192];
    char broken[4096];
    options.ca_file = "/nowhere/ca.pem";
    refused("CA file missing", &options, "No such file", "/nowhere/ca.pem");
    options.ca_file = text_file("empty.pem", "");
    refused("CA file empty", &options, "neither PEM nor DER", "empty.pem");
    options.ca_file = text_file("words.pem", "these are words, not certificates");
    refused("CA file of words", &options, "neither PEM nor DER", "words.pem");
    options.ca_file = text_file("key-only.pem", client.key);
    refused("CA file with a key in it", &options, "holds no certificate", "key-only.pem");
    strcpy(broken, ca.cert);
    broken[200] = '*';
    options.ca_file = text_file("broken.pem", broken);
    refused("CA file damaged", &options, "number 1 is no valid PEM", "broken.pem");
    options.ca_file = net_temp_dir();
    refused("CA file is a folder", &options, "not a regular file", net_temp_dir());
    options.ca_file = NULL;
    options.ca_dir = "/nowhere";
    refused("CA folder missing", &options, "No such file", "/nowhere");
    options.ca_dir = NULL;

    options =
        identity(text_file("client.pem", client.cert), text_file("client.key", client.key), NULL);
    ok(makes(&options, &error), "certificate and key from files %s", error.message);
    snprintf(both, sizeof(both), "%s%s", client.key, client.cert);
    options = identity(text_file("both.pem", both), NULL, NULL);
    ok(makes(&options, &error), "certificate and key in one file %s", error.message);
    options =
        identity(text_file("client.pem", client.cert), text_file("other.key", other.key), NULL);
    refused("key of another certificate", &options, "does not fit", "other.key");
    options = identity(text_file("client.pem", client.cert), "/nowhere/key", NULL);
    refused("key missing", &options, "No such file", "/nowhere/key");
    options = identity(text_file("client.pem", client.cert), text_file("words.key", "words"), NULL);
    refused("key of words", &options, "is no key", "words.key");
    options = identity(text_file("client.pem", client.cert), NULL, NULL);
    refused("no key at all", &options, "is no key", "client.pem");
}

static void skip(const char *what, const char *why)
{
    printf("ok %d - %s # SKIP %s\n", ++tap_tests, what, why);
}

/* One wrong passphrase in some hundreds decrypts to bytes that end as a key ends. */
static void test_wrong_passphrases(struct native_net_tls_options *options)
{
    struct native_net_error error;
    char passphrase[32];
    bool met = false;
    int i;
    options->passphrase = passphrase;
    for (i = 0; i < 20000 && !met && tap_good; i++) {
        snprintf(passphrase, sizeof(passphrase), "wrong %d", i);
        check(!makes(options, &error), "accepted: %s", passphrase);
        check(strstr(error.message, "is encrypted with another passphrase") != NULL,
              "message for \"%s\": %s", passphrase, error.message);
        met = strstr(error.message, "or is damaged") != NULL;
    }
    check(met, "none of %d had the padding of a key", i);
    end_test("a wrong passphrase after which the padding is right: %s", error.message);
}

static void test_passphrases(void)
{
    static const char missing[] = "no openssl command, or its output is no such key";
    struct native_net_tls_options options;
    struct native_net_error error;
    const char *cert = text_file("client.pem", client.cert);
    char command[1024];
    char traditional[256];
    char pkcs8[256];
    snprintf(traditional, sizeof(traditional), "%s/traditional.key", net_temp_dir());
    snprintf(pkcs8, sizeof(pkcs8), "%s/pkcs8.key", net_temp_dir());
    snprintf(command, sizeof(command),
             "openssl ec -aes128 -passout pass:secret -in %s/client.key -out %s 2>/dev/null && "
             "openssl pkey -aes256 -passout pass:secret -in %s/client.key -out %s 2>/dev/null",
             net_temp_dir(), traditional, net_temp_dir(), pkcs8);
    if (system(command) != 0) {
        skip("encrypted key", missing);
        return;
    }
    options = identity(cert, traditional, "secret");
    ok(makes(&options, &error), "encrypted key with its passphrase %s", error.message);
    options = identity(cert, traditional, "wrong");
    refused("wrong passphrase", &options, "another passphrase", "traditional.key");
    test_wrong_passphrases(&options);
    options = identity(cert, traditional, NULL);
    refused("no passphrase", &options, "no passphrase was given", "traditional.key");
    options = identity(cert, pkcs8, NULL);
    check(!makes(&options, &error), "accepted without a passphrase");
    end_test("PKCS#8 without its passphrase: %s", error.message);
    /* OpenSSL 3 writes PBES2 with AES; mbedTLS 2.28 reads PBES2 with DES only. */
    options = identity(cert, pkcs8, "secret");
    if (native_net_tls_has_13())
        ok(makes(&options, &error), "encrypted PKCS#8 %s", error.message);
    else
        refused("encrypted PKCS#8, which 2.28 cannot read", &options, "write it anew", "pkcs8.key");
}

static void test_options(void)
{
    static const char *const empty[] = {""};
    struct native_net_tls_options options = identity(NULL, NULL, NULL);
    struct native_net_error error;
    options.alpn = empty;
    options.alpn_count = 1;
    refused("empty ALPN name", &options, "ALPN name number 1", "0 bytes");
    options.alpn_count = 0;
    options.min_version = NATIVE_NET_TLS_1_3;
    if (native_net_tls_has_13())
        ok(makes(&options, &error), "TLS 1.3 as minimum %s", error.message);
    else
        refused("TLS 1.3 as minimum", &options, "TLS 1.3 is required", "has only TLS 1.2");
    options.max_version = NATIVE_NET_TLS_1_2;
    check(!makes(&options, &error) && error.kind == NATIVE_NET_ERROR_TLS_CONFIG, "accepted");
    end_test("minimum above maximum: %s", error.message);
}

static void test_trust(void)
{
    struct native_net_trust_source source = {NULL, NULL, NULL, 0};
    struct native_net_trust *first;
    struct native_net_trust *second;
    struct native_net_error error;
    struct timespec old[2] = {{1000, 0}, {1000, 0}};
    uint8_t id[2][32];
    char dir[128];
    char both[8192];
    source.file = text_file("shared.pem", ca.cert);
    first = native_net_trust_get(&source, &error);
    second = native_net_trust_get(&source, &error);
    ok(first && first == second, "one file is parsed once and shared");
    native_net_trust_unref(second);
    snprintf(both, sizeof(both), "%s%s", ca.cert, other.cert);
    source.file = text_file("shared.pem", both);
    second = native_net_trust_get(&source, &error);
    native_net_trust_id(first, id[0]);
    native_net_trust_id(second, id[1]);
    ok(second && first != second && native_net_trust_count(second) == 2 &&
           native_net_trust_count(first) == 1 && memcmp(id[0], id[1], 32) != 0,
       "a changed file is read again; who has the old set keeps it");
    native_net_trust_unref(first);
    first = second;
    utimensat(AT_FDCWD, source.file, old, 0);
    second = native_net_trust_get(&source, &error);
    ok(second && first != second, "another time of change is enough");
    native_net_trust_unref(first);
    native_net_trust_unref(second);

    snprintf(dir, sizeof(dir), "%s/cas", net_temp_dir());
    (void)mkdir(dir, 0700);
    (void)text_file("cas/one.pem", ca.cert);
    (void)text_file("cas/two.pem", other.cert);
    (void)text_file("cas/README", "no certificate");
    source.file = NULL;
    source.dir = dir;
    first = native_net_trust_get(&source, &error);
    ok(first && native_net_trust_count(first) == 2, "a folder of CA files");
    native_net_trust_unref(first);

    setenv("SSL_CERT_FILE", text_file("system.pem", ca.cert), 1);
    source.dir = NULL;
    first = native_net_trust_get(&source, &error);
    ok(first && native_net_trust_count(first) == 1, "SSL_CERT_FILE is the system's bundle");
    native_net_trust_unref(first);
    unsetenv("SSL_CERT_FILE");
    unsetenv("SSL_CERT_DIR");
    first = native_net_trust_get(&source, &error);
    if (first)
        ok(native_net_trust_count(first) > 20, "the system's bundle has %zu roots",
           native_net_trust_count(first));
    else
        ok(strstr(error.message, "ca-certificates"), "no bundle here: %s", error.message);
    native_net_trust_unref(first);
}

static void test_pem(void)
{
    static const char *const bad[] = {
        "-----BEGIN CERTIFICATE-----\nAAAA\n",
        "-----BEGIN CERTIFICATE-----\nAA!A\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nA===\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nAA==AAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
    };
    static const char good[] =
        "words\n-----BEGIN X-----\nAAAA\n-----END X-----\n"
        "-----BEGIN CERTIFICATE-----\r\naGVs bG8\r\n=\r\n-----END CERTIFICATE-----";
    struct guard guard = guard_new(4096);
    uint8_t out[4096];
    size_t out_len = 0;
    size_t at = 0;
    size_t i;
    check(native_net_pem_next(good, strlen(good), "CERTIFICATE", &at, out, &out_len) ==
                  NATIVE_NET_PEM_BLOCK &&
              out_len == 5 && memcmp(out, "hello", 5) == 0,
          "decode");
    check(native_net_pem_next(good, strlen(good), "CERTIFICATE", &at, out, &out_len) ==
              NATIVE_NET_PEM_END,
          "end");
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        at = 0;
        check(native_net_pem_next(bad[i], strlen(bad[i]), "CERTIFICATE", &at, out, &out_len) ==
                  NATIVE_NET_PEM_MALFORMED,
              "bad %zu", i);
    }
    /* Cut at every byte, ending at a forbidden page: never more than END or MALFORMED. */
    for (i = 0; i < strlen(ca.cert) - 26; i++) {
        const char *cut = (const char *)guard_place(&guard, ca.cert, i);
        at = 0;
        check(native_net_pem_next(cut, i, "CERTIFICATE", &at, out, &out_len) !=
                  NATIVE_NET_PEM_BLOCK,
              "cut at %zu", i);
    }
    end_test("PEM: good, bad, cut at every byte");
}

static void test_envelope(void)
{
    struct native_net_tls_session_info info = {7, 1000, {1, 2, 3}, "Example.org", 0, false};
    struct native_net_tls_session_info asked;
    struct native_net_error error;
    uint8_t bytes[128];
    size_t head = native_net_tls_session_pack(&info, bytes, sizeof(bytes));
    size_t i;
    check(head == NATIVE_NET_TLS_SESSION_HEAD + 11, "length %zu", head);
    asked = info;
    asked.host = "example.ORG";
    asked.valid_until = 999;
    check(native_net_tls_session_check(&asked, bytes, head, &error) == head, "%s", error.message);
    asked.valid_until = 1001;
    check(!native_net_tls_session_check(&asked, bytes, head, &error) &&
              strstr(error.message, "expired"),
          "%s", error.message);
    info.use_until = 998;
    info.once = true;
    native_net_tls_session_pack(&info, bytes, sizeof(bytes));
    asked.valid_until = 998;
    check(native_net_tls_session_check(&asked, bytes, head, &error) == head, "%s", error.message);
    check(native_net_tls_session_use_until(bytes) == 998 &&
              native_net_tls_session_until(bytes) == 1000 &&
              native_net_tls_session_is_once(bytes, head) &&
              !native_net_tls_session_is_once(bytes, NATIVE_NET_TLS_SESSION_HEAD - 1),
          "ends");
    asked.valid_until = 999;
    check(!native_net_tls_session_check(&asked, bytes, head, &error) &&
              strstr(error.message, "over"),
          "%s", error.message);
    info.use_until = 1001;
    native_net_tls_session_pack(&info, bytes, sizeof(bytes));
    check(native_net_tls_session_use_until(bytes) == 1000, "the certificate ends first");
    asked.host = "example.com";
    check(!native_net_tls_session_check(&asked, bytes, head, &error), "host");
    asked.host = "example.org";
    asked.library = 8;
    check(!native_net_tls_session_check(&asked, bytes, head, &error), "library");
    asked.library = 7;
    asked.settings[31] = 1;
    check(!native_net_tls_session_check(&asked, bytes, head, &error), "settings");
    asked.settings[31] = 0;
    for (i = 0; i < head; i++)
        check(!native_net_tls_session_check(&asked, bytes, i, &error), "cut at %zu", i);
    check(native_net_tls_session_pack(&info, bytes, head - 1) == 0, "written past the end");
    check(native_net_tls_seconds(1970, 1, 1, 0, 0, 0) == 0, "1970");
    check(native_net_tls_seconds(2000, 2, 29, 12, 0, 0) == 951825600, "2000-02-29");
    check(native_net_tls_seconds(2038, 1, 19, 3, 14, 8) == 2147483648LL, "2038");
    check(native_net_tls_seconds(9999, 12, 31, 23, 59, 59) == 253402300799LL, "9999");
    end_test("the envelope of a saved session");
}

static void test_small_things(void)
{
    struct native_net_error error;
    struct native_net_addresses from;
    struct native_net_addresses to;
    uint8_t a[64];
    uint8_t b[64];
    char text[80];
    int i;
    native_net_error_set(&error, NATIVE_NET_ERROR_IO, "%0300d", 7);
    check(strlen(error.message) == 255, "a long message is cut");
    native_net_error_append(&error, "more");
    check(strlen(error.message) == 255, "append to a full message");
    native_net_error_set(NULL, NATIVE_NET_ERROR_IO, "nobody listens");
    for (i = 0; i <= NATIVE_NET_ERROR_TLS_PIN; i++)
        check(strcmp(native_net_error_kind_name((enum native_net_error_kind)i), "unknown") != 0,
              "kind %d has no name", i);
    end_test("errors");

    check(native_net_deadline_after(5, -1) == NATIVE_NET_NEVER, "never");
    check(native_net_deadline_after(INT64_MAX - 5, 10) == NATIVE_NET_NEVER, "overflow");
    check(native_net_deadline_left(NATIVE_NET_NEVER, 5) == -1, "left never");
    check(native_net_deadline_left(5, 10) == 0 && native_net_deadline_left(15, 10) == 5, "left");
    check(native_net_deadline_left(INT64_MAX - 1, 0) == INT32_MAX, "left, far");
    end_test("deadlines");

    memset(&from, 0, sizeof(from));
    check(native_net_address_parse("2001:db8::1", &from.items[0]) &&
              native_net_address_parse("2001:db8::2", &from.items[1]) &&
              native_net_address_parse("192.0.2.1", &from.items[2]),
          "parse");
    from.count = 3;
    native_net_addresses_arrange(&from, 0, 80, &to);
    check(to.count == 3 && strcmp(native_net_address_format(&to.items[1], text, sizeof(text)),
                                  "192.0.2.1:80") == 0,
          "%s", text);
    check(strcmp(native_net_address_format(&to.items[2], text, sizeof(text)), "[2001:db8::2]:80") ==
              0,
          "%s", text);
    native_net_addresses_arrange(&from, AF_INET, 80, &to);
    check(to.count == 1, "only IPv4");
    check(!native_net_address_parse("fe80::1%nosuchif", &from.items[0]), "unknown zone");
    check(!native_net_address_parse("1.2.3", &from.items[0]), "1.2.3 is a name");
    check(!native_net_address_parse("::1%", &from.items[0]), "empty zone");
    end_test("addresses: reading, writing, families take turns");

    check(native_net_random(a, sizeof(a)) && native_net_random(b, sizeof(b)) &&
              memcmp(a, b, sizeof(a)) != 0,
          "random");
    end_test("random numbers differ");
}

int main(void)
{
    struct net_cert_request root = {.subject = "CN=Test CA", .is_ca = true};
    struct net_cert_request second = {.subject = "CN=Other CA", .is_ca = true};
    struct net_cert_request own = {.subject = "CN=client", .issuer_name = "CN=Test CA"};
    own.issuer = &ca;
    net_cert_make(&root, &ca);
    net_cert_make(&second, &other);
    net_cert_make(&own, &client);
    test_small_things();
    test_pem();
    test_envelope();
    test_files();
    test_passphrases();
    test_options();
    test_trust();
    return done();
}
