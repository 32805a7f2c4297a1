/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_chunked_fuzz.c - a chunked body in slices gives the data that a decoder written for clarity
 * finds in the whole of it, and leaves what follows. The input:
 *
 *   byte 0      strict (1 bit), most bytes of a slice - 1 (7 bits)
 *   then        the body, and what follows it */
#include <stdlib.h>

#include "http/wire/chunked.h"
#include "require.h"

struct body {
    uint8_t *data;
    size_t len;
    size_t used; /* of the input, if it is whole */
    bool whole;  /* up to the end of the trailers */
    bool wrong;
};

/* ---- for clarity ---- */

static size_t line_end(const uint8_t *in, size_t len, size_t at)
{
    const uint8_t *lf = at < len ? memchr(in + at, '\n', len - at) : NULL;

    return lf ? (size_t)(lf - in) + 1 : 0;
}

/* Read the size at the beginning of a line. Returns how many digits it has; 0: it is too large. */
static size_t naive_size(const uint8_t *in, size_t end, size_t at, uint64_t *size)
{
    size_t digits = 0;

    *size = 0;
    for (; at + digits < end; digits++) {
        uint8_t c = in[at + digits];
        unsigned value = c >= '0' && c <= '9'   ? c - '0'
                         : c >= 'a' && c <= 'f' ? c - 'a' + 10u
                         : c >= 'A' && c <= 'F' ? c - 'A' + 10u
                                                : 16;

        if (value == 16) {
            break;
        }
        if (*size >> 59) {
            return 0;
        }
        *size = *size * 16 + value;
    }
    return digits;
}

/* The lenient form of a whole body; only the data and whether every size was one are looked at.
 * Strict is not: it refuses more. */
static struct body naive(const uint8_t *in, size_t len)
{
    struct body body = {malloc(len + 1), 0, 0, false, false};
    size_t at = 0, end, digits;
    uint64_t size;

    while ((end = line_end(in, len, at)) > 0) {
        digits = naive_size(in, end, at, &size);
        if (digits == 0) {
            body.wrong = true;
            return body;
        }
        at = end;
        if (size == 0) {
            while ((end = line_end(in, len, at)) > 0) {
                bool empty = end - at == 1 || (end - at == 2 && in[at] == '\r');

                at = end;
                if (empty) {
                    body.whole = true;
                    body.used = at;
                    break;
                }
            }
            return body;
        }
        if (size > len - at) {
            size = len - at;
        }
        memcpy(body.data + body.len, in + at, (size_t)size);
        body.len += (size_t)size;
        at += (size_t)size;
        if (at < len && in[at] == '\r') {
            at++;
        }
        if (at < len && in[at++] != '\n') {
            body.wrong = true;
            return body;
        }
    }
    return body;
}

/* ---- ours ---- */

static struct body ours(const uint8_t *in, size_t len, bool strict, size_t slice)
{
    struct body body = {malloc(len + 1), 0, 0, false, false};
    struct native_http_chunked chunked = {.options = NATIVE_HTTP_CHUNKED_OPTIONS_INIT};
    size_t from = 0, there = 0, used;
    enum native_http_status status = NATIVE_HTTP_NEED_MORE;

    chunked.options.strict = strict;
    chunked.options.trailers.flags = strict ? NATIVE_HTTP_HEAD_STRICT : 0;
    native_http_chunked_begin(&chunked);
    for (;;) {
        struct native_http_body_event event;
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
        size_t n = there - from;
        uint8_t *copy = malloc(n + !n);

        if (n) {
            memcpy(copy, in + from, n);
        }
        status = native_http_chunked_next(&chunked, copy, n, &used, &event, &fault);
        REQUIRE(used <= n);
        if (status == NATIVE_HTTP_OK && event.kind == NATIVE_HTTP_BODY_DATA) {
            REQUIRE(event.data.len > 0 && event.data.at >= (char *)copy &&
                    event.data.at + event.data.len <= (char *)copy + n);
            memcpy(body.data + body.len, event.data.at, event.data.len);
            body.len += event.data.len;
        }
        free(copy);
        from += used;
        if (status == NATIVE_HTTP_NEED_MORE && there < len) {
            there = slice < len - there ? there + slice : len;
        } else if (status != NATIVE_HTTP_OK) {
            REQUIRE(status == NATIVE_HTTP_NEED_MORE || status == NATIVE_HTTP_END ||
                    fault.reason != NATIVE_HTTP_FAULT_NONE);
            REQUIRE(fault.offset <= n);
            break;
        }
    }
    REQUIRE(chunked.data_bytes == body.len);
    body.whole = status == NATIVE_HTTP_END;
    body.wrong = !body.whole && status != NATIVE_HTTP_NEED_MORE;
    body.used = from;
    return body;
}

static bool same(const struct body *a, const struct body *b)
{
    return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct body clear, whole, sliced;

    if (size < 1) {
        return 0;
    }
    whole = ours(data + 1, size - 1, data[0] & 1, size);
    sliced = ours(data + 1, size - 1, data[0] & 1, (data[0] >> 1) + 1u);
    clear = naive(data + 1, size - 1);
    REQUIRE(same(&whole, &sliced) && whole.whole == sliced.whole && whole.wrong == sliced.wrong);
    REQUIRE(whole.wrong || whole.used == sliced.used);
    if (!whole.wrong) {
        REQUIRE(!clear.wrong && same(&whole, &clear) && whole.whole == clear.whole);
        REQUIRE(!whole.whole || whole.used == clear.used);
    } else {
        REQUIRE(whole.len <= clear.len && memcmp(whole.data, clear.data, whole.len) == 0);
    }
    free(clear.data);
    free(whole.data);
    free(sliced.data);
    return 0;
}
