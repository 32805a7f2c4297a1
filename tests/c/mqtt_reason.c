/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_reason.c - all 256 reason codes in every packet that has one, for every version and sender,
 * against the standard's tables copied by hand. */
#include "harness.h"
#include "mqtt/packet.h"

/* Table 2-6, by packet (the tables of the packets agree; 0x8c in DISCONNECT is in Table 2-6 only). */
static const struct table {
    uint8_t version, type;
    const char *name;
    const char *codes;
} tables[] = {
    {5, NATIVE_MQTT_CONNACK, "CONNACK",
     "00 80 81 82 83 84 85 86 87 88 89 8a 8c 90 95 97 99 9a 9b 9c 9d 9f"},
    {5, NATIVE_MQTT_PUBACK, "PUBACK", "00 10 80 83 87 90 91 97 99"},
    {5, NATIVE_MQTT_PUBREC, "PUBREC", "00 10 80 83 87 90 91 97 99"},
    {5, NATIVE_MQTT_PUBREL, "PUBREL", "00 92"},
    {5, NATIVE_MQTT_PUBCOMP, "PUBCOMP", "00 92"},
    {5, NATIVE_MQTT_SUBACK, "SUBACK", "00 01 02 80 83 87 8f 91 97 9e a1 a2"},
    {5, NATIVE_MQTT_UNSUBACK, "UNSUBACK", "00 11 80 83 87 8f 91"},
    {5, NATIVE_MQTT_DISCONNECT, "DISCONNECT",
     "00 04 80 81 82 83 87 89 8b 8c 8d 8e 8f 90 93 94 95 96 97 98 99 9a 9b 9c 9d 9e 9f a0 a1 a2"},
    {5, NATIVE_MQTT_AUTH, "AUTH", "00 18 19"},
    {4, NATIVE_MQTT_CONNACK, "CONNACK", "00 01 02 03 04 05"},
    {3, NATIVE_MQTT_CONNACK, "CONNACK", "00 01 02 03 04 05"},
    {4, NATIVE_MQTT_SUBACK, "SUBACK", "00 01 02 80"},
    {3, NATIVE_MQTT_SUBACK, "SUBACK", "00 01 02 80"},
};

/* Tables 3-10 and 3-11: who sends which; a SHOULD, so for the level strict. */
static const char only_client[] = "04";
static const char only_server[] =
    "87 89 8b 8c 8d 8e 8f 9a 9b 9c 9d 9e 9f a0 a1 a2"; /* of DISCONNECT */

static bool is_in(const char *codes, unsigned code)
{
    for (; *codes; codes += strspn(codes, " ") + 2) {
        codes += strspn(codes, " ");
        if (strtoul((char[]){codes[0], codes[1], 0}, NULL, 16) == code)
            return true;
    }
    return false;
}

/* A packet of this type with this code. Returns its length. */
static size_t make(const struct table *t, unsigned code, uint8_t *out)
{
    static const uint8_t firsts[] = {0, 0,    0x20, 0,    0x40, 0x50, 0x62, 0x70,
                                     0, 0x90, 0,    0xb0, 0,    0,    0xe0, 0xf0};
    size_t n = 2;

    out[0] = firsts[t->type];
    if (t->type == NATIVE_MQTT_CONNACK)
        out[n++] = 0;
    if (t->type >= NATIVE_MQTT_PUBACK && t->type <= NATIVE_MQTT_UNSUBACK) {
        out[n++] = 0;
        out[n++] = 1;
    }
    if (t->version == 5 && (t->type == NATIVE_MQTT_SUBACK || t->type == NATIVE_MQTT_UNSUBACK))
        out[n++] = 0;
    out[n++] = (uint8_t)code;
    if (t->version == 5 && t->type == NATIVE_MQTT_CONNACK)
        out[n++] = 0;
    if (t->type == NATIVE_MQTT_AUTH) {
        memcpy(out + n, "\4\x15\0\1m", 5);
        n += 5;
    }
    out[1] = (uint8_t)(n - 2);
    return n;
}

