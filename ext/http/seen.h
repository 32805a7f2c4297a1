/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/seen.h - what is known only while there is a connection: TLS, certificates. */
#ifndef NATIVE_EXT_HTTP_SEEN_H
#define NATIVE_EXT_HTTP_SEEN_H

#include "../compat.h"

#include "../../http/engine.h"

struct native_ext_http_seen {
    const char *tls_version; /* the library's own texts; NULL: no TLS */
    const char *tls_cipher;
    bool tls_resumed;
    zval certificates; /* list of arrays; UNDEF: not asked for */
};

/* Note what the transfer's connection says, in place of what an earlier one said. */
void native_ext_http_seen_note(struct native_ext_http_seen *seen,
                               const struct native_http_transfer *transfer, bool certificates);

#endif
