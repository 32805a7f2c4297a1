/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* chars.h - what a byte may be part of, one table for every parser of http/wire.
 * Shape: 256 rows of class bits.
 * Pure: constants. */
#ifndef NATIVE_HTTP_WIRE_CHARS_H
#define NATIVE_HTTP_WIRE_CHARS_H

#include <stdbool.h>
#include <stdint.h>

enum native_http_char_class {
    NATIVE_HTTP_CHAR_DIGIT = 0x0001,
    NATIVE_HTTP_CHAR_ALPHA = 0x0002,
    NATIVE_HTTP_CHAR_HEX = 0x0004,
    /* tchar (RFC 9110, 5.6.2): methods, field names, tokens */
    NATIVE_HTTP_CHAR_TOKEN = 0x0008,
    /* field-vchar, SP and HTAB (RFC 9110, 5.5): inside a field's value */
    NATIVE_HTTP_CHAR_VALUE = 0x0010,
    /* token68 without its trailing "=" (RFC 9110, 11.2) */
    NATIVE_HTTP_CHAR_TOKEN68 = 0x0020,
    /* C0 control bytes and DEL */
    NATIVE_HTTP_CHAR_CONTROL = 0x0040,
    /* SP and HTAB: OWS */
    NATIVE_HTTP_CHAR_BLANK = 0x0080,
    /* unreserved (RFC 3986, 2.3): never needs percent-encoding */
    NATIVE_HTTP_CHAR_UNRESERVED = 0x0100,
    /* scheme after its first letter (RFC 3986, 3.1) */
    NATIVE_HTTP_CHAR_SCHEME = 0x0200,
    /* a host name in a URL: as libcurl, less than RFC 3986's reg-name, more than DNS has; 0x80-0xff
     * too */
    NATIVE_HTTP_CHAR_HOST = 0x0400,
    /* delimiter of a cookie's date (RFC 6265, 5.1.1) */
    NATIVE_HTTP_CHAR_DATE_DELIMITER = 0x0800,
    /* "/", "?" or "#": the end of a URL's authority (RFC 3986, 3.2) */
    NATIVE_HTTP_CHAR_AUTHORITY_END = 0x1000
};

extern const uint16_t native_http_char_classes[256];

/* Returns whether `c` is in one of the classes. */
static inline bool native_http_char_is(char c, unsigned classes)
{
    return (native_http_char_classes[(uint8_t)c] & classes) != 0;
}

/* Returns the value of a hexadecimal digit, or -1. */
static inline int native_http_hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return native_http_char_is(c, NATIVE_HTTP_CHAR_HEX) ? (c | 0x20) - 'a' + 10 : -1;
}

#endif
