/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* cookie_jar_line.c - seven fields between tabs. */
#include "cookie_jar_line.h"

#include "chars.h"
#include "request.h"

enum { DOMAIN, TAIL, PATH, SECURE, EXPIRES, NAME, VALUE, FIELDS };

static const struct native_http_span http_only = {"#HttpOnly_", 10};

static enum native_http_status refuse(enum native_http_fault_reason reason, size_t offset,
                                      struct native_http_fault *fault)
{
    *fault = (struct native_http_fault){reason, offset};
    return NATIVE_HTTP_MALFORMED;
}

/* Whether a text with a colon could be an IPv6 address, by its letters; a zone may be any. */
static bool is_address(struct native_http_span text)
{
    for (size_t i = 0; i < text.len && text.at[i] != '%'; i++) {
        if (!native_http_char_is(text.at[i], NATIVE_HTTP_CHAR_HEX) &&
            !memchr(":.[]", text.at[i], 4)) {
            return false;
        }
    }
    return true;
}

bool native_http_cookie_domain_is_good(struct native_http_span domain)
{
    return domain.len > 0 && domain.at[0] != '#' && domain.at[0] != '.' &&
           (!memchr(domain.at, ':', domain.len) || is_address(domain));
}

/* ---- reading ---- */

static bool is_true(struct native_http_span word)
{
    return native_http_span_is_nocase(word, NATIVE_HTTP_SPAN("TRUE"));
}

static bool is_bool(struct native_http_span word)
{
    return is_true(word) || native_http_span_is_nocase(word, NATIVE_HTTP_SPAN("FALSE"));
}

/* Take the next field; tabs before it count as one. Returns whether there is one. */
static bool take_field(struct native_http_span *line, struct native_http_span *field)
{
    while (line->len > 0 && line->at[0] == '\t') {
        line->at++;
        line->len--;
    }
    *field = (struct native_http_span){line->at, 0};
    while (line->len > 0 && line->at[0] != '\t') {
        line->at++;
        line->len--;
        field->len++;
    }
    return field->len > 0;
}

/* Part the line. Old writers leave the path out, and an empty value leaves nothing after the last
 * tab.
 * Returns whether the number of fields is right. */
static bool take_fields(struct native_http_span line, struct native_http_span fields[FIELDS])
{
    struct native_http_span field;
    size_t count = 0;

    fields[VALUE] = NATIVE_HTTP_SPAN("");
    for (; take_field(&line, &field); count++) {
        if (count == PATH && is_bool(field)) {
            fields[count++] = NATIVE_HTTP_SPAN("/");
        }
        if (count == FIELDS) {
            return false;
        }
        fields[count] = field;
    }
    return count == FIELDS || count == VALUE;
}

/* Read the time: digits, of which 0 is the session's end. What follows them ("1700000000.25") is
 * left out. Returns whether there is a digit. */
static bool read_expires(struct native_http_span text, int64_t *expires)
{
    const int64_t latest = NATIVE_HTTP_COOKIE_SESSION - 1;
    int64_t seconds = 0;
    size_t i = 0;

    for (; i < text.len && native_http_char_is(text.at[i], NATIVE_HTTP_CHAR_DIGIT); i++) {
        seconds = seconds > latest / 10 - 1 ? latest : seconds * 10 + (text.at[i] - '0');
    }
    *expires = seconds == 0 ? NATIVE_HTTP_COOKIE_SESSION : seconds;
    return i > 0;
}

/* Returns the line without its ending. */
static struct native_http_span without_ending(struct native_http_span line)
{
    if (line.len > 0 && line.at[line.len - 1] == '\n') {
        line.len--;
    }
    if (line.len > 0 && line.at[line.len - 1] == '\r') {
        line.len--;
    }
    return line;
}

/* Returns the place of the first control byte (of which a tab is one only if `tabs`), or
 * text.len. */
static size_t find_control(struct native_http_span text, bool tabs)
{
    size_t i = 0;

    while (i < text.len && ((text.at[i] == '\t' && !tabs) ||
                            !native_http_char_is(text.at[i], NATIVE_HTTP_CHAR_CONTROL))) {
        i++;
    }
    return i;
}

