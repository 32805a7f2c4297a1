/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_vectors.c - every vector of tests/vectors/ against the codec: the answer, the same answer
 * for any split, every single-byte corruption, and the way back to bytes. All input ends at a
 * forbidden page. The folder is argv[1], or $NATIVE_VECTORS, or tests/vectors. */
#include "harness.h"
#include "support/mqtt_vector.h"

enum { LEVELS = 3, SHORT = 64, JUNK = 7 };

static struct guard input, output;
static const char *const level_names[] = {"lenient", "spec", "strict"};

/* One way of running a vector. */
struct run {
    const struct vector *v;
    struct native_mqtt_options options;
};

struct answer {
    enum native_mqtt_status status;
    struct native_mqtt_frame frame;
    struct native_mqtt_packet packet;
    struct native_mqtt_error error;
};

static const char *run_name(const struct run *run)
{
    static const char *const senders[] = {"anyone", "client", "server"};
    static char name[256];

    snprintf(name, sizeof(name), "%s/%s (version %u, %s, %s)", run->v->file, run->v->name,
             run->options.version, level_names[run->options.level], senders[run->options.sender]);
    return name;
}

/* Decode bytes that lie before the forbidden page; whatever is not set shows as 0xaa. */
static void decode(const struct native_mqtt_options *options, const uint8_t *bytes, size_t len,
                   struct answer *a)
{
    memset(a, 0xaa, sizeof(*a));
    a->status = native_mqtt_packet_decode(options, bytes, len, &a->frame, &a->packet, &a->error);
}

static bool same_error(const struct native_mqtt_error *a, const struct native_mqtt_error *b)
{
    return a->rule == b->rule && a->offset == b->offset && a->reason == b->reason &&
           a->statement == b->statement;
}

/* ---- encoding ------------------------------------------------------------------------------- */

/* Encode, at a buffer that ends at the forbidden page. Returns the bytes, or NULL. */
static uint8_t *encode(const struct run *run, const struct native_mqtt_packet *packet, size_t *len)
{
    size_t size = 0, used = 0;
    uint8_t *out;

    if (!check(native_mqtt_packet_size(packet, &size) == NATIVE_MQTT_OK, "%s: no size",
               run_name(run)))
        return NULL;
    out = guard_end(&output, size - 1);
    if (!check(native_mqtt_packet_encode(packet, out, size - 1, &used) == NATIVE_MQTT_NO_SPACE &&
                   used == size,
               "%s: one byte less room is not refused", run_name(run)))
        return NULL;
    out = guard_end(&output, size);
    if (!check(native_mqtt_packet_encode(packet, out, size, &used) == NATIVE_MQTT_OK &&
                   used == size,
               "%s: encodes to %zu bytes, size was %zu", run_name(run), used, size))
        return NULL;
    *len = size;
    return out;
}

/* A packet that was accepted encodes, and decodes to the same fields again. */
static uint8_t *check_round_trip(const struct run *run, const struct answer *a, size_t *len)
{
    uint8_t *out = encode(run, &a->packet, len);
    struct answer again;

    if (!out)
        return NULL;
    decode(&run->options, out, *len, &again);
    check(again.status == NATIVE_MQTT_OK && again.frame.packet_len == *len &&
              vector_same(&again.packet, &a->packet),
          "%s: encoded and decoded again it is another packet", run_name(run));
    return out;
}

static void print_bytes(const char *what, const uint8_t *bytes, size_t len)
{
    printf("#   %s:", what);
    for (size_t i = 0; i < len && i < 80; i++)
        printf(" %02x", bytes[i]);
    printf("%s\n", len > 80 ? " ..." : "");
}

static void check_bytes(const struct run *run, const uint8_t *out, size_t len)
{
    const struct vector *v = run->v;
    const struct bytes *want = v->encoded.data ? &v->encoded : &v->hex;
    bool canonical = v->canonical < 0 ? v->rule < 0 : v->canonical;
    bool same = len == want->len && memcmp(out, want->data, len) == 0;

    if (v->rule >= 0 && v->canonical < 0 && !v->encoded.data)
        return;
    if (!canonical && !v->encoded.data) {
        check(len != v->hex.len || memcmp(out, v->hex.data, len) != 0,
              "%s: is canonical, though the vector says no", run_name(run));
        return;
    }
    if (!check(same, "%s: encodes to other bytes", run_name(run))) {
        print_bytes("want", want->data, want->len);
        print_bytes("got ", out, len);
    }
}

