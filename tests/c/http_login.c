/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_login.c - conversations with a server that wants to know who asks: which way is sent when, what is tried again, and
 * when it gives up. What Digest answers is computed a second time here. */
#include "../../http/login.h"
#include "harness.h"
#include "support/http_hash.h"
#include "support/no_memory.h"

/* ---- what Digest should answer ---- */

static struct native_http_span span_of(const char *text)
{
    return (struct native_http_span){text, text ? strlen(text) : 0};
}

/* Hash "a:b:c" into lower-case hexadecimal digits. */
static void hex_of(const struct native_http_hash *hash, const char *text, char *hex)
{
    uint8_t result[32];

    hash->begin(hash->context);
    hash->add(hash->context, text, strlen(text));
    hash->end(hash->context, result);
    for (size_t i = 0; i < hash->size; i++) {
        sprintf(hex + 2 * i, "%02x", result[i]);
    }
}

static bool param(const struct native_http_challenge *answer, const char *name, char *value)
{
    struct native_http_auth_param found;

    *value = '\0';
    if (!native_http_auth_param_find(answer, span_of(name), &found) || found.value.len > 99) {
        return false;
    }
    memcpy(value, found.value.at, found.value.len);
    value[found.value.len] = '\0';
    return true;
}

static char last_cnonce[100];

/* Check a "Digest ..." of user "u" and password "p" and say in short what it is: "Digest n1 1". */
static void digest_in_short(const char *value, const char *method, const char *uri, char *out)
{
    struct native_http_challenges all = {span_of(value), 0};
    struct native_http_challenge answer;
    struct native_http_fault fault;
    struct native_http_hash hashes[2];
    struct http_hash hash = {.fail_at = 0};
    char realm[100], nonce[100], nc[100], cnonce[100], response[100], algorithm[100], text[600];
    char a1[80], a2[80], want[80], field[100];
    const struct native_http_hash *use;

    check(native_http_challenge_next(&all, &answer, &fault) == NATIVE_HTTP_OK, "no answer: %s",
          value);
    http_hashes_init(&hash, hashes);
    param(&answer, "realm", realm);
    param(&answer, "nonce", nonce);
    param(&answer, "cnonce", cnonce);
    param(&answer, "response", response);
    param(&answer, "algorithm", algorithm);
    use = &hashes[strncmp(algorithm, "SHA-256", 7) == 0];
    check(param(&answer, "uri", field) && !strcmp(field, uri), "uri %s", field);
    check(param(&answer, "username", field) && !strcmp(field, "u"), "user %s", field);
    snprintf(text, sizeof(text), "u:%s:p", realm);
    hex_of(use, text, a1);
    if (strstr(algorithm, "-sess")) {
        snprintf(text, sizeof(text), "%s:%s:%s", a1, nonce, cnonce);
        hex_of(use, text, a1);
    }
    snprintf(text, sizeof(text), "%s:%s", method, uri);
    hex_of(use, text, a2);
    if (param(&answer, "nc", nc)) {
        check(strlen(cnonce) == 32, "cnonce %s", cnonce);
        snprintf(text, sizeof(text), "%s:%s:%s:%s:auth:%s", a1, nonce, nc, cnonce, a2);
    } else {
        snprintf(text, sizeof(text), "%s:%s:%s", a1, nonce, a2);
    }
    hex_of(use, text, want);
    check(!strcmp(want, response), "response %s, not %s", response, want);
    strcpy(last_cnonce, cnonce);
    sprintf(out, "Digest %s %s%lu", nonce, algorithm[0] == 'S' ? "SHA " : "",
            strtoul(nc, NULL, 16));
}

/* ---- conversations ---- */

enum {
    BASIC = NATIVE_HTTP_AUTH_BASIC,
    DIGEST = NATIVE_HTTP_AUTH_DIGEST,
    BEARER = NATIVE_HTTP_AUTH_BEARER,
    ANY = BASIC | DIGEST | BEARER
};

