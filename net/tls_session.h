/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* tls_session.h - the envelope round a saved TLS session: under which settings it may be used
 * again.
 *
 *   offset  0  mark, 8 bytes: a hash of all that follows, so that damaged bytes never get to the
 *              library; and what tells one session from the next (tls_store.h)
 *           8  "NTS3"
 *          12  version of the TLS library, 4 bytes, big endian: another build reads other bytes
 *          16  end of the peer certificate's validity, seconds since 1970, 8 bytes; 0 = unknown
 *          24  end of use (the ticket's lifetime), the same way
 *          32  settings, 32 bytes: the id of the configuration
 *          64  1 = to be used only once (TLS 1.3), else 0
 *          65  length of the host name, 1 byte; the name in lower case; then the library's bytes
 *
 * The library itself resumes a session of an unverified connection under verification and under
 * another name: this envelope is what prevents it. Pure: no allocation, no globals. */
#ifndef NATIVE_NET_TLS_SESSION_H
#define NATIVE_NET_TLS_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

enum { NATIVE_NET_TLS_SESSION_HEAD = 66 };

struct native_net_tls_session_info {
    uint32_t library;
    int64_t valid_until;
    uint8_t settings[32];
    const char *host; /* at most 255 bytes */
    int64_t use_until;
    bool once;
};

/* Write the envelope, sealed as it is. Returns its length, or 0 when `out` is too small. */
size_t native_net_tls_session_pack(const struct native_net_tls_session_info *info, uint8_t *out,
                                   size_t out_len);

/* Put the mark of envelope and library's bytes, `len` in all, in its place. */
void native_net_tls_session_seal(void *bytes, size_t len);

/* Check an envelope against the settings of the connection that wants it (`info->valid_until` is
 * the time now). Returns the offset of the library's bytes, or 0 with `error` filled. */
size_t native_net_tls_session_check(const struct native_net_tls_session_info *info,
                                    const uint8_t *bytes, size_t len,
                                    struct native_net_error *error);

/* Returns the end of validity out of an envelope that was checked. */
int64_t native_net_tls_session_until(const void *bytes);

/* The same for the end of use: of the ticket or of the certificate, whichever is first. */
int64_t native_net_tls_session_use_until(const void *bytes);

/* Returns whether an envelope says that it may be used only once. */
bool native_net_tls_session_is_once(const void *bytes, size_t len);

/* Seconds since 1970 of a date in UTC (month 1..12). */
int64_t native_net_tls_seconds(int year, int month, int day, int hour, int minute, int second);

#endif
