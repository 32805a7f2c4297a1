/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_engine_state.c - transfers that remember: authentication, cookies, content codings, from request to request. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tests/c/harness.h"
#include "tests/c/support/http_scene.h"

#include <poll.h>
#include <zlib.h>

#include "http/cookies.h"
#include "http/login.h"
#include "http/parts.h"
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

static int count(const char *text)
{
    int found = 0;
    for (const char *at = scene.asked; (at = strstr(at, text)) != NULL; at++)
        found++;
    return found;
}

static void use_login(unsigned ways)
{
    scene_init(&scene);
    scene.options.user = NATIVE_HTTP_SPAN("Mufasa");
    scene.options.password = NATIVE_HTTP_SPAN("Circle of Life");
    scene.options.auth = ways;
}

static const char challenge[] =
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"b\"\r\nWWW-Authenticate: Digest "
    "realm=\"d\", nonce=\"abc\", qop=\"auth\", algorithm=MD5\r\nContent-Length: 2\r\n\r\nno";

static void test_login(void)
{
    struct native_http_source_bytes bytes;

    use_login(NATIVE_HTTP_AUTH_BASIC);
    scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_run(&scene);
    expect_error(0);
    check(count("Authorization: Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl\r\n") == 1, "%s", scene.asked);
    end_test("Basic alone is sent at once");

    use_login(NATIVE_HTTP_AUTH_BASIC | NATIVE_HTTP_AUTH_DIGEST);
    scene.answers[0] = (struct scene_answer){challenge, SCENE_KEEP};
    scene.answers[1] = (struct scene_answer){OK "Content-Length: 2\r\n\r\nhi", SCENE_KEEP};
    scene_run(&scene);
    expect_error(0);
    check(scene.info.status == 200 && strcmp(scene.body, "hi") == 0, "%d %s", scene.info.status,
          scene.body);
    check(count("Authorization: ") == 1 && count("Authorization: Digest username=\"Mufasa\"") == 1,
          "%s", scene.asked);
    check(scene.info.auth_used && scene.info.connects == 1, "%d connects", scene.info.connects);
    end_test("of two ways the better one that is offered, over the same connection");

    use_login(NATIVE_HTTP_AUTH_DIGEST);
    native_http_source_bytes_init(&bytes, "body", 4);
    scene.options.kind = NATIVE_HTTP_POST;
    scene.options.source = &bytes.source;
    scene.answers[0] = (struct scene_answer){challenge, SCENE_KEEP};
    scene.answers[1] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_run(&scene);
    expect_error(0);
    check(strstr(strstr(scene.asked, "Digest "), "\r\n\r\nbody") != NULL, "%s", scene.asked);
    end_test("the body is sent once more with the credentials");

    use_login(NATIVE_HTTP_AUTH_DIGEST);
    scene.answers[0] = scene.answers[1] = (struct scene_answer){challenge, SCENE_KEEP};
    scene_run(&scene);
    expect_error(0);
    check(scene.info.status == 401 && strcmp(scene.body, "no") == 0 && scene.next_answer == 2,
          "%d %s", scene.info.status, scene.body);
    end_test("credentials that are refused are not sent for ever");
}

static void test_nonces(void)
{
    struct native_http_nonces *nonces = native_http_nonces_new();

    use_login(NATIVE_HTTP_AUTH_DIGEST);
    scene.options.nonces = nonces;
    scene.answers[0] = (struct scene_answer){challenge, SCENE_KEEP};
    scene.answers[1] = scene.answers[2] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_serve(&scene);
    scene_transfer(&scene);
    scene_transfer(&scene);
    scene_end(&scene);
    scene_stop(&scene);
    expect_error(0);
    check(scene.info.status == 200 && count("nc=00000002") == 1, "%s", scene.asked);
    native_http_nonces_free(nonces);
    end_test("the nonce of one transfer serves the next one");
}

static void test_login_elsewhere(void)
{
    char location[160];

    use_login(NATIVE_HTTP_AUTH_BASIC);
    scene.options.follow = true;
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
    check(count("GET / ") == 2 && count("Authorization: ") == 1, "%s", scene.asked);
    end_test("user and password do not go to another origin");
}

static void test_cookies(void)
{
    struct native_http_cookies *cookies = native_http_cookies_new();

    scene_init(&scene);
    scene.options.cookies = cookies;
    scene.options.cookie = NATIVE_HTTP_SPAN("own=1");
    scene.options.follow = true;
    scene.answers[0] = (struct scene_answer){
        "HTTP/1.1 302 Found\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d; Path=/other\r\nLocation: "
        "/\r\n" EMPTY,
        SCENE_KEEP};
    scene.answers[1] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_run(&scene);
    expect_error(0);
    check(count("Cookie: own=1\r\n") == 1 && count("Cookie: a=b; own=1\r\n") == 1, "%s",
          scene.asked);
    check(native_http_cookies_count(cookies) == 2, "%zu cookies",
          native_http_cookies_count(cookies));
    native_http_cookies_free(cookies);
    end_test("a cookie of a redirect goes with the request that follows");
}