enum act {
    STORY, /* a new one: text, ways; want: "u", "b" or "ub": which credentials there are; "a": ask; "B": a body */
    NO_STORE, /* the same, and nonces are not kept */
    BEGIN,    /* a new transfer */
    ORIGIN,   /* at another origin */
    REQUEST,  /* text: the target; want: the plan and what is sent */
    REFUSED,  /* text: the fields, "\n" between them; want: "again" or "over" */
    PASSED    /* text: Authentication-Info or NULL */
};

struct step {
    enum act act;
    unsigned ways;
    const char *text, *want;
};

#define D(nonce) "Digest realm=\"r\", nonce=\"" nonce "\", qop=\"auth\""

static const struct step steps[] = {
    {STORY, BASIC, "Basic alone is sent at once", "u"},
    {REQUEST, 0, "/", "send Basic dTpw"},
    {PASSED, 0, NULL, NULL},
    {REQUEST, 0, "/b", "send Basic dTpw"},
    {STORY, BASIC, "... unless it shall be asked for", "ua"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, "NTLM, Basic realm=x", "again"},
    {REQUEST, 0, "/", "send Basic dTpw"},
    {REFUSED, 0, "Basic realm=x", "over"},
    {STORY, BASIC, "... and refused it is over", "u"},
    {REQUEST, 0, "/", "send Basic dTpw"},
    {REFUSED, 0, "Basic realm=x", "over"},
    {STORY, BEARER, "Bearer alone is sent at once", "b"},
    {REQUEST, 0, "/", "send Bearer tok"},
    {REFUSED, 0, "Bearer error=\"invalid_token\"", "over"},
    {STORY, ANY, "a token without a user: Bearer is the only way", "b"},
    {REQUEST, 0, "/", "send Bearer tok"},
    {STORY, ANY, "no credentials", ""},
    {REQUEST, 0, "/", "none "},
    {REFUSED, 0, "Basic realm=x, " D("n1"), "over"},
    {STORY, 0, "no way allowed", "ub"},
    {REQUEST, 0, "/", "none "},
    {REFUSED, 0, "Basic realm=x", "over"},
    {STORY, DIGEST, "Digest alone asks first", "u"},
    {REQUEST, 0, "/a?b", "ask "},
    {REFUSED, 0, D("n1"), "again"},
    {REQUEST, 0, "/a?b", "send Digest n1 1"},
    {PASSED, 0, NULL, NULL},
    {STORY, BASIC | DIGEST, "of both Digest is taken", "u"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, "Basic realm=\"x\"\n" D("n1"), "again"},
    {REQUEST, 0, "/", "send Digest n1 1"},
    {STORY, ANY, "of all three Bearer, when it is offered", "ub"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, D("n1") ", Bearer, Basic realm=x", "again"},
    {REQUEST, 0, "/", "send Bearer tok"},
    {REFUSED, 0, D("n1") ", Bearer, Basic realm=x", "over"},
    {STORY, ANY, "... else Digest", "ub"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, "Basic realm=x, " D("n1"), "again"},
    {REQUEST, 0, "/", "send Digest n1 1"},
    {STORY, ANY, "... else Basic, which then stays", "ub"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, "Negotiate, Basic realm=x", "again"},
    {REQUEST, 0, "/", "send Basic dTpw"},
    {PASSED, 0, NULL, NULL},
    {REQUEST, 0, "/next", "send Basic dTpw"},
    {BEGIN, 0, NULL, NULL},
    {REQUEST, 0, "/", "ask "},
    {STORY, ANY, "ways that are not spoken here", "ub"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, "Negotiate\nNTLM\nDigest realm=r, nonce=n, algorithm=SHA-512-256", "over"},
    {STORY, DIGEST, "a refused Digest is over", "u"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, D("n1"), "again"},
    {REQUEST, 0, "/", "send Digest n1 1"},
    {REFUSED, 0, D("n2"), "over"},
    {STORY, DIGEST, "a stale nonce is renewed", "u"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, D("n1"), "again"},
    {REQUEST, 0, "/", "send Digest n1 1"},
    {REFUSED, 0, D("n2") ", stale=true", "again"},
    {REQUEST, 0, "/", "send Digest n2 1"},
    {PASSED, 0, NULL, NULL},
    {REQUEST, 0, "/", "send Digest n2 2"},
    {STORY, DIGEST, "... but not for ever", "u"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, D("n1"), "again"},
    {REQUEST, 0, "/", "send Digest n1 1"},
    {REFUSED, 0, D("n2") ", stale=TRUE", "again"},
    {REQUEST, 0, "/", "send Digest n2 1"},
    {REFUSED, 0, D("n3") ", stale=\"true\"", "again"},
    {REQUEST, 0, "/", "send Digest n3 1"},
    {REFUSED, 0, D("n4") ", stale=true", "again"},
    {REQUEST, 0, "/", "send Digest n4 1"},
    {REFUSED, 0, D("n5") ", stale=true", "over"},
    {STORY, BASIC | DIGEST, "never from Digest back to Basic", "u"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, "Basic realm=x, " D("n1"), "again"},
    {REQUEST, 0, "/", "send Digest n1 1"},
    {REFUSED, 0, "Basic realm=x", "over"},
    {STORY, BASIC | DIGEST, "... also where the nonce was an old one", "u"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, D("n1"), "again"},
    {REQUEST, 0, "/", "send Digest n1 1"},
    {PASSED, 0, NULL, NULL},
    {BEGIN, 0, NULL, NULL},
    {REQUEST, 0, "/", "send Digest n1 2"},
    {REFUSED, 0, "Basic realm=x", "over"},
    {STORY, DIGEST, "the next transfer sends Digest at once", "u"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, D("n1"), "again"},
    {REQUEST, 0, "/", "send Digest n1 1"},
    {PASSED, 0, NULL, NULL},
    {BEGIN, 0, NULL, NULL},
    {REQUEST, 0, "/2", "send Digest n1 2"},
    {PASSED, 0, NULL, NULL},
    {ORIGIN, 0, NULL, NULL},
    {REQUEST, 0, "/2", "ask "},
    {STORY, BASIC | DIGEST, "... also where Basic was allowed", "u"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, "Basic realm=x, " D("n1"), "again"},
    {REQUEST, 0, "/", "send Digest n1 1"},
    {PASSED, 0, NULL, NULL},
    {BEGIN, 0, NULL, NULL},
    {REQUEST, 0, "/2", "send Digest n1 2"},
    {STORY, DIGEST, "a server that has forgotten its nonce is asked again, once", "u"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, D("n1"), "again"},
    {REQUEST, 0, "/", "send Digest n1 1"},
    {PASSED, 0, NULL, NULL},
    {BEGIN, 0, NULL, NULL},
    {REQUEST, 0, "/", "send Digest n1 2"},
    {REFUSED, 0, D("n2"), "again"},
    {REQUEST, 0, "/", "send Digest n2 1"},
    {REFUSED, 0, D("n3"), "over"},
    {BEGIN, 0, NULL, NULL},
    {REQUEST, 0, "/", "ask "},
    {NO_STORE, DIGEST, "without a store the nonce lasts for the transfer", "u"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, D("n1"), "again"},
    {REQUEST, 0, "/", "send Digest n1 1"},
    {PASSED, 0, NULL, NULL},
    {REQUEST, 0, "/redirected", "send Digest n1 2"},
    {REFUSED, 0, D("n2"), "again"},
    {REQUEST, 0, "/redirected", "send Digest n2 1"},
    {BEGIN, 0, NULL, NULL},
    {REQUEST, 0, "/", "ask "},
    {STORY, DIGEST, "the server names the next nonce", "u"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, D("n1"), "again"},
    {REQUEST, 0, "/", "send Digest n1 1"},
    {PASSED, 0, "qop=auth, nextnonce=\"n2\", rspauth=\"0\"", NULL},
    {REQUEST, 0, "/", "send Digest n2 1"},
    {PASSED, 0, "nextnonce=", NULL},
    {BEGIN, 0, NULL, NULL},
    {REQUEST, 0, "/", "send Digest n2 2"},
    {PASSED, 0, "\"\",,=;", NULL},
    {REQUEST, 0, "/", "send Digest n2 3"},
    {STORY, DIGEST, "SHA-256 and MD5: the first one", "u"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, D("n1") ", algorithm=SHA-512-256\n" D("n2") ", algorithm=SHA-256\n" D("n3"),
     "again"},
    {REQUEST, 0, "/", "send Digest n2 SHA 1"},
    {STORY, DIGEST, "sessions keep their first client nonce", "u"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, D("n1") ", algorithm=MD5-sess", "again"},
    {REQUEST, 0, "/", "send Digest n1 1"},
    {PASSED, 0, "nextnonce=\"n2\"", NULL},
    {REQUEST, 0, "/x", "send Digest n1 2"},
    {STORY, DIGEST, "auth-int hashes the body: not with one", "uB"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, "Digest realm=\"r\", nonce=\"n1\", qop=\"auth-int\"", "over"},
    {STORY, DIGEST, "without qop, as in old times", "u"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, "Digest realm=\"old\", nonce=\"n1\"", "again"},
    {REQUEST, 0, "/", "send Digest n1 0"},
    {STORY, ANY, "malformed challenges", "u"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, "Digest realm=\"unfinished", "over"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, "", "over"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, "Digest realm=\"no nonce\"", "over"},
    {REQUEST, 0, "/", "ask "},
    {REFUSED, 0, "@, Basic realm=y\nBasic realm=x", "again"},
    {REQUEST, 0, "/", "send Basic dTpw"},
};

