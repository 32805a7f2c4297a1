/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* certinfo.c - a certificate in words. The library checks that it is one, and finds its parts; the
 * words are OpenSSL's, which programs compare with. */
#include "../certinfo.h"

#include <mbedtls/base64.h>
#include <stdlib.h>
#include <string.h>

#include "certinfo_parts.h"
#include "parts.h"

static struct native_net_der der_of(const mbedtls_x509_buf *buf)
{
    struct native_net_der out;
    out.at = buf->p;
    out.len = buf->len;
    return out;
}

/* ---- names (RFC 4514 with the blanks of OpenSSL's one-line form) ---- */

/* Control characters and bytes above ASCII as \XX; a text with blanks at its ends or special
 * characters in quotes. */
static void put_value(struct native_net_certinfo_text *text, struct native_net_der value)
{
    bool quote = value.len > 0 &&
                 (value.at[0] == ' ' || value.at[0] == '#' || value.at[value.len - 1] == ' ');
    size_t i;
    for (i = 0; i < value.len && !quote; i++)
        quote = value.at[i] && strchr(",+<>;", value.at[i]);
    if (quote)
        native_net_certinfo_print(text, "\"");
    for (i = 0; i < value.len; i++) {
        uint8_t c = value.at[i];
        if (c < ' ' || c > 126)
            native_net_certinfo_print(text, "\\%02X", c);
        else if (c == '"' || c == '\\')
            native_net_certinfo_print(text, "\\%c", c);
        else
            native_net_certinfo_print(text, "%c", c);
    }
    if (quote)
        native_net_certinfo_print(text, "\"");
}

static void put_name(struct native_net_certinfo_text *text, const char *field,
                     struct native_net_der raw)
{
    struct native_net_der name;
    struct native_net_der set;
    struct native_net_der pair;
    struct native_net_der oid;
    struct native_net_der value;
    const char *between = "";
    uint8_t tag;
    native_net_certinfo_begin(text, field);
    if (native_net_der_take(&raw, 0x30, &name))
        while (native_net_der_take(&name, 0x31, &set)) {
            while (native_net_der_take(&set, 0x30, &pair) && native_net_der_take(&pair, 6, &oid) &&
                   native_net_der_next(&pair, &tag, &value)) {
                native_net_certinfo_print(text, "%s", between);
                native_net_certinfo_attribute(text, oid);
                native_net_certinfo_print(text, " = ");
                put_value(text, value);
                between = " + ";
            }
            between = ", ";
        }
    native_net_certinfo_end(text);
}

/* ---- the parts of a certificate ---- */

static void put_date(struct native_net_certinfo_text *text, const char *field,
                     const mbedtls_x509_time *at)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    native_net_certinfo_begin(text, field);
    native_net_certinfo_print(text, "%s %2d %02d:%02d:%02d %d GMT",
                              months[at->mon >= 1 && at->mon <= 12 ? at->mon - 1 : 0], at->day,
                              at->hour, at->min, at->sec, at->year);
    native_net_certinfo_end(text);
}

static struct native_net_der without_zeros(struct native_net_der number)
{
    while (number.len > 1 && number.at[0] == 0) {
        number.at++;
        number.len--;
    }
    return number;
}

static void put_number(struct native_net_certinfo_text *text, const char *field,
                       struct native_net_der number)
{
    size_t begin;
    number = without_zeros(number);
    native_net_certinfo_begin(text, field);
    begin = text->len;
    native_net_certinfo_hex(text, "0123456789ABCDEF", "", number);
    if (!text->failed && text->len - begin > 1 && text->bytes[begin] == '0') {
        text->len--; /* 65537 is 10001 */
        memmove(text->bytes + begin, text->bytes + begin + 1, text->len - begin);
    }
    native_net_certinfo_end(text);
}

static unsigned bits_of(struct native_net_der number)
{
    unsigned bits = (unsigned)(number.len * 8);
    uint8_t top = number.len ? number.at[0] : 0;
    for (; bits > 0 && top && !(top & 0x80); top = (uint8_t)(top << 1))
        bits--;
    return bits;
}

/* SubjectPublicKeyInfo (RFC 5280, 4.1): its algorithm; of RSA keys (RFC 8017, A.1.1) also the
 * numbers, in `modulus` and `exponent`. */
static void put_key_algorithm(struct native_net_certinfo_text *text, struct native_net_der key,
                              struct native_net_der *modulus, struct native_net_der *exponent)
{
    static const uint8_t rsa[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1};
    struct native_net_der parts;
    struct native_net_der algorithm;
    struct native_net_der oid;
    struct native_net_der bits;
    struct native_net_der numbers;
    modulus->len = exponent->len = 0;
    if (!native_net_der_take(&key, 0x30, &parts) ||
        !native_net_der_take(&parts, 0x30, &algorithm) || !native_net_der_take(&algorithm, 6, &oid))
        return;
    native_net_certinfo_begin(text, "Public Key Algorithm");
    native_net_certinfo_algorithm(text, oid);
    native_net_certinfo_end(text);
    if (oid.len != sizeof(rsa) || memcmp(oid.at, rsa, sizeof(rsa)) != 0 ||
        !native_net_der_take(&parts, 3, &bits) || bits.len < 1)
        return;
    bits.at++; /* the count of unused bits: none */
    bits.len--;
    if (!native_net_der_take(&bits, 0x30, &numbers) || !native_net_der_take(&numbers, 2, modulus) ||
        !native_net_der_take(&numbers, 2, exponent))
        modulus->len = 0;
}

