/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/special.c - options that are more than a value of their kind. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "special.h"

#include "body.h"
#include "cookies.h"
#include "share.h"

#include "ext/standard/url.h"

/* ---- which request: what was set last decides ---- */

int native_ext_curl_set_http_get(struct native_ext_curl_easy *easy,
                                 const struct native_ext_curl_option *option, zval *value)
{
    if (zval_get_long(value) != 0) {
        easy->set.method = NATIVE_EXT_CURL_GET;
        easy->set.no_body = false;
    }
    return CURLE_OK;
}

int native_ext_curl_set_no_body(struct native_ext_curl_easy *easy,
                                const struct native_ext_curl_option *option, zval *value)
{
    easy->set.no_body = zval_get_long(value) != 0;
    if (easy->set.no_body)
        easy->set.method = NATIVE_EXT_CURL_HEAD;
    else if (easy->set.method == NATIVE_EXT_CURL_HEAD)
        easy->set.method = NATIVE_EXT_CURL_GET;
    return CURLE_OK;
}

static int set_method(struct native_ext_curl_easy *easy, enum native_ext_curl_method method,
                      zval *value)
{
    bool on = zval_get_long(value) != 0;

    easy->set.method = on ? method : NATIVE_EXT_CURL_GET;
    if (on)
        easy->set.no_body = false;
    return CURLE_OK;
}

int native_ext_curl_set_post(struct native_ext_curl_easy *easy,
                             const struct native_ext_curl_option *option, zval *value)
{
    return set_method(easy, NATIVE_EXT_CURL_POST, value);
}

int native_ext_curl_set_upload(struct native_ext_curl_easy *easy,
                               const struct native_ext_curl_option *option, zval *value)
{
    return set_method(easy, NATIVE_EXT_CURL_PUT, value);
}

static void drop_fields(struct native_ext_curl_easy *easy)
{
    zval old;

    ZVAL_COPY_VALUE(&old, &easy->set.post_fields);
    ZVAL_UNDEF(&easy->set.post_fields);
    zval_ptr_dtor(&old);
}

int native_ext_curl_set_post_fields(struct native_ext_curl_easy *easy,
                                    const struct native_ext_curl_option *option, zval *value)
{
    zend_string *text;

    if (Z_TYPE_P(value) == IS_ARRAY && zend_hash_num_elements(Z_ARR_P(value)) > 0) {
        int error = native_ext_curl_body_of_fields(easy, Z_ARR_P(value));

        if (error != CURLE_OK)
            return error;
        drop_fields(easy);
        ZVAL_COPY(&easy->set.post_fields, value);
        easy->set.method = NATIVE_EXT_CURL_POST_MIME;
        easy->set.no_body = false;
        return CURLE_OK;
    }
    text = Z_TYPE_P(value) == IS_ARRAY ? ZSTR_EMPTY_ALLOC() : zval_try_get_string(value);
    if (!text)
        return -1;
    native_ext_curl_put_text(easy, &easy->set.post_text, text);
    drop_fields(easy);
    easy->set.method = NATIVE_EXT_CURL_POST;
    return CURLE_OK;
}

int native_ext_curl_set_post_redirect(struct native_ext_curl_easy *easy,
                                      const struct native_ext_curl_option *option, zval *value)
{
    easy->set.post_redirect = zval_get_long(value) & CURL_REDIR_POST_ALL;
    return CURLE_OK;
}

int native_ext_curl_set_follow(struct native_ext_curl_easy *easy,
                               const struct native_ext_curl_option *option, zval *value)
{
#if PHP_VERSION_ID >= 80500
    easy->set.follow = zval_get_long(value);
#else
    easy->set.follow = zend_is_true(value);
#endif
    return CURLE_OK;
}

int native_ext_curl_set_http_version(struct native_ext_curl_easy *easy,
                                     const struct native_ext_curl_option *option, zval *value)
{
    zend_long version = zval_get_long(value);

    if (version < CURL_HTTP_VERSION_NONE)
        return CURLE_BAD_FUNCTION_ARGUMENT;
    /* HTTP/2 may be asked for: without it 1.1 is what is agreed on. */
    if (version > CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE)
        return CURLE_UNSUPPORTED_PROTOCOL;
    easy->set.http_version = version;
    return CURLE_OK;
}

