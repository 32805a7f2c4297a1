/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_client.h - the blocking use of a stream, as the bindings will have it, for tests. */
#ifndef NATIVE_TESTS_NET_CLIENT_H
#define NATIVE_TESTS_NET_CLIENT_H

#include "../../../net/stream.h"

/* Open until OK or ERROR. */
enum native_net_status net_client_open(struct native_net_stream *stream,
                                       struct native_net_error *error);

/* Write all, read exactly `len` bytes, or stop at the first status that is neither OK nor AGAIN. */
enum native_net_status net_client_write(struct native_net_stream *stream, const void *bytes,
                                        size_t len, struct native_net_error *error);
enum native_net_status net_client_read(struct native_net_stream *stream, void *out, size_t len,
                                       size_t *got, struct native_net_error *error);

/* Make and open a stream. Returns NULL with `error` when one of the two fails. */
struct native_net_stream *net_client_connect(const struct native_net_stream_options *options,
                                             struct native_net_error *error);

/* Send five bytes to a server that sends back what it gets. Returns whether they came back. */
bool net_client_echoes(struct native_net_stream *stream);

#endif
