/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* tls_session.c - the envelope round a saved TLS session. */
#include "tls_session.h"

#include <string.h>

#include "tls_store.h"

static const uint8_t magic[4] = {'N', 'T', 'S', '3'};

/* Where the fields are; the header draws them. */
enum { MAGIC = 8, LIBRARY = 12, VALID = 16, USE = 24, SETTINGS = 32, ONCE = 64, HOST_LEN = 65 };

static void put_number(uint8_t *at, uint64_t value, int bytes)
{
    while (bytes-- > 0) {
        at[bytes] = (uint8_t)value;
        value >>= 8;
    }
}

static uint64_t get_number(const uint8_t *at, int bytes)
{
    uint64_t value = 0;
    int i;
    for (i = 0; i < bytes; i++)
        value = (value << 8) | at[i];
    return value;
}

static uint8_t lower(char c)
{
    return (uint8_t)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* Eight bytes a step. Each step can be undone, so that damage within one of them always shows; other
 * damage does but for one chance in 2^64. Who makes bytes on purpose is not kept out: he has the
 * rights of this user and needs no such trick. */
static uint64_t mark_of(const uint8_t *bytes, size_t len)
{
    uint64_t mark = (uint64_t)len * UINT64_C(0xd6e8feb86659fd93);
    while (len > 0) {
        int step = len < 8 ? (int)len : 8;
        mark = (mark ^ get_number(bytes, step)) * UINT64_C(0x9fb21c651e98df25);
        mark ^= mark >> 32;
        bytes += step;
        len -= (size_t)step;
    }
    return mark;
}

void native_net_tls_session_seal(void *bytes, size_t len)
{
    uint8_t *at = bytes;
    put_number(at, mark_of(at + MAGIC, len - MAGIC), NATIVE_NET_TLS_STORE_MARK);
}

size_t native_net_tls_session_pack(const struct native_net_tls_session_info *info, uint8_t *out,
                                   size_t out_len)
{
    size_t host_len = strlen(info->host);
    size_t i;
    if (host_len > 255 || out_len < NATIVE_NET_TLS_SESSION_HEAD + host_len)
        return 0;
    memcpy(out + MAGIC, magic, sizeof(magic));
    put_number(out + LIBRARY, info->library, 4);
    put_number(out + VALID, (uint64_t)info->valid_until, 8);
    put_number(out + USE, (uint64_t)info->use_until, 8);
    memcpy(out + SETTINGS, info->settings, 32);
    out[ONCE] = info->once ? 1 : 0;
    out[HOST_LEN] = (uint8_t)host_len;
    for (i = 0; i < host_len; i++)
        out[NATIVE_NET_TLS_SESSION_HEAD + i] = lower(info->host[i]);
    native_net_tls_session_seal(out, NATIVE_NET_TLS_SESSION_HEAD + host_len);
    return NATIVE_NET_TLS_SESSION_HEAD + host_len;
}

static const char *why_not(const struct native_net_tls_session_info *info, const uint8_t *bytes,
                           size_t len)
{
    size_t host_len = strlen(info->host);
    int64_t until;
    size_t i;
    if (len < NATIVE_NET_TLS_SESSION_HEAD || memcmp(bytes + MAGIC, magic, sizeof(magic)) != 0 ||
        len < NATIVE_NET_TLS_SESSION_HEAD + (size_t)bytes[HOST_LEN] ||
        get_number(bytes, MAGIC) != mark_of(bytes + MAGIC, len - MAGIC))
        return "it is damaged";
    if (get_number(bytes + LIBRARY, 4) != info->library)
        return "it was made by another version of the TLS library";
    if (memcmp(bytes + SETTINGS, info->settings, 32) != 0)
        return "it was made under other settings";
    if (host_len != bytes[HOST_LEN])
        return "it was made for another host";
    for (i = 0; i < host_len; i++)
        if (bytes[NATIVE_NET_TLS_SESSION_HEAD + i] != lower(info->host[i]))
            return "it was made for another host";
    until = (int64_t)get_number(bytes + USE, 8);
    if (until != 0 && until < info->valid_until)
        return "its time is over";
    until = (int64_t)get_number(bytes + VALID, 8);
    return until != 0 && until < info->valid_until ? "the server's certificate has expired since"
                                                   : NULL;
}

size_t native_net_tls_session_check(const struct native_net_tls_session_info *info,
                                    const uint8_t *bytes, size_t len,
                                    struct native_net_error *error)
{
    const char *why = why_not(info, bytes, len);
    if (!why)
        return NATIVE_NET_TLS_SESSION_HEAD + (size_t)bytes[HOST_LEN];
    native_net_error_set(error, NATIVE_NET_ERROR_BAD_ARGUMENT,
                         "cannot use the saved TLS session: %s", why);
    return 0;
}

int64_t native_net_tls_session_until(const void *bytes)
{
    return (int64_t)get_number((const uint8_t *)bytes + VALID, 8);
}

int64_t native_net_tls_session_use_until(const void *bytes)
{
    int64_t peer = native_net_tls_session_until(bytes);
    int64_t use = (int64_t)get_number((const uint8_t *)bytes + USE, 8);
    return use == 0 || (peer != 0 && peer < use) ? peer : use;
}

bool native_net_tls_session_is_once(const void *bytes, size_t len)
{
    return len >= NATIVE_NET_TLS_SESSION_HEAD && ((const uint8_t *)bytes)[ONCE] == 1;
}

int64_t native_net_tls_seconds(int year, int month, int day, int hour, int minute, int second)
{
    /* Years begin in March, so that the leap day is the last of its year; eras have 400 years. */
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return ((era * 146097 + day_of_era - 719468) * 24 + hour) * 3600 + minute * 60 + second;
}
