/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* certinfo_ext.c - extensions of a certificate in OpenSSL's words (RFC 5280, 4.2). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <string.h>

#include "certinfo_parts.h"

enum {
    TAG_BOOLEAN = 1,
    TAG_INTEGER = 2,
    TAG_BITS = 3,
    TAG_OCTETS = 4,
    TAG_OID = 6,
    TAG_SEQ = 0x30
};

/* "A1:B6:..." */
static void print_id(struct native_net_certinfo_text *text, struct native_net_der id)
{
    size_t i;
    for (i = 0; i < id.len; i++)
        native_net_certinfo_print(text, i ? ":%02X" : "%02X", id.at[i]);
}

static void subject_key(struct native_net_certinfo_text *text, struct native_net_der value)
{
    struct native_net_der id;
    if (native_net_der_take(&value, TAG_OCTETS, &id))
        print_id(text, id);
}

static void constraints(struct native_net_certinfo_text *text, struct native_net_der value)
{
    struct native_net_der parts;
    struct native_net_der ca;
    struct native_net_der length;
    bool is_ca;
    if (!native_net_der_take(&value, TAG_SEQ, &parts))
        return;
    is_ca = native_net_der_take(&parts, TAG_BOOLEAN, &ca) && ca.len == 1 && ca.at[0];
    native_net_certinfo_print(text, "CA:%s", is_ca ? "TRUE" : "FALSE");
    if (native_net_der_take(&parts, TAG_INTEGER, &length) && length.len == 1)
        native_net_certinfo_print(text, ", pathlen:%u", length.at[0]);
}

static void key_usage(struct native_net_certinfo_text *text, struct native_net_der value)
{
    static const char *const names[] = {"Digital Signature", "Non Repudiation", "Key Encipherment",
                                        "Data Encipherment", "Key Agreement",   "Certificate Sign",
                                        "CRL Sign",          "Encipher Only",   "Decipher Only"};
    struct native_net_der bits;
    const char *comma = "";
    size_t i;
    if (!native_net_der_take(&value, TAG_BITS, &bits))
        return;
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (1 + i / 8 < bits.len && (bits.at[1 + i / 8] & (0x80 >> i % 8))) {
            native_net_certinfo_print(text, "%s%s", comma, names[i]);
            comma = ", ";
        }
}

static void extended_usage(struct native_net_certinfo_text *text, struct native_net_der value)
{
    struct native_net_der list;
    struct native_net_der oid;
    const char *comma = "";
    if (!native_net_der_take(&value, TAG_SEQ, &list))
        return;
    while (native_net_der_take(&list, TAG_OID, &oid)) {
        native_net_certinfo_print(text, "%s", comma);
        native_net_certinfo_algorithm(text, oid);
        comma = ", ";
    }
}

static void print_address(struct native_net_certinfo_text *text, struct native_net_der address)
{
    size_t i;
    native_net_certinfo_print(text, "IP Address:");
    if (address.len == 4)
        native_net_certinfo_print(text, "%u.%u.%u.%u", address.at[0], address.at[1], address.at[2],
                                  address.at[3]);
    else if (address.len == 16)
        for (i = 0; i < 16; i += 2)
            native_net_certinfo_print(text, i ? ":%X" : "%X",
                                      (unsigned)(address.at[i] << 8 | address.at[i + 1]));
    else
        native_net_certinfo_print(text, "<invalid>");
}

/* "/C=DE/O=..." */
static void print_directory(struct native_net_certinfo_text *text, struct native_net_der outer)
{
    struct native_net_der name;
    struct native_net_der set;
    struct native_net_der pair;
    struct native_net_der oid;
    struct native_net_der value;
    uint8_t tag;
    size_t i;
    native_net_certinfo_print(text, "DirName:");
    if (!native_net_der_take(&outer, TAG_SEQ, &name))
        return;
    while (native_net_der_take(&name, 0x31, &set))
        while (native_net_der_take(&set, TAG_SEQ, &pair) &&
               native_net_der_take(&pair, TAG_OID, &oid) &&
               native_net_der_next(&pair, &tag, &value)) {
            native_net_certinfo_print(text, "/");
            native_net_certinfo_attribute(text, oid);
            native_net_certinfo_print(text, "=");
            for (i = 0; i < value.len; i++)
                native_net_certinfo_print(
                    text, value.at[i] < ' ' || value.at[i] > '~' ? "\\x%02X" : "%c", value.at[i]);
        }
}

