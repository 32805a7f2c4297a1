/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_decode.c - content codings undone: every coding, alone and in stacks, cut anywhere, with a sink that pauses;
 * what is malformed, cut short or too large; and every allocation that fails once. */
#include "../../http/decode.h"
#include "harness.h"
#include "support/http_encode.h"
#include "support/no_memory.h"

/* ---- a sink ---- */

struct sink {
    uint8_t *at;
    size_t len, room;
    unsigned pause_every; /* piece number n, 2n ... is refused once; 0: none */
    unsigned pieces;
    bool paused; /* the next piece has to be `last` again */
    size_t last; /* its length */
    uint8_t last_bytes[NATIVE_HTTP_DECODE_PIECE];
    enum native_http_verdict stop_with; /* not GO_ON: say so */
    bool wrong;                         /* a piece was too long, empty, or not the same again */
};

static enum native_http_verdict take(void *ctx, struct native_http_span piece)
{
    struct sink *sink = ctx;

    sink->wrong |= piece.len == 0 || piece.len > NATIVE_HTTP_DECODE_PIECE;
    if (sink->stop_with != NATIVE_HTTP_GO_ON) {
        return sink->stop_with;
    }
    if (sink->paused) {
        sink->wrong |=
            piece.len != sink->last || memcmp(piece.at, sink->last_bytes, piece.len) != 0;
        sink->paused = false;
    } else if (sink->pause_every && ++sink->pieces % sink->pause_every == 0) {
        sink->paused = true;
        sink->last = piece.len;
        memcpy(sink->last_bytes, piece.at, piece.len);
        return NATIVE_HTTP_PAUSE;
    }
    if (sink->len + piece.len <= sink->room) {
        memcpy(sink->at + sink->len, piece.at, piece.len);
    }
    sink->len += piece.len;
    return NATIVE_HTTP_GO_ON;
}

/* ---- a run: bytes in slices, to the end ---- */

struct run {
    size_t slice;  /* bytes at a time; 0: all */
    size_t split;  /* the first slice ends here; 0: as `slice` says */
    uint64_t seed; /* not 0: slices of random sizes */
    uint64_t max;
    unsigned pause_every;
    uint64_t total; /* filled in: what was delivered */
    bool wrong;
    const char *message;
    unsigned turns; /* times it gave way */
};

static uint8_t room[1 << 20];

static enum native_http_decode_status feed(struct native_http_decode *decode, const uint8_t *at,
                                           size_t len, struct run *run)
{
    struct bytes slice = bytes_copy(at, len);
    enum native_http_decode_status status;
    size_t from = 0, used;

    do {
        status = native_http_decode_feed(
            decode, (struct native_http_span){(const char *)slice.at + from, len - from}, &used);
        from += used;
        run->turns += status == NATIVE_HTTP_DECODE_MORE;
    } while (status == NATIVE_HTTP_DECODE_PAUSED || status == NATIVE_HTTP_DECODE_MORE);
    run->wrong |= from > len || (status == NATIVE_HTTP_DECODE_OK && from != len);
    free(slice.at);
    return status;
}

static size_t next_slice(struct run *run, size_t at, size_t left)
{
    size_t slice = run->slice ? run->slice : left;

    if (run->split && at == 0) {
        slice = run->split;
    } else if (run->seed) {
        slice = 1 + next_random(&run->seed) % 5000;
    }
    return slice < left ? slice : left;
}

