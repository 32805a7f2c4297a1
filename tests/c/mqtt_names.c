/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_names.c - the texts of mqtt/names.c. */
#include "harness.h"
#include "mqtt/names.h"
#include "mqtt/packet.h"

static bool is(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static void test_reasons(void)
{
    unsigned names = 0;

    ok(is(native_mqtt_reason_name(5, NATIVE_MQTT_CONNACK, 0), "Success"), "0x00 in CONNACK");
    ok(is(native_mqtt_reason_name(5, NATIVE_MQTT_DISCONNECT, 0), "Normal disconnection"),
       "0x00 in DISCONNECT");
    ok(is(native_mqtt_reason_name(5, NATIVE_MQTT_SUBACK, 0), "Granted QoS 0"), "0x00 in SUBACK");
    ok(is(native_mqtt_reason_name(5, NATIVE_MQTT_UNSUBACK, 0), "Success"), "0x00 in UNSUBACK");
    ok(is(native_mqtt_reason_name(4, NATIVE_MQTT_SUBACK, 0x80), "Failure"),
       "0x80 in a SUBACK of 3.1.1");
    ok(is(native_mqtt_reason_name(4, NATIVE_MQTT_CONNACK, 1), "Unacceptable protocol version") &&
           is(native_mqtt_reason_name(3, NATIVE_MQTT_CONNACK, 5), "Not authorized"),
       "return codes of CONNACK before 5.0");
    ok(is(native_mqtt_reason_name(5, 0, 0xa2), "Wildcard Subscriptions not supported") &&
           is(native_mqtt_reason_name(5, 0, 0x92), "Packet Identifier not found") &&
           is(native_mqtt_reason_name(5, 0, 0x9b), "QoS not supported"),
       "codes from 0x80 on are not shifted");
    for (unsigned reason = 0; reason <= 0x1ff; reason++) {
        bool allowed = false;

        for (unsigned type = 1; type <= 15; type++)
            allowed = allowed || (reason < 0x100 && native_mqtt_reason_allowed(5, type, reason));
        check(allowed == (native_mqtt_reason_name(5, 0, reason) != NULL), "reason 0x%02x", reason);
        names += native_mqtt_reason_name(5, 0, reason) != NULL;
    }
    check(names == 43, "%u reason codes have names", names);
    end_test("exactly the codes that a packet can have have names");
}

static void test_properties(void)
{
    unsigned count = 0;

    for (unsigned id = 0; id < 300; id++) {
        bool exists = native_mqtt_property_info(id)->type != NATIVE_MQTT_PROPERTY_NONE;

        count += exists;
        check(exists == (native_mqtt_property_name(id) != NULL), "property 0x%02x", id);
    }
    check(count == 27, "%u properties", count);
    end_test("exactly the 27 properties have names");
    ok(is(native_mqtt_property_name(0x2a), "Shared Subscription Available"), "property 0x2a");
}

static void test_rules_and_types(void)
{
    for (unsigned rule = 0; rule < NATIVE_MQTT_RULE_COUNT; rule++)
        check(native_mqtt_rule_name(rule) && native_mqtt_rule_text(rule) &&
                  strlen(native_mqtt_rule_text(rule)) > 8,
              "rule %u", rule);
    check(!native_mqtt_rule_name(NATIVE_MQTT_RULE_COUNT) &&
              !native_mqtt_rule_text(NATIVE_MQTT_RULE_COUNT),
          "a rule that is none");
    end_test("every rule has a name and a text");
    ok(is(native_mqtt_rule_name(NATIVE_MQTT_RULE_UTF8), "UTF8"), "the name of a rule");
    ok(is(native_mqtt_type_name(1), "CONNECT") && is(native_mqtt_type_name(11), "UNSUBACK") &&
           is(native_mqtt_type_name(15), "AUTH") && !native_mqtt_type_name(0) &&
           !native_mqtt_type_name(16),
       "names of packet types");
}

static void test_statements(void)
{
    struct guard guard = guard_new(4096);
    char text[NATIVE_MQTT_STATEMENT_TEXT_MAX];

    ok(native_mqtt_statement_text(NATIVE_MQTT_STATEMENT(3, 3, 2, 2), text, sizeof(text)) == 12 &&
           is(text, "MQTT-3.3.2-2"),
       "a statement");
    ok(native_mqtt_statement_text(NATIVE_MQTT_STATEMENT(3, 14, 2, 11), text, sizeof(text)) == 14 &&
           is(text, "MQTT-3.14.2-11"),
       "a statement with two-digit parts");
    ok(native_mqtt_statement_text(NATIVE_MQTT_STATEMENT(7, 15, 15, 31), text, sizeof(text)) == 15 &&
           is(text, "MQTT-7.15.15-31"),
       "the longest statement");
    ok(native_mqtt_statement_text(NATIVE_MQTT_STATEMENT_3_8_3_4, text, sizeof(text)) == 12 &&
           is(text, "MQTT-3-8.3-4"),
       "the statement of 3.1.1 that is spelled in another way than 5.0's MQTT-3.8.3-4");
    ok(native_mqtt_statement_text(0, text, sizeof(text)) == 0 && is(text, ""), "no statement");
    for (size_t room = 0; room <= 12; room++) {
        char *out = (char *)guard_end(&guard, room);

        check(native_mqtt_statement_text(NATIVE_MQTT_STATEMENT(3, 3, 2, 2), out, room) == 12 &&
                  (room == 0 || out[0] == '\0'),
              "room for %zu bytes", room);
    }
    end_test("too little room");
}

int main(void)
{
    test_reasons();
    test_properties();
    test_rules_and_types();
    test_statements();
    return done();
}
