/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* field_list.c - lists and parameters in a field's value (RFC 9110, 5.6.1 and 5.6.6). */
#include "chars.h"
#include "field.h"

/* Cut the text at the first `separator` outside of quotes; *rest is what follows it, or empty. A
 * quote that is not closed has no end. */
static struct native_http_span cut(struct native_http_span text, char separator,
                                   struct native_http_span *rest)
{
    bool quoted = false;
    size_t i = 0;

    for (; i < text.len && (quoted || text.at[i] != separator); i++) {
        if (text.at[i] == '"') {
            quoted = !quoted;
        } else if (quoted && text.at[i] == '\\' && i + 1 < text.len) {
            i++;
        }
    }
    *rest = (struct native_http_span){text.at + i, text.len - i};
    if (i < text.len) {
        rest->at++;
        rest->len--;
    }
    text.len = i;
    return native_http_trim(text);
}

/* A name: a token, or two with a slash between them (a media type). */
static bool take_name(struct native_http_lexer *lexer, struct native_http_span *name)
{
    struct native_http_lexer ahead;

    if (native_http_lexer_next(lexer) != NATIVE_HTTP_LEX_TOKEN) {
        return false;
    }
    *name = lexer->text;
    ahead = *lexer;
    if (native_http_lexer_next(&ahead) == NATIVE_HTTP_LEX_BYTE && ahead.text.at[0] == '/' &&
        native_http_lexer_next(&ahead) == NATIVE_HTTP_LEX_TOKEN) {
        name->len = (size_t)(ahead.text.at - name->at) + ahead.text.len;
        *lexer = ahead;
    }
    return true;
}

/* Read name [ "=" value ], which must be all of the text. */
static enum native_http_status read_pair(struct native_http_span text,
                                         struct native_http_element *element)
{
    struct native_http_lexer lexer = {.rest = text};
    enum native_http_lexeme lexeme;

    element->value = (struct native_http_span){NULL, 0};
    element->quoted = false;
    if (!take_name(&lexer, &element->name)) {
        return NATIVE_HTTP_MALFORMED;
    }
    lexeme = native_http_lexer_next(&lexer);
    if (lexeme == NATIVE_HTTP_LEX_BYTE && lexer.text.at[0] == '=') {
        lexeme = native_http_lexer_next(&lexer);
        if (lexeme != NATIVE_HTTP_LEX_TOKEN && lexeme != NATIVE_HTTP_LEX_QUOTED) {
            return NATIVE_HTTP_MALFORMED;
        }
        element->value = lexer.text;
        element->quoted = lexeme == NATIVE_HTTP_LEX_QUOTED;
        lexeme = native_http_lexer_next(&lexer);
    }
    return lexeme == NATIVE_HTTP_LEX_END ? NATIVE_HTTP_OK : NATIVE_HTTP_MALFORMED;
}

/* Cut the next element that is not empty. Returns false if there is none. */
static bool next_text(struct native_http_span *list, char separator,
                      struct native_http_element *element)
{
    do {
        if (list->len == 0) {
            return false;
        }
        element->text = cut(*list, separator, list);
    } while (element->text.len == 0);
    return true;
}

enum native_http_status native_http_list_next(struct native_http_span *list,
                                              struct native_http_element *element)
{
    struct native_http_span head;

    if (!next_text(list, ',', element)) {
        return NATIVE_HTTP_END;
    }
    head = cut(element->text, ';', &element->parameters);
    return read_pair(head, element);
}

enum native_http_status native_http_parameter_next(struct native_http_span *parameters,
                                                   struct native_http_element *parameter)
{
    if (!next_text(parameters, ';', parameter)) {
        return NATIVE_HTTP_END;
    }
    parameter->parameters = (struct native_http_span){NULL, 0};
    return read_pair(parameter->text, parameter);
}

bool native_http_list_has(struct native_http_span list, struct native_http_span name)
{
    struct native_http_element element;
    enum native_http_status status;

    while ((status = native_http_list_next(&list, &element)) != NATIVE_HTTP_END) {
        if (status == NATIVE_HTTP_OK && native_http_span_is_nocase(element.name, name)) {
            return true;
        }
    }
    return false;
}
