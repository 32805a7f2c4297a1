/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_head.c - heads of responses: what well-behaved and other servers send, strictly and as curl
 * takes it, whole and in every slicing; each input ends at a forbidden page. */
#include "harness.h"
#include "http/wire/head.h"
#include "support/http_text.h"

enum { STRICT = NATIVE_HTTP_HEAD_STRICT, OLD = NATIVE_HTTP_HEAD_09, FOLDS = 0x100 };

static struct guard input, folded;

/* What the parser gave, as text: S status line, F field, E end, N no head, ! what was refused. */
struct told {
    char text[1000];
    size_t used;
};

static void tell(struct told *told, const char *format, ...)
{
    size_t len = strlen(told->text);
    va_list args;

    va_start(args, format);
    vsnprintf(told->text + len, sizeof(told->text) - len, format, args);
    va_end(args);
}

static void tell_event(struct told *told, const struct native_http_head_event *event,
                       const char *expected_raw)
{
    switch (event->kind) {
    case NATIVE_HTTP_HEAD_STATUS_LINE:
        tell(told, "S1.%u %u <%s>", event->minor, event->code, shown_span(event->reason));
        break;
    case NATIVE_HTTP_HEAD_FIELD:
        tell(told, "F<%s><%s>", shown_span(event->name), shown_span(event->value));
        break;
    case NATIVE_HTTP_HEAD_END:
        tell(told, "E");
        break;
    default:
        tell(told, "N");
        return;
    }
    check(memcmp(event->raw.at, expected_raw, event->raw.len) == 0, "the raw line is what came");
    check(event->raw.at[event->raw.len - 1] == '\n', "the raw line has its ending");
}

static struct native_http_head prepare(unsigned flags)
{
    static const struct native_http_span aliases[] = {{"ICY ", 4}, {"IRC/", 4}};
    struct native_http_head head = {.options = NATIVE_HTTP_HEAD_OPTIONS_INIT};

    head.options.flags = flags & 0xff;
    head.options.aliases = aliases;
    head.options.aliases_count = 2;
    if (flags & FOLDS) {
        head.options.fold_size = 40;
        head.options.fold = (char *)guard_end(&folded, 40);
    }
    native_http_head_begin(&head);
    return head;
}

/* Give it text[0..len), of which first `first` bytes are there and then `step` more at a time. */
static void run(struct native_http_head *head, const char *text, size_t len, size_t first,
                size_t step, struct told *told)
{
    size_t there = first, from = 0;

    memset(told, 0, sizeof(*told));
    for (;;) {
        struct native_http_head_event event;
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
        size_t used = 77;
        const uint8_t *in = guard_place(&input, text + from, there - from);
        enum native_http_status status =
            native_http_head_next(head, in, there - from, &used, &event, &fault);

        if (status == NATIVE_HTTP_OK) {
            tell_event(told, &event, text + from + used - event.raw.len);
            from += used;
            if (event.kind == NATIVE_HTTP_HEAD_NO_HEAD) {
                break;
            }
        } else if (status == NATIVE_HTTP_NEED_MORE) {
            from += used;
            if (there == len) {
                tell(told, "...");
                break;
            }
            there = there + step < len ? there + step : len;
        } else {
            if (status != NATIVE_HTTP_END) {
                tell(told, "!%s at %zu", native_http_fault_name(fault.reason), fault.offset + from);
            }
            break;
        }
    }
    told->used = from;
}

