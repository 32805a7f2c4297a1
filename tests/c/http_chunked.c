/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_chunked.c - the chunked coding: what servers send and what smugglers would, in every
 * slicing, each input ending at a forbidden page; and the limits. */
#include "harness.h"
#include "http/wire/chunked.h"
#include "support/http_text.h"

static struct guard input;

/* What the decoder gave: the data as it is, T trailer, E end, ! what was refused. */
struct told {
    char text[1000];
    size_t used;
};

static void tell_event(struct told *told, const struct native_http_body_event *event)
{
    char *end = told->text + strlen(told->text);

    switch (event->kind) {
    case NATIVE_HTTP_BODY_DATA:
        check(event->data.len > 0, "data has a byte");
        memcpy(end, event->data.at, event->data.len);
        end[event->data.len] = 0;
        break;
    case NATIVE_HTTP_BODY_TRAILER:
        sprintf(end, "|T<%s><%s>", shown_span(event->field.name), shown_span(event->field.value));
        break;
    default:
        check(event->field.raw.len >= 1, "the empty line is raw");
        strcpy(end, "|E");
    }
}

static void run(struct native_http_chunked *chunked, const char *text, size_t len, size_t first,
                size_t step, struct told *told)
{
    size_t there = first, from = 0;

    memset(told, 0, sizeof(*told));
    for (;;) {
        struct native_http_body_event event;
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
        size_t used = 77;
        const uint8_t *in = guard_place(&input, text + from, there - from);
        enum native_http_status status =
            native_http_chunked_next(chunked, in, there - from, &used, &event, &fault);
        char *end = told->text + strlen(told->text);

        if (status == NATIVE_HTTP_OK) {
            tell_event(told, &event);
        } else if (status != NATIVE_HTTP_NEED_MORE) {
            if (status != NATIVE_HTTP_END) {
                sprintf(end, "!%s%s at %zu", status == NATIVE_HTTP_TOO_LARGE ? "limit " : "",
                        native_http_fault_name(fault.reason), fault.offset + from);
            }
            break;
        } else if (there == len) {
            strcpy(end, "...");
            from += used;
            break;
        } else {
            there = there + step < len ? there + step : len;
        }
        from += used;
    }
    told->used = from;
}

static struct native_http_chunked prepare(bool strict)
{
    struct native_http_chunked chunked = {.options = NATIVE_HTTP_CHUNKED_OPTIONS_INIT};

    chunked.options.strict = strict;
    chunked.options.trailers.flags = strict ? NATIVE_HTTP_HEAD_STRICT : 0;
    native_http_chunked_begin(&chunked);
    return chunked;
}

static const struct {
    bool strict;
    const char *text, *told;
} bodies[] = {
    {true, "3\r\nabc\r\n0\r\n\r\nHTTP/1.1", "abc|E"},
    {true, "0\r\n\r\n", "|E"},
    {true, "a\r\n0123456789\r\n1\r\nx\r\n0\r\n\r\n", "0123456789x|E"},
    {true, "0003\r\nabc\r\n000\r\n\r\n", "abc|E"},
    {true, "3;a;b=c;d=\"e f\"\r\nabc\r\n0;x\r\n\r\n", "abc|E"},
    {true, "3 ; a = b\r\nabc\r\n0\r\n\r\n", "abc|E"},
    {true, "1\r\nx\r\n0\r\nA: b\r\nC:\r\n\r\nx", "x|T<A><b>|T<C><>|E"},
    {true, "2\r\n\r\n\r\n0\r\n\r\n", "\r\n|E"},
    {true, "7fffffffffffffff\r\nabc", "abc..."},
    {true, "00000000000000007fffffffffffffff\r\nabc", "abc..."},
    {true, "3\r\nab", "ab..."},
    {true, "3\r\nabc", "abc..."},
    {true, "3\r\nabc\r\n0\r\n", "abc..."},
    {true, "3\r\nabc\r\n0\r\nA: b\r\n", "abc|T<A><b>..."},
    {true, "", "..."},
    /* taken as curl takes it */
    {false, "3\nabc\n0\n\n", "abc|E"},
    {false, "3  \r\nabc\r\n0 \r\n\r\n", "abc|E"},
    {false, "3\r\nabc\n0\r\nA: b\n\n", "abc|T<A><b>|E"},
    {true, "3\nabc\r\n0\r\n\r\n", "!bare_lf at 1"},
    {true, "3;a\nabc\r\n0\r\n\r\n", "!bare_lf at 3"},
    {true, "3\r\nabc\n0\r\n\r\n", "abc!bare_lf at 6"},
    {true, "3 \r\nabc\r\n0\r\n\r\n", "!chunk_extension at 2"},
    {true, "0\r\nA: b\n\r\n", "!bare_lf at 7"},
    /* refused always */
    {false, "8000000000000000\r\n", "!chunk_large at 15"},
    {false, "10000000000000003\r\nabc\r\n", "!chunk_large at 16"},
    {false, "\r\n", "!chunk_size at 0"},
    {false, " 3\r\n", "!chunk_size at 0"},
    {false, ";a\r\n", "!chunk_size at 0"},
    {false, "0x3\r\n", "!chunk_size at 1"},
    {false, "+3\r\n", "!chunk_size at 0"},
    {false, "-3\r\n", "!chunk_size at 0"},
    {false, "3g\r\n", "!chunk_size at 1"},
    {false, "3,3\r\n", "!chunk_size at 1"},
    {false, "3 3\r\n", "!chunk_extension at 2"},
    {false, "3\r3\r\n", "!bare_cr at 2"},
    {false, "3;a\rb\r\n", "!bare_cr at 4"},
    {false, "3;a\x01\r\n", "!chunk_extension at 3"},
    {false, "3\r\nabcd\r\n", "abc!chunk_end at 6"},
    {false, "3\r\nabc\rd", "abc!chunk_end at 7"},
    {false, "3\r\nabc\r\r\n", "abc!chunk_end at 7"},
    {false, "3\r\nabc0\r\n", "abc!chunk_end at 6"},
    {false, "0\r\nA b\r\n", "!field_colon at 6"},
    {false, "0\r\n b: c\r\n", "!folded at 3"},
    {false, "0\r\nA: b\r\n c\r\n", "|T<A><b>!folded at 9"},
    {false, "0\r\n\r\r\n", "!bare_cr at 3"},
};

