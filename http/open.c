/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* open.c - from a URL to a connection on which the request can be sent: BEGIN, OPEN, SOCKS, CONNECT, TLS. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include "../net/resolve.h"
#include "idn.h"
#include "parts.h"
#include "wire/escape.h"

/* ---- the URL of this request ---- */

/* The bytes of the URL's host go to the DNS, to servers and into certificates' names as ASCII. The URL is still shown as it was
 * written: the name stands behind its text. */
static enum native_http_status use_ascii_host(struct native_http_transfer *t,
                                              const struct native_http_url_options *how,
                                              struct native_http_span text,
                                              struct native_http_fault *fault)
{
    struct native_http_buffer name = {NULL, 0, 0};
    enum native_http_status status = native_http_idn_put(t->url.host, &name);
    if (status == NATIVE_HTTP_MALFORMED)
        *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_URL_NAME, 0};
    if (status == NATIVE_HTTP_OK && !native_http_text_reserve(&t->url_text, name.len))
        status = NATIVE_HTTP_NO_SPACE;
    if (status == NATIVE_HTTP_OK) {
        t->url_text.len = 0; /* it may have moved */
        status = native_http_url_parse(how, text.at, text.len, &t->url_text, &t->url, fault);
        t->url.host = (struct native_http_span){t->url_text.at + t->url_text.len, name.len};
        native_http_buffer_put_span(&t->url_text, native_http_text_span(&name));
    }
    native_http_text_free(&name, false);
    return status == NATIVE_HTTP_END ? NATIVE_HTTP_OK : status; /* without libidn2: as it is */
}

static bool has_high(struct native_http_span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] & 0x80)
            return true;
    return false;
}

/* Who asks for the same thing again and again has it parsed already, where it is written as it is parsed. */
static bool is_parsed(struct native_http_transfer *t, struct native_http_span text, unsigned flags)
{
    if (t->url_kept == 0 || flags != t->url_flags || !native_http_span_is(text, t->url.text))
        return false;
    t->url_text.len = t->url_kept;
    return true;
}

/* Parse `text` into t->url; the block grows until it fits. */
static bool parse(struct native_http_transfer *t, struct native_http_span text, unsigned flags)
{
    struct native_http_url_options how = NATIVE_HTTP_URL_OPTIONS_INIT;
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
    enum native_http_status status;
    how.flags |= t->redirected ? t->options->location_flags : t->options->url_flags;
    how.flags |= flags | (t->options->path_as_is ? NATIVE_HTTP_URL_PATH_AS_IS : 0U);
    if (is_parsed(t, text, how.flags))
        return true;
    t->url_flags = how.flags;
    t->url_text.len = t->url_kept = 0;
    (void)native_http_text_reserve(&t->url_text, text.len + 16); /* else it is parsed twice */
    do {
        t->url_text.len = 0;
        status = native_http_url_parse(&how, text.at, text.len, &t->url_text, &t->url, &fault);
    } while (status == NATIVE_HTTP_NO_SPACE && native_http_text_retry(&t->url_text, 0));
    if (status == NATIVE_HTTP_OK && has_high(t->url.host))
        status = use_ascii_host(t, &how, text, &fault);
    if (status == NATIVE_HTTP_OK)
        return true;
    if (status == NATIVE_HTTP_NO_SPACE)
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
    else
        native_http_error_fault(&t->error, NATIVE_HTTP_ERROR_URL, fault.reason, "the URL");
    return false;
}

/* A URL without a scheme: put the default one in front and parse it once more. */
static bool guess_scheme(struct native_http_transfer *t, struct native_http_span text)
{
    struct native_http_buffer whole = {NULL, 0, 0};
    struct native_http_span scheme =
        t->options->default_scheme.len > 0 ? t->options->default_scheme : NATIVE_HTTP_SPAN("http");
    bool ok = native_http_text_add(&whole, scheme) &&
              native_http_text_add(&whole, NATIVE_HTTP_SPAN("://")) &&
              native_http_text_add(&whole, text);
    if (!ok)
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
    ok = ok && parse(t, native_http_text_span(&whole), 0);
    native_http_text_free(&whole, true);
    return ok;
}

