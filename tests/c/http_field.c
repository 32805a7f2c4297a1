/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_field.c - the table of character classes against the grammars, fields, lexemes, lists. */
#include "harness.h"
#include "http/wire/chars.h"
#include "http/wire/field.h"
#include "support/http_text.h"

static struct guard input;

static struct native_http_span place(const char *text)
{
    size_t len = strlen(text);

    return (struct native_http_span){(const char *)guard_place(&input, text, len), len};
}

/* ---- classes -------------------------------------------------------------------------------- */

#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

static const struct {
    const char *name;
    unsigned class;
    const char *members; /* and with `high` all from 0x80 on */
    bool high;
} classes[] = {
    {"DIGIT", NATIVE_HTTP_CHAR_DIGIT, DIGITS, false},
    {"ALPHA", NATIVE_HTTP_CHAR_ALPHA, LETTERS, false},
    {"HEXDIG", NATIVE_HTTP_CHAR_HEX, DIGITS "abcdefABCDEF", false},
    {"tchar", NATIVE_HTTP_CHAR_TOKEN, "!#$%&'*+-.^_`|~" DIGITS LETTERS, false},
    {"field content", NATIVE_HTTP_CHAR_VALUE,
     "\t !\"#$%&'()*+,-./" DIGITS ":;<=>?@[\\]^_`{|}~" LETTERS, true},
    {"token68", NATIVE_HTTP_CHAR_TOKEN68, "-._~+/" DIGITS LETTERS, false},
    {"BWS", NATIVE_HTTP_CHAR_BLANK, " \t", false},
    {"unreserved", NATIVE_HTTP_CHAR_UNRESERVED, "-._~" DIGITS LETTERS, false},
    {"scheme", NATIVE_HTTP_CHAR_SCHEME, "+-." DIGITS LETTERS, false},
    {"host", NATIVE_HTTP_CHAR_HOST, "-._~" DIGITS LETTERS, true},
    {"end of an authority", NATIVE_HTTP_CHAR_AUTHORITY_END, "/?#", false},
};

static void test_classes(void)
{
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        for (int c = 0; c < 256; c++) {
            bool member = c >= 0x80 ? classes[i].high : c && strchr(classes[i].members, c);

            check(native_http_char_is((char)c, classes[i].class) == member, "byte %02x",
                  (unsigned)c);
        }
        end_test("class %s", classes[i].name);
    }
    for (int c = 0; c < 256; c++) {
        check(native_http_char_is((char)c, NATIVE_HTTP_CHAR_CONTROL) == (c < 0x20 || c == 0x7f),
              "control %02x", (unsigned)c);
        /* %x09 / %x20-2F / %x3B-40 / %x5B-60 / %x7B-7E */
        check(native_http_char_is((char)c, NATIVE_HTTP_CHAR_DATE_DELIMITER) ==
                  (c == 9 || (c >= 0x20 && c <= 0x2f) || (c >= 0x3b && c <= 0x40) ||
                   (c >= 0x5b && c <= 0x60) || (c >= 0x7b && c <= 0x7e)),
              "delimiter %02x", (unsigned)c);
        check(native_http_hex_value((char)c) == (c && strchr("0123456789abcdefABCDEF", c)
                                                     ? (int)strtol((char[]){(char)c, 0}, NULL, 16)
                                                     : -1),
              "value of %02x", (unsigned)c);
    }
    end_test("control bytes, delimiters, hexadecimal digits");
}

/* ---- fields --------------------------------------------------------------------------------- */

