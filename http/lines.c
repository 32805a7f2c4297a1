/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* lines.c - the lines of a response's head: kept, understood, told. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cookies.h"
#include "parts.h"
#include "wire/date.h"
#include "wire/field.h"

static bool no_memory(struct native_http_transfer *t)
{
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
    return false;
}

static bool keep_field(struct native_http_transfer *t, const struct native_http_head_event *event)
{
    struct native_http_receiving *receive = &t->receive;
    struct native_http_kept_field *field;
    if (receive->fields_len == receive->fields_size) {
        size_t size = receive->fields_size > 0 ? 2 * receive->fields_size : 32;
        struct native_http_kept_field *fields = realloc(receive->fields, size * sizeof(*fields));
        if (!fields)
            return no_memory(t);
        receive->fields = fields;
        receive->fields_size = size;
    }
    field = &receive->fields[receive->fields_len];
    field->name_at = (uint32_t)receive->text.len;
    field->name_len = (uint32_t)event->name.len;
    field->value_at = (uint32_t)(receive->text.len + event->name.len);
    field->value_len = (uint32_t)event->value.len;
    if (!native_http_text_add(&receive->text, event->name) ||
        !native_http_text_add(&receive->text, event->value))
        return no_memory(t);
    receive->fields_len++;
    return true;
}

static bool take_cookie(struct native_http_transfer *t, struct native_http_span value)
{
    struct native_http_cookie_origin origin;
    struct native_http_fault fault;
    if (!t->options->cookies)
        return true;
    native_http_cookie_origin_of(&origin, &t->url);
    /* One that is refused is the server's business: the response is good. */
    return native_http_cookies_take(t->options->cookies, value, &origin, (int64_t)time(NULL),
                                    &fault) != NATIVE_HTTP_NO_SPACE ||
           no_memory(t);
}

static bool take_coding(struct native_http_transfer *t, struct native_http_span value)
{
    struct native_http_fault fault;
    if (!t->options->accept_encoding.at || t->options->raw_content ||
        native_http_codings_add(&t->receive.codings, value, &fault) == NATIVE_HTTP_OK)
        return true;
    native_http_error_fault(&t->error, NATIVE_HTTP_ERROR_CODING, fault.reason, "Content-Encoding");
    return false;
}

static bool take_retry_after(struct native_http_transfer *t, struct native_http_span value)
{
    struct native_http_fault fault;
    int64_t now = (int64_t)time(NULL);
    uint64_t seconds;
    int64_t date;
    if (native_http_number(value, 10 * 365 * 86400, &seconds))
        t->info.retry_after = (int64_t)seconds;
    else if (native_http_date_parse(value.at, value.len, now, &date, &fault) == NATIVE_HTTP_OK)
        t->info.retry_after = date > now ? date - now : 0;
    return true;
}

/* The fields that mean something here; all are kept. */
static const struct {
    struct native_http_span name;
    bool (*take)(struct native_http_transfer *t, struct native_http_span value);
} known_fields[] = {
    {{"location", 8}, native_http_note_location},
    {{"set-cookie", 10}, take_cookie},
    {{"content-encoding", 16}, take_coding},
    {{"retry-after", 11}, take_retry_after},
};

bool native_http_take_field(struct native_http_transfer *t,
                            const struct native_http_head_event *event)
{
    if (!keep_field(t, event))
        return false;
    if (t->receive.framing.connect_request)
        return true;
    for (size_t i = 0; i < sizeof(known_fields) / sizeof(known_fields[0]); i++)
        if (native_http_span_is_nocase(known_fields[i].name, event->name))
            return known_fields[i].take(t, event->value);
    return true;
}

int64_t native_http_transfer_modified(const struct native_http_transfer *t)
{
    struct native_http_span value;
    struct native_http_fault fault;
    int64_t modified = -1;
    size_t at = 0;
    if (t->receive.framing.connect_request)
        return -1;
    for (;;) {
        value = native_http_transfer_field(t, NATIVE_HTTP_SPAN("last-modified"), &at);
        if (!value.at)
            return modified;
        if (native_http_date_parse(value.at, value.len, (int64_t)time(NULL), &modified, &fault) !=
            NATIVE_HTTP_OK)
            modified = -1;
    }
}

bool native_http_tell_line(struct native_http_transfer *t, enum native_http_line kind,
                           struct native_http_span raw)
{
    bool connect = t->receive.framing.connect_request;
    bool told = t->handlers->line && !(connect && t->options->hide_connect);
    enum native_http_verdict verdict = NATIVE_HTTP_GO_ON;
    t->receive.held = t->paused & NATIVE_NET_READ;
    if (t->receive.held)
        return false;
    t->receive.heard = true;
    t->receive.lines++;
    native_http_trace_bytes(t, NATIVE_HTTP_TRACE_HEAD_IN, raw);
    if (told)
        verdict = t->handlers->line(t->ctx, t, kind, connect, raw);
    if (verdict == NATIVE_HTTP_PAUSE) {
        t->paused |= NATIVE_NET_READ;
        t->receive.held = true;
        return false;
    }
    if (!native_http_accepts(t, verdict, NATIVE_HTTP_PART_LINE))
        return false;
    if (!t->receive.in_body) /* trailers are no head */
        t->info.header_bytes += raw.len;
    return true;
}

bool native_http_tell_lines(struct native_http_transfer *t, enum native_http_line kind,
                            struct native_http_span raw)
{
    while (raw.len > 0) {
        const char *end = memchr(raw.at, '\n', raw.len);
        struct native_http_span line = raw;
        if (end)
            line.len = (size_t)(end - raw.at) + 1;
        if (!native_http_tell_line(t, kind, line))
            return false;
        raw.at += line.len;
        raw.len -= line.len;
    }
    return true;
}
