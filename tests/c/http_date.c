/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_date.c - dates of HTTP and of cookies, and back: the RFCs' examples, what no calendar has,
 * and every day of a thousand years against the C library. */
#include <time.h>

#include "harness.h"
#include "http/wire/date.h"
#include "support/http_text.h"

enum { NOW = 1790000000 }; /* 2026-09-21 */

static struct guard input;

static const struct {
    const char *text;
    int64_t seconds; /* -1: refused */
} dates[] = {
    /* the three forms, RFC 9110, 5.6.7 */
    {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},
    {"Sunday, 06-Nov-94 08:49:37 GMT", 784111777},
    {"Sun Nov  6 08:49:37 1994", 784111777},
    {"Sun Nov 06 08:49:37 1994", 784111777},
    {"Wed Nov 16 08:49:37 1994", 784975777},
    {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
    {"thu, 01 jan 1970 00:00:01 GMT", 1},
    {"Wed, 31 Dec 1969 23:59:59 GMT", -1 - (INT64_C(1) << 40)}, /* -1 itself, see below */
    {"Fri, 31 Dec 9999 23:59:59 GMT", 253402300799},
    {"Tue, 29 Feb 2000 12:00:00 GMT", 951825600},
    {"Thu, 29 Feb 2024 00:00:00 GMT", 1709164800},
    {"Sat, 31 Dec 2016 23:59:60 GMT", 1483228800},
    /* two digits of a year, in 2026: 76 is ahead by 50, 77 is past */
    {"Monday, 01-Jan-26 00:00:00 GMT", 1767225600},
    {"Monday, 01-Jan-76 00:00:00 GMT", 3345062400},
    {"Monday, 01-Jan-77 00:00:00 GMT", 220924800},
    {"Monday, 01-Jan-00 00:00:00 GMT", 946684800},
    /* no dates */
    {"", -1},
    {"Sun", -1},
    {"Sun, 06 Nov 1994 08:49:37", -1},
    {"Sun, 06 Nov 1994 08:49:37 GMT ", -1},
    {"Sun, 06 Nov 1994 08:49:37 UTC", -1},
    {"Sun, 06 Nov 1994 08:49:37 +0100", -1},
    {"06 Nov 1994 08:49:37 GMT", -1},
    {"Xun, 06 Nov 1994 08:49:37 GMT", -1},
    {"Sun, 6 Nov 1994 08:49:37 GMT", -1},
    {"Sun, 06 Nov 94 08:49:37 GMT", -1},
    {"Sun, 06 Xov 1994 08:49:37 GMT", -1},
    {"Sun, 06 No", -1},
    {"Sun, 00 Nov 1994 08:49:37 GMT", -1},
    {"Sun, 31 Nov 1994 08:49:37 GMT", -1},
    {"Wed, 29 Feb 2023 00:00:00 GMT", -1},
    {"Mon, 29 Feb 2100 00:00:00 GMT", -1},
    {"Sun, 06 Nov 1994 24:00:00 GMT", -1},
    {"Sun, 06 Nov 1994 08:60:00 GMT", -1},
    {"Sun, 06 Nov 1994 08:49:61 GMT", -1},
    {"Sun Nov    08:49:37 1994", -1},
    {"Sun Nov 6 08:49:37 1994", -1},
};

static const struct {
    const char *text;
    int64_t seconds;
} cookie_dates[] = {
    {"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},
    {"Sunday, 06-Nov-94 08:49:37 GMT", 784111777},
    {"Sun Nov  6 08:49:37 1994", 784111777},
    {"8:49:37 1994 nov 6", 784111777},
    {"06.Nov.94 08:49:37", 784111777},
    {"06/November/1994 08:49:37 EST", 784111777},
    {"6th Novembre 1994st 8:49:37pm", 784111777},
    {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
    {"1 jan 69 0:0:0", 3124224000}, /* 2069 */
    {"1 jan 70 0:0:0", 0},
    {"1 jan 1601 0:0:0", -11644473600},
    {"1 jan 1600 0:0:0", -1},
    {"31 dec 9999 23:59:59", 253402300799},
    {"6 nov 1994 8:49:37 7 dec 1995 9:50:38", 784111777}, /* the first of a kind counts */
    {"", -1},
    {"0", -1},
    {"6 nov 1994", -1},
    {"6 nov 8:49:37", -1},
    {"nov 1994 8:49:37", -1},
    {"6 1994 8:49:37", -1},
    {"6 nov 19940 8:49:37", -1},
    {"6 nov 1994 8:49", -1},
    {"6 nov 1994 8:49:377", -1},
    {"6 nov 1994 24:00:00", -1},
    {"6 nov 1994 00:60:00", -1},
    {"6 nov 1994 00:00:60", -1},
    {"32 nov 1994 00:00:00", -1},
    {"31 nov 1994 00:00:00", -1},
    {"29 feb 2023 00:00:00", -1},
    {"0 nov 1994 00:00:00", -1},
};

static void test_dates(void)
{
    for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
        struct native_http_fault fault = {0, 0};
        int64_t seconds = 77, expected = dates[i].seconds;
        size_t len = strlen(dates[i].text);
        enum native_http_status status = native_http_date_parse(
            guard_place(&input, dates[i].text, len), len, NOW, &seconds, &fault);

        if (expected == -1) {
            check(status == NATIVE_HTTP_MALFORMED && fault.reason == NATIVE_HTTP_FAULT_DATE &&
                      fault.offset <= len,
                  "status %d, fault at %zu", status, fault.offset);
        } else {
            expected = expected < -1 ? -1 : expected;
            check(status == NATIVE_HTTP_OK && seconds == expected, "status %d, %lld", status,
                  (long long)seconds);
        }
        end_test("the date \"%s\"", dates[i].text);
    }
    for (size_t i = 0; i < sizeof(cookie_dates) / sizeof(cookie_dates[0]); i++) {
        struct native_http_fault fault = {0, 0};
        int64_t seconds = -1;
        size_t len = strlen(cookie_dates[i].text);
        enum native_http_status status = native_http_cookie_date_parse(
            guard_place(&input, cookie_dates[i].text, len), len, &seconds, &fault);

        check((status == NATIVE_HTTP_OK) == (cookie_dates[i].seconds != -1) &&
                  seconds == cookie_dates[i].seconds,
              "status %d, %lld", status, (long long)seconds);
        end_test("the cookie's date \"%s\"", cookie_dates[i].text);
    }
}

/* Each day from 1601 to 2600, at some time of it, as the C library writes it. */
static void test_days(void)
{
    uint64_t random = 1;
    int64_t step = under_valgrind() ? 86400 * 37 : 86400;

    for (int64_t day = -11644473600; day < 19880899200 && tap_good; day += step) {
        static const char *const forms[] = {"%a, %d %b %Y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"};
        struct native_http_fault fault;
        char expected[40], other[40], got[NATIVE_HTTP_DATE_LEN];
        time_t t = (time_t)(day + next_random(&random) % 86400);
        struct tm tm;
        int64_t back = 0, again = 0, cookie = 0;

        gmtime_r(&t, &tm);
        strftime(expected, sizeof(expected), forms[0], &tm);
        strftime(other, sizeof(other), forms[1], &tm);
        check(native_http_date_write(t, got) == NATIVE_HTTP_OK &&
                  memcmp(got, expected, sizeof(got)) == 0,
              "%s written as %s", expected, shown(got, sizeof(got)));
        native_http_date_parse(got, sizeof(got), NOW, &back, &fault);
        native_http_date_parse(other, strlen(other), NOW, &again, &fault);
        native_http_cookie_date_parse(got, sizeof(got), &cookie, &fault);
        check(back == t && again == t && cookie == t, "%s is %lld", expected, (long long)back);
    }
    end_test("every day of a thousand years, written and read");
}

/* RFC 850 for every two digits, at several times: a year with them, within 50 years of now. */
static void test_years(void)
{
    static const int64_t nows[] = {0, 946684799, 946684800, NOW, 2524607999, 2524608000};

    for (size_t i = 0; i < sizeof(nows) / sizeof(nows[0]); i++) {
        time_t now = (time_t)nows[i];
        struct tm tm;
        int this_year;

        gmtime_r(&now, &tm);
        this_year = tm.tm_year + 1900;
        for (int year = 0; year < 100; year++) {
            struct native_http_fault fault;
            char text[40];
            int64_t seconds = 0;
            time_t t;

            sprintf(text, "Monday, 15-Jun-%02d 12:00:00 GMT", year);
            native_http_date_parse(text, strlen(text), now, &seconds, &fault);
            t = (time_t)seconds;
            gmtime_r(&t, &tm);
            tm.tm_year += 1900;
            check(tm.tm_year % 100 == year && tm.tm_year <= this_year + 50 &&
                      tm.tm_year > this_year - 50,
                  "%02d in %d is %d", year, this_year, tm.tm_year);
        }
        end_test("two digits of a year, seen from %d", this_year);
    }
}

static void test_write(void)
{
    char text[NATIVE_HTTP_DATE_LEN];

    check(native_http_date_write(NATIVE_HTTP_DATE_MIN, text) == NATIVE_HTTP_OK &&
              memcmp(text, "Sat, 01 Jan 0000 00:00:00 GMT", sizeof(text)) == 0,
          "first: %s", shown(text, sizeof(text)));
    check(native_http_date_write(NATIVE_HTTP_DATE_MAX, text) == NATIVE_HTTP_OK &&
              memcmp(text, "Fri, 31 Dec 9999 23:59:59 GMT", sizeof(text)) == 0,
          "last: %s", shown(text, sizeof(text)));
    check(native_http_date_write(NATIVE_HTTP_DATE_MIN - 1, text) == NATIVE_HTTP_TOO_LARGE &&
              native_http_date_write(NATIVE_HTTP_DATE_MAX + 1, text) == NATIVE_HTTP_TOO_LARGE &&
              native_http_date_write(INT64_MIN, text) == NATIVE_HTTP_TOO_LARGE &&
              native_http_date_write(INT64_MAX, text) == NATIVE_HTTP_TOO_LARGE,
          "beyond");
    end_test("the years that can be written");
}

int main(void)
{
    input = guard_new(100);
    test_dates();
    test_days();
    test_years();
    test_write();
    return done();
}
