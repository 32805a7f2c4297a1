/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/cookie_jar.c - Native\Http\CookieJar. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "cookie_jar.h"

#include <string.h>
#include <time.h>

#include "zend_exceptions.h"
#include "zend_interfaces.h"
#include "ext/spl/spl_iterators.h"
#include "ext/spl/spl_array.h"

#include "../../http/cookies_file.h"
#include "../../http/text.h"
#include "exceptions.h"
#include "url.h"

#include "cookie_jar_arginfo.h"

zend_class_entry *native_ext_http_cookie_jar_ce;
static zend_object_handlers handlers;

struct jar {
    struct native_http_cookies *cookies;
    zend_object std;
};

static struct jar *jar_of(zend_object *object)
{
    return (struct jar *)((char *)object - offsetof(struct jar, std));
}

/* Made with the object, so that one without its constructor is an empty jar. */
static zend_object *create(zend_class_entry *ce)
{
    struct jar *jar = zend_object_alloc(sizeof(*jar), ce);

    jar->cookies = native_http_cookies_new();
    if (!jar->cookies)
        zend_error_noreturn(E_ERROR, "Out of memory");
    zend_object_std_init(&jar->std, ce);
    object_properties_init(&jar->std, ce);
    jar->std.handlers = &handlers;
    return &jar->std;
}

static void free_object(zend_object *object)
{
    native_http_cookies_free(jar_of(object)->cookies);
    zend_object_std_dtor(object);
}

struct native_http_cookies *native_ext_http_cookies_of(zend_object *jar)
{
    return jar_of(jar)->cookies;
}

static int64_t now(void)
{
    return (int64_t)time(NULL);
}

ZEND_METHOD(Native_Http_CookieJar, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

static void throw_errno(const char *what, zend_string *file, int os_errno)
{
    zend_throw_exception_ex(native_ext_http_exception_ce, 0, "Cannot %s the cookie file %s: %s",
                            what, ZSTR_VAL(file), strerror(os_errno));
}

ZEND_METHOD(Native_Http_CookieJar, load)
{
    struct native_http_cookies_file how = NATIVE_HTTP_COOKIES_FILE_INIT;
    zend_string *file;
    int failed;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_PATH_STR(file)
    ZEND_PARSE_PARAMETERS_END();
    if (php_check_open_basedir(ZSTR_VAL(file))) {
        throw_errno("read", file, EACCES);
        RETURN_THROWS();
    }
    failed =
        native_http_cookies_read(jar_of(Z_OBJ_P(ZEND_THIS))->cookies, ZSTR_VAL(file), now(), &how);
    if (failed) {
        throw_errno("read", file, failed);
        RETURN_THROWS();
    }
    RETURN_LONG((zend_long)how.taken);
}

ZEND_METHOD(Native_Http_CookieJar, save)
{
    zend_string *file;
    int failed;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_PATH_STR(file)
    ZEND_PARSE_PARAMETERS_END();
    failed =
        php_check_open_basedir(ZSTR_VAL(file))
            ? EACCES
            : native_http_cookies_write(jar_of(Z_OBJ_P(ZEND_THIS))->cookies, ZSTR_VAL(file), now());
    if (failed)
        throw_errno("write", file, failed);
}

ZEND_METHOD(Native_Http_CookieJar, set)
{
    struct native_http_cookie_origin origin;
    struct native_http_buffer text;
    struct native_http_url url;
    struct native_http_fault fault;
    zend_string *cookie, *at;
    enum native_http_status status;

    ZEND_PARSE_PARAMETERS_START(2, 2)
    Z_PARAM_STR(cookie)
    Z_PARAM_STR(at)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_http_url_parse(at, 2, &text, &url))
        RETURN_THROWS();
    native_http_cookie_origin_of(&origin, &url);
    status = native_http_cookies_take(jar_of(Z_OBJ_P(ZEND_THIS))->cookies,
                                      (struct native_http_span){ZSTR_VAL(cookie), ZSTR_LEN(cookie)},
                                      &origin, now(), &fault);
    native_http_text_free(&text, true);
    RETURN_BOOL(status == NATIVE_HTTP_OK);
}

