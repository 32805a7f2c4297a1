/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* idn.c - international host names, by libidn2. */
#include "idn.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "optional.h"

/* What libidn2's manual says of the functions and numbers used here. */
enum { IDN2_OK = 0, IDN2_MALLOC = -100 };
enum { IDN2_NFC_INPUT = 1, IDN2_TRANSITIONAL = 4, IDN2_NONTRANSITIONAL = 8 };
typedef int lookup_function(const uint8_t *from, uint8_t **to, int flags);
typedef void free_function(void *text);
typedef const char *version_function(const char *least);

static lookup_function *lookup;
static free_function *release;
static const char *version;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void find(void)
{
    native_http_optional_function *found[3];
    const struct native_http_optional_symbol symbols[] = {
        {"idn2_lookup_u8", &found[0]}, {"idn2_free", &found[1]}, {"idn2_check_version", &found[2]}};

    if (native_http_optional_load("libidn2.so.0", symbols, 3)) {
        lookup = (lookup_function *)found[0];
        release = (free_function *)found[1];
        version = ((version_function *)found[2])(NULL);
    }
}

const char *native_http_idn_version(void)
{
    (void)pthread_once(&once, find);
    return version;
}

enum native_http_status native_http_idn_put(struct native_http_span host,
                                            struct native_http_buffer *out)
{
    uint8_t *ascii = NULL;
    bool ok;
    char *name;
    int result;

    if (!native_http_idn_version()) {
        return NATIVE_HTTP_END;
    }
    name = native_http_text_string(host);
    if (!name) {
        return NATIVE_HTTP_NO_SPACE;
    }
    result = lookup((uint8_t *)name, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    if (result != IDN2_OK && result != IDN2_MALLOC) { /* names of IDNA 2003 are registered, too */
        result = lookup((uint8_t *)name, &ascii, IDN2_NFC_INPUT | IDN2_TRANSITIONAL);
    }
    free(name);
    if (result != IDN2_OK) {
        return result == IDN2_MALLOC ? NATIVE_HTTP_NO_SPACE : NATIVE_HTTP_MALFORMED;
    }
    ok = native_http_text_add(
        out, (struct native_http_span){(const char *)ascii, strlen((const char *)ascii)});
    release(ascii);
    return ok ? NATIVE_HTTP_OK : NATIVE_HTTP_NO_SPACE;
}