static void test_bodies(void)
{
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        const char *text = bodies[i].text;
        size_t len = strlen(text);
        struct told whole, split;
        struct native_http_chunked chunked = prepare(bodies[i].strict);

        run(&chunked, text, len, len, 1, &whole);
        check(strcmp(whole.text, bodies[i].told) == 0, "told %s", shown_text(whole.text));
        for (size_t cut = 0; cut <= len; cut++) {
            chunked = prepare(bodies[i].strict);
            run(&chunked, text, len, cut, len, &split);
            check(strcmp(whole.text, split.text) == 0 &&
                      (strchr(whole.text, '!') || whole.used == split.used),
                  "split at %zu: %s, used %zu", cut, shown_text(split.text), split.used);
        }
        chunked = prepare(bodies[i].strict);
        run(&chunked, text, len, 0, 1, &split);
        check(strcmp(whole.text, split.text) == 0, "byte for byte: %s", shown_text(split.text));
        end_test("%s%s", shown(text, len), bodies[i].strict ? " strictly" : "");
    }
}

static void test_nul(void)
{
    struct told told;
    struct native_http_chunked chunked = prepare(false);

    run(&chunked, "3;\0\r\nabc", 8, 8, 1, &told);
    ok(strcmp(told.text, "!chunk_extension at 2") == 0, "NUL in an extension: %s", told.text);
}

/* ---- limits --------------------------------------------------------------------------------- */

static void test_limits(void)
{
    struct told told;
    struct native_http_chunked chunked = prepare(false);
    char text[300];

    chunked.options.line_max = 8;
    run(&chunked, "3;456789\r\nabc\r\n0\r\n\r\n", 19, 19, 1, &told);
    check(strncmp(told.text, "abc", 3) == 0, "told %s", told.text);
    chunked = prepare(false);
    chunked.options.line_max = 8;
    run(&chunked, "3;4567890\r\nabc\r\n", 16, 16, 1, &told);
    check(strcmp(told.text, "!limit chunk_extension at 8") == 0, "told %s", told.text);
    chunked = prepare(false);
    chunked.options.line_max = 8;
    run(&chunked, "000000003\r\nabc\r\n", 16, 16, 1, &told);
    check(strcmp(told.text, "!limit chunk_extension at 8") == 0, "told %s", told.text);
    end_test("a size with zeros and extensions has a longest line");

    chunked = prepare(false);
    chunked.options.trailers.fields_max = 1;
    native_http_chunked_begin(&chunked);
    run(&chunked, "0\r\nA: b\r\nC: d\r\n\r\n", 17, 17, 1, &told);
    ok(strcmp(told.text, "|T<A><b>!limit head_fields at 9") == 0, "trailers are limited: %s",
       told.text);

    /* Twenty-one bytes of line and one of data: each such chunk adds four to what is in excess. */
    chunked = prepare(false);
    chunked.options.excess_max = 40;
    memset(text, 0, sizeof(text));
    for (int i = 0; i < 11; i++) {
        strcat(text, "1;3456789012345678901\r\nx\r\n");
    }
    run(&chunked, text, strlen(text), strlen(text), 1, &told);
    ok(strcmp(told.text, "xxxxxxxxxx!limit chunk_extension at 282") == 0,
       "a body of hardly anything but extensions ends: %s", told.text);

    chunked = prepare(false);
    chunked.options.excess_max = 40;
    memset(text, 0, sizeof(text));
    for (int i = 0; i < 9; i++) {
        strcat(text, "5;3456789012345678901\r\nxxxxx\r\n");
    }
    run(&chunked, text, strlen(text), strlen(text), 1, &told);
    ok(strcmp(told.text, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...") == 0 &&
           chunked.excess == 0 && chunked.data_bytes == 45,
       "extensions that the data outweighs do not add up: %s", told.text);
}

int main(void)
{
    input = guard_new(1000);
    test_bodies();
    test_nul();
    test_limits();
    return done();
}