static bool accepts(const struct table *t, unsigned code, unsigned level, unsigned sender)
{
    const struct native_mqtt_options options = {t->version, (uint8_t)level, (uint8_t)sender, 0};
    struct native_mqtt_frame frame;
    struct native_mqtt_packet packet;
    struct native_mqtt_error error;
    uint8_t bytes[16];

    return native_mqtt_packet_decode(&options, bytes, make(t, code, bytes), &frame, &packet,
                                     &error) == NATIVE_MQTT_OK;
}

static void test_codes(void)
{
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        const struct table *t = &tables[i];

        for (unsigned code = 0; code < 256; code++) {
            bool legal = is_in(t->codes, code);

            check(native_mqtt_reason_allowed(t->version, t->type, code) == legal &&
                      accepts(t, code, NATIVE_MQTT_LENIENT, 0) &&
                      accepts(t, code, NATIVE_MQTT_SPEC, 0) == legal &&
                      accepts(t, code, NATIVE_MQTT_STRICT, 0) == legal,
                  "0x%02x in %s", code, t->name);
        }
        end_test("reason codes of %s in version %u", t->name, t->version);
    }
}

static void test_senders(void)
{
    const struct table *disconnect = &tables[7], *auth = &tables[8];

    for (unsigned code = 0; code < 256; code++) {
        bool legal = is_in(disconnect->codes, code);

        check(accepts(disconnect, code, NATIVE_MQTT_STRICT, NATIVE_MQTT_FROM_CLIENT) ==
                      (legal && !is_in(only_server, code)) &&
                  accepts(disconnect, code, NATIVE_MQTT_STRICT, NATIVE_MQTT_FROM_SERVER) ==
                      (legal && !is_in(only_client, code)) &&
                  accepts(disconnect, code, NATIVE_MQTT_SPEC, NATIVE_MQTT_FROM_CLIENT) == legal &&
                  accepts(disconnect, code, NATIVE_MQTT_SPEC, NATIVE_MQTT_FROM_SERVER) == legal,
              "0x%02x in DISCONNECT by sender", code);
    }
    end_test("who sends which reason code in DISCONNECT");
    ok(accepts(auth, 0x18, NATIVE_MQTT_STRICT, NATIVE_MQTT_FROM_CLIENT) &&
           accepts(auth, 0x18, NATIVE_MQTT_STRICT, NATIVE_MQTT_FROM_SERVER) &&
           accepts(auth, 0x19, NATIVE_MQTT_STRICT, NATIVE_MQTT_FROM_CLIENT) &&
           !accepts(auth, 0x19, NATIVE_MQTT_STRICT, NATIVE_MQTT_FROM_SERVER) &&
           !accepts(auth, 0x00, NATIVE_MQTT_STRICT, NATIVE_MQTT_FROM_CLIENT) &&
           accepts(auth, 0x00, NATIVE_MQTT_STRICT, NATIVE_MQTT_FROM_SERVER),
       "and in AUTH");
}

/* 3.1.1, Table 3.1, with the names that Table 2-6 of 5.0 has for the same thing. */
static void test_return_codes(void)
{
    static const uint8_t reasons[] = {0x00, 0x84, 0x85, 0x88, 0x86, 0x87};

    for (unsigned code = 0; code < 256; code++) {
        unsigned reason = code < sizeof(reasons) ? reasons[code] : 0x80;

        check(native_mqtt_connack_reason(3, code) == reason &&
                  native_mqtt_connack_reason(4, code) == reason &&
                  native_mqtt_connack_reason(5, code) == code,
              "return code %u", code);
    }
    end_test("return codes of CONNACK before 5.0 as reason codes");
}

int main(void)
{
    test_codes();
    test_senders();
    test_return_codes();
    return done();
}
