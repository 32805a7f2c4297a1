/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* suffix.h - public suffixes: domains like "co.uk", under which anybody may register, so that no cookie may be for all of them
 * (RFC 6265, 5.3, 5). By libpsl and the list it finds, if the system has it; else only domains without a dot are public.
 * Allocates: once, for good. Blocks: on the file system, once. Threads: any. */
#ifndef NATIVE_HTTP_SUFFIX_H
#define NATIVE_HTTP_SUFFIX_H

#include "wire/cookie.h"

/* Returns libpsl's version; NULL: it is not there, or has no list. */
const char *native_http_suffix_version(void);

/* What native_http_cookie_accept() asks; `context` is not looked at. */
bool native_http_suffix_is_public(void *context, struct native_http_span domain);

#endif
