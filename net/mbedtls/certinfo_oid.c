/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* certinfo_oid.c - names of OIDs (RFC 5280, RFC 4055, RFC 5758, RFC 4519). */
#include <string.h>

#include "certinfo_parts.h"

struct name {
    const char *oid; /* the content bytes; 2.5.4.3 is 55 04 03 */
    uint8_t oid_len;
    const char *text;
};
#define OID(bytes, text)                                                                           \
    {                                                                                              \
        bytes, sizeof(bytes) - 1, text                                                             \
    }
#define PKCS1 "\x2a\x86\x48\x86\xf7\x0d\x01\x01"                /* 1.2.840.113549.1.1 */
#define ECDSA "\x2a\x86\x48\xce\x3d\x04"                        /* 1.2.840.10045.4 */
#define PKIX_KP "\x2b\x06\x01\x05\x05\x07\x03"                  /* 1.3.6.1.5.5.7.3 */
#define PKIX_AD "\x2b\x06\x01\x05\x05\x07\x30"                  /* 1.3.6.1.5.5.7.48 */
#define JURISDICTION "\x2b\x06\x01\x04\x01\x82\x37\x3c\x02\x01" /* 1.3.6.1.4.1.311.60.2.1 */
#define UCL "\x09\x92\x26\x89\x93\xf2\x2c\x64\x01"              /* 0.9.2342.19200300.100.1 */

static const struct name algorithms[] = {
    OID(PKCS1 "\x01", "rsaEncryption"),
    OID(PKCS1 "\x04", "md5WithRSAEncryption"),
    OID(PKCS1 "\x05", "sha1WithRSAEncryption"),
    OID(PKCS1 "\x0a", "rsassaPss"),
    OID(PKCS1 "\x0b", "sha256WithRSAEncryption"),
    OID(PKCS1 "\x0c", "sha384WithRSAEncryption"),
    OID(PKCS1 "\x0d", "sha512WithRSAEncryption"),
    OID(PKCS1 "\x0e", "sha224WithRSAEncryption"),
    OID("\x2a\x86\x48\xce\x3d\x02\x01", "id-ecPublicKey"),
    OID(ECDSA "\x01", "ecdsa-with-SHA1"),
    OID(ECDSA "\x03\x01", "ecdsa-with-SHA224"),
    OID(ECDSA "\x03\x02", "ecdsa-with-SHA256"),
    OID(ECDSA "\x03\x03", "ecdsa-with-SHA384"),
    OID(ECDSA "\x03\x04", "ecdsa-with-SHA512"),
    OID("\x2b\x65\x70", "ED25519"),
    OID("\x2b\x65\x71", "ED448"),
    OID(PKIX_KP "\x01", "TLS Web Server Authentication"),
    OID(PKIX_KP "\x02", "TLS Web Client Authentication"),
    OID(PKIX_KP "\x03", "Code Signing"),
    OID(PKIX_KP "\x04", "E-mail Protection"),
    OID(PKIX_KP "\x08", "Time Stamping"),
    OID(PKIX_KP "\x09", "OCSP Signing"),
    OID("\x55\x1d\x20\x00", "X509v3 Any Policy"),
    OID("\x55\x1d\x25\x00", "Any Extended Key Usage"),
    OID(PKIX_AD "\x01", "OCSP"),
    OID(PKIX_AD "\x02", "CA Issuers"),
};

static const struct name attributes[] = {
    OID("\x55\x04\x03", "CN"),
    OID("\x55\x04\x04", "SN"),
    OID("\x55\x04\x05", "serialNumber"),
    OID("\x55\x04\x06", "C"),
    OID("\x55\x04\x07", "L"),
    OID("\x55\x04\x08", "ST"),
    OID("\x55\x04\x09", "street"),
    OID("\x55\x04\x0a", "O"),
    OID("\x55\x04\x0b", "OU"),
    OID("\x55\x04\x0c", "title"),
    OID("\x55\x04\x0f", "businessCategory"),
    OID("\x55\x04\x11", "postalCode"),
    OID("\x55\x04\x29", "name"),
    OID("\x55\x04\x2a", "GN"),
    OID("\x55\x04\x2b", "initials"),
    OID("\x55\x04\x2e", "dnQualifier"),
    OID("\x55\x04\x61", "organizationIdentifier"),
    OID("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01", "emailAddress"),
    OID(UCL "\x01", "UID"),
    OID(UCL "\x19", "DC"),
    OID(JURISDICTION "\x01", "jurisdictionL"),
    OID(JURISDICTION "\x02", "jurisdictionST"),
    OID(JURISDICTION "\x03", "jurisdictionC"),
};

/* "1.2.840.10045" (X.690, 8.19): numbers in base 128, the first two together. */
static void print_digits(struct native_net_certinfo_text *text, struct native_net_der oid)
{
    unsigned long value = 0;
    bool first = true;
    size_t i;
    for (i = 0; i < oid.len; i++) {
        value = (value << 7) | (oid.at[i] & 0x7f);
        if (oid.at[i] & 0x80)
            continue;
        if (first) {
            unsigned long top = value >= 80 ? 2 : value / 40;
            native_net_certinfo_print(text, "%lu.%lu", top, value - top * 40);
        } else {
            native_net_certinfo_print(text, ".%lu", value);
        }
        first = false;
        value = 0;
    }
}

static void print_name(struct native_net_certinfo_text *text, const struct name *names,
                       size_t count, struct native_net_der oid)
{
    size_t i;
    for (i = 0; i < count; i++)
        if (names[i].oid_len == oid.len && memcmp(names[i].oid, oid.at, oid.len) == 0) {
            native_net_certinfo_print(text, "%s", names[i].text);
            return;
        }
    print_digits(text, oid);
}

void native_net_certinfo_algorithm(struct native_net_certinfo_text *text, struct native_net_der oid)
{
    print_name(text, algorithms, sizeof(algorithms) / sizeof(algorithms[0]), oid);
}

void native_net_certinfo_attribute(struct native_net_certinfo_text *text, struct native_net_der oid)
{
    print_name(text, attributes, sizeof(attributes) / sizeof(attributes[0]), oid);
}
