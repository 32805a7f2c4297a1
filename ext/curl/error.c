/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/error.c - how a transfer has failed, in libcurl's numbers and words.
 *
 *     kind of the engine's error  --kinds[]-->  CURLE_* and a text, or a function that makes both
 *
 * Programs look at the texts, so they are libcurl's (7.88's, with OpenSSL), letter by letter. Where libcurl repeats its TLS library
 * the engine's own words stand instead.
 * Memory: a URL is parsed once more where a text names a host; malloc'ed and freed here. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "error_parts.h"

#include "../../http/text.h"
#include "body.h"

/* PHP's own measures what %.*s is given up to its zero byte, which spans have not. */
#undef snprintf
#undef vsnprintf

/* ---- what all of them use ---- */

int native_ext_curl_say(const struct native_ext_curl_failure *f, int code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(f->text, f->len, format, args);
    va_end(args);
    return code;
}

int native_ext_curl_say_as_it_is(const struct native_ext_curl_failure *f, int code)
{
    return native_ext_curl_say(f, code, "%s", f->error->message);
}

int native_ext_curl_say_system(const struct native_ext_curl_failure *f, int code, int os_errno,
                               const char *what)
{
    struct native_net_error system;

    native_net_error_set_errno(&system, NATIVE_NET_ERROR_IO, os_errno, "%s", what);
    return native_ext_curl_say(f, code, "%s", system.message);
}

struct native_http_span native_ext_curl_failed_url(const struct native_ext_curl_failure *f)
{
    return native_http_transfer_url(f->easy->transfer);
}

bool native_ext_curl_begins(struct native_http_span text, const char *with)
{
    size_t len = strlen(with);

    return text.len >= len && strncasecmp(text.at, with, len) == 0;
}

long long native_ext_curl_hop_ms(const struct native_ext_curl_failure *f)
{
    return (long long)((f->info->times.total - f->info->times.redirect) / 1000);
}

bool native_ext_curl_way_find(const struct native_ext_curl_failure *f,
                              struct native_ext_curl_way *way)
{
    struct native_http_url_options how = NATIVE_HTTP_URL_OPTIONS_INIT;
    struct native_http_span url = native_ext_curl_failed_url(f);
    struct native_http_fault fault;
    struct native_http_error error;
    enum native_http_status status;

    memset(way, 0, sizeof(*way));
    (void)native_http_text_reserve(&way->text, url.len + 16); /* else it is parsed twice */
    do {
        way->text.len = 0;
        status = native_http_url_parse(&how, url.at, url.len, &way->text, &way->url, &fault);
    } while (status == NATIVE_HTTP_NO_SPACE && native_http_text_retry(&way->text, 0));
    if (status == NATIVE_HTTP_OK && f->easy->options.port > 0 && f->info->redirects == 0)
        way->url.port = f->easy->options.port;
    if (status == NATIVE_HTTP_OK &&
        native_http_route_find(&way->route, &way->url, &f->easy->options, &error))
        return true;
    native_http_text_free(&way->text, true);
    return false;
}

void native_ext_curl_way_leave(struct native_ext_curl_way *way)
{
    native_http_route_free(&way->route);
    native_http_text_free(&way->text, true);
}

int native_ext_curl_say_host(const struct native_ext_curl_failure *f, int code, const char *before,
                             const char *behind, bool of_origin)
{
    struct native_http_span host;
    struct native_ext_curl_way way;

    if (!native_ext_curl_way_find(f, &way))
        return native_ext_curl_say(f, code, "%s", "");
    host = of_origin ? way.route.host : way.route.peer_host;
    native_ext_curl_say(f, code, "%s%.*s%s", before, (int)host.len, host.at, behind);
    native_ext_curl_way_leave(&way);
    return code;
}

/* ---- time ---- */

static int say_late(const struct native_ext_curl_failure *f)
{
    const struct native_http_info *info = f->info;
    long long ms = (long long)(info->times.total / 1000);
    unsigned long long got = (unsigned long long)info->received_bytes;

    if (info->receive_length >= 0 && f->error->phase >= NATIVE_HTTP_PHASE_SEND)
        return native_ext_curl_say(
            f, CURLE_OPERATION_TIMEDOUT,
            "Operation timed out after %lld milliseconds with %llu out of %lld bytes received", ms,
            got, (long long)info->receive_length);
    return native_ext_curl_say(
        f, CURLE_OPERATION_TIMEDOUT,
        "Operation timed out after %lld milliseconds with %llu bytes received", ms, got);
}

