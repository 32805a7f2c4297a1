/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_auth.c - challenges with one scheme and several in a field, Basic and Bearer. */
#include "http/wire/auth.h"
#include "http/wire/field.h"
#include "support/http_writer.h"

/* What a field says, as text: "scheme(name=value,name='quoted')" or "scheme token68", and "!" with
 * the offset for a fault. */
static const struct {
    const char *value, *says;
} fields[] = {
    {"", ""},
    {" , ,\t", ""},
    {"Basic", "Basic()"},
    {"Negotiate", "Negotiate()"},
    {"Negotiate YII=", "Negotiate YII="},
    {"NTLM TlRMTVNTUAAB==", "NTLM TlRMTVNTUAAB=="},
    {"Basic realm=\"simple\"", "Basic(realm='simple')"},
    {"basic REALM=token", "basic(REALM=token)"},
    {"Basic realm=\"a, b\"", "Basic(realm='a, b')"},
    {"Basic realm=\"a \\\"quoted\\\" \\\\ b\"", "Basic(realm='a \\\"quoted\\\" \\\\ b')"},
    {"Basic realm=\"\"", "Basic(realm='')"},
    {"Basic realm = \"a\" , charset\t=\tUTF-8", "Basic(realm='a',charset=UTF-8)"},
    {"Basic realm=", "Basic realm="},
    {"Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\"",
     "Newauth(realm='apps',type=1,title='Login to \\\"apps\\\"') Basic(realm='simple')"},
    {"Digest realm=\"r\",nonce=\"n\",qop=\"auth,auth-int\",Basic realm=\"b\"",
     "Digest(realm='r',nonce='n',qop='auth,auth-int') Basic(realm='b')"},
    {"Negotiate, Basic realm=a", "Negotiate() Basic(realm=a)"},
    {"Negotiate ,NTLM,, Digest nonce=abc/d+e==, opaque=x",
     "Negotiate() NTLM() Digest(nonce=abc/d+e==,opaque=x)"},
    {"Negotiate abc=, Basic realm=a, NTLM", "Negotiate abc= Basic(realm=a) NTLM()"},
    {"Digest nonce=a/b==", "Digest(nonce=a/b==)"},
    {", Basic ,realm=x", "Basic(realm=x)"},
    {"Custom a=1,,b=2,", "Custom(a=1,b=2)"},
    {"=", "!0"},
    {"\"x\"", "!0"},
    {"Basic=x", "!5"},
    {"Basic a b", "!6"},
    {"Basic realm=\"open", "!12"},
    {"Basic realm=\"a\" x=\"b\"", "!16"},
    {"Basic realm=\"a\"b", "!15"},
    {"Basic realm=a\"b", "!13"},
    {"Basic realm=a, =b", "Basic(realm=a) !15"},
    {"NTLM, @", "NTLM() !6"},
};

static const char *say(struct native_http_span value)
{
    static char text[400];
    struct native_http_challenges challenges = {value, 0};
    struct native_http_challenge challenge;
    struct native_http_fault fault;
    enum native_http_status status;
    char *to = text;

    *to = 0;
    while ((status = native_http_challenge_next(&challenges, &challenge, &fault)) ==
           NATIVE_HTTP_OK) {
        struct native_http_span params = challenge.params;
        struct native_http_auth_param param;
        const char *comma = "";

        to += sprintf(to, "%s%.*s", to > text ? " " : "", (int)challenge.scheme.len,
                      challenge.scheme.at);
        if (challenge.token68.at) {
            to += sprintf(to, " %.*s", (int)challenge.token68.len, challenge.token68.at);
            continue;
        }
        to += sprintf(to, "(");
        for (; native_http_auth_param_next(&params, &param); comma = ",") {
            const char *mark = param.quoted ? "'" : "";

            to += sprintf(to, "%s%.*s=%s%.*s%s", comma, (int)param.name.len, param.name.at, mark,
                          (int)param.value.len, param.value.at, mark);
        }
        to += sprintf(to, ")");
    }
    if (status == NATIVE_HTTP_MALFORMED) {
        sprintf(to, "%s!%zu", to > text ? " " : "", fault.offset);
        check(native_http_challenge_next(&challenges, &challenge, &fault) == NATIVE_HTTP_END,
              "something after a fault");
    }
    return text;
}

