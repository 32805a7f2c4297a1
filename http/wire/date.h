/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* date.h - dates of HTTP and of cookies, as seconds since 1970-01-01 00:00:00 UTC.
 * Shape: Sun, 06 Nov 1994 08:49:37 GMT       IMF-fixdate (RFC 9110, 5.6.7): the one that is written
 *        Sunday, 06-Nov-94 08:49:37 GMT      RFC 850
 *        Sun Nov  6 08:49:37 1994            asctime
 *        Nov/6/94, 8:49:37 (anything)        a cookie's date: tokens in any order (RFC 6265, 5.1.1)
 * Pure: no allocation, no clock, no time zone, no locale. */
#ifndef NATIVE_HTTP_WIRE_DATE_H
#define NATIVE_HTTP_WIRE_DATE_H

#include <stddef.h>
#include <stdint.h>

#include "status.h"

enum { NATIVE_HTTP_DATE_LEN = 29 };

/* The first and the last second that can be written: years 0000 to 9999. */
#define NATIVE_HTTP_DATE_MIN (-INT64_C(62167219200))
#define NATIVE_HTTP_DATE_MAX INT64_C(253402300799)

/* Read an HTTP-date. `now_s` is for the two digits of RFC 850: the year is taken that is at most 50
 * years ahead of now. The name of the day is not compared with the date. Second 60 is taken for a
 * leap second: the next minute.
 * Returns NATIVE_HTTP_OK, or NATIVE_HTTP_MALFORMED with `fault`. */
enum native_http_status native_http_date_parse(const void *text, size_t text_len, int64_t now_s,
                                               int64_t *seconds, struct native_http_fault *fault);

/* Read a cookie's date: a day, a month's name, a year from 1601 on and a time in any order,
 * whatever else is there.
 * Returns NATIVE_HTTP_OK, or NATIVE_HTTP_MALFORMED with `fault` (offset 0). */
enum native_http_status native_http_cookie_date_parse(const void *text, size_t text_len,
                                                      int64_t *seconds,
                                                      struct native_http_fault *fault);

/* Write NATIVE_HTTP_DATE_LEN bytes of IMF-fixdate, without NUL.
 * Returns NATIVE_HTTP_OK, or NATIVE_HTTP_TOO_LARGE outside of NATIVE_HTTP_DATE_MIN to _MAX. */
enum native_http_status native_http_date_write(int64_t seconds, char *to);

#endif
