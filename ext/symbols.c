/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/symbols.c - Native\symbols(): what libnative.so exports. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "../net/library.h"

ZEND_FUNCTION(Native_symbols)
{
    size_t count;
    const struct native_symbol *symbol = native_get_symbols(&count);

    ZEND_PARSE_PARAMETERS_NONE();
    array_init_size(return_value, (uint32_t)count);
    for (; symbol->name; symbol++) {
        zval row;

        array_init_size(&row, 3);
        add_assoc_string(&row, "name", symbol->name);
        add_assoc_string(&row, "kind", symbol->kind);
        add_assoc_string(&row, "signature", symbol->signature);
        add_next_index_zval(return_value, &row);
    }
}
