/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* sigv4.c - the canonical request, what is signed of it, and the key that signs. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "sigv4.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../net/hash.h"
#include "wire/chars.h"
#include "wire/field.h"

enum { HASH = 32, BLOCK = 64 };

/* ---- hashes ---- */

/* HMAC-SHA-256 (RFC 2104). */
static bool hmac(const void *key, size_t key_len, struct native_http_span text, uint8_t out[HASH])
{
    uint8_t pad[BLOCK] = {0}, inner[BLOCK], outer[BLOCK];
    struct native_net_hash_piece whole = {key, key_len};
    struct native_net_hash_piece pieces[2] = {{inner, BLOCK}, {text.at, text.len}};
    struct native_net_hash_piece last[2] = {{outer, BLOCK}, {out, HASH}};
    bool good = true;
    if (key_len > BLOCK)
        good = native_net_hash_of(NATIVE_NET_SHA256, &whole, 1, pad);
    else if (key_len > 0)
        memcpy(pad, key, key_len);
    for (size_t i = 0; i < BLOCK; i++) {
        inner[i] = pad[i] ^ 0x36;
        outer[i] = pad[i] ^ 0x5c;
    }
    good = good && native_net_hash_of(NATIVE_NET_SHA256, pieces, 2, out) &&
           native_net_hash_of(NATIVE_NET_SHA256, last, 2, out);
    explicit_bzero(pad, sizeof(pad));
    explicit_bzero(inner, sizeof(inner));
    explicit_bzero(outer, sizeof(outer));
    return good;
}

/* A hash in lower-case hexadecimal digits. */
struct hex {
    char at[2 * HASH];
};

static struct native_http_span hex_span(const struct hex *hex)
{
    return (struct native_http_span){hex->at, sizeof(hex->at)};
}

