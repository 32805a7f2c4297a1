/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/transfer.h - Native\Http\Transfer: one request that whoever holds it drives.
 *   transfer.c  making, steps, the end     transfer_body.c  the body, piece by piece
 *   transfer_stream.c  for event loops */
#ifndef NATIVE_EXT_HTTP_TRANSFER_H
#define NATIVE_EXT_HTTP_TRANSFER_H

#include "call.h"
#include "run.h"

struct native_ext_http_transfer {
    struct native_ext_http_held held;
    struct native_ext_http_call *call; /* of the run that is held */
    zval result;                       /* Response or exception, once somebody has asked */
    /* of getStream() */
    zval stream;
    int stream_fd;
    uint64_t stream_id; /* what the descriptor belonged to */
    zend_object std;
};

static inline struct native_ext_http_transfer *native_ext_http_transfer_of(zend_object *object)
{
    return (struct native_ext_http_transfer *)((char *)object -
                                               offsetof(struct native_ext_http_transfer, std));
}

/* Begin. Returns false after throwing. */
bool native_ext_http_transfer_make(zval *out, const struct native_ext_http_request *request);

/* Returns its call; NULL after throwing: it was never begun, or the request is over. */
struct native_ext_http_call *native_ext_http_transfer_call(struct native_ext_http_transfer *t);

/* Do what can be done now. Returns false when an exception is to be thrown. */
bool native_ext_http_transfer_step(struct native_ext_http_transfer *t);

/* Go on until the condition holds or the transfer has ended, waiting meanwhile. Returns false when an exception is to be
 * thrown. */
typedef bool (*native_ext_http_condition)(struct native_ext_http_call *call);
bool native_ext_http_transfer_wait(struct native_ext_http_transfer *t, int64_t until_ms,
                                   native_ext_http_condition condition);

/* Throw what the transfer ended with, if it did not end well. Returns false then. */
bool native_ext_http_transfer_check(struct native_ext_http_transfer *t);

/* Wait for the next piece of the body. Returns NULL after throwing; "" at the end. */
zend_string *native_ext_http_transfer_read(struct native_ext_http_transfer *t, size_t len);

/* Close the stream of an event loop where what it waited for is gone. */
void native_ext_http_transfer_sync(struct native_ext_http_transfer *t);

void native_ext_http_transfer_minit(void);
void native_ext_http_pieces_minit(zend_class_entry *ce);

/* Make the iterator over the pieces. */
void native_ext_http_pieces_make(zval *out, zend_object *transfer);

#endif
