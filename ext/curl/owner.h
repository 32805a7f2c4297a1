/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/owner.h - whose connections are whose. Each handle, multi handle and share of libcurl's has connections of its own,
 * closed when it goes. Here they are in the pool of the process, lent to nobody else while it lives; afterwards, with
 * native.curl_pool, to whoever comes, also in later requests. So what a handle tells of its connections is what libcurl's tells. */
#ifndef NATIVE_EXT_CURL_OWNER_H
#define NATIVE_EXT_CURL_OWNER_H

#include "handle.h"

/* Fill the engine's options that say whose connections this transfer uses: the share's, the multi handle's or its own. */
void native_ext_curl_owner_fill(struct native_ext_curl_easy *easy);

/* Returns *owner, a new one where it is 0; 0 after throwing. */
uint64_t native_ext_curl_owner(uint64_t *owner);

/* It goes: *owner is 0 then. */
void native_ext_curl_owner_leave(uint64_t *owner);

/* The setting native.curl_pool. */
PHP_INI_MH(native_ext_curl_owner_set_pool);

#endif