struct talk {
    struct native_http_nonces *nonces;
    struct native_http_login login;
    struct native_http_credentials credentials;
    struct native_http_span origin;
};

static void talk_begin(struct talk *talk, const struct step *step)
{
    *talk = (struct talk){.origin = NATIVE_HTTP_SPAN("https://h.test:443")};
    talk->nonces = step->act == STORY ? native_http_nonces_new() : NULL;
    native_http_login_init(&talk->login, talk->nonces);
    talk->credentials.ways = step->ways;
    if (strchr(step->want, 'u')) {
        talk->credentials.user = NATIVE_HTTP_SPAN("u");
        talk->credentials.password = NATIVE_HTTP_SPAN("p");
    }
    talk->credentials.ask = strchr(step->want, 'a') != NULL;
    talk->credentials.has_body = strchr(step->want, 'B') != NULL;
    if (strchr(step->want, 'b')) {
        talk->credentials.bearer = NATIVE_HTTP_SPAN("tok");
    }
}

static void talk_end(struct talk *talk)
{
    native_http_login_end(&talk->login);
    native_http_nonces_free(talk->nonces);
}

/* Say in short what is planned and sent. */
static void request(struct talk *talk, const char *uri, char *out)
{
    static const char *const plans[] = {"none ", "ask ", "send "};
    char value[1000], small[20];
    struct native_http_buffer none = {small, sizeof(small), 0}, all = {value, 999, 0};
    struct native_http_fault fault;

    strcpy(out, plans[native_http_login_plan(&talk->login, &talk->credentials, talk->origin)]);
    /* a try that does not fit counts for nothing */
    native_http_login_put(&talk->login, &talk->credentials, talk->origin, NATIVE_HTTP_SPAN("GET"),
                          span_of(uri), &none, &fault);
    check(native_http_login_put(&talk->login, &talk->credentials, talk->origin,
                                NATIVE_HTTP_SPAN("GET"), span_of(uri), &all,
                                &fault) == NATIVE_HTTP_OK,
          "cannot be put");
    value[all.len] = '\0';
    if (!strncmp(value, "Digest ", 7)) {
        digest_in_short(value, "GET", uri, out + strlen(out));
    } else {
        strcat(out, value);
    }
}

