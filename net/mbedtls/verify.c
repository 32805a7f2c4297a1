/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* verify.c - looking at the peer's certificates. */
#include <stdio.h>
#include <string.h>

#include "../tls_session.h"
#include "parts.h"

enum { SAN_DNS = 0x82, SAN_ADDRESS = 0x87 }; /* RFC 5280, 4.2.1.6: context tags 2 and 7 */

static void note_names(struct native_net_tls_verdict *verdict, const mbedtls_x509_crt *crt)
{
    const mbedtls_x509_sequence *san;
    verdict->names[0] = '\0';
    for (san = &crt->subject_alt_names; san; san = san->next)
        if (san->buf.tag == SAN_DNS)
            native_net_tls_verdict_add_name(verdict, san->buf.p, san->buf.len);
        else if (san->buf.tag == SAN_ADDRESS)
            native_net_tls_verdict_add_address(verdict, san->buf.p, san->buf.len);
    if (verdict->names[0] == '\0' &&
        mbedtls_x509_dn_gets(verdict->names, sizeof(verdict->names), &crt->subject) <= 0)
        memcpy(verdict->names, "another name", sizeof("another name"));
    if (mbedtls_x509_dn_gets(verdict->issuer, sizeof(verdict->issuer), &crt->issuer) <= 0)
        memcpy(verdict->issuer, "with a long name", sizeof("with a long name"));
}

/* The library before 3.5 knows nothing of addresses in certificates, and a CN is never one. */
static bool has_address(const mbedtls_x509_crt *crt, const unsigned char *address, size_t len)
{
    const mbedtls_x509_sequence *san;
    for (san = &crt->subject_alt_names; san; san = san->next)
        if (san->buf.tag == SAN_ADDRESS && san->buf.len == len &&
            memcmp(san->buf.p, address, len) == 0)
            return true;
    return false;
}

static void note_time(char *out, size_t out_len, const mbedtls_x509_time *at)
{
    (void)snprintf(out, out_len, "%04d-%02d-%02d %02d:%02d:%02d", at->year, at->mon, at->day,
                   at->hour, at->min, at->sec);
}

static unsigned faults_of(uint32_t flags)
{
    const uint32_t known = MBEDTLS_X509_BADCERT_NOT_TRUSTED | MBEDTLS_X509_BADCERT_REVOKED |
                           MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE |
                           MBEDTLS_X509_BADCERT_CN_MISMATCH;
    return (flags & MBEDTLS_X509_BADCERT_NOT_TRUSTED ? NATIVE_NET_FAULT_UNTRUSTED : 0U) |
           (flags & MBEDTLS_X509_BADCERT_REVOKED ? NATIVE_NET_FAULT_REVOKED : 0U) |
           (flags & MBEDTLS_X509_BADCERT_EXPIRED ? NATIVE_NET_FAULT_EXPIRED : 0U) |
           (flags & MBEDTLS_X509_BADCERT_FUTURE ? NATIVE_NET_FAULT_NOT_YET_VALID : 0U) |
           (flags & MBEDTLS_X509_BADCERT_CN_MISMATCH ? NATIVE_NET_FAULT_HOST : 0U) |
           (flags & ~known ? NATIVE_NET_FAULT_OTHER : 0U);
}

static bool is_own_issuer(const mbedtls_x509_crt *crt)
{
    return crt->issuer_raw.len == crt->subject_raw.len &&
           memcmp(crt->issuer_raw.p, crt->subject_raw.p, crt->issuer_raw.len) == 0;
}

/* A session must not outlive the first certificate of the chain that ends. */
static void note_until(struct native_net_tls *tls, const mbedtls_x509_crt *crt)
{
    const mbedtls_x509_time *to = &crt->valid_to;
    int64_t until = native_net_tls_seconds(to->year, to->mon, to->day, to->hour, to->min, to->sec);
    if (tls->peer_valid_until == 0 || until < tls->peer_valid_until)
        tls->peer_valid_until = until;
}

static void note_leaf(struct native_net_tls *tls, const mbedtls_x509_crt *crt)
{
    note_names(&tls->verdict, crt);
    tls->verdict.self_signed = is_own_issuer(crt);
}

int native_net_mbedtls_on_certificate(void *ctx, mbedtls_x509_crt *crt, int depth, uint32_t *flags)
{
    struct native_net_tls *tls = ctx;
    note_until(tls, crt);
    if (depth == 0) {
        note_leaf(tls, crt);
        if (tls->address_len && !has_address(crt, tls->address, tls->address_len))
            *flags |= MBEDTLS_X509_BADCERT_CN_MISMATCH;
    }
    if (!tls->config->verify_host)
        *flags &= ~(uint32_t)MBEDTLS_X509_BADCERT_CN_MISMATCH;
    if (!tls->config->verify_peer)
        *flags &= MBEDTLS_X509_BADCERT_CN_MISMATCH;
    if (*flags & MBEDTLS_X509_BADCERT_NOT_TRUSTED)
        tls->verdict.root_untrusted = is_own_issuer(crt);
    if (*flags & MBEDTLS_X509_BADCERT_EXPIRED)
        note_time(tls->verdict.expired_on, sizeof(tls->verdict.expired_on), &crt->valid_to);
    if (*flags & MBEDTLS_X509_BADCERT_FUTURE)
        note_time(tls->verdict.valid_from, sizeof(tls->verdict.valid_from), &crt->valid_from);
    tls->verdict.faults |= faults_of(*flags);
    return 0;
}

void native_net_mbedtls_note_unverified(struct native_net_tls *tls)
{
    const mbedtls_x509_crt *leaf = mbedtls_ssl_get_peer_cert(&tls->ssl);
    if (!leaf || tls->config->verify_peer)
        return;
    if (tls->peer_valid_until == 0)
        note_until(tls, leaf);
    if (tls->verify_code == NATIVE_NET_VERIFY_OK && is_own_issuer(leaf))
        tls->verify_code = NATIVE_NET_VERIFY_SELF_SIGNED;
}
