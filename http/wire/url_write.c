/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* url_write.c - the normalised text of a URL, and the parts of it that go into requests. */
#include "chars.h"
#include "request.h"
#include "url_parts.h"

enum { WRITE_PLUS = 0x10000 }; /* a space becomes "+", whatever the flags say */

static void put_byte(struct native_http_buffer *buffer, char c, unsigned flags)
{
    const char *digits =
        flags & NATIVE_HTTP_URL_LOWER_ESCAPES ? "0123456789abcdef" : "0123456789ABCDEF";
    char escape[3] = {'%', digits[(uint8_t)c >> 4], digits[(uint8_t)c & 0xf]};

    if (c == ' ' && (flags & WRITE_PLUS) != 0) {
        NATIVE_HTTP_PUT(buffer, "+");
    } else if (c == ' ' || ((uint8_t)c >= 0x80 && (flags & NATIVE_HTTP_URL_KEEP_HIGH) == 0)) {
        native_http_buffer_put(buffer, escape, sizeof(escape));
    } else {
        native_http_buffer_put(buffer, &c, 1);
    }
}

static void put_text(struct native_http_buffer *buffer, struct native_http_span text,
                     unsigned flags)
{
    for (size_t i = 0; i < text.len; i++) {
        put_byte(buffer, text.at[i], flags);
    }
}

/* Returns whether the segment is so many dots, each as "." or as "%2e". */
static bool is_dots(const char *text, size_t len, unsigned dots)
{
    size_t i = 0;

    for (; dots > 0; dots--) {
        if (i < len && text[i] == '.') {
            i++;
        } else if (len - i >= 3 && text[i] == '%' && text[i + 1] == '2' &&
                   native_http_lower(text[i + 2]) == 'e') {
            i += 3;
        } else {
            return false;
        }
    }
    return i == len;
}

/* Remove the dot segments of a path that begins with "/" in place (RFC 3986, 5.2.4). Returns its
 * new length. */
static size_t remove_dots(char *path, size_t len)
{
    size_t from = 0, to = 0;

    while (from < len) {
        const char *slash = memchr(path + from + 1, '/', len - from - 1);
        size_t end = slash != NULL ? (size_t)(slash - path) : len;
        bool back = is_dots(path + from + 1, end - from - 1, 2);

        if (back || is_dots(path + from + 1, end - from - 1, 1)) {
            while (back && to > 0 && path[--to] != '/') {
            }
            if (end == len) {
                path[to++] = '/';
            }
        } else {
            memmove(path + to, path + from, end - from);
            to += end - from;
        }
        from = end;
    }
    return to;
}

/* Returns what was put from `start` on; only NULL and a length where it did not fit. */
static struct native_http_span since(const struct native_http_buffer *buffer, size_t start)
{
    struct native_http_span span = {NULL, buffer->len - start};

    if (buffer->at != NULL && native_http_buffer_fits(buffer)) {
        span.at = buffer->at + start;
    }
    return span;
}

static void write_part(struct native_http_buffer *buffer, struct native_http_span *part,
                       unsigned flags)
{
    size_t start = buffer->len;

    put_text(buffer, *part, flags);
    *part = since(buffer, start);
}

static void write_scheme(struct native_http_url *url, struct native_http_buffer *buffer)
{
    size_t start = buffer->len;

    if (url->scheme.at == NULL) {
        return;
    }
    for (size_t i = 0; i < url->scheme.len; i++) {
        char c = native_http_lower(url->scheme.at[i]);

        native_http_buffer_put(buffer, &c, 1);
    }
    url->scheme = since(buffer, start);
    NATIVE_HTTP_PUT(buffer, "://");
}

static void write_userinfo(struct native_http_url *url, unsigned flags,
                           struct native_http_buffer *buffer)
{
    if (url->user.at == NULL) {
        return;
    }
    write_part(buffer, &url->user, flags);
    if (url->password.at != NULL) {
        NATIVE_HTTP_PUT(buffer, ":");
        write_part(buffer, &url->password, flags);
    }
    NATIVE_HTTP_PUT(buffer, "@");
}

static void put_port(struct native_http_buffer *buffer, unsigned port)
{
    NATIVE_HTTP_PUT(buffer, ":");
    native_http_number_put(buffer, port);
}

