/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* field.h - one header field, and lists in its value (RFC 9110, 5).
 * Shape: field   name ":" OWS value OWS
 *        list    element *( OWS "," OWS element )      Connection, Transfer-Encoding, Cache-Control
 *        element name [ "=" value ] *( OWS ";" OWS name [ "=" value ] )
 *        value   token or "quoted string"
 *        A lexer is for what has another grammar (WWW-Authenticate).
 * Pure: spans into the caller's bytes; no allocation, no globals; one pass. */
#ifndef NATIVE_HTTP_WIRE_FIELD_H
#define NATIVE_HTTP_WIRE_FIELD_H

#include <stdint.h>

#include "buffer.h"
#include "status.h"

/* Take a line, without its line ending, apart. `strict` refuses names that are no token and control
 * bytes in the value; without it only CR, LF, NUL, an empty name and a line without a colon are
 * refused, and blanks before the colon are left out of the name.
 * Returns NATIVE_HTTP_OK, or NATIVE_HTTP_MALFORMED with `fault`. */
enum native_http_status native_http_field_parse(const void *line, size_t line_len, bool strict,
                                                struct native_http_span *name,
                                                struct native_http_span *value,
                                                struct native_http_fault *fault);

/* Returns the span without blanks at both ends. */
struct native_http_span native_http_trim(struct native_http_span span);

/* Read a number of decimal digits only. Returns false for none, for another byte, and above
 * `max`. */
bool native_http_number(struct native_http_span text, uint64_t max, uint64_t *number);

/* ---- lexer ---- */

enum native_http_lexeme {
    NATIVE_HTTP_LEX_END = 0,
    NATIVE_HTTP_LEX_TOKEN,  /* a run of tchar */
    NATIVE_HTTP_LEX_QUOTED, /* text: what stands between the quotes, still escaped */
    NATIVE_HTTP_LEX_BYTE,   /* any other byte but a blank: `text` has one */
    NATIVE_HTTP_LEX_BAD     /* a quote that is not closed: text is the rest */
};

struct native_http_lexer {
    struct native_http_span rest; /* set to a field's value: what was not looked at yet */
    /* Of the last lexeme: */
    struct native_http_span text;
    bool blank_before;
};

/* Take the next lexeme. */
enum native_http_lexeme native_http_lexer_next(struct native_http_lexer *lexer);

/* Take a token68 (1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"=") if one stands there
 * that ends at a blank, a comma or the end of the value. Returns whether it did; else nothing
 * moves. */
bool native_http_lexer_token68(struct native_http_lexer *lexer, struct native_http_span *token68);

/* Put the text of a quoted string, each "\x" as "x". */
void native_http_quoted_put(struct native_http_span quoted, struct native_http_buffer *buffer);

/* Returns whether the text of a quoted string stands for `plain`. */
bool native_http_quoted_is(struct native_http_span quoted, struct native_http_span plain);

/* ---- lists ---- */

struct native_http_element {
    struct native_http_span name;  /* may have "/" in it: a media type */
    struct native_http_span value; /* after "="; absent if there is no "=" */
    bool quoted;                   /* the value was a quoted string: native_http_quoted_put */
    /* What follows the first ";", for native_http_parameter_next; may be empty. */
    struct native_http_span parameters;
    struct native_http_span text; /* all of it */
};

/* Take the next element from *list, which begins as a field's value. Empty elements are skipped
 * (RFC 9110, 5.6.1.2).
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_END; NATIVE_HTTP_MALFORMED: element->text is what was
 * skipped, up to the next comma outside of quotes; the next call goes on there. */
enum native_http_status native_http_list_next(struct native_http_span *list,
                                              struct native_http_element *element);

/* The same over the parameters of an element (of a Content-Type: of the value itself): parts
 * between ";". */
enum native_http_status native_http_parameter_next(struct native_http_span *parameters,
                                                   struct native_http_element *parameter);

/* Returns whether one element's name is `name`, whatever the case. */
bool native_http_list_has(struct native_http_span list, struct native_http_span name);

#endif
