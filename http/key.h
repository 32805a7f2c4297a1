/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* key.h - what makes two connections different.
 * Shape: the settings one behind the other, each with its length, as one block of bytes; two connections may stand
 *        for each other if their blocks are the same. It holds passwords: wiped when it is freed.
 * Allocates: with malloc, what is larger than most. */
#ifndef NATIVE_HTTP_KEY_H
#define NATIVE_HTTP_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"
#include "route.h"

enum { NATIVE_HTTP_KEY_ROOM = 256 };

struct native_http_key {
    unsigned char *more; /* malloc'ed, of a key that is larger than the room; else NULL */
    size_t len;
    unsigned char room[NATIVE_HTTP_KEY_ROOM]; /* most keys are here */
};

/* Build the key of a route under these options; `tls` is NULL where there is none. Returns false without memory. */
bool native_http_key_make(struct native_http_key *key, const struct native_http_route *route,
                          const struct native_http_options *options,
                          const struct native_net_tls_config *tls);

bool native_http_key_same(const struct native_http_key *a, const struct native_http_key *b);

/* Move it: `from` is empty after that. */
void native_http_key_move(struct native_http_key *to, struct native_http_key *from);

/* Wipe, free and empty it. */
void native_http_key_free(struct native_http_key *key);

#endif
