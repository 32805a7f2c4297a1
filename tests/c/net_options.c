/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_options.c - what a caller can choose about a stream: fixed addresses, our own end, Unix names,
 * timeouts of single phases, how old a name may be and with whom it is shared; and what can be asked
 * of an open one. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "../../net/resolve.h"
#include "../../net/socket.h"
#include "harness.h"
#include "support/net_client.h"
#include "support/net_server.h"

/* The system's resolver, replaced: "slow.test" takes 300 ms, everything in ".test" is 127.0.0.1. */
static int calls;

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
                struct addrinfo **out)
{
    struct {
        struct addrinfo info;
        struct sockaddr_in at;
    } *one = calloc(1, sizeof(*one));
    (void)service, (void)hints;
    __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);
    if (strcmp(host, "slow.test") == 0)
        usleep(300000);
    one->at.sin_family = AF_INET;
    inet_pton(AF_INET, "127.0.0.1", &one->at.sin_addr);
    one->info.ai_family = AF_INET;
    one->info.ai_addr = (struct sockaddr *)&one->at;
    one->info.ai_addrlen = sizeof(one->at);
    *out = &one->info;
    return 0;
}

void freeaddrinfo(struct addrinfo *list)
{
    free(list);
}

static struct native_net_stream_options to(const char *host, uint16_t port)
{
    struct native_net_stream_options options = NATIVE_NET_STREAM_OPTIONS_INIT;
    options.host = host;
    options.port = port;
    options.connect_timeout_ms = 5000;
    return options;
}

/* ---- addresses ---- */

static void test_fixed_addresses(void)
{
    struct net_server server = {.connections = 1, .script = net_script_echo};
    struct native_net_addresses list = {.count = 2};
    struct native_net_stream_options options;
    struct native_net_stream *stream;
    struct native_net_stream_times times;
    struct native_net_error error;
    struct native_net_address end;
    char text[80];
    int before = calls;
    net_server_start(&server);
    native_net_address_parse("127.0.0.3", &list.items[0]); /* nobody listens there */
    native_net_address_parse("127.0.0.1", &list.items[1]);
    options = to("nowhere.example", server.port);
    options.addresses = &list;
    stream = net_client_connect(&options, &error);
    memset(&list, 0, sizeof(list)); /* it was copied */
    if (check(stream != NULL, "%s", error.message)) {
        native_net_stream_get_times(stream, &times);
        check(net_client_echoes(stream), "no echo");
        check(calls == before, "the resolver was asked");
        check(times.attempts == 2, "%u attempts", times.attempts);
        check(times.start_us > 0 && times.name_us >= times.start_us &&
                  times.connect_us >= times.name_us && times.tls_us == 0,
              "times");
        check(times.connect_us - times.start_us < 2000000, "microseconds?");
        check(native_net_stream_get_peer(stream, &end) &&
                  native_net_address_port(&end) == server.port &&
                  strcmp(native_net_address_host(&end, text, sizeof(text)), "127.0.0.1") == 0,
              "peer %s", text);
        check(native_net_stream_get_local(stream, &end) && native_net_address_port(&end) != 0 &&
                  strcmp(native_net_address_host(&end, text, sizeof(text)), "127.0.0.1") == 0,
              "local %s", text);
        native_net_stream_close(stream, true);
        check(!native_net_stream_get_local(stream, &end) && end.len == 0,
              "a closed one has an end");
    }
    native_net_stream_free(stream);
    net_server_stop(&server);
    options.addresses = &list;
    check(!native_net_stream_new(&options, &error) && error.kind == NATIVE_NET_ERROR_BAD_ARGUMENT,
          "an empty list");
    list.count = 1;
    native_net_address_parse("127.0.0.1", &list.items[0]);
    list.items[0].len = 1000;
    check(!native_net_stream_new(&options, &error) && error.kind == NATIVE_NET_ERROR_BAD_ARGUMENT,
          "an address that is too long");
    end_test("a fixed list of addresses stands in place of a lookup; both ends can be asked for");
}

