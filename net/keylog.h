/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* keylog.h - SSLKEYLOGFILE: session secrets for looking at one's own traffic with Wireshark
 * (draft-ietf-tls-keylogfile; the same environment variable as curl and browsers).
 * Shape: "<label> <64 hex digits of client random> <secret in hex>", one line a secret.
 * Allocates: no. Blocks: writes to a file. Threads: any; each line is one write(). */
#ifndef NATIVE_NET_KEYLOG_H
#define NATIVE_NET_KEYLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Returns whether the variable is set (never in set-uid programs). */
bool native_net_keylog_wanted(void);

/* Append one line. Secrets longer than 64 bytes, and a file that cannot be written, are passed over
 * in silence: looking at traffic must not break it. */
void native_net_keylog_write(const char *label, const uint8_t client_random[32],
                             const uint8_t *secret, size_t secret_len);

#endif
