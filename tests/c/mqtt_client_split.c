/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_client_split.c - the same conversation however the transport cuts it: the same events, the same
 * bytes out. */
#include "harness.h"
#include "support/mqtt_script.h"

enum { V311 = NATIVE_MQTT_3_1_1, V5 = NATIVE_MQTT_5_0, STEPS_MAX = 40 };

/* How the transport behaves. */
struct manner {
    size_t read_max, write_max;
    bool pause;
    size_t split; /* byte of the whole input after which there is a pause; SIZE_MAX: none */
};

/* What a run gave. */
struct result {
    struct script_bytes out, log;
};

static size_t said; /* bytes in this run */

/* The server says it in two parts if the split is in it. */
static void say(struct script *s, const struct manner *manner, const char *hex)
{
    uint8_t bytes[512];
    size_t len = 0, first;

    for (; *hex; hex += 2, hex += strspn(hex, " "))
        bytes[len++] = (uint8_t)strtoul((char[]){hex[0], hex[1], 0}, NULL, 16);
    first = manner->split > said && manner->split < said + len ? manner->split - said : len;
    said += len;
    script_say_bytes(s, bytes, first);
    if (first < len)
        script_say_bytes(s, bytes + first, len - first);
}

/* A conversation with every packet in it, and one reconnect. */
static void converse(struct script *s, const struct manner *m)
{
    bool is_5 = s->c.options.connect.version == V5;

    script_start(s);
    if (is_5)
        say(s, m, "f0 06 18 04 15 00 01 78");
    say(s, m, is_5 ? "20 0b 00 00 08 21 00 05 22 00 02 25 01" : "20 02 00 00");
    script_request(s, NATIVE_MQTT_SUBSCRIBE, "a/# b");
    script_run(s);
    say(s, m, is_5 ? "90 05 00 01 00 01 80" : "90 04 00 01 01 80");
    script_publish(s, 0, "x", 5);
    script_publish(s, 1, "x", 6);
    script_publish(s, 2, "yy", 200);
    script_publish(s, 1, "x", 0);
    script_run(s);
    say(s, m, "50 02 00 03 40 02 00 02");
    say(s, m, is_5 ? "70 03 00 03 00 40 04 00 04 10 00" : "70 02 00 03 40 02 00 04");
    say(s, m,
        is_5 ? "30 05 00 02 61 2f 00 32 07 00 02 61 2f 00 07 00"
             : "30 04 00 02 61 2f 32 06 00 02 61 2f 00 07");
    say(s, m,
        is_5 ? "34 06 00 01 61 00 08 00 34 06 00 01 61 00 09 00 62 02 00 08 62 02 00 09"
             : "34 05 00 01 61 00 08 34 05 00 01 61 00 09 62 02 00 08 62 02 00 09");
    if (is_5)
        say(s, m, "30 07 00 01 61 03 23 00 01 30 06 00 00 03 23 00 01");
    script_request(s, NATIVE_MQTT_UNSUBSCRIBE, "b");
    script_run(s);
    say(s, m, is_5 ? "b0 04 00 05 00 00" : "b0 02 00 05");
    script_publish(s, 2, "z", 1);
    script_run(s);
    say(s, m, "d0 00 50 02 00 06");
    script_hang_up(s);
    script_advance(s, 1000);
    say(s, m, is_5 ? "20 03 01 00 00" : "20 02 01 00");
    say(s, m, "70 02 00 06");
    if (is_5)
        say(s, m, "e0 02 8b 00");
    native_mqtt_client_stop(&s->c, 0, NULL, s->now);
    script_run(s);
}

static struct result run(unsigned version, size_t buffers, const struct manner *manner)
{
    static const uint8_t method[] = {NATIVE_MQTT_AUTHENTICATION_METHOD, 0, 1, 'x'};
    struct script *s = script_new(version, buffers, buffers);
    struct result result;

    memcpy(s->properties, method, sizeof(method));
    s->c.options.connect.as.connect.properties.len = version == V5 ? sizeof(method) : 0;
    s->c.options.connect.as.connect.clean_start = false;
    s->read_max = manner->read_max;
    s->write_max = manner->write_max;
    s->read_pause = s->write_pause = manner->pause;
    said = 0;
    converse(s, manner);
    script_append(&s->log, "", 1);
    result.out = s->out;
    result.log = s->log;
    memset(&s->out, 0, sizeof(s->out));
    memset(&s->log, 0, sizeof(s->log));
    check(script_free(s) == 0, "the script has faults");
    return result;
}

static bool same(const struct script_bytes *a, const struct script_bytes *b)
{
    return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

static void drop(struct result *result)
{
    free(result->out.data);
    free(result->log.data);
}

/* Compare with the run in one piece. */
static void compare(unsigned version, size_t buffers, const struct result *whole,
                    const struct manner *manner)
{
    struct result got = run(version, buffers, manner);

    if (!check(same(&got.log, &whole->log), "reads of %zu, writes of %zu, split at %zu: told %.*s",
               manner->read_max, manner->write_max, manner->split, (int)got.log.len,
               (const char *)got.log.data))
        printf("# whole: %.*s\n", (int)whole->log.len, (const char *)whole->log.data);
    check(same(&got.out, &whole->out), "reads of %zu, writes of %zu, split at %zu: other bytes",
          manner->read_max, manner->write_max, manner->split);
    drop(&got);
}

static void test_splits(unsigned version, size_t buffers)
{
    struct manner manner = {0, 0, false, SIZE_MAX};
    struct result whole = run(version, buffers, &manner);
    size_t len = said;

    check(strstr((const char *)whole.log.data, "delivered 5 00") != NULL,
          "it did not get far: %.*s", (int)whole.log.len, (const char *)whole.log.data);
    for (manner.split = 1; manner.split < len && tap_good; manner.split++)
        compare(version, buffers, &whole, &manner);
    manner.split = SIZE_MAX;
    for (unsigned pause = 0; pause < 2; pause++)
        for (manner.read_max = 0; manner.read_max < 4; manner.read_max++)
            for (manner.write_max = 0; manner.write_max < 4 && tap_good; manner.write_max++) {
                manner.pause = pause;
                compare(version, buffers, &whole, &manner);
            }
    end_test(
        "a conversation of %zu bytes in and %zu out, split everywhere; version %u, buffers of %zu",
        len, whole.out.len, version, buffers);
    drop(&whole);
}

int main(void)
{
    test_splits(V311, 300);
    test_splits(V311, 32);
    test_splits(V5, 300);
    test_splits(V5, 32);
    return done();
}
