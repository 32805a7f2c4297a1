/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* escape.c - runs of bytes that stay are copied as one; the rest is looked at byte by byte. */
#include "escape.h"

#include "chars.h"

static const char hex_digits[] = "0123456789ABCDEF";

bool native_http_escape_keeps(enum native_http_escape_set set, unsigned char byte)
{
    /* each set of URLs is the one before it and more */
    static const char more[] = "/:@!$&'()*+,;="
                               "?"
                               "%[]#";
    static const uint8_t more_len[] = {0, 14, 15, 19};
    static const char form[] = "*-._";
    const unsigned alnum = NATIVE_HTTP_CHAR_ALPHA | NATIVE_HTTP_CHAR_DIGIT;

    if (set == NATIVE_HTTP_ESCAPE_FORM) {
        return native_http_char_is((char)byte, alnum) ||
               memchr(form, byte, sizeof(form) - 1) != NULL;
    }
    return native_http_char_is((char)byte, NATIVE_HTTP_CHAR_UNRESERVED) ||
           memchr(more, byte, more_len[set]) != NULL;
}

void native_http_escape(struct native_http_buffer *out, enum native_http_escape_set set,
                        struct native_http_span text)
{
    size_t kept = 0; /* where the run that stays begins */

    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];

        if (native_http_escape_keeps(set, byte)) {
            continue;
        }
        native_http_buffer_put(out, text.at + kept, i - kept);
        kept = i + 1;
        if (byte == ' ' && set == NATIVE_HTTP_ESCAPE_FORM) {
            NATIVE_HTTP_PUT(out, "+");
        } else {
            char escaped[3] = {'%', hex_digits[byte >> 4], hex_digits[byte & 15]};

            native_http_buffer_put(out, escaped, sizeof(escaped));
        }
    }
    if (text.len > kept) {
        native_http_buffer_put(out, text.at + kept, text.len - kept);
    }
}

/* Returns the byte that a "%" stands before, or -1. */
static int escaped_byte(const char *at, size_t left)
{
    int high, low;

    if (left < 3) {
        return -1;
    }
    high = native_http_hex_value(at[1]);
    low = native_http_hex_value(at[2]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

/* Returns why the flags refuse the byte, or NATIVE_HTTP_FAULT_NONE. */
static enum native_http_fault_reason refuse(unsigned flags, char c)
{
    bool refused = ((flags & NATIVE_HTTP_UNESCAPE_NO_NUL) && c == '\0') ||
                   ((flags & NATIVE_HTTP_UNESCAPE_NO_CONTROL) &&
                    native_http_char_is(c, NATIVE_HTTP_CHAR_CONTROL));

    return refused ? NATIVE_HTTP_FAULT_CONTROL_BYTE : NATIVE_HTTP_FAULT_NONE;
}

enum native_http_status native_http_unescape(struct native_http_buffer *out, unsigned flags,
                                             struct native_http_span text,
                                             struct native_http_fault *fault)
{
    const struct native_http_buffer before = *out;
    enum native_http_fault_reason reason;
    size_t i = 0;

    while (i < text.len) {
        int escaped = text.at[i] == '%' ? escaped_byte(text.at + i, text.len - i) : -1;
        char c = (char)(escaped < 0 ? text.at[i] : escaped);

        reason = refuse(flags, c);
        if (text.at[i] == '%' && escaped < 0 && (flags & NATIVE_HTTP_UNESCAPE_STRICT)) {
            reason = NATIVE_HTTP_FAULT_URL_ESCAPE;
        }
        if (reason != NATIVE_HTTP_FAULT_NONE) {
            *out = before;
            *fault = (struct native_http_fault){reason, i};
            return NATIVE_HTTP_MALFORMED;
        }
        if (escaped < 0 && c == '+' && (flags & NATIVE_HTTP_UNESCAPE_PLUS)) {
            c = ' ';
        }
        native_http_buffer_put(out, &c, 1);
        i += escaped < 0 ? 1 : 3;
    }
    return NATIVE_HTTP_OK;
}