static bool scheme_allowed(struct native_http_transfer *t)
{
    unsigned allowed = t->info.redirects > 0 ? t->options->redirect_schemes : t->options->schemes;
    unsigned scheme = 0;
    if (native_http_span_is(t->url.scheme, NATIVE_HTTP_SPAN("http")))
        scheme = NATIVE_HTTP_SCHEME_HTTP;
    else if (native_http_span_is(t->url.scheme, NATIVE_HTTP_SPAN("https")))
        scheme = NATIVE_HTTP_SCHEME_HTTPS;
    if (scheme & allowed)
        return true;
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_SCHEME,
                          "the scheme \"%.*s\" is not supported or not allowed",
                          (int)t->url.scheme.len, t->url.scheme.at);
    return false;
}

/* The first URL stays when there is another one: credentials are for its origin. */
static void keep_origin(struct native_http_transfer *t)
{
    if (t->origin_text.len > 0)
        return;
    native_http_text_free(&t->origin_text, true);
    t->origin_text = t->url_text;
    t->origin = t->url;
    t->url_kept = 0;
    memset(&t->url_text, 0, sizeof(t->url_text));
}

/* Not what may have secrets in it, nor what is changed before it is used. */
static bool may_be_kept(const struct native_http_transfer *t)
{
    return !t->url.user.at && !t->url.password.at && !t->url.query.at && !t->url.fragment.at &&
           t->options->port == 0;
}

static bool find_url(struct native_http_transfer *t)
{
    bool first = !t->redirected;
    struct native_http_span text = first ? t->options->url : native_http_text_span(&t->location);
    if (text.len == 0) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_URL, "no URL was given");
        return false;
    }
    if (!first)
        keep_origin(t);
    if (!parse(t, text, first ? NATIVE_HTTP_URL_GUESS_SCHEME : 0) ||
        (!t->url.scheme.at && !guess_scheme(t, text)))
        return false;
    t->url_kept = first && may_be_kept(t) ? t->url_text.len : 0;
    if (first && t->options->port > 0)
        t->url.port = t->options->port;
    return scheme_allowed(t);
}

/* ---- a new stream ---- */

/* The texts of the stream's options, which want a NUL at their end. */
struct texts {
    char *host;
    char *interface;
    char *unix_path;
};

static void free_texts(struct texts *texts)
{
    free(texts->host);
    free(texts->interface);
    free(texts->unix_path);
}

/* "if!eth0", "host!192.0.2.1", or either without saying which. */
static bool use_interface(struct native_net_stream_options *stream, char *text)
{
    struct native_net_address address;
    if (strncmp(text, "if!", 3) == 0)
        stream->interface = text + 3;
    else if (strncmp(text, "host!", 5) == 0)
        stream->bind_address = text + 5;
    else if (native_net_address_parse(text, &address))
        stream->bind_address = text;
    else if (if_nametoindex(text) != 0)
        stream->interface = text;
    else
        return false;
    return true;
}

static char *host_with_zone(const struct native_http_transfer *t)
{
    struct native_http_buffer text = {NULL, 0, 0};
    bool zone = t->url.zone.len > 0 && t->route.peer_host.at == t->url.host.at;
    if (!native_http_text_add(&text, t->route.peer_host) ||
        (zone && (!native_http_text_add(&text, NATIVE_HTTP_SPAN("%")) ||
                  !native_http_text_add(&text, t->url.zone))) ||
        !native_http_text_reserve(&text, 1)) {
        native_http_text_free(&text, false);
        return NULL;
    }
    text.at[text.len] = '\0';
    return text.at;
}