/* CONNECTTIMEOUT comes before TIMEOUT. */
static bool is_connect_limit(const struct native_ext_curl_failure *f)
{
    const struct native_http_options *options = &f->easy->options;
    int64_t begun_ms = f->info->times.redirect / 1000;

    return options->timeout_ms <= 0 || begun_ms + options->connect_ms < options->timeout_ms;
}

static int say_timeout(const struct native_ext_curl_failure *f)
{
    static const char *const connecting[] = {
        [NATIVE_HTTP_PHASE_NAME] = "Resolving timed out after %lld milliseconds",
        [NATIVE_HTTP_PHASE_CONNECT] = "Connection timed out after %lld milliseconds",
        [NATIVE_HTTP_PHASE_PROXY] = "Connection timed out after %lld milliseconds",
    };
    const struct native_http_options *options = &f->easy->options;
    enum native_http_phase phase = f->error->phase;

    if (phase == NATIVE_HTTP_PHASE_TLS)
        return native_ext_curl_say(f, CURLE_OPERATION_TIMEDOUT, "SSL connection timeout");
    if (phase == NATIVE_HTTP_PHASE_CONNECT && is_connect_limit(f))
        return native_ext_curl_say_where(f, CURLE_OPERATION_TIMEDOUT, "Timeout was reached");
    if (phase == NATIVE_HTTP_PHASE_PROXY && is_connect_limit(f) && f->info->request_bytes > 0)
        return native_ext_curl_say(f, CURLE_OPERATION_TIMEDOUT,
                                   "Proxy CONNECT aborted due to timeout");
    if (phase > NATIVE_HTTP_PHASE_QUEUED && phase <= NATIVE_HTTP_PHASE_PROXY)
        return native_ext_curl_say(f, CURLE_OPERATION_TIMEDOUT, connecting[phase],
                                   native_ext_curl_hop_ms(f));
    if (f->error->part == NATIVE_HTTP_PART_SLOW)
        return native_ext_curl_say(
            f, CURLE_OPERATION_TIMEDOUT,
            "Operation too slow. Less than %lld bytes/sec transferred the last %lld seconds",
            (long long)options->slow_bytes, (long long)options->slow_s);
    return say_late(f);
}

/* ---- sending and receiving ---- */

static int say_io(const struct native_ext_curl_failure *f, int code, const char *plain,
                  const char *over_tls)
{
    const struct native_net_error *net = &f->error->net;
    struct native_net_error system;

    if (!native_ext_curl_begins(native_ext_curl_failed_url(f), "https:"))
        return net->os_errno != 0 ? native_ext_curl_say_system(f, code, net->os_errno, plain)
                                  : native_ext_curl_say(f, code, "%s", "");
    if (net->os_errno == 0)
        return native_ext_curl_say(f, code, "%s: unexpected eof while reading, errno 0", over_tls);
    native_net_error_set_errno(&system, NATIVE_NET_ERROR_IO, net->os_errno, "%s", over_tls);
    return native_ext_curl_say(f, code, "%s, errno %d", system.message, net->os_errno);
}

static int say_not_sent(const struct native_ext_curl_failure *f)
{
    return say_io(f, CURLE_SEND_ERROR, "Send failure", "SSL_write");
}

static int say_not_received(const struct native_ext_curl_failure *f)
{
    if (f->error->phase == NATIVE_HTTP_PHASE_TLS)
        return native_ext_curl_say_handshake(f);
    return say_io(f, CURLE_RECV_ERROR, "Recv failure", "SSL_read");
}

/* One that is too short is libcurl's since 8.7: before it was waited for. */
static int say_no_source(const struct native_ext_curl_failure *f)
{
    bool mime = f->easy->set.method == NATIVE_EXT_CURL_POST_MIME;

    if (mime || f->error->missing > 0)
        return native_ext_curl_say(
            f, CURLE_READ_ERROR, "client %s EOF fail, only %llu/%lld of needed bytes read",
            mime ? "mime read" : "read function", (unsigned long long)f->info->sent_bytes,
            (long long)f->info->send_length);
    return native_ext_curl_say(f, CURLE_READ_ERROR, "read function returned funny value");
}

static int say_no_rewind(const struct native_ext_curl_failure *f)
{
    return native_ext_curl_say(f, NATIVE_EXT_CURL_REWIND_FAILED, "%s",
                               native_ext_curl_body_stuck(f->easy));
}

