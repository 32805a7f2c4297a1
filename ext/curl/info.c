/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/info.c - curl_getinfo().
 *
 *     CURLINFO_*  =  type << 20 | number       rows[number]: where in struct told the number is, or who writes the text
 *
 * What the engine counts is put into libcurl's terms once (struct told); then every CURLINFO_* is a field of that. Texts are made
 * when they are asked for. A value whose type is not one that libcurl has for this number is false, as it is there. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "info.h"

#include <time.h>
#include <unistd.h>

#include "../../http/text.h"
#include "../../http/wire/auth.h"
#include "../../http/wire/cookie_jar_line.h"
#include "../../net/certinfo.h"
#include "../../net/stream.h"
#include "cookies.h"
#include "error.h"

/* ---- numbers: in libcurl's terms ---- */

/* Times in microseconds; -1 where libcurl has that for "unknown". */
struct told {
    int64_t status, connect_status, http_version, protocol;
    int64_t header_bytes, request_bytes, redirects, connects, connection;
    int64_t total, name, connect, tls, send, sent, first, redirect, queue;
    int64_t uploaded, downloaded, upload_speed, download_speed, upload_length, download_length;
    int64_t file_time, retry_after, condition_unmet;
    int64_t remote_port, local_port;
    int64_t verify_result, proxy_verify_result, os_error, proxy_error;
    int64_t offered, proxy_offered, used, proxy_used, used_proxy;
    int64_t nothing;
};

/* Whether there is something to tell: of a file:// URL, of a transfer; while it runs, too. What curl_reset() has left has no URL. */
static bool has_local(const struct native_ext_curl_easy *easy)
{
    return easy->local.used && easy->set.url;
}

static bool has_transfer(const struct native_ext_curl_easy *easy)
{
    return easy->transfer && !easy->local.used && easy->set.url &&
           (easy->performed || easy->running);
}

/* Where it is, or was when it failed. */
static enum native_http_phase phase_of(const struct native_ext_curl_easy *easy)
{
    const struct native_http_error *error = native_http_transfer_error(easy->transfer);

    return error->kind != NATIVE_HTTP_ERROR_NONE ? error->phase
                                                 : native_http_transfer_info(easy->transfer)->phase;
}

/* The URL of the last request; `at` NULL: it was not looked at yet, or was none. What the engine may then still
 * have is a setting that is gone. */
static struct native_http_span url_of(const struct native_ext_curl_easy *easy)
{
    const struct native_http_span none = {NULL, 0};
    const struct native_http_error *error;
    struct native_http_span url;

    if (!has_transfer(easy))
        return none;
    error = native_http_transfer_error(easy->transfer);
    if (error->kind == NATIVE_HTTP_ERROR_URL && error->phase < NATIVE_HTTP_PHASE_SEND)
        return none;
    url = native_http_transfer_url(easy->transfer);
    return url.at == easy->options.url.at ? none : url;
}

static bool is_tls(const struct native_ext_curl_easy *easy)
{
    struct native_http_span url = url_of(easy);

    return url.len > 6 && strncasecmp(url.at, "https:", 6) == 0;
}

static int64_t speed(int64_t bytes, int64_t us)
{
    return us > 0 ? (int64_t)((double)bytes * 1e6 / (double)us) : 0;
}

/* A connection is counted once it is there. */
static int64_t connects_of(const struct native_ext_curl_easy *easy,
                           const struct native_http_info *info)
{
    bool begun = phase_of(easy) > NATIVE_HTTP_PHASE_QUEUED || info->times.send == 0;
    bool pending = info->connects > 0 && !info->reused && info->times.connect == 0 && begun;

    /* What the pool has lent would have been opened by libcurl. */
    return (int64_t)info->connects - pending + info->taken_over;
}

/* A kept connection has no name, connect and TLS of its own. libcurl gives the first a little time nonetheless; the others, where
 * the connection was opened by an earlier request of this transfer, or is to look so: then they are as long as can be. */
static void tell_times(struct told *t, const struct native_http_times *times, bool tls)
{
    int64_t begun = MIN(MAX(times->queue, 1), times->send);

    t->name = times->name;
    t->connect = times->connect;
    t->tls = times->tls;
    t->send = times->send;
    t->sent = times->sent;
    t->first = times->first;
    t->redirect = times->redirect;
    t->queue = times->queue;
    if (begun <= 0)
        return;
    if (t->name == 0)
        t->name = begun;
    if (t->connect == 0 && t->connects > 0)
        t->connect = begun;
    if (t->tls == 0 && t->connects > 0 && tls)
        t->tls = begun;
}

