/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/info_texts.c - curl_getinfo(): texts and lists; false: there is none. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "info_parts.h"

#include <time.h>
#include <unistd.h>

#include "../../http/text.h"
#include "../../http/wire/cookie_jar_line.h"
#include "cookies.h"

static void put_span(zval *value, struct native_http_span text)
{
    ZVAL_STRINGL(value, text.at, text.len);
}

/* What a query or a fragment would stand behind, with nothing in it, is not shown. */
static struct native_http_span without_empty(struct native_http_span url)
{
    if (url.len > 0 && url.at[url.len - 1] == '#')
        url.len--;
    if (url.len > 0 && url.at[url.len - 1] == '?' && memchr(url.at, '?', url.len - 1) == NULL &&
        memchr(url.at, '#', url.len) == NULL)
        url.len--;
    return url;
}

static void put_url(struct native_ext_curl_easy *easy, const struct native_ext_curl_told *t,
                    zval *value)
{
    struct native_http_span url = native_ext_curl_info_url_of(easy);

    if (url.at && (!easy->new_url || t->redirects > easy->new_url_at))
        put_span(value, without_empty(url));
    else if (native_ext_curl_info_has_local(easy) && easy->shown_url && !easy->new_url)
        ZVAL_STR_COPY(value, easy->shown_url);
    else if (easy->cloned_url)
        ZVAL_STR_COPY(value, easy->cloned_url);
    else if (easy->set.url) /* as it was given: it is another one, or was not looked at */
        ZVAL_STR_COPY(value, easy->set.url);
    else
        ZVAL_EMPTY_STRING(value);
}

zend_string *native_ext_curl_info_url(struct native_ext_curl_easy *easy)
{
    struct native_http_span url = native_ext_curl_info_url_of(easy);

    if (native_ext_curl_info_has_local(easy) && easy->shown_url)
        return zend_string_copy(easy->shown_url);
    return url.at ? zend_string_init(url.at, url.len, 0) : NULL;
}

/* A redirect may have made GET of it: then nothing is sent. The name that the engine has may be a setting that is gone. */
static const char *method_of(const struct native_ext_curl_easy *easy,
                             const struct native_ext_curl_told *t)
{
    static const char *const names[] = {
        [NATIVE_EXT_CURL_GET] = "GET",   [NATIVE_EXT_CURL_HEAD] = "HEAD",
        [NATIVE_EXT_CURL_POST] = "POST", [NATIVE_EXT_CURL_POST_MIME] = "POST",
        [NATIVE_EXT_CURL_PUT] = "PUT",
    };
    const struct native_ext_curl_settings *s = &easy->set;

    if (s->no_body)
        return "HEAD";
    if (!native_ext_curl_info_has_transfer(easy) && !native_ext_curl_info_has_local(easy))
        return "GET";
    if (native_ext_curl_info_has_transfer(easy) &&
        native_http_transfer_info(easy->transfer)->redirects > 0 && t->upload_length == 0)
        return "GET";
    return names[s->method];
}

static void put_method(struct native_ext_curl_easy *easy, const struct native_ext_curl_told *t,
                       zval *value)
{
    if (easy->set.custom_request && ZSTR_LEN(easy->set.custom_request) > 0)
        ZVAL_STR_COPY(value, easy->set.custom_request);
    else
        ZVAL_STRING(value, method_of(easy, t));
}

/* The last (or the first) of the fields that has a value. Without a status there may be no transfer, either. */
static struct native_http_span field_of(const struct native_ext_curl_easy *easy,
                                        const struct native_ext_curl_told *t,
                                        struct native_http_span name, bool last)
{
    struct native_http_span found = {NULL, 0}, value;
    size_t after = 0;

    if (t->status == 0)
        return found;
    while ((last || !found.at) &&
           (value = native_http_transfer_field(easy->transfer, name, &after)).at)
        if (value.len > 0)
            found = value;
    return found;
}

static void put_content_type(struct native_ext_curl_easy *easy,
                             const struct native_ext_curl_told *t, zval *value)
{
    struct native_http_span type = field_of(easy, t, NATIVE_HTTP_SPAN("content-type"), true);

    if (type.at)
        put_span(value, type);
    else
        ZVAL_FALSE(value);
}

