/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* session.c - one TLS session: its transport, its beginning, its failures. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <limits.h>
#include <mbedtls/error.h>
#include <mbedtls/net_sockets.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../address.h"
#include "../tls_alert.h"
#include "parts.h"

bool native_net_mbedtls_is_gone(int os_errno)
{
    return os_errno == ECONNRESET || os_errno == EPIPE;
}

static int io_read(void *ctx, unsigned char *out, size_t len)
{
    struct native_net_tls *tls = ctx;
    ptrdiff_t n = tls->io.read(tls->io.ctx, out, len > INT_MAX ? INT_MAX : len);
    if (n > 0)
        return (int)n;
    tls->eof = n == 0;
    if (n == NATIVE_NET_IO_ERROR)
        tls->io_errno = errno;
    return n == 0                     ? 0
           : n == NATIVE_NET_IO_AGAIN ? MBEDTLS_ERR_SSL_WANT_READ
                                      : MBEDTLS_ERR_NET_RECV_FAILED;
}

static int io_write(void *ctx, const unsigned char *bytes, size_t len)
{
    struct native_net_tls *tls = ctx;
    ptrdiff_t n;
    len = len > INT_MAX ? INT_MAX : len;
    if (tls->gone)
        return (int)len;
    n = tls->io.write(tls->io.ctx, bytes, len);
    if (n > 0)
        return (int)n;
    if (n == NATIVE_NET_IO_ERROR) {
        tls->io_errno = errno;
        /* A peer that refuses us sends an alert and closes. In the handshake, and where the library
         * answers to what it reads, go on reading: the alert says more than "broken pipe". */
        tls->gone = (!tls->done || tls->reading) && native_net_mbedtls_is_gone(errno);
        if (tls->gone)
            return (int)len;
    }
    return n == NATIVE_NET_IO_ERROR ? MBEDTLS_ERR_NET_SEND_FAILED : MBEDTLS_ERR_SSL_WANT_WRITE;
}

/* Remember the name without its trailing dot, or the address. */
static bool use_host(struct native_net_tls *tls, const char *host, struct native_net_error *error)
{
    struct native_net_address address;
    size_t len = strlen(host);
    if (len > 0 && host[len - 1] == '.')
        len--;
    if (len == 0 || len >= sizeof(tls->host)) {
        native_net_error_set(error, NATIVE_NET_ERROR_BAD_ARGUMENT,
                             "server name for TLS has %zu bytes, not 1 to 255", len);
        return false;
    }
    memcpy(tls->host, host, len);
    if (!native_net_address_parse(tls->host, &address))
        return true;
    tls->address_len = address.at.any.sa_family == AF_INET6 ? 16 : 4;
    memcpy(tls->address,
           tls->address_len == 16 ? (const void *)&address.at.v6.sin6_addr
                                  : (const void *)&address.at.v4.sin_addr,
           tls->address_len);
    return true;
}

static bool set_up(struct native_net_tls *tls, struct native_net_error *error)
{
    int ret = mbedtls_ssl_setup(&tls->ssl, &tls->config->ssl);
    /* An address is never sent as SNI (RFC 6066, 3), and checked by us. */
    if (ret == 0)
        ret = mbedtls_ssl_set_hostname(&tls->ssl, tls->address_len ? NULL : tls->host);
    if (ret != 0) {
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY,
                             "cannot set up a TLS session for %s (code -0x%04x)", tls->host,
                             (unsigned)-ret);
        return false;
    }
    mbedtls_ssl_set_verify(&tls->ssl, native_net_mbedtls_on_certificate, tls);
    mbedtls_ssl_set_bio(&tls->ssl, tls, io_write, io_read, NULL);
    native_net_mbedtls_log_session(&tls->ssl);
    return true;
}

struct native_net_tls *native_net_tls_new(struct native_net_tls_config *config, const char *host,
                                          const struct native_net_tls_io *io,
                                          struct native_net_error *error)
{
    struct native_net_tls *tls;
    if (!native_net_mbedtls_ready()) {
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG,
                             "the TLS library cannot be seeded with random numbers");
        return NULL;
    }
    tls = calloc(1, sizeof(*tls));
    if (!tls) {
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
        return NULL;
    }
    tls->config = native_net_tls_config_ref(config);
    tls->io = *io;
    tls->owner_pid = getpid();
    tls->wants = NATIVE_NET_READ;
    mbedtls_ssl_init(&tls->ssl);
    if (use_host(tls, host, error) && set_up(tls, error))
        return tls;
    native_net_tls_free(tls);
    return NULL;
}

/* Before 3.6.6 the keys of a parent's sessions are gone in a child: see psa_enter_process(). */
static bool is_ours(const struct native_net_tls *tls)
{
#if NATIVE_NET_MBEDTLS_3 && MBEDTLS_VERSION_NUMBER < 0x03060600
    return tls->owner_pid == getpid();
#else
    (void)tls;
    return true;
#endif
}

void native_net_tls_free(struct native_net_tls *tls)
{
    if (!tls)
        return;
    if (is_ours(tls))
        mbedtls_ssl_free(&tls->ssl);
    native_net_tls_config_unref(tls->config);
    free(tls);
}

/* Turn what the library returned into a status; everything but "later" is the end of the session.
 */