ZEND_METHOD(Native_Http_CookieJar, get)
{
    struct native_http_cookie_origin origin;
    struct native_http_buffer text, value = {NULL, 0, 0};
    struct native_http_url url;
    zend_string *at;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(at)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_http_url_parse(at, 1, &text, &url))
        RETURN_THROWS();
    native_http_cookie_origin_of(&origin, &url);
    (void)native_http_cookies_put(jar_of(Z_OBJ_P(ZEND_THIS))->cookies, &origin, now(), &value);
    if (value.len > 0 && native_http_text_retry(&value, 0))
        (void)native_http_cookies_put(jar_of(Z_OBJ_P(ZEND_THIS))->cookies, &origin, now(), &value);
    RETVAL_STRINGL(value.at ? value.at : "", value.at ? value.len : 0);
    native_http_text_free(&value, true);
    native_http_text_free(&text, true);
}

ZEND_METHOD(Native_Http_CookieJar, clear)
{
    bool session = false;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_BOOL(session)
    ZEND_PARSE_PARAMETERS_END();
    if (session)
        native_http_cookies_drop_session(jar_of(Z_OBJ_P(ZEND_THIS))->cookies);
    else
        native_http_cookies_clear(jar_of(Z_OBJ_P(ZEND_THIS))->cookies);
}

ZEND_METHOD(Native_Http_CookieJar, count)
{
    ZEND_PARSE_PARAMETERS_NONE();
    native_http_cookies_drop_expired(jar_of(Z_OBJ_P(ZEND_THIS))->cookies, now());
    RETURN_LONG((zend_long)native_http_cookies_count(jar_of(Z_OBJ_P(ZEND_THIS))->cookies));
}

static void add_span(zval *array, const char *key, struct native_http_span span)
{
    add_assoc_stringl(array, key, span.at ? span.at : "", span.len);
}

static void describe(zval *out, const struct native_http_cookie *cookie)
{
    array_init_size(out, 7);
    add_span(out, "name", cookie->name);
    add_span(out, "value", cookie->value);
    add_span(out, "domain", cookie->domain);
    add_span(out, "path", cookie->path);
    if (cookie->expires == NATIVE_HTTP_COOKIE_SESSION)
        add_assoc_null(out, "expires");
    else
        add_assoc_long(out, "expires", (zend_long)cookie->expires);
    add_assoc_bool(out, "secure", cookie->secure);
    add_assoc_bool(out, "httpOnly", cookie->http_only);
}

/* Over a copy: the jar may change meanwhile. */
ZEND_METHOD(Native_Http_CookieJar, getIterator)
{
    struct native_http_cookies *cookies = jar_of(Z_OBJ_P(ZEND_THIS))->cookies;
    const struct native_http_cookie *cookie = NULL;
    zval list, one;

    ZEND_PARSE_PARAMETERS_NONE();
    native_http_cookies_drop_expired(cookies, now());
    array_init(&list);
    while ((cookie = native_http_cookies_next(cookies, cookie))) {
        describe(&one, cookie);
        add_next_index_zval(&list, &one);
    }
    object_init_ex(return_value, spl_ce_ArrayIterator);
    zend_call_known_instance_method_with_1_params(spl_ce_ArrayIterator->constructor,
                                                  Z_OBJ_P(return_value), NULL, &list);
    zval_ptr_dtor(&list);
}

void native_ext_http_cookie_jar_minit(void)
{
    native_ext_http_cookie_jar_ce =
        register_class_Native_Http_CookieJar(zend_ce_countable, zend_ce_aggregate);
    native_ext_http_cookie_jar_ce->create_object = create;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.offset = offsetof(struct jar, std);
    handlers.free_obj = free_object;
    handlers.clone_obj = NULL;
}
