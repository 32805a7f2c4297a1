/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* digest.h - Digest authentication, the client's side (RFC 7616; without qop: RFC 2069).
 * Shape: response = H(H(A1) ":" nonce ":" nc ":" cnonce ":" qop ":" H(A2)), each H in lower-case
 *                   hexadecimal digits
 *        A1 = user ":" realm ":" password        (of -sess: H(that) ":" nonce ":" cnonce)
 *        A2 = method ":" uri
 * Pure: no allocation, no globals, no hash of its own: the caller lends the functions. The quality
 * auth-int, which hashes the body, is done for requests that have none, where nothing else is offered. */
#ifndef NATIVE_HTTP_WIRE_DIGEST_H
#define NATIVE_HTTP_WIRE_DIGEST_H

#include <stdint.h>

#include "auth.h"

enum { NATIVE_HTTP_DIGEST_HASH_MAX = 32 };

/* A hash function that is fed in pieces. One computation runs at a time. Each returns whether it
 * worked. */
struct native_http_hash {
    size_t size; /* of its result: 16 for MD5, 32 for SHA-256; 0: there is no such function here */
    bool (*begin)(void *context);
    bool (*add)(void *context, const void *bytes, size_t len);
    bool (*end)(void *context, uint8_t *result);
    void *context;
};

enum native_http_digest_algorithm {
    NATIVE_HTTP_DIGEST_MD5,
    NATIVE_HTTP_DIGEST_SHA256,
    NATIVE_HTTP_DIGEST_ALGORITHMS
};

/* What the server asks for. Spans point into the challenge; quoted ones keep their backslashes. */
struct native_http_digest {
    struct native_http_span realm;
    struct native_http_span nonce;
    struct native_http_span opaque;         /* `at` NULL: none */
    struct native_http_span algorithm_name; /* as the server wrote it; `at` NULL: MD5 */
    enum native_http_digest_algorithm algorithm;
    bool session; /* ...-sess */
    bool qop_auth;
    bool
        qop_int; /* auth-int alone: for a request without a body; neither: the old way, without qop */
    bool stale; /* the nonce was too old, the password is right: try again with this one */
    bool userhash;
};

struct native_http_digest_request {
    struct native_http_span method;
    struct native_http_span uri; /* the request target, byte for byte */
    struct native_http_span user;
    struct native_http_span password;
    struct native_http_span cnonce; /* random, of the caller's making: token characters */
    uint32_t nc;                    /* how often this nonce was used, this time included: from 1 */
};

/* Read a challenge whose scheme is Digest.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_MALFORMED: CHALLENGE without a nonce, CHALLENGE_KIND for
 * an algorithm that is not one of the four, or a qop without auth and auth-int. A realm that is missing is an
 * empty one. */
enum native_http_status native_http_digest_read(const struct native_http_challenge *challenge,
                                                struct native_http_digest *digest,
                                                struct native_http_fault *fault);

/* Append the value of the Authorization field, "Digest ...". `hashes` has one function an
 * algorithm, in the order of the enum; of those only the one that is needed is called.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_MALFORMED with nothing appended: CONTROL_BYTE (in user, uri
 * or cnonce), CHALLENGE_KIND (there is no such function), HASH (it failed). */
enum native_http_status native_http_digest_put(struct native_http_buffer *out,
                                               const struct native_http_digest *digest,
                                               const struct native_http_digest_request *request,
                                               const struct native_http_hash *hashes,
                                               struct native_http_fault *fault);

#endif
