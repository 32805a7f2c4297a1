/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_socks.c - talks with SOCKS proxies, byte for byte; each answer whole, split at every byte,
 * and followed by the tunnel's first bytes. */
#include "http/wire/socks.h"
#include "support/http_writer.h"

enum { TALK_MAX = 3 };

struct bytes {
    const char *at;
    size_t len;
};

#define BYTES(literal)                                                                             \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

struct talk {
    const char *what;
    unsigned version;
    const char *host;
    struct bytes address;
    uint16_t port;
    const char *user, *password;
    struct bytes sent[TALK_MAX], received[TALK_MAX];
    unsigned step, failure, code; /* at the end */
};

enum { V4 = NATIVE_HTTP_SOCKS_4, V5 = NATIVE_HTTP_SOCKS_5 };
enum { OPEN = NATIVE_HTTP_SOCKS_OPEN, FAILED = NATIVE_HTTP_SOCKS_FAILED };

static const struct talk talks[] = {
    {.what = "5h without a user",
     .version = V5,
     .host = "name.test",
     .port = 81,
     .sent = {BYTES("\5\1\0"), BYTES("\5\1\0\3\tname.test\0Q")},
     .received = {BYTES("\5\0"), BYTES("\5\0\0\1\177\0\0\1\1\2")},
     .step = OPEN},
    {.what = "5h with user and password",
     .version = V5,
     .host = "name.test",
     .port = 81,
     .user = "me",
     .password = "pw",
     .sent = {BYTES("\5\2\0\2"), BYTES("\1\2me\2pw"), BYTES("\5\1\0\3\tname.test\0Q")},
     .received = {BYTES("\5\2"), BYTES("\1\0"), BYTES("\5\0\0\3\3abc\0P")},
     .step = OPEN},
    {.what = "5 with a user that the proxy does not ask for, and an empty bound name",
     .version = V5,
     .address = BYTES("\177\0\0\2"),
     .port = 8080,
     .user = "me",
     .password = "",
     .sent = {BYTES("\5\2\0\2"), BYTES("\5\1\0\1\177\0\0\2\37\220")},
     .received = {BYTES("\5\0"), BYTES("\5\0\0\3\0\0\0")},
     .step = OPEN},
    {.what = "5 with an IPv6 address, the bound one of that kind, too; any version in the "
             "password's answer",
     .version = V5,
     .address = BYTES("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1"),
     .port = 65535,
     .user = "",
     .password = "",
     .sent = {BYTES("\5\2\0\2"), BYTES("\1\0\0"),
              BYTES("\5\1\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\377\377")},
     .received = {BYTES("\5\2"), BYTES("\5\0"),
                  BYTES("\5\0\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0")},
     .step = OPEN},
    {.what = "5: refused user",
     .version = V5,
     .host = "h",
     .port = 1,
     .user = "u",
     .password = "p",
     .sent = {BYTES("\5\2\0\2"), BYTES("\1\1u\1p")},
     .received = {BYTES("\5\2"), BYTES("\1\1")},
     .step = FAILED,
     .failure = NATIVE_HTTP_SOCKS_USER_REFUSED,
     .code = 1},
    {.what = "5: no method",
     .version = V5,
     .host = "h",
     .port = 1,
     .sent = {BYTES("\5\1\0")},
     .received = {BYTES("\5\377")},
     .step = FAILED,
     .failure = NATIVE_HTTP_SOCKS_NO_METHOD,
     .code = 255},
    {.what = "5: a user asked for that was not offered",
     .version = V5,
     .host = "h",
     .port = 1,
     .sent = {BYTES("\5\1\0")},
     .received = {BYTES("\5\2")},
     .step = FAILED,
     .failure = NATIVE_HTTP_SOCKS_BAD_METHOD,
     .code = 2},
    {.what = "5: refused connection, told in two bytes",
     .version = V5,
     .host = "h",
     .port = 1,
     .sent = {BYTES("\5\1\0"), BYTES("\5\1\0\3\1h\0\1")},
     .received = {BYTES("\5\0"), BYTES("\5\4")},
     .step = FAILED,
     .failure = NATIVE_HTTP_SOCKS_REFUSED,
     .code = 4},
    {.what = "5: a bound address of no known type",
     .version = V5,
     .host = "h",
     .port = 1,
     .sent = {BYTES("\5\1\0"), BYTES("\5\1\0\3\1h\0\1")},
     .received = {BYTES("\5\0"), BYTES("\5\0\0\2\0")},
     .step = FAILED,
     .failure = NATIVE_HTTP_SOCKS_BAD_ADDRESS_TYPE},
    {.what = "5: a server that speaks HTTP",
     .version = V5,
     .host = "h",
     .port = 1,
     .sent = {BYTES("\5\1\0")},
     .received = {BYTES("H")},
     .step = FAILED,
     .failure = NATIVE_HTTP_SOCKS_BAD_VERSION},
    {.what = "5: a last answer of another version",
     .version = V5,
     .host = "h",
     .port = 1,
     .sent = {BYTES("\5\1\0"), BYTES("\5\1\0\3\1h\0\1")},
     .received = {BYTES("\5\0"), BYTES("\4")},
     .step = FAILED,
     .failure = NATIVE_HTTP_SOCKS_BAD_REPLY_VERSION},
    {.what = "4 with an address",
     .version = V4,
     .address = BYTES("\177\0\0\2"),
     .port = 81,
     .sent = {BYTES("\4\1\0Q\177\0\0\2\0")},
     .received = {BYTES("\0Z\0\0\0\0\0\0")},
     .step = OPEN},
    {.what = "4a with a user",
     .version = V4,
     .host = "name.test",
     .port = 81,
     .user = "usr",
     .sent = {BYTES("\4\1\0Q\0\0\0\1usr\0name.test\0")},
     .received = {BYTES("\0Z\1\2\3\4\5\6")},
     .step = OPEN},
    {.what = "4: refused",
     .version = V4,
     .host = "h",
     .port = 1,
     .sent = {BYTES("\4\1\0\1\0\0\0\1\0h\0")},
     .received = {BYTES("\0[\1\2\3\4\5\6")},
     .step = FAILED,
     .failure = NATIVE_HTTP_SOCKS_REFUSED,
     .code = 91},
    {.what = "4: an answer of SOCKS 5",
     .version = V4,
     .host = "h",
     .port = 1,
     .sent = {BYTES("\4\1\0\1\0\0\0\1\0h\0")},
     .received = {BYTES("\5")},
     .step = FAILED,
     .failure = NATIVE_HTTP_SOCKS_BAD_VERSION},
};

