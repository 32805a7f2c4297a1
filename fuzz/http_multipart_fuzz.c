/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_multipart_fuzz.c - the input, between zero bytes, is names, file names, types, header lines
 * and data of up to eight parts. The body written from them is taken apart by a parser made for
 * clarity only, and gives the same parts; its size is the one foretold. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem */
#endif
#include <stdlib.h>

#include "http/wire/multipart.h"
#include "require.h"

enum { PARTS = 8, FIELDS = 5 };

#define BOUNDARY "------------------------0123456789abcdef"

struct input {
    struct native_http_span fields[PARTS][FIELDS]; /* name, filename, type, line, data */
    struct native_http_multipart_part parts[PARTS];
    size_t parts_len;
};

/* Cut the input at zero bytes. An empty file name or type is none. */
static void cut(struct native_http_span text, struct input *input)
{
    size_t n = 0;

    memset(input, 0, sizeof(*input));
    for (; n < PARTS * FIELDS && text.at; n++) {
        const char *nul = text.len ? memchr(text.at, '\0', text.len) : NULL;
        size_t len = nul ? (size_t)(nul - text.at) : text.len;

        input->fields[n / FIELDS][n % FIELDS] = (struct native_http_span){text.at, len};
        text.at = nul ? nul + 1 : NULL;
        text.len -= len + (nul != NULL);
    }
    input->parts_len = (n + FIELDS - 1) / FIELDS;
    for (size_t i = 0; i < input->parts_len; i++) {
        struct native_http_multipart_part *part = &input->parts[i];
        const struct native_http_span *fields = input->fields[i];

        part->name = fields[0];
        part->filename = fields[1].len ? fields[1] : (struct native_http_span){NULL, 0};
        part->content_type = fields[2].len ? fields[2] : (struct native_http_span){NULL, 0};
        part->lines = &fields[3];
        part->lines_len = fields[3].len > 0;
        part->size = fields[4].len;
    }
}

/* ---- the other side ---- */

struct cursor {
    const char *at;
    size_t left;
};

static bool take(struct cursor *in, const char *text)
{
    size_t len = strlen(text);

    if (in->left < len || memcmp(in->at, text, len) != 0) {
        return false;
    }
    in->at += len;
    in->left -= len;
    return true;
}

/* Require a quoted name, undoing what a browser's server undoes. A name may have "%22" of its own,
 * so it is the writer's text that is compared. */
static void require_name(struct cursor *in, struct native_http_span name)
{
    REQUIRE(take(in, "\""));
    for (size_t i = 0; i < name.len; i++) {
        char one[2] = {name.at[i], 0};

        REQUIRE(take(in, one[0] == '"'    ? "%22"
                         : one[0] == '\r' ? "%0D"
                         : one[0] == '\n' ? "%0A"
                                          : one));
    }
    REQUIRE(take(in, "\""));
}

static void require_bytes(struct cursor *in, struct native_http_span bytes)
{
    REQUIRE(in->left >= bytes.len && (bytes.len == 0 || memcmp(in->at, bytes.at, bytes.len) == 0));
    in->at += bytes.len;
    in->left -= bytes.len;
}

static void require_part(struct cursor *in, const struct native_http_multipart_part *part,
                         struct native_http_span data)
{
    const char *end;

    REQUIRE(take(in, "--" BOUNDARY "\r\nContent-Disposition: form-data; name="));
    require_name(in, part->name);
    if (part->filename.at) {
        REQUIRE(take(in, "; filename="));
        require_name(in, part->filename);
    }
    REQUIRE(take(in, "\r\n"));
    end = memmem(in->at, in->left, "\r\n", 2);
    if (part->content_type.at) {
        REQUIRE(take(in, "Content-Type: ") && end);
        require_bytes(in, part->content_type);
        REQUIRE(in->at == end && take(in, "\r\n")); /* one line, not two */
    }
    end = memmem(in->at, in->left, "\r\n", 2);
    if (part->lines_len) {
        require_bytes(in, part->lines[0]);
        REQUIRE(in->at == end && take(in, "\r\n"));
    }
    REQUIRE(take(in, "\r\n"));
    require_bytes(in, data);
    REQUIRE(take(in, "\r\n"));
}

/* ---- the body ---- */

static size_t write_body(struct native_http_multipart *multipart, const struct input *input,
                         char *body, size_t size)
{
    struct native_http_buffer out = {body, size, 0};
    enum native_http_multipart_piece piece;
    size_t part = 0;

    for (;;) {
        REQUIRE(native_http_multipart_next(multipart, &out, &piece, &part) == NATIVE_HTTP_OK);
        if (piece == NATIVE_HTTP_MULTIPART_END) {
            return out.len;
        }
        if (piece == NATIVE_HTTP_MULTIPART_DATA) {
            native_http_buffer_put_span(&out, input->fields[part][4]);
        }
        REQUIRE(out.len <= size);
    }
}

static void check_body(const struct input *input)
{
    struct native_http_multipart multipart;
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
    struct cursor in;
    uint64_t size;
    size_t part;
    char *body;

    if (native_http_multipart_start(&multipart, input->parts, input->parts_len,
                                    NATIVE_HTTP_SPAN(BOUNDARY), &part, &fault) != NATIVE_HTTP_OK) {
        REQUIRE(part < input->parts_len && fault.reason != NATIVE_HTTP_FAULT_NONE);
        return;
    }
    size = native_http_multipart_size(&multipart);
    body = malloc(size);
    for (unsigned round = 0; round < 2; round++) {
        REQUIRE(write_body(&multipart, input, body, size) == size);
        in = (struct cursor){body, size};
        for (size_t i = 0; i < input->parts_len; i++) {
            require_part(&in, &input->parts[i], input->fields[i][4]);
        }
        if (input->parts_len) { /* the line ending before it went with the last part */
            REQUIRE(take(&in, "--" BOUNDARY "--\r\n") && in.left == 0);
        }
        native_http_multipart_rewind(&multipart);
    }
    free(body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *exact = malloc(size + !size);
    struct input input;

    if (size) {
        memcpy(exact, data, size);
    }
    cut((struct native_http_span){exact, size}, &input);
    check_body(&input);
    free(exact);
    return 0;
}
