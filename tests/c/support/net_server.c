/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_server.c - plain and TLS servers in a thread, for tests. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "net_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/ssl_ticket.h>
#include <mbedtls/version.h>
#include <mbedtls/x509_crt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
#include <psa/crypto.h>
#define RNG , draw, NULL
#else
#define RNG
#endif

struct net_server_seen net_server_seen;

struct net_server_tls {
    mbedtls_ssl_config config;
    mbedtls_x509_crt cert;
    mbedtls_x509_crt ca;
    mbedtls_pk_context key;
    mbedtls_ssl_ticket_context tickets;
};

static int draw(void *unused, unsigned char *out, size_t len)
{
    (void)unused;
    return getrandom(out, len, 0) == (ssize_t)len ? 0 : -1;
}

static void must(bool good, const char *what)
{
    if (good)
        return;
    perror(what);
    exit(2);
}

static int note_sni(void *unused, mbedtls_ssl_context *ssl, const unsigned char *name, size_t len)
{
    (void)unused, (void)ssl;
    snprintf(net_server_seen.sni, sizeof(net_server_seen.sni), "%.*s", (int)len,
             (const char *)name);
    return 0;
}

static struct net_server_tls *make_tls(struct net_server *server)
{
    struct net_server_tls *tls = calloc(1, sizeof(*tls));
    must(tls != NULL, "calloc");
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    must(psa_crypto_init() == PSA_SUCCESS, "psa");
#endif
    mbedtls_ssl_config_init(&tls->config);
    mbedtls_x509_crt_init(&tls->cert);
    mbedtls_x509_crt_init(&tls->ca);
    mbedtls_pk_init(&tls->key);
    mbedtls_ssl_ticket_init(&tls->tickets);
    must(mbedtls_x509_crt_parse(&tls->cert, (const unsigned char *)server->cert->cert,
                                strlen(server->cert->cert) + 1) == 0,
         "server cert");
    must(mbedtls_pk_parse_key(&tls->key, (const unsigned char *)server->cert->key,
                              strlen(server->cert->key) + 1, NULL, 0 RNG) == 0,
         "server key");
    must(mbedtls_ssl_config_defaults(&tls->config, MBEDTLS_SSL_IS_SERVER,
                                     MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT) == 0,
         "defaults");
    mbedtls_ssl_conf_rng(&tls->config, draw, NULL);
    mbedtls_ssl_conf_own_cert(&tls->config, &tls->cert, &tls->key);
    mbedtls_ssl_conf_sni(&tls->config, note_sni, NULL);
    must(mbedtls_ssl_ticket_setup(&tls->tickets, draw, NULL, MBEDTLS_CIPHER_AES_256_GCM, 86400) ==
             0,
         "tickets");
    mbedtls_ssl_conf_session_tickets_cb(&tls->config, mbedtls_ssl_ticket_write,
                                        mbedtls_ssl_ticket_parse, &tls->tickets);
    if (server->client_ca) {
        must(mbedtls_x509_crt_parse(&tls->ca, (const unsigned char *)server->client_ca->cert,
                                    strlen(server->client_ca->cert) + 1) == 0,
             "client ca");
        mbedtls_ssl_conf_ca_chain(&tls->config, &tls->ca, NULL);
        mbedtls_ssl_conf_authmode(&tls->config, MBEDTLS_SSL_VERIFY_REQUIRED);
    }
    if (server->ciphers)
        mbedtls_ssl_conf_ciphersuites(&tls->config, server->ciphers);
    if (server->alpn)
        mbedtls_ssl_conf_alpn_protocols(&tls->config, server->alpn);
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    if (server->tls12_only)
        mbedtls_ssl_conf_max_tls_version(&tls->config, MBEDTLS_SSL_VERSION_TLS1_2);
#endif
    return tls;
}

static void free_tls(struct net_server_tls *tls)
{
    if (!tls)
        return;
    mbedtls_ssl_config_free(&tls->config);
    mbedtls_x509_crt_free(&tls->cert);
    mbedtls_x509_crt_free(&tls->ca);
    mbedtls_pk_free(&tls->key);
    mbedtls_ssl_ticket_free(&tls->tickets);
    free(tls);
}

