/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_ca.h - certificates made while a test runs: any name, any dates, any issuer. */
#ifndef NATIVE_TESTS_NET_CA_H
#define NATIVE_TESTS_NET_CA_H

#include <stdbool.h>
#include <stddef.h>

/* One certificate with its key, in memory, as PEM texts. */
struct net_cert {
    char cert[4096];
    char key[2048];
};

struct net_cert_request {
    const char *subject;    /* "CN=localhost" */
    const char *dns[3];     /* names it is for */
    const char *address[2]; /* addresses it is for */
    const char *from;       /* "20200101000000"; NULL = long ago */
    const char *until;      /* NULL = far away */
    bool is_ca;
    bool rsa;                      /* else P-256 */
    const struct net_cert *issuer; /* NULL = self-signed */
    const char *issuer_name;       /* subject of the issuer */
};

/* Make a certificate; ends the program when that fails. */
void net_cert_make(const struct net_cert_request *request, struct net_cert *out);

/* Write a CRL (DER) of an issuer with an EC key that names `revoked`, or nobody (NULL). Returns its
 * length. */
size_t net_crl_make(const struct net_cert *issuer, const struct net_cert *revoked,
                    unsigned char *out, size_t room);

/* Write a text to a new file in the folder of this run and return its path (never freed). */
const char *net_temp_file(const char *name, const void *bytes, size_t len);

/* The folder of this run; it is removed when the program exits. */
const char *net_temp_dir(void);

#endif
