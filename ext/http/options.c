/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/options.c - Native\Http\Options: the table, and the way to the engine's struct. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "options.h"

#include "zend_attributes.h"

#include "cookie_jar.h"
#include "sink.h"

#include "options_arginfo.h"

zend_class_entry *native_ext_http_options_ce;

static const char *const tls_versions[] = {"1.2", "1.3", NULL};
static const char *const auth_ways[] = {"basic", "digest", "any", NULL};

static const struct native_ext_option rows[NATIVE_EXT_HTTP_OPTIONS] = {
    [NATIVE_EXT_HTTP_BASE_URL] = NATIVE_EXT_OPTION_IS_TEXT("baseUrl", 65535),
    [NATIVE_EXT_HTTP_HEADERS] = NATIVE_EXT_OPTION_IS_LIST("headers"),
    [NATIVE_EXT_HTTP_USER_AGENT] = {.name = "userAgent",
                                    .kind = NATIVE_EXT_OPTION_STRING,
                                    .nullable = true,
                                    .high = 8192,
                                    .text = "native"},
    [NATIVE_EXT_HTTP_TIMEOUT] = NATIVE_EXT_OPTION_IS_TIME("timeout", 0),
    [NATIVE_EXT_HTTP_CONNECT_TIMEOUT] = NATIVE_EXT_OPTION_IS_TIME("connectTimeout", 10),
    [NATIVE_EXT_HTTP_FIRST_BYTE_TIMEOUT] = NATIVE_EXT_OPTION_IS_TIME("firstByteTimeout", 0),
    [NATIVE_EXT_HTTP_LOW_SPEED_LIMIT] =
        NATIVE_EXT_OPTION_IS_NUMBER("lowSpeedLimit", 0, INT32_MAX, 0),
    [NATIVE_EXT_HTTP_LOW_SPEED_TIME] = NATIVE_EXT_OPTION_IS_NUMBER("lowSpeedTime", 0, 86400, 0),
    [NATIVE_EXT_HTTP_MAX_SEND_SPEED] = NATIVE_EXT_OPTION_IS_NUMBER("maxSendSpeed", 0, INT32_MAX, 0),
    [NATIVE_EXT_HTTP_MAX_RECEIVE_SPEED] =
        NATIVE_EXT_OPTION_IS_NUMBER("maxReceiveSpeed", 0, INT32_MAX, 0),
    [NATIVE_EXT_HTTP_FOLLOW_REDIRECTS] = NATIVE_EXT_OPTION_IS_FLAG("followRedirects", 1),
    [NATIVE_EXT_HTTP_MAX_REDIRECTS] = NATIVE_EXT_OPTION_IS_NUMBER("maxRedirects", 0, 1000, 20),
    [NATIVE_EXT_HTTP_KEEP_POST] = NATIVE_EXT_OPTION_IS_LIST("keepPost"),
    [NATIVE_EXT_HTTP_SCHEMES] = NATIVE_EXT_OPTION_IS_LIST("schemes"),
    [NATIVE_EXT_HTTP_DECODE] = NATIVE_EXT_OPTION_IS_FLAG("decode", 1),
    [NATIVE_EXT_HTTP_FAIL_ON_STATUS] = NATIVE_EXT_OPTION_IS_FLAG("failOnStatus", 0),
    [NATIVE_EXT_HTTP_USERNAME] = NATIVE_EXT_OPTION_IS_TEXT("username", 65535),
    [NATIVE_EXT_HTTP_PASSWORD] = NATIVE_EXT_OPTION_IS_TEXT("password", 65535),
    [NATIVE_EXT_HTTP_BEARER] = NATIVE_EXT_OPTION_IS_TEXT("bearer", 65535),
    [NATIVE_EXT_HTTP_AUTH] = NATIVE_EXT_OPTION_IS_CHOICE("auth", "basic", auth_ways),
    [NATIVE_EXT_HTTP_PROXY] = NATIVE_EXT_OPTION_IS_TEXT("proxy", 8192),
    [NATIVE_EXT_HTTP_NO_PROXY] = NATIVE_EXT_OPTION_IS_TEXT("noProxy", 65534),
    [NATIVE_EXT_HTTP_PROXY_TUNNEL] = NATIVE_EXT_OPTION_IS_FLAG("proxyTunnel", 0),
    [NATIVE_EXT_HTTP_COOKIES] =
        NATIVE_EXT_OPTION_IS_OBJECT("cookies", true, &native_ext_http_cookie_jar_ce, NULL, NULL),
    [NATIVE_EXT_HTTP_CA_FILE] = NATIVE_EXT_OPTION_IS_TEXT("caFile", 4095),
    [NATIVE_EXT_HTTP_CA_PATH] = NATIVE_EXT_OPTION_IS_TEXT("caPath", 4095),
    [NATIVE_EXT_HTTP_CA] = NATIVE_EXT_OPTION_IS_TEXT("ca", ZEND_LONG_MAX),
    [NATIVE_EXT_HTTP_CERTIFICATE] = NATIVE_EXT_OPTION_IS_TEXT("certificate", ZEND_LONG_MAX),
    [NATIVE_EXT_HTTP_KEY] = NATIVE_EXT_OPTION_IS_TEXT("key", ZEND_LONG_MAX),
    [NATIVE_EXT_HTTP_PASSPHRASE] = NATIVE_EXT_OPTION_IS_TEXT("passphrase", 4095),
    [NATIVE_EXT_HTTP_VERIFY_PEER] = NATIVE_EXT_OPTION_IS_FLAG("verifyPeer", 1),
    [NATIVE_EXT_HTTP_VERIFY_HOST] = NATIVE_EXT_OPTION_IS_FLAG("verifyHost", 1),
    [NATIVE_EXT_HTTP_PINNED_PUBLIC_KEY] = NATIVE_EXT_OPTION_IS_TEXT("pinnedPublicKey", 8192),
    [NATIVE_EXT_HTTP_CRL] = NATIVE_EXT_OPTION_IS_TEXT("crl", ZEND_LONG_MAX),
    [NATIVE_EXT_HTTP_TLS_MIN_VERSION] =
        NATIVE_EXT_OPTION_IS_CHOICE("tlsMinVersion", "1.2", tls_versions),
    [NATIVE_EXT_HTTP_TLS_MAX_VERSION] =
        NATIVE_EXT_OPTION_IS_CHOICE("tlsMaxVersion", "1.3", tls_versions),
    [NATIVE_EXT_HTTP_TLS_CIPHERS] = NATIVE_EXT_OPTION_IS_TEXT("tlsCiphers", 8192),
    [NATIVE_EXT_HTTP_TLS13_CIPHERS] = NATIVE_EXT_OPTION_IS_TEXT("tls13Ciphers", 8192),
    [NATIVE_EXT_HTTP_TLS_GROUPS] = NATIVE_EXT_OPTION_IS_TEXT("tlsGroups", 8192),
    [NATIVE_EXT_HTTP_EXPECT_CONTINUE] =
        NATIVE_EXT_OPTION_IS_NUMBER("expectContinue", -1, ZEND_LONG_MAX, 1048576),
    [NATIVE_EXT_HTTP_MAX_BODY] = NATIVE_EXT_OPTION_IS_NUMBER("maxBody", 0, ZEND_LONG_MAX, 0),
    [NATIVE_EXT_HTTP_MAX_DECODED] = NATIVE_EXT_OPTION_IS_NUMBER("maxDecoded", 0, ZEND_LONG_MAX, 0),
    [NATIVE_EXT_HTTP_MAX_HEADER] =
        NATIVE_EXT_OPTION_IS_NUMBER("maxHeader", 256, 16 * 1024 * 1024, 300 * 1024),
    [NATIVE_EXT_HTTP_FAMILY] = NATIVE_EXT_OPTION_IS_NUMBER("family", 0, 6, 0),
    [NATIVE_EXT_HTTP_INTERFACE] = NATIVE_EXT_OPTION_IS_TEXT("interface", 255),
    [NATIVE_EXT_HTTP_UNIX_SOCKET] = NATIVE_EXT_OPTION_IS_TEXT("unixSocket", 107),
    [NATIVE_EXT_HTTP_KEEP_ALIVE] = NATIVE_EXT_OPTION_IS_NUMBER("keepAlive", 0, 32767, 0),
    [NATIVE_EXT_HTTP_RESOLVE] = NATIVE_EXT_OPTION_IS_LIST("resolve"),
    [NATIVE_EXT_HTTP_FRESH] = NATIVE_EXT_OPTION_IS_FLAG("fresh", 0),
    [NATIVE_EXT_HTTP_ON_PROGRESS] = NATIVE_EXT_OPTION_IS_CALLBACK("onProgress"),
    [NATIVE_EXT_HTTP_CONNECT_TO] = NATIVE_EXT_OPTION_IS_LIST("connectTo"),
    [NATIVE_EXT_HTTP_SINK] = NATIVE_EXT_OPTION_IS_VALUE("sink", native_ext_http_sink_check),
    [NATIVE_EXT_HTTP_CERTIFICATES] = NATIVE_EXT_OPTION_IS_FLAG("certificates", 0),
};

