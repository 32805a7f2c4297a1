/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/error_proxy.c - what libcurl says of proxies: SOCKS and CONNECT. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "error_parts.h"

#include <errno.h>

static bool is_socks(const struct native_ext_curl_failure *f)
{
    return f->error->part == NATIVE_HTTP_PART_SOCKS ||
           f->error->part == NATIVE_HTTP_PART_SOCKS_ASKING;
}

/* A proxy's "no": SOCKS 4 counts from 90, SOCKS 5 from 0. */
static int refused(int code, bool of_four)
{
    static const int five[] = {CURLPX_REPLY_UNASSIGNED,
                               CURLPX_REPLY_GENERAL_SERVER_FAILURE,
                               CURLPX_REPLY_NOT_ALLOWED,
                               CURLPX_REPLY_NETWORK_UNREACHABLE,
                               CURLPX_REPLY_HOST_UNREACHABLE,
                               CURLPX_REPLY_CONNECTION_REFUSED,
                               CURLPX_REPLY_TTL_EXPIRED,
                               CURLPX_REPLY_COMMAND_NOT_SUPPORTED,
                               CURLPX_REPLY_ADDRESS_TYPE_NOT_SUPPORTED};
    static const int four[] = {CURLPX_REQUEST_FAILED, CURLPX_IDENTD, CURLPX_IDENTD_DIFFER};

    if (code > 90 && code <= 93)
        return four[code - 91];
    if (of_four)
        return CURLPX_UNKNOWN_FAIL;
    return code < (int)(sizeof(five) / sizeof(five[0])) ? five[code] : CURLPX_REPLY_UNASSIGNED;
}

static bool is_long(const zend_string *text)
{
    return text && ZSTR_LEN(text) > 255;
}

int native_ext_curl_socks_error(const struct native_ext_curl_failure *f)
{
    static const int answers[] = {
        [NATIVE_HTTP_SOCKS_BAD_VERSION] = CURLPX_BAD_VERSION,
        [NATIVE_HTTP_SOCKS_NO_METHOD] = CURLPX_NO_AUTH,
        [NATIVE_HTTP_SOCKS_BAD_METHOD] = CURLPX_UNKNOWN_MODE,
        [NATIVE_HTTP_SOCKS_USER_REFUSED] = CURLPX_USER_REJECTED,
        [NATIVE_HTTP_SOCKS_BAD_ADDRESS_TYPE] = CURLPX_BAD_ADDRESS_TYPE,
        [NATIVE_HTTP_SOCKS_BAD_REPLY_VERSION] = CURLPX_BAD_VERSION,
    };
    const struct native_http_error *e = f->error;

    if (!is_socks(f))
        return CURLPX_OK;
    if (e->kind == NATIVE_HTTP_ERROR_RESOLVE)
        return CURLPX_RESOLVE_HOST;
    if (e->part == NATIVE_HTTP_PART_SOCKS_ASKING)
        return CURLPX_SEND_CONNECT;
    if (e->fault != NATIVE_HTTP_FAULT_NONE)
        return is_long(f->easy->set.proxy_user)       ? CURLPX_LONG_USER
               : is_long(f->easy->set.proxy_password) ? CURLPX_LONG_PASSWD
                                                      : CURLPX_LONG_HOSTNAME;
    if (e->socks == NATIVE_HTTP_SOCKS_REFUSED)
        return refused(e->code, f->info->bound.len > 0);
    if (e->socks != NATIVE_HTTP_SOCKS_NO_FAILURE)
        return answers[e->socks];
    return e->net.kind == NATIVE_NET_ERROR_NONE ? CURLPX_CLOSED : CURLPX_RECV_CONNECT;
}