static bool fill_options(struct native_http_transfer *t, struct native_net_stream_options *stream,
                         struct texts *texts)
{
    const struct native_http_options *options = t->options;
    if (!(texts->host = host_with_zone(t)) ||
        (options->interface.len > 0 &&
         !(texts->interface = native_http_text_string(options->interface))) ||
        (options->unix_path.at &&
         !(texts->unix_path = native_http_text_string(options->unix_path)))) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
        return false;
    }
    stream->host = texts->host;
    stream->port = t->route.peer_port;
    if (texts->unix_path) {
        stream->scheme = NATIVE_NET_UNIX;
        stream->path = options->unix_abstract ? NULL : texts->unix_path;
        stream->abstract_name = options->unix_abstract ? texts->unix_path : NULL;
    }
    if (texts->interface && !use_interface(stream, texts->interface)) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_BIND,
                              "there is no device or address \"%s\" here", texts->interface);
        return false;
    }
    stream->family = (enum native_net_family)options->family;
    stream->connect_timeout_ms = -1; /* ours, over all steps: connect_by_ms */
    stream->bind_port = options->local_port;
    stream->bind_port_count = options->local_ports;
    stream->keepalive_idle_s = options->keepalive_idle_s;
    stream->keepalive_interval_s = options->keepalive_interval_s;
    stream->keepalive_count = options->keepalive_count;
    stream->happy_eyeballs_ms = options->eyeballs_ms;
    stream->addresses = native_http_override(options, t->route.peer_host, t->route.peer_port);
    stream->names = options->names;
    return true;
}

static bool open_new(struct native_http_transfer *t, struct native_http_key *key)
{
    struct native_net_stream_options options = NATIVE_NET_STREAM_OPTIONS_INIT;
    struct texts texts = {NULL, NULL, NULL};
    struct native_net_stream *stream = NULL;
    struct native_net_error error;
    if (fill_options(t, &options, &texts)) {
        stream = native_net_stream_new(&options, &error);
        if (!stream)
            native_http_error_net(&t->error, &error);
    }
    free_texts(&texts);
    if (!stream)
        return false;
    t->connection = native_http_connection_new(stream, key);
    if (!t->connection) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
        return false;
    }
    t->info.connects++;
    native_http_pool_counts(native_http_engine_pool(t->engine))->opened++;
    return true;
}

/* ---- BEGIN ---- */

static bool find_tls(struct native_http_transfer *t)
{
    struct native_net_error error;
    native_net_tls_config_unref(t->tls);
    t->tls = NULL;
    if (!t->route.tls)
        return true;
    if (t->options->tls) {
        t->tls = native_net_tls_config_ref(t->options->tls);
        return true;
    }
    if (!t->handlers->tls) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_BAD_ARGUMENT,
                              "https without a TLS configuration");
        return false;
    }
    t->tls = t->handlers->tls(t->ctx, t, &error);
    if (t->tls)
        return true;
    native_http_error_net(&t->error, &error);
    t->error.kind = NATIVE_HTTP_ERROR_TLS;
    return false;
}

/* The answer to CONNECT is the owner's to see: he gets no tunnel of somebody else's. */
static struct native_http_connection *take_kept(struct native_http_transfer *t,
                                                const struct native_http_key *key, int64_t now_ms)
{
    struct native_http_pool_wish wish = {.key = key,
                                         .idle_ms = t->options->pool_idle_ms,
                                         .life_ms = t->options->pool_life_ms,
                                         .owner = t->options->owner,
                                         .only_own = t->route.tunnel,
                                         .whole_chain = t->options->whole_chain};
    struct native_http_connection *connection =
        native_http_pool_take(native_http_engine_pool(t->engine), &wish, now_ms);
    if (connection && connection->owner != wish.owner)
        t->info.taken_over++;
    return connection;
}

