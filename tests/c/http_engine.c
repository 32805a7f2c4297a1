/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_engine.c - transfers against a scripted server: requests as they are written, responses at any split, what
 * follows a response, connections that are kept, errors. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tests/c/harness.h"
#include "tests/c/support/http_scene.h"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "http/source.h"

#define OK "HTTP/1.1 200 OK\r\n"
#define EMPTY "Content-Length: 0\r\n\r\n"

static struct scene scene;

static void expect_error(enum native_http_error_kind kind)
{
    check(scene.error.kind == kind, "error %s (%s), expected %s",
          native_http_error_kind_name(scene.error.kind), scene.error.message,
          native_http_error_kind_name(kind));
}

static void expect_text(const char *what, const char *is, const char *expected)
{
    check(strcmp(is, expected) == 0, "%s is \"%s\", expected \"%s\"", what, is, expected);
}

static bool asked(const char *text)
{
    return check(strstr(scene.asked, text) != NULL, "not asked: %s in %s", text, scene.asked);
}

static bool not_asked(const char *text)
{
    return check(strstr(scene.asked, text) == NULL, "asked: %s in %s", text, scene.asked);
}

/* ---- one response ---- */

static const struct response {
    const char *name;
    const char *bytes;
    enum scene_then then;
    enum native_http_error_kind error;
    int status;
    const char *body;
} responses[] = {
    {"with a length", OK "Content-Length: 5\r\n\r\nhello", SCENE_KEEP, 0, 200, "hello"},
    {"in chunks",
     OK "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nX: y\r\n\r\n",
     SCENE_KEEP, 0, 200, "hello world"},
    {"until the end of the connection", OK "\r\nhello", SCENE_CLOSE, 0, 200, "hello"},
    {"a reset in place of the end", OK "\r\nhello", SCENE_RESET, NATIVE_HTTP_ERROR_RECEIVE, 200,
     "hello"},
    {"HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nhello", SCENE_CLOSE, 0, 200, "hello"},
    {"204", "HTTP/1.1 204 No Content\r\n\r\n", SCENE_KEEP, 0, 204, ""},
    {"304 with a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\n\r\n", SCENE_KEEP, 0,
     304, ""},
    {"after 103 and 100",
     "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" OK
     "Content-Length: 2\r\n\r\nhi",
     SCENE_KEEP, 0, 200, "hi"},
    {"lines that end in LF", "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", SCENE_KEEP, 0, 200, "hi"},
    {"a folded field", OK "X-A: b\r\n  c\r\nContent-Length: 2\r\n\r\nhi", SCENE_KEEP, 0, 200, "hi"},
    {"404", "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope", SCENE_KEEP, 0, 404, "nope"},
    {"cut in the body", OK "Content-Length: 5\r\n\r\nhel", SCENE_CLOSE, NATIVE_HTTP_ERROR_CUT, 200,
     "hel"},
    {"cut in a chunk", OK "Transfer-Encoding: chunked\r\n\r\n5\r\nhel", SCENE_CLOSE,
     NATIVE_HTTP_ERROR_CUT, 200, "hel"},
    {"cut in the head", OK "Content-Le", SCENE_CLOSE, NATIVE_HTTP_ERROR_CUT, 200, ""},
    {"nothing", "", SCENE_CLOSE, NATIVE_HTTP_ERROR_EMPTY, 0, ""},
    {"a bad chunk", OK "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", SCENE_CLOSE,
     NATIVE_HTTP_ERROR_PROTOCOL, 200, ""},
    {"two lengths", OK "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", SCENE_CLOSE,
     NATIVE_HTTP_ERROR_PROTOCOL, 200, ""},
    {"a length that is none", OK "Content-Length: five\r\n\r\nhello", SCENE_CLOSE,
     NATIVE_HTTP_ERROR_PROTOCOL, 200, ""},
    {"a line without a colon", OK "nonsense\r\n\r\n", SCENE_CLOSE, NATIVE_HTTP_ERROR_PROTOCOL, 200,
     ""},
    {"not HTTP", "220 mail.example.org ESMTP\r\n", SCENE_CLOSE, NATIVE_HTTP_ERROR_PROTOCOL, 0, ""},
};

