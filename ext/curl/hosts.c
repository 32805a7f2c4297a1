/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/hosts.c - what RESOLVE has said. The list is short, and walked. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "hosts.h"

#include "../../http/wire/field.h"
#include "../../net/clock.h"

enum { PASSES_MS = 120000 }; /* what PHP sets DNS_CACHE_TIMEOUT to */

struct host {
    char *name; /* "": all */
    uint16_t port;
    int64_t until_ms; /* NATIVE_NET_NEVER: for ever */
    struct native_net_addresses addresses;
};

struct native_ext_curl_hosts {
    struct host *list;
    size_t count;
};

/* ---- an entry ---- */

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

/* ---- the list ---- */

static bool is_place(const struct host *host, struct native_http_span name, uint16_t port)
{
    return host->port == port && strlen(host->name) == name.len &&
           strncasecmp(host->name, name.at, name.len) == 0;
}

static void forget(struct native_ext_curl_hosts *hosts, struct native_http_span name, uint16_t port)
{
    for (size_t i = 0; i < hosts->count; i++) {
        if (!is_place(&hosts->list[i], name, port))
            continue;
        free(hosts->list[i].name);
        memmove(&hosts->list[i], &hosts->list[i + 1],
                (hosts->count - i - 1) * sizeof(*hosts->list));
        hosts->count--;
        return;
    }
}

static bool add(struct native_ext_curl_hosts *hosts, const struct host *host)
{
    struct host *list = realloc(hosts->list, (hosts->count + 1) * sizeof(*list));

    if (!list)
        return false;
    hosts->list = list;
    list[hosts->count++] = *host;
    return true;
}

bool native_ext_curl_hosts_take(struct native_ext_curl_hosts **hosts, const char *entry)
{
    bool remove = *entry == '-', passes = *entry == '+';
    struct host host = {.until_ms = NATIVE_NET_NEVER};
    struct native_http_span name;
    const char *at = take_host(entry + (remove || passes), &name);

    if (at)
        at = take_port(at, &host.port);
    if (!at || (!remove && !take_addresses(at, &host.addresses)))
        return remove; /* what is not there is gone */
    if (name.len == 1 && name.at[0] == '*')
        name.len = 0;
    if (!*hosts && !(*hosts = calloc(1, sizeof(**hosts))))
        return false;
    forget(*hosts, name, host.port);
    if (remove)
        return true;
    if (passes)
        host.until_ms = native_net_clock_ms() + PASSES_MS;
    host.name = strndup(name.at, name.len);
    if (host.name && add(*hosts, &host))
        return true;
    free(host.name);
    return false;
}

size_t native_ext_curl_hosts_count(const struct native_ext_curl_hosts *hosts)
{
    return hosts ? hosts->count : 0;
}

static size_t put(const struct host *host, struct native_http_resolve_entry *entry,
                  struct native_net_addresses *addresses, char **names)
{
    size_t len = strlen(host->name);

    memcpy(*names, host->name, len);
    *addresses = host->addresses;
    *entry = (struct native_http_resolve_entry){{*names, len}, host->port, addresses};
    *names += len;
    return 1;
}

size_t native_ext_curl_hosts_list(const struct native_ext_curl_hosts *hosts,
                                  struct native_http_resolve_entry *entries,
                                  struct native_net_addresses *addresses, char **names)
{
    int64_t now_ms = native_net_clock_ms();
    size_t room = 1, n = 0;
    char *at;

    for (size_t i = 0; i < hosts->count; i++)
        room += strlen(hosts->list[i].name);
    at = *names = malloc(room);
    for (int all = 0; at && all < 2; all++)
        for (size_t i = 0; i < hosts->count; i++)
            if ((*hosts->list[i].name == '\0') == all && hosts->list[i].until_ms > now_ms)
                n += put(&hosts->list[i], &entries[n], &addresses[n], &at);
    return n;
}

void native_ext_curl_hosts_free(struct native_ext_curl_hosts *hosts)
{
    if (!hosts)
        return;
    for (size_t i = 0; i < hosts->count; i++)
        free(hosts->list[i].name);
    free(hosts->list);
    free(hosts);
}
