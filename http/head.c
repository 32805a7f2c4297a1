/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* head.c - the head of a request out of the options: which fields, in which order.
 *
 * Order: Host, Proxy-Authorization, Authorization, Range, User-Agent, Accept, Accept-Encoding, Referer, Transfer-Encoding,
 * Proxy-Connection, Cookie, the user's own, then what speaks of the body. A line of the user's with the same name takes the
 * place of ours: "Name: value" instead of it, "Name:" leaves it out, "Name;" sends it empty. */
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "cookies.h"
#include "parts.h"
#include "sigv4.h"
#include "wire/field.h"

enum { HEAD_SIZE = 1024 }; /* most are smaller */

enum line_kind { LINE_FIELD, LINE_WITHOUT, LINE_EMPTY, LINE_BAD };

/* One line of the user's: its name and what it asks for. */
static enum line_kind read_line(struct native_http_span line, struct native_http_span *name)
{
    const char *colon = memchr(line.at, ':', line.len);
    struct native_http_span rest;
    if (!colon) {
        const char *semicolon = memchr(line.at, ';', line.len);
        if (!semicolon)
            return LINE_BAD;
        name->at = line.at;
        name->len = (size_t)(semicolon - line.at);
        rest.at = semicolon + 1;
        rest.len = line.len - name->len - 1;
        return native_http_trim(rest).len == 0 ? LINE_EMPTY : LINE_BAD;
    }
    name->at = line.at;
    name->len = (size_t)(colon - line.at);
    rest.at = colon + 1;
    rest.len = line.len - name->len - 1;
    return native_http_trim(rest).len == 0 ? LINE_WITHOUT : LINE_FIELD;
}

/* The proxy gets the request itself, not a tunnel. */
static bool is_by_proxy(const struct native_http_transfer *t)
{
    return t->route.has_proxy && !t->route.tunnel &&
           t->route.proxy_kind <= NATIVE_HTTP_PROXY_HTTP_1_0;
}

/* The list that counts for this request: CONNECT may have one of its own. */
struct lines {
    const struct native_http_span *list;
    size_t len;
};

static struct lines lines_of(const struct native_http_transfer *t, bool to_proxy)
{
    const struct native_http_options *options = t->options;
    if (to_proxy && !options->fields_to_proxy)
        return (struct lines){options->proxy_fields, options->proxy_fields_len};
    return (struct lines){options->fields, options->fields_len};
}

/* The user's credentials are for the first origin: a redirect elsewhere does not take them along. */
static bool is_for_here(const struct native_http_transfer *t, struct native_http_span name)
{
    if (!t->other_origin || t->options->credentials_anywhere)
        return true;
    return !native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("authorization")) &&
           !native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("cookie")) &&
           !native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("host"));
}

/* Find the user's line of this name. Returns whether there is one, with its value. */
static bool find_line(const struct native_http_transfer *t, bool to_proxy,
                      struct native_http_span wanted, struct native_http_span *value)
{
    struct lines lines = lines_of(t, to_proxy);
    for (size_t i = 0; i < lines.len; i++) {
        struct native_http_span name;
        enum line_kind kind = read_line(lines.list[i], &name);
        if (kind == LINE_BAD || !native_http_span_is_nocase(name, wanted) || !is_for_here(t, name))
            continue;
        value->at = name.at + name.len + 1;
        value->len = kind == LINE_FIELD ? lines.list[i].len - name.len - 1 : 0;
        *value = native_http_trim(*value);
        return true;
    }
    return false;
}

bool native_http_user_field(const struct native_http_transfer *t, struct native_http_span name,
                            struct native_http_span *value)
{
    return find_line(t, false, name, value);
}

/* ---- writing ---- */

/* A head in the making. `ok` turns false at the first fault; what follows is not written. */
struct head {
    struct native_http_transfer *t;
    struct native_http_buffer *out;
    bool to_proxy;                 /* CONNECT */
    struct native_http_span login; /* made once: a digest counts how often it is */
    struct native_http_span proxy_login;
    struct native_http_span signature; /* lines, in place of `login` */
    bool ok;
    struct native_http_fault fault;
    const char *what;
};

static void take(struct head *head, enum native_http_status status, const char *what)
{
    if (status == NATIVE_HTTP_OK)
        return;
    head->ok = false;
    head->what = what;
}

