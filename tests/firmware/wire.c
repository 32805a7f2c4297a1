/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* wire.c - what http/wire/ makes of responses (whole, and cut in two at every byte), URLs, dates and
 * ranges, and the requests that it writes. All of it is printed, and must be the same wherever this
 * runs. Standard error gets what it takes on this machine. */
#include <stdio.h>
#include <string.h>

#include "board.h"
#include "http/wire/body.h"
#include "http/wire/date.h"
#include "http/wire/range.h"
#include "http/wire/request.h"
#include "http/wire/url.h"
#include "log.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- responses --------------------------------------------------------------------------------- */

static const char *const responses[] = {
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
    "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
    "HTTP/1.0 200 OK\r\n\r\nuntil the end",
    "HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n5;x=\"y\"\r\nhello\r\n00a\r\n, "
    "world...\r\n0\r\n"
    "Checksum: 12\r\n\r\nHTTP/1.1",
    "HTTP/1.1 100 Continue\r\n\r\n",
    "HTTP/1.1 200 OK\nServer:  x \nKeep-Alive: timeout=5, max=99\nConnection: keep-alive\n"
    "Content-Length: 0\n\n",
    "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */1234\r\nContent-Length: "
    "0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nX-Folded: one\r\n two\r\n\tthree\r\nContent-Length: 1\r\n\r\n!",
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n",
    "HTTP/1.1 2x0 OK\r\n\r\n",
    "SSH-2.0-OpenSSH_9.2\r\n",
    "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551616\r\n\r\n",
};

/* One response as it is parsed. */
struct parse {
    struct native_http_head head;
    struct native_http_framing framing;
    struct native_http_body body;
    bool in_body;
    bool over;
    char fold[64];
};

static void begin(struct parse *p)
{
    const struct native_http_head_options head_options = NATIVE_HTTP_HEAD_OPTIONS_INIT;
    const struct native_http_chunked_options chunked_options = NATIVE_HTTP_CHUNKED_OPTIONS_INIT;

    memset(p, 0, sizeof(*p));
    p->head.options = head_options;
    p->head.options.fold = p->fold;
    p->head.options.fold_size = sizeof(p->fold);
    p->body.chunked.options = chunked_options;
    native_http_head_begin(&p->head);
    native_http_framing_begin(&p->framing);
}

static void tell_fault(const struct native_http_fault *fault)
{
    log_text("refused: ");
    log_text(native_http_fault_name(fault->reason));
    log_text("\n");
}

static void tell_field(const struct native_http_head_event *event)
{
    log_bytes("field ", event->name.at, event->name.len, "");
    log_bytes(" = ", event->value.at, event->value.len, "\n");
}

/* One event of the head. Returns the status; the response is over when it was refused. */
static enum native_http_status step_head(struct parse *p, const char *in, size_t len, size_t *used)
{
    struct native_http_head_event event;
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
    enum native_http_status status = native_http_head_next(&p->head, in, len, used, &event, &fault);

    if (status == NATIVE_HTTP_NEED_MORE)
        return status;
    if (status == NATIVE_HTTP_OK) {
        status = native_http_framing_take(&p->framing, &event, &fault);
        if (event.kind == NATIVE_HTTP_HEAD_STATUS_LINE) {
            log_number("status ", event.code);
            log_number(" of 1.", event.minor);
            log_bytes(" ", event.reason.at, event.reason.len, "\n");
        } else if (event.kind == NATIVE_HTTP_HEAD_FIELD) {
            tell_field(&event);
        } else if (status == NATIVE_HTTP_OK) {
            status = native_http_framing_decide(&p->framing, &fault);
            log_number("framed as ", p->framing.kind);
            log_number(", length ", p->framing.length);
            log_text(p->framing.reusable ? ", reusable\n" : "\n");
            native_http_body_begin(&p->body, p->framing.kind, p->framing.length);
            p->in_body = true;
        }
    }
    p->over = status != NATIVE_HTTP_OK;
    if (p->over)
        tell_fault(&fault);
    return status;
}

/* Data come in whatever pieces: told byte by byte, so that these do not show. */
static enum native_http_status step_body(struct parse *p, const char *in, size_t len, size_t *used)
{
    struct native_http_body_event event;
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
    enum native_http_status status = native_http_body_next(&p->body, in, len, used, &event, &fault);