static void test_fields(void)
{
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        const char *said = say(guarded_text(0, fields[i].value));

        check(strcmp(said, fields[i].says) == 0, "%s says %s, not %s", fields[i].value, said,
              fields[i].says);
    }
    end_test("the challenges of a field");
}

/* A field that is cut anywhere gives a beginning of what it said, or a fault: never more, never a
 * crash. */
static void test_cut(void)
{
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        for (size_t len = 0; len < strlen(fields[i].value); len++) {
            check(strlen(say(guarded(0, fields[i].value, len))) <= strlen(fields[i].value) + 8,
                  "%s cut at %zu", fields[i].value, len);
        }
    }
    end_test("fields cut at every byte");
}

static void test_find(void)
{
    struct native_http_challenges challenges = {
        NATIVE_HTTP_SPAN("Basic Realm=\"a \\\"b\\\"\", x=1, realm=second"), 0};
    struct native_http_challenge challenge;
    struct native_http_auth_param param;
    struct native_http_fault fault;

    check(native_http_challenge_next(&challenges, &challenge, &fault) == NATIVE_HTTP_OK, "refused");
    check(native_http_auth_param_find(&challenge, NATIVE_HTTP_SPAN("realm"), &param), "not found");
    WRITES_TEXT("a \"b\"", native_http_quoted_put(param.value, out));
    check(!native_http_auth_param_find(&challenge, NATIVE_HTTP_SPAN("rea"), &param), "found");
    end_test("a parameter by its name");
}

/* Lists that no challenge was read from: what is none ends them, and nothing behind is read. */
static void test_unchecked(void)
{
    static const struct {
        const char *params;
        unsigned count;
    } lists[] = {{"", 0},     {",", 0},       {"a", 0},      {"a ", 0},          {"=", 0},
                 {"=b", 0},   {"a=b", 1},     {"a=b c", 0},  {"a=b,=", 1},       {"a=b, c", 1},
                 {"a=\"", 0}, {"a=\"b\\", 0}, {"a=b\"", 0},  {"a=\"b\"c=d", 0},  {"\"a\"=b", 0},
                 {"a=", 1},   {"a=,b=", 2},   {"a==b,c", 1}, {"n=\"1\", r=2", 2}};

    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        struct native_http_span params = guarded_text(0, lists[i].params);
        struct native_http_auth_param param;
        unsigned count = 0;

        while (count < 9 && native_http_auth_param_next(&params, &param)) {
            count++;
        }
        check(count == lists[i].count, "%s: %u", lists[i].params, count);
    }
    end_test("parameters without a challenge");
}

static void test_put(void)
{
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
    struct native_http_buffer into = room_of(100);

    WRITES_TEXT("a\\\"b\\\\c", native_http_quote(out, NATIVE_HTTP_SPAN("a\"b\\c")));
    /* RFC 7617, 2 and 2.1 */
    WRITES_TEXT(
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        native_http_basic_put(out, NATIVE_HTTP_SPAN("Aladdin"), NATIVE_HTTP_SPAN("open sesame")));
    WRITES_TEXT("Basic dGVzdDoxMjPCow==", native_http_basic_put(out, NATIVE_HTTP_SPAN("test"),
                                                                NATIVE_HTTP_SPAN("123\xc2\xa3")));
    WRITES_TEXT("Basic Og==",
                native_http_basic_put(out, NATIVE_HTTP_SPAN(""), NATIVE_HTTP_SPAN("")));
    WRITES_TEXT("Bearer mF_9.B5f-4.1JqM",
                check(native_http_bearer_put(out, NATIVE_HTTP_SPAN("mF_9.B5f-4.1JqM"), &fault) ==
                          NATIVE_HTTP_OK,
                      "refused"));
    check(native_http_bearer_put(&into, NATIVE_HTTP_SPAN("a\r\nX: y"), &fault) ==
                  NATIVE_HTTP_MALFORMED &&
              fault.offset == 1 && into.len == 0,
          "a token of two lines");
    end_test("credentials");
}

int main(void)
{
    test_fields();
    test_cut();
    test_find();
    test_unchecked();
    test_put();
    return done();
}
