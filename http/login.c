/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* login.c - which way to authenticate, and when to give up. */
#include "login.h"

#include <string.h>

#include "../net/hash.h"
#include "login_nonce.h"

/* A server that calls every nonce too old would keep us busy for ever. */
enum { RENEWALS_MAX = 3 };

/* ---- the hash functions of net/, as wire/digest.h wants them ---- */

struct hasher {
    struct native_net_hash hash;
    enum native_net_hash_kind kind;
};

static bool hash_begin(void *context)
{
    struct hasher *hasher = context;

    return native_net_hash_begin(&hasher->hash, hasher->kind);
}

static bool hash_add(void *context, const void *bytes, size_t len)
{
    return native_net_hash_add(&((struct hasher *)context)->hash, bytes, len);
}

static bool hash_end(void *context, uint8_t *result)
{
    return native_net_hash_end(&((struct hasher *)context)->hash, result);
}

static const enum native_net_hash_kind kinds[NATIVE_HTTP_DIGEST_ALGORITHMS] = {
    [NATIVE_HTTP_DIGEST_MD5] = NATIVE_NET_MD5,
    [NATIVE_HTTP_DIGEST_SHA256] = NATIVE_NET_SHA256,
};

static enum native_http_status digest_put(struct native_http_buffer *out,
                                          const struct native_http_digest *digest,
                                          const struct native_http_digest_request *request,
                                          struct native_http_fault *fault)
{
    struct hasher hashers[NATIVE_HTTP_DIGEST_ALGORITHMS];
    struct native_http_hash hashes[NATIVE_HTTP_DIGEST_ALGORITHMS];
    enum native_http_status status;

    for (size_t i = 0; i < NATIVE_HTTP_DIGEST_ALGORITHMS; i++) {
        hashers[i] = (struct hasher){{kinds[i], NULL}, kinds[i]};
        hashes[i] = (struct native_http_hash){native_net_hash_size(kinds[i]), hash_begin, hash_add,
                                              hash_end, &hashers[i]};
    }
    status = native_http_digest_put(out, digest, request, hashes, fault);
    for (size_t i = 0; i < NATIVE_HTTP_DIGEST_ALGORITHMS; i++) {
        native_net_hash_drop(&hashers[i].hash); /* one that has failed on its way */
    }
    return status;
}

/* ---- deciding ---- */

/* Returns the allowed ways for which there are credentials. */
static unsigned usable(const struct native_http_credentials *credentials)
{
    unsigned ways = 0;

    if (credentials->user.at) {
        ways |= NATIVE_HTTP_AUTH_BASIC | NATIVE_HTTP_AUTH_DIGEST;
    }
    if (credentials->bearer.at) {
        ways |= NATIVE_HTTP_AUTH_BEARER;
    }
    return ways & credentials->ways;
}

static unsigned best_of(unsigned ways)
{
    static const unsigned order[] = {NATIVE_HTTP_AUTH_BEARER, NATIVE_HTTP_AUTH_DIGEST,
                                     NATIVE_HTTP_AUTH_BASIC};

    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        if (ways & order[i]) {
            return order[i];
        }
    }
    return 0;
}

/* Returns the nonce that the next request may use, or NULL. */
static struct native_http_nonce *nonce_of(const struct native_http_login *login,
                                          const struct native_http_credentials *credentials,
                                          struct native_http_span origin)
{
    if (login->fresh) {
        return login->fresh;
    }
    return login->nonces ? native_http_nonces_find(login->nonces, origin, credentials->user) : NULL;
}

/* Returns the way that the next request goes; 0: without. */
static unsigned way_of(const struct native_http_login *login,
                       const struct native_http_credentials *credentials,
                       struct native_http_span origin)
{
    unsigned ways = usable(credentials);
    bool single =
        (ways == NATIVE_HTTP_AUTH_BASIC || ways == NATIVE_HTTP_AUTH_BEARER) && !credentials->ask;

    if (single) {
        return ways;
    }
    if (ways & NATIVE_HTTP_AUTH_DIGEST &&
        (login->picked == 0 || login->picked == NATIVE_HTTP_AUTH_DIGEST)) {
        return nonce_of(login, credentials, origin) ? NATIVE_HTTP_AUTH_DIGEST : 0;
    }
    return login->picked & ways;
}

void native_http_login_init(struct native_http_login *login, struct native_http_nonces *nonces)
{
    memset(login, 0, sizeof(*login));
    login->nonces = nonces;
}

void native_http_login_end(struct native_http_login *login)
{
    native_http_login_begin(login);
}

