/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/call.h - calling what the user has set to be called. */
#ifndef NATIVE_EXT_CURL_CALL_H
#define NATIVE_EXT_CURL_CALL_H

#include "handle.h"

/* Whether there is one. */
static inline bool native_ext_curl_has(const struct native_ext_curl_callback *callback)
{
    return Z_TYPE(callback->name) != IS_UNDEF && Z_TYPE(callback->name) != IS_NULL;
}

/* Call it; arguments[0] is filled in: the handle. The others are freed. Streams that the callback has closed are dealt with.
 * Returns whether there is a result, which the caller frees: not after an exception (then easy->failed_in_callback is set), nor when
 * it could not be called, of which `option` ("CURLOPT_WRITEFUNCTION") is warned. */
bool native_ext_curl_call(struct native_ext_curl_easy *easy,
                          struct native_ext_curl_callback *callback, const char *option,
                          uint32_t count, zval *arguments, zval *result);

#endif
