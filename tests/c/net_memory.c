/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_memory.c - every allocation of a TLS connection fails once: each time an error, never a crash
 * or a leak. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <sys/socket.h>

#include "../../net/certinfo.h"
#include "../../net/resolve.h"
#include "harness.h"
#include "support/net_client.h"
#include "support/net_server.h"

/* malloc and its family, replaced for the whole program (the TLS library included). Under ASan the
 * real ones are its interceptors, else those of glibc. Not under the ASan of LLVM 17 and later, which
 * does not start with a malloc of the program's own. */
#if defined(__clang__) && __clang_major__ >= 17
#if __has_feature(address_sanitizer)
#define CANNOT_REPLACE 1
#endif
#endif
#ifndef CANNOT_REPLACE
#define CANNOT_REPLACE 0
#endif

extern void *__interceptor_malloc(size_t) __attribute__((weak));
extern void *__interceptor_calloc(size_t, size_t) __attribute__((weak));
extern void *__interceptor_realloc(void *, size_t) __attribute__((weak));
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static __thread int countdown; /* > 0: so many allocations of this thread until one fails */
static __thread int failures;

__attribute__((unused)) static bool fails_now(void)
{
    if (countdown == 0 || --countdown > 0)
        return false;
    failures++;
    errno = ENOMEM;
    return true;
}

#if !CANNOT_REPLACE
void *malloc(size_t len)
{
    if (fails_now())
        return NULL;
    return __interceptor_malloc ? __interceptor_malloc(len) : __libc_malloc(len);
}

void *calloc(size_t count, size_t len)
{
    if (fails_now())
        return NULL;
    return __interceptor_calloc ? __interceptor_calloc(count, len) : __libc_calloc(count, len);
}

void *realloc(void *old, size_t len)
{
    if (fails_now())
        return NULL;
    return __interceptor_realloc ? __interceptor_realloc(old, len) : __libc_realloc(old, len);
}
#endif

static struct net_cert ca, good, client;
static unsigned char crl[1024];
static size_t crl_len;
static const char *pin_file;

static bool talk(const struct net_server *server, struct native_net_error *error)
{
    static const char *const alpn[] = {"mqtt"};
    struct native_net_tls_options tls = NATIVE_NET_TLS_OPTIONS_INIT;
    struct native_net_stream_options options = NATIVE_NET_STREAM_OPTIONS_INIT;
    struct native_net_stream *stream = NULL;
    struct native_net_addresses list = {.count = 1};
    unsigned char saved[8192];
    char back[4];
    size_t got;
    size_t len;
    bool good_end = false;
    const void *der;
    native_net_tls_store_flush(); /* so that each time is like the first */
    tls.ca_bytes = ca.cert;
    tls.ca_bytes_len = strlen(ca.cert);
    tls.cert_bytes = client.cert;
    tls.cert_bytes_len = strlen(client.cert);
    tls.key_bytes = client.key;
    tls.key_bytes_len = strlen(client.key);
    tls.alpn = alpn;
    tls.alpn_count = 1;
    tls.ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256:DEFAULT";
    tls.groups = "P-256:X25519";
    tls.pins = pin_file;
    tls.crl_bytes = crl;
    tls.crl_bytes_len = crl_len;
    native_net_address_parse("127.0.0.1", &list.items[0]);
    options.addresses = &list;
    options.interface = "lo";
    options.sessions = native_net_tls_store_own();
    options.session_scope = "scope";
    options.scheme = NATIVE_NET_TLS;
    options.host = "127.0.0.1";
    options.server_name = "localhost";
    options.port = server->port;
    options.tls = native_net_tls_config_new(&tls, error);
    if (options.tls)
        stream = native_net_stream_new(&options, error);
    if (stream && net_client_open(stream, error) == NATIVE_NET_OK &&
        net_client_write(stream, "ping", 4, error) == NATIVE_NET_OK &&
        net_client_read(stream, back, 4, &got, error) == NATIVE_NET_OK)
        good_end = native_net_tls_session_save(native_net_stream_tls(stream), saved, sizeof(saved),
                                               &len, error) != NATIVE_NET_ERROR;
    if (good_end) {
        struct native_net_certinfo *info;
        len = native_net_tls_get_chain(native_net_stream_tls(stream), 0, &der);
        info = native_net_certinfo_new(der, len, error);
        good_end = info != NULL;
        native_net_certinfo_free(info);
    }
    if (stream)
        native_net_stream_close(stream, true);
    native_net_stream_free(stream);
    native_net_tls_config_unref(options.tls);
    return good_end;
}

