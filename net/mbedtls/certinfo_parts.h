/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* certinfo_parts.h - the tools of certinfo.c: reading DER, building texts, names of OIDs.
 * Private to net/mbedtls/. Pure but for the text, which is malloc'd. */
#ifndef NATIVE_NET_CERTINFO_PARTS_H
#define NATIVE_NET_CERTINFO_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../certinfo.h"

/* ---- DER (X.690): tag, length, content ---- */

struct native_net_der {
    const uint8_t *at;
    size_t len;
};

/* Take the next element out of `from`: its tag (one byte) and content. Returns false at the end, and
 * when what follows is no whole element. */
bool native_net_der_next(struct native_net_der *from, uint8_t *tag, struct native_net_der *content);

/* The same for an element that must have this tag. */
bool native_net_der_take(struct native_net_der *from, uint8_t tag, struct native_net_der *content);

/* ---- texts ---- */

enum { NATIVE_NET_CERTINFO_FIELDS_MAX = 64 };

struct native_net_certinfo_text {
    char *bytes;
    size_t len;
    size_t room;
    bool failed; /* out of memory: everything further does nothing */
    size_t count;
    struct {
        size_t name; /* where it begins in `bytes` */
        size_t value;
        size_t value_len;
    } fields[NATIVE_NET_CERTINFO_FIELDS_MAX];
};

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void native_net_certinfo_print(struct native_net_certinfo_text *text, const char *format, ...);

/* Append bytes from outside. */
void native_net_certinfo_bytes(struct native_net_certinfo_text *text, const void *bytes,
                               size_t len);

/* Append each byte as two of these 16 digits, with `after` behind each. */
void native_net_certinfo_hex(struct native_net_certinfo_text *text, const char *digits,
                             const char *after, struct native_net_der bytes);

/* Begin a field; what is appended from then on is its value. */
void native_net_certinfo_begin(struct native_net_certinfo_text *text, const char *name);

/* End it; it is taken back when nothing was appended. */
void native_net_certinfo_end(struct native_net_certinfo_text *text);

/* ---- names of OIDs, as OpenSSL has them ---- */

/* Append the name of a public key or signature algorithm, or of a key usage, or the OID in digits. */
void native_net_certinfo_algorithm(struct native_net_certinfo_text *text,
                                   struct native_net_der oid);

/* The same for a part of a name ("CN"). */
void native_net_certinfo_attribute(struct native_net_certinfo_text *text,
                                   struct native_net_der oid);

/* ---- extensions ---- */

/* Add a field for each extension that is known here; `extensions` is the SEQUENCE's content. */
void native_net_certinfo_extensions(struct native_net_certinfo_text *text,
                                    struct native_net_der extensions);

#endif