static void write_authority(struct native_http_url *url, unsigned flags,
                            struct native_http_buffer *buffer)
{
    bool literal = url->host_kind == NATIVE_HTTP_HOST_IPV6;
    size_t start = buffer->len, host;

    write_userinfo(url, flags, buffer);
    if (literal) {
        NATIVE_HTTP_PUT(buffer, "[");
    }
    host = buffer->len;
    native_http_url_write_host(url, buffer);
    url->host = since(buffer, host);
    if (literal && url->zone.at != NULL) {
        NATIVE_HTTP_PUT(buffer, "%25");
        write_part(buffer, &url->zone, flags);
    }
    if (literal) {
        NATIVE_HTTP_PUT(buffer, "]");
    }
    if (url->port >= 0) {
        put_port(buffer, (unsigned)url->port);
    }
    url->authority = since(buffer, start);
}

static void write_path(struct native_http_url *url, struct native_http_span directory,
                       unsigned flags, struct native_http_buffer *buffer)
{
    size_t start = buffer->len;

    put_text(buffer, directory, flags);
    put_text(buffer, url->path, flags);
    if (buffer->len == start) {
        NATIVE_HTTP_PUT(buffer, "/"); /* RFC 3986, 6.2.3 */
    }
    if ((flags & NATIVE_HTTP_URL_PATH_AS_IS) == 0 && native_http_buffer_fits(buffer)) {
        buffer->len = start + remove_dots(buffer->at + start, buffer->len - start);
    }
    url->path = since(buffer, start);
}

static void drop_empty(struct native_http_span *part)
{
    if (part->len == 0) {
        part->at = NULL;
    }
}

enum native_http_status native_http_url_write(struct native_http_url *url,
                                              struct native_http_span directory, unsigned flags,
                                              struct native_http_buffer *buffer)
{
    bool plus = (flags & NATIVE_HTTP_URL_SPACE_AS_PLUS) != 0;
    size_t start = buffer->len, target;

    if ((flags & NATIVE_HTTP_URL_DROP_EMPTY) != 0) {
        drop_empty(&url->query);
        drop_empty(&url->fragment);
    }
    write_scheme(url, buffer);
    write_authority(url, flags, buffer);
    target = buffer->len;
    write_path(url, directory, flags, buffer);
    if (url->query.at != NULL) {
        NATIVE_HTTP_PUT(buffer, "?");
        write_part(buffer, &url->query, flags | (plus ? WRITE_PLUS : 0));
    }
    url->target = since(buffer, target);
    if (url->fragment.at != NULL) {
        NATIVE_HTTP_PUT(buffer, "#");
        write_part(buffer, &url->fragment, flags);
    }
    url->text = since(buffer, start);
    return native_http_buffer_fits(buffer) ? NATIVE_HTTP_OK : NATIVE_HTTP_NO_SPACE;
}

/* ---- parts for requests ---- */

static void put_name(const struct native_http_url *url, struct native_http_buffer *buffer)
{
    bool literal = url->host_kind == NATIVE_HTTP_HOST_IPV6;

    native_http_buffer_put(buffer, "[", literal);
    native_http_buffer_put_span(buffer, url->host);
    native_http_buffer_put(buffer, "]", literal);
}

void native_http_url_put_host(const struct native_http_url *url, struct native_http_buffer *buffer)
{
    put_name(url, buffer);
    if (url->port >= 0 && url->port != native_http_scheme_port(url->scheme)) {
        put_port(buffer, (unsigned)url->port);
    }
}

void native_http_url_put_authority(const struct native_http_url *url,
                                   struct native_http_buffer *buffer)
{
    put_name(url, buffer);
    put_port(buffer, native_http_url_port(url));
}

void native_http_url_put_absolute(const struct native_http_url *url,
                                  struct native_http_buffer *buffer)
{
    if (url->scheme.at != NULL) {
        native_http_buffer_put_span(buffer, url->scheme);
        NATIVE_HTTP_PUT(buffer, "://");
    }
    put_name(url, buffer);
    if (url->port >= 0) {
        put_port(buffer, (unsigned)url->port);
    }
    native_http_buffer_put_span(buffer, url->target);
}
