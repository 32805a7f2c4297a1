/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* next.c - what comes after a response: another request (redirect, authentication, a second try), or the end. */
#include <stdlib.h>
#include <string.h>

#include "parts.h"
#include "wire/field.h"

/* ---- credentials ---- */

/* `at` NULL: the URL has none. */
static struct native_http_span of_url(const struct native_http_buffer *decoded)
{
    return (struct native_http_span){decoded->at, decoded->len};
}

static bool has_body(const struct native_http_transfer *t)
{
    return t->kind >= NATIVE_HTTP_POST && !t->without_body && t->options->source;
}

static struct native_http_credentials proxys_credentials(const struct native_http_transfer *t)
{
    struct native_http_credentials credentials;
    memset(&credentials, 0, sizeof(credentials));
    credentials.user = t->route.proxy_user;
    credentials.password = t->route.proxy_password;
    credentials.ways = t->options->proxy_auth;
    credentials.ask = t->options->proxy_auth_ask;
    credentials.colon = t->options->user_colon;
    return credentials;
}

struct native_http_credentials native_http_credentials_of(struct native_http_transfer *t,
                                                          bool proxys)
{
    const struct native_http_options *options = t->options;
    struct native_http_credentials credentials;
    struct native_http_whom whom;
    if (proxys)
        return proxys_credentials(t);
    memset(&credentials, 0, sizeof(credentials));
    whom.host = t->url.host;
    whom.url_user = of_url(&t->url_user);
    whom.url_password = of_url(&t->url_password);
    whom.away = t->other_origin && !options->credentials_anywhere;
    credentials.ways = options->auth;
    credentials.ask = options->auth_ask;
    credentials.colon = options->user_colon;
    credentials.has_body = has_body(t);
    if (!whom.away) {
        credentials.user = options->user.at ? options->user : whom.url_user;
        credentials.password = options->user.at ? options->password : whom.url_password;
        credentials.bearer = options->bearer;
    }
    if (t->handlers->credentials)
        t->handlers->credentials(t->ctx, t, &whom, &credentials);
    return credentials;
}

/* Look at the challenges of a 401 or 407. Returns whether to try again. */
static bool try_login(struct native_http_transfer *t, bool proxys)
{
    struct native_http_login *login = proxys ? &t->proxy_login : &t->login;
    struct native_http_credentials credentials = native_http_credentials_of(t, proxys);
    struct native_http_span name =
        proxys ? NATIVE_HTTP_SPAN("proxy-authenticate") : NATIVE_HTTP_SPAN("www-authenticate");
    struct native_http_span origin =
        native_http_text_span(proxys ? &t->proxy_origin : &t->login_origin);
    struct native_http_span value;
    size_t after = 0;
    native_http_login_refused(login, &credentials, origin);
    while ((value = native_http_transfer_field(t, name, &after)).at)
        if (!native_http_login_challenge(login, value)) {
            native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
            return false;
        }
    if (proxys)
        t->info.proxy_offered |= login->seen;
    else
        t->info.offered |= login->seen;
    /* A field of the user's goes as it is: he knows what it answers. */
    return native_http_login_again(login, &credentials) &&
           (proxys || !native_http_user_field(t, NATIVE_HTTP_SPAN("Authorization"), &value));
}

static void login_passed(struct native_http_transfer *t, bool proxys)
{
    struct native_http_login *login = proxys ? &t->proxy_login : &t->login;
    struct native_http_credentials credentials = native_http_credentials_of(t, proxys);
    struct native_http_span name = proxys ? NATIVE_HTTP_SPAN("proxy-authentication-info")
                                          : NATIVE_HTTP_SPAN("authentication-info");
    struct native_http_span origin =
        native_http_text_span(proxys ? &t->proxy_origin : &t->login_origin);
    size_t after = 0;
    native_http_login_passed(login, &credentials, origin,
                             native_http_transfer_field(t, name, &after));
}