static void write_hex(struct hex *hex, const uint8_t bytes[HASH])
{
    for (size_t i = 0; i < HASH; i++) {
        hex->at[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
        hex->at[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
    }
}

static bool hash(struct native_http_span text, struct hex *hex)
{
    struct native_net_hash_piece piece = {text.at, text.len};
    uint8_t bytes[HASH];
    if (!native_net_hash_of(NATIVE_NET_SHA256, &piece, 1, bytes))
        return false;
    write_hex(hex, bytes);
    return true;
}

/* ---- names ---- */

struct names {
    struct native_http_span algorithm, fields, region, service;
};

static struct native_http_span take(struct native_http_span *text, char end)
{
    const char *at = text->len > 0 ? memchr(text->at, end, text->len) : NULL;
    struct native_http_span word = {text->at, at ? (size_t)(at - text->at) : text->len};
    size_t used = word.len + (at ? 1 : 0);
    *text = at ? (struct native_http_span){text->at + used, text->len - used}
               : (struct native_http_span){NULL, 0};
    return word;
}

static enum native_http_sigv4_status read_names(const struct native_http_sigv4 *request,
                                                struct names *names)
{
    struct native_http_span rest = request->names, host = request->host;
    struct native_http_span *all[] = {&names->algorithm, &names->fields, &names->region,
                                      &names->service};
    memset(names, 0, sizeof(*names));
    for (size_t i = 0; i < 4 && rest.at; i++) {
        *all[i] = i < 3 ? take(&rest, ':') : rest;
        if (all[i]->len == 0)
            return NATIVE_HTTP_SIGV4_NAMES;
    }
    if (!names->fields.at)
        names->fields = names->algorithm;
    if (!names->service.at) {
        names->service = take(&host, '.');
        if (!host.at)
            return NATIVE_HTTP_SIGV4_NO_SERVICE;
    }
    if (!names->region.at) {
        names->region = take(&host, '.');
        if (!host.at)
            return NATIVE_HTTP_SIGV4_NO_REGION;
    }
    return NATIVE_HTTP_SIGV4_OK;
}

static bool is_s3(const struct names *names)
{
    return native_http_span_is_nocase(names->algorithm, NATIVE_HTTP_SPAN("aws")) &&
           native_http_span_is(names->service, NATIVE_HTTP_SPAN("s3"));
}

/* ---- texts in the making ---- */

/* `good` turns false without memory; what follows is not added. */
struct text {
    struct native_http_buffer bytes;
    bool good;
};

static void add(struct text *text, struct native_http_span span)
{
    text->good = text->good && native_http_text_add(&text->bytes, span);
}

static void add_case(struct text *text, struct native_http_span span, bool upper)
{
    for (size_t i = 0; i < span.len; i++) {
        char c = native_http_lower(span.at[i]);
        if (upper && c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        add(text, (struct native_http_span){&c, 1});
    }
}

static struct native_http_span span_of(const struct text *text)
{
    return native_http_text_span(&text->bytes);
}

static void drop(struct text *text)
{
    native_http_text_free(&text->bytes, true);
}

/* ---- the fields that are signed ---- */

struct field {
    struct text name; /* in lower case */
    struct native_http_span value;
};

struct fields {
    struct field *list;
    size_t len;
    bool good;
};

/* Another one, in its place by name; of two that are alike the first stays, which is the user's. */
static void put_field(struct fields *fields, struct native_http_span name,
                      struct native_http_span value)
{
    struct field one = {{{NULL, 0, 0}, true}, native_http_trim(value)};
    size_t at = 0;
    int order = 1;
    add_case(&one.name, name, false);
    for (; one.name.good && at < fields->len; at++) {
        struct native_http_span a = span_of(&fields->list[at].name), b = span_of(&one.name);
        order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);
        order = order != 0 ? order : (a.len > b.len) - (a.len < b.len);
        if (order >= 0)
            break;
    }
    fields->good = fields->good && one.name.good;
    if (!one.name.good || (at < fields->len && order == 0)) {
        drop(&one.name);
        return;
    }
    memmove(&fields->list[at + 1], &fields->list[at], (fields->len - at) * sizeof(one));
    fields->list[at] = one;
    fields->len++;
}

static const struct native_http_span *find_field(const struct fields *fields,
                                                 struct native_http_span name)
{
    for (size_t i = 0; i < fields->len; i++)
        if (native_http_span_is(span_of(&fields->list[i].name), name))
            return &fields->list[i].value;
    return NULL;
}

/* "x-amz-" */
static bool begins(struct native_http_span name, struct native_http_span middle)
{
    return name.len > middle.len + 3 && (name.at[0] | 0x20) == 'x' && name.at[1] == '-' &&
           native_http_span_is_nocase((struct native_http_span){name.at + 2, middle.len}, middle) &&
           name.at[2 + middle.len] == '-';
}

static void put_users(struct fields *fields, const struct native_http_sigv4 *request,
                      const struct names *names)
{
    for (size_t i = 0; i < request->fields_len; i++) {
        struct native_http_span value = request->fields[i];
        struct native_http_span name = take(&value, ':');
        if (value.at && native_http_trim(value).len > 0 &&
            (begins(name, names->fields) ||
             native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("content-type"))))
            put_field(fields, name, value);
    }
}

static void free_fields(struct fields *fields)
{
    for (size_t i = 0; i < fields->len; i++)
        drop(&fields->list[i].name);
    free(fields->list);
}

/* Runs of blanks inside a value count as one. */
static void add_value(struct text *text, struct native_http_span value)
{
    for (size_t i = 0; i < value.len; i++)
        if (value.at[i] != ' ' || value.at[i - 1] != ' ') /* it begins with none */
            add(text, (struct native_http_span){value.at + i, 1});
}

/* ---- path and query ---- */

/* All services but s3 want a path encoded once more than it is. */
static void add_path(struct text *text, struct native_http_span path, bool as_it_is)
{
    for (size_t i = 0; i < path.len; i++) {
        char escape[3] = {'%', "0123456789ABCDEF"[(uint8_t)path.at[i] >> 4],
                          "0123456789ABCDEF"[path.at[i] & 15]};
        bool plain = as_it_is || path.at[i] == '/' ||
                     native_http_char_is(path.at[i], NATIVE_HTTP_CHAR_UNRESERVED);
        add(text, plain ? (struct native_http_span){path.at + i, 1}
                        : (struct native_http_span){escape, 3});
    }
}

static int compare(const void *a, const void *b)
{
    const struct native_http_span *one = a, *two = b;
    struct native_http_span rest[2] = {*one, *two};
    struct native_http_span names[2] = {take(&rest[0], '='), take(&rest[1], '=')};
    for (int i = 0; i < 2; i++) {
        struct native_http_span *pair = i == 0 ? names : rest;
        size_t len = pair[0].len < pair[1].len ? pair[0].len : pair[1].len;
        int order = len > 0 ? memcmp(pair[0].at, pair[1].at, len) : 0;
        if (order != 0 || pair[0].len != pair[1].len)
            return order != 0 ? order : pair[0].len > pair[1].len ? 1 : -1;
    }
    return 0;
}

/* A "%" stands before digits in capitals. */
static void add_escaped(struct text *text, struct native_http_span part)
{
    for (size_t i = 0; i < part.len; i++) {
        bool digit = (i > 0 && part.at[i - 1] == '%') || (i > 1 && part.at[i - 2] == '%');
        if (digit)
            add_case(text, (struct native_http_span){part.at + i, 1}, true);
        else
            add(text, (struct native_http_span){part.at + i, 1});
    }
}

/* Sorted by names, then values; "a" is "a=". */
static void add_query(struct text *text, struct native_http_span query)
{
    struct native_http_span rest = query, *list;
    size_t count = 0;
    for (size_t i = 0; i < query.len; i++)
        count += query.at[i] == '&';
    list = malloc((count + 1) * sizeof(*list));
    text->good = text->good && list;
    count = 0;
    while (text->good && rest.at) {
        list[count] = take(&rest, '&');
        count += list[count].len > 0;
    }
    if (text->good && count > 1)
        qsort(list, count, sizeof(*list), compare);
    for (size_t i = 0; text->good && i < count; i++) {
        if (i > 0)
            add(text, NATIVE_HTTP_SPAN("&"));
        add_escaped(text, list[i]);
        if (!memchr(list[i].at, '=', list[i].len))
            add(text, NATIVE_HTTP_SPAN("="));
    }
    free(list);
}

/* ---- signing ---- */

struct work {
    const struct native_http_sigv4 *request;
    struct names names;
    struct fields fields;
    struct text date_field, payload_field; /* their names */
    char time[24];
    struct native_http_span stamp; /* "20150830T123600Z" */
    struct native_http_span payload;
    struct hex payload_hash;
    struct text scope, signed_names;
    bool own_date, own_payload; /* the user has set them */
};

static void add_names(struct work *work)
{
    for (size_t i = 0; i < work->fields.len; i++) {
        if (i > 0)
            add(&work->signed_names, NATIVE_HTTP_SPAN(";"));
        add(&work->signed_names, span_of(&work->fields.list[i].name));
    }
}

static void add_request(struct text *text, const struct work *work)
{
    const struct native_http_sigv4 *request = work->request;
    add(text, request->method);
    add(text, NATIVE_HTTP_SPAN("\n"));
    add_path(text, request->path, is_s3(&work->names));
    add(text, NATIVE_HTTP_SPAN("\n"));
    if (request->query.len > 0)
        add_query(text, request->query);
    add(text, NATIVE_HTTP_SPAN("\n"));
    for (size_t i = 0; i < work->fields.len; i++) {
        add(text, span_of(&work->fields.list[i].name));
        add(text, NATIVE_HTTP_SPAN(":"));
        add_value(text, work->fields.list[i].value);
        add(text, NATIVE_HTTP_SPAN("\n"));
    }
    add(text, NATIVE_HTTP_SPAN("\n"));
    add(text, span_of(&work->signed_names));
    add(text, NATIVE_HTTP_SPAN("\n"));
    add(text, work->payload);
}

/* What is signed: the algorithm, the time, for what the key is, the hash of the request. */
static bool add_statement(struct text *text, const struct work *work)
{
    struct text request = {{NULL, 0, 0}, true};
    struct hex hex;
    bool good;
    add_request(&request, work);
    good = request.good && hash(span_of(&request), &hex);
    drop(&request);
    add_case(text, work->names.algorithm, true);
    add(text, NATIVE_HTTP_SPAN("4-HMAC-SHA256\n"));
    add(text, work->stamp);
    add(text, NATIVE_HTTP_SPAN("\n"));
    add(text, span_of(&work->scope));
    add(text, NATIVE_HTTP_SPAN("\n"));
    if (good)
        add(text, hex_span(&hex));
    return good && text->good;
}

/* The key for this day, region and service, and what it makes of the statement. */
static bool sign(const struct work *work, struct native_http_span statement, struct hex *signature)
{
    struct text first = {{NULL, 0, 0}, true};
    struct text last = {{NULL, 0, 0}, true};
    struct native_http_span steps[5];
    uint8_t key[HASH];
    bool good;
    add_case(&first, work->names.algorithm, true);
    add(&first, NATIVE_HTTP_SPAN("4"));
    add(&first, work->request->password);
    add_case(&last, work->names.algorithm, false);
    add(&last, NATIVE_HTTP_SPAN("4_request"));
    steps[0] = (struct native_http_span){work->stamp.at, work->stamp.len < 8 ? work->stamp.len : 8};
    steps[1] = work->names.region;
    steps[2] = work->names.service;
    steps[3] = span_of(&last);
    steps[4] = statement;
    good = first.good && last.good && hmac(first.bytes.at, first.bytes.len, steps[0], key);
    for (size_t i = 1; i < 5; i++) {
        uint8_t next[HASH];
        good = good && hmac(key, sizeof(key), steps[i], next);
        memcpy(key, next, good ? sizeof(key) : 0);
        explicit_bzero(next, sizeof(next));
    }
    if (good)
        write_hex(signature, key);
    explicit_bzero(key, sizeof(key));
    drop(&first);
    drop(&last);
    return good;
}

/* "X-Amz-Date", in lower case. */
static void name_field(struct text *name, const struct names *names, struct native_http_span end)
{
    add(name, NATIVE_HTTP_SPAN("x-"));
    add_case(name, names->fields, false);
    add(name, end);
}

/* Time and payload, of the user's fields if he has them. */
static bool prepare(struct work *work)
{
    const struct native_http_sigv4 *request = work->request;
    time_t now = (time_t)request->now;
    const struct native_http_span *own;
    struct tm tm;
    name_field(&work->date_field, &work->names, NATIVE_HTTP_SPAN("-date"));
    name_field(&work->payload_field, &work->names, NATIVE_HTTP_SPAN("-content-sha256"));
    if (!work->date_field.good || !work->payload_field.good || !gmtime_r(&now, &tm) ||
        strftime(work->time, sizeof(work->time), "%Y%m%dT%H%M%SZ", &tm) == 0)
        return false;
    work->stamp = (struct native_http_span){work->time, strlen(work->time)};
    put_field(&work->fields, NATIVE_HTTP_SPAN("host"), request->host_field);
    put_users(&work->fields, request, &work->names);
    own = find_field(&work->fields, span_of(&work->date_field));
    work->own_date = own != NULL;
    if (own)
        work->stamp = *own;
    else
        put_field(&work->fields, span_of(&work->date_field), work->stamp);
    own = find_field(&work->fields, span_of(&work->payload_field));
    work->own_payload = own != NULL;
    if (own)
        work->payload = *own;
    else if (!request->body.at && is_s3(&work->names))
        work->payload = NATIVE_HTTP_SPAN("UNSIGNED-PAYLOAD");
    else if (hash(request->body, &work->payload_hash))
        work->payload = hex_span(&work->payload_hash);
    else
        return false;
    if (!own && is_s3(&work->names))
        put_field(&work->fields, span_of(&work->payload_field), work->payload);
    return work->fields.good;
}

static void add_scope(struct work *work)
{
    add(&work->scope,
        (struct native_http_span){work->stamp.at, work->stamp.len < 8 ? work->stamp.len : 8});
    add(&work->scope, NATIVE_HTTP_SPAN("/"));
    add(&work->scope, work->names.region);
    add(&work->scope, NATIVE_HTTP_SPAN("/"));
    add(&work->scope, work->names.service);
    add(&work->scope, NATIVE_HTTP_SPAN("/"));
    add_case(&work->scope, work->names.algorithm, false);
    add(&work->scope, NATIVE_HTTP_SPAN("4_request"));
}

/* "X-", the name with a capital, and what comes behind that. */
static void add_field(struct text *text, const struct names *names, struct native_http_span end,
                      struct native_http_span value)
{
    struct native_http_span first = {names->fields.at, 1};
    struct native_http_span rest = {names->fields.at + 1, names->fields.len - 1};
    add(text, NATIVE_HTTP_SPAN("X-"));
    add_case(text, first, true);
    add_case(text, rest, false);
    add(text, end);
    add(text, value);
    add(text, NATIVE_HTTP_SPAN("\r\n"));
}

static void add_fields(struct text *text, const struct work *work, const struct hex *signature)
{
    add(text, NATIVE_HTTP_SPAN("Authorization: "));
    add_case(text, work->names.algorithm, true);
    add(text, NATIVE_HTTP_SPAN("4-HMAC-SHA256 Credential="));
    add(text, work->request->user);
    add(text, NATIVE_HTTP_SPAN("/"));
    add(text, span_of(&work->scope));
    add(text, NATIVE_HTTP_SPAN(", SignedHeaders="));
    add(text, span_of(&work->signed_names));
    add(text, NATIVE_HTTP_SPAN(", Signature="));
    add(text, hex_span(signature));
    add(text, NATIVE_HTTP_SPAN("\r\n"));
    if (!work->own_date)
        add_field(text, &work->names, NATIVE_HTTP_SPAN("-Date: "), work->stamp);
    if (!work->own_payload && is_s3(&work->names))
        add_field(text, &work->names, NATIVE_HTTP_SPAN("-Content-Sha256: "), work->payload);
}

static bool has_control(struct native_http_span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (native_http_char_is(text.at[i], NATIVE_HTTP_CHAR_CONTROL))
            return true;
    return false;
}

enum native_http_sigv4_status native_http_sigv4_put(struct native_http_buffer *out,
                                                    const struct native_http_sigv4 *request)
{
    struct work work = {.request = request, .fields.good = true};
    struct text statement = {{NULL, 0, 0}, true}, text = {*out, true};
    struct hex signature;
    enum native_http_sigv4_status status = read_names(request, &work.names);
    bool good;
    if (has_control(request->names) || has_control(request->user))
        return NATIVE_HTTP_SIGV4_NAMES;
    if (status != NATIVE_HTTP_SIGV4_OK)
        return status;
    work.date_field.good = work.payload_field.good = work.scope.good = work.signed_names.good =
        true;
    work.fields.list = malloc((request->fields_len + 3) * sizeof(*work.fields.list));
    good = work.fields.list && prepare(&work);
    if (good) {
        add_names(&work);
        add_scope(&work);
        good = work.signed_names.good && work.scope.good && add_statement(&statement, &work) &&
               sign(&work, span_of(&statement), &signature);
    }
    if (good)
        add_fields(&text, &work, &signature);
    *out = text.bytes;
    free_fields(&work.fields);
    drop(&work.date_field);
    drop(&work.payload_field);
    drop(&work.scope);
    drop(&work.signed_names);
    drop(&statement);
    return good && text.good ? NATIVE_HTTP_SIGV4_OK : NATIVE_HTTP_SIGV4_NO_MEMORY;
}
