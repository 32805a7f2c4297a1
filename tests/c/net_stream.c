/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_stream.c - plain streams: connecting, failing to connect, waiting, moving bytes, ending,
 * forking. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>

#include "../../net/resolve.h"
#include "harness.h"
#include "support/net_client.h"
#include "support/net_server.h"

/* The system's resolver, replaced: "two.test" has two addresses that are given here, "slow.test"
 * takes as long as `slow_ms`, and nothing else exists. */
static char two_addresses[2][64];
static int slow_ms = 600;

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
                struct addrinfo **out)
{
    int count = strcmp(host, "two.test") == 0 ? 2 : strcmp(host, "slow.test") == 0 ? 1 : 0;
    int i;
    (void)service, (void)hints;
    *out = NULL;
    if (strcmp(host, "slow.test") == 0)
        usleep((useconds_t)slow_ms * 1000);
    for (i = count - 1; i >= 0; i--) {
        struct {
            struct addrinfo info;
            struct sockaddr_storage at;
        } *one = calloc(1, sizeof(*one));
        const char *text = count == 2 ? two_addresses[i] : "127.0.0.1";
        bool v6 = strchr(text, ':') != NULL;
        struct sockaddr_in6 *six = (struct sockaddr_in6 *)&one->at;
        struct sockaddr_in *four = (struct sockaddr_in *)&one->at;
        one->info.ai_family = one->at.ss_family = v6 ? AF_INET6 : AF_INET;
        inet_pton(v6 ? AF_INET6 : AF_INET, text,
                  v6 ? (void *)&six->sin6_addr : (void *)&four->sin_addr);
        one->info.ai_addr = (struct sockaddr *)&one->at;
        one->info.ai_addrlen = v6 ? sizeof(*six) : sizeof(*four);
        one->info.ai_next = *out;
        *out = &one->info;
    }
    return count ? 0 : EAI_NONAME;
}

void freeaddrinfo(struct addrinfo *list)
{
    while (list) {
        struct addrinfo *next = list->ai_next;
        free(list);
        list = next;
    }
}

static struct native_net_stream_options to(const char *host, uint16_t port, int64_t timeout_ms)
{
    struct native_net_stream_options options = NATIVE_NET_STREAM_OPTIONS_INIT;
    options.host = host;
    options.port = port;
    options.connect_timeout_ms = timeout_ms;
    return options;
}

static struct native_net_stream *open_it(const struct native_net_stream_options *options,
                                         struct native_net_error *error)
{
    struct native_net_stream *stream = native_net_stream_new(options, error);
    if (stream && net_client_open(stream, error) != NATIVE_NET_OK) {
        native_net_stream_free(stream);
        return NULL;
    }
    return stream;
}

static bool echoes(struct native_net_stream *stream, const char *text)
{
    char back[64];
    size_t got = 0;
    struct native_net_error error = {.message = ""};
    if (net_client_write(stream, text, strlen(text), &error) == NATIVE_NET_OK &&
        net_client_read(stream, back, strlen(text), &got, &error) == NATIVE_NET_OK &&
        got == strlen(text) && memcmp(back, text, got) == 0)
        return true;
    printf("# no echo of %s: %zu bytes. %s\n", text, got, error.message);
    return false;
}

