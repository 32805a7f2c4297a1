/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_publish.c - messages on their way out. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include "../../mqtt/topic.h"
#include "delivery.h"
#include "exceptions.h"

enum { OUT_OVERHEAD = 128 };

/* May the packet be sent? The topic name is looked at always, the properties where there are any. */
static bool check(const struct native_mqtt_publish *publish, unsigned version)
{
    struct native_mqtt_packet packet;
    struct native_mqtt_error error;

    if (publish->properties.len == 0 || version < NATIVE_MQTT_5_0) {
        enum native_mqtt_status status = native_mqtt_topic_check(
            publish->topic.data, publish->topic.len, true, version, NATIVE_MQTT_SPEC, &error);

        if (status != NATIVE_MQTT_OK)
            native_ext_mqtt_throw_status(status, NATIVE_MQTT_PUBLISH, &error);
        return status == NATIVE_MQTT_OK;
    }
    packet.type = NATIVE_MQTT_PUBLISH;
    packet.version = (uint8_t)version;
    packet.as.publish = *publish;
    packet.as.publish.payload.len = 0;
    packet.as.publish.packet_id = publish->qos > 0;
    return native_ext_mqtt_check_packet(&packet);
}

/* Take what a flush has finished at QoS 0: the engine would tell of it when it is polled, and who only
 * publishes never polls. */
static void take_finished(struct native_ext_mqtt_connection *n)
{
    struct native_mqtt_outgoing *node;

    while ((node = native_mqtt_session_collect(&n->engine.session)) != NULL)
        native_ext_mqtt_delivered(n, (struct native_ext_mqtt_out *)node, NULL);
}

struct room {
    size_t size;
    size_t limit;
};

static bool has_room(struct native_ext_mqtt_client *c, void *arg)
{
    const struct room *room = arg;
    const struct native_ext_mqtt_connection *n = c->connection;

    return n->out_count == 0 || n->out_bytes + room->size <= room->limit;
}

/* See that bufferLimit is kept: wait for room, where waiting is allowed. */
static bool make_room(struct native_ext_mqtt_client *c, size_t size)
{
    struct room room = {
        size, (size_t)native_ext_option_long(c->options, NATIVE_EXT_MQTT_BUFFER_LIMIT, 0)};

    if (has_room(c, &room))
        return true;
    take_finished(c->connection);
    if (has_room(c, &room))
        return true;
    if (c->blocking && c->depth == 0)
        return native_ext_mqtt_wait_or_throw(c, native_ext_mqtt_deadline(c, true, 0), has_room,
                                             &room, "room for another message (bufferLimit)");
    native_ext_mqtt_throw(native_ext_mqtt_quota_exceeded_exception_ce, NATIVE_EXT_MQTT_NO_REASON,
                          "%zu bytes of messages wait to be delivered (bufferLimit)",
                          c->connection->out_bytes);
    return false;
}

/* One piece of memory for the node, the topic name and the properties. */
static struct native_ext_mqtt_out *make_out(struct native_ext_mqtt_connection *n,
                                            const struct native_mqtt_publish *publish,
                                            zend_string *payload)
{
    size_t topic_len = publish->topic.len, properties_len = publish->properties.len;
    struct native_ext_mqtt_out *out = pemalloc(sizeof(*out) + topic_len + properties_len, 1);

    memset(out, 0, sizeof(*out));
    memcpy(out->texts, publish->topic.data, topic_len);
    if (properties_len)
        memcpy(out->texts + topic_len, publish->properties.data, properties_len);
    out->node.publish = *publish;
    out->node.publish.topic.data = out->texts;
    out->node.publish.properties.data = out->texts + topic_len;
    out->payload = zend_string_copy(payload);
    out->size = topic_len + properties_len + ZSTR_LEN(payload) + OUT_OVERHEAD;
    n->out_bytes += out->size;
    n->out_count++;
    return out;
}

static enum native_mqtt_status hand_over(struct native_ext_mqtt_connection *n,
                                         struct native_ext_mqtt_out *out)
{
    enum native_mqtt_status status =
        native_mqtt_client_publish(&n->engine, &out->node, native_ext_mqtt_now());

    if (status != NATIVE_MQTT_NO_SPACE)
        return status;
    if (!native_ext_mqtt_grow_tx(n, out->node.publish.topic.len + out->node.publish.properties.len +
                                        32))
        return status;
    return native_mqtt_client_publish(&n->engine, &out->node, native_ext_mqtt_now());
}

/* The transport failed while writing: let the engine see to it now, so that who only publishes learns
 * of it. */
static bool notice_failure(struct native_ext_mqtt_client *c)
{
    return !c->connection->io_failed || c->depth > 0 || native_ext_mqtt_poll(c) >= 0;
}

/* Hand a checked message to the engine and as far as possible to the network. */
static zend_object *send_message(struct native_ext_mqtt_client *c,
                                 const struct native_mqtt_publish *publish, zend_string *payload)
{
    struct native_ext_mqtt_connection *n = c->connection;
    struct native_ext_mqtt_out *out = make_out(n, publish, payload);
    struct native_ext_mqtt_delivery *delivery = native_ext_mqtt_delivery_new(c, out);
    enum native_mqtt_status status = hand_over(n, out);

    if (status != NATIVE_MQTT_OK) {
        native_ext_mqtt_delivery_cut(out);
        native_ext_mqtt_out_free(n, out);
        OBJ_RELEASE(&delivery->std);
        native_ext_mqtt_throw(native_ext_mqtt_quota_exceeded_exception_ce, 0x95,
                              "The message is larger than an MQTT packet can be");
        return NULL;
    }
    c->published++;
    native_ext_mqtt_count(n->counters, NATIVE_EXT_MQTT_MESSAGES_PUBLISHED, 1);
    native_mqtt_client_flush(&n->engine, native_ext_mqtt_now());
    if (out->node.state == NATIVE_MQTT_DONE)
        take_finished(n);
    native_ext_mqtt_count_packets(n);
    native_ext_mqtt_gauges(n, false);
    if (notice_failure(c))
        return &delivery->std;
    OBJ_RELEASE(&delivery->std);
    return NULL;
}

zend_object *native_ext_mqtt_publish(struct native_ext_mqtt_client *c, zend_string *topic,
                                     zend_string *payload, zend_long qos, bool retain,
                                     struct native_mqtt_properties properties)
{
    struct native_ext_mqtt_connection *n = c->connection;
    unsigned version = n->engine.options.connect.version;
    struct native_mqtt_publish publish = {0};

    publish.topic.data = (const uint8_t *)ZSTR_VAL(topic);
    publish.topic.len = ZSTR_LEN(topic);
    publish.payload.data = (const uint8_t *)ZSTR_VAL(payload);
    publish.payload.len = ZSTR_LEN(payload);
    publish.properties = properties;
    publish.qos = (uint8_t)qos;
    publish.retain = retain;
    if (version < NATIVE_MQTT_5_0)
        publish.properties.len = 0;
    if (!check(&publish, version))
        return NULL;
    if (!make_room(c,
                   publish.topic.len + publish.payload.len + publish.properties.len + OUT_OVERHEAD))
        return NULL;
    if (n->engine.state == NATIVE_MQTT_CLIENT_DOWN ||
        n->engine.state == NATIVE_MQTT_CLIENT_CLOSING) {
        native_ext_mqtt_failure_throw(c);
        return NULL;
    }
    return send_message(c, &publish, payload);
}