static const struct {
    bool strict;
    const char *line, *name, *value; /* name NULL: refused */
    enum native_http_fault_reason reason;
    size_t offset;
} fields[] = {
    {true, "A:b", "A", "b", 0, 0},
    {true, "A: \t b c \t ", "A", "b c", 0, 0},
    {true, "A:", "A", "", 0, 0},
    {true, "A: :", "A", ":", 0, 0},
    {true, "!#$%&'*+-.^_`|~1z: \xff", "!#$%&'*+-.^_`|~1z", "\xff", 0, 0},
    {false, "A \t: b", "A", "b", 0, 0},
    {false, "a b(\xff): b\x7f", "a b(\xff)", "b\x7f", 0, 0},
    {true, "", NULL, NULL, NATIVE_HTTP_FAULT_FIELD_COLON, 0},
    {true, "abc", NULL, NULL, NATIVE_HTTP_FAULT_FIELD_COLON, 3},
    {true, ":b", NULL, NULL, NATIVE_HTTP_FAULT_FIELD_NAME, 0},
    {false, " : b", NULL, NULL, NATIVE_HTTP_FAULT_FIELD_NAME, 0},
    {true, "A : b", NULL, NULL, NATIVE_HTTP_FAULT_FIELD_SPACE, 1},
    {true, " A: b", NULL, NULL, NATIVE_HTTP_FAULT_FIELD_NAME, 0},
    {true, "A@: b", NULL, NULL, NATIVE_HTTP_FAULT_FIELD_NAME, 1},
    {true, "A: \x01", NULL, NULL, NATIVE_HTTP_FAULT_FIELD_VALUE, 3},
    {false, "A: b\rc", NULL, NULL, NATIVE_HTTP_FAULT_FIELD_VALUE, 4},
    {false, "A: b\nc", NULL, NULL, NATIVE_HTTP_FAULT_FIELD_VALUE, 4},
    {false, "A\r: b", NULL, NULL, NATIVE_HTTP_FAULT_FIELD_NAME, 1},
};

static void test_fields(void)
{
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        struct native_http_span line = place(fields[i].line), name = {0}, value = {0};
        struct native_http_fault fault = {0, 0};
        enum native_http_status status =
            native_http_field_parse(line.at, line.len, fields[i].strict, &name, &value, &fault);

        if (fields[i].name == NULL) {
            check(status == NATIVE_HTTP_MALFORMED && fault.reason == fields[i].reason &&
                      fault.offset == fields[i].offset,
                  "status %d, %s at %zu", status, native_http_fault_name(fault.reason),
                  fault.offset);
        } else {
            check(status == NATIVE_HTTP_OK && span_is(name, fields[i].name) &&
                      span_is(value, fields[i].value),
                  "status %d, <%s> <%s>", status, shown_span(name), shown_span(value));
        }
        end_test("%s%s", shown_span(line), fields[i].strict ? " strictly" : "");
    }
}

static void test_numbers(void)
{
    static const struct {
        const char *text;
        uint64_t max;
        bool good;
        uint64_t number;
    } numbers[] = {
        {"0", 0, true, 0},
        {"007", 7, true, 7},
        {"8", 7, false, 0},
        {"10", 9, false, 0},
        {"19", 19, true, 19},
        {"20", 19, false, 0},
        {"18446744073709551615", UINT64_MAX, true, UINT64_MAX},
        {"18446744073709551616", UINT64_MAX, false, 0},
        {"184467440737095516150", UINT64_MAX, false, 0},
        {"9223372036854775807", INT64_MAX, true, INT64_MAX},
        {"9223372036854775808", INT64_MAX, false, 0},
        {"", 9, false, 0},
        {"+1", 9, false, 0},
        {"1 ", 9, false, 0},
        {"1a", 99, false, 0},
    };

    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        uint64_t number = 0;
        bool good = native_http_number(place(numbers[i].text), numbers[i].max, &number);

        ok(good == numbers[i].good && (!good || number == numbers[i].number),
           "the number \"%s\", at most %llu", numbers[i].text, (unsigned long long)numbers[i].max);
    }
}

/* ---- lexemes -------------------------------------------------------------------------------- */

