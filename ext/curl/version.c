/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/version.c - curl_version(), and what phpinfo() says. Libraries decide by it what they dare. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "version.h"

#include "ext/standard/info.h"

#include <zlib.h>

#include "../../http/decode.h"
#include "../../http/idn.h"
#include "../../http/suffix.h"
#include "../../net/tls.h"
#include "constants.h"

enum { AGE = 10 }; /* CURLVERSION_TENTH: of which PHP shows the first six */

/* The name of a feature as libcurl has it since 7.87; "" for a bit without one. */
static const struct feature {
    int bit;
    const char *name;
    bool here;
} features[] = {
    {CURL_VERSION_ASYNCHDNS, "AsynchDNS", true},
    {CURL_VERSION_CONV, "CharConv", false},
    {CURL_VERSION_DEBUG, "Debug", false},
    {CURL_VERSION_GSSNEGOTIATE, "GSS-Negotiate", false},
    {CURL_VERSION_IDN, "IDN", true},
    {CURL_VERSION_IPV6, "IPv6", true},
    {CURL_VERSION_KERBEROS4, "krb4", false},
    {CURL_VERSION_LARGEFILE, "Largefile", true},
    {CURL_VERSION_LIBZ, "libz", true},
    {CURL_VERSION_NTLM, "NTLM", false},
    {CURL_VERSION_NTLM_WB, "NTLMWB", false},
    {CURL_VERSION_SPNEGO, "SPNEGO", false},
    {CURL_VERSION_SSL, "SSL", true},
    {CURL_VERSION_SSPI, "SSPI", false},
    {CURL_VERSION_TLSAUTH_SRP, "TLS-SRP", false},
    {CURL_VERSION_HTTP2, "HTTP2", false},
    {CURL_VERSION_GSSAPI, "GSSAPI", false},
    {CURL_VERSION_KERBEROS5, "KERBEROS5", false},
    {CURL_VERSION_UNIX_SOCKETS, "UNIX_SOCKETS", true},
    {CURL_VERSION_PSL, "PSL", true},
    {CURL_VERSION_HTTPS_PROXY, "HTTPS_PROXY", false},
    {CURL_VERSION_MULTI_SSL, "MULTI_SSL", false},
    {CURL_VERSION_BROTLI, "BROTLI", true},
    {CURL_VERSION_ALTSVC, "ALTSVC", false},
    {CURL_VERSION_HTTP3, "HTTP3", false},
    {CURL_VERSION_UNICODE, "UNICODE", false},
    {CURL_VERSION_ZSTD, "ZSTD", true},
    {CURL_VERSION_HSTS, "HSTS", false},
    {CURL_VERSION_GSASL, "GSASL", false},
};

static bool is_here(const struct feature *feature)
{
    unsigned codings = native_http_decode_codings();

    if (feature->bit == CURL_VERSION_BROTLI)
        return codings & (1U << NATIVE_HTTP_CODING_BR);
    if (feature->bit == CURL_VERSION_ZSTD)
        return codings & (1U << NATIVE_HTTP_CODING_ZSTD);
    if (feature->bit == CURL_VERSION_IDN)
        return native_http_idn_version() != NULL;
    if (feature->bit == CURL_VERSION_PSL)
        return native_http_suffix_version() != NULL;
    return feature->here;
}

static zend_long bits(void)
{
    zend_long all = 0;

    for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++)
        if (is_here(&features[i]))
            all |= features[i].bit;
    return all;
}

static const char *host(void)
{
    return
#if defined(__x86_64__)
        "x86_64"
#elif defined(__aarch64__)
        "aarch64"
#elif defined(__i386__)
        "i686"
#elif defined(__arm__)
        "arm"
#elif defined(__riscv)
        "riscv64"
#else
        "unknown"
#endif
#if defined(__linux__)
        "-pc-linux-gnu";
#elif defined(__APPLE__)
        "-apple-darwin";
#else
        "-unknown";
#endif
}

static const char *const protocols[] = {"file", "http", "https"};

ZEND_FUNCTION(curl_version)
{
    const char *idn = native_http_idn_version();
    zval list;

    ZEND_PARSE_PARAMETERS_NONE();
    array_init(return_value);
    add_assoc_long(return_value, "version_number", NATIVE_EXT_CURL_VERSION_NUMBER);
    add_assoc_long(return_value, "age", AGE);
    add_assoc_long(return_value, "features", bits());
#if PHP_VERSION_ID >= 80400
    array_init(&list);
    for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++)
        add_assoc_bool(&list, features[i].name, is_here(&features[i]));
    add_assoc_zval(return_value, "feature_list", &list);
#endif
    add_assoc_long(return_value, "ssl_version_number", 0);
    add_assoc_string(return_value, "version", NATIVE_EXT_CURL_VERSION);
    add_assoc_string(return_value, "host", host());
    add_assoc_string(return_value, "ssl_version", native_net_tls_library());
    add_assoc_string(return_value, "libz_version", zlibVersion());
    array_init(&list);
    for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++)
        add_next_index_string(&list, protocols[i]);
    add_assoc_zval(return_value, "protocols", &list);
    add_assoc_string(return_value, "ares", "");
    add_assoc_long(return_value, "ares_num", 0);
    add_assoc_string(return_value, "libidn", idn ? idn : "");
    add_assoc_long(return_value, "iconv_ver_num", 0);
    add_assoc_string(return_value, "libssh_version", "");
    add_assoc_long(return_value, "brotli_ver_num", 0);
    add_assoc_string(return_value, "brotli_version", "");
}

/* Composer reads "cURL Information", "SSL Version" and "ZLib Version". */
void native_ext_curl_version_info(void)
{
    char text[128] = "";

    php_info_print_table_start();
    php_info_print_table_row(2, "cURL support", "enabled");
    php_info_print_table_row(2, "Implementation", "provided by native");
    php_info_print_table_row(2, "cURL Information", NATIVE_EXT_CURL_VERSION);
    for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++)
        php_info_print_table_row(2, features[i].name, is_here(&features[i]) ? "Yes" : "No");
    for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++)
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s", i ? ", " : "",
                 protocols[i]);
    php_info_print_table_row(2, "Protocols", text);
    php_info_print_table_row(2, "Host", host());
    php_info_print_table_row(2, "SSL Version", native_net_tls_library());
    php_info_print_table_row(2, "ZLib Version", zlibVersion());
    php_info_print_table_end();
}
