/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_digest.c - Digest: the examples of RFC 7616 and 2617, fields that curl 7.88 sent, what is
 * refused, and hash functions that fail. */
#include "http/wire/digest.h"
#include "support/http_hash.h"
#include "support/http_writer.h"

#define RFC7616                                                                                    \
    "realm=\"http-auth@example.org\", qop=\"auth, auth-int\", "                                    \
    "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "                                     \
    "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
#define RFC7616_FIELD                                                                              \
    "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", "                                \
    "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", uri=\"/dir/index.html\", "            \
    "cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", nc=00000001, qop=auth, "             \
    "response=\""
#define RFC7616_END "\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", algorithm="
#define RFC7616_CNONCE "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
#define RFC2617                                                                                    \
    "realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", "                 \
    "opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""
#define RFC2617_FIELD                                                                              \
    "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", "                                   \
    "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", "
#define RFC2617_END "\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""

static const struct {
    const char *what, *challenge;
    const char *method, *uri, *user, *password, *cnonce;
    uint32_t nc;
    const char *field;
} vectors[] = {
    {"RFC 7616 3.9.1, SHA-256", "Digest " RFC7616 ", algorithm=SHA-256", "GET", "/dir/index.html",
     "Mufasa", "Circle of Life", RFC7616_CNONCE, 1,
     RFC7616_FIELD "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1" RFC7616_END
                   "SHA-256"},
    {"RFC 7616 3.9.1, MD5", "Digest " RFC7616 ", algorithm=MD5", "GET", "/dir/index.html", "Mufasa",
     "Circle of Life", RFC7616_CNONCE, 1,
     RFC7616_FIELD "8ca523f5e9506fed4657c9700eebdbec" RFC7616_END "MD5"},
    {"RFC 2617 3.5", "Digest " RFC2617 ", qop=\"auth,auth-int\"", "GET", "/dir/index.html",
     "Mufasa", "Circle Of Life", "0a4f113b", 1,
     RFC2617_FIELD "cnonce=\"0a4f113b\", nc=00000001, qop=auth, "
                   "response=\"6629fae49393a05397450978507c4ef1" RFC2617_END},
    {"without qop (RFC 2069)", "Digest " RFC2617, "GET", "/dir/index.html", "Mufasa",
     "Circle Of Life", "unused", 1,
     RFC2617_FIELD "response=\"670fd8c2df070c60b045671b8b24ff02" RFC2617_END},
    {"curl: backslashes in realm and nonce, a quotation mark in the user, userhash",
     "Digest realm=\"a\\\"b, c\", nonce=\"n\\\\1\", qop=\"auth,auth-int\", algorithm=SHA-256, "
     "opaque=\"op\", userhash=true",
     "GET", "/d?a=b", "us\"er", "pass", "MTk4NWZiOWU5MzZhOTFhNjRjOTJhYjk1NTlmNDg3ZDQ=", 1,
     "Digest username=\"18da5941cafd8fb7469d636021462765b71aa654da23c8c3593265bada108fb0\", "
     "realm=\"a\\\"b, c\", nonce=\"n\\\\1\", uri=\"/d?a=b\", "
     "cnonce=\"MTk4NWZiOWU5MzZhOTFhNjRjOTJhYjk1NTlmNDg3ZDQ=\", nc=00000001, qop=auth, "
     "response=\"5da0d6b4606ef2a7c2cedd5a6b355e8c24da3a8d50fe8e2216cd25aa44e69de3\", "
     "opaque=\"op\", "
     "algorithm=SHA-256, userhash=true"},
    {"curl: no qop, a backslash in the user", "Digest realm=\"r\", nonce=\"abc\"", "GET", "/d?a=b",
     "u\\x", "p", "", 1,
     "Digest username=\"u\\\\x\", realm=\"r\", nonce=\"abc\", uri=\"/d?a=b\", "
     "response=\"e94f50b6f5b6a664242b3743140efd49\""},
    {"the same without quotation marks, the nonce at the end", "Digest realm=r, nonce=abc", "GET",
     "/d?a=b", "u\\x", "p", "", 1,
     "Digest username=\"u\\\\x\", realm=\"r\", nonce=\"abc\", uri=\"/d?a=b\", "
     "response=\"e94f50b6f5b6a664242b3743140efd49\""},
    {"curl: MD5-sess", "Digest realm=\"r\", nonce=\"abc\", algorithm=MD5-sess, qop=\"auth\"", "GET",
     "/d?a=b", "u", "p", "ZWFmMzU0ZTM3OWM5MmE0MWFmNGQ4NzZiMDE3YTNjYzY=", 1,
     "Digest username=\"u\", realm=\"r\", nonce=\"abc\", uri=\"/d?a=b\", "
     "cnonce=\"ZWFmMzU0ZTM3OWM5MmE0MWFmNGQ4NzZiMDE3YTNjYzY=\", nc=00000001, qop=auth, "
     "response=\"acf27de19fdf4e656481ec00d29f53de\", algorithm=MD5-sess"},
    {"auth-int alone, of a request without a body", "Digest realm=r, nonce=abc, qop=auth-int",
     "GET", "/d", "u", "p", "c", 1,
     "Digest username=\"u\", realm=\"r\", nonce=\"abc\", uri=\"/d\", cnonce=\"c\", nc=00000001, "
     "qop=auth-int, response=\"04695f7cce190470d9f36df0123c6928\""},
    {"SHA-256-sess, POST, a UTF-8 user, the tenth use of the nonce; words in other cases",
     "dIgEsT REALM=\"api@example.org\", NONCE=n, ALGORITHM=sha-256-SESS, QOP=auth, STALE=TRUE",
     "POST", "/doe.json", "J\xc3\xa4s\xc3\xb8n Doe", "Secret, or not?", "c", 10,
     "Digest username=\"J\xc3\xa4s\xc3\xb8n Doe\", realm=\"api@example.org\", nonce=\"n\", "
     "uri=\"/doe.json\", cnonce=\"c\", nc=0000000a, qop=auth, "
     "response=\"7d585ca27b65fe1ae78d9fe437f747b7e144c2757ac165e3fee1d92d19acfe8a\", "
     "algorithm=sha-256-SESS"},
};

