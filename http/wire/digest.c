/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* digest.c - the challenge into a struct; the response out of three hashes. */
#include "digest.h"

#include "chars.h"
#include "field.h"

/* ---- the challenge ---- */

static enum native_http_status refuse(enum native_http_fault_reason reason, size_t offset,
                                      struct native_http_fault *fault)
{
    *fault = (struct native_http_fault){reason, offset};
    return NATIVE_HTTP_MALFORMED;
}

/* Returns whether the algorithm is one of the four, and sets it. */
static bool read_algorithm(struct native_http_span name, struct native_http_digest *digest)
{
    static const struct {
        const char *name;
        uint8_t len;
        uint8_t algorithm;
        bool session;
    } known[] = {
        {"MD5", 3, NATIVE_HTTP_DIGEST_MD5, false},
        {"MD5-sess", 8, NATIVE_HTTP_DIGEST_MD5, true},
        {"SHA-256", 7, NATIVE_HTTP_DIGEST_SHA256, false},
        {"SHA-256-sess", 12, NATIVE_HTTP_DIGEST_SHA256, true},
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        struct native_http_span one = {known[i].name, known[i].len};

        if (native_http_span_is_nocase(name, one)) {
            digest->algorithm_name = name;
            digest->algorithm = (enum native_http_digest_algorithm)known[i].algorithm;
            digest->session = known[i].session;
            return true;
        }
    }
    return false;
}

/* Take over one parameter; those that are not known are left alone (RFC 7616, 3.3).
 * Returns false for a value that asks for what is not done here. */
static bool read_param(const struct native_http_auth_param *param,
                       struct native_http_digest *digest)
{
    const struct native_http_span name = param->name, value = param->value;

    if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("realm"))) {
        digest->realm = value;
    } else if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("nonce"))) {
        digest->nonce = value;
    } else if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("opaque"))) {
        digest->opaque = value;
    } else if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("algorithm"))) {
        return read_algorithm(value, digest);
    } else if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("qop"))) {
        digest->qop_auth = native_http_list_has(value, NATIVE_HTTP_SPAN("auth"));
        digest->qop_int =
            !digest->qop_auth && native_http_list_has(value, NATIVE_HTTP_SPAN("auth-int"));
        return digest->qop_auth || digest->qop_int || value.len == 0;
    } else if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("stale"))) {
        digest->stale = native_http_span_is_nocase(value, NATIVE_HTTP_SPAN("true"));
    } else if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("userhash"))) {
        digest->userhash = native_http_span_is_nocase(value, NATIVE_HTTP_SPAN("true"));
    }
    return true;
}

enum native_http_status native_http_digest_read(const struct native_http_challenge *challenge,
                                                struct native_http_digest *digest,
                                                struct native_http_fault *fault)
{
    struct native_http_span params = challenge->params;
    struct native_http_auth_param param;

    memset(digest, 0, sizeof(*digest));
    while (native_http_auth_param_next(&params, &param)) {
        if (!read_param(&param, digest)) {
            return refuse(NATIVE_HTTP_FAULT_CHALLENGE_KIND,
                          (size_t)(param.value.at - challenge->params.at), fault);
        }
    }
    if (!digest->nonce.at || digest->nonce.len == 0) {
        return refuse(NATIVE_HTTP_FAULT_CHALLENGE, 0, fault);
    }
    return NATIVE_HTTP_OK;
}

/* ---- the hashes ---- */

/* A hash in hexadecimal digits. */
struct hex {
    char at[2 * NATIVE_HTTP_DIGEST_HASH_MAX];
    size_t len;
};

static struct native_http_span hex_span(const struct hex *hex)
{
    return (struct native_http_span){hex->at, hex->len};
}

/* A computation; once one step has failed, the rest does nothing. */
struct work {
    const struct native_http_hash *hash;
    bool good;
};

static void add(struct work *work, struct native_http_span bytes)
{
    if (bytes.len > 0) {
        work->good = work->good && work->hash->add(work->hash->context, bytes.at, bytes.len);
    }
}

