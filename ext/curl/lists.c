/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/lists.c - HTTPHEADER, PROXYHEADER, RESOLVE, CONNECT_TO for the engine. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "body.h"
#include "fill.h"

#include "ext/date/php_date.h"

#include "../../http/wire/field.h"

void native_ext_curl_lists_free(struct native_ext_curl_lists *lists)
{
    while (lists) {
        struct native_ext_curl_lists *older = lists->older;

        free(lists->fields);
        free(lists->proxy_fields);
        free(lists->aliases);
        free(lists->resolve);
        free(lists->addresses);
        free(lists->connect_to);
        free(lists->url);
        free(lists);
        lists = older;
    }
}

static size_t count_of(const zend_array *list)
{
    return list ? zend_hash_num_elements(list) : 0;
}

/* ---- header fields ---- */

/* If-Modified-Since and its kind. */
static void put_condition(const struct native_ext_curl_settings *s,
                          struct native_ext_curl_lists *lists)
{
    static const char *const names[] = {
        [CURL_TIMECOND_IFMODSINCE] = "If-Modified-Since: ",
        [CURL_TIMECOND_IFUNMODSINCE] = "If-Unmodified-Since: ",
        [CURL_TIMECOND_LASTMOD] = "Last-Modified: ",
    };
    zend_string *date;

    if (s->time_condition == CURL_TIMECOND_NONE || s->time_value == 0)
        return;
    date = php_format_date(ZEND_STRL("D, d M Y H:i:s \\G\\M\\T"), (time_t)s->time_value, false);
    snprintf(lists->condition, sizeof(lists->condition), "%s%s", names[s->time_condition],
             ZSTR_VAL(date));
    zend_string_release(date);
    lists->fields[lists->fields_len++] =
        (struct native_http_span){lists->condition, strlen(lists->condition)};
}

static size_t put_spans(struct native_http_span *spans, const zend_array *list)
{
    size_t count = 0;
    zval *item;

    if (!list)
        return 0;
    ZEND_HASH_FOREACH_VAL((zend_array *)list, item)
    {
        spans[count++] = (struct native_http_span){Z_STRVAL_P(item), Z_STRLEN_P(item)};
    }
    ZEND_HASH_FOREACH_END();
    return count;
}

/* The body's own field has the type, and the boundary. */
static void drop_types(struct native_ext_curl_lists *lists)
{
    size_t kept = 0;

    for (size_t i = 0; i < lists->fields_len; i++)
        if (!native_ext_curl_type_of(lists->fields[i].at))
            lists->fields[kept++] = lists->fields[i];
    lists->fields_len = kept;
}

static bool make_fields(const struct native_ext_curl_settings *s,
                        struct native_ext_curl_lists *lists)
{
    lists->fields = calloc(count_of(s->http_header) + 1, sizeof(*lists->fields));
    lists->proxy_fields = calloc(count_of(s->proxy_header) + 1, sizeof(*lists->proxy_fields));
    lists->aliases = calloc(count_of(s->status_aliases) + 1, sizeof(*lists->aliases));
    if (!lists->fields || !lists->proxy_fields || !lists->aliases)
        return false;
    lists->aliases_len = put_spans(lists->aliases, s->status_aliases);
    lists->fields_len = put_spans(lists->fields, s->http_header);
    if (native_ext_curl_own_type(s))
        drop_types(lists);
    lists->proxy_fields_len = put_spans(lists->proxy_fields, s->proxy_header);
    put_condition(s, lists);
    return true;
}

/* ---- names ---- */

/* A host up to its colon, "[::1]" without the brackets. Returns what comes behind the colon; NULL: there is none. */
static const char *take_host(const char *at, struct native_http_span *host)
{
    const char *end;

    if (*at == '[') {
        end = strchr(at, ']');
        if (!end || end[1] != ':')
            return NULL;
        *host = (struct native_http_span){at + 1, (size_t)(end - at - 1)};
        return end + 2;
    }
    end = strchr(at, ':');
    if (!end)
        return NULL;
    *host = (struct native_http_span){at, (size_t)(end - at)};
    return end + 1;
}

