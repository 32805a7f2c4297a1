/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* url_host.c - the host of a URL: names, IPv4 in all forms that inet_aton knows, IPv6 literals. */
#include "chars.h"
#include "request.h"
#include "url_parts.h"

/* Returns the byte at *i, with its percent-encoding undone, and moves on; -1 at the end. An escape
 * that is none gives its "%", which no host has. */
static int next_byte(struct native_http_span text, size_t *i)
{
    char c;

    if (*i >= text.len) {
        return -1;
    }
    c = text.at[(*i)++];
    if (c == '%' && text.len - *i >= 2 && native_http_hex_value(text.at[*i]) >= 0 &&
        native_http_hex_value(text.at[*i + 1]) >= 0) {
        c = (char)(native_http_hex_value(text.at[*i]) * 16 +
                   native_http_hex_value(text.at[*i + 1]));
        *i += 2;
    }
    return (uint8_t)c;
}

static int peek_byte(struct native_http_span text, size_t i)
{
    return next_byte(text, &i);
}

/* Read a number as C writes it: 0x1f, 017, 15. */
static bool read_number(struct native_http_span text, size_t *i, uint32_t *number)
{
    uint64_t n = 0;
    int base = 10, digits = 0, value;

    if (peek_byte(text, *i) == '0') {
        next_byte(text, i);
        base = 8, digits = 1;
        if ((peek_byte(text, *i) | 0x20) == 'x') {
            next_byte(text, i);
            base = 16, digits = 0;
        }
    }
    for (;; digits++) {
        int c = peek_byte(text, *i);

        value = c < 0 ? -1 : native_http_hex_value((char)c);
        if (value < 0 || value >= base) {
            break;
        }
        next_byte(text, i);
        n = n * (unsigned)base + (unsigned)value;
        if (n > UINT32_MAX) {
            return false;
        }
    }
    *number = (uint32_t)n;
    return digits > 0;
}

/* One to four numbers, the last of which fills what the others leave: 127.1 is 127.0.0.1. What does
 * not fit is a name for libcurl, and so here. */
static bool read_ipv4(struct native_http_span text, uint8_t *address)
{
    uint32_t parts[4], sum = 0;
    unsigned n = 0;
    size_t i = 0;
    int c;

    do {
        if (n == 4 || !read_number(text, &i, &parts[n++])) {
            return false;
        }
        c = next_byte(text, &i);
    } while (c == '.');
    if (c >= 0) {
        return false;
    }
    for (unsigned k = 0; k + 1 < n; k++) {
        if (parts[k] > 0xff) {
            return false;
        }
        sum |= parts[k] << (24 - 8 * k);
    }
    if (parts[n - 1] > UINT32_MAX >> (8 * (n - 1))) {
        return false;
    }
    sum |= parts[n - 1];
    for (unsigned k = 0; k < 4; k++) {
        address[k] = (uint8_t)(sum >> (24 - 8 * k));
    }
    return true;
}

/* Read the four decimal numbers at the end of an IPv6 address, as inet_pton takes them. */
static bool read_dotted(struct native_http_span text, uint8_t *address)
{
    size_t i = 0;

    for (unsigned k = 0; k < 4; k++) {
        unsigned n = 0;
        size_t start;

        if (k > 0 && (i >= text.len || text.at[i++] != '.')) {
            return false;
        }
        for (start = i; i < text.len && native_http_char_is(text.at[i], NATIVE_HTTP_CHAR_DIGIT);
             i++) {
            n = n * 10 + (unsigned)(text.at[i] - '0');
            if (n > 255 || (i > start && text.at[start] == '0')) {
                return false;
            }
        }
        if (i == start) {
            return false;
        }
        address[k] = (uint8_t)n;
    }
    return i == text.len;
}

/* Read up to four hexadecimal digits. Returns how many there were. */
static unsigned read_group(struct native_http_span text, size_t *i, uint8_t *address)
{
    unsigned n = 0, digits = 0;

    while (digits < 4 && *i < text.len && native_http_hex_value(text.at[*i]) >= 0) {
        n = n * 16 + (unsigned)native_http_hex_value(text.at[(*i)++]);
        digits++;
    }
    address[0] = (uint8_t)(n >> 8);
    address[1] = (uint8_t)n;
    return digits;
}

/* Move what came after the "::" to the end, and fill the gap. */
static bool close_gap(uint8_t *address, size_t used, size_t gap)
{
    if (used == 16) {
        return gap == 16 + 1; /* "::" stands for at least one group */
    }
    if (gap > used) {
        return false;
    }
    memmove(address + 16 - (used - gap), address + gap, used - gap);
    memset(address + gap, 0, 16 - used);
    return true;
}

static bool read_ipv6(struct native_http_span text, uint8_t *address)
{
    size_t i = 0, used = 0, gap = 16 + 1; /* none yet */

    if (text.len >= 2 && text.at[0] == ':' && text.at[1] == ':') {
        gap = 0, i = 2;
    }
    while (i < text.len) {
        size_t start = i;

        if (used == 16 || read_group(text, &i, address + used) == 0) {
            return false;
        }
        if (i < text.len && text.at[i] == '.') {
            struct native_http_span rest = {text.at + start, text.len - start};

            return used <= 12 && read_dotted(rest, address + used) &&
                   close_gap(address, used + 4, gap);
        }
        used += 2;
        if (i == text.len) {
            break;
        }
        if (text.at[i++] != ':' || i == text.len) {
            return false;
        }
        if (text.at[i] == ':') {
            if (gap <= 16) {
                return false;
            }
            gap = used;
            i++;
        }
    }
    return close_gap(address, used, gap);
}

