/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_client_fuzz.c - the client engine between an application, a transport and a server that all do
 * what the input says: bytes of a server, calls (also from handlers), blocked and broken links,
 * time. Every step checks the invariants of tests/c/support/mqtt_script.h. */
#include "tests/c/support/mqtt_model.c"
#include "tests/c/support/mqtt_script.c"
#include "tests/c/support/mqtt_script_check.c"
#include "tests/c/support/mqtt_script_text.c"
#include "require.h"

enum { OPERATIONS_MAX = 300, OUT_MAX = 1 << 16 };

static const uint8_t method[] = {NATIVE_MQTT_AUTHENTICATION_METHOD, 0, 1, 'x'};
static const uint8_t expiry[] = {NATIVE_MQTT_SESSION_EXPIRY_INTERVAL, 0, 0, 0, 0};

/* What is left of the input. */
static const uint8_t *input;
static size_t input_len;

static struct model model;
static unsigned in_handler; /* calls to be made by the next handlers */

static unsigned byte(void)
{
    if (input_len == 0)
        return 0;
    input_len--;
    return *input++;
}

static size_t some_length(void)
{
    unsigned b = byte();

    return b < 200 ? b % 40 : (b - 200) * 20;
}

static void publish(struct script *s)
{
    char topic[16];

    if (s->published + 1 >= MODEL_MESSAGES)
        return;
    snprintf(topic, sizeof(topic), "m%u", s->published + 1);
    script_publish(s, byte() % 3, topic, some_length());
}

static void take_back(struct script *s)
{
    struct native_mqtt_outgoing *at = s->c.session.first;

    for (unsigned n = byte() % 8; at && n > 0; n--)
        at = at->next;
    if (at)
        script_take_back(s, at);
}

static void request(struct script *s, unsigned type)
{
    static const char *const filters[] = {"a", "b", "a b", "c d e", "a/+/#", "abcdefghijklmnopq"};

    if (s->request_count < SCRIPT_REQUESTS)
        script_request(s, type, filters[byte() % 6]);
}

static void forget(struct script *s)
{
    unsigned n = byte() % SCRIPT_REQUESTS;

    if (n < s->request_count && s->requests[n])
        native_mqtt_client_forget(&s->c, s->requests[n]);
}

static void grow(struct script *s)
{
    size_t tx_len = s->c.options.tx_len + byte() % 16, rx_len = s->c.options.rx_len + byte() % 16;
    uint8_t *tx = malloc(tx_len), *rx = malloc(rx_len), *old_tx = s->c.options.tx,
            *old_rx = s->c.options.rx;

    native_mqtt_client_set_buffers(&s->c, tx, tx_len, rx, rx_len);
    free(old_tx);
    free(old_rx);
}

/* One call of the application. */
static void call(struct script *s)
{
    static const struct native_mqtt_properties auth = {method, sizeof(method), 0};
    static const struct native_mqtt_properties disconnect = {expiry, sizeof(expiry), 0};

    switch (byte() % 12) {
    case 0:
    case 1:
    case 2:
        publish(s);
        break;
    case 3:
        take_back(s);
        break;
    case 4:
        request(s, NATIVE_MQTT_SUBSCRIBE);
        break;
    case 5:
        request(s, NATIVE_MQTT_UNSUBSCRIBE);
        break;
    case 6:
        native_mqtt_client_flush(&s->c, s->now);
        break;
    case 7:
        native_mqtt_client_stop(&s->c, 4, byte() % 2 ? &disconnect : NULL, s->now);
        break;
    case 8:
        native_mqtt_client_start(&s->c, s->now);
        break;
    case 9:
        native_mqtt_client_auth(&s->c, byte() % 2 ? 0x18 : 0x19, &auth, s->now);
        break;
    case 10:
        forget(s);
        break;
    default:
        grow(s);
    }
}

static void handle_event(struct script *s, const struct native_mqtt_client_event *event)
{
    model_told(&model, event);
    if (event->type >= NATIVE_MQTT_EVENT_MESSAGE && event->type <= NATIVE_MQTT_EVENT_MESSAGE_END &&
        in_handler % 2)
        native_mqtt_client_answer(&s->c, 0x80);
    if (in_handler > 0 && event->type != NATIVE_MQTT_EVENT_SUBSCRIBED) {
        in_handler--;
        call(s);
    }
}

