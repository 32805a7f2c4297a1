/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_call.c - calls without callbacks against a scripted server: requests, results, what is refused, kept connections,
 * TLS, time, forks, no memory. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tests/c/harness.h"
#include "tests/c/support/http_scene.h"
#include "tests/c/support/no_memory.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>

#include "http/call.h"

#define OK "HTTP/1.1 200 OK\r\n"
#define HI OK "Content-Length: 2\r\n\r\nhi"

static struct scene scene;
static struct native_http_client *client;
static struct native_http_call *call;
static const struct native_http_result *result;
static char url[256];

/* ---- shorter ---- */

static bool text(enum native_http_call_text what, const char *value)
{
    return native_http_call_set_text(call, what, value, value ? strlen(value) : 0);
}

static bool number(enum native_http_call_number what, int64_t value)
{
    return native_http_call_set_number(call, what, value);
}

static bool field(const char *name, const char *value)
{
    return native_http_call_add_field(call, name, strlen(name), value, value ? strlen(value) : 0);
}

/* A new call of the client's to the server, or (path with "://") to anywhere. */
static void new_call(const char *path)
{
    native_http_call_free(call);
    call = native_http_call_new(client);
    result = native_http_call_result(call);
    if (strstr(path, "://"))
        snprintf(url, sizeof(url), path, scene.server.port);
    else
        snprintf(url, sizeof(url), "http://127.0.0.1:%d%s", scene.server.port, path);
    text(NATIVE_HTTP_CALL_URL, url);
    text(NATIVE_HTTP_CALL_PROXY, "");
    number(NATIVE_HTTP_CALL_TIMEOUT_MS, 20000);
}

static void serve(int connections, const char *first, const char *second)
{
    scene_init(&scene);
    scene.connections = connections;
    scene.answers[0] = (struct scene_answer){first, SCENE_KEEP};
    scene.answers[1] = (struct scene_answer){second, SCENE_KEEP};
    scene_serve(&scene);
    client = native_http_client_new(false);
}

/* The client first: the server waits until its connections end. */
static void finish(void)
{
    native_http_call_free(call);
    native_http_client_free(client);
    call = NULL;
    client = NULL;
    scene_stop(&scene);
}

static void expect(enum native_http_call_status status, const char *error, const char *reason)
{
    enum native_http_call_status got = native_http_call_perform(call, -1);

    check(got == status && strcmp(result->error, error) == 0 && strcmp(result->reason, reason) == 0,
          "status %d, error \"%s\", reason \"%s\", phase \"%s\": %s", got, result->error,
          result->reason, result->phase, result->message);
}

static void done_with(int status, const char *body)
{
    expect(NATIVE_HTTP_CALL_DONE, "", "");
    check(result->status == status, "status %d", (int)result->status);
    check(result->body_len == strlen(body) && strcmp(result->body, body) == 0, "body \"%s\"",
          result->body);
}

static void asked(const char *what)
{
    check(strstr(scene.asked, what) != NULL, "not asked: %s in %s", what, scene.asked);
}

/* ---- tests ---- */

static void test_get(void)
{
    serve(1, OK "X-One: a\r\nx-one:  b c \r\nX-Empty:\r\nContent-Length: 5\r\n\r\nhello", HI);
    new_call("/a?b#c");
    text(NATIVE_HTTP_CALL_USER_AGENT, "ours");
    check(field("X-Mine", " v ") && field("X-Empty", "") && field("X-Blank", "  ") &&
              field("Accept", NULL),
          "a field was refused: %s", result->message);
    done_with(200, "hello");
    asked("GET /a?b HTTP/1.1\r\n");
    asked("User-Agent: ours\r\n");
    asked("X-Mine: v\r\nX-Empty:\r\nX-Blank:\r\n");
    check(!strstr(scene.asked, "Accept:"), "Accept was sent");
    check(result->fields_len == 44 &&
              memcmp(result->fields, "X-One\0a\0x-one\0b c\0X-Empty\0\0Content-Length\0005\0",
                     44) == 0,
          "fields of %zu bytes: %s", result->fields_len, result->fields);
    check(result->version == 11 && !result->reused && result->received == 5 &&
              result->total_us >= result->first_us && result->connect_us > 0,
          "version %d, reused %d, received %d", result->version, result->reused,
          (int)result->received);
    check(strncmp(result->url, "http://127.0.0.1:", 17) == 0 && strstr(result->url, "/a?b") &&
              strlen(result->url) == result->url_len,
          "url %s", result->url);
    end_test("GET: fields both ways, the body, numbers");

    new_call("/");
    done_with(200, "hi");
    check(result->reused && result->connect_us == 0, "not reused");
    finish();
    end_test("the second call finds the first one's connection");
}

