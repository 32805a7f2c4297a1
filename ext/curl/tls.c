/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/tls.c - the TLS configuration that a handle's settings ask for. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "fill.h"

#include <unistd.h>

#include "../../net/certinfo.h"
#include "../../net/certs.h"
#include "../../net/stream.h"
#include "../share/ext_share.h"

static const char *file_of(const zend_string *text)
{
    return text && ZSTR_LEN(text) > 0 ? ZSTR_VAL(text) : NULL;
}

/* "" is a place where nothing is, if somebody looks. */
static const char *place_of(const struct native_ext_curl_settings *s, const zend_string *text)
{
    return text && s->verify_peer ? ZSTR_VAL(text) : file_of(text);
}

static void put_bytes(const zend_string *text, const void **bytes, size_t *len)
{
    if (text) {
        *bytes = ZSTR_VAL(text);
        *len = ZSTR_LEN(text);
    }
}

/* CURL_SSLVERSION_*: the least in the low half, the most in the high one. */
static void put_versions(int64_t version, struct native_net_tls_options *o)
{
    static const enum native_net_tls_version versions[] = {
        [CURL_SSLVERSION_DEFAULT] = NATIVE_NET_TLS_DEFAULT,
        [CURL_SSLVERSION_TLSv1] = NATIVE_NET_TLS_DEFAULT,   /* 1.x: the best there is */
        [CURL_SSLVERSION_TLSv1_0] = NATIVE_NET_TLS_DEFAULT, /* at least: 1.2 is */
        [CURL_SSLVERSION_TLSv1_1] = NATIVE_NET_TLS_DEFAULT,
        [CURL_SSLVERSION_TLSv1_2] = NATIVE_NET_TLS_1_2,
        [CURL_SSLVERSION_TLSv1_3] = NATIVE_NET_TLS_1_3,
    };
    static const enum native_net_tls_version most[] = {
        [CURL_SSLVERSION_DEFAULT] = NATIVE_NET_TLS_DEFAULT,
        [CURL_SSLVERSION_TLSv1] = NATIVE_NET_TLS_DEFAULT,
        [CURL_SSLVERSION_TLSv1_0] = NATIVE_NET_TLS_1_0,
        [CURL_SSLVERSION_TLSv1_1] = NATIVE_NET_TLS_1_1,
        [CURL_SSLVERSION_TLSv1_2] = NATIVE_NET_TLS_1_2,
        [CURL_SSLVERSION_TLSv1_3] = NATIVE_NET_TLS_1_3,
    };

    o->min_version = versions[version & 0xffff];
    o->max_version = most[version >> 16];
}

bool native_ext_curl_is_pem_or_der(const zend_string *type)
{
    return !file_of(type) || strcasecmp(ZSTR_VAL(type), "PEM") == 0 ||
           strcasecmp(ZSTR_VAL(type), "DER") == 0;
}

/* Whether ISSUERCERT names whose certificates the server's has to be. */
static bool wants_issuer(const struct native_ext_curl_settings *s)
{
    return s->issuer_blob || (s->issuer_cert && ZSTR_LEN(s->issuer_cert) > 0);
}

struct native_net_tls_config *native_ext_curl_tls(struct native_ext_curl_easy *easy,
                                                  struct native_net_error *error)
{
    static const char *const alpn[] = {"http/1.1"};
    const struct native_ext_curl_settings *s = &easy->set;
    struct native_net_tls_options o = NATIVE_NET_TLS_OPTIONS_INIT;

    if ((s->cert || s->cert_blob) && !native_ext_curl_is_pem_or_der(s->cert_type)) {
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG, "a certificate of unknown type");
        native_net_error_set_part(error, NATIVE_NET_PART_CERTIFICATE);
        return NULL;
    }
    o.verify_peer = s->verify_peer;
    o.verify_host = s->verify_host != 0;
    put_bytes(s->ca_blob, &o.ca_bytes, &o.ca_bytes_len);
    if (!s->ca_blob)
        o.ca_file = place_of(s, s->ca_file);
    /* A folder that is not there has nothing in it. */
    if (s->ca_path && (ZSTR_LEN(s->ca_path) == 0 || access(ZSTR_VAL(s->ca_path), F_OK) == 0))
        o.ca_dir = place_of(s, s->ca_path);
    put_bytes(s->cert_blob, &o.cert_bytes, &o.cert_bytes_len);
    if (!s->cert_blob)
        o.cert_file = file_of(s->cert);
    put_bytes(s->key_blob, &o.key_bytes, &o.key_bytes_len);
    if (!s->key_blob)
        o.key_file = file_of(s->key);
    o.passphrase = s->key_password ? ZSTR_VAL(s->key_password) : NULL;
    put_versions(s->ssl_version, &o);
    o.ciphers = file_of(s->ciphers);
    o.ciphers_13 = file_of(s->ciphers_13);
    o.groups = file_of(s->groups);
    o.pins = s->pins ? ZSTR_VAL(s->pins) : NULL;
    o.crl_file = file_of(s->crl_file);
    if (s->ssl_alpn) {
        o.alpn = alpn;
        o.alpn_count = 1;
    }
    easy->options.whole_chain = s->certinfo || wants_issuer(s);
    easy->options.sessions = s->ssl_session_cache ? native_ext_share_sessions() : NULL;
    return native_net_tls_config_get(&o, error);
}

/* ---- ISSUERCERT ---- */

/* The value of a field ("Subject") of a certificate. Returns whether they are equal. */
static bool names_equal(const struct native_net_certinfo *a, const char *name_a,
                        const struct native_net_certinfo *b, const char *name_b)
{
    const struct native_net_certinfo_field *x = NULL, *y = NULL;

    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->fields[i].name, name_a) == 0)
            x = &a->fields[i];
    for (size_t i = 0; i < b->count; i++)
        if (strcmp(b->fields[i].name, name_b) == 0)
            y = &b->fields[i];
    return x && y && x->value_len == y->value_len && memcmp(x->value, y->value, x->value_len) == 0;
}

static bool load_issuer(const struct native_ext_curl_settings *s, struct native_net_certs *certs)
{
    struct native_net_error error;

    if (s->issuer_blob)
        return native_net_certs_add_bytes(certs, ZSTR_VAL(s->issuer_blob), ZSTR_LEN(s->issuer_blob),
                                          "issuer", "", &error);
    return native_net_certs_add_file(certs, ZSTR_VAL(s->issuer_cert), "issuer", &error);
}

bool native_ext_curl_issuer_fits(struct native_ext_curl_easy *easy)
{
    const struct native_ext_curl_settings *s = &easy->set;
    struct native_net_stream *stream = native_http_transfer_stream(easy->transfer);
    struct native_net_tls *tls = stream ? native_net_stream_tls(stream) : NULL;
    struct native_net_certinfo *mine = NULL, *theirs = NULL;
    struct native_net_certs certs = {0};
    struct native_net_error error;
    const void *der;
    size_t len;
    bool fits = false;

    if (!tls || !wants_issuer(s))
        return true;
    len = native_net_tls_get_chain(tls, 0, &der);
    if (len > 0 && load_issuer(s, &certs)) {
        theirs = native_net_certinfo_new(der, len, &error);
        mine = native_net_certinfo_new(certs.der + certs.items[0].at, certs.items[0].len, &error);
        fits = theirs && mine && names_equal(theirs, "Issuer", mine, "Subject");
    }
    native_net_certinfo_free(theirs);
    native_net_certinfo_free(mine);
    native_net_certs_free(&certs);
    return fits;
}
