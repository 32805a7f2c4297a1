/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* kept.c - the configurations that this process has made last. A script makes the same one for every request; to make it
 * costs more than the request. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "../clock.h"
#include "../keylog.h"
#include "../process.h"
#include "../stamp.h"
#include "parts.h"

enum {
    KEPT_MAX = 16,
    KEY_MAX = 2048,
    LOOK_MS = 1000, /* files are looked at no more often than this */
    FILES = 4       /* but for those of the roots, which trust.c looks at */
};

/* All options in a row, each with its length before it. Nothing secret is among them. */
struct key {
    size_t len;
    bool fits;
    unsigned char bytes[KEY_MAX];
};

struct kept {
    struct native_net_tls_config *config; /* with one reference; NULL: none */
    unsigned char *key;
    size_t key_len;
    struct native_net_stamp stamps[FILES];
    int64_t looked_ms;
    pid_t pid;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct kept kept[KEPT_MAX]; /* used last first */

/* ---- the key ---- */

static void put(struct key *key, const void *bytes, size_t len)
{
    key->fits =
        key->fits && KEY_MAX - key->len >= sizeof(len) && len < KEY_MAX - key->len - sizeof(len);
    if (!key->fits)
        return;
    memcpy(key->bytes + key->len, &len, sizeof(len));
    key->len += sizeof(len);
    if (len > 0)
        memcpy(key->bytes + key->len, bytes, len);
    key->len += len;
}

/* NULL is not the empty text. */
static void put_text(struct key *key, const char *text)
{
    put(key, text, text ? strlen(text) + 1 : 0);
}

static void make_key(struct key *key, const struct native_net_tls_options *options)
{
    bool system =
        options->verify_peer && !options->ca_file && !options->ca_dir && !options->ca_bytes;
    unsigned char numbers[6];
    size_t i;
    key->len = 0;
    key->fits = !options->cert_bytes && !options->key_bytes && !options->passphrase &&
                !(options->ca_bytes && (options->ca_file || options->ca_dir));
    numbers[0] = options->verify_peer;
    numbers[1] = options->verify_host;
    numbers[2] = (unsigned char)options->min_version;
    numbers[3] = (unsigned char)options->max_version;
    numbers[4] = native_net_keylog_wanted();
    numbers[5] = (unsigned char)((options->ca_bytes ? 1 : 0) | (options->crl_bytes ? 2 : 0));
    put(key, numbers, sizeof(numbers));
    put_text(key, options->ca_file);
    put_text(key, options->ca_dir);
    put(key, options->ca_bytes, options->ca_bytes ? options->ca_bytes_len : 0);
    put_text(key, options->cert_file);
    put_text(key, options->key_file);
    for (i = 0; i < options->alpn_count; i++)
        put_text(key, options->alpn[i]);
    put_text(key, NULL);
    put_text(key, options->ciphers);
    put_text(key, options->ciphers_13);
    put_text(key, options->groups);
    put_text(key, options->pins);
    put_text(key, options->crl_file);
    put(key, options->crl_bytes, options->crl_bytes ? options->crl_bytes_len : 0);
    put_text(key, system ? getenv("SSL_CERT_FILE") : NULL);
    put_text(key, system ? getenv("SSL_CERT_DIR") : NULL);
}

/* ---- whether it is still as it was ---- */

static void take_stamps(const struct native_net_tls_options *options,
                        struct native_net_stamp stamps[FILES])
{
    (void)native_net_stamp_take(options->cert_file, &stamps[0]);
    (void)native_net_stamp_take(options->key_file, &stamps[1]);
    (void)native_net_stamp_take(options->crl_file, &stamps[2]);
    (void)native_net_stamp_take(options->pins, &stamps[3]); /* a list of hashes is no file */
}

/* Returns whether the roots would be the same ones. */
static bool same_trust(const struct native_net_tls_config *config,
                       const struct native_net_tls_options *options)
{
    struct native_net_trust_source source;
    struct native_net_error unused;
    struct native_net_trust *trust;
    if (!config->trust || options->ca_bytes) /* bytes are part of the key */
        return true;
    source.file = options->ca_file;
    source.dir = options->ca_dir;
    source.bytes = NULL;
    source.bytes_len = 0;
    trust = native_net_trust_get(&source, &unused);
    native_net_trust_unref(trust); /* the configuration has one of its own, if it is the same */
    return trust == config->trust;
}

static bool is_current(struct kept *one, const struct native_net_tls_options *options)
{
    struct native_net_stamp stamps[FILES];
    int64_t now_ms = native_net_clock_ms();
    size_t i;
    /* A key's blinding is not for two processes. */
    if (one->config->has_cert && one->pid != native_net_process_id())
        return false;
    if (now_ms - one->looked_ms < LOOK_MS)
        return true;
    take_stamps(options, stamps);
    for (i = 0; i < FILES; i++)
        if (!native_net_stamp_same(&stamps[i], &one->stamps[i]))
            return false;
    one->looked_ms = now_ms;
    return same_trust(one->config, options);
}

/* ---- the table ---- */

static void drop(struct kept *one)
{
    native_net_tls_config_unref(one->config);
    free(one->key);
    memset(one, 0, sizeof(*one));
}

static void move_to_front(size_t i)
{
    struct kept one = kept[i];
    memmove(&kept[1], &kept[0], i * sizeof(kept[0]));
    kept[0] = one;
}

/* Returns the one with this key, with a reference for the caller, or NULL. */
static struct native_net_tls_config *find(const struct key *key,
                                          const struct native_net_tls_options *options)
{
    size_t i;
    for (i = 0; i < KEPT_MAX; i++) {
        struct kept *one = &kept[i];
        if (!one->config || one->key_len != key->len || memcmp(one->key, key->bytes, key->len) != 0)
            continue;
        if (!is_current(one, options)) {
            drop(one);
            return NULL;
        }
        if (i > 0)
            move_to_front(i);
        return native_net_tls_config_ref(kept[0].config);
    }
    return NULL;
}

static void keep(struct native_net_tls_config *config, const struct key *key,
                 const struct native_net_stamp stamps[FILES])
{
    struct kept *one = &kept[KEPT_MAX - 1];
    drop(one);
    one->key = malloc(key->len);
    if (!one->key)
        return;
    memcpy(one->key, key->bytes, key->len);
    one->key_len = key->len;
    one->config = native_net_tls_config_ref(config);
    memcpy(one->stamps, stamps, sizeof(one->stamps));
    one->looked_ms = native_net_clock_ms();
    one->pid = native_net_process_id();
    move_to_front(KEPT_MAX - 1);
}

struct native_net_tls_config *
native_net_tls_config_get(const struct native_net_tls_options *options,
                          struct native_net_error *error)
{
    struct native_net_stamp stamps[FILES];
    struct native_net_tls_config *config;
    struct key key;
    make_key(&key, options);
    /* A lock that another thread held at the time of a fork is never given back in the child: then nothing is kept. */
    if (!key.fits || pthread_mutex_trylock(&lock) != 0)
        return native_net_tls_config_new(options, error);
    config = find(&key, options);
    if (!config) {
        take_stamps(options, stamps); /* before the contents: a change in between is seen later */
        config = native_net_tls_config_new(options, error);
        if (config)
            keep(config, &key, stamps);
    }
    (void)pthread_mutex_unlock(&lock);
    return config;
}
