/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_topic_fuzz.c - the input is a topic filter, a line feed, and a topic name: checked for every
 * version and level, and matched, against implementations written for clarity. */
#include <stdlib.h>

#include "mqtt/topic.h"
#include "tests/c/support/mqtt_naive.h"
#include "require.h"

static void check_utf8(const uint8_t *s, size_t len)
{
    for (unsigned reject = 0; reject < 16; reject++) {
        size_t where = 0, naive_where = 0;

        REQUIRE(native_mqtt_utf8_check(s, len, reject, &where) ==
                naive_utf8_check(s, len, reject, &naive_where));
        REQUIRE(where == naive_where);
    }
}

/* Returns whether it is valid for this version at the level spec. */
static bool check_topic(const uint8_t *s, size_t len, bool name, unsigned version)
{
    bool accepted = true, valid = false;

    for (unsigned level = NATIVE_MQTT_LENIENT; level <= NATIVE_MQTT_STRICT; level++) {
        struct native_mqtt_error error;
        enum native_mqtt_status status =
            native_mqtt_topic_check(s, len, name, version, level, &error);

        if (len > NATIVE_MQTT_STRING_MAX) {
            REQUIRE(status == NATIVE_MQTT_TOO_LARGE);
            return false;
        }
        REQUIRE(status == NATIVE_MQTT_OK || status == NATIVE_MQTT_MALFORMED);
        REQUIRE(accepted || status != NATIVE_MQTT_OK);
        accepted = status == NATIVE_MQTT_OK;
        if (!accepted)
            REQUIRE(error.offset <= len && error.rule != NATIVE_MQTT_RULE_NONE);
        if (level == NATIVE_MQTT_SPEC)
            valid = accepted;
    }
    return valid;
}

static void check_match(const uint8_t *filter, size_t filter_len, const uint8_t *topic,
                        size_t topic_len, bool valid)
{
    struct native_mqtt_span parts[4] = {{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
    struct native_mqtt_span plain = native_mqtt_filter_unshared(filter, filter_len);
    bool matches = native_mqtt_topic_match(filter, filter_len, topic, topic_len);
    int n = native_mqtt_topic_capture(filter, filter_len, topic, topic_len, parts, 4);

    REQUIRE(plain.len <= filter_len && plain.data + plain.len == filter + filter_len);
    REQUIRE(matches == (n >= 0));
    for (int i = 0; i < n && i < 4; i++)
        REQUIRE(parts[i].data >= topic && parts[i].data + parts[i].len <= topic + topic_len);
    if (valid)
        REQUIRE(matches == naive_match(plain.data, plain.len, topic, topic_len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *line = size ? memchr(data, '\n', size) : NULL;
    size_t filter_len = line ? (size_t)(line - data) : size;
    size_t topic_len = line ? size - filter_len - 1 : 0;
    uint8_t *filter = malloc(filter_len + !filter_len), *topic = malloc(topic_len + !topic_len);
    bool valid = false;

    if (filter_len)
        memcpy(filter, data, filter_len);
    if (topic_len)
        memcpy(topic, line + 1, topic_len);
    check_utf8(filter, filter_len);
    check_utf8(topic, topic_len);
    for (unsigned version = NATIVE_MQTT_3_1; version <= NATIVE_MQTT_5_0; version++) {
        valid = check_topic(filter, filter_len, false, version);
        check_topic(filter, filter_len, true, version);
        check_topic(topic, topic_len, true, version);
    }
    check_match(filter, filter_len, topic, topic_len, valid);
    check_match(topic, topic_len, filter, filter_len, false);
    free(filter);
    free(topic);
    return 0;
}
