/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/fill.c - settings to engine options. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "fill.h"

#include "../../http/wire/url.h"
#include "../http/process.h"
#include "../share/ext_share.h"
#include "cookies.h"
#include "owner.h"

static struct native_http_span span_of(const zend_string *text)
{
    return text ? (struct native_http_span){ZSTR_VAL(text), ZSTR_LEN(text)}
                : (struct native_http_span){NULL, 0};
}

/* The same, where "" is as good as nothing. */
static struct native_http_span word_of(const zend_string *text)
{
    return span_of(text && ZSTR_LEN(text) > 0 ? text : NULL);
}

enum native_ext_curl_method native_ext_curl_method_of(const struct native_ext_curl_easy *easy)
{
    enum native_ext_curl_method now = easy->set.method, first = easy->begun_as;

    if (!easy->running || (now >= NATIVE_EXT_CURL_POST && first >= NATIVE_EXT_CURL_POST))
        return now;
    return first;
}

static void fill_request(struct native_ext_curl_easy *easy)
{
    static const enum native_http_kind kinds[] = {
        [NATIVE_EXT_CURL_GET] = NATIVE_HTTP_GET,   [NATIVE_EXT_CURL_HEAD] = NATIVE_HTTP_HEAD,
        [NATIVE_EXT_CURL_POST] = NATIVE_HTTP_POST, [NATIVE_EXT_CURL_POST_MIME] = NATIVE_HTTP_POST,
        [NATIVE_EXT_CURL_PUT] = NATIVE_HTTP_PUT,
    };
    const struct native_ext_curl_settings *s = &easy->set;
    struct native_http_options *o = &easy->options;

    o->url = span_of(s->url);
    o->default_scheme = word_of(s->default_protocol);
    o->schemes = (unsigned)s->protocols & (NATIVE_HTTP_SCHEME_HTTP | NATIVE_HTTP_SCHEME_HTTPS);
    o->redirect_schemes = o->schemes & (unsigned)s->redirect_protocols;
    if (!easy->running)
        easy->begun_as = s->method;
    o->kind = s->no_body ? NATIVE_HTTP_HEAD : kinds[native_ext_curl_method_of(easy)];
    o->method = word_of(s->custom_request);
    o->target = word_of(s->request_target);
    o->path_as_is = s->path_as_is;
    o->url_flags = NATIVE_HTTP_URL_KEEP_HIGH | (s->disallow_user ? NATIVE_HTTP_URL_NO_USERINFO : 0);
    o->location_flags = NATIVE_HTTP_URL_LOWER_ESCAPES | NATIVE_HTTP_URL_DROP_EMPTY |
                        (s->disallow_user ? NATIVE_HTTP_URL_NO_USERINFO : 0);
    o->port = (uint16_t)s->port;
    o->lines_as_given = true;
    o->http_1_0 = s->http_version == CURL_HTTP_VERSION_1_0;
    o->allow_0_9 = s->http_0_9;
    if (!easy->running)
        o->user_agent = word_of(s->user_agent);
    o->referer = word_of(s->referer);
    o->auto_referer = s->auto_referer;
    o->range = word_of(s->resume_from > 0 ? NULL : s->range);
    o->resume_from = s->resume_from > 0 ? (uint64_t)s->resume_from : 0;
    o->accept_encoding = span_of(s->accept_encoding);
    o->raw_content = s->raw_content;
    o->raw_transfer = s->raw_transfer;
    o->transfer_codings =
        s->transfer_encoding ? NATIVE_HTTP_SPAN("gzip") : (struct native_http_span){NULL, 0};
    o->ignore_length = s->ignore_length;
    o->tolerance = NATIVE_HTTP_TAKE_ALL;
    o->expect_ms = s->expect_ms;
    o->keep_sending = s->keep_sending;
    o->follow = s->follow != 0;
    o->follow_any = true;
    o->max_redirects = (int)s->max_redirects;
    o->count_repeats = true;
    o->keep_post = (unsigned)s->post_redirect;
    o->fail_on_status = s->fail_on_error;
}

/* CURLAUTH_* that we speak. */
static unsigned ways_of(int64_t bits, bool bearer)
{
    unsigned ways = 0;

    if (bits & CURLAUTH_BASIC)
        ways |= NATIVE_HTTP_AUTH_BASIC;
    if (bits & (CURLAUTH_DIGEST | CURLAUTH_DIGEST_IE))
        ways |= NATIVE_HTTP_AUTH_DIGEST;
    if (bits & CURLAUTH_BEARER && bearer)
        ways |= NATIVE_HTTP_AUTH_BEARER;
    return ways;
}

/* More than one, spoken here or not: then the server is asked which. */
static bool are_several(int64_t bits)
{
    bits &= INT32_MAX; /* without CURLAUTH_ONLY */
    return (bits & (bits - 1)) != 0;
}

/* What of the body is known, for a signature: libcurl hashes POSTFIELDS alone. */
static struct native_http_span known_body(const struct native_ext_curl_settings *s)
{
    switch (s->method) {
    case NATIVE_EXT_CURL_POST:
        return span_of(s->post_text);
    case NATIVE_EXT_CURL_POST_MIME:
    case NATIVE_EXT_CURL_PUT:
        return span_of(NULL);
    default:
        return (struct native_http_span){"", 0};
    }
}

