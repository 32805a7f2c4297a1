/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_topic.c - topic names and filters: tables from the standards' examples and beyond, and a
 * matcher written for clarity only that has to agree on random input.
 *
 * proves: MQTT-4.7.2-1 MQTT-4.7.3-4 (3.1.1 and 5.0) */
#include "harness.h"
#include "mqtt/topic.h"
#include "support/mqtt_naive.h"

static struct guard left, right;

/* Copies before forbidden pages, one for the filter and one for the topic. */
static const uint8_t *place(const struct guard *guard, const char *text)
{
    return guard_place(guard, text, strlen(text));
}

/* ---- matching ------------------------------------------------------------------------------- */

static const struct {
    const char *filter, *topic;
    bool matches;
} matches[] = {
    {"a", "a", true},
    {"a", "b", false},
    {"a", "ab", false},
    {"ab", "a", false},
    {"a/b", "a/b", true},
    {"a/b", "a", false},
    {"a", "a/b", false},
    {"a/", "a", false},
    {"a", "a/", false},
    {"a/", "a/", true},
    {"/a", "a", false},
    {"/a", "/a", true},
    {"//", "//", true},
    {"//", "/", false},
    {"A", "a", false},
    /* the standard's examples of # (4.7.1.2) */
    {"sport/tennis/player1/#", "sport/tennis/player1", true},
    {"sport/tennis/player1/#", "sport/tennis/player1/ranking", true},
    {"sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true},
    {"sport/tennis/player1/#", "sport/tennis/player12", false},
    {"sport/#", "sport", true},
    {"sport/#", "sports", false},
    {"sport/#", "spor", false},
    {"#", "sport", true},
    {"#", "sport/tennis/x", true},
    {"#", "/", true},
    {"#", "/finance", true},
    {"a/#", "a/", true},
    {"a/#", "a//", true},
    {"/#", "/", true},
    {"/#", "/a", true},
    {"/#", "a", false},
    {"/#", "a/b", false},
    /* and of + (4.7.1.3) */
    {"sport/tennis/+", "sport/tennis/player1", true},
    {"sport/tennis/+", "sport/tennis/player1/ranking", false},
    {"sport/+", "sport", false},
    {"sport/+", "sport/", true},
    {"+/+", "/finance", true},
    {"/+", "/finance", true},
    {"+", "/finance", false},
    {"+", "finance", true},
    {"+", "a/", false},
    {"+/", "a/", true},
    {"+/+", "a/", true},
    {"+/+", "/", true},
    {"+/+/+", "//", true},
    {"+/b/+", "a/b/c", true},
    {"+/b/+", "a/x/c", false},
    {"+/b/#", "a/b", true},
    {"+/tennis/#", "sport/tennis/a/b", true},
    {"a/+/#", "a/b", true},
    {"a/+/#", "a", false},
    {"a/+/c", "a//c", true},
    {"+/#", "a", true},
    {"+/#", "/", true},
    /* topics that begin with $ (4.7.2) [MQTT-4.7.2-1] */
    {"#", "$SYS/monitor", false},
    {"+/monitor", "$SYS/monitor", false},
    {"+", "$SYS", false},
    {"+/#", "$SYS/x", false},
    {"$SYS/#", "$SYS/monitor", true},
    {"$SYS/#", "$SYS", true},
    {"$SYS/monitor/+", "$SYS/monitor/Clients", true},
    {"$SYS/+", "$SYS/x", true},
    {"a/+", "a/$x", true},
    {"a/#", "a/$x", true},
    {"$+", "$x", false},
    /* no normalisation [MQTT-4.7.3-4]: e with acute as one code point and as two */
    {"caf\xc3\xa9", "caf\xc3\xa9", true},
    {"caf\xc3\xa9", "cafe\xcc\x81", false},
    {"a b", "a b", true},
    {"a b", "a  b", false},
    {"a.b/+", "axb/c", false},
    {"(x)/+", "(x)/y", true},
    {"\xf0\x9f\x98\x80/+", "\xf0\x9f\x98\x80/\xc3\xa9", true},
    {"\xef\xbb\xbfx", "x", false},
    /* shared subscriptions (4.8.2) match by what follows the share name */
    {"$share/g/a/+", "a/b", true},
    {"$share/g/a/+", "g/a/b", false},
    {"$share/g/#", "a", true},
    {"$share/g/#", "$SYS/x", false},
    {"$share/g/+/x", "$SYS/x", false},
    {"$share/g/$SYS/#", "$SYS/x", true},
    {"$share/g//a", "/a", true},
    {"$share/g/a", "$share/g/a", false},
    {"$shared/g/a", "$shared/g/a", true},
    {"$share", "$share", true},
};

static void test_matches(void)
{
    for (size_t i = 0; i < sizeof(matches) / sizeof(matches[0]); i++) {
        const char *f = matches[i].filter, *t = matches[i].topic;

        ok(native_mqtt_topic_match(place(&left, f), strlen(f), place(&right, t), strlen(t)) ==
               matches[i].matches,
           "%s %s %s", f, matches[i].matches ? "matches" : "does not match", t);
    }
    ok(!native_mqtt_topic_match("#", 1, "", 0), "no filter matches the empty topic");
    ok(!native_mqtt_topic_match("", 0, "a", 1), "the empty filter matches nothing");
    ok(!native_mqtt_topic_match(NULL, 0, NULL, 0), "nothing matches nothing");
}

/* ---- what the wildcards stand for ----------------------------------------------------------- */

static const struct {
    const char *filter, *topic, *parts; /* joined with | */
} captures[] = {
    {"a/b", "a/b", ""},
    {"+", "a", "a"},
    {"a/+/c", "a/b/c", "b"},
    {"+/+", "/x", "|x"},
    {"+/b/+", "a/b/", "a|"},
    {"#", "a/b", "a/b"},
    {"a/#", "a/b/c", "b/c"},
    {"a/#", "a", ""},
    {"a/#", "a/", ""},
    {"+/#", "a", "a|"},
    {"+/+/#", "x/y/z/", "x|y|z/"},
    {"$share/g/+/t/#", "s/t/u", "s|u"},
    {"/#", "/", ""},
};

static void test_captures(void)
{
    for (size_t i = 0; i < sizeof(captures) / sizeof(captures[0]); i++) {
        struct native_mqtt_span parts[8];
        const char *f = captures[i].filter, *t = captures[i].topic;
        char joined[64] = "";
        int n = native_mqtt_topic_capture(place(&left, f), strlen(f), place(&right, t), strlen(t),
                                          parts, 8);

        for (int k = 0; k < n; k++) {
            if (k)
                strcat(joined, "|");
            strncat(joined, (const char *)parts[k].data, parts[k].len);
        }
        ok(n >= 0 && strcmp(joined, captures[i].parts) == 0, "wildcards of %s in %s: \"%s\"", f, t,
           joined);
    }
    {
        struct native_mqtt_span parts[3] = {{NULL, 77}, {NULL, 77}, {NULL, 77}};

        ok(native_mqtt_topic_capture("+/+/#", 5, "a/b/c", 5, parts, 2) == 3 && parts[0].len == 1 &&
               parts[1].len == 1 && parts[2].len == 77,
           "more wildcards than room: all counted, none written past the room");
        ok(native_mqtt_topic_capture("a/+", 3, "b/c", 3, parts, 2) == -1, "no match: -1");
    }
}

/* ---- validation ----------------------------------------------------------------------------- */

static const struct {
    const char *text;
    bool name;
    uint8_t version, level;
    int rule; /* enum native_mqtt_rule */
    size_t where;
} checks[] = {
    {"a", true, 5, 2, 0, 0},
    {"a/b c/\xc3\xa9", true, 5, 2, 0, 0},
    {"/", true, 4, 2, 0, 0},
    {"$SYS/x", true, 4, 2, 0, 0},
    {"", true, 5, 1, NATIVE_MQTT_RULE_TOPIC_EMPTY, 0},
    {"", false, 4, 1, NATIVE_MQTT_RULE_TOPIC_EMPTY, 0},
    {"", true, 5, 0, 0, 0},
    {"a/+", true, 5, 1, NATIVE_MQTT_RULE_TOPIC_WILDCARD, 2},
    {"a/#", true, 4, 2, NATIVE_MQTT_RULE_TOPIC_WILDCARD, 2},
    {"a/#", true, 4, 0, 0, 0},
    {"0123456789ab+", true, 5, 1, NATIVE_MQTT_RULE_TOPIC_WILDCARD, 12},
    {"a\xff", true, 5, 1, NATIVE_MQTT_RULE_UTF8, 1},
    {"a\xff", false, 5, 1, NATIVE_MQTT_RULE_UTF8, 1},
    {"a\xff", true, 5, 0, 0, 0},
    {"a\x01", true, 5, 1, 0, 0},
    {"a\x01", true, 5, 2, NATIVE_MQTT_RULE_UTF8_DISCOURAGED, 1},
    {"#", false, 5, 2, 0, 0},
    {"+", false, 5, 2, 0, 0},
    {"a/#", false, 5, 2, 0, 0},
    {"+/a/+/#", false, 4, 2, 0, 0},
    {"/+/", false, 4, 2, 0, 0},
    {"#/a", false, 5, 1, NATIVE_MQTT_RULE_FILTER_HASH, 0},
    {"a#", false, 5, 1, NATIVE_MQTT_RULE_FILTER_HASH, 1},
    {"a/#b", false, 4, 1, NATIVE_MQTT_RULE_FILTER_HASH, 2},
    {"a/#/", false, 4, 1, NATIVE_MQTT_RULE_FILTER_HASH, 2},
    {"##", false, 4, 1, NATIVE_MQTT_RULE_FILTER_HASH, 0},
    {"#+", false, 4, 1, NATIVE_MQTT_RULE_FILTER_HASH, 0},
    {"a+", false, 4, 1, NATIVE_MQTT_RULE_FILTER_PLUS, 1},
    {"+a", false, 4, 1, NATIVE_MQTT_RULE_FILTER_PLUS, 0},
    {"a/b+/c", false, 5, 1, NATIVE_MQTT_RULE_FILTER_PLUS, 3},
    {"a/+b/c", false, 5, 1, NATIVE_MQTT_RULE_FILTER_PLUS, 2},
    {"++", false, 5, 1, NATIVE_MQTT_RULE_FILTER_PLUS, 0},
    {"a+", false, 5, 0, 0, 0},
    {"$share/g/a", false, 5, 2, 0, 0},
    {"$share/g/#", false, 5, 2, 0, 0},
    {"$share/g//", false, 5, 2, 0, 0},
    {"$share/g\xc3\xa9 x/+/y", false, 5, 2, 0, 0},
    {"$share", false, 5, 2, 0, 0},
    {"$share/", false, 5, 1, NATIVE_MQTT_RULE_SHARE_NAME, 7},
    {"$share//a", false, 5, 1, NATIVE_MQTT_RULE_SHARE_NAME, 7},
    {"$share/g", false, 5, 1, NATIVE_MQTT_RULE_SHARE_FILTER, 8},
    {"$share/g/", false, 5, 1, NATIVE_MQTT_RULE_SHARE_FILTER, 8},
    {"$share/+/a", false, 5, 1, NATIVE_MQTT_RULE_SHARE_FILTER, 7},
    {"$share/g#/a", false, 5, 1, NATIVE_MQTT_RULE_SHARE_FILTER, 8},
    {"$share/g/a+", false, 5, 1, NATIVE_MQTT_RULE_FILTER_PLUS, 10},
    {"$share/g/#/a", false, 5, 1, NATIVE_MQTT_RULE_FILTER_HASH, 9},
    {"$share/g", false, 4, 2, 0, 0},
    {"$share//a", false, 3, 2, 0, 0},
    {"$share/g", true, 5, 2, 0, 0},
};

static void test_checks(void)
{
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
        const char *text = checks[i].text;
        struct native_mqtt_error error = {0, 0, 0, 0};
        enum native_mqtt_status status =
            native_mqtt_topic_check(place(&left, text), strlen(text), checks[i].name,
                                    checks[i].version, checks[i].level, &error);

        ok(checks[i].rule ? status == NATIVE_MQTT_MALFORMED && error.rule == checks[i].rule &&
                                error.offset == checks[i].where
                          : status == NATIVE_MQTT_OK,
           "%s \"%s\" at level %u of version %u (rule %d at %u)",
           checks[i].name ? "name" : "filter", text, checks[i].level, checks[i].version, error.rule,
           error.offset);
    }
}