bool native_ext_http_options_overrides(zend_object *options, struct native_ext_http_overrides *out)
{
    return native_ext_http_overrides_make(
        out, Z_ARR_P(native_ext_option(options, NATIVE_EXT_HTTP_RESOLVE)),
        1 + NATIVE_EXT_HTTP_RESOLVE,
        Z_ARR_P(native_ext_option(options, NATIVE_EXT_HTTP_CONNECT_TO)),
        1 + NATIVE_EXT_HTTP_CONNECT_TO);
}

/* Options that are lists of few words or numbers, as bits of the engine's. */
static const struct {
    const char *word;
    zend_long number;
    unsigned bit;
} listed[] = {
    {"http", 0, NATIVE_HTTP_SCHEME_HTTP},   {"https", 0, NATIVE_HTTP_SCHEME_HTTPS},
    {NULL, 301, NATIVE_HTTP_KEEP_POST_301}, {NULL, 302, NATIVE_HTTP_KEEP_POST_302},
    {NULL, 303, NATIVE_HTTP_KEEP_POST_303},
};

static unsigned bit_of(zval *value, bool words)
{
    ZVAL_DEREF(value);
    for (size_t i = 0; i < sizeof(listed) / sizeof(listed[0]); i++) {
        if (words != (listed[i].word != NULL))
            continue;
        if (words ? Z_TYPE_P(value) == IS_STRING &&
                        zend_string_equals_cstr(Z_STR_P(value), listed[i].word,
                                                strlen(listed[i].word))
                  : Z_TYPE_P(value) == IS_LONG && Z_LVAL_P(value) == listed[i].number)
            return listed[i].bit;
    }
    return 0;
}

