/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* idn.c - international host names, by libidn2. */
#include "idn.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "optional.h"
#include "wire/chars.h"

/* What libidn2's manual says of the functions and numbers used here. */
enum { IDN2_OK = 0, IDN2_MALLOC = -100 };
enum { IDN2_NFC_INPUT = 1, IDN2_TRANSITIONAL = 4, IDN2_NONTRANSITIONAL = 8 };
typedef int lookup_function(const uint8_t *from, uint8_t **to, int flags);
typedef void free_function(void *text);
typedef const char *version_function(const char *least);

enum { LOOKUP, FREE, VERSION, FUNCTIONS };
static const char *const names[FUNCTIONS] = {"idn2_lookup_u8", "idn2_free", "idn2_check_version"};
static native_http_optional_function *found[FUNCTIONS];
static struct native_http_optional library = {
    .file = "libidn2.so.0", .names = names, .count = FUNCTIONS, .functions = found};

const char *native_http_idn_version(void)
{
    if (native_http_optional_load(&library) != NATIVE_HTTP_OPTIONAL_THERE)
        return NULL;
    return ((version_function *)found[VERSION])(NULL);
}

/* Returns what libidn2 does; *ascii is set where that is IDN2_OK, and is to be freed. */
static int convert(const char *name, uint8_t **ascii)
{
    lookup_function *lookup = (lookup_function *)found[LOOKUP];
    int result = lookup((const uint8_t *)name, ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    if (result != IDN2_OK && result != IDN2_MALLOC) /* names of IDNA 2003 are registered, too */
        result = lookup((const uint8_t *)name, ascii, IDN2_NFC_INPUT | IDN2_TRANSITIONAL);
    return result;
}

/* Whether it could stand in a URL. Some characters become what ends a host there: U+FF0F is "/", U+2100 is "a/c", U+3000 a
 * blank; libidn2 lets that pass. */
static bool is_host(struct native_http_span name)
{
    for (size_t i = 0; i < name.len; i++)
        if ((name.at[i] & 0x80) || !native_http_char_is(name.at[i], NATIVE_HTTP_CHAR_HOST))
            return false;
    return name.len > 0;
}

/* Whether it is an address, in any of its ways of writing: full-width digits become others. The URL was read as one with a name:
 * cookies, proxies and certificates make a difference. No name in the DNS ends so. */
static bool ends_in_number(struct native_http_span name)
{
    const char *end = name.at + name.len, *at;
    bool hex;
    if (end[-1] == '.')
        end--;
    for (at = end; at > name.at && at[-1] != '.';)
        at--;
    hex = end - at >= 2 && at[0] == '0' && at[1] == 'x';
    if (at == end)
        return false;
    for (at += hex ? 2 : 0; at < end; at++)
        if (!native_http_char_is(*at, hex ? NATIVE_HTTP_CHAR_HEX : NATIVE_HTTP_CHAR_DIGIT))
            return false;
    return true;
}

enum native_http_status native_http_idn_put(struct native_http_span host,
                                            struct native_http_buffer *out)
{
    enum native_http_optional_state state = native_http_optional_load(&library);
    enum native_http_status status = NATIVE_HTTP_OK;
    struct native_http_span made;
    uint8_t *ascii = NULL;
    char *name;
    int result;

    if (state != NATIVE_HTTP_OPTIONAL_THERE)
        return state == NATIVE_HTTP_OPTIONAL_NO_MEMORY ? NATIVE_HTTP_NO_SPACE : NATIVE_HTTP_END;
    if (host.len > 0 && memchr(host.at, '\0', host.len))
        return NATIVE_HTTP_MALFORMED; /* libidn2 would see what stands before it */
    name = native_http_text_string(host);
    if (!name)
        return NATIVE_HTTP_NO_SPACE;
    result = convert(name, &ascii);
    free(name);
    if (result != IDN2_OK)
        return result == IDN2_MALLOC ? NATIVE_HTTP_NO_SPACE : NATIVE_HTTP_MALFORMED;
    made = (struct native_http_span){(const char *)ascii, strlen((const char *)ascii)};
    if (!is_host(made) || ends_in_number(made))
        status = NATIVE_HTTP_MALFORMED;
    else if (!native_http_text_add(out, made))
        status = NATIVE_HTTP_NO_SPACE;
    ((free_function *)found[FREE])(ascii);
    return status;
}