/* The ways that the fields of the last response offer, as CURLAUTH_*. */
static int64_t offers_of(const struct native_http_transfer *transfer, struct native_http_span name)
{
    static const struct {
        struct native_http_span scheme;
        int way;
    } ways[] = {{{"Basic", 5}, CURLAUTH_BASIC},
                {{"Digest", 6}, CURLAUTH_DIGEST},
                {{"Negotiate", 9}, CURLAUTH_NEGOTIATE},
                {{"NTLM", 4}, CURLAUTH_NTLM},
                {{"Bearer", 6}, CURLAUTH_BEARER}};
    struct native_http_challenges challenges;
    struct native_http_challenge challenge;
    struct native_http_fault fault;
    int64_t offers = 0;
    size_t after = 0;

    while ((challenges.value = native_http_transfer_field(transfer, name, &after)).at) {
        challenges.at = 0;
        while (native_http_challenge_next(&challenges, &challenge, &fault) == NATIVE_HTTP_OK)
            for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
                if (native_http_span_is_nocase(challenge.scheme, ways[i].scheme))
                    offers |= ways[i].way;
    }
    return offers;
}

/* The best of the ways that were allowed. */
static int64_t way_used(bool used, unsigned allowed)
{
    if (!used)
        return CURLAUTH_NONE;
    if (allowed & NATIVE_HTTP_AUTH_BEARER)
        return CURLAUTH_BEARER;
    return allowed & NATIVE_HTTP_AUTH_DIGEST ? CURLAUTH_DIGEST : CURLAUTH_BASIC;
}

static void tell_login(struct native_ext_curl_easy *easy, const struct native_http_info *info,
                       struct told *t)
{
    if (info->status == 401)
        t->offered = offers_of(easy->transfer, NATIVE_HTTP_SPAN("www-authenticate"));
    if (info->status == 407 || info->connect_status == 407)
        t->proxy_offered = offers_of(easy->transfer, NATIVE_HTTP_SPAN("proxy-authenticate"));
    t->used = way_used(info->auth_used, easy->options.auth);
    t->proxy_used = way_used(info->proxy_auth_used, easy->options.proxy_auth);
}

/* libcurl sends a short POSTFIELDS together with the head, and counts it there. */
static int64_t sent_with_head(const struct native_ext_curl_easy *easy,
                              const struct native_http_info *info)
{
    enum { SHORT = 64 * 1024 };
    const struct native_ext_curl_settings *s = &easy->set;

    return s->method == NATIVE_EXT_CURL_POST && s->post_text && ZSTR_LEN(s->post_text) < SHORT
               ? (int64_t)info->sent_bytes
               : 0;
}

static void tell_sizes(const struct native_ext_curl_easy *easy, const struct native_http_info *info,
                       struct told *t)
{
    bool asked = phase_of(easy) >= NATIVE_HTTP_PHASE_SEND;

    t->header_bytes = (int64_t)info->header_bytes;
    t->request_bytes = (int64_t)info->request_bytes + sent_with_head(easy, info);
    t->uploaded = (int64_t)info->sent_bytes;
    t->downloaded = (int64_t)info->received_bytes;
    t->upload_length = asked ? info->send_length : -1;
    t->download_length = asked ? info->receive_length : -1;
    t->upload_speed = speed(t->uploaded, t->total);
    t->download_speed = speed(t->downloaded, t->total);
}

/* The port of the URL, which a Unix socket has none of. */
static int64_t port_of(const struct native_ext_curl_easy *easy)
{
    struct native_http_url_options how = NATIVE_HTTP_URL_OPTIONS_INIT;
    struct native_http_span from = url_of(easy);
    struct native_http_buffer text = {NULL, 0, 0};
    struct native_http_url url;
    struct native_http_fault fault;
    int64_t port = 0;

    if (native_http_text_reserve(&text, 2 * from.len + 16) &&
        native_http_url_parse(&how, from.at, from.len, &text, &url, &fault) == NATIVE_HTTP_OK)
        port = native_http_url_port(&url);
    native_http_text_free(&text, true);
    return port;
}

static void tell_connection(struct native_ext_curl_easy *easy, const struct native_http_info *info,
                            struct told *t)
{
    t->connects = connects_of(easy, info);
    t->connection = (int64_t)info->connection_id - 1; /* libcurl counts from 0 */
    t->used_proxy = info->used_proxy;
    if (t->connects > 0 || info->reused)
        t->protocol = is_tls(easy) ? CURLPROTO_HTTPS : CURLPROTO_HTTP;
    if (info->remote.len > 0)
        t->remote_port = native_net_address_port(&info->remote);
    else if (easy->options.unix_path.at && t->connects + info->reused > 0)
        t->remote_port = port_of(easy);
    if (info->local.len > 0)
        t->local_port = native_net_address_port(&info->local);
    tell_times(t, &info->times, is_tls(easy));
}