static void test_responses(void)
{
    for (size_t i = 0; i < sizeof(responses) / sizeof(responses[0]); i++)
        for (int split = 0; split < 2; split++) {
            const struct response *response = &responses[i];
            scene_init(&scene);
            scene.split = split;
            scene.answers[0] = (struct scene_answer){response->bytes, response->then};
            scene_run(&scene);
            expect_error(response->error);
            check(scene.info.status == response->status, "status %d, expected %d",
                  scene.info.status, response->status);
            expect_text("the body", scene.body, response->body);
            if (response->error == 0 && response->then == SCENE_KEEP)
                expect_text("the lines, up to the body", scene.lines,
                            i == 1 ? OK "Transfer-Encoding: chunked\r\n\r\nX: y\r\n" : scene.lines);
            end_test("response %s%s", response->name, split ? ", byte by byte" : "");
        }
}

/* ---- requests ---- */

static void test_request(void)
{
    static const struct native_http_span fields[] = {{"X-One: 1", 8},
                                                     {"Accept:", 7},
                                                     {"X-Empty;", 8},
                                                     {"User-Agent: mine", 16},
                                                     {"no colon", 8}};
    char expected[256];
    scene_init(&scene);
    scene.url = "/a/../b?c#d";
    scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_run(&scene);
    snprintf(expected, sizeof(expected),
             "GET /b?c HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: */*\r\n\r\n", scene.server.port);
    expect_text("the request", scene.asked, expected);
    end_test("a plain GET");

    scene_init(&scene);
    scene.options.user_agent = NATIVE_HTTP_SPAN("ours");
    scene.options.fields = fields;
    scene.options.fields_len = 5;
    scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_run(&scene);
    snprintf(
        expected, sizeof(expected),
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX-One: 1\r\nX-Empty:\r\nUser-Agent: mine\r\n\r\n",
        scene.server.port);
    expect_text("the request", scene.asked, expected);
    end_test("lines of the user's: added, in place of ours, left out, empty");

    scene_init(&scene);
    scene.options.method = NATIVE_HTTP_SPAN("GET / HTTP/1.1\r\nX: y\r\n\r\nGET");
    scene.connections = 0;
    scene.options.url = NATIVE_HTTP_SPAN("http://127.0.0.1:1/");
    scene.url = "http://127.0.0.1:1/";
    scene_transfer(&scene);
    scene_end(&scene);
    expect_error(NATIVE_HTTP_ERROR_BAD_ARGUMENT);
    end_test("a method with a request in it is refused");
}

/* A source that does not know its size: "a=1&b=2", some bytes at a time. */
static size_t unknown_at;

static enum native_http_source_status read_unknown(struct native_http_source *source, void *out,
                                                   size_t room, size_t *got)
{
    static const char text[] = "a=1&b=2";
    (void)source, (void)room;
    *got = strlen(text + unknown_at) < 4 ? strlen(text + unknown_at) : 4;
    memcpy(out, text + unknown_at, *got);
    unknown_at += *got;
    return *got > 0 ? NATIVE_HTTP_SOURCE_BYTES : NATIVE_HTTP_SOURCE_END;
}

