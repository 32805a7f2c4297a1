/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_client_random.c - an application, a transport and a server that do anything at any time; then all
 * comes to rest, and every message must be where it belongs. Usage: [first seed [seeds]]. */
#include "harness.h"
#include "support/mqtt_model.h"

enum { V311 = NATIVE_MQTT_3_1_1, V5 = NATIVE_MQTT_5_0, STEPS = 150, REQUESTS = 50 };

static struct model model;

/* One run. */
struct life {
    struct script *s;
    uint64_t random;
    bool loses; /* the server may lose the session */
    bool taken_back[MODEL_MESSAGES];
    uint8_t qos[MODEL_MESSAGES];
    bool wanted[MODEL_FILTERS];
};

static struct life life;

static void on_event(struct script *s, const struct native_mqtt_client_event *event)
{
    (void)s;
    model_told(&model, event);
}

static unsigned below(unsigned n)
{
    return next_random(&life.random) % n;
}

static size_t some_length(void)
{
    return below(4) ? below(20) : below(300);
}

static void do_publish(void)
{
    struct script *s = life.s;
    unsigned n = s->published + 1, qos = below(3);
    char topic[8];

    snprintf(topic, sizeof(topic), "m%u", n);
    life.qos[n] = (uint8_t)qos;
    script_publish(s, qos, topic, some_length());
}

static void do_take_back(void)
{
    struct native_mqtt_outgoing *at = life.s->c.session.first;

    for (unsigned i = below(4); at && i > 0; i--)
        at = at->next;
    if (at) {
        unsigned n = 0;

        for (size_t i = 1; i < at->publish.topic.len; i++)
            n = n * 10 + (unsigned)(at->publish.topic.data[i] - '0');
        if (script_take_back(life.s, at))
            life.taken_back[n] = true;
    }
}

static void do_request(void)
{
    const char filter[] = {(char)('a' + below(MODEL_FILTERS)), 0};
    bool on = below(2);

    if (life.s->request_count == REQUESTS)
        return;
    script_request(life.s, on ? NATIVE_MQTT_SUBSCRIBE : NATIVE_MQTT_UNSUBSCRIBE, filter);
    life.wanted[filter[0] - 'a'] = on;
}

static void do_transport(void)
{
    struct script *s = life.s;

    switch (below(8)) {
    case 0:
        s->in_end = NATIVE_MQTT_IO_CLOSED;
        break;
    case 1:
        s->in_end = NATIVE_MQTT_IO_ERROR;
        break;
    case 2:
        s->cut_after = s->out.len + below(60);
        break;
    case 3:
        s->room = below(50);
        break;
    case 4:
        s->room = SIZE_MAX;
        break;
    case 5:
        s->read_max = below(5);
        break;
    case 6:
        s->write_max = below(5);
        break;
    default:
        s->read_pause = s->write_pause = below(2);
    }
}

/* Let a little time pass, not checking more than every step does. */
static void do_time(void)
{
    uint32_t wait = native_mqtt_client_timeout(&life.s->c, life.s->now);

    life.s->now += wait < 20000 && below(2) ? wait : below(2000);
    life.s->cut_after = SIZE_MAX;
}

static void do_something(void)
{
    switch (below(16)) {
    case 0:
    case 1:
    case 2:
        do_publish();
        break;
    case 3:
    case 4:
        model_publish(&model, below(3), some_length());
        break;
    case 5:
        if (below(8) == 0)
            do_take_back();
        break;
    case 6:
        do_request();
        break;
    case 7:
        do_transport();
        break;
    case 8:
        do_time();
        break;
    case 9:
        model.hold = below(2);
        break;
    case 10:
        model_answer(&model, below(3));
        break;
    case 11:
        script_step(life.s);
        break;
    case 12:
        native_mqtt_client_flush(&life.s->c, life.s->now);
        break;
    case 13:
        if (life.loses)
            model.keeps_session = below(4) > 0;
        if (below(10) == 0)
            native_mqtt_client_stop(&life.s->c, 0, NULL, life.s->now);
        native_mqtt_client_start(&life.s->c, life.s->now);
        break;
    default:
        model_serve(&model);
    }
    script_check(life.s);
}

