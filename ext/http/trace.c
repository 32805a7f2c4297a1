/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/trace.c - a line for each head that goes out or comes in, without what is secret. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "trace.h"

#include "../../http/engine.h"
#include "../../http/handlers.h"
#include "../trace.h"

/* Names of schemes tell no secret, what follows them does. */
static const struct native_http_span schemes[] = {
    {"Basic ", 6},      {"Bearer ", 7}, {"Digest ", 7},
    {"Negotiate ", 10}, {"NTLM ", 5},   {"AWS4-HMAC-SHA256 ", 17},
};

static void put_secret(smart_str *line, struct native_http_span value)
{
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        struct native_http_span begin = {value.at, MIN(value.len, schemes[i].len)};

        if (native_http_span_is_nocase(begin, schemes[i])) {
            smart_str_appendl(line, schemes[i].at, schemes[i].len);
            break;
        }
    }
    smart_str_appends(line, NATIVE_EXT_TRACE_MASK);
}

static void put_field(smart_str *line, struct native_http_span name, struct native_http_span value)
{
    smart_str_appends(line, " | ");
    native_ext_trace_put(line, name.at, name.len);
    smart_str_appends(line, ": ");
    if (native_ext_trace_is_secret(name.at, name.len))
        put_secret(line, value);
    else
        native_ext_trace_put_url(line, value.at, value.len);
}

/* Take one line, without its ending, off the front. */
static struct native_http_span take_line(struct native_http_span *head)
{
    const char *end = head->len ? memchr(head->at, '\n', head->len) : NULL;
    struct native_http_span line = {head->at, end ? (size_t)(end - head->at) : head->len};
    size_t taken = end ? line.len + 1 : line.len;

    head->at += taken;
    head->len -= taken;
    if (line.len > 0 && line.at[line.len - 1] == '\r')
        line.len--;
    return line;
}

/* "http://user:password@host:8080" of a URL. */
static size_t origin_len(struct native_http_span url)
{
    const char *end = url.at + url.len;
    const char *at = zend_memnstr(url.at, "://", 3, end);

    for (at = at ? at + 3 : end; at < end && *at != '/' && *at != '?' && *at != '#';)
        at++;
    return (size_t)(at - url.at);
}

/* A path with the URL's origin in front of it. It need not be the URL's path: whoever calls may ask for another one. */
static void put_target(smart_str *line, struct native_http_span url, const char *target, size_t len)
{
    smart_str whole = {NULL, 0};

    if (len == 0 || *target != '/' || url.len == 0) {
        native_ext_trace_put_url(line, target, len);
        return;
    }
    smart_str_appendl(&whole, url.at, origin_len(url));
    smart_str_appendl(&whole, target, len);
    native_ext_trace_put_url(line, ZSTR_VAL(whole.s), ZSTR_LEN(whole.s));
    smart_str_free(&whole);
}

/* "GET /path HTTP/1.1", with the whole URL in place of the path. */
static void put_request_line(smart_str *line, const struct native_http_transfer *t,
                             struct native_http_span text)
{
    const char *first = text.len ? memchr(text.at, ' ', text.len) : NULL;
    const char *last = first ? zend_memrchr(text.at, ' ', text.len) : NULL;

    if (!first || last <= first) {
        native_ext_trace_put_url(line, text.at, text.len);
        return;
    }
    native_ext_trace_put(line, text.at, (size_t)(first - text.at));
    smart_str_appendc(line, ' ');
    put_target(line, native_http_transfer_url(t), first + 1, (size_t)(last - first - 1));
    native_ext_trace_put(line, last, (size_t)(text.at + text.len - last));
}

static void put_request(smart_str *line, const struct native_http_transfer *t,
                        struct native_http_span head)
{
    put_request_line(line, t, take_line(&head));
    while (head.len > 0) {
        struct native_http_span field = take_line(&head), value;
        const char *colon = field.len ? memchr(field.at, ':', field.len) : NULL;

        if (!colon)
            continue;
        value.at = colon + 1;
        value.len = (size_t)(field.at + field.len - value.at);
        for (; value.len > 0 && (*value.at == ' ' || *value.at == '\t'); value.len--)
            value.at++;
        field.len = (size_t)(colon - field.at);
        put_field(line, field, value);
    }
}

static void put_response(smart_str *line, const struct native_http_transfer *t, unsigned status,
                         bool from_proxy)
{
    struct native_http_span name, value;

    smart_str_append_printf(line, "%u%s", status, from_proxy ? " from the proxy" : "");
    for (size_t i = 0; native_http_transfer_field_at(t, i, &name, &value); i++)
        put_field(line, name, value);
}

static void watch(const struct native_http_transfer *t, enum native_http_watched what,
                  unsigned status, struct native_http_span head)
{
    bool out = what == NATIVE_HTTP_WATCH_REQUEST;
    smart_str line = {NULL, 0};

    if (!native_ext_trace_is_on())
        return;
    native_ext_trace_begin(&line, "http", native_http_transfer_info(t)->connection_id,
                           out ? '>' : '<');
    if (out)
        put_request(&line, t, head);
    else
        put_response(&line, t, status, what == NATIVE_HTTP_WATCH_CONNECT_RESPONSE);
    native_ext_trace_end(&line);
}

void native_ext_http_trace_watch(void)
{
    native_http_watch_set(watch);
}
