/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/response.c - Native\Http\Response. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "response.h"

#include "zend_exceptions.h"
#include "zend_smart_str.h"
#include "ext/json/php_json.h"

#include "../../http/wire/date.h"
#include "../lazy.h"
#include "exceptions.h"
#include "names.h"
#include "url.h"

#include "response_arginfo.h"

/* The declared properties, in the order of the stub. */
enum { STATUS, VERSION, URL, BODY, HEADERS, REDIRECTS, REUSED, TIMES };

/* The keys of `times`: made once, because every response has them. */
enum { TIME_NAMES = 6 };
static zend_string *time_names[TIME_NAMES];

/* And the values of `version`. */
static zend_string *version_0_9, *version_1_0, *version_1_1;

static zend_class_entry *response_ce;
static struct native_ext_lazy lazy;

/* `headers` and `times` are made when they are looked at: the fields as they came, with their text behind them. */
struct fields {
    size_t len;
    struct native_http_kept_field list[];
};

struct response {
    struct native_http_info info;
    struct native_ext_http_seen seen;
    struct fields *fields; /* NULL: those slots are made */
    zend_object std;
};

static struct response *response_of(zend_object *object)
{
    return (struct response *)((char *)object - offsetof(struct response, std));
}

static zend_object *create(zend_class_entry *ce)
{
    struct response *r = zend_object_alloc(sizeof(*r), ce);

    memset(r, 0, offsetof(struct response, std));
    zend_object_std_init(&r->std, ce);
    object_properties_init(&r->std, ce);
    r->std.handlers = &lazy.handlers;
    return &r->std;
}

static void free_object(zend_object *object)
{
    struct response *r = response_of(object);

    if (r->fields)
        efree(r->fields);
    zval_ptr_dtor(&r->seen.certificates);
    zend_object_std_dtor(object);
}

static zval *slot(zend_object *object, uint32_t which)
{
    zval *at = &object->properties_table[which];

    Z_PROP_FLAG_P(at) = 0;
    return at;
}

/* The list of values under a name in lower case; it is made with the first one. */
static HashTable *values_under(HashTable *headers, zend_string *name)
{
    zval *list = zend_symtable_find(headers, name);
    zval one;

    if (!list) {
        ZVAL_ARR(&one, zend_new_array(1));
        zend_hash_real_init_packed(Z_ARR(one));
        list = zend_symtable_update(headers, name, &one);
    }
    return Z_ARR_P(list);
}

static struct fields *copy_fields(const struct native_http_transfer *transfer)
{
    const struct native_http_kept_field *list;
    struct native_http_span text;
    size_t len = native_http_transfer_fields(transfer, &text, &list);
    struct fields *fields = emalloc(sizeof(*fields) + len * sizeof(*list) + text.len);

    fields->len = len;
    if (len > 0)
        memcpy(fields->list, list, len * sizeof(*list));
    if (text.len > 0)
        memcpy(&fields->list[len], text.at, text.len);
    return fields;
}

/* All fields: name in lower case => list of values. */
static void make_headers(zval *out, const struct fields *fields)
{
    const char *text = (const char *)&fields->list[fields->len];

    array_init(out);
    for (size_t i = 0; i < fields->len; i++) {
        const struct native_http_kept_field *field = &fields->list[i];
        struct native_http_span name = {text + field->name_at, field->name_len};
        zend_string *key = native_ext_http_name_known(name);
        zval value;

        if (!key) {
            key = zend_string_alloc(name.len, 0);
            zend_str_tolower_copy(ZSTR_VAL(key), name.at, name.len);
        }
        ZVAL_STRINGL(&value, text + field->value_at, field->value_len);
        zend_hash_next_index_insert_new(values_under(Z_ARR_P(out), key), &value);
        zend_string_release(key);
    }
}

static void make_times(zval *out, const struct native_http_times *times)
{
    const int64_t all[TIME_NAMES] = {times->name, times->connect, times->tls,
                                     times->send, times->first,   times->total};

    array_init_size(out, TIME_NAMES);
    for (size_t i = 0; i < TIME_NAMES; i++) {
        zval seconds;

        ZVAL_DOUBLE(&seconds, (double)all[i] / 1e6);
        zend_hash_add_new(Z_ARR_P(out), time_names[i], &seconds);
    }
}