/* Our own field, unless the user has one of this name. */
static void put(struct head *head, struct native_http_span name, struct native_http_span value)
{
    struct native_http_span unused;
    if (!head->ok || find_line(head->t, head->to_proxy, name, &unused))
        return;
    if (head->t->options->lines_as_given) {
        native_http_buffer_put_span(head->out, name);
        NATIVE_HTTP_PUT(head->out, ": ");
        native_http_buffer_put_span(head->out, value);
        NATIVE_HTTP_PUT(head->out, "\r\n");
    } else {
        take(head, native_http_field_put(head->out, name, value, &head->fault), "a header field");
    }
}

static void put_host(struct head *head)
{
    struct native_http_transfer *t = head->t;
    struct native_http_span own;
    char text[320];
    struct native_http_buffer value = {text, sizeof(text), 0};
    /* The user's Host goes first, too, where the standard wants it (RFC 9110 7.2). */
    if (!head->to_proxy && find_line(t, false, NATIVE_HTTP_SPAN("Host"), &own)) {
        if (own.len > 0)
            take(head,
                 native_http_field_put(head->out, NATIVE_HTTP_SPAN("Host"), own, &head->fault),
                 "Host");
        return;
    }
    if (head->to_proxy)
        native_http_route_put(&value, t->route.target_host, t->route.target_port);
    else
        native_http_url_put_host(&t->url, &value);
    if (native_http_buffer_fits(&value))
        take(head,
             native_http_field_put(head->out, NATIVE_HTTP_SPAN("Host"),
                                   native_http_text_span(&value), &head->fault),
             "Host");
}

static void put_cookies(struct head *head)
{
    struct native_http_transfer *t = head->t;
    struct native_http_buffer value = {NULL, 0, 0};
    struct native_http_span unused;
    bool own = find_line(t, false, NATIVE_HTTP_SPAN("Cookie"), &unused);
    bool given = t->options->cookie.at && (!t->other_origin || t->options->credentials_anywhere);
    bool ok = true;
    if (own && !t->options->cookies_beside)
        return;
    if (t->options->cookies) {
        struct native_http_cookie_origin origin;
        native_http_cookie_origin_of(&origin, &t->url);
        ok = native_http_text_reserve(&value, 8192);
        if (ok)
            (void)native_http_cookies_put(t->options->cookies, &origin, (int64_t)time(NULL),
                                          &value);
    }
    given = given && !own;
    if (given && (value.len == 0 || t->options->cookie.len > 0)) {
        ok = ok && (value.len == 0 || native_http_text_add(&value, NATIVE_HTTP_SPAN("; "))) &&
             native_http_text_add(&value, t->options->cookie);
    }
    if (ok && head->ok && given && value.len == 0)
        NATIVE_HTTP_PUT(head->out, "Cookie: \r\n");
    else if (ok && head->ok && value.len > 0)
        take(head,
             native_http_field_put(head->out, NATIVE_HTTP_SPAN("Cookie"),
                                   native_http_text_span(&value), &head->fault),
             "Cookie");
    native_http_text_free(&value, true);
    if (!ok) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
        head->ok = false;
    }
}

static void put_range(struct head *head)
{
    const struct native_http_options *options = head->t->options;
    char text[32];
    struct native_http_buffer from = {text, sizeof(text), 0};
    struct native_http_buffer value = {NULL, 0, 0};
    if (head->t->send.source && options->content_range.at) {
        if (options->content_range.len > 0)
            put(head, NATIVE_HTTP_SPAN("Content-Range"), options->content_range);
    } else if (options->range.len > 0) {
        if (native_http_text_add(&value, NATIVE_HTTP_SPAN("bytes=")) &&
            native_http_text_add(&value, options->range))
            put(head, NATIVE_HTTP_SPAN("Range"), native_http_text_span(&value));
        native_http_text_free(&value, false);
    } else if (options->resume_from > 0 && !head->t->send.source && !head->t->send.asking) {
        NATIVE_HTTP_PUT(&from, "bytes=");
        native_http_number_put(&from, options->resume_from);
        NATIVE_HTTP_PUT(&from, "-");
        put(head, NATIVE_HTTP_SPAN("Range"), native_http_text_span(&from));
    }
}

