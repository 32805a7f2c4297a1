/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_engine_owner.c - whose a kept connection is; what goes over a connection before the request; requests as they are given. */
#include "tests/c/harness.h"
#include "tests/c/support/http_scene.h"

#include "http/connection.h"
#include "http/key.h"
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

static void expect_asked(const char *text)
{
    check(strstr(scene.asked, text) != NULL, "not asked: %s in %s", text, scene.asked);
}

/* ---- owners ---- */

/* Ask the pool for a connection to the scene's server; it is given back. */
static bool is_there(uint64_t owner, bool only_own)
{
    struct native_http_url_options how = NATIVE_HTTP_URL_OPTIONS_INIT;
    char url[64], text[128];
    size_t len = (size_t)snprintf(url, sizeof(url), "http://127.0.0.1:%d/", scene.server.port);
    struct native_http_buffer buffer = {text, sizeof(text), 0};
    struct native_http_connection *connection;
    struct native_http_pool_wish wish = {
        .idle_ms = -1, .life_ms = -1, .owner = owner, .only_own = only_own};
    struct native_http_route route;
    struct native_http_error error;
    struct native_http_fault fault;
    struct native_http_key key;
    struct native_http_url parts;

    check(native_http_url_parse(&how, url, len, &buffer, &parts, &fault) == NATIVE_HTTP_OK &&
              native_http_route_find(&route, &parts, &scene.options, &error) &&
              native_http_key_make(&key, &route, &scene.options, NULL),
          "no key");
    wish.key = &key;
    connection = native_http_pool_take(scene.pool, &wish, native_net_clock_ms());
    if (connection)
        native_http_pool_give(scene.pool, connection, 0, native_net_clock_ms());
    native_http_key_free(&key);
    native_http_route_free(&route);
    return connection != NULL;
}

static void test_owners(void)
{
    uint64_t one, two;
    scene_init(&scene);
    for (int i = 0; i < 3; i++)
        scene.answers[i] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene.pool = native_http_pool_new();
    one = native_http_pool_owner(scene.pool);
    two = native_http_pool_owner(scene.pool);
    check(one >= NATIVE_HTTP_POOL_OWNERS_FROM && two > one, "%llu, %llu", (unsigned long long)one,
          (unsigned long long)two);
    scene_serve(&scene);
    scene.options.owner = one;
    scene_transfer(&scene);
    check(scene.info.connects == 1 && scene.info.taken_over == 0, "not opened");
    check(!is_there(two, false) && !is_there(0, false), "lent to others");
    check(is_there(one, false) && is_there(one, true), "not lent to its owner");
    end_test("an owner's connection is lent to nobody else");

    native_http_pool_leave(scene.pool, one, true);
    check(!is_there(two, true), "somebody else's is not one's own");
    check(is_there(0, false) && is_there(two, false), "not there");
    scene.options.owner = two;
    scene_transfer(&scene);
    check(scene.info.reused && scene.info.connects == 0 && scene.info.taken_over == 1,
          "%d connects, %d taken over", scene.info.connects, scene.info.taken_over);
    check(!is_there(0, false) && is_there(two, true), "it is not the owner's now");
    end_test("when he leaves it is anybody's, and then another's");

    native_http_pool_leave(scene.pool, two, false);
    check(native_http_pool_counts(scene.pool)->idle == 0, "%u idle",
          native_http_pool_counts(scene.pool)->idle);
    scene_end(&scene);
    scene_stop(&scene);
    end_test("or closed");

    scene_init(&scene);
    for (int i = 0; i < 3; i++)
        scene.answers[i] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene.pool = native_http_pool_new();
    *native_http_pool_limits(scene.pool) = (struct native_http_pool_limits){.idle_ms = 1000};
    scene.options.owner = native_http_pool_owner(scene.pool);
    scene_serve(&scene);
    scene_transfer(&scene);
    scene_transfer(&scene);
    check(scene.info.reused, "not kept");
    native_http_pool_leave(scene.pool, scene.options.owner, true);
    check(native_http_pool_counts(scene.pool)->idle == 0, "kept");
    scene_end(&scene);
    scene_stop(&scene);
    end_test("limits are for what is anybody's");
}

/* Who takes over a connection that dies has opened one. */
static void test_taken_over_dead(void)
{
    scene_init(&scene);
    scene.connections = 2;
    scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene.answers[1] = (struct scene_answer){"", SCENE_CLOSE};
    scene.answers[2] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_serve(&scene);
    scene_transfer(&scene);
    scene.options.owner = native_http_pool_owner(scene.pool);
    scene_transfer(&scene);
    expect_error(0);
    check(scene.info.retries == 1 && scene.info.connects == 1 && scene.info.taken_over == 0,
          "%d retries, %d connects, %d taken over", scene.info.retries, scene.info.connects,
          scene.info.taken_over);
    scene_end(&scene);
    scene_stop(&scene);
    end_test("one that dies when it is taken over is as if it had not been there");
}

/* ---- before the request ---- */

