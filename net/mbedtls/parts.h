/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* parts.h - the inside of TLS configurations and sessions, and how the versions of mbedTLS differ.
 * Private to net/mbedtls/, the one folder that knows the library: 2.28 (TLS 1.2) and 3.x (TLS 1.2 and 1.3). */
#ifndef NATIVE_NET_MBEDTLS_PARTS_H
#define NATIVE_NET_MBEDTLS_PARTS_H

#include <mbedtls/ssl.h>
#include <mbedtls/version.h>
#include <mbedtls/x509_crl.h>
#include <mbedtls/x509_crt.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "../tls.h"
#include "../tls_verdict.h"
#include "../trust.h"

#define NATIVE_NET_MBEDTLS_3 (MBEDTLS_VERSION_NUMBER >= 0x03000000)
#if NATIVE_NET_MBEDTLS_3 && defined(MBEDTLS_SSL_PROTO_TLS1_3)
#define NATIVE_NET_MBEDTLS_HAS_13 1
#else
#define NATIVE_NET_MBEDTLS_HAS_13 0
#endif
#if !NATIVE_NET_MBEDTLS_3
#define MBEDTLS_PRIVATE(field) field
#define MBEDTLS_ERR_SSL_BAD_CERTIFICATE MBEDTLS_ERR_SSL_BAD_HS_CERTIFICATE
#endif

/* A group as the library wants it in a list. */
#if NATIVE_NET_MBEDTLS_3
typedef uint16_t native_net_mbedtls_group;
#else
typedef mbedtls_ecp_group_id native_net_mbedtls_group;
#endif

struct native_net_tls_config {
    unsigned refs; /* atomic */
    mbedtls_ssl_config ssl;
    mbedtls_x509_crt cert; /* ours and its chain */
    mbedtls_pk_context key;
    struct native_net_trust *trust; /* NULL when nothing is verified */
    mbedtls_x509_crl crl;
    uint8_t id[32];
    uint8_t crl_id[32]; /* SHA-256 of the CRL as it was given; zeros = none */
    bool verify_peer;
    bool verify_host;
    bool has_cert;
    unsigned char versions[2];
    const char **alpn; /* NULL-ended; one block with the names behind the pointers */
    size_t alpn_len;   /* of the names, with their NULs */
    int *ciphers;      /* best first, 0-ended */
    size_t cipher_count;
    native_net_mbedtls_group groups[8]; /* best first, 0-ended */
    size_t group_count;
    uint8_t (*pins)[32]; /* SHA-256 of the keys, one of which the server must have; NULL = any */
    size_t pin_count;
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
    bool mute; /* a write has failed as the peer is gone: what it said before may still be read */
    bool dead; /* after a fatal error nothing more may be done */
    bool done; /* handshake over */
    bool saw_certificate;      /* no certificate was sent: the session was resumed */
    bool has_ticket;           /* TLS 1.3: one came, so there is a session to be saved */
    bool new_ticket;           /* one came since native_net_tls_take_ticket() */
    unsigned char address[16]; /* of `host`, when it is one */
    size_t address_len;
    int64_t peer_valid_until;    /* the first end in the chain; 0 = unknown */
    int64_t offered_until;       /* end of use of the session that was offered; 0 = none was */
    int64_t offered_valid_until; /* and of the certificate it was made with */
    int verify_code;
    struct native_net_tls_verdict verdict;
    char host[256];
};

/* library.c: make the library ready for this process (a forked child draws other random bytes than its parent).
 * Returns false when it cannot be seeded. */
bool native_net_mbedtls_ready(void);

/* The library's source of random numbers: the system, at each call. Returns 0 or an error of the library. */
int native_net_mbedtls_draw(void *unused, unsigned char *out, size_t len);

/* Fill `error` with kind TLS_CONFIG, "<what> <name>: <the library's text>". Returns false. */
bool native_net_mbedtls_config_error(struct native_net_error *error, int code, const char *what,
                                     const char *name);

/* offer.c: take the cipher suites and the groups out of the options. Return false with `error`. */
bool native_net_mbedtls_use_ciphers(struct native_net_tls_config *config,
                                    const struct native_net_tls_options *options,
                                    struct native_net_error *error);
bool native_net_mbedtls_use_groups(struct native_net_tls_config *config,
                                   const struct native_net_tls_options *options,
                                   struct native_net_error *error);

/* pins.c: take the pinned keys out of the options. Returns false with `error`. */
bool native_net_mbedtls_use_pins(struct native_net_tls_config *config,
                                 const struct native_net_tls_options *options,
                                 struct native_net_error *error);

/* Returns whether the certificate's key is one of the pinned ones. */
bool native_net_mbedtls_pin_fits(const struct native_net_tls_config *config,
                                 const mbedtls_x509_crt *leaf);

/* config_id.c: fill config->id from all the rest. Returns false without memory. */
bool native_net_mbedtls_make_id(struct native_net_tls_config *config);

/* identity.c: take our certificate and key out of the options. Returns false with `error`. */
bool native_net_mbedtls_use_identity(struct native_net_tls_config *config,
                                     const struct native_net_tls_options *options,
                                     struct native_net_error *error);

/* secrets.c: have the secrets of sessions written to the key log, if there is one: one of the two does it,
 * which one depends on the library's version. */
void native_net_mbedtls_log_config(mbedtls_ssl_config *config);
void native_net_mbedtls_log_session(mbedtls_ssl_context *session);

/* verify.c: called by the library for each certificate of the chain, the server's own (depth 0) last. */
int native_net_mbedtls_on_certificate(void *tls, mbedtls_x509_crt *crt, int depth, uint32_t *flags);

/* Note what the verdict needs to know of the server's own certificate when the library has not called
 * that function for it: it does not when nothing is verified, and not for a resumed session. */
void native_net_mbedtls_note_unverified(struct native_net_tls *tls);

/* session.c: turn what the library returned into a status; everything but "later" is the end of the session. */
enum native_net_status native_net_mbedtls_fail(struct native_net_tls *tls, int ret,
                                               const char *doing, struct native_net_error *error);

/* Refuse to go on with a session that has ended. Returns ERROR. */
enum native_net_status native_net_mbedtls_refuse_dead(struct native_net_error *error);

/* Returns whether errno says that the peer is gone. */
bool native_net_mbedtls_is_gone(int os_errno);

#endif