static void put_accept_encoding(struct head *head)
{
    struct native_http_span wanted = head->t->options->accept_encoding;
    char text[64];
    struct native_http_buffer all = {text, sizeof(text), 0};
    if (!wanted.at)
        return;
    if (wanted.len == 0) {
        native_http_accept_encoding_put(&all, native_http_decode_codings());
        wanted = native_http_text_span(&all);
    }
    put(head, NATIVE_HTTP_SPAN("Accept-Encoding"), wanted);
}

/* TE is for the next one in the chain alone, so that Connection has to name it (RFC 9110, 10.1.4). */
static bool wants_te(const struct head *head)
{
    struct native_http_span unused;
    return !head->to_proxy && head->t->options->transfer_codings.len > 0 &&
           !find_line(head->t, false, NATIVE_HTTP_SPAN("TE"), &unused);
}

static void put_te(struct head *head)
{
    struct native_http_buffer value = {NULL, 0, 0};
    struct native_http_span own;
    bool ok = true;
    if (!wants_te(head))
        return;
    if (find_line(head->t, false, NATIVE_HTTP_SPAN("Connection"), &own) && own.len > 0)
        ok = native_http_text_add(&value, own) &&
             native_http_text_add(&value, NATIVE_HTTP_SPAN(", "));
    ok = ok && native_http_text_add(&value, NATIVE_HTTP_SPAN("TE"));
    if (ok) {
        take(head,
             native_http_field_put(head->out, NATIVE_HTTP_SPAN("Connection"),
                                   native_http_text_span(&value), &head->fault),
             "Connection");
        put(head, NATIVE_HTTP_SPAN("TE"), head->t->options->transfer_codings);
    } else {
        native_http_error_set(&head->t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
        head->ok = false;
    }
    native_http_text_free(&value, false);
}

/* Fields that we write where ours have their place, or that would make the framing a lie. */
static bool is_written_elsewhere(const struct head *head, struct native_http_span name)
{
    if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("host")))
        return true;
    if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("connection")))
        return wants_te(head);
    /* With a body in chunks, or with none of the user's any more, a length of his is wrong. */
    if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("content-length")))
        return head->t->without_body || head->t->send.chunked || head->t->send.asking;
    if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("transfer-encoding")))
        return head->t->send.asking || (head->t->without_body && !head->t->options->lines_as_given);
    return head->t->send.asking && native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("expect"));
}

/* What the user's own lines say of the body's end has to be so: else the server waits for what never comes, or takes
 * the body's rest for a request. A line that leaves ours out says that there is no body. */
static void check_framing(struct head *head, struct native_http_span line, enum line_kind kind,
                          struct native_http_span name)
{
    const struct native_http_sending *send = &head->t->send;
    struct native_http_span value = {name.at + name.len + 1, line.len - name.len - 1};
    uint64_t told, length = send->source ? send->left : 0;
    bool true_word;
    value = native_http_trim(value);
    if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("transfer-encoding")))
        true_word = send->chunked ? native_http_list_has(value, NATIVE_HTTP_SPAN("chunked"))
                                  : kind == LINE_WITHOUT;
    else if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("content-length")))
        true_word = kind == LINE_WITHOUT
                        ? length == 0
                        : native_http_number(value, INT64_MAX, &told) && told == length;
    else
        return;
    if (true_word)
        return;
    if (send->chunked)
        native_http_error_set(&head->t->error, NATIVE_HTTP_ERROR_BAD_ARGUMENT,
                              "%.*s is not what it should be: the body goes out in chunks",
                              (int)name.len, name.at);
    else
        native_http_error_set(&head->t->error, NATIVE_HTTP_ERROR_BAD_ARGUMENT,
                              "%.*s is not what it should be: the body has %" PRIu64 " bytes",
                              (int)name.len, name.at, length);
    head->ok = false;
}

/* A line of the user's, which may be several, or none that the standard knows. */
static void put_as_given(struct head *head, struct native_http_span line, const char *end)
{
    native_http_buffer_put_span(head->out, line);
    native_http_buffer_put_span(head->out, (struct native_http_span){end, strlen(end)});
}

static void put_users_line(struct head *head, struct native_http_span line, enum line_kind kind,
                           struct native_http_span name)
{
    if (head->t->options->lines_as_given && name.len == 0)
        return;
    if (head->t->options->lines_as_given)
        put_as_given(head, kind == LINE_EMPTY ? name : line, kind == LINE_EMPTY ? ":\r\n" : "\r\n");
    else if (kind == LINE_EMPTY)
        take(head, native_http_field_put(head->out, name, NATIVE_HTTP_SPAN(""), &head->fault),
             "a header line");
    else
        take(head, native_http_field_line_put(head->out, line, &head->fault), "a header line");
}

