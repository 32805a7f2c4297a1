/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* session_parts.h - what the session and the client engine have between them (private): messages that
 * are on their way to the transport. (session.c)
 *
 *   waits:  | packet | QoS 0 | packet | QoS 0 |
 *           0             end              end      goes down with each byte that is out
 *
 * At QoS 0 nothing but its bytes tells that a message is out: until the last of them is, it stays in
 * the session, to be sent again on the next connection. */
#ifndef NATIVE_MQTT_SESSION_PARTS_H
#define NATIVE_MQTT_SESSION_PARTS_H

#include "session.h"

/* Say that `message`, which was to be sent next, is the last of `end` bytes that wait. At any QoS it
 * stays in the session. */
void native_mqtt_session_put(struct native_mqtt_session *session,
                             struct native_mqtt_outgoing *message, uint32_t end);

/* Say that the first n bytes of what waits are out. Returns whether messages at QoS 0 ended there: they
 * stay in the list, state DONE, for the caller to collect with native_mqtt_session_collect. */
bool native_mqtt_session_left(struct native_mqtt_session *session, size_t n);

#endif