static void test_again(void)
{
    serve(1, HI, OK "Content-Length: 3\r\n\r\nyes");
    new_call("/");
    done_with(200, "hi");
    text(NATIVE_HTTP_CALL_METHOD, "PUT");
    native_http_call_set_body(call, "abc", 3, "x/y", 3);
    done_with(200, "yes");
    asked("PUT / HTTP/1.1\r\n");
    asked("Content-Length: 3\r\nContent-Type: x/y\r\n\r\nabc");
    check(result->sent == 3, "sent %d", (int)result->sent);
    finish();
    end_test("one that has ended begins anew, with what was set since");
}

static void test_redirect(void)
{
    char redirect[256];

    scene_init(&scene);
    scene.answers[0] = (struct scene_answer){"", SCENE_KEEP};
    scene_serve(&scene);
    client = native_http_client_new(false);
    snprintf(redirect, sizeof(redirect),
             "HTTP/1.1 302 Found\r\nLocation: http://u:p@127.0.0.1:%d/to@x\r\n"
             "Content-Length: 3\r\nSet-Cookie: k=v\r\n\r\nold",
             scene.server.port);
    scene.answers[0].bytes = redirect;
    scene.answers[1] = (struct scene_answer){HI, SCENE_KEEP};
    scene.answers[2] = (struct scene_answer){redirect, SCENE_KEEP};
    new_call("/");
    number(NATIVE_HTTP_CALL_COOKIES, 1);
    native_http_call_set_body(call, "a=1", 3, NULL, 0);
    done_with(200, "hi");
    asked("POST / HTTP/1.1\r\n");
    asked("GET /to@x HTTP/1.1\r\n");
    asked("Cookie: k=v\r\n");
    check(result->redirects == 1 && !strchr(strstr(result->url, "//"), 'u') &&
              strstr(result->url, "/to@x"),
          "%d redirects, to %s", result->redirects, result->url);
    end_test("a redirect is followed, with cookies; the URL is told without its password");

    new_call("/");
    number(NATIVE_HTTP_CALL_FOLLOW, 0);
    done_with(302, "old");
    finish();
    end_test("... and is not");
}

static void refused(bool taken, const char *word)
{
    check(!taken && strstr(result->message, word), "%s: %s", taken ? "taken" : "refused",
          result->message);
}