static enum native_http_decode_status decode_all(const struct native_http_codings *codings,
                                                 const struct bytes *in, struct run *run)
{
    static struct sink sink;
    struct native_http_decode *decode = NULL;
    enum native_http_decode_status status;

    memset(&sink, 0, sizeof(sink));
    sink.at = room;
    sink.room = sizeof(room);
    sink.pause_every = run->pause_every;
    status = native_http_decode_new(codings, run->max, take, &sink, &decode);
    if (status != NATIVE_HTTP_DECODE_OK) {
        return status;
    }
    for (size_t at = 0; at < in->len && status == NATIVE_HTTP_DECODE_OK;) {
        size_t len = next_slice(run, at, in->len - at);

        status = feed(decode, in->at + at, len, run);
        at += len;
    }
    if (status == NATIVE_HTTP_DECODE_OK) {
        do {
            status = native_http_decode_finish(decode);
            run->turns += status == NATIVE_HTTP_DECODE_MORE;
        } while (status == NATIVE_HTTP_DECODE_PAUSED || status == NATIVE_HTTP_DECODE_MORE);
    }
    run->wrong |= sink.wrong || native_http_decode_total(decode) != sink.len;
    run->total = sink.len;
    run->message = native_http_decode_message(decode);
    if (status != NATIVE_HTTP_DECODE_OK) {
        size_t used;

        run->wrong |= native_http_decode_feed(decode, NATIVE_HTTP_SPAN("x"), &used) != status ||
                      native_http_decode_finish(decode) != status;
    }
    native_http_decode_free(decode);
    return status;
}

static struct native_http_codings codings_of(const char *text)
{
    struct native_http_codings codings = {{0}, 0, {NULL, 0}};
    struct native_http_fault fault;

    native_http_codings_add(&codings, (struct native_http_span){text, strlen(text)}, &fault);
    return codings;
}

static bool gives(const struct native_http_codings *codings, const struct bytes *in,
                  const struct bytes *plain, struct run run)
{
    enum native_http_decode_status status = decode_all(codings, in, &run);

    return status == NATIVE_HTTP_DECODE_OK && !run.wrong && run.total == plain->len &&
           memcmp(room, plain->at, plain->len) == 0;
}

/* ---- every coding ---- */

static const char *const names[ENCODINGS] = {"gzip", "deflate", "deflate", "br", "zstd"};
static const char *const titles[ENCODINGS] = {"gzip", "deflate with zlib's frame",
                                              "deflate without", "br", "zstd"};

static bool is_there(enum encoding encoding)
{
    struct native_http_codings codings = codings_of(names[encoding]);

    return native_http_decode_codings() >> codings.list[0] & 1;
}

/* Nothing, a byte, text, zeros, and bytes that cannot be compressed. */
static struct bytes plain_of(unsigned kind)
{
    static const size_t sizes[] = {0, 1, 442, 200000, 100000};
    struct bytes plain = {calloc(1, sizes[kind] + 1), sizes[kind]};
    uint64_t seed = 3;

    for (size_t i = 0; i < plain.len; i++) {
        plain.at[i] = kind == 4   ? (uint8_t)next_random(&seed)
                      : kind == 2 ? (uint8_t) "a text, a text; "[i % 16 ^ (i / 100)]
                                  : 0;
    }
    return plain;
}
enum { PLAINS = 5 };

static void every_coding(void)
{
    for (int encoding = 0; encoding < ENCODINGS; encoding++) {
        struct native_http_codings codings = codings_of(names[encoding]);

        if (!is_there((enum encoding)encoding)) {
            printf("ok %d - %s # SKIP not in this build\n", ++tap_tests, titles[encoding]);
            continue;
        }
        for (unsigned kind = 0; kind < PLAINS; kind++) {
            struct bytes plain = plain_of(kind);
            struct bytes in = encode((enum encoding)encoding, &plain);

            check(gives(&codings, &in, &plain, (struct run){0}), "whole, %u", kind);
            check(gives(&codings, &in, &plain, (struct run){.slice = kind < 3 ? 1 : 97}),
                  "in little slices, %u", kind);
            check(gives(&codings, &in, &plain, (struct run){.pause_every = 1}), "paused, %u", kind);
            check(gives(&codings, &in, &plain, (struct run){.slice = 7, .pause_every = 2}),
                  "in sevens, paused, %u", kind);
            check(gives(&codings, &in, &plain, (struct run){.seed = 5, .pause_every = 3}),
                  "in random slices, %u", kind);
            for (size_t split = 1; split < in.len && in.len < 1000; split++) {
                check(gives(&codings, &in, &plain, (struct run){.split = split}), "split at %zu",
                      split);
            }
            free(in.at);
            free(plain.at);
        }
        end_test("%s, in every slicing", titles[encoding]);
    }
}