static const struct {
    unsigned flags;
    const char *text, *told;
} heads[] = {
    {STRICT, "HTTP/1.1 200 OK\r\nA: b\r\n\r\nrest", "S1.1 200 <OK>F<A><b>E"},
    {STRICT, "HTTP/1.0 404 \r\n\r\n", "S1.0 404 <>E"},
    {STRICT, "HTTP/1.1 200 a b\tc\xff\r\n\r\n", "S1.1 200 <a\\x20b\\x09c\\xff>E"},
    {STRICT, "HTTP/1.1 999 x\r\nServer:\r\n\r\n", "S1.1 999 <x>F<Server><>E"},
    {STRICT, "HTTP/1.1 200\r\nA:\t b c\t \r\nB:,\r\n\r\n", "S1.1 200 <>F<A><b\\x20c>F<B><,>E"},
    {STRICT, "HTTP/1.1 100 Continue\r\n\r\n", "S1.1 100 <Continue>E"},
    {STRICT, "\r\nHTTP/1.1 200 OK\r\n\r\n", "S1.1 200 <OK>E"},
    {0, "HTTP/1.1 200 OK\nA: b\n\nrest", "S1.1 200 <OK>F<A><b>E"},
    {0, "HTTP/1.1 200 OK\r\nA: b\n\r\n", "S1.1 200 <OK>F<A><b>E"},
    {0, "HTTP/1.1  200  OK\r\n\r\n", "S1.1 200 <\\x20OK>E"},
    {0, "HTTP/1.1 200\tOK\r\n\r\n", "S1.1 200 <OK>E"},
    {0, "HTTP/1.1 200 OK\r\nA : b\r\nc d: e\r\n[x]:\x01\r\n\r\n",
     "S1.1 200 <OK>F<A><b>F<c\\x20d><e>F<[x]><\\x01>E"},
    {0, "ICY 200 OK\r\nicy-name: x\r\n\r\n", "S1.0 200 <200\\x20OK>F<icy-name><x>E"},
    {0, "IRC/hello\r\n\r\n", "S1.0 200 <hello>E"},
    {0, "HTTP/1.1 200 OK\r\nA: b", "S1.1 200 <OK>..."},
    {0, "HTTP/1.1 200 O", "..."},
    {0, "HTT", "..."},
    {0, "IC", "..."},
    {0, "", "..."},
    {0, "\r\n\r", "!status_line at 2"},
    /* HTTP/0.9 */
    {OLD, "<html>", "N"},
    {OLD, "HTTX", "N"},
    {OLD, "\r\nHTTP/1.1 200 OK\r\n\r\n", "N"},
    {OLD, "HTTP/1.1 200 OK\r\n\r\n", "S1.1 200 <OK>E"},
    {OLD, "HTTP/x\r\n", "!status_line at 5"},
    {0, "<html>", "!no_head at 0"},
    {0, "\x16\x03", "!no_head at 0"},
    {0, "HTTX", "!no_head at 0"},
    {0, "http/1.1 200 OK\r\n\r\n", "!no_head at 0"},
    {0, "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", "!status_line at 2"},
    /* status lines */
    {0, "HTTP/\r\n", "!status_line at 5"},
    {0, "HTTP/1.1\r\n", "!status_line at 8"},
    {0, "HTTP/2 200\r\n", "!version at 5"},
    {0, "HTTP/2.0 200\r\n", "!version at 5"},
    {0, "HTTP/1.2 200\r\n", "!version at 5"},
    {0, "HTTP/0.9 200\r\n", "!version at 5"},
    {0, "HTTP/11.1 200\r\n", "!version at 5"},
    {0, "HTTP/1.1200 OK\r\n", "!status_line at 8"},
    {0, "HTTP/1.1 20 OK\r\n", "!status_code at 9"},
    {0, "HTTP/1.1 2000 OK\r\n", "!status_code at 9"},
    {0, "HTTP/1.1 099 OK\r\n", "!status_code at 9"},
    {0, "HTTP/1.1 +20 OK\r\n", "!status_line at 9"},
    {0, "HTTP/1.1 200OK\r\n", "!status_code at 9"},
    {0, "HTTP/1.1 OK\r\n", "!status_line at 9"},
    {STRICT, "HTTP/1.1  200 OK\r\n", "!status_line at 8"},
    {0, "HTTP/1.1\t200 OK\r\n", "!status_line at 8"},
    {STRICT, "HTTP/1.1\t200 OK\r\n", "!status_line at 8"},
    {STRICT, "HTTP/1.1 200 O\x01\r\n", "!status_line at 14"},
    /* line endings */
    {STRICT, "HTTP/1.1 200 OK\n\n", "!bare_lf at 15"},
    {STRICT, "HTTP/1.1 200 OK\r\nA: b\n\r\n", "S1.1 200 <OK>!bare_lf at 21"},
    {STRICT, "HTTP/1.1 200 OK\r\n\n", "S1.1 200 <OK>!bare_lf at 17"},
    {0, "HTTP/1.1 200 O\rK\r\n", "!bare_cr at 14"},
    {0, "HTTP/1.1 200 OK\r\nA: b\rC: d\r\n\r\n", "S1.1 200 <OK>!bare_cr at 21"},
    {0, "HTTP/1.1 200 OK\r\n\r\r\n", "S1.1 200 <OK>!bare_cr at 17"},
    {0, "\rHTTP/1.1 200 OK\r\n", "!bare_cr at 0"},
    /* fields */
    {0, "HTTP/1.1 200 OK\r\nA b\r\n", "S1.1 200 <OK>!field_colon at 20"},
    {0, "HTTP/1.1 200 OK\r\n: b\r\n", "S1.1 200 <OK>!field_name at 17"},
    {NATIVE_HTTP_HEAD_NO_NAME, "HTTP/1.1 200 OK\r\n: b\r\n:\r\n\r\n", "S1.1 200 <OK>F<><b>F<><>E"},
    {0, "HTTP/1.1 200 OK\r\n :b\r\n", "S1.1 200 <OK>!folded at 17"},
    {STRICT, "HTTP/1.1 200 OK\r\nA : b\r\n", "S1.1 200 <OK>!field_space at 18"},
    {STRICT, "HTTP/1.1 200 OK\r\nA(: b\r\n", "S1.1 200 <OK>!field_name at 18"},
    {STRICT, "HTTP/1.1 200 OK\r\n\xc3: b\r\n", "S1.1 200 <OK>!field_name at 17"},
    {STRICT, "HTTP/1.1 200 OK\r\nA: b\x7f\r\n", "S1.1 200 <OK>!field_value at 21"},
    /* folded fields */
    {0, "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", "S1.1 200 <OK>F<A><b>!folded at 23"},
    {FOLDS, "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\t d \r\nE: f\r\n\r\n",
     "S1.1 200 <OK>F<A><b\\x20c\\x20d>F<E><f>E"},
    {FOLDS, "HTTP/1.1 200 OK\nA:\n b\n \n c\n\n", "S1.1 200 <OK>F<A><b\\x20c>E"},
    {FOLDS | STRICT, "HTTP/1.1 200 OK\r\nA: b\r\n c\n\r\n", "S1.1 200 <OK>!bare_lf at 25"},
    {FOLDS, "HTTP/1.1 200 OK\r\n A: b\r\n\r\n", "S1.1 200 <OK>!folded at 17"},
    {FOLDS, "HTTP/1.1 200 OK\r\nA: b\r\n c\rd\r\n\r\n", "S1.1 200 <OK>!bare_cr at 25"},
    {FOLDS, "HTTP/1.1 200 OK\r\nA\r\n : b\r\n\r\n", "S1.1 200 <OK>F<A><b>E"},
    {FOLDS, "HTTP/1.1 200 OK\r\nA: 3456789012345678901\r\n 2345678901234567890\r\n\r\n",
     "S1.1 200 <OK>!head_bytes at 17"},
    {FOLDS, "HTTP/1.1 200 OK\r\nA: b\r\n", "S1.1 200 <OK>..."},
};

