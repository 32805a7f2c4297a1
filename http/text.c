/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* text.c - bytes that grow. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* Returns the size of a block with room for `more` bytes; 0: there is no such size. */
static size_t size_for(const struct native_http_buffer *text, size_t more)
{
    size_t size = text->size > 0 ? text->size : 256;
    while (size - text->len < more) {
        if (size > (size_t)-1 / 2)
            return 0;
        size *= 2;
    }
    return size;
}

static bool has_room(const struct native_http_buffer *text, size_t more)
{
    return more <= text->size - text->len && text->at;
}

bool native_http_text_reserve(struct native_http_buffer *text, size_t more)
{
    size_t size;
    char *at;
    if (has_room(text, more))
        return true;
    size = size_for(text, more);
    at = size > 0 ? realloc(text->at, size) : NULL;
    if (!at)
        return false;
    text->at = at;
    text->size = size;
    return true;
}

bool native_http_text_reserve_wiping(struct native_http_buffer *text, size_t more)
{
    struct native_http_buffer larger = {NULL, size_for(text, more), text->len};
    if (has_room(text, more))
        return true;
    larger.at = larger.size > 0 ? malloc(larger.size) : NULL;
    if (!larger.at)
        return false;
    if (text->len > 0)
        memcpy(larger.at, text->at, text->len);
    native_http_text_free(text, true);
    *text = larger;
    return true;
}

bool native_http_text_retry(struct native_http_buffer *text, size_t len)
{
    size_t wanted = text->len - len;
    text->len = len;
    /* The writer has made `size` smaller where it stopped: the block is larger than that, or just as large. */
    if (text->size < len)
        text->size = len;
    return native_http_text_reserve(text, wanted);
}

bool native_http_text_add(struct native_http_buffer *text, struct native_http_span span)
{
    if (!native_http_text_reserve(text, span.len))
        return false;
    native_http_buffer_put_span(text, span);
    return true;
}

bool native_http_text_add_wiping(struct native_http_buffer *text, struct native_http_span span)
{
    if (!native_http_text_reserve_wiping(text, span.len))
        return false;
    native_http_buffer_put_span(text, span);
    return true;
}

void native_http_text_free(struct native_http_buffer *text, bool wipe)
{
    if (wipe && text->at)
        explicit_bzero(text->at, text->len < text->size ? text->len : text->size);
    free(text->at);
    text->at = NULL;
    text->size = text->len = 0;
}

void native_http_text_rest(struct native_http_buffer *text, bool wipe)
{
    if (text->size > NATIVE_HTTP_TEXT_KEPT) {
        native_http_text_free(text, wipe);
        return;
    }
    if (wipe && text->at) /* all of it: it may have held more than it does now */
        explicit_bzero(text->at, text->size);
    text->len = 0;
}

char *native_http_text_string(struct native_http_span span)
{
    char *copy = malloc(span.len + 1);
    if (copy) {
        if (span.len > 0)
            memcpy(copy, span.at, span.len);
        copy[span.len] = '\0';
    }
    return copy;
}
