/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/overrides.c - other addresses and peers than a URL names. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "overrides.h"

#include "zend_exceptions.h"

#include "../../http/wire/field.h"

/* "example.org:443", "[2001:db8::1]:443", "*:80" (any host: empty), and where `port` may be missing "example.org". */
static bool read_place(const zend_string *text, bool needs_port, struct native_http_span *host,
                       uint16_t *port)
{
    struct native_http_span all = {ZSTR_VAL(text), ZSTR_LEN(text)};
    const char *colon = zend_memrchr(all.at, ':', all.len);
    uint64_t number = 0;

    if (all.len > 0 && all.at[all.len - 1] == ']')
        colon = NULL;
    if (colon) {
        struct native_http_span digits = {colon + 1, (size_t)(all.at + all.len - colon - 1)};

        if (digits.len == 0 || !native_http_number(digits, 65535, &number) || number == 0)
            return false;
        all.len = (size_t)(colon - all.at);
    }
    if ((needs_port && !colon) || all.len == 0 || memchr(all.at, '\0', all.len))
        return false;
    *port = (uint16_t)number;
    if (all.len > 2 && all.at[0] == '[' && all.at[all.len - 1] == ']') {
        all.at++;
        all.len -= 2;
    } else if (memchr(all.at, ':', all.len)) {
        return false;
    }
    *host = all.len == 1 && all.at[0] == '*' ? (struct native_http_span){"", 0} : all;
    return true;
}

static bool add_address(struct native_net_addresses *list, zval *value)
{
    ZVAL_DEREF(value);
    if (list->count == NATIVE_NET_ADDRESSES_MAX || Z_TYPE_P(value) != IS_STRING ||
        strlen(Z_STRVAL_P(value)) != Z_STRLEN_P(value) ||
        !native_net_address_parse(Z_STRVAL_P(value), &list->items[list->count]))
        return false;
    list->count++;
    return true;
}

static bool read_addresses(struct native_net_addresses *list, uint16_t port, zval *value)
{
    zval *one;

    memset(list, 0, sizeof(*list));
    ZVAL_DEREF(value);
    if (Z_TYPE_P(value) != IS_ARRAY) {
        if (!add_address(list, value))
            return false;
    } else {
        ZEND_HASH_FOREACH_VAL(Z_ARR_P(value), one)
        {
            if (!add_address(list, one))
                return false;
        }
        ZEND_HASH_FOREACH_END();
    }
    for (size_t i = 0; i < list->count; i++)
        native_net_address_set_port(&list->items[i], port);
    return list->count > 0;
}

static bool make_resolve(struct native_ext_http_overrides *o, HashTable *from, uint32_t number)
{
    zend_string *key;
    zval *value;
    size_t count = zend_hash_num_elements(from);

    if (count == 0)
        return true;
    o->resolve = safe_emalloc(count, sizeof(*o->resolve), 0);
    o->addresses = safe_emalloc(count, sizeof(*o->addresses), 0);
    ZEND_HASH_FOREACH_STR_KEY_VAL(from, key, value)
    {
        struct native_http_resolve_entry *entry = &o->resolve[o->resolve_len];
        struct native_net_addresses *list = &o->addresses[o->resolve_len];

        if (!key || !read_place(key, true, &entry->host, &entry->port) ||
            !read_addresses(list, entry->port, value)) {
            zend_argument_value_error(number,
                                      "must be \"host:port\" => IP address, or up to %d of them",
                                      NATIVE_NET_ADDRESSES_MAX);
            return false;
        }
        entry->addresses = list;
        o->resolve_len++;
    }
    ZEND_HASH_FOREACH_END();
    return true;
}

static bool make_connect_to(struct native_ext_http_overrides *o, HashTable *from, uint32_t number)
{
    zend_string *key;
    zval *value;

    if (zend_hash_num_elements(from) == 0)
        return true;
    o->connect_to = safe_emalloc(zend_hash_num_elements(from), sizeof(*o->connect_to), 0);
    o->peers = safe_emalloc(zend_hash_num_elements(from), sizeof(*o->peers), 0);
    ZEND_HASH_FOREACH_STR_KEY_VAL(from, key, value)
    {
        struct native_http_connect_entry *entry = &o->connect_to[o->connect_to_len];

        ZVAL_DEREF(value);
        if (!key || !read_place(key, false, &entry->host, &entry->port) ||
            Z_TYPE_P(value) != IS_STRING ||
            !read_place(Z_STR_P(value), false, &entry->to_host, &entry->to_port)) {
            zend_argument_value_error(number, "must be \"host:port\" => \"host:port\"");
            return false;
        }
        /* The value may stand behind a reference: what is read later must not change. */
        o->peers[o->connect_to_len++] = zend_string_copy(Z_STR_P(value));
    }
    ZEND_HASH_FOREACH_END();
    return true;
}

bool native_ext_http_overrides_make(struct native_ext_http_overrides *o, HashTable *resolve,
                                    uint32_t resolve_number, HashTable *connect_to,
                                    uint32_t connect_to_number)
{
    memset(o, 0, sizeof(*o));
    return make_resolve(o, resolve, resolve_number) &&
           make_connect_to(o, connect_to, connect_to_number);
}

void native_ext_http_overrides_end(struct native_ext_http_overrides *o)
{
    for (size_t i = 0; i < o->connect_to_len; i++)
        zend_string_release(o->peers[i]);
    if (o->peers)
        efree(o->peers);
    if (o->resolve)
        efree(o->resolve);
    if (o->addresses)
        efree(o->addresses);
    if (o->connect_to)
        efree(o->connect_to);
    memset(o, 0, sizeof(*o));
}
