/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* url.c - take a URL apart (RFC 3986, 3), resolve a reference (5.2), and compare origins. */
#include "chars.h"
#include "url_parts.h"

/* What is known while a text is taken apart. */
struct reading {
    unsigned flags;
    struct native_http_url *url;
    struct native_http_span directory; /* of the base: goes in front of a relative path */
    const char *at;                    /* of the byte at fault */
    enum native_http_fault_reason reason;
};

static bool refuse(struct reading *reading, enum native_http_fault_reason reason, const char *at)
{
    reading->reason = reason;
    reading->at = at;
    return false;
}

static const char *end_of(struct native_http_span span)
{
    return span.at + span.len;
}

/* Returns the first of `c` in the span, or NULL. */
static const char *find(struct native_http_span span, char c)
{
    return span.len > 0 ? memchr(span.at, c, span.len) : NULL;
}

/* Cut the span at `where`, and give what comes `skip` bytes after that. */
static struct native_http_span cut(struct native_http_span *span, const char *where, size_t skip)
{
    struct native_http_span rest = {where + skip, (size_t)(end_of(*span) - where) - skip};

    span->len = (size_t)(where - span->at);
    return rest;
}

static bool check_bytes(struct reading *reading, struct native_http_span text)
{
    for (const char *at = text.at; at < end_of(text); at++) {
        if (native_http_char_is(*at, NATIVE_HTTP_CHAR_CONTROL)) {
            return refuse(reading, NATIVE_HTTP_FAULT_CONTROL_BYTE, at);
        }
        if (*at == ' ' && (reading->flags & NATIVE_HTTP_URL_SPACES) == 0) {
            return refuse(reading, NATIVE_HTTP_FAULT_URL_SPACE, at);
        }
        if (*at == '%' && (reading->flags & NATIVE_HTTP_URL_STRICT_ESCAPES) != 0 &&
            (end_of(text) - at < 3 || native_http_hex_value(at[1]) < 0 ||
             native_http_hex_value(at[2]) < 0)) {
            return refuse(reading, NATIVE_HTTP_FAULT_URL_ESCAPE, at);
        }
    }
    return true;
}

/* Take a scheme and its colon off the text, if it begins with one. A guess takes "host:80" for a
 * host and a port: then the colon must be followed by a slash. */
static bool take_scheme(struct reading *reading, struct native_http_span *text, bool guess)
{
    size_t i = 0;

    if (text->len == 0 || !native_http_char_is(text->at[0], NATIVE_HTTP_CHAR_ALPHA)) {
        return false;
    }
    while (i < text->len && native_http_char_is(text->at[i], NATIVE_HTTP_CHAR_SCHEME)) {
        i++;
    }
    if (i == text->len || text->at[i] != ':' ||
        (guess && (i + 1 == text->len || text->at[i + 1] != '/'))) {
        return false;
    }
    reading->url->scheme = *text;
    *text = cut(&reading->url->scheme, text->at + i, 1);
    return true;
}

static bool is_file(const struct native_http_url *url)
{
    return native_http_span_is_nocase(url->scheme, NATIVE_HTTP_SPAN("file"));
}

/* Take the slashes between a scheme and the authority off the text. */
static bool take_slashes(struct reading *reading, struct native_http_span *text)
{
    bool any = (reading->flags & NATIVE_HTTP_URL_ANY_SLASHES) != 0;
    size_t n = 0;

    while (n < text->len && n < 4 && text->at[n] == '/') {
        n++;
    }
    if (is_file(reading->url)) {
        /* What follows the two slashes is a host or, mostly, a path at once. */
        if (n == 0 || (n == 1 && !any)) {
            return refuse(reading, NATIVE_HTTP_FAULT_URL_SLASHES, text->at + n);
        }
        n = n == 1 ? 0 : 2;
    } else if (n != 2 && (!any || n < 1 || n > 3)) {
        return refuse(reading, NATIVE_HTTP_FAULT_URL_SLASHES, text->at + n);
    }
    text->at += n;
    text->len -= n;
    return true;
}

