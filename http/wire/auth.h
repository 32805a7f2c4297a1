/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* auth.h - challenges (RFC 9110, 11), Basic (RFC 7617) and Bearer (RFC 6750).
 *
 *   Basic realm="a, b", Digest realm="c", nonce="d", qop="auth,auth-int", Negotiate YII=
 *   '---------------'   '-----------------------------------------------' '------------'
 *     one challenge      one, too: commas also part its parameters         with a token68
 *
 * Pure: no allocation, no globals; spans point into the field's value. */
#ifndef NATIVE_HTTP_WIRE_AUTH_H
#define NATIVE_HTTP_WIRE_AUTH_H

#include "buffer.h"
#include "status.h"

/* The challenges of one field's value. */
struct native_http_challenges {
    struct native_http_span value;
    size_t at;
};

struct native_http_challenge {
    struct native_http_span scheme;
    struct native_http_span token68; /* `at` NULL: there is none */
    struct native_http_span params;  /* checked: native_http_auth_param_next cannot fail */
};

/* A parameter. `value` has no quotation marks; in a quoted one a backslash may still stand before a
 * byte: native_http_quoted_put. */
struct native_http_auth_param {
    struct native_http_span name;
    struct native_http_span value;
    bool quoted;
};

/* Take the next challenge. A scheme that is not known is no fault. After MALFORMED comes END.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_END; NATIVE_HTTP_MALFORMED (CHALLENGE) with the offset in the
 * value. */
enum native_http_status native_http_challenge_next(struct native_http_challenges *challenges,
                                                   struct native_http_challenge *challenge,
                                                   struct native_http_fault *fault);

/* Take the next parameter off the front of *params: a copy of the challenge's, or a field that has
 * nothing but parameters (Authentication-Info), where false may also mean that it is malformed.
 * Returns whether there was one. */
bool native_http_auth_param_next(struct native_http_span *params,
                                 struct native_http_auth_param *param);

/* Returns whether the challenge has this parameter, with it in *param. Names have no case; the
 * first one counts. */
bool native_http_auth_param_find(const struct native_http_challenge *challenge,
                                 struct native_http_span name,
                                 struct native_http_auth_param *param);

/* Append the text with a backslash before each `"` and backslash, without the marks around it. */
void native_http_quote(struct native_http_buffer *out, struct native_http_span text);

/* Append "Basic " and user:password in base64. A colon in the user is the caller's to refuse. */
void native_http_basic_put(struct native_http_buffer *out, struct native_http_span user,
                           struct native_http_span password);

/* Append "Bearer " and the token.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_MALFORMED (FIELD_VALUE) for a control byte, with nothing
 * appended. */
enum native_http_status native_http_bearer_put(struct native_http_buffer *out,
                                               struct native_http_span token,
                                               struct native_http_fault *fault);

#endif
