/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* engine.h - transfers, one or hundreds, on one poller.
 *
 *     add ---> step, wait, step, wait ... ---> done ---> remove
 *
 * Shape: an engine has transfers and lends them connections out of a pool; a transfer is one call of the user's with
 *        all its requests (redirects, authentication, a second try).
 * Allocates: with malloc. Blocks: only in native_http_engine_wait(). No SIGPIPE, ever. Threads: an engine, its
 * transfers and its pool belong to one at a time. Forks: in a child native_http_engine_abandon(), then free. */
#ifndef NATIVE_HTTP_ENGINE_H
#define NATIVE_HTTP_ENGINE_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "error.h"
#include "handlers.h"
#include "info.h"
#include "options.h"
#include "pool.h"

struct native_http_engine;

/* How many at once; 0: no limit. May be changed at any time. */
struct native_http_limits {
    unsigned connections;          /* open ones of this engine */
    unsigned connections_per_host; /* scheme, host and port */
};

/* Make an engine over a pool, which must live longer. Returns NULL without memory. */
struct native_http_engine *native_http_engine_new(struct native_http_pool *pool);

/* Free it. Its transfers are taken out, unfinished ones without a word to the peer. */
void native_http_engine_free(struct native_http_engine *engine);

/* Make it as it was when it was new, without giving its memory back: for the next one who wants an engine for this pool. */
void native_http_engine_rest(struct native_http_engine *engine);

/* In a forked child: give up all connections of the parent's without a byte to the peer; transfers end with ABORTED. */
void native_http_engine_abandon(struct native_http_engine *engine);

struct native_http_limits *native_http_engine_limits(struct native_http_engine *engine);

/* Make a transfer. `options` and `handlers` stay the caller's, must outlive it, and are read whenever something is
 * decided by them: a change counts from then on. Returns NULL without memory. */
struct native_http_transfer *native_http_transfer_new(const struct native_http_options *options,
                                                      const struct native_http_handlers *handlers,
                                                      void *ctx);

/* Let a transfer that has ended rest: it is taken out of its engine and forgets whom it was for and what it was about, credentials
 * first of all. What memory it needs anyway stays with it. Next it is renewed or freed. */
void native_http_transfer_rest(struct native_http_transfer *transfer);

/* Take one that rests for what native_http_transfer_new() would make. Add it to an engine, which makes it begin. */
void native_http_transfer_renew(struct native_http_transfer *transfer,
                                const struct native_http_options *options,
                                const struct native_http_handlers *handlers, void *ctx);

/* Free a transfer that is in no engine (else it is removed first). NULL is allowed. */
void native_http_transfer_free(struct native_http_transfer *transfer);

/* Begin. The transfer is taken on at the next step. One that has ended may be added again: it starts anew.
 * Returns false if it is in an engine already. */
bool native_http_engine_add(struct native_http_engine *engine,
                            struct native_http_transfer *transfer);

/* Take it out; if it has not ended, its connection is closed. Nothing happens if it is in no engine. */
void native_http_engine_remove(struct native_http_engine *engine,
                               struct native_http_transfer *transfer);

/* Do what can be done now. Returns the number of transfers that have not ended. Must not be called from a handler
 * (then -1). */
int native_http_engine_step(struct native_http_engine *engine);

/* From a handler: the step ends with this transfer, the others go on with the next one. For owners that throw. */
void native_http_transfer_end_step(struct native_http_transfer *transfer);

/* Returns the next transfer that has ended since it was added and was not told yet; NULL: none. It stays in the
 * engine until it is removed. */
struct native_http_transfer *native_http_engine_next_done(struct native_http_engine *engine);

/* Wait until something can be done, at most `timeout_ms` (negative: as long as it takes), and for the descriptors in
 * `extra`, too, whose revents are filled. Returns how many descriptors are ready; 0: time is over, or nothing is
 * waited for; -1 with errno (EINTR: a signal). */
int native_http_engine_wait(struct native_http_engine *engine, struct pollfd *extra,
                            size_t extra_len, int timeout_ms);

/* For event loops: write what is waited for, at most `len`. Returns how many there are. */
size_t native_http_engine_pollfds(const struct native_http_engine *engine, struct pollfd *out,
                                  size_t len);

/* Returns the milliseconds until step() must be called though no descriptor is ready; 0: now; -1: never. */
int native_http_engine_timeout(const struct native_http_engine *engine);

/* Ask a transfer. */
bool native_http_transfer_is_done(const struct native_http_transfer *transfer);
const struct native_http_error *
native_http_transfer_error(const struct native_http_transfer *transfer);
const struct native_http_info *
native_http_transfer_info(const struct native_http_transfer *transfer);
void *native_http_transfer_ctx(const struct native_http_transfer *transfer);

/* Microseconds since it began; of one that has ended: how long it took. */
int64_t native_http_transfer_elapsed_us(const struct native_http_transfer *transfer);

/* The URL of the last request, normalised, with the user and password it had; the method; where a redirect would lead that
 * was not followed (absolute; `at` NULL: nowhere). Valid until the next request. */
struct native_http_span native_http_transfer_url(const struct native_http_transfer *transfer);
struct native_http_span native_http_transfer_method(const struct native_http_transfer *transfer);
struct native_http_span native_http_transfer_location(const struct native_http_transfer *transfer);

/* The host of that URL without brackets; the URL that the field Referer has told of after a redirect (`at` NULL: none). */
struct native_http_span native_http_transfer_host(const struct native_http_transfer *transfer);
struct native_http_span native_http_transfer_referer(const struct native_http_transfer *transfer);

/* A field of the last response: the first one of this name behind *after (NULL: from the start), which is set.
 * Returns its value; `at` NULL: none. */
struct native_http_span native_http_transfer_field(const struct native_http_transfer *transfer,
                                                   struct native_http_span name, size_t *after);

/* A field in the text of all fields. */
struct native_http_kept_field {
    uint32_t name_at, name_len;
    uint32_t value_at, value_len;
};

/* All fields of the last response, until the transfer goes on. Returns how many; `*fields` says where each stands in `*text`. */
size_t native_http_transfer_fields(const struct native_http_transfer *transfer,
                                   struct native_http_span *text,
                                   const struct native_http_kept_field **fields);

/* The field number `index` of the last response, from 0. Returns false: there are no more. */
bool native_http_transfer_field_at(const struct native_http_transfer *transfer, size_t index,
                                   struct native_http_span *name, struct native_http_span *value);

/* When it was modified, as the last response says: seconds since 1970; -1: it does not. */
int64_t native_http_transfer_modified(const struct native_http_transfer *transfer);

/* The connection it uses, to ask for its certificates; NULL: none. */
struct native_net_stream *native_http_transfer_stream(const struct native_http_transfer *transfer);

/* Stop and go on, each direction by itself: bits of enum native_net_direction. While receiving is paused nothing is
 * read, and the peer feels it. */
void native_http_transfer_pause(struct native_http_transfer *transfer, int directions);
void native_http_transfer_resume(struct native_http_transfer *transfer, int directions);
int native_http_transfer_paused(const struct native_http_transfer *transfer);

#endif