/* With a time limit on the socket these end with EINTR whatever SA_RESTART says (signal(7)): that is no end. */
static ssize_t send_some(int fd, const void *bytes, size_t len)
{
    ssize_t n;
    do
        n = send(fd, bytes, len, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n;
}

static ssize_t recv_some(int fd, void *out, size_t len)
{
    ssize_t n;
    do
        n = recv(fd, out, len, 0);
    while (n < 0 && errno == EINTR);
    return n;
}

static int send_bio(void *ctx, const unsigned char *bytes, size_t len)
{
    ssize_t n = send_some(*(int *)ctx, bytes, len);
    return n < 0 ? -1 : (int)n;
}

static int recv_bio(void *ctx, unsigned char *out, size_t len)
{
    ssize_t n = recv_some(*(int *)ctx, out, len);
    return n < 0 ? -1 : (int)n;
}

int net_peer_tls(struct net_peer *peer)
{
    struct net_server_tls *state = peer->server->state;
    mbedtls_ssl_context *ssl = calloc(1, sizeof(*ssl));
    const mbedtls_x509_crt *client;
    int ret;
    must(ssl != NULL, "calloc");
    mbedtls_ssl_init(ssl);
    must(mbedtls_ssl_setup(ssl, &state->config) == 0, "ssl_setup");
    mbedtls_ssl_set_bio(ssl, &peer->fd, send_bio, recv_bio, NULL);
    memset(&net_server_seen, 0, sizeof(net_server_seen));
    ret = mbedtls_ssl_handshake(ssl);
    net_server_seen.handshake = ret;
    client = ret == 0 ? mbedtls_ssl_get_peer_cert(ssl) : NULL;
    if (client)
        mbedtls_x509_dn_gets(net_server_seen.client_name, sizeof(net_server_seen.client_name),
                             &client->subject);
    peer->tls = ssl;
    return ret;
}

ssize_t net_peer_read(struct net_peer *peer, void *out, size_t len)
{
    return peer->tls ? mbedtls_ssl_read(peer->tls, out, len) : recv_some(peer->fd, out, len);
}

bool net_peer_write(struct net_peer *peer, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    while (len > 0) {
        ssize_t n =
            peer->tls ? mbedtls_ssl_write(peer->tls, at, len) : send_some(peer->fd, at, len);
        if (n <= 0)
            return false;
        at += n;
        len -= (size_t)n;
    }
    return true;
}

void net_peer_reset(struct net_peer *peer)
{
    struct linger now = {1, 0};
    (void)setsockopt(peer->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    (void)close(peer->fd);
    peer->fd = -1;
}

void net_script_echo(struct net_peer *peer)
{
    char buffer[16384];
    ssize_t n;
    while ((n = net_peer_read(peer, buffer, sizeof(buffer))) > 0)
        if (!net_peer_write(peer, buffer, (size_t)n))
            break;
}

void net_script_tls_echo(struct net_peer *peer)
{
    if (net_peer_tls(peer) == 0)
        net_script_echo(peer);
}

static bool serve_one(struct net_server *server)
{
    struct net_peer peer = {-1, server, NULL};
    struct timeval limit = {10, 0};
    int on = 1;
    peer.fd = accept(server->fd, NULL, NULL);
    if (peer.fd < 0)
        return false;
    (void)setsockopt(peer.fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    (void)setsockopt(peer.fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    if (!server->path)
        (void)setsockopt(peer.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    server->script(&peer);
    if (peer.tls) {
        if (peer.fd >= 0 && net_server_seen.handshake == 0)
            (void)mbedtls_ssl_close_notify(peer.tls);
        mbedtls_ssl_free(peer.tls);
        free(peer.tls);
    }
    if (peer.fd >= 0)
        (void)close(peer.fd);
    return true;
}

static void *serve(void *data)
{
    struct net_server *server = data;
    int i;
    for (i = 0; i < server->connections && serve_one(server); i++) {
    }
    return NULL;
}

static void listen_unix(struct net_server *server)
{
    struct sockaddr_un at;
    memset(&at, 0, sizeof(at));
    at.sun_family = AF_UNIX;
    snprintf(at.sun_path, sizeof(at.sun_path), "%s", server->path);
    server->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(server->fd >= 0 && bind(server->fd, (struct sockaddr *)&at, sizeof(at)) == 0, "bind");
}

static void listen_tcp(struct net_server *server)
{
    struct sockaddr_in at;
    socklen_t len = sizeof(at);
    memset(&at, 0, sizeof(at));
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(server->fd >= 0 && bind(server->fd, (struct sockaddr *)&at, sizeof(at)) == 0 &&
             getsockname(server->fd, (struct sockaddr *)&at, &len) == 0,
         "bind");
    server->port = ntohs(at.sin_port);
}

void net_server_start(struct net_server *server)
{
    if (server->connections == 0)
        server->connections = 1;
    if (server->path)
        listen_unix(server);
    else
        listen_tcp(server);
    must(listen(server->fd, 16) == 0, "listen");
    server->state = server->cert ? make_tls(server) : NULL;
    must(pthread_create(&server->thread, NULL, serve, server) == 0, "pthread_create");
}

void net_server_stop(struct net_server *server)
{
    (void)pthread_join(server->thread, NULL);
    (void)close(server->fd);
    free_tls(server->state);
    if (server->path)
        (void)unlink(server->path);
}