static void test_lengths(void)
{
    static uint8_t text[65536];
    struct native_mqtt_error error;

    memset(text, 'a', sizeof(text));
    ok(native_mqtt_topic_check(text, 65535, true, 5, 2, &error) == NATIVE_MQTT_OK &&
           native_mqtt_topic_check(text, 65535, false, 5, 2, &error) == NATIVE_MQTT_OK,
       "65535 bytes are a topic");
    ok(native_mqtt_topic_check(text, 65536, true, 5, 0, &error) == NATIVE_MQTT_TOO_LARGE &&
           native_mqtt_topic_check(text, 65536, false, 4, 2, &error) == NATIVE_MQTT_TOO_LARGE,
       "65536 bytes are not");
    ok(native_mqtt_topic_check(NULL, 0, true, 5, 0, &error) == NATIVE_MQTT_OK &&
           native_mqtt_topic_check(NULL, 0, false, 5, 1, &error) == NATIVE_MQTT_MALFORMED &&
           error.rule == NATIVE_MQTT_RULE_TOPIC_EMPTY && error.offset == 0 &&
           !native_mqtt_filter_is_shared(NULL, 0),
       "no bytes may be NULL");
    text[65534] = '#';
    ok(native_mqtt_topic_check(text, 65535, true, 5, 1, &error) == NATIVE_MQTT_MALFORMED &&
           error.offset == 65534,
       "the last byte of 65535 is looked at");
    ok(native_mqtt_topic_check("a\0b", 3, true, 4, 1, &error) == NATIVE_MQTT_MALFORMED &&
           error.rule == NATIVE_MQTT_RULE_UTF8_NUL && error.offset == 1,
       "U+0000 in a topic name");
    ok(native_mqtt_filter_is_shared("$share/", 7) && !native_mqtt_filter_is_shared("$share", 6) &&
           !native_mqtt_filter_is_shared("$sharex", 7),
       "what is a shared subscription");
    ok(native_mqtt_filter_unshared("$share/g", 8).len == 0 &&
           native_mqtt_filter_unshared("$share/g/", 9).len == 0 &&
           native_mqtt_filter_unshared("$share/g/a/b", 12).len == 3 &&
           native_mqtt_filter_unshared("a/b", 3).len == 3,
       "what a filter matches with");
}

