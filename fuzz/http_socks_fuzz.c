/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_socks_fuzz.c - the first byte says what is asked for; the rest is what the proxy answers.
 * Given in one piece and byte by byte, it leads to the same end after the same bytes, and to the
 * end that a reading of the whole answer gives. */
#include <stdlib.h>

#include "http/wire/socks.h"
#include "require.h"

struct end {
    enum native_http_socks_step step;
    enum native_http_socks_failure failure;
    size_t used;
};

static struct end run(const struct native_http_socks_request *request, const uint8_t *in,
                      size_t len, size_t slice)
{
    char room[NATIVE_HTTP_SOCKS_MESSAGE_MAX];
    struct native_http_socks socks;
    struct native_http_fault fault;
    size_t at = 0, used, messages = 0;

    REQUIRE(native_http_socks_start(&socks, request, &fault) == NATIVE_HTTP_OK);
    for (;;) {
        if (socks.step == NATIVE_HTTP_SOCKS_SEND) {
            struct native_http_buffer out = {room, sizeof(room), 0};

            REQUIRE(native_http_socks_message(&socks, &out, &fault) == NATIVE_HTTP_OK);
            REQUIRE(native_http_buffer_fits(&out) && out.len > 0 && ++messages <= 3);
        }
        if (socks.step != NATIVE_HTTP_SOCKS_RECEIVE || at == len) {
            return (struct end){socks.step, socks.failure, at};
        }
        native_http_socks_receive(&socks, in + at, len - at < slice ? len - at : slice, &used);
        REQUIRE(used > 0 && used <= len - at);
        at += used;
    }
}

/* Read the whole answer at once. */
static struct end expect(const struct native_http_socks_request *request, const uint8_t *in,
                         size_t len)
{
    struct end end = {NATIVE_HTTP_SOCKS_RECEIVE, NATIVE_HTTP_SOCKS_NO_FAILURE, len};
    size_t at = 0, need;

#define FAIL(why, after)                                                                           \
    return (struct end)                                                                            \
    {                                                                                              \
        NATIVE_HTTP_SOCKS_FAILED, NATIVE_HTTP_SOCKS_##why, (after)                                 \
    }
    if (request->version == NATIVE_HTTP_SOCKS_4) {
        if (len >= 1 && in[0] != 0)
            FAIL(BAD_VERSION, 1);
        if (len >= 8 && in[1] != 90)
            FAIL(REFUSED, 8);
        return len < 8 ? end : (struct end){NATIVE_HTTP_SOCKS_OPEN, end.failure, 8};
    }
    if (len >= 1 && in[0] != 5)
        FAIL(BAD_VERSION, 1);
    if (len < 2)
        return end;
    if (in[1] == 255)
        FAIL(NO_METHOD, 2);
    if (in[1] != 0 && (in[1] != 2 || !request->user.at))
        FAIL(BAD_METHOD, 2);
    at = 2;
    if (in[1] == 2) {
        if (len < 4)
            return end;
        if (in[3] != 0)
            FAIL(USER_REFUSED, 4);
        at = 4;
    }
    if (len > at && in[at] != 5)
        FAIL(BAD_REPLY_VERSION, at + 1);
    if (len > at + 1 && in[at + 1] != 0)
        FAIL(REFUSED, at + 2);
    if (len < at + 5)
        return end;
    if (in[at + 3] != 1 && in[at + 3] != 3 && in[at + 3] != 4)
        FAIL(BAD_ADDRESS_TYPE, at + 5);
    need = at + 4 + (in[at + 3] == 1 ? 4 : in[at + 3] == 4 ? 16 : 1u + in[at + 4]) + 2;
    return len < need ? end : (struct end){NATIVE_HTTP_SOCKS_OPEN, end.failure, need};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t address[4] = {127, 0, 0, 1};
    struct native_http_socks_request request = {0};
    uint8_t *answer;
    struct end whole, slow, right;

    if (size == 0) {
        return 0;
    }
    request.version = data[0] & 1 ? NATIVE_HTTP_SOCKS_4 : NATIVE_HTTP_SOCKS_5;
    request.host = NATIVE_HTTP_SPAN("name.test");
    if (data[0] & 2) {
        request.address = address;
        request.address_len = sizeof(address);
    }
    if (data[0] & 4) {
        request.user = NATIVE_HTTP_SPAN("user");
        request.password = NATIVE_HTTP_SPAN("password");
    }
    answer = malloc(size); /* ends where the answer does */
    memcpy(answer, data, size);
    whole = run(&request, answer + 1, size - 1, size);
    slow = run(&request, answer + 1, size - 1, 1);
    right = expect(&request, answer + 1, size - 1);
    REQUIRE(whole.step == slow.step && whole.failure == slow.failure && whole.used == slow.used);
    REQUIRE(whole.step == right.step && whole.failure == right.failure && whole.used == right.used);
    free(answer);
    return 0;
}
