/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/owner.c - whose connections a transfer uses, and what becomes of them. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"
#include "php_ini.h"

#include "owner.h"

#include "../http/process.h"
#include "../ini_values.h"
#include "multi.h"
#include "share.h"

static bool pooled; /* native.curl_pool: PHP_INI_SYSTEM, so all threads have the same */

PHP_INI_MH(native_ext_curl_owner_set_pool)
{
    return native_ext_ini_bool(new_value, &pooled);
}

uint64_t native_ext_curl_owner(uint64_t *owner)
{
    struct native_ext_http_process *process = native_ext_http_process();

    if (*owner == 0 && process)
        *owner = native_http_pool_owner(process->pool);
    return *owner;
}

void native_ext_curl_owner_leave(uint64_t *owner)
{
    struct native_ext_http_process *process = *owner != 0 ? native_ext_http_process() : NULL;

    if (process)
        native_http_pool_leave(process->pool, *owner, pooled);
    *owner = 0;
}

void native_ext_curl_owner_fill(struct native_ext_curl_easy *easy)
{
    struct native_http_options *o = &easy->options;
    struct native_ext_curl_share *share =
        easy->set.share ? native_ext_curl_share_of(easy->set.share) : NULL;

    /* libcurl keeps as many as that, and where 0 is set, or nothing is said, four times as many as there are handles. */
    if (easy->multi)
        o->keep_most = 4 * native_ext_curl_multi_count(easy->multi);
    else
        o->keep_most =
            (unsigned)(easy->set.max_connects > 0 ? MIN(easy->set.max_connects, INT_MAX) : 4);
    if (share && share->what & 1U << CURL_LOCK_DATA_CONNECT)
        o->owner = native_ext_curl_owner(&share->owner);
    else if (easy->multi)
        o->owner = native_ext_curl_multi_owner(easy->multi);
    else
        o->owner = native_ext_curl_owner(&easy->owner);
}