    if (status == NATIVE_HTTP_NEED_MORE)
        return status;
    if (status == NATIVE_HTTP_OK && event.kind == NATIVE_HTTP_BODY_DATA) {
        for (size_t i = 0; i < event.data.len; i++)
            log_bytes("byte ", event.data.at + i, 1, "\n");
    } else if (status == NATIVE_HTTP_OK && event.kind == NATIVE_HTTP_BODY_TRAILER) {
        tell_field(&event.field);
    } else if (status == NATIVE_HTTP_END) {
        log_number("over after ", p->body.data_bytes);
        log_text("\n");
    } else if (status != NATIVE_HTTP_OK) {
        tell_fault(&fault);
    }
    p->over = status != NATIVE_HTTP_OK;
    return status;
}

/* Parse what is in the buffer. Returns how many bytes were used. */
static size_t feed(struct parse *p, const char *in, size_t len)
{
    size_t at = 0;

    while (!p->over) {
        size_t used = 0;
        enum native_http_status status = p->in_body ? step_body(p, in + at, len - at, &used)
                                                    : step_head(p, in + at, len - at, &used);

        at += used;
        if (status == NATIVE_HTTP_NEED_MORE)
            break;
    }
    return at;
}

/* Parse text[0..len), of which text[0..cut) comes first. */
static void parse_cut(const char *text, size_t len, size_t cut)
{
    struct parse parse;
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
    size_t used;

    begin(&parse);
    used = feed(&parse, text, cut);
    if (!parse.over && cut < len)
        feed(&parse, text + used, len - used);
    if (!parse.over && parse.in_body) {
        log_text(native_http_body_cut(&parse.body, &fault) == NATIVE_HTTP_END
                     ? "ends with the connection\n"
                     : "cut\n");
    } else if (!parse.over) {
        log_text("head is cut\n");
    }
}

static void parse_responses(void)
{
    for (size_t i = 0; i < COUNT(responses); i++) {
        size_t len = strlen(responses[i]), differ = 0, from = log_here();
        uint32_t whole;

        log_number("== response ", i);
        log_text("\n");
        from = log_here();
        parse_cut(responses[i], len, len);
        whole = log_hash(from);
        for (size_t cut = 0; cut < len; cut++) {
            from = log_here();
            parse_cut(responses[i], len, cut);
            differ += log_hash(from) != whole;
            log_cut(from);
        }
        log_number("cut in two: ", len);
        log_number(" ways, of which differ ", differ);
        log_text("\n");
    }
}

/* ---- URLs -------------------------------------------------------------------------------------- */

static const char *const urls[] = {
    "http://host",
    "HTTPS://User:pass@EXAMPLE.org:08443/a/../b/./c?x=1#frag",
    "http:/host//x",
    "http://[FE80::1%25eth0]:80/",
    "http://0x7f.1/",
    "http://[::ffff:1.2.3.4]/",
    "http://h/\xc3\xa4?\xc3\xa4",
    "mailto:a@b",
    "http://h:65536/",
    "http://a b/",
    "http://[::1",
    "http://1.2.3.4.5/",
    "http://u@v@h/",
};

static const char *const references[] = {
    "g", "./g", "../g",       "../../../g",     "/g", "//g", "?y", "g?y", "#s", "",
    ".", "..",  "g;x=1/../y", "https://other/", "a b"};

static void tell_url(enum native_http_status status, const struct native_http_url *url,
                     const struct native_http_fault *fault)
{
    char room[300];
    struct native_http_buffer out = {room, sizeof(room), 0};

    if (status != NATIVE_HTTP_OK) {
        log_number("status ", status);
        log_number(" at ", fault->offset);
        log_text(" ");
        tell_fault(fault);
        return;
    }
    log_bytes("", url->text.at, url->text.len, "");
    log_number(" host kind ", url->host_kind);
    log_bytes(" host ", url->host.at, url->host.len, " address ");
    log_hex(url->address, url->host_kind == NATIVE_HTTP_HOST_IPV6   ? 16
                          : url->host_kind == NATIVE_HTTP_HOST_IPV4 ? 4
                                                                    : 0);
    log_number(" port ", native_http_url_port(url));
    log_bytes(" target ", url->target.at, url->target.len, "");
    native_http_url_put_host(url, &out);
    log_bytes(" Host: ", room, out.len, "\n");
}

