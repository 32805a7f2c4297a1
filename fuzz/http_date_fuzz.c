/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_date_fuzz.c - the input is a date: what is read as one can be written, and is read again as
 * the same second, by both readers. */
#include <stdlib.h>
#include <string.h>

#include "http/wire/date.h"
#include "require.h"

static void check_back(int64_t seconds, int64_t now_s)
{
    struct native_http_fault fault;
    char text[NATIVE_HTTP_DATE_LEN];
    int64_t again = seconds + 1;

    REQUIRE(native_http_date_write(seconds, text) == NATIVE_HTTP_OK);
    REQUIRE(native_http_date_parse(text, sizeof(text), now_s, &again, &fault) == NATIVE_HTTP_OK);
    REQUIRE(again == seconds);
    if (seconds >= -INT64_C(11644473600)) { /* cookies know no year before 1601 */
        REQUIRE(native_http_cookie_date_parse(text, sizeof(text), &again, &fault) ==
                NATIVE_HTTP_OK);
        REQUIRE(again == seconds);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int64_t now_s = 1790000000;
    struct native_http_fault fault;
    int64_t seconds;
    uint8_t *text = malloc(size + !size);

    if (size) {
        memcpy(text, data, size);
    }
    fault = (struct native_http_fault){NATIVE_HTTP_FAULT_NONE, 0};
    if (native_http_date_parse(text, size, now_s, &seconds, &fault) == NATIVE_HTTP_OK) {
        /* The leap second behind the last one that can be written is the one exception. */
        if (seconds <= NATIVE_HTTP_DATE_MAX) {
            check_back(seconds, now_s);
        }
    } else {
        REQUIRE(fault.reason == NATIVE_HTTP_FAULT_DATE && fault.offset <= size);
    }
    if (native_http_cookie_date_parse(text, size, &seconds, &fault) == NATIVE_HTTP_OK) {
        check_back(seconds, now_s);
    }
    free(text);
    return 0;
}