static void put_users_lines(struct head *head, struct lines lines)
{
    for (size_t i = 0; i < lines.len && head->ok; i++) {
        struct native_http_span name;
        enum line_kind kind = read_line(lines.list[i], &name);
        if (kind == LINE_BAD || is_written_elsewhere(head, name) || !is_for_here(head->t, name))
            continue;
        if (!head->t->options->lines_as_given)
            check_framing(head, lines.list[i], kind, name);
        if (kind == LINE_WITHOUT || !head->ok)
            continue;
        put_users_line(head, lines.list[i], kind, name);
    }
}

static void put_number(struct head *head, struct native_http_span name, uint64_t number)
{
    struct native_http_span unused;
    if (head->ok && (head->t->send.asking || !find_line(head->t, head->to_proxy, name, &unused)))
        native_http_field_put_number(head->out, name, number);
}

static void put_body_fields(struct head *head)
{
    struct native_http_sending *send = &head->t->send;
    const struct native_http_options *options = head->t->options;
    if (send->source && !send->chunked)
        put_number(head, NATIVE_HTTP_SPAN("Content-Length"), send->left);
    else if (!send->source && head->t->kind >= NATIVE_HTTP_POST)
        put_number(head, NATIVE_HTTP_SPAN("Content-Length"), 0);
    if (head->t->kind >= NATIVE_HTTP_POST && options->content_type.len > 0)
        put(head, NATIVE_HTTP_SPAN("Content-Type"), options->content_type);
    if (send->expect == NATIVE_HTTP_EXPECT_WAIT)
        put(head, NATIVE_HTTP_SPAN("Expect"), NATIVE_HTTP_SPAN("100-continue"));
}

