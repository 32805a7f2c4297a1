/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_sigv4_fuzz.c - a request of any bytes is signed: parts divided by 0xff, in the order of `part` below, then fields. No part
 * puts a line of its own into what is sent, the same request has the same signature, what the receiver sees as the same request as
 * well, and what is not OK adds nothing. No block that is freed holds the key still. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http/sigv4.h"
#include "require.h"

enum part { NAMES, USER, PASSWORD, METHOD, HOST, PATH, QUERY, BODY, PARTS };
enum { FIELDS = 8 };

/* ---- what is freed ---- */

static char secret[32]; /* the first bytes of the key, if they are enough to be told from others */
static size_t secret_len;
static bool
    is_trial; /* another key is in use: where these bytes are seen all the same, they are no secret */

void __sanitizer_install_malloc_and_free_hooks(void (*)(const volatile void *, size_t),
                                               void (*)(const volatile void *));
size_t __sanitizer_get_allocated_size(const volatile void *);

static void allocated(const volatile void *at, size_t len)
{
    (void)at, (void)len;
}

static void freed(const volatile void *at)
{
    if (!at || secret_len == 0 ||
        !memmem((const void *)at, __sanitizer_get_allocated_size(at), secret, secret_len))
        return;
    REQUIRE(is_trial);
    secret_len = 0;
}

static void set_secret(struct native_http_span key)
{
    secret_len = key.len < 12 ? 0 : key.len < sizeof(secret) ? key.len : sizeof(secret);
    for (size_t i = 1; i < secret_len;
         i++) /* of one byte again and again: the hash pads with such */
        if (key.at[i] != key.at[0])
            goto good;
    secret_len = 0;
good:
    if (secret_len > 0)
        memcpy(secret, key.at, secret_len);
}

/* ---- */

static struct native_http_buffer sign(const struct native_http_sigv4 *request,
                                      enum native_http_sigv4_status *status)
{
    struct native_http_buffer out = {NULL, 0, 0};

    REQUIRE(native_http_text_add(&out, NATIVE_HTTP_SPAN("A: b\r\n")));
    *status = native_http_sigv4_put(&out, request);
    REQUIRE(*status != NATIVE_HTTP_SIGV4_NO_MEMORY);
    REQUIRE(memcmp(out.at, "A: b\r\n", 6) == 0 &&
            (*status == NATIVE_HTTP_SIGV4_OK) == (out.len > 6));
    return out;
}

/* One to three lines, each "Name: value". */
static void check_lines(const struct native_http_buffer *out)
{
    size_t lines = 0;

    for (size_t i = 0; i < out->len; i++) {
        uint8_t c = (uint8_t)out->at[i];
        if (c >= 0x20 && c != 0x7f)
            continue;
        REQUIRE(c == '\r' && i + 1 < out->len && out->at[i + 1] == '\n');
        i++;
        lines++;
    }
    REQUIRE(lines >= 2 && lines <= 4 && out->at[out->len - 1] == '\n');
    REQUIRE(out->len > 22 && memcmp(out->at + 6, "Authorization: ", 15) == 0);
    REQUIRE(memmem(out->at, out->len, ", Signature=", 12));
}

static void require_like(const struct native_http_sigv4 *request,
                         const struct native_http_buffer *like)
{
    enum native_http_sigv4_status status;
    struct native_http_buffer out = sign(request, &status);

    REQUIRE(native_http_span_is(native_http_text_span(&out), native_http_text_span(like)));
    native_http_text_free(&out, false);
}

/* ", Signature=" stands in what is sent with any key. */
static void try_another_key(struct native_http_sigv4 request)
{
    enum native_http_sigv4_status status;
    struct native_http_buffer out;

    request.password = NATIVE_HTTP_SPAN("another key");
    is_trial = true;
    out = sign(&request, &status);
    native_http_text_free(&out, false);
    is_trial = false;
}

/* The receiver does not see the order of the query's parts, nor which of its bytes were encoded. */
static void check_query(struct native_http_sigv4 request, const struct native_http_buffer *like)
{
    struct native_http_buffer query = {NULL, 0, 0};
    struct native_http_span old = request.query, rest = old;
    const char *last = old.len > 0 ? memrchr(old.at, '&', old.len) : NULL;

    if (old.len == 0)
        return;
    if (last) {
        rest.len = (size_t)(last - rest.at);
        REQUIRE(native_http_text_add(&query,
                                     (struct native_http_span){last + 1, old.len - rest.len - 1}));
        REQUIRE(native_http_text_add(&query, NATIVE_HTTP_SPAN("&&")));
    }
    REQUIRE(native_http_text_add(&query, rest));
    request.query = native_http_text_span(&query);
    require_like(&request, like);
    query.len = 0;
    for (size_t i = 0; i < old.len; i++) {
        char hex[4];
        bool is_letter = (old.at[i] | 0x20) > 'f' && (old.at[i] | 0x20) <= 'z';
        snprintf(hex, sizeof(hex), "%%%02x", (unsigned)(uint8_t)old.at[i]);
        REQUIRE(native_http_text_add(&query, is_letter ? (struct native_http_span){hex, 3}
                                                       : (struct native_http_span){old.at + i, 1}));
    }
    request.query = native_http_text_span(&query);
    require_like(&request, like);
    native_http_text_free(&query, false);
}

static struct native_http_span take_part(const uint8_t **data, size_t *size)
{
    const uint8_t *end = *size ? memchr(*data, 0xff, *size) : NULL;
    size_t len = end ? (size_t)(end - *data) : *size;
    char *copy = malloc(len + !len); /* ends where it does */

    if (len)
        memcpy(copy, *data, len);
    *data += len + (end ? 1 : 0);
    *size -= len + (end ? 1 : 0);
    return (struct native_http_span){copy, len};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct native_http_span parts[PARTS], fields[FIELDS];
    struct native_http_sigv4 request;
    struct native_http_buffer out;
    enum native_http_sigv4_status status;
    static bool hooked;
    size_t len = 0;

    if (!hooked)
        __sanitizer_install_malloc_and_free_hooks(allocated, freed);
    hooked = true;
    for (size_t i = 0; i < PARTS; i++)
        parts[i] = take_part(&data, &size);
    while (len < FIELDS && size > 0)
        fields[len++] = take_part(&data, &size);
    request = (struct native_http_sigv4){parts[NAMES], parts[USER], parts[PASSWORD], parts[METHOD],
                                         parts[HOST],  parts[HOST], parts[PATH],     parts[QUERY],
                                         fields,       len,         parts[BODY],     1440938160};
    if (parts[BODY].len == 1 && parts[BODY].at[0] == '?')
        request.body = (struct native_http_span){NULL, 0};
    set_secret(parts[PASSWORD]);
    for (size_t i = 0; i < PARTS; i++)
        if (i != PASSWORD && memmem(parts[i].at, parts[i].len, secret, secret_len))
            secret_len = 0;
    for (size_t i = 0; i < len; i++)
        if (memmem(fields[i].at, fields[i].len, secret, secret_len))
            secret_len = 0;
    try_another_key(request);
    out = sign(&request, &status);
    if (status == NATIVE_HTTP_SIGV4_OK) {
        check_lines(&out);
        require_like(&request, &out);
        check_query(request, &out);
    }
    native_http_text_free(&out, false);
    secret_len = 0;
    for (size_t i = 0; i < PARTS; i++)
        free((char *)parts[i].at);
    for (size_t i = 0; i < len; i++)
        free((char *)fields[i].at);
    return 0;
}
