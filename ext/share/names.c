/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/share/names.c - resolved names in shared memory.
 *
 *   offset  0  mark, 8 bytes: the segment's hash of all that follows
 *           8  when it was found, 8 bytes: native_net_clock_ms()
 *          16  "NTN1"
 *          20  how many addresses, 4 bytes
 *          24  each: 4 or 6, zone (4 bytes each), address (16 bytes; of IPv4 the first 4)
 *
 * All in this machine's byte order. The same name is another address in another container, after a change of
 * /etc/hosts, or under RES_OPTIONS: the key holds what getaddrinfo() answers by (`here`). How old an answer may be is
 * asked for by who finds it, and it is not put into his own table, so sharing makes no answer older than it may be. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "share.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../../net/clock.h"
#include "../../shm/cache.h"
#include "../../shm/format.h"

enum { HEAD = 24, ITEM = 24, HOST_MAX = 255, KEY_MAX = 1 + 8 + HOST_MAX, TRIES = 8 };
enum { VALUE_MAX = HEAD + NATIVE_NET_ADDRESSES_MAX * ITEM };

static const char magic[4] = {'N', 'T', 'N', '1'};

/* ---- where we are ---- */

struct identity {
    uint64_t device, inode, size;
    int64_t seconds, nanoseconds;
};

/* What decides about names: the network, the file system, and the resolver's files and settings. */
static uint64_t here(const struct native_shm_segment *segment)
{
    static const char *const files[] = {"/proc/self/ns/net", "/", "/etc/resolv.conf", "/etc/hosts",
                                        "/etc/nsswitch.conf"};
    static const char *const settings[] = {"LOCALDOMAIN", "RES_OPTIONS", "HOSTALIASES"};
    enum { FILES = sizeof(files) / sizeof(files[0]) };
    struct identity all[FILES];
    uint64_t hash;
    size_t i;

    memset(all, 0, sizeof(all));
    for (i = 0; i < FILES; i++) {
        struct stat is;
        if (stat(files[i], &is) != 0)
            continue;
        all[i].device = (uint64_t)is.st_dev;
        all[i].inode = (uint64_t)is.st_ino;
        if (i < 2) /* times and sizes of folders say nothing */
            continue;
        all[i].size = (uint64_t)is.st_size;
        all[i].seconds = (int64_t)is.st_mtim.tv_sec;
        all[i].nanoseconds = (int64_t)is.st_mtim.tv_nsec;
    }
    hash = native_shm_hash(segment, all, sizeof(all), 0);
    for (i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
        const char *value = getenv(settings[i]);
        uint64_t both[2] = {hash, 0};
        if (value)
            both[1] = 1 + (native_shm_hash(segment, value, strlen(value), 0) >> 1);
        hash = native_shm_hash(segment, both, sizeof(both), 0);
    }
    return hash;
}

static bool make_key(const struct native_shm_segment *segment, const char *host,
                     uint8_t bytes[KEY_MAX], struct native_shm_key *key)
{
    uint64_t place = here(segment);
    size_t len = strlen(host);
    size_t i;

    if (len == 0 || len > HOST_MAX)
        return false;
    bytes[0] = 'N';
    memcpy(bytes + 1, &place, sizeof(place));
    for (i = 0; i < len; i++)
        bytes[9 + i] = (uint8_t)(host[i] >= 'A' && host[i] <= 'Z' ? host[i] - 'A' + 'a' : host[i]);
    key->bytes = bytes;
    key->len = 9 + len;
    key->hash = native_shm_hash(segment, bytes, key->len, 0);
    return true;
}

/* ---- the value ---- */

static bool put_address(const struct native_net_address *address, uint8_t item[ITEM])
{
    uint32_t words[2] = {0, 0};

    memset(item, 0, ITEM);
    if (address->at.any.sa_family == AF_INET6) {
        words[0] = 6;
        words[1] = address->at.v6.sin6_scope_id;
        memcpy(item + 8, &address->at.v6.sin6_addr, 16);
    } else if (address->at.any.sa_family == AF_INET) {
        words[0] = 4;
        memcpy(item + 8, &address->at.v4.sin_addr, 4);
    }
    memcpy(item, words, sizeof(words));
    return words[0] != 0;
}

static bool get_address(const uint8_t item[ITEM], struct native_net_address *address)
{
    uint32_t words[2];

    memset(address, 0, sizeof(*address));
    memcpy(words, item, sizeof(words));
    if (words[0] == 6) {
        address->at.v6.sin6_family = AF_INET6;
        address->at.v6.sin6_scope_id = words[1];
        memcpy(&address->at.v6.sin6_addr, item + 8, 16);
        address->len = sizeof(address->at.v6);
    } else if (words[0] == 4) {
        address->at.v4.sin_family = AF_INET;
        memcpy(&address->at.v4.sin_addr, item + 8, 4);
        address->len = sizeof(address->at.v4);
    }
    return address->len > 0;
}