/* ---- patching and streaming a PUBLISH ------------------------------------------------------- */

static void check_patched(const struct run *run, const uint8_t *bytes, size_t len,
                          const struct native_mqtt_packet *want, const char *what)
{
    struct answer a;

    decode(&run->options, bytes, len, &a);
    check(a.status == NATIVE_MQTT_OK && vector_same(&a.packet, want), "%s: patched %s is wrong",
          run_name(run), what);
}

/* The three patches at QoS 1 and 2, over a header whose last byte is before the forbidden page. */
static void check_patches(const struct run *run, const struct answer *a, const uint8_t *bytes,
                          size_t header_len)
{
    struct native_mqtt_packet want = a->packet;
    size_t len = a->frame.packet_len;
    uint8_t *whole = malloc(len), *header;
    size_t id_end = a->frame.header_len + 2 + a->packet.as.publish.topic.len + 2;

    memcpy(whole, bytes, len);
    for (size_t n = 0; n <= header_len; n++) {
        bool can = a->packet.as.publish.qos > 0 && n >= id_end;

        if (n > SHORT && n + SHORT < header_len)
            continue;
        header = guard_place(&output, bytes, n);
        check(native_mqtt_publish_patch_id(header, n, 0x1234) == can &&
                  native_mqtt_publish_patch_qos(header, n, 2) == can,
              "%s: patching a header of %zu bytes", run_name(run), n);
        if (!can)
            check(n == 0 || memcmp(header, bytes, n) == 0, "%s: a refused patch changed bytes",
                  run_name(run));
    }
    if (want.as.publish.qos > 0) {
        check(native_mqtt_publish_patch_id(whole, len, 0xfffe), "patch id");
        want.as.publish.packet_id = 0xfffe;
        check_patched(run, whole, len, &want, "id");
        want.as.publish.qos = (uint8_t)(3 - want.as.publish.qos);
        check(native_mqtt_publish_patch_qos(whole, len, want.as.publish.qos), "patch QoS");
        check_patched(run, whole, len, &want, "QoS");
        check(!native_mqtt_publish_patch_qos(whole, len, 0) &&
                  !native_mqtt_publish_patch_qos(whole, len, 3),
              "%s: QoS 0 or 3 patched in", run_name(run));
        check(native_mqtt_publish_patch_flags(whole, len, true, true), "patch flags");
        want.as.publish.dup = want.as.publish.retain = true;
        check_patched(run, whole, len, &want, "flags");
    }
    if (want.as.publish.qos == 0)
        check(!native_mqtt_publish_patch_flags(whole, len, true, false),
              "%s: DUP patched in at QoS 0", run_name(run));
    check(native_mqtt_publish_patch_flags(whole, len, false, true), "patch retain");
    want.as.publish.dup = false;
    want.as.publish.retain = true;
    check_patched(run, whole, len, &want, "retain");
    free(whole);
}

/* encode_header gives exactly what stands before the payload. */
static void check_header_encoding(const struct run *run, const struct answer *a,
                                  const uint8_t *bytes, size_t len)
{
    const struct native_mqtt_publish *p = &a->packet.as.publish;
    uint8_t *copy = malloc(len), *out;
    size_t want = len - p->payload.len, used = 0;
    enum native_mqtt_status status;

    memcpy(copy, bytes, len);
    out = guard_end(&output, want - 1);
    status = native_mqtt_publish_encode_header(p, run->options.version, out, want - 1, &used);
    check(status == NATIVE_MQTT_NO_SPACE && used == want, "%s: header into too little room",
          run_name(run));
    out = guard_end(&output, want);
    status = native_mqtt_publish_encode_header(p, run->options.version, out, want, &used);
    check(status == NATIVE_MQTT_OK && used == want && memcmp(out, copy, want) == 0,
          "%s: the header alone is encoded otherwise", run_name(run));
    free(copy);
}

