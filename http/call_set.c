/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* call_set.c - what a call is told, and its way into the engine's options: two tables. */
#include "call_parts.h"

#include <limits.h>
#include <stdlib.h>

#include "../net/tls_store.h"
#include "text.h"
#include "wire/chars.h"

/* ---- tables ---- */

enum secret { PLAIN, SECRET };
enum form { ANY, NO_NUL, ONE_LINE };
#define NOWHERE SIZE_MAX /* what is read when TLS is needed has no place in the options */

#define OPTION(member) offsetof(struct native_http_options, member)

static const struct {
    const char *name;
    size_t at; /* a span in the options, or NOWHERE */
    enum form form;
    enum secret secret;
} texts[NATIVE_HTTP_CALL_TEXTS] = {
    [NATIVE_HTTP_CALL_URL] = {"the URL", OPTION(url), ANY, SECRET},
    [NATIVE_HTTP_CALL_METHOD] = {"the method", NOWHERE, ANY, PLAIN},
    [NATIVE_HTTP_CALL_USER_AGENT] = {"the user agent", OPTION(user_agent), ONE_LINE, PLAIN},
    [NATIVE_HTTP_CALL_REFERER] = {"the referer", OPTION(referer), ONE_LINE, PLAIN},
    [NATIVE_HTTP_CALL_RANGE] = {"the range", OPTION(range), ONE_LINE, PLAIN},
    [NATIVE_HTTP_CALL_USERNAME] = {"the user name", OPTION(user), ANY, PLAIN},
    [NATIVE_HTTP_CALL_PASSWORD] = {"the password", OPTION(password), ANY, SECRET},
    [NATIVE_HTTP_CALL_BEARER] = {"the bearer token", OPTION(bearer), ONE_LINE, SECRET},
    [NATIVE_HTTP_CALL_PROXY] = {"the proxy", OPTION(proxy), NO_NUL, SECRET},
    [NATIVE_HTTP_CALL_NO_PROXY] = {"the list of hosts without a proxy", OPTION(no_proxy), NO_NUL,
                                   PLAIN},
    [NATIVE_HTTP_CALL_INTERFACE] = {"the interface", OPTION(interface), NO_NUL, PLAIN},
    [NATIVE_HTTP_CALL_UNIX_SOCKET] = {"the Unix socket", OPTION(unix_path), NO_NUL, PLAIN},
    [NATIVE_HTTP_CALL_CA_FILE] = {"the CA file", NOWHERE, NO_NUL, PLAIN},
    [NATIVE_HTTP_CALL_CA_PATH] = {"the CA folder", NOWHERE, NO_NUL, PLAIN},
    [NATIVE_HTTP_CALL_CA] = {"the CA", NOWHERE, ANY, PLAIN},
    [NATIVE_HTTP_CALL_CERTIFICATE_FILE] = {"the certificate file", NOWHERE, NO_NUL, PLAIN},
    [NATIVE_HTTP_CALL_CERTIFICATE] = {"the certificate", NOWHERE, ANY, PLAIN},
    [NATIVE_HTTP_CALL_KEY_FILE] = {"the key file", NOWHERE, NO_NUL, PLAIN},
    [NATIVE_HTTP_CALL_KEY] = {"the key", NOWHERE, ANY, SECRET},
    [NATIVE_HTTP_CALL_PASSPHRASE] = {"the passphrase", NOWHERE, NO_NUL, SECRET},
    [NATIVE_HTTP_CALL_PINS] = {"the pins", NOWHERE, NO_NUL, PLAIN},
    [NATIVE_HTTP_CALL_CRL_FILE] = {"the CRL file", NOWHERE, NO_NUL, PLAIN},
    [NATIVE_HTTP_CALL_CRL] = {"the CRL", NOWHERE, ANY, PLAIN},
    [NATIVE_HTTP_CALL_CIPHERS] = {"the cipher suites", NOWHERE, NO_NUL, PLAIN},
    [NATIVE_HTTP_CALL_CIPHERS_13] = {"the cipher suites of TLS 1.3", NOWHERE, NO_NUL, PLAIN},
    [NATIVE_HTTP_CALL_GROUPS] = {"the groups", NOWHERE, NO_NUL, PLAIN},
};