static void test_lexer(void)
{
    static const struct {
        const char *text, *told; /* T token, Q quoted, B byte, ! bad; _ in front: a blank before */
    } values[] = {
        {"", ""},
        {" \t", ""},
        {"a b,c", "T<a>_T<b>B<,>T<c>"},
        {"Digest realm=\"x, \\\"y\\\"\", qop=auth",
         "T<Digest>_T<realm>B<=>Q<x,\\x20\\\"y\\\">B<,>_T<qop>B<=>T<auth>"},
        {"\"\"a", "Q<>T<a>"},
        {"a \"b", "T<a>_!<\"b>"},
        {"\"a\\", "!<\"a\\>"},
        {"\"a\\\"", "!<\"a\\\">"},
        {"text/html;q=0.5", "T<text>B</>T<html>B<;>T<q>B<=>T<0.5>"},
        {"\x01\xff", "B<\\x01>B<\\xff>"},
    };

    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        struct native_http_lexer lexer = {.rest = place(values[i].text)};
        enum native_http_lexeme lexeme;
        char told[200] = "";

        while ((lexeme = native_http_lexer_next(&lexer)) != NATIVE_HTTP_LEX_END) {
            sprintf(told + strlen(told), "%s%c<%s>", lexer.blank_before ? "_" : "", "?TQB!"[lexeme],
                    shown_span(lexer.text));
        }
        check(strcmp(told, values[i].told) == 0, "told %s", told);
        end_test("lexemes of %s", shown_text(values[i].text));
    }
}

static void test_token68(void)
{
    static const struct {
        const char *text, *token; /* NULL: there is none */
    } values[] = {
        {"YWJj==", "YWJj=="},
        {" a+/~._-1", "a+/~._-1"},
        {"a=,b", "a="},
        {"a b", "a"},
        {"realm=\"x\"", NULL},
        {"a=b", NULL},
        {"", NULL},
        {"=", NULL},
        {"a*", NULL},
        {"a;", NULL},
    };

    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        struct native_http_lexer lexer = {.rest = place(values[i].text)};
        struct native_http_span token = {NULL, 0};
        const char *before = lexer.rest.at;
        bool there = native_http_lexer_token68(&lexer, &token);

        check(there == (values[i].token != NULL) && span_is(token, values[i].token), "took %s",
              shown_span(token));
        check(there ? lexer.rest.at == token.at + token.len : lexer.rest.at == before,
              "where it goes on");
        end_test("token68 in %s", shown_text(values[i].text));
    }
}

static void test_quoted(void)
{
    static const struct {
        const char *quoted, *plain;
    } values[] = {
        {"", ""}, {"abc", "abc"}, {"a\\\"b\\\\", "a\"b\\"}, {"\\a", "a"}, {"a\\", "a\\"},
    };

    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        char room[20];
        struct native_http_buffer buffer = {room, sizeof(room), 0};
        struct native_http_span plain = {values[i].plain, strlen(values[i].plain)};
        struct native_http_span quoted = place(values[i].quoted);

        native_http_quoted_put(quoted, &buffer);
        check(buffer.len == plain.len && memcmp(room, plain.at, plain.len) == 0, "put %s",
              shown(room, buffer.len));
        check(native_http_quoted_is(quoted, plain), "is itself");
        check(!native_http_quoted_is(quoted, NATIVE_HTTP_SPAN("abd")) &&
                  !native_http_quoted_is(quoted, NATIVE_HTTP_SPAN("abcd")),
              "is nothing else");
        end_test("the quoted string \"%s\"", values[i].quoted);
    }
}

/* ---- lists ---------------------------------------------------------------------------------- */