/* Returns the bits of a list; where one is none of those, `*stranger` is set. */
static unsigned bits_of(zend_object *options, uint32_t which, bool words, bool *stranger)
{
    unsigned bits = 0;
    zval *value;

    ZEND_HASH_FOREACH_VAL(Z_ARR_P(native_ext_option(options, which)), value)
    {
        unsigned bit = bit_of(value, words);

        bits |= bit;
        *stranger |= bit == 0;
    }
    ZEND_HASH_FOREACH_END();
    return bits;
}

static bool is_1_3(zend_object *options, uint32_t which)
{
    return zend_string_equals_literal(native_ext_option_string(options, which), "1.3");
}

static bool check_words(zend_object *options)
{
    bool stranger = false;

    bits_of(options, NATIVE_EXT_HTTP_KEEP_POST, false, &stranger);
    if (stranger) {
        zend_argument_value_error(1 + NATIVE_EXT_HTTP_KEEP_POST,
                                  "must be a list of 301, 302 and 303");
        return false;
    }
    bits_of(options, NATIVE_EXT_HTTP_SCHEMES, true, &stranger);
    if (stranger) {
        zend_argument_value_error(1 + NATIVE_EXT_HTTP_SCHEMES,
                                  "must be a list of \"http\" and \"https\"");
        return false;
    }
    if (is_1_3(options, NATIVE_EXT_HTTP_TLS_MIN_VERSION) &&
        !is_1_3(options, NATIVE_EXT_HTTP_TLS_MAX_VERSION)) {
        zend_argument_value_error(1 + NATIVE_EXT_HTTP_TLS_MAX_VERSION,
                                  "must not be lower than $tlsMinVersion");
        return false;
    }
    return true;
}

static bool check(zend_object *options)
{
    zend_long family = native_ext_option_long(options, NATIVE_EXT_HTTP_FAMILY, 0);
    struct native_ext_http_overrides overrides;
    bool ok;

    if (family != 0 && family != 4 && family != 6) {
        zend_argument_value_error(1 + NATIVE_EXT_HTTP_FAMILY, "must be 0, 4 or 6");
        return false;
    }
    if (!check_words(options))
        return false;
    ok = native_ext_http_options_overrides(options, &overrides);
    native_ext_http_overrides_end(&overrides);
    return ok;
}

