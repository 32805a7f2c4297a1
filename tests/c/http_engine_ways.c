/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_engine_ways.c - the ways to a server: TLS, proxies, overridden names, Unix sockets; many transfers at once;
 * pauses, limits of speed, content codings. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tests/c/harness.h"
#include "tests/c/support/http_scene.h"

#include <poll.h>

#include "http/route.h"
#include "http/source.h"
#include "net/clock.h"

#define OK "HTTP/1.1 200 OK\r\n"
#define EMPTY "Content-Length: 0\r\n\r\n"

static struct scene scene;
static struct net_cert ca, leaf;
static struct native_net_tls_config *trusting;

static void expect_error(enum native_http_error_kind kind)
{
    check(scene.error.kind == kind, "error %s (%s), expected %s",
          native_http_error_kind_name(scene.error.kind), scene.error.message,
          native_http_error_kind_name(kind));
}

static bool asked(const char *text)
{
    return check(strstr(scene.asked, text) != NULL, "not asked: %s in %s", text, scene.asked);
}

/* ---- TLS ---- */

static struct native_net_tls_config *config(bool verify)
{
    struct native_net_tls_options options = NATIVE_NET_TLS_OPTIONS_INIT;
    struct native_net_error error;
    struct native_net_tls_config *made;
    options.verify_peer = options.verify_host = verify;
    options.ca_bytes = ca.cert;
    options.ca_bytes_len = strlen(ca.cert);
    made = native_net_tls_config_new(&options, &error);
    check(made != NULL, "no configuration: %s", error.message);
    return made;
}

static void make_certs(void)
{
    struct net_cert_request request = {.subject = "CN=ca", .is_ca = true};
    net_cert_make(&request, &ca);
    request = (struct net_cert_request){
        .subject = "CN=localhost", .dns = {"localhost"}, .issuer = &ca, .issuer_name = "CN=ca"};
    net_cert_make(&request, &leaf);
    trusting = config(true);
}

static void test_tls(void)
{
    scene_init(&scene);
    scene.server.cert = &leaf;
    scene.options.tls = trusting;
    scene.url = "https://localhost:%d/x";
    scene.answers[0] = scene.answers[1] =
        (struct scene_answer){OK "Content-Length: 2\r\n\r\nhi", SCENE_KEEP};
    scene_serve(&scene);
    scene_transfer(&scene);
    expect_error(0);
    check(strcmp(scene.body, "hi") == 0, "body %s", scene.body);
    check(scene.info.times.tls > 0 && !scene.info.reused, "no TLS time");
    scene_transfer(&scene);
    expect_error(0);
    check(scene.info.reused, "not reused");
    scene_end(&scene);
    scene_stop(&scene);
    end_test("https, and the connection is used again");

    scene_init(&scene);
    scene.server.cert = &leaf;
    scene.options.tls = trusting;
    scene.url = "https://127.0.0.1:%d/x";
    scene_serve(&scene);
    scene_transfer(&scene);
    scene_end(&scene);
    scene_stop(&scene);
    expect_error(NATIVE_HTTP_ERROR_TLS);
    check(scene.error.net.kind == NATIVE_NET_ERROR_TLS_CERT_HOST, "kind %s",
          native_net_error_kind_name(scene.error.net.kind));
    end_test("https to another name: %s", scene.error.message);
}

static void test_tls_settings(void)
{
    struct native_net_tls_config *blind = config(false);
    scene_init(&scene);
    scene.server.cert = &leaf;
    scene.connections = 2;
    scene.options.tls = blind;
    scene.url = "https://localhost:%d/x";
    scene.answers[0] = scene.answers[1] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene.answers[0].then = SCENE_CLOSE;
    scene_serve(&scene);
    scene_transfer(&scene);
    expect_error(0);
    scene.options.tls = trusting;
    scene_transfer(&scene);
    expect_error(0);
    check(!scene.info.reused, "a connection that verified nothing was used for one that must");
    scene_end(&scene);
    scene_stop(&scene);
    native_net_tls_config_unref(blind);
    end_test("a connection that verified nothing does not serve one that must");
}

/* ---- proxies: the scripted server plays them ---- */