/* A listener whose queue is full swallows connects in silence. */
struct hole {
    int fd;
    int fillers[8];
    uint16_t port;
};

static void hole_open(struct hole *hole)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(at);
    size_t i;
    hole->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(hole->fd, (struct sockaddr *)&at, len) || listen(hole->fd, 0) ||
        getsockname(hole->fd, (struct sockaddr *)&at, &len))
        exit(2);
    hole->port = ntohs(at.sin_port);
    for (i = 0; i < 8; i++) {
        hole->fillers[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        (void)!connect(hole->fillers[i], (struct sockaddr *)&at, len);
    }
}

static void hole_close(struct hole *hole)
{
    size_t i;
    for (i = 0; i < 8; i++)
        close(hole->fillers[i]);
    close(hole->fd);
}

/* Take everything and say nothing. */
static void script_mute(struct net_peer *peer)
{
    char bytes[512];
    while (net_peer_read(peer, bytes, sizeof(bytes)) > 0)
        continue;
}

static void test_phase_timeouts(void)
{
    struct native_net_stream_options options;
    struct native_net_tls_options tls = NATIVE_NET_TLS_OPTIONS_INIT;
    struct native_net_error error;
    struct hole hole;
    struct net_server mute = {.connections = 1, .script = script_mute};
    int64_t start = native_net_clock_ms();
    options = to("slow.test", 9);
    options.name_timeout_ms = 60;
    check(!net_client_connect(&options, &error) && error.kind == NATIVE_NET_ERROR_NAME_TIMEOUT &&
              strstr(error.message, "60 ms"),
          "%s", error.message);
    hole_open(&hole);
    options = to("127.0.0.1", hole.port);
    options.dial_timeout_ms = 70;
    check(!net_client_connect(&options, &error) && error.kind == NATIVE_NET_ERROR_CONNECT_TIMEOUT &&
              strstr(error.message, "70 ms"),
          "%s", error.message);
    options.connect_timeout_ms = 40;
    check(!net_client_connect(&options, &error) && error.kind == NATIVE_NET_ERROR_CONNECT_TIMEOUT &&
              strstr(error.message, "40 ms"),
          "%s", error.message);
    hole_close(&hole);
    net_server_start(&mute);
    options = to("127.0.0.1", mute.port);
    tls.verify_peer = tls.verify_host = false;
    options.scheme = NATIVE_NET_TLS;
    options.tls = native_net_tls_config_new(&tls, &error);
    options.tls_timeout_ms = 80;
    check(!net_client_connect(&options, &error) && error.kind == NATIVE_NET_ERROR_TLS_TIMEOUT &&
              strstr(error.message, "80 ms"),
          "%s", error.message);
    native_net_tls_config_unref(options.tls);
    net_server_stop(&mute);
    check(native_net_clock_ms() - start < 1500, "it took %d ms",
          (int)(native_net_clock_ms() - start));
    end_test("each phase can have a timeout of its own, within the whole");
}

static void test_happy_eyeballs_delay(void)
{
    struct net_server server = {.connections = 1, .script = net_script_echo};
    struct native_net_addresses list = {.count = 2};
    struct native_net_stream_options options;
    struct native_net_stream *stream;
    struct native_net_error error;
    int64_t start;
    int64_t took;
    net_server_start(&server);
    /* Of TEST-NET-1 (RFC 5737) nothing comes back; where the system refuses at once the second
     * attempt starts at once, too. */
    native_net_address_parse("192.0.2.1", &list.items[0]);
    native_net_address_parse("127.0.0.1", &list.items[1]);
    options = to("x.test", server.port);
    options.addresses = &list;
    options.happy_eyeballs_ms = 30;
    start = native_net_clock_ms();
    stream = net_client_connect(&options, &error);
    took = native_net_clock_ms() - start;
    check(stream && net_client_echoes(stream), "%s", error.message);
    check(took < 200, "the second attempt began after %d ms", (int)took);
    native_net_stream_free(stream);
    net_server_stop(&server);
    end_test("the delay between two attempts can be chosen");
}

