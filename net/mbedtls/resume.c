/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* resume.c - saved sessions. */
#include <string.h>
#include <time.h>

#include "../tls_session.h"
#include "../tls_store.h"
#include "parts.h"

static void session_info(const struct native_net_tls *tls, struct native_net_tls_session_info *info)
{
    memset(info, 0, sizeof(*info));
    memcpy(info->settings, tls->config->id, sizeof(info->settings));
    info->library = mbedtls_version_get_number();
    info->host = tls->host;
}

static bool is_13(const struct native_net_tls *tls)
{
#if NATIVE_NET_MBEDTLS_HAS_13
    return mbedtls_ssl_get_version_number(&tls->ssl) == MBEDTLS_SSL_VERSION_TLS1_3;
#else
    (void)tls;
    return false;
#endif
}

/* The ticket's own lifetime, as far as we let it; a server that says nothing gets all of that. A
 * session of TLS 1.2 that was resumed goes on under the ticket it had. */
static int64_t use_until(const struct native_net_tls *tls, const mbedtls_ssl_session *session)
{
    int64_t lifetime = 0;
    int64_t until;
#if defined(MBEDTLS_SSL_SESSION_TICKETS)
    lifetime = (int64_t)session->MBEDTLS_PRIVATE(ticket_lifetime);
#else
    (void)session;
#endif
    if (lifetime == 0 || lifetime > NATIVE_NET_TLS_STORE_TTL_MAX_S)
        lifetime = NATIVE_NET_TLS_STORE_TTL_MAX_S;
    until = (int64_t)time(NULL) + lifetime;
    return !is_13(tls) && native_net_tls_was_resumed(tls) && tls->offered_until != 0 &&
                   tls->offered_until < until
               ? tls->offered_until
               : until;
}

enum native_net_status native_net_tls_session_save(struct native_net_tls *tls, void *out,
                                                   size_t out_len, size_t *len,
                                                   struct native_net_error *error)
{
    struct native_net_tls_session_info info;
    mbedtls_ssl_session session;
    size_t head;
    int ret;
    *len = 0;
    if (tls->dead || !tls->done)
        return native_net_mbedtls_refuse_dead(error);
    if (is_13(tls) && !tls->has_ticket)
        return NATIVE_NET_AGAIN;
    session_info(tls, &info);
    mbedtls_ssl_session_init(&session);
    ret = mbedtls_ssl_get_session(&tls->ssl, &session);
    info.valid_until = tls->peer_valid_until;
    info.use_until = use_until(tls, &session);
    info.once = is_13(tls);
    head = native_net_tls_session_pack(&info, out, out_len);
    if (ret == 0 && head == 0)
        ret = MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL;
    if (ret == 0)
        ret = mbedtls_ssl_session_save(&session, (unsigned char *)out + head, out_len - head, len);
    mbedtls_ssl_session_free(&session);
    *len = ret == 0 ? *len + head : 0;
    if (ret != 0) {
        (void)native_net_mbedtls_config_error(error, ret, "TLS session", "cannot be saved");
        return NATIVE_NET_ERROR;
    }
    native_net_tls_session_seal(out, *len);
    return NATIVE_NET_OK;
}

enum native_net_status native_net_tls_session_load(struct native_net_tls *tls, const void *bytes,
                                                   size_t len, struct native_net_error *error)
{
    struct native_net_tls_session_info info;
    mbedtls_ssl_session session;
    size_t head;
    int ret;
    session_info(tls, &info);
    info.valid_until = (int64_t)time(NULL);
    head = native_net_tls_session_check(&info, bytes, len, error);
    if (head == 0)
        return NATIVE_NET_ERROR;
    mbedtls_ssl_session_init(&session);
    ret = mbedtls_ssl_session_load(&session, (const unsigned char *)bytes + head, len - head);
    if (ret == 0)
        ret = mbedtls_ssl_set_session(&tls->ssl, &session);
    mbedtls_ssl_session_free(&session);
    if (ret == 0) {
        /* Kept across resumption: a session saved again still ends with the certificate. */
        tls->offered_valid_until = native_net_tls_session_until(bytes);
        tls->offered_until = native_net_tls_session_use_until(bytes);
        return NATIVE_NET_OK;
    }
    (void)native_net_mbedtls_config_error(error, ret, "TLS session", "cannot be used");
    return NATIVE_NET_ERROR;
}