/* A port up to its colon or the end; none is 0. Returns what comes behind the colon, or the end; NULL: it is no port. */
static const char *take_port(const char *at, uint16_t *port)
{
    size_t len = strcspn(at, ":");
    uint64_t number = 0;

    if (len > 0 && !native_http_number((struct native_http_span){at, len}, 65535, &number))
        return NULL;
    *port = (uint16_t)number;
    return at[len] ? at + len + 1 : at + len;
}

/* "192.0.2.1,[2001:db8::1]" */
static bool take_addresses(const char *at, struct native_net_addresses *list)
{
    char text[128];

    while (*at) {
        size_t len = strcspn(at, ",");
        const char *from = at;
        size_t size = len;

        if (size > 2 && from[0] == '[' && from[size - 1] == ']') {
            from++;
            size -= 2;
        }
        if (size == 0 || size >= sizeof(text) || list->count == NATIVE_NET_ADDRESSES_MAX)
            return false;
        memcpy(text, from, size);
        text[size] = '\0';
        if (!native_net_address_parse(text, &list->items[list->count++]))
            return false;
        at += len + (at[len] == ',');
    }
    return list->count > 0;
}

static bool same_place(const struct native_http_resolve_entry *a,
                       const struct native_http_resolve_entry *b)
{
    return a->port == b->port && native_http_span_is_nocase(a->host, b->host);
}

/* What comes later holds: an earlier entry of the same place goes. */
static void replace(struct native_ext_curl_lists *lists,
                    const struct native_http_resolve_entry *entry)
{
    for (size_t i = 0; i < lists->resolve_len; i++) {
        if (!same_place(&lists->resolve[i], entry))
            continue;
        memmove(&lists->resolve[i], &lists->resolve[i + 1],
                (lists->resolve_len - i - 1) * sizeof(*lists->resolve));
        lists->resolve_len--;
        return;
    }
}

/* "host:port:address,...", "+..." (the same: nothing times out here within a transfer), "-host:port". */
static bool take_resolve(struct native_ext_curl_lists *lists, const char *text,
                         struct native_net_addresses *addresses)
{
    struct native_http_resolve_entry entry = {.addresses = addresses};
    bool remove = *text == '-';
    const char *at = take_host(text + (remove || *text == '+'), &entry.host);

    if (at)
        at = take_port(at, &entry.port);
    if (!at || (!remove && !take_addresses(at, addresses)))
        return false;
    if (entry.host.len == 1 && entry.host.at[0] == '*')
        entry.host.len = 0;
    replace(lists, &entry);
    if (!remove)
        lists->resolve[lists->resolve_len++] = entry;
    return true;
}

static int make_resolve(struct native_ext_curl_easy *easy, struct native_ext_curl_lists *lists)
{
    size_t count = count_of(easy->set.resolve), n = 0;
    char text[NATIVE_EXT_CURL_ERROR_SIZE];
    zval *item;

    if (count == 0)
        return CURLE_OK;
    lists->resolve = calloc(count, sizeof(*lists->resolve));
    lists->addresses = calloc(count, sizeof(*lists->addresses));
    if (!lists->resolve || !lists->addresses)
        return CURLE_OUT_OF_MEMORY;
    ZEND_HASH_FOREACH_VAL(easy->set.resolve, item)
    {
        if (!take_resolve(lists, Z_STRVAL_P(item), &lists->addresses[n++])) {
            snprintf(text, sizeof(text), "Couldn't parse CURLOPT_RESOLVE entry '%.150s'",
                     Z_STRVAL_P(item));
            native_ext_curl_easy_set_error(easy, CURLE_SETOPT_OPTION_SYNTAX, text);
            return CURLE_SETOPT_OPTION_SYNTAX;
        }
    }
    ZEND_HASH_FOREACH_END();
    return CURLE_OK;
}