static struct native_http_socks_request request_of(const struct talk *talk)
{
    struct native_http_socks_request request = {0};

    request.version = (enum native_http_socks_version)talk->version;
    request.host = guarded_text(0, talk->host);
    if (talk->address.at) {
        request.address = (const uint8_t *)guarded(1, talk->address.at, talk->address.len).at;
        request.address_len = talk->address.len;
    }
    request.port = talk->port;
    request.user = guarded_text(2, talk->user);
    request.password = guarded_text(3, talk->password);
    return request;
}

/* Give the answer in slices, and after it three bytes of the tunnel in the same slice if `more`. */
static void receive(struct native_http_socks *socks, const struct bytes *answer, size_t slice,
                    bool more)
{
    char all[64];
    size_t len = answer->len + (more ? 3 : 0), at = 0;

    memcpy(all, answer->at, answer->len);
    memcpy(all + answer->len, "\5\5\5", 3);
    while (at < answer->len) {
        size_t n = len - at < slice ? len - at : slice, used = 99;
        struct native_http_span in = guarded(4, all + at, n);
        enum native_http_socks_step step = native_http_socks_receive(socks, in.at, n, &used);

        at += used;
        check(step == socks->step, "the step returned is not the one that is next");
        if (!check(used == n || (at == answer->len && step != NATIVE_HTTP_SOCKS_RECEIVE),
                   "%zu bytes taken of %zu, %zu of %zu in all", used, n, at, answer->len)) {
            return;
        }
    }
    check(at == answer->len, "%zu bytes taken, not %zu", at, answer->len);
}