static int count_descriptors(void)
{
    int count = 0;
    int fd;
    for (fd = 0; fd < 512; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

/* Opening fails with this kind, within these milliseconds, and leaves no descriptor behind. */
static void fails(const char *what, const struct native_net_stream_options *options,
                  enum native_net_error_kind kind, const char *words, int64_t from_ms,
                  int64_t to_ms)
{
    struct native_net_error error;
    int before = count_descriptors();
    int64_t start = native_net_clock_ms();
    int64_t took;
    struct native_net_stream *stream;
    native_net_error_clear(&error);
    stream = open_it(options, &error);
    took = native_net_clock_ms() - start;
    check(stream == NULL, "it did not fail");
    check(error.kind == kind, "kind %s", native_net_error_kind_name(error.kind));
    check(strstr(error.message, words) != NULL, "message: %s", error.message);
    check(took >= from_ms && took <= to_ms, "it took %lld ms", (long long)took);
    native_net_stream_free(stream);
    for (took = 0; took < 2000 && count_descriptors() > before; took++)
        usleep(1000); /* a lookup nobody waits for any more ends in its own time */
    check(count_descriptors() <= before, "%d descriptors before, %d after", before,
          count_descriptors());
    end_test("%s: %s", what, error.message);
}

/* A TCP listener whose queue is full: further connects are never answered (Linux drops their SYNs).
 */
static int full_listener(uint16_t *port, int fillers[4])
{
    struct sockaddr_in at;
    socklen_t len = sizeof(at);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int i;
    memset(&at, 0, sizeof(at));
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(fd, (struct sockaddr *)&at, sizeof(at)) != 0 || listen(fd, 0) != 0 ||
        getsockname(fd, (struct sockaddr *)&at, &len) != 0)
        exit(2);
    *port = ntohs(at.sin_port);
    for (i = 0; i < 4; i++) {
        fillers[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        (void)connect(fillers[i], (struct sockaddr *)&at, sizeof(at));
    }
    usleep(20000);
    return fd;
}

static uint16_t free_port(void)
{
    struct sockaddr_in at;
    socklen_t len = sizeof(at);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    memset(&at, 0, sizeof(at));
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    (void)bind(fd, (struct sockaddr *)&at, sizeof(at));
    (void)getsockname(fd, (struct sockaddr *)&at, &len);
    close(fd);
    return ntohs(at.sin_port);
}

static void test_arguments(void)
{
    struct native_net_stream_options options = to("", 1, 100);
    struct native_net_error error;
    char path[200];
    check(!native_net_stream_new(&options, &error) && error.kind == NATIVE_NET_ERROR_BAD_ARGUMENT,
          "empty host");
    options = to("a b", 1, 100);
    check(!native_net_stream_new(&options, &error), "blank in the host");
    options = to("a\r\nb", 1, 100);
    check(!native_net_stream_new(&options, &error), "line end in the host");
    options = to("localhost", 0, 100);
    check(!native_net_stream_new(&options, &error), "port 0");
    options = to("localhost", 1, 100);
    options.scheme = NATIVE_NET_TLS;
    check(!native_net_stream_new(&options, &error), "TLS without a configuration");
    options = to("localhost", 1, 100);
    options.bind_address = "somewhere";
    check(!native_net_stream_new(&options, &error), "name to bind to");
    end_test("arguments that cannot be are refused");

    memset(path, 'x', sizeof(path) - 1);
    path[sizeof(path) - 1] = '\0';
    options = to(NULL, 0, 1000);
    options.scheme = NATIVE_NET_UNIX;
    options.path = path;
    fails("path too long", &options, NATIVE_NET_ERROR_BAD_ARGUMENT, "199 bytes", 0, 100);
    options.path = "/nowhere/at/all";
    fails("no such Unix socket", &options, NATIVE_NET_ERROR_CONNECT, "No such file", 0, 100);
}

static void test_failures(void)
{
    struct native_net_stream_options options;
    uint16_t port;
    int fillers[4];
    int listener;
    int i;

    options = to("127.0.0.1", free_port(), 5000);
    fails("refused", &options, NATIVE_NET_ERROR_CONNECT_REFUSED, "refused", 0, 200);
    options = to("localhost", free_port(), 5000);
    fails("refused by both addresses of localhost", &options, NATIVE_NET_ERROR_CONNECT_REFUSED,
          "127.0.0.1", 0, 200);
    options = to("nobody.test", 1, 5000);
    fails("no such name", &options, NATIVE_NET_ERROR_NAME, "nobody.test", 0, 500);
    fails("no such name, from the cache", &options, NATIVE_NET_ERROR_NAME, "nobody.test", 0, 100);
    options = to("127.0.0.1", 1, 5000);
    options.family = NATIVE_NET_IPV6;
    fails("no address of this family", &options, NATIVE_NET_ERROR_NAME, "no IPv6", 0, 100);
    options = to("slow.test", 1, 300);
    fails("resolver too slow", &options, NATIVE_NET_ERROR_NAME_TIMEOUT, "resolving slow.test", 300,
          400);
    options = to("127.0.0.1", free_port(), 1000);
    options.bind_address = "192.0.2.77";
    fails("bind to an address we do not have", &options, NATIVE_NET_ERROR_CONNECT,
          "cannot bind to 192.0.2.77", 0, 100);

    listener = full_listener(&port, fillers);
    options = to("127.0.0.1", port, 400);
    fails("never answered", &options, NATIVE_NET_ERROR_CONNECT_TIMEOUT, "within 400 ms", 400, 500);
    options.connect_timeout_ms = 0;
    fails("no time at all", &options, NATIVE_NET_ERROR_CONNECT_TIMEOUT, "within 0 ms", 0, 50);
    for (i = 0; i < 4; i++)
        close(fillers[i]);
    close(listener);
}

static void test_unix(void)
{
    char path[128];
    struct net_server server = {.script = net_script_echo};
    struct native_net_stream_options options = to(NULL, 0, 5000);
    struct native_net_error error;
    struct native_net_stream *stream;
    char text[160];
    (void)snprintf(path, sizeof(path), "%s/sock", net_temp_dir());
    server.path = path;
    options.scheme = NATIVE_NET_UNIX;
    options.path = path;
    net_server_start(&server);
    stream = open_it(&options, &error);
    check(stream && echoes(stream, "over a file"), "%s", error.message);
    if (stream)
        check(strcmp(native_net_stream_peer(stream, text, sizeof(text)), path) == 0, "%s", text);
    native_net_stream_free(stream);
    net_server_stop(&server);
    end_test("Unix socket");
}

static void test_happy_eyeballs(void)
{
    struct net_server server = {.script = net_script_echo};
    struct native_net_stream_options options;
    struct native_net_error error;
    struct native_net_stream *stream;
    int64_t start;
    int64_t took;
    char text[80];
    uint16_t port;
    int fillers[4];
    int listener;
    int i;

    /* The first address is silent, the second answers on the same port: take 127.0.0.2 for the
     * silent one, where a full listener sits on the server's port. */
    net_server_start(&server);
    {
        struct sockaddr_in at;
        memset(&at, 0, sizeof(at));
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = inet_addr("127.0.0.2");
        at.sin_port = htons(server.port);
        listener = socket(AF_INET, SOCK_STREAM, 0);
        check(bind(listener, (struct sockaddr *)&at, sizeof(at)) == 0 && listen(listener, 0) == 0,
              "bind to 127.0.0.2: %s", strerror(errno));
        for (i = 0; i < 4; i++) {
            fillers[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            (void)connect(fillers[i], (struct sockaddr *)&at, sizeof(at));
        }
        usleep(20000);
    }
    strcpy(two_addresses[0], "127.0.0.2");
    strcpy(two_addresses[1], "127.0.0.1");
    options = to("two.test", server.port, 5000);
    start = native_net_clock_ms();
    stream = open_it(&options, &error);
    took = native_net_clock_ms() - start;
    check(stream && echoes(stream, "second"), "%s", error.message);
    check(took >= 240 && took < 400, "it took %lld ms", (long long)took);
    if (stream)
        check(strncmp(native_net_stream_peer(stream, text, sizeof(text)), "127.0.0.1:", 10) == 0,
              "%s", text);
    native_net_stream_free(stream);
    net_server_stop(&server);
    for (i = 0; i < 4; i++)
        close(fillers[i]);
    close(listener);
    end_test("a silent first address costs 250 ms, then the second wins");

    /* A refusal costs nothing. Answers are cached, so a new server on another port is enough. */
    net_server_start(&server);
    port = server.port;
    options = to("two.test", port, 5000);
    start = native_net_clock_ms();
    stream = open_it(&options, &error);
    took = native_net_clock_ms() - start;
    check(stream && echoes(stream, "at once"), "%s", error.message);
    check(took < 100, "it took %lld ms", (long long)took);
    native_net_stream_free(stream);
    net_server_stop(&server);
    end_test("an address that refuses is passed over at once");
}

/* ---- waiting from outside ---- */

static int ready(int fd, int timeout_ms)
{
    struct pollfd one = {fd, POLLIN, 0};
    return poll(&one, 1, timeout_ms);
}

static void test_outer_loop(void)
{
    struct net_server server = {.script = net_script_echo};
    struct native_net_stream_options options;
    struct native_net_error error;
    enum native_net_status status;
    struct native_net_stream *stream;
    int first = -1;
    int turns = 0;

    slow_ms = 100;
    native_net_resolve_flush();
    net_server_start(&server);
    options = to("slow.test", server.port, 5000);
    stream = native_net_stream_new(&options, &error);
    while ((status = native_net_stream_open(stream, native_net_clock_ms(), &error)) ==
               NATIVE_NET_AGAIN &&
           turns < 100) {
        int fd = native_net_stream_fd(stream);
        int64_t deadline = native_net_stream_deadline(stream);
        check(fd >= 0, "no descriptor");
        check(first == -1 || fd == first, "the descriptor changed while opening");
        first = fd;
        check(native_net_stream_events(stream, NATIVE_NET_WRITE) == NATIVE_NET_READ, "events");
        check(deadline != NATIVE_NET_NEVER, "no deadline");
        check(ready(fd, 2000) == 1, "nothing became ready");
        turns++;
    }
    check(status == NATIVE_NET_OK, "%s", error.message);
    check(turns >= 1 && turns < 10, "%d turns", turns);
    check(native_net_stream_deadline(stream) == NATIVE_NET_NEVER, "deadline after opening");
    check(native_net_stream_events(stream, NATIVE_NET_READ) == NATIVE_NET_READ, "events");
    check(native_net_stream_events(stream, NATIVE_NET_READ | NATIVE_NET_WRITE) ==
              (NATIVE_NET_READ | NATIVE_NET_WRITE),
          "events");
    check(ready(native_net_stream_fd(stream), 0) == 0, "readable, but nothing was sent");
    check(echoes(stream, "from outside"), "echo");
    native_net_stream_close(stream, true);
    check(native_net_stream_fd(stream) == -1 && !native_net_stream_is_open(stream), "closed?");
    native_net_stream_free(stream);
    net_server_stop(&server);
    end_test("an outer loop with one descriptor drives lookup and connect in %d turns", turns);
}

static volatile sig_atomic_t alarms;
static void on_alarm(int signal)
{
    (void)signal;
    alarms++;
}

static void test_wait(void)
{
    struct net_server server = {.script = net_script_echo};
    struct native_net_stream_options options;
    struct native_net_error error;
    struct native_net_stream *stream;
    struct sigaction action;
    struct itimerval soon = {{0, 0}, {0, 50000}};
    int64_t start;
    net_server_start(&server);
    options = to("127.0.0.1", server.port, 5000);
    stream = open_it(&options, &error);
    start = native_net_clock_ms();
    check(native_net_stream_wait(stream, NATIVE_NET_READ, start + 150) == NATIVE_NET_AGAIN, "wait");
    check(native_net_clock_ms() - start >= 150 && native_net_clock_ms() - start < 250, "time");
    check(native_net_stream_wait(stream, NATIVE_NET_WRITE, start) == NATIVE_NET_OK, "writable");
    end_test("wait ends at its deadline, or when the direction is free");

    memset(&action, 0, sizeof(action));
    action.sa_handler = on_alarm;
    sigaction(SIGALRM, &action, NULL);
    start = native_net_clock_ms();
    setitimer(ITIMER_REAL, &soon, NULL);
    check(native_net_stream_wait(stream, NATIVE_NET_READ, start + 5000) == NATIVE_NET_INTERRUPTED,
          "not interrupted");
    check(native_net_clock_ms() - start < 150, "too late");
    check(alarms == 1, "%d alarms", (int)alarms);
    native_net_stream_free(stream);
    net_server_stop(&server);
    end_test("wait is interrupted by a signal");
}

/* ---- bytes ---- */

enum { BIG = 10 * 1024 * 1024 };

static void script_slow_sink(struct net_peer *peer)
{
    static unsigned char buffer[65536];
    unsigned sum = 0;
    size_t total = 0;
    ssize_t n;
    while (total < BIG && (n = net_peer_read(peer, buffer, sizeof(buffer))) > 0) {
        ssize_t i;
        for (i = 0; i < n; i++)
            sum = sum * 31 + buffer[i];
        total += (size_t)n;
        usleep(500);
    }
    (void)net_peer_write(peer, &sum, sizeof(sum));
}

static void test_big(void)
{
    struct net_server server = {.script = script_slow_sink};
    struct native_net_stream_options options;
    struct native_net_error error;
    struct native_net_stream *stream;
    unsigned char *data = malloc(BIG);
    unsigned sum = 0;
    unsigned theirs = 0;
    unsigned agains = 0;
    size_t at = 0;
    size_t got;
    size_t i;
    for (i = 0; i < BIG; i++) {
        data[i] = (unsigned char)(i * 7 + (i >> 9));
        sum = sum * 31 + data[i];
    }
    net_server_start(&server);
    options = to("127.0.0.1", server.port, 5000);
    stream = open_it(&options, &error);
    while (stream && at < BIG) {
        struct native_net_slice slices[3];
        size_t put;
        enum native_net_status status;
        slices[0].bytes = data + at;
        slices[0].len = BIG - at > 5 ? 5 : BIG - at;
        slices[1].bytes = NULL;
        slices[1].len = 0;
        slices[2].bytes = data + at + slices[0].len;
        slices[2].len = BIG - at - slices[0].len;
        status = native_net_stream_writev(stream, slices, 3, &put, &error);
        if (!check(status == NATIVE_NET_OK || status == NATIVE_NET_AGAIN, "%s", error.message))
            break;
        at += put;
        if (status == NATIVE_NET_AGAIN) {
            agains++;
            native_net_stream_wait(stream, NATIVE_NET_WRITE, NATIVE_NET_NEVER);
        }
    }
    check(stream && net_client_read(stream, &theirs, sizeof(theirs), &got, &error) == NATIVE_NET_OK,
          "%s", error.message);
    check(sum == theirs, "other bytes arrived");
    check(agains > 0, "the writer never had to wait");
    native_net_stream_free(stream);
    net_server_stop(&server);
    free(data);
    end_test("10 MB to a slow reader");
}

static void script_close_at_once(struct net_peer *peer)
{
    char byte;
    (void)net_peer_read(peer, &byte, 1);
}

static void script_reset(struct net_peer *peer)
{
    char byte;
    (void)net_peer_read(peer, &byte, 1);
    net_peer_reset(peer);
}

static void test_endings(void)
{
    struct net_server server = {.script = script_close_at_once};
    struct native_net_stream_options options;
    struct native_net_error error;
    struct native_net_stream *stream;
    enum native_net_status status = NATIVE_NET_OK;
    char byte = 'x';
    size_t put;
    int i;

    net_server_start(&server);
    options = to("127.0.0.1", server.port, 5000);
    stream = open_it(&options, &error);
    check(native_net_stream_alive(stream, &error) == NATIVE_NET_AGAIN, "not idle");
    check(net_client_write(stream, &byte, 1, &error) == NATIVE_NET_OK, "write");
    native_net_stream_wait(stream, NATIVE_NET_READ, native_net_clock_ms() + 5000);
    check(native_net_stream_alive(stream, &error) == NATIVE_NET_CLOSED, "no end seen");
    check(net_client_read(stream, &byte, 1, &put, &error) == NATIVE_NET_CLOSED, "read");
    net_server_stop(&server);
    for (i = 0; i < 50 && status == NATIVE_NET_OK; i++) {
        status = native_net_stream_write(stream, "y", 1, &put, &error);
        usleep(1000);
    }
    check(status == NATIVE_NET_ERROR && error.kind == NATIVE_NET_ERROR_CLOSED,
          "writing to a closed connection: %s", error.message);
    native_net_stream_free(stream);
    end_test("the peer's end is an end, writing after it an error and no SIGPIPE: %s",
             error.message);

    server.script = script_reset;
    net_server_start(&server);
    options = to("127.0.0.1", server.port, 5000);
    stream = open_it(&options, &error);
    check(net_client_write(stream, &byte, 1, &error) == NATIVE_NET_OK, "write");
    native_net_stream_wait(stream, NATIVE_NET_READ, native_net_clock_ms() + 5000);
    check(native_net_stream_alive(stream, &error) == NATIVE_NET_ERROR &&
              error.kind == NATIVE_NET_ERROR_CLOSED,
          "%s", error.message);
    native_net_stream_free(stream);
    net_server_stop(&server);
    end_test("a reset is an error: %s", error.message);
}

static void test_fork(void)
{
    struct net_server server = {.script = net_script_echo};
    struct native_net_stream_options options;
    struct native_net_error error;
    struct native_net_stream *stream;
    int status = -1;
    pid_t child;
    net_server_start(&server);
    options = to("127.0.0.1", server.port, 5000);
    stream = open_it(&options, &error);
    check(echoes(stream, "one"), "echo");
    child = fork();
    if (child == 0) {
        native_net_stream_abandon(stream);
        native_net_stream_free(stream);
        _exit(5);
    }
    waitpid(child, &status, 0);
    check(WIFEXITED(status) && WEXITSTATUS(status) == 5, "child ended with %d", status);
    check(echoes(stream, "two"), "the parent's connection is broken");
    native_net_stream_free(stream);
    net_server_stop(&server);
    end_test("a forked child abandons a connection, its parent goes on");
}

int main(void)
{
    test_arguments();
    test_failures();
    test_unix();
    test_happy_eyeballs();
    test_outer_loop();
    test_wait();
    test_big();
    test_endings();
    test_fork();
    return done();
}
