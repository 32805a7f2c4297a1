/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_ask.h - SUBSCRIBE and UNSUBSCRIBE packets, shared by client_subscribe.c (packets and
 * their answers) and client_filters.c (the methods). */
#ifndef NATIVE_EXT_MQTT_CLIENT_ASK_H
#define NATIVE_EXT_MQTT_CLIENT_ASK_H

#include "client.h"

/* Make a packet from encoded filters; copies. It is the connection's, and the next
 * native_ext_mqtt_asks_sweep() frees it if it was not sent. */
struct native_ext_mqtt_ask *
native_ext_mqtt_ask_new(struct native_ext_mqtt_connection *n, unsigned type,
                        const struct native_mqtt_span *filters,
                        const struct native_mqtt_properties *properties);
/* See that it may be sent. Returns false with an exception. */
bool native_ext_mqtt_ask_check(const struct native_ext_mqtt_connection *n,
                               const struct native_ext_mqtt_ask *ask);
/* Hand it to the engine. Returns false with an exception. */
bool native_ext_mqtt_ask_send(struct native_ext_mqtt_client *c, struct native_ext_mqtt_ask *ask);
/* Wait for its answer; the caller holds it. Returns false with an exception. */
bool native_ext_mqtt_ask_wait(struct native_ext_mqtt_client *c, struct native_ext_mqtt_ask *ask,
                              int64_t deadline);
/* Returns the code of its i-th filter, once it is done. */
unsigned native_ext_mqtt_ask_code(const struct native_ext_mqtt_ask *ask, size_t i);

#endif
