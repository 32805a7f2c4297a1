/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* tls.h - TLS 1.2 and 1.3 over any byte transport (RFC 5246, RFC 8446), client side.
 * net/mbedtls/ is the only folder that knows the TLS library (mbedTLS 2.28 or 3.6).
 * Shape: an immutable, reference-counted configuration, made once and used by many sessions; one
 * session a connection. Allocates: with malloc. Blocks: never (but for reading files in
 * native_net_tls_config_new). Threads: a configuration may be shared between threads; a session
 * belongs to one at a time. */
#ifndef NATIVE_NET_TLS_H
#define NATIVE_NET_TLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "status.h"

enum native_net_tls_version {
    NATIVE_NET_TLS_DEFAULT = 0, /* minimum: 1.2; maximum: the best the library has */
    NATIVE_NET_TLS_1_0 = 10,    /* can be asked for only to be told that it is not there */
    NATIVE_NET_TLS_1_1 = 11,
    NATIVE_NET_TLS_1_2 = 12,
    NATIVE_NET_TLS_1_3 = 13
};

/* Whom to trust and who we are. Start from NATIVE_NET_TLS_OPTIONS_INIT. Strings and bytes need to
 * live only during native_net_tls_config_new(). With none of the three ca_* the system's bundle is
 * used. */
struct native_net_tls_options {
    bool verify_peer;     /* the chain must lead to a trusted root */
    bool verify_host;     /* the certificate must be for the name we asked for */
    const char *ca_file;  /* PEM (one or many) or DER; NULL = none */
    const char *ca_dir;   /* folder of such files; NULL = none */
    const void *ca_bytes; /* PEM or DER in memory; NULL = none */
    size_t ca_bytes_len;
    const char *cert_file; /* our certificate, then its chain: PEM or DER; NULL = none */
    const void *cert_bytes;
    size_t cert_bytes_len;
    const char
        *key_file; /* NULL and no key_bytes: the key stands in the certificate's file or bytes */
    const void *key_bytes;
    size_t key_bytes_len;
    const char *passphrase; /* of the key; NULL = none */
    enum native_net_tls_version min_version;
    enum native_net_tls_version max_version;
    const char *const *alpn; /* protocol names, best first; NULL = none */
    size_t alpn_count;
    /* Cipher suites up to TLS 1.2, best first, split by ':', ',' or blanks: OpenSSL's names
     * ("ECDHE-RSA-AES128-GCM-SHA256") or the standard's ("TLS_ECDHE_RSA_WITH_..."). A name nobody
     * knows is refused, one that this library lacks is passed over; NULL = our own order. */
    const char *ciphers;
    const char *ciphers_13; /* of TLS 1.3: "TLS_AES_128_GCM_SHA256:..."; NULL = our own order */
    const char *groups;     /* "X25519:P-256:P-384", also "prime256v1", "secp384r1"; NULL = these */
    /* Public keys, one of which the server's must be (checked whether or not verify_peer is set):
     * "sha256//<base64>;sha256//..." of its SubjectPublicKeyInfo, or the path of a file with such a
     * key, or with a certificate, in PEM or DER. NULL = any. */
    const char *pins;
    const char *crl_file; /* PEM (one or many) or DER; NULL = nothing is looked up */
    const void *crl_bytes;
    size_t crl_bytes_len;
};
#define NATIVE_NET_TLS_OPTIONS_INIT                                                                \
    {                                                                                              \
        .verify_peer = true, .verify_host = true                                                   \
    }

struct native_net_tls_config;

/* Read the files, check that the key fits the certificate, and build a configuration.
 * Returns it with one reference; NULL with `error` filled: kind TLS_CONFIG names the file at fault.
 */
struct native_net_tls_config *
native_net_tls_config_new(const struct native_net_tls_options *options,
                          struct native_net_error *error);

/* The same, but the process keeps the last 16: equal options give the same configuration again. Files are looked at at most
 * once a second; a change is seen then. One with a passphrase, or with a certificate or key in memory, is not kept. */
struct native_net_tls_config *
native_net_tls_config_get(const struct native_net_tls_options *options,
                          struct native_net_error *error);

/* Take one more reference. Returns `config`. */
struct native_net_tls_config *native_net_tls_config_ref(struct native_net_tls_config *config);

/* Give one reference back; the last one frees. NULL is allowed. */
void native_net_tls_config_unref(struct native_net_tls_config *config);

/* The 32 bytes that tell this configuration from any other (SHA-256 of trusted set, verify flags,
 * versions, cipher suites, groups, ALPN, own certificate and key, pins, CRL). */
void native_net_tls_config_id(const struct native_net_tls_config *config, uint8_t out[32]);

/* The transport below. Both return the bytes moved (> 0), 0 when the peer has closed (read only),
 * or one of the two negative numbers. On _ERROR they leave the reason in errno. */
#define NATIVE_NET_IO_AGAIN (-1)
#define NATIVE_NET_IO_ERROR (-2)
struct native_net_tls_io {
    void *ctx;
    ptrdiff_t (*read)(void *ctx, void *out, size_t len);
    ptrdiff_t (*write)(void *ctx, const void *bytes, size_t len);
};