static void test_address(void)
{
    char line[128], path[256];
    scene_init(&scene);
    scene.options.say_address = true;
    scene.answers[0] = scene.answers[1] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_serve(&scene);
    scene_transfer(&scene);
    expect_error(0);
    snprintf(line, sizeof(line), "PROXY TCP4 127.0.0.1 127.0.0.1 %d %d\r\nGET / ",
             native_net_address_port(&scene.info.local), scene.server.port);
    check(strncmp(scene.asked, line, strlen(line)) == 0, "%s", scene.asked);
    scene_transfer(&scene);
    check(scene.info.reused && strstr(scene.asked + 1, "PROXY ") == NULL, "said twice: %s",
          scene.asked);
    scene_end(&scene);
    scene_stop(&scene);
    end_test("the PROXY protocol's line goes first, once a connection");

    snprintf(path, sizeof(path), "%s/owner.sock", net_temp_dir());
    scene_init(&scene);
    scene.options.say_address = true;
    scene.unix_path = path;
    scene.url = "http://example.test/";
    scene.options.unix_path = (struct native_http_span){path, strlen(path)};
    scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_run(&scene);
    scene_end(&scene);
    expect_error(0);
    check(strncmp(scene.asked, "PROXY UNKNOWN\r\nGET / ", 21) == 0, "%s", scene.asked);
    end_test("... which knows no address of a Unix socket");
}

/* A SOCKS 5 proxy, the HTTP proxy behind it, and the server, all in one. */
static void both_script(struct net_peer *peer)
{
    static const unsigned char method[] = {5, 0};
    static const unsigned char granted[] = {5, 0, 0, 1, 127, 0, 0, 1, 0, 80};
    struct scene *s = peer->server->data;
    unsigned char in[64];
    ssize_t got = net_peer_read(peer, in, sizeof(in));
    if (got != 3 || !net_peer_write(peer, method, sizeof(method)))
        return;
    got = net_peer_read(peer, in, sizeof(in));
    s->calls = got == 5 + 10 + 2 && in[3] == 3 && memcmp(in + 5, "proxy.test", 10) == 0 &&
               in[15] == 8123 >> 8 && in[16] == (8123 & 255);
    if (!net_peer_write(peer, granted, sizeof(granted)))
        return;
    got = net_peer_read(peer, s->asked, sizeof(s->asked) - 1);
    s->asked[got > 0 ? got : 0] = '\0';
    (void)net_peer_write(peer, OK EMPTY, strlen(OK EMPTY));
    while (net_peer_read(peer, in, sizeof(in)) > 0)
        continue;
}

static void test_pre_proxy(void)
{
    char before[64];
    scene_init(&scene);
    scene.url = "http://example.test/a";
    scene.server.connections = 1;
    scene.server.script = both_script;
    scene.server.data = &scene;
    net_server_start(&scene.server);
    scene.options.proxy = NATIVE_HTTP_SPAN("proxy.test:8123");
    scene.options.pre_proxy = (struct native_http_span){
        before,
        (size_t)snprintf(before, sizeof(before), "socks5h://127.0.0.1:%d", scene.server.port)};
    scene_transfer(&scene);
    scene_end(&scene);
    net_server_stop(&scene.server);
    expect_error(0);
    check(scene.calls == 1, "another place");
    expect_asked("GET http://example.test/a HTTP/1.1\r\nHost: example.test\r\n");
    end_test("a SOCKS proxy leads to the proxy");
}

/* ---- what the user gives ---- */

static void test_as_given(void)
{
    static const struct native_http_span lines[] = {
        {"X-A: 1\r\nX-B: 2", 14}, {" X-C : 3", 8}, {": nothing", 9}, {"X-D;", 4}, {"no colon", 8}};
    for (int given = 0; given < 2; given++) {
        scene_init(&scene);
        scene.options.lines_as_given = given;
        scene.options.fields = lines;
        scene.options.fields_len = sizeof(lines) / sizeof(lines[0]);
        scene.options.target = NATIVE_HTTP_SPAN("/a b");
        scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
        if (!given)
            scene_serve(&scene), scene_transfer(&scene), net_server_stop(&scene.server);
        else
            scene_run(&scene);
        scene_end(&scene);
        expect_error(given ? 0 : NATIVE_HTTP_ERROR_BAD_ARGUMENT);
    }
    expect_asked("GET /a b HTTP/1.1\r\n");
    expect_asked("\r\nX-A: 1\r\nX-B: 2\r\n X-C : 3\r\nX-D:\r\n\r\n");
    end_test("lines go out as they are given, if that is asked for");
}

static void test_port(void)
{
    struct native_http_source_bytes bytes;
    scene_init(&scene);
    scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_serve(&scene);
    scene.url = "http://127.0.0.1:1/";
    scene.options.port = (uint16_t)scene.server.port;
    scene.options.kind = NATIVE_HTTP_POST;
    scene.options.content_range = NATIVE_HTTP_SPAN("bytes 2-4/3");
    native_http_source_bytes_init(&bytes, "abc", 3);
    scene.options.source = &bytes.source;
    scene_transfer(&scene);
    scene_end(&scene);
    scene_stop(&scene);
    expect_error(0);
    check(strcmp(scene.last_url, "http://127.0.0.1:1/") == 0, "%s", scene.last_url);
    end_test("a port in place of the URL's");
    expect_asked("\r\nContent-Range: bytes 2-4/3\r\n");
    end_test("the range of what is sent");
}

int main(void)
{
    test_owners();
    test_taken_over_dead();
    test_address();
    test_pre_proxy();
    test_as_given();
    test_port();
    return done();
}
