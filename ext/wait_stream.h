/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/wait_stream.h - a PHP stream over a descriptor that somebody else owns, for event loops to wait on and for nothing
 * else: reading and writing give a notice, closing it closes nothing.
 * Memory: the stream is PHP's; the owner of the descriptor keeps it in a zval and drops that first. */
#ifndef NATIVE_EXT_WAIT_STREAM_H
#define NATIVE_EXT_WAIT_STREAM_H

#include "php.h"

/* Whose it is: what stream_get_meta_data() and the notices call it. */
enum native_ext_wait_stream_type {
    NATIVE_EXT_WAIT_STREAM_MQTT,
    NATIVE_EXT_WAIT_STREAM_SHM,
    NATIVE_EXT_WAIT_STREAM_HTTP,
    NATIVE_EXT_WAIT_STREAM_TYPES
};

/* Put a stream over fd (0 or more) into *to, which is undefined. */
void native_ext_wait_stream_make(zval *to, int fd, enum native_ext_wait_stream_type type);

/* Close the stream in *held, if there is one, and make it undefined. The descriptor stays open. */
void native_ext_wait_stream_drop(zval *held);

/* The same, but only if the script has closed it already. */
void native_ext_wait_stream_drop_closed(zval *held);

#endif