/* Returns whether the response asks for credentials, and there are some to try. */
static bool wants_login(struct native_http_transfer *t)
{
    if (t->receive.framing.connect_request) {
        if (t->info.connect_status == 407)
            return try_login(t, true);
        login_passed(t, true);
        return false;
    }
    if (t->info.status == 407 && t->route.has_proxy && !t->route.tunnel)
        return try_login(t, true);
    if (t->route.has_proxy && !t->route.tunnel && t->proxy_login.sent)
        login_passed(t, true);
    if (t->info.status == 401)
        return try_login(t, false);
    if (t->login.sent)
        login_passed(t, false);
    return false;
}

/* Whether a request without its body, which was to be asked for credentials, was good enough without them: it comes
 * again, with it. */
static bool was_not_asked(struct native_http_transfer *t)
{
    if (!t->send.asking || t->info.status >= 300)
        return false;
    t->asked = true;
    return true;
}

/* ---- redirects ---- */

static bool is_redirect(const struct native_http_options *options, int status)
{
    return options->follow_any || status == 301 || status == 302 || status == 303 ||
           status == 307 || status == 308;
}

/* Resolve `value` against the URL of this request into t->location. Returns NATIVE_HTTP_OK or why not. */
static enum native_http_status resolve(struct native_http_transfer *t,
                                       struct native_http_span value,
                                       struct native_http_fault *fault)
{
    struct native_http_url_options how = NATIVE_HTTP_URL_OPTIONS_INIT;
    struct native_http_url url;
    enum native_http_status status;
    how.flags |=
        NATIVE_HTTP_URL_SPACES | NATIVE_HTTP_URL_SPACE_AS_PLUS | t->options->location_flags;
    do {
        t->location.len = 0;
        status =
            native_http_url_resolve(&how, &t->url, value.at, value.len, &t->location, &url, fault);
    } while (status == NATIVE_HTTP_NO_SPACE && native_http_text_retry(&t->location, 0));
    if (status != NATIVE_HTTP_OK)
        t->location.len = 0;
    return status;
}

bool native_http_note_location(struct native_http_transfer *t, struct native_http_span value)
{
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
    enum native_http_status status;
    if (t->info.status < 300 || t->info.status > 399 || value.len == 0 || t->receive.located)
        return true;
    t->receive.located = true;
    status = resolve(t, value, &fault);
    if (status == NATIVE_HTTP_NO_SPACE) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
        return false;
    }
    /* The decision falls here, not at the end of the head: what the owner changes later counts for the next one. */
    t->receive.follow = t->options->follow && is_redirect(t->options, t->info.status);
    if (status == NATIVE_HTTP_OK || !t->receive.follow)
        return true;
    native_http_error_fault(&t->error, NATIVE_HTTP_ERROR_URL, fault.reason,
                            "the redirect's target");
    return false;
}

/* Whether there were as many redirects, or what counts as one, as may be: then with the error. */
static bool is_one_too_many(struct native_http_transfer *t)
{
    int max = t->options->max_redirects;
    int so_far = t->info.redirects + (t->options->count_repeats ? t->info.repeats : 0);
    if (max < 0 || so_far < max)
        return false;
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_REDIRECTS, "more than %d redirects", max);
    return true;
}

bool native_http_wants_another(struct native_http_transfer *t)
{
    bool counts = t->options->count_repeats && !t->receive.framing.connect_request;
    t->again = NATIVE_HTTP_AGAIN_NOT;
    if (wants_login(t) || was_not_asked(t))
        t->again = NATIVE_HTTP_AGAIN_LOGIN;
    else if (t->info.status == 417 && t->send.expect == NATIVE_HTTP_EXPECT_WAIT)
        t->again = NATIVE_HTTP_AGAIN_EXPECT;
    else if (t->receive.follow) {
        t->again = NATIVE_HTTP_AGAIN_REDIRECT;
        counts = true;
    }
    if (t->error.kind != NATIVE_HTTP_ERROR_NONE || t->again == NATIVE_HTTP_AGAIN_NOT ||
        (counts && is_one_too_many(t)))
        t->again = NATIVE_HTTP_AGAIN_NOT;
    return t->again != NATIVE_HTTP_AGAIN_NOT;
}

