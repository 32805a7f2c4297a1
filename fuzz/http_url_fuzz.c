/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_url_fuzz.c - a URL, and a reference to resolve against it: what comes out is made of its
 * parts, has no byte that a request line may not have, and comes out again when it goes in. The
 * input:
 *
 *   byte 0      flags of the parser
 *   then        the URL, a line feed, the reference */
#include <stdlib.h>

#include "http/wire/url.h"
#include "require.h"

static void check_span(const struct native_http_url *url, struct native_http_span span)
{
    REQUIRE(span.at == NULL
                ? span.len == 0
                : span.at >= url->text.at && span.at + span.len <= url->text.at + url->text.len);
}

/* Put the URL together again from its parts. */
static void check_parts(const struct native_http_url *url)
{
    char *room = malloc(url->text.len + 1);
    struct native_http_buffer buffer = {room, url->text.len, 0};

    if (url->scheme.at != NULL) {
        native_http_buffer_put_span(&buffer, url->scheme);
        NATIVE_HTTP_PUT(&buffer, "://");
    }
    native_http_buffer_put_span(&buffer, url->authority);
    native_http_buffer_put_span(&buffer, url->path);
    if (url->query.at != NULL) {
        NATIVE_HTTP_PUT(&buffer, "?");
        native_http_buffer_put_span(&buffer, url->query);
    }
    if (url->fragment.at != NULL) {
        NATIVE_HTTP_PUT(&buffer, "#");
        native_http_buffer_put_span(&buffer, url->fragment);
    }
    REQUIRE(buffer.len == url->text.len && memcmp(room, url->text.at, buffer.len) == 0);
    free(room);
}

static void check_url(const struct native_http_url *url, unsigned flags)
{
    for (size_t i = 0; i < url->text.len; i++) {
        unsigned char c = (unsigned char)url->text.at[i];

        REQUIRE(c > 0x20 && c != 0x7f);
    }
    check_span(url, url->scheme);
    check_span(url, url->user);
    check_span(url, url->password);
    check_span(url, url->zone);
    check_span(url, url->target);
    if (url->host_kind != NATIVE_HTTP_HOST_NONE) {
        check_span(url, url->host);
        REQUIRE(url->host.len > 0 && memchr(url->host.at, '@', url->host.len) == NULL);
    }
    REQUIRE(url->path.len > 0 && url->path.at[0] == '/');
    REQUIRE(url->port >= -1 && url->port <= 65535);
    REQUIRE((flags & NATIVE_HTTP_URL_NO_USERINFO) == 0 || url->user.at == NULL);
    REQUIRE(url->scheme.at == NULL || native_http_url_same_origin(url, url));
    check_parts(url);
}

/* Parse into exactly the room that is asked for. Returns memory to free, or NULL if refused. */
static char *parse(unsigned flags, const struct native_http_url *base, const void *text, size_t len,
                   struct native_http_url *url)
{
    struct native_http_url_options options = NATIVE_HTTP_URL_OPTIONS_INIT;
    struct native_http_buffer buffer = {NULL, 0, 0};
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
    enum native_http_status status;
    char *room;

    options.flags = flags;
    status = native_http_url_resolve(&options, base, text, len, &buffer, url, &fault);
    if (status != NATIVE_HTTP_NO_SPACE) {
        REQUIRE(status == NATIVE_HTTP_MALFORMED && fault.reason != NATIVE_HTTP_FAULT_NONE);
        REQUIRE(fault.offset <= len);
        return NULL;
    }
    REQUIRE(buffer.len > 0);
    room = malloc(buffer.len);
    buffer = (struct native_http_buffer){room, buffer.len, 0};
    REQUIRE(native_http_url_resolve(&options, base, text, len, &buffer, url, &fault) ==
            NATIVE_HTTP_OK);
    REQUIRE(url->text.at == room && url->text.len == buffer.len);
    check_url(url, flags);
    return room;
}

static void check_again(const struct native_http_url *url, unsigned flags)
{
    struct native_http_url again;
    char *room = parse(flags, NULL, url->text.at, url->text.len, &again);

    REQUIRE(room != NULL && native_http_span_is(url->text, again.text));
    REQUIRE(url->host_kind == again.host_kind && url->port == again.port);
    REQUIRE(memcmp(url->address, again.address, sizeof(url->address)) == 0 ||
            url->host_kind < NATIVE_HTTP_HOST_IPV4);
    free(room);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *line = size > 1 ? memchr(data + 1, '\n', size - 1) : NULL;
    struct native_http_url base, url;
    char *base_room, *room;
    uint8_t *text;
    size_t len;

    if (size < 1) {
        return 0;
    }
    len = line ? (size_t)(line - data) - 1 : size - 1;
    text = malloc(len + !len);
    memcpy(text, data + 1, len);
    base_room = parse(data[0], NULL, text, len, &base);
    free(text);
    if (base_room == NULL) {
        return 0;
    }
    check_again(&base, data[0]);
    if (line != NULL && base.scheme.at != NULL) {
        len = size - 1 - len - 1;
        text = malloc(len + !len);
        memcpy(text, line + 1, len);
        room = parse(data[0], &base, text, len, &url);
        free(text);
        if (room != NULL) {
            check_again(&url, data[0]);
        }
        free(room);
    }
    free(base_room);
    return 0;
}