static void fill(zend_object *object, const zend_string *name)
{
    struct response *r = response_of(object);

    (void)name;
    if (!r->fields)
        return;
    make_headers(slot(object, HEADERS), r->fields);
    make_times(slot(object, TIMES), &r->info.times);
    efree(r->fields);
    r->fields = NULL;
}

void native_ext_http_response_make(zval *out, const struct native_ext_http_call *call,
                                   zend_string *body)
{
    const struct native_http_transfer *transfer = call->transfer;
    const struct native_http_info *info = native_http_transfer_info(transfer);
    struct native_http_span url = native_http_transfer_url(transfer);
    zend_object *o;

    object_init_ex(out, response_ce);
    o = Z_OBJ_P(out);
    ZVAL_LONG(slot(o, STATUS), info->status);
    ZVAL_INTERNED_STR(slot(o, VERSION), info->version == 10  ? version_1_0
                                        : info->version == 9 ? version_0_9
                                                             : version_1_1);
    ZVAL_STR(slot(o, URL), native_ext_http_url_shown(url));
    ZVAL_STR(slot(o, BODY), body);
    ZVAL_LONG(slot(o, REDIRECTS), info->redirects);
    ZVAL_BOOL(slot(o, REUSED), info->reused);
    response_of(o)->fields = copy_fields(transfer);
    response_of(o)->info = *info;
    response_of(o)->seen = call->seen;
    Z_TRY_ADDREF(response_of(o)->seen.certificates);
}

