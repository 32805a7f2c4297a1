/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/ext_curl.h - the extension `curl` over http/: what native's module entry calls.
 * It is a module of its own, started by ours, and only where no other has that name. */
#ifndef NATIVE_EXT_CURL_H
#define NATIVE_EXT_CURL_H

#include "../compat.h"

/* Start the module `curl`, if it is wanted and there is none. Last of all hooks of MINIT. */
void native_ext_curl_minit(INIT_FUNC_ARGS);

#endif
