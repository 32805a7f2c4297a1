/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* session.c - the QoS flows, packet identifiers and topic aliases. */
#include "session.h"

#include <string.h>

#include "session_parts.h"

enum { REASON_PROTOCOL_ERROR = 0x82, REASON_ALIAS_INVALID = 0x94, REASON_QUOTA = 0x97 };

void native_mqtt_session_init(struct native_mqtt_session *session)
{
    session->first = session->last = session->cursor = NULL;
    session->received_len = 0;
    session->last_id = 0;
    session->ids_wrapped = false;
    native_mqtt_session_resume(session, true, NATIVE_MQTT_STRING_MAX, 0);
}

void native_mqtt_session_add(struct native_mqtt_session *session,
                             struct native_mqtt_outgoing *message)
{
    message->next = NULL;
    message->state = NATIVE_MQTT_QUEUED;
    message->reason = 0;
    message->publish.dup = false;
    message->publish.packet_id = 0;
    if (session->last)
        session->last->next = message;
    else
        session->first = message;
    session->last = message;
    if (!session->cursor)
        session->cursor = message;
}

struct native_mqtt_outgoing *native_mqtt_session_first(const struct native_mqtt_session *session)
{
    return session->first;
}

/* Does the message stand before the cursor and count against the peer's receive maximum? */
static bool counts(const struct native_mqtt_outgoing *message)
{
    return message->publish.qos > 0 && message->state != NATIVE_MQTT_QUEUED;
}

/* Take *link out of the list; `before` is the message that links to it, or NULL. */
static void unlink_at(struct native_mqtt_session *session, struct native_mqtt_outgoing *before,
                      struct native_mqtt_outgoing *message)
{
    if (before)
        before->next = message->next;
    else
        session->first = message->next;
    if (session->last == message)
        session->last = before;
    if (session->cursor == message)
        session->cursor = message->next;
    message->next = NULL;
    if (!session->first)
        session->ids_wrapped = false;
}

void native_mqtt_session_remove(struct native_mqtt_session *session,
                                struct native_mqtt_outgoing *message)
{
    struct native_mqtt_outgoing *at, *before = NULL;
    bool sent = true;

    for (at = session->first; at; before = at, at = at->next) {
        if (at == session->cursor)
            sent = false;
        if (at != message)
            continue;
        if (sent && counts(message))
            session->orphans++; /* [MQTT-3.3.4-9] until it is acknowledged */
        unlink_at(session, before, message);
        message->state = NATIVE_MQTT_DONE;
        return;
    }
}

static uint16_t after(uint16_t packet_id)
{
    return packet_id == NATIVE_MQTT_STRING_MAX ? 1 : (uint16_t)(packet_id + 1);
}

/* Identifiers are given out in the order of the list, so that the first to be met again is the
 * head's; only after that the whole list is asked, and one walk skips a whole run of them. */
uint16_t native_mqtt_session_new_id(struct native_mqtt_session *session)
{
    uint16_t id = after(session->last_id);
    uint32_t skipped = 0, before;

    do {
        const struct native_mqtt_outgoing *at = session->first;

        before = skipped;
        for (; at && at->state != NATIVE_MQTT_QUEUED; at = at->next) {
            if (at->publish.packet_id == id) {
                session->ids_wrapped = true;
                id = after(id);
                skipped++;
            } else if (!session->ids_wrapped && at->publish.packet_id) {
                break; /* but not at one of QoS 0 */
            }
        }
        while (skipped < NATIVE_MQTT_STRING_MAX && session->id_taken &&
               session->id_taken(session->id_context, id)) {
            id = after(id);
            skipped++;
        }
        if (skipped >= NATIVE_MQTT_STRING_MAX)
            return 0;
    } while (skipped != before);
    return session->last_id = id;
}

bool native_mqtt_session_can_send(const struct native_mqtt_session *session)
{
    const struct native_mqtt_outgoing *message = session->cursor;

    return message && (message->publish.qos == 0 || session->in_flight < session->send_maximum);
}