/* ---- URL and protocols ---- */

static bool is_confined(void)
{
    return PG(open_basedir) && *PG(open_basedir);
}

int native_ext_curl_short_text_of(zval *value, zend_string **text)
{
    *text = native_ext_curl_text_of(value);
    if (!*text)
        return -1;
    if (ZSTR_LEN(*text) <= NATIVE_EXT_CURL_LONGEST)
        return CURLE_OK;
    zend_string_release(*text);
    return CURLE_BAD_FUNCTION_ARGUMENT;
}

int native_ext_curl_set_url(struct native_ext_curl_easy *easy,
                            const struct native_ext_curl_option *option, zval *value)
{
    zend_string *url;
    int error = native_ext_curl_short_text_of(value, &url);

    if (error != CURLE_OK)
        return error;
    if (is_confined())
        easy->set.protocols &= ~(int64_t)CURLPROTO_FILE;
    native_ext_curl_put_text(easy, &easy->set.url, url);
    native_ext_curl_put_text(easy, &easy->cloned_url, NULL);
    easy->new_url = true;
    easy->new_url_at =
        easy->running && easy->transfer ? native_http_transfer_info(easy->transfer)->redirects : 0;
    return CURLE_OK;
}

static int64_t *number_of(struct native_ext_curl_easy *easy,
                          const struct native_ext_curl_option *option)
{
    return (int64_t *)((char *)&easy->set + option->at);
}

int native_ext_curl_set_protocols(struct native_ext_curl_easy *easy,
                                  const struct native_ext_curl_option *option, zval *value)
{
    zend_long bits = zval_get_long(value);

    if (is_confined() && (bits & CURLPROTO_FILE)) {
        php_error_docref(NULL, E_WARNING,
                         "CURLPROTO_FILE cannot be activated when an open_basedir is set");
        return -1;
    }
    *number_of(easy, option) = bits;
    return CURLE_OK;
}

/* Protocols that libcurl knows, spoken here or not. */
static int64_t protocol_of(const char *name, size_t len)
{
#define X(constant, number, since) {#constant, sizeof(#constant) - 1, number},
    static const struct {
        const char *name;
        size_t len;
        int64_t bit;
    } all[] = {NATIVE_EXT_CURL_VALUES(X)};
#undef X

    if (len == 3 && strncasecmp(name, "all", 3) == 0)
        return CURLPROTO_HTTP | CURLPROTO_HTTPS | CURLPROTO_FILE;
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        if (all[i].len == len + sizeof("CURLPROTO_") - 1 &&
            strncmp(all[i].name, "CURLPROTO_", sizeof("CURLPROTO_") - 1) == 0 &&
            strncasecmp(all[i].name + sizeof("CURLPROTO_") - 1, name, len) == 0)
            return all[i].bit;
    return 0;
}

int native_ext_curl_set_protocol_names(struct native_ext_curl_easy *easy,
                                       const struct native_ext_curl_option *option, zval *value)
{
    zend_string *names = native_ext_curl_text_of(value);
    int64_t bits = 0;
    int error = CURLE_OK;

    if (!names)
        return -1;
    for (const char *at = ZSTR_VAL(names), *end; *at && error == CURLE_OK;
         at = *end ? end + 1 : end) {
        int64_t bit;

        end = at + strcspn(at, ",");
        bit = protocol_of(at, (size_t)(end - at));
        if (!bit)
            error = CURLE_UNSUPPORTED_PROTOCOL;
        bits |= bit;
    }
    zend_string_release(names);
    if (error == CURLE_OK && is_confined() && (bits & CURLPROTO_FILE)) {
        php_error_docref(NULL, E_WARNING,
                         "The FILE protocol cannot be activated when an open_basedir is set");
        return -1;
    }
    if (error == CURLE_OK)
        *number_of(easy, option) = bits;
    return error;
}

/* ---- users ---- */