/* What decode_header says about n bytes, compared with the whole. */
static void check_streamed(const struct run *run, const struct answer *whole, const uint8_t *bytes,
                           size_t len, size_t n)
{
    struct native_mqtt_publish p;
    struct native_mqtt_frame frame;
    struct native_mqtt_error error;
    size_t header_len = 0, true_len;
    uint8_t *at = guard_place(&input, bytes, n);
    enum native_mqtt_status status = native_mqtt_frame_scan(&run->options, at, n, &frame, &error);

    if (status == NATIVE_MQTT_MALFORMED || frame.header_len == 0)
        return;
    memset(&p, 0xaa, sizeof(p));
    status =
        native_mqtt_publish_decode_header(&run->options, &frame, at, n, &p, &header_len, &error);
    if (status == NATIVE_MQTT_NEED_MORE) {
        check(header_len > n && header_len <= len && n < len,
              "%s: streamed header of %zu bytes wants %zu", run_name(run), n, header_len);
        return;
    }
    if (whole->status == NATIVE_MQTT_MALFORMED &&
        whole->error.rule != NATIVE_MQTT_RULE_PAYLOAD_FORMAT) {
        check(status == NATIVE_MQTT_MALFORMED && same_error(&error, &whole->error),
              "%s: streamed header of %zu bytes gives %s at %u, the whole %s at %u", run_name(run),
              n, status == NATIVE_MQTT_OK ? "OK" : vector_rule_name(error.rule), error.offset,
              vector_rule_name(whole->error.rule), whole->error.offset);
        return;
    }
    if (!check(status == NATIVE_MQTT_OK, "%s: streamed header of %zu bytes breaks %s",
               run_name(run), n, vector_rule_name(error.rule)))
        return;
    if (whole->status != NATIVE_MQTT_OK)
        return;
    true_len = len - whole->packet.as.publish.payload.len;
    check(header_len == true_len && n >= true_len && p.payload.data == NULL &&
              p.payload.len == len - true_len,
          "%s: streamed header of %zu bytes: header %zu, payload %zu", run_name(run), n, header_len,
          p.payload.len);
    check(p.topic.data == at + frame.header_len + 2 &&
              p.topic.len == whole->packet.as.publish.topic.len &&
              p.packet_id == whole->packet.as.publish.packet_id &&
              p.qos == whole->packet.as.publish.qos && p.dup == whole->packet.as.publish.dup &&
              p.retain == whole->packet.as.publish.retain &&
              p.properties.len == whole->packet.as.publish.properties.len &&
              p.properties.seen == whole->packet.as.publish.properties.seen,
          "%s: the streamed header has other fields", run_name(run));
}

/* ---- splits --------------------------------------------------------------------------------- */

/* Whether position i of n is looked at: all of a short packet, the ends and samples of a long one.
 */
static bool sampled(size_t i, size_t n)
{
    return n <= 512 || i < SHORT || n - i <= SHORT || i % 4099 == 0;
}

static void check_prefix(const struct run *run, const struct answer *whole, size_t n)
{
    const struct bytes *hex = &run->v->hex;
    struct answer a;

    decode(&run->options, guard_place(&input, hex->data, n), n, &a);
    if (a.status == NATIVE_MQTT_MALFORMED) {
        check(whole->status == NATIVE_MQTT_MALFORMED && same_error(&a.error, &whole->error),
              "%s: %zu bytes break %s, the whole does not", run_name(run), n,
              vector_rule_name(a.error.rule));
        return;
    }
    if (!check(a.status == NATIVE_MQTT_NEED_MORE, "%s: %zu bytes are taken for a packet",
               run_name(run), n))
        return;
    check(a.frame.need >= 1 && a.frame.need <= hex->len + run->v->need - n,
          "%s: %zu bytes need %u more", run_name(run), n, a.frame.need);
}

/* Ask, bring what is needed at least, ask again: it ends in the answer of the whole. */
static void check_following(const struct run *run, const struct answer *whole)
{
    const struct bytes *hex = &run->v->hex;
    struct answer a;
    size_t n = 0;

    for (;;) {
        decode(&run->options, guard_place(&input, hex->data, n), n, &a);
        if (a.status != NATIVE_MQTT_NEED_MORE || n + a.frame.need > hex->len)
            break;
        n += a.frame.need;
    }
    if (whole->status == NATIVE_MQTT_NEED_MORE) {
        check(a.status == NATIVE_MQTT_NEED_MORE, "%s: following need", run_name(run));
        return;
    }
    check(a.status == whole->status &&
              (a.status == NATIVE_MQTT_OK ? n == hex->len : same_error(&a.error, &whole->error)),
          "%s: following need gives another answer after %zu bytes", run_name(run), n);
}

/* What follows the packet in the buffer changes nothing. */
static void check_followed_by_junk(const struct run *run, const struct answer *whole)
{
    const struct bytes *hex = &run->v->hex;
    uint8_t *joined = guard_end(&output, hex->len + JUNK);
    struct answer a;

    memcpy(joined, hex->data, hex->len);
    memset(joined + hex->len, 0xff, JUNK);
    decode(&run->options, joined, hex->len + JUNK, &a);
    check(a.status == whole->status &&
              (a.status == NATIVE_MQTT_OK ? vector_same(&a.packet, &whole->packet)
                                          : same_error(&a.error, &whole->error)),
          "%s: bytes after the packet change the answer", run_name(run));
}