struct native_mqtt_outgoing *native_mqtt_session_to_send(struct native_mqtt_session *session)
{
    struct native_mqtt_outgoing *message = session->cursor;

    if (!native_mqtt_session_can_send(session))
        return NULL;
    if (message->publish.qos == 0)
        return message;
    message->publish.dup = message->state != NATIVE_MQTT_QUEUED;
    if (message->publish.packet_id == 0)
        message->publish.packet_id = native_mqtt_session_new_id(session);
    return message->publish.packet_id ? message : NULL;
}

void native_mqtt_session_put(struct native_mqtt_session *session,
                             struct native_mqtt_outgoing *message, uint32_t end)
{
    session->cursor = message->next;
    if (message->publish.qos == 0)
        message->end = end;
    else
        session->in_flight++;
    if (message->state == NATIVE_MQTT_QUEUED)
        message->state =
            message->publish.qos == 2 ? NATIVE_MQTT_WAIT_PUBREC : NATIVE_MQTT_WAIT_PUBACK;
}

bool native_mqtt_session_left(struct native_mqtt_session *session, size_t n)
{
    struct native_mqtt_outgoing *at;
    bool ended = false;

    for (at = session->first; at != session->cursor; at = at->next) {
        if (at->publish.qos > 0 || at->state == NATIVE_MQTT_DONE)
            continue;
        if (at->end > n) {
            at->end -= (uint32_t)n;
            continue;
        }
        at->state = NATIVE_MQTT_DONE;
        ended = true;
    }
    return ended;
}

void native_mqtt_session_sent(struct native_mqtt_session *session,
                              struct native_mqtt_outgoing *message)
{
    if (message->publish.qos == 0)
        native_mqtt_session_remove(session, message);
    else
        native_mqtt_session_put(session, message, 0);
}

enum native_mqtt_progress native_mqtt_session_acknowledge(struct native_mqtt_session *session,
                                                          unsigned type, uint16_t packet_id,
                                                          uint8_t reason,
                                                          struct native_mqtt_outgoing **message)
{
    unsigned wanted = type == NATIVE_MQTT_PUBACK   ? NATIVE_MQTT_WAIT_PUBACK
                      : type == NATIVE_MQTT_PUBREC ? NATIVE_MQTT_WAIT_PUBREC
                                                   : NATIVE_MQTT_WAIT_PUBCOMP;
    struct native_mqtt_outgoing *at, *before = NULL;

    for (at = session->first; at != session->cursor; before = at, at = at->next) {
        if (at->publish.packet_id != packet_id || at->publish.qos == 0)
            continue;
        *message = at;
        /* PUBREC again, because our PUBREL got lost with the connection: PUBREL again. */
        if (type == NATIVE_MQTT_PUBREC && at->state == NATIVE_MQTT_WAIT_PUBCOMP && reason < 0x80)
            return NATIVE_MQTT_PROGRESS_HALF;
        if (at->state != wanted)
            return NATIVE_MQTT_PROGRESS_NONE;
        if (type == NATIVE_MQTT_PUBREC && reason < 0x80) {
            at->state = NATIVE_MQTT_WAIT_PUBCOMP;
            return NATIVE_MQTT_PROGRESS_HALF;
        }
        session->in_flight--;
        unlink_at(session, before, at);
        at->state = NATIVE_MQTT_DONE;
        at->reason = reason;
        return NATIVE_MQTT_PROGRESS_DONE;
    }
    if (session->orphans && (type != NATIVE_MQTT_PUBREC || reason >= 0x80)) {
        session->orphans--;
        session->in_flight--;
    }
    return NATIVE_MQTT_PROGRESS_NONE;
}

/* Index of an incoming identifier in `received`, or received_len. */
static size_t find_received(const struct native_mqtt_session *session, uint16_t packet_id)
{
    size_t i = 0;

    while (i < session->received_len && session->received[i] != packet_id)
        i++;
    return i;
}