int native_ext_curl_set_auth(struct native_ext_curl_easy *easy,
                             const struct native_ext_curl_option *option, zval *value)
{
    enum { NOT_SPOKEN = CURLAUTH_NEGOTIATE | CURLAUTH_NTLM | CURLAUTH_NTLM_WB };
    zend_long ways = zval_get_long(value);

    if (ways & CURLAUTH_DIGEST_IE)
        ways = (ways | CURLAUTH_DIGEST) & ~(zend_long)CURLAUTH_DIGEST_IE;
    /* Ways that are not spoken here may be among them. */
    if (ways != CURLAUTH_NONE && (ways & ~(zend_long)NOT_SPOKEN & INT32_MAX) == 0)
        return CURLE_NOT_BUILT_IN;
    *number_of(easy, option) = ways;
    return CURLE_OK;
}

/* A number for libcurl, for which PHP gives it the address of a text: any text is "on". */
int native_ext_curl_set_any_text(struct native_ext_curl_easy *easy,
                                 const struct native_ext_curl_option *option, zval *value)
{
    zend_string *text = native_ext_curl_text_of(value);

    if (!text)
        return -1;
    zend_string_release(text);
    *number_of(easy, option) = 1;
    return CURLE_OK;
}

/* A text of our own; NULL is allowed. */
static void unescape(zend_string *text)
{
    if (text)
        ZSTR_LEN(text) = php_raw_url_decode(ZSTR_VAL(text), ZSTR_LEN(text));
}

/* The proxy's user and password are percent-encoded, the server's are not. */
int native_ext_curl_set_escaped(struct native_ext_curl_easy *easy,
                                const struct native_ext_curl_option *option, zval *value)
{
    zend_string *text = native_ext_curl_text_of(value), *own;

    if (!text)
        return -1;
    if (ZSTR_LEN(text) > NATIVE_EXT_CURL_LONGEST) {
        zend_string_release(text);
        return CURLE_BAD_FUNCTION_ARGUMENT;
    }
    own = zend_string_init(ZSTR_VAL(text), ZSTR_LEN(text), 0);
    zend_string_release(text);
    unescape(own);
    native_ext_curl_put_text(easy, (zend_string **)((char *)&easy->set + option->at), own);
    return CURLE_OK;
}

int native_ext_curl_set_socks5_auth(struct native_ext_curl_easy *easy,
                                    const struct native_ext_curl_option *option, zval *value)
{
    zend_long ways = zval_get_long(value);

    if (ways & 0xff & ~(zend_long)(CURLAUTH_BASIC | CURLAUTH_GSSAPI))
        return CURLE_NOT_BUILT_IN;
    *number_of(easy, option) = ways;
    return CURLE_OK;
}

/* "user:password" */
int native_ext_curl_set_user_password(struct native_ext_curl_easy *easy,
                                      const struct native_ext_curl_option *option, zval *value)
{
    bool proxy = option->id == CURLOPT_PROXYUSERPWD;
    zend_string *both, *user = NULL, *password = NULL;
    int error = native_ext_curl_short_text_of(value, &both);
    const char *colon;

    if (error != CURLE_OK)
        return error;
    colon = strchr(ZSTR_VAL(both), ':');
    if (colon) {
        user = zend_string_init(ZSTR_VAL(both), (size_t)(colon - ZSTR_VAL(both)), 0);
        password = zend_string_init(colon + 1, strlen(colon + 1), 0);
        zend_string_release(both);
    } else {
        /* Also "", which is sent as such. What is changed below is a text of our own. */
        user = proxy ? zend_string_init(ZSTR_VAL(both), ZSTR_LEN(both), 0) : zend_string_copy(both);
        zend_string_release(both);
    }
    if (proxy) {
        unescape(user);
        unescape(password);
    }
    native_ext_curl_put_text(easy, proxy ? &easy->set.proxy_user : &easy->set.user, user);
    native_ext_curl_put_text(easy, proxy ? &easy->set.proxy_password : &easy->set.password,
                             password);
    return CURLE_OK;
}

/* ---- TLS ---- */