static void tell_transfer(struct native_ext_curl_easy *easy, struct told *t)
{
    const struct native_http_info *info = native_http_transfer_info(easy->transfer);
    const struct native_ext_curl_settings *s = &easy->set;

    t->total = native_http_transfer_elapsed_us(easy->transfer);
    t->status = info->version == 9 ? 0 : info->status; /* HTTP/0.9 has none */
    t->connect_status = info->connect_status;
    t->http_version = info->version == 10   ? CURL_HTTP_VERSION_1_0
                      : info->version == 11 ? CURL_HTTP_VERSION_1_1
                                            : CURL_HTTP_VERSION_NONE;
    t->redirects = info->redirects;
    if (s->filetime)
        t->file_time = info->last_modified;
    t->retry_after = MAX(info->retry_after, 0);
    if (easy->unmet)
        t->status = 304;
    t->condition_unmet = t->status == 304;
    t->os_error = native_ext_curl_os_error_of(easy);
    t->proxy_error = native_ext_curl_proxy_error_of(easy);
    tell_connection(easy, info, t);
    tell_sizes(easy, info, t);
    tell_login(easy, info, t);
}

/* A file:// URL. */
static void tell_local(const struct native_ext_curl_local *local, struct told *t)
{
    t->protocol = CURLPROTO_FILE;
    t->total = local->total_us;
    t->name = t->send = t->first = MIN(local->total_us, 1);
    t->uploaded = local->sent;
    t->downloaded = local->received;
    t->download_length = local->length;
    t->file_time = local->filetime;
    t->upload_speed = speed(t->uploaded, t->total);
    t->download_speed = speed(t->downloaded, t->total);
    t->local_port = -1;
}

static void tell(struct native_ext_curl_easy *easy, struct told *t)
{
    memset(t, 0, sizeof(*t));
    t->file_time = t->upload_length = t->download_length = t->connection = -1;
    t->verify_result = easy->verify_result;
    t->proxy_verify_result = easy->proxy_verify_result;
    if (has_local(easy))
        tell_local(&easy->local, t);
    else if (has_transfer(easy))
        tell_transfer(easy, t);
}

/* ---- texts and lists; false: there is none ---- */

static void put_span(zval *value, struct native_http_span text)
{
    ZVAL_STRINGL(value, text.at, text.len);
}

static void put_none(struct native_ext_curl_easy *easy, const struct told *t, zval *value)
{
    ZVAL_FALSE(value);
}

static void put_url(struct native_ext_curl_easy *easy, const struct told *t, zval *value)
{
    struct native_http_span url = url_of(easy);

    if (url.at && !easy->new_url)
        put_span(value, url);
    else if (easy->cloned_url)
        ZVAL_STR_COPY(value, easy->cloned_url);
    else if (easy->set.url) /* as it was given: it is another one, or was not looked at */
        ZVAL_STR_COPY(value, easy->set.url);
    else
        ZVAL_EMPTY_STRING(value);
}

zend_string *native_ext_curl_info_url(struct native_ext_curl_easy *easy)
{
    struct native_http_span url = url_of(easy);

    return url.at ? zend_string_init(url.at, url.len, 0) : NULL;
}

/* A redirect may have made GET of it: then nothing is sent. The name that the engine has may be a setting that is gone. */
static const char *method_of(const struct native_ext_curl_easy *easy, const struct told *t)
{
    static const char *const names[] = {
        [NATIVE_EXT_CURL_GET] = "GET",   [NATIVE_EXT_CURL_HEAD] = "HEAD",
        [NATIVE_EXT_CURL_POST] = "POST", [NATIVE_EXT_CURL_POST_MIME] = "POST",
        [NATIVE_EXT_CURL_PUT] = "PUT",
    };
    const struct native_ext_curl_settings *s = &easy->set;

    if (s->no_body)
        return "HEAD";
    if (!has_transfer(easy) && !has_local(easy))
        return "GET";
    return t->redirects > 0 && t->upload_length == 0 ? "GET" : names[s->method];
}

static void put_method(struct native_ext_curl_easy *easy, const struct told *t, zval *value)
{
    if (easy->set.custom_request && ZSTR_LEN(easy->set.custom_request) > 0)
        ZVAL_STR_COPY(value, easy->set.custom_request);
    else
        ZVAL_STRING(value, method_of(easy, t));
}

