/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* certinfo_text.c - reading DER and building texts. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certinfo_parts.h"

/* ---- DER ---- */

bool native_net_der_next(struct native_net_der *from, uint8_t *tag, struct native_net_der *content)
{
    size_t head = 2;
    size_t len;
    if (from->len < 2 || (from->at[0] & 0x1f) == 0x1f)
        return false;
    len = from->at[1];
    if (len >= 0x80) {
        size_t digits = len & 0x7f;
        if (digits == 0 || digits > 3 || from->len < 2 + digits)
            return false;
        for (len = 0; head < 2 + digits; head++)
            len = len << 8 | from->at[head];
    }
    if (len > from->len - head)
        return false;
    *tag = from->at[0];
    content->at = from->at + head;
    content->len = len;
    from->at += head + len;
    from->len -= head + len;
    return true;
}

bool native_net_der_take(struct native_net_der *from, uint8_t tag, struct native_net_der *content)
{
    uint8_t found;
    struct native_net_der rest = *from;
    if (!native_net_der_next(&rest, &found, content) || found != tag)
        return false;
    *from = rest;
    return true;
}

/* ---- texts ---- */

static bool make_room(struct native_net_certinfo_text *text, size_t more)
{
    size_t room = text->room ? text->room : 2048;
    char *grown;
    while (room - text->len < more)
        room *= 2;
    if (room == text->room || text->failed)
        return !text->failed;
    grown = realloc(text->bytes, room);
    text->failed = !grown;
    if (!grown)
        return false;
    text->bytes = grown;
    text->room = room;
    return true;
}

void native_net_certinfo_bytes(struct native_net_certinfo_text *text, const void *bytes, size_t len)
{
    if (len == 0 || !make_room(text, len + 1))
        return;
    memcpy(text->bytes + text->len, bytes, len);
    text->len += len;
}

void native_net_certinfo_print(struct native_net_certinfo_text *text, const char *format, ...)
{
    char room[160]; /* more than any format here makes */
    va_list args;
    int len;
    va_start(args, format);
    len = vsnprintf(room, sizeof(room), format, args);
    va_end(args);
    if (len > 0)
        native_net_certinfo_bytes(text, room,
                                  (size_t)len < sizeof(room) ? (size_t)len : sizeof(room) - 1);
}

void native_net_certinfo_hex(struct native_net_certinfo_text *text, const char *digits,
                             const char *after, struct native_net_der bytes)
{
    size_t i;
    for (i = 0; i < bytes.len; i++) {
        char pair[2];
        pair[0] = digits[bytes.at[i] >> 4];
        pair[1] = digits[bytes.at[i] & 15];
        native_net_certinfo_bytes(text, pair, 2);
        native_net_certinfo_bytes(text, after, strlen(after));
    }
}

void native_net_certinfo_begin(struct native_net_certinfo_text *text, const char *name)
{
    if (text->count == NATIVE_NET_CERTINFO_FIELDS_MAX)
        return;
    text->fields[text->count].name = text->len;
    native_net_certinfo_bytes(text, name, strlen(name) + 1);
    text->fields[text->count].value = text->len;
}

void native_net_certinfo_end(struct native_net_certinfo_text *text)
{
    size_t at = text->count;
    if (at == NATIVE_NET_CERTINFO_FIELDS_MAX || text->failed)
        return;
    text->fields[at].value_len = text->len - text->fields[at].value;
    if (text->fields[at].value_len == 0) {
        text->len = text->fields[at].name;
        return;
    }
    native_net_certinfo_bytes(text, "", 1);
    text->count++;
}
