/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_own_messages.c - a connection that says AGAIN while bytes are pending in it (messages of the TLS library's own, more
 * than one read takes in): no poll would tell of them, so the transfer goes on at once, after the others.
 * receive.c is compiled once more here, over a connection that is played; all else is as it is. */
#include "harness.h"

#include "http/parts.h"
#include "net/clock.h"

static enum native_net_status receive(struct native_http_connection *connection, size_t max,
                                      size_t most, struct native_net_error *error);
static size_t pending(const struct native_net_stream *stream);

#define native_http_connection_receive receive
#define native_net_stream_pending pending
#define native_http_receive_begin receive_begin
#define native_http_receive_step receive_step
#define native_http_receive_free receive_free
#define native_http_receive_rest receive_rest
bool receive_begin(struct native_http_transfer *t, bool to_connect);
enum native_http_go receive_step(struct native_http_transfer *t, int64_t now_ms);
void receive_free(struct native_http_transfer *t);
void receive_rest(struct native_http_transfer *t);
#include "http/receive.c"

static int messages; /* that come before the answer */
static char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
static bool told, silent;

static enum native_net_status receive(struct native_http_connection *connection, size_t max,
                                      size_t most, struct native_net_error *error)
{
    if (messages > 0 || told) {
        messages--;
        return NATIVE_NET_AGAIN;
    }
    connection->in = strdup(answer);
    connection->in_size = connection->in_len = strlen(answer);
    told = true;
    return NATIVE_NET_OK;
}

static size_t pending(const struct native_net_stream *stream)
{
    return told || silent ? 0 : 100;
}

static char body[8];

static enum native_http_verdict take(void *ctx, struct native_http_transfer *transfer,
                                     struct native_http_span bytes)
{
    snprintf(body, sizeof(body), "%.*s", (int)bytes.len, bytes.at);
    return NATIVE_HTTP_GO_ON;
}

static struct native_http_options options = NATIVE_HTTP_OPTIONS_INIT;
static const struct native_http_handlers handlers = {.body = take};

/* A transfer that has sent its request over an open connection. */
static struct native_http_transfer *exchange(int first)
{
    struct native_net_stream_options how = NATIVE_NET_STREAM_OPTIONS_INIT;
    struct native_http_transfer *t = native_http_transfer_new(&options, &handlers, NULL);
    struct native_http_key key = {0};
    struct native_net_error error;

    how.host = "127.0.0.1";
    how.port = 1;
    native_http_transfer_begin(t);
    t->step = NATIVE_HTTP_STEP_EXCHANGE;
    t->send_method = t->method = NATIVE_HTTP_SPAN("GET");
    t->connection = native_http_connection_new(native_net_stream_new(&how, &error), &key);
    receive_begin(t, false);
    t->ready = NATIVE_NET_READ;
    t->wake_ms = NATIVE_NET_NEVER;
    messages = first;
    told = silent = false;
    *body = '\0';
    return t;
}

static void end(struct native_http_transfer *t)
{
    native_http_connection_free(t->connection);
    t->connection = NULL;
    receive_free(t);
    native_http_transfer_free(t);
}

int main(void)
{
    struct native_http_transfer *t = exchange(0);
    check(receive_step(t, 0) == NATIVE_HTTP_GO && strcmp(body, "hi") == 0, "the body: %s", body);
    end(t);
    end_test("an answer");

    t = exchange(1);
    check(receive_step(t, 0) == NATIVE_HTTP_WAIT && native_http_deadline(t) == 0, "awake at %lld",
          (long long)native_http_deadline(t));
    t->wake_ms = NATIVE_NET_NEVER; /* as each step begins; the poller has seen nothing */
    check(receive_step(t, 0) == NATIVE_HTTP_GO && strcmp(body, "hi") == 0, "the body: %s", body);
    end(t);
    end_test("AGAIN with bytes pending: awake at once, and then it comes");

    t = exchange(1);
    silent = true;
    check(receive_step(t, 0) == NATIVE_HTTP_WAIT && native_http_deadline(t) > 0 &&
              t->want == NATIVE_NET_READ && t->ready == 0,
          "waits for %d, ready is %d, awake at %lld", t->want, t->ready,
          (long long)native_http_deadline(t));
    end(t);
    end_test("AGAIN with nothing pending: it waits for the socket");
    return done();
}
