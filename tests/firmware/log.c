/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* log.c - text in static memory. */
#include "log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char room[512 * 1024];
static size_t used;

static void add(const char *bytes, size_t len)
{
    if (len > sizeof(room) - used) {
        fputs("no room in the log\n", stderr);
        exit(2);
    }
    memcpy(room + used, bytes, len);
    used += len;
}

void log_text(const char *text)
{
    add(text, strlen(text));
}

void log_number(const char *before, uint64_t number)
{
    char digits[20];
    size_t at = sizeof(digits);

    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    log_text(before);
    add(digits + at, sizeof(digits) - at);
}

void log_hex(const void *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *at = bytes;

    for (; len > 0; len--, at++)
        add((const char[]){digits[*at >> 4], digits[*at & 15]}, 2);
}

void log_bytes(const char *before, const void *bytes, size_t len, const char *after)
{
    const char *at = bytes;

    log_text(before);
    for (; len > 0; len--, at++) {
        if (*at >= 0x20 && *at < 0x7f && *at != '\\') {
            add(at, 1);
        } else {
            log_text("\\x");
            log_hex(at, 1);
        }
    }
    log_text(after);
}

size_t log_here(void)
{
    return used;
}

uint32_t log_hash(size_t from)
{
    uint32_t hash = 2166136261u; /* FNV-1a */

    for (; from < used; from++)
        hash = (hash ^ (uint8_t)room[from]) * 16777619u;
    return hash;
}

void log_cut(size_t from)
{
    used = from;
}

void log_print(void)
{
    fwrite(room, 1, used, stdout);
    fflush(stdout);
}
