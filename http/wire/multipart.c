/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* multipart.c - the text between the parts, made anew each time it is asked for. */
#include "multipart.h"

#include "chars.h"
#include "request.h"

void native_http_boundary_make(const void *random, char *out)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *bytes = random;
    const size_t dashes = NATIVE_HTTP_BOUNDARY_LEN - 2 * NATIVE_HTTP_BOUNDARY_RANDOM;

    memset(out, '-', dashes);
    for (size_t i = 0; i < NATIVE_HTTP_BOUNDARY_RANDOM; i++) {
        out[dashes + 2 * i] = digits[bytes[i] >> 4];
        out[dashes + 2 * i + 1] = digits[bytes[i] & 15];
    }
}

/* ---- checks ---- */

/* Letters, digits and what of RFC 2046's bchars needs no quotation marks in Content-Type. */
static enum native_http_status check_boundary(struct native_http_span boundary,
                                              struct native_http_fault *fault)
{
    size_t good = 0;

    while (good < boundary.len && good < NATIVE_HTTP_BOUNDARY_MAX &&
           native_http_char_is(boundary.at[good], NATIVE_HTTP_CHAR_TOKEN)) {
        good++;
    }
    if (good < boundary.len || boundary.len == 0) {
        *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_BOUNDARY, good};
        return NATIVE_HTTP_MALFORMED;
    }
    return NATIVE_HTTP_OK;
}

static enum native_http_status check_name(struct native_http_span name,
                                          struct native_http_fault *fault)
{
    const char *nul = name.len ? memchr(name.at, '\0', name.len) : NULL;

    if (nul) {
        *fault =
            (struct native_http_fault){NATIVE_HTTP_FAULT_CONTROL_BYTE, (size_t)(nul - name.at)};
        return NATIVE_HTTP_MALFORMED;
    }
    return NATIVE_HTTP_OK;
}

static enum native_http_status check_part(const struct native_http_multipart_part *part,
                                          struct native_http_fault *fault)
{
    struct native_http_buffer nowhere = {NULL, 0, 0};

    if (check_name(part->name, fault) != NATIVE_HTTP_OK ||
        check_name(part->filename, fault) != NATIVE_HTTP_OK ||
        native_http_field_value_check(part->content_type, fault) != NATIVE_HTTP_OK) {
        return NATIVE_HTTP_MALFORMED;
    }
    for (size_t i = 0; i < part->lines_len; i++) {
        if (native_http_field_line_put(&nowhere, part->lines[i], fault) != NATIVE_HTTP_OK) {
            return NATIVE_HTTP_MALFORMED;
        }
    }
    return NATIVE_HTTP_OK;
}

enum native_http_status native_http_multipart_start(struct native_http_multipart *multipart,
                                                    const struct native_http_multipart_part *parts,
                                                    size_t parts_len,
                                                    struct native_http_span boundary, size_t *part,
                                                    struct native_http_fault *fault)
{
    *part = 0;
    if (check_boundary(boundary, fault) != NATIVE_HTTP_OK) {
        return NATIVE_HTTP_MALFORMED;
    }
    for (*part = 0; *part < parts_len; (*part)++) {
        if (check_part(&parts[*part], fault) != NATIVE_HTTP_OK) {
            return NATIVE_HTTP_MALFORMED;
        }
    }
    *multipart = (struct native_http_multipart){parts, parts_len, boundary, 0, false};
    return NATIVE_HTTP_OK;
}

/* ---- text ---- */

/* Returns what stands for the byte inside a name's quotation marks; `at` NULL: the byte itself. */
static struct native_http_span escape_of(char c, bool with_slash)
{
    switch (c) {
    case '"':
        return with_slash ? NATIVE_HTTP_SPAN("\\\"") : NATIVE_HTTP_SPAN("%22");
    case '\\':
        return with_slash ? NATIVE_HTTP_SPAN("\\\\") : (struct native_http_span){NULL, 0};
    case '\r': /* a line end would begin a header line of the name's choice */
        return NATIVE_HTTP_SPAN("%0D");
    case '\n':
        return NATIVE_HTTP_SPAN("%0A");
    default:
        return (struct native_http_span){NULL, 0};
    }
}