/* Add ":" and the bytes. */
static void add_next(struct work *work, struct native_http_span bytes)
{
    add(work, NATIVE_HTTP_SPAN(":"));
    add(work, bytes);
}

/* Add ":" and a quoted text, without its backslashes: what is hashed is what the text
 * stands for. */
static void add_next_quoted(struct work *work, struct native_http_span quoted)
{
    size_t from = 0;

    add(work, NATIVE_HTTP_SPAN(":"));
    for (size_t i = 0; i < quoted.len; i++) {
        if (quoted.at[i] == '\\' && i + 1 < quoted.len) {
            add(work, (struct native_http_span){quoted.at + from, i - from});
            from = ++i; /* the byte after it counts, whatever it is */
        }
    }
    if (quoted.len > from) {
        add(work, (struct native_http_span){quoted.at + from, quoted.len - from});
    }
}

static void begin(struct work *work)
{
    work->good = work->good && work->hash->begin(work->hash->context);
}

static void end(struct work *work, struct hex *hex)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t result[NATIVE_HTTP_DIGEST_HASH_MAX];

    work->good = work->good && work->hash->end(work->hash->context, result);
    hex->len = 0;
    for (size_t i = 0; work->good && i < work->hash->size; i++) {
        hex->at[hex->len++] = digits[result[i] >> 4];
        hex->at[hex->len++] = digits[result[i] & 15];
    }
}

/* H(A1) (RFC 7616, 3.4.2) */
static void hash_a1(struct work *work, const struct native_http_digest *digest,
                    const struct native_http_digest_request *request, struct hex *hex)
{
    begin(work);
    add(work, request->user);
    add_next_quoted(work, digest->realm);
    add_next(work, request->password);
    end(work, hex);
    if (digest->session) {
        begin(work);
        add(work, hex_span(hex));
        add_next_quoted(work, digest->nonce);
        add_next(work, request->cnonce);
        end(work, hex);
    }
}

/* H(A2) (RFC 7616, 3.4.3) */
static void hash_a2(struct work *work, const struct native_http_digest *digest,
                    const struct native_http_digest_request *request, struct hex *hex)
{
    struct hex body = {.len = 0};

    if (digest->qop_int) { /* there is none: the hash of nothing */
        begin(work);
        end(work, &body);
    }
    begin(work);
    add(work, request->method);
    add_next(work, request->uri);
    if (digest->qop_int) {
        add_next(work, hex_span(&body));
    }
    end(work, hex);
}

static struct native_http_span qop_of(const struct native_http_digest *digest)
{
    return digest->qop_auth  ? NATIVE_HTTP_SPAN("auth")
           : digest->qop_int ? NATIVE_HTTP_SPAN("auth-int")
                             : (struct native_http_span){NULL, 0};
}

/* The name that is sent when the server wants it hashed (RFC 7616, 3.4.4) */
static void hash_user(struct work *work, const struct native_http_digest *digest,
                      const struct native_http_digest_request *request, struct hex *hex)
{
    begin(work);
    add(work, request->user);
    add_next_quoted(work, digest->realm);
    end(work, hex);
}

static void number_hex(uint32_t number, char *digits)
{
    for (int i = 7; i >= 0; i--, number >>= 4) {
        digits[i] = "0123456789abcdef"[number & 15];
    }
}

/* The response (RFC 7616, 3.4.1) */
static void hash_response(struct work *work, const struct native_http_digest *digest,
                          const struct native_http_digest_request *request, const char nc[8],
                          struct hex *hex)
{
    struct hex a2;

    hash_a1(work, digest, request, hex);
    hash_a2(work, digest, request, &a2);
    begin(work);
    add(work, hex_span(hex));
    add_next_quoted(work, digest->nonce);
    if (qop_of(digest).at) {
        add_next(work, (struct native_http_span){nc, 8});
        add_next(work, request->cnonce);
        add_next(work, qop_of(digest));
    }
    add_next(work, hex_span(&a2));
    end(work, hex);
}

/* ---- the field ---- */

