/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_tls.c - what TLS costs the client here: CA bundle, configurations, handshakes in full and with
 * a session out of the store, a certificate in words, bytes by cipher, in CPU time
 * of the client's thread. Built from this file, all of net/, tests/c/support/net_*, and -lmbedtls
 * -lmbedx509 -lmbedcrypto. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../net/certinfo.h"
#include "../net/certs.h"
#include "../net/trust.h"
#include "../tests/c/support/net_client.h"
#include "../tests/c/support/net_server.h"

enum { MEGABYTES = 64, HANDSHAKES = 40 };

static double cpu_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void bench_bundle(void)
{
    struct native_net_trust_source source = {NULL, NULL, NULL, 0};
    struct native_net_error error;
    double start = cpu_ms();
    struct native_net_trust *trust = native_net_trust_get(&source, &error);
    double ours = cpu_ms() - start;
    mbedtls_x509_crt plain;
    if (!trust) {
        printf("no bundle of the system: %s\n", error.message);
        return;
    }
    mbedtls_x509_crt_init(&plain);
    start = cpu_ms();
    mbedtls_x509_crt_parse_file(&plain, "/etc/ssl/certs/ca-certificates.crt");
    printf("CA bundle, %zu roots: %.2f ms (mbedtls_x509_crt_parse_file: %.2f ms)",
           native_net_trust_count(trust), ours, cpu_ms() - start);
    mbedtls_x509_crt_free(&plain);
    start = cpu_ms();
    native_net_trust_unref(native_net_trust_get(&source, &error));
    printf("; again, shared: %.3f ms\n", cpu_ms() - start);
    native_net_trust_unref(trust);
}

static void script_pour(struct net_peer *peer)
{
    static unsigned char block[16384];
    int i;
    if (net_peer_tls(peer) == 0)
        for (i = 0; i < MEGABYTES * 64; i++)
            if (!net_peer_write(peer, block, sizeof(block)))
                return;
}

static void script_greet(struct net_peer *peer)
{
    char byte;
    if (net_peer_tls(peer) == 0)
        (void)net_peer_read(peer, &byte, 1);
}

static struct native_net_stream *dial(const struct net_server *server,
                                      struct native_net_tls_config *config,
                                      struct native_net_tls_store *sessions)
{
    struct native_net_stream_options options = NATIVE_NET_STREAM_OPTIONS_INIT;
    struct native_net_stream *stream;
    struct native_net_error error;
    options.scheme = NATIVE_NET_TLS;
    options.host = "127.0.0.1";
    options.server_name = "localhost";
    options.port = server->port;
    options.tls = config;
    options.sessions = sessions;
    stream = native_net_stream_new(&options, &error);
    if (stream && net_client_open(stream, &error) == NATIVE_NET_OK)
        return stream;
    fprintf(stderr, "%s\n", error.message);
    exit(1);
}

static void bench_bytes(const struct net_cert *cert, struct native_net_tls_config *config,
                        int cipher)
{
    const int ciphers[] = {cipher, 0};
    struct net_server server = {
        .script = script_pour, .cert = cert, .ciphers = ciphers, .tls12_only = true};
    static unsigned char buffer[65536];
    struct native_net_stream *stream;
    struct native_net_error error;
    size_t got;
    size_t total = 0;
    double start;
    net_server_start(&server);
    stream = dial(&server, config, NULL);
    start = cpu_ms();
    while (total < (size_t)MEGABYTES << 20 &&
           net_client_read(stream, buffer, sizeof(buffer), &got, &error) == NATIVE_NET_OK)
        total += got;
    printf("%-50s %6.0f MB per second of CPU\n",
           native_net_tls_get_cipher(native_net_stream_tls(stream)),
           (double)total / 1048.576 / (cpu_ms() - start));
    native_net_stream_free(stream);
    net_server_stop(&server);
}

static void bench_handshakes(const char *what, const struct net_cert *cert,
                             struct native_net_tls_config *config,
                             struct native_net_tls_store *sessions)
{
    struct native_net_error error;
    int resumed = 0;
    struct net_server server = {
        .script = script_greet, .cert = cert, .connections = HANDSHAKES + 1};
    double start = 0;
    int i;
    net_server_start(&server);
    for (i = 0; i < HANDSHAKES + 1; i++) {
        struct native_net_stream *stream;
        if (i == 1)
            start = cpu_ms();
        stream = dial(&server, config, sessions);
        resumed += native_net_tls_was_resumed(native_net_stream_tls(stream));
        if (sessions && native_net_tls_has_13()) { /* the ticket comes after the handshake */
            (void)native_net_stream_wait(stream, NATIVE_NET_READ, native_net_clock_ms() + 1000);
            (void)native_net_stream_alive(stream, &error);
        }
        native_net_stream_close(stream, true);
        native_net_stream_free(stream);
    }
    printf("handshake, %s: %.2f ms (%d of %d resumed)\n", what, (cpu_ms() - start) / HANDSHAKES,
           resumed, HANDSHAKES + 1);
    net_server_stop(&server);
}

static void bench_config(const struct native_net_tls_options *options)
{
    struct native_net_error error;
    double start = cpu_ms();
    int i;
    for (i = 0; i < 1000; i++)
        native_net_tls_config_unref(native_net_tls_config_new(options, &error));
    printf("configuration with one CA in memory: %.1f us\n", cpu_ms() - start);
}

static void bench_certinfo(const struct net_cert *cert)
{
    struct native_net_certs certs = {NULL, 0, NULL, 0};
    struct native_net_error error;
    double start;
    int i;
    native_net_certs_add_bytes(&certs, cert->cert, strlen(cert->cert), "certificate", "", &error);
    start = cpu_ms();
    for (i = 0; i < 1000; i++)
        native_net_certinfo_free(native_net_certinfo_new(certs.der, certs.der_len, &error));
    printf("a certificate in words: %.1f us\n", cpu_ms() - start);
    native_net_certs_free(&certs);
}

int main(void)
{
    static struct net_cert ca, ec, rsa;
    struct net_cert_request root = {.subject = "CN=Bench CA", .is_ca = true};
    struct net_cert_request request = {.subject = "CN=localhost",
                                       .dns = {"localhost"},
                                       .issuer = &ca,
                                       .issuer_name = "CN=Bench CA"};
    struct native_net_tls_options options = NATIVE_NET_TLS_OPTIONS_INIT;
    struct native_net_tls_config *config;
    struct native_net_error error;
    net_cert_make(&root, &ca);
    net_cert_make(&request, &ec);
    request.rsa = true;
    net_cert_make(&request, &rsa);
    printf("%s\n", native_net_tls_library());
    bench_bundle();
    options.ca_bytes = ca.cert;
    options.ca_bytes_len = strlen(ca.cert);
    config = native_net_tls_config_new(&options, &error);
    bench_config(&options);
    bench_handshakes("P-256 certificate, in full", &ec, config, NULL);
    bench_handshakes("RSA-2048 certificate, in full", &rsa, config, NULL);
    bench_handshakes("P-256 certificate, from the store", &ec, config, native_net_tls_store_own());
    bench_certinfo(&rsa);
    bench_bytes(&ec, config, MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256);
    bench_bytes(&ec, config, MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
    bench_bytes(&ec, config, MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384);
    native_net_tls_config_unref(config);
    return 0;
}
