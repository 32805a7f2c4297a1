/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/delivery.c - Native\Mqtt\Delivery. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "delivery.h"

#include "enums.h"
#include "exceptions.h"
#include "properties.h"

#include "delivery_arginfo.h"

enum { FAILURE_CODES = 0x80 };

static zend_class_entry *delivery_ce;
static zend_object_handlers handlers;

static struct native_ext_mqtt_delivery *of(zend_object *object)
{
    return (struct native_ext_mqtt_delivery *)((char *)object -
                                               offsetof(struct native_ext_mqtt_delivery, std));
}

struct native_ext_mqtt_delivery *native_ext_mqtt_delivery_new(struct native_ext_mqtt_client *c,
                                                              struct native_ext_mqtt_out *out)
{
    zend_object *object = delivery_ce->create_object(delivery_ce);
    struct native_ext_mqtt_delivery *delivery = of(object);

    GC_ADDREF(&c->std);
    delivery->client = &c->std;
    delivery->out = out;
    out->node.owner = delivery;
    return delivery;
}

void native_ext_mqtt_delivered(struct native_ext_mqtt_connection *n,
                               struct native_ext_mqtt_out *out,
                               const struct native_mqtt_client_event *event)
{
    struct native_ext_mqtt_delivery *delivery = out->node.owner;

    if (delivery) {
        delivery->done = true;
        delivery->reason = out->node.reason;
        delivery->packet_id = out->node.publish.packet_id;
        if (event && event->has_packet) {
            const struct native_mqtt_properties *p = &event->packet.as.ack.properties;

            delivery->acknowledged = true;
            delivery->block = native_ext_mqtt_string_or_null(p->data, p->len);
        }
        delivery->out = NULL;
    }
    native_ext_mqtt_out_free(n, out);
}

void native_ext_mqtt_delivery_cut(struct native_ext_mqtt_out *out)
{
    struct native_ext_mqtt_delivery *delivery = out->node.owner;

    if (delivery)
        delivery->out = NULL;
    out->node.owner = NULL;
}

/* ---- methods ---- */

static bool is_done(struct native_ext_mqtt_client *c, void *arg)
{
    struct native_ext_mqtt_delivery *delivery = arg;

    (void)c;
    return delivery->done || !delivery->out;
}

/* The server, or the engine in its place, said no. */
static void throw_refused(struct native_ext_mqtt_delivery *delivery)
{
    struct native_mqtt_properties view = native_ext_mqtt_properties_view(delivery->block);
    struct native_mqtt_property text;

    if (native_mqtt_property_find(&view, NATIVE_MQTT_REASON_STRING, &text))
        native_ext_mqtt_throw(native_ext_mqtt_refused_exception_ce, delivery->reason,
                              "The message was refused with 0x%02x: %.*s", delivery->reason,
                              (int)text.value.len, (const char *)text.value.data);
    else
        native_ext_mqtt_throw(native_ext_mqtt_refused_exception_ce, delivery->reason,
                              "The message was refused with 0x%02x%s", delivery->reason,
                              delivery->acknowledged ? "" : ", before it was sent");
}

ZEND_METHOD(Native_Mqtt_Delivery, wait)
{
    struct native_ext_mqtt_delivery *delivery = of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_mqtt_client *c;
    double timeout = 0;
    bool is_null = true;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE_OR_NULL(timeout, is_null)
    ZEND_PARSE_PARAMETERS_END();

    if (!delivery->done) {
        c = delivery->client ? native_ext_mqtt_client_usable(delivery->client) : NULL;
        if (!c) {
            if (!EG(exception))
                zend_throw_error(NULL, "The Delivery is not constructed");
            RETURN_THROWS();
        }
        if (!native_ext_mqtt_wait_or_throw(c, native_ext_mqtt_deadline(c, is_null, timeout),
                                           is_done, delivery, "acknowledgement of the message"))
            RETURN_THROWS();
    }
    if (!delivery->done) {
        native_ext_mqtt_throw(native_ext_mqtt_not_connected_exception_ce, NATIVE_EXT_MQTT_NO_REASON,
                              "The message will not be delivered: the client is gone");
        RETURN_THROWS();
    }
    if (delivery->reason >= FAILURE_CODES) {
        throw_refused(delivery);
        RETURN_THROWS();
    }
    native_ext_mqtt_case_zval(return_value, NATIVE_EXT_MQTT_REASON_CODE, delivery->reason);
}

ZEND_METHOD(Native_Mqtt_Delivery, isDone)
{
    ZEND_PARSE_PARAMETERS_NONE();
    RETURN_BOOL(of(Z_OBJ_P(ZEND_THIS))->done);
}

ZEND_METHOD(Native_Mqtt_Delivery, reasonCode)
{
    struct native_ext_mqtt_delivery *delivery = of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (delivery->done)
        native_ext_mqtt_case_zval(return_value, NATIVE_EXT_MQTT_REASON_CODE, delivery->reason);
}

ZEND_METHOD(Native_Mqtt_Delivery, packetId)
{
    struct native_ext_mqtt_delivery *delivery = of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    RETURN_LONG(delivery->out ? delivery->out->node.publish.packet_id : delivery->packet_id);
}

ZEND_METHOD(Native_Mqtt_Delivery, properties)
{
    struct native_ext_mqtt_delivery *delivery = of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (delivery->done && delivery->acknowledged)
        native_ext_mqtt_properties_zval(return_value, delivery->block);
}

ZEND_METHOD(Native_Mqtt_Delivery, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

/* ---- the object ---- */

static zend_object *create(zend_class_entry *ce)
{
    struct native_ext_mqtt_delivery *delivery = zend_object_alloc(sizeof(*delivery), ce);

    zend_object_std_init(&delivery->std, ce);
    object_properties_init(&delivery->std, ce);
    delivery->std.handlers = &handlers;
    return &delivery->std;
}

static void free_object(zend_object *object)
{
    struct native_ext_mqtt_delivery *delivery = of(object);

    if (delivery->out)
        delivery->out->node.owner = NULL;
    if (delivery->client)
        OBJ_RELEASE(delivery->client);
    if (delivery->block)
        zend_string_release(delivery->block);
    zend_object_std_dtor(object);
}

static HashTable *get_gc(zend_object *object, zval **table, int *n)
{
    struct native_ext_mqtt_delivery *delivery = of(object);
    zend_get_gc_buffer *buffer = zend_get_gc_buffer_create();

    if (delivery->client)
        zend_get_gc_buffer_add_obj(buffer, delivery->client);
    zend_get_gc_buffer_use(buffer, table, n);
    return NULL;
}

void native_ext_mqtt_delivery_minit(void)
{
    delivery_ce = register_class_Native_Mqtt_Delivery();
    delivery_ce->create_object = create;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.offset = offsetof(struct native_ext_mqtt_delivery, std);
    handlers.free_obj = free_object;
    handlers.clone_obj = NULL;
    handlers.get_gc = get_gc;
}