static void put_line(struct head *head)
{
    struct native_http_transfer *t = head->t;
    struct native_http_target target;
    bool old =
        head->to_proxy ? t->route.proxy_kind == NATIVE_HTTP_PROXY_HTTP_1_0 : t->options->http_1_0;
    if (t->options->lines_as_given) {
        native_http_buffer_put_span(head->out, t->send_method);
        NATIVE_HTTP_PUT(head->out, " ");
        put_as_given(head, t->send_target, old ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
        return;
    }
    memset(&target, 0, sizeof(target));
    target.form = NATIVE_HTTP_TARGET_RAW;
    target.path = t->send_target;
    take(
        head,
        native_http_request_line_put(head->out, t->send_method, &target, old ? 0 : 1, &head->fault),
        "the request line");
}

static void put_all(struct head *head)
{
    struct native_http_transfer *t = head->t;
    const struct native_http_options *options = t->options;
    bool by_proxy = is_by_proxy(t);
    put_line(head);
    put_host(head);
    if (head->proxy_login.len > 0)
        put(head, NATIVE_HTTP_SPAN("Proxy-Authorization"), head->proxy_login);
    if (head->login.len > 0)
        put(head, NATIVE_HTTP_SPAN("Authorization"), head->login);
    native_http_buffer_put_span(head->out, head->signature);
    if (!head->to_proxy)
        put_range(head);
    if (options->user_agent.len > 0)
        put(head, NATIVE_HTTP_SPAN("User-Agent"), options->user_agent);
    if (!head->to_proxy) {
        put(head, NATIVE_HTTP_SPAN("Accept"), NATIVE_HTTP_SPAN("*/*"));
        put_te(head);
        put_accept_encoding(head);
        if (t->referer.len > 0 || options->referer.len > 0)
            put(head, NATIVE_HTTP_SPAN("Referer"),
                t->referer.len > 0 ? native_http_text_span(&t->referer) : options->referer);
        if (t->send.chunked)
            put(head, NATIVE_HTTP_SPAN("Transfer-Encoding"), NATIVE_HTTP_SPAN("chunked"));
    }
    if (head->to_proxy || by_proxy)
        put(head, NATIVE_HTTP_SPAN("Proxy-Connection"), NATIVE_HTTP_SPAN("Keep-Alive"));
    if (!head->to_proxy)
        put_cookies(head);
    put_users_lines(head, lines_of(t, head->to_proxy));
    if (by_proxy && !options->fields_to_proxy)
        put_users_lines(head, lines_of(t, true));
    if (!head->to_proxy)
        put_body_fields(head);
    native_http_request_end_put(head->out);
}

/* Bytes from 0x80, which a URL may have been let keep and no request line has, percent-encoded at their place. */
static void escape_high(const struct native_http_transfer *t, struct native_http_buffer *text)
{
    static const char digits[] = "0123456789abcdef";
    size_t more = 0;
    if (!(t->options->url_flags & NATIVE_HTTP_URL_KEEP_HIGH) || t->redirected ||
        !native_http_buffer_fits(text))
        return;
    for (size_t i = 0; i < text->len; i++)
        more += (uint8_t)text->at[i] >= 0x80 ? 2 : 0;
    text->len += more;
    if (more == 0 || !native_http_buffer_fits(text))
        return;
    for (size_t from = text->len - more, to = text->len; more > 0;) {
        uint8_t c = (uint8_t)text->at[--from];
        text->at[--to] = (char)c;
        if (c < 0x80)
            continue;
        text->at[to] = digits[c & 15];
        text->at[--to] = digits[c >> 4];
        text->at[--to] = '%';
        more -= 2;
    }
}

/* The target as the request line has it, in t->target_text. */
static bool make_target(struct native_http_transfer *t, bool to_proxy)
{
    bool by_proxy = is_by_proxy(t);
    struct native_http_buffer *text = &t->target_text;
    do {
        if (text->len > text->size && !native_http_text_retry(text, 0))
            return false;
        text->len = 0;
        if (to_proxy)
            native_http_route_put(text, t->route.target_host, t->route.target_port);
        else if (t->options->target.at)
            native_http_buffer_put_span(text, t->options->target);
        else if (by_proxy)
            native_http_url_put_absolute(&t->url, text);
        else
            native_http_buffer_put_span(text, t->url.target);
        escape_high(t, text);
    } while (!native_http_buffer_fits(text));
    t->send_target = native_http_text_span(text);
    t->send_method = to_proxy ? NATIVE_HTTP_SPAN("CONNECT") : t->method;
    return true;
}

/* The credentials for this request, in `value`; stays empty where none are sent. */
static bool make_login(struct native_http_transfer *t, bool proxys, bool to_proxy,
                       struct native_http_span name, struct native_http_buffer *value)
{
    struct native_http_login *login = proxys ? &t->proxy_login : &t->login;
    struct native_http_credentials credentials = native_http_credentials_of(t, proxys);
    struct native_http_span origin =
        native_http_text_span(proxys ? &t->proxy_origin : &t->login_origin);
    struct native_http_fault fault;
    struct native_http_span unused;
    /* A digest is over the path also where a proxy gets the whole URL: so does everybody. */
    struct native_http_span target =
        is_by_proxy(t) && !to_proxy && !t->options->target.at ? t->url.target : t->send_target;
    if (find_line(t, to_proxy, name, &unused) ||
        native_http_login_plan(login, &credentials, origin) != NATIVE_HTTP_LOGIN_SEND)
        return true;
    /* Long enough for any answer to a digest: it repeats the target and what the server sent. */
    if (!native_http_text_reserve(value, 16384 + 2 * (t->send_target.len + credentials.user.len +
                                                      credentials.password.len +
                                                      credentials.bearer.len)) ||
        native_http_login_put(login, &credentials, origin, t->send_method, target, value, &fault) ==
            NATIVE_HTTP_NO_SPACE ||
        !native_http_buffer_fits(value)) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY,
                              "no room for the credentials");
        return false;
    }
    if (value->len > 0)
        return true;
    native_http_error_fault(&t->error, NATIVE_HTTP_ERROR_BAD_ARGUMENT, fault.reason,
                            "the credentials");
    return false;
}

/* The value of Host, as put_host() writes it. */
static struct native_http_span host_field(const struct native_http_transfer *t,
                                          struct native_http_buffer *room)
{
    struct native_http_span own;
    if (find_line(t, false, NATIVE_HTTP_SPAN("Host"), &own))
        return own;
    native_http_url_put_host(&t->url, room);
    return (struct native_http_span){room->at, native_http_buffer_fits(room) ? room->len : 0};
}