/* ---- content codings ---- */

static void test_coding(void)
{
    static const char plain[] = "hello hello hello hello";
    static char answer[1024];
    unsigned char coded[256];
    uLongf len = sizeof(coded);
    int head;

    if (compress(coded, &len, (const unsigned char *)plain, strlen(plain)) != Z_OK)
        exit(2);
    head = snprintf(answer, sizeof(answer),
                    OK "Content-Encoding: deflate\r\nContent-Length: %lu\r\n\r\n", len);
    memcpy(answer + head, coded, len);
    for (int split = 0; split < 2; split++) {
        scene_init(&scene);
        scene.split = split;
        scene.options.accept_encoding = NATIVE_HTTP_SPAN("");
        scene.answers[0] = (struct scene_answer){answer, SCENE_KEEP};
        scene.answer_len = (size_t)head + len;
        scene_run(&scene);
        expect_error(0);
        check(strcmp(scene.body, plain) == 0, "body %s", scene.body);
        check(count("Accept-Encoding: deflate, gzip") == 1, "%s", scene.asked);
        check(scene.info.received_bytes == len, "%llu received",
              (unsigned long long)scene.info.received_bytes);
        end_test("a coded body is asked for and decoded%s", split ? ", byte by byte" : "");
    }

    scene_init(&scene);
    scene.options.accept_encoding = NATIVE_HTTP_SPAN("gzip");
    scene.answers[0] = (struct scene_answer){
        OK "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello", SCENE_KEEP};
    scene_run(&scene);
    expect_error(NATIVE_HTTP_ERROR_CODING);
    end_test("bytes that are not coded as they say: %s", scene.error.message);

    scene_init(&scene);
    scene.answers[0] = (struct scene_answer){
        OK "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello", SCENE_KEEP};
    scene_run(&scene);
    expect_error(0);
    check(strcmp(scene.body, "hello") == 0, "body %s", scene.body);
    end_test("who did not ask for a coding gets the bytes as they come");
}

/* ---- what counts as a redirect ---- */

enum asks { SERVER, PROXY, EXPECTATION };

/* A request that is asked for once more, and then led elsewhere; returns how many answers were taken of the three. */
static int repeated(enum asks asks, bool counted, int max_redirects)
{
    static struct native_http_source_bytes bytes;
    char proxy[64];

    use_login(NATIVE_HTTP_AUTH_BASIC | NATIVE_HTTP_AUTH_DIGEST);
    scene.options.follow = true;
    scene.options.max_redirects = max_redirects;
    scene.options.count_repeats = counted;
    scene.answers[0] = (struct scene_answer){challenge, SCENE_KEEP};
    scene.answers[1] =
        (struct scene_answer){"HTTP/1.1 302 Found\r\nLocation: /b\r\n" EMPTY, SCENE_KEEP};
    scene.answers[2] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    if (asks == PROXY)
        scene.answers[0].bytes = "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\n" EMPTY;
    if (asks == EXPECTATION) {
        native_http_source_bytes_init(&bytes, "body", 4);
        scene.options.kind = NATIVE_HTTP_POST;
        scene.options.source = &bytes.source;
        scene.options.expect_above = 0;
        scene.options.expect_ms = 10000;
        scene.answers[0] = (struct scene_answer){
            "HTTP/1.1 417 Expectation Failed\r\nConnection: close\r\n" EMPTY, SCENE_EARLY};
        scene.connections = counted && max_redirects == 0 ? 1 : 2;
    }
    scene_serve(&scene);
    snprintf(proxy, sizeof(proxy), "http://u:p@127.0.0.1:%d", scene.server.port);
    if (asks == PROXY) {
        scene.url = "http://example.test/a";
        scene.options.proxy_auth = NATIVE_HTTP_AUTH_BASIC | NATIVE_HTTP_AUTH_DIGEST;
        scene.options.proxy = (struct native_http_span){proxy, strlen(proxy)};
    }
    scene_transfer(&scene);
    scene_end(&scene);
    scene_stop(&scene);
    return scene.next_answer;
}

