/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/url.c - URLs as PHP's strings. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "url.h"

#include "zend_exceptions.h"

#include "../../http/text.h"
#include "exceptions.h"

static enum native_http_status parse(zend_string *string, struct native_http_buffer *text,
                                     struct native_http_url *url, struct native_http_fault *fault)
{
    struct native_http_url_options how = NATIVE_HTTP_URL_OPTIONS_INIT;
    enum native_http_status status;

    memset(text, 0, sizeof(*text));
    do {
        text->len = 0;
        status = native_http_url_parse(&how, ZSTR_VAL(string), ZSTR_LEN(string), text, url, fault);
    } while (status == NATIVE_HTTP_NO_SPACE && native_http_text_retry(text, 0));
    if (status != NATIVE_HTTP_OK)
        native_http_text_free(text, true);
    return status;
}

zend_string *native_ext_http_url_shown(struct native_http_span url)
{
    const char *end = url.at + url.len, *from = url.at, *slashes = zend_memnstr(from, "//", 2, end);
    const char *authority = slashes ? slashes + 2 : from, *last = authority;
    zend_string *shown;

    while (last < end && *last != '/' && *last != '?' && *last != '#')
        last++;
    while (last > authority && last[-1] != '@')
        last--;
    shown = zend_string_alloc((size_t)(authority - from) + (size_t)(end - last), 0);
    memcpy(ZSTR_VAL(shown), from, (size_t)(authority - from));
    memcpy(ZSTR_VAL(shown) + (authority - from), last, (size_t)(end - last));
    ZSTR_VAL(shown)[ZSTR_LEN(shown)] = '\0';
    return shown;
}

bool native_ext_http_url_parse(zend_string *string, uint32_t number,
                               struct native_http_buffer *text, struct native_http_url *url)
{
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};

    if (parse(string, text, url, &fault) == NATIVE_HTTP_OK)
        return true;
    zend_argument_value_error(number, "must be an absolute URL: %s",
                              native_http_fault_text(fault.reason));
    return false;
}

static zend_string *refuse(const char *what, enum native_http_fault_reason reason)
{
    struct native_http_error error;

    native_http_error_fault(&error, NATIVE_HTTP_ERROR_URL, reason, what);
    native_ext_http_throw(&error, (struct native_http_span){NULL, 0});
    return NULL;
}

zend_string *native_ext_http_url_resolve(zend_string *base, zend_string *reference)
{
    struct native_http_url_options how = NATIVE_HTTP_URL_OPTIONS_INIT;
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
    struct native_http_buffer base_text, text = {NULL, 0, 0};
    struct native_http_url base_url, url;
    enum native_http_status status;
    zend_string *resolved;

    if (parse(base, &base_text, &base_url, &fault) != NATIVE_HTTP_OK)
        return refuse("baseUrl", fault.reason);
    do {
        text.len = 0;
        status = native_http_url_resolve(&how, &base_url, ZSTR_VAL(reference), ZSTR_LEN(reference),
                                         &text, &url, &fault);
    } while (status == NATIVE_HTTP_NO_SPACE && native_http_text_retry(&text, 0));
    native_http_text_free(&base_text, true);
    resolved = status == NATIVE_HTTP_OK ? zend_string_init(text.at, text.len, 0)
                                        : refuse("the URL", fault.reason);
    native_http_text_free(&text, true);
    return resolved;
}
