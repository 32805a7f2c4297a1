/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* api.h - what leaves the library.
 * Functions marked NATIVE_API are exported from libnative.so (built with -DNATIVE_EXPORT); inside
 * the PHP module and in firmware they are ordinary hidden functions. */
#ifndef NATIVE_MQTT_API_H
#define NATIVE_MQTT_API_H

#if defined(NATIVE_EXPORT) && defined(__GNUC__)
#define NATIVE_API __attribute__((visibility("default")))
#else
#define NATIVE_API
#endif

/* For functions off the usual path: kept out of line, so that their callers stay short. */
#if defined(__GNUC__)
#define NATIVE_COLD __attribute__((noinline, cold))
#else
#define NATIVE_COLD
#endif

#endif
