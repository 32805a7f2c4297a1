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
    for (size_t i = 0; i < 4 && rest.len > 0 && rest.at[0] != ':'; i++)
        *all[i] = i < 3 ? take(&rest, ':') : rest;
    if (!names->algorithm.at)
        return NATIVE_HTTP_SIGV4_NO_PROVIDER;
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
    struct text value;
};

struct fields {
    struct field *list;
    size_t len;
    bool good;
};

/* Blanks around a value do not count, and runs of blanks inside it count as one. */
static void add_value(struct text *text, struct native_http_span value)
{
    value = native_http_trim(value);
    for (size_t i = 0; i < value.len; i++)
        if (value.at[i] != ' ' || value.at[i - 1] != ' ') /* it begins with none */
            add(text, (struct native_http_span){value.at + i, 1});
}

static void drop_field(struct field *field)
{
    drop(&field->name);
    drop(&field->value);
}

/* Go to the first field whose name is not before this one. Returns whether it is the same. */
static bool find_place(const struct fields *fields, struct native_http_span name, size_t *at)
{
    int order = 1;
    for (*at = 0; *at < fields->len; ++*at) {
        struct native_http_span other = span_of(&fields->list[*at].name);
        order = memcmp(other.at, name.at, other.len < name.len ? other.len : name.len);
        order = order != 0 ? order : (other.len > name.len) - (other.len < name.len);
        if (order >= 0)
            break;
    }
    return order == 0;
}

/* Another one, in its place by name. Of one name there is one field with all values, as the receiver sees it, too. */
static void put_field(struct fields *fields, struct native_http_span name,
                      struct native_http_span value)
{
    struct field one = {{{NULL, 0, 0}, true}, {{NULL, 0, 0}, true}};
    size_t at;
    add_case(&one.name, name, false);
    if (one.name.good && find_place(fields, span_of(&one.name), &at)) {
        add(&fields->list[at].value, NATIVE_HTTP_SPAN(","));
        add_value(&fields->list[at].value, value);
        fields->good = fields->good && fields->list[at].value.good;
        drop_field(&one);
        return;
    }
    add_value(&one.value, value);
    fields->good = fields->good && one.name.good && one.value.good;
    if (!fields->good) {
        drop_field(&one);
        return;
    }
    memmove(&fields->list[at + 1], &fields->list[at], (fields->len - at) * sizeof(one));
    fields->list[at] = one;
    fields->len++;
}

/* Its value; `at` NULL: there is none. */
static struct native_http_span find_field(const struct fields *fields, struct native_http_span name)
{
    size_t at;
    if (find_place(fields, name, &at))
        return span_of(&fields->list[at].value);
    return (struct native_http_span){NULL, 0};
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
        drop_field(&fields->list[i]);
    free(fields->list);
}

/* ---- path and query ---- */

