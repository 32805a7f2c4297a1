/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* login.h - how one transfer authenticates towards the server, or towards the proxy (RFC 9110, 11; RFC 7616, 7617, 6750).
 *
 *     begin -> put -> [401] -> challenge, challenge ... -> again? -> put -> ... -> [200] -> info
 *
 *     one way allowed, Basic or Bearer       sent at once, unless it shall be asked for
 *     Digest, or several                     first without; then the best that was offered: Bearer, Digest, Basic
 *     a nonce of this origin is still known  Digest at once
 *
 * The same credentials are never sent twice into the same refusal. From Digest it never goes back to Basic.
 * Shape: a struct inside the transfer; nonces outlive it in a store that several may share.
 * Allocates: with malloc (a challenge's text). Blocks: never. Threads: one at a time. */
#ifndef NATIVE_HTTP_LOGIN_H
#define NATIVE_HTTP_LOGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "options.h"
#include "wire/digest.h"

/* ---- nonces that were good once ---- */

struct native_http_nonces; /* at most 64: the one that was used longest ago goes */

/* Returns NULL without memory. */
struct native_http_nonces *native_http_nonces_new(void);

/* NULL is allowed. */
void native_http_nonces_free(struct native_http_nonces *nonces);

/* ---- one side of a transfer ---- */

/* Read anew in each call: the caller may change them while the transfer runs. */
struct native_http_credentials {
    struct native_http_span user; /* `at` NULL: there are none for Basic and Digest */
    struct native_http_span password;
    struct native_http_span bearer; /* `at` NULL: none */
    unsigned ways;                  /* allowed: enum native_http_auth_way */
    bool ask;                       /* nothing is sent before it is asked for */
    bool colon;                     /* in a user name is Basic's as it is */
    bool has_body;                  /* the request has one: no auth-int */
};

enum native_http_login_plan {
    NATIVE_HTTP_LOGIN_NONE, /* no credentials that could be used */
    NATIVE_HTTP_LOGIN_ASK,  /* this request goes without, to be asked: a large body may wait */
    NATIVE_HTTP_LOGIN_SEND
};

struct native_http_nonce;

struct native_http_login {
    struct native_http_nonces *nonces;
    struct native_http_nonce *fresh; /* of a challenge of this transfer, not in the store */
    unsigned offered;   /* ways in the challenges of the last refusal that can be answered */
    unsigned seen;      /* all ways in them that have a name here */
    bool offered_other; /* and one that is not spoken here */
    unsigned picked;    /* the way that was decided on; 0: none yet */
    unsigned sent;      /* what the last request carried; 0: nothing */
    bool challenged;    /* the nonce is as new as the last refusal */
    bool answered;      /* what was sent answered that very challenge */
    bool has_body;      /* what was refused had one */
    bool stale;         /* the last refusal was about the nonce, not about the password */
    unsigned renewals;  /* nonces that were too old, one behind the other */
    unsigned used;      /* ways that were sent in this transfer */
};

/* Prepare it once. `nonces` (may be NULL: none are kept) must live longer. */
void native_http_login_init(struct native_http_login *login, struct native_http_nonces *nonces);

/* Free what it holds. It may be begun again. */
void native_http_login_end(struct native_http_login *login);

/* A transfer begins, or goes on at another origin: forget what was decided. */
void native_http_login_begin(struct native_http_login *login);

/* Decide about the next request to this origin ("https://example.org:443", or of the proxy; case counts). */
enum native_http_login_plan
native_http_login_plan(struct native_http_login *login,
                       const struct native_http_credentials *credentials,
                       struct native_http_span origin);

/* Append the value of Authorization or Proxy-Authorization, if the plan is SEND; else nothing. `uri`: the request target
 * as it is sent.
 * Returns NATIVE_HTTP_OK (also with nothing appended); NATIVE_HTTP_MALFORMED with `fault` (CONTROL_BYTE, FIELD_VALUE:
 * credentials that no header can hold; USER_COLON for Basic; HASH, RANDOM);
 * NATIVE_HTTP_NO_SPACE without memory. If it does not fit in `out`, nothing counts as sent: put again. */
enum native_http_status native_http_login_put(
    struct native_http_login *login, const struct native_http_credentials *credentials,
    struct native_http_span origin, struct native_http_span method, struct native_http_span uri,
    struct native_http_buffer *out, struct native_http_fault *fault);

/* A response 401 (or 407) has come: forget its predecessor's challenges, and a nonce that was sent. */
void native_http_login_refused(struct native_http_login *login,
                               const struct native_http_credentials *credentials,
                               struct native_http_span origin);

/* Look at one of its WWW-Authenticate (Proxy-Authenticate) fields. What is malformed is left out. Returns false without
 * memory. */
bool native_http_login_challenge(struct native_http_login *login, struct native_http_span value);

/* All fields were seen. Returns whether the request should be sent again, now with (other) credentials. */
bool native_http_login_again(struct native_http_login *login,
                             const struct native_http_credentials *credentials);

/* Another response has come: the credentials were good, or not needed. `info`: the value of its Authentication-Info
 * (Proxy-Authentication-Info) field with the next nonce; `at` NULL: none. */
void native_http_login_passed(struct native_http_login *login,
                              const struct native_http_credentials *credentials,
                              struct native_http_span origin, struct native_http_span info);

#endif