/* Past the last redirect that was allowed: the engine has not kept where it led. */
static void put_resolved(const struct native_ext_curl_easy *easy, struct native_http_span target,
                         zval *value)
{
    struct native_http_url_options how = NATIVE_HTTP_URL_OPTIONS_INIT;
    struct native_http_span from = native_ext_curl_info_url_of(easy);
    struct native_http_buffer base_text = {NULL, 0, 0}, text = {NULL, 0, 0};
    struct native_http_url base, url;
    struct native_http_fault fault;
    bool found = native_http_text_reserve(&base_text, 2 * from.len + 16) &&
                 native_http_text_reserve(&text, 3 * (from.len + target.len) + 64);

    how.flags |=
        NATIVE_HTTP_URL_SPACES | NATIVE_HTTP_URL_SPACE_AS_PLUS | easy->options.location_flags;
    found = found &&
            native_http_url_parse(&how, from.at, from.len, &base_text, &base, &fault) ==
                NATIVE_HTTP_OK &&
            native_http_url_resolve(&how, &base, target.at, target.len, &text, &url, &fault) ==
                NATIVE_HTTP_OK;
    if (found)
        put_span(value, url.text);
    else
        ZVAL_FALSE(value);
    native_http_text_free(&base_text, true);
    native_http_text_free(&text, true);
}

static void put_redirect_url(struct native_ext_curl_easy *easy,
                             const struct native_ext_curl_told *t, zval *value)
{
    struct native_http_span target = {NULL, 0}, url = {NULL, 0};
    bool too_many = native_ext_curl_info_has_transfer(easy) &&
                    native_http_transfer_error(easy->transfer)->kind == NATIVE_HTTP_ERROR_REDIRECTS;

    if (t->status >= 300 && t->status <= 399)
        target = field_of(easy, t, NATIVE_HTTP_SPAN("location"), false);
    if (too_many && target.at) {
        put_resolved(easy, target, value);
        return;
    }
    if (too_many) /* a request that was to come again with credentials */
        url = native_ext_curl_info_url_of(easy);
    else if (target.at)
        url = native_http_transfer_location(easy->transfer);
    if (url.at)
        put_span(value, url);
    else if (target.at && !easy->options.follow &&
             native_http_transfer_error(easy->transfer)->kind == NATIVE_HTTP_ERROR_NONE)
        put_span(value, target); /* as it came: it is none */
    else
        ZVAL_FALSE(value);
}

static void put_address(zval *value, const struct native_net_address *address)
{
    char text[64];

    ZVAL_STRING(value, native_net_address_host(address, text, sizeof(text)));
}

static void put_remote_ip(struct native_ext_curl_easy *easy, const struct native_ext_curl_told *t,
                          zval *value)
{
    if (native_ext_curl_info_has_transfer(easy))
        put_address(value, &native_http_transfer_info(easy->transfer)->remote);
    else
        ZVAL_EMPTY_STRING(value);
}

static void put_local_ip(struct native_ext_curl_easy *easy, const struct native_ext_curl_told *t,
                         zval *value)
{
    if (native_ext_curl_info_has_transfer(easy))
        put_address(value, &native_http_transfer_info(easy->transfer)->local);
    else
        ZVAL_EMPTY_STRING(value);
}

static void put_scheme(struct native_ext_curl_easy *easy, const struct native_ext_curl_told *t,
                       zval *value)
{
    switch (t->protocol) {
    case CURLPROTO_HTTP:
        ZVAL_STRING(value, "HTTP");
        break;
    case CURLPROTO_HTTPS:
        ZVAL_STRING(value, "HTTPS");
        break;
    case CURLPROTO_FILE:
        ZVAL_STRING(value, "FILE");
        break;
    default:
        ZVAL_FALSE(value);
    }
}

static void put_referer(struct native_ext_curl_easy *easy, const struct native_ext_curl_told *t,
                        zval *value)
{
    struct native_http_span last = {NULL, 0};

    if (native_ext_curl_info_has_transfer(easy) && easy->set.auto_referer)
        last = native_http_transfer_referer(easy->transfer);
    if (last.at)
        put_span(value, last);
    else if (easy->set.referer)
        ZVAL_STR_COPY(value, easy->set.referer);
    else
        ZVAL_FALSE(value);
}

