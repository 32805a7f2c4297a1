/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_body.c - whole responses: which framing the fields ask for, what is refused, whether the
 * connection can be used again, and the bodies; in every slicing, each input ending at a forbidden
 * page. */
#include "harness.h"
#include "http/wire/body.h"
#include "support/http_text.h"

enum { GET, HEAD = 1, CONNECT = 2, PROXY = 4, LENIENT = 8, IGNORE = 16, ANY = 32 };

static struct guard input;

/* ---- framing -------------------------------------------------------------------------------- */

static const struct {
    unsigned flags;
    const char *head; /* behind "HTTP/" */
    const char *told; /* kind, length, whether reusable; or ! and the fault */
} heads[] = {
    {GET, "1.1 200\r\nContent-Length: 5\r\n", "length 5 reusable"},
    {GET, "1.1 200\r\nContent-Length: 0\r\n", "length 0 reusable"},
    {GET, "1.1 200\r\ncontent-length:  005 \r\n", "length 5 reusable"},
    {GET, "1.1 200\r\nContent-Length: 9223372036854775807\r\n",
     "length 9223372036854775807 reusable"},
    {GET, "1.1 200\r\n", "close"},
    {GET, "1.1 200\r\nTransfer-Encoding: chunked\r\n", "chunked reusable"},
    {GET, "1.1 200\r\ntransfer-encoding: , Chunked ,\r\n", "chunked reusable"},
    {GET, "1.1 404\r\nTransfer-Encoding: identity\r\nContent-Length: 3\r\n", "length 3 reusable"},
    {GET, "1.1 200\r\nTransfer-Encoding: identity, chunked\r\n", "chunked reusable"},
    /* the connection */
    {GET, "1.1 200\r\nContent-Length: 5\r\nConnection: close\r\n", "length 5"},
    {GET, "1.1 200\r\nContent-Length: 5\r\nConnection: x, CLOSE ,y\r\n", "length 5"},
    {GET, "1.1 200\r\nContent-Length: 5\r\nConnection: x\r\nConnection: close\r\n", "length 5"},
    {GET, "1.1 200\r\nContent-Length: 5\r\nConnection: closed\r\n", "length 5 reusable"},
    {GET, "1.1 200\r\nContent-Length: 5\r\nProxy-Connection: close\r\n", "length 5 reusable"},
    {PROXY, "1.1 200\r\nContent-Length: 5\r\nProxy-Connection: close\r\n", "length 5"},
    {GET, "1.0 200\r\nContent-Length: 5\r\n", "length 5"},
    {GET, "1.0 200\r\nContent-Length: 5\r\nConnection: keep-alive\r\n", "length 5 reusable"},
    {GET, "1.0 200\r\nContent-Length: 5\r\nConnection: keep-alive, close\r\n", "length 5"},
    {GET, "1.0 200\r\nConnection: keep-alive\r\n", "close"},
    /* no body */
    {HEAD, "1.1 200\r\nContent-Length: 5\r\n", "none reusable"},
    {HEAD, "1.1 200\r\n", "none reusable"},
    {HEAD, "1.1 200\r\nTransfer-Encoding: chunked\r\n", "none reusable"},
    {GET, "1.1 304\r\nContent-Length: 5\r\n", "none reusable"},
    {GET, "1.1 204\r\n", "none reusable"},
    {GET, "1.1 204\r\nContent-Length: 0\r\n", "none reusable"},
    {GET, "1.1 204\r\nContent-Length: 5\r\n", "none"},
    {GET, "1.1 204\r\nTransfer-Encoding: chunked\r\n", "none"},
    {GET, "1.1 100\r\n", "none reusable"},
    {GET, "1.1 103\r\nContent-Length: 5\r\n", "none reusable"},
    {GET, "1.1 205\r\nContent-Length: 0\r\n", "length 0 reusable"},
    /* another protocol */
    {GET, "1.1 101\r\nConnection: upgrade\r\nUpgrade: x\r\n", "tunnel"},
    {CONNECT, "1.1 200\r\nContent-Length: 5\r\n", "tunnel"},
    {CONNECT, "1.1 204\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n", "tunnel"},
    {CONNECT, "1.1 407\r\nContent-Length: 5\r\n", "length 5 reusable"},
    /* lengths that two readers read differently */
    {GET, "1.1 200\r\nContent-Length: 5\r\nContent-Length: 5\r\n", "length 5 reusable"},
    {GET, "1.1 200\r\nContent-Length: 5\r\nContent-Length: 6\r\n", "!length_twice"},
    {LENIENT, "1.1 200\r\nContent-Length: 5\r\nContent-Length: 6\r\n", "!length_twice"},
    {GET, "1.1 200\r\nContent-Length: 5, 5\r\n", "!length"},
    {GET, "1.1 200\r\nContent-Length: +5\r\n", "!length"},
    {GET, "1.1 200\r\nContent-Length: -5\r\n", "!length"},
    {GET, "1.1 200\r\nContent-Length: 0x5\r\n", "!length"},
    {GET, "1.1 200\r\nContent-Length: 5 5\r\n", "!length"},
    {GET, "1.1 200\r\nContent-Length: 5;\r\n", "!length"},
    {GET, "1.1 200\r\nContent-Length: \"5\"\r\n", "!length"},
    {GET, "1.1 200\r\nContent-Length:\r\n", "!length"},
    {GET, "1.1 200\r\nContent-Length: 9223372036854775808\r\n", "!length"},
    {GET, "1.1 200\r\nContent-Length: 18446744073709551621\r\n", "!length"},
    {IGNORE, "1.1 200\r\nContent-Length: x\r\n", "close"},
    {IGNORE, "1.1 200\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n", "chunked reusable"},
    /* both */
    {GET, "1.1 200\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n", "!length_and_coding"},
    {GET, "1.1 200\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n", "!length_and_coding"},
    {LENIENT, "1.1 200\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n", "chunked"},
    {HEAD, "1.1 200\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n", "none"},
    {GET, "1.0 200\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n", "!coding"},
    {LENIENT, "1.0 200\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n", "chunked"},
    /* codings */
    {GET, "1.1 200\r\nTransfer-Encoding: gzip, chunked\r\n", "!coding"},
    {GET, "1.1 200\r\nTransfer-Encoding: chunked, gzip\r\n", "!coding"},
    {GET, "1.1 200\r\nTransfer-Encoding: chunked, chunked\r\n", "!coding"},
    {GET, "1.1 200\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "!coding"},
    {GET, "1.1 200\r\nTransfer-Encoding: chunked, identity\r\n", "!coding"},
    {GET, "1.1 200\r\nTransfer-Encoding: xchunked\r\n", "!coding"},
    {GET, "1.1 200\r\nTransfer-Encoding: \"chunked\"\r\n", "!coding"},
    {GET, "1.1 200\r\nTransfer-Encoding: chunked;x=1\r\n", "!coding"},
    {GET, "1.1 200\r\nTransfer-Encoding: chunked x\r\n", "!coding"},
    {GET,
     "1.1 200\r\nTransfer-Encoding: \x0b"
     "chunked\r\n",
     "!coding"},
    {GET, "1.1 200\r\nTransfer-Encoding:\r\n", "!coding"},
    {LENIENT, "1.1 200\r\nTransfer-Encoding: gzip\r\n", "close"},
    {LENIENT, "1.1 200\r\nTransfer-Encoding: gzip, chunked\r\n", "chunked reusable"},
    {LENIENT, "1.1 200\r\nTransfer-Encoding: gzip\r\nContent-Length: 5\r\n", "close"},
    {LENIENT, "1.1 200\r\nTransfer-Encoding: chunked, gzip\r\n", "!coding"},
    {LENIENT, "1.1 200\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "chunked"},
    /* any length */
    {ANY, "1.1 200\r\nContent-Length: 5\r\n", "length 5 reusable"},
    {ANY, "1.1 200\r\nContent-Length: 5\r\nContent-Length: 6\r\n", "length 6"},
    {ANY, "1.1 200\r\nContent-Length: 5, 6\r\n", "length 5"},
    {ANY, "1.1 200\r\nContent-Length: +5\r\n", "length 5"},
    {ANY, "1.1 200\r\nContent-Length: 0x5\r\n", "length 0"},
    {ANY, "1.1 200\r\nContent-Length: 18446744073709551621\r\n", "close"},
    {ANY, "1.1 200\r\nContent-Length: -5\r\n", "!length"},
    {ANY, "1.1 200\r\nContent-Length: x\r\n", "!length"},
    {ANY, "1.1 200\r\nContent-Length:\r\n", "!length"},
};

static void prepare(struct native_http_framing *framing, unsigned flags)
{
    memset(framing, 0xaa, sizeof(*framing)); /* begin sets all that the caller does not */
    framing->head_request = (flags & HEAD) != 0;
    framing->connect_request = (flags & CONNECT) != 0;
    framing->via_proxy = (flags & PROXY) != 0;
    framing->lenient = (flags & LENIENT) != 0;
    framing->ignore_length = (flags & IGNORE) != 0;
    framing->any_length = (flags & ANY) != 0;
    native_http_framing_begin(framing);
}

/* Read a head that is all there, and let the framing see it. Returns how many bytes it has. */
static size_t read_head(const char *text, size_t len, struct native_http_framing *framing,
                        enum native_http_status *status, struct native_http_fault *fault)
{
    struct native_http_head head = {.options = NATIVE_HTTP_HEAD_OPTIONS_INIT};
    struct native_http_head_event event;
    size_t at = 0, used;

    native_http_head_begin(&head);
    while ((*status = native_http_head_next(&head, text + at, len - at, &used, &event, fault)) ==
           NATIVE_HTTP_OK) {
        at += used;
        *status = native_http_framing_take(framing, &event, fault);
        if (*status != NATIVE_HTTP_OK) {
            return at;
        }
    }
    if (check(*status == NATIVE_HTTP_END, "the head is one: %s",
              native_http_fault_name(fault->reason))) {
        *status = native_http_framing_decide(framing, fault);
    }
    return at;
}

static void test_framing(void)
{
    static const char *const kinds[] = {"none", "length ", "chunked", "close", "tunnel"};

    for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
        struct native_http_framing framing;
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 99};
        enum native_http_status status;
        char text[300], told[100];
        size_t len = (size_t)sprintf(text, "HTTP/%s\r\n", heads[i].head);

        prepare(&framing, heads[i].flags);
        read_head((char *)guard_place(&input, text, len), len, &framing, &status, &fault);
        if (status == NATIVE_HTTP_OK) {
            sprintf(told, "%s", kinds[framing.kind]);
            if (framing.kind == NATIVE_HTTP_BODY_LENGTH) {
                sprintf(told + strlen(told), "%llu", (unsigned long long)framing.length);
            }
            strcat(told, framing.reusable ? " reusable" : "");
        } else {
            sprintf(told, "!%s", native_http_fault_name(fault.reason));
        }
        check(strcmp(told, heads[i].told) == 0, "told %s", told);
        end_test("%s%s", (const char *[]){"", "HEAD: ", "CONNECT: "}[heads[i].flags & 3],
                 shown_text(heads[i].head));
    }
}