/* The server says bytes of the input. */
static void speak(struct script *s)
{
    size_t len = byte();

    if (len > input_len)
        len = input_len;
    model.blind = s->any_payload = true;
    script_append(&s->in, input, len);
    input += len;
    input_len -= len;
}

static void let_in(struct script *s)
{
    static const uint8_t v5[] = {0x20, 3, 0, 0, 0, 0x20, 3, 1, 0, 0},
                         v3[] = {0x20, 2, 0, 0, 0x20, 2, 1, 0};
    unsigned present = byte() % 2;

    model.blind = true;
    if (s->c.options.connect.version == NATIVE_MQTT_5_0)
        script_append(&s->in, v5 + present * 5, 5);
    else
        script_append(&s->in, v3 + present * 4, 4);
}

static void pass_time(struct script *s)
{
    unsigned how = byte();

    if (how % 2) {
        script_run(s);
        script_advance(s, (how / 2) * 100u);
    } else {
        s->now += how * 50u;
    }
}

static void disturb(struct script *s)
{
    switch (byte() % 8) {
    case 0:
        s->in_end = NATIVE_MQTT_IO_CLOSED;
        break;
    case 1:
        s->in_end = NATIVE_MQTT_IO_ERROR;
        break;
    case 2:
        s->cut_after = s->out.len + byte();
        break;
    case 3:
        s->cut_after = SIZE_MAX;
        break;
    case 4:
        s->room = byte() % 64;
        break;
    case 5:
        s->room = SIZE_MAX;
        break;
    case 6:
        s->read_max = byte() % 4;
        s->write_max = byte() % 4;
        break;
    default:
        s->read_pause = byte() % 2;
        s->write_pause = byte() % 2;
        s->link_again = (int)(byte() % 3);
        s->link_result = byte() % 4 == 1 ? NATIVE_MQTT_IO_ERROR : NATIVE_MQTT_IO_OK;
    }
}

static void operate(struct script *s)
{
    switch (byte() % 12) {
    case 0:
    case 1:
        speak(s);
        script_run(s);
        break;
    case 2:
        let_in(s);
        script_run(s);
        break;
    case 3:
    case 4:
        model_serve(&model);
        break;
    case 5:
        script_step(s);
        break;
    case 6:
        disturb(s);
        break;
    case 7:
        pass_time(s);
        break;
    case 8:
        model_publish(&model, byte() % 3, some_length());
        break;
    case 9:
        model.hold = byte() % 2;
        model_answer(&model, byte() % 3);
        break;
    case 10:
        in_handler += byte() % 4;
        break;
    default:
        call(s);
    }
    script_check(s);
}

static struct script *new_life(void)
{
    unsigned flags = byte();
    struct script *s = script_new(flags & 1 ? NATIVE_MQTT_5_0 : NATIVE_MQTT_3_1_1,
                                  14 + byte() % 100, 8 + byte() % 100);
    struct native_mqtt_client_options *o = &s->c.options;

    o->connect.as.connect.clean_start = flags & 2;
    o->connect.as.connect.keep_alive = flags & 4 ? 5 : 0;
    o->level = (uint8_t)(flags >> 3 & 3);
    if (o->level > NATIVE_MQTT_STRICT)
        o->level = NATIVE_MQTT_SPEC;
    s->any_packet = o->level == NATIVE_MQTT_LENIENT; /* a lenient client may echo nonsense */
    if (flags & 32) {
        memcpy(s->properties, method, sizeof(method));
        o->connect.as.connect.properties.len = sizeof(method);
    }
    o->in_flight_max = (uint16_t)(flags & 64 ? 1 + byte() % 4 : 0);
    o->retries = flags & 128 ? byte() % 4 : UINT32_MAX;
    o->ping_timeout_ms = byte() * 50u;
    s->now = flags & 2 ? 0u - 5000 : 0;
    s->on_event = handle_event;
    return s;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct script *s;

    input = data;
    input_len = size;
    in_handler = 0;
    s = new_life();
    model_init(&model, s);
    if (s->any_packet)
        model.blind = true;
    native_mqtt_client_init(&s->c);
    native_mqtt_client_start(&s->c, s->now);
    for (unsigned i = 0; i < OPERATIONS_MAX && input_len > 0 && s->out.len < OUT_MAX; i++)
        operate(s);
    if (s->faults)
        printf("# %.*s\n", (int)s->log.len, (const char *)s->log.data), fflush(stdout);
    REQUIRE(script_free(s) == 0);
    return 0;
}
