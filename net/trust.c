/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* trust.c - finding, sharing and renewing sets of trusted roots. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "trust.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certs.h"
#include "hash.h"
#include "stamp.h"
#include "tls_roots.h"

enum { KEPT_MAX = 8 };

struct native_net_trust {
    unsigned refs; /* under `lock` */
    bool has_id;
    uint8_t id[32];
    char *file; /* what it was made from, NULL = none */
    char *dir;
    struct native_net_stamp file_stamp;
    struct native_net_stamp dir_stamp;
    struct native_net_certs certs; /* `roots` points into it */
    void *roots;
    size_t count;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct native_net_trust *kept[KEPT_MAX]; /* each with one reference, newest first */

/* Debian; Red Hat; newer Red Hat; SUSE; Alpine, BSD and macOS; FreeBSD's ports. */
static const char *const usual_files[] = {
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
    "/usr/local/etc/ssl/cert.pem",
    "/usr/local/share/certs/ca-root-nss.crt",
};
static const char *const usual_dirs[] = {"/etc/ssl/certs", "/etc/pki/tls/certs"};

/* Point `source` at the system's bundle. Returns false when there is none. */
static bool find_system(struct native_net_trust_source *source)
{
    struct native_net_stamp unused;
    size_t i;
    source->file = getenv("SSL_CERT_FILE");
    source->dir = getenv("SSL_CERT_DIR");
    /* Both are set in many containers; the file alone says it all, the folder only repeats it. */
    if (source->file && source->file[0])
        source->dir = NULL;
    else
        source->file = NULL;
    if (source->file || (source->dir && source->dir[0]))
        return true;
    source->dir = NULL;
    for (i = 0; i < sizeof(usual_files) / sizeof(usual_files[0]); i++)
        if (native_net_stamp_take(usual_files[i], &unused)) {
            source->file = usual_files[i];
            return true;
        }
    for (i = 0; i < sizeof(usual_dirs) / sizeof(usual_dirs[0]); i++)
        if (native_net_stamp_take(usual_dirs[i], &unused)) {
            source->dir = usual_dirs[i];
            return true;
        }
    return false;
}

static void trust_free(struct native_net_trust *trust)
{
    native_net_tls_roots_free(trust->roots);
    native_net_certs_free(&trust->certs);
    free(trust->file);
    free(trust->dir);
    free(trust);
}

/* The caller holds the lock. */
static void unref_locked(struct native_net_trust *trust)
{
    if (--trust->refs == 0)
        trust_free(trust);
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool is_current(const struct native_net_trust *trust,
                       const struct native_net_trust_source *source)
{
    struct native_net_stamp file;
    struct native_net_stamp dir;
    (void)native_net_stamp_take(source->file, &file);
    (void)native_net_stamp_take(source->dir, &dir);
    return native_net_stamp_same(&file, &trust->file_stamp) &&
           native_net_stamp_same(&dir, &trust->dir_stamp);
}

/* Find a kept set for these paths; drop it if the files have changed. The caller holds the lock. */
static struct native_net_trust *find_kept(const struct native_net_trust_source *source)
{
    size_t i;
    for (i = 0; i < KEPT_MAX && kept[i]; i++) {
        struct native_net_trust *trust = kept[i];
        if (!same_text(trust->file, source->file) || !same_text(trust->dir, source->dir))
            continue;
        if (is_current(trust, source))
            return trust;
        memmove(&kept[i], &kept[i + 1], (KEPT_MAX - 1 - i) * sizeof(kept[0]));
        kept[KEPT_MAX - 1] = NULL;
        unref_locked(trust);
        return NULL;
    }
    return NULL;
}

static void keep(struct native_net_trust *trust)
{
    if (kept[KEPT_MAX - 1])
        unref_locked(kept[KEPT_MAX - 1]);
    memmove(&kept[1], &kept[0], (KEPT_MAX - 1) * sizeof(kept[0]));
    kept[0] = trust;
    trust->refs++;
}

static bool read_source(struct native_net_trust *trust,
                        const struct native_net_trust_source *source,
                        struct native_net_error *error)
{
    if (source->file && !native_net_certs_add_file(&trust->certs, source->file, "CA file", error))
        return false;
    if (source->dir && !native_net_certs_add_dir(&trust->certs, source->dir, "CA folder", error))
        return false;
    return !source->bytes ||
           native_net_certs_add_bytes(&trust->certs, source->bytes, source->bytes_len, "CA",
                                      "given in memory", error);
}

static bool fill(struct native_net_trust *trust, const struct native_net_trust_source *source,
                 struct native_net_error *error)
{
    trust->refs = 1;
    /* Stamps before contents: a change in between is then seen at the next use. */
    (void)native_net_stamp_take(source->file, &trust->file_stamp);
    (void)native_net_stamp_take(source->dir, &trust->dir_stamp);
    if ((source->file && !(trust->file = strdup(source->file))) ||
        (source->dir && !(trust->dir = strdup(source->dir)))) {
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
        return false;
    }
    if (!read_source(trust, source, error))
        return false;
    trust->roots = native_net_tls_roots_new(&trust->certs, &trust->count);
    if (!trust->roots) {
        const char *name = source->file ? source->file : source->dir;
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG,
                             "no certificate in %s can be used as a CA",
                             name ? name : "the CA given in memory");
    }
    return trust->roots != NULL;
}

static struct native_net_trust *get_locked(const struct native_net_trust_source *source,
                                           struct native_net_error *error)
{
    struct native_net_trust *trust = source->bytes ? NULL : find_kept(source);
    if (trust) {
        trust->refs++;
        return trust;
    }
    trust = calloc(1, sizeof(*trust));
    if (!trust) {
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
        return NULL;
    }
    if (!fill(trust, source, error)) {
        trust_free(trust);
        return NULL;
    }
    if (!source->bytes)
        keep(trust);
    return trust;
}

struct native_net_trust *native_net_trust_get(const struct native_net_trust_source *source,
                                              struct native_net_error *error)
{
    struct native_net_trust_source from = *source;
    struct native_net_trust *trust = NULL;
    bool system = !from.file && !from.dir && !from.bytes;
    bool found = !system || find_system(&from);
    if (found) {
        (void)pthread_mutex_lock(&lock);
        trust = get_locked(&from, error);
        (void)pthread_mutex_unlock(&lock);
    }
    /* A folder that is there but empty is what a system without the package looks like. */
    if (!trust && system && !from.file)
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG,
                             "no CA bundle of the system found in the usual places; "
                             "install one (ca-certificates) or name a CA file");
    return trust;
}