static void test_bodies(void)
{
    struct native_http_source_bytes bytes;
    struct native_http_source unknown = {read_unknown, NULL, NATIVE_HTTP_SIZE_UNKNOWN};
    scene_init(&scene);
    native_http_source_bytes_init(&bytes, "a=1&b=2", 7);
    scene.options.kind = NATIVE_HTTP_POST;
    scene.options.source = &bytes.source;
    scene.options.content_type = NATIVE_HTTP_SPAN("application/x-www-form-urlencoded");
    scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_run(&scene);
    expect_error(0);
    asked("POST / HTTP/1.1\r\n");
    asked("Content-Length: 7\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\na=1&b=2");
    check(scene.info.sent_bytes == 7, "sent %llu", (unsigned long long)scene.info.sent_bytes);
    end_test("POST with a length");

    scene_init(&scene);
    scene.options.kind = NATIVE_HTTP_PUT;
    scene.options.source = &unknown;
    scene.options.expect_above = -1;
    scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_run(&scene);
    expect_error(0);
    asked("Transfer-Encoding: chunked\r\n\r\n4\r\na=1&\r\n3\r\nb=2\r\n0\r\n\r\n");
    check(scene.info.sent_bytes == 7 && scene.info.sent_framed_bytes == 22, "sent %llu, %llu",
          (unsigned long long)scene.info.sent_bytes,
          (unsigned long long)scene.info.sent_framed_bytes);
    end_test("PUT of unknown length goes in chunks");

    scene_init(&scene);
    native_http_source_bytes_init(&bytes, "body", 4);
    scene.options.kind = NATIVE_HTTP_POST;
    scene.options.source = &bytes.source;
    scene.options.expect_above = 0;
    scene.options.expect_ms = 10000;
    scene.answers[0] = (struct scene_answer){"HTTP/1.1 100 Continue\r\n\r\n", SCENE_EARLY};
    scene.answers[1] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_run(&scene);
    expect_error(0);
    asked("Content-Length: 4\r\nExpect: 100-continue\r\n\r\nbody");
    check(scene.info.times.total < 5000000, "%lld us", (long long)scene.info.times.total);
    end_test("a body waits for 100");

    scene_init(&scene);
    native_http_source_bytes_init(&bytes, "body", 4);
    scene.options.kind = NATIVE_HTTP_POST;
    scene.options.source = &bytes.source;
    scene.options.expect_above = 0;
    scene.options.expect_ms = 50;
    scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_run(&scene);
    expect_error(0);
    asked("\r\n\r\nbody");
    end_test("a body waits for 100 no longer than it should");

    scene_init(&scene);
    native_http_source_bytes_init(&bytes, "body", 4);
    scene.options.kind = NATIVE_HTTP_POST;
    scene.options.source = &bytes.source;
    scene.options.expect_above = 0;
    scene.options.expect_ms = 10000;
    scene.connections = 2;
    scene.answers[0] = (struct scene_answer){
        "HTTP/1.1 417 Expectation Failed\r\nConnection: close\r\n" EMPTY, SCENE_EARLY};
    scene.answers[1] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_run(&scene);
    expect_error(0);
    check(scene.info.status == 200 && scene.info.connects == 2, "status %d, %d connects",
          scene.info.status, scene.info.connects);
    end_test("417: once more without Expect");
}

/* ---- redirects ---- */

static void test_redirects(void)
{
    struct native_http_source_bytes bytes;
    scene_init(&scene);
    scene.options.follow = true;
    scene.answers[0] = (struct scene_answer){
        "HTTP/1.1 302 Found\r\nLocation: /next?x=1 2\r\nContent-Length: 3\r\n\r\nold", SCENE_KEEP};
    scene.answers[1] = (struct scene_answer){OK "Content-Length: 3\r\n\r\nnew", SCENE_KEEP};
    scene_run(&scene);
    expect_error(0);
    asked("GET /next?x=1+2 HTTP/1.1\r\n");
    expect_text("the body", scene.body, "new");
    check(scene.info.redirects == 1 && scene.info.connects == 1, "%d redirects, %d connects",
          scene.info.redirects, scene.info.connects);
    end_test("a redirect is followed over the same connection; its body is not for the user");

    scene_init(&scene);
    scene.answers[0] = (struct scene_answer){
        "HTTP/1.1 302 Found\r\nLocation: ../up\r\nContent-Length: 3\r\n\r\nold", SCENE_KEEP};
    scene.url = "/a/b/c";
    scene_run(&scene);
    expect_error(0);
    expect_text("the body", scene.body, "old");
    check(strstr(scene.location, "/a/up") != NULL, "location %s", scene.location);
    end_test("a redirect that is not followed is told, absolute");

    for (int status = 301; status <= 308; status++) {
        char answer[128];
        if (status == 304 || status == 305 || status == 306)
            continue;
        scene_init(&scene);
        native_http_source_bytes_init(&bytes, "body", 4);
        scene.options.kind = NATIVE_HTTP_POST;
        scene.options.source = &bytes.source;
        scene.options.follow = true;
        snprintf(answer, sizeof(answer), "HTTP/1.1 %d Moved\r\nLocation: /x\r\n" EMPTY, status);
        scene.answers[0] = (struct scene_answer){answer, SCENE_KEEP};
        scene.answers[1] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
        scene_run(&scene);
        expect_error(0);
        asked(status < 304 ? "GET /x HTTP/1.1\r\n" : "POST /x HTTP/1.1\r\n");
        check((strstr(strstr(scene.asked, "/x"), "body") != NULL) == (status > 304), "the body: %s",
              scene.asked);
        end_test("%d after POST", status);
    }

    scene_init(&scene);
    scene.options.follow = true;
    scene.options.max_redirects = 2;
    for (int i = 0; i < 4; i++)
        scene.answers[i] =
            (struct scene_answer){"HTTP/1.1 302 Found\r\nLocation: /\r\n" EMPTY, SCENE_KEEP};
    scene_run(&scene);
    expect_error(NATIVE_HTTP_ERROR_REDIRECTS);
    check(scene.info.redirects == 2, "%d redirects", scene.info.redirects);
    end_test("too many redirects");
}