void native_http_login_begin(struct native_http_login *login)
{
    struct native_http_nonces *nonces = login->nonces;

    native_http_nonce_free(login->fresh);
    native_http_login_init(login, nonces);
}

enum native_http_login_plan
native_http_login_plan(struct native_http_login *login,
                       const struct native_http_credentials *credentials,
                       struct native_http_span origin)
{
    if (way_of(login, credentials, origin)) {
        return NATIVE_HTTP_LOGIN_SEND;
    }
    return usable(credentials) ? NATIVE_HTTP_LOGIN_ASK : NATIVE_HTTP_LOGIN_NONE;
}

/* ---- sending ---- */

static enum native_http_status
put_digest(struct native_http_nonce *nonce, const struct native_http_credentials *credentials,
           struct native_http_span method, struct native_http_span uri,
           struct native_http_buffer *out, struct native_http_fault *fault)
{
    struct native_http_digest_request request = {.method = method,
                                                 .uri = uri,
                                                 .user = credentials->user,
                                                 .password = credentials->password,
                                                 .nc = nonce->count + 1};
    enum native_http_status status;

    if (!native_http_nonce_ready(nonce)) {
        *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_RANDOM, 0};
        return NATIVE_HTTP_MALFORMED;
    }
    request.cnonce = (struct native_http_span){nonce->cnonce, sizeof(nonce->cnonce)};
    status = digest_put(out, &nonce->digest, &request, fault);
    if (status == NATIVE_HTTP_OK && native_http_buffer_fits(out)) {
        nonce->count++;
    }
    return status;
}

static enum native_http_status put_basic(const struct native_http_credentials *credentials,
                                         struct native_http_buffer *out,
                                         struct native_http_fault *fault)
{
    const struct native_http_span user = credentials->user;
    const char *colon = user.len > 0 ? memchr(user.at, ':', user.len) : NULL;

    if (colon &&
        !credentials
             ->colon) { /* the server would take what follows for the password (RFC 7617, 2) */
        *fault =
            (struct native_http_fault){NATIVE_HTTP_FAULT_USER_COLON, (size_t)(colon - user.at)};
        return NATIVE_HTTP_MALFORMED;
    }
    native_http_basic_put(out, user, credentials->password);
    return NATIVE_HTTP_OK;
}

enum native_http_status native_http_login_put(
    struct native_http_login *login, const struct native_http_credentials *credentials,
    struct native_http_span origin, struct native_http_span method, struct native_http_span uri,
    struct native_http_buffer *out, struct native_http_fault *fault)
{
    unsigned way = way_of(login, credentials, origin);
    enum native_http_status status = NATIVE_HTTP_OK;

    login->sent = 0;
    switch (way) {
    case NATIVE_HTTP_AUTH_BASIC:
        status = put_basic(credentials, out, fault);
        break;
    case NATIVE_HTTP_AUTH_BEARER:
        status = native_http_bearer_put(out, credentials->bearer, fault);
        break;
    case NATIVE_HTTP_AUTH_DIGEST:
        status =
            put_digest(nonce_of(login, credentials, origin), credentials, method, uri, out, fault);
        break;
    default:
        break;
    }
    if (status == NATIVE_HTTP_OK && native_http_buffer_fits(out)) {
        login->sent = way;
        login->used |= way;
        login->answered = login->challenged;
    }
    return status;
}

/* ---- refused ---- */

void native_http_login_refused(struct native_http_login *login,
                               const struct native_http_credentials *credentials,
                               struct native_http_span origin)
{
    if (login->sent == NATIVE_HTTP_AUTH_DIGEST && !login->fresh && login->nonces) {
        native_http_nonces_drop(login->nonces, origin, credentials->user);
    }
    native_http_nonce_free(login->fresh);
    login->fresh = NULL;
    login->offered = login->seen = 0;
    login->offered_other = false;
    login->has_body = credentials->has_body;
    login->stale = false;
}

/* Keep the first challenge that can be answered: the server names the best one first (RFC 7616, 3.7).
 * Returns false without memory. */
static bool take_digest(struct native_http_login *login,
                        const struct native_http_challenge *challenge)
{
    struct native_http_digest digest;
    struct native_http_fault fault;

    if (native_http_digest_read(challenge, &digest, &fault) != NATIVE_HTTP_OK ||
        native_net_hash_size(kinds[digest.algorithm]) == 0 ||
        native_http_nonce_is_too_long(&digest) || (digest.qop_int && login->has_body)) {
        login->offered_other = true;
        return true;
    }
    if (login->fresh) {
        return true;
    }
    login->fresh = native_http_nonce_new(&digest);
    login->offered |= login->fresh ? NATIVE_HTTP_AUTH_DIGEST : 0;
    login->stale = digest.stale;
    return login->fresh != NULL;
}

