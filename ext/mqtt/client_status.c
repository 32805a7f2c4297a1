/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_status.c - counters of connections and of the whole process. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client_status.h"

#include <stdatomic.h>
#include <unistd.h>

#include "ext_mqtt.h"

const char *const native_ext_mqtt_counter_names[NATIVE_EXT_MQTT_COUNTERS] = {
    "bytesSent",         "bytesReceived",    "packetsSent", "packetsReceived",
    "messagesPublished", "messagesReceived", "connections", "reconnects"};

static const char *const gauge_names[NATIVE_EXT_MQTT_GAUGES] = {
    "clients", "connected", "inFlight", "deliveriesWaiting", "bytesWaiting"};

static _Atomic uint64_t gauges[NATIVE_EXT_MQTT_GAUGES];
static _Atomic uint64_t totals[NATIVE_EXT_MQTT_COUNTERS];
static _Atomic long counted_by; /* pid; 0: nobody yet */

void native_ext_mqtt_count(uint64_t *counters, enum native_ext_mqtt_counter which, uint64_t n)
{
    counters[which] += n;
    /* Sums only: nothing else is read in step with them. */
    atomic_fetch_add_explicit(&totals[which], n, memory_order_relaxed);
}

void native_ext_mqtt_gauges_show(uint64_t *shown, const uint64_t *now)
{
    for (int i = 0; i < NATIVE_EXT_MQTT_GAUGES; i++) {
        if (shown[i] == now[i])
            continue;
        atomic_fetch_add_explicit(&gauges[i], now[i] - shown[i], memory_order_relaxed);
        shown[i] = now[i];
    }
}

void native_ext_mqtt_count_fork(void)
{
    long pid = (long)getpid();

    if (atomic_exchange(&counted_by, pid) == pid)
        return;
    for (int i = 0; i < NATIVE_EXT_MQTT_COUNTERS; i++)
        atomic_store_explicit(&totals[i], 0, memory_order_relaxed);
    for (int i = 0; i < NATIVE_EXT_MQTT_GAUGES; i++)
        atomic_store_explicit(&gauges[i], 0, memory_order_relaxed);
}

void native_ext_mqtt_status(zval *array)
{
    native_ext_mqtt_count_fork();
    for (int i = 0; i < NATIVE_EXT_MQTT_COUNTERS; i++)
        add_assoc_long(array, native_ext_mqtt_counter_names[i],
                       (zend_long)atomic_load_explicit(&totals[i], memory_order_relaxed));
    for (int i = 0; i < NATIVE_EXT_MQTT_GAUGES; i++)
        add_assoc_long(array, gauge_names[i],
                       (zend_long)atomic_load_explicit(&gauges[i], memory_order_relaxed));
}