static bool read_fields(const struct native_http_span fields[FIELDS],
                        struct native_http_cookie *cookie)
{
    cookie->domain = fields[DOMAIN];
    if (cookie->domain.at[0] == '.') {
        cookie->domain.at++;
        cookie->domain.len--;
    }
    cookie->host_only = !is_true(fields[TAIL]);
    cookie->path = fields[PATH].at[0] == '/' ? fields[PATH] : NATIVE_HTTP_SPAN("/");
    cookie->secure = is_true(fields[SECURE]);
    cookie->name = fields[NAME];
    cookie->value = fields[VALUE];
    return native_http_cookie_domain_is_good(cookie->domain) &&
           read_expires(fields[EXPIRES], &cookie->expires);
}

enum native_http_status native_http_cookie_jar_line_read(struct native_http_span line,
                                                         struct native_http_cookie *cookie,
                                                         struct native_http_fault *fault)
{
    struct native_http_span rest = without_ending(line), fields[FIELDS];
    size_t control = find_control(rest, false);

    memset(cookie, 0, sizeof(*cookie));
    cookie->http_only =
        rest.len > http_only.len && memcmp(rest.at, http_only.at, http_only.len) == 0;
    if (cookie->http_only) {
        rest.at += http_only.len;
        rest.len -= http_only.len;
    } else if (rest.len == 0 || rest.at[0] == '#') {
        return NATIVE_HTTP_END;
    }
    if (control < without_ending(line).len) {
        return refuse(NATIVE_HTTP_FAULT_CONTROL_BYTE, control, fault);
    }
    if (!take_fields(rest, fields) || !read_fields(fields, cookie)) {
        return refuse(NATIVE_HTTP_FAULT_JAR_LINE, 0, fault);
    }
    return native_http_cookie_prefix_holds(cookie)
               ? NATIVE_HTTP_OK
               : refuse(NATIVE_HTTP_FAULT_COOKIE_PREFIX, 0, fault);
}

/* ---- writing ---- */

static void put_bool(struct native_http_buffer *out, bool value)
{
    if (value) {
        NATIVE_HTTP_PUT(out, "\tTRUE\t");
    } else {
        NATIVE_HTTP_PUT(out, "\tFALSE\t");
    }
}

/* Append a time; one that is over is written as 1, for 0 means something else. */
static void put_expires(struct native_http_buffer *out, int64_t expires)
{
    if (expires == NATIVE_HTTP_COOKIE_SESSION) {
        NATIVE_HTTP_PUT(out, "0");
    } else {
        native_http_number_put(out, expires < 1 ? 1 : (uint64_t)expires);
    }
}

enum native_http_status native_http_cookie_jar_line_put(struct native_http_buffer *out,
                                                        const struct native_http_cookie *cookie,
                                                        struct native_http_fault *fault)
{
    const struct native_http_span parts[] = {cookie->domain, cookie->path, cookie->name,
                                             cookie->value};

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        size_t control = find_control(parts[i], true);

        if (control < parts[i].len) {
            return refuse(NATIVE_HTTP_FAULT_CONTROL_BYTE, control, fault);
        }
    }
    if (!native_http_cookie_domain_is_good(cookie->domain) || cookie->name.len == 0 ||
        cookie->path.len == 0 || cookie->path.at[0] != '/') {
        return refuse(NATIVE_HTTP_FAULT_JAR_LINE, 0, fault);
    }
    if (cookie->http_only) {
        native_http_buffer_put_span(out, http_only);
    }
    if (!cookie->host_only) {
        NATIVE_HTTP_PUT(out, ".");
    }
    native_http_buffer_put_span(out, cookie->domain);
    put_bool(out, !cookie->host_only);
    native_http_buffer_put_span(out, cookie->path);
    put_bool(out, cookie->secure);
    put_expires(out, cookie->expires);
    NATIVE_HTTP_PUT(out, "\t");
    native_http_buffer_put_span(out, cookie->name);
    NATIVE_HTTP_PUT(out, "\t");
    native_http_buffer_put_span(out, cookie->value);
    NATIVE_HTTP_PUT(out, "\n");
    return NATIVE_HTTP_OK;
}

void native_http_cookie_jar_head_put(struct native_http_buffer *out)
{
    NATIVE_HTTP_PUT(out, "# Netscape HTTP Cookie File\n"
                         "# https://curl.se/docs/http-cookies.html\n"
                         "# This file was generated by native! Edit at your own risk.\n"
                         "\n");
}