/* A connection for this route: one that waits, or a new one. */
static enum native_http_go get_connection(struct native_http_transfer *t, int64_t now_ms)
{
    struct native_http_key key;
    const struct native_http_options *options = t->options;
    bool ok;
    if (!native_http_key_make(&key, &t->route, options, t->tls)) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
        return NATIVE_HTTP_FAILED;
    }
    if (!options->fresh && !t->retried)
        t->connection = take_kept(t, &key, now_ms);
    t->info.reused = t->connection != NULL;
    ok = t->connection || open_new(t, &key);
    native_http_key_free(&key);
    if (!ok)
        return NATIVE_HTTP_FAILED;
    t->info.connection_id = t->connection->id;
    t->info.local = t->connection->local;
    t->info.remote = t->connection->remote;
    t->step = t->info.reused ? NATIVE_HTTP_STEP_EXCHANGE : NATIVE_HTTP_STEP_OPEN;
    if (t->info.reused)
        native_http_trace(t, "Re-using existing connection with host %.*s", (int)t->route.host.len,
                          t->route.host.at);
    return NATIVE_HTTP_GO;
}

enum native_http_go native_http_step_begin(struct native_http_transfer *t, int64_t now_ms)
{
    int64_t connect_ms = t->options->connect_ms;
    t->info.phase = NATIVE_HTTP_PHASE_QUEUED;
    if (!t->hop_ready) {
        native_http_route_free(&t->route);
        if (!find_url(t) || !native_http_route_find(&t->route, &t->url, t->options, &t->error) ||
            !native_http_hop_begin(t) || !find_tls(t))
            return NATIVE_HTTP_FAILED;
        t->hop_ready = true;
    }
    if (!native_http_engine_has_room(t->engine, t))
        return NATIVE_HTTP_WAIT;
    t->hop_ready = false;
    t->info.used_proxy = t->route.has_proxy;
    t->connect_by_ms = native_net_deadline_after(now_ms, connect_ms > 0 ? connect_ms : -1);
    t->info.times.queue = native_http_now_us(t);
    return get_connection(t, now_ms);
}

/* ---- OPEN ---- */

void native_http_after_tunnel(struct native_http_transfer *t)
{
    if (t->options->say_address && !t->address_said)
        t->step = NATIVE_HTTP_STEP_ADDRESS;
    else
        t->step = t->route.tls ? NATIVE_HTTP_STEP_TLS : NATIVE_HTTP_STEP_EXCHANGE;
}

void native_http_after_socks(struct native_http_transfer *t)
{
    if (t->route.tunnel)
        t->step = NATIVE_HTTP_STEP_CONNECT;
    else
        native_http_after_tunnel(t);
}

/* What comes next once bytes can go to whom we are connected to. */
static void after_open(struct native_http_transfer *t)
{
    if (t->route.has_before ||
        (t->route.has_proxy && t->route.proxy_kind >= NATIVE_HTTP_PROXY_SOCKS4))
        t->step = NATIVE_HTTP_STEP_SOCKS;
    else
        native_http_after_socks(t);
}

static void note_times(struct native_http_transfer *t)
{
    struct native_net_stream_times times;
    native_net_stream_get_times(t->connection->stream, &times);
    if (times.name_us)
        t->info.times.name = times.name_us - t->start_us;
    if (times.connect_us)
        t->info.times.connect = times.connect_us - t->start_us;
    if (times.tls_us)
        t->info.times.tls = times.tls_us - t->start_us;
}

static enum native_http_phase phase_of(const struct native_http_transfer *t)
{
    struct native_net_stream_times times;
    native_net_stream_get_times(t->connection->stream, &times);
    return times.connect_us ? NATIVE_HTTP_PHASE_TLS
           : times.name_us  ? NATIVE_HTTP_PHASE_CONNECT
                            : NATIVE_HTTP_PHASE_NAME;
}

/* Kept with the connection: ours costs a system call. */
static void note_addresses(struct native_http_transfer *t)
{
    struct native_http_connection *connection = t->connection;
    (void)native_net_stream_get_local(connection->stream, &connection->local);
    (void)native_net_stream_get_peer(connection->stream, &connection->remote);
    t->info.local = connection->local;
    t->info.remote = connection->remote;
    if (t->handlers->trace && connection->remote.len > 0) {
        char address[64];
        native_http_trace(t, "Connected to %.*s (%s) port %u", (int)t->route.peer_host.len,
                          t->route.peer_host.at,
                          native_net_address_host(&connection->remote, address, sizeof(address)),
                          native_net_address_port(&connection->remote));
    }
}