void native_net_trust_unref(struct native_net_trust *trust)
{
    if (!trust)
        return;
    (void)pthread_mutex_lock(&lock);
    unref_locked(trust);
    (void)pthread_mutex_unlock(&lock);
}

void *native_net_trust_roots(const struct native_net_trust *trust)
{
    return trust->roots;
}

size_t native_net_trust_count(const struct native_net_trust *trust)
{
    return trust->count;
}

void native_net_trust_id(struct native_net_trust *trust, uint8_t out[32])
{
    (void)pthread_mutex_lock(&lock);
    if (!trust->has_id) {
        struct native_net_hash_piece piece;
        piece.bytes = trust->certs.der;
        piece.len = trust->certs.der_len;
        /* The words of SHA-512 are twice as wide: it takes half the time, for 160 KB. */
        trust->has_id = native_net_hash_of(native_net_hash_size(NATIVE_NET_SHA512_256) > 0
                                               ? NATIVE_NET_SHA512_256
                                               : NATIVE_NET_SHA256,
                                           &piece, 1, trust->id);
    }
    memcpy(out, trust->id, sizeof(trust->id));
    (void)pthread_mutex_unlock(&lock);
}

void native_net_trust_prepare(void)
{
    struct native_net_trust_source system = {NULL, NULL, NULL, 0};
    struct native_net_error unused;
    struct native_net_trust *trust = native_net_trust_get(&system, &unused);
    uint8_t id[32];
    if (!trust)
        return;
    native_net_trust_id(trust, id);
    native_net_trust_unref(trust); /* it is kept */
}
