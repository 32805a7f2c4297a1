/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* date.c - HTTP-date and back (RFC 9110, 5.6.7). */
#include <string.h>

#include "chars.h"
#include "date_parts.h"
#include "span.h"

static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char days[7][10] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                 "Thursday", "Friday", "Saturday"};

/* Days from 1970-01-01 to a date of the Gregorian calendar, which is taken to have been always.
 * Years are counted from March, so that the leap day is the last one, in eras of 400 years. */
static int32_t days_of(int32_t year, int month, int day)
{
    int32_t y = month <= 2 ? year - 1 : year;
    int32_t era = (y >= 0 ? y : y - 399) / 400;
    int32_t of_era = y - era * 400;
    int32_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_of(int32_t day, int *year, int *month, int *of_month)
{
    int32_t z = day + 719468;
    int32_t era = (z >= 0 ? z : z - 146096) / 146097;
    int32_t of_era = z - era * 146097;
    int32_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int32_t of_year = of_era - (365 * years + years / 4 - years / 100);
    int32_t m = (5 * of_year + 2) / 153; /* from March */

    *of_month = of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = years + era * 400 + (*month <= 2);
}

int native_http_month_read(const char *text)
{
    struct native_http_span name = {text, 3};

    for (int i = 0; i < 12; i++) {
        if (native_http_span_is_nocase(name, (struct native_http_span){months[i], 3})) {
            return i + 1;
        }
    }
    return 0;
}

bool native_http_moment_seconds(const struct native_http_moment *m, int64_t *seconds)
{
    static const uint8_t lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (m->year % 4 == 0 && m->year % 100 != 0) || m->year % 400 == 0;

    if (m->month < 1 || m->month > 12 || m->day < 1 ||
        m->day > lengths[m->month - 1] + (m->month == 2 && leap) || m->hour > 23 ||
        m->minute > 59 || m->second > 60) {
        return false;
    }
    *seconds = (int64_t)days_of(m->year, m->month, m->day) * 86400 +
               (m->hour * 3600 + m->minute * 60 + m->second);
    return true;
}

/* ---- reading ---- */

/* Read a date by a pattern, of which each byte stands for itself but:
 *   D Y h m s   a digit of day, year, hour, minute, second
 *   _           a digit of the day, or a space for 0
 *   bbb         the name of a month
 * Returns whether all of the text was like that; *at is the byte at fault. */
static bool match(struct native_http_span text, const char *pattern, struct native_http_moment *m,
                  size_t *at)
{
    memset(m, 0, sizeof(*m));
    for (*at = 0; *at < text.len && pattern[*at] != '\0'; ++*at) {
        char c = text.at[*at], p = pattern[*at];
        int *number = p == 'D' || p == '_' ? &m->day
                      : p == 'Y'           ? &m->year
                      : p == 'h'           ? &m->hour
                      : p == 'm'           ? &m->minute
                      : p == 's'           ? &m->second
                                           : NULL;

        if (p == 'b') {
            if (text.len - *at < 3 || (m->month = native_http_month_read(text.at + *at)) == 0) {
                return false;
            }
            *at += 2;
        } else if (number != NULL && native_http_char_is(c, NATIVE_HTTP_CHAR_DIGIT)) {
            *number = *number * 10 + (c - '0');
        } else if (c != (p == '_' ? ' ' : p)) {
            return false;
        }
    }
    return *at == text.len && pattern[*at] == '\0';
}

/* Take the name of a day off the text. Returns its length, or 0. */
static size_t take_day(struct native_http_span text)
{
    for (size_t i = 0; i < 7; i++) {
        size_t len = 0;

        while (days[i][len] != '\0') {
            len++;
        }
        if (text.len >= len &&
            native_http_span_is_nocase((struct native_http_span){text.at, len},
                                       (struct native_http_span){days[i], len})) {
            return len;
        }
        if (text.len >= 3 && native_http_span_is_nocase((struct native_http_span){text.at, 3},
                                                        (struct native_http_span){days[i], 3})) {
            return 3;
        }
    }
    return 0;
}

/* RFC 9110, 5.6.7: two digits are the most recent year with them that is at most 50 years ahead. */
static int full_year(int two_digits, int64_t now_s)
{
    int now, year, month, day;

    if (now_s < 0 || now_s > NATIVE_HTTP_DATE_MAX) {
        now_s = 0; /* a clock that is not set */
    }
    date_of((int32_t)(now_s / 86400), &now, &month, &day);
    year = now - now % 100 + two_digits;
    if (year > now + 50) {
        year -= 100;
    } else if (year <= now - 50) {
        year += 100;
    }
    return year;
}

enum native_http_status native_http_date_parse(const void *text, size_t text_len, int64_t now_s,
                                               int64_t *seconds, struct native_http_fault *fault)
{
    struct native_http_span rest = {text, text_len};
    struct native_http_moment moment;
    size_t skip = take_day(rest), at = 0;
    bool good;

    rest.at += skip;
    rest.len -= skip;
    good = skip > 0 && (match(rest, ", DD bbb YYYY hh:mm:ss GMT", &moment, &at) ||
                        match(rest, " bbb __ hh:mm:ss YYYY", &moment, &at));
    if (skip > 0 && !good && match(rest, ", DD-bbb-YY hh:mm:ss GMT", &moment, &at)) {
        moment.year = full_year(moment.year, now_s);
        good = true;
    }
    if (!good || !native_http_moment_seconds(&moment, seconds)) {
        *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_DATE, skip + at};
        return NATIVE_HTTP_MALFORMED;
    }
    return NATIVE_HTTP_OK;
}

/* ---- writing ---- */

static void put_digits(char *to, int number, unsigned digits)
{
    for (unsigned i = digits; i > 0; i--) {
        to[i - 1] = (char)('0' + number % 10);
        number /= 10;
    }
}

enum native_http_status native_http_date_write(int64_t seconds, char *to)
{
    static const char form[] = "Day, 00 Mon 0000 00:00:00 GMT";
    int year, month, of_month, of_day;
    int32_t day;

    if (seconds < NATIVE_HTTP_DATE_MIN || seconds > NATIVE_HTTP_DATE_MAX) {
        return NATIVE_HTTP_TOO_LARGE;
    }
    day = (int32_t)((seconds >= 0 ? seconds : seconds - 86399) / 86400);
    of_day = (int)(seconds - (int64_t)day * 86400);
    date_of(day, &year, &month, &of_month);
    memcpy(to, form, NATIVE_HTTP_DATE_LEN);
    memcpy(to, days[(day % 7 + 7 + 4) % 7], 3); /* 1970-01-01 was a Thursday */
    put_digits(to + 5, of_month, 2);
    memcpy(to + 8, months[month - 1], 3);
    put_digits(to + 12, year, 4);
    put_digits(to + 17, of_day / 3600, 2);
    put_digits(to + 20, of_day / 60 % 60, 2);
    put_digits(to + 23, of_day % 60, 2);
    return NATIVE_HTTP_OK;
}
