/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* auth.c - in a list of challenges a comma parts both challenges and parameters (RFC 9110, 11.6.1):
 * a token with "=" after it is a parameter, one without begins the next challenge. */
#include "auth.h"

#include "base64.h"
#include "chars.h"
#include "field.h"
#include "request.h"

static void skip_blanks(struct native_http_span *text)
{
    while (text->len > 0 && native_http_char_is(text->at[0], NATIVE_HTTP_CHAR_BLANK)) {
        text->at++;
        text->len--;
    }
}

static void skip_commas(struct native_http_span *text)
{
    skip_blanks(text);
    while (text->len > 0 && text->at[0] == ',') {
        text->at++;
        text->len--;
        skip_blanks(text);
    }
}

static struct native_http_span take_token(struct native_http_span *text)
{
    struct native_http_span token = {text->at, 0};

    while (token.len < text->len &&
           native_http_char_is(text->at[token.len], NATIVE_HTTP_CHAR_TOKEN)) {
        token.len++;
    }
    if (token.len > 0) {
        text->at += token.len;
        text->len -= token.len;
    }
    return token;
}

/* Take a value without quotation marks. Servers leave them out also around what is no token (a
 * nonce in base64): it goes up to the next comma or blank. Returns false for a `"` or backslash in
 * it. */
static bool take_bare_value(struct native_http_span *text, struct native_http_span *value)
{
    *value = (struct native_http_span){text->at, 0};
    while (text->len > 0 && text->at[0] != ',' &&
           !native_http_char_is(text->at[0], NATIVE_HTTP_CHAR_BLANK)) {
        if (text->at[0] == '"' || text->at[0] == '\\') {
            return false;
        }
        text->at++;
        text->len--;
        value->len++;
    }
    return true;
}

/* Take name = value, up to the comma that follows or the end.
 * Returns whether one stood there; else *text is where it was, or where the fault is. */
static bool take_param(struct native_http_span *text, struct native_http_auth_param *param)
{
    struct native_http_lexer lexer = {.rest = *text};

    param->name = take_token(&lexer.rest);
    skip_blanks(&lexer.rest);
    if (param->name.len == 0 || lexer.rest.len == 0 || lexer.rest.at[0] != '=') {
        return false;
    }
    lexer.rest.at++;
    lexer.rest.len--;
    skip_blanks(&lexer.rest);
    *text = lexer.rest;
    param->quoted = text->len > 0 && text->at[0] == '"';
    if (param->quoted) {
        if (native_http_lexer_next(&lexer) != NATIVE_HTTP_LEX_QUOTED) {
            return false;
        }
        param->value = lexer.text;
        *text = lexer.rest;
    } else if (!take_bare_value(text, &param->value)) {
        return false;
    }
    skip_blanks(text);
    return text->len == 0 || text->at[0] == ',';
}

/* Returns whether a parameter begins here: else it is the next challenge, or nothing. */
static bool at_param(struct native_http_span text)
{
    if (take_token(&text).len == 0) {
        return false;
    }
    skip_blanks(&text);
    return text.len > 0 && text.at[0] == '=';
}

/* Take all parameters of a challenge off the front of *text.
 * Returns false at one that is malformed, with *text there. */
static bool take_params(struct native_http_span *text, struct native_http_span *params)
{
    struct native_http_auth_param param;

    *params = (struct native_http_span){text->at, 0};
    while (at_param(*text)) {
        if (!take_param(text, &param)) {
            return false;
        }
        params->len = (size_t)(text->at - params->at);
        skip_commas(text);
    }
    return true;
}

static bool at_end(struct native_http_span text)
{
    return text.len == 0 || text.at[0] == ',';
}

/* Take what follows the scheme: nothing, token68, or parameters. `a = "b"` begins like a token68,
 * so that counts as one only if it is followed by nothing.
 * Returns false with *text at the fault. */
static bool take_rest(struct native_http_span *text, struct native_http_challenge *challenge)
{
    struct native_http_lexer lexer;

    if (!at_end(*text) && !native_http_char_is(text->at[0], NATIVE_HTTP_CHAR_BLANK)) {
        return false;
    }
    skip_blanks(text);
    lexer = (struct native_http_lexer){.rest = *text};
    if (native_http_lexer_token68(&lexer, &challenge->token68)) {
        skip_blanks(&lexer.rest);
        if (at_end(lexer.rest)) {
            *text = lexer.rest;
            return true;
        }
        challenge->token68 = (struct native_http_span){NULL, 0};
    }
    if (!at_end(*text) && !at_param(*text)) {
        return false;
    }
    skip_commas(text);
    return take_params(text, &challenge->params);
}

enum native_http_status native_http_challenge_next(struct native_http_challenges *challenges,
                                                   struct native_http_challenge *challenge,
                                                   struct native_http_fault *fault)
{
    struct native_http_span rest = challenges->value;
    size_t at;

    if (challenges->at > 0) {
        rest.at += challenges->at;
        rest.len -= challenges->at;
    }
    skip_commas(&rest);
    if (rest.len == 0) {
        challenges->at = challenges->value.len;
        return NATIVE_HTTP_END;
    }
    *challenge = (struct native_http_challenge){take_token(&rest), {NULL, 0}, {NULL, 0}};
    if (challenge->scheme.len == 0 || !take_rest(&rest, challenge)) {
        at = challenges->value.len - rest.len;
        challenges->at = challenges->value.len; /* what follows cannot be trusted */
        *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_CHALLENGE, at};
        return NATIVE_HTTP_MALFORMED;
    }
    challenges->at = challenges->value.len - rest.len;
    return NATIVE_HTTP_OK;
}

bool native_http_auth_param_next(struct native_http_span *params,
                                 struct native_http_auth_param *param)
{
    skip_commas(params);
    return params->len > 0 && take_param(params, param);
}

bool native_http_auth_param_find(const struct native_http_challenge *challenge,
                                 struct native_http_span name, struct native_http_auth_param *param)
{
    struct native_http_span params = challenge->params;

    while (native_http_auth_param_next(&params, param)) {
        if (native_http_span_is_nocase(param->name, name)) {
            return true;
        }
    }
    return false;
}

void native_http_quote(struct native_http_buffer *out, struct native_http_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"' || text.at[i] == '\\') {
            NATIVE_HTTP_PUT(out, "\\");
        }
        native_http_buffer_put(out, text.at + i, 1);
    }
}

void native_http_basic_put(struct native_http_buffer *out, struct native_http_span user,
                           struct native_http_span password)
{
    struct native_http_base64 base64 = {0, 0};

    NATIVE_HTTP_PUT(out, "Basic ");
    native_http_base64_put(&base64, out, user);
    native_http_base64_put(&base64, out, NATIVE_HTTP_SPAN(":"));
    native_http_base64_put(&base64, out, password);
    native_http_base64_end(&base64, out);
}

enum native_http_status native_http_bearer_put(struct native_http_buffer *out,
                                               struct native_http_span token,
                                               struct native_http_fault *fault)
{
    if (native_http_field_value_check(token, fault) != NATIVE_HTTP_OK) {
        return NATIVE_HTTP_MALFORMED;
    }
    NATIVE_HTTP_PUT(out, "Bearer ");
    native_http_buffer_put_span(out, token);
    return NATIVE_HTTP_OK;
}
