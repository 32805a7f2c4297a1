/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* idn.h - international host names as the DNS has them (IDNA 2008, RFC 5890 and 5891): "bücher.example" is "xn--bcher-kva.example".
 * By libidn2, if the system has it; else nobody knows such names.
 * Allocates: with malloc. Blocks: on the file system, once. Threads: any. */
#ifndef NATIVE_HTTP_IDN_H
#define NATIVE_HTTP_IDN_H

#include "text.h"
#include "wire/status.h"

/* Returns libidn2's version; NULL: it is not there. */
const char *native_http_idn_version(void);

/* Append the ASCII form of `host`, which is UTF-8. Returns NATIVE_HTTP_OK; NATIVE_HTTP_MALFORMED: it is not UTF-8, a name that
 * cannot be or cannot stand in a URL, or an address; NATIVE_HTTP_END: there is no libidn2; NATIVE_HTTP_NO_SPACE without memory. */
enum native_http_status native_http_idn_put(struct native_http_span host,
                                            struct native_http_buffer *out);

#endif
