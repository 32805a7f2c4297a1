/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/exceptions.h - from what the core says to the exception that PHP gets. */
#ifndef NATIVE_EXT_MQTT_EXCEPTIONS_H
#define NATIVE_EXT_MQTT_EXCEPTIONS_H

#include "php.h"

#include "../compat.h"
#include "../../mqtt/packet.h"

extern zend_class_entry *native_ext_mqtt_exception_ce, *native_ext_mqtt_protocol_exception_ce,
    *native_ext_mqtt_connect_exception_ce, *native_ext_mqtt_connection_lost_exception_ce,
    *native_ext_mqtt_refused_exception_ce, *native_ext_mqtt_timeout_exception_ce,
    *native_ext_mqtt_not_connected_exception_ce, *native_ext_mqtt_quota_exceeded_exception_ce;

/* For `reason` of native_ext_mqtt_throw. */
enum { NATIVE_EXT_MQTT_NO_REASON = -1 };

/* Throw a `ce` (one of the above). `reason` is a reason code, which becomes reasonCode and getCode(), or
 * NATIVE_EXT_MQTT_NO_REASON. A ConnectException is of kind Local until native_ext_mqtt_set_kind says
 * something else. Returns the exception, which is the engine's. */
ZEND_ATTRIBUTE_FORMAT(printf, 3, 4)
zend_object *native_ext_mqtt_throw(zend_class_entry *ce, int reason, const char *format, ...);

/* Say which step of connecting failed, in a ConnectException or TimeoutException; `kind` is the name of
 * a case of ConnectFailure. */
void native_ext_mqtt_set_kind(zend_object *exception, const char *kind);

/* Make the ProtocolException for a broken rule and set `out` to it, without throwing. `type` is the
 * packet's, or 0 if it is not known. */
void native_ext_mqtt_protocol_error(zval *out, unsigned type,
                                    const struct native_mqtt_error *error);

/* Throw it. */
void native_ext_mqtt_throw_protocol(unsigned type, const struct native_mqtt_error *error);

/* The same for a string that is not in a packet; `what` it is begins the message. */
void native_ext_mqtt_throw_rule(const char *what, const struct native_mqtt_error *error);

/* Throw a ProtocolException for a string that has more than `most` bytes. */
void native_ext_mqtt_throw_too_long(const char *what, size_t most);

/* Throw a ProtocolException for a packet that ends too early, by at least `missing` bytes; `has`
 * bytes are there. */
void native_ext_mqtt_throw_missing(unsigned type, size_t has, size_t missing);

/* Throw a ProtocolException for bytes after the end of the packet, which is at `end`. */
void native_ext_mqtt_throw_trailing(unsigned type, size_t end, size_t extra);

/* Throw a ProtocolException for a packet of `type` where a `wanted` is asked for. */
void native_ext_mqtt_throw_other(unsigned type, const zend_class_entry *wanted);

/* Throw what a status of the core means: ProtocolException for NATIVE_MQTT_MALFORMED (of `error`) and
 * NATIVE_MQTT_TOO_LARGE. Not for NATIVE_MQTT_OK and NATIVE_MQTT_NEED_MORE. */
void native_ext_mqtt_throw_status(enum native_mqtt_status status, unsigned type,
                                  const struct native_mqtt_error *error);

void native_ext_mqtt_exceptions_minit(void);

#endif
