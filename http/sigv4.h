/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* sigv4.h - requests signed as Amazon's services want them, and those that follow them (AWS Signature Version 4).
 *
 *     "aws:amz:eu-central-1:s3"     Authorization: AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...
 *      |   |   |            |       X-Amz-Date: 20150830T123600Z
 *      |   |   region       service X-Amz-Content-Sha256: ... (s3 alone)
 *      |   of the fields' names; not given: the first one
 *      of the algorithm             region and service not given: host "service.region.example.org"
 *      (an empty name ends the list, as with curl)
 *
 * Signed are Host, Content-Type and all X-Amz-* that the user sets, and what is added here.
 * Allocates: with malloc; secrets are wiped. Blocks: never. Threads: no state. */
#ifndef NATIVE_HTTP_SIGV4_H
#define NATIVE_HTTP_SIGV4_H

#include <stdint.h>

#include "text.h"

struct native_http_sigv4 {
    struct native_http_span names; /* as above */
    struct native_http_span user;  /* the id of the key, and the key */
    struct native_http_span password;
    struct native_http_span method;
    struct native_http_span host;       /* of the URL */
    struct native_http_span host_field; /* the value of Host */
    struct native_http_span path;
    struct native_http_span query;         /* may be absent */
    const struct native_http_span *fields; /* lines of the user's, "Name: value" */
    size_t fields_len;
    struct native_http_span body; /* `at` NULL: it is not known before it is sent */
    int64_t now;                  /* seconds since 1970 */
};

enum native_http_sigv4_status {
    NATIVE_HTTP_SIGV4_OK,
    NATIVE_HTTP_SIGV4_NAMES,       /* a control byte stands in what would be sent */
    NATIVE_HTTP_SIGV4_NO_PROVIDER, /* the first name is missing */
    NATIVE_HTTP_SIGV4_NO_SERVICE,  /* and none in the host */
    NATIVE_HTTP_SIGV4_NO_REGION,
    NATIVE_HTTP_SIGV4_NO_MEMORY /* or no SHA-256 */
};

/* Append the fields to be sent, each with its CRLF; nothing unless it returns OK. */
enum native_http_sigv4_status native_http_sigv4_put(struct native_http_buffer *out,
                                                    const struct native_http_sigv4 *request);

#endif