/* ---- our own end ---- */

static int taken_port(int *fd, int count)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(at);
    *fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(*fd, (struct sockaddr *)&at, len) || getsockname(*fd, (struct sockaddr *)&at, &len))
        exit(2);
    return ntohs(at.sin_port) + count < 65535 ? ntohs(at.sin_port) : 0;
}

static void test_own_end(void)
{
    struct net_server server = {.connections = 2, .script = net_script_echo};
    struct native_net_stream_options options;
    struct native_net_stream *stream;
    struct native_net_error error;
    struct native_net_address end;
    int blocker;
    int port;
    net_server_start(&server);
    options = to("127.0.0.1", server.port);
    do
        port = taken_port(&blocker, 50);
    while (port == 0 && close(blocker) == 0);
    options.bind_address = "127.0.0.1";
    options.bind_port = (uint16_t)port;
    check(!net_client_connect(&options, &error) && error.kind == NATIVE_NET_ERROR_CONNECT &&
              error.part == NATIVE_NET_PART_BIND && error.os_errno == EADDRINUSE,
          "%s", error.message);
    options.bind_port_count = 50;
    stream = net_client_connect(&options, &error);
    if (check(stream != NULL, "%s", error.message)) {
        check(native_net_stream_get_local(stream, &end) && native_net_address_port(&end) > port &&
                  native_net_address_port(&end) < port + 50,
              "port %u of %d", native_net_address_port(&end), port);
        check(net_client_echoes(stream), "no echo");
    }
    native_net_stream_free(stream);
    close(blocker);
    end_test("a port of our own: one that is taken is an error, a range is searched");

    options = to("127.0.0.1", server.port);
    options.interface = "lo";
    stream = net_client_connect(&options, &error);
    check(stream && net_client_echoes(stream), "%s", error.message);
    native_net_stream_free(stream);
    net_server_stop(&server);
    options.interface = "nosuchdev0-and-a-name-longer-than-any";
    check(!net_client_connect(&options, &error) && error.part == NATIVE_NET_PART_BIND, "%s",
          error.message);
    options.interface = "nosuchdev0";
    check(!net_client_connect(&options, &error) && error.part == NATIVE_NET_PART_BIND &&
              strstr(error.message, "nosuchdev0"),
          "%s", error.message);
    end_test("a device of our own; one that is not there is named in the error");
}

static void test_abstract(void)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    struct native_net_stream_options options = NATIVE_NET_STREAM_OPTIONS_INIT;
    struct native_net_stream *stream;
    struct native_net_error error;
    struct native_net_address end;
    char name[64];
    char text[120];
    char long_name[200];
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    int accepted;
    size_t len = (size_t)snprintf(name, sizeof(name), "native-net-%d", (int)getpid());
    memcpy(at.sun_path + 1, name, len);
    if (bind(listener, (struct sockaddr *)&at,
             (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + len)) ||
        listen(listener, 1))
        exit(2);
    options.scheme = NATIVE_NET_UNIX;
    options.abstract_name = name;
    stream = net_client_connect(&options, &error);
    accepted = accept(listener, NULL, NULL);
    check(stream != NULL && accepted >= 0, "%s", error.message);
    if (stream) {
        check(write(accepted, "x", 1) == 1 &&
                  net_client_read(stream, text, 1, &len, &error) == NATIVE_NET_OK,
              "%s", error.message);
        native_net_stream_peer(stream, text, sizeof(text));
        check(text[0] == '@' && strcmp(text + 1, name) == 0, "%s", text);
        check(!native_net_stream_get_peer(stream, &end) &&
                  !native_net_stream_get_local(stream, &end),
              "a Unix socket has no IP address");
    }
    native_net_stream_free(stream);
    close(accepted);
    close(listener);
    check(!net_client_connect(&options, &error) && error.kind == NATIVE_NET_ERROR_CONNECT_REFUSED &&
              strstr(error.message, name),
          "%s", error.message);
    memset(long_name, 'a', sizeof(long_name) - 1);
    long_name[sizeof(long_name) - 1] = '\0';
    options.abstract_name = long_name;
    check(!net_client_connect(&options, &error) && error.kind == NATIVE_NET_ERROR_BAD_ARGUMENT,
          "%s", error.message);
    end_test("abstract names of Unix sockets");
}

