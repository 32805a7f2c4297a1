/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* pem.h - PEM blocks to DER (RFC 7468, with the leniency of OpenSSL about what stands around them).
 * Shape: "-----BEGIN label-----", base64 lines, "-----END label-----"; text outside blocks is
 * skipped. Pure: no allocation, no globals. Not constant-time: for certificates, which are public,
 * only; private keys go to the TLS library as they are. */
#ifndef NATIVE_NET_PEM_H
#define NATIVE_NET_PEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum native_net_pem_status {
    NATIVE_NET_PEM_BLOCK,    /* one block decoded */
    NATIVE_NET_PEM_END,      /* no further block with this label */
    NATIVE_NET_PEM_MALFORMED /* a block has no end, or is no base64 */
};

/* Decode the next block whose label is `label` (for CERTIFICATE also "X509 CERTIFICATE") from
 * text[*at] on. `out` must have room for 3 bytes per 4 of the rest of the text. Returns BLOCK with
 * *out_len and *at after the block; END; MALFORMED with *at after the BEGIN line. */
enum native_net_pem_status native_net_pem_next(const char *text, size_t text_len, const char *label,
                                               size_t *at, uint8_t *out, size_t *out_len);

/* Returns whether there is a BEGIN line at all; if not, the bytes may be DER. */
bool native_net_pem_is(const char *text, size_t text_len);

#endif