/* Texts that need no number and no host. */
static const struct {
    int proxy_error;
    const char *five, *four; /* four NULL: the same */
} socks_texts[] = {
    {CURLPX_BAD_ADDRESS_TYPE, "SOCKS5 reply has wrong address type.", NULL},
    {CURLPX_BAD_VERSION, "Received invalid version in initial SOCKS5 response.",
     "SOCKS4 reply has wrong version, version should be 0."},
    {CURLPX_CLOSED, "connection to proxy closed", NULL},
    {CURLPX_LONG_HOSTNAME,
     "SOCKS5: the destination hostname is too long to be resolved remotely by the proxy.",
     "SOCKS4: too long host name"},
    {CURLPX_LONG_PASSWD, "Excessive password length for proxy auth", NULL},
    {CURLPX_LONG_USER, "Excessive user name length for proxy auth",
     "Too long SOCKS proxy user name, can't use"},
    {CURLPX_NO_AUTH, "No authentication method was acceptable.", NULL},
    {CURLPX_RECV_CONNECT,
     "SOCKS4: Failed receiving initial SOCKS5 response: Failure when receiving data from the peer",
     "SOCKS4: Failed receiving connect request ack: Failure when receiving data from the peer"},
    {CURLPX_SEND_CONNECT, "Failed to send initial SOCKS5 request: Failed sending data to the peer",
     "Failed to send SOCKS4 connect request: Failed sending data to the peer"},
    {CURLPX_UNKNOWN_MODE, "Undocumented SOCKS5 mode attempted to be used by server.", NULL},
};

static void say_refused4(const struct native_ext_curl_failure *f)
{
    static const char *const why[] = {"request rejected or failed.",
                                      "request rejected because SOCKS server cannot connect to "
                                      "identd on the client.",
                                      "request rejected because the client program and identd "
                                      "report different user-ids."};
    int code = f->error->code;
    char address[64];

    native_ext_curl_say(f, CURLE_PROXY, "Can't complete SOCKS4 connection to %s:%u. (%d), %s",
                        native_net_address_host(&f->info->bound, address, sizeof(address)),
                        (unsigned)native_net_address_port(&f->info->bound), code,
                        code > 90 && code <= 93 ? why[code - 91] : "Unknown.");
}

static int say_socks(const struct native_ext_curl_failure *f)
{
    int proxy_error = native_ext_curl_socks_error(f);
    const char *text = NULL;
    struct native_ext_curl_way way;
    bool four;

    if (!native_ext_curl_way_find(f, &way))
        return native_ext_curl_say(f, CURLE_PROXY, "%s", "");
    four = way.route.proxy_kind == NATIVE_HTTP_PROXY_SOCKS4 ||
           way.route.proxy_kind == NATIVE_HTTP_PROXY_SOCKS4A;
    for (size_t i = 0; i < sizeof(socks_texts) / sizeof(socks_texts[0]); i++)
        if (socks_texts[i].proxy_error == proxy_error)
            text = four && socks_texts[i].four ? socks_texts[i].four : socks_texts[i].five;
    if (f->error->socks == NATIVE_HTTP_SOCKS_BAD_REPLY_VERSION)
        text = "SOCKS5 reply has wrong version, version should be 5.";
    if (text)
        native_ext_curl_say(f, CURLE_PROXY, "%s", text);
    else if (proxy_error == CURLPX_USER_REJECTED)
        native_ext_curl_say(f, CURLE_PROXY, "User was rejected by the SOCKS5 server (1 %d).",
                            f->error->code);
    else if (four)
        say_refused4(f);
    else
        native_ext_curl_say(f, CURLE_PROXY, "Can't complete SOCKS5 connection to %.*s. (%d)",
                            (int)way.route.target_host.len, way.route.target_host.at,
                            f->error->code);
    native_ext_curl_way_leave(&way);
    return CURLE_PROXY;
}

int native_ext_curl_say_proxy(const struct native_ext_curl_failure *f)
{
    const struct native_http_error *e = f->error;
    struct native_http_span proxy = f->easy->options.proxy;

    if (is_socks(f))
        return say_socks(f);
    if (e->phase < NATIVE_HTTP_PHASE_NAME) /* its URL */
        return native_ext_curl_say(f, CURLE_COULDNT_RESOLVE_PROXY,
                                   "Unsupported proxy syntax in '%.*s'", (int)proxy.len,
                                   proxy.at ? proxy.at : "");
    if (e->code > 0)
        return native_ext_curl_say(f, CURLE_RECV_ERROR, "CONNECT tunnel failed, response %d",
                                   e->code);
    if (e->fault == NATIVE_HTTP_FAULT_NO_HEAD) /* nor HTTP at all */
        return native_ext_curl_say(f, CURLE_RECV_ERROR, "CONNECT tunnel failed, response 0");
    if (e->fault != NATIVE_HTTP_FAULT_NONE)
        return native_ext_curl_say_fault(f);
    if (e->net.os_errno == EPIPE)
        return native_ext_curl_say(f, CURLE_SEND_ERROR, "Failed sending CONNECT to proxy");
    return native_ext_curl_say(f, CURLE_RECV_ERROR, "Proxy CONNECT aborted");
}
