/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_hash.h - MD5 (RFC 1321) and SHA-256 (FIPS 180-4) for the tests of Digest, which brings no
 * hash of its own. Written for clarity; nothing but tests may use them. */
#ifndef NATIVE_TESTS_HTTP_HASH_H
#define NATIVE_TESTS_HTTP_HASH_H

#include "http/wire/digest.h"

struct http_hash {
    uint32_t state[8];
    uint8_t block[64];
    uint64_t len;     /* bytes so far */
    bool sha256;      /* else MD5 */
    unsigned calls;   /* of begin, add and end together */
    unsigned fail_at; /* the call that fails, from 1; 0: none */
};

/* Fill in the two functions, which share the state. */
void http_hashes_init(struct http_hash *hash, struct native_http_hash hashes[2]);

#endif
