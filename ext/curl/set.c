/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/set.c - setting an option: how a value of each kind is taken. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "options.h"

#include "body.h"
#include "fill.h"
#include "special.h"
#include "streams.h"

static void *field_of(struct native_ext_curl_easy *easy,
                      const struct native_ext_curl_option *option)
{
    return (char *)&easy->set + option->at;
}

static bool works(const struct native_ext_curl_option *option)
{
    return option->status == NATIVE_EXT_CURL_WORKS;
}

static int take_number(struct native_ext_curl_easy *easy,
                       const struct native_ext_curl_option *option, zval *value)
{
    zend_long number = zval_get_long(value);

    if (EG(exception))
        return -1;
    if (option->kind == NATIVE_EXT_CURL_FLAG)
        number = number != 0;
    else if (option->kind == NATIVE_EXT_CURL_UNSIGNED)
        number = number < 0 || number > option->high ? option->high : number;
    else if (option->kind == NATIVE_EXT_CURL_AT_MOST && number > option->high)
        number = option->high;
    else if (number < option->low || number > option->high)
        return CURLE_BAD_FUNCTION_ARGUMENT;
    if (works(option))
        *(int64_t *)field_of(easy, option) = number * (option->times ? option->times : 1);
    return CURLE_OK;
}

/* What stock PHP names itself in these errors. */
static const char *function_name(void)
{
    return get_active_function_name();
}

zend_string *native_ext_curl_text_of(zval *value)
{
    zend_string *text = zval_try_get_string(value);

    if (text && strlen(ZSTR_VAL(text)) != ZSTR_LEN(text)) {
        zend_value_error("%s(): cURL option must not contain any null bytes", function_name());
        zend_string_release(text);
        return NULL;
    }
    return text;
}

/* A value is no more the setting. The engine may still look at it until the transfer ends. */
static void let_go(struct native_ext_curl_easy *easy, zval *old)
{
    if (easy->running) {
        if (!easy->replaced)
            easy->replaced = zend_new_array(4);
        zend_hash_next_index_insert_new(easy->replaced, old);
    } else {
        zval_ptr_dtor(old);
    }
}

void native_ext_curl_put_text(struct native_ext_curl_easy *easy, zend_string **field,
                              zend_string *text)
{
    zval old;

    ZVAL_UNDEF(&old);
    if (*field)
        ZVAL_STR(&old, *field);
    *field = text;
    if (Z_TYPE(old) != IS_UNDEF)
        let_go(easy, &old);
}

/* What libcurl does not copy it does not measure. */
static bool is_too_long(const struct native_ext_curl_option *option, const zend_string *text)
{
    bool measured = option->status == NATIVE_EXT_CURL_WORKS ||
                    (option->status == NATIVE_EXT_CURL_IGNORED && option->times == 0);

    return measured && ZSTR_LEN(text) > NATIVE_EXT_CURL_LONGEST;
}

static int take_text(struct native_ext_curl_easy *easy, const struct native_ext_curl_option *option,
                     zval *value)
{
    zend_string *text = NULL;

    if (option->kind != NATIVE_EXT_CURL_TEXT_OR_NULL || Z_TYPE_P(value) != IS_NULL) {
        text = option->kind == NATIVE_EXT_CURL_BLOB ? zval_try_get_string(value)
                                                    : native_ext_curl_text_of(value);
        if (!text)
            return -1;
    }
    if (text && is_too_long(option, text)) {
        zend_string_release(text);
        return CURLE_BAD_FUNCTION_ARGUMENT;
    }
    if (option->kind == NATIVE_EXT_CURL_PATH && ZSTR_LEN(text) > 0 &&
        php_check_open_basedir(ZSTR_VAL(text))) {
        zend_string_release(text);
        return -1;
    }
    if (works(option))
        native_ext_curl_put_text(easy, field_of(easy, option), text);
    else if (text)
        zend_string_release(text);
    return CURLE_OK;
}

static const char *name_of(int id)
{
#define X(name, value, since) {value, #name},
    static const struct {
        int id;
        const char *name;
    } names[] = {NATIVE_EXT_CURL_OPTIONS(X)};
#undef X

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (names[i].id == id)
            return names[i].name;
    return "";
}