enum { MAX_MS = INT_MAX };

static const struct {
    const char *name;
    int64_t low, high, start;
} numbers[NATIVE_HTTP_CALL_NUMBERS] = {
    [NATIVE_HTTP_CALL_TIMEOUT_MS] = {"the time limit", 0, MAX_MS, 0},
    [NATIVE_HTTP_CALL_CONNECT_MS] = {"the time limit of connecting", 0, MAX_MS, 10000},
    [NATIVE_HTTP_CALL_FIRST_MS] = {"the time limit of the first byte", 0, MAX_MS, 0},
    [NATIVE_HTTP_CALL_FOLLOW] = {"the flag to follow redirects", 0, 1, 1},
    [NATIVE_HTTP_CALL_MAX_REDIRECTS] = {"the number of redirects", 0, 1000, 20},
    [NATIVE_HTTP_CALL_DECODE] = {"the flag to decode", 0, 1, 1},
    [NATIVE_HTTP_CALL_AUTH_DIGEST] = {"the flag for Digest", 0, 1, 0},
    [NATIVE_HTTP_CALL_COOKIES] = {"the flag for cookies", 0, 1, 0},
    [NATIVE_HTTP_CALL_PROXY_TUNNEL] = {"the flag for a tunnel", 0, 1, 0},
    [NATIVE_HTTP_CALL_VERIFY_PEER] = {"the flag to verify the peer", 0, 1, 1},
    [NATIVE_HTTP_CALL_VERIFY_HOST] = {"the flag to verify the host", 0, 1, 1},
    [NATIVE_HTTP_CALL_TLS_MIN] = {"the lowest version of TLS", 12, 13, 12},
    [NATIVE_HTTP_CALL_TLS_MAX] = {"the highest version of TLS", 12, 13, 13},
    [NATIVE_HTTP_CALL_EXPECT_ABOVE] = {"the size that asks first", -1, INT64_MAX, 1024 * 1024},
    [NATIVE_HTTP_CALL_MAX_BODY] = {"the largest body", 0, INT64_MAX, 0},
    [NATIVE_HTTP_CALL_MAX_DECODED] = {"the largest decoded body", 0, INT64_MAX, 0},
    [NATIVE_HTTP_CALL_MAX_HEADER] = {"the largest head", 256, 16 * 1024 * 1024, 300 * 1024},
    [NATIVE_HTTP_CALL_FAMILY] = {"the version of IP", 0, 6, 0},
    [NATIVE_HTTP_CALL_KEEPALIVE_S] = {"the time between probes", 0, 32767, 0},
    [NATIVE_HTTP_CALL_FRESH] = {"the flag for a fresh connection", 0, 1, 0},
};

/* ---- setting ---- */

/* Say what is wrong, in the result. Returns false. */
#define REFUSE(call, ...)                                                                          \
    (native_http_error_set(&(call)->error, NATIVE_HTTP_ERROR_BAD_ARGUMENT, __VA_ARGS__),           \
     (call)->result.message = (call)->error.message, false)

static bool may_change(struct native_http_call *call)
{
    return call->running ? REFUSE(call, "The call is under way") : true;
}

static void drop(struct native_http_span *span, enum secret secret)
{
    struct native_http_buffer text = {(char *)(uintptr_t)span->at, span->len, span->len + 1};

    if (span->at)
        native_http_text_free(&text, secret == SECRET);
    *span = (struct native_http_span){NULL, 0};
}