static void fill_users(struct native_ext_curl_easy *easy)
{
    const struct native_ext_curl_settings *s = &easy->set;
    struct native_http_options *o = &easy->options;

    o->credentials_anywhere = s->unrestricted_auth;
    if (!easy->running) { /* later ones are for the next transfer, as in libcurl */
        o->user = span_of(s->user);
        o->password = span_of(s->password);
        o->auth = ways_of(s->http_auth, s->bearer != NULL);
    }
    o->bearer = word_of(s->bearer);
    o->auth_ask = are_several(s->http_auth);
    o->auth_ask_empty = o->auth == NATIVE_HTTP_AUTH_DIGEST && !o->auth_ask;
    o->user_colon = true;
    o->sigv4 = span_of(s->sigv4);
    o->sigv4_body = known_body(s);
    o->cookies = easy->cookies_on ? native_ext_curl_cookies_of(easy) : NULL;
    o->cookie = span_of(s->cookie);
    o->cookies_beside = true;
}

static void fill_proxy(struct native_ext_curl_easy *easy)
{
    static const enum native_http_proxy_kind kinds[] = {
        [CURLPROXY_HTTP] = NATIVE_HTTP_PROXY_HTTP,
        [CURLPROXY_HTTP_1_0] = NATIVE_HTTP_PROXY_HTTP_1_0,
        [CURLPROXY_HTTPS] = NATIVE_HTTP_PROXY_HTTP,
        [CURLPROXY_SOCKS4] = NATIVE_HTTP_PROXY_SOCKS4,
        [CURLPROXY_SOCKS5] = NATIVE_HTTP_PROXY_SOCKS5,
        [CURLPROXY_SOCKS4A] = NATIVE_HTTP_PROXY_SOCKS4A,
        [CURLPROXY_SOCKS5_HOSTNAME] = NATIVE_HTTP_PROXY_SOCKS5H,
    };
    const struct native_ext_curl_settings *s = &easy->set;
    struct native_http_options *o = &easy->options;

    o->proxy = span_of(s->proxy);
    o->proxy_kind = kinds[s->proxy_type];
    o->proxy_port = (uint16_t)s->proxy_port;
    o->proxy_user = span_of(s->proxy_user);
    o->proxy_password = span_of(s->proxy_password);
    o->proxy_auth = ways_of(s->proxy_auth, false);
    o->proxy_auth_ask = are_several(s->proxy_auth);
    o->proxy_url_first = true;
    o->socks_no_login = !(s->socks5_auth & CURLAUTH_BASIC);
    o->no_proxy = span_of(s->no_proxy);
    o->pre_proxy = word_of(s->pre_proxy);
    o->tunnel = s->proxy_tunnel;
    o->hide_connect = s->suppress_connect_headers;
    o->fields_to_proxy = !(s->header_opt & CURLHEADER_SEPARATE);
}

/* "if!eth0", "host!192.0.2.1": which of the two follows from what it is. */
static struct native_http_span interface_of(const zend_string *text)
{
    struct native_http_span name = word_of(text);

    if (name.len > 3 && memcmp(name.at, "if!", 3) == 0)
        return (struct native_http_span){name.at + 3, name.len - 3};
    if (name.len > 5 && memcmp(name.at, "host!", 5) == 0)
        return (struct native_http_span){name.at + 5, name.len - 5};
    return name;
}

static void fill_connection(struct native_ext_curl_easy *easy)
{
    static const int families[] = {
        [CURL_IPRESOLVE_WHATEVER] = 0, [CURL_IPRESOLVE_V4] = 4, [CURL_IPRESOLVE_V6] = 6};
    const struct native_ext_curl_settings *s = &easy->set;
    struct native_http_options *o = &easy->options;

    o->family = families[s->ip_resolve];
    o->interface = interface_of(s->interface);
    o->local_port = (uint16_t)s->local_port;
    o->local_ports = (uint16_t)s->local_port_range;
    o->unix_path = word_of(s->unix_socket);
    o->unix_abstract = false;
    if (!o->unix_path.at && s->abstract_socket) {
        o->unix_path = word_of(s->abstract_socket);
        o->unix_abstract = true;
    }
    o->fresh = s->fresh_connect;
    o->close = s->forbid_reuse;
    o->pool_idle_ms = s->max_age_s * 1000;
    o->pool_life_ms = s->max_life_s > 0 ? s->max_life_s * 1000 : -1;
    o->keepalive_idle_s = s->tcp_keep_alive ? (int)s->tcp_keep_idle_s : 0;
    o->keepalive_interval_s = (int)s->tcp_keep_interval_s;
    o->keepalive_count = (int)s->tcp_keep_count;
    o->eyeballs_ms = s->eyeballs_ms;
    o->names = native_ext_share_names();
    o->retry_any = true;
    o->say_address = s->haproxy;
    native_ext_curl_owner_fill(easy);
}

static void fill_limits(struct native_ext_curl_easy *easy)
{
    const struct native_ext_curl_settings *s = &easy->set;
    struct native_http_options *o = &easy->options;

    o->timeout_ms = s->timeout_ms;
    o->connect_ms = s->connect_ms > 0 ? s->connect_ms : 300000;
    o->slow_bytes = s->low_speed_limit;
    o->slow_s = s->low_speed_s;
    o->max_send_speed = s->max_send_speed;
    o->max_receive_speed = s->max_receive_speed;
    o->max_body = (uint64_t)s->max_file_size;
}

int native_ext_curl_fill(struct native_ext_curl_easy *easy)
{
    fill_request(easy);
    fill_users(easy);
    fill_proxy(easy);
    fill_connection(easy);
    fill_limits(easy);
    return native_ext_curl_lists_make(easy);
}