/* "[" address [ "%25" zone ] "]"; a bare "%" in front of the zone is taken too (RFC 6874, 3). */
static const char *read_literal(struct native_http_url *url, struct native_http_span text)
{
    const char *end = text.at + text.len - 1, *zone;
    struct native_http_span inside = {text.at + 1, text.len - 2};

    if (text.len < 2 || *end != ']') {
        return text.at;
    }
    zone = inside.len > 0 ? memchr(inside.at, '%', inside.len) : NULL;
    if (zone != NULL) {
        inside.len = (size_t)(zone++ - inside.at);
        if (end - zone > 2 && zone[0] == '2' && zone[1] == '5') {
            zone += 2;
        }
        if (zone == end) {
            return zone;
        }
        url->zone = (struct native_http_span){zone, (size_t)(end - zone)};
        for (; zone < end; zone++) {
            if (!native_http_char_is(*zone, NATIVE_HTTP_CHAR_UNRESERVED)) {
                return zone;
            }
        }
    }
    url->host = inside;
    url->host_kind = NATIVE_HTTP_HOST_IPV6;
    return read_ipv6(inside, url->address) ? NULL : inside.at;
}

const char *native_http_url_read_host(struct native_http_url *url, struct native_http_span text,
                                      enum native_http_fault_reason *reason)
{
    size_t i = 0, before = 0;
    int c;

    url->zone = (struct native_http_span){NULL, 0};
    if (text.len > 0 && text.at[0] == '[') {
        *reason = NATIVE_HTTP_FAULT_URL_ADDRESS;
        return read_literal(url, text);
    }
    *reason = NATIVE_HTTP_FAULT_URL_HOST;
    while ((c = next_byte(text, &i)) >= 0) {
        if (!native_http_char_is((char)c, NATIVE_HTTP_CHAR_HOST)) {
            return text.at + before;
        }
        before = i;
    }
    if (text.len == 0) {
        return text.at;
    }
    url->host = text;
    url->host_kind = read_ipv4(text, url->address) ? NATIVE_HTTP_HOST_IPV4 : NATIVE_HTTP_HOST_NAME;
    return NULL;
}

/* ---- writing ---- */

static void put_dotted(struct native_http_buffer *buffer, const uint8_t *address)
{
    for (unsigned k = 0; k < 4; k++) {
        if (k > 0) {
            NATIVE_HTTP_PUT(buffer, ".");
        }
        native_http_number_put(buffer, address[k]);
    }
}

static void put_group(struct native_http_buffer *buffer, const uint8_t *address)
{
    static const char digits[] = "0123456789abcdef";
    unsigned n = (unsigned)address[0] << 8 | address[1], shift = 12;

    while (shift > 0 && n >> shift == 0) {
        shift -= 4;
    }
    for (; shift <= 12; shift -= 4) { /* wraps behind 0 */
        native_http_buffer_put(buffer, &digits[n >> shift & 0xf], 1);
    }
}

/* Find the longest run of at least two groups of zeros, the first of equal ones (RFC 5952, 4.2). */
static unsigned find_zeros(const uint8_t *address, unsigned *length)
{
    unsigned best = 8;

    *length = 1;
    for (unsigned start = 0; start < 8; start++) {
        unsigned n = 0;

        while (start + n < 8 && (address[2 * (start + n)] | address[2 * (start + n) + 1]) == 0) {
            n++;
        }
        if (n > *length) {
            best = start, *length = n;
        }
    }
    return best;
}

static void put_ipv6(struct native_http_buffer *buffer, const uint8_t *address)
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    unsigned length, zeros = find_zeros(address, &length);

    if (memcmp(address, mapped, sizeof(mapped)) == 0) { /* RFC 5952, 5 */
        NATIVE_HTTP_PUT(buffer, "::ffff:");
        put_dotted(buffer, address + 12);
        return;
    }
    for (unsigned k = 0; k < 8;) {
        if (k == zeros) {
            NATIVE_HTTP_PUT(buffer, "::");
            k += length;
            continue;
        }
        if (k > 0 && k != zeros + length) {
            NATIVE_HTTP_PUT(buffer, ":");
        }
        put_group(buffer, address + 2 * k++);
    }
}

void native_http_url_write_host(const struct native_http_url *url,
                                struct native_http_buffer *buffer)
{
    size_t i = 0;
    int c;

    switch (url->host_kind) {
    case NATIVE_HTTP_HOST_NONE:
        break;
    case NATIVE_HTTP_HOST_NAME:
        while ((c = next_byte(url->host, &i)) >= 0) {
            char byte = (char)c;

            native_http_buffer_put(buffer, &byte, 1);
        }
        break;
    case NATIVE_HTTP_HOST_IPV4:
        put_dotted(buffer, url->address);
        break;
    case NATIVE_HTTP_HOST_IPV6:
        put_ipv6(buffer, url->address);
    }
}
