/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* body.c - the three ways to frame a body behind one face. */
#include "body.h"

void native_http_body_begin(struct native_http_body *body, enum native_http_body_kind kind,
                            uint64_t length)
{
    body->kind = kind;
    body->data_bytes = 0;
    body->left = kind == NATIVE_HTTP_BODY_LENGTH ? length : 0;
    native_http_chunked_begin(&body->chunked);
}

enum native_http_status native_http_body_next(struct native_http_body *body, const void *in,
                                              size_t in_len, size_t *used,
                                              struct native_http_body_event *event,
                                              struct native_http_fault *fault)
{
    enum native_http_status status;

    *used = 0;
    if (body->kind == NATIVE_HTTP_BODY_CHUNKED) {
        status = native_http_chunked_next(&body->chunked, in, in_len, used, event, fault);
        body->data_bytes = body->chunked.data_bytes;
        return status;
    }
    if (body->kind != NATIVE_HTTP_BODY_CLOSE && body->left == 0) {
        return NATIVE_HTTP_END;
    }
    if (in_len == 0) {
        return NATIVE_HTTP_NEED_MORE;
    }
    if (body->kind == NATIVE_HTTP_BODY_LENGTH) {
        in_len = in_len < body->left ? in_len : (size_t)body->left;
        body->left -= in_len;
    }
    event->kind = NATIVE_HTTP_BODY_DATA;
    event->data = (struct native_http_span){in, in_len};
    body->data_bytes += in_len;
    *used = in_len;
    return NATIVE_HTTP_OK;
}

enum native_http_status native_http_body_cut(const struct native_http_body *body,
                                             struct native_http_fault *fault)
{
    bool cut = body->kind == NATIVE_HTTP_BODY_CHUNKED ? !native_http_chunked_is_over(&body->chunked)
                                                      : body->left > 0;

    if (cut) {
        *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_BODY_CUT, 0};
    }
    return cut ? NATIVE_HTTP_MALFORMED : NATIVE_HTTP_END;
}