static void test_count_repeats(void)
{
    static const char *const names[] = {"401", "407", "417"};
    for (enum asks asks = SERVER; asks <= EXPECTATION; asks++) {
        check(repeated(asks, false, 1) == 3, "%d answers", scene.next_answer);
        expect_error(0);
        check(scene.info.redirects == 1 && scene.info.repeats == 1, "%d redirects, %d repeats",
              scene.info.redirects, scene.info.repeats);
        check(repeated(asks, false, 0) == 2, "%d answers", scene.next_answer);
        expect_error(NATIVE_HTTP_ERROR_REDIRECTS);
        end_test("a repeat after %s is no redirect", names[asks]);

        check(repeated(asks, true, 2) == 3, "of two: %d answers", scene.next_answer);
        expect_error(0);
        check(repeated(asks, true, 1) == 2, "of one: %d answers", scene.next_answer);
        expect_error(NATIVE_HTTP_ERROR_REDIRECTS);
        check(repeated(asks, true, 0) == 1, "of none: %d answers", scene.next_answer);
        expect_error(NATIVE_HTTP_ERROR_REDIRECTS);
        check(scene.info.redirects == 0, "%d redirects", scene.info.redirects);
        end_test("count_repeats: it is one, after %s", names[asks]);
    }
}

/* ---- a transfer that rests ---- */

static bool holds(const struct native_http_buffer *text, const char *word)
{
    return text->at && memmem(text->at, text->size, word, strlen(word)) != NULL;
}

static void test_rest(void)
{
    struct native_http_transfer *t;
    size_t before;

    use_login(NATIVE_HTTP_AUTH_BASIC);
    scene.rests = true;
    scene.url = "/a?key";
    scene.options.follow = scene.options.auto_referer = true;
    scene.answers[0] =
        (struct scene_answer){"HTTP/1.1 302 Found\r\nLocation: /b?key\r\n" EMPTY, SCENE_KEEP};
    scene.answers[1] = (struct scene_answer){OK "X-A: 1\r\n" EMPTY, SCENE_KEEP};
    scene.answers[2] = (struct scene_answer){OK "Content-Length: 2\r\n\r\nhi", SCENE_KEEP};
    scene_serve(&scene);
    scene_transfer(&scene);
    expect_error(0);
    check(scene.info.redirects == 1 && count("Authorization: ") == 2 && count("Referer: ") == 1,
          "%s", scene.asked);
    t = scene.resting;
    check(t->send.head.at && !holds(&t->send.head, "Authorization") &&
              !holds(&t->url_text, "key") && !holds(&t->location, "key") && !t->origin_text.at,
          "something is left");
    check(!t->options && !t->handlers && !t->ctx && !t->engine && t->receive.fields_len == 0,
          "it still knows whom it was for");
    end_test("a transfer that rests holds no credentials and no query");

    before = strlen(scene.asked);
    scene.url = "/c";
    scene.options.user = scene.options.password = (struct native_http_span){NULL, 0};
    scene.options.follow = scene.options.auto_referer = false;
    scene_transfer(&scene);
    expect_error(0);
    check(scene.resting == t && strcmp(scene.body, "hi") == 0, "body %s", scene.body);
    check(strncmp(scene.asked + before, "GET /c ", 7) == 0 && count("Authorization: ") == 2 &&
              count("Referer: ") == 1,
          "%s", scene.asked + before);
    check(scene.info.redirects == 0 && scene.info.reused && *scene.location == '\0' &&
              strstr(scene.last_url, "/c") != NULL && strstr(scene.lines, "X-A") == NULL,
          "%d redirects, %s", scene.info.redirects, scene.last_url);
    end_test("the next one that it is knows nothing of that");

    scene.url = "http://[";
    scene_transfer(&scene);
    expect_error(NATIVE_HTTP_ERROR_URL);
    check(strcmp(scene.last_url, "http://[") == 0, "%s", scene.last_url);
    scene_end(&scene);
    scene_stop(&scene);
    end_test("nor when it comes to nothing");
}

/* A body whose second piece is there once the server has refused the first and reset the connection. */
struct late {
    struct native_http_source source;
    struct native_http_transfer *transfer;
    int reads;
};

static struct late late;

static enum native_http_verdict on_connected(void *ctx, struct native_http_transfer *transfer)
{
    (void)ctx;
    late.transfer = transfer;
    return NATIVE_HTTP_GO_ON;
}

static enum native_http_source_status read_late(struct native_http_source *source, void *out,
                                                size_t room, size_t *got)
{
    (void)source;
    if (++late.reads == 2) {
        struct pollfd end = {native_net_stream_fd(late.transfer->connection->stream), 0, 0};
        check(poll(&end, 1, 10000) == 1, "the server has not reset the connection");
    }
    *got = room < 1000 ? room : 1000;
    memset(out, 'x', *got);
    return NATIVE_HTTP_SOURCE_BYTES;
}

