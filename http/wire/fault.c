/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* fault.c - the table of fault.h as texts. */
#include "fault.h"

static const struct {
    const char *name;
    const char *text;
} faults[] = {
#define X(constant, name, text) {name, text},
    NATIVE_HTTP_FAULTS(X)
#undef X
};

const char *native_http_fault_name(enum native_http_fault_reason reason)
{
    return (unsigned)reason < NATIVE_HTTP_FAULT_COUNT ? faults[reason].name : "unknown";
}

const char *native_http_fault_text(enum native_http_fault_reason reason)
{
    return (unsigned)reason < NATIVE_HTTP_FAULT_COUNT ? faults[reason].text : "unknown";
}