static struct native_http_challenge challenge_of(const char *text)
{
    struct native_http_challenges challenges = {guarded_text(0, text), 0};
    struct native_http_challenge challenge = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    struct native_http_fault fault;

    check(native_http_challenge_next(&challenges, &challenge, &fault) == NATIVE_HTTP_OK,
          "%s is no challenge", text);
    return challenge;
}

static struct native_http_digest_request request_of(size_t i)
{
    return (struct native_http_digest_request){
        guarded_text(1, vectors[i].method), guarded_text(2, vectors[i].uri),
        guarded_text(3, vectors[i].user),   guarded_text(4, vectors[i].password),
        guarded_text(5, vectors[i].cnonce), vectors[i].nc};
}

static void test_vectors(void)
{
    struct native_http_hash hashes[2];
    struct http_hash hash;

    http_hashes_init(&hash, hashes);
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        struct native_http_challenge challenge = challenge_of(vectors[i].challenge);
        struct native_http_digest_request request = request_of(i);
        struct native_http_digest digest;
        struct native_http_fault fault;

        check(native_http_digest_read(&challenge, &digest, &fault) == NATIVE_HTTP_OK, "not read");
        WRITES_TEXT(vectors[i].field, check(native_http_digest_put(out, &digest, &request, hashes,
                                                                   &fault) == NATIVE_HTTP_OK,
                                            "refused: %s", native_http_fault_name(fault.reason)));
        end_test("%s", vectors[i].what);
    }
}

static const struct {
    const char *challenge;
    unsigned reason; /* 0: read */
    bool stale, qop;
} reads[] = {
    {"Digest realm=r, nonce=n", 0, false, false},
    {"Digest nonce=n", 0, false, false},
    {"Digest realm=r, nonce=n, stale=true", 0, true, false},
    {"Digest realm=r, nonce=n, stale=\"FALSE\", qop=\"\"", 0, false, false},
    {"Digest realm=r, nonce=n, qop=\"auth-int,AUTH\", domain=\"/a /b\", charset=UTF-8, x=y", 0,
     false, true},
    {"Digest realm=r", NATIVE_HTTP_FAULT_CHALLENGE, false, false},
    {"Digest realm=r, nonce=\"\"", NATIVE_HTTP_FAULT_CHALLENGE, false, false},
    {"Digest", NATIVE_HTTP_FAULT_CHALLENGE, false, false},
    {"Digest nonce=n, qop=auth-int", 0, false, false},
    {"Digest nonce=n, qop=auth-conf", NATIVE_HTTP_FAULT_CHALLENGE_KIND, false, false},
    {"Digest nonce=n, algorithm=SHA-512-256", NATIVE_HTTP_FAULT_CHALLENGE_KIND, false, false},
    {"Digest nonce=n, algorithm=MD", NATIVE_HTTP_FAULT_CHALLENGE_KIND, false, false},
};