static void test_refused(void)
{
    int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t len = sizeof(address);

    client = native_http_client_new(false);
    scene_init(&scene);
    new_call("/");
    refused(field("X: y\r\nZ", "v"), "token");
    refused(field("", "v"), "token");
    refused(field("X", "a\r\nY: b"), "field X");
    refused(field("X", "a\nY: b"), "field X");
    refused(native_http_call_add_field(call, "X", 1, "a\0b", 3), "field X");
    refused(native_http_call_set_body(call, "x", 1, "a/b\r\nX: y", 9), "type");
    refused(native_http_call_set_text(call, NATIVE_HTTP_CALL_CA_FILE, "a\0b", 3), "the CA file");
    refused(text(NATIVE_HTTP_CALL_USER_AGENT, "a\r\nX: y"), "the user agent");
    refused(text(NATIVE_HTTP_CALL_REFERER, "a\nX: y"), "the referer");
    refused(text(NATIVE_HTTP_CALL_RANGE, "a\rX: y"), "the range");
    refused(text(NATIVE_HTTP_CALL_BEARER, "a\r\nX: y"), "the bearer token");
    refused(number(NATIVE_HTTP_CALL_TIMEOUT_MS, -1), "time limit");
    refused(number(NATIVE_HTTP_CALL_FAMILY, 5), "IP");
    refused(number(NATIVE_HTTP_CALL_NUMBERS, 0), "number");
    refused(text(NATIVE_HTTP_CALL_TEXTS, "x"), "text");
    end_test("what cannot be is refused where it is set");

    text(NATIVE_HTTP_CALL_METHOD, "GET / HTTP/1.1\r\nX: y");
    expect(NATIVE_HTTP_CALL_FAILED, "bad_argument", "");
    new_call("http://127.0.0.1/\r\nX: y");
    expect(NATIVE_HTTP_CALL_FAILED, "url", "");
    new_call("/");
    text(NATIVE_HTTP_CALL_URL, NULL);
    expect(NATIVE_HTTP_CALL_FAILED, "url", "");
    new_call("gopher://127.0.0.1/");
    expect(NATIVE_HTTP_CALL_FAILED, "scheme", "");
    end_test("... and before anything is sent");

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    check(bind(socket_fd, (struct sockaddr *)&address, len) == 0, "bind");
    getsockname(socket_fd, (struct sockaddr *)&address, &len);
    scene.server.port = ntohs(address.sin_port); /* nobody listens */
    new_call("/");
    expect(NATIVE_HTTP_CALL_FAILED, "connect", "connect_refused");
    check(strcmp(result->phase, "connect") == 0 && result->status == 0, "phase %s", result->phase);
    end_test("nobody listens");

    if (!malloc_can_fail()) {
        close(socket_fd);
        native_http_call_free(call);
        native_http_client_free(client);
        call = NULL;
        return;
    }
    native_http_call_free(call);
    native_http_client_free(client);
    call = NULL;
    for (int i = 1, missed = 0; missed == 0 && i < 2000; i++) {
        bool set = false;

        failures = 0;
        countdown = i;
        client = native_http_client_new(false);
        call = client ? native_http_call_new(client) : NULL;
        if (call) {
            result = native_http_call_result(call);
            set = text(NATIVE_HTTP_CALL_URL, url) && text(NATIVE_HTTP_CALL_PROXY, "") &&
                  field("A", "b") && native_http_call_set_body(call, "x", 1, "y/z", 3);
        }
        if (set)
            check(native_http_call_perform(call, -1) == NATIVE_HTTP_CALL_FAILED, "not failed");
        countdown = 0;
        missed = failures == 0;
        if (call && !set)
            check(strstr(result->message, "memory") != NULL, "message %s", result->message);
        native_http_call_free(call);
        native_http_client_free(client);
        call = NULL;
    }
    close(socket_fd);
    end_test("any allocation may fail");
}

static void test_shared(void)
{
    serve(1, HI, OK "Content-Length: 3\r\n\r\nyes");
    native_http_client_free(client);
    client = native_http_client_new(true);
    new_call("/");
    done_with(200, "hi");
    check(native_http_client_free_lost() == 1, "not one client");
    check(native_http_client_free_lost() == 0, "a client is left");
    call = NULL;
    client = native_http_client_new(true);
    new_call("/");
    done_with(200, "yes");
    check(result->reused, "not reused");
    native_http_client_keep(client, 0, 0, 0); /* the thread's last connection goes */
    finish();
    end_test("a shared client finds the connection of one that was lost");
}

static void on_alarm(int signal_number)
{
    (void)signal_number;
}