static enum native_http_status check_control(struct native_http_span text,
                                             struct native_http_fault *fault)
{
    for (size_t i = 0; i < text.len; i++) {
        if (native_http_char_is(text.at[i], NATIVE_HTTP_CHAR_CONTROL)) {
            return refuse(NATIVE_HTTP_FAULT_CONTROL_BYTE, i, fault);
        }
    }
    return NATIVE_HTTP_OK;
}

static void put_param(struct native_http_buffer *out, struct native_http_span name,
                      struct native_http_span quoted)
{
    native_http_buffer_put_span(out, name);
    NATIVE_HTTP_PUT(out, "=\"");
    native_http_buffer_put_span(out, quoted);
    NATIVE_HTTP_PUT(out, "\"");
}

/* In the order in which curl writes them: servers are known that count on it. */
static void put_field(struct native_http_buffer *out, const struct native_http_digest *digest,
                      const struct native_http_digest_request *request, const struct hex *user,
                      const char nc[8], const struct hex *response)
{
    NATIVE_HTTP_PUT(out, "Digest username=\"");
    if (digest->userhash) {
        native_http_buffer_put_span(out, hex_span(user));
    } else {
        native_http_quote(out, request->user);
    }
    NATIVE_HTTP_PUT(out, "\"");
    put_param(out, NATIVE_HTTP_SPAN(", realm"), digest->realm);
    put_param(out, NATIVE_HTTP_SPAN(", nonce"), digest->nonce);
    NATIVE_HTTP_PUT(out, ", uri=\"");
    native_http_quote(out, request->uri);
    NATIVE_HTTP_PUT(out, "\"");
    if (qop_of(digest).at || digest->session) { /* of -sess the server needs the cnonce, too */
        NATIVE_HTTP_PUT(out, ", cnonce=\"");
        native_http_quote(out, request->cnonce);
        NATIVE_HTTP_PUT(out, "\"");
    }
    if (qop_of(digest).at) {
        NATIVE_HTTP_PUT(out, ", nc=");
        native_http_buffer_put(out, nc, 8);
        NATIVE_HTTP_PUT(out, ", qop=");
        native_http_buffer_put_span(out, qop_of(digest));
    }
    put_param(out, NATIVE_HTTP_SPAN(", response"), hex_span(response));
    if (digest->opaque.at) {
        put_param(out, NATIVE_HTTP_SPAN(", opaque"), digest->opaque);
    }
    if (digest->algorithm_name.at) {
        NATIVE_HTTP_PUT(out, ", algorithm=");
        native_http_buffer_put_span(out, digest->algorithm_name);
    }
    if (digest->userhash) {
        NATIVE_HTTP_PUT(out, ", userhash=true");
    }
}

enum native_http_status native_http_digest_put(struct native_http_buffer *out,
                                               const struct native_http_digest *digest,
                                               const struct native_http_digest_request *request,
                                               const struct native_http_hash *hashes,
                                               struct native_http_fault *fault)
{
    struct work work = {&hashes[digest->algorithm], true};
    struct hex user, response;
    char nc[8];

    if (check_control(request->user, fault) != NATIVE_HTTP_OK ||
        check_control(request->uri, fault) != NATIVE_HTTP_OK ||
        check_control(request->cnonce, fault) != NATIVE_HTTP_OK) {
        return NATIVE_HTTP_MALFORMED;
    }
    if (work.hash->size == 0 || work.hash->size > NATIVE_HTTP_DIGEST_HASH_MAX) {
        return refuse(NATIVE_HTTP_FAULT_CHALLENGE_KIND, 0, fault);
    }
    number_hex(request->nc, nc);
    user.len = 0;
    if (digest->userhash) {
        hash_user(&work, digest, request, &user);
    }
    hash_response(&work, digest, request, nc, &response);
    if (!work.good) {
        return refuse(NATIVE_HTTP_FAULT_HASH, 0, fault);
    }
    put_field(out, digest, request, &user, nc, &response);
    return NATIVE_HTTP_OK;
}