static void run_talk(const struct talk *talk, size_t slice, bool more)
{
    struct native_http_socks_request request = request_of(talk);
    struct native_http_socks socks;
    struct native_http_fault fault;

    if (!check(native_http_socks_start(&socks, &request, &fault) == NATIVE_HTTP_OK, "refused")) {
        return;
    }
    for (unsigned i = 0; i < TALK_MAX && talk->sent[i].at; i++) {
        if (!check(socks.step == NATIVE_HTTP_SOCKS_SEND, "nothing to send, round %u", i)) {
            return;
        }
        WRITES(talk->sent[i].at, talk->sent[i].len, {
            socks.step = NATIVE_HTTP_SOCKS_SEND;
            (void)native_http_socks_message(&socks, out, &fault);
            check((socks.step == NATIVE_HTTP_SOCKS_RECEIVE) == (room >= talk->sent[i].len),
                  "a message that does not fit is taken for sent");
        });
        receive(&socks, &talk->received[i], slice, more);
    }
    check(socks.step == (enum native_http_socks_step)talk->step &&
              socks.failure == (enum native_http_socks_failure)talk->failure &&
              socks.code == (talk->step == OPEN && talk->version == V4 ? 90 : talk->code),
          "step %u, failure %u, code %u", (unsigned)socks.step, (unsigned)socks.failure,
          socks.code);
}

static void test_talks(void)
{
    for (size_t i = 0; i < sizeof(talks) / sizeof(talks[0]); i++) {
        for (size_t slice = 1; slice <= 64; slice++) {
            run_talk(&talks[i], slice, false);
            run_talk(&talks[i], slice, true);
        }
        end_test("%s", talks[i].what);
    }
}

/* ---- what cannot be asked ---- */

static char long_text[257];

static const struct {
    const char *what;
    struct talk talk;
    unsigned reason;
} bad[] = {
    {"neither host nor address", {.version = V5, .host = ""}, NATIVE_HTTP_FAULT_SOCKS_ADDRESS},
    {"IPv6 by SOCKS 4",
     {.version = V4, .address = BYTES("0123456789abcdef")},
     NATIVE_HTTP_FAULT_SOCKS_ADDRESS},
    {"an address of 5 bytes",
     {.version = V5, .address = BYTES("01234")},
     NATIVE_HTTP_FAULT_SOCKS_ADDRESS},
    {"a name of 256 bytes", {.version = V5, .host = long_text}, NATIVE_HTTP_FAULT_TEXT_LENGTH},
    {"a name of 256 bytes by 4a",
     {.version = V4, .host = long_text},
     NATIVE_HTTP_FAULT_TEXT_LENGTH},
    {"a user of 256 bytes by SOCKS 4",
     {.version = V4, .host = "h", .user = long_text, .password = ""},
     NATIVE_HTTP_FAULT_TEXT_LENGTH},
};

static void test_refused(void)
{
    struct native_http_socks socks;
    struct native_http_fault fault;
    struct native_http_socks_request nul;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct native_http_socks_request request = request_of(&bad[i].talk);

        check(native_http_socks_start(&socks, &request, &fault) == NATIVE_HTTP_MALFORMED &&
                  fault.reason == bad[i].reason,
              "%s", bad[i].what);
    }
    nul = request_of(&talks[11]);
    nul.user = guarded(2, "a\0b", 3);
    check(native_http_socks_start(&socks, &nul, &fault) == NATIVE_HTTP_MALFORMED &&
              fault.reason == NATIVE_HTTP_FAULT_CONTROL_BYTE && fault.offset == 1,
          "a NUL in a user of SOCKS 4");
    end_test("what SOCKS has no room for is refused");
    nul = request_of(&talks[1]);
    nul.user = nul.password = guarded(2, "a\0b", 3);
    check(native_http_socks_start(&socks, &nul, &fault) == NATIVE_HTTP_OK, "refused");
    end_test("SOCKS 5 counts its texts: a NUL may be in them");
}

