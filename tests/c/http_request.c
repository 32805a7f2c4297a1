/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_request.c - request lines and fields: their bytes, and what is refused. */
#include "http/wire/request.h"
#include "support/http_writer.h"

enum {
    ORIGIN = NATIVE_HTTP_TARGET_ORIGIN,
    ABSOLUTE = NATIVE_HTTP_TARGET_ABSOLUTE,
    AUTHORITY = NATIVE_HTTP_TARGET_AUTHORITY,
    ASTERISK = NATIVE_HTTP_TARGET_ASTERISK,
    RAW = NATIVE_HTTP_TARGET_RAW
};

/* A request line, or why not. */
static const struct {
    const char *method;
    unsigned form;
    const char *scheme, *authority, *path, *query;
    unsigned minor;
    const char *line; /* NULL: refused */
    unsigned reason, offset;
} lines[] = {
    {"GET", ORIGIN, NULL, NULL, "/", NULL, 1, "GET / HTTP/1.1\r\n", 0, 0},
    {"GET", ORIGIN, NULL, NULL, "", NULL, 1, "GET / HTTP/1.1\r\n", 0, 0},
    {"GET", ORIGIN, NULL, NULL, NULL, "", 1, "GET /? HTTP/1.1\r\n", 0, 0},
    {"HEAD", ORIGIN, NULL, NULL, "/a%20b", "c=d&e", 0, "HEAD /a%20b?c=d&e HTTP/1.0\r\n", 0, 0},
    {"GET", ORIGIN, NULL, NULL, "/\xc3\xbc", NULL, 1, "GET /\xc3\xbc HTTP/1.1\r\n", 0, 0},
    {"GET", ABSOLUTE, "http", "h:81", "/p", "q", 1, "GET http://h:81/p?q HTTP/1.1\r\n", 0, 0},
    {"GET", ABSOLUTE, "ftp", "[::1]", "", NULL, 1, "GET ftp://[::1]/ HTTP/1.1\r\n", 0, 0},
    {"CONNECT", AUTHORITY, NULL, "h:443", NULL, NULL, 1, "CONNECT h:443 HTTP/1.1\r\n", 0, 0},
    {"OPTIONS", ASTERISK, NULL, NULL, NULL, NULL, 1, "OPTIONS * HTTP/1.1\r\n", 0, 0},
    {"X-Y!#$%&'*+.^_`|~1", RAW, NULL, NULL, "any://thing", NULL, 1,
     "X-Y!#$%&'*+.^_`|~1 any://thing HTTP/1.1\r\n", 0, 0},
    {"", ORIGIN, NULL, NULL, "/", NULL, 1, NULL, NATIVE_HTTP_FAULT_METHOD, 0},
    {"GE T", ORIGIN, NULL, NULL, "/", NULL, 1, NULL, NATIVE_HTTP_FAULT_METHOD, 2},
    {"GET\r\n", ORIGIN, NULL, NULL, "/", NULL, 1, NULL, NATIVE_HTTP_FAULT_METHOD, 3},
    {"G\xc3\xa9T", ORIGIN, NULL, NULL, "/", NULL, 1, NULL, NATIVE_HTTP_FAULT_METHOD, 1},
    {"GET", ORIGIN, NULL, NULL, "/a b", NULL, 1, NULL, NATIVE_HTTP_FAULT_TARGET, 2},
    {"GET", ORIGIN, NULL, NULL, "/a\r\nX: y", NULL, 1, NULL, NATIVE_HTTP_FAULT_TARGET, 2},
    {"GET", ORIGIN, NULL, NULL, "/", "a\tb", 1, NULL, NATIVE_HTTP_FAULT_TARGET, 1},
    {"GET", ABSOLUTE, "http", "h\n", "/", NULL, 1, NULL, NATIVE_HTTP_FAULT_TARGET, 1},
    {"GET", ABSOLUTE, "ht tp", "h", "/", NULL, 1, NULL, NATIVE_HTTP_FAULT_TARGET, 2},
    {"GET", ABSOLUTE, "http", "", "/", NULL, 1, NULL, NATIVE_HTTP_FAULT_TARGET, 0},
    {"GET", ABSOLUTE, "", "h", "/", NULL, 1, NULL, NATIVE_HTTP_FAULT_TARGET, 0},
    {"GET", ABSOLUTE, "http", "h", "@evil/", NULL, 1, NULL, NATIVE_HTTP_FAULT_TARGET, 0},
    {"GET", ORIGIN, NULL, NULL, "a", NULL, 1, NULL, NATIVE_HTTP_FAULT_TARGET, 0},
    {"CONNECT", AUTHORITY, NULL, "", NULL, NULL, 1, NULL, NATIVE_HTTP_FAULT_TARGET, 0},
    {"GET", RAW, NULL, NULL, "", NULL, 1, NULL, NATIVE_HTTP_FAULT_TARGET, 0},
};

