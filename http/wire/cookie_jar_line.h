/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* cookie_jar_line.h - one line of a cookie jar in Netscape's format, as curl and wget write it.
 *
 *   example.org TAB FALSE TAB / TAB FALSE TAB 0 TAB name TAB value
 *   domain          tail      path  secure    expires, 0: with the session
 *
 * "#HttpOnly_" before the domain says what it says; every other line that begins with "#" is a
 * comment. `tail` TRUE: also for names below the domain, which then begins with a dot.
 * Pure: no allocation, no globals; spans point into the line. */
#ifndef NATIVE_HTTP_WIRE_COOKIE_JAR_LINE_H
#define NATIVE_HTTP_WIRE_COOKIE_JAR_LINE_H

#include "cookie.h"

/* Read one line, with or without its line ending. As curl does: tabs in a row count as one; the
 * path, and the value at the end, may be missing.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_END for a comment or an empty line; NATIVE_HTTP_MALFORMED
 * (JAR_LINE; CONTROL_BYTE; COOKIE_PREFIX). */
enum native_http_status native_http_cookie_jar_line_read(struct native_http_span line,
                                                         struct native_http_cookie *cookie,
                                                         struct native_http_fault *fault);

/* Whether a domain could stand in a line: a "#" would make a comment of it, a dot before it has a meaning of its own, and what has a
 * colon and is no IPv6 address might be read as a field ("Set-Cookie:"). */
bool native_http_cookie_domain_is_good(struct native_http_span domain);

/* Append the line, with LF at its end. Domain and path must be filled in.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_MALFORMED (CONTROL_BYTE, JAR_LINE) for what would not be read
 * back, with nothing appended. */
enum native_http_status native_http_cookie_jar_line_put(struct native_http_buffer *out,
                                                        const struct native_http_cookie *cookie,
                                                        struct native_http_fault *fault);

/* Append the first four lines of a jar file, as curl writes them but for its name. */
void native_http_cookie_jar_head_put(struct native_http_buffer *out);

#endif