static const char *refused(struct talk *talk, const char *fields)
{
    native_http_login_refused(&talk->login, &talk->credentials, talk->origin);
    while (*fields) {
        size_t len = strcspn(fields, "\n");
        struct guard guard = guard_new(len + 1);

        check(native_http_login_challenge(
                  &talk->login,
                  (struct native_http_span){(char *)guard_place(&guard, fields, len), len}),
              "no memory");
        munmap(guard.start, guard.room + (size_t)sysconf(_SC_PAGESIZE));
        fields += len + (fields[len] == '\n');
    }
    return native_http_login_again(&talk->login, &talk->credentials) ? "again" : "over";
}

static void conversations(void)
{
    struct talk talk = {0};
    const char *title = NULL;
    char got[300];

    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        const struct step *step = &steps[i];

        if (step->act == STORY || step->act == NO_STORE) {
            if (title) {
                talk_end(&talk);
                end_test("%s", title);
            }
            talk_begin(&talk, step);
            title = step->text;
        } else if (step->act == BEGIN || step->act == ORIGIN) {
            native_http_login_begin(&talk.login);
            if (step->act == ORIGIN) {
                talk.origin = NATIVE_HTTP_SPAN("https://h.test:444");
            }
        } else if (step->act == REQUEST) {
            request(&talk, step->text, got);
            check(!strcmp(got, step->want), "step %zu: %s, not %s", i, got, step->want);
        } else if (step->act == REFUSED) {
            const char *answer = refused(&talk, step->text);

            check(!strcmp(answer, step->want), "step %zu: %s", i, answer);
        } else {
            native_http_login_passed(&talk.login, &talk.credentials, talk.origin,
                                     span_of(step->text));
        }
    }
    talk_end(&talk);
    end_test("%s", title);
}

