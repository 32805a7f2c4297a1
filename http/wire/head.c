/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* head.c - lines out of the caller's bytes, and what each of them says (RFC 9112, 2.2, 4 and 5). */
#include "buffer.h"
#include "chars.h"
#include "field.h"
#include "head.h"

enum { STATE_START, STATE_FIELDS, STATE_DONE };

void native_http_head_begin(struct native_http_head *head)
{
    head->bytes = head->fields = head->scanned = head->empty = 0;
    head->state = STATE_START;
    head->trailers = head->ended = false;
}

void native_http_head_begin_trailers(struct native_http_head *head)
{
    native_http_head_begin(head);
    head->state = STATE_FIELDS;
    head->trailers = true;
}

static enum native_http_status refuse(struct native_http_fault *fault,
                                      enum native_http_fault_reason reason, size_t offset)
{
    *fault = (struct native_http_fault){reason, offset};
    return NATIVE_HTTP_MALFORMED;
}

static bool is_strict(const struct native_http_head *head)
{
    return (head->options.flags & NATIVE_HTTP_HEAD_STRICT) != 0;
}

static bool is_blank(char c)
{
    return native_http_char_is(c, NATIVE_HTTP_CHAR_BLANK);
}

/* ---- lines ---- */

/* Find the end of the line that `in` begins with, and of the lines that go on with it. Returns
 * NATIVE_HTTP_OK with in.len set to it, or NATIVE_HTTP_NEED_MORE; what has no LF is not looked at
 * twice. */
static enum native_http_status find_line(struct native_http_head *head, struct native_http_span *in)
{
    bool folds = head->state == STATE_FIELDS && head->options.fold != NULL && in->len > 0 &&
                 in->at[0] != '\r' && in->at[0] != '\n';

    while (head->scanned < in->len) {
        const char *lf = memchr(in->at + head->scanned, '\n', in->len - head->scanned);
        size_t end;

        if (lf == NULL) {
            head->scanned = in->len;
            break;
        }
        end = (size_t)(lf - in->at) + 1;
        head->scanned = end - 1; /* the next call begins with this LF */
        if (folds && end == in->len && !head->ended) {
            break; /* the next byte tells whether the field goes on */
        }
        if (!folds || end == in->len || !is_blank(in->at[end])) {
            in->len = end;
            head->scanned = 0;
            return NATIVE_HTTP_OK;
        }
        head->scanned = end;
    }
    return NATIVE_HTTP_NEED_MORE;
}

/* A line, found or only begun, must stay within the limits. */
static enum native_http_status check_limits(const struct native_http_head *head, size_t len,
                                            struct native_http_fault *fault)
{
    const struct native_http_head_options *options = &head->options;

    if (len > options->line_max || head->bytes > options->bytes_max ||
        len > options->bytes_max - head->bytes) {
        *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_HEAD_BYTES, len};
        return NATIVE_HTTP_TOO_LARGE;
    }
    return NATIVE_HTTP_OK;
}

/* Cut the line ending off a line, and look for what is none. `before` is for the fault. */
static enum native_http_status cut_ending(const struct native_http_head *head,
                                          struct native_http_span *line, size_t before,
                                          struct native_http_fault *fault)
{
    const char *cr;

    line->len--;
    if (line->len > 0 && line->at[line->len - 1] == '\r') {
        line->len--;
    } else if (is_strict(head)) {
        return refuse(fault, NATIVE_HTTP_FAULT_BARE_LF, before + line->len);
    }
    cr = line->len > 0 ? memchr(line->at, '\r', line->len) : NULL;
    if (cr != NULL) {
        return refuse(fault, NATIVE_HTTP_FAULT_BARE_CR, before + (size_t)(cr - line->at));
    }
    return NATIVE_HTTP_OK;
}

/* Put the lines of a folded field together as one, with a space for each line ending and the blanks
 * around it (RFC 9112, 5.2). */
static enum native_http_status unfold(const struct native_http_head *head,
                                      struct native_http_span raw, struct native_http_span *line,
                                      struct native_http_fault *fault)
{
    struct native_http_buffer buffer = {head->options.fold, head->options.fold_size, 0};

    for (size_t at = 0; at < raw.len;) {
        const char *lf = memchr(raw.at + at, '\n', raw.len - at);
        struct native_http_span part = {raw.at + at, (size_t)(lf - raw.at) + 1 - at};
        enum native_http_status status;
        size_t next = at + part.len;

        status = cut_ending(head, &part, at, fault);
        if (status != NATIVE_HTTP_OK) {
            return status;
        }
        part = native_http_trim(part);
        if (at > 0 && part.len > 0) {
            NATIVE_HTTP_PUT(&buffer, " ");
        }
        native_http_buffer_put_span(&buffer, part);
        at = next;
    }
    *line = (struct native_http_span){buffer.at, buffer.len};
    if (!native_http_buffer_fits(&buffer)) {
        *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_HEAD_BYTES, 0};
        return NATIVE_HTTP_TOO_LARGE;
    }
    return NATIVE_HTTP_OK;
}