/* The lines of a signature; none where there is no user, or the user has a field Authorization of his own. */
static bool make_signature(struct native_http_transfer *t, struct native_http_buffer *lines)
{
    static const struct native_http_span nothing = {"", 0};
    struct native_http_credentials credentials = native_http_credentials_of(t, false);
    const struct native_http_options *options = t->options;
    struct lines users = lines_of(t, false);
    char text[320];
    struct native_http_buffer room = {text, sizeof(text), 0};
    bool body = t->kind >= NATIVE_HTTP_POST && !t->without_body;
    struct native_http_span unused;
    struct native_http_sigv4 request = {options->sigv4,
                                        credentials.user,
                                        credentials.password,
                                        t->send_method,
                                        t->url.host,
                                        host_field(t, &room),
                                        t->url.path,
                                        t->url.query,
                                        users.list,
                                        users.len,
                                        body ? options->sigv4_body : nothing,
                                        (int64_t)time(NULL)};
    if (!credentials.user.at || find_line(t, false, NATIVE_HTTP_SPAN("Authorization"), &unused))
        return true;
    switch (native_http_sigv4_put(lines, &request)) {
    case NATIVE_HTTP_SIGV4_OK:
        return true;
    case NATIVE_HTTP_SIGV4_NAMES:
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_BAD_ARGUMENT,
                              "the signature: a name has a control byte");
        return false;
    case NATIVE_HTTP_SIGV4_NO_PROVIDER:
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_BAD_ARGUMENT,
                              "the signature: the provider is missing");
        t->error.part = NATIVE_HTTP_PART_PROVIDER;
        return false;
    case NATIVE_HTTP_SIGV4_NO_SERVICE:
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_BAD_ARGUMENT,
                              "the signature: service missing in parameters and hostname");
        t->error.part = NATIVE_HTTP_PART_SERVICE;
        return false;
    case NATIVE_HTTP_SIGV4_NO_REGION:
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_BAD_ARGUMENT,
                              "the signature: region missing in parameters and hostname");
        t->error.part = NATIVE_HTTP_PART_REGION;
        return false;
    default:
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
        return false;
    }
}

static bool make_logins(struct native_http_transfer *t, bool to_proxy,
                        struct native_http_buffer *own, struct native_http_buffer *proxys)
{
    if ((to_proxy || is_by_proxy(t)) &&
        !make_login(t, true, to_proxy, NATIVE_HTTP_SPAN("Proxy-Authorization"), proxys))
        return false;
    if (to_proxy)
        return true;
    if (t->options->sigv4.at)
        return make_signature(t, own);
    return make_login(t, false, false, NATIVE_HTTP_SPAN("Authorization"), own);
}

/* Write it into send.head, which grows until it fits. */
static bool write_all(struct head *head)
{
    struct native_http_buffer *out = head->out;
    bool memory = true;
    out->len = 0;
    (void)native_http_text_reserve(out, HEAD_SIZE); /* else all is written twice */
    put_all(head);
    while (memory && head->ok && !native_http_buffer_fits(out)) {
        memory = native_http_text_retry(out, 0);
        if (memory)
            put_all(head);
    }
    if (memory && head->ok)
        return true;
    if (!memory)
        native_http_error_set(&head->t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
    else if (head->t->error.kind == NATIVE_HTTP_ERROR_NONE)
        native_http_error_fault(&head->t->error, NATIVE_HTTP_ERROR_BAD_ARGUMENT, head->fault.reason,
                                head->what);
    return false;
}

bool native_http_head_make(struct native_http_transfer *t, bool to_proxy)
{
    struct head head = {.t = t, .out = &t->send.head, .to_proxy = to_proxy, .ok = true};
    struct native_http_buffer own = {NULL, 0, 0};
    struct native_http_buffer proxys = {NULL, 0, 0};
    bool ok = make_target(t, to_proxy);
    if (!ok)
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
    ok = ok && make_logins(t, to_proxy, &own, &proxys);
    if (t->options->sigv4.at)
        head.signature = native_http_text_span(&own);
    else
        head.login = native_http_text_span(&own);
    head.proxy_login = native_http_text_span(&proxys);
    ok = ok && write_all(&head);
    t->send.head_at = 0;
    native_http_text_free(&own, true);
    native_http_text_free(&proxys, true);
    return ok;
}
