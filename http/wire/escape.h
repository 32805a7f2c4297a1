/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* escape.h - percent-encoding (RFC 3986, 2.1) and that of forms (WHATWG URL, 5.2).
 * Shape: a byte that is not in the set becomes %XX with capital digits; forms also turn a space
 * into "+".
 * Pure: no allocation, no globals. */
#ifndef NATIVE_HTTP_WIRE_ESCAPE_H
#define NATIVE_HTTP_WIRE_ESCAPE_H

#include "buffer.h"
#include "status.h"

/* What stays as it is. No set keeps a control byte, a space, or a byte above 0x7e. */
enum native_http_escape_set {
    NATIVE_HTTP_ESCAPE_ALL,   /* letters, digits and - . _ ~ stay: one value, anywhere in a URL */
    NATIVE_HTTP_ESCAPE_PATH,  /* also / : @ ! $ & ' ( ) * + , ; =    a path from its plain text */
    NATIVE_HTTP_ESCAPE_QUERY, /* also ?                              a query from its plain text */
    /* also % [ ] #: text that is a URL already and only may not go out as it stands */
    NATIVE_HTTP_ESCAPE_URL,
    NATIVE_HTTP_ESCAPE_FORM /* letters, digits and * - . _ stay; a space becomes "+" */
};

/* What native_http_unescape does besides turning %XX into bytes; bits. */
enum native_http_unescape_flag {
    NATIVE_HTTP_UNESCAPE_PLUS = 1,      /* "+" is a space: forms */
    NATIVE_HTTP_UNESCAPE_STRICT = 2,    /* refuse "%" without two digits; else it stays as it is */
    NATIVE_HTTP_UNESCAPE_NO_NUL = 4,    /* refuse %00 (and a NUL) */
    NATIVE_HTTP_UNESCAPE_NO_CONTROL = 8 /* refuse what decodes to 0x00..0x1f or 0x7f */
};

/* Returns whether the byte stays as it is under the set. */
bool native_http_escape_keeps(enum native_http_escape_set set, unsigned char byte);

/* Append the text, encoded. */
void native_http_escape(struct native_http_buffer *out, enum native_http_escape_set set,
                        struct native_http_span text);

/* Append the text, decoded: never longer than it was. `flags` are bits of
 * enum native_http_unescape_flag.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_MALFORMED (URL_ESCAPE, CONTROL_BYTE), nothing appended. */
enum native_http_status native_http_unescape(struct native_http_buffer *out, unsigned flags,
                                             struct native_http_span text,
                                             struct native_http_fault *fault);

#endif
