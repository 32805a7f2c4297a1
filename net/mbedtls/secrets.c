/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* secrets.c - the secrets of sessions, for the key log (SSLKEYLOGFILE). */
#include "../keylog.h"
#include "parts.h"

#if !NATIVE_NET_MBEDTLS_3 && defined(MBEDTLS_SSL_EXPORT_KEYS)
static int on_keys(void *unused, const unsigned char *master, const unsigned char *block,
                   size_t mac_len, size_t key_len, size_t iv_len, const unsigned char client[32],
                   const unsigned char server[32], mbedtls_tls_prf_types prf)
{
    (void)unused, (void)block, (void)mac_len, (void)key_len, (void)iv_len, (void)server, (void)prf;
    native_net_keylog_write("CLIENT_RANDOM", client, master, 48);
    return 0;
}
#elif NATIVE_NET_MBEDTLS_3
static void on_keys(void *unused, mbedtls_ssl_key_export_type type, const unsigned char *secret,
                    size_t secret_len, const unsigned char client[32],
                    const unsigned char server[32], mbedtls_tls_prf_types prf)
{
    const char *label = type == MBEDTLS_SSL_KEY_EXPORT_TLS12_MASTER_SECRET ? "CLIENT_RANDOM" : NULL;
    (void)unused, (void)server, (void)prf;
#if NATIVE_NET_MBEDTLS_HAS_13
    if (type == MBEDTLS_SSL_KEY_EXPORT_TLS1_3_CLIENT_HANDSHAKE_TRAFFIC_SECRET)
        label = "CLIENT_HANDSHAKE_TRAFFIC_SECRET";
    else if (type == MBEDTLS_SSL_KEY_EXPORT_TLS1_3_SERVER_HANDSHAKE_TRAFFIC_SECRET)
        label = "SERVER_HANDSHAKE_TRAFFIC_SECRET";
    else if (type == MBEDTLS_SSL_KEY_EXPORT_TLS1_3_CLIENT_APPLICATION_TRAFFIC_SECRET)
        label = "CLIENT_TRAFFIC_SECRET_0";
    else if (type == MBEDTLS_SSL_KEY_EXPORT_TLS1_3_SERVER_APPLICATION_TRAFFIC_SECRET)
        label = "SERVER_TRAFFIC_SECRET_0";
#endif
    if (label)
        native_net_keylog_write(label, client, secret, secret_len);
}
#endif

void native_net_mbedtls_log_config(mbedtls_ssl_config *config)
{
#if !NATIVE_NET_MBEDTLS_3 && defined(MBEDTLS_SSL_EXPORT_KEYS)
    if (native_net_keylog_wanted())
        mbedtls_ssl_conf_export_keys_ext_cb(config, on_keys, NULL);
#else
    (void)config;
#endif
}

void native_net_mbedtls_log_session(mbedtls_ssl_context *session)
{
#if NATIVE_NET_MBEDTLS_3
    if (native_net_keylog_wanted())
        mbedtls_ssl_set_export_keys_cb(session, on_keys, NULL);
#else
    (void)session;
#endif
}
