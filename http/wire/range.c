/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* range.c - byte ranges, read and written (RFC 9110, 14). */
#include "chars.h"
#include "field.h"
#include "range.h"
#include "request.h"

/* Take the digits at *at; absent where there are none. Returns false for a number too large. */
static bool take_number(struct native_http_span text, size_t *at, bool *there, uint64_t *number)
{
    struct native_http_span digits = {text.at + *at, 0};

    while (*at < text.len && native_http_char_is(text.at[*at], NATIVE_HTTP_CHAR_DIGIT)) {
        digits.len++;
        ++*at;
    }
    *there = digits.len > 0;
    return !*there || native_http_number(digits, NATIVE_HTTP_RANGE_MAX, number);
}

static bool is_good(const struct native_http_range *range)
{
    switch (range->kind) {
    case NATIVE_HTTP_RANGE_FROM_TO:
        return range->first <= range->last && range->last <= NATIVE_HTTP_RANGE_MAX;
    case NATIVE_HTTP_RANGE_FROM:
        return range->first <= NATIVE_HTTP_RANGE_MAX;
    default:
        return range->last > 0 && range->last <= NATIVE_HTTP_RANGE_MAX;
    }
}

static bool read_range(struct native_http_span text, struct native_http_range *range)
{
    bool has_first, has_last;
    size_t at = 0;

    range->first = range->last = 0;
    if (!take_number(text, &at, &has_first, &range->first) || at == text.len ||
        text.at[at++] != '-' || !take_number(text, &at, &has_last, &range->last) || at < text.len ||
        (!has_first && !has_last)) {
        return false;
    }
    range->kind = !has_first  ? NATIVE_HTTP_RANGE_SUFFIX
                  : !has_last ? NATIVE_HTTP_RANGE_FROM
                              : NATIVE_HTTP_RANGE_FROM_TO;
    return is_good(range);
}

static enum native_http_status refuse(struct native_http_fault *fault, size_t offset)
{
    *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_RANGE, offset};
    return NATIVE_HTTP_MALFORMED;
}

enum native_http_status native_http_range_parse(const void *text, size_t text_len,
                                                struct native_http_range *ranges, size_t max,
                                                size_t *count, struct native_http_fault *fault)
{
    const char *at = text, *end = text_len > 0 ? at + text_len : at;

    *count = 0;
    while (at < end) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *stop = comma != NULL ? comma : end;
        struct native_http_span part = {at, (size_t)(stop - at)};
        struct native_http_range range;

        part = native_http_trim(part);
        if (part.len > 0) { /* empty elements are skipped (RFC 9110, 5.6.1.2) */
            if (!read_range(part, &range)) {
                return refuse(fault, (size_t)(part.at - (const char *)text));
            }
            if (*count < max) {
                ranges[*count] = range;
            }
            ++*count;
        }
        at = comma != NULL ? comma + 1 : end;
    }
    if (*count == 0) {
        return refuse(fault, 0);
    }
    return *count <= max ? NATIVE_HTTP_OK : NATIVE_HTTP_NO_SPACE;
}

enum native_http_status native_http_range_write(const struct native_http_range *ranges,
                                                size_t count, struct native_http_buffer *buffer)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_good(&ranges[i])) {
            return NATIVE_HTTP_MALFORMED;
        }
    }
    if (count == 0) {
        return NATIVE_HTTP_MALFORMED;
    }
    NATIVE_HTTP_PUT(buffer, "bytes=");
    for (size_t i = 0; i < count; i++) {
        native_http_buffer_put(buffer, ",", i > 0);
        if (ranges[i].kind != NATIVE_HTTP_RANGE_SUFFIX) {
            native_http_number_put(buffer, ranges[i].first);
        }
        NATIVE_HTTP_PUT(buffer, "-");
        if (ranges[i].kind != NATIVE_HTTP_RANGE_FROM) {
            native_http_number_put(buffer, ranges[i].last);
        }
    }
    return native_http_buffer_fits(buffer) ? NATIVE_HTTP_OK : NATIVE_HTTP_NO_SPACE;
}

/* Skip "bytes" and what stands between it and the numbers. Returns 0 if it is not there. */
static size_t skip_unit(struct native_http_span text)
{
    struct native_http_span unit = {text.at, 5};
    size_t at = 5;

    if (text.len < 5 || !native_http_span_is_nocase(unit, NATIVE_HTTP_SPAN("bytes"))) {
        return 0;
    }
    while (at < text.len && (native_http_char_is(text.at[at], NATIVE_HTTP_CHAR_BLANK) ||
                             text.at[at] == ':' || text.at[at] == '=')) {
        at++;
    }
    return at > 5 ? at : 0;
}

/* first "-" last, or "*". */
static bool take_range(struct native_http_span text, size_t *at,
                       struct native_http_content_range *range)
{
    bool first, last;

    if (*at < text.len && text.at[*at] == '*') {
        ++*at;
        return true;
    }
    if (!take_number(text, at, &first, &range->first) || !first || *at == text.len ||
        text.at[*at] != '-') {
        return false;
    }
    ++*at;
    range->has_range = true;
    return take_number(text, at, &last, &range->last) && last && range->first <= range->last;
}

/* length, or "*". */
static bool take_length(struct native_http_span text, size_t *at,
                        struct native_http_content_range *range)
{
    if (*at < text.len && text.at[*at] == '*') {
        ++*at;
        return range->has_range; /* something must be known */
    }
    return take_number(text, at, &range->has_length, &range->length) && range->has_length &&
           (!range->has_range || range->last < range->length);
}

enum native_http_status native_http_content_range_parse(const void *value, size_t value_len,
                                                        struct native_http_content_range *range,
                                                        struct native_http_fault *fault)
{
    struct native_http_span text = native_http_trim((struct native_http_span){value, value_len});
    size_t at = skip_unit(text);

    memset(range, 0, sizeof(*range));
    if (at == 0 || !take_range(text, &at, range) || at == text.len || text.at[at++] != '/' ||
        !take_length(text, &at, range) || at < text.len) {
        return refuse(fault, at);
    }
    return NATIVE_HTTP_OK;
}

bool native_http_accepts_byte_ranges(struct native_http_span value)
{
    return native_http_list_has(value, NATIVE_HTTP_SPAN("bytes"));
}
