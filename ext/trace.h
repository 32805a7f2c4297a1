/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/trace.h - native.trace: where the packets and heads that go over the network are written, a line each.
 * A line: "2026-11-22T10:00:00.000Z 4711 mqtt#1 > ...", time (UTC), process, connection, direction.
 * Nothing here throws or waits; what cannot be written is lost. Each thread of a ZTS build has its own file descriptor. */
#ifndef NATIVE_EXT_TRACE_H
#define NATIVE_EXT_TRACE_H

#include "php.h"

#include "zend_smart_str.h"

#include "compat.h"

/* Returns whether lines are wanted now. */
bool native_ext_trace_is_on(void);

/* Begin a line about a connection; `number` tells it from others of its kind in this process. */
void native_ext_trace_begin(smart_str *line, const char *kind, uint64_t number, char direction);
/* Write it, and free it. */
void native_ext_trace_end(smart_str *line);

/* Append bytes that somebody else has chosen: control characters and the like as \xHH, quotes escaped, cut where it is long. */
void native_ext_trace_put(smart_str *line, const void *text, size_t text_len);
/* The same, without what is secret in URLs: user name and password, parameters such as access_token. */
void native_ext_trace_put_url(smart_str *line, const char *text, size_t text_len);

/* Returns whether what has this name (a parameter, a property, a header field) is a secret. */
bool native_ext_trace_is_secret(const void *name, size_t name_len);

/* What is written in place of a secret. */
#define NATIVE_EXT_TRACE_MASK "***"

void native_ext_trace_minit(INIT_FUNC_ARGS);
void native_ext_trace_mshutdown(SHUTDOWN_FUNC_ARGS);
void native_ext_trace_rinit(void);

#endif