/* Bodies of redirects: small ones are read, so that the connection can be kept; large and endless ones are not. */
static void test_dropped_bodies(void)
{
    static char large[400000];
    static const char head[] =
        "HTTP/1.1 302 Found\r\nLocation: /x\r\nTransfer-Encoding: chunked\r\n\r\n55555\r\n";
    memcpy(large, head, sizeof(head) - 1);
    memset(large + sizeof(head) - 1, 'x', 0x55555);

    scene_init(&scene);
    scene.options.follow = true;
    scene.connections = 2;
    scene.answers[0] =
        (struct scene_answer){"HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\nendless", SCENE_STALL};
    scene.answers[1] = (struct scene_answer){OK "Content-Length: 3\r\n\r\nnew", SCENE_KEEP};
    scene_run(&scene);
    expect_error(0);
    expect_text("the body", scene.body, "new");
    end_test("the body of a redirect that has no end is not waited for");

    scene_init(&scene);
    scene.options.follow = true;
    scene.connections = 2;
    scene.answers[0] = (struct scene_answer){large, SCENE_STALL};
    scene.answers[1] = (struct scene_answer){OK "Content-Length: 3\r\n\r\nnew", SCENE_KEEP};
    scene_run(&scene);
    expect_error(0);
    expect_text("the body", scene.body, "new");
    end_test("nor is a large one");

    static char informations[100 * 32 + 1];
    for (int i = 0; i < 100; i++)
        strcat(informations, "HTTP/1.1 103 Early\r\nA: b\r\n\r\n");
    scene_init(&scene);
    scene.answers[0] = (struct scene_answer){informations, SCENE_STALL};
    scene_run(&scene);
    expect_error(NATIVE_HTTP_ERROR_TOO_LARGE);
    end_test("1xx without end: %s", scene.error.message);

    scene_init(&scene);
    scene.options.max_decoded = 4;
    scene.answers[0] = (struct scene_answer){OK "Content-Length: 5\r\n\r\nhello", SCENE_KEEP};
    scene_run(&scene);
    expect_error(NATIVE_HTTP_ERROR_TOO_LARGE);
    end_test("the limit of decoded bytes holds where nothing is decoded");
}

