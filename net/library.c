/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* library.c - what libnative.so tells of itself. */
#include "library.h"

static const struct native_symbol symbols[] = {
#include "library_symbols.h"
    {NULL, NULL, NULL},
};

uint32_t native_get_api(void)
{
    return NATIVE_API_NUMBER;
}

const struct native_symbol *native_get_symbols(size_t *count)
{
    if (count)
        *count = sizeof(symbols) / sizeof(symbols[0]) - 1;
    return symbols;
}
