/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* request.h - writing a request's head (RFC 9112, 3; RFC 9110, 5).
 *
 *   GET /path?query HTTP/1.1 CRLF         native_http_request_line_put
 *   Host: example.org:8080 CRLF           native_http_field_put, in whatever order the caller likes
 *   Accept: ... CRLF
 *   CRLF                                  native_http_request_end_put
 *
 * What could end a line early or make two requests of one (CR, LF, NUL and their like) is refused
 * and nothing of it is written: a buffer holds whole lines only.
 * Pure: no allocation, no globals. */
#ifndef NATIVE_HTTP_WIRE_REQUEST_H
#define NATIVE_HTTP_WIRE_REQUEST_H

#include <stdint.h>

#include "buffer.h"
#include "status.h"

enum native_http_target_form {
    NATIVE_HTTP_TARGET_ORIGIN,    /* /path?query: to the server itself */
    NATIVE_HTTP_TARGET_ABSOLUTE,  /* scheme://authority/path?query: to a proxy */
    NATIVE_HTTP_TARGET_AUTHORITY, /* host:port: CONNECT */
    NATIVE_HTTP_TARGET_ASTERISK,  /* "*": OPTIONS */
    NATIVE_HTTP_TARGET_RAW        /* `path` is all of it, whatever it is */
};

/* Of the request line. Percent-encoding is the caller's. */
struct native_http_target {
    enum native_http_target_form form;
    struct native_http_span scheme;    /* ABSOLUTE */
    struct native_http_span authority; /* ABSOLUTE, AUTHORITY: host, or host:port */
    struct native_http_span path;      /* ORIGIN, ABSOLUTE: empty is written as "/" */
    struct native_http_span query;     /* ORIGIN, ABSOLUTE: without "?"; `at` NULL: there is none */
};

/* Append "METHOD target HTTP/1.x" CRLF; minor_version is 0 or 1.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_MALFORMED (METHOD: empty or no token; TARGET: a part missing,
 * a path without "/" at its beginning, a control byte or a space) with the offset inside the part
 * at fault and nothing appended. */
enum native_http_status native_http_request_line_put(struct native_http_buffer *out,
                                                     struct native_http_span method,
                                                     const struct native_http_target *target,
                                                     unsigned minor_version,
                                                     struct native_http_fault *fault);

/* Append "Name: value" CRLF, or "Name:" CRLF for an empty value. Bytes above 0x7f and tabs may
 * stand in a value.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_MALFORMED (FIELD_NAME, FIELD_VALUE) with the offset inside
 * name or value and nothing appended. */
enum native_http_status native_http_field_put(struct native_http_buffer *out,
                                              struct native_http_span name,
                                              struct native_http_span value,
                                              struct native_http_fault *fault);

/* The same for a line that is whole already, "Name:value", and is written byte for byte.
 * Returns as native_http_field_put; also FIELD_COLON, FIELD_SPACE. */
enum native_http_status native_http_field_line_put(struct native_http_buffer *out,
                                                   struct native_http_span line,
                                                   struct native_http_fault *fault);

/* Append "Name: 123" CRLF. The name is a literal of the caller's: not checked. */
void native_http_field_put_number(struct native_http_buffer *out, struct native_http_span name,
                                  uint64_t number);

/* Append the empty line. */
void native_http_request_end_put(struct native_http_buffer *out);

/* Append a number in decimal. */
void native_http_number_put(struct native_http_buffer *out, uint64_t number);

/* Check a method, a field's name, a field's value by themselves.
 * Returns NATIVE_HTTP_OK or NATIVE_HTTP_MALFORMED (METHOD; FIELD_NAME; FIELD_VALUE). */
enum native_http_status native_http_method_check(struct native_http_span method,
                                                 struct native_http_fault *fault);
enum native_http_status native_http_field_name_check(struct native_http_span name,
                                                     struct native_http_fault *fault);
enum native_http_status native_http_field_value_check(struct native_http_span value,
                                                      struct native_http_fault *fault);

#endif