/* SOCKS 5 may not want them. */
static void test_long_login(void)
{
    static const struct {
        const char *user, *password;
    } logins[] = {{long_text, ""}, {"u", long_text}};

    for (size_t i = 0; i < sizeof(logins) / sizeof(logins[0]); i++) {
        struct native_http_buffer out = room_of(NATIVE_HTTP_SOCKS_MESSAGE_MAX);
        struct native_http_socks socks;
        struct native_http_fault fault;
        struct native_http_socks_request request = request_of(&(struct talk){
            .version = V5, .host = "h", .user = logins[i].user, .password = logins[i].password});
        size_t used;

        check(native_http_socks_start(&socks, &request, &fault) == NATIVE_HTTP_OK, "refused");
        check(native_http_socks_message(&socks, &out, &fault) == NATIVE_HTTP_OK, "no greeting");
        native_http_socks_receive(&socks, "\5\2", 2, &used);
        check(native_http_socks_message(&socks, &out, &fault) == NATIVE_HTTP_MALFORMED &&
                  fault.reason == NATIVE_HTTP_FAULT_TEXT_LENGTH,
              "sent");
    }
    end_test("a login that is too long for SOCKS 5 is refused when it is wanted");
}

/* What a refusal of SOCKS 4 names. */
static void test_bound(void)
{
    struct native_http_buffer out = room_of(NATIVE_HTTP_SOCKS_MESSAGE_MAX);
    struct native_http_socks_request request =
        request_of(&(struct talk){.version = V4, .host = "h"});
    struct native_http_socks socks;
    struct native_http_fault fault;
    size_t used;

    check(native_http_socks_start(&socks, &request, &fault) == NATIVE_HTTP_OK, "refused");
    (void)native_http_socks_message(&socks, &out, &fault);
    native_http_socks_receive(&socks, "\0\133\1\2\3\4\5\6", 8, &used);
    check(socks.failure == NATIVE_HTTP_SOCKS_REFUSED && memcmp(socks.bound, "\1\2\3\4\5\6", 6) == 0,
          "another place");
    end_test("a refusal of SOCKS 4 names a place");
}

static void test_largest(void)
{
    struct native_http_socks_request request = {0};
    struct native_http_buffer out = room_of(NATIVE_HTTP_SOCKS_MESSAGE_MAX);
    struct native_http_socks socks;
    struct native_http_fault fault;

    request.host = request.user = request.password = (struct native_http_span){long_text, 255};
    request.version = NATIVE_HTTP_SOCKS_4;
    check(native_http_socks_start(&socks, &request, &fault) == NATIVE_HTTP_OK, "4a");
    (void)native_http_socks_message(&socks, &out, &fault);
    check(out.len == 8 + 256 + 256 && native_http_buffer_fits(&out), "%zu bytes of 4a", out.len);
    request.version = NATIVE_HTTP_SOCKS_5;
    check(native_http_socks_start(&socks, &request, &fault) == NATIVE_HTTP_OK, "5");
    for (unsigned i = 0; i < 3; i++) {
        size_t used;

        out = room_of(NATIVE_HTTP_SOCKS_MESSAGE_MAX);
        (void)native_http_socks_message(&socks, &out, &fault);
        check(native_http_buffer_fits(&out), "%zu bytes of 5", out.len);
        native_http_socks_receive(&socks, i == 0 ? "\5\2" : "\1\0", 2, &used);
    }
    check(out.len == 5 + 255 + 2, "%zu bytes of the last message", out.len);
    end_test("the largest messages fit into NATIVE_HTTP_SOCKS_MESSAGE_MAX");
}

static void test_texts(void)
{
    for (unsigned code = 0; code < 256; code++) {
        check(strlen(native_http_socks_code_text(NATIVE_HTTP_SOCKS_5, (uint8_t)code)) > 0 &&
                  strlen(native_http_socks_code_text(NATIVE_HTTP_SOCKS_4, (uint8_t)code)) > 0,
              "code %u has no text", code);
    }
    check(strcmp(native_http_socks_code_text(NATIVE_HTTP_SOCKS_4, 90), "request granted") == 0 &&
              strcmp(native_http_socks_code_text(NATIVE_HTTP_SOCKS_4, 94), "unassigned") == 0,
          "90 and 94");
    check(strcmp(native_http_socks_code_text(NATIVE_HTTP_SOCKS_5, 4), "Host unreachable") == 0,
          "5");
    check(strncmp(native_http_socks_code_text(NATIVE_HTTP_SOCKS_4, 91), "request rejected", 16) ==
              0,
          "4");
    end_test("texts of codes");
}

int main(void)
{
    memset(long_text, 'x', sizeof(long_text) - 1);
    test_talks();
    test_refused();
    test_long_login();
    test_bound();
    test_largest();
    test_texts();
    return done();
}