/* Copy bytes over what was there; NULL: nothing is there afterwards. */
static bool keep(struct native_http_call *call, struct native_http_span *span, const void *bytes,
                 size_t len, enum secret secret)
{
    char *copy = NULL;

    if (bytes) {
        copy = native_http_text_string((struct native_http_span){bytes, len});
        if (!copy)
            return REFUSE(call, "Out of memory");
    }
    drop(span, secret);
    *span = (struct native_http_span){copy, copy ? len : 0};
    return true;
}

static bool breaks_line(struct native_http_span value)
{
    for (size_t i = 0; i < value.len; i++)
        if (value.at[i] == '\r' || value.at[i] == '\n' || value.at[i] == '\0')
            return true;
    return false;
}

bool native_http_call_set_text(struct native_http_call *call, enum native_http_call_text what,
                               const void *text, size_t text_len)
{
    if (!may_change(call))
        return false;
    if ((unsigned)what >= NATIVE_HTTP_CALL_TEXTS)
        return REFUSE(call, "There is no text number %u", (unsigned)what);
    if (texts[what].form == NO_NUL && text && text_len > 0 && memchr(text, '\0', text_len))
        return REFUSE(call, "There is a NUL byte in %s", texts[what].name);
    if (texts[what].form == ONE_LINE && text &&
        breaks_line((struct native_http_span){text, text_len}))
        return REFUSE(call, "There is a line break or a NUL byte in %s", texts[what].name);
    return keep(call, &call->texts[what], text, text_len, texts[what].secret);
}

bool native_http_call_set_number(struct native_http_call *call, enum native_http_call_number what,
                                 int64_t number)
{
    if (!may_change(call))
        return false;
    if ((unsigned)what >= NATIVE_HTTP_CALL_NUMBERS)
        return REFUSE(call, "There is no number %u", (unsigned)what);
    if (number < numbers[what].low || number > numbers[what].high ||
        (what == NATIVE_HTTP_CALL_FAMILY && number != 0 && number != 4 && number != 6))
        return REFUSE(call, "%s cannot be %lld", numbers[what].name, (long long)number);
    call->numbers[what] = number;
    return true;
}

static struct native_http_span trim(struct native_http_span span)
{
    while (span.len > 0 && native_http_char_is(span.at[0], NATIVE_HTTP_CHAR_BLANK))
        span = (struct native_http_span){span.at + 1, span.len - 1};
    while (span.len > 0 && native_http_char_is(span.at[span.len - 1], NATIVE_HTTP_CHAR_BLANK))
        span.len--;
    return span;
}

static bool is_token(struct native_http_span name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!native_http_char_is(name.at[i], NATIVE_HTTP_CHAR_TOKEN))
            return false;
    return name.len > 0;
}

/* Write "Name: value", "Name;" (empty) or "Name:" (left out), as the engine wants them. */
static char *make_line(struct native_http_span name, const struct native_http_span *value,
                       size_t *len)
{
    struct native_http_buffer line = {NULL, 0, 0};
    struct native_http_span mark = !value            ? NATIVE_HTTP_SPAN(":")
                                   : value->len == 0 ? NATIVE_HTTP_SPAN(";")
                                                     : NATIVE_HTTP_SPAN(": ");

    if (!native_http_text_add_wiping(&line, name) || !native_http_text_add_wiping(&line, mark) ||
        (value && !native_http_text_add_wiping(&line, *value)) ||
        !native_http_text_add_wiping(&line, (struct native_http_span){"", 1})) {
        native_http_text_free(&line, true);
        return NULL;
    }
    *len = line.len - 1;
    return line.at;
}

bool native_http_call_add_field(struct native_http_call *call, const void *name, size_t name_len,
                                const void *value, size_t value_len)
{
    struct native_http_span key = {name, name_len}, text, *more, line;

    if (!may_change(call))
        return false;
    if (!is_token(key))
        return REFUSE(call, "The name of a header field is no token");
    text = trim((struct native_http_span){value, value ? value_len : 0});
    if (breaks_line(text))
        return REFUSE(call, "The header field %.*s has a line break or a NUL byte in its value",
                      (int)(name_len < 100 ? name_len : 100), key.at);
    line.at = make_line(key, value ? &text : NULL, &line.len);
    more = realloc(call->fields, (call->fields_len + 1) * sizeof(*more));
    if (more)
        call->fields = more;
    if (!line.at || !more) {
        drop(&line, SECRET);
        return REFUSE(call, "Out of memory");
    }
    call->fields[call->fields_len++] = line;
    return true;
}