static struct native_ext_options_class class = {
    .rows = rows, .count = NATIVE_EXT_HTTP_OPTIONS, .check = check};

ZEND_METHOD(Native_Http_Options, __construct)
{
    native_ext_options_construct(INTERNAL_FUNCTION_PARAM_PASSTHRU, &class);
}

ZEND_METHOD(Native_Http_Options, with)
{
    native_ext_options_with(INTERNAL_FUNCTION_PARAM_PASSTHRU, &class);
}

zend_object *native_ext_http_options_take(zend_object *options)
{
    return native_ext_options_take(&class, options);
}

/* ---- for the engine ---- */

static struct native_http_span span_of(zend_object *options, uint32_t which)
{
    zend_string *text = native_ext_option_string(options, which);

    return text ? (struct native_http_span){ZSTR_VAL(text), ZSTR_LEN(text)}
                : (struct native_http_span){NULL, 0};
}

static bool flag(zend_object *options, uint32_t which)
{
    return Z_TYPE_P(native_ext_option(options, which)) == IS_TRUE;
}

static unsigned auth_of(zend_object *options)
{
    zend_string *way = native_ext_option_string(options, NATIVE_EXT_HTTP_AUTH);
    bool any = zend_string_equals_literal(way, "any");
    unsigned ways =
        native_ext_option_string(options, NATIVE_EXT_HTTP_BEARER) ? NATIVE_HTTP_AUTH_BEARER : 0U;

    if (any || zend_string_equals_literal(way, "digest"))
        ways |= NATIVE_HTTP_AUTH_DIGEST;
    if (any || zend_string_equals_literal(way, "basic"))
        ways |= NATIVE_HTTP_AUTH_BASIC;
    return ways;
}

void native_ext_http_options_fill(zend_object *options, struct native_http_options *out)
{
    zval *jar = native_ext_option(options, NATIVE_EXT_HTTP_COOKIES);
    bool stranger = false; /* none is: they were looked at when the options were made */
    unsigned schemes = bits_of(options, NATIVE_EXT_HTTP_SCHEMES, true, &stranger);

    *out = (struct native_http_options)NATIVE_HTTP_OPTIONS_INIT;
    out->user_agent = span_of(options, NATIVE_EXT_HTTP_USER_AGENT);
    out->timeout_ms = native_ext_option_ms(options, NATIVE_EXT_HTTP_TIMEOUT);
    out->connect_ms = native_ext_option_ms(options, NATIVE_EXT_HTTP_CONNECT_TIMEOUT);
    out->first_ms = native_ext_option_ms(options, NATIVE_EXT_HTTP_FIRST_BYTE_TIMEOUT);
    out->slow_bytes = native_ext_option_long(options, NATIVE_EXT_HTTP_LOW_SPEED_LIMIT, 0);
    out->slow_s = native_ext_option_long(options, NATIVE_EXT_HTTP_LOW_SPEED_TIME, 0);
    out->max_send_speed = native_ext_option_long(options, NATIVE_EXT_HTTP_MAX_SEND_SPEED, 0);
    out->max_receive_speed = native_ext_option_long(options, NATIVE_EXT_HTTP_MAX_RECEIVE_SPEED, 0);
    out->follow = flag(options, NATIVE_EXT_HTTP_FOLLOW_REDIRECTS);
    out->max_redirects = (int)native_ext_option_long(options, NATIVE_EXT_HTTP_MAX_REDIRECTS, 0);
    out->keep_post = bits_of(options, NATIVE_EXT_HTTP_KEEP_POST, false, &stranger);
    if (schemes)
        out->schemes = out->redirect_schemes = schemes;
    if (flag(options, NATIVE_EXT_HTTP_DECODE))
        out->accept_encoding = NATIVE_HTTP_SPAN("");
    out->user = span_of(options, NATIVE_EXT_HTTP_USERNAME);
    out->password = span_of(options, NATIVE_EXT_HTTP_PASSWORD);
    out->bearer = span_of(options, NATIVE_EXT_HTTP_BEARER);
    out->auth = auth_of(options);
    out->proxy = span_of(options, NATIVE_EXT_HTTP_PROXY);
    out->no_proxy = span_of(options, NATIVE_EXT_HTTP_NO_PROXY);
    out->proxy_auth = NATIVE_HTTP_AUTH_BASIC | NATIVE_HTTP_AUTH_DIGEST;
    out->tunnel = flag(options, NATIVE_EXT_HTTP_PROXY_TUNNEL);
    if (Z_TYPE_P(jar) == IS_OBJECT)
        out->cookies = native_ext_http_cookies_of(Z_OBJ_P(jar));
    out->expect_above = native_ext_option_long(options, NATIVE_EXT_HTTP_EXPECT_CONTINUE, -1);
    out->max_body = (uint64_t)native_ext_option_long(options, NATIVE_EXT_HTTP_MAX_BODY, 0);
    out->max_decoded = (uint64_t)native_ext_option_long(options, NATIVE_EXT_HTTP_MAX_DECODED, 0);
    out->max_head = (size_t)native_ext_option_long(options, NATIVE_EXT_HTTP_MAX_HEADER, 0);
    out->family = (int)native_ext_option_long(options, NATIVE_EXT_HTTP_FAMILY, 0);
    out->interface = span_of(options, NATIVE_EXT_HTTP_INTERFACE);
    out->unix_path = span_of(options, NATIVE_EXT_HTTP_UNIX_SOCKET);
    out->keepalive_idle_s = out->keepalive_interval_s =
        (int)native_ext_option_long(options, NATIVE_EXT_HTTP_KEEP_ALIVE, 0);
    out->fresh = out->close = flag(options, NATIVE_EXT_HTTP_FRESH);
}

