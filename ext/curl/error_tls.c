/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/error_tls.c - what libcurl, with OpenSSL, says of TLS. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "error_parts.h"
#include "fill.h"

/* X509_verify_cert_error_string() of OpenSSL 3. */
static const struct {
    int code;
    const char *text;
} verdicts[] = {
    {9, "certificate is not yet valid"},
    {10, "certificate has expired"},
    {18, "self-signed certificate"},
    {19, "self-signed certificate in certificate chain"},
    {20, "unable to get local issuer certificate"},
    {21, "unable to verify the first certificate"},
    {23, "certificate revoked"},
};

static int say_certificate(const struct native_ext_curl_failure *f)
{
    const char *text = "unspecified certificate verification error";

    for (size_t i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++)
        if (verdicts[i].code == f->error->net.verify_code)
            text = verdicts[i].text;
    return native_ext_curl_say(f, CURLE_SSL_CACERT, "SSL certificate problem: %s", text);
}

static int say_other_host(const struct native_ext_curl_failure *f)
{
    return native_ext_curl_say_host(
        f, CURLE_SSL_CACERT,
        "SSL: no alternative certificate subject name matches target host name '", "'", true);
}

static int say_pin(const struct native_ext_curl_failure *f)
{
    return native_ext_curl_say(f, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
                               "SSL: public key does not match pinned public key");
}

static const char *or_else(const zend_string *text, const char *otherwise)
{
    return text && ZSTR_LEN(text) > 0 ? ZSTR_VAL(text) : otherwise;
}

static int say_ca(const struct native_ext_curl_failure *f)
{
    const struct native_ext_curl_settings *s = &f->easy->set;

    if (s->ca_blob)
        return native_ext_curl_say(f, CURLE_SSL_CACERT_BADFILE,
                                   "error importing CA certificate blob");
    if (s->ca_file && (!s->ca_path || strstr(f->error->message, ZSTR_VAL(s->ca_file))))
        return native_ext_curl_say(f, CURLE_SSL_CACERT_BADFILE,
                                   "error setting certificate file: %s", ZSTR_VAL(s->ca_file));
    if (s->ca_path)
        return native_ext_curl_say(f, CURLE_SSL_CACERT_BADFILE,
                                   "error setting certificate path: %s", ZSTR_VAL(s->ca_path));
    return native_ext_curl_say_as_it_is(f, CURLE_SSL_CACERT_BADFILE);
}

static int say_own_certificate(const struct native_ext_curl_failure *f)
{
    if (!native_ext_curl_is_pem_or_der(f->easy->set.cert_type))
        return native_ext_curl_say(f, CURLE_SSL_CERTPROBLEM,
                                   "not supported file type '%s' for certificate",
                                   ZSTR_VAL(f->easy->set.cert_type));
    return native_ext_curl_say(
        f, CURLE_SSL_CERTPROBLEM,
        "could not load PEM client certificate from %s, %s, (no key found, wrong pass phrase, "
        "or wrong file format?)",
        or_else(f->easy->set.cert, "CURLOPT_SSLCERT_BLOB"), f->error->message);
}

static int say_own_key(const struct native_ext_curl_failure *f)
{
    const struct native_ext_curl_settings *s = &f->easy->set;

    return native_ext_curl_say(
        f, CURLE_SSL_CERTPROBLEM, "unable to set private key file: '%s' type %s",
        s->key_blob ? "(memory blob)" : or_else(s->key, or_else(s->cert, "(memory blob)")),
        or_else(s->key_type, "PEM"));
}

static int say_ciphers(const struct native_ext_curl_failure *f)
{
    const struct native_ext_curl_settings *s = &f->easy->set;

    if (s->ciphers && ZSTR_LEN(s->ciphers) > 0)
        return native_ext_curl_say(f, CURLE_SSL_CIPHER, "failed setting cipher list: %s",
                                   ZSTR_VAL(s->ciphers));
    return native_ext_curl_say(f, CURLE_SSL_CIPHER, "failed setting TLS 1.3 cipher suite: %s",
                               or_else(s->ciphers_13, ""));
}

static int say_groups(const struct native_ext_curl_failure *f)
{
    return native_ext_curl_say(f, CURLE_SSL_CIPHER, "failed setting curves list: '%s'",
                               or_else(f->easy->set.groups, ""));
}

static int say_crl(const struct native_ext_curl_failure *f)
{
    return native_ext_curl_say(f, NATIVE_EXT_CURL_CRL_BAD_FILE, "error loading CRL file: %s",
                               or_else(f->easy->set.crl_file, ""));
}

