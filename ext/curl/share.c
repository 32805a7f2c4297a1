/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/share.c - CurlShareHandle; from PHP 8.5 on CurlSharePersistentHandle, which has nothing of its own: what it would keep
 * from one request to the next, the process keeps anyway. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "share.h"

#include "zend_exceptions.h"

#include "../compat.h"
#include "cookies.h"
#include "error.h"
#include "hosts.h"
#include "owner.h"

/* CURLSHcode, of which PHP has no names. */
enum { SHARE_OK = 0, BAD_OPTION = 1, IN_USE = 2, NO_MEMORY = 4 };
enum { LOCK_DATA_HSTS = CURL_LOCK_DATA_PSL + 1 }; /* nor of this */

zend_class_entry *native_ext_curl_share_ce;
static zend_object_handlers handlers;

#if PHP_VERSION_ID >= 80500
zend_class_entry *native_ext_curl_share_persistent_ce;
#endif

bool native_ext_curl_is_share(const zval *value)
{
    const zend_class_entry *ce;

    ZVAL_DEREF(value);
    if (Z_TYPE_P(value) != IS_OBJECT)
        return false;
    ce = Z_OBJCE_P(value);
#if PHP_VERSION_ID >= 80500
    if (ce == native_ext_curl_share_persistent_ce)
        return true;
#endif
    return ce == native_ext_curl_share_ce;
}

/* ---- what is shared ---- */

static bool is_kind(zend_long kind)
{
    return kind >= CURL_LOCK_DATA_COOKIE && kind <= CURL_LOCK_DATA_PSL;
}

static void drop_cookies(struct native_ext_curl_share *share)
{
    native_http_cookies_free(share->cookies);
    share->cookies = NULL;
}

/* The store is there at once: it turns cookies on for every handle that uses the share. */
static int share_kind(struct native_ext_curl_share *share, zend_long kind)
{
    if (kind == CURL_LOCK_DATA_COOKIE && !share->cookies) {
        share->cookies = native_http_cookies_new();
        if (!share->cookies)
            return NO_MEMORY;
        native_ext_curl_cookies_limit(share->cookies);
    }
    share->what |= 1U << kind;
    return SHARE_OK;
}

static int unshare_kind(struct native_ext_curl_share *share, zend_long kind)
{
    if (kind == CURL_LOCK_DATA_COOKIE)
        drop_cookies(share);
    share->what &= ~(1U << kind);
    return SHARE_OK;
}

static int set(struct native_ext_curl_share *share, zend_long option, zend_long kind)
{
    if (share->users > 0)
        return IN_USE;
    if (!is_kind(kind) && kind != LOCK_DATA_HSTS)
        return BAD_OPTION;
    return option == CURLSHOPT_SHARE ? share_kind(share, kind) : unshare_kind(share, kind);
}

/* ---- functions ---- */

ZEND_FUNCTION(curl_share_init)
{
    ZEND_PARSE_PARAMETERS_NONE();
    object_init_ex(return_value, native_ext_curl_share_ce);
}

/* Does nothing: the share goes with its last reference. */
ZEND_FUNCTION(curl_share_close)
{
    zend_object *object;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_share_ce)
    ZEND_PARSE_PARAMETERS_END();
    (void)object;
}

ZEND_FUNCTION(curl_share_setopt)
{
    struct native_ext_curl_share *share;
    zend_object *object;
    zend_long option;
    zval *value;

    ZEND_PARSE_PARAMETERS_START(3, 3)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_share_ce)
    Z_PARAM_LONG(option)
    Z_PARAM_ZVAL(value)
    ZEND_PARSE_PARAMETERS_END();
    share = native_ext_curl_share_of(object);
    if (option != CURLSHOPT_SHARE && option != CURLSHOPT_UNSHARE) {
        share->error = BAD_OPTION;
        zend_argument_value_error(2, "is not a valid cURL share option");
        RETURN_THROWS();
    }
    share->error = set(share, option, zval_get_long(value));
    RETURN_BOOL(share->error == SHARE_OK);
}

ZEND_FUNCTION(curl_share_errno)
{
    zend_object *object;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_share_ce)
    ZEND_PARSE_PARAMETERS_END();
    RETURN_LONG(native_ext_curl_share_of(object)->error);
}

ZEND_FUNCTION(curl_share_strerror)
{
    zend_long code;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_LONG(code)
    ZEND_PARSE_PARAMETERS_END();
    RETURN_STRING(native_ext_curl_share_strerror(code));
}

