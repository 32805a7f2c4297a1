/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/info_numbers.c - what the engine counts, in libcurl's terms. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "info_parts.h"

#include "../../http/text.h"
#include "error.h"

bool native_ext_curl_info_has_local(const struct native_ext_curl_easy *easy)
{
    return easy->local.used && easy->set.url;
}

bool native_ext_curl_info_has_transfer(const struct native_ext_curl_easy *easy)
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

struct native_http_span native_ext_curl_info_url_of(const struct native_ext_curl_easy *easy)
{
    const struct native_http_span none = {NULL, 0};
    const struct native_http_error *error;
    struct native_http_span url;

    if (!native_ext_curl_info_has_transfer(easy))
        return none;
    error = native_http_transfer_error(easy->transfer);
    if (error->kind == NATIVE_HTTP_ERROR_URL && error->phase < NATIVE_HTTP_PHASE_SEND)
        return none;
    url = native_http_transfer_url(easy->transfer);
    return url.at == easy->options.url.at ? none : url;
}

static bool is_tls(const struct native_ext_curl_easy *easy)
{
    struct native_http_span url = native_ext_curl_info_url_of(easy);

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
static void tell_times(struct native_ext_curl_told *t, const struct native_http_times *times,
                       bool tls)
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

/* The engine's ways as CURLAUTH_*. */
static int64_t ways_of(unsigned ways)
{
    static const struct {
        unsigned way;
        int64_t bit;
    } all[] = {{NATIVE_HTTP_AUTH_BASIC, CURLAUTH_BASIC},
               {NATIVE_HTTP_AUTH_DIGEST, CURLAUTH_DIGEST},
               {NATIVE_HTTP_AUTH_BEARER, CURLAUTH_BEARER},
               {NATIVE_HTTP_AUTH_NEGOTIATE, CURLAUTH_NEGOTIATE},
               {NATIVE_HTTP_AUTH_NTLM, CURLAUTH_NTLM}};
    int64_t bits = 0;

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        if (ways & all[i].way)
            bits |= all[i].bit;
    return bits;
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
                       struct native_ext_curl_told *t)
{
    t->offered = ways_of(info->offered);
    t->proxy_offered = ways_of(info->proxy_offered);
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
                       struct native_ext_curl_told *t)
{
    bool asked = phase_of(easy) >= NATIVE_HTTP_PHASE_SEND;

    t->header_bytes = (int64_t)info->header_bytes;
    t->request_bytes = (int64_t)info->request_bytes + sent_with_head(easy, info);
    t->uploaded = (int64_t)info->sent_framed_bytes; /* as libcurl counts them */
    t->downloaded = (int64_t)info->received_bytes;
    t->upload_length = asked ? info->send_length : -1;
    t->download_length = asked ? info->receive_length : -1;
    if (info->status == 204 || info->status == 304) /* they have no body, whatever they say */
        t->download_length = 0;
    t->upload_speed = speed(t->uploaded, t->total);
    t->download_speed = speed(t->downloaded, t->total);
}

/* The port of the URL, which a Unix socket has none of. */
static int64_t port_of(const struct native_ext_curl_easy *easy)
{
    struct native_http_url_options how = NATIVE_HTTP_URL_OPTIONS_INIT;
    struct native_http_span from = native_ext_curl_info_url_of(easy);
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
                            struct native_ext_curl_told *t)
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

/* A redirect counts also where its target was none. */
static bool bad_target(const struct native_ext_curl_easy *easy)
{
    const struct native_http_error *error = native_http_transfer_error(easy->transfer);

    return error->kind == NATIVE_HTTP_ERROR_URL && error->phase >= NATIVE_HTTP_PHASE_SEND;
}

static void tell_transfer(struct native_ext_curl_easy *easy, struct native_ext_curl_told *t)
{
    const struct native_http_info *info = native_http_transfer_info(easy->transfer);
    const struct native_ext_curl_settings *s = &easy->set;

    t->total = native_http_transfer_elapsed_us(easy->transfer);
    t->status = info->version == 9 ? 0 : info->status; /* HTTP/0.9 has none */
    t->connect_status = info->connect_status;
    t->http_version = info->version == 10   ? CURL_HTTP_VERSION_1_0
                      : info->version == 11 ? CURL_HTTP_VERSION_1_1
                                            : CURL_HTTP_VERSION_NONE;
    /* libcurl takes a request that is repeated with credentials for a redirect. */
    t->redirects = info->redirects + info->repeats + bad_target(easy);
    if (s->filetime)
        t->file_time = native_http_transfer_modified(easy->transfer);
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
static void tell_local(const struct native_ext_curl_local *local, struct native_ext_curl_told *t)
{
    t->protocol = CURLPROTO_FILE;
    t->total = local->total_us;
    t->name = t->send = t->first = MIN(local->total_us, 1);
    t->uploaded = local->sent;
    t->downloaded = local->received;
    t->download_length = local->length;
    t->file_time = local->filetime;
    t->condition_unmet = local->unmet;
    t->upload_speed = speed(t->uploaded, t->total);
    t->download_speed = speed(t->downloaded, t->total);
    t->local_port = -1;
}

void native_ext_curl_info_tell(struct native_ext_curl_easy *easy, struct native_ext_curl_told *t)
{
    memset(t, 0, sizeof(*t));
    t->file_time = t->upload_length = t->download_length = t->connection = -1;
    t->verify_result = easy->verify_result;
    t->proxy_verify_result = easy->proxy_verify_result;
    if (native_ext_curl_info_has_local(easy))
        tell_local(&easy->local, t);
    else if (native_ext_curl_info_has_transfer(easy))
        tell_transfer(easy, t);
}