/* A GeneralName (RFC 5280, 4.2.1.6). */
static void print_general(struct native_net_certinfo_text *text, uint8_t tag,
                          struct native_net_der name)
{
    const char *kind = tag == 0x81 ? "email:" : tag == 0x82 ? "DNS:" : tag == 0x86 ? "URI:" : NULL;
    if (kind) {
        native_net_certinfo_print(text, "%s", kind);
        native_net_certinfo_bytes(text, name.at, name.len);
    } else if (tag == 0x87) {
        print_address(text, name);
    } else if (tag == 0xa4) {
        print_directory(text, name);
    } else {
        native_net_certinfo_print(text, "othername:<unsupported>");
    }
}

static void authority_key(struct native_net_certinfo_text *text, struct native_net_der value)
{
    struct native_net_der parts;
    struct native_net_der id;
    struct native_net_der issuer;
    struct native_net_der name;
    uint8_t tag;
    if (!native_net_der_take(&value, TAG_SEQ, &parts))
        return;
    if (native_net_der_take(&parts, 0x80, &id)) {
        /* The word only stands where more than one thing does. */
        native_net_certinfo_print(text, "%s", parts.len ? "keyid:" : "");
        print_id(text, id);
    }
    if (native_net_der_take(&parts, 0xa1, &issuer) && native_net_der_next(&issuer, &tag, &name)) {
        native_net_certinfo_print(text, "\n");
        print_general(text, tag, name);
    }
    if (native_net_der_take(&parts, 0x82, &id)) {
        native_net_certinfo_print(text, "\nserial:");
        if (id.len > 1 && id.at[0] == 0) {
            id.at++; /* it only says that the number is not negative */
            id.len--;
        }
        print_id(text, id);
    }
}

static void alternative_names(struct native_net_certinfo_text *text, struct native_net_der value)
{
    struct native_net_der list;
    struct native_net_der name;
    const char *comma = "";
    uint8_t tag;
    if (!native_net_der_take(&value, TAG_SEQ, &list))
        return;
    while (native_net_der_next(&list, &tag, &name)) {
        native_net_certinfo_print(text, "%s", comma);
        print_general(text, tag, name);
        comma = ", ";
    }
}

static void access_places(struct native_net_certinfo_text *text, struct native_net_der value)
{
    struct native_net_der list;
    struct native_net_der place;
    struct native_net_der oid;
    struct native_net_der name;
    const char *line = "";
    uint8_t tag;
    if (!native_net_der_take(&value, TAG_SEQ, &list))
        return;
    while (native_net_der_take(&list, TAG_SEQ, &place) &&
           native_net_der_take(&place, TAG_OID, &oid) && native_net_der_next(&place, &tag, &name)) {
        native_net_certinfo_print(text, "%s", line);
        native_net_certinfo_algorithm(text, oid);
        native_net_certinfo_print(text, " - ");
        print_general(text, tag, name);
        line = "\n";
    }
}

/* Of each place only its full name (RFC 5280, 4.2.1.13). */
static void revocation_places(struct native_net_certinfo_text *text, struct native_net_der value)
{
    struct native_net_der list;
    struct native_net_der place;
    struct native_net_der point;
    struct native_net_der names;
    struct native_net_der name;
    const char *line = "";
    uint8_t tag;
    if (!native_net_der_take(&value, TAG_SEQ, &list))
        return;
    while (native_net_der_take(&list, TAG_SEQ, &place)) {
        if (!native_net_der_take(&place, 0xa0, &point) ||
            !native_net_der_take(&point, 0xa0, &names))
            continue;
        native_net_certinfo_print(text, "%sFull Name:", line);
        while (native_net_der_next(&names, &tag, &name)) {
            native_net_certinfo_print(text, "\n  ");
            print_general(text, tag, name);
        }
        line = "\n";
    }
}

