/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_auth_fuzz.c - the input, up to a line feed, is a field of challenges; what follows is a user
 * name. Each challenge of Digest is answered; the answer, read as a challenge again, says the same
 * realm, nonce and user. The input is decoded from base64 and percent-encoding, too. */
#include <stdlib.h>

#include "http/wire/base64.h"
#include "http/wire/digest.h"
#include "http/wire/escape.h"
#include "http/wire/field.h"
#include "require.h"

/* No hash, but it reads every byte that it is given. */
static uint8_t sum;

static bool begin(void *context)
{
    sum = 0;
    return context == NULL;
}

static bool add(void *context, const void *bytes, size_t len)
{
    for (const uint8_t *at = bytes; len > 0; len--) {
        sum = (uint8_t)(sum * 31 + *at++);
    }
    return context == NULL;
}

static bool end(void *context, uint8_t *result)
{
    memset(result, sum, 16);
    return context == NULL;
}

/* Append the text of a parameter's value. */
static void put_value(struct native_http_buffer *out, const struct native_http_challenge *challenge,
                      struct native_http_span name)
{
    struct native_http_auth_param param;

    REQUIRE(native_http_auth_param_find(challenge, name, &param) && param.quoted);
    native_http_quoted_put(param.value, out);
}

/* Require that the parameter of the answer stands for the text. */
static void require_value(const struct native_http_challenge *challenge,
                          struct native_http_span name, struct native_http_span text)
{
    struct native_http_buffer count = {NULL, 0, 0}, out;

    put_value(&count, challenge, name);
    REQUIRE(count.len == text.len);
    out = (struct native_http_buffer){malloc(count.len + 1), count.len, 0};
    put_value(&out, challenge, name);
    REQUIRE(memcmp(out.at, text.at ? text.at : "", text.len) == 0);
    free(out.at);
}

static void answer(const struct native_http_digest *digest, struct native_http_span user)
{
    static const struct native_http_hash hashes[2] = {{16, begin, add, end, NULL},
                                                      {16, begin, add, end, NULL}};
    struct native_http_digest_request request = {
        NATIVE_HTTP_SPAN("GET"), NATIVE_HTTP_SPAN("/"), user, user, NATIVE_HTTP_SPAN("c\"n"), 7};
    struct native_http_buffer count = {NULL, 0, 0}, out;
    struct native_http_challenges answers;
    struct native_http_challenge one;
    struct native_http_fault fault;

    if (native_http_digest_put(&count, digest, &request, hashes, &fault) != NATIVE_HTTP_OK) {
        REQUIRE(fault.reason == NATIVE_HTTP_FAULT_CONTROL_BYTE && count.len == 0);
        return;
    }
    out = (struct native_http_buffer){malloc(count.len), count.len, 0};
    REQUIRE(native_http_digest_put(&out, digest, &request, hashes, &fault) == NATIVE_HTTP_OK);
    REQUIRE(out.len == count.len);
    answers = (struct native_http_challenges){{out.at, out.len}, 0};
    REQUIRE(native_http_challenge_next(&answers, &one, &fault) == NATIVE_HTTP_OK);
    REQUIRE(native_http_span_is(one.scheme, NATIVE_HTTP_SPAN("Digest")));
    if (!digest->userhash) {
        require_value(&one, NATIVE_HTTP_SPAN("username"), user);
    }
    require_value(&one, NATIVE_HTTP_SPAN("uri"), request.uri);
    REQUIRE(native_http_challenge_next(&answers, &one, &fault) == NATIVE_HTTP_END);
    free(out.at);
}

static void check_challenges(struct native_http_span value, struct native_http_span user)
{
    struct native_http_challenges challenges = {value, 0};
    struct native_http_challenge challenge;
    struct native_http_digest digest;
    struct native_http_fault fault;
    enum native_http_status status;
    size_t at = 0;

    while ((status = native_http_challenge_next(&challenges, &challenge, &fault)) ==
           NATIVE_HTTP_OK) {
        REQUIRE(challenges.at > at && challenges.at <= value.len && challenge.scheme.len > 0);
        at = challenges.at;
        if (native_http_digest_read(&challenge, &digest, &fault) == NATIVE_HTTP_OK) {
            answer(&digest, user);
        } else {
            REQUIRE(fault.offset <= value.len);
        }
    }
    REQUIRE(status == NATIVE_HTTP_END || fault.offset <= value.len);
    REQUIRE(native_http_challenge_next(&challenges, &challenge, &fault) == NATIVE_HTTP_END);
}

/* There is one base64 text for each sequence of bytes; percent-encoding comes back. */
static void check_encodings(struct native_http_span text)
{
    struct native_http_buffer plain = {malloc(text.len + 1), text.len, 0};
    struct native_http_buffer again = {malloc(3 * text.len + 1), 3 * text.len, 0};
    struct native_http_fault fault;

    if (native_http_base64_decode(&plain, text, &fault) == NATIVE_HTTP_OK) {
        native_http_base64_encode(&again, (struct native_http_span){plain.at, plain.len});
        REQUIRE(again.len == text.len && memcmp(again.at, text.at ? text.at : "", text.len) == 0);
    }
    for (unsigned flags = 0; flags < 16; flags++) {
        plain.len = 0;
        if (native_http_unescape(&plain, flags, text, &fault) == NATIVE_HTTP_OK) {
            REQUIRE(plain.len <= text.len);
        }
    }
    again.len = plain.len = 0;
    native_http_escape(&again, NATIVE_HTTP_ESCAPE_FORM, text);
    plain.size = text.len;
    REQUIRE(native_http_unescape(&plain, NATIVE_HTTP_UNESCAPE_STRICT | NATIVE_HTTP_UNESCAPE_PLUS,
                                 (struct native_http_span){again.at, again.len},
                                 &fault) == NATIVE_HTTP_OK);
    REQUIRE(plain.len == text.len && memcmp(plain.at, text.at ? text.at : "", text.len) == 0);
    free(plain.at);
    free(again.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *line = size ? memchr(data, '\n', size) : NULL;
    size_t value_len = line ? (size_t)(line - data) : size;
    size_t user_len = line ? size - value_len - 1 : 0;
    char *value = malloc(value_len + !value_len), *user = malloc(user_len + !user_len);

    if (value_len) {
        memcpy(value, data, value_len);
    }
    if (user_len) {
        memcpy(user, line + 1, user_len);
    }
    check_challenges((struct native_http_span){value, value_len},
                     (struct native_http_span){user, user_len});
    check_encodings((struct native_http_span){value, value_len});
    free(value);
    free(user);
    return 0;
}