/* The last of the fields that has a value. The fields are those of an older transfer until there is a status. */
static struct native_http_span last_field(const struct native_ext_curl_easy *easy,
                                          const struct told *t, struct native_http_span name)
{
    struct native_http_span found = {NULL, 0}, value;
    size_t after = 0;

    if (t->status == 0)
        return found;
    while ((value = native_http_transfer_field(easy->transfer, name, &after)).at)
        if (value.len > 0)
            found = value;
    return found;
}

static void put_content_type(struct native_ext_curl_easy *easy, const struct told *t, zval *value)
{
    struct native_http_span type = last_field(easy, t, NATIVE_HTTP_SPAN("content-type"));

    if (type.at)
        put_span(value, type);
    else
        ZVAL_FALSE(value);
}

/* Past the last redirect that was allowed: the engine has not kept where it led. */
static void put_resolved(const struct native_ext_curl_easy *easy, struct native_http_span target,
                         zval *value)
{
    struct native_http_url_options how = NATIVE_HTTP_URL_OPTIONS_INIT;
    struct native_http_span from = url_of(easy);
    struct native_http_buffer base_text = {NULL, 0, 0}, text = {NULL, 0, 0};
    struct native_http_url base, url;
    struct native_http_fault fault;
    bool found = native_http_text_reserve(&base_text, 2 * from.len + 16) &&
                 native_http_text_reserve(&text, 3 * (from.len + target.len) + 64);

    how.flags |= NATIVE_HTTP_URL_SPACES | NATIVE_HTTP_URL_SPACE_AS_PLUS;
    found = found &&
            native_http_url_parse(&how, from.at, from.len, &base_text, &base, &fault) ==
                NATIVE_HTTP_OK &&
            native_http_url_resolve(&how, &base, target.at, target.len, &text, &url, &fault) ==
                NATIVE_HTTP_OK;
    if (found)
        put_span(value, url.text);
    else
        ZVAL_FALSE(value);
    native_http_text_free(&base_text, true);
    native_http_text_free(&text, true);
}

static void put_redirect_url(struct native_ext_curl_easy *easy, const struct told *t, zval *value)
{
    struct native_http_span target = {NULL, 0}, url = {NULL, 0};

    if (t->status >= 300 && t->status <= 399)
        target = last_field(easy, t, NATIVE_HTTP_SPAN("location"));
    if (target.at &&
        native_http_transfer_error(easy->transfer)->kind == NATIVE_HTTP_ERROR_REDIRECTS) {
        put_resolved(easy, target, value);
        return;
    }
    if (target.at)
        url = native_http_transfer_location(easy->transfer);
    if (url.at)
        put_span(value, url);
    else
        ZVAL_FALSE(value);
}

static void put_address(zval *value, const struct native_net_address *address)
{
    char text[64];

    ZVAL_STRING(value, native_net_address_host(address, text, sizeof(text)));
}

static void put_remote_ip(struct native_ext_curl_easy *easy, const struct told *t, zval *value)
{
    if (has_transfer(easy))
        put_address(value, &native_http_transfer_info(easy->transfer)->remote);
    else
        ZVAL_EMPTY_STRING(value);
}

static void put_local_ip(struct native_ext_curl_easy *easy, const struct told *t, zval *value)
{
    if (has_transfer(easy))
        put_address(value, &native_http_transfer_info(easy->transfer)->local);
    else
        ZVAL_EMPTY_STRING(value);
}

static void put_scheme(struct native_ext_curl_easy *easy, const struct told *t, zval *value)
{
    switch (t->protocol) {
    case CURLPROTO_HTTP:
        ZVAL_STRING(value, "HTTP");
        break;
    case CURLPROTO_HTTPS:
        ZVAL_STRING(value, "HTTPS");
        break;
    case CURLPROTO_FILE:
        ZVAL_STRING(value, "FILE");
        break;
    default:
        ZVAL_FALSE(value);
    }
}

static void put_referer(struct native_ext_curl_easy *easy, const struct told *t, zval *value)
{
    if (easy->set.referer)
        ZVAL_STR_COPY(value, easy->set.referer);
    else
        ZVAL_FALSE(value);
}

/* Where net/trust.c looks when nothing is set: what libcurl was built with. */

static void put_first_there(zval *value, const char *const *paths)
{
    for (; *paths; paths++)
        if (access(*paths, R_OK) == 0) {
            ZVAL_STRING(value, *paths);
            return;
        }
    ZVAL_FALSE(value);
}

