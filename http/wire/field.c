/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* field.c - a field's line and the lexer for values (RFC 9110, 5.5 and 5.6). */
#include <stdint.h>
#include <string.h>

#include "chars.h"
#include "field.h"

static struct native_http_span from(struct native_http_span span, size_t skip)
{
    return (struct native_http_span){span.at + skip, span.len - skip};
}

struct native_http_span native_http_trim(struct native_http_span span)
{
    while (span.len > 0 && native_http_char_is(span.at[0], NATIVE_HTTP_CHAR_BLANK)) {
        span = from(span, 1);
    }
    while (span.len > 0 && native_http_char_is(span.at[span.len - 1], NATIVE_HTTP_CHAR_BLANK)) {
        span.len--;
    }
    return span;
}

bool native_http_number(struct native_http_span text, uint64_t max, uint64_t *number)
{
    uint64_t n = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned digit = (unsigned)(text.at[i] - '0');

        if (!native_http_char_is(text.at[i], NATIVE_HTTP_CHAR_DIGIT) || n > max / 10 ||
            digit > max - n * 10) {
            return false;
        }
        n = n * 10 + digit;
    }
    *number = n;
    return text.len > 0;
}

static enum native_http_status refuse(struct native_http_fault *fault,
                                      enum native_http_fault_reason reason, size_t offset)
{
    *fault = (struct native_http_fault){reason, offset};
    return NATIVE_HTTP_MALFORMED;
}

/* Returns whether none of 8 bytes is a control byte: below SP, or DEL. */
static bool no_control(const char *at)
{
    const uint64_t ones = 0x0101010101010101U;
    const uint64_t tops = ones * 0x80;
    uint64_t word, del;

    memcpy(&word, at, sizeof(word));
    del = word ^ ones * 0x7f;
    return ((((word - ones * 0x20) & ~word) | ((del - ones) & ~del)) & tops) == 0;
}

/* Returns the offset of the first byte that no value may have, or the length. */
static size_t find_control(struct native_http_span text, bool strict)
{
    size_t i = 0;

    while (text.len - i >= 8 && no_control(text.at + i)) {
        i += 8;
    }
    for (; i < text.len; i++) {
        char c = text.at[i];

        if (!native_http_char_is(c, NATIVE_HTTP_CHAR_VALUE) &&
            (strict || c == '\0' || c == '\r' || c == '\n')) {
            return i;
        }
    }
    return text.len;
}

/* Check the name in front of the colon. Returns the offset of the byte at fault, or its length. */
static size_t check_name(struct native_http_span *name, bool strict,
                         enum native_http_fault_reason *reason)
{
    size_t i = 0;

    *reason = NATIVE_HTTP_FAULT_FIELD_NAME;
    if (!strict) { /* as RFC 9112, 5.1, asks of proxies: blanks before the colon are removed */
        while (name->len > 0 &&
               native_http_char_is(name->at[name->len - 1], NATIVE_HTTP_CHAR_BLANK)) {
            name->len--;
        }
        return name->len == 0 ? 0 : find_control(*name, false);
    }
    while (i < name->len && native_http_char_is(name->at[i], NATIVE_HTTP_CHAR_TOKEN)) {
        i++;
    }
    if (i > 0 && i < name->len && native_http_char_is(name->at[i], NATIVE_HTTP_CHAR_BLANK)) {
        *reason = NATIVE_HTTP_FAULT_FIELD_SPACE;
    }
    return i;
}

enum native_http_status native_http_field_parse(const void *line, size_t line_len, bool strict,
                                                struct native_http_span *name,
                                                struct native_http_span *value,
                                                struct native_http_fault *fault)
{
    struct native_http_span text = {line, line_len};
    const char *colon = line_len > 0 ? memchr(line, ':', line_len) : NULL;
    enum native_http_fault_reason reason;
    size_t wrong;

