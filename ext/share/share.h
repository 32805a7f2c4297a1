/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/share/share.h - what connections leave behind for others of the same user: TLS sessions and resolved names in
 * shared memory, as the engines of net/ and http/ take them (function pointers). Here shm/ and net/ meet; neither knows
 * the other, and no file but ext_share.c knows PHP.
 *
 * Shape: a segment of its own, <shm_dir>/native.<euid>/native.net.<layout>.<abi>, 0600 in 0700. What is in it are secrets
 * of TLS, so it is no place that a script can open by name (ext/shm refuses names that begin with "native."), and neither
 * Native\Shm\Cache nor apcu_* sees, counts or clears it; nor does the script's data push it out, or it the script's.
 *
 *   key  'S' and 32 bytes                value  an envelope (net/tls_session.h)
 *   key  'N', 8 bytes of where we are,   value  addresses and when they were found (names.c)
 *        the name in lower case
 *
 * Nothing is made before something is to be stored. Whatever fails (no room, not ours, damaged, a lock that is not to be
 * had) means that nothing is shared: sessions are then kept in the process, names in its own table.
 * Allocates: the segment's handle. Blocks: at most 250 ms for the lock of a shard whose owner is stopped.
 * Threads: each has its own; a handle that other threads must not use. Fork: the child attaches by itself. */
#ifndef NATIVE_EXT_SHARE_SHARE_H
#define NATIVE_EXT_SHARE_SHARE_H

#include "../../net/resolve.h"
#include "../../net/tls_store.h"
#include "../../shm/segment.h"

enum {
    NATIVE_EXT_SHARE_BYTES = 8 << 20, /* some four thousand sessions; backed as it fills */
    NATIVE_EXT_SHARE_NAME_TTL_MS =
        3600000, /* how old a name may be is the finder's choice; this is the end */
    NATIVE_EXT_SHARE_LOOK_AFTER_US = 1000000 /* whether the file is still there; after a failure */
};

/* The prefix of names that are not the script's. */
#define NATIVE_EXT_SHARE_PREFIX "native.net."

struct native_ext_share_counts {
    uint64_t sessions_found, sessions_missed, sessions_stored;
    uint64_t sessions_kept; /* by the process alone */
    uint64_t names_found, names_missed, names_stored;
};

struct native_ext_share {
    bool off;           /* nothing is asked for or stored: the process is about to end */
    const char *folder; /* NULL: the system's */
    struct native_shm_segment *segment; /* NULL: not attached */
    uint64_t looked_us;                 /* when its file was last looked for */
    uint64_t failed_us;                 /* when opening it failed; 0: it did not */
    char why[160];                      /* ... and what was wrong */
    struct native_ext_share_counts counts;
    struct native_net_tls_store sessions; /* what net/ is given; ctx is this very struct */
    struct native_net_names names;
};

/* Fill in. `share` must stay where it is for as long as there are connections. */
void native_ext_share_init(struct native_ext_share *share);

/* Detach. What is asked for or stored later does nothing. */
void native_ext_share_end(struct native_ext_share *share);

/* The segment, ready for use, of the user that we are now; NULL: there is none. `make`: something is to be stored. */
struct native_shm_segment *native_ext_share_enter(struct native_ext_share *share, bool make);

/* sessions.c: as in struct native_net_tls_store. */
size_t native_ext_share_session_find(void *share, const uint8_t key[32], void *out, size_t out_len);
void native_ext_share_session_store(void *share, const uint8_t key[32], const void *bytes,
                                    size_t len, int64_t ttl_s);
bool native_ext_share_session_remove(void *share, const uint8_t key[32],
                                     const uint8_t mark[NATIVE_NET_TLS_STORE_MARK]);

/* names.c: as in struct native_net_names. */
bool native_ext_share_name_find(void *share, const char *host, int64_t max_age_ms,
                                struct native_net_addresses *out);
void native_ext_share_name_store(void *share, const char *host,
                                 const struct native_net_addresses *addresses, int64_t found_ms);

#endif
