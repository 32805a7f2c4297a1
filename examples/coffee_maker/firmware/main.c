/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* main.c - the coffee machine as firmware: what sensor.php does, on a microcontroller. Publishes the
 * level of its water tank five times a second, and obeys the valve. All memory is static; the main loop
 * never blocks. What is not MQTT is in board.h. */
#include <stdbool.h>
#include <string.h>

#include "board.h"
#include "native_mqtt.h"

enum { TICK_MS = 200, READINGS = 4, KEEP_ALIVE_S = 5 };

/* A level on its way: its bytes must stay until it is acknowledged. */
struct reading {
    struct native_mqtt_outgoing message;
    char percent[4];
    uint8_t properties[64];
    bool taken;
};

static struct {
    struct native_mqtt_client client;
    uint8_t tx[256], rx[256];
    struct native_mqtt_request subscription;
    uint8_t filters[32];
    struct native_mqtt_outgoing ready;
    struct reading readings[READINGS];
    int level;
    bool valve_open;
    bool said_ready;
    uint32_t tick_at;
} machine = {.level = 45};

static struct native_mqtt_span span(const char *text)
{
    return (struct native_mqtt_span){(const uint8_t *)text, strlen(text)};
}

static bool span_is(struct native_mqtt_span a, const char *text)
{
    return a.len == strlen(text) && memcmp(a.data, text, a.len) == 0;
}

/* ---- the transport: three functions ---------------------------------------------------------- */

/* The line is always there. Who has a socket opens and closes it here. */
static int serial_link(void *context, bool up)
{
    (void)context, (void)up;
    return NATIVE_MQTT_IO_OK;
}

static int serial_read(void *context, void *data, size_t data_len, size_t *done)
{
    (void)context;
    *done = board_serial_read(data, data_len);
    return *done ? NATIVE_MQTT_IO_OK : NATIVE_MQTT_IO_AGAIN;
}

static int serial_write(void *context, const void *data, size_t data_len, size_t *done)
{
    (void)context;
    *done = board_serial_write(data, data_len);
    return *done ? NATIVE_MQTT_IO_OK : NATIVE_MQTT_IO_AGAIN;
}

/* ---- the machine --------------------------------------------------------------------------------- */

static void publish_level(uint32_t now)
{
    struct reading *reading = machine.readings;
    struct native_mqtt_property_writer properties = {NULL, 0, sizeof(reading->properties)};
    struct native_mqtt_property unit = {.id = NATIVE_MQTT_USER_PROPERTY, .name = span("unit")};
    struct native_mqtt_property valve = {.id = NATIVE_MQTT_USER_PROPERTY, .name = span("valve")};
    size_t digits = 0;

    while (reading->taken)
        if (++reading == machine.readings + READINGS)
            return; /* the broker is slow: this level is left out */
    memset(reading, 0, sizeof(*reading));
    if (machine.level >= 100)
        reading->percent[digits++] = '1';
    if (machine.level >= 10)
        reading->percent[digits++] = (char)('0' + machine.level / 10 % 10);
    reading->percent[digits++] = (char)('0' + machine.level % 10);
    unit.value = span("percent");
    valve.value = span(machine.valve_open ? "open" : "closed");
    properties.data = reading->properties;
    native_mqtt_property_put_bytes(&properties, NATIVE_MQTT_CONTENT_TYPE, "text/plain", 10);
    native_mqtt_property_put(&properties, &unit);
    native_mqtt_property_put(&properties, &valve);
    reading->message.publish.topic = span("kitchen/coffee/water");
    reading->message.publish.payload =
        (struct native_mqtt_span){(const uint8_t *)reading->percent, digits};
    reading->message.publish.properties.data = reading->properties;
    reading->message.publish.properties.len = properties.len;
    reading->message.publish.qos = 1;
    reading->message.owner = reading;
    reading->taken =
        native_mqtt_client_publish(&machine.client, &reading->message, now) == NATIVE_MQTT_OK;
}

static void publish_ready(uint32_t now)
{
    machine.ready.publish.topic = span("kitchen/coffee/state");
    machine.ready.publish.payload = span("ready");
    machine.ready.publish.qos = 1;
    machine.ready.publish.retain = true;
    native_mqtt_client_publish(&machine.client, &machine.ready, now);
    machine.said_ready = true;
}

static void on_event(const struct native_mqtt_client_event *event, uint32_t now)
{
    struct reading *reading;

    switch (event->type) {
    case NATIVE_MQTT_EVENT_CONNECTED:
        if (!machine.said_ready)
            publish_ready(now);
        break;
    case NATIVE_MQTT_EVENT_MESSAGE: /* of the one topic that is subscribed to */
        machine.valve_open = span_is(event->packet.as.publish.payload, "open");
        break;
    case NATIVE_MQTT_EVENT_DELIVERED:
        reading = event->outgoing->owner;
        if (reading)
            reading->taken = false;
        break;
    default:
        break; /* connecting again, keep alive, resending: the client's business */
    }
}

/* Somebody makes coffee; an open valve fills the tank faster than that empties it. */
static void tick(uint32_t now)
{
    if (machine.client.state == NATIVE_MQTT_CLIENT_CONNECTED)
        publish_level(now);
    machine.level += machine.valve_open ? 20 : -8;
    machine.level = machine.level > 100 ? 100 : machine.level < 0 ? 0 : machine.level;
}

static void begin(void)
{
    struct native_mqtt_client_options *options = &machine.client.options;
    struct native_mqtt_connect *connect = &options->connect.as.connect;
    const struct native_mqtt_subscription valve = {span("kitchen/coffee/valve"), 1};

    options->transport.link = serial_link;
    options->transport.read = serial_read;
    options->transport.write = serial_write;
    options->tx = machine.tx;
    options->tx_len = sizeof(machine.tx);
    options->rx = machine.rx;
    options->rx_len = sizeof(machine.rx);
    options->connect_timeout_ms = 5000;
    options->retry_min_ms = 500;
    options->retry_max_ms = 30000;
    options->retries = UINT32_MAX;
    options->random = 1; /* of a fleet: each its own, such as its serial number */
    options->level = NATIVE_MQTT_SPEC;
    options->connect.type = NATIVE_MQTT_CONNECT;
    options->connect.version = NATIVE_MQTT_5_0;
    connect->client_id = span("coffee-maker");
    connect->keep_alive = KEEP_ALIVE_S;
    connect->clean_start = true;
    /* What the broker tells everybody if this machine dies. */
    connect->has_will = true;
    connect->will.topic = span("kitchen/coffee/state");
    connect->will.payload = span("gone");
    connect->will.qos = 1;
    connect->will.retain = true;
    native_mqtt_client_init(&machine.client);

    machine.subscription.type = NATIVE_MQTT_SUBSCRIBE;
    machine.subscription.filters = machine.filters;
    native_mqtt_subscription_put(machine.filters, sizeof(machine.filters),
                                 &machine.subscription.filters_len, true, &valve);
    native_mqtt_client_request(&machine.client, &machine.subscription);
}

int main(void)
{
    struct native_mqtt_client_event event;

    board_begin();
    begin();
    native_mqtt_client_start(&machine.client, board_now_ms());
    for (;;) {
        uint32_t now = board_now_ms();

        while (native_mqtt_client_next(&machine.client, now, &event))
            on_event(&event, now);
        if (now - machine.tick_at >= TICK_MS) {
            machine.tick_at = now;
            tick(now);
            continue;
        }
        board_rest();
    }
}