static void stacks(void)
{
    static const struct {
        const char *name;
        enum encoding encodings[5];
        unsigned count;
    } rows[] = {
        {"gzip, gzip", {AS_GZIP, AS_GZIP}, 2},
        {"deflate, gzip, deflate", {AS_RAW, AS_GZIP, AS_ZLIB}, 3},
        {"gzip, br", {AS_GZIP, AS_BR}, 2},
        {"zstd, gzip", {AS_ZSTD, AS_GZIP}, 2},
        {"gzip, deflate, br, zstd, gzip", {AS_GZIP, AS_ZLIB, AS_BR, AS_ZSTD, AS_GZIP}, 5},
        {"identity", {AS_GZIP}, 0},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct native_http_codings codings = codings_of(rows[i].name);
        bool there = true;

        for (unsigned k = 0; k < rows[i].count; k++) {
            there = there && is_there(rows[i].encodings[k]);
        }
        if (!there) {
            printf("ok %d - %s # SKIP not in this build\n", ++tap_tests, rows[i].name);
            continue;
        }
        for (unsigned kind = 0; kind < PLAINS; kind++) {
            struct bytes plain = plain_of(kind);
            struct bytes in = bytes_copy(plain.at, plain.len);

            for (unsigned k = 0; k < rows[i].count; k++) {
                struct bytes outer = encode(rows[i].encodings[k], &in);

                free(in.at);
                in = outer;
            }
            check(gives(&codings, &in, &plain, (struct run){0}), "whole, %u", kind);
            check(gives(&codings, &in, &plain,
                        (struct run){.slice = kind < 3 ? 1 : 97, .pause_every = 3}),
                  "in little slices, %u", kind);
            check(gives(&codings, &in, &plain, (struct run){.pause_every = 1}), "paused, %u", kind);
            check(gives(&codings, &in, &plain, (struct run){.seed = 9}), "random, %u", kind);
            free(in.at);
            free(plain.at);
        }
        end_test("%s", rows[i].name);
    }
}

/* What a real encoder of br writes; ours above only stores. */
static void br(void)
{
    static const char text[] =
        "\x1b\xb9\x01\xa0\x14\xa1\xd2\x2d\x6f\x5d\x49\x17\xa2\x7b\xe7\xe6\x5b\xb4\x61\x93\x04\xa0"
        "\xca\x01\x50\xb1\x28\x13\x1d\xd9\xfd\x80\x4f\x9e\x1a\x92\x2b\x0b\x9b\x56\x60\xa0\xe2\x1d"
        "\x4c\xbc\x41\xff\xfd\xd8\xad\x77\xaf\x92\x50\x52\xd1\xbc\xd2\x6c\x74\xdb\x6c\x95\xd6\x92"
        "\x83\xe9\x64\x4d\x04\x01";
    static const char zeros[] = "\x5b\xff\xff\x8f\x7f\x02\x20\x1e\x0b\x04\x72\xef\x1f\x00";
    struct native_http_codings codings = codings_of("br");
    struct bytes in = bytes_copy(text, sizeof(text) - 1);
    struct bytes plain = {malloc(600), 0};
    struct run run = {0};

    if (!is_there(AS_BR)) {
        printf("ok %d - compressed br # SKIP not in this build\n", ++tap_tests);
        free(in.at);
        free(plain.at);
        return;
    }
    for (int i = 0; i < 12; i++) {
        plain.len += (size_t)sprintf((char *)plain.at + plain.len,
                                     "line %d of a text that is compressed\n", i * i);
    }
    check(gives(&codings, &in, &plain, (struct run){.slice = 1}), "bytewise");
    ok(gives(&codings, &in, &plain, (struct run){0}), "br as its own encoder writes it");
    free(in.at);
    free(plain.at);
    in = bytes_copy(zeros, sizeof(zeros) - 1);
    ok(decode_all(&codings, &in, &run) == NATIVE_HTTP_DECODE_OK && run.total == 1 << 20,
       "14 bytes of it that become a megabyte");
    free(in.at);
}

