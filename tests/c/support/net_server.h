/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_server.h - servers for tests: one thread, one connection after the other, on loopback. */
#ifndef NATIVE_TESTS_NET_SERVER_H
#define NATIVE_TESTS_NET_SERVER_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "net_ca.h"

/* A connection as the server's script sees it; over TLS once net_peer_tls() was called. */
struct net_peer {
    int fd;
    struct net_server *server;
    void *tls; /* struct net_peer_session, or NULL */
};

struct net_server {
    int fd;
    uint16_t port;
    const char *path; /* Unix socket, else NULL */
    int connections;  /* how many to serve */
    void (*script)(struct net_peer *peer);
    void *data; /* for the script */
    pthread_t thread;
    /* TLS */
    const struct net_cert *cert;
    const struct net_cert *client_ca; /* demand a certificate of this issuer */
    const char **alpn;                /* NULL-ended */
    bool tls12_only;
    const int *ciphers; /* 0-ended, or NULL */
    void *state;        /* struct net_server_tls */
};

/* Listen on 127.0.0.1 (or server->path), port 0, and serve in a thread. */
void net_server_start(struct net_server *server);

/* Wait for the thread and close. */
void net_server_stop(struct net_server *server);

/* Handshake as server. Returns the library's number, 0 = good. */
int net_peer_tls(struct net_peer *peer);

/* Read and write, blocking (at most 10 s); TLS if net_peer_tls() was called. <= 0 at the end. */
ssize_t net_peer_read(struct net_peer *peer, void *out, size_t len);
bool net_peer_write(struct net_peer *peer, const void *bytes, size_t len);

/* Scripts: read until the end and send everything back; handshake first. */
void net_script_echo(struct net_peer *peer);
void net_script_tls_echo(struct net_peer *peer);

/* What the last handshake of the server ended with, and what it saw. */
struct net_server_seen {
    int handshake;
    char client_name[128];
    char sni[128];
};
extern struct net_server_seen net_server_seen;

/* Close the connection with a reset instead of an end. */
void net_peer_reset(struct net_peer *peer);

#endif