/* Whether a redirect with this status turns POST into GET (RFC 9110 15.4, and what everybody does). */
static bool becomes_get(const struct native_http_transfer *t)
{
    unsigned keep = t->options->keep_post;
    switch (t->info.status) {
    case 301:
        return t->kind == NATIVE_HTTP_POST && !(keep & NATIVE_HTTP_KEEP_POST_301);
    case 302:
        return t->kind == NATIVE_HTTP_POST && !(keep & NATIVE_HTTP_KEEP_POST_302);
    case 303:
        return t->kind != NATIVE_HTTP_HEAD && t->kind != NATIVE_HTTP_GET &&
               !(t->kind == NATIVE_HTTP_POST && (keep & NATIVE_HTTP_KEEP_POST_303));
    default:
        return false;
    }
}

static bool note_referer(struct native_http_transfer *t)
{
    struct native_http_buffer *referer = &t->referer;
    if (!t->options->auto_referer)
        return true;
    do {
        referer->len = 0;
        native_http_url_put_absolute(&t->url, referer);
    } while (!native_http_buffer_fits(referer) && native_http_text_retry(referer, 0));
    if (native_http_buffer_fits(referer))
        return true;
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
    return false;
}

static bool redirect(struct native_http_transfer *t)
{
    if (becomes_get(t))
        t->without_body = true;
    t->info.times.redirect = native_http_now_us(t);
    t->info.redirects++;
    t->redirected = true;
    native_http_trace(t, "Following the redirect to %.*s", (int)t->location.len, t->location.at);
    return note_referer(t);
}

static void repeat(struct native_http_transfer *t)
{
    t->info.repeats++;
    t->info.times.redirect = native_http_now_us(t);
}

/* ---- END ---- */

enum native_http_go native_http_step_end(struct native_http_transfer *t, int64_t now_ms)
{
    enum native_http_again again = t->again;
    native_http_release(t, now_ms);
    t->again = NATIVE_HTTP_AGAIN_NOT;
    switch (again) {
    case NATIVE_HTTP_AGAIN_NOT:
        t->step = NATIVE_HTTP_STEP_DONE;
        return NATIVE_HTTP_GO;
    case NATIVE_HTTP_AGAIN_REDIRECT:
        if (!redirect(t))
            return NATIVE_HTTP_FAILED;
        break;
    case NATIVE_HTTP_AGAIN_EXPECT:
        t->expect_refused = true;
        repeat(t);
        break;
    case NATIVE_HTTP_AGAIN_LOGIN:
        repeat(t);
        break;
    }
    t->step = NATIVE_HTTP_STEP_BEGIN;
    return NATIVE_HTTP_GO;
}

/* ---- a second try ---- */

static bool is_idempotent(const struct native_http_transfer *t)
{
    static const char *const names[] = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (native_http_span_is(t->method, (struct native_http_span){names[i], strlen(names[i])}))
            return true;
    return false;
}

bool native_http_may_retry(const struct native_http_transfer *t)
{
    /* The peer closed it before it can have seen the whole request, or at least before it has answered: sent once more
     * where that does no harm [RFC 9110 9.2.2]. A body that has begun must be readable again. */
    bool replayable = !t->send.source || !t->send.started || t->send.source->rewind;
    bool complete = native_http_send_is_over(t) && !t->send.broken;
    bool answered = t->options->retry_any ? t->receive.heard : t->receive.any;
    return t->info.reused && !t->retried && !answered && t->step == NATIVE_HTTP_STEP_EXCHANGE &&
           replayable && (is_idempotent(t) || !complete || t->options->retry_any) &&
           (t->error.kind == NATIVE_HTTP_ERROR_EMPTY || t->error.kind == NATIVE_HTTP_ERROR_CUT ||
            t->error.kind == NATIVE_HTTP_ERROR_RECEIVE || t->error.kind == NATIVE_HTTP_ERROR_SEND);
}

void native_http_retry(struct native_http_transfer *t, int64_t now_ms)
{
    native_http_trace(t, "The kept connection is dead, trying a new one");
    native_http_error_clear(&t->error);
    t->retried = true;
    t->info.retries++;
    t->info.taken_over -= t->connection->owner != t->options->owner;
    t->connection->reusable = false;
    native_http_release(t, now_ms);
    t->step = NATIVE_HTTP_STEP_BEGIN;
}