static void parse_urls(void)
{
    struct native_http_url_options options = NATIVE_HTTP_URL_OPTIONS_INIT;
    static char room[300], base_room[100];
    struct native_http_buffer base_out = {base_room, sizeof(base_room), 0};
    struct native_http_url base, url;
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};

    log_text("== URLs\n");
    for (size_t i = 0; i < COUNT(urls); i++) {
        struct native_http_buffer out = {room, sizeof(room), 0};

        tell_url(native_http_url_parse(&options, urls[i], strlen(urls[i]), &out, &url, &fault),
                 &url, &fault);
    }
    native_http_url_parse(&options, "http://a/b/c/d;p?q", 18, &base_out, &base, &fault);
    for (size_t i = 0; i < COUNT(references); i++) {
        struct native_http_buffer out = {room, sizeof(room), 0};

        tell_url(native_http_url_resolve(&options, &base, references[i], strlen(references[i]),
                                         &out, &url, &fault),
                 &url, &fault);
    }
}

/* ---- requests, dates, ranges --------------------------------------------------------------------- */

static void write_requests(void)
{
    static const struct native_http_target target = {
        NATIVE_HTTP_TARGET_ORIGIN, {NULL, 0}, {NULL, 0}, {"/api/water", 10}, {"unit=percent", 12}};
    static const char *const values[] = {"text/plain", "", "a\r\nEvil: yes", "\xc3\xa4"};
    char room[300];

    log_text("== requests\n");
    for (size_t size = 0; size <= sizeof(room); size += 50) {
        struct native_http_buffer out = {room, size, 0};
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};

        native_http_request_line_put(&out, NATIVE_HTTP_SPAN("PUT"), &target, 1, &fault);
        for (size_t i = 0; i < COUNT(values); i++) {
            const struct native_http_span value = {values[i], strlen(values[i])};

            if (native_http_field_put(&out, NATIVE_HTTP_SPAN("X-Value"), value, &fault) !=
                NATIVE_HTTP_OK)
                tell_fault(&fault);
        }
        native_http_field_put_number(&out, NATIVE_HTTP_SPAN("Content-Length"), UINT64_MAX);
        native_http_request_end_put(&out);
        log_number("needs ", out.len);
        log_bytes(": ", room, native_http_buffer_fits(&out) ? out.len : 0, "\n");
    }
}

static void read_values(void)
{
    static const char *const dates[] = {"Sun, 06 Nov 1994 08:49:37 GMT",
                                        "Sunday, 06-Nov-94 08:49:37 GMT",
                                        "Sun Nov  6 08:49:37 1994", "Thu, 31 Dec 2037 23:59:60 GMT",
                                        "Sun, 31 Feb 1994 08:49:37 GMT"};
    static const char *const ranges[] = {"0-499,1000-,-500", "5-4", "9223372036854775807-"};
    struct native_http_fault fault;
    char room[64];

    log_text("== dates and ranges\n");
    for (size_t i = 0; i < COUNT(dates); i++) {
        int64_t seconds = 0;

        log_number("status ", native_http_date_parse(dates[i], strlen(dates[i]), 1800000000,
                                                     &seconds, &fault));
        log_number(" ", (uint64_t)seconds);
        native_http_date_write(seconds, room);
        log_bytes(" ", room, NATIVE_HTTP_DATE_LEN, "\n");
    }
    for (size_t i = 0; i < COUNT(ranges); i++) {
        struct native_http_range range[3];
        struct native_http_buffer out = {room, sizeof(room), 0};
        size_t count = 0;

        log_number("status ",
                   native_http_range_parse(ranges[i], strlen(ranges[i]), range, 3, &count, &fault));
        log_number(" count ", count);
        if (count && native_http_range_write(range, count, &out) == NATIVE_HTTP_OK)
            log_bytes(" ", room, out.len, "");
        log_text("\n");
    }
}

int main(void)
{
    board_stack_paint();
    parse_responses();
    fprintf(stderr,
            "responses: %u bytes of stack, of which the parser's state, held there, is %u\n",
            (unsigned)board_stack_used(), (unsigned)sizeof(struct parse));
    parse_urls();
    write_requests();
    read_values();
    log_print();
    return 0;
}
