/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* date_parts.h - what date.c and date_cookie.c share; not for others.
 * Pure: no allocation, no globals. */
#ifndef NATIVE_HTTP_WIRE_DATE_PARTS_H
#define NATIVE_HTTP_WIRE_DATE_PARTS_H

#include <stdbool.h>

#include "date.h"

struct native_http_moment {
    int year, month, day, hour, minute, second; /* month and day from 1 */
};

/* Returns the month that the three bytes name, whatever the case, or 0. */
int native_http_month_read(const char *text);

/* Check the fields, none of which is negative, and count the seconds since 1970. Returns false for
 * a date that no calendar has. */
bool native_http_moment_seconds(const struct native_http_moment *moment, int64_t *seconds);

#endif
