/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/metrics.c - what Native\status() tells, as OpenMetrics text. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "metrics.h"

#include "zend_smart_str.h"

#include "../mqtt/utf8.h"

enum kind { GAUGE, COUNTER };

struct metric {
    const char *key;  /* in its part of the status */
    const char *name; /* a unit, where there is one, is its last word */
    const char *unit;
    enum kind kind;
    const char *help;
};

static const struct metric mqtt[] = {
    {"bytesSent", "native_mqtt_sent_bytes", "bytes", COUNTER,
     "Bytes sent by the clients of this process"},
    {"bytesReceived", "native_mqtt_received_bytes", "bytes", COUNTER, "Bytes received by them"},
    {"packetsSent", "native_mqtt_sent_packets", NULL, COUNTER, "Control packets sent"},
    {"packetsReceived", "native_mqtt_received_packets", NULL, COUNTER, "Control packets received"},
    {"messagesPublished", "native_mqtt_published_messages", NULL, COUNTER, "Messages published"},
    {"messagesReceived", "native_mqtt_received_messages", NULL, COUNTER, "Messages received"},
    {"connections", "native_mqtt_connections", NULL, COUNTER, "Connections that a server accepted"},
    {"reconnects", "native_mqtt_reconnects", NULL, COUNTER, "Of these, after a client's first one"},
    {"clients", "native_mqtt_clients", NULL, GAUGE, "Clients of this process"},
    {"connected", "native_mqtt_connected_clients", NULL, GAUGE, "Of these, connected"},
    {"inFlight", "native_mqtt_in_flight_messages", NULL, GAUGE,
     "Messages of QoS 1 and 2 sent and not acknowledged"},
    {"deliveriesWaiting", "native_mqtt_waiting_messages", NULL, GAUGE,
     "Messages published and not done with"},
    {"bytesWaiting", "native_mqtt_waiting_bytes", "bytes", GAUGE, "Memory that they take"},
};

static const struct metric http[] = {
    {"kept", "native_http_kept_connections", NULL, GAUGE,
     "Connections that wait for their next request"},
    {"requests", "native_http_requests", NULL, COUNTER, "Requests sent by this process"},
    {"opened", "native_http_opened_connections", NULL, COUNTER, "Connections opened"},
    {"reused", "native_http_reused_connections", NULL, COUNTER, "Requests that found a connection"},
    {"dead", "native_http_dead_connections", NULL, COUNTER,
     "Connections found closed when they were wanted"},
    {"expired", "native_http_expired_connections", NULL, COUNTER,
     "Connections closed because they had waited too long"},
    {"handshakes", "native_http_tls_handshakes", NULL, COUNTER, "TLS handshakes"},
    {"resumed", "native_http_tls_resumptions", NULL, COUNTER, "Of these, with a saved session"},
    {"lookups", "native_http_lookups", NULL, COUNTER, "Names asked of the system"},
    {"lookupsCached", "native_http_cached_lookups", NULL, COUNTER, "Names that were known"},
};

static const struct metric segment[] = {
    {"size", "native_shm_segment_size_bytes", "bytes", GAUGE, "Size of the segment's file"},
    {"memory", "native_shm_segment_memory_bytes", "bytes", GAUGE,
     "What entries, channels, counters and locks may have of it"},
    {"used", "native_shm_segment_used_bytes", "bytes", GAUGE, "What they have"},
    {"index", "native_shm_segment_index_bytes", "bytes", GAUGE, "Size of the index"},
    {"largest_free", "native_shm_segment_largest_free_bytes", "bytes", GAUGE,
     "The largest piece that is free"},
    {"value_bytes", "native_shm_segment_value_bytes", "bytes", GAUGE, "Keys and values alone"},
    {"entries", "native_shm_segment_entries", NULL, GAUGE, "Entries of the cache"},
    {"participants", "native_shm_segment_participants", NULL, GAUGE, "Attached processes"},
    {"created", "native_shm_segment_start_time_seconds", "seconds", GAUGE,
     "When it was made, since 1970"},
    {"hits", "native_shm_segment_hits", NULL, COUNTER,
     "Fetches that found something, by all processes"},
    {"misses", "native_shm_segment_misses", NULL, COUNTER, "Fetches that found nothing"},
    {"stores", "native_shm_segment_stores", NULL, COUNTER, "Values stored"},
    {"deletes", "native_shm_segment_deletes", NULL, COUNTER, "Values deleted"},
    {"evictions", "native_shm_segment_evictions", NULL, COUNTER, "Entries that had to go"},
    {"expirations", "native_shm_segment_expirations", NULL, COUNTER, "Entries whose time was over"},
    {"busy", "native_shm_segment_lock_timeouts", NULL, COUNTER,
     "Calls that gave up waiting for a lock"},
    {"repairs", "native_shm_segment_repairs", NULL, COUNTER,
     "Locks taken over from killed processes"},
    {"retries", "native_shm_segment_retries", NULL, COUNTER,
     "Reads that began again because of a writer"},
    {"evict_steps", "native_shm_segment_eviction_steps", NULL, COUNTER,
     "Entries looked at to find those that went"},
};

