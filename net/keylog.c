/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* keylog.c - writing of session secrets where the user asks for it. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "keylog.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *path(void)
{
#if defined(__GLIBC__)
    const char *name = secure_getenv("SSLKEYLOGFILE");
#else
    const char *name = getuid() == geteuid() ? getenv("SSLKEYLOGFILE") : NULL;
#endif
    return name && name[0] ? name : NULL;
}

bool native_net_keylog_wanted(void)
{
    return path() != NULL;
}

static char *put_hex(char *at, const uint8_t *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    size_t i;
    for (i = 0; i < len; i++) {
        *at++ = digits[bytes[i] >> 4];
        *at++ = digits[bytes[i] & 15];
    }
    return at;
}

void native_net_keylog_write(const char *label, const uint8_t client_random[32],
                             const uint8_t *secret, size_t secret_len)
{
    char line[64 + 64 + 128 + 3];
    char *at = line;
    const char *name = path();
    size_t label_len = strlen(label);
    int fd;
    if (!name || secret_len > 64 || label_len > 64)
        return;
    memcpy(at, label, label_len);
    at += label_len;
    *at++ = ' ';
    at = put_hex(at, client_random, 32);
    *at++ = ' ';
    at = put_hex(at, secret, secret_len);
    *at++ = '\n';
    fd = open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return;
    if (write(fd, line, (size_t)(at - line)) < 0)
        at = line; /* nothing can be done about it */
    (void)close(fd);
    memset(line, 0, sizeof(line));
}
