/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* error.h - what went wrong on a connection, in a form for programs (kind) and people (message).
 * Shape: a plain struct that the caller owns; it holds no pointers and may be copied.
 * Pure: no allocation, no globals. Messages are cut at the end of the array, never written past it.
 */
#ifndef NATIVE_NET_ERROR_H
#define NATIVE_NET_ERROR_H

enum native_net_error_kind {
    NATIVE_NET_ERROR_NONE = 0,
    NATIVE_NET_ERROR_BAD_ARGUMENT, /* the caller asked for something that cannot be */
    NATIVE_NET_ERROR_NO_MEMORY,
    NATIVE_NET_ERROR_NAME,         /* the name could not be resolved */
    NATIVE_NET_ERROR_NAME_TIMEOUT, /* no answer about the name in time */
    NATIVE_NET_ERROR_CONNECT_REFUSED,
    NATIVE_NET_ERROR_CONNECT, /* any other failure to connect */
    NATIVE_NET_ERROR_CONNECT_TIMEOUT,
    NATIVE_NET_ERROR_TLS_TIMEOUT,
    NATIVE_NET_ERROR_TLS_HANDSHAKE, /* no common version or cipher, an alert, not TLS at all */
    NATIVE_NET_ERROR_TLS_CERT_EXPIRED,
    NATIVE_NET_ERROR_TLS_CERT_NOT_YET_VALID,
    NATIVE_NET_ERROR_TLS_CERT_HOST, /* the certificate is for other names */
    NATIVE_NET_ERROR_TLS_CERT_UNKNOWN_ISSUER,
    NATIVE_NET_ERROR_TLS_CERT_SELF_SIGNED,
    NATIVE_NET_ERROR_TLS_CERT_REVOKED,
    NATIVE_NET_ERROR_TLS_CERT_OTHER,
    NATIVE_NET_ERROR_TLS_CONFIG, /* own files: CA, certificate, key, passphrase, ALPN, versions */
    NATIVE_NET_ERROR_CLOSED,     /* the connection is gone */
    NATIVE_NET_ERROR_IO,         /* reading or writing failed */
    NATIVE_NET_ERROR_TLS_PIN     /* the server's public key is none of the pinned ones */
};

/* What was at fault where the kind alone does not say. */
enum native_net_error_part {
    NATIVE_NET_PART_NONE = 0,
    NATIVE_NET_PART_BIND, /* kind CONNECT: our own address, port or interface */
    NATIVE_NET_PART_CA,   /* this and the rest: kind TLS_CONFIG */
    NATIVE_NET_PART_CRL,
    NATIVE_NET_PART_CERTIFICATE, /* our own */
    NATIVE_NET_PART_KEY,
    NATIVE_NET_PART_CIPHERS,
    NATIVE_NET_PART_GROUPS,
    NATIVE_NET_PART_PINS,
    NATIVE_NET_PART_VERSIONS,
    NATIVE_NET_PART_ALPN
};

struct native_net_error {
    enum native_net_error_kind kind;
    enum native_net_error_part part;
    int os_errno;      /* errno of the failed call, or 0 */
    int resolver_code; /* EAI_* of a failed lookup, or 0 */
    int tls_code;      /* the TLS library's own number, or 0 */
    int verify_code;   /* kinds TLS_CERT_*: OpenSSL's number (X509_V_ERR_*, tls_verdict.h), or 0 */
    char message[256]; /* says what and where, without a full stop; always ends in NUL */
};

#if defined(__GNUC__)
#define NATIVE_NET_PRINTF(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#else
#define NATIVE_NET_PRINTF(format_at, first_at)
#endif

/* Empty the error: kind NONE, message "". NULL is allowed. */
void native_net_error_clear(struct native_net_error *error);

/* Fill kind and message, set the codes to 0. `error` may be NULL (then nothing happens). */
void native_net_error_set(struct native_net_error *error, enum native_net_error_kind kind,
                          const char *format, ...) NATIVE_NET_PRINTF(3, 4);

/* The same, and append ": " with the system's text for `os_errno`, which is kept too. */
void native_net_error_set_errno(struct native_net_error *error, enum native_net_error_kind kind,
                                int os_errno, const char *format, ...) NATIVE_NET_PRINTF(4, 5);

/* Say what was at fault, unless it was memory. `error` may be NULL. */
void native_net_error_set_part(struct native_net_error *error, enum native_net_error_part part);

/* Append text to the message, as far as there is room. */
void native_net_error_append(struct native_net_error *error, const char *format, ...)
    NATIVE_NET_PRINTF(2, 3);

/* Returns a short constant name of the kind ("connect_refused"), never NULL. */
const char *native_net_error_kind_name(enum native_net_error_kind kind);

#endif