/* "host:port:to_host:to_port", each of which may be empty. What is none is passed over. */
static bool take_connect_to(struct native_http_connect_entry *entry, const char *text)
{
    const char *at = take_host(text, &entry->host);

    if (at)
        at = take_port(at, &entry->port);
    if (!at || !*at)
        return false;
    if (strchr(at, ':'))
        at = take_host(at, &entry->to_host);
    else {
        entry->to_host = (struct native_http_span){at, strlen(at)};
        return true;
    }
    return at && take_port(at, &entry->to_port);
}

static bool make_connect_to(const struct native_ext_curl_settings *s,
                            struct native_ext_curl_lists *lists)
{
    size_t count = count_of(s->connect_to);
    zval *item;

    if (count == 0)
        return true;
    lists->connect_to = calloc(count, sizeof(*lists->connect_to));
    if (!lists->connect_to)
        return false;
    ZEND_HASH_FOREACH_VAL(s->connect_to, item)
    {
        struct native_http_connect_entry *entry = &lists->connect_to[lists->connect_to_len];

        memset(entry, 0, sizeof(*entry));
        lists->connect_to_len += take_connect_to(entry, Z_STRVAL_P(item));
    }
    ZEND_HASH_FOREACH_END();
    return true;
}

/* ---- PORT ---- */

/* "http://user@host:80/path" with another port. Returns NULL without memory. */
static char *with_port(const char *url, int64_t port)
{
    const char *host = strstr(url, "://"), *end, *at, *colon;
    size_t len = strlen(url) + 8;
    char *out = malloc(len);

    host = host ? host + 3 : url;
    end = host + strcspn(host, "/?#");
    at = zend_memrchr(host, '@', (size_t)(end - host));
    at = at ? at + 1 : host;
    colon = zend_memrchr(at, ':', (size_t)(end - at));
    if (!colon || zend_memrchr(colon, ']', (size_t)(end - colon)))
        colon = end;
    if (out)
        snprintf(out, len, "%.*s:%d%s", (int)(colon - url), url, (int)port, end);
    return out;
}

static bool make_url(const struct native_ext_curl_settings *s, struct native_ext_curl_lists *lists)
{
    if (s->port == 0 || !s->url)
        return true;
    lists->url = with_port(ZSTR_VAL(s->url), s->port);
    return lists->url != NULL;
}

/* ---- all ---- */

int native_ext_curl_lists_make(struct native_ext_curl_easy *easy)
{
    struct native_ext_curl_lists *lists = calloc(1, sizeof(*lists));
    struct native_http_options *o = &easy->options;
    int error = CURLE_OUT_OF_MEMORY;

    if (lists && make_fields(&easy->set, lists) && make_connect_to(&easy->set, lists) &&
        make_url(&easy->set, lists))
        error = make_resolve(easy, lists);
    if (error != CURLE_OK) {
        native_ext_curl_lists_free(lists);
        if (error == CURLE_OUT_OF_MEMORY)
            native_ext_curl_easy_set_error(easy, error, NULL);
        return error;
    }
    if (easy->running)
        lists->older = easy->lists;
    else
        native_ext_curl_lists_free(easy->lists);
    easy->lists = lists;
    o->content_range = (struct native_http_span){NULL, 0};
    if (native_ext_curl_content_range(&easy->set, lists->content_range,
                                      sizeof(lists->content_range)))
        o->content_range =
            (struct native_http_span){lists->content_range, strlen(lists->content_range)};
    o->fields = lists->fields;
    o->fields_len = lists->fields_len;
    o->proxy_fields = lists->proxy_fields;
    o->proxy_fields_len = lists->proxy_fields_len;
    o->status_aliases = lists->aliases;
    o->status_aliases_len = lists->aliases_len;
    o->resolve = lists->resolve;
    o->resolve_len = lists->resolve_len;
    o->connect_to = lists->connect_to;
    o->connect_to_len = lists->connect_to_len;
    if (lists->url)
        o->url = (struct native_http_span){lists->url, strlen(lists->url)};
    return CURLE_OK;
}