static bool read_userinfo(struct reading *reading, struct native_http_span *authority)
{
    struct native_http_url *url = reading->url;
    const char *sign = find(*authority, '@'), *colon;

    url->user = url->password = (struct native_http_span){NULL, 0};
    if (sign == NULL) {
        return true;
    }
    if ((reading->flags & NATIVE_HTTP_URL_NO_USERINFO) != 0) {
        return refuse(reading, NATIVE_HTTP_FAULT_URL_USERINFO, authority->at);
    }
    url->user = *authority;
    *authority = cut(&url->user, sign, 1); /* a second "@" is then a byte that no host has */
    colon = find(url->user, ':');
    if (colon != NULL) {
        url->password = cut(&url->user, colon, 1);
    }
    return true;
}

/* The digits behind the colon; none at all are allowed where the scheme says what they would be. */
static bool read_port(struct reading *reading, struct native_http_span digits)
{
    int32_t port = 0;

    if (digits.len == 0) {
        return reading->url->scheme.at != NULL ||
               refuse(reading, NATIVE_HTTP_FAULT_URL_PORT, digits.at);
    }
    for (size_t i = 0; i < digits.len; i++) {
        if (!native_http_char_is(digits.at[i], NATIVE_HTTP_CHAR_DIGIT) ||
            (port = port * 10 + (digits.at[i] - '0')) > 65535) {
            return refuse(reading, NATIVE_HTTP_FAULT_URL_PORT, digits.at + i);
        }
    }
    reading->url->port = port;
    return true;
}

static bool read_authority(struct reading *reading, struct native_http_span authority)
{
    const char *colon, *wrong;
    struct native_http_span host, digits;

    reading->url->port = -1;
    if (!read_userinfo(reading, &authority)) {
        return false;
    }
    host = authority;
    colon = authority.len > 0 && authority.at[0] == '[' ? find(authority, ']') : authority.at;
    if (colon != NULL) { /* the first colon that is not inside brackets */
        struct native_http_span rest = {colon, (size_t)(end_of(authority) - colon)};

        colon = find(rest, ':');
    }
    if (colon != NULL) {
        digits = cut(&host, colon, 1);
        if (!read_port(reading, digits)) {
            return false;
        }
    }
    wrong = native_http_url_read_host(reading->url, host, &reading->reason);
    return wrong == NULL || refuse(reading, reading->reason, wrong);
}

/* Of a file only this machine's are meant. */
static bool read_file_authority(struct reading *reading, struct native_http_span authority)
{
    struct native_http_url *url = reading->url;

    url->host_kind = NATIVE_HTTP_HOST_NONE;
    url->port = -1;
    if (authority.len == 0 ||
        native_http_span_is_nocase(authority, NATIVE_HTTP_SPAN("localhost")) ||
        native_http_span_is(authority, NATIVE_HTTP_SPAN("127.0.0.1"))) {
        return true;
    }
    return refuse(reading, NATIVE_HTTP_FAULT_URL_HOST, authority.at);
}

/* Take the authority off the text: up to the first "/", "?" or "#". */
static bool take_authority(struct reading *reading, struct native_http_span *text)
{
    struct native_http_span authority = *text;
    size_t i = 0;

    while (i < text->len && !native_http_char_is(text->at[i], NATIVE_HTTP_CHAR_AUTHORITY_END)) {
        i++;
    }
    *text = cut(&authority, text->at + i, 0);
    return is_file(reading->url) ? read_file_authority(reading, authority)
                                 : read_authority(reading, authority);
}

/* What remains: path [ "?" query ] [ "#" fragment ]. */
static void read_rest(struct native_http_url *url, struct native_http_span text)
{
    const char *mark = find(text, '#');

    url->query = url->fragment = (struct native_http_span){NULL, 0};
    if (mark != NULL) {
        url->fragment = cut(&text, mark, 1);
    }
    mark = find(text, '?');
    if (mark != NULL) {
        url->query = cut(&text, mark, 1);
    }
    url->path = text;
}

/* Take from the base what a reference without a scheme leaves out (RFC 3986, 5.2.2). */
static bool read_relative(struct reading *reading, const struct native_http_url *base,
                          struct native_http_span text)
{
    struct native_http_url *url = reading->url;
    const char *slash = end_of(base->path);