/* ---- names ---- */

static int found_calls, store_calls;
static char stored[64];
static int64_t asked_age;

static bool names_broken;

static bool names_find(void *ctx, const char *host, int64_t max_age_ms,
                       struct native_net_addresses *out)
{
    found_calls++;
    asked_age = max_age_ms;
    check(ctx == &found_calls, "ctx");
    if (strcmp(host, "shared.test") != 0)
        return false;
    out->count = names_broken ? 17 : 1;
    return native_net_address_parse("127.0.0.1", &out->items[0]);
}

static void names_store(void *ctx, const char *host, const struct native_net_addresses *addresses,
                        int64_t found_ms)
{
    int64_t now_ms = native_net_clock_ms();
    store_calls++;
    check(ctx == &found_calls && addresses->count == 1, "ctx");
    check(found_ms <= now_ms && found_ms > now_ms - 60000, "when it was found");
    snprintf(stored, sizeof(stored), "%s", host);
}

static void test_names(void)
{
    struct net_server server = {.connections = 8, .script = net_script_echo};
    struct native_net_names names = {&found_calls, names_find, names_store};
    struct native_net_stream_options options;
    struct native_net_error error;
    int before = calls;
    net_server_start(&server);
    options = to("aged.test", server.port);
    native_net_stream_free(net_client_connect(&options, &error));
    native_net_stream_free(net_client_connect(&options, &error));
    check(calls == before + 1, "asked %d times", calls - before);
    options.name_max_age_ms = 0;
    native_net_stream_free(net_client_connect(&options, &error));
    check(calls == before + 2, "asked %d times", calls - before);
    usleep(30000);
    options.name_max_age_ms = 20;
    native_net_stream_free(net_client_connect(&options, &error));
    check(calls == before + 3, "asked %d times", calls - before);
    options.name_max_age_ms = -1;
    native_net_stream_free(net_client_connect(&options, &error));
    check(calls == before + 3, "asked %d times", calls - before);
    end_test("how old an answer from the cache may be is the caller's choice");

    options = to("shared.test", server.port);
    options.names = &names;
    options.name_max_age_ms = 1234;
    native_net_stream_free(net_client_connect(&options, &error));
    check(calls == before + 3 && found_calls == 1 && store_calls == 0 && asked_age == 1234,
          "%d calls, %d finds", calls - before, found_calls);
    options.host = "new.test";
    native_net_stream_free(net_client_connect(&options, &error));
    check(calls == before + 4 && found_calls == 2 && store_calls == 1 &&
              strcmp(stored, "new.test") == 0,
          "%d calls, %d finds, %d stores", calls - before, found_calls, store_calls);
    names_broken = true;
    options.host = "shared.test";
    native_net_stream_free(net_client_connect(&options, &error));
    check(calls == before + 5 && found_calls == 3 && store_calls == 2, "a broken answer was taken");
    net_server_stop(&server);
    {
        struct native_net_addresses list = {.count = 1};
        native_net_address_parse("127.0.0.1", &list.items[0]);
        options.host = "overridden.test";
        options.addresses = &list;
        native_net_stream_free(net_client_connect(&options, &error));
    }
    check(found_calls == 3 && store_calls == 2, "an overridden name was shared");
    end_test("answers are shared through the caller's functions; overridden names are not");
}

int main(void)
{
    test_fixed_addresses();
    test_phase_timeouts();
    test_happy_eyeballs_delay();
    test_own_end();
    test_abstract();
    test_names();
    return done();
}
