/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/perform.h - one transfer of a handle, from its settings to its end; prepare and finish are in handle.h. */
#ifndef NATIVE_EXT_CURL_PERFORM_H
#define NATIVE_EXT_CURL_PERFORM_H

#include "handle.h"

/* Do all of it: what curl_exec() does. Returns CURLE_*, which is noted. */
int native_ext_curl_perform(struct native_ext_curl_easy *easy);

/* The handle goes: free what the engine has of it. */
void native_ext_curl_perform_end(struct native_ext_curl_easy *easy);

#endif