struct native_net_tls;

/* Make a session. `host` is the name or address that the certificate must be for; a name (not an
 * address) is also sent as SNI. The session holds its own reference on `config`.
 * Returns NULL with `error` filled. */
struct native_net_tls *native_net_tls_new(struct native_net_tls_config *config, const char *host,
                                          const struct native_net_tls_io *io,
                                          struct native_net_error *error);

/* Free the session without a word to the peer. NULL is allowed; so is a session of the parent in a
 * forked child. */
void native_net_tls_free(struct native_net_tls *tls);

/* Go on with the handshake. Returns OK when it is done and everything asked for was verified;
 * AGAIN: wait for native_net_tls_wants(), then call again; ERROR. */
enum native_net_status native_net_tls_handshake(struct native_net_tls *tls,
                                                struct native_net_error *error);

/* Read decrypted bytes. Returns OK with *got > 0; AGAIN (see native_net_tls_wants()); CLOSED after
 * the peer's close_notify; ERROR, also when the connection ended without close_notify (kind
 * CLOSED). */
enum native_net_status native_net_tls_read(struct native_net_tls *tls, void *out, size_t len,
                                           size_t *got, struct native_net_error *error);

/* Write bytes. Returns OK with *put > 0, maybe less than len; AGAIN: nothing counts as taken, but
 * the next call must begin with the same bytes (they may have moved; more may follow); ERROR. */
enum native_net_status native_net_tls_write(struct native_net_tls *tls, const void *bytes,
                                            size_t len, size_t *put,
                                            struct native_net_error *error);

/* What the last call that said AGAIN waits for: NATIVE_NET_READ or NATIVE_NET_WRITE. */
int native_net_tls_wants(const struct native_net_tls *tls);

/* Returns how many bytes a write began with that said AGAIN; 0 when none is under way. They are
 * encrypted already: the next write must have at least so many, but they are not looked at again.
 */
size_t native_net_tls_unsent(const struct native_net_tls *tls);

/* Returns how many decrypted bytes can be read without touching the transport. */
size_t native_net_tls_pending(const struct native_net_tls *tls);

/* Take in whatever the transport holds without handing out bytes: session tickets, alerts.
 * Returns OK when decrypted bytes wait; AGAIN when the connection is idle and fine; CLOSED; ERROR.
 */
enum native_net_status native_net_tls_peek(struct native_net_tls *tls,
                                           struct native_net_error *error);

/* Send close_notify. Returns OK, AGAIN or ERROR; there is no need to repeat it. */
enum native_net_status native_net_tls_close(struct native_net_tls *tls,
                                            struct native_net_error *error);

/* What was agreed. Valid after the handshake and as long as the session lives; NULL = nothing. */
const char *native_net_tls_get_version(const struct native_net_tls *tls); /* "TLSv1.2" */
const char *native_net_tls_get_cipher(const struct native_net_tls *tls);
const char *native_net_tls_get_alpn(const struct native_net_tls *tls);
bool native_net_tls_was_resumed(const struct native_net_tls *tls);

/* The peer's own certificate as DER. Returns its length and sets *der (valid while the session
 * lives); 0 when there is none. */
size_t native_net_tls_get_peer_certificate(const struct native_net_tls *tls, const void **der);

/* The chain that the peer has sent, its own certificate first (index 0). Returns the length and sets
 * *der (valid while the session lives); 0 past the end. A resumed session has
 * only index 0, and with TLS 1.3 not even that. */
size_t native_net_tls_get_chain(const struct native_net_tls *tls, size_t index, const void **der);

/* Returns what is wrong with the peer's certificate as OpenSSL's number (tls_verdict.h): 0 = nothing,
 * or nothing looked at. With verify_peer off only 18 (self-signed) is found out. */
int native_net_tls_get_verify_code(const struct native_net_tls *tls);

/* Returns whether a TLS 1.3 ticket came since the last call: then there is a session to be saved
 * anew. */
bool native_net_tls_take_ticket(struct native_net_tls *tls);

/* Save the session for a later connection to the same host under the same settings. The bytes
 * remember what was verified, and for which name. Returns OK with *len, AGAIN when there is nothing
 * to save yet (TLS 1.3 before the first ticket), ERROR (also when `out` is too small). */
enum native_net_status native_net_tls_session_save(struct native_net_tls *tls, void *out,
                                                   size_t out_len, size_t *len,
                                                   struct native_net_error *error);

/* Offer a saved session; call before the first native_net_tls_handshake(). Refused (ERROR, and the
 * handshake will simply be a full one) when it came from a connection that verified less than this
 * one must, from another name, or from another build of the library. */
enum native_net_status native_net_tls_session_load(struct native_net_tls *tls, const void *bytes,
                                                   size_t len, struct native_net_error *error);

/* Returns the library's name and version as it runs, "mbedTLS/2.28.3". */
const char *native_net_tls_library(void);

/* Returns whether TLS 1.3 is there. */
bool native_net_tls_has_13(void);

#endif
