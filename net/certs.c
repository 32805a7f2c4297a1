/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* certs.c - reading certificate files. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "certs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pem.h"

static const size_t file_max = 16 * 1024 * 1024;

static bool no_memory(struct native_net_error *error)
{
    native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory reading certificates");
    return false;
}

static bool read_all(int fd, struct native_net_file *out, size_t capacity)
{
    while (out->len < capacity) {
        ssize_t n = read(fd, out->bytes + out->len, capacity - out->len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        if (n == 0)
            break;
        out->len += (size_t)n;
    }
    out->bytes[out->len] = '\0';
    return true;
}

bool native_net_file_read(const char *path, const char *what, struct native_net_file *out,
                          struct native_net_error *error)
{
    struct stat about;
    bool ok = false;
    /* O_NONBLOCK: opening a FIFO must not hang. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    memset(out, 0, sizeof(*out));
    if (fd < 0 || fstat(fd, &about) != 0) {
        native_net_error_set_errno(error, NATIVE_NET_ERROR_TLS_CONFIG, errno, "cannot read %s %s",
                                   what, path);
    } else if (!S_ISREG(about.st_mode) || (size_t)about.st_size > file_max) {
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG,
                             "cannot read %s %s: not a regular file of at most 16 MB", what, path);
    } else if (!(out->bytes = malloc((size_t)about.st_size + 1))) {
        (void)no_memory(error);
    } else {
        ok = read_all(fd, out, (size_t)about.st_size);
        if (!ok)
            native_net_error_set_errno(error, NATIVE_NET_ERROR_TLS_CONFIG, errno,
                                       "cannot read %s %s", what, path);
    }
    if (fd >= 0)
        (void)close(fd);
    if (!ok)
        native_net_file_free(out);
    return ok;
}

bool native_net_file_get(const char *path, const void *bytes, size_t len, const char *what,
                         struct native_net_file *out, struct native_net_error *error)
{
    if (path)
        return native_net_file_read(path, what, out, error);
    out->len = len;
    out->bytes = malloc(len + 1);
    if (!out->bytes)
        return no_memory(error);
    memcpy(out->bytes, bytes, len);
    out->bytes[len] = 0;
    return true;
}

void native_net_file_free(struct native_net_file *file)
{
    /* It may have been a private key. The volatile pointer keeps the compiler from dropping this.
     */
    volatile uint8_t *at = file->bytes;
    size_t i;
    for (i = 0; at && i < file->len; i++)
        at[i] = 0;
    free(file->bytes);
    memset(file, 0, sizeof(*file));
}

static bool add_item(struct native_net_certs *certs, size_t len)
{
    /* Doubling at powers of two needs no field for the capacity. */
    if ((certs->count & (certs->count - 1)) == 0) {
        size_t room = certs->count ? certs->count * 2 : 1;
        void *grown = realloc(certs->items, room * sizeof(*certs->items));
        if (!grown)
            return false;
        certs->items = grown;
    }
    certs->items[certs->count].at = certs->der_len;
    certs->items[certs->count++].len = len;
    certs->der_len += len;
    return true;
}

static bool add_pem(struct native_net_certs *certs, const char *text, size_t len, const char *what,
                    const char *name, struct native_net_error *error)
{
    size_t before = certs->count;
    size_t at = 0;
    size_t found;
    enum native_net_pem_status status;
    while ((status = native_net_pem_next(text, len, "CERTIFICATE", &at, certs->der + certs->der_len,
                                         &found)) == NATIVE_NET_PEM_BLOCK)
        if (!add_item(certs, found))
            return no_memory(error);
    if (status == NATIVE_NET_PEM_MALFORMED)
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG,
                             "%s %s is broken: certificate number %zu is no valid PEM", what, name,
                             certs->count - before + 1);
    else if (certs->count == before)
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG, "%s %s holds no certificate", what,
                             name);
    return status == NATIVE_NET_PEM_END && certs->count > before;
}

bool native_net_certs_add_bytes(struct native_net_certs *certs, const void *bytes, size_t len,
                                const char *what, const char *name, struct native_net_error *error)
{
    const uint8_t *first = bytes;
    uint8_t *grown;
    if (len > file_max) {
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG, "%s %s is larger than 16 MB", what,
                             name);
        return false;
    }
    grown = realloc(certs->der, certs->der_len + len + 1);
    if (!grown)
        return no_memory(error);
    certs->der = grown;
    if (native_net_pem_is(bytes, len))
        return add_pem(certs, bytes, len, what, name, error);
    if (len < 4 || first[0] != 0x30) { /* DER: a SEQUENCE */
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG, "%s %s is neither PEM nor DER",
                             what, name);
        return false;
    }
    memcpy(certs->der + certs->der_len, bytes, len);
    return add_item(certs, len) || no_memory(error);
}

bool native_net_certs_add_file(struct native_net_certs *certs, const char *path, const char *what,
                               struct native_net_error *error)
{
    struct native_net_file file;
    bool ok;
    if (!native_net_file_read(path, what, &file, error))
        return false;
    ok = native_net_certs_add_bytes(certs, file.bytes, file.len, what, path, error);
    native_net_file_free(&file);
    return ok;
}

bool native_net_certs_add_dir(struct native_net_certs *certs, const char *path, const char *what,
                              struct native_net_error *error)
{
    size_t before = certs->count;
    struct dirent *entry;
    struct native_net_error skipped;
    DIR *dir = opendir(path);
    if (!dir) {
        native_net_error_set_errno(error, NATIVE_NET_ERROR_TLS_CONFIG, errno, "cannot read %s %s",
                                   what, path);
        return false;
    }
    while ((entry = readdir(dir)) != NULL) {
        char full[4096];
        size_t at = certs->count;
        size_t der_at = certs->der_len;
        int n = snprintf(full, sizeof(full), "%s/%s", path, entry->d_name);
        if (entry->d_name[0] == '.' || n < 0 || (size_t)n >= sizeof(full))
            continue;
        if (!native_net_certs_add_file(certs, full, what, &skipped)) {
            certs->count = at; /* half of a broken file is not trusted */
            certs->der_len = der_at;
        }
    }
    (void)closedir(dir);
    if (certs->count == before)
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG, "%s %s holds no certificate", what,
                             path);
    return certs->count > before;
}

void native_net_certs_free(struct native_net_certs *certs)
{
    free(certs->der);
    free(certs->items);
    memset(certs, 0, sizeof(*certs));
}
