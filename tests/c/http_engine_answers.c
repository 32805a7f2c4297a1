/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_engine_answers.c - answers that are not as they should be: what is said of them, and what is taken where the
 * options want it; transfer codings; pauses at lines. */
#include "tests/c/harness.h"
#include "tests/c/support/http_scene.h"

#include "http/source.h"

#define OK "HTTP/1.1 200 OK\r\n"
#define CHUNKED OK "Transfer-Encoding: chunked\r\n\r\n"

/* "hi" */
#define GZIP_LEN 22
static const char gzip_hi[] =
    "\x1f\x8b\x08\0\0\0\0\0\x02\x03\xcb\xc8\x04\0\xac\x2a\x93\xd8\x02\0\0\0";

static struct scene scene;

static void expect_error(enum native_http_error_kind kind)
{
    check(scene.error.kind == kind, "error %s (%s), expected %s",
          native_http_error_kind_name(scene.error.kind), scene.error.message,
          native_http_error_kind_name(kind));
}

static void expect_body(const char *body)
{
    expect_error(NATIVE_HTTP_ERROR_NONE);
    check(strcmp(scene.body, body) == 0, "body %s, expected %s", scene.body, body);
}

/* One answer, and then the end. */
static void answer(const char *bytes, unsigned tolerance)
{
    scene_init(&scene);
    scene.options.tolerance = tolerance;
    scene.answers[0] = (struct scene_answer){bytes, SCENE_CLOSE};
    scene_run(&scene);
}

static void test_what_is_said(void)
{
    answer("HTTP/1.", 0);
    expect_error(NATIVE_HTTP_ERROR_CUT);
    check(scene.error.part == NATIVE_HTTP_PART_LINE, "part %d", scene.error.part);
    end_test("cut in the first line");

    answer(OK "Content-Length: 5\r\n", 0);
    expect_error(NATIVE_HTTP_ERROR_CUT);
    check(scene.error.part == NATIVE_HTTP_PART_NONE && scene.error.missing == 5 &&
              scene.info.header_bytes == 36,
          "%lld missing, %llu of the head", (long long)scene.error.missing,
          (unsigned long long)scene.info.header_bytes);
    end_test("cut in the head: its last line counts");

    answer(OK "Content-Length: 5\r\n\r\nabc", 0);
    expect_error(NATIVE_HTTP_ERROR_CUT);
    check(scene.error.missing == 2, "%lld missing", (long long)scene.error.missing);
    end_test("cut in the body: so much is missing");

    answer("HTTP/3 200 OK\r\n\r\n", 0);
    expect_error(NATIVE_HTTP_ERROR_PROTOCOL);
    check(scene.error.code == 30, "code %d", scene.error.code);
    answer("HTTP/1.2 200 OK\r\n\r\n", 0);
    check(scene.error.code == 12, "code %d", scene.error.code);
    end_test("which version it was");

    answer(OK "Content-Length: x\r\n\r\n", 0);
    expect_error(NATIVE_HTTP_ERROR_PROTOCOL);
    check(strstr(scene.lines, "Content-Length") == NULL, "lines %s", scene.lines);
    end_test("a line that is refused is not told");

    answer(CHUNKED "2\r\nhi\r\n0\r\nX-A: 1\r\n\r\n", 0);
    expect_body("hi");
    check(scene.info.header_bytes == 47, "%llu", (unsigned long long)scene.info.header_bytes);
    end_test("trailers are not counted as a head");
}

static void test_tolerance(void)
{
    answer(OK "Content-Length: 2x\r\n\r\nhi, there", NATIVE_HTTP_TAKE_LENGTHS);
    expect_body("hi");
    answer(OK "Content-Length: 9\r\nContent-Length: 2\r\n\r\nhi", NATIVE_HTTP_TAKE_LENGTHS);
    expect_body("hi");
    answer(OK "Content-Length: 9\r\nContent-Length: 2\r\n\r\nhi", 0);
    expect_error(NATIVE_HTTP_ERROR_PROTOCOL);
    end_test("lengths that are none");

    answer(OK ": x\r\nContent-Length: 2\r\n\r\nhi", NATIVE_HTTP_TAKE_NO_NAME);
    expect_body("hi");
    answer(OK ": x\r\nContent-Length: 2\r\n\r\nhi", 0);
    expect_error(NATIVE_HTTP_ERROR_PROTOCOL);
    end_test("a field without a name");

    answer("HTTP/1.1 101 Switching\r\n\r\nhi", NATIVE_HTTP_TAKE_101_AS_ANSWER);
    expect_body("hi");
    answer("HTTP/1.1 101 Switching\r\n\r\nhi", 0);
    expect_body("");
    end_test("101 as an answer");

    scene_init(&scene);
    scene.options.ignore_length = true;
    scene.answers[0] = (struct scene_answer){OK "Content-Length: 2\r\n\r\nhi, there", SCENE_CLOSE};
    scene_run(&scene);
    expect_body("hi, there");
    check(scene.info.receive_length == -1, "length %lld", (long long)scene.info.receive_length);
    end_test("a length that is ignored");
}

/* An answer whose body is gzip_hi, of which `len` bytes come. */
static void coded(const char *fields, size_t len, unsigned tolerance)
{
    static char bytes[512];
    size_t at = (size_t)snprintf(bytes, sizeof(bytes), OK "%s\r\n\r\n", fields);

    memcpy(bytes + at, gzip_hi, len);
    scene_init(&scene);
    scene.options.accept_encoding = NATIVE_HTTP_SPAN("");
    scene.options.transfer_codings = NATIVE_HTTP_SPAN("gzip");
    scene.options.tolerance = tolerance;
    scene.answer_len = at + len;
    scene.answers[0] = (struct scene_answer){bytes, SCENE_CLOSE};
    scene_run(&scene);
}