int native_ext_curl_set_verify_host(struct native_ext_curl_easy *easy,
                                    const struct native_ext_curl_option *option, zval *value)
{
    zend_long how = zval_get_long(value);

    if (how == 1)
        php_error_docref(NULL, E_NOTICE,
                         "CURLOPT_SSL_VERIFYHOST no longer accepts the value 1, "
                         "value 2 will be used instead");
    easy->set.verify_host = how & 3 ? 2 : 0;
    return CURLE_OK;
}

/* There is none of this name. */
int native_ext_curl_set_engine(struct native_ext_curl_easy *easy,
                               const struct native_ext_curl_option *option, zval *value)
{
    char text[NATIVE_EXT_CURL_ERROR_SIZE];
    zend_string *name;
    int error = native_ext_curl_short_text_of(value, &name);

    if (error != CURLE_OK)
        return error;
    if (ZSTR_LEN(name) > 0) {
        snprintf(text, sizeof(text), "SSL Engine '%s' not found", ZSTR_VAL(name));
        native_ext_curl_easy_set_error(easy, CURLE_SSL_ENGINE_NOTFOUND, text);
        error = -1;
    }
    zend_string_release(name);
    return error;
}

int native_ext_curl_set_ssl_version(struct native_ext_curl_easy *easy,
                                    const struct native_ext_curl_option *option, zval *value)
{
    zend_long version = zval_get_long(value), least = version & 0xffff;
    zend_long most = version >> 16 & 0xffff;

    if (least > CURL_SSLVERSION_TLSv1_3 || least == CURL_SSLVERSION_SSLv2 ||
        least == CURL_SSLVERSION_SSLv3 || most > CURL_SSLVERSION_TLSv1_3)
        return CURLE_BAD_FUNCTION_ARGUMENT;
    if (option->status == NATIVE_EXT_CURL_WORKS)
        easy->set.ssl_version = version & 0xffffffff;
    return CURLE_OK;
}

/* ---- cookies ---- */

int native_ext_curl_set_cookie_file(struct native_ext_curl_easy *easy,
                                    const struct native_ext_curl_option *option, zval *value)
{
    zend_string *path;
    int error = native_ext_curl_short_text_of(value, &path);
    zval item;

    if (error != CURLE_OK)
        return error;
    if (ZSTR_LEN(path) > 0 && php_check_open_basedir(ZSTR_VAL(path))) {
        zend_string_release(path);
        return -1;
    }
    if (!easy->set.cookie_files) {
        easy->set.cookie_files = zend_new_array(1);
    } else if (GC_REFCOUNT(easy->set.cookie_files) > 1) { /* a copied handle's */
        zend_array *shared = easy->set.cookie_files;

        easy->set.cookie_files = zend_array_dup(shared);
        GC_DELREF(shared);
    }
    ZVAL_STR(&item, path);
    zend_hash_next_index_insert_new(easy->set.cookie_files, &item);
    easy->cookies_loaded = false;
    return CURLE_OK;
}

int native_ext_curl_set_cookie_jar(struct native_ext_curl_easy *easy,
                                   const struct native_ext_curl_option *option, zval *value)
{
    zend_string *path;
    int error = native_ext_curl_short_text_of(value, &path);

    if (error != CURLE_OK)
        return error;
    if (ZSTR_LEN(path) > 0 && php_check_open_basedir(ZSTR_VAL(path))) {
        zend_string_release(path);
        return -1;
    }
    native_ext_curl_put_text(easy, &easy->set.cookie_jar, path);
    easy->cookies_on = true;
    return native_ext_curl_cookies(easy) ? CURLE_OK : CURLE_OUT_OF_MEMORY;
}

int native_ext_curl_set_cookie_list(struct native_ext_curl_easy *easy,
                                    const struct native_ext_curl_option *option, zval *value)
{
    zend_string *text;
    int error = native_ext_curl_short_text_of(value, &text);

    if (error != CURLE_OK)
        return error;
    error = native_ext_curl_cookies_command(easy, ZSTR_VAL(text));
    zend_string_release(text);
    return error;
}

/* ---- where things go ---- */

