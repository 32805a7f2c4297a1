/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* version.h - which interface the C library has: the headers' number and the library's, to be compared by who loads
 * libnative.so at run time. The number is NATIVE_API_NUMBER in api.h; libnative.so carries it in its name.
 * Pure: no allocation, no globals. */
#ifndef NATIVE_MQTT_VERSION_H
#define NATIVE_MQTT_VERSION_H

#include "types.h"

/* The number of these headers, also for those who see no macro (FFI). */
enum { NATIVE_MQTT_API_NUMBER = NATIVE_API_NUMBER };

/* Returns the number of the library that was loaded: another than NATIVE_MQTT_API_NUMBER is another interface, and
 * no other function may be called. */
NATIVE_API uint32_t native_mqtt_api_number(void);

#endif
