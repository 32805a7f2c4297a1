/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* api.h - what leaves the library.
 * Functions marked NATIVE_API are exported from libnative.so (built with -DNATIVE_EXPORT); inside
 * the PHP module and in firmware they are ordinary hidden functions. */
#ifndef NATIVE_MQTT_API_H
#define NATIVE_MQTT_API_H

/* The number of the interface that the public headers and libnative.so have: counted up with every change that breaks
 * a program compiled before (a function gone or with other parameters, a struct or an enum with other values), and when
 * the classes in ffi-decls/ begin to count on something new. dev/libnative reads it from here: it is the N of
 * libnative.so.N; native_get_api() of net/library.h returns it. */
#define NATIVE_API_NUMBER 1

#if defined(NATIVE_EXPORT) && defined(__GNUC__)
#define NATIVE_API __attribute__((visibility("default")))
#else
#define NATIVE_API
#endif

/* For the few functions that every packet passes: inlined where the compiler optimises for speed,
 * shared where it optimises for size (firmware). */
#if defined(__GNUC__) && defined(__OPTIMIZE__) && !defined(__OPTIMIZE_SIZE__)
#define NATIVE_HOT inline __attribute__((always_inline))
#else
#define NATIVE_HOT
#endif

/* For functions off the usual path: kept out of line, so that their callers stay short. COLD ones
 * are hardly ever called. */
#if defined(__GNUC__)
#define NATIVE_NOINLINE __attribute__((noinline))
#define NATIVE_COLD __attribute__((noinline, cold))
#else
#define NATIVE_NOINLINE
#define NATIVE_COLD
#endif

#endif
