/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/error_connect.c - what libcurl says of URLs, names and connections that were not to be had. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "error_parts.h"

#include <errno.h>

/* ---- names and connecting ---- */

static bool is_address(struct native_http_span host)
{
    struct native_net_address address;
    char text[64];

    if (host.len >= sizeof(text))
        return false;
    memcpy(text, host.at, host.len);
    text[host.len] = '\0';
    return native_net_address_parse(text, &address);
}

int native_ext_curl_say_no_host(const struct native_ext_curl_failure *f)
{
    struct native_ext_curl_way way;
    bool address;

    /* The proxy wants an address from us: there is none, or none that SOCKS 4 has room for. */
    if (f->error->part == NATIVE_HTTP_PART_SOCKS && f->error->net.kind == NATIVE_NET_ERROR_NONE)
        return native_ext_curl_say_host(f, CURLE_PROXY, "SOCKS4 connection to ", " not supported",
                                        true);
    if (f->error->part == NATIVE_HTTP_PART_SOCKS)
        return native_ext_curl_say_host(f, CURLE_PROXY, "Could not resolve host: ", "", true);
    if (!native_ext_curl_way_find(f, &way))
        return native_ext_curl_say(f, CURLE_COULDNT_RESOLVE_HOST, "%s", "");
    address = is_address(way.route.peer_host);
    native_ext_curl_way_leave(&way);
    /* An address of the version of IP that IPRESOLVE does not want. */
    if (address)
        return native_ext_curl_say(f, CURLE_COULDNT_CONNECT, "%s", "");
    return native_ext_curl_say_host(f, CURLE_COULDNT_RESOLVE_HOST, "Could not resolve host: ", "",
                                    false);
}

int native_ext_curl_say_no_proxy(const struct native_ext_curl_failure *f)
{
    return native_ext_curl_say_host(f, CURLE_COULDNT_RESOLVE_PROXY, "Could not resolve proxy: ", "",
                                    false);
}

int native_ext_curl_say_not_bound(const struct native_ext_curl_failure *f)
{
    struct native_http_span name = f->easy->options.interface;
    const zend_string *asked = f->easy->set.interface;
    bool device = asked && strncmp(ZSTR_VAL(asked), "if!", 3) == 0;

    return native_ext_curl_say(f, CURLE_HTTP_PORT_FAILED, "Couldn't bind to %s'%.*s'",
                               device ? "interface " : "", (int)name.len, name.at ? name.at : "");
}

int native_ext_curl_say_where(const struct native_ext_curl_failure *f, int code, const char *why)
{
    struct native_ext_curl_way way;

    if (!native_ext_curl_way_find(f, &way))
        return native_ext_curl_say(f, code, "%s", "");
    native_ext_curl_say(f, code, "Failed to connect to %.*s port %u after %lld ms: %s",
                        (int)way.route.peer_host.len, way.route.peer_host.at,
                        (unsigned)way.route.peer_port, native_ext_curl_hop_ms(f), why);
    native_ext_curl_way_leave(&way);
    return code;
}

int native_ext_curl_say_not_connected(const struct native_ext_curl_failure *f)
{
    const struct native_net_error *net = &f->error->net;
    int code = net->os_errno == ETIMEDOUT ? CURLE_OPERATION_TIMEDOUT : CURLE_COULDNT_CONNECT;
    char text[64];

    if (net->part == NATIVE_NET_PART_BIND) {
        snprintf(text, sizeof(text), "bind failed with errno %d", net->os_errno);
        return native_ext_curl_say_system(f, CURLE_HTTP_PORT_FAILED, net->os_errno, text);
    }
    return native_ext_curl_say_where(f, code, "Couldn't connect to server");
}

/* ---- URLs ---- */

/* What libcurl says of a redirect's target. */
static const struct {
    enum native_http_fault_reason fault;
    int code;
    const char *text;
} targets[] = {
    {NATIVE_HTTP_FAULT_URL_PORT, CURLE_URL_MALFORMAT,
     "Port number was not a decimal number between 0 and 65535"},
    {NATIVE_HTTP_FAULT_URL_HOST, CURLE_URL_MALFORMAT, "Bad hostname"},
    {NATIVE_HTTP_FAULT_CONTROL_BYTE, CURLE_URL_MALFORMAT, "Bad hostname"},
    {NATIVE_HTTP_FAULT_URL_ADDRESS, CURLE_URL_MALFORMAT, "Bad IPv6 address"},
    {NATIVE_HTTP_FAULT_URL_SCHEME, CURLE_UNSUPPORTED_PROTOCOL, "Unsupported URL scheme"},
    {NATIVE_HTTP_FAULT_URL_SLASHES, CURLE_UNSUPPORTED_PROTOCOL, "Unsupported URL scheme"},
};