bool native_http_call_set_body(struct native_http_call *call, const void *body, size_t body_len,
                               const void *type, size_t type_len)
{
    struct native_http_span kind = {type, type ? type_len : 0};

    if (!may_change(call))
        return false;
    if (breaks_line(kind))
        return REFUSE(call, "There is a line break or a NUL byte in the body's type");
    return keep(call, &call->body_type, type, type_len, PLAIN) &&
           keep(call, &call->body, body, body_len, PLAIN);
}

void native_http_call_defaults(struct native_http_call *call)
{
    for (size_t i = 0; i < NATIVE_HTTP_CALL_NUMBERS; i++)
        call->numbers[i] = numbers[i].start;
}

void native_http_call_forget(struct native_http_call *call)
{
    for (size_t i = 0; i < NATIVE_HTTP_CALL_TEXTS; i++)
        drop(&call->texts[i], texts[i].secret);
    for (size_t i = 0; i < call->fields_len; i++)
        drop(&call->fields[i], SECRET); /* Authorization is one */
    free(call->fields);
    drop(&call->body, PLAIN);
    drop(&call->body_type, PLAIN);
}

/* ---- into the engine's ---- */

/* The names of the kinds change with redirects, names of the user's do not. */
static void fill_method(struct native_http_call *call)
{
    struct native_http_options *o = &call->options;
    struct native_http_span method = call->texts[NATIVE_HTTP_CALL_METHOD];
    bool body = call->body.at != NULL;

    o->kind = body ? NATIVE_HTTP_POST : NATIVE_HTTP_GET;
    if (!method.at)
        return;
    if (native_http_span_is(method, NATIVE_HTTP_SPAN("HEAD"))) {
        o->kind = NATIVE_HTTP_HEAD;
    } else if (native_http_span_is(method, NATIVE_HTTP_SPAN("POST"))) {
        o->kind = NATIVE_HTTP_POST;
    } else {
        o->kind = body ? NATIVE_HTTP_PUT : NATIVE_HTTP_GET;
        if (body || !native_http_span_is(method, NATIVE_HTTP_SPAN("GET")))
            o->method = method;
    }
}

void native_http_call_options(struct native_http_call *call)
{
    struct native_http_options *o = &call->options;
    const int64_t *n = call->numbers;

    *o = (struct native_http_options)NATIVE_HTTP_OPTIONS_INIT;
    for (size_t i = 0; i < NATIVE_HTTP_CALL_TEXTS; i++)
        if (texts[i].at != NOWHERE)
            memcpy((char *)o + texts[i].at, &call->texts[i], sizeof(call->texts[i]));
    fill_method(call);
    o->fields = call->fields;
    o->fields_len = call->fields_len;
    if (call->body.at) {
        native_http_source_bytes_init(&call->source, call->body.at, call->body.len);
        o->source = &call->source.source;
        o->content_type = call->body_type;
    }
    o->timeout_ms = n[NATIVE_HTTP_CALL_TIMEOUT_MS];
    o->connect_ms = n[NATIVE_HTTP_CALL_CONNECT_MS];
    o->first_ms = n[NATIVE_HTTP_CALL_FIRST_MS];
    o->follow = n[NATIVE_HTTP_CALL_FOLLOW] != 0;
    o->max_redirects = (int)n[NATIVE_HTTP_CALL_MAX_REDIRECTS];
    if (n[NATIVE_HTTP_CALL_DECODE])
        o->accept_encoding = NATIVE_HTTP_SPAN("");
    o->auth = n[NATIVE_HTTP_CALL_AUTH_DIGEST] ? NATIVE_HTTP_AUTH_DIGEST : NATIVE_HTTP_AUTH_BASIC;
    if (o->bearer.at)
        o->auth |= NATIVE_HTTP_AUTH_BEARER;
    o->proxy_auth = NATIVE_HTTP_AUTH_BASIC | NATIVE_HTTP_AUTH_DIGEST;
    o->nonces = call->client->home->nonces;
    if (n[NATIVE_HTTP_CALL_COOKIES])
        o->cookies = call->client->cookies;
    o->tunnel = n[NATIVE_HTTP_CALL_PROXY_TUNNEL] != 0;
    o->expect_above = n[NATIVE_HTTP_CALL_EXPECT_ABOVE];
    o->max_body = (uint64_t)n[NATIVE_HTTP_CALL_MAX_BODY];
    o->max_decoded = (uint64_t)n[NATIVE_HTTP_CALL_MAX_DECODED];
    o->max_head = (size_t)n[NATIVE_HTTP_CALL_MAX_HEADER];
    o->family = (int)n[NATIVE_HTTP_CALL_FAMILY];
    o->keepalive_idle_s = o->keepalive_interval_s = (int)n[NATIVE_HTTP_CALL_KEEPALIVE_S];
    o->fresh = o->close = n[NATIVE_HTTP_CALL_FRESH] != 0;
    o->sessions = native_net_tls_store_own();
}

