/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/share.h - CurlShareHandle, and CurlSharePersistentHandle of PHP 8.5.
 * Cookies are what a share really shares here, and connections: TLS sessions and names belong to the process anyway. */
#ifndef NATIVE_EXT_CURL_SHARE_H
#define NATIVE_EXT_CURL_SHARE_H

#include "handle.h"

extern zend_class_entry *native_ext_curl_share_ce;
extern zend_class_entry *native_ext_curl_share_persistent_ce; /* PHP 8.5 */

struct native_ext_curl_share {
    unsigned what;                       /* bits 1 << CURL_LOCK_DATA_* */
    struct native_http_cookies *cookies; /* NULL: not shared, or none yet */
    int error;                           /* CURLSHcode */
    unsigned users;                      /* handles that use it: it cannot be changed then */
    uint64_t owner; /* of connections that are shared, for the pool; 0: none yet */
    struct native_ext_curl_hosts *hosts; /* names, where they are shared; NULL: none */
    bool gone;                           /* freed by PHP while handles still use it */
    zend_object std;
};

static inline struct native_ext_curl_share *native_ext_curl_share_of(zend_object *object)
{
    return (struct native_ext_curl_share *)((char *)object -
                                            offsetof(struct native_ext_curl_share, std));
}

/* One handle less uses it. */
void native_ext_curl_share_unuse(struct native_ext_curl_share *share);

/* Whether an object is a share of either class. */
bool native_ext_curl_is_share(const zval *value);

void native_ext_curl_share_minit(void);

#endif
