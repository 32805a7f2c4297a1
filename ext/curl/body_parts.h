/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/body_parts.h - what bodies are made of: shared by body.c and body_mime.c. */
#ifndef NATIVE_EXT_CURL_BODY_PARTS_H
#define NATIVE_EXT_CURL_BODY_PARTS_H

#include "handle.h"

#include "../../http/source.h"

/* POSTFIELDS that are an array, as multipart/form-data. malloc'ed. */
struct native_ext_curl_mime;

/* Make one: files are opened, all else is copied. Runs code of the user's (__toString, stream wrappers). Returns NULL after
 * noting the error, warning or throwing. */
struct native_ext_curl_mime *native_ext_curl_mime_new(struct native_ext_curl_easy *easy,
                                                      HashTable *fields);

/* Its bytes; it rewinds if its files do. */
struct native_http_source *native_ext_curl_mime_source(struct native_ext_curl_mime *mime);

/* The value of Content-Type. */
struct native_http_span native_ext_curl_mime_type(const struct native_ext_curl_mime *mime);

/* Names with `\"` and `\\`, as in old times, or with %22; another type than multipart/form-data (NULL: that one). It is at its first
 * byte. Returns false without memory. */
bool native_ext_curl_mime_shape(struct native_ext_curl_mime *mime, bool with_slash,
                                const char *type);

/* NULL is allowed. May run code of the user's: stream wrappers. */
void native_ext_curl_mime_free(struct native_ext_curl_mime *mime);

/* Read of a stream that is open. Returns BYTES; END; FAILED; ABORT after an exception, or if there is one and the stream's code
 * would have to run. */
enum native_http_source_status native_ext_curl_stream_take(struct native_ext_curl_easy *easy,
                                                           zval *stream, void *out, size_t room,
                                                           size_t *got);

/* Go back to a place in it. Returns false: it cannot, or is closed. */
bool native_ext_curl_stream_back(struct native_ext_curl_easy *easy, zval *stream, zend_off_t to);

#endif