enum native_mqtt_status native_mqtt_session_receive(struct native_mqtt_session *session,
                                                    uint16_t packet_id, bool *duplicate)
{
    *duplicate = find_received(session, packet_id) < session->received_len;
    if (*duplicate)
        return NATIVE_MQTT_OK;
    if (session->received_len == session->received_max)
        return NATIVE_MQTT_NO_SPACE;
    session->received[session->received_len++] = packet_id;
    return NATIVE_MQTT_OK;
}

bool native_mqtt_session_release(struct native_mqtt_session *session, uint16_t packet_id)
{
    size_t i = find_received(session, packet_id);

    if (i == session->received_len)
        return false;
    session->received[i] = session->received[--session->received_len];
    return true;
}

static void forget_aliases(struct native_mqtt_alias *aliases, size_t n)
{
    while (n > 0)
        aliases[--n].len = 0;
}

void native_mqtt_session_resume(struct native_mqtt_session *session, bool present,
                                uint16_t send_maximum, uint16_t alias_maximum)
{
    struct native_mqtt_outgoing *at;

    session->send_maximum = send_maximum;
    session->in_flight = session->orphans = 0;
    session->cursor = session->first;
    session->alias_maximum = alias_maximum < session->aliases_out_max
                                 ? alias_maximum
                                 : (uint16_t)session->aliases_out_max;
    /* [MQTT-3.3.2-7] aliases do not outlive the connection. */
    forget_aliases(session->aliases_in, session->aliases_in_max);
    forget_aliases(session->aliases_out, session->aliases_out_max);
    if (present)
        return;
    session->received_len = 0;
    for (at = session->first; at; at = at->next) {
        bool taken = at->state >= NATIVE_MQTT_WAIT_PUBCOMP;

        at->state = taken ? NATIVE_MQTT_DONE : NATIVE_MQTT_QUEUED;
        at->publish.packet_id = 0;
    }
}

struct native_mqtt_outgoing *native_mqtt_session_collect(struct native_mqtt_session *session)
{
    struct native_mqtt_outgoing *at, *before = NULL;

    for (at = session->first; at; before = at, at = at->next)
        if (at->state == NATIVE_MQTT_DONE) {
            unlink_at(session, before, at);
            return at;
        }
    return NULL;
}

uint8_t native_mqtt_session_resolve(struct native_mqtt_session *session,
                                    struct native_mqtt_publish *publish)
{
    uint32_t n = native_mqtt_property_number(&publish->properties, NATIVE_MQTT_TOPIC_ALIAS, 0);
    struct native_mqtt_alias *alias;

    if (!(publish->properties.seen >> NATIVE_MQTT_TOPIC_ALIAS & 1))
        return 0;
    if (n == 0 || n > session->aliases_in_max)
        return REASON_ALIAS_INVALID;
    alias = &session->aliases_in[n - 1];
    if (publish->topic.len == 0) {
        if (alias->len == 0)
            return REASON_PROTOCOL_ERROR;
        publish->topic.data = alias->data;
        publish->topic.len = alias->len;
        return 0;
    }
    if (publish->topic.len > alias->capacity)
        return REASON_QUOTA;
    memcpy(alias->data, publish->topic.data, publish->topic.len);
    alias->len = (uint16_t)publish->topic.len;
    return 0;
}

uint16_t native_mqtt_session_alias(struct native_mqtt_session *session,
                                   const struct native_mqtt_span *topic, bool *known)
{
    for (uint16_t i = 0; i < session->alias_maximum; i++) {
        struct native_mqtt_alias *alias = &session->aliases_out[i];

        *known = alias->len == topic->len && memcmp(alias->data, topic->data, topic->len) == 0;
        if (*known)
            return (uint16_t)(i + 1);
        if (alias->len > 0)
            continue;
        if (topic->len > alias->capacity)
            return 0;
        memcpy(alias->data, topic->data, topic->len);
        alias->len = (uint16_t)topic->len;
        return (uint16_t)(i + 1);
    }
    return 0;
}