/* The addresses of practice statements; notices to users are left out (RFC 5280, 4.2.1.4). */
static void policies(struct native_net_certinfo_text *text, struct native_net_der value)
{
    static const uint8_t cps[] = {0x2b, 6, 1, 5, 5, 7, 2, 1};
    struct native_net_der list;
    struct native_net_der policy;
    struct native_net_der oid;
    struct native_net_der qualifiers;
    struct native_net_der one;
    struct native_net_der uri;
    const char *line = "";
    uint8_t tag;
    if (!native_net_der_take(&value, TAG_SEQ, &list))
        return;
    while (native_net_der_take(&list, TAG_SEQ, &policy) &&
           native_net_der_take(&policy, TAG_OID, &oid)) {
        native_net_certinfo_print(text, "%sPolicy: ", line);
        native_net_certinfo_algorithm(text, oid);
        line = "\n";
        if (!native_net_der_take(&policy, TAG_SEQ, &qualifiers))
            continue;
        while (native_net_der_take(&qualifiers, TAG_SEQ, &one)) {
            if (!native_net_der_take(&one, TAG_OID, &oid) || oid.len != sizeof(cps) ||
                memcmp(oid.at, cps, sizeof(cps)) != 0 || !native_net_der_next(&one, &tag, &uri))
                continue;
            native_net_certinfo_print(text, "\n  CPS: ");
            native_net_certinfo_bytes(text, uri.at, uri.len);
        }
    }
}

static const struct {
    const char *oid;
    uint8_t oid_len;
    const char *name;
    void (*print)(struct native_net_certinfo_text *text, struct native_net_der value);
} known[] = {
    {"\x55\x1d\x0e", 3, "X509v3 Subject Key Identifier", subject_key},
    {"\x55\x1d\x23", 3, "X509v3 Authority Key Identifier", authority_key},
    {"\x55\x1d\x13", 3, "X509v3 Basic Constraints", constraints},
    {"\x55\x1d\x0f", 3, "X509v3 Key Usage", key_usage},
    {"\x55\x1d\x25", 3, "X509v3 Extended Key Usage", extended_usage},
    {"\x55\x1d\x11", 3, "X509v3 Subject Alternative Name", alternative_names},
    {"\x55\x1d\x1f", 3, "X509v3 CRL Distribution Points", revocation_places},
    {"\x55\x1d\x20", 3, "X509v3 Certificate Policies", policies},
    {"\x55\x1d\x12", 3, "X509v3 Issuer Alternative Name", alternative_names},
    {"\x2b\x06\x01\x05\x05\x07\x01\x01", 8, "Authority Information Access", access_places},
};

static void print_one(struct native_net_certinfo_text *text, struct native_net_der oid,
                      struct native_net_der value)
{
    size_t i;
    for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (known[i].oid_len == oid.len && memcmp(known[i].oid, oid.at, oid.len) == 0) {
            native_net_certinfo_begin(text, known[i].name);
            known[i].print(text, value);
            native_net_certinfo_end(text);
        }
}

void native_net_certinfo_extensions(struct native_net_certinfo_text *text,
                                    struct native_net_der extensions)
{
    struct native_net_der one;
    struct native_net_der oid;
    struct native_net_der value;
    struct native_net_der critical;
    while (native_net_der_take(&extensions, TAG_SEQ, &one)) {
        if (!native_net_der_take(&one, TAG_OID, &oid))
            continue;
        (void)native_net_der_take(&one, TAG_BOOLEAN, &critical);
        if (native_net_der_take(&one, TAG_OCTETS, &value))
            print_one(text, oid, value);
    }
}
