/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* body.h - read a body, whichever way it is framed (RFC 9112, 6.3).
 * Shape: native_http_framing says which kind; then
 *
 *        do {
 *            status = native_http_body_next(&body, in, in_len, &used, &event, &fault);
 *            in += used, in_len -= used;
 *        } while (status == NATIVE_HTTP_OK);     each time with an event
 *
 *        END: what is left of `in` is not of this body.
 *        NEED_MORE, and the connection has ended: native_http_body_cut.
 * Pure: data are spans of the caller's bytes; no allocation, no globals. */
#ifndef NATIVE_HTTP_WIRE_BODY_H
#define NATIVE_HTTP_WIRE_BODY_H

#include "chunked.h"
#include "framing.h"

struct native_http_body {
    struct native_http_chunked chunked; /* the caller sets its options */
    enum native_http_body_kind kind;
    uint64_t data_bytes; /* given so far */
    uint64_t left;       /* of LENGTH */
};

/* Begin a body of this kind; `length` is for NATIVE_HTTP_BODY_LENGTH. The options stay. */
void native_http_body_begin(struct native_http_body *body, enum native_http_body_kind kind,
                            uint64_t length);

/* Take the next event out of in[0..in_len): `*used` bytes of it are done with (also with
 * NATIVE_HTTP_NEED_MORE).
 * Returns what native_http_chunked_next returns. A tunnel has no body: NATIVE_HTTP_END at once. */
enum native_http_status native_http_body_next(struct native_http_body *body, const void *in,
                                              size_t in_len, size_t *used,
                                              struct native_http_body_event *event,
                                              struct native_http_fault *fault);

/* Say that the connection has ended.
 * Returns NATIVE_HTTP_END if the body was complete (of CLOSE: always), else NATIVE_HTTP_MALFORMED
 * with NATIVE_HTTP_FAULT_BODY_CUT. */
enum native_http_status native_http_body_cut(const struct native_http_body *body,
                                             struct native_http_fault *fault);

#endif
