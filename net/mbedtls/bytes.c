/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* bytes.c - reading, writing and looking: the bytes of a TLS session. */
#include <limits.h>
#include <mbedtls/net_sockets.h>

#include "parts.h"

static bool is_ticket(struct native_net_tls *tls, int ret)
{
#if NATIVE_NET_MBEDTLS_HAS_13
    if (ret == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET) {
        tls->has_ticket = tls->new_ticket = true;
        return true;
    }
#endif
    (void)tls, (void)ret;
    return false;
}

/* mbedtls_ssl_read(), passing over what is not application data. A peer that sends nothing but
 * tickets gets no more than 16 of them into one call. */
static int read_some(struct native_net_tls *tls, void *out, size_t len)
{
    int tries = 16;
    int ret;
    tls->reading = true;
    do {
        ret = mbedtls_ssl_read(&tls->ssl, out, len);
        if (is_ticket(tls, ret))
            ret = MBEDTLS_ERR_SSL_WANT_READ;
        else if (ret != 0 || tls->eof || mbedtls_ssl_get_bytes_avail(&tls->ssl) > 0)
            break; /* 0 without an end is an empty record */
        else
            ret = MBEDTLS_ERR_SSL_WANT_READ;
    } while (--tries > 0);
    tls->reading = false;
    return ret;
}

enum native_net_status native_net_tls_read(struct native_net_tls *tls, void *out, size_t len,
                                           size_t *got, struct native_net_error *error)
{
    int ret;
    *got = 0;
    if (tls->dead)
        return native_net_mbedtls_refuse_dead(error);
    ret = read_some(tls, out, len > INT_MAX ? INT_MAX : len);
    if (ret > 0) {
        *got = (size_t)ret;
        return NATIVE_NET_OK;
    }
    return ret == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY
               ? NATIVE_NET_CLOSED
               : native_net_mbedtls_fail(tls, ret, "reading from", error);
}

enum native_net_status native_net_tls_peek(struct native_net_tls *tls,
                                           struct native_net_error *error)
{
    unsigned char none;
    int ret;
    if (tls->dead)
        return native_net_mbedtls_refuse_dead(error);
    if (mbedtls_ssl_get_bytes_avail(&tls->ssl) > 0)
        return NATIVE_NET_OK;
    ret = read_some(tls, &none, 0);
    if (ret == 0 && !tls->eof)
        return NATIVE_NET_OK;
    return ret == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY
               ? NATIVE_NET_CLOSED
               : native_net_mbedtls_fail(tls, ret, "reading from", error);
}

static int write_some(struct native_net_tls *tls, const void *bytes, size_t len)
{
    int tries = 16;
    int ret;
    do {
        ret = mbedtls_ssl_write(&tls->ssl, bytes, len);
    } while (is_ticket(tls, ret) && --tries > 0);
    return is_ticket(tls, ret) ? MBEDTLS_ERR_SSL_WANT_READ : ret;
}

/* While something of the library's own (an alert) is still to be sent, mbedtls_ssl_write() sends
 * that and then claims to have written our bytes: let it do so with one byte that does not count.
 */
static bool flush_alert(struct native_net_tls *tls, const void *bytes, int *ret)
{
    *ret = 1;
    if (tls->ssl.MBEDTLS_PRIVATE(out_left) > 0)
        *ret = write_some(tls, bytes, 1);
    return *ret > 0;
}

enum native_net_status native_net_tls_write(struct native_net_tls *tls, const void *bytes,
                                            size_t len, size_t *put, struct native_net_error *error)
{
    unsigned char none;
    enum native_net_status status;
    int ret;
    *put = 0;
    if (tls->dead || tls->mute)
        return native_net_mbedtls_refuse_dead(error);
    if (len == 0 || len < tls->writing) {
        native_net_error_set(error, NATIVE_NET_ERROR_BAD_ARGUMENT,
                             "a TLS write must go on with the %zu bytes it began with, not %zu",
                             tls->writing, len);
        return NATIVE_NET_ERROR;
    }
    /* A record that could not be sent whole is encrypted already: only its length counts now. */
    if (tls->writing)
        len = tls->writing;
    else if (!flush_alert(tls, bytes, &ret))
        return native_net_mbedtls_fail(tls, ret, "writing to", error);
    ret = write_some(tls, bytes, len);
    if (ret > 0) {
        tls->writing = 0;
        *put = (size_t)ret;
        return NATIVE_NET_OK;
    }
    if (ret == MBEDTLS_ERR_SSL_WANT_WRITE)
        tls->writing = len;
    else if (tls->io_errno && read_some(tls, &none, 0) == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE)
        ret =
            MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE; /* TLS 1.3: refused after our handshake was over */
    status = native_net_mbedtls_fail(tls, ret, "writing to", error);
    /* A server that refuses what we send answers, and closes: without TLS its answer could be read, too. */
    tls->mute = ret == MBEDTLS_ERR_NET_SEND_FAILED && native_net_mbedtls_is_gone(tls->io_errno);
    tls->gone |= tls->mute;
    tls->dead &= !tls->mute;
    return status;
}

int native_net_tls_wants(const struct native_net_tls *tls)
{
    return tls->wants;
}

size_t native_net_tls_unsent(const struct native_net_tls *tls)
{
    return tls->writing;
}

size_t native_net_tls_pending(const struct native_net_tls *tls)
{
    return tls->dead ? 0 : mbedtls_ssl_get_bytes_avail(&tls->ssl);
}

enum native_net_status native_net_tls_close(struct native_net_tls *tls,
                                            struct native_net_error *error)
{
    int ret;
    if (tls->dead || !tls->done)
        return native_net_mbedtls_refuse_dead(error);
    ret = mbedtls_ssl_close_notify(&tls->ssl);
    return ret == 0 ? NATIVE_NET_OK : native_net_mbedtls_fail(tls, ret, "closing TLS with", error);
}