struct native_net_tls_config *native_ext_http_options_tls(zend_object *options,
                                                          struct native_net_error *error)
{
    static const char *const alpn[] = {"http/1.1"};
    struct native_net_tls_options o = NATIVE_NET_TLS_OPTIONS_INIT;
    zend_string *ca = native_ext_option_string(options, NATIVE_EXT_HTTP_CA);

    o.verify_peer = flag(options, NATIVE_EXT_HTTP_VERIFY_PEER);
    o.verify_host = flag(options, NATIVE_EXT_HTTP_VERIFY_HOST);
    o.ca_file = native_ext_option_text(options, NATIVE_EXT_HTTP_CA_FILE);
    o.ca_dir = native_ext_option_text(options, NATIVE_EXT_HTTP_CA_PATH);
    o.ca_bytes = ca ? ZSTR_VAL(ca) : NULL;
    o.ca_bytes_len = ca ? ZSTR_LEN(ca) : 0;
    native_ext_option_file_or_bytes(options, NATIVE_EXT_HTTP_CERTIFICATE, &o.cert_file,
                                    &o.cert_bytes, &o.cert_bytes_len);
    native_ext_option_file_or_bytes(options, NATIVE_EXT_HTTP_KEY, &o.key_file, &o.key_bytes,
                                    &o.key_bytes_len);
    o.passphrase = native_ext_option_text(options, NATIVE_EXT_HTTP_PASSPHRASE);
    o.pins = native_ext_option_text(options, NATIVE_EXT_HTTP_PINNED_PUBLIC_KEY);
    native_ext_option_file_or_bytes(options, NATIVE_EXT_HTTP_CRL, &o.crl_file, &o.crl_bytes,
                                    &o.crl_bytes_len);
    if (is_1_3(options, NATIVE_EXT_HTTP_TLS_MIN_VERSION))
        o.min_version = NATIVE_NET_TLS_1_3;
    if (!is_1_3(options, NATIVE_EXT_HTTP_TLS_MAX_VERSION))
        o.max_version = NATIVE_NET_TLS_1_2;
    o.ciphers = native_ext_option_text(options, NATIVE_EXT_HTTP_TLS_CIPHERS);
    o.ciphers_13 = native_ext_option_text(options, NATIVE_EXT_HTTP_TLS13_CIPHERS);
    o.groups = native_ext_option_text(options, NATIVE_EXT_HTTP_TLS_GROUPS);
    o.alpn = alpn;
    o.alpn_count = 1;
    return native_net_tls_config_get(&o, error);
}

void native_ext_http_options_minit(void)
{
    native_ext_http_options_ce = register_class_Native_Http_Options();
    native_ext_options_minit(&class, native_ext_http_options_ce);
}