/* ---- corruption ----------------------------------------------------------------------------- */

static void check_corrupted(struct run *run, uint8_t *bytes, size_t len, size_t i)
{
    struct answer a;
    bool accepted_above = false;

    for (int level = LEVELS - 1; level >= 0; level--) {
        size_t encoded_len;

        run->options.level = (uint8_t)level;
        decode(&run->options, bytes, len, &a);
        if (a.status == NATIVE_MQTT_OK) {
            accepted_above = true;
            check_round_trip(run, &a, &encoded_len);
        } else {
            check(!accepted_above, "%s: byte %zu = %02x is accepted above and not here",
                  run_name(run), i, bytes[i]);
        }
        if (a.status == NATIVE_MQTT_MALFORMED)
            check(a.error.rule > 0 && a.error.rule < NATIVE_MQTT_RULE_COUNT &&
                      a.error.offset <= len && a.error.reason >= 0x80,
                  "%s: byte %zu = %02x gives a strange error", run_name(run), i, bytes[i]);
    }
}

static void check_corruptions(struct run *run)
{
    const struct bytes *hex = &run->v->hex;
    uint8_t *bytes = guard_place(&input, hex->data, hex->len);
    static const uint8_t changes[] = {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xff, 0x7f};
    bool all = hex->len <= SHORT && !under_valgrind();

    for (size_t i = 0; i < hex->len; i++) {
        unsigned count = all ? 255 : sizeof(changes);

        if (under_valgrind() && i % 3)
            continue;
        if (hex->len > 300 && i >= 40 && hex->len - i > 40 && i % 8191)
            continue;
        for (unsigned c = 0; c < count; c++) {
            bytes[i] = (uint8_t)(hex->data[i] ^ (all ? c + 1 : changes[c]));
            check_corrupted(run, bytes, hex->len, i);
            if (!tap_good)
                return;
        }
        bytes[i] = hex->data[i];
    }
}

/* ---- one vector ----------------------------------------------------------------------------- */

static void check_fields(const struct run *run, const struct answer *a)
{
    char *want, *got;

    if (run->v->field_count == 0)
        return;
    vector_expected(run->v, &want);
    vector_describe(&a->packet, &got);
    if (!check(strcmp(want, got) == 0, "%s: other fields", run_name(run)))
        printf("# want:\n%s# got:\n%s", want, got);
    free(want);
    free(got);
}

static void check_error(const struct run *run, const struct answer *a)
{
    const struct vector *v = run->v;
    char got[32];
    unsigned version = run->options.version;

    /* With the version unknown a CONNECT tells it, if the error comes after the protocol level. */
    if (version == NATIVE_MQTT_VERSION_UNKNOWN && v->hex.len > 8 && v->offset > 8)
        version = v->hex.data[8];
    vector_statement(a->error.statement, got);
    check((int)a->error.rule == v->rule && a->error.reason == v->reason &&
              (long)a->error.offset == v->offset &&
              strcmp(got, v->statement[version == NATIVE_MQTT_5_0]) == 0,
          "%s: broken is %s, reason 0x%02x, offset %u, %s", run_name(run),
          vector_rule_name(a->error.rule), a->error.reason, a->error.offset, got);
}

static void check_accepted(const struct run *run, const struct answer *a)
{
    size_t len = 0;
    uint8_t *out;

    check(a->frame.packet_len == run->v->hex.len, "%s: %u bytes long", run_name(run),
          a->frame.packet_len);
    check_fields(run, a);
    out = check_round_trip(run, a, &len);
    if (!out)
        return;
    check_bytes(run, out, len);
    if (a->packet.type == NATIVE_MQTT_PUBLISH) {
        check_header_encoding(run, a, out, len);
        check_patches(run, a, run->v->hex.data, run->v->hex.len - a->packet.as.publish.payload.len);
    } else {
        uint8_t *copy = guard_place(&output, run->v->hex.data, run->v->hex.len);

        check(!native_mqtt_publish_patch_id(copy, run->v->hex.len, 1) &&
                  !native_mqtt_publish_patch_qos(copy, run->v->hex.len, 1) &&
                  !native_mqtt_publish_patch_flags(copy, run->v->hex.len, false, true),
              "%s: patched, though it is no PUBLISH", run_name(run));
    }
}