/* Whether the redirect names no host at all: "http://". */
static bool has_no_host(const struct native_ext_curl_failure *f)
{
    struct native_http_span target;
    const char *slashes;
    size_t after = 0, rest;

    do {
        target =
            native_http_transfer_field(f->easy->transfer, NATIVE_HTTP_SPAN("location"), &after);
    } while (target.at && target.len == 0);
    slashes = target.at ? zend_memnstr(target.at, "//", 2, target.at + target.len) : NULL;
    if (!slashes)
        return false;
    rest = (size_t)(target.at + target.len - slashes) - 2;
    return rest == 0 || strchr("/?#", slashes[2]) != NULL;
}

/* A scheme that libcurl has heard of is refused later, by its name. */
static bool is_known(struct native_http_span scheme)
{
#define X(name, number, since) {#name, sizeof(#name) - 1},
    static const struct {
        const char *name;
        size_t len;
    } all[] = {NATIVE_EXT_CURL_VALUES(X)};
#undef X
    const size_t prefix = sizeof("CURLPROTO_") - 1;

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        if (all[i].len == prefix + scheme.len && strncmp(all[i].name, "CURLPROTO_", prefix) == 0 &&
            strncasecmp(all[i].name + prefix, scheme.at, scheme.len) == 0)
            return true;
    return false;
}

int native_ext_curl_say_bad_url(const struct native_ext_curl_failure *f)
{
    const char *text = "Malformed input to a URL function";
    int code = CURLE_URL_MALFORMAT;

    if (f->error->fault == NATIVE_HTTP_FAULT_URL_USERINFO)
        return native_ext_curl_say(f, NATIVE_EXT_CURL_LOGIN_DENIED, "%s", "");
    if (f->error->phase < NATIVE_HTTP_PHASE_SEND) /* the first one: the code's own text */
        return native_ext_curl_say(f, code, "%s", f->easy->set.url ? "" : "No URL set");
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++)
        if (targets[i].fault == f->error->fault) {
            code = targets[i].code;
            text = targets[i].text;
        }
    if (f->error->fault == NATIVE_HTTP_FAULT_URL_HOST && has_no_host(f))
        text = "No host part in the URL";
    return native_ext_curl_say(f, code, "The redirect target URL could not be parsed: %s", text);
}

/* A proxy that is not spoken. It may be the environment's: then the engine has named what it was. */
static int say_proxys_scheme(const struct native_ext_curl_failure *f)
{
    struct native_http_span proxy = f->easy->options.proxy;

    if (f->error->part == NATIVE_HTTP_PART_PROXY_TLS)
        return native_ext_curl_say(
            f, CURLE_NOT_BUILT_IN,
            "Unsupported proxy '%.*s', libcurl is built without the HTTPS-proxy support.",
            (int)proxy.len, proxy.at ? proxy.at : "");
    if (!proxy.at)
        return native_ext_curl_say_as_it_is(f, CURLE_COULDNT_CONNECT);
    return native_ext_curl_say(f, CURLE_COULDNT_CONNECT, "Unsupported proxy scheme for '%.*s'",
                               (int)proxy.len, proxy.at);
}

int native_ext_curl_say_scheme(const struct native_ext_curl_failure *f)
{
    struct native_http_span url = native_ext_curl_failed_url(f);
    const char *colon = memchr(url.at, ':', url.len);

    if (f->error->part != NATIVE_HTTP_PART_NONE)
        return say_proxys_scheme(f);
    if (f->info->redirects > 0 && colon &&
        !is_known((struct native_http_span){url.at, (size_t)(colon - url.at)}))
        return native_ext_curl_say(
            f, CURLE_UNSUPPORTED_PROTOCOL,
            "The redirect target URL could not be parsed: Unsupported URL scheme");
    return native_ext_curl_say(f, CURLE_UNSUPPORTED_PROTOCOL,
                               "Protocol \"%.*s\" not supported or disabled in libcurl",
                               colon ? (int)(colon - url.at) : 0, url.at);
}