static void test_keep_alive(void)
{
    static const char text[] = "HTTP/1.1 200\r\nKeep-Alive: timeout=15, max=\"100\", x\r\n"
                               "Connection: Upgrade, keep-alive\r\n\r\n";
    struct native_http_framing framing;
    struct native_http_fault fault;
    enum native_http_status status;

    prepare(&framing, GET);
    check(framing.keep_alive_s == -1 && framing.keep_alive_max == -1, "unknown at first");
    read_head(text, sizeof(text) - 1, &framing, &status, &fault);
    ok(framing.keep_alive_s == 15 && framing.keep_alive_max == 100 && framing.says_upgrade &&
           framing.says_keep_alive,
       "Keep-Alive tells how long and how often");
}

/* ---- bodies --------------------------------------------------------------------------------- */

/* Read a body of the text, of which `first` bytes are there and then `step` more at a time. */
static void read_body(struct native_http_body *body, const char *text, size_t len, size_t first,
                      size_t step, char *told)
{
    size_t there = first, from = 0, used;

    *told = 0;
    for (;;) {
        struct native_http_body_event event;
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
        const uint8_t *in = guard_place(&input, text + from, there - from);
        enum native_http_status status =
            native_http_body_next(body, in, there - from, &used, &event, &fault);

        from += used;
        if (status == NATIVE_HTTP_OK && event.kind == NATIVE_HTTP_BODY_DATA) {
            strncat(told, event.data.at, event.data.len);
        } else if (status == NATIVE_HTTP_OK) {
            strcat(told, event.kind == NATIVE_HTTP_BODY_TRAILER ? "|T" : "|E");
        } else if (status == NATIVE_HTTP_NEED_MORE && there < len) {
            there = there + step < len ? there + step : len;
        } else {
            strcat(told, status == NATIVE_HTTP_END         ? "."
                         : status == NATIVE_HTTP_NEED_MORE ? "..."
                                                           : "!");
            status = native_http_body_cut(body, &fault);
            strcat(told, status == NATIVE_HTTP_END                    ? " whole"
                         : fault.reason == NATIVE_HTTP_FAULT_BODY_CUT ? " cut"
                                                                      : " ?");
            sprintf(told + strlen(told), ", %u left", (unsigned)(len - from));
            return;
        }
    }
}