/* ---- against the naive matcher -------------------------------------------------------------- */

static void random_topic(uint64_t *state, const char *const *levels, unsigned count, char *out)
{
    unsigned n = next_random(state) % 5 + 1;

    out[0] = '\0';
    for (unsigned i = 0; i < n; i++) {
        if (i)
            strcat(out, "/");
        strcat(out, levels[next_random(state) % count]);
    }
}

static void test_random(void)
{
    static const char *const names[] = {"a", "b", "", "ab", "$a"};
    static const char *const filters[] = {"a", "b", "", "ab", "$a", "+", "+", "#"};
    unsigned rounds = under_valgrind() ? 20000 : 1000000, hits = 0;
    uint64_t state = 42;

    for (unsigned i = 0; i < rounds; i++) {
        char filter[64], topic[64], *hash;
        bool want;

        random_topic(&state, filters, 8, filter);
        random_topic(&state, names, 5, topic);
        hash = strchr(filter, '#');
        if (hash)
            hash[1] = '\0'; /* a valid filter ends there */
        want = naive_match((const uint8_t *)filter, strlen(filter), (const uint8_t *)topic,
                           strlen(topic));
        hits += want;
        if (!check(native_mqtt_topic_match(place(&left, filter), strlen(filter),
                                           place(&right, topic), strlen(topic)) == want,
                   "filter %s, topic %s", filter, topic))
            break;
    }
    check(hits > rounds / 100, "only %u matches: the test tests nothing", hits);
    end_test("%u random filters and topics, %u matches", rounds, hits);
}

int main(void)
{
    left = guard_new(4096);
    right = guard_new(4096);
    test_matches();
    test_captures();
    test_checks();
    test_lengths();
    test_random();
    return done();
}
