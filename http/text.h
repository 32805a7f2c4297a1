/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* text.h - bytes that grow: heads of requests, URLs, what of a response is kept.
 * Shape: the buffer of wire/, with memory of its own. Empty is { 0 }. Allocates: with malloc. */
#ifndef NATIVE_HTTP_TEXT_H
#define NATIVE_HTTP_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "wire/buffer.h"

enum { NATIVE_HTTP_TEXT_KEPT = 8192 }; /* of memory that rests, at most */

/* Make room for `more` bytes behind what is there. Returns false without memory: nothing has changed. */
bool native_http_text_reserve(struct native_http_buffer *text, size_t more);

/* Make room as a writer that ran out of it has counted (text->len beyond text->size), and go back to `len`, where it
 * began. Returns false without memory. */
bool native_http_text_retry(struct native_http_buffer *text, size_t len);

/* Append. Returns false without memory. */
bool native_http_text_add(struct native_http_buffer *text, struct native_http_span span);

/* The same where a password stands or will stand in it: nothing of that stays behind where it grew. */
bool native_http_text_reserve_wiping(struct native_http_buffer *text, size_t more);
bool native_http_text_add_wiping(struct native_http_buffer *text, struct native_http_span span);

/* Free what it owns and empty it; `wipe`: it held a password. */
void native_http_text_free(struct native_http_buffer *text, bool wipe);

/* Empty it and keep its memory for another owner, unless that is large; `wipe`: it held a password. */
void native_http_text_rest(struct native_http_buffer *text, bool wipe);

/* Returns a copy that ends in NUL, to be freed; NULL without memory. */
char *native_http_text_string(struct native_http_span span);

static inline struct native_http_span native_http_text_span(const struct native_http_buffer *text)
{
    return (struct native_http_span){text->at ? text->at : "", text->len};
}

#endif