static void after_tls(struct native_http_transfer *t)
{
    struct native_http_pool_counts *counts =
        native_http_pool_counts(native_http_engine_pool(t->engine));
    const struct native_net_tls *tls = native_net_stream_tls(t->connection->stream);
    t->info.tls_resumed = tls && native_net_tls_was_resumed(tls);
    counts->handshakes++;
    counts->resumed += t->info.tls_resumed;
    t->step = NATIVE_HTTP_STEP_EXCHANGE;
}

/* OPEN and TLS: the stream does it. */
enum native_http_go native_http_step_open(struct native_http_transfer *t, int64_t now_ms)
{
    struct native_net_error error;
    enum native_net_status status;
    native_net_error_clear(&error);
    status = native_net_stream_open(t->connection->stream, now_ms, &error);
    t->info.phase = phase_of(t);
    if (status == NATIVE_NET_AGAIN) {
        t->want = NATIVE_NET_READ;
        return NATIVE_HTTP_WAIT;
    }
    note_times(t);
    if (status != NATIVE_NET_OK) {
        native_http_error_net(&t->error, &error);
        if (t->error.kind == NATIVE_HTTP_ERROR_RESOLVE && t->route.has_proxy)
            t->error.kind = NATIVE_HTTP_ERROR_RESOLVE_PROXY;
        return NATIVE_HTTP_FAILED;
    }
    if (t->step == NATIVE_HTTP_STEP_TLS) {
        after_tls(t);
        return NATIVE_HTTP_GO;
    }
    note_addresses(t);
    after_open(t);
    return NATIVE_HTTP_GO;
}

/* ---- TLS ---- */

/* Saved sessions are for the host that the name leads to: one that was reached otherwise has none. */
static struct native_net_tls_store *sessions_of(const struct native_http_transfer *t)
{
    bool elsewhere = native_http_override(t->options, t->route.peer_host, t->route.peer_port) ||
                     native_http_override(t->options, t->route.target_host, t->route.target_port) ||
                     t->route.unix_path.at ||
                     !native_http_span_is_nocase(t->route.target_host, t->route.host) ||
                     t->route.target_port != t->route.port;
    return elsewhere || t->options->whole_chain ? NULL : t->options->sessions;
}

static enum native_http_go begin_tls(struct native_http_transfer *t, int64_t now_ms)
{
    struct native_net_start_tls options = NATIVE_NET_START_TLS_INIT;
    struct native_net_error error;
    enum native_net_status status;
    char *name = native_http_text_string(t->route.host);
    char *scope = t->route.has_proxy
                      ? native_http_text_string(native_http_text_span(&t->proxy_origin))
                      : NULL;
    if (!name || (t->route.has_proxy && !scope)) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
        free(name);
        free(scope);
        return NATIVE_HTTP_FAILED;
    }
    options.tls = t->tls;
    options.server_name = name;
    options.port = t->route.port;
    options.timeout_ms = -1;
    options.early_len = native_http_connection_in(t->connection).len;
    options.sessions = sessions_of(t);
    options.session_scope = scope;
    status = native_net_stream_start_tls(t->connection->stream, &options, now_ms, &error);
    free(name);
    free(scope);
    t->tls_begun = status == NATIVE_NET_OK;
    if (t->tls_begun)
        return NATIVE_HTTP_GO;
    native_http_error_net(&t->error, &error);
    return NATIVE_HTTP_FAILED;
}

enum native_http_go native_http_step_tls(struct native_http_transfer *t, int64_t now_ms)
{
    if (!t->tls_begun && begin_tls(t, now_ms) == NATIVE_HTTP_FAILED)
        return NATIVE_HTTP_FAILED;
    return native_http_step_open(t, now_ms);
}