    url->scheme = base->scheme;
    if (text.len >= 2 && text.at[0] == '/' && text.at[1] == '/') {
        if (!take_slashes(reading, &text) || !take_authority(reading, &text)) {
            return false;
        }
        read_rest(url, text);
        return true;
    }
    *url = *base;
    read_rest(url, text);
    if (url->path.len == 0) {
        url->path = base->path;
        url->query = url->query.at != NULL ? url->query : base->query;
    } else if (url->path.at[0] != '/') {
        while (slash > base->path.at && slash[-1] != '/') {
            slash--;
        }
        reading->directory =
            (struct native_http_span){base->path.at, (size_t)(slash - base->path.at)};
    }
    return true;
}

static bool read_text(struct reading *reading, const struct native_http_url *base,
                      struct native_http_span text)
{
    bool guess = base == NULL && (reading->flags & NATIVE_HTTP_URL_GUESS_SCHEME) != 0;

    if (text.len == 0 && base == NULL) {
        return refuse(reading, NATIVE_HTTP_FAULT_URL_EMPTY, text.at);
    }
    if (!check_bytes(reading, text)) {
        return false;
    }
    if (take_scheme(reading, &text, guess)) {
        if (!take_slashes(reading, &text)) {
            return false;
        }
    } else if (base != NULL) {
        return read_relative(reading, base, text);
    } else if (!guess) {
        return refuse(reading, NATIVE_HTTP_FAULT_URL_SCHEME, text.at);
    }
    if (!take_authority(reading, &text)) {
        return false;
    }
    read_rest(reading->url, text);
    return true;
}

enum native_http_status native_http_url_resolve(const struct native_http_url_options *options,
                                                const struct native_http_url *base,
                                                const void *reference, size_t reference_len,
                                                struct native_http_buffer *buffer,
                                                struct native_http_url *url,
                                                struct native_http_fault *fault)
{
    const char *start = reference_len > 0 ? reference : "";
    struct native_http_span text = {start, reference_len};
    struct reading reading = {options->flags, url, {"", 0}, start, NATIVE_HTTP_FAULT_NONE};

    memset(url, 0, sizeof(*url));
    if (reference_len > options->length_max) {
        *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_URL_LENGTH, options->length_max};
        return NATIVE_HTTP_TOO_LARGE;
    }
    if (!read_text(&reading, base, text)) {
        *fault = (struct native_http_fault){reading.reason, (size_t)(reading.at - start)};
        return NATIVE_HTTP_MALFORMED;
    }
    return native_http_url_write(url, reading.directory, options->flags, buffer);
}

enum native_http_status native_http_url_parse(const struct native_http_url_options *options,
                                              const void *text, size_t text_len,
                                              struct native_http_buffer *buffer,
                                              struct native_http_url *url,
                                              struct native_http_fault *fault)
{
    return native_http_url_resolve(options, NULL, text, text_len, buffer, url, fault);
}

/* ---- origins ---- */

uint16_t native_http_scheme_port(struct native_http_span scheme)
{
    static const struct {
        char name[6];
        uint8_t len;
        uint16_t port;
    } known[] = {
        {"http", 4, 80}, {"https", 5, 443}, {"ws", 2, 80}, {"wss", 3, 443}, {"ftp", 3, 21}};

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        struct native_http_span name = {known[i].name, known[i].len};

        if (native_http_span_is_nocase(scheme, name)) {
            return known[i].port;
        }
    }
    return 0;
}

uint16_t native_http_url_port(const struct native_http_url *url)
{
    return url->port >= 0 ? (uint16_t)url->port : native_http_scheme_port(url->scheme);
}

bool native_http_url_same_origin(const struct native_http_url *a, const struct native_http_url *b)
{
    return a->scheme.at != NULL && native_http_span_is_nocase(a->scheme, b->scheme) &&
           a->host_kind == b->host_kind && native_http_span_is_nocase(a->host, b->host) &&
           native_http_span_is(a->zone, b->zone) &&
           native_http_url_port(a) == native_http_url_port(b);
}