/* Returns the length; 0: there is nothing to be told. */
static size_t put_value(const struct native_shm_segment *segment,
                        const struct native_net_addresses *addresses, int64_t found_ms,
                        uint8_t value[VALUE_MAX])
{
    uint32_t count = (uint32_t)addresses->count;
    size_t len = HEAD + addresses->count * ITEM;
    uint64_t mark;
    size_t i;

    if (!native_net_addresses_sound(addresses))
        return 0;
    memcpy(value + 8, &found_ms, 8);
    memcpy(value + 16, magic, sizeof(magic));
    memcpy(value + 20, &count, 4);
    for (i = 0; i < addresses->count; i++)
        if (!put_address(&addresses->items[i], value + HEAD + i * ITEM))
            return 0;
    mark = native_shm_hash(segment, value + 8, len - 8, 0);
    memcpy(value, &mark, 8);
    return len;
}

/* Returns false when these bytes are nothing that put_value() writes. */
static bool get_value(const struct native_shm_segment *segment, const uint8_t *value, size_t len,
                      struct native_net_addresses *out, int64_t *found_ms)
{
    uint64_t mark;
    uint32_t count;
    size_t i;

    memcpy(&mark, value, 8);
    memcpy(found_ms, value + 8, 8);
    memcpy(&count, value + 20, 4);
    if (memcmp(value + 16, magic, sizeof(magic)) != 0 || count == 0 ||
        count > NATIVE_NET_ADDRESSES_MAX || len != HEAD + (size_t)count * ITEM ||
        mark != native_shm_hash(segment, value + 8, len - 8, 0))
        return false;
    out->count = count;
    for (i = 0; i < count; i++)
        if (!get_address(value + HEAD + i * ITEM, &out->items[i]))
            return false;
    return true;
}

/* ---- finding and storing ---- */

static bool read_name(struct native_shm_segment *segment, const char *host,
                      struct native_net_addresses *out, int64_t *found_ms)
{
    uint8_t key_bytes[KEY_MAX], value[VALUE_MAX];
    struct native_shm_key key;
    struct native_shm_view view;
    int i;

    if (!make_key(segment, host, key_bytes, &key))
        return false;
    for (i = 0; i < TRIES; i++) {
        if (native_shm_cache_find(segment, &key, false, &view) != NATIVE_SHM_OK ||
            view.format != NATIVE_SHM_FORMAT_NONE || view.value_len < HEAD + ITEM ||
            view.value_len > VALUE_MAX)
            return false;
        if (native_shm_cache_read(segment, &view, value) == NATIVE_SHM_OK)
            return get_value(segment, value, view.value_len, out, found_ms);
    }
    return false;
}

bool native_ext_share_name_find(void *ctx, const char *host, int64_t max_age_ms,
                                struct native_net_addresses *out)
{
    struct native_ext_share *share = ctx;
    struct native_shm_segment *segment = native_ext_share_enter(share, false);
    int64_t found_ms;
    bool found = segment && read_name(segment, host, out, &found_ms);
    int64_t now_ms = native_net_clock_ms();

    found = found && found_ms <= now_ms && (max_age_ms < 0 || now_ms - found_ms < max_age_ms);
    share->counts.names_found += found;
    share->counts.names_missed += !found;
    return found;
}

void native_ext_share_name_store(void *ctx, const char *host,
                                 const struct native_net_addresses *addresses, int64_t found_ms)
{
    struct native_ext_share *share = ctx;
    struct native_shm_segment *segment = native_ext_share_enter(share, true);
    int64_t age_ms = native_net_clock_ms() - found_ms;
    uint8_t key_bytes[KEY_MAX], bytes[VALUE_MAX];
    struct native_shm_value value;
    struct native_shm_key key;

    if (!segment || age_ms < 0 || age_ms >= NATIVE_EXT_SHARE_NAME_TTL_MS ||
        !make_key(segment, host, key_bytes, &key))
        return;
    memset(&value, 0, sizeof(value));
    value.bytes = bytes;
    value.len = put_value(segment, addresses, found_ms, bytes);
    value.format = NATIVE_SHM_FORMAT_NONE;
    value.ttl_ms = (uint64_t)(NATIVE_EXT_SHARE_NAME_TTL_MS - age_ms);
    if (value.len > 0 &&
        native_shm_cache_store(segment, &key, &value, NATIVE_SHM_SET) == NATIVE_SHM_OK)
        share->counts.names_stored++;
}