ZEND_METHOD(Native_Http_Response, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

/* The values of a field; NULL: there is none, or (after throwing) no response. */
static HashTable *values_of(zend_object *self, zend_string *name)
{
    zval *headers = &self->properties_table[HEADERS];
    zend_string *key;
    zval *list;

    fill(self, NULL);
    if (Z_TYPE_P(headers) != IS_ARRAY) {
        zend_throw_error(NULL, "The Response is not constructed");
        return NULL;
    }
    key = zend_string_tolower(name);
    list = zend_symtable_find(Z_ARR_P(headers), key);
    zend_string_release(key);
    return list ? Z_ARR_P(list) : NULL;
}

ZEND_METHOD(Native_Http_Response, header)
{
    smart_str joined = {NULL, 0};
    zend_string *name;
    HashTable *values;
    zval *value;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(name)
    ZEND_PARSE_PARAMETERS_END();
    values = values_of(Z_OBJ_P(ZEND_THIS), name);
    if (!values)
        RETURN_NULL();
    ZEND_HASH_FOREACH_VAL(values, value)
    {
        if (joined.s)
            smart_str_appends(&joined, ", ");
        smart_str_append(&joined, Z_STR_P(value));
    }
    ZEND_HASH_FOREACH_END();
    RETURN_STR(smart_str_extract(&joined));
}

ZEND_METHOD(Native_Http_Response, headerValues)
{
    zend_string *name;
    HashTable *values;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(name)
    ZEND_PARSE_PARAMETERS_END();
    values = values_of(Z_OBJ_P(ZEND_THIS), name);
    if (!values)
        RETURN_EMPTY_ARRAY();
    RETURN_ARR(zend_array_dup(values));
}

ZEND_METHOD(Native_Http_Response, json)
{
    zval *body = &Z_OBJ_P(ZEND_THIS)->properties_table[BODY];

    ZEND_PARSE_PARAMETERS_NONE();
    if (Z_TYPE_P(body) != IS_STRING) {
        zend_throw_error(NULL, "The Response is not constructed");
        RETURN_THROWS();
    }
    (void)php_json_decode_ex(return_value, Z_STRVAL_P(body), Z_STRLEN_P(body),
                             PHP_JSON_OBJECT_AS_ARRAY | PHP_JSON_THROW_ON_ERROR, 512);
}

/* ---- info() ---- */

static void add_address(zval *out, const char *key, const struct native_net_address *address)
{
    char text[64];

    if (address->len > 0)
        add_assoc_string(out, key, native_net_address_format(address, text, sizeof(text)));
    else
        add_assoc_null(out, key);
}

static void add_numbers(zval *out, const struct native_http_info *info)
{
    add_assoc_long(out, "connection", (zend_long)info->connection_id);
    add_assoc_long(out, "connects", info->connects);
    add_assoc_long(out, "retries", info->retries);
    add_assoc_bool(out, "proxied", info->used_proxy);
    add_assoc_long(out, "connectStatus", info->connect_status);
    add_assoc_long(out, "requestBytes", (zend_long)info->request_bytes);
    add_assoc_long(out, "headerBytes", (zend_long)info->header_bytes);
    add_assoc_long(out, "sent", (zend_long)info->sent_bytes);
    add_assoc_long(out, "received", (zend_long)info->received_bytes);
    add_assoc_long(out, "decoded", (zend_long)info->decoded_bytes);
    add_assoc_double(out, "sendSpeed", info->send_speed);
    add_assoc_double(out, "receiveSpeed", info->receive_speed);
}

/* A number that is -1 where the server has not said it. */
static void add_said(zval *out, const char *key, int64_t number)
{
    if (number >= 0)
        add_assoc_long(out, key, (zend_long)number);
    else
        add_assoc_null(out, key);
}

/* When it was modified; -1: not said. */
static int64_t modified(zend_object *self)
{
    zend_string *name = ZSTR_INIT_LITERAL("last-modified", false);
    HashTable *values = values_of(self, name);
    zval *last = values ? zend_hash_index_find(values, zend_hash_num_elements(values) - 1) : NULL;
    struct native_http_fault fault;
    int64_t seconds;

    zend_string_release(name);
    if (!last || native_http_date_parse(Z_STRVAL_P(last), Z_STRLEN_P(last), (int64_t)time(NULL),
                                        &seconds, &fault) != NATIVE_HTTP_OK)
        return -1;
    return seconds;
}

static void add_times(zval *out, const struct native_http_times *t)
{
    zval times;

    make_times(&times, t);
    add_assoc_double(&times, "queue", (double)t->queue / 1e6);
    add_assoc_double(&times, "sent", (double)t->sent / 1e6);
    add_assoc_double(&times, "redirect", (double)t->redirect / 1e6);
    add_assoc_zval(out, "times", &times);
}

static void add_tls(zval *out, struct native_ext_http_seen *seen)
{
    zval tls;

    if (seen->tls_version) {
        array_init(&tls);
        add_assoc_string(&tls, "version", seen->tls_version);
        add_assoc_string(&tls, "cipher", seen->tls_cipher ? seen->tls_cipher : "");
        add_assoc_bool(&tls, "resumed", seen->tls_resumed);
    } else {
        ZVAL_NULL(&tls);
    }
    add_assoc_zval(out, "tls", &tls);
    if (Z_TYPE(seen->certificates) == IS_ARRAY)
        ZVAL_COPY(&tls, &seen->certificates);
    else
        array_init(&tls);
    add_assoc_zval(out, "certificates", &tls);
}

ZEND_METHOD(Native_Http_Response, info)
{
    struct response *r = response_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    array_init(return_value);
    add_address(return_value, "localAddress", &r->info.local);
    add_address(return_value, "remoteAddress", &r->info.remote);
    add_numbers(return_value, &r->info);
    add_said(return_value, "lastModified", modified(Z_OBJ_P(ZEND_THIS)));
    add_said(return_value, "retryAfter", r->info.retry_after);
    add_times(return_value, &r->info.times);
    add_tls(return_value, &r->seen);
}

void native_ext_http_response_minit(void)
{
    static const char *const names[TIME_NAMES] = {"name", "connect", "tls",
                                                  "send", "first",   "total"};

    for (size_t i = 0; i < TIME_NAMES; i++)
        time_names[i] = zend_string_init_interned(names[i], strlen(names[i]), true);
    version_0_9 = zend_string_init_interned(ZEND_STRL("0.9"), true);
    version_1_0 = zend_string_init_interned(ZEND_STRL("1.0"), true);
    version_1_1 = zend_string_init_interned(ZEND_STRL("1.1"), true);
    native_ext_http_names_minit();
    response_ce = register_class_Native_Http_Response();
    response_ce->create_object = create;
    native_ext_lazy_init(&lazy, offsetof(struct response, std), fill);
    lazy.handlers.free_obj = free_object;
    lazy.handlers.clone_obj = NULL;
}
