/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* certinfo.h - a certificate in words (RFC 5280), as curl's CERTINFO puts it with OpenSSL.
 * Shape: a list of names and texts in a fixed order: Subject, Issuer, Version, Serial Number,
 *        Signature Algorithm, Public Key Algorithm, the extensions, Start date, Expire date, numbers
 *        of the public key, Signature, Cert (PEM).
 * Allocates: with malloc; free with native_net_certinfo_free(). Blocks: never. Threads: no state. */
#ifndef NATIVE_NET_CERTINFO_H
#define NATIVE_NET_CERTINFO_H

#include <stddef.h>

#include "error.h"

struct native_net_certinfo_field {
    const char *name;  /* "Subject" */
    const char *value; /* "C = DE, CN = localhost"; ends in NUL, which does not count */
    size_t value_len;
};

struct native_net_certinfo {
    size_t count;
    struct native_net_certinfo_field *fields; /* the texts stand behind them, in the same block */
};

/* Decode one certificate. Returns NULL with `error` filled: no certificate, or no memory. */
struct native_net_certinfo *native_net_certinfo_new(const void *der, size_t len,
                                                    struct native_net_error *error);

/* NULL is allowed. */
void native_net_certinfo_free(struct native_net_certinfo *info);

#endif