/* ---- the rest ---- */

static const struct step ask = {STORY, DIGEST, "", "u"};

static void cnonces(void)
{
    struct talk talk;
    char got[300], first[100];

    talk_begin(&talk, &ask);
    request(&talk, "/", got);
    refused(&talk, D("n1") ", algorithm=SHA-256-sess");
    request(&talk, "/", got);
    strcpy(first, last_cnonce);
    native_http_login_passed(&talk.login, &talk.credentials, talk.origin, span_of(NULL));
    request(&talk, "/", got);
    ok(!strcmp(first, last_cnonce), "one client nonce for one nonce");
    refused(&talk, D("n2"));
    request(&talk, "/", got);
    ok(strcmp(first, last_cnonce) != 0, "another one for another");
    talk_end(&talk);
}

/* Two transfers over one store never send the same count. */
static void shared(void)
{
    struct talk one, two;
    char got[300];

    talk_begin(&one, &ask);
    two = one;
    request(&one, "/", got);
    refused(&one, D("n1"));
    request(&one, "/", got);
    native_http_login_passed(&one.login, &one.credentials, one.origin, span_of(NULL));
    request(&two, "/", got);
    check(!strcmp(got, "send Digest n1 2"), "%s", got);
    request(&one, "/", got);
    check(!strcmp(got, "send Digest n1 3"), "%s", got);
    two.credentials.user = NATIVE_HTTP_SPAN("other");
    ok(native_http_login_plan(&two.login, &two.credentials, two.origin) == NATIVE_HTTP_LOGIN_ASK,
       "two transfers share a nonce and count together; another user has his own");
    native_http_login_end(&two.login);
    talk_end(&one);
}

static void many(void)
{
    struct talk talk;
    char got[300], origin[40];

    talk_begin(&talk, &ask);
    for (int i = 0; i < 100; i++) {
        sprintf(origin, "https://h%d.test:443", i);
        talk.origin = span_of(origin);
        native_http_login_begin(&talk.login);
        request(&talk, "/", got);
        refused(&talk, D("n1"));
        request(&talk, "/", got);
        native_http_login_passed(&talk.login, &talk.credentials, talk.origin, span_of(NULL));
    }
    native_http_login_begin(&talk.login);
    talk.origin = NATIVE_HTTP_SPAN("https://h36.test:443");
    request(&talk, "/", got);
    check(!strcmp(got, "send Digest n1 2"), "%s", got);
    talk.origin = NATIVE_HTTP_SPAN("https://h35.test:443");
    request(&talk, "/", got);
    ok(!strcmp(got, "ask "), "64 nonces are kept");
    talk_end(&talk);
}

