/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_base64.c - the vectors of RFC 4648, every length, every cut, and every text that is none. */
#include "http/wire/base64.h"
#include "support/http_writer.h"

static const struct {
    const char *plain, *text;
} vectors[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
    {"Aladdin:open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="}, /* RFC 7617 2 */
    {"\xfb\xff\xbf", "+/+/"},
};

static void test_vectors(void)
{
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        struct native_http_span plain = guarded_text(0, vectors[i].plain);
        struct native_http_span text = guarded_text(1, vectors[i].text);
        struct native_http_fault fault;

        WRITES_TEXT(vectors[i].text, native_http_base64_encode(out, plain));
        WRITES_TEXT(vectors[i].plain,
                    check(native_http_base64_decode(out, text, &fault) == NATIVE_HTTP_OK,
                          "%s is refused", vectors[i].text));
    }
    end_test("the vectors of RFC 4648 10, in every room");
}

/* In pieces of every size, and back. */
static void test_round_trip(void)
{
    uint8_t bytes[67];
    char whole[100], pieces[100], back[100];
    uint64_t state = 7;

    for (size_t len = 0; len <= sizeof(bytes) && tap_good; len++) {
        struct native_http_buffer all = {whole, sizeof(whole), 0}, undone = {back, sizeof(back), 0};
        struct native_http_span in = {(const char *)bytes, len};
        struct native_http_fault fault;

        for (size_t i = 0; i < len; i++) {
            bytes[i] = (uint8_t)next_random(&state);
        }
        native_http_base64_encode(&all, in);
        for (size_t step = 1; step <= len; step++) {
            struct native_http_buffer out = {pieces, sizeof(pieces), 0};
            struct native_http_base64 base64 = {0, 0};

            for (size_t at = 0; at < len; at += step) {
                native_http_base64_put(
                    &base64, &out,
                    (struct native_http_span){in.at + at, len - at < step ? len - at : step});
            }
            native_http_base64_end(&base64, &out);
            check(out.len == all.len && memcmp(pieces, whole, all.len) == 0, "%zu by %zu", len,
                  step);
        }
        check(native_http_base64_decode(&undone, (struct native_http_span){whole, all.len},
                                        &fault) == NATIVE_HTTP_OK &&
                  undone.len == len && memcmp(back, bytes, len) == 0,
              "%zu bytes do not come back", len);
    }
    end_test("bytes of every length up to 67, in pieces of every size, and back");
}

static const struct {
    const char *text;
    size_t offset;
} bad[] = {
    {"Z", 1},        {"Zg", 2},        {"Zg=", 3},  {"Zh==", 1},  {"Zm9=", 2},
    {"Zg==Zg==", 2}, {"====", 0},      {"Z===", 1}, {"Zg= ", 2},  {"Zm9v\n", 5},
    {" Zm9v", 0},    {"Zm9v Zm9v", 4}, {"Zm-_", 2}, {"Zm9vY", 5}, {"Zg=a", 2},
};

static void test_refused(void)
{
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct native_http_buffer out = room_of(64);
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 99};
        struct native_http_span text = guarded_text(0, bad[i].text);

        check(native_http_base64_decode(&out, text, &fault) == NATIVE_HTTP_MALFORMED &&
                  fault.reason == NATIVE_HTTP_FAULT_BASE64 && fault.offset == bad[i].offset &&
                  out.len == 0,
              "%s: offset %zu", shown_text(bad[i].text), fault.offset);
    }
    end_test("white space, missing padding, spare bits and other letters are refused");
}

/* Of all texts of four bytes from a small alphabet, exactly one stands for each sequence
 * of bytes. */
static void test_one_text(void)
{
    static const char letters[] = "AQgw/=-";
    unsigned good = 0;

    for (unsigned n = 0; n < 7 * 7 * 7 * 7; n++) {
        char text[4] = {letters[n % 7], letters[n / 7 % 7], letters[n / 49 % 7], letters[n / 343]};
        struct native_http_buffer out = room_of(8);
        struct native_http_fault fault;

        if (native_http_base64_decode(&out, (struct native_http_span){text, 4}, &fault) ==
            NATIVE_HTTP_OK) {
            struct native_http_span bytes =
                guarded(0, out.at, out.len); /* WRITES reuses the room */

            good++;
            WRITES(text, 4, native_http_base64_encode(out, bytes));
        }
    }
    check(good == 5 * 5 * 5 * 5 + 5 * 5 * 4 + 5 * 4, "%u good texts", good);
    end_test("what is decoded is encoded to the same text again");
}

int main(void)
{
    test_vectors();
    test_round_trip();
    test_refused();
    test_one_text();
    return done();
}