static const struct metric channel[] = {
    {"ready", "native_shm_channel_ready_messages", NULL, GAUGE,
     "Messages that a receiver could get"},
    {"taken", "native_shm_channel_taken_messages", NULL, GAUGE,
     "Messages received and not acknowledged"},
    {"used", "native_shm_channel_used_bytes", "bytes", GAUGE, "Bytes of all messages in it"},
    {"capacity", "native_shm_channel_capacity_bytes", "bytes", GAUGE, "How many may be in it"},
    {"sent", "native_shm_channel_sent_messages", NULL, COUNTER, "Messages sent, by all processes"},
    {"received", "native_shm_channel_received_messages", NULL, COUNTER, "Messages received"},
    {"dropped", "native_shm_channel_dropped_messages", NULL, COUNTER, "Messages dropped"},
    {"closed", "native_shm_channel_closed", NULL, GAUGE, "Whether it is closed"},
};

static const struct metric copies[] = {
    {"bytes", "native_shm_copies_bytes", "bytes", GAUGE,
     "Memory of the arrays that this process keeps"},
    {"arrays", "native_shm_copies", NULL, GAUGE, "How many these are"},
    {"hits", "native_shm_copies_hits", NULL, COUNTER, "Fetches that copied nothing"},
};

static const struct metric share[] = {
    {"enabled", "native_share_enabled", NULL, GAUGE,
     "Whether TLS sessions and names are shared between processes"},
    {"sessions_found", "native_share_found_sessions", NULL, COUNTER,
     "TLS sessions found by this process"},
    {"sessions_missed", "native_share_missed_sessions", NULL, COUNTER,
     "TLS sessions looked for in vain"},
    {"sessions_stored", "native_share_stored_sessions", NULL, COUNTER, "TLS sessions stored"},
    {"sessions_kept", "native_share_kept_sessions", NULL, COUNTER,
     "TLS sessions that it keeps for itself"},
    {"names_found", "native_share_found_names", NULL, COUNTER, "Addresses of names found"},
    {"names_missed", "native_share_missed_names", NULL, COUNTER,
     "Addresses of names looked for in vain"},
    {"names_stored", "native_share_stored_names", NULL, COUNTER, "Addresses of names stored"},
};

/* ---- writing ---- */

static void put_label(smart_str *out, const char *name, zend_string *value)
{
    size_t where;
    /* The text is UTF-8; a channel may have any bytes for its name. Two names are never the same label: a name that has "\x"
     * itself has that backslash as \x5C. */
    bool broken = native_mqtt_utf8_check(ZSTR_VAL(value), ZSTR_LEN(value),
                                         NATIVE_MQTT_UTF8_ILL_FORMED, &where) != 0;

    smart_str_append_printf(out, "%s=\"", name);
    for (size_t i = 0; i < ZSTR_LEN(value); i++) {
        char c = ZSTR_VAL(value)[i];

        if (c == '\0' || (broken && (unsigned char)c >= 0x80) ||
            (c == '\\' && ZSTR_VAL(value)[i + 1] == 'x')) {
            smart_str_append_printf(out, "\\\\x%02X", (unsigned char)c);
            continue;
        }
        if (c == '\\' || c == '"')
            smart_str_appendc(out, '\\');
        if (c == '\n')
            smart_str_appends(out, "\\n");
        else
            smart_str_appendc(out, c);
    }
    smart_str_appendc(out, '"');
}

static void put_family(smart_str *out, const struct metric *m)
{
    smart_str_append_printf(out, "# TYPE %s %s\n", m->name,
                            m->kind == COUNTER ? "counter" : "gauge");
    if (m->unit)
        smart_str_append_printf(out, "# UNIT %s %s\n", m->name, m->unit);
    smart_str_append_printf(out, "# HELP %s %s\n", m->name, m->help);
}

static void put_sample(smart_str *out, const struct metric *m, zend_string *label, HashTable *part)
{
    zval *value = zend_hash_str_find(part, m->key, strlen(m->key));

    if (!value)
        return;
    smart_str_appends(out, m->name);
    if (m->kind == COUNTER)
        smart_str_appends(out, "_total");
    if (label) {
        smart_str_appendc(out, '{');
        smart_str_append(out, label);
        smart_str_appendc(out, '}');
    }
    smart_str_append_printf(out, " " ZEND_LONG_FMT "\n", zval_get_long(value));
}

