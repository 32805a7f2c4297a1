/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* certs.h - certificates out of files, folders and memory, as one block of DER.
 * Shape: der = the certificates one behind the other; items[i] = offset and length of each.
 * Allocates: with malloc; free with native_net_certs_free(). Blocks: reads files. Threads: no
 * state. */
#ifndef NATIVE_NET_CERTS_H
#define NATIVE_NET_CERTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

struct native_net_certs {
    uint8_t *der;
    size_t der_len;
    struct native_net_certs_item {
        size_t at;
        size_t len;
    } * items;
    size_t count;
};

/* A file's bytes plus a NUL behind them (the TLS library wants PEM texts to end in one). */
struct native_net_file {
    uint8_t *bytes;
    size_t len; /* without the NUL */
};

/* Read a whole file of at most 16 MB. `what` names it in the error ("CA file"). Returns false with
 * `error` of kind TLS_CONFIG or NO_MEMORY. */
bool native_net_file_read(const char *path, const char *what, struct native_net_file *out,
                          struct native_net_error *error);

/* The file at `path`, or with NULL a copy of `bytes`. Returns as native_net_file_read(). */
bool native_net_file_get(const char *path, const void *bytes, size_t len, const char *what,
                         struct native_net_file *out, struct native_net_error *error);

/* Wipe and free the bytes. */
void native_net_file_free(struct native_net_file *file);

/* Add the certificates in `bytes`: PEM with any number of them, or one DER. `what` and `name` ("CA
 * file", its path) stand in the error. Returns false with `error` when there is not one, when a
 * block is broken, or without memory. */
bool native_net_certs_add_bytes(struct native_net_certs *certs, const void *bytes, size_t len,
                                const char *what, const char *name, struct native_net_error *error);

/* The same for a file. */
bool native_net_certs_add_file(struct native_net_certs *certs, const char *path, const char *what,
                               struct native_net_error *error);

/* The same for every regular file of a folder; files that hold no certificate are skipped. Returns
 * false when the folder cannot be read or has none at all. */
bool native_net_certs_add_dir(struct native_net_certs *certs, const char *path, const char *what,
                              struct native_net_error *error);

/* Free what is inside and empty it. */
void native_net_certs_free(struct native_net_certs *certs);

#endif