static void test_codings(void)
{
    coded("Transfer-Encoding: gzip", GZIP_LEN, 0);
    expect_body("hi");
    check(strstr(scene.asked, "Connection: TE\r\nTE: gzip\r\n") != NULL, "%s", scene.asked);
    end_test("a transfer coding that was asked for");

    coded("Transfer-Encoding: unheard-of", GZIP_LEN, 0);
    expect_error(NATIVE_HTTP_ERROR_CODING);
    check(scene.error.part == NATIVE_HTTP_PART_UNKNOWN && scene.info.received_bytes == GZIP_LEN,
          "part %d", scene.error.part);
    end_test("one that is not known");

    coded("Content-Encoding: gzip", GZIP_LEN - 6, 0);
    expect_error(NATIVE_HTTP_ERROR_CODING);
    coded("Content-Encoding: gzip", GZIP_LEN - 6, NATIVE_HTTP_TAKE_CUT_CODING);
    expect_body("hi");
    end_test("content that ends before its coding");

    coded("Content-Encoding: br", GZIP_LEN, 0);
    if (scene.error.part != NATIVE_HTTP_PART_UNKNOWN)
        check(scene.error.coding == NATIVE_HTTP_CODING_BR && scene.error.library_at > 0,
              "coding %d", scene.error.coding);
    end_test("whose bytes are bad");

    scene_init(&scene);
    scene.options.raw_transfer = true;
    scene.answers[0] = (struct scene_answer){CHUNKED "2\r\nhi\r\n0\r\nX-A: 1\r\n\r\n", SCENE_KEEP};
    scene_run(&scene);
    expect_body("2\r\nhi\r\n0\r\nX-A: 1\r\n\r\n");
    check(scene.info.received_bytes == 2, "%llu", (unsigned long long)scene.info.received_bytes);
    end_test("chunks as they come");
}

/* ---- pauses ---- */

static int lines, pauses;
static enum native_http_verdict (*line_of_scene)(void *, struct native_http_transfer *,
                                                 enum native_http_line, bool,
                                                 struct native_http_span);

/* Each line is taken at the second time. */
static enum native_http_verdict pausing_line(void *ctx, struct native_http_transfer *transfer,
                                             enum native_http_line kind, bool from_proxy,
                                             struct native_http_span line)
{
    if (lines++ % 2 == 0)
        return NATIVE_HTTP_PAUSE;
    return line_of_scene(ctx, transfer, kind, from_proxy, line);
}

static enum native_http_verdict resuming(void *ctx, struct native_http_transfer *transfer)
{
    (void)ctx;
    if (native_http_transfer_paused(transfer)) {
        pauses++;
        native_http_transfer_resume(transfer, NATIVE_NET_READ | NATIVE_NET_WRITE);
    }
    return NATIVE_HTTP_GO_ON;
}

static void test_line_pause(void)
{
    scene_init(&scene);
    line_of_scene = scene.handlers.line;
    scene.handlers.line = pausing_line;
    scene.handlers.progress = resuming;
    scene.answers[0] = (struct scene_answer){
        OK "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-A: 1\r\n\r\n", SCENE_KEEP};
    scene_run(&scene);
    expect_body("hi");
    check(strcmp(scene.lines, OK "Transfer-Encoding: chunked\r\n\r\nX-A: 1\r\n") == 0, "lines %s",
          scene.lines);
    check(lines == 8 && pauses == 4, "%d lines, %d pauses", lines, pauses);
    check(scene.info.header_bytes == 47, "%llu", (unsigned long long)scene.info.header_bytes);
    end_test("a line that was not taken comes again");
}

static int reads;

static enum native_http_source_status pausing_read(struct native_http_source *source, void *out,
                                                   size_t room, size_t *got)
{
    (void)source;
    (void)room;
    if (++reads % 2)
        return NATIVE_HTTP_SOURCE_PAUSED;
    if (reads > 4)
        return NATIVE_HTTP_SOURCE_END;
    memcpy(out, "ab", *got = 2);
    return NATIVE_HTTP_SOURCE_BYTES;
}

static int looks;

static enum native_http_verdict resuming_late(void *ctx, struct native_http_transfer *transfer)
{
    if (native_http_transfer_paused(transfer) && ++looks % 3 == 0)
        return resuming(ctx, transfer);
    return NATIVE_HTTP_GO_ON;
}

static void test_source_pause(void)
{
    struct native_http_source source = {.read = pausing_read, .size = NATIVE_HTTP_SIZE_UNKNOWN};

    scene_init(&scene);
    scene.options.kind = NATIVE_HTTP_POST;
    scene.options.source = &source;
    scene.options.expect_above = -1;
    scene.handlers.progress = resuming_late;
    scene.answers[0] = (struct scene_answer){OK "Content-Length: 2\r\n\r\nhi", SCENE_KEEP};
    scene_run(&scene);
    expect_body("hi");
    check(strstr(scene.asked, "\r\n\r\n2\r\nab\r\n2\r\nab\r\n0\r\n\r\n") != NULL && reads == 6,
          "%d reads: %s", reads, scene.asked);
    end_test("a source that pauses is asked again once it may go on");
}

int main(void)
{
    test_what_is_said();
    test_tolerance();
    test_codings();
    test_line_pause();
    test_source_pause();
    return done();
}