static HashTable *part_of(HashTable *all, const char *key)
{
    zval *part = zend_hash_str_find(all, key, strlen(key));

    return part && Z_TYPE_P(part) == IS_ARRAY ? Z_ARR_P(part) : NULL;
}

static void put_part(smart_str *out, const struct metric *metrics, size_t len, HashTable *part)
{
    for (size_t i = 0; part && i < len; i++) {
        put_family(out, &metrics[i]);
        put_sample(out, &metrics[i], NULL, part);
    }
}
#define PUT_PART(out, metrics, part)                                                               \
    put_part(out, metrics, sizeof(metrics) / sizeof((metrics)[0]), part)

/* A private segment has no path: a number tells it from other ones. */
static zend_string *label_of(HashTable *part, unsigned *private)
{
    zval *path = zend_hash_str_find(part, ZEND_STRL("path"));
    smart_str label = {NULL, 0};

    if (path && Z_STRLEN_P(path) > 0)
        put_label(&label, "segment", Z_STR_P(path));
    else
        smart_str_append_printf(&label, "segment=\"private-%u\"", ++*private);
    return smart_str_extract(&label);
}

/* Whether it has lost its file: there may be another one by its name, and nobody finds this one any more. */
static bool is_removed(HashTable *part)
{
    zval *removed = zend_hash_str_find(part, ZEND_STRL("removed"));

    return removed && Z_TYPE_P(removed) == IS_TRUE;
}

static void put_channels_of(smart_str *out, const struct metric *m, zend_string *in_segment,
                            HashTable *part)
{
    HashTable *channels = part_of(part, "channels");
    zval *one;

    if (!channels)
        return;
    ZEND_HASH_FOREACH_VAL(channels, one)
    {
        smart_str label = {NULL, 0};
        zend_string *both;

        smart_str_append(&label, in_segment);
        smart_str_appendc(&label, ',');
        put_label(&label, "channel", Z_STR_P(zend_hash_str_find(Z_ARR_P(one), ZEND_STRL("name"))));
        both = smart_str_extract(&label);
        put_sample(out, m, both, Z_ARR_P(one));
        zend_string_release(both);
    }
    ZEND_HASH_FOREACH_END();
}

typedef void put_one(smart_str *out, const struct metric *m, zend_string *label, HashTable *part);

/* All samples of a family stand together: each family goes over all segments. */
static void put_segments(smart_str *out, const struct metric *metrics, size_t len, put_one *put,
                         HashTable *segments)
{
    for (size_t i = 0; segments && i < len; i++) {
        unsigned private = 0;
        zval *one;

        put_family(out, &metrics[i]);
        ZEND_HASH_FOREACH_VAL(segments, one)
        {
            zend_string *label;

            if (is_removed(Z_ARR_P(one)))
                continue;
            label = label_of(Z_ARR_P(one), &private);
            put(out, &metrics[i], label, Z_ARR_P(one));
            zend_string_release(label);
        }
        ZEND_HASH_FOREACH_END();
    }
}

#define PUT_SEGMENTS(out, metrics, put, segments)                                                  \
    put_segments(out, metrics, sizeof(metrics) / sizeof((metrics)[0]), put, segments)

static void put_info(smart_str *out, HashTable *status)
{
    smart_str_appends(out, "# TYPE native info\n# HELP native The module\nnative_info{");
    put_label(out, "version", Z_STR_P(zend_hash_str_find(status, ZEND_STRL("version"))));
    smart_str_appendc(out, ',');
    put_label(out, "tls", Z_STR_P(zend_hash_str_find(status, ZEND_STRL("mbedtls"))));
    smart_str_appends(out, "} 1\n");
}

zend_string *native_ext_metrics(HashTable *status)
{
    HashTable *shm = part_of(status, "shm");
    HashTable *segments = shm ? part_of(shm, "segments") : NULL;
    smart_str out = {NULL, 0};

    put_info(&out, status);
    PUT_PART(&out, mqtt, part_of(status, "mqtt"));
    PUT_PART(&out, http, part_of(status, "http"));
    PUT_SEGMENTS(&out, segment, put_sample, segments);
    PUT_SEGMENTS(&out, channel, put_channels_of, segments);
    PUT_PART(&out, copies, shm ? part_of(shm, "copies") : NULL);
    PUT_PART(&out, share, part_of(status, "share"));
    smart_str_appends(&out, "# EOF\n");
    return smart_str_extract(&out);
}