/* ---- the first line ---- */

/* Returns whether the text begins with the prefix, as far as it goes. */
static bool may_begin(struct native_http_span text, struct native_http_span prefix)
{
    size_t len = text.len < prefix.len ? text.len : prefix.len;

    return len == 0 || memcmp(text.at, prefix.at, len) == 0;
}

static const struct native_http_span *find_alias(const struct native_http_head *head,
                                                 struct native_http_span text)
{
    for (size_t i = 0; i < head->options.aliases_count; i++) {
        if (may_begin(text, head->options.aliases[i])) {
            return &head->options.aliases[i];
        }
    }
    return NULL;
}

/* Tell at the first byte that differs that this is no HTTP/1: what it is may have no line end. */
static bool is_head(const struct native_http_head *head, struct native_http_span in)
{
    return may_begin(in, NATIVE_HTTP_SPAN("HTTP/")) || find_alias(head, in) != NULL;
}

static bool is_digit(char c)
{
    return native_http_char_is(c, NATIVE_HTTP_CHAR_DIGIT);
}

/* " 200 OK": the space, the code, the reason. */
static enum native_http_status read_code(struct native_http_head *head,
                                         struct native_http_span line, size_t at,
                                         struct native_http_head_event *event,
                                         struct native_http_fault *fault)
{
    size_t blanks = 0;

    while (at + blanks < line.len && is_blank(line.at[at + blanks])) {
        blanks++;
    }
    if (blanks == 0 || line.at[at] != ' ' || (is_strict(head) && blanks > 1)) {
        return refuse(fault, NATIVE_HTTP_FAULT_STATUS_LINE, at);
    }
    at += blanks;
    if (at < line.len && !is_digit(line.at[at])) {
        return refuse(fault, NATIVE_HTTP_FAULT_STATUS_LINE, at);
    }
    if (line.len - at < 3 || !is_digit(line.at[at]) || !is_digit(line.at[at + 1]) ||
        !is_digit(line.at[at + 2]) || line.at[at] == '0' ||
        (line.len - at > 3 && !is_blank(line.at[at + 3]))) {
        return refuse(fault, NATIVE_HTTP_FAULT_STATUS_CODE, at);
    }
    event->code = (uint16_t)((line.at[at] - '0') * 100 + (line.at[at + 1] - '0') * 10 +
                             (line.at[at + 2] - '0'));
    at += line.len - at > 3 ? 4 : 3;
    event->reason = (struct native_http_span){line.at + at, line.len - at};
    for (; at < line.len; at++) {
        if (line.at[at] == '\0' ||
            (is_strict(head) && !native_http_char_is(line.at[at], NATIVE_HTTP_CHAR_VALUE))) {
            return refuse(fault, NATIVE_HTTP_FAULT_STATUS_LINE, at);
        }
    }
    return NATIVE_HTTP_OK;
}

static enum native_http_status read_status_line(struct native_http_head *head,
                                                struct native_http_span line,
                                                struct native_http_head_event *event,
                                                struct native_http_fault *fault)
{
    const struct native_http_span *alias = find_alias(head, line);

    event->kind = NATIVE_HTTP_HEAD_STATUS_LINE;
    if (alias != NULL && line.len >= alias->len) {
        event->minor = 0;
        event->code = 200;
        event->reason = (struct native_http_span){line.at + alias->len, line.len - alias->len};
        return NATIVE_HTTP_OK;
    }
    if (line.len < 8 || memcmp(line.at, "HTTP/", 5) != 0 || !is_digit(line.at[5]) ||
        line.at[6] != '.' || !is_digit(line.at[7])) {
        bool other = line.len > 5 && is_digit(line.at[5]); /* "HTTP/2 200" */

        return refuse(fault, other ? NATIVE_HTTP_FAULT_VERSION : NATIVE_HTTP_FAULT_STATUS_LINE,
                      line.len < 5 ? line.len : 5);
    }
    if (line.at[5] != '1' || line.at[7] > '1') {
        return refuse(fault, NATIVE_HTTP_FAULT_VERSION, 5);
    }
    event->minor = (uint8_t)(line.at[7] - '0');
    return read_code(head, line, 8, event, fault);
}

/* ---- fields ---- */