static void put_ca_file(struct native_ext_curl_easy *easy, const struct told *t, zval *value)
{
    static const char *const paths[] = {"/etc/ssl/certs/ca-certificates.crt",
                                        "/etc/pki/tls/certs/ca-bundle.crt",
                                        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
                                        "/etc/ssl/ca-bundle.pem",
                                        "/etc/ssl/cert.pem",
                                        "/usr/local/etc/ssl/cert.pem",
                                        "/usr/local/share/certs/ca-root-nss.crt",
                                        NULL};

    put_first_there(value, paths);
}

static void put_ca_path(struct native_ext_curl_easy *easy, const struct told *t, zval *value)
{
    static const char *const paths[] = {"/etc/ssl/certs", "/etc/pki/tls/certs", NULL};

    put_first_there(value, paths);
}

static void put_no_list(struct native_ext_curl_easy *easy, const struct told *t, zval *value)
{
    array_init(value);
}

/* One line of a jar, without its end. Returns NULL for a cookie that no jar can hold. */
static zend_string *line_of(const struct native_http_cookie *cookie)
{
    struct native_http_buffer line = {NULL, 0, 0};
    struct native_http_fault fault;
    zend_string *text;

    if (native_http_cookie_jar_line_put(&line, cookie, &fault) != NATIVE_HTTP_OK)
        return NULL;
    text = zend_string_alloc(line.len, 0);
    line = (struct native_http_buffer){ZSTR_VAL(text), line.len, 0};
    (void)native_http_cookie_jar_line_put(&line, cookie, &fault);
    ZSTR_LEN(text) = line.len - 1;
    ZSTR_VAL(text)[ZSTR_LEN(text)] = '\0';
    return text;
}

static void put_cookies(struct native_ext_curl_easy *easy, const struct told *t, zval *value)
{
    const struct native_http_cookies *cookies = native_ext_curl_cookies_of(easy);
    const struct native_http_cookie *cookie = NULL;
    int64_t now = (int64_t)time(NULL);

    array_init(value);
    while (cookies && (cookie = native_http_cookies_next(cookies, cookie))) {
        zend_string *line = cookie->expires > now ? line_of(cookie) : NULL;

        if (line)
            add_next_index_str(value, line);
    }
}

static void put_certificates(struct native_ext_curl_easy *easy, const struct told *t, zval *value)
{
    if (Z_TYPE(easy->certinfo) == IS_ARRAY)
        ZVAL_COPY(value, &easy->certinfo);
    else
        array_init(value);
}

/* ---- the table ---- */

enum { NUMBER_MASK = 0xfffff, TYPE_SHIFT = 20 };
enum type { TEXT = 1, LONG = 2, DOUBLE = 3, LIST = 4, LARGE = 6 }; /* the top of a CURLINFO_* */

struct row {
    uint8_t types; /* bits 1 << enum type */
    bool seconds;  /* microseconds that are told as seconds */
    uint16_t at;   /* of a number in struct told */
    /* of texts and lists */
    void (*put)(struct native_ext_curl_easy *easy, const struct told *t, zval *value);
};

#define NUMBERS(id, types, seconds, field)                                                         \
    [(id)&NUMBER_MASK] = {types, seconds, offsetof(struct told, field), NULL}
#define ROW_LONG(id, field) NUMBERS(id, 1 << LONG, false, field)
#define ROW_LARGE(id, field) NUMBERS(id, 1 << LARGE, false, field)
#define ROW_LONG_LARGE(id, field) NUMBERS(id, 1 << LONG | 1 << LARGE, false, field)
#define ROW_SIZE(id, field) NUMBERS(id, 1 << DOUBLE | 1 << LARGE, false, field)
#define ROW_SECONDS(id, field) NUMBERS(id, 1 << DOUBLE, true, field)
#define ROW_TEXT(id, put) [(id)&NUMBER_MASK] = {1 << TEXT, false, 0, put}
#define ROW_LIST(id, put) [(id)&NUMBER_MASK] = {1 << LIST, false, 0, put}

