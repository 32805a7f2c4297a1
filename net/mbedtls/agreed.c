/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* agreed.c - what a handshake has agreed. */
#include "parts.h"

const char *native_net_tls_get_version(const struct native_net_tls *tls)
{
    return tls->done ? mbedtls_ssl_get_version(&tls->ssl) : NULL;
}

const char *native_net_tls_get_cipher(const struct native_net_tls *tls)
{
    return tls->done ? mbedtls_ssl_get_ciphersuite(&tls->ssl) : NULL;
}

const char *native_net_tls_get_alpn(const struct native_net_tls *tls)
{
    return mbedtls_ssl_get_alpn_protocol(&tls->ssl);
}

bool native_net_tls_was_resumed(const struct native_net_tls *tls)
{
    return tls->done && !tls->saw_certificate;
}

size_t native_net_tls_get_chain(const struct native_net_tls *tls, size_t index, const void **der)
{
    const mbedtls_x509_crt *crt = tls->done ? mbedtls_ssl_get_peer_cert(&tls->ssl) : NULL;
    while (crt && index-- > 0)
        crt = crt->next;
    *der = crt ? crt->raw.p : NULL;
    return crt ? crt->raw.len : 0;
}

size_t native_net_tls_get_peer_certificate(const struct native_net_tls *tls, const void **der)
{
    return native_net_tls_get_chain(tls, 0, der);
}

int native_net_tls_get_verify_code(const struct native_net_tls *tls)
{
    return tls->verify_code;
}

bool native_net_tls_take_ticket(struct native_net_tls *tls)
{
    bool is_new = tls->new_ticket;
    tls->new_ticket = false;
    return is_new;
}