static void test_bodies(void)
{
    static const struct {
        enum native_http_body_kind kind;
        uint64_t length;
        const char *text, *told;
    } bodies[] = {
        {NATIVE_HTTP_BODY_NONE, 5, "abcde", ". whole, 5 left"},
        {NATIVE_HTTP_BODY_TUNNEL, 5, "abcde", ". whole, 5 left"},
        {NATIVE_HTTP_BODY_LENGTH, 0, "abcde", ". whole, 5 left"},
        {NATIVE_HTTP_BODY_LENGTH, 3, "abcde", "abc. whole, 2 left"},
        {NATIVE_HTTP_BODY_LENGTH, 5, "abcde", "abcde. whole, 0 left"},
        {NATIVE_HTTP_BODY_LENGTH, 6, "abcde", "abcde... cut, 0 left"},
        {NATIVE_HTTP_BODY_LENGTH, INT64_MAX, "abcde", "abcde... cut, 0 left"},
        {NATIVE_HTTP_BODY_CLOSE, 0, "abcde", "abcde... whole, 0 left"},
        {NATIVE_HTTP_BODY_CLOSE, 0, "", "... whole, 0 left"},
        {NATIVE_HTTP_BODY_CHUNKED, 0, "2\r\nab\r\n0\r\nA: b\r\n\r\nHT", "ab|T|E. whole, 2 left"},
        {NATIVE_HTTP_BODY_CHUNKED, 0, "2\r\nab\r\n0\r\n", "ab... cut, 0 left"},
        {NATIVE_HTTP_BODY_CHUNKED, 0, "2\r\nab\r\n", "ab... cut, 0 left"},
        {NATIVE_HTTP_BODY_CHUNKED, 0, "", "... cut, 0 left"},
    };

    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        size_t len = strlen(bodies[i].text);
        char told[200];

        for (size_t cut = 0; cut <= len + 1; cut++) { /* the last time byte for byte */
            struct native_http_body body = {.chunked.options = NATIVE_HTTP_CHUNKED_OPTIONS_INIT};

            native_http_body_begin(&body, bodies[i].kind, bodies[i].length);
            read_body(&body, bodies[i].text, len, cut > len ? 0 : cut, cut > len ? 1 : len, told);
            check(strcmp(told, bodies[i].told) == 0, "split at %zu: %s", cut, told);
            check(body.data_bytes == strcspn(told, "|.!"), "counted %u", (unsigned)body.data_bytes);
        }
        end_test("a body, kind %d, of %s", (int)bodies[i].kind, shown_text(bodies[i].text));
    }
}