static const struct row rows[] = {
    ROW_TEXT(CURLINFO_EFFECTIVE_URL, put_url),
    ROW_LONG(CURLINFO_RESPONSE_CODE, status), /* also CURLINFO_HTTP_CODE */
    ROW_SECONDS(CURLINFO_TOTAL_TIME, total),
    ROW_SECONDS(CURLINFO_NAMELOOKUP_TIME, name),
    ROW_SECONDS(CURLINFO_CONNECT_TIME, connect),
    ROW_SECONDS(CURLINFO_PRETRANSFER_TIME, send),
    ROW_SIZE(CURLINFO_SIZE_UPLOAD, uploaded), /* this and the like: also with _T */
    ROW_SIZE(CURLINFO_SIZE_DOWNLOAD, downloaded),
    ROW_SIZE(CURLINFO_SPEED_DOWNLOAD, download_speed),
    ROW_SIZE(CURLINFO_SPEED_UPLOAD, upload_speed),
    ROW_LONG(CURLINFO_HEADER_SIZE, header_bytes),
    ROW_LONG(CURLINFO_REQUEST_SIZE, request_bytes),
    ROW_LONG(CURLINFO_SSL_VERIFYRESULT, verify_result),
    ROW_LONG_LARGE(CURLINFO_FILETIME, file_time),
    ROW_SIZE(CURLINFO_CONTENT_LENGTH_DOWNLOAD, download_length),
    ROW_SIZE(CURLINFO_CONTENT_LENGTH_UPLOAD, upload_length),
    ROW_SECONDS(CURLINFO_STARTTRANSFER_TIME, first),
    ROW_TEXT(CURLINFO_CONTENT_TYPE, put_content_type),
    ROW_SECONDS(CURLINFO_REDIRECT_TIME, redirect),
    ROW_LONG(CURLINFO_REDIRECT_COUNT, redirects),
    ROW_LONG(CURLINFO_HTTP_CONNECTCODE, connect_status),
    ROW_LONG(CURLINFO_HTTPAUTH_AVAIL, offered),
    ROW_LONG(CURLINFO_PROXYAUTH_AVAIL, proxy_offered),
    ROW_LONG(CURLINFO_OS_ERRNO, os_error),
    ROW_LONG(CURLINFO_NUM_CONNECTS, connects),
    ROW_LIST(CURLINFO_SSL_ENGINES, put_no_list),
    ROW_LIST(CURLINFO_COOKIELIST, put_cookies),
    ROW_TEXT(CURLINFO_FTP_ENTRY_PATH, put_none),
    ROW_TEXT(CURLINFO_REDIRECT_URL, put_redirect_url),
    ROW_TEXT(CURLINFO_PRIMARY_IP, put_remote_ip),
    ROW_SECONDS(CURLINFO_APPCONNECT_TIME, tls),
    ROW_LIST(CURLINFO_CERTINFO, put_certificates),
    ROW_LONG(CURLINFO_CONDITION_UNMET, condition_unmet),
    ROW_TEXT(CURLINFO_RTSP_SESSION_ID, put_none),
    ROW_LONG(CURLINFO_RTSP_CLIENT_CSEQ, nothing),
    ROW_LONG(CURLINFO_RTSP_SERVER_CSEQ, nothing),
    ROW_LONG(CURLINFO_RTSP_CSEQ_RECV, nothing),
    ROW_LONG(CURLINFO_PRIMARY_PORT, remote_port),
    ROW_TEXT(CURLINFO_LOCAL_IP, put_local_ip),
    ROW_LONG(CURLINFO_LOCAL_PORT, local_port),
    ROW_LONG(CURLINFO_HTTP_VERSION, http_version),
    ROW_LONG(CURLINFO_PROXY_SSL_VERIFYRESULT, proxy_verify_result),
    ROW_LONG(CURLINFO_PROTOCOL, protocol),
    ROW_TEXT(CURLINFO_SCHEME, put_scheme),
    ROW_LARGE(CURLINFO_TOTAL_TIME_T, total),
    ROW_LARGE(CURLINFO_NAMELOOKUP_TIME_T, name),
    ROW_LARGE(CURLINFO_CONNECT_TIME_T, connect),
    ROW_LARGE(CURLINFO_PRETRANSFER_TIME_T, send),
    ROW_LARGE(CURLINFO_STARTTRANSFER_TIME_T, first),
    ROW_LARGE(CURLINFO_REDIRECT_TIME_T, redirect),
    ROW_LARGE(CURLINFO_APPCONNECT_TIME_T, tls),
    ROW_LARGE(CURLINFO_RETRY_AFTER, retry_after),
    ROW_TEXT(CURLINFO_EFFECTIVE_METHOD, put_method),
    ROW_LONG(CURLINFO_PROXY_ERROR, proxy_error),
    ROW_TEXT(CURLINFO_REFERER, put_referer),
    ROW_TEXT(CURLINFO_CAINFO, put_ca_file),
    ROW_TEXT(CURLINFO_CAPATH, put_ca_path),
    ROW_LARGE(CURLINFO_CONN_ID, connection),
    ROW_LARGE(CURLINFO_QUEUE_TIME_T, queue),
    ROW_LONG(CURLINFO_USED_PROXY, used_proxy),
    ROW_LARGE(CURLINFO_POSTTRANSFER_TIME_T, sent),
    ROW_LONG(CURLINFO_HTTPAUTH_USED, used),
    ROW_LONG(CURLINFO_PROXYAUTH_USED, proxy_used),
};

