/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/delivery.h - Native\Mqtt\Delivery: what became of a message.
 *
 *   Delivery ---> Client (a reference: who waits needs it)
 *      ^ owner
 *   struct native_ext_mqtt_out (borrowed; NULL once the message is given back) */
#ifndef NATIVE_EXT_MQTT_DELIVERY_H
#define NATIVE_EXT_MQTT_DELIVERY_H

#include "client.h"

struct native_ext_mqtt_delivery {
    struct native_ext_mqtt_out *out;
    zend_object *client;
    zend_string *block; /* properties of the acknowledgement; NULL: none */
    uint16_t packet_id;
    uint8_t reason; /* once done */
    bool done;
    bool acknowledged;
    zend_object std;
};

/* Make the Delivery of a message and tie the two together. */
struct native_ext_mqtt_delivery *native_ext_mqtt_delivery_new(struct native_ext_mqtt_client *c,
                                                              struct native_ext_mqtt_out *out);

/* The engine has given a message back: tell its Delivery, if somebody still has that, and free it.
 * `event` may be NULL: done without an acknowledgement. */
void native_ext_mqtt_delivered(struct native_ext_mqtt_connection *n,
                               struct native_ext_mqtt_out *out,
                               const struct native_mqtt_client_event *event);

/* The message outlives the request, or will never be sent: nobody is told any more. */
void native_ext_mqtt_delivery_cut(struct native_ext_mqtt_out *out);

void native_ext_mqtt_delivery_minit(void);

#endif
