/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/streams.h - the options that are streams: FILE, WRITEHEADER, INFILE, STDERR. Closed ones: see handle.h. */
#ifndef NATIVE_EXT_CURL_STREAMS_H
#define NATIVE_EXT_CURL_STREAMS_H

#include "handle.h"

/* Set one; null takes it back. Returns CURLE_OK; -1 after throwing or warning. */
int native_ext_curl_set_stream(struct native_ext_curl_easy *easy, int option, zval *field,
                               zval *value);

/* Returns the stream; NULL: none, or it was closed. */
php_stream *native_ext_curl_stream(zval *field);

#endif