static const struct row *find(zend_long id)
{
    size_t number = (size_t)id & NUMBER_MASK;

    if (id < 0 || id >> TYPE_SHIFT > LARGE || number >= sizeof(rows) / sizeof(rows[0]) ||
        !(rows[number].types & 1 << (id >> TYPE_SHIFT)))
        return NULL;
    return &rows[number];
}

static void read_one(struct native_ext_curl_easy *easy, const struct told *t, zend_long id,
                     zval *value)
{
    const struct row *row = find(id);
    int64_t number;

    ZVAL_FALSE(value);
    if (!row)
        return;
    if (row->put) {
        row->put(easy, t, value);
        return;
    }
    number = *(const int64_t *)((const char *)t + row->at);
    if (id >> TYPE_SHIFT != DOUBLE)
        ZVAL_LONG(value, (zend_long)number);
    else
        ZVAL_DOUBLE(value, row->seconds ? (double)number / 1e6 : (double)number);
}

/* ---- all ---- */

/* In PHP's order; `since` as in constants.h. */
static const struct {
    const char *key;
    int id;
    int since;
} keys[] = {
    {"url", CURLINFO_EFFECTIVE_URL, 0},
    {"content_type", CURLINFO_CONTENT_TYPE, 0},
    {"http_code", CURLINFO_HTTP_CODE, 0},
    {"header_size", CURLINFO_HEADER_SIZE, 0},
    {"request_size", CURLINFO_REQUEST_SIZE, 0},
    {"filetime", CURLINFO_FILETIME, 0},
    {"ssl_verify_result", CURLINFO_SSL_VERIFYRESULT, 0},
    {"redirect_count", CURLINFO_REDIRECT_COUNT, 0},
    {"total_time", CURLINFO_TOTAL_TIME, 0},
    {"namelookup_time", CURLINFO_NAMELOOKUP_TIME, 0},
    {"connect_time", CURLINFO_CONNECT_TIME, 0},
    {"pretransfer_time", CURLINFO_PRETRANSFER_TIME, 0},
    {"size_upload", CURLINFO_SIZE_UPLOAD, 0},
    {"size_download", CURLINFO_SIZE_DOWNLOAD, 0},
    {"speed_download", CURLINFO_SPEED_DOWNLOAD, 0},
    {"speed_upload", CURLINFO_SPEED_UPLOAD, 0},
    {"download_content_length", CURLINFO_CONTENT_LENGTH_DOWNLOAD, 0},
    {"upload_content_length", CURLINFO_CONTENT_LENGTH_UPLOAD, 0},
    {"starttransfer_time", CURLINFO_STARTTRANSFER_TIME, 0},
    {"redirect_time", CURLINFO_REDIRECT_TIME, 0},
    {"redirect_url", CURLINFO_REDIRECT_URL, 0},
    {"primary_ip", CURLINFO_PRIMARY_IP, 0},
    {"certinfo", CURLINFO_CERTINFO, 0},
    {"primary_port", CURLINFO_PRIMARY_PORT, 0},
    {"local_ip", CURLINFO_LOCAL_IP, 0},
    {"local_port", CURLINFO_LOCAL_PORT, 0},
    {"http_version", CURLINFO_HTTP_VERSION, 0},
    {"protocol", CURLINFO_PROTOCOL, 0},
    {"ssl_verifyresult", CURLINFO_PROXY_SSL_VERIFYRESULT, 0},
    {"scheme", CURLINFO_SCHEME, 0},
    {"appconnect_time_us", CURLINFO_APPCONNECT_TIME_T, 0},
    {"queue_time_us", CURLINFO_QUEUE_TIME_T, 80500},
    {"connect_time_us", CURLINFO_CONNECT_TIME_T, 0},
    {"namelookup_time_us", CURLINFO_NAMELOOKUP_TIME_T, 0},
    {"pretransfer_time_us", CURLINFO_PRETRANSFER_TIME_T, 0},
    {"redirect_time_us", CURLINFO_REDIRECT_TIME_T, 0},
    {"starttransfer_time_us", CURLINFO_STARTTRANSFER_TIME_T, 0},
    {"posttransfer_time_us", CURLINFO_POSTTRANSFER_TIME_T, 80400},
    {"total_time_us", CURLINFO_TOTAL_TIME_T, 0},
    {"request_header", CURLINFO_HEADER_OUT, 0}, /* only if it was asked for */
    {"effective_method", CURLINFO_EFFECTIVE_METHOD, 0},
    {"capath", CURLINFO_CAPATH, 80300},
    {"cainfo", CURLINFO_CAINFO, 80300},
    {"used_proxy", CURLINFO_USED_PROXY, 80500},
    {"httpauth_used", CURLINFO_HTTPAUTH_USED, 80500},
    {"proxyauth_used", CURLINFO_PROXYAUTH_USED, 80500},
    {"conn_id", CURLINFO_CONN_ID, 80500},
};