/* Returns 0 for a scheme that has no name here. */
static unsigned way_named(struct native_http_span scheme)
{
    static const struct {
        struct native_http_span scheme;
        unsigned way;
    } ways[] = {{{"Basic", 5}, NATIVE_HTTP_AUTH_BASIC},
                {{"Digest", 6}, NATIVE_HTTP_AUTH_DIGEST},
                {{"Bearer", 6}, NATIVE_HTTP_AUTH_BEARER},
                {{"Negotiate", 9}, NATIVE_HTTP_AUTH_NEGOTIATE},
                {{"NTLM", 4}, NATIVE_HTTP_AUTH_NTLM}};

    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        if (native_http_span_is_nocase(scheme, ways[i].scheme)) {
            return ways[i].way;
        }
    }
    return 0;
}

bool native_http_login_challenge(struct native_http_login *login, struct native_http_span value)
{
    struct native_http_challenges challenges = {value, 0};
    struct native_http_challenge challenge;
    struct native_http_fault fault;
    bool good = true;

    while (good && native_http_challenge_next(&challenges, &challenge, &fault) == NATIVE_HTTP_OK) {
        unsigned way = way_named(challenge.scheme);

        login->seen |= way;
        if (way == NATIVE_HTTP_AUTH_DIGEST) {
            good = take_digest(login, &challenge);
        } else if (way & (NATIVE_HTTP_AUTH_BASIC | NATIVE_HTTP_AUTH_BEARER)) {
            login->offered |= way;
        } else {
            login->offered_other = true;
        }
    }
    return good;
}

/* Returns whether Digest may be sent once more after it was refused. */
static bool renew(struct native_http_login *login)
{
    if (login->stale && login->renewals < RENEWALS_MAX) {
        login->renewals++;
        return true;
    }
    /* A nonce of an earlier request says nothing about the password: servers forget them. */
    return !login->answered;
}

bool native_http_login_again(struct native_http_login *login,
                             const struct native_http_credentials *credentials)
{
    unsigned best = best_of(usable(credentials) & login->offered);

    if (best == 0 || (login->sent != 0 && (login->sent != NATIVE_HTTP_AUTH_DIGEST ||
                                           best != login->sent || !renew(login)))) {
        return false;
    }
    login->picked = best;
    login->challenged = true;
    if (best != NATIVE_HTTP_AUTH_DIGEST) {
        native_http_nonce_free(login->fresh);
        login->fresh = NULL;
    }
    return true;
}

/* ---- passed ---- */

/* Returns the nonce of Authentication-Info (RFC 7616, 3.5); `at` NULL: none. */
static struct native_http_span next_nonce(struct native_http_span info)
{
    struct native_http_challenge params = {NATIVE_HTTP_SPAN("Digest"), {NULL, 0}, info};
    struct native_http_auth_param param;

    if (!info.at || !native_http_auth_param_find(&params, NATIVE_HTTP_SPAN("nextnonce"), &param) ||
        param.value.len == 0) {
        return (struct native_http_span){NULL, 0};
    }
    return param.value;
}

/* A server that names the next nonce does not want the old one again. In a session (-sess) A1 was made
 * with the first one, and servers differ in what they take: there it stays. Without memory, too. */
static struct native_http_nonce *renewed(struct native_http_nonce *nonce,
                                         struct native_http_span info)
{
    struct native_http_digest digest = nonce->digest;
    struct native_http_nonce *next = NULL;

    digest.nonce = next_nonce(info);
    if (digest.nonce.at && !digest.session && !native_http_nonce_is_too_long(&digest)) {
        next = native_http_nonce_new(&digest);
    }
    if (!next) {
        return nonce;
    }
    native_http_nonce_free(nonce);
    return next;
}

void native_http_login_passed(struct native_http_login *login,
                              const struct native_http_credentials *credentials,
                              struct native_http_span origin, struct native_http_span info)
{
    login->renewals = 0;
    login->challenged = false;
    if (login->sent != NATIVE_HTTP_AUTH_DIGEST) {
        return;
    }
    if (!login->fresh && login->nonces) {
        login->fresh = native_http_nonces_take(login->nonces, origin, credentials->user);
    }
    if (login->fresh) {
        login->fresh = renewed(login->fresh, info);
    }
    /* A later request may have a body, which auth-int would have to hash. */
    if (login->fresh && login->nonces && !login->fresh->digest.qop_int &&
        native_http_nonces_put(login->nonces, login->fresh, origin, credentials->user)) {
        login->fresh = NULL;
    }
}
