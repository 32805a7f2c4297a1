/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* url_parts.h - what the files of the URL parser share; not for others.
 * Shape: url.c takes a text apart into the spans of a struct native_http_url, url_host.c reads its
 *        host, url_write.c writes it and lets the spans point into what was written.
 * Pure: no allocation, no globals. */
#ifndef NATIVE_HTTP_WIRE_URL_PARTS_H
#define NATIVE_HTTP_WIRE_URL_PARTS_H

#include "url.h"

/* Read what stands between the user and the port, brackets included: kind, host, zone, address.
 * Returns NULL, or the byte at fault with *reason. */
const char *native_http_url_read_host(struct native_http_url *url, struct native_http_span text,
                                      enum native_http_fault_reason *reason);

/* Put a host as it is normalised, without brackets and zone. */
void native_http_url_write_host(const struct native_http_url *url,
                                struct native_http_buffer *buffer);

/* Write all of it, with `directory` in front of its path, and move its spans there.
 * Returns NATIVE_HTTP_OK or NATIVE_HTTP_NO_SPACE. */
enum native_http_status native_http_url_write(struct native_http_url *url,
                                              struct native_http_span directory, unsigned flags,
                                              struct native_http_buffer *buffer);

#endif
