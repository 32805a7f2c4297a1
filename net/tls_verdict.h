/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* tls_verdict.h - what was found wrong with a certificate chain, and the error that says it.
 * Shape: a set of faults and the texts for the message. Pure: no allocation, no globals. */
#ifndef NATIVE_NET_TLS_VERDICT_H
#define NATIVE_NET_TLS_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

enum native_net_tls_fault {
    NATIVE_NET_FAULT_UNTRUSTED = 1, /* no path to a trusted root */
    NATIVE_NET_FAULT_REVOKED = 2,
    NATIVE_NET_FAULT_EXPIRED = 4,
    NATIVE_NET_FAULT_NOT_YET_VALID = 8,
    NATIVE_NET_FAULT_HOST = 16,
    NATIVE_NET_FAULT_OTHER = 32 /* weak key or signature, key usage ... */
};

/* OpenSSL's numbers for them (X509_V_ERR_*), which programs that came from there know. */
enum native_net_tls_verify_code {
    NATIVE_NET_VERIFY_OK = 0,
    NATIVE_NET_VERIFY_NOT_YET_VALID = 9,
    NATIVE_NET_VERIFY_EXPIRED = 10,
    NATIVE_NET_VERIFY_SELF_SIGNED = 18,          /* the server's own certificate */
    NATIVE_NET_VERIFY_SELF_SIGNED_IN_CHAIN = 19, /* the root was sent along and is not trusted */
    NATIVE_NET_VERIFY_NO_ISSUER = 20,
    NATIVE_NET_VERIFY_REVOKED = 23,
    NATIVE_NET_VERIFY_OTHER = 1, /* weak key or signature, wrong usage */
    NATIVE_NET_VERIFY_HOST = 62
};

struct native_net_tls_verdict {
    unsigned faults;
    bool self_signed;    /* the server's own certificate is its own issuer */
    bool root_untrusted; /* the chain ends in a certificate that is its own issuer */
    char names[120];     /* of the server's certificate: "a.example, b.example" */
    char issuer[96];     /* of the server's certificate */
    char expired_on[24]; /* "2024-01-31 12:00:00" UTC, of the certificate at fault */
    char valid_from[24];
};

/* Add a name, or an address of 4 or 16 bytes, to `names` as long as there is room. */
void native_net_tls_verdict_add_name(struct native_net_tls_verdict *verdict, const void *name,
                                     size_t name_len);
void native_net_tls_verdict_add_address(struct native_net_tls_verdict *verdict, const void *address,
                                        size_t address_len);

/* Returns the number for the most basic fault. */
int native_net_tls_verdict_code(const struct native_net_tls_verdict *verdict);

/* Fill `error` with the most basic fault: who vouches for it comes before until when and for whom.
 */
void native_net_tls_verdict_error(const struct native_net_tls_verdict *verdict, const char *host,
                                  int tls_code, struct native_net_error *error);

#endif
