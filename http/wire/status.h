/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* status.h - the answers of the parsers and writers of HTTP, and why something was refused.
 * Shape: a small enum, and a struct with the reason and the offset of the byte at fault.
 * Pure: no allocation, no globals. */
#ifndef NATIVE_HTTP_WIRE_STATUS_H
#define NATIVE_HTTP_WIRE_STATUS_H

#include <stddef.h>

#include "fault.h"

enum native_http_status {
    NATIVE_HTTP_OK = 0,
    NATIVE_HTTP_NEED_MORE, /* the input ends before the thing does: call again with more */
    /* the output is too small; the length needed is told where it can be */
    NATIVE_HTTP_NO_SPACE,
    NATIVE_HTTP_MALFORMED, /* see the struct native_http_fault */
    NATIVE_HTTP_TOO_LARGE, /* a limit was passed; see the struct native_http_fault */
    NATIVE_HTTP_END        /* an iteration or a body has come to its end */
};

struct native_http_fault {
    enum native_http_fault_reason reason;
    /* of the byte at fault, counted from the start of the input of the call */
    size_t offset;
};

#endif
