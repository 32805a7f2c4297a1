/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* tls_verdict.c - faults of a certificate as an error. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tls_verdict.h"

#include <arpa/inet.h>
#include <string.h>

void native_net_tls_verdict_add_name(struct native_net_tls_verdict *verdict, const void *name,
                                     size_t name_len)
{
    const char *from = name;
    size_t at = strlen(verdict->names);
    size_t i;
    if (at + name_len + 3 > sizeof(verdict->names))
        return;
    if (at > 0) {
        verdict->names[at++] = ',';
        verdict->names[at++] = ' ';
    }
    /* It came from outside: no control characters in messages. */
    for (i = 0; i < name_len; i++)
        verdict->names[at++] = (char)(from[i] > ' ' && from[i] < 127 ? from[i] : '?');
    verdict->names[at] = '\0';
}

void native_net_tls_verdict_add_address(struct native_net_tls_verdict *verdict, const void *address,
                                        size_t address_len)
{
    char text[INET6_ADDRSTRLEN];
    if ((address_len == 4 || address_len == 16) &&
        inet_ntop(address_len == 4 ? AF_INET : AF_INET6, address, text, sizeof(text)))
        native_net_tls_verdict_add_name(verdict, text, strlen(text));
}

static void untrusted(const struct native_net_tls_verdict *verdict, const char *host,
                      struct native_net_error *error)
{
    if (verdict->self_signed)
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CERT_SELF_SIGNED,
                             "certificate of %s is self-signed and not among the trusted ones",
                             host);
    else
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CERT_UNKNOWN_ISSUER,
                             "certificate of %s comes from an issuer that is not trusted (%s)",
                             host, verdict->issuer);
}

int native_net_tls_verdict_code(const struct native_net_tls_verdict *verdict)
{
    unsigned faults = verdict->faults;
    if (faults & NATIVE_NET_FAULT_UNTRUSTED)
        return verdict->self_signed      ? NATIVE_NET_VERIFY_SELF_SIGNED
               : verdict->root_untrusted ? NATIVE_NET_VERIFY_SELF_SIGNED_IN_CHAIN
                                         : NATIVE_NET_VERIFY_NO_ISSUER;
    if (faults & NATIVE_NET_FAULT_REVOKED)
        return NATIVE_NET_VERIFY_REVOKED;
    if (faults & NATIVE_NET_FAULT_EXPIRED)
        return NATIVE_NET_VERIFY_EXPIRED;
    if (faults & NATIVE_NET_FAULT_NOT_YET_VALID)
        return NATIVE_NET_VERIFY_NOT_YET_VALID;
    if (faults & NATIVE_NET_FAULT_HOST)
        return NATIVE_NET_VERIFY_HOST;
    return faults ? NATIVE_NET_VERIFY_OTHER : NATIVE_NET_VERIFY_OK;
}

void native_net_tls_verdict_error(const struct native_net_tls_verdict *verdict, const char *host,
                                  int tls_code, struct native_net_error *error)
{
    unsigned faults = verdict->faults;
    if (faults & NATIVE_NET_FAULT_UNTRUSTED)
        untrusted(verdict, host, error);
    else if (faults & NATIVE_NET_FAULT_REVOKED)
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CERT_REVOKED,
                             "certificate of %s has been revoked", host);
    else if (faults & NATIVE_NET_FAULT_EXPIRED)
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CERT_EXPIRED,
                             "certificate of %s expired on %s UTC", host, verdict->expired_on);
    else if (faults & NATIVE_NET_FAULT_NOT_YET_VALID)
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CERT_NOT_YET_VALID,
                             "certificate of %s is not valid before %s UTC", host,
                             verdict->valid_from);
    else if (faults & NATIVE_NET_FAULT_HOST)
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CERT_HOST,
                             "certificate is for %s, not for %s", verdict->names, host);
    else
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CERT_OTHER,
                             "certificate of %s cannot be accepted (weak key or signature, or not "
                             "meant for a server)",
                             host);
    if (error) {
        error->tls_code = tls_code;
        error->verify_code = native_net_tls_verdict_code(verdict);
    }
}
