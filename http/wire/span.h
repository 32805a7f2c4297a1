/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* span.h - bytes that belong to somebody else.
 * Shape: a pointer and a length; `at` is NULL where a thing is absent, and points somewhere (also with len 0)
 * where it is there and empty. Not ended by NUL.
 * Pure: valid as long as the bytes that were parsed. */
#ifndef NATIVE_HTTP_WIRE_SPAN_H
#define NATIVE_HTTP_WIRE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct native_http_span {
    const char *at;
    size_t len;
};

/* Returns the span of a string literal. */
#define NATIVE_HTTP_SPAN(literal)                                                                  \
    (struct native_http_span)                                                                      \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

/* Returns whether the bytes are the same. */
static inline bool native_http_span_is(struct native_http_span a, struct native_http_span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

/* Returns `c` in lower case if it is an ASCII letter; no locale has a say. */
static inline char native_http_lower(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return (char)(c + ('a' - 'A'));
    }
    return c;
}

/* Returns whether they are the same but for the case of ASCII letters: field names, schemes, hosts. */
static inline bool native_http_span_is_nocase(struct native_http_span a, struct native_http_span b)
{
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (a.at[i] != b.at[i] && native_http_lower(a.at[i]) != native_http_lower(b.at[i])) {
            return false;
        }
    }
    return true;
}

#endif
