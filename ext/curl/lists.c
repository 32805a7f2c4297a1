/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/lists.c - HTTPHEADER, PROXYHEADER, RESOLVE, CONNECT_TO for the engine. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "body.h"
#include "fill.h"

#include "ext/date/php_date.h"

#include "hosts.h"
#include "multi.h"
#include "share.h"

#include "../../http/wire/field.h"

void native_ext_curl_lists_free(struct native_ext_curl_lists *lists)
{
    while (lists) {
        struct native_ext_curl_lists *older = lists->older;

        free(lists->resolve);
        free(lists->addresses);
        free(lists->connect_to);
        free(lists->names);
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

/* All fields; everything else is empty. Returns NULL without memory. */
static struct native_ext_curl_lists *make_fields(const struct native_ext_curl_settings *s)
{
    size_t fields = count_of(s->http_header) + 1; /* the condition */
    size_t proxy_fields = count_of(s->proxy_header);
    size_t all = fields + proxy_fields + count_of(s->status_aliases);
    struct native_ext_curl_lists *lists = calloc(1, sizeof(*lists) + all * sizeof(*lists->spans));

    if (!lists)
        return NULL;
    lists->fields = lists->spans;
    lists->proxy_fields = lists->fields + fields;
    lists->aliases = lists->proxy_fields + proxy_fields;
    lists->aliases_len = put_spans(lists->aliases, s->status_aliases);
    lists->fields_len = put_spans(lists->fields, s->http_header);
    if (native_ext_curl_own_type(s))
        drop_types(lists);
    lists->proxy_fields_len = put_spans(lists->proxy_fields, s->proxy_header);
    put_condition(s, lists);
    return lists;
}

/* ---- names ---- */

/* Whose cache of names it is. */
static struct native_ext_curl_hosts **hosts_of(struct native_ext_curl_easy *easy)
{
    struct native_ext_curl_share *share =
        easy->set.share ? native_ext_curl_share_of(easy->set.share) : NULL;

    if (share && share->what & 1U << CURL_LOCK_DATA_DNS)
        return &share->hosts;
    return easy->multi ? native_ext_curl_multi_hosts(easy->multi) : &easy->hosts;
}

/* RESOLVE is taken in once. */
static int take_resolve(struct native_ext_curl_easy *easy, struct native_ext_curl_hosts **hosts)
{
    char text[NATIVE_EXT_CURL_ERROR_SIZE];
    zval *item;

    if (!easy->new_resolve || !easy->set.resolve)
        return CURLE_OK;
    ZEND_HASH_FOREACH_VAL(easy->set.resolve, item)
    {
        if (native_ext_curl_hosts_take(hosts, Z_STRVAL_P(item)))
            continue;
        snprintf(text, sizeof(text), "Couldn't parse CURLOPT_RESOLVE entry '%.150s'",
                 Z_STRVAL_P(item));
        native_ext_curl_easy_set_error(easy, CURLE_SETOPT_OPTION_SYNTAX, text);
        return CURLE_SETOPT_OPTION_SYNTAX;
    }
    ZEND_HASH_FOREACH_END();
    easy->new_resolve = false;
    return CURLE_OK;
}

static int make_resolve(struct native_ext_curl_easy *easy, struct native_ext_curl_lists *lists)
{
    struct native_ext_curl_hosts **hosts = hosts_of(easy);
    int error = take_resolve(easy, hosts);
    size_t count = native_ext_curl_hosts_count(*hosts);

    if (error != CURLE_OK || count == 0)
        return error;
    lists->resolve = calloc(count, sizeof(*lists->resolve));
    lists->addresses = calloc(count, sizeof(*lists->addresses));
    if (!lists->resolve || !lists->addresses)
        return CURLE_OUT_OF_MEMORY;
    lists->resolve_len =
        native_ext_curl_hosts_list(*hosts, lists->resolve, lists->addresses, &lists->names);
    return lists->names ? CURLE_OK : CURLE_OUT_OF_MEMORY;
}

/* ---- CONNECT_TO ---- */

/* A host up to a colon, "[::1]" without the brackets, one of which may be missing. Returns what comes behind it: a colon, or the
 * end. */
static const char *skip_host(const char *at, struct native_http_span *host)
{
    const char *end;

    if (*at != '[') {
        end = at + strcspn(at, ":");
        *host = (struct native_http_span){at, (size_t)(end - at)};
        return end;
    }
    at++;
    end = at + strspn(at, "0123456789abcdefABCDEF:.");
    if (*end == '%')
        end += strcspn(end, "]");
    *host = (struct native_http_span){at, (size_t)(end - at)};
    return end + (*end == ']');
}

/* "host:port:" in front; each may be empty. Returns what comes behind; NULL: it is no such thing. */
static const char *take_from(const char *text, struct native_http_connect_entry *entry)
{
    uint64_t port = 0;
    const char *at = skip_host(text, &entry->host);
    size_t len;

    if (*at != ':')
        return NULL;
    len = strcspn(++at, ":");
    if (at[len] != ':' ||
        (len > 0 && !native_http_number((struct native_http_span){at, len}, 65535, &port)))
        return NULL;
    entry->port = (uint16_t)port;
    return at + len + 1;
}

/* "to_host:to_port". Returns the text that is no port; NULL: all is well. */
static const char *take_to(const char *text, struct native_http_connect_entry *entry)
{
    uint64_t port = 0;
    const char *at = skip_host(text, &entry->to_host);

    at += strcspn(at, ":");
    if (*at == '\0' || *++at == '\0')
        return NULL;
    if (!native_http_number((struct native_http_span){at, strlen(at)}, 65535, &port))
        return at;
    entry->to_port = (uint16_t)port;
    return NULL;
}

/* What is none is passed over; a port that is none is an error. */
static int make_connect_to(struct native_ext_curl_easy *easy, struct native_ext_curl_lists *lists)
{
    size_t count = count_of(easy->set.connect_to);
    char text[NATIVE_EXT_CURL_ERROR_SIZE];
    zval *item;

    if (count == 0)
        return CURLE_OK;
    lists->connect_to = calloc(count, sizeof(*lists->connect_to));
    if (!lists->connect_to)
        return CURLE_OUT_OF_MEMORY;
    ZEND_HASH_FOREACH_VAL(easy->set.connect_to, item)
    {
        struct native_http_connect_entry *entry = &lists->connect_to[lists->connect_to_len];
        const char *to, *bad;

        memset(entry, 0, sizeof(*entry));
        to = take_from(Z_STRVAL_P(item), entry);
        if (!to || *to == '\0')
            continue;
        bad = take_to(to, entry);
        if (bad) {
            snprintf(text, sizeof(text), "No valid port number in connect to host string (%.150s)",
                     bad);
            native_ext_curl_easy_set_error(easy, CURLE_SETOPT_OPTION_SYNTAX, text);
            return CURLE_SETOPT_OPTION_SYNTAX;
        }
        lists->connect_to_len++;
    }
    ZEND_HASH_FOREACH_END();
    return CURLE_OK;
}

/* ---- all ---- */

int native_ext_curl_lists_make(struct native_ext_curl_easy *easy)
{
    struct native_ext_curl_lists *lists = make_fields(&easy->set);
    struct native_http_options *o = &easy->options;
    int error = CURLE_OUT_OF_MEMORY;

    if (lists)
        error = make_connect_to(easy, lists);
    if (error == CURLE_OK)
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
    return CURLE_OK;
}