static void faults(void)
{
    static char huge[20000];
    struct talk talk;
    struct native_http_buffer out = {NULL, 0, 0};
    struct native_http_fault fault;
    char got[300];

    talk_begin(&talk, &(struct step){STORY, BASIC, "", "u"});
    talk.credentials.user = NATIVE_HTTP_SPAN("a:b");
    ok(native_http_login_put(&talk.login, &talk.credentials, talk.origin, NATIVE_HTTP_SPAN("GET"),
                             NATIVE_HTTP_SPAN("/"), &out, &fault) == NATIVE_HTTP_MALFORMED &&
           fault.reason == NATIVE_HTTP_FAULT_USER_COLON && fault.offset == 1 && out.len == 0,
       "a user name with a colon is refused for Basic");
    talk_end(&talk);

    talk_begin(&talk, &(struct step){STORY, BEARER, "", "b"});
    talk.credentials.bearer = NATIVE_HTTP_SPAN("a\r\nX: y");
    ok(native_http_login_put(&talk.login, &talk.credentials, talk.origin, NATIVE_HTTP_SPAN("GET"),
                             NATIVE_HTTP_SPAN("/"), &out, &fault) == NATIVE_HTTP_MALFORMED &&
           out.len == 0 && talk.login.sent == 0,
       "a token with a line end is refused");
    talk_end(&talk);

    talk_begin(&talk, &ask);
    request(&talk, "/", got);
    refused(&talk, D("n1"));
    talk.credentials.user = NATIVE_HTTP_SPAN("a\nb");
    ok(native_http_login_put(&talk.login, &talk.credentials, talk.origin, NATIVE_HTTP_SPAN("GET"),
                             NATIVE_HTTP_SPAN("/"), &out, &fault) == NATIVE_HTTP_MALFORMED &&
           fault.reason == NATIVE_HTTP_FAULT_CONTROL_BYTE && out.len == 0,
       "a user name with a line end is refused for Digest");
    talk.credentials.user = NATIVE_HTTP_SPAN("u");
    memset(huge, 'n', sizeof(huge) - 1);
    memcpy(huge, "Digest realm=x, nonce=", 22);
    ok(!strcmp(refused(&talk, huge), "over") && talk.login.offered_other,
       "a nonce of 20,000 bytes is not kept");
    talk_end(&talk);
    native_http_nonces_free(NULL);
}

static void memory(void)
{
    int n = 1;
    bool last = false;

    for (; !last && n < 100; n++) {
        struct talk talk;
        struct native_http_buffer out = {(char[600]){0}, 600, 0};
        struct native_http_fault fault;
        bool good;

        talk_begin(&talk, &ask);
        failures = 0;
        countdown = n;
        native_http_login_refused(&talk.login, &talk.credentials, talk.origin);
        good = native_http_login_challenge(&talk.login, NATIVE_HTTP_SPAN(D("n1"))) &&
               native_http_login_again(&talk.login, &talk.credentials) &&
               native_http_login_put(&talk.login, &talk.credentials, talk.origin,
                                     NATIVE_HTTP_SPAN("GET"), NATIVE_HTTP_SPAN("/"), &out,
                                     &fault) == NATIVE_HTTP_OK;
        /* that the nonce is not kept then is no fault */
        native_http_login_passed(&talk.login, &talk.credentials, talk.origin,
                                 NATIVE_HTTP_SPAN("nextnonce=\"n2\""));
        countdown = 0;
        last = failures == 0;
        check(!last || good, "failed without need");
        check(good || failures, "allocation %d", n);
        talk_end(&talk);
    }
    if (!malloc_can_fail()) {
        printf("ok %d - memory # SKIP cannot be made to fail here\n", ++tap_tests);
    } else {
        check(n > 4, "%d allocations", n);
        end_test("each of %d allocations fails once", n - 2);
    }
}

int main(void)
{
    conversations();
    cnonces();
    shared();
    many();
    faults();
    memory();
    return done();
}