/* Everything works again: until nothing more happens. */
static void come_to_rest(void)
{
    struct script *s = life.s;

    s->room = s->cut_after = SIZE_MAX;
    s->read_max = s->write_max = 0;
    s->read_pause = s->write_pause = false;
    model.hold = false;
    model.keeps_session = true;
    model_serve(&model);
    native_mqtt_client_start(&s->c, s->now);
    for (unsigned i = 0; i < 3; i++) {
        model_serve(&model);
        s->now += 8000; /* the longest back-off; or a PINGREQ */
        model_serve(&model);
    }
}

static void judge(unsigned version)
{
    const struct script *s = life.s;
    const struct native_mqtt_session *session = &s->c.session;

    /* The server lost its session and the client never read that it has: as long as identifiers of
     * the old one fill all places, the server's next message at QoS 2 is one too many, each time. */
    if (model.unseen && s->c.state != NATIVE_MQTT_CLIENT_CONNECTED &&
        session->received_len == session->received_max)
        return;
    check(s->c.state == NATIVE_MQTT_CLIENT_CONNECTED, "state %u", s->c.state);
    check(s->published == s->given_back, "%u published, %u given back", s->published,
          s->given_back);
    for (unsigned n = 1; n <= s->published && version; n++) {
        unsigned count = model.count[n], qos = life.qos[n];
        bool once = qos == 2 && !life.loses;

        check((count <= 1 || (qos && !once)) && (count >= 1 || qos == 0 || life.taken_back[n]),
              "m%u at QoS %u was taken %u times", n, qos, count);
    }
    for (unsigned n = 1; n < model.out_len; n++) {
        unsigned count = model.told[n], qos = model.out[n].qos;
        bool once = qos == 2 && !life.loses;

        check((count <= 1 || (qos && !once)) && (count >= 1 || qos == 0 || life.loses),
              "s%u at QoS %u was told %u times", n, qos, count);
    }
    for (unsigned i = 0; i < MODEL_FILTERS && !model.unseen; i++)
        check(model.filters[i] == life.wanted[i], "%c is %ssubscribed to", (int)('a' + i),
              model.filters[i] ? "" : "not ");
}

static bool live(uint64_t seed, unsigned version)
{
    static const size_t sizes[] = {16, 17, 24, 33, 64, 200};
    struct script *s;
    bool good;

    memset(&life, 0, sizeof(life));
    life.random = seed * 1000003;
    life.loses = seed % 3 == 0;
    life.s = s = script_new(version, sizes[below(6)], sizes[below(6)]);
    s->c.options.connect.as.connect.clean_start = false;
    s->c.options.connect.as.connect.keep_alive = (uint16_t)(below(2) * 5);
    s->on_event = on_event;
    s->now = below(2) ? 0u - below(100000) : 0;
    model_init(&model, s);
    model.receive_maximum = (uint16_t)(1 + below(4));
    s->c.options.in_flight_max = version == V5 ? 0 : model.receive_maximum;
    native_mqtt_client_init(&s->c);
    native_mqtt_client_start(&s->c, s->now);
    for (unsigned i = 0; i < STEPS && s->faults == 0; i++)
        do_something();
    if (s->faults == 0)
        come_to_rest();
    if (s->faults == 0)
        judge(version);
    good = s->faults == 0 && tap_good;
    if (!good)
        printf("# seed %u, version %u: %.*s\n", (unsigned)seed, version, (int)s->log.len,
               (const char *)s->log.data);
    return check(script_free(s) == 0 && good, "seed %u", (unsigned)seed);
}

int main(int argc, char **argv)
{
    unsigned first = argc > 1 ? (unsigned)atoi(argv[1]) : 1;
    unsigned count = argc > 2 ? (unsigned)atoi(argv[2]) : under_valgrind() ? 100 : 1500;

    for (unsigned version = V311; version <= V5; version++) {
        unsigned seed = first;

        while (seed < first + count && live(seed, version))
            seed++;
        end_test("%u lives at random, version %u", seed - first, version);
    }
    return done();
}