/* ---- what is wrong ---- */

static void cut(void)
{
    for (int encoding = 0; encoding < ENCODINGS; encoding++) {
        struct native_http_codings codings = codings_of(names[encoding]);
        struct bytes plain = plain_of(2);
        struct bytes in = encode((enum encoding)encoding, &plain);

        if (!is_there((enum encoding)encoding)) {
            printf("ok %d - %s, cut # SKIP not in this build\n", ++tap_tests, titles[encoding]);
        } else {
            for (size_t len = 0; len < in.len; len++) {
                struct bytes part = {in.at, len};
                struct run run = {0};
                enum native_http_decode_status status = decode_all(&codings, &part, &run);

                check(status == (len ? NATIVE_HTTP_DECODE_CUT : NATIVE_HTTP_DECODE_OK) &&
                          !run.wrong && memcmp(room, plain.at, run.total) == 0,
                      "%zu of %zu bytes: status %d", len, in.len, status);
            }
            end_test("%s, cut after every byte, is a fault; nothing at all is none",
                     titles[encoding]);
        }
        free(in.at);
        free(plain.at);
    }
}

static void bad(void)
{
    static const struct {
        const char *coding, *bytes;
        size_t len;
        const char *message;
    } rows[] = {
        {"gzip", "plain text", 10, "incorrect header check"},
        {"gzip", "\x1f\x8b\x07\0\0\0\0\0\0\0\0\0", 12, "unknown compression method"},
        {"deflate", "\xff\xff\xff\xff", 4, "invalid block type"},
        {"deflate", "\x78\x9c\xff\xff\xff", 5, "invalid block type"},
        {"deflate", "\x78\xbb\0\0\0\0", 6, "a preset dictionary is asked for"},
        {"br", "\xff\xff\xff\xff\xff", 5, NULL},
        {"zstd", "plain text", 10, "Unknown frame descriptor"},
        /* a window of 128 MiB */
        {"zstd", "\x28\xb5\x2f\xfd\x00\x88\x01\x00\x00", 9, NULL},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct native_http_codings codings = codings_of(rows[i].coding);
        struct bytes in = bytes_copy(rows[i].bytes, rows[i].len);
        struct run whole = {0}, slices = {.slice = 1};

        if (!(native_http_decode_codings() >> codings.list[0] & 1)) {
            printf("ok %d - bad %s # SKIP not in this build\n", ++tap_tests, rows[i].coding);
        } else {
            enum native_http_decode_status status = decode_all(&codings, &in, &whole);

            check(status == NATIVE_HTTP_DECODE_BAD, "status %d", status);
            check(decode_all(&codings, &in, &slices) == status && !whole.wrong && !slices.wrong,
                  "not the same bytewise");
            check(whole.message[0] && (!rows[i].message || !strcmp(whole.message, rows[i].message)),
                  "message \"%s\"", whole.message);
            end_test("bad %s, row %zu: %s", rows[i].coding, i, whole.message);
        }
        free(in.at);
    }
}