static void test_other_origin(void)
{
    static const struct native_http_span fields[] = {
        {"Authorization: secret", 21}, {"Cookie: also=secret", 19}, {"X: y", 4}};
    char location[128];
    scene_init(&scene);
    scene.options.follow = true;
    scene.options.fields = fields;
    scene.options.fields_len = 3;
    scene.connections = 2;
    scene_serve(&scene);
    snprintf(location, sizeof(location),
             "HTTP/1.1 302 Found\r\nLocation: http://localhost:%d/\r\n" EMPTY, scene.server.port);
    scene.answers[0] = (struct scene_answer){location, SCENE_CLOSE};
    scene.answers[1] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_transfer(&scene);
    scene_end(&scene);
    scene_stop(&scene);
    expect_error(0);
    check(scene.info.redirects == 1, "%d redirects", scene.info.redirects);
    if (check(strstr(scene.asked, "Host: localhost") != NULL, "asked %s", scene.asked)) {
        check(!strstr(strstr(scene.asked, "Host: localhost"), "secret"),
              "the secret went along: %s", scene.asked);
        check(strstr(strstr(scene.asked, "Host: localhost"), "X: y") != NULL, "X did not: %s",
              scene.asked);
    }
    end_test("credentials do not go to another origin");
}

/* ---- the pool ---- */

static void test_pool(void)
{
    scene_init(&scene);
    scene.answers[0] = scene.answers[1] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_serve(&scene);
    scene_transfer(&scene);
    check(!scene.info.reused, "reused");
    scene_transfer(&scene);
    check(scene.info.reused && scene.info.connects == 0, "not reused");
    scene_end(&scene);
    scene_stop(&scene);
    end_test("the second request uses the connection of the first");

    scene_init(&scene);
    scene.connections = 2;
    scene.answers[0] = (struct scene_answer){OK "Connection: close\r\n" EMPTY, SCENE_KEEP};
    scene.answers[1] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_serve(&scene);
    scene_transfer(&scene);
    scene_transfer(&scene);
    check(!scene.info.reused, "reused");
    scene_end(&scene);
    scene_stop(&scene);
    end_test("Connection: close is not used again");

    scene_init(&scene);
    scene.connections = 2;
    scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_CLOSE};
    scene.answers[1] = (struct scene_answer){OK "Content-Length: 2\r\n\r\nhi", SCENE_KEEP};
    scene_serve(&scene);
    scene_transfer(&scene);
    usleep(20000);
    scene_transfer(&scene);
    expect_error(0);
    expect_text("the body", scene.body, "hi");
    scene_end(&scene);
    scene_stop(&scene);
    end_test("a connection that was closed meanwhile is not used");

    scene_init(&scene);
    scene.connections = 2;
    scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene.answers[1] = (struct scene_answer){"", SCENE_CLOSE};
    scene.answers[2] = (struct scene_answer){OK "Content-Length: 2\r\n\r\nhi", SCENE_KEEP};
    scene_serve(&scene);
    scene_transfer(&scene);
    scene_transfer(&scene);
    expect_error(0);
    expect_text("the body", scene.body, "hi");
    check(scene.info.retries == 1, "%d retries", scene.info.retries);
    scene_end(&scene);
    scene_stop(&scene);
    end_test("one that dies under the request is tried again once");

    scene_init(&scene);
    scene.connections = 2;
    scene.options.kind = NATIVE_HTTP_POST;
    scene.options.retry_any = true;
    scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene.answers[1] = (struct scene_answer){"HTTP/1.1 2", SCENE_CLOSE};
    scene.answers[2] = (struct scene_answer){OK "Content-Length: 2\r\n\r\nhi", SCENE_KEEP};
    scene_serve(&scene);
    scene_transfer(&scene);
    scene_transfer(&scene);
    expect_error(0);
    expect_text("the body", scene.body, "hi");
    check(scene.info.retries == 1, "%d retries", scene.info.retries);
    scene_end(&scene);
    scene_stop(&scene);
    end_test("a POST, too, if it may, and half a line was no answer");

    for (size_t body = 0; body < 2; body++) {
        struct native_http_source_bytes bytes;
        scene_init(&scene);
        native_http_source_bytes_init(&bytes, "x", body);
        scene.options.kind = NATIVE_HTTP_POST;
        scene.options.source = &bytes.source;
        scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
        scene.answers[1] = (struct scene_answer){"", SCENE_CLOSE};
        scene_serve(&scene);
        scene_transfer(&scene);
        native_http_source_bytes_init(&bytes, "x", body);
        scene_transfer(&scene);
        expect_error(NATIVE_HTTP_ERROR_EMPTY);
        check(scene.info.retries == 0, "%d retries", scene.info.retries);
        scene_end(&scene);
        scene_stop(&scene);
        end_test("a POST that the server may have acted on is not, body of %zu bytes", body);
    }
}

