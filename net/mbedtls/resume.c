/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* resume.c - saved sessions. */
#include <string.h>
#include <time.h>

#include "../tls_roots.h"
#include "../tls_session.h"
#include "parts.h"

static void session_info(struct native_net_tls *tls, int64_t valid_until,
                         struct native_net_tls_session_info *info)
{
    const struct native_net_tls_config *config = tls->config;
    uint8_t trust[32] = {0};
    uint8_t flags[4];
    struct native_net_tls_piece pieces[4];
    if (config->trust)
        native_net_trust_id(config->trust, trust);
    flags[0] = (uint8_t)((config->verify_peer ? 1 : 0) | (config->verify_host ? 2 : 0));
    memcpy(flags + 1, config->versions, 2);
    flags[3] = config->has_cert ? 1 : 0;
    pieces[0].bytes = trust;
    pieces[0].len = sizeof(trust);
    pieces[1].bytes = flags;
    pieces[1].len = sizeof(flags);
    pieces[2].bytes = config->has_cert ? config->cert.raw.p : flags;
    pieces[2].len = config->has_cert ? config->cert.raw.len : 0;
    pieces[3].bytes = config->alpn ? config->alpn[0] : (const char *)flags;
    pieces[3].len = config->alpn_len;
    native_net_tls_sha256(pieces, 4, info->settings);
    info->library = mbedtls_version_get_number();
    info->valid_until = valid_until;
    info->host = tls->host;
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
#if NATIVE_NET_MBEDTLS_HAS_13
    if (mbedtls_ssl_get_version_number(&tls->ssl) == MBEDTLS_SSL_VERSION_TLS1_3 && !tls->has_ticket)
        return NATIVE_NET_AGAIN;
#endif
    session_info(tls, tls->peer_valid_until, &info);
    head = native_net_tls_session_pack(&info, out, out_len);
    mbedtls_ssl_session_init(&session);
    ret = head ? mbedtls_ssl_get_session(&tls->ssl, &session) : MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL;
    if (ret == 0)
        ret = mbedtls_ssl_session_save(&session, (unsigned char *)out + head, out_len - head, len);
    mbedtls_ssl_session_free(&session);
    *len = ret == 0 ? *len + head : 0;
    if (ret == 0)
        return NATIVE_NET_OK;
    (void)native_net_mbedtls_config_error(error, ret, "TLS session", "cannot be saved");
    return NATIVE_NET_ERROR;
}

enum native_net_status native_net_tls_session_load(struct native_net_tls *tls, const void *bytes,
                                                   size_t len, struct native_net_error *error)
{
    struct native_net_tls_session_info info;
    mbedtls_ssl_session session;
    size_t head;
    int ret;
    session_info(tls, (int64_t)time(NULL), &info);
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
        tls->peer_valid_until = native_net_tls_session_until(bytes);
        return NATIVE_NET_OK;
    }
    (void)native_net_mbedtls_config_error(error, ret, "TLS session", "cannot be used");
    return NATIVE_NET_ERROR;
}