/* One bit turned over: never more than a fault. */
static void damaged(void)
{
    for (int encoding = 0; encoding < ENCODINGS; encoding++) {
        struct native_http_codings codings = codings_of(names[encoding]);
        struct bytes plain = plain_of(2);
        struct bytes in = encode((enum encoding)encoding, &plain);
        unsigned good = 0;

        if (!is_there((enum encoding)encoding)) {
            free(in.at);
            free(plain.at);
            continue;
        }
        for (size_t bit = 0; bit < in.len * 8; bit++) {
            struct run whole = {.max = 1 << 20}, slices = {.slice = 3, .max = 1 << 20};
            enum native_http_decode_status status;

            in.at[bit / 8] ^= (uint8_t)(1 << bit % 8);
            status = decode_all(&codings, &in, &whole);
            check(decode_all(&codings, &in, &slices) == status, "bit %zu: not the same in slices",
                  bit);
            check(!whole.wrong && !slices.wrong, "bit %zu", bit);
            good += status == NATIVE_HTTP_DECODE_OK;
            in.at[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
        end_test("%s, each bit turned over (%u are no fault)", titles[encoding], good);
        free(in.at);
        free(plain.at);
    }
}

static void behind(void)
{
    static const char *const garbage[] = {"x", "\x1f", "\x1fx", "\0\0\0\0", "HTTP/1.1 200 OK\r\n"};
    struct native_http_codings codings = codings_of("gzip");
    struct bytes one = plain_of(2), two = plain_of(1), empty = plain_of(0);
    struct bytes both = bytes_copy(one.at, one.len), in = encode(AS_GZIP, &one);
    struct run run = {0};

    bytes_join(&in, encode(AS_GZIP, &empty));
    bytes_join(&in, encode(AS_GZIP, &two));
    bytes_join(&both, bytes_copy(two.at, two.len));
    for (size_t split = 1; split < in.len; split++) {
        check(gives(&codings, &in, &both, (struct run){.split = split}), "split at %zu", split);
    }
    ok(gives(&codings, &in, &both, (struct run){.slice = 1}), "gzip members one behind the other");
    in.len--;
    ok(decode_all(&codings, &in, &run) == NATIVE_HTTP_DECODE_CUT, "the last of them cut");
    in.len++;
    in.at[in.len - 5] ^= 1;
    ok(decode_all(&codings, &in, &run) == NATIVE_HTTP_DECODE_BAD &&
           !strcmp(run.message, "incorrect data check"),
       "a wrong checksum of the last one is found");
    in.at[in.len - 5] ^= 1;
    for (size_t i = 0; i < sizeof(garbage) / sizeof(garbage[0]); i++) {
        struct bytes more = bytes_copy(in.at, in.len);

        bytes_join(&more, bytes_copy(garbage[i], i == 3 ? 4 : strlen(garbage[i])));
        for (size_t split = in.len; split <= more.len; split++) {
            check(gives(&codings, &more, &both, (struct run){.split = split}), "%zu: split at %zu",
                  i, split);
        }
        check(gives(&codings, &more, &both, (struct run){.slice = 1}), "%zu: bytewise", i);
        free(more.at);
    }
    end_test("what is no member behind the last one is ignored");
    for (int encoding = AS_ZLIB; encoding <= AS_BR; encoding++) {
        struct bytes more = encode((enum encoding)encoding, &one);

        codings = codings_of(names[encoding]);
        bytes_join(&more, bytes_copy("garbage", 7));
        check(!is_there((enum encoding)encoding) ||
                  (gives(&codings, &more, &one, (struct run){0}) &&
                   gives(&codings, &more, &one, (struct run){.slice = 1})),
              "%s", titles[encoding]);
        free(more.at);
    }
    end_test("behind deflate and br, too");
    if (is_there(AS_ZSTD)) {
        struct bytes more = encode(AS_ZSTD, &one);

        bytes_join(&more, encode(AS_ZSTD, &two));
        codings = codings_of("zstd");
        ok(gives(&codings, &more, &both, (struct run){0}) &&
               gives(&codings, &more, &both, (struct run){.slice = 1}),
           "zstd frames one behind the other");
        free(more.at);
    }
    free(in.at);
    free(both.at);
    free(one.at);
    free(two.at);
    free(empty.at);
}

/* ---- limits ---- */

static void limits(void)
{
    struct bytes zeros = {calloc(1, 300000), 300000};

    for (int encoding = 0; encoding < ENCODINGS; encoding++) {
        struct native_http_codings codings = codings_of(names[encoding]);
        struct bytes in = encode((enum encoding)encoding, &zeros);
        struct run exact = {.max = 300000}, less = {.max = 299999}, far = {.max = 1, .slice = 1};

        if (is_there((enum encoding)encoding)) {
            check(decode_all(&codings, &in, &exact) == NATIVE_HTTP_DECODE_OK, "exact");
            check(decode_all(&codings, &in, &less) == NATIVE_HTTP_DECODE_TOO_LARGE, "less");
            check(decode_all(&codings, &in, &far) == NATIVE_HTTP_DECODE_TOO_LARGE, "far");
            check(less.total <= 299999 && far.total <= 1 && !exact.wrong && !less.wrong, "past it");
            end_test("%s: not a byte past the limit", titles[encoding]);
        }
        free(in.at);
    }
    {
        struct native_http_codings codings = codings_of("");
        struct run exact = {.max = 300000}, less = {.max = 299999};

        check(decode_all(&codings, &zeros, &exact) == NATIVE_HTTP_DECODE_OK, "exact");
        ok(decode_all(&codings, &zeros, &less) == NATIVE_HTTP_DECODE_TOO_LARGE,
           "without a coding the limit counts, too");
    }
    {
        /* the outer coding gives much, the inner one nothing: empty members of gzip */
        struct native_http_codings codings = codings_of("gzip, gzip");
        struct bytes empty = {zeros.at, 0}, inner = encode(AS_GZIP, &empty), many = {NULL, 0}, in;
        struct run run = {.max = 100000};

        for (int i = 0; i < 10000; i++) {
            bytes_join(&many, bytes_copy(inner.at, inner.len));
        }
        in = encode(AS_GZIP, &many);
        ok(decode_all(&codings, &in, &run) == NATIVE_HTTP_DECODE_TOO_LARGE && run.total == 0,
           "what lies between two codings counts");
        free(inner.at);
        free(many.at);
        free(in.at);
    }
    free(zeros.at);
}

static void turns(void)
{
    struct native_http_codings codings = codings_of("gzip");
    size_t size = under_valgrind() ? 8u << 20 : 64u << 20;
    struct bytes zeros = {calloc(1, size), size}, in = encode(AS_GZIP, &zeros);
    struct run run = {0};

    ok(decode_all(&codings, &in, &run) == NATIVE_HTTP_DECODE_OK && run.total == size &&
           run.turns >= (size >> 20) - 1,
       "a body that grows a thousandfold gives way every megabyte (%u times)", run.turns);
    free(zeros.at);
    free(in.at);
}

/* ---- the sink ---- */

static void stopping(void)
{
    static struct sink sink;
    struct native_http_codings codings = codings_of("gzip");
    struct bytes plain = plain_of(2), in = encode(AS_GZIP, &plain);
    struct native_http_span span = {(const char *)in.at, in.len};
    struct native_http_decode *decode;
    size_t used;

    for (int verdict = NATIVE_HTTP_REFUSE; verdict <= NATIVE_HTTP_ABORT; verdict++) {
        sink.stop_with = (enum native_http_verdict)verdict;
        native_http_decode_new(&codings, 0, take, &sink, &decode);
        check(native_http_decode_feed(decode, span, &used) == NATIVE_HTTP_DECODE_STOPPED &&
                  native_http_decode_verdict(decode) == (enum native_http_verdict)verdict &&
                  native_http_decode_total(decode) == 0,
              "verdict %d", verdict);
        native_http_decode_free(decode);
    }
    end_test("a sink that takes no more ends it");

    memset(&sink, 0, sizeof(sink));
    sink.pause_every = 1;
    native_http_decode_new(&codings, 0, take, &sink, &decode);
    check(native_http_decode_feed(decode, span, &used) == NATIVE_HTTP_DECODE_PAUSED, "not paused");
    ok(used == in.len && native_http_decode_total(decode) == 0, "paused, nothing was delivered");
    native_http_decode_limit(decode, 441);
    ok(native_http_decode_feed(decode, NATIVE_HTTP_SPAN(""), &used) == NATIVE_HTTP_DECODE_TOO_LARGE,
       "a limit that is lowered counts at once");
    native_http_decode_free(decode);
    native_http_decode_free(NULL);
    free(plain.at);
    free(in.at);
}

/* Without a coding nobody keeps the piece but the caller, who may have more bytes by then. */
static void held(void)
{
    static struct sink sink;
    struct native_http_codings codings = codings_of("");
    struct native_http_decode *decode;
    size_t used;

    memset(&sink, 0, sizeof(sink));
    sink.at = room;
    sink.room = sizeof(room);
    sink.pause_every = 1;
    native_http_decode_new(&codings, 0, take, &sink, &decode);
    check(native_http_decode_feed(decode, NATIVE_HTTP_SPAN("hello"), &used) ==
                  NATIVE_HTTP_DECODE_PAUSED &&
              used == 0,
          "not paused");
    check(native_http_decode_feed(decode, NATIVE_HTTP_SPAN("hello and more"), &used) ==
                  NATIVE_HTTP_DECODE_PAUSED &&
              used == 5 && sink.len == 5,
          "%zu used", used);
    sink.pause_every = 0;
    ok(native_http_decode_feed(decode, NATIVE_HTTP_SPAN(" and more"), &used) ==
               NATIVE_HTTP_DECODE_OK &&
           used == 9 && sink.len == 14 && !sink.wrong && !memcmp(room, "hello and more", 14),
       "without a coding, too, the very piece comes again");
    native_http_decode_free(decode);
}

static void unknown(void)
{
    struct native_http_codings codings = codings_of("gzip, compress");
    struct native_http_decode *decode;
    char text[100], small[8];

    ok(native_http_decode_new(&codings, 0, take, NULL, &decode) == NATIVE_HTTP_DECODE_UNKNOWN,
       "a coding that nobody knows");
    ok((native_http_decode_codings() & 3u << NATIVE_HTTP_CODING_DEFLATE) ==
               3u << NATIVE_HTTP_CODING_DEFLATE &&
           !(native_http_decode_codings() & 1),
       "gzip and deflate are always there");
    native_http_decode_libraries(text, sizeof(text));
    native_http_decode_libraries(small, sizeof(small));
    ok(!strncmp(text, "zlib/1", 6) && !strncmp(text, small, strlen(small)) && strlen(small) < 8,
       "the libraries: %s", text);
}

/* ---- memory ---- */

static void memory(void)
{
    for (int encoding = 0; encoding < ENCODINGS; encoding++) {
        struct native_http_codings codings = codings_of(names[encoding]);
        struct bytes plain = plain_of(4), in = encode((enum encoding)encoding, &plain);
        bool last = false;
        int n = 1;

        for (; is_there((enum encoding)encoding) && !last && n < 100; n++) {
            static struct sink sink;
            struct native_http_decode *decode = NULL;
            enum native_http_decode_status status;
            size_t used;

            memset(&sink, 0, sizeof(sink));
            failures = 0;
            countdown = n;
            status = native_http_decode_new(&codings, 0, take, &sink, &decode);
            if (status == NATIVE_HTTP_DECODE_OK) {
                status = native_http_decode_feed(
                    decode, (struct native_http_span){(const char *)in.at, in.len}, &used);
            }
            countdown = 0;
            last = failures == 0;
            check(status == (last ? NATIVE_HTTP_DECODE_OK : NATIVE_HTTP_DECODE_NO_MEMORY),
                  "allocation %d: status %d", n, status);
            native_http_decode_free(decode);
        }
        if (!malloc_can_fail() || !is_there((enum encoding)encoding)) {
            printf("ok %d - memory, %s # SKIP cannot be made to fail here\n", ++tap_tests,
                   titles[encoding]);
        } else {
            check(last && n > 2, "%d allocations", n);
            end_test("%s: each of %d allocations fails once", titles[encoding], n - 2);
        }
        free(in.at);
        free(plain.at);
    }
}

int main(void)
{
    every_coding();
    stacks();
    br();
    cut();
    bad();
    damaged();
    behind();
    limits();
    turns();
    stopping();
    held();
    unknown();
    memory();
    return done();
}
