/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_status.h - what is counted: for each connection, and for all of this process together,
 * where Native\status() shows it.
 * Totals are atomic (threads of a ZTS build share them) and begin anew in a forked child. */
#ifndef NATIVE_EXT_MQTT_CLIENT_STATUS_H
#define NATIVE_EXT_MQTT_CLIENT_STATUS_H

#include <stdint.h>

/* The keys of Client::stats() and Native\status()['mqtt'] are in the order of these. */
enum native_ext_mqtt_counter {
    NATIVE_EXT_MQTT_BYTES_SENT,
    NATIVE_EXT_MQTT_BYTES_RECEIVED,
    NATIVE_EXT_MQTT_PACKETS_SENT,
    NATIVE_EXT_MQTT_PACKETS_RECEIVED,
    NATIVE_EXT_MQTT_MESSAGES_PUBLISHED,
    NATIVE_EXT_MQTT_MESSAGES_RECEIVED,
    NATIVE_EXT_MQTT_CONNECTIONS,
    NATIVE_EXT_MQTT_RECONNECTS, /* connections after a client's first */
    NATIVE_EXT_MQTT_COUNTERS    /* how many there are */
};

/* What is so at the moment, of all connections of this process together; keys of Native\status()['mqtt'], too. */
enum native_ext_mqtt_gauge {
    NATIVE_EXT_MQTT_CLIENTS,   /* client objects, and persistent connections that wait for one */
    NATIVE_EXT_MQTT_CONNECTED, /* ... of these that a server has accepted */
    NATIVE_EXT_MQTT_IN_FLIGHT, /* QoS 1 and 2 messages sent and not acknowledged */
    NATIVE_EXT_MQTT_DELIVERIES_WAITING, /* messages published and not done with */
    NATIVE_EXT_MQTT_BYTES_WAITING,      /* ... their bytes */
    NATIVE_EXT_MQTT_GAUGES              /* how many there are */
};

/* Name of a counter, as PHP sees it. */
extern const char *const native_ext_mqtt_counter_names[NATIVE_EXT_MQTT_COUNTERS];

/* Add to counters[which] and to the total. */
void native_ext_mqtt_count(uint64_t *counters, enum native_ext_mqtt_counter which, uint64_t n);

/* One connection's gauges are now these: the process's change by what they differ from shown[], which follows. */
void native_ext_mqtt_gauges_show(uint64_t *shown, const uint64_t *now);

/* Begin anew if this process is a fork of the one that counted. */
void native_ext_mqtt_count_fork(void);

#endif
