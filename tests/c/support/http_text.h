/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_text.h - what the tests of http/wire say about text: compare spans with literals, and show
 * bytes in a line of TAP. */
#ifndef NATIVE_TESTS_HTTP_TEXT_H
#define NATIVE_TESTS_HTTP_TEXT_H

#include "http/wire/span.h"
#include "tests/c/harness.h"

/* Returns whether the span has this text; NULL: whether it is absent. */
__attribute__((unused)) static bool span_is(struct native_http_span span, const char *text)
{
    return text == NULL ? span.at == NULL
                        : span.at != NULL && span.len == strlen(text) &&
                              memcmp(span.at, text, span.len) == 0;
}

/* Returns the bytes as they can be printed, cut to some 70: one of eight buffers, taken in turn. */
__attribute__((unused)) static const char *shown(const void *bytes, size_t len)
{
    static char rooms[8][100];
    static unsigned turn;
    char *to = rooms[turn++ % 8], *start = to;

    for (const unsigned char *at = bytes; len > 0; at++, len--) {
        if (to - start > 70) {
            strcpy(to, "...");
            return start;
        }
        if (*at == '\r' || *at == '\n') {
            to += sprintf(to, *at == '\r' ? "\\r" : "\\n");
        } else {
            to += sprintf(to, *at > 0x20 && *at < 0x7f && *at != '#' ? "%c" : "\\x%02x", *at);
        }
    }
    *to = 0;
    return start;
}

__attribute__((unused)) static const char *shown_text(const char *text)
{
    return shown(text, strlen(text));
}

__attribute__((unused)) static const char *shown_span(struct native_http_span span)
{
    return span.at == NULL ? "(absent)" : shown(span.at, span.len);
}

#endif
