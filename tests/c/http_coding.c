/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_coding.c - Content-Encoding read, Accept-Encoding written. */
#include "http/wire/coding.h"
#include "support/http_writer.h"

enum {
    DEFLATE = NATIVE_HTTP_CODING_DEFLATE,
    GZIP = NATIVE_HTTP_CODING_GZIP,
    BR = NATIVE_HTTP_CODING_BR,
    ZSTD = NATIVE_HTTP_CODING_ZSTD,
    UNKNOWN = NATIVE_HTTP_CODING_UNKNOWN,
    MAX = NATIVE_HTTP_CODINGS_MAX
};

/* Two fields of one response, and what comes of them. */
static const struct {
    const char *first, *second;
    uint8_t len, list[MAX];
    const char *unknown;
    unsigned too_large_at; /* in the second; 0: fits */
} lists[] = {
    {"", "", 0, {0}, NULL, 0},
    {"gzip", "", 1, {GZIP}, NULL, 0},
    {"GZip , x-gzip", "BR", 3, {GZIP, GZIP, BR}, NULL, 0},
    {"identity", "none,,", 0, {0}, NULL, 0},
    {" deflate\t", ",zstd", 2, {DEFLATE, ZSTD}, NULL, 0},
    {"gzip, compress", "sdch", 3, {GZIP, UNKNOWN, UNKNOWN}, "compress", 0},
    {"gzip;q=1", "gzipp", 2, {UNKNOWN, UNKNOWN}, "gzip;q=1", 0},
    {"br,br,br", "br,br,identity", 5, {BR, BR, BR, BR, BR}, NULL, 0},
    {"br,br,br", "br,br, gzip", 5, {BR, BR, BR, BR, BR}, NULL, 7},
};

static void test_lists(void)
{
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        struct native_http_codings codings = {{0}, 0, {NULL, 0}};
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
        enum native_http_status status =
            lists[i].too_large_at ? NATIVE_HTTP_TOO_LARGE : NATIVE_HTTP_OK;

        check(native_http_codings_add(&codings, guarded_text(0, lists[i].first), &fault) ==
                  NATIVE_HTTP_OK,
              "%s is refused", lists[i].first);
        check(native_http_codings_add(&codings, guarded_text(1, lists[i].second), &fault) ==
                      status &&
                  fault.offset == lists[i].too_large_at,
              "%s: offset %zu", lists[i].second, fault.offset);
        check(codings.len == lists[i].len && memcmp(codings.list, lists[i].list, MAX) == 0 &&
                  span_is(codings.unknown, lists[i].unknown),
              "%s / %s: %u codings, unknown %s", lists[i].first, lists[i].second, codings.len,
              shown_span(codings.unknown));
    }
    end_test("lists of codings over two fields");
}

static void test_put(void)
{
    WRITES_TEXT(
        "deflate, gzip, br, zstd",
        native_http_accept_encoding_put(out, 1 << DEFLATE | 1 << GZIP | 1 << BR | 1 << ZSTD));
    WRITES_TEXT("gzip", native_http_accept_encoding_put(out, 1 << GZIP));
    WRITES_TEXT("gzip", native_http_accept_encoding_put(out, 1 << GZIP | 1 << UNKNOWN));
    WRITES_TEXT("identity", native_http_accept_encoding_put(out, 0));
    WRITES_TEXT("identity", native_http_accept_encoding_put(out, 1));
    end_test("Accept-Encoding");
    for (unsigned i = 0; i < UNKNOWN; i++) {
        struct native_http_span name = native_http_coding_name((enum native_http_coding)i);

        check(name.len > 0 && native_http_coding_of(name) == i, "coding %u", i);
    }
    check(native_http_coding_name(NATIVE_HTTP_CODING_UNKNOWN).len == 0, "a name for the unknown");
    end_test("names");
}

int main(void)
{
    test_lists();
    test_put();
    return done();
}
