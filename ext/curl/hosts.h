/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/hosts.h - addresses that RESOLVE has given to names. libcurl puts them into its cache of names, where they stay for
 * later transfers, whatever RESOLVE says by then: of the handle, of the multi handle, or of a share that shares names.
 * Memory: malloc'ed. */
#ifndef NATIVE_EXT_CURL_HOSTS_H
#define NATIVE_EXT_CURL_HOSTS_H

#include "handle.h"

#include "../../net/address.h"

struct native_ext_curl_hosts; /* NULL: none */

/* Take in one entry: "host:port:address,..." ("+...": not for ever), "-host:port"; a host "*" stands for all. Returns false for one
 * that is none, or without memory. */
bool native_ext_curl_hosts_take(struct native_ext_curl_hosts **hosts, const char *entry);

size_t native_ext_curl_hosts_count(const struct native_ext_curl_hosts *hosts);

/* Copy them: entries and addresses have room for all of them, *names gets the names. Returns how many there are; those for all
 * hosts come last. */
size_t native_ext_curl_hosts_list(const struct native_ext_curl_hosts *hosts,
                                  struct native_http_resolve_entry *entries,
                                  struct native_net_addresses *addresses, char **names);

/* NULL is allowed. */
void native_ext_curl_hosts_free(struct native_ext_curl_hosts *hosts);

#endif