static void test_heads(void)
{
    for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
        const char *text = heads[i].text;
        size_t len = strlen(text);
        struct told whole, split;
        struct native_http_head head = prepare(heads[i].flags);

        run(&head, text, len, len, 1, &whole);
        check(strcmp(whole.text, heads[i].told) == 0, "told %s", whole.text);
        for (size_t cut = 0; cut <= len; cut++) {
            head = prepare(heads[i].flags);
            run(&head, text, len, cut, len, &split);
            check(strcmp(whole.text, split.text) == 0 &&
                      (strchr(whole.text, '!') || whole.used == split.used),
                  "split at %zu: %s, used %zu", cut, split.text, split.used);
        }
        head = prepare(heads[i].flags);
        run(&head, text, len, 0, 1, &split);
        check(strcmp(whole.text, split.text) == 0 &&
                  (strchr(whole.text, '!') || whole.used == split.used),
              "byte for byte: %s", split.text);
        end_test("%s", shown(text, len));
    }
}

static void test_nul(void)
{
    static const char text[] = "HTTP/1.1 200 O\0K\r\nA: b\0c\r\n\r\n";
    struct told told;
    struct native_http_head head = prepare(0);

    run(&head, text, sizeof(text) - 1, sizeof(text) - 1, 1, &told);
    ok(strcmp(told.text, "!status_line at 14") == 0, "NUL in the reason: %s", told.text);
    head = prepare(0);
    native_http_head_begin_trailers(&head);
    run(&head, text + 18, sizeof(text) - 19, sizeof(text) - 19, 1, &told);
    ok(strcmp(told.text, "!field_value at 4") == 0, "NUL in a value: %s", told.text);
    head = prepare(0);
    native_http_head_begin_trailers(&head);
    run(&head, "a\0b: c\r\n", 8, 8, 1, &told);
    ok(strcmp(told.text, "!field_name at 1") == 0, "NUL in a name: %s", told.text);
}