void native_ext_curl_called(struct native_ext_curl_easy *easy, int option)
{
    if (option == CURLOPT_WRITEFUNCTION)
        easy->set.write_to = NATIVE_EXT_CURL_TO_CALL;
    else if (option == CURLOPT_HEADERFUNCTION)
        easy->set.header_to = NATIVE_EXT_CURL_TO_CALL;
#if PHP_VERSION_ID >= 80400
    /* null takes it back. */
    if (option == CURLOPT_WRITEFUNCTION && Z_TYPE(easy->set.on_write.name) == IS_NULL)
        easy->set.write_to = NATIVE_EXT_CURL_TO_OUTPUT;
    if (option == CURLOPT_HEADERFUNCTION && Z_TYPE(easy->set.on_header.name) == IS_NULL)
        easy->set.header_to = NATIVE_EXT_CURL_TO_NOTHING;
    /* In stock the function that calls it, or calls nothing when it is null, keeps the request's header, too. */
    if (option == CURLOPT_DEBUGFUNCTION)
        easy->set.header_out = true;
#endif
}

int native_ext_curl_set_return(struct native_ext_curl_easy *easy,
                               const struct native_ext_curl_option *option, zval *value)
{
    easy->set.write_to =
        zend_is_true(value) ? NATIVE_EXT_CURL_TO_RETURN : NATIVE_EXT_CURL_TO_OUTPUT;
    return CURLE_OK;
}

int native_ext_curl_set_header_out(struct native_ext_curl_easy *easy,
                                   const struct native_ext_curl_option *option, zval *value)
{
#if PHP_VERSION_ID >= 80400
    if (Z_TYPE(easy->set.on_debug.name) > IS_NULL) {
        zend_value_error("CURLINFO_HEADER_OUT option must not be set when the "
                         "CURLOPT_DEBUGFUNCTION option is set");
        return -1;
    }
#endif
    /* In stock this is a function that swallows what VERBOSE would say, and turns that on. */
    easy->set.header_out = easy->set.verbose = zend_is_true(value);
    return CURLE_OK;
}

/* ---- others ---- */

int native_ext_curl_set_private(struct native_ext_curl_easy *easy,
                                const struct native_ext_curl_option *option, zval *value)
{
    zval old;

    ZVAL_COPY_VALUE(&old, &easy->set.private_value);
    ZVAL_COPY(&easy->set.private_value, value);
    zval_ptr_dtor(&old);
    return CURLE_OK;
}

int native_ext_curl_set_share(struct native_ext_curl_easy *easy,
                              const struct native_ext_curl_option *option, zval *value)
{
    if (native_ext_curl_is_share(value))
        native_ext_curl_share_use(easy, Z_OBJ_P(value));
    return CURLE_OK;
}

int native_ext_curl_set_safe_upload(struct native_ext_curl_easy *easy,
                                    const struct native_ext_curl_option *option, zval *value)
{
    if (zend_is_true(value))
        return CURLE_OK;
    zend_value_error("%s(): Disabling safe uploads is no longer supported",
                     get_active_function_name());
    return -1;
}

int native_ext_curl_set_nothing(struct native_ext_curl_easy *easy,
                                const struct native_ext_curl_option *option, zval *value)
{
    return CURLE_OK;
}

int native_ext_curl_set_not_none(struct native_ext_curl_easy *easy,
                                 const struct native_ext_curl_option *option, zval *value)
{
    return zval_get_long(value) == 0 ? CURLE_BAD_FUNCTION_ARGUMENT : CURLE_OK;
}

/* "Decode": ours is "leave it as it is". */
int native_ext_curl_set_inverse(struct native_ext_curl_easy *easy,
                                const struct native_ext_curl_option *option, zval *value)
{
    *number_of(easy, option) = zval_get_long(value) == 0;
    return CURLE_OK;
}

int native_ext_curl_set_global_cache(struct native_ext_curl_easy *easy,
                                     const struct native_ext_curl_option *option, zval *value)
{
#if PHP_VERSION_ID < 80400
    zend_long number = zval_get_long(value);

    (void)number;
#endif
#if PHP_VERSION_ID < 80400 && defined(ZTS)
    if (number != 0) {
        php_error_docref(NULL, E_WARNING,
                         "CURLOPT_DNS_USE_GLOBAL_CACHE cannot be activated when "
                         "thread safety is enabled");
        return -1;
    }
#endif
    return CURLE_OK;
}