static int take_list(struct native_ext_curl_easy *easy, const struct native_ext_curl_option *option,
                     zval *value)
{
    zend_array *list, **field;
    zval *item, text, old;

    if (Z_TYPE_P(value) != IS_ARRAY) {
        zend_type_error("%s(): The %s option must have an array value", function_name(),
                        name_of(option->id));
        return -1;
    }
    list = zend_new_array(zend_hash_num_elements(Z_ARR_P(value)));
    ZEND_HASH_FOREACH_VAL(Z_ARR_P(value), item)
    {
        zend_string *string;

        ZVAL_DEREF(item);
        string = zval_try_get_string(item);
        if (!string) {
            zend_array_release(list);
            return -1;
        }
        /* As C has them: up to the first zero byte. */
        if (strlen(ZSTR_VAL(string)) != ZSTR_LEN(string)) {
            ZVAL_STRING(&text, ZSTR_VAL(string));
            zend_string_release(string);
        } else {
            ZVAL_STR(&text, string);
        }
        zend_hash_next_index_insert_new(list, &text);
    }
    ZEND_HASH_FOREACH_END();
    if (!works(option)) {
        zend_array_release(list);
        return CURLE_OK;
    }
    if (option->id == CURLOPT_RESOLVE)
        easy->new_resolve = true;
    field = field_of(easy, option);
    if (*field) {
        ZVAL_ARR(&old, *field);
        let_go(easy, &old);
    }
    *field = list;
    return CURLE_OK;
}

/* PHP 8.4 looks at a callback when it is set, earlier ones when it is called. */
static int take_callback(struct native_ext_curl_easy *easy,
                         const struct native_ext_curl_option *option, zval *value, bool in_array)
{
    struct native_ext_curl_callback *callback;
    zval old;

    (void)in_array;
#if PHP_VERSION_ID >= 80400
    zend_fcall_info_cache cache = empty_fcall_info_cache;
    char *error = NULL;

    if (Z_TYPE_P(value) != IS_NULL && !zend_is_callable_ex(value, NULL, 0, NULL, &cache, &error)) {
        zend_argument_type_error(in_array ? 2 : 3, "must be a valid callback for option %s, %s",
                                 name_of(option->id), error);
        efree(error);
        return -1;
    }
#endif
    if (!works(option))
        return CURLE_OK;
    callback = field_of(easy, option);
    ZVAL_COPY_VALUE(&old, &callback->name);
#if PHP_VERSION_ID >= 80400
    callback->cache = cache;
#else
    callback->cache = empty_fcall_info_cache;
#endif
    ZVAL_COPY(&callback->name, value);
    native_ext_curl_called(easy, option->id);
    zval_ptr_dtor(&old);
    return CURLE_OK;
}

static int take_special(struct native_ext_curl_easy *easy,
                        const struct native_ext_curl_option *option, zval *value)
{
    return option->set(easy, option, value);
}

static int take_stream(struct native_ext_curl_easy *easy,
                       const struct native_ext_curl_option *option, zval *value)
{
    return native_ext_curl_set_stream(easy, option->id, field_of(easy, option), value);
}

/* It has thrown, and not for a zero byte: stock notes the refusal nonetheless. */
static bool is_no_text(const zval *value)
{
    return EG(exception) && Z_TYPE_P(value) == IS_OBJECT && Z_OBJCE_P(value)->__tostring == NULL;
}

bool native_ext_curl_set(struct native_ext_curl_easy *easy, zend_long id, zval *value,
                         bool in_array)
{
    static int (*const take[])(struct native_ext_curl_easy *, const struct native_ext_curl_option *,
                               zval *) = {
        [NATIVE_EXT_CURL_NUMBER] = take_number,   [NATIVE_EXT_CURL_AT_MOST] = take_number,
        [NATIVE_EXT_CURL_UNSIGNED] = take_number, [NATIVE_EXT_CURL_FLAG] = take_number,
        [NATIVE_EXT_CURL_TEXT] = take_text,       [NATIVE_EXT_CURL_TEXT_OR_NULL] = take_text,
        [NATIVE_EXT_CURL_PATH] = take_text,       [NATIVE_EXT_CURL_BLOB] = take_text,
        [NATIVE_EXT_CURL_LIST] = take_list,       [NATIVE_EXT_CURL_STREAM] = take_stream,
        [NATIVE_EXT_CURL_SPECIAL] = take_special,
    };
    const struct native_ext_curl_option *option = native_ext_curl_option_find(id);
    int error;

    if (!option) {
        zend_argument_value_error(2, in_array ? "must contain only valid cURL options"
                                              : "is not a valid cURL option");
        native_ext_curl_easy_set_error(easy, CURLE_UNKNOWN_OPTION, NULL);
        return false;
    }
    error = option->kind == NATIVE_EXT_CURL_CALLBACK ? take_callback(easy, option, value, in_array)
                                                     : take[option->kind](easy, option, value);
    if (option->status == NATIVE_EXT_CURL_REFUSED && option->times > 0 &&
        (error == CURLE_OK || is_no_text(value)))
        error = (int)option->times;
    if (error < 0)
        return false;
    native_ext_curl_easy_set_error(easy, error, NULL);
    /* What is decided later in a transfer that runs follows it. */
    if (error == CURLE_OK && easy->running && native_ext_curl_fill(easy) == CURLE_OK)
        (void)native_ext_curl_body_prepare(easy);
    return error == CURLE_OK;
}