static void test_lists(void)
{
    static const struct {
        const char *text, *told; /* elements with their parameters; ! in front: malformed */
    } lists[] = {
        {"", ""},
        {" , ,, ", ""},
        {"close", "<close>"},
        {"a, b ,c", "<a><b><c>"},
        {",a,,b,", "<a><b>"},
        {"max-age=60, private=\"a, b\"", "<max-age=60><private='a,\\x20b'>"},
        {"gzip;q=0.5, br ; q = \"1\" ;x", "<gzip;q=0.5><br;q='1';x>"},
        {"text/html; charset=utf-8", "<text/html;charset=utf-8>"},
        {"a;;b;", "<a;b>"},
        {"a b, c", "!a\\x20b<c>"},
        {"a=, c", "!a=<c>"},
        {"=b, c", "!=b<c>"},
        {"a=b=c", "!a=b=c"},
        {"\"a\", b", "!\"a\"<b>"},
        {"a=\"b, c", "!a=\"b,\\x20c"},
        {"a=\"\\\", b\", c", "<a='\\\",\\x20b'><c>"},
        {"a/b/c", "!a/b/c"},
        {"a/ b", "<a/\\x20b>"},
        {"a;b c, d", "<a;!b\\x20c><d>"},
    };

    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        struct native_http_span list = place(lists[i].text);
        struct native_http_element element, parameter;
        enum native_http_status status;
        char told[200] = "";

        while ((status = native_http_list_next(&list, &element)) != NATIVE_HTTP_END) {
            if (status != NATIVE_HTTP_OK) {
                sprintf(told + strlen(told), "!%s", shown_span(element.text));
                continue;
            }
            sprintf(told + strlen(told), "<%s", shown_span(element.name));
            if (element.value.at != NULL) {
                sprintf(told + strlen(told), element.quoted ? "='%s'" : "=%s",
                        shown_span(element.value));
            }
            while ((status = native_http_parameter_next(&element.parameters, &parameter)) !=
                   NATIVE_HTTP_END) {
                bool good = status == NATIVE_HTTP_OK;

                sprintf(told + strlen(told), good ? ";%s" : ";!%s",
                        shown_span(good ? parameter.name : parameter.text));
                if (good && parameter.value.at != NULL) {
                    sprintf(told + strlen(told), parameter.quoted ? "='%s'" : "=%s",
                            shown_span(parameter.value));
                }
            }
            strcat(told, ">");
        }
        check(strcmp(told, lists[i].told) == 0, "told %s", told);
        end_test("the list %s", shown_text(lists[i].text));
    }
}

static void test_has(void)
{
    ok(native_http_list_has(place("Keep-Alive, Upgrade"), NATIVE_HTTP_SPAN("upgrade")),
       "a list has a name whatever its case");
    ok(!native_http_list_has(place("upgraded, x=\"upgrade\", upgrade x"),
                             NATIVE_HTTP_SPAN("upgrade")),
       "not as part of another, as a value, or in what is malformed");
    ok(span_is(native_http_trim(place(" \t a b\t ")), "a b") &&
           span_is(native_http_trim(place("  ")), ""),
       "trim takes blanks at both ends");
}

/* Each byte at each place of values of each length: values are looked at several bytes at a time. */
static void test_every_byte(void)
{
    size_t wrong = 0;

    for (size_t len = 1; len <= 20; len++) {
        for (size_t i = 0; i < len * 256 * 2; i++) {
            struct native_http_span name, value;
            struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
            size_t at = i / 512;
            char c = (char)(i / 2 % 256);
            bool strict = i % 2;
            bool good = strict ? native_http_char_is(c, NATIVE_HTTP_CHAR_VALUE)
                               : c != '\0' && c != '\r' && c != '\n';
            char line[32] = "n:";
            enum native_http_status status;

            memset(line + 2, 'v', len);
            line[2 + at] = c;
            status = native_http_field_parse(guard_place(&input, line, 2 + len), 2 + len, strict,
                                             &name, &value, &fault);
            wrong += (status == NATIVE_HTTP_OK) != good || (!good && fault.offset != 2 + at);
        }
    }
    ok(wrong == 0, "each byte at each place of values up to 20 bytes: %zu wrong", wrong);
}

/* A megabyte of commas, quotes or semicolons takes no longer than a megabyte of letters. */
static void test_long(void)
{
    static const char fills[] = ",\";\\=a";
    size_t len = 1 << 20, seen = 0;
    char *text = malloc(len);

    for (const char *fill = fills; *fill; fill++) {
        struct native_http_span list = {text, len};
        struct native_http_element element;

        memset(text, *fill, len);
        while (native_http_list_next(&list, &element) != NATIVE_HTTP_END) {
            seen++;
        }
    }
    ok(seen == 5, "lists of a megabyte of one byte each: %zu elements", seen);
    free(text);
}

int main(void)
{
    input = guard_new(1000);
    test_classes();
    test_fields();
    test_numbers();
    test_lexer();
    test_token68();
    test_quoted();
    test_lists();
    test_has();
    test_every_byte();
    test_long();
    return done();
}
