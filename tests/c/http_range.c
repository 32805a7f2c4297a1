/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_range.c - byte ranges: Range read and written, Content-Range, Accept-Ranges. */
#include "harness.h"
#include "http/wire/range.h"
#include "support/http_text.h"

static struct guard input;

static const struct {
    const char *text, *written; /* NULL: refused, at `offset` */
    size_t offset;
} ranges[] = {
    {"0-499", "bytes=0-499", 0},
    {"500-", "bytes=500-", 0},
    {"-500", "bytes=-500", 0},
    {"0-0,-1", "bytes=0-0,-1", 0},
    {" 0-1 ,\t5-, ,", "bytes=0-1,5-", 0},
    {"00-007", "bytes=0-7", 0},
    {"9223372036854775807-", "bytes=9223372036854775807-", 0},
    {"0-1,1-2,2-3,3-4,4-5", "bytes=0-1,1-2,2-3,3-4,4-5", 0},
    {"", NULL, 0},
    {" , ", NULL, 0},
    {"-", NULL, 0},
    {"-0", NULL, 0},
    {"5-4", NULL, 0},
    {"5", NULL, 0},
    {"a-b", NULL, 0},
    {"0-1, 5-4", NULL, 5},
    {"0-1 2-3", NULL, 0},
    {"0--1", NULL, 0},
    {"0-1-2", NULL, 0},
    {"+1-2", NULL, 0},
    {"bytes=0-1", NULL, 0},
    {"9223372036854775808-", NULL, 0},
    {"-9223372036854775808", NULL, 0},
    {"0-99999999999999999999", NULL, 0},
};

static void test_ranges(void)
{
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        char room[100];
        struct native_http_buffer buffer = {room, sizeof(room), 0};
        struct native_http_range list[5];
        struct native_http_fault fault = {0, 0};
        size_t count, len = strlen(ranges[i].text);
        enum native_http_status status = native_http_range_parse(
            guard_place(&input, ranges[i].text, len), len, list, 5, &count, &fault);

        if (ranges[i].written == NULL) {
            check(status == NATIVE_HTTP_MALFORMED && fault.reason == NATIVE_HTTP_FAULT_RANGE &&
                      fault.offset == ranges[i].offset,
                  "status %d at %zu", status, fault.offset);
        } else if (check(status == NATIVE_HTTP_OK, "status %d", status)) {
            check(native_http_range_write(list, count, &buffer) == NATIVE_HTTP_OK, "written");
            check(buffer.len == strlen(ranges[i].written) &&
                      memcmp(room, ranges[i].written, buffer.len) == 0,
                  "%s", shown(room, buffer.len));
        }
        end_test("the ranges \"%s\"", ranges[i].text);
    }
}

static void test_many(void)
{
    struct native_http_range list[3] = {{0}};
    struct native_http_fault fault;
    size_t count;
    char room[8];
    struct native_http_buffer buffer = {room, sizeof(room), 0};

    ok(native_http_range_parse("1-2,3-4,5-6,7-8", 15, list, 2, &count, &fault) ==
               NATIVE_HTTP_NO_SPACE &&
           count == 4 && list[1].first == 3 && list[2].first == 0,
       "more ranges than room: all are counted, none written past it");
    ok(native_http_range_write(list, 2, &buffer) == NATIVE_HTTP_NO_SPACE && buffer.len == 13,
       "too little room tells the length");
    buffer = (struct native_http_buffer){room, sizeof(room), 0};
    list[1] = (struct native_http_range){NATIVE_HTTP_RANGE_FROM_TO, 5, 4};
    ok(native_http_range_write(list, 2, &buffer) == NATIVE_HTTP_MALFORMED && buffer.len == 0,
       "a last before its first is not written");
    list[1] = (struct native_http_range){NATIVE_HTTP_RANGE_SUFFIX, 0, 0};
    ok(native_http_range_write(list, 2, &buffer) == NATIVE_HTTP_MALFORMED, "nor a suffix of 0");
    list[1] = (struct native_http_range){NATIVE_HTTP_RANGE_FROM, NATIVE_HTTP_RANGE_MAX + 1, 0};
    ok(native_http_range_write(list, 2, &buffer) == NATIVE_HTTP_MALFORMED,
       "nor a position that no file has");
    ok(native_http_range_write(list, 0, &buffer) == NATIVE_HTTP_MALFORMED, "nor no range at all");
}

static const struct {
    const char *value;
    bool good, has_range, has_length;
    uint64_t first, last, length;
} contents[] = {
    {"bytes 0-499/1234", true, true, true, 0, 499, 1234},
    {"bytes 42-1233/*", true, true, false, 42, 1233, 0},
    {"bytes */1234", true, false, true, 0, 0, 1234},
    {"Bytes 0-0/1", true, true, true, 0, 0, 1},
    {"bytes  0-0/1 ", true, true, true, 0, 0, 1},
    {"bytes=0-0/1", true, true, true, 0, 0, 1},
    {"bytes: 0-0/1", true, true, true, 0, 0, 1},
    {"bytes 0-9223372036854775806/9223372036854775807", true, true, true, 0, INT64_MAX - 1,
     INT64_MAX},
    {"", .good = false},
    {"bytes", .good = false},
    {"bytes ", .good = false},
    {"bytes0-1/2", .good = false},
    {"seconds 0-1/2", .good = false},
    {"bytes 0-1", .good = false},
    {"bytes 0-1/", .good = false},
    {"bytes 0-/5", .good = false},
    {"bytes -5/5", .good = false},
    {"bytes */*", .good = false},
    {"bytes 2-1/5", .good = false},
    {"bytes 0-5/5", .good = false},
    {"bytes 0-1/2x", .good = false},
    {"bytes 0-1/2, 3-4/5", .good = false},
    {"bytes 0 - 1/2", .good = false},
    {"bytes 0-9223372036854775808/*", .good = false},
};

static void test_contents(void)
{
    for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++) {
        struct native_http_content_range range;
        struct native_http_fault fault = {0, 0};
        size_t len = strlen(contents[i].value);
        enum native_http_status status = native_http_content_range_parse(
            guard_place(&input, contents[i].value, len), len, &range, &fault);

        if (contents[i].good) {
            check(status == NATIVE_HTTP_OK && range.has_range == contents[i].has_range &&
                      range.has_length == contents[i].has_length &&
                      range.first == contents[i].first && range.last == contents[i].last &&
                      range.length == contents[i].length,
                  "status %d, %llu-%llu/%llu", status, (unsigned long long)range.first,
                  (unsigned long long)range.last, (unsigned long long)range.length);
        } else {
            check(status == NATIVE_HTTP_MALFORMED && fault.reason == NATIVE_HTTP_FAULT_RANGE &&
                      fault.offset <= len,
                  "status %d at %zu", status, fault.offset);
        }
        end_test("Content-Range: %s", contents[i].value);
    }
    ok(native_http_accepts_byte_ranges(NATIVE_HTTP_SPAN("Bytes")) &&
           native_http_accepts_byte_ranges(NATIVE_HTTP_SPAN("lines, bytes")) &&
           !native_http_accepts_byte_ranges(NATIVE_HTTP_SPAN("none")) &&
           !native_http_accepts_byte_ranges(NATIVE_HTTP_SPAN("")),
       "Accept-Ranges");
}

int main(void)
{
    input = guard_new(100);
    test_ranges();
    test_many();
    test_contents();
    return done();
}