static void add_encoded(struct text *text, uint8_t byte)
{
    char escape[3] = {'%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]};
    char plain = (char)byte;
    add(text, native_http_char_is(plain, NATIVE_HTTP_CHAR_UNRESERVED)
                  ? (struct native_http_span){&plain, 1}
                  : (struct native_http_span){escape, 3});
}

/* All services but s3 want a path encoded once more than it is. */
static void add_path(struct text *text, struct native_http_span path, bool as_it_is)
{
    for (size_t i = 0; i < path.len; i++) {
        if (as_it_is || path.at[i] == '/')
            add(text, (struct native_http_span){path.at + i, 1});
        else
            add_encoded(text, (uint8_t)path.at[i]);
    }
}

/* Encoded as the receiver does it, who has decoded it before: "%41" is "A", "/" is "%2F", "+" is a blank. */
static void add_part(struct text *text, struct native_http_span part)
{
    for (size_t i = 0; i < part.len; i++) {
        int high =
            i + 2 < part.len && part.at[i] == '%' ? native_http_hex_value(part.at[i + 1]) : -1;
        int low = high >= 0 ? native_http_hex_value(part.at[i + 2]) : -1;
        char plain = part.at[i] == '+' ? ' ' : part.at[i];
        add_encoded(text, low >= 0 ? (uint8_t)(high * 16 + low) : (uint8_t)plain);
        i += low >= 0 ? 2 : 0;
    }
}

static int compare_spans(struct native_http_span a, struct native_http_span b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len > 0 ? memcmp(a.at, b.at, len) : 0;
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare(const void *a, const void *b)
{
    struct native_http_span one = *(const struct native_http_span *)a;
    struct native_http_span two = *(const struct native_http_span *)b;
    int order = compare_spans(take(&one, '='), take(&two, '='));
    return order != 0 ? order : compare_spans(one, two);
}

/* "a&&b=c=d" is "a=&b=c%3Dd". Returns the number of its parts. */
static size_t encode_query(struct text *text, struct native_http_span query)
{
    size_t count = 0;
    while (query.at) {
        struct native_http_span value = take(&query, '&'), name;
        if (value.len == 0)
            continue;
        name = take(&value, '=');
        add(text, count++ > 0 ? NATIVE_HTTP_SPAN("&") : NATIVE_HTTP_SPAN(""));
        add_part(text, name);
        add(text, NATIVE_HTTP_SPAN("="));
        add_part(text, value);
    }
    return count;
}

/* Sorted by names, then values, as they are encoded. */
static void add_query(struct text *text, struct native_http_span query)
{
    struct text encoded = {{NULL, 0, 0}, true};
    size_t count = encode_query(&encoded, query);
    struct native_http_span *list = malloc((count + 1) * sizeof(*list));
    struct native_http_span rest = span_of(&encoded);
    text->good = text->good && list && encoded.good;
    for (size_t i = 0; text->good && i < count; i++)
        list[i] = take(&rest, '&');
    if (text->good && count > 1)
        qsort(list, count, sizeof(*list), compare);
    for (size_t i = 0; text->good && i < count; i++) {
        add(text, i > 0 ? NATIVE_HTTP_SPAN("&") : NATIVE_HTTP_SPAN(""));
        add(text, list[i]);
    }
    free(list);
    drop(&encoded);
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
        add(text, span_of(&work->fields.list[i].value));
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
    struct native_http_span own;
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
    work->own_date = own.at != NULL;
    if (work->own_date)
        work->stamp = own;
    else
        put_field(&work->fields, span_of(&work->date_field), work->stamp);
    own = find_field(&work->fields, span_of(&work->payload_field));
    work->own_payload = own.at != NULL;
    if (work->own_payload)
        work->payload = own;
    else if (!request->body.at && is_s3(&work->names))
        work->payload = NATIVE_HTTP_SPAN("UNSIGNED-PAYLOAD");
    else if (hash(request->body, &work->payload_hash))
        work->payload = hex_span(&work->payload_hash);
    else
        return false;
    if (!work->own_payload && is_s3(&work->names))
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

/* Sign, and write into `text`. Who is in these texts has a say in what is sent: the URL and the user's fields, too. */
static enum native_http_sigv4_status put(struct text *text, struct work *work)
{
    struct text statement = {{NULL, 0, 0}, true};
    struct hex signature;
    bool good = work->fields.list && prepare(work);
    if (good) {
        add_names(work);
        add_scope(work);
    }
    if (!good || !work->signed_names.good || !work->scope.good)
        return NATIVE_HTTP_SIGV4_NO_MEMORY;
    if (has_control(work->request->user) || has_control(span_of(&work->scope)) ||
        has_control(span_of(&work->signed_names)))
        return NATIVE_HTTP_SIGV4_NAMES;
    good = add_statement(&statement, work) && sign(work, span_of(&statement), &signature);
    if (good)
        add_fields(text, work, &signature);
    drop(&statement);
    return good && text->good ? NATIVE_HTTP_SIGV4_OK : NATIVE_HTTP_SIGV4_NO_MEMORY;
}

enum native_http_sigv4_status native_http_sigv4_put(struct native_http_buffer *out,
                                                    const struct native_http_sigv4 *request)
{
    static const struct text empty = {{NULL, 0, 0}, true};
    struct work work = {.request = request,
                        .fields.good = true,
                        .date_field = empty,
                        .payload_field = empty,
                        .scope = empty,
                        .signed_names = empty};
    struct text text = {*out, true};
    enum native_http_sigv4_status status = read_names(request, &work.names);
    if (status != NATIVE_HTTP_SIGV4_OK)
        return status;
    work.fields.list = malloc((request->fields_len + 3) * sizeof(*work.fields.list));
    status = put(&text, &work);
    if (status != NATIVE_HTTP_SIGV4_OK)
        text.bytes.len = out->len;
    *out = text.bytes;
    free_fields(&work.fields);
    drop(&work.date_field);
    drop(&work.payload_field);
    drop(&work.scope);
    drop(&work.signed_names);
    return status;
}