/* ---- time ---- */

/* The clock, replaced: it goes in steps of `step_ns`, as where a request is sent in the microsecond it begins. */
static long step_ns = 1;

int clock_gettime(clockid_t id, struct timespec *out)
{
    long result = syscall(SYS_clock_gettime, id, out);
    out->tv_nsec -= out->tv_nsec % step_ns;
    return (int)result;
}

static void test_first_byte(const char *clock)
{
    scene_init(&scene);
    scene.options.first_ms = 100;
    scene.options.timeout_ms = 5000;
    scene.answers[0] = (struct scene_answer){"", SCENE_STALL};
    scene_run(&scene);
    expect_error(NATIVE_HTTP_ERROR_TIMEOUT);
    check(scene.error.phase == NATIVE_HTTP_PHASE_WAIT, "phase %d", scene.error.phase);
    check(strstr(scene.error.message, "first byte"), "%s", scene.error.message);
    end_test("the time for the first byte, clock of %s", clock);
}

static void test_time(void)
{
    scene_init(&scene);
    scene.options.timeout_ms = 100;
    scene.answers[0] = (struct scene_answer){OK "Content-Length: 5\r\n\r\nhel", SCENE_STALL};
    scene_run(&scene);
    expect_error(NATIVE_HTTP_ERROR_TIMEOUT);
    check(scene.error.phase == NATIVE_HTTP_PHASE_RECEIVE, "phase %d", scene.error.phase);
    end_test("the whole time");

    test_first_byte("nanoseconds");
    step_ns = 250000000;
    test_first_byte("quarters of a second");
    step_ns = 1;

    scene_init(&scene);
    scene.options.slow_bytes = 1000;
    scene.options.slow_s = 1;
    scene.answers[0] = (struct scene_answer){OK "Content-Length: 5\r\n\r\nhel", SCENE_STALL};
    scene_run(&scene);
    expect_error(NATIVE_HTTP_ERROR_TIMEOUT);
    end_test("too slow");
}

static void test_faults(void)
{
    scene_init(&scene);
    scene.url = "http://127.0.0.1:1/";
    scene_transfer(&scene);
    scene_end(&scene);
    expect_error(NATIVE_HTTP_ERROR_CONNECT);
    end_test("nobody listens: %s", scene.error.message);

    scene_init(&scene);
    scene.url = "http://no-such-host.invalid/";
    scene_transfer(&scene);
    scene_end(&scene);
    expect_error(NATIVE_HTTP_ERROR_RESOLVE);
    end_test("no such name: %s", scene.error.message);

    scene_init(&scene);
    scene.url = "gopher://localhost/";
    scene_transfer(&scene);
    scene_end(&scene);
    expect_error(NATIVE_HTTP_ERROR_SCHEME);
    end_test("another scheme: %s", scene.error.message);

    scene_init(&scene);
    scene.options.fail_on_status = true;
    scene.answers[0] = (struct scene_answer){
        "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope", SCENE_KEEP};
    scene_run(&scene);
    expect_error(NATIVE_HTTP_ERROR_STATUS);
    expect_text("the body", scene.body, "");
    end_test("a status that counts as an error");

    scene_init(&scene);
    scene.options.max_body = 4;
    scene.answers[0] = (struct scene_answer){OK "Content-Length: 5\r\n\r\nhello", SCENE_KEEP};
    scene_run(&scene);
    expect_error(NATIVE_HTTP_ERROR_TOO_LARGE);
    end_test("a body over the limit");
}

int main(void)
{
    (void)not_asked;
    test_responses();
    test_request();
    test_bodies();
    test_redirects();
    test_dropped_bodies();
    test_other_origin();
    test_pool();
    test_time();
    test_faults();
    return done();
}
