/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* date_cookie.c - the date of a cookie's Expires (RFC 6265, 5.1.1). */
#include "chars.h"
#include "date_parts.h"
#include "span.h"

/* What was found already: the first token of a kind counts. */
struct found {
    struct native_http_moment moment;
    bool time, day, month, year;
};

/* Read from `least` to `most` digits that another digit does not follow. Returns how many, or 0. */
static size_t read_digits(struct native_http_span token, size_t least, size_t most, int *number)
{
    size_t len = 0;

    *number = 0;
    while (len < token.len && native_http_char_is(token.at[len], NATIVE_HTTP_CHAR_DIGIT)) {
        if (len == most) {
            return 0;
        }
        *number = *number * 10 + (token.at[len++] - '0');
    }
    return len >= least ? len : 0;
}

/* hms-time: 1*2DIGIT ":" 1*2DIGIT ":" 1*2DIGIT ( non-digit *OCTET ) */
static bool read_time(struct native_http_span token, struct native_http_moment *moment)
{
    int *const fields[3] = {&moment->hour, &moment->minute, &moment->second};
    int values[3];

    for (unsigned i = 0; i < 3; i++) {
        size_t len = read_digits(token, 1, 2, &values[i]);

        if (len == 0 || (i < 2 && (len == token.len || token.at[len] != ':'))) {
            return false;
        }
        len += i < 2;
        token.at += len;
        token.len -= len;
    }
    for (unsigned i = 0; i < 3; i++) {
        *fields[i] = values[i];
    }
    return true;
}

/* In the order of the RFC: a token that is one thing is not looked at as another. */
static void take_token(struct found *found, struct native_http_span token)
{
    int number;

    if (!found->time && read_time(token, &found->moment)) {
        found->time = true;
    } else if (!found->day && read_digits(token, 1, 2, &number) > 0) {
        found->moment.day = number;
        found->day = true;
    } else if (!found->month && token.len >= 3 && (number = native_http_month_read(token.at)) > 0) {
        found->moment.month = number;
        found->month = true;
    } else if (!found->year && read_digits(token, 2, 4, &number) > 0) {
        found->moment.year = number;
        found->year = true;
    }
}

enum native_http_status native_http_cookie_date_parse(const void *text, size_t text_len,
                                                      int64_t *seconds,
                                                      struct native_http_fault *fault)
{
    const char *at = text;
    struct found found = {.time = false};
    size_t i = 0;

    while (i < text_len) {
        size_t start = i;

        while (i < text_len && !native_http_char_is(at[i], NATIVE_HTTP_CHAR_DATE_DELIMITER)) {
            i++;
        }
        if (i > start) {
            take_token(&found, (struct native_http_span){at + start, i - start});
        } else {
            i++;
        }
    }
    if (found.moment.year <= 99) {
        found.moment.year += found.moment.year >= 70 ? 1900 : 2000;
    }
    /* A leap second is none of a cookie's (step 5). */
    if (!found.time || !found.day || !found.month || !found.year || found.moment.year < 1601 ||
        found.moment.second > 59 || !native_http_moment_seconds(&found.moment, seconds)) {
        *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_DATE, 0};
        return NATIVE_HTTP_MALFORMED;
    }
    return NATIVE_HTTP_OK;
}