/* ---- one connection ------------------------------------------------------------------------- */

/* Three responses, one behind the other: each ends where the next begins. */
static void test_pipeline(void)
{
    static const char text[] = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"
                               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                               "3\r\ndef\r\n0\r\n\r\n\r\n" /* a superfluous empty line */
                               "HTTP/1.1 200 OK\r\n\r\nghi";
    static const char *const expected[] = {"abc", "def", "ghi"};
    size_t at = 0;

    for (int i = 0; i < 3; i++) {
        struct native_http_framing framing;
        struct native_http_body body = {.chunked.options = NATIVE_HTTP_CHUNKED_OPTIONS_INIT};
        struct native_http_body_event event;
        struct native_http_fault fault;
        enum native_http_status status;
        char got[100] = "";
        size_t used;

        prepare(&framing, GET);
        at += read_head(text + at, sizeof(text) - 1 - at, &framing, &status, &fault);
        check(status == NATIVE_HTTP_OK && framing.reusable == (i < 2), "response %d", i);
        native_http_body_begin(&body, framing.kind, framing.length);
        while (native_http_body_next(&body, text + at, sizeof(text) - 1 - at, &used, &event,
                                     &fault) == NATIVE_HTTP_OK) {
            if (event.kind == NATIVE_HTTP_BODY_DATA) {
                strncat(got, event.data.at, event.data.len);
            }
            at += used;
        }
        check(strcmp(got, expected[i]) == 0, "body %d is %s", i, got);
    }
    check(at == sizeof(text) - 1, "all is used");
    end_test("three responses on one connection");
}

int main(void)
{
    input = guard_new(1000);
    test_framing();
    test_keep_alive();
    test_bodies();
    test_pipeline();
    return done();
}