static void put_name(struct native_http_buffer *out, struct native_http_span name, bool with_slash)
{
    size_t kept = 0;

    NATIVE_HTTP_PUT(out, "\"");
    for (size_t i = 0; i < name.len; i++) {
        struct native_http_span escaped = escape_of(name.at[i], with_slash);

        if (escaped.at) {
            native_http_buffer_put(out, name.at + kept, i - kept);
            native_http_buffer_put_span(out, escaped);
            kept = i + 1;
        }
    }
    if (name.len > kept) {
        native_http_buffer_put(out, name.at + kept, name.len - kept);
    }
    NATIVE_HTTP_PUT(out, "\"");
}

static void put_head(struct native_http_buffer *out, const struct native_http_multipart_part *part)
{
    struct native_http_fault checked; /* of lines that native_http_multipart_start has seen */

    NATIVE_HTTP_PUT(out, "\r\nContent-Disposition: ");
    native_http_buffer_put_span(out, part->attachment ? NATIVE_HTTP_SPAN("attachment")
                                                      : NATIVE_HTTP_SPAN("form-data"));
    NATIVE_HTTP_PUT(out, "; name=");
    put_name(out, part->name, part->escape_with_slash);
    if (part->filename.at) {
        NATIVE_HTTP_PUT(out, "; filename=");
        put_name(out, part->filename, part->escape_with_slash);
    }
    NATIVE_HTTP_PUT(out, "\r\n");
    if (part->content_type.at) {
        NATIVE_HTTP_PUT(out, "Content-Type: ");
        native_http_buffer_put_span(out, part->content_type);
        NATIVE_HTTP_PUT(out, "\r\n");
    }
    for (size_t i = 0; i < part->lines_len; i++) {
        (void)native_http_field_line_put(out, part->lines[i], &checked);
    }
    NATIVE_HTTP_PUT(out, "\r\n");
}

/* Append what stands before the bytes of part `at`, or after those of the last one. */
static void put_text(struct native_http_buffer *out, const struct native_http_multipart *multipart,
                     size_t at)
{
    if (at > 0) {
        NATIVE_HTTP_PUT(out, "\r\n");
    }
    NATIVE_HTTP_PUT(out, "--");
    native_http_buffer_put_span(out, multipart->boundary);
    if (at < multipart->parts_len) {
        put_head(out, &multipart->parts[at]);
    } else {
        NATIVE_HTTP_PUT(out, "--\r\n");
    }
}

/* ---- the body ---- */

uint64_t native_http_multipart_size(const struct native_http_multipart *multipart)
{
    uint64_t size = 0;

    for (size_t i = 0; i <= multipart->parts_len; i++) {
        struct native_http_buffer count = {NULL, 0, 0};
        uint64_t bytes = i < multipart->parts_len ? multipart->parts[i].size : 0;

        put_text(&count, multipart, i);
        if (bytes >= NATIVE_HTTP_SIZE_UNKNOWN - size ||
            count.len >= NATIVE_HTTP_SIZE_UNKNOWN - size - bytes) {
            return NATIVE_HTTP_SIZE_UNKNOWN;
        }
        size += bytes + count.len;
    }
    return size;
}

enum native_http_status native_http_multipart_next(struct native_http_multipart *multipart,
                                                   struct native_http_buffer *out,
                                                   enum native_http_multipart_piece *piece,
                                                   size_t *part)
{
    if (multipart->data) {
        *piece = NATIVE_HTTP_MULTIPART_DATA;
        *part = multipart->at++;
        multipart->data = false;
        return NATIVE_HTTP_OK;
    }
    if (multipart->at > multipart->parts_len) {
        *piece = NATIVE_HTTP_MULTIPART_END;
        return NATIVE_HTTP_OK;
    }
    *piece = NATIVE_HTTP_MULTIPART_TEXT;
    put_text(out, multipart, multipart->at);
    if (!native_http_buffer_fits(out)) {
        return NATIVE_HTTP_NO_SPACE;
    }
    if (multipart->at < multipart->parts_len) {
        multipart->data = true;
    } else {
        multipart->at++;
    }
    return NATIVE_HTTP_OK;
}

void native_http_multipart_rewind(struct native_http_multipart *multipart)
{
    multipart->at = 0;
    multipart->data = false;
}

void native_http_multipart_type_put(struct native_http_buffer *out,
                                    struct native_http_span boundary)
{
    NATIVE_HTTP_PUT(out, "multipart/form-data; boundary=");
    native_http_buffer_put_span(out, boundary);
}
