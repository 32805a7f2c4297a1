/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* form.h - application/x-www-form-urlencoded (WHATWG URL, 5): writing and reading pairs.
 * Shape: name=value&name=value
 * Pure: no allocation, no globals. */
#ifndef NATIVE_HTTP_WIRE_FORM_H
#define NATIVE_HTTP_WIRE_FORM_H

#include "buffer.h"

/* Append one pair; `first` is true for the first one, which has no "&" before it. */
void native_http_form_put(struct native_http_buffer *out, bool first, struct native_http_span name,
                          struct native_http_span value);

/* Take the next pair off the front of *form, still encoded: native_http_unescape with PLUS decodes
 * it. Empty pieces ("a=1&&b=2") are skipped; the value of a piece without "=" is absent (`at` is
 * NULL).
 * Returns whether there was one. */
bool native_http_form_next(struct native_http_span *form, struct native_http_span *name,
                           struct native_http_span *value);

#endif
