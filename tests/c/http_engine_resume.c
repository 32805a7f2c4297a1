/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_engine_resume.c - transfers of parts: what resume_from makes of answers, Content-Range of a body, a body that is sent to its
 * end though the answer is an error. */
#include "tests/c/harness.h"
#include "tests/c/support/http_scene.h"

#include "http/source.h"

#define REST "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes "
#define FOUR "\r\nContent-Length: 4\r\n\r\nrest"

static struct scene scene;

/* ---- resume_from ---- */

static const struct answer {
    const char *name, *bytes;
    enum native_http_error_kind error;
    const char *body;
} answers[] = {
    {"it goes on there", REST "6-9/10" FOUR, 0, "rest"},
    {"it goes on there, of who knows how much", REST "6-9/*" FOUR, 0, "rest"},
    {"it goes on elsewhere", REST "2-5/10" FOUR, NATIVE_HTTP_ERROR_RANGE, ""},
    {"a range that is none", REST "six" FOUR, NATIVE_HTTP_ERROR_RANGE, ""},
    {"all of it", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789",
     NATIVE_HTTP_ERROR_RANGE, ""},
    {"all of it, and no more than is there", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n012345",
     0, ""},
    {"nothing", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 0, ""},
    {"there is no more",
     "HTTP/1.1 416 No\r\nContent-Range: bytes */6\r\nContent-Length: 4\r\n\r\nnone", 0, ""},
    {"an error", "HTTP/1.1 404 No\r\nContent-Length: 4\r\n\r\nnone", NATIVE_HTTP_ERROR_RANGE, ""},
};

static void test_resume(void)
{
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        scene_init(&scene);
        scene.options.resume_from = 6;
        scene.answers[0] = (struct scene_answer){answers[i].bytes, SCENE_KEEP};
        scene_run(&scene);
        check(strstr(scene.asked, "\r\nRange: bytes=6-\r\n") != NULL, "asked %s", scene.asked);
        check(scene.error.kind == answers[i].error, "error %s",
              native_http_error_kind_name(scene.error.kind));
        check(strcmp(scene.body, answers[i].body) == 0, "the body: %s", scene.body);
        end_test("resume_from: %s", answers[i].name);
    }
    scene_init(&scene);
    scene.options.resume_from = 6;
    scene.options.follow = true;
    scene.answers[0] = (struct scene_answer){
        "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 3\r\n\r\nold", SCENE_KEEP};
    scene.answers[1] = (struct scene_answer){REST "6-9/10" FOUR, SCENE_KEEP};
    scene_run(&scene);
    check(scene.error.kind == 0 && strcmp(scene.body, "rest") == 0, "%s: %s", scene.error.message,
          scene.body);
    end_test("resume_from: the body of a redirect is not looked at");
}

/* ---- bodies ---- */

static struct native_http_source_bytes bytes;

static void put(const char *content_range)
{
    scene_init(&scene);
    native_http_source_bytes_init(&bytes, "rest", 4);
    scene.options.kind = NATIVE_HTTP_PUT;
    scene.options.source = &bytes.source;
    scene.options.range = NATIVE_HTTP_SPAN("6-9");
    scene.options.content_range = (struct native_http_span){content_range, strlen(content_range)};
    scene.answers[0] =
        (struct scene_answer){"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", SCENE_KEEP};
    scene_run(&scene);
    check(strstr(scene.asked, "\r\nRange:") == NULL, "asked %s", scene.asked);
}

static void test_content_range(void)
{
    put("bytes 6-9/10");
    check(strstr(scene.asked, "\r\nContent-Range: bytes 6-9/10\r\nAccept: ") != NULL, "asked %s",
          scene.asked);
    end_test("content_range of a body stands where Range would");
    put("");
    check(strstr(scene.asked, "Content-Range") == NULL, "asked %s", scene.asked);
    end_test("content_range that is empty: neither");
}

static void refuse(bool keep, const char *fields)
{
    char answer[128];

    snprintf(answer, sizeof(answer), "HTTP/1.1 403 No\r\n%sContent-Length: 2\r\n\r\nno", fields);
    scene_init(&scene);
    native_http_source_bytes_init(&bytes, "the whole body", 14);
    scene.options.kind = NATIVE_HTTP_POST;
    scene.options.source = &bytes.source;
    scene.options.expect_above = 0;
    scene.options.expect_ms = 10000;
    scene.options.keep_sending = keep;
    scene.answers[0] = (struct scene_answer){answer, SCENE_EARLY};
    scene_run(&scene);
    check(scene.error.kind == 0 && scene.info.status == 403 && strcmp(scene.body, "no") == 0,
          "%s, status %d, body %s", scene.error.message, scene.info.status, scene.body);
}

static void test_keep_sending(void)
{
    refuse(false, "");
    check(scene.info.sent_bytes == 0, "sent %llu", (unsigned long long)scene.info.sent_bytes);
    end_test("an error ends the body");
    refuse(true, "");
    check(scene.info.sent_bytes == 14, "sent %llu", (unsigned long long)scene.info.sent_bytes);
    end_test("keep_sending: an error does not");
    refuse(true, "Connection: close\r\n");
    check(scene.info.sent_bytes == 0, "sent %llu", (unsigned long long)scene.info.sent_bytes);
    end_test("keep_sending: but where the connection goes anyway");
}

int main(void)
{
    test_resume();
    test_content_range();
    test_keep_sending();
    return done();
}