/* In the array a text that is not there is empty; but for one. */
static void put_missing(int id, zval *value)
{
    if (id == CURLINFO_CONTENT_TYPE)
        ZVAL_NULL(value);
    else
        ZVAL_EMPTY_STRING(value);
}

void native_ext_curl_info_all(struct native_ext_curl_easy *easy, zval *return_value)
{
    struct told told;

    tell(easy, &told);
    array_init_size(return_value, sizeof(keys) / sizeof(keys[0]));
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        zval value;

        if (keys[i].since > PHP_VERSION_ID ||
            (keys[i].id == CURLINFO_HEADER_OUT && !easy->request_header))
            continue;
        if (keys[i].id == CURLINFO_HEADER_OUT)
            ZVAL_STR_COPY(&value, easy->request_header);
        else
            read_one(easy, &told, keys[i].id, &value);
        if (Z_TYPE(value) == IS_FALSE)
            put_missing(keys[i].id, &value);
        add_assoc_zval(return_value, keys[i].key, &value);
    }
}

void native_ext_curl_info_one(struct native_ext_curl_easy *easy, zend_long option,
                              zval *return_value)
{
    struct told told;

    if (option == CURLINFO_PRIVATE) {
        if (Z_ISUNDEF(easy->set.private_value))
            RETURN_FALSE;
        RETURN_COPY(&easy->set.private_value);
    }
    if (option == CURLINFO_HEADER_OUT) {
        if (!easy->request_header)
            RETURN_FALSE;
        RETURN_STR_COPY(easy->request_header);
    }
    tell(easy, &told);
    read_one(easy, &told, option, return_value);
}

/* ---- while there is a connection ---- */

enum { UNKNOWN_ISSUER = 20 }; /* of OpenSSL: X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY */

/* One certificate: name => text. */
static void add_certificate(zval *list, const void *der, size_t len)
{
    struct native_net_error error;
    struct native_net_certinfo *info = native_net_certinfo_new(der, len, &error);
    zval fields;

    array_init(&fields);
    for (size_t i = 0; info && i < info->count; i++)
        add_assoc_stringl(&fields, info->fields[i].name, info->fields[i].value,
                          info->fields[i].value_len);
    native_net_certinfo_free(info);
    add_next_index_zval(list, &fields);
}

void native_ext_curl_info_certificates(struct native_ext_curl_easy *easy)
{
    const struct native_net_stream *stream =
        easy->transfer ? native_http_transfer_stream(easy->transfer) : NULL;
    const struct native_net_tls *tls = stream ? native_net_stream_tls(stream) : NULL;
    const void *der;
    zval list;
    size_t len;

    if (!tls)
        return;
    easy->verify_result = native_net_tls_get_verify_code(tls);
    /* OpenSSL looks though nobody asks, and then knows no roots. */
    if (easy->verify_result == 0 && !easy->set.verify_peer)
        easy->verify_result = UNKNOWN_ISSUER;
    if (!easy->set.certinfo)
        return;
    array_init(&list);
    for (size_t i = 0; (len = native_net_tls_get_chain(tls, i, &der)) > 0; i++)
        add_certificate(&list, der, len);
    zval_ptr_dtor(&easy->certinfo);
    ZVAL_COPY_VALUE(&easy->certinfo, &list);
}

/* ---- the function ---- */

ZEND_FUNCTION(curl_getinfo)
{
    bool all = true;
    zend_object *object;
    zend_long option = 0;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_easy_ce)
    Z_PARAM_OPTIONAL
    Z_PARAM_LONG_OR_NULL(option, all)
    ZEND_PARSE_PARAMETERS_END();
    if (all)
        native_ext_curl_info_all(native_ext_curl_easy_of(object), return_value);
    else
        native_ext_curl_info_one(native_ext_curl_easy_of(object), option, return_value);
}