static void test_reads(void)
{
    for (size_t i = 0; i < sizeof(reads) / sizeof(reads[0]); i++) {
        struct native_http_challenge challenge = challenge_of(reads[i].challenge);
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
        struct native_http_digest digest;
        enum native_http_status status = native_http_digest_read(&challenge, &digest, &fault);

        check(status == (reads[i].reason ? NATIVE_HTTP_MALFORMED : NATIVE_HTTP_OK) &&
                  fault.reason == reads[i].reason,
              "%s: status %d, %s", reads[i].challenge, (int)status,
              native_http_fault_name(fault.reason));
        check(status != NATIVE_HTTP_OK ||
                  (digest.stale == reads[i].stale && digest.qop_auth == reads[i].qop),
              "%s: stale %d, qop %d", reads[i].challenge, digest.stale, digest.qop_auth);
    }
    end_test("challenges that are read and that are refused");
}

/* Put the first vector with something changed. */
static enum native_http_fault_reason put_with(const struct native_http_digest_request *request,
                                              const struct native_http_hash *hashes)
{
    struct native_http_challenge challenge = challenge_of(vectors[0].challenge);
    struct native_http_buffer out = room_of(1000);
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
    struct native_http_digest digest;

    native_http_digest_read(&challenge, &digest, &fault);
    if (native_http_digest_put(&out, &digest, request, hashes, &fault) == NATIVE_HTTP_OK) {
        return NATIVE_HTTP_FAULT_NONE;
    }
    check(out.len == 0, "%zu bytes are left", out.len);
    return fault.reason;
}

static void test_refused(void)
{
    struct native_http_digest_request request = request_of(0), good = request;
    struct native_http_hash hashes[2];
    struct http_hash hash;
    unsigned calls;

    http_hashes_init(&hash, hashes);
    request.user = NATIVE_HTTP_SPAN("a\r\nX: y");
    check(put_with(&request, hashes) == NATIVE_HTTP_FAULT_CONTROL_BYTE, "a user of two lines");
    request = good;
    request.uri = NATIVE_HTTP_SPAN("/\n");
    check(put_with(&request, hashes) == NATIVE_HTTP_FAULT_CONTROL_BYTE, "a target of two lines");
    request = good;
    request.cnonce = NATIVE_HTTP_SPAN("\0");
    check(put_with(&request, hashes) == NATIVE_HTTP_FAULT_CONTROL_BYTE, "a NUL in the cnonce");
    end_test("what would end the line");
    hash.calls = 0;
    check(put_with(&good, hashes) == NATIVE_HTTP_FAULT_NONE, "refused");
    calls = hash.calls;
    for (unsigned i = 1; i <= calls; i++) {
        http_hashes_init(&hash, hashes);
        hash.fail_at = i;
        check(put_with(&good, hashes) == NATIVE_HTTP_FAULT_HASH, "call %u", i);
        check(hash.calls == i, "%u calls after one that failed", hash.calls - i);
    }
    check(calls > 10, "%u calls", calls);
    end_test("each call of a hash function may fail");
    hashes[NATIVE_HTTP_DIGEST_SHA256].size = 0;
    check(put_with(&good, hashes) == NATIVE_HTTP_FAULT_CHALLENGE_KIND, "no SHA-256");
    end_test("a hash function that is not there");
}

/* The hashes of the tests themselves. */
static void test_hash(void)
{
    static const char abc[2][65] = {
        "900150983cd24fb0d6963f7d28e17f72",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"};
    struct native_http_hash hashes[2];
    struct http_hash hash;

    http_hashes_init(&hash, hashes);
    for (unsigned i = 0; i < 2; i++) {
        uint8_t result[32];
        char hex[65];

        hashes[i].begin(&hash);
        hashes[i].add(&hash, "abc", 3);
        hashes[i].end(&hash, result);
        for (size_t k = 0; k < hashes[i].size; k++) {
            sprintf(hex + 2 * k, "%02x", result[k]);
        }
        check(strcmp(hex, abc[i]) == 0, "%s", hex);
    }
    end_test("the hashes of RFC 1321 and FIPS 180 that these tests use");
}

int main(void)
{
    test_hash();
    test_vectors();
    test_reads();
    test_refused();
    return done();
}