static int say_bad_argument(const struct native_ext_curl_failure *f)
{
    const struct native_http_options *options = &f->easy->options;

    if (f->error->net.kind == NATIVE_NET_ERROR_BAD_ARGUMENT && options->unix_path.at)
        return native_ext_curl_say(f, CURLE_COULDNT_RESOLVE_HOST,
                                   "Unix socket path too long: '%.*s'", (int)options->unix_path.len,
                                   options->unix_path.at);
    if (f->error->part == NATIVE_HTTP_PART_PROVIDER)
        return native_ext_curl_say(f, CURLE_BAD_FUNCTION_ARGUMENT, "first provider can't be empty");
    if (f->error->part == NATIVE_HTTP_PART_SERVICE || f->error->part == NATIVE_HTTP_PART_REGION)
        return native_ext_curl_say(f, CURLE_URL_MALFORMAT, "%s missing in parameters and hostname",
                                   f->error->part == NATIVE_HTTP_PART_SERVICE ? "service"
                                                                              : "region");
    if (f->error->net.kind == NATIVE_NET_ERROR_BAD_ARGUMENT)
        return native_ext_curl_say_no_host(f); /* a name that no name can be */
    if (f->error->fault == NATIVE_HTTP_FAULT_NONE && options->http_1_0)
        return native_ext_curl_say(f, NATIVE_EXT_CURL_UPLOAD_FAILED,
                                   "Chunky upload is not supported by HTTP 1.0");
    return native_ext_curl_say_as_it_is(f, CURLE_BAD_FUNCTION_ARGUMENT);
}

/* ---- stopped by the user ---- */

/* By whom. */
static const struct {
    int code;
    const char *text;
} stops[NATIVE_HTTP_PARTS] = {
    [NATIVE_HTTP_PART_LINE] = {CURLE_WRITE_ERROR, "Failed writing header"},
    [NATIVE_HTTP_PART_HEAD] = {CURLE_WRITE_ERROR, "Failed writing header"},
    [NATIVE_HTTP_PART_SOURCE] = {CURLE_ABORTED_BY_CALLBACK, "operation aborted by callback"},
    [NATIVE_HTTP_PART_BODY] = {CURLE_WRITE_ERROR, "Failure writing output to destination"},
    [NATIVE_HTTP_PART_CONNECTED] = {CURLE_ABORTED_BY_CALLBACK,
                                    "operation aborted by pre-request callback"},
};

static int say_stopped(const struct native_ext_curl_failure *f)
{
    enum native_http_error_part by = f->error->part;

    if (stops[by].text)
        return native_ext_curl_say(f, stops[by].code, "%s", stops[by].text);
    return native_ext_curl_say(f, CURLE_ABORTED_BY_CALLBACK, "Callback aborted");
}

/* ---- all of them ---- */