static void test_tls(void)
{
    struct net_server server = {
        .script = net_script_tls_echo, .cert = &good, .client_ca = &ca, .connections = 1 << 30};
    struct native_net_error error;
    int limit = 200000;
    int step = 1;
    int n;
    int with_error = 0;
    int tried = 0;
    net_server_start(&server);
    check(talk(&server, &error), "%s", error.message);
    for (n = 1; n < limit; n += step) {
        bool good_end;
        native_net_error_clear(&error);
        failures = 0;
        tried++;
        countdown = n;
        good_end = talk(&server, &error);
        countdown = 0;
        if (!good_end) {
            with_error++;
            check(error.kind != NATIVE_NET_ERROR_NONE && error.message[0], "no error at %d", n);
        }
        if (failures == 0)
            break; /* it needed fewer than n */
        if (n > 200)
            step = n / 40; /* the handshake repeats itself: the arithmetic of big numbers */
    }
    check(failures == 0, "more than %d allocations", limit);
    check(talk(&server, &error), "afterwards: %s", error.message);
    (void)shutdown(server.fd, SHUT_RDWR); /* ends its accept() */
    net_server_stop(&server);
    end_test("TLS: of %d failing allocations %d gave an error, the rest did no harm", tried,
             with_error);
}

/* Read the byte that begins it, then go on as TLS. */
static void script_start_tls(struct net_peer *peer)
{
    char byte;
    if (net_peer_read(peer, &byte, 1) == 1)
        net_script_tls_echo(peer);
}

static bool talk_in_tunnel(const struct net_server *server, struct native_net_tls_config *config,
                           struct native_net_error *error)
{
    struct native_net_stream_options options = NATIVE_NET_STREAM_OPTIONS_INIT;
    struct native_net_start_tls how = NATIVE_NET_START_TLS_INIT;
    struct native_net_stream *stream;
    bool good_end;
    options.host = "127.0.0.1";
    options.port = server->port;
    how.tls = config;
    how.server_name = "localhost";
    how.session_scope = "scope";
    stream = native_net_stream_new(&options, error);
    good_end =
        stream && net_client_open(stream, error) == NATIVE_NET_OK &&
        net_client_write(stream, "x", 1, error) == NATIVE_NET_OK &&
        native_net_stream_start_tls(stream, &how, native_net_clock_ms(), error) == NATIVE_NET_OK &&
        net_client_open(stream, error) == NATIVE_NET_OK;
    native_net_stream_free(stream);
    return good_end;
}

static void test_start_tls(void)
{
    struct net_server server = {.script = script_start_tls, .cert = &good, .connections = 1 << 30};
    struct native_net_tls_options tls = NATIVE_NET_TLS_OPTIONS_INIT;
    struct native_net_tls_config *config;
    struct native_net_error error;
    int n;
    int with_error = 0;
    tls.verify_peer = tls.verify_host = false;
    config = native_net_tls_config_new(&tls, &error);
    net_server_start(&server);
    check(talk_in_tunnel(&server, config, &error), "%s", error.message);
    for (n = 1; n < 40; n++) {
        native_net_error_clear(&error);
        countdown = n;
        if (!talk_in_tunnel(&server, config, &error)) {
            with_error++;
            check(error.message[0], "no error at %d", n);
        }
        countdown = 0;
    }
    check(with_error > 5, "%d errors", with_error);
    native_net_tls_config_unref(config);
    (void)shutdown(server.fd, SHUT_RDWR); /* ends its accept() */
    net_server_stop(&server);
    end_test("TLS on an open stream: of 39 failing allocations %d gave an error", with_error);
}

static void test_lookup(void)
{
    struct native_net_addresses found;
    struct native_net_lookup *lookup;
    struct native_net_error error;
    int n;
    for (n = 1; n < 50; n++) {
        enum native_net_status status;
        failures = 0;
        countdown = n;
        status = native_net_resolve("ip6-loopback", 0, &found, &lookup, &error);
        countdown = 0;
        if (status == NATIVE_NET_ERROR)
            check(error.message[0], "no message");
        native_net_lookup_release(lookup);
        native_net_resolve_flush();
        if (failures == 0)
            break;
    }
    check(n < 50, "too many");
    end_test("lookup: %d allocations fail in turn", n - 1);
}

int main(void)
{
    struct net_cert_request root = {.subject = "CN=Test CA", .is_ca = true};
    struct net_cert_request one = {.subject = "CN=localhost",
                                   .dns = {"localhost"},
                                   .issuer = &ca,
                                   .issuer_name = "CN=Test CA"};
    if (CANNOT_REPLACE) {
        printf("1..1\nok 1 - memory # SKIP this compiler's ASan takes no malloc of the program's "
               "own\n");
        return 0;
    }
    if (under_valgrind()) {
        printf("1..1\nok 1 - memory # SKIP valgrind puts its own malloc in place of this one\n");
        return 0;
    }
    net_cert_make(&root, &ca);
    net_cert_make(&one, &good);
    net_cert_make(&one, &client);
    crl_len = net_crl_make(&ca, NULL, crl, sizeof(crl));
    pin_file = net_temp_file("pin.pem", good.cert, strlen(good.cert));
    test_lookup();
    test_start_tls();
    test_tls();
    return done();
}