struct native_net_tls_config *native_http_call_tls(const struct native_http_call *call,
                                                   struct native_net_error *error)
{
    static const char *const alpn[] = {"http/1.1"};
    const struct native_http_span *t = call->texts;
    const int64_t *n = call->numbers;
    const struct native_net_tls_options o = {
        .verify_peer = n[NATIVE_HTTP_CALL_VERIFY_PEER] != 0,
        .verify_host = n[NATIVE_HTTP_CALL_VERIFY_HOST] != 0,
        .ca_file = t[NATIVE_HTTP_CALL_CA_FILE].at,
        .ca_dir = t[NATIVE_HTTP_CALL_CA_PATH].at,
        .ca_bytes = t[NATIVE_HTTP_CALL_CA].at,
        .ca_bytes_len = t[NATIVE_HTTP_CALL_CA].len,
        .cert_file = t[NATIVE_HTTP_CALL_CERTIFICATE_FILE].at,
        .cert_bytes = t[NATIVE_HTTP_CALL_CERTIFICATE].at,
        .cert_bytes_len = t[NATIVE_HTTP_CALL_CERTIFICATE].len,
        .key_file = t[NATIVE_HTTP_CALL_KEY_FILE].at,
        .key_bytes = t[NATIVE_HTTP_CALL_KEY].at,
        .key_bytes_len = t[NATIVE_HTTP_CALL_KEY].len,
        .passphrase = t[NATIVE_HTTP_CALL_PASSPHRASE].at,
        .min_version = n[NATIVE_HTTP_CALL_TLS_MIN] == 13 ? NATIVE_NET_TLS_1_3 : NATIVE_NET_TLS_1_2,
        .max_version =
            n[NATIVE_HTTP_CALL_TLS_MAX] == 12 ? NATIVE_NET_TLS_1_2 : NATIVE_NET_TLS_DEFAULT,
        .alpn = alpn,
        .alpn_count = 1,
        .ciphers = t[NATIVE_HTTP_CALL_CIPHERS].at,
        .ciphers_13 = t[NATIVE_HTTP_CALL_CIPHERS_13].at,
        .groups = t[NATIVE_HTTP_CALL_GROUPS].at,
        .pins = t[NATIVE_HTTP_CALL_PINS].at,
        .crl_file = t[NATIVE_HTTP_CALL_CRL_FILE].at,
        .crl_bytes = t[NATIVE_HTTP_CALL_CRL].at,
        .crl_bytes_len = t[NATIVE_HTTP_CALL_CRL].len,
    };

    return native_net_tls_config_get(&o, error);
}