static void use_late_body(const char *answer)
{
    scene_init(&scene);
    late = (struct late){{read_late, NULL, 100000}, NULL, 0};
    scene.handlers.connected = on_connected;
    scene.options.kind = NATIVE_HTTP_PUT;
    scene.options.source = &late.source;
    scene.options.expect_above = -1;
    scene.options.timeout_ms = 5000;
    scene.connections = 2;
    scene.answers[0] = (struct scene_answer){answer, SCENE_REFUSE};
    scene.answers[1] = (struct scene_answer){OK "Content-Length: 2\r\n\r\nhi", SCENE_KEEP};
}

static void expect_refusal_then_answer(void)
{
    expect_error(0);
    check(late.reads >= 2, "%d reads: it was not refused while it was sent", late.reads);
    check(count("GET /b ") == 1 && strcmp(scene.body, "hi") == 0, "body %s", scene.body);
    scene_end(&scene);
    scene_stop(&scene);
}

static void test_after_refusal(void)
{
    use_late_body("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno");
    scene.rests = true;
    scene_serve(&scene);
    scene_transfer(&scene);
    expect_error(0);
    check(scene.info.status == 413 && strcmp(scene.body, "no") == 0, "%d", scene.info.status);
    scene.url = "/b";
    scene.options.kind = NATIVE_HTTP_GET;
    scene.options.source = NULL;
    scene_transfer(&scene);
    expect_refusal_then_answer();
    end_test("what could not be sent of one request says nothing of the next one");

    use_late_body("HTTP/1.1 303 See Other\r\nLocation: /b\r\n" EMPTY);
    scene.options.follow = true;
    scene_serve(&scene);
    scene_transfer(&scene);
    expect_refusal_then_answer();
    end_test("nor of the one that a redirect makes");
}

static void rest_and_ask(const char *url)
{
    scene.url = url;
    scene_transfer(&scene);
    expect_error(0);
}

/* Which of them finds the last URL parsed shows in the block that it stands in: what is parsed starts from nothing. */
static void test_kept_url(void)
{
    static const struct native_http_span dots = {"http://127.0.0.1:1/a/../b", 25};
    struct native_http_transfer *t;
    char other[64];

    scene_init(&scene);
    scene.rests = true;
    for (int i = 0; i < 6; i++)
        scene.answers[i] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_serve(&scene);
    rest_and_ask("/a");
    t = scene.resting;
    check(t->url_kept > 0 && t->url_text.len == 0, "it is gone");
    scene.options.url = NATIVE_HTTP_SPAN("http://other.test/");
    native_http_transfer_renew(t, &scene.options, &scene.handlers, &scene);
    check(native_http_span_is(native_http_transfer_url(t), scene.options.url),
          "the next owner sees it");
    native_http_transfer_rest(t);
    rest_and_ask("/a");
    check(t->url_kept > 0 && strstr(scene.last_url, "/a") != NULL, "%s", scene.last_url);
    rest_and_ask("/b");
    check(count("GET /a ") == 2 && count("GET /b ") == 1, "%s", scene.asked);
    end_test(
        "who asks for the same URL again has it parsed already, who asks for another one has not");

    rest_and_ask("/b?key=1");
    check(t->url_kept == 0 && !holds(&t->url_text, "key"), "a query was kept");
    snprintf(other, sizeof(other), "http://127.0.0.1:1/b");
    scene.options.port = (uint16_t)scene.server.port;
    rest_and_ask(other);
    check(t->url_kept == 0, "a URL with another port was kept");
    rest_and_ask(other);
    check(count("GET /b ") == 3, "%s", scene.asked);
    end_test("not one that has a query, or another port in its place");

    scene.options.port = 0;
    scene.options.path_as_is = true;
    scene.url = dots.at;
    scene_transfer(&scene); /* to a port where nobody is: it is no transfer that rests any more */
    expect_error(NATIVE_HTTP_ERROR_CONNECT);
    check(strcmp(scene.last_url, dots.at) == 0, "%s", scene.last_url);
    scene.options.path_as_is = false;
    scene_transfer(&scene);
    check(strcmp(scene.last_url, "http://127.0.0.1:1/b") == 0, "%s", scene.last_url);
    scene_end(&scene);
    scene_stop(&scene);
    end_test("nor one that was parsed in another way");
}

int main(void)
{
    test_login();
    test_nonces();
    test_login_elsewhere();
    test_count_repeats();
    test_rest();
    test_after_refusal();
    test_kept_url();
    test_cookies();
    test_coding();
    return done();
}