static void check_level(struct run *run)
{
    const struct vector *v = run->v;
    struct answer a;
    uint8_t *bytes = malloc(v->hex.len); /* the spans of `a` outlive the guarded copies */

    memcpy(bytes, v->hex.data, v->hex.len);
    decode(&run->options, bytes, v->hex.len, &a);
    if (v->need) {
        check(a.status == NATIVE_MQTT_NEED_MORE && a.frame.need == v->need, "%s: status %d need %u",
              run_name(run), a.status, a.frame.need);
    } else if (v->rule >= 0 && run->options.level >= v->level) {
        if (check(a.status == NATIVE_MQTT_MALFORMED, "%s: not refused (status %d)", run_name(run),
                  a.status))
            check_error(run, &a);
    } else if (check(a.status == NATIVE_MQTT_OK, "%s: not accepted: %s at %u", run_name(run),
                     a.status == NATIVE_MQTT_MALFORMED ? vector_rule_name(a.error.rule) : "status",
                     a.error.offset)) {
        check_accepted(run, &a);
    }
    for (size_t n = 0; n < v->hex.len; n++)
        if (sampled(n, v->hex.len))
            check_prefix(run, &a, n);
    check_following(run, &a);
    if (a.status != NATIVE_MQTT_NEED_MORE)
        check_followed_by_junk(run, &a);
    if (v->hex.data[0] >> 4 == NATIVE_MQTT_PUBLISH && a.status != NATIVE_MQTT_NEED_MORE)
        for (size_t n = 0; n <= v->hex.len; n++)
            if (sampled(n, v->hex.len))
                check_streamed(run, &a, v->hex.data, v->hex.len, n);
    free(bytes);
}

static void check_vector(const struct vector *v)
{
    struct run run = {v, {0, 0, 0, v->max_packet_size}};

    for (size_t i = 0; i < v->version_count; i++) {
        for (size_t s = 0; s < v->sender_count; s++) {
            run.options.version = v->versions[i];
            run.options.sender = v->senders[s];
            for (uint8_t level = 0; level < LEVELS; level++) {
                run.options.level = level;
                check_level(&run);
            }
            check_corruptions(&run);
        }
    }
    end_test("vector %s/%s", v->file, v->name);
}

/* ---- all of them ---------------------------------------------------------------------------- */

/* Every rule has a vector that breaks it, at the level that rules.h gives. */
static void check_rules(const struct vector *vectors, size_t count)
{
#define LEVEL(name, level, reason, v5, v3, text) NATIVE_MQTT_##level,
    static const int levels[] = {NATIVE_MQTT_RULES(LEVEL)};
#undef LEVEL
    for (int rule = 1; rule < NATIVE_MQTT_RULE_COUNT; rule++) {
        bool found = false;

        for (size_t i = 0; i < count; i++)
            found = found || (vectors[i].rule == rule && vectors[i].level == levels[rule]);
        check(found, "no vector breaks %s", vector_rule_name((unsigned)rule));
    }
    end_test("every rule has a breaking vector");
}

/* Every packet type has a passing vector in every version that has it. */
static void check_types(const struct vector *vectors, size_t count)
{
    bool seen[6][16] = {{false}};

    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < vectors[i].version_count; k++)
            if (vectors[i].rule < 0 && !vectors[i].need)
                seen[vectors[i].versions[k]][vectors[i].hex.data[0] >> 4] = true;
    for (unsigned version = NATIVE_MQTT_3_1; version <= NATIVE_MQTT_5_0; version++)
        for (unsigned type = NATIVE_MQTT_CONNECT; type <= NATIVE_MQTT_AUTH; type++)
            check(seen[version][type] || (type == NATIVE_MQTT_AUTH && version < NATIVE_MQTT_5_0),
                  "no vector has type %u in version %u", type, version);
    end_test("every packet type has a passing vector in every version");
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : getenv("NATIVE_VECTORS");
    static struct vector *vectors; /* static: still reachable at the end, so no leak */
    size_t count = vectors_read(folder ? folder : "tests/vectors", &vectors);

    input = guard_new(1 << 19);
    output = guard_new(1 << 19);
    for (size_t i = 0; i < count; i++)
        check_vector(&vectors[i]);
    check_rules(vectors, count);
    check_types(vectors, count);
    ok(count >= 300, "there are %zu vectors", count);
    return done();
}