#if PHP_VERSION_ID >= 80500
/* Returns one of the kinds that outlive a request; -1 after throwing. */
static zend_long persistent_kind(zval *value)
{
    bool failed = false;
    zend_long kind = zval_try_get_long(value, &failed);

    if (failed)
        zend_argument_type_error(1, "must contain only int values, %s given",
                                 zend_zval_value_name(value));
    else if (kind == CURL_LOCK_DATA_COOKIE)
        zend_argument_value_error(1, "must not contain CURL_LOCK_DATA_COOKIE because sharing "
                                     "cookies across PHP requests is unsafe");
    else if (!is_kind(kind))
        zend_argument_value_error(1, "must contain only CURL_LOCK_DATA_* constants");
    else
        return kind;
    return -1;
}

/* The property: each once, in their order. */
static void set_options(zend_object *object, unsigned what)
{
    zval options;

    array_init(&options);
    for (zend_long kind = CURL_LOCK_DATA_COOKIE; is_kind(kind); kind++)
        if (what & 1U << kind)
            add_next_index_long(&options, kind);
    zend_update_property(native_ext_curl_share_persistent_ce, object, ZEND_STRL("options"),
                         &options);
    zval_ptr_dtor(&options);
}

ZEND_FUNCTION(curl_share_init_persistent)
{
    HashTable *kinds;
    unsigned what = 0;
    zval *value;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_ARRAY_HT(kinds)
    ZEND_PARSE_PARAMETERS_END();
    if (zend_hash_num_elements(kinds) == 0) {
        zend_argument_value_error(1, "must not be empty");
        RETURN_THROWS();
    }
    ZEND_HASH_FOREACH_VAL(kinds, value)
    {
        zend_long kind = persistent_kind(value);

        if (kind < 0)
            RETURN_THROWS();
        what |= 1U << kind;
    }
    ZEND_HASH_FOREACH_END();
    object_init_ex(return_value, native_ext_curl_share_persistent_ce);
    native_ext_curl_share_of(Z_OBJ_P(return_value))->what = what;
    /* Equal ones have the same connections, which no request takes along. */
    native_ext_curl_share_of(Z_OBJ_P(return_value))->owner = what;
    set_options(Z_OBJ_P(return_value), what);
}
#endif

/* ---- the objects ---- */

static zend_object *create(zend_class_entry *ce)
{
    struct native_ext_curl_share *share = zend_object_alloc(sizeof(*share), ce);

    memset(share, 0, offsetof(struct native_ext_curl_share, std));
    zend_object_std_init(&share->std, ce);
    object_properties_init(&share->std, ce);
    share->std.handlers = &handlers;
    return &share->std;
}

static bool is_persistent(const struct native_ext_curl_share *share)
{
    return share->std.ce != native_ext_curl_share_ce;
}

static void drop(struct native_ext_curl_share *share)
{
    drop_cookies(share);
    native_ext_curl_hosts_free(share->hosts);
    share->hosts = NULL;
    if (!is_persistent(share))
        native_ext_curl_owner_leave(&share->owner);
}

/* At the end of a request, or in a cycle, the handles that use it may come later, and have jars to write: the last one ends it. */
static void free_object(zend_object *object)
{
    struct native_ext_curl_share *share = native_ext_curl_share_of(object);

    share->gone = true;
    if (share->users == 0)
        drop(share);
    zend_object_std_dtor(object);
}

void native_ext_curl_share_unuse(struct native_ext_curl_share *share)
{
    if (--share->users == 0 && share->gone)
        drop(share);
}

static zend_function *get_constructor(zend_object *object)
{
    zend_throw_error(
        NULL, "Cannot directly construct %s, use %s() instead", ZSTR_VAL(object->ce->name),
        object->ce == native_ext_curl_share_ce ? "curl_share_init" : "curl_share_init_persistent");
    return NULL;
}

void native_ext_curl_share_minit(void)
{
    native_ext_curl_share_ce->create_object = create;
#if PHP_VERSION_ID >= 80500
    native_ext_curl_share_persistent_ce->create_object = create;
#endif
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.offset = offsetof(struct native_ext_curl_share, std);
    handlers.free_obj = free_object;
    handlers.get_constructor = get_constructor;
    handlers.clone_obj = NULL;
    handlers.compare = zend_objects_not_comparable;
}