static int say_connect_error(const struct native_ext_curl_failure *f)
{
    return native_ext_curl_say_as_it_is(f, CURLE_SSL_CONNECT_ERROR);
}

/* Which of our own files or lists was not good. */
static int say_config(const struct native_ext_curl_failure *f)
{
    static int (*const parts[])(const struct native_ext_curl_failure *) = {
        [NATIVE_NET_PART_CA] = say_ca,
        [NATIVE_NET_PART_CRL] = say_crl,
        [NATIVE_NET_PART_CERTIFICATE] = say_own_certificate,
        [NATIVE_NET_PART_KEY] = say_own_key,
        [NATIVE_NET_PART_CIPHERS] = say_ciphers,
        [NATIVE_NET_PART_GROUPS] = say_groups,
        [NATIVE_NET_PART_PINS] = say_pin,
        [NATIVE_NET_PART_VERSIONS] = say_connect_error,
        [NATIVE_NET_PART_ALPN] = say_connect_error,
    };
    size_t part = (size_t)f->error->net.part;

    return part < sizeof(parts) / sizeof(parts[0]) && parts[part] ? parts[part](f)
                                                                  : say_connect_error(f);
}

int native_ext_curl_say_handshake(const struct native_ext_curl_failure *f)
{
    struct native_net_error system;
    struct native_ext_curl_way way;

    if (f->error->phase >= NATIVE_HTTP_PHASE_SEND) /* an alert that came later */
        return native_ext_curl_say_as_it_is(f, CURLE_RECV_ERROR);
    if (f->error->net.os_errno == 0 || !native_ext_curl_way_find(f, &way))
        return say_connect_error(f);
    native_net_error_set_errno(&system, NATIVE_NET_ERROR_IO, f->error->net.os_errno, "%s",
                               "SSL_connect");
    native_ext_curl_say(f, CURLE_SSL_CONNECT_ERROR, "%s in connection to %.*s:%u ", system.message,
                        (int)way.route.host.len, way.route.host.at, (unsigned)way.route.port);
    native_ext_curl_way_leave(&way);
    return CURLE_SSL_CONNECT_ERROR;
}

static int say_no_memory(const struct native_ext_curl_failure *f)
{
    return native_ext_curl_say(f, CURLE_OUT_OF_MEMORY, "%s", "");
}

int native_ext_curl_say_tls(const struct native_ext_curl_failure *f)
{
    static int (*const kinds[])(const struct native_ext_curl_failure *) = {
        [NATIVE_NET_ERROR_NO_MEMORY] = say_no_memory,
        [NATIVE_NET_ERROR_TLS_CERT_EXPIRED] = say_certificate,
        [NATIVE_NET_ERROR_TLS_CERT_NOT_YET_VALID] = say_certificate,
        [NATIVE_NET_ERROR_TLS_CERT_HOST] = say_other_host,
        [NATIVE_NET_ERROR_TLS_CERT_UNKNOWN_ISSUER] = say_certificate,
        [NATIVE_NET_ERROR_TLS_CERT_SELF_SIGNED] = say_certificate,
        [NATIVE_NET_ERROR_TLS_CERT_REVOKED] = say_certificate,
        [NATIVE_NET_ERROR_TLS_CERT_OTHER] = say_certificate,
        [NATIVE_NET_ERROR_TLS_CONFIG] = say_config,
        [NATIVE_NET_ERROR_TLS_PIN] = say_pin,
    };
    size_t kind = (size_t)f->error->net.kind;

    return kind < sizeof(kinds) / sizeof(kinds[0]) && kinds[kind]
               ? kinds[kind](f)
               : native_ext_curl_say_handshake(f);
}

void native_ext_curl_note_verdict(const struct native_ext_curl_failure *f)
{
    const struct native_http_error *e = f->error;
    bool pin = e->net.kind == NATIVE_NET_ERROR_TLS_PIN || e->net.part == NATIVE_NET_PART_PINS;

    if (e->kind == NATIVE_HTTP_ERROR_TLS && e->phase < NATIVE_HTTP_PHASE_SEND)
        /* libcurl looks for the name first, then at the chain, then for a pin. 1: it was not looked at; 20: it
         * knows no roots where nobody wants any. */
        f->easy->verify_result =
            pin ? (f->easy->set.verify_peer ? 0 : 20)
            : e->net.verify_code > 0 && e->net.kind != NATIVE_NET_ERROR_TLS_CERT_HOST
                ? e->net.verify_code
                : 1;
    else if (e->kind == NATIVE_HTTP_ERROR_TIMEOUT && e->phase == NATIVE_HTTP_PHASE_TLS)
        f->easy->verify_result = 1;
}