    if (colon == NULL) {
        return refuse(fault, NATIVE_HTTP_FAULT_FIELD_COLON, line_len);
    }
    *name = (struct native_http_span){text.at, (size_t)(colon - text.at)};
    wrong = check_name(name, strict, &reason);
    if (name->len == 0 || wrong < name->len) {
        return refuse(fault, reason, wrong);
    }
    *value = from(text, (size_t)(colon - text.at) + 1);
    wrong = find_control(*value, strict);
    if (wrong < value->len) {
        return refuse(fault, NATIVE_HTTP_FAULT_FIELD_VALUE, (size_t)(value->at - text.at) + wrong);
    }
    *value = native_http_trim(*value);
    return NATIVE_HTTP_OK;
}

/* ---- lexer ---- */

/* Take a quoted string (RFC 9110, 5.6.4) that begins at the rest. */
static enum native_http_lexeme take_quoted(struct native_http_lexer *lexer)
{
    struct native_http_span rest = lexer->rest;
    size_t i = 1;

    while (i < rest.len && rest.at[i] != '"') {
        i += rest.at[i] == '\\' ? 2 : 1;
    }
    if (i >= rest.len) {
        lexer->text = rest;
        lexer->rest = from(rest, rest.len);
        return NATIVE_HTTP_LEX_BAD;
    }
    lexer->text = (struct native_http_span){rest.at + 1, i - 1};
    lexer->rest = from(rest, i + 1);
    return NATIVE_HTTP_LEX_QUOTED;
}

static void skip_blanks(struct native_http_lexer *lexer)
{
    lexer->blank_before = false;
    while (lexer->rest.len > 0 && native_http_char_is(lexer->rest.at[0], NATIVE_HTTP_CHAR_BLANK)) {
        lexer->rest = from(lexer->rest, 1);
        lexer->blank_before = true;
    }
}

enum native_http_lexeme native_http_lexer_next(struct native_http_lexer *lexer)
{
    struct native_http_span rest;
    size_t len = 0;

    skip_blanks(lexer);
    rest = lexer->rest;
    if (rest.len > 0 && rest.at[0] == '"') {
        return take_quoted(lexer);
    }
    while (len < rest.len && native_http_char_is(rest.at[len], NATIVE_HTTP_CHAR_TOKEN)) {
        len++;
    }
    if (rest.len == 0) {
        lexer->text = rest;
        return NATIVE_HTTP_LEX_END;
    }
    lexer->text = (struct native_http_span){rest.at, len > 0 ? len : 1};
    lexer->rest = from(rest, lexer->text.len);
    return len > 0 ? NATIVE_HTTP_LEX_TOKEN : NATIVE_HTTP_LEX_BYTE;
}

bool native_http_lexer_token68(struct native_http_lexer *lexer, struct native_http_span *token68)
{
    struct native_http_lexer next = *lexer;
    size_t len = 0;

    skip_blanks(&next);
    while (len < next.rest.len &&
           native_http_char_is(next.rest.at[len], NATIVE_HTTP_CHAR_TOKEN68)) {
        len++;
    }
    if (len == 0) {
        return false;
    }
    while (len < next.rest.len && next.rest.at[len] == '=') {
        len++;
    }
    if (len < next.rest.len && next.rest.at[len] != ',' &&
        !native_http_char_is(next.rest.at[len], NATIVE_HTTP_CHAR_BLANK)) {
        return false;
    }
    next.text = *token68 = (struct native_http_span){next.rest.at, len};
    next.rest = from(next.rest, len);
    *lexer = next;
    return true;
}

/* Returns the next byte that a quoted string stands for; its text may not end in "\". */
static char unquoted(struct native_http_span quoted, size_t *i)
{
    if (quoted.at[*i] == '\\' && *i + 1 < quoted.len) {
        (*i)++;
    }
    return quoted.at[(*i)++];
}

void native_http_quoted_put(struct native_http_span quoted, struct native_http_buffer *buffer)
{
    for (size_t i = 0; i < quoted.len;) {
        char c = unquoted(quoted, &i);

        native_http_buffer_put(buffer, &c, 1);
    }
}

bool native_http_quoted_is(struct native_http_span quoted, struct native_http_span plain)
{
    size_t i = 0, k = 0;

    while (i < quoted.len) {
        if (k == plain.len || unquoted(quoted, &i) != plain.at[k++]) {
            return false;
        }
    }
    return k == plain.len;
}
