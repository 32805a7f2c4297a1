/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* topic.c - topic names and filters, one level at a time. */
#include "topic.h"

#include <string.h>

#include "reader.h"

static const char share[] = "$share/";
enum { SHARE_LEN = sizeof(share) - 1 };

bool native_mqtt_filter_is_shared(const void *filter, size_t filter_len)
{
    return filter_len >= SHARE_LEN && memcmp(filter, share, SHARE_LEN) == 0;
}

/* Length of the share name of a shared filter, up to its / or the end. */
static size_t share_name_len(const uint8_t *filter, size_t len)
{
    const uint8_t *slash = memchr(filter + SHARE_LEN, '/', len - SHARE_LEN);

    return slash ? (size_t)(slash - filter) - SHARE_LEN : len - SHARE_LEN;
}

struct native_mqtt_span native_mqtt_filter_unshared(const void *filter, size_t filter_len)
{
    struct native_mqtt_span rest = {filter, filter_len};
    size_t skip;

    if (!native_mqtt_filter_is_shared(filter, filter_len))
        return rest;
    skip = SHARE_LEN + share_name_len(filter, filter_len) + 1;
    if (skip > filter_len)
        skip = filter_len;
    rest.data += skip;
    rest.len -= skip;
    return rest;
}

/* [MQTT-4.8.2-1] a share name of one character at least; [MQTT-4.8.2-2] without wildcards, and
 * followed by a topic filter. */
static enum native_mqtt_rule check_share(const uint8_t *filter, size_t len, size_t *where)
{
    size_t name_len = share_name_len(filter, len);

    *where = SHARE_LEN;
    if (name_len == 0)
        return NATIVE_MQTT_RULE_SHARE_NAME;
    for (size_t i = 0; i < name_len; i++, ++*where)
        if (filter[*where] == '+' || filter[*where] == '#')
            return NATIVE_MQTT_RULE_SHARE_FILTER;
    if (*where + 1 >= len)
        return NATIVE_MQTT_RULE_SHARE_FILTER;
    return NATIVE_MQTT_RULE_NONE;
}

enum native_mqtt_rule native_mqtt_filter_check(const void *filter, size_t filter_len,
                                               unsigned version, size_t *where)
{
    const uint8_t *s = filter;
    size_t i;

    if (version == NATIVE_MQTT_5_0 && native_mqtt_filter_is_shared(filter, filter_len)) {
        enum native_mqtt_rule rule = check_share(s, filter_len, where);

        if (rule != NATIVE_MQTT_RULE_NONE)
            return rule;
    }
    for (i = 0; i < filter_len; i++) {
        bool first = i == 0 || s[i - 1] == '/';
        bool last = i + 1 == filter_len;

        *where = i;
        if (s[i] == '#' && !(first && last))
            return NATIVE_MQTT_RULE_FILTER_HASH;
        if (s[i] == '+' && !(first && (last || s[i + 1] == '/')))
            return NATIVE_MQTT_RULE_FILTER_PLUS;
    }
    return NATIVE_MQTT_RULE_NONE;
}

enum native_mqtt_status native_mqtt_topic_check(const void *topic, size_t topic_len, bool name,
                                                unsigned version, unsigned level,
                                                struct native_mqtt_error *error)
{
    struct native_mqtt_options options = {(uint8_t)version, (uint8_t)level, 0, 0};
    struct native_mqtt_span span = {topic_len ? topic : "", topic_len}; /* topic may be NULL */
    enum native_mqtt_rule rule;
    struct native_mqtt_reader r;
    size_t where;

    if (topic_len > NATIVE_MQTT_STRING_MAX)
        return NATIVE_MQTT_TOO_LARGE;
    native_mqtt_reader_init(&r, &options, span.data, 0, topic_len, error);
    native_mqtt_check_topic(&r, &span,
                            name ? NATIVE_MQTT_RULE_TOPIC_WILDCARD : NATIVE_MQTT_RULE_NONE);
    if (!name) {
        rule = native_mqtt_filter_check(span.data, topic_len, version, &where);
        if (rule != NATIVE_MQTT_RULE_NONE)
            native_mqtt_fail(&r, rule, span.data + where);
    }
    return r.failed ? NATIVE_MQTT_MALFORMED : NATIVE_MQTT_OK;
}

static void keep(struct native_mqtt_span *parts, size_t parts_len, int n, const uint8_t *data,
                 const uint8_t *end)
{
    if ((size_t)n >= parts_len)
        return;
    parts[n].data = data;
    parts[n].len = (size_t)(end - data);
}

int native_mqtt_topic_capture(const void *filter, size_t filter_len, const void *topic,
                              size_t topic_len, struct native_mqtt_span *parts, size_t parts_len)
{
    struct native_mqtt_span unshared = native_mqtt_filter_unshared(filter, filter_len);
    const uint8_t *f = unshared.data, *f_end, *t = topic, *t_end;
    int wildcards = 0;

    if (unshared.len == 0 || topic_len == 0 || (*t == '$' && (*f == '+' || *f == '#')))
        return -1;
    f_end = f + unshared.len;
    t_end = t + topic_len;
    for (;; f++, t++) { /* a level a turn */
        if (f < f_end && *f == '#') {
            keep(parts, parts_len, wildcards, t, t_end);
            return wildcards + 1;
        }
        if (f < f_end && *f == '+') {
            const uint8_t *level = t;

            while (t < t_end && *t != '/')
                t++;
            keep(parts, parts_len, wildcards++, level, t);
            f++;
        } else {
            while (f < f_end && t < t_end && *f == *t && *f != '/') {
                f++;
                t++;
            }
        }
        if (f == f_end || t == t_end)
            break;
        if (*f != '/' || *t != '/')
            return -1;
    }
    if (f == f_end)
        return t == t_end ? wildcards : -1;
    /* The name is at its end: only /# may be left of the filter. */
    if (f_end - f != 2 || f[0] != '/' || f[1] != '#')
        return -1;
    keep(parts, parts_len, wildcards, t, t);
    return wildcards + 1;
}

bool native_mqtt_topic_match(const void *filter, size_t filter_len, const void *topic,
                             size_t topic_len)
{
    return native_mqtt_topic_capture(filter, filter_len, topic, topic_len, NULL, 0) >= 0;
}