static enum native_http_status read_field(struct native_http_head *head,
                                          struct native_http_span line,
                                          struct native_http_head_event *event,
                                          struct native_http_fault *fault)
{
    event->kind = NATIVE_HTTP_HEAD_FIELD;
    if (is_blank(event->raw.at[0])) {
        return refuse(fault, NATIVE_HTTP_FAULT_FOLDED, 0);
    }
    if (head->fields == head->options.fields_max) {
        *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_HEAD_FIELDS, 0};
        return NATIVE_HTTP_TOO_LARGE;
    }
    head->fields++;
    if (line.at[0] == ':' && (head->options.flags & NATIVE_HTTP_HEAD_NO_NAME) != 0) {
        event->name = (struct native_http_span){line.at, 0};
        event->value = native_http_trim((struct native_http_span){line.at + 1, line.len - 1});
        return NATIVE_HTTP_OK;
    }
    return native_http_field_parse(line.at, line.len, is_strict(head), &event->name, &event->value,
                                   fault);
}

/* Read the line event->raw: *line is what it says, without line endings. */
static enum native_http_status read_line(struct native_http_head *head,
                                         struct native_http_head_event *event,
                                         struct native_http_fault *fault)
{
    struct native_http_span line = event->raw;
    bool folded =
        head->options.fold != NULL && memchr(line.at, '\n', line.len) != line.at + line.len - 1;
    enum native_http_status status =
        folded ? unfold(head, event->raw, &line, fault) : cut_ending(head, &line, 0, fault);

    if (status != NATIVE_HTTP_OK) {
        return status;
    }
    if (head->state == STATE_START) {
        head->state = STATE_FIELDS;
        return read_status_line(head, line, event, fault);
    }
    if (line.len == 0 && !folded) {
        head->state = STATE_DONE;
        event->kind = NATIVE_HTTP_HEAD_END;
        return NATIVE_HTTP_OK;
    }
    return read_field(head, line, event, fault);
}

/* Take the empty lines that stand before the status line (RFC 9112, 2.2), which servers send behind
 * the body before. */
static enum native_http_status skip_empty(struct native_http_head *head, struct native_http_span in,
                                          size_t *used, struct native_http_fault *fault)
{
    if ((head->options.flags & NATIVE_HTTP_HEAD_09) != 0) {
        return NATIVE_HTTP_OK; /* may be the beginning of a body */
    }
    while (*used < in.len && (in.at[*used] == '\r' || in.at[*used] == '\n')) {
        size_t len = in.at[*used] == '\r' ? 2 : 1;

        if (head->empty == head->options.empty_max) {
            return refuse(fault, NATIVE_HTTP_FAULT_STATUS_LINE, *used);
        }
        if (in.len - *used < len) {
            return NATIVE_HTTP_NEED_MORE;
        }
        if (in.at[*used + len - 1] != '\n') {
            return refuse(fault, NATIVE_HTTP_FAULT_BARE_CR, *used);
        }
        head->empty++;
        head->bytes += len;
        *used += len;
    }
    return NATIVE_HTTP_OK;
}

enum native_http_status native_http_head_next(struct native_http_head *head, const void *in,
                                              size_t in_len, size_t *used,
                                              struct native_http_head_event *event,
                                              struct native_http_fault *fault)
{
    struct native_http_span rest = {in, in_len};
    enum native_http_status status = NATIVE_HTTP_OK, limits;

    *used = 0;
    if (head->state == STATE_DONE) {
        return NATIVE_HTTP_END;
    }
    memset(event, 0, sizeof(*event));
    if (head->state == STATE_START) {
        status = skip_empty(head, rest, used, fault);
        if (status != NATIVE_HTTP_OK) {
            return status;
        }
        rest = (struct native_http_span){rest.at + *used, rest.len - *used};
        if (!is_head(head, rest)) {
            event->kind = NATIVE_HTTP_HEAD_NO_HEAD;
            return (head->options.flags & NATIVE_HTTP_HEAD_09) != 0
                       ? NATIVE_HTTP_OK
                       : refuse(fault, NATIVE_HTTP_FAULT_NO_HEAD, *used);
        }
    }
    status = find_line(head, &rest);
    limits = check_limits(head, rest.len, fault);
    if (limits != NATIVE_HTTP_OK) {
        return limits;
    }
    if (status != NATIVE_HTTP_OK) {
        return status;
    }
    event->raw = rest;
    status = read_line(head, event, fault);
    if (status == NATIVE_HTTP_OK) {
        head->bytes += rest.len;
        *used += rest.len;
    } else {
        fault->offset += *used;
    }
    return status;
}
