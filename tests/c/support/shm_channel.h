/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_channel.h - one segment with one channel at a time, for the tests of channels within one process. */
#ifndef NATIVE_TESTS_SHM_CHANNEL_H
#define NATIVE_TESTS_SHM_CHANNEL_H

#include "shm_ipc.h"

static struct native_shm_segment *segment;

IPC enum native_shm_status receive(struct native_shm_channel *channel, void *buffer, size_t len,
                                   bool ack, struct native_shm_message *message)
{
    memset(message, 0, sizeof(*message));
    return native_shm_channel_receive(segment, channel, buffer, len, ack, 0, message);
}

IPC void start(void)
{
    segment = test_open(NULL, 16 << 20);
}

IPC void stop(struct native_shm_channel *channel)
{
    native_shm_channel_free(channel);
    native_shm_segment_close(segment);
}

#endif