static void put_rsa(struct native_net_certinfo_text *text, struct native_net_der modulus,
                    struct native_net_der exponent)
{
    if (modulus.len == 0)
        return;
    native_net_certinfo_begin(text, "RSA Public Key");
    native_net_certinfo_print(text, "%u", bits_of(without_zeros(modulus)));
    native_net_certinfo_end(text);
    put_number(text, "rsa(n)", modulus);
    put_number(text, "rsa(e)", exponent);
}

/* The signature and its algorithm stand behind what is signed (RFC 5280, 4.1). */
static void find_signature(const mbedtls_x509_crt *crt, struct native_net_der *oid,
                           struct native_net_der *signature)
{
    struct native_net_der whole = der_of(&crt->raw);
    struct native_net_der parts;
    struct native_net_der skipped;
    struct native_net_der algorithm;
    oid->len = signature->len = 0;
    if (!native_net_der_take(&whole, 0x30, &parts) ||
        !native_net_der_take(&parts, 0x30, &skipped) ||
        !native_net_der_take(&parts, 0x30, &algorithm))
        return;
    if (!native_net_der_take(&algorithm, 6, oid))
        oid->len = 0;
    if (!native_net_der_take(&parts, 3, signature) || signature->len < 1) {
        signature->len = 0;
        return;
    }
    signature->at++;
    signature->len--;
}

static void put_pem(struct native_net_certinfo_text *text, struct native_net_der raw)
{
    size_t i;
    native_net_certinfo_begin(text, "Cert");
    native_net_certinfo_print(text, "-----BEGIN CERTIFICATE-----\n");
    for (i = 0; i < raw.len; i += 48) {
        unsigned char line[65];
        size_t len = 0;
        size_t take = raw.len - i < 48 ? raw.len - i : 48;
        if (mbedtls_base64_encode(line, sizeof(line), &len, raw.at + i, take) == 0)
            native_net_certinfo_bytes(text, line, len);
        native_net_certinfo_bytes(text, "\n", 1);
    }
    native_net_certinfo_print(text, "-----END CERTIFICATE-----\n");
    native_net_certinfo_end(text);
}

static void put_extensions(struct native_net_certinfo_text *text, const mbedtls_x509_crt *crt)
{
    struct native_net_der whole = der_of(&crt->v3_ext);
    struct native_net_der list;
    if (native_net_der_take(&whole, 0x30, &list))
        native_net_certinfo_extensions(text, list);
}

static void put_all(struct native_net_certinfo_text *text, const mbedtls_x509_crt *crt)
{
    struct native_net_der oid = {NULL, 0};
    struct native_net_der signature = {NULL, 0};
    struct native_net_der modulus = {NULL, 0};
    struct native_net_der exponent = {NULL, 0};
    find_signature(crt, &oid, &signature);
    put_name(text, "Subject", der_of(&crt->subject_raw));
    put_name(text, "Issuer", der_of(&crt->issuer_raw));
    native_net_certinfo_begin(text, "Version");
    native_net_certinfo_print(text, "%d", crt->version - 1); /* as it is written: v3 is 2 */
    native_net_certinfo_end(text);
    native_net_certinfo_begin(text, "Serial Number");
    native_net_certinfo_hex(text, "0123456789abcdef", "", without_zeros(der_of(&crt->serial)));
    native_net_certinfo_end(text);
    native_net_certinfo_begin(text, "Signature Algorithm");
    native_net_certinfo_algorithm(text, oid);
    native_net_certinfo_end(text);
    put_key_algorithm(text, der_of(&crt->pk_raw), &modulus, &exponent);
    put_extensions(text, crt);
    put_date(text, "Start date", &crt->valid_from);
    put_date(text, "Expire date", &crt->valid_to);
    put_rsa(text, modulus, exponent);
    native_net_certinfo_begin(text, "Signature");
    native_net_certinfo_hex(text, "0123456789abcdef", ":", signature);
    native_net_certinfo_end(text);
    put_pem(text, der_of(&crt->raw));
}

/* ---- the result: one block ---- */

static struct native_net_certinfo *build(const struct native_net_certinfo_text *text)
{
    size_t heads =
        sizeof(struct native_net_certinfo) + text->count * sizeof(struct native_net_certinfo_field);
    struct native_net_certinfo *info = malloc(heads + text->len);
    char *texts;
    size_t i;
    if (!info)
        return NULL;
    texts = (char *)info + heads;
    memcpy(texts, text->bytes, text->len);
    info->count = text->count;
    info->fields = (struct native_net_certinfo_field *)(info + 1);
    for (i = 0; i < text->count; i++) {
        info->fields[i].name = texts + text->fields[i].name;
        info->fields[i].value = texts + text->fields[i].value;
        info->fields[i].value_len = text->fields[i].value_len;
    }
    return info;
}

struct native_net_certinfo *native_net_certinfo_new(const void *der, size_t len,
                                                    struct native_net_error *error)
{
    struct native_net_certinfo_text *text = calloc(1, sizeof(*text));
    struct native_net_certinfo *info = NULL;
    mbedtls_x509_crt crt;
    int ret = 0;
    mbedtls_x509_crt_init(&crt);
    if (text)
        ret = mbedtls_x509_crt_parse_der(&crt, der, len);
    if (text && ret == 0) {
        put_all(text, &crt);
        if (!text->failed)
            info = build(text);
    }
    mbedtls_x509_crt_free(&crt);
    if (text)
        free(text->bytes);
    free(text);
    if (ret != 0 && ret != MBEDTLS_ERR_X509_ALLOC_FAILED)
        (void)native_net_mbedtls_config_error(error, ret, "certificate", "cannot be read");
    else if (!info)
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
    return info;
}

void native_net_certinfo_free(struct native_net_certinfo *info)
{
    free(info);
}