/* ---- several heads, trailers, limits -------------------------------------------------------- */

static void test_begin(void)
{
    static const char text[] = "HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\n\r\n";
    struct told told;
    struct native_http_head head = prepare(0);
    size_t used;

    run(&head, text, sizeof(text) - 1, sizeof(text) - 1, 1, &told);
    used = told.used;
    check(used == 34 && head.bytes == 34 && head.fields == 1, "used %zu", used);
    native_http_head_begin(&head);
    run(&head, text + used, sizeof(text) - 1 - used, 0, 3, &told);
    check(strcmp(told.text, "S1.1 200 <OK>E") == 0, "told %s", told.text);
    end_test("a response behind an interim one");

    head = prepare(0);
    native_http_head_begin_trailers(&head);
    run(&head, "A: b\r\n\r\nHTTP/", 13, 0, 1, &told);
    check(strcmp(told.text, "F<A><b>E") == 0 && told.used == 8, "told %s", told.text);
    end_test("trailers have no status line");
}

/* Returns what comes of the text under limits. */
static const char *limited(size_t bytes, size_t line, size_t fields, size_t first)
{
    static const char text[] = "HTTP/1.1 200 OK\r\nA: b\r\nC: defghi\r\n\r\n"; /* 17 6 11 2 */
    static struct told told;
    struct native_http_head head = prepare(0);

    head.options.bytes_max = bytes;
    head.options.line_max = line;
    head.options.fields_max = fields;
    run(&head, text, sizeof(text) - 1, first, 1, &told);
    return told.text;
}

static void test_limits(void)
{
    for (size_t first = 0; first <= 36; first += 36) {
        check(strcmp(limited(36, 17, 2, first), "S1.1 200 <OK>F<A><b>F<C><defghi>E") == 0, "%s",
              limited(36, 17, 2, first));
        check(strncmp(limited(35, 17, 2, first), "S1.1 200 <OK>F<A><b>F<C><defghi>!head_bytes",
                      42) == 0,
              "%s", limited(35, 17, 2, first));
        check(strncmp(limited(36, 16, 2, first), "!head_bytes", 11) == 0, "%s",
              limited(36, 16, 2, first));
        check(strncmp(limited(36, 17, 1, first), "S1.1 200 <OK>F<A><b>!head_fields", 31) == 0, "%s",
              limited(36, 17, 1, first));
        check(strncmp(limited(16, 17, 1, first), "!head_bytes", 11) == 0, "%s",
              limited(16, 17, 1, first));
        end_test("limits of bytes, lines and fields, %s", first ? "whole" : "byte for byte");
    }
}

/* A line that never ends is refused at the limit, and is not scanned again for each byte more:
 * the time is that of the bytes. */
static void test_endless(void)
{
    size_t len = 300 * 1024;
    char *text = malloc(len);
    struct native_http_head head = prepare(0);
    struct native_http_head_event event;
    struct native_http_fault fault;
    enum native_http_status status = NATIVE_HTTP_NEED_MORE;
    size_t used, there = 0;

    memset(text, 'a', len);
    memcpy(text, "HTTP/1.1 200 ", 13);
    while (status == NATIVE_HTTP_NEED_MORE && there < len) {
        status = native_http_head_next(&head, text, ++there, &used, &event, &fault);
        if (status == NATIVE_HTTP_NEED_MORE) {
            check(head.scanned == there, "at %zu: scanned %zu", there, head.scanned);
        }
    }
    ok(status == NATIVE_HTTP_TOO_LARGE && there == 100 * 1024 + 1,
       "a line without end is refused after 100 KiB, not after %zu bytes", there);
    free(text);
}

int main(void)
{
    input = guard_new(1000);
    folded = guard_new(100);
    test_heads();
    test_nul();
    test_begin();
    test_limits();
    test_endless();
    return done();
}