/* Where net/trust.c looks when nothing is set: what libcurl was built with. */

static void put_first_there(zval *value, const char *const *paths)
{
    for (; *paths; paths++)
        if (access(*paths, R_OK) == 0) {
            ZVAL_STRING(value, *paths);
            return;
        }
    ZVAL_FALSE(value);
}

static void put_ca_file(struct native_ext_curl_easy *easy, const struct native_ext_curl_told *t,
                        zval *value)
{
    static const char *const paths[] = {"/etc/ssl/certs/ca-certificates.crt",
                                        "/etc/pki/tls/certs/ca-bundle.crt",
                                        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
                                        "/etc/ssl/ca-bundle.pem",
                                        "/etc/ssl/cert.pem",
                                        "/usr/local/etc/ssl/cert.pem",
                                        "/usr/local/share/certs/ca-root-nss.crt",
                                        NULL};

    put_first_there(value, paths);
}

static void put_ca_path(struct native_ext_curl_easy *easy, const struct native_ext_curl_told *t,
                        zval *value)
{
    static const char *const paths[] = {"/etc/ssl/certs", "/etc/pki/tls/certs", NULL};

    put_first_there(value, paths);
}

static void put_no_list(struct native_ext_curl_easy *easy, const struct native_ext_curl_told *t,
                        zval *value)
{
    array_init(value);
}

/* One line of a jar, without its end. Returns NULL for a cookie that no jar can hold. */
static zend_string *line_of(const struct native_http_cookie *cookie)
{
    struct native_http_buffer line = {NULL, 0, 0};
    struct native_http_fault fault;
    zend_string *text;

    if (native_http_cookie_jar_line_put(&line, cookie, &fault) != NATIVE_HTTP_OK)
        return NULL;
    text = zend_string_alloc(line.len, 0);
    line = (struct native_http_buffer){ZSTR_VAL(text), line.len, 0};
    (void)native_http_cookie_jar_line_put(&line, cookie, &fault);
    ZSTR_LEN(text) = line.len - 1;
    ZSTR_VAL(text)[ZSTR_LEN(text)] = '\0';
    return text;
}

static void put_cookies(struct native_ext_curl_easy *easy, const struct native_ext_curl_told *t,
                        zval *value)
{
    const struct native_http_cookies *cookies = native_ext_curl_cookies_of(easy);
    const struct native_http_cookie *cookie = NULL;
    int64_t now = (int64_t)time(NULL);

    array_init(value);
    while (cookies && (cookie = native_http_cookies_next(cookies, cookie))) {
        zend_string *line = cookie->expires > now ? line_of(cookie) : NULL;

        if (line)
            add_next_index_str(value, line);
    }
}

static void put_certificates(struct native_ext_curl_easy *easy,
                             const struct native_ext_curl_told *t, zval *value)
{
    if (Z_TYPE(easy->certinfo) == IS_ARRAY)
        ZVAL_COPY(value, &easy->certinfo);
    else
        array_init(value);
}

/* ---- all of them ---- */

static const struct {
    int id;
    void (*put)(struct native_ext_curl_easy *easy, const struct native_ext_curl_told *t,
                zval *value);
} texts[] = {
    {CURLINFO_EFFECTIVE_URL, put_url},
    {CURLINFO_CONTENT_TYPE, put_content_type},
    {CURLINFO_SSL_ENGINES, put_no_list},
    {CURLINFO_COOKIELIST, put_cookies},
    {CURLINFO_REDIRECT_URL, put_redirect_url},
    {CURLINFO_PRIMARY_IP, put_remote_ip},
    {CURLINFO_CERTINFO, put_certificates},
    {CURLINFO_LOCAL_IP, put_local_ip},
    {CURLINFO_SCHEME, put_scheme},
    {CURLINFO_EFFECTIVE_METHOD, put_method},
    {CURLINFO_REFERER, put_referer},
    {CURLINFO_CAINFO, put_ca_file},
    {CURLINFO_CAPATH, put_ca_path},
};

void native_ext_curl_info_text(struct native_ext_curl_easy *easy,
                               const struct native_ext_curl_told *told, zend_long id, zval *value)
{
    ZVAL_FALSE(value);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (texts[i].id == id)
            texts[i].put(easy, told, value);
}
