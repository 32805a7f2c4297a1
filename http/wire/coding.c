/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* coding.c - names of content codings. */
#include "coding.h"

#include "field.h"

static const struct {
    const char *name;
    uint8_t len;
    uint8_t coding;
} names[] = {
    /* the first of each coding is the one that is written */
    {"identity", 8, NATIVE_HTTP_CODING_IDENTITY}, {"deflate", 7, NATIVE_HTTP_CODING_DEFLATE},
    {"gzip", 4, NATIVE_HTTP_CODING_GZIP},         {"br", 2, NATIVE_HTTP_CODING_BR},
    {"zstd", 4, NATIVE_HTTP_CODING_ZSTD},         {"x-gzip", 6, NATIVE_HTTP_CODING_GZIP},
    {"none", 4, NATIVE_HTTP_CODING_IDENTITY},
};

enum { NAMES = sizeof(names) / sizeof(names[0]) };

enum native_http_coding native_http_coding_of(struct native_http_span name)
{
    for (size_t i = 0; i < NAMES; i++) {
        struct native_http_span one = {names[i].name, names[i].len};

        if (native_http_span_is_nocase(name, one)) {
            return (enum native_http_coding)names[i].coding;
        }
    }
    return NATIVE_HTTP_CODING_UNKNOWN;
}

struct native_http_span native_http_coding_name(enum native_http_coding coding)
{
    for (size_t i = 0; i < NAMES; i++) {
        if (names[i].coding == (uint8_t)coding) {
            return (struct native_http_span){names[i].name, names[i].len};
        }
    }
    return NATIVE_HTTP_SPAN("");
}

enum native_http_status native_http_codings_add(struct native_http_codings *codings,
                                                struct native_http_span value,
                                                struct native_http_fault *fault)
{
    struct native_http_span list = value;

    while (list.len > 0) {
        const char *comma = memchr(list.at, ',', list.len);
        size_t len = comma ? (size_t)(comma - list.at) : list.len;
        struct native_http_span name = native_http_trim((struct native_http_span){list.at, len});
        enum native_http_coding coding = native_http_coding_of(name);

        list.at += len + (comma ? 1 : 0);
        list.len -= len + (comma ? 1 : 0);
        if (name.len == 0 || coding == NATIVE_HTTP_CODING_IDENTITY) {
            continue;
        }
        if (codings->len == NATIVE_HTTP_CODINGS_MAX) {
            *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_CONTENT_CODING,
                                                (size_t)(name.at - value.at)};
            return NATIVE_HTTP_TOO_LARGE;
        }
        if (coding == NATIVE_HTTP_CODING_UNKNOWN && !codings->unknown.at) {
            codings->unknown = name;
        }
        codings->list[codings->len++] = (uint8_t)coding;
    }
    return NATIVE_HTTP_OK;
}

void native_http_accept_encoding_put(struct native_http_buffer *out, unsigned codings)
{
    bool any = false;

    for (unsigned i = NATIVE_HTTP_CODING_DEFLATE; i < NATIVE_HTTP_CODING_UNKNOWN; i++) {
        if (codings >> i & 1) {
            if (any) {
                NATIVE_HTTP_PUT(out, ", ");
            }
            native_http_buffer_put_span(out, native_http_coding_name((enum native_http_coding)i));
            any = true;
        }
    }
    if (!any) {
        NATIVE_HTTP_PUT(out, "identity");
    }
}
