/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/message.h - Native\Shm\Message: received, and not done with. */
#ifndef NATIVE_EXT_SHM_MESSAGE_H
#define NATIVE_EXT_SHM_MESSAGE_H

#include "channel.h"

/* Set `to` to a new Message; takes over `value`. */
void native_ext_shm_message_make(zval *to, struct native_ext_shm_channel *channel,
                                 const struct native_shm_segment *core,
                                 const struct native_shm_message *message, zval *value);

void native_ext_shm_message_minit(void);

#endif