static void test_lines(void)
{
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct native_http_span method = guarded_text(0, lines[i].method);
        struct native_http_target target = {
            (enum native_http_target_form)lines[i].form, guarded_text(1, lines[i].scheme),
            guarded_text(2, lines[i].authority), guarded_text(3, lines[i].path),
            guarded_text(4, lines[i].query)};
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
        struct native_http_buffer into = room_of(100);
        unsigned minor = lines[i].minor;

        if (lines[i].line) {
            WRITES_TEXT(lines[i].line,
                        check(native_http_request_line_put(out, method, &target, minor, &fault) ==
                                  NATIVE_HTTP_OK,
                              "%s is refused", shown_text(lines[i].line)));
        } else {
            check(native_http_request_line_put(&into, method, &target, minor, &fault) ==
                          NATIVE_HTTP_MALFORMED &&
                      fault.reason == lines[i].reason && fault.offset == lines[i].offset &&
                      into.len == 0,
                  "line %zu: %s at %zu", i, native_http_fault_name(fault.reason), fault.offset);
        }
    }
    end_test("request lines");
}

/* A field by name and value (name not NULL) or by line; what is written, or why not. */
static const struct {
    const char *name, *value;
    const char *line; /* NULL: refused */
    unsigned reason, offset;
} fields[] = {
    {"Host", "example.org", "Host: example.org\r\n", 0, 0},
    {"X-Empty", "", "X-Empty:\r\n", 0, 0},
    {"X", "\xc3\xbc\tb ", "X: \xc3\xbc\tb \r\n", 0, 0},
    {"", "a", NULL, NATIVE_HTTP_FAULT_FIELD_NAME, 0},
    {"A B", "a", NULL, NATIVE_HTTP_FAULT_FIELD_NAME, 1},
    {"A:", "a", NULL, NATIVE_HTTP_FAULT_FIELD_NAME, 1},
    {"A\n", "a", NULL, NATIVE_HTTP_FAULT_FIELD_NAME, 1},
    {"\xc3\xbc", "a", NULL, NATIVE_HTTP_FAULT_FIELD_NAME, 0},
    {"A", "b\r\nSet-Cookie: x=y", NULL, NATIVE_HTTP_FAULT_FIELD_VALUE, 1},
    {"A", "b\n", NULL, NATIVE_HTTP_FAULT_FIELD_VALUE, 1},
    {"A", "b\r", NULL, NATIVE_HTTP_FAULT_FIELD_VALUE, 1},
    {"A", "\x7f", NULL, NATIVE_HTTP_FAULT_FIELD_VALUE, 0},
    {NULL, "a:b", "a:b\r\n", 0, 0},
    {NULL, "a:", "a:\r\n", 0, 0},
    {NULL, "a: b: c ", "a: b: c \r\n", 0, 0},
    {NULL, "", NULL, NATIVE_HTTP_FAULT_FIELD_COLON, 0},
    {NULL, "abc", NULL, NATIVE_HTTP_FAULT_FIELD_COLON, 3},
    {NULL, ":b", NULL, NATIVE_HTTP_FAULT_FIELD_NAME, 0},
    {NULL, "a : b", NULL, NATIVE_HTTP_FAULT_FIELD_SPACE, 1},
    {NULL, " a: b", NULL, NATIVE_HTTP_FAULT_FIELD_NAME, 0},
    {NULL, "a: b\r\n", NULL, NATIVE_HTTP_FAULT_FIELD_VALUE, 4},
    {NULL, "a\nb: c", NULL, NATIVE_HTTP_FAULT_FIELD_NAME, 1},
};

static enum native_http_status put_field(struct native_http_buffer *out, size_t i,
                                         struct native_http_fault *fault)
{
    struct native_http_span value = guarded_text(1, fields[i].value);

    return fields[i].name
               ? native_http_field_put(out, guarded_text(0, fields[i].name), value, fault)
               : native_http_field_line_put(out, value, fault);
}

static void test_fields(void)
{
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
        struct native_http_buffer into = room_of(100);

        if (fields[i].line) {
            WRITES_TEXT(fields[i].line, check(put_field(out, i, &fault) == NATIVE_HTTP_OK,
                                              "field %zu is refused", i));
        } else {
            check(put_field(&into, i, &fault) == NATIVE_HTTP_MALFORMED &&
                      fault.reason == fields[i].reason && fault.offset == fields[i].offset &&
                      into.len == 0,
                  "field %zu: %s at %zu", i, native_http_fault_name(fault.reason), fault.offset);
        }
    }
    end_test("fields");
}

/* Every byte in a value: only what could end or hide a line is refused. */
static void test_bytes(void)
{
    for (unsigned byte = 0; byte < 256; byte++) {
        char value[3] = {'a', (char)byte, 'b'};
        struct native_http_fault fault;
        bool good = byte == '\t' || (byte >= 0x20 && byte != 0x7f);

        check((native_http_field_value_check(guarded(0, value, 3), &fault) == NATIVE_HTTP_OK) ==
                  good,
              "byte %02x", byte);
    }
    end_test("every byte in a value");
}

static void test_rest(void)
{
    WRITES_TEXT("Content-Length: 18446744073709551615\r\n",
                native_http_field_put_number(out, NATIVE_HTTP_SPAN("Content-Length"), UINT64_MAX));
    WRITES_TEXT("0", native_http_number_put(out, 0));
    WRITES_TEXT("1024", native_http_number_put(out, 1024));
    WRITES_TEXT("\r\n", native_http_request_end_put(out));
    end_test("numbers and the empty line");
}

int main(void)
{
    test_lines();
    test_fields();
    test_bytes();
    test_rest();
    return done();
}