static void test_http_proxy(void)
{
    char proxy[64];
    scene_init(&scene);
    scene.url = "http://example.test/a?b";
    scene.answers[0] = (struct scene_answer){OK "Content-Length: 2\r\n\r\nhi", SCENE_KEEP};
    scene_serve(&scene);
    snprintf(proxy, sizeof(proxy), "127.0.0.1:%d", scene.server.port);
    scene.options.proxy = (struct native_http_span){proxy, strlen(proxy)};
    scene_transfer(&scene);
    scene_end(&scene);
    scene_stop(&scene);
    expect_error(0);
    asked("GET http://example.test/a?b HTTP/1.1\r\nHost: example.test\r\n");
    asked("Proxy-Connection: Keep-Alive\r\n");
    check(scene.info.used_proxy, "no proxy");
    end_test("a proxy gets the absolute form");

    scene_init(&scene);
    scene.options.tunnel = true;
    scene.url = "http://example.test/a";
    scene.answers[0] =
        (struct scene_answer){"HTTP/1.1 200 Connection established\r\nX: y\r\n\r\n", SCENE_KEEP};
    scene.answers[1] = (struct scene_answer){OK "Content-Length: 2\r\n\r\nhi", SCENE_KEEP};
    scene.answers[2] = (struct scene_answer){OK "Content-Length: 2\r\n\r\nho", SCENE_KEEP};
    scene_serve(&scene);
    scene.options.proxy = (struct native_http_span){
        proxy, (size_t)snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%d", scene.server.port)};
    scene_transfer(&scene);
    expect_error(0);
    check(scene.info.connect_status == 200 && scene.info.status == 200, "status %d %d",
          scene.info.connect_status, scene.info.status);
    check(strstr(scene.lines, "X: y\r\n") != NULL, "the proxy's lines are missing: %s",
          scene.lines);
    scene_transfer(&scene);
    scene_end(&scene);
    scene_stop(&scene);
    expect_error(0);
    check(scene.info.reused, "the tunnel was not used again");
    check(strcmp(scene.body, "ho") == 0, "%s", scene.body);
    asked("CONNECT example.test:80 HTTP/1.1\r\nHost: example.test:80\r\n");
    asked("GET /a HTTP/1.1\r\nHost: example.test\r\n");
    end_test("CONNECT");

    scene_init(&scene);
    scene.options.tunnel = true;
    scene.url = "http://example.test/a";
    scene.answers[0] =
        (struct scene_answer){"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno", SCENE_KEEP};
    scene_serve(&scene);
    scene.options.proxy = (struct native_http_span){
        proxy, (size_t)snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%d", scene.server.port)};
    scene_transfer(&scene);
    scene_end(&scene);
    scene_stop(&scene);
    expect_error(NATIVE_HTTP_ERROR_PROXY);
    check(scene.error.code == 403 && scene.info.status == 0, "code %d, status %d", scene.error.code,
          scene.info.status);
    check(scene.error.phase == NATIVE_HTTP_PHASE_PROXY, "phase %d", scene.error.phase);
    end_test("CONNECT that is refused: %s", scene.error.message);
}

static void test_no_proxy(void)
{
    static const struct {
        const char *list;
        const char *host;
        enum native_http_host_kind kind;
        bool direct;
    } cases[] = {
        {"*", "a.example", NATIVE_HTTP_HOST_NAME, true},
        {"example.org", "example.org", NATIVE_HTTP_HOST_NAME, true},
        {"example.org", "www.Example.org", NATIVE_HTTP_HOST_NAME, true},
        {".example.org", "example.org", NATIVE_HTTP_HOST_NAME, true},
        {"example.org", "badexample.org", NATIVE_HTTP_HOST_NAME, false},
        {"a.b, example.org. c.d", "example.org.", NATIVE_HTTP_HOST_NAME, true},
        {"192.0.2.0/24", "192.0.2.77", NATIVE_HTTP_HOST_IPV4, true},
        {"192.0.2.0/25", "192.0.2.177", NATIVE_HTTP_HOST_IPV4, false},
        {"192.0.2.1", "192.0.2.1", NATIVE_HTTP_HOST_IPV4, true},
        {"[2001:db8::]/32", "2001:db8::1", NATIVE_HTTP_HOST_IPV6, false},
        {"2001:db8::/32", "2001:db8:1::1", NATIVE_HTTP_HOST_IPV6, true},
        {"[2001:db8::1]", "2001:db8::1", NATIVE_HTTP_HOST_IPV6, true},
        {"", "example.org", NATIVE_HTTP_HOST_NAME, false},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct native_http_span list = {cases[i].list, strlen(cases[i].list)};
        struct native_http_span host = {cases[i].host, strlen(cases[i].host)};
        check(native_http_no_proxy(list, host, cases[i].kind) == cases[i].direct, "%s for %s",
              cases[i].list, cases[i].host);
    }
    end_test("whom no proxy is asked for");
}

/* A SOCKS 5 proxy that is also the server behind it. */
static void socks_script(struct net_peer *peer)
{
    static const unsigned char method[] = {5, 0};
    static const unsigned char granted[] = {5, 0, 0, 1, 127, 0, 0, 1, 0, 80};
    struct scene *s = peer->server->data;
    unsigned char in[64];
    ssize_t got = net_peer_read(peer, in, sizeof(in)); /* 5 1 0 */
    if (got < 3 || !net_peer_write(peer, method, sizeof(method)))
        return;
    got = net_peer_read(peer, in, sizeof(in));
    s->calls = got > 4 && in[3] == 3 && memcmp(in + 5, "example.test", 12) == 0;
    snprintf(s->lines, sizeof(s->lines), "kind %d, first byte %d", in[3], in[4]);
    if (!net_peer_write(peer, granted, sizeof(granted)))
        return;
    got = net_peer_read(peer, s->asked, sizeof(s->asked) - 1);
    s->asked[got > 0 ? got : 0] = '\0';
    (void)net_peer_write(peer, OK EMPTY, strlen(OK EMPTY));
    while (net_peer_read(peer, in, sizeof(in)) > 0)
        continue;
}

static void test_socks(void)
{
    char proxy[64];
    scene_init(&scene);
    scene.url = "http://example.test/a";
    scene.server.connections = 1;
    scene.server.script = socks_script;
    scene.server.data = &scene;
    net_server_start(&scene.server);
    scene.options.proxy = (struct native_http_span){
        proxy, (size_t)snprintf(proxy, sizeof(proxy), "socks5h://127.0.0.1:%d", scene.server.port)};
    scene_transfer(&scene);
    scene_end(&scene);
    net_server_stop(&scene.server);
    expect_error(0);
    check(scene.info.status == 200, "status %d", scene.info.status);
    asked("GET /a HTTP/1.1\r\nHost: example.test\r\n");
    check(scene.calls == 1, "%s", scene.lines);
    end_test("SOCKS 5 with the name");
}

/* SOCKS 5 gets one of the addresses that the user gives for the name. */
static void test_socks_addresses(void)
{
    static const struct {
        int family;
        const char *sent;
    } cases[] = {{0, "kind 4, first byte 32"}, {4, "kind 1, first byte 192"}};
    struct native_net_addresses addresses = {.count = 2};
    struct native_http_resolve_entry entry = {NATIVE_HTTP_SPAN("example.test"), 80, &addresses};
    char proxy[64];
    native_net_address_parse("2001:db8::1", &addresses.items[0]);
    native_net_address_parse("192.0.2.1", &addresses.items[1]);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        scene_init(&scene);
        scene.url = "http://example.test/";
        scene.server.connections = 1;
        scene.server.script = socks_script;
        scene.server.data = &scene;
        net_server_start(&scene.server);
        scene.options.resolve = &entry;
        scene.options.resolve_len = 1;
        scene.options.family = cases[i].family;
        scene.options.proxy = (struct native_http_span){
            proxy,
            (size_t)snprintf(proxy, sizeof(proxy), "socks5://127.0.0.1:%d", scene.server.port)};
        scene_transfer(&scene);
        scene_end(&scene);
        net_server_stop(&scene.server);
        expect_error(0);
        check(strncmp(scene.lines, cases[i].sent, strlen(cases[i].sent)) == 0, "%s", scene.lines);
        end_test("SOCKS 5 with an address of the user's, %s",
                 cases[i].family ? "IPv4" : "the first");
    }
}

/* ---- other ways ---- */

static void test_overrides(void)
{
    struct native_net_addresses addresses = {.count = 1};
    struct native_http_resolve_entry entry = {NATIVE_HTTP_SPAN("example.test"), 0, &addresses};
    struct native_http_connect_entry to = {NATIVE_HTTP_SPAN("example.test"), 80,
                                           NATIVE_HTTP_SPAN("127.0.0.1"), 0};
    native_net_address_parse("127.0.0.1", &addresses.items[0]);
    scene_init(&scene);
    scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_serve(&scene);
    entry.port = scene.server.port;
    native_net_address_set_port(&addresses.items[0], scene.server.port);
    scene.options.resolve = &entry;
    scene.options.resolve_len = 1;
    scene.url = "http://example.test:%d/";
    scene_transfer(&scene);
    scene_end(&scene);
    scene_stop(&scene);
    expect_error(0);
    asked("Host: example.test:");
    end_test("a name with addresses of the user's");

    scene_init(&scene);
    scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene_serve(&scene);
    to.to_port = scene.server.port;
    scene.options.connect_to = &to;
    scene.options.connect_to_len = 1;
    scene.url = "http://example.test/";
    scene_transfer(&scene);
    scene_end(&scene);
    scene_stop(&scene);
    expect_error(0);
    asked("Host: example.test\r\n");
    end_test("another host in its place");
}

static void test_unix(void)
{
    char path[256];
    snprintf(path, sizeof(path), "%s/http.sock", net_temp_dir());
    scene_init(&scene);
    scene.url = "http://localhost/x";
    scene.answers[0] = (struct scene_answer){OK EMPTY, SCENE_KEEP};
    scene.unix_path = path;
    scene.options.unix_path = (struct native_http_span){path, strlen(path)};
    scene_run(&scene);
    expect_error(0);
    asked("GET /x HTTP/1.1\r\nHost: localhost\r\n");
    end_test("a Unix socket");
}

/* ---- the body on its way ---- */

static int pauses;

static enum native_http_verdict pausing_body(void *ctx, struct native_http_transfer *transfer,
                                             struct native_http_span bytes)
{
    if (++pauses % 2 == 1)
        return NATIVE_HTTP_PAUSE;
    (void)transfer;
    struct scene *s = ctx;
    memcpy(s->body + s->body_len, bytes.at, bytes.len);
    s->body_len += bytes.len;
    s->body[s->body_len] = '\0';
    return NATIVE_HTTP_GO_ON;
}

/* Each step resumes what is paused. */
static enum native_http_verdict resuming_progress(void *ctx, struct native_http_transfer *transfer)
{
    (void)ctx;
    if (native_http_transfer_paused(transfer))
        native_http_transfer_resume(transfer, NATIVE_NET_READ | NATIVE_NET_WRITE);
    return NATIVE_HTTP_GO_ON;
}

static void test_pause(void)
{
    for (int split = 0; split < 2; split++) {
        scene_init(&scene);
        scene.split = split;
        scene.handlers.body = pausing_body;
        scene.handlers.progress = resuming_progress;
        scene.answers[0] = (struct scene_answer){
            OK "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",
            SCENE_KEEP};
        pauses = 0;
        scene_run(&scene);
        expect_error(0);
        check(strcmp(scene.body, "hello world") == 0, "body %s", scene.body);
        end_test("a body that is paused at every piece%s", split ? ", byte by byte" : "");
    }
}

static enum native_http_verdict refusing_body(void *ctx, struct native_http_transfer *transfer,
                                              struct native_http_span bytes)
{
    (void)ctx, (void)transfer, (void)bytes;
    return NATIVE_HTTP_REFUSE;
}

static enum native_http_verdict aborting_progress(void *ctx, struct native_http_transfer *transfer)
{
    (void)ctx;
    return native_http_transfer_info(transfer)->received_bytes > 0 ? NATIVE_HTTP_ABORT
                                                                   : NATIVE_HTTP_GO_ON;
}

static void test_stop(void)
{
    scene_init(&scene);
    scene.handlers.body = refusing_body;
    scene.answers[0] = (struct scene_answer){OK "Content-Length: 5\r\n\r\nhello", SCENE_KEEP};
    scene_run(&scene);
    expect_error(NATIVE_HTTP_ERROR_SINK);
    end_test("a body that is refused");

    scene_init(&scene);
    scene.handlers.progress = aborting_progress;
    scene.answers[0] = (struct scene_answer){OK "Content-Length: 5\r\n\r\nhel", SCENE_STALL};
    scene_run(&scene);
    expect_error(NATIVE_HTTP_ERROR_ABORTED);
    end_test("aborted from the report of progress");
}

/* ---- many at once ---- */

enum { MANY = 40 };

static void many_script(struct net_peer *peer)
{
    char in[4096];
    size_t len = 0;
    ssize_t got;
    while ((got = net_peer_read(peer, in + len, sizeof(in) - 1 - len)) > 0) {
        len += (size_t)got;
        in[len] = '\0';
        if (strstr(in, "\r\n\r\n")) {
            (void)net_peer_write(peer, OK "Content-Length: 2\r\n\r\nhi",
                                 strlen(OK "Content-Length: 2\r\n\r\nhi"));
            len = 0;
        }
    }
}

static void test_many(void)
{
    struct native_http_pool *pool = native_http_pool_new();
    struct native_http_engine *engine = native_http_engine_new(pool);
    struct native_http_transfer *transfers[MANY];
    struct native_http_handlers none;
    struct native_http_options options = NATIVE_HTTP_OPTIONS_INIT;
    struct net_server server = {.connections = 1, .script = many_script};
    char url[64];
    int good = 0;
    int told = 0;
    memset(&none, 0, sizeof(none));
    net_server_start(&server);
    snprintf(url, sizeof(url), "http://127.0.0.1:%d/", server.port);
    options.url = (struct native_http_span){url, strlen(url)};
    options.proxy = NATIVE_HTTP_SPAN("");
    options.timeout_ms = 20000;
    native_http_engine_limits(engine)->connections_per_host = 1;
    for (int i = 0; i < MANY; i++) {
        transfers[i] = native_http_transfer_new(&options, &none, NULL);
        native_http_engine_add(engine, transfers[i]);
    }
    while (native_http_engine_step(engine) > 0)
        native_http_engine_wait(engine, NULL, 0, 5000);
    while (native_http_engine_next_done(engine))
        told++;
    for (int i = 0; i < MANY; i++) {
        good += native_http_transfer_info(transfers[i])->status == 200;
        native_http_transfer_free(transfers[i]);
    }
    check(good == MANY && told == MANY, "%d good, %d told", good, told);
    check(native_http_pool_counts(pool)->opened == 1, "%llu opened",
          (unsigned long long)native_http_pool_counts(pool)->opened);
    native_http_engine_free(engine);
    native_http_pool_free(pool);
    net_server_stop(&server);
    end_test("%d transfers take turns on one connection", MANY);
}

static void test_speed(void)
{
    static char answer[40000];
    int64_t begun = native_net_clock_ms();
    int at = snprintf(answer, sizeof(answer), OK "Content-Length: 30000\r\n\r\n");
    memset(answer + at, 'x', 30000);
    answer[at + 30000] = '\0';
    scene_init(&scene);
    scene.options.max_receive_speed = 20000;
    scene.answers[0] = (struct scene_answer){answer, SCENE_KEEP};
    scene_run(&scene);
    expect_error(0);
    check(scene.body_len == 30000, "%zu bytes", scene.body_len);
    check(native_net_clock_ms() - begun > 1400, "%lld ms",
          (long long)(native_net_clock_ms() - begun));
    end_test("a limit of speed");
}

int main(void)
{
    make_certs();
    test_tls();
    test_tls_settings();
    test_http_proxy();
    test_no_proxy();
    test_socks();
    test_socks_addresses();
    test_overrides();
    test_unix();
    test_pause();
    test_stop();
    test_many();
    test_speed();
    native_net_tls_config_unref(trusting);
    return done();
}