enum native_net_status native_net_mbedtls_fail(struct native_net_tls *tls, int ret,
                                               const char *doing, struct native_net_error *error)
{
    char text[100] = "";
    enum native_net_error_kind kind =
        tls->done ? NATIVE_NET_ERROR_IO : NATIVE_NET_ERROR_TLS_HANDSHAKE;
    if (ret == MBEDTLS_ERR_SSL_WANT_READ || ret == MBEDTLS_ERR_SSL_WANT_WRITE) {
        tls->wants = ret == MBEDTLS_ERR_SSL_WANT_READ ? NATIVE_NET_READ : NATIVE_NET_WRITE;
        return NATIVE_NET_AGAIN;
    }
    tls->dead = true;
    if (ret == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE)
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_HANDSHAKE,
                             "%s %s: the peer sent the alert %s", doing, tls->host,
                             native_net_tls_alert_text(tls->ssl.MBEDTLS_PRIVATE(in_msg)[1]));
    else if (tls->io_errno &&
             (tls->eof || ret == MBEDTLS_ERR_NET_RECV_FAILED || ret == MBEDTLS_ERR_NET_SEND_FAILED))
        native_net_error_set_errno(
            error,
            tls->done && native_net_mbedtls_is_gone(tls->io_errno) ? NATIVE_NET_ERROR_CLOSED : kind,
            tls->io_errno, "%s %s", doing, tls->host);
    else if (tls->eof)
        native_net_error_set(error, tls->done ? NATIVE_NET_ERROR_CLOSED : kind,
                             "%s %s: the peer closed the connection without the end of TLS", doing,
                             tls->host);
    else if (ret == MBEDTLS_ERR_SSL_INVALID_RECORD && !tls->done)
        native_net_error_set(error, kind, "%s %s: what the peer sent is not TLS", doing, tls->host);
    else if (ret == MBEDTLS_ERR_SSL_ALLOC_FAILED)
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "%s %s: out of memory", doing,
                             tls->host);
    else {
        mbedtls_strerror(ret, text, sizeof(text));
        native_net_error_set(error, kind, "%s %s: %s", doing, tls->host, text);
    }
#if !NATIVE_NET_MBEDTLS_3 /* 3.x hides it */
    if (!tls->done && tls->ssl.client_auth && !tls->config->has_cert)
        native_net_error_append(error, "; it asks for a client certificate and none was given");
#endif
    if (error)
        error->tls_code = ret;
    return NATIVE_NET_ERROR;
}

static enum native_net_status handshake_failed(struct native_net_tls *tls, int ret,
                                               struct native_net_error *error)
{
    enum native_net_status status = native_net_mbedtls_fail(tls, ret, "TLS handshake with", error);
    bool verdict =
        ret == MBEDTLS_ERR_X509_CERT_VERIFY_FAILED || ret == MBEDTLS_ERR_SSL_BAD_CERTIFICATE;
    if (status == NATIVE_NET_ERROR && verdict) {
        tls->verify_code = native_net_tls_verdict_code(&tls->verdict);
        native_net_tls_verdict_error(&tls->verdict, tls->host, ret, error);
    }
    return status;
}

/* The library let the handshake pass where we told it not to insist on the whole chain, and knows
 * nothing of pins. Nothing of ours has been sent yet. */
static enum native_net_status finish_handshake(struct native_net_tls *tls,
                                               struct native_net_error *error)
{
    tls->done = true;
    tls->verify_code = native_net_tls_verdict_code(&tls->verdict);
    if (!tls->saw_certificate)
        tls->peer_valid_until = tls->offered_valid_until;
    native_net_mbedtls_note_unverified(tls);
    if (tls->verdict.faults != 0) {
        tls->dead = true;
        native_net_tls_verdict_error(&tls->verdict, tls->host, MBEDTLS_ERR_X509_CERT_VERIFY_FAILED,
                                     error);
        return NATIVE_NET_ERROR;
    }
    /* A session is resumed only under the pins it was made under. */
    if (tls->config->pin_count == 0 || !tls->saw_certificate ||
        native_net_mbedtls_pin_fits(tls->config, mbedtls_ssl_get_peer_cert(&tls->ssl)))
        return NATIVE_NET_OK;
    tls->dead = true;
    native_net_error_set(error, NATIVE_NET_ERROR_TLS_PIN,
                         "the public key of %s is none of the pinned ones", tls->host);
    return NATIVE_NET_ERROR;
}

enum native_net_status native_net_mbedtls_refuse_dead(struct native_net_error *error)
{
    native_net_error_set(error, NATIVE_NET_ERROR_CLOSED, "the TLS session has ended");
    return NATIVE_NET_ERROR;
}

enum native_net_status native_net_tls_handshake(struct native_net_tls *tls,
                                                struct native_net_error *error)
{
    if (tls->dead)
        return native_net_mbedtls_refuse_dead(error);
    if (tls->done)
        return NATIVE_NET_OK;
    while (tls->ssl.MBEDTLS_PRIVATE(state) != MBEDTLS_SSL_HANDSHAKE_OVER) {
        int ret;
        if (tls->ssl.MBEDTLS_PRIVATE(state) == MBEDTLS_SSL_SERVER_CERTIFICATE)
            tls->saw_certificate = true;
        ret = mbedtls_ssl_handshake_step(&tls->ssl);
        if (ret != 0)
            return handshake_failed(tls, ret, error);
    }
    return finish_handshake(tls, error);
}
