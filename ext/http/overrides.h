/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/overrides.h - Options::$resolve and $connectTo: other addresses, other peers than a URL names.
 * Shape: "host:port" => what it leads to. The host may be "*", for any; an IPv6 address stands in brackets.
 * Memory: PHP's; spans point into keys of the arrays, which the options hold, and into strings held here. */
#ifndef NATIVE_EXT_HTTP_OVERRIDES_H
#define NATIVE_EXT_HTTP_OVERRIDES_H

#include "../compat.h"

#include "../../http/options.h"
#include "../../net/address.h"

struct native_ext_http_overrides {
    struct native_http_resolve_entry *resolve;
    struct native_net_addresses *addresses;
    size_t resolve_len;
    struct native_http_connect_entry *connect_to;
    zend_string **peers; /* the texts that connect_to leads to */
    size_t connect_to_len;
};

/* Read both arrays. Returns false after throwing a ValueError about the argument; then, too, end it. */
bool native_ext_http_overrides_make(struct native_ext_http_overrides *overrides, HashTable *resolve,
                                    uint32_t resolve_number, HashTable *connect_to,
                                    uint32_t connect_to_number);

void native_ext_http_overrides_end(struct native_ext_http_overrides *overrides);

#endif