static void test_time(void)
{
    struct itimerval timer = {.it_value = {0, 50000}};
    struct sigaction action = {.sa_handler = SIG_DFL};
    pid_t child;
    int status;

    serve(1, "", NULL);
    scene.answers[0] = (struct scene_answer){OK "Content-Length: 9\r\n\r\nabc", SCENE_STALL};
    new_call("/");
    check(native_http_call_perform(call, 0) == NATIVE_HTTP_CALL_MORE, "not MORE");
    while (native_http_call_perform(call, 20) == NATIVE_HTTP_CALL_MORE && scene.asked[0] == '\0')
        continue;
    check(result->status == 0 && result->error[0] == '\0', "a result before the end");
    check(!number(NATIVE_HTTP_CALL_FOLLOW, 0) && strstr(result->message, "under way"),
          "changed while it is under way");
    action.sa_handler = on_alarm;
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
    check(native_http_call_perform(call, 20000) == NATIVE_HTTP_CALL_MORE, "no MORE by a signal");
    end_test("it gives back control when time is over and when a signal comes");

    fflush(stdout);
    child = fork();
    if (child == 0) {
        bool good = native_http_call_perform(call, -1) == NATIVE_HTTP_CALL_FAILED &&
                    strcmp(result->error, "aborted") == 0 && strstr(result->message, "forked");

        native_http_call_free(call);
        native_http_client_free(client);
        _exit(good ? 0 : 1);
    }
    waitpid(child, &status, 0);
    check(status == 0, "the child ended with %d", status);
    check(native_http_call_perform(call, 20) == NATIVE_HTTP_CALL_MORE, "the parent's has ended");
    end_test("a forked child leaves the parent's call alone");

    new_call("/"); /* breaks it off: the server takes no more connections, but the kernel does */
    number(NATIVE_HTTP_CALL_TIMEOUT_MS, 100);
    expect(NATIVE_HTTP_CALL_FAILED, "timeout", "");
    finish();
    end_test("a time limit of the call's own");
}

static void test_tls(void)
{
    static struct net_cert ca, leaf;
    struct net_cert_request request = {.subject = "CN=ca", .is_ca = true};

    net_cert_make(&request, &ca);
    request = (struct net_cert_request){
        .subject = "CN=localhost", .dns = {"localhost"}, .issuer = &ca, .issuer_name = "CN=ca"};
    net_cert_make(&request, &leaf);
    scene_init(&scene);
    scene.server.cert = &leaf;
    scene.connections = 3;
    scene.answers[0] = scene.answers[1] = scene.answers[2] = (struct scene_answer){HI, SCENE_KEEP};
    scene_serve(&scene);
    client = native_http_client_new(false);
    new_call("https://localhost:%d/");
    text(NATIVE_HTTP_CALL_CA, ca.cert);
    done_with(200, "hi");
    check(result->tls_us > 0 && !result->reused, "no TLS");
    new_call("https://localhost:%d/");
    text(NATIVE_HTTP_CALL_CA_FILE, net_temp_file("ca.pem", ca.cert, strlen(ca.cert)));
    done_with(200, "hi");
    check(result->reused, "not reused");
    end_test("https with a CA: the connection is used again");

    /* The server serves one connection after the other. */
    native_http_client_keep(client, 0, 0, 0);
    new_call("https://127.0.0.1:%d/");
    text(NATIVE_HTTP_CALL_CA, ca.cert);
    expect(NATIVE_HTTP_CALL_FAILED, "tls", "tls_cert_host");
    new_call("https://127.0.0.1:%d/");
    expect(NATIVE_HTTP_CALL_FAILED, "tls", "tls_cert_unknown_issuer");
    check(strcmp(result->phase, "tls") == 0 && result->message[0] != '\0', "phase %s",
          result->phase);
    new_call("https://127.0.0.1:%d/");
    text(NATIVE_HTTP_CALL_CA_FILE, "/no/such/file");
    expect(NATIVE_HTTP_CALL_FAILED, "tls", "tls_config");
    finish();
    end_test("... and what is refused");
}

int main(void)
{
    test_get();
    test_again();
    test_redirect();
    test_refused();
    test_shared();
    test_time();
    test_tls();
    return done();
}