static const struct {
    int code;
    const char *text;
    int (*say)(const struct native_ext_curl_failure *f); /* in place of both */
} kinds[NATIVE_HTTP_ERROR_KINDS] = {
    [NATIVE_HTTP_ERROR_BAD_ARGUMENT] = {0, NULL, say_bad_argument},
    [NATIVE_HTTP_ERROR_NO_MEMORY] = {CURLE_OUT_OF_MEMORY, "", NULL},
    [NATIVE_HTTP_ERROR_URL] = {0, NULL, native_ext_curl_say_bad_url},
    [NATIVE_HTTP_ERROR_SCHEME] = {0, NULL, native_ext_curl_say_scheme},
    [NATIVE_HTTP_ERROR_RESOLVE] = {0, NULL, native_ext_curl_say_no_host},
    [NATIVE_HTTP_ERROR_RESOLVE_PROXY] = {0, NULL, native_ext_curl_say_no_proxy},
    [NATIVE_HTTP_ERROR_CONNECT] = {0, NULL, native_ext_curl_say_not_connected},
    [NATIVE_HTTP_ERROR_BIND] = {0, NULL, native_ext_curl_say_not_bound},
    [NATIVE_HTTP_ERROR_PROXY] = {0, NULL, native_ext_curl_say_proxy},
    [NATIVE_HTTP_ERROR_TLS] = {0, NULL, native_ext_curl_say_tls},
    [NATIVE_HTTP_ERROR_TIMEOUT] = {0, NULL, say_timeout},
    [NATIVE_HTTP_ERROR_SEND] = {0, NULL, say_not_sent},
    [NATIVE_HTTP_ERROR_RECEIVE] = {0, NULL, say_not_received},
    [NATIVE_HTTP_ERROR_EMPTY] = {CURLE_GOT_NOTHING, "Empty reply from server", NULL},
    [NATIVE_HTTP_ERROR_CUT] = {0, NULL, native_ext_curl_say_cut},
    [NATIVE_HTTP_ERROR_PROTOCOL] = {0, NULL, native_ext_curl_say_fault},
    [NATIVE_HTTP_ERROR_TOO_LARGE] = {0, NULL, native_ext_curl_say_too_large},
    [NATIVE_HTTP_ERROR_CODING] = {0, NULL, native_ext_curl_say_coding},
    [NATIVE_HTTP_ERROR_REDIRECTS] = {0, NULL, native_ext_curl_say_redirects},
    [NATIVE_HTTP_ERROR_STATUS] = {0, NULL, native_ext_curl_say_status},
    [NATIVE_HTTP_ERROR_SOURCE] = {0, NULL, say_no_source},
    [NATIVE_HTTP_ERROR_REWIND] = {0, NULL, say_no_rewind},
    [NATIVE_HTTP_ERROR_SINK] = {0, NULL, say_stopped},
    [NATIVE_HTTP_ERROR_ABORTED] = {0, NULL, say_stopped},
    [NATIVE_HTTP_ERROR_RANGE] = {CURLE_HTTP_RANGE_ERROR,
                                 "HTTP server doesn't seem to support byte ranges. Cannot resume.",
                                 NULL},
    [NATIVE_HTTP_ERROR_AUTH] = {NATIVE_EXT_CURL_AUTH_ERROR, "", NULL},
};

int native_ext_curl_error_of(struct native_ext_curl_easy *easy, char *text, size_t len)
{
    struct native_ext_curl_failure f = {.easy = easy, .text = text, .len = len};

    if (easy->local.used || !easy->transfer)
        return easy->error; /* noted where it happened */
    f.error = native_http_transfer_error(easy->transfer);
    f.info = native_http_transfer_info(easy->transfer);
    if (f.error->kind == NATIVE_HTTP_ERROR_NONE) {
        /* Something was thrown while nothing of the user's was called: it is left where it was. */
        if (easy->failed_in_callback || !native_http_transfer_is_done(easy->transfer))
            return native_ext_curl_say(&f, CURLE_ABORTED_BY_CALLBACK,
                                       "operation aborted by callback");
        text[0] = '\0';
        return CURLE_OK;
    }
    native_ext_curl_note_verdict(&f);
    if (kinds[f.error->kind].say)
        return kinds[f.error->kind].say(&f);
    return native_ext_curl_say(&f, kinds[f.error->kind].code, "%s", kinds[f.error->kind].text);
}

/* Both are asked later, when what the options point to may be gone: only the error itself tells. */

int native_ext_curl_proxy_error_of(const struct native_ext_curl_easy *easy)
{
    struct native_ext_curl_failure f = {.easy = (struct native_ext_curl_easy *)easy};

    if (!easy->transfer)
        return CURLPX_OK;
    f.error = native_http_transfer_error(easy->transfer);
    f.info = native_http_transfer_info(easy->transfer);
    return native_ext_curl_socks_error(&f);
}

int native_ext_curl_os_error_of(const struct native_ext_curl_easy *easy)
{
    return easy->transfer ? native_http_transfer_error(easy->transfer)->net.os_errno : 0;
}

/* ---- functions ---- */

ZEND_FUNCTION(curl_error)
{
    const struct native_ext_curl_easy *easy;
    zend_object *object;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_easy_ce)
    ZEND_PARSE_PARAMETERS_END();
    easy = native_ext_curl_easy_of(object);
    if (easy->error == CURLE_OK)
        RETURN_EMPTY_STRING();
    RETURN_STRING(easy->text[0] ? easy->text : native_ext_curl_strerror(easy->error));
}

ZEND_FUNCTION(curl_errno)
{
    zend_object *object;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_easy_ce)
    ZEND_PARSE_PARAMETERS_END();
    RETURN_LONG(native_ext_curl_easy_of(object)->error);
}

ZEND_FUNCTION(curl_strerror)
{
    zend_long code;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_LONG(code)
    ZEND_PARSE_PARAMETERS_END();
    RETURN_STRING(native_ext_curl_strerror(code));
}
