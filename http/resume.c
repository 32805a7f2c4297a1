/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* resume.c - whether an answer goes on where `resume_from` wants it. */
#include "parts.h"
#include "wire/range.h"

/* Whether a body of unknown length comes, or one of any bytes. */
static bool has_bytes(const struct native_http_framing *framing)
{
    return framing->kind != NATIVE_HTTP_BODY_NONE &&
           (framing->kind != NATIVE_HTTP_BODY_LENGTH || framing->length > 0);
}

/* The rest was asked for: whether this is it, as Content-Range says (RFC 9110 14.4). */
static bool is_the_rest(const struct native_http_transfer *t)
{
    struct native_http_content_range range;
    struct native_http_fault fault;
    size_t after = 0;
    struct native_http_span value =
        native_http_transfer_field(t, NATIVE_HTTP_SPAN("content-range"), &after);
    return value.at &&
           native_http_content_range_parse(value.at, value.len, &range, &fault) == NATIVE_HTTP_OK &&
           range.has_range && range.first == t->options->resume_from;
}

bool native_http_check_resumed(struct native_http_transfer *t)
{
    const struct native_http_framing *framing = &t->receive.framing;
    uint64_t from = t->options->resume_from;
    if (from == 0 || t->kind != NATIVE_HTTP_GET || t->options->range.len > 0 || t->receive.drop)
        return true;
    if (t->info.status == 416)
        t->receive.drop = true;
    if (t->receive.drop || !has_bytes(framing) || is_the_rest(t))
        return true;
    if (framing->kind == NATIVE_HTTP_BODY_LENGTH && framing->length == from) {
        t->receive.drop = true; /* all of it is there already */
        return true;
    }
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_RANGE,
                          "the server did not go on from byte %llu", (unsigned long long)from);
    return false;
}
