/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/run.h - calls that run together over one poller: one of them, or as many as Client::send() has under way.
 * Shape: new -> native_ext_http_call_new() ... -> step, wait, step, wait -> free
 * Memory: malloc'ed, and known to the end of the request, which frees it after a fatal error. Objects outlive that end:
 * they hold a run through struct native_ext_http_held. Forks: in a child all calls of the parent's end. */
#ifndef NATIVE_EXT_HTTP_RUN_H
#define NATIVE_EXT_HTTP_RUN_H

#include <sys/types.h>

#include "../compat.h"

#include "../../http/engine.h"
#include "call.h"
#include "process.h"

struct native_ext_http_run {
    struct native_ext_http_run *next; /* of this request */
    struct native_ext_http_process *process;
    struct native_http_engine *engine;
    struct native_ext_http_call *calls;
    struct native_ext_http_call *spare; /* memory of one that ended, for the next one; NULL: none */
    pid_t pid;
    bool stepping;
};

/* A run of an object's; NULL: none, or the request is over and it is freed. */
struct native_ext_http_held {
    struct native_ext_http_run *run;
    uint32_t request;
};

/* Make a run for at most `most` calls at once. Returns NULL after throwing. */
struct native_ext_http_run *native_ext_http_run_new(zend_long most);

/* Free it with all its calls. NULL is allowed. Not from within callbacks of its calls. */
void native_ext_http_run_free(struct native_ext_http_run *run);

void native_ext_http_run_hold(struct native_ext_http_held *held, struct native_ext_http_run *run);
struct native_ext_http_run *native_ext_http_run_of(const struct native_ext_http_held *held);

/* Do what can be done now. Returns false when an exception is to be thrown: a callback's, or that it was called from
 * within one. */
bool native_ext_http_run_step(struct native_ext_http_run *run);

/* Wait until something can be done, at most `timeout_ms` (negative: as long as it takes) and a slice of time, and run
 * signal handlers. Returns false when an exception is to be thrown. */
bool native_ext_http_run_wait(struct native_ext_http_run *run, int64_t timeout_ms);

/* Milliseconds until a step is due though no descriptor is ready; 0: now; -1: never. */
int native_ext_http_run_timeout(struct native_ext_http_run *run);

/* Write what is waited for: the connections, and streams of the user's. Returns how many there are. */
size_t native_ext_http_run_pollfds(struct native_ext_http_run *run, struct pollfd *out, size_t len);

/* Tell the garbage collector what the run and its calls hold. NULL is allowed. */
void native_ext_http_run_gc(struct native_ext_http_run *run, zend_get_gc_buffer *buffer);

/* Request end: what a fatal error, or an object that lives on, has left. */
void native_ext_http_runs_rshutdown(void);

#endif
