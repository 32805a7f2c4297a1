/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/run.c - calls that run together: steps, waiting, signal handlers, the end of the request. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "run.h"

#include <errno.h>

#include "zend_exceptions.h"

#include "../../net/process.h"
#include "../signals.h"
#include "exceptions.h"

enum {
    ROOM_MAX = 128
}; /* connections that are kept for the rest of a request, whatever the settings say */

ZEND_TLS struct native_ext_http_run *runs;
ZEND_TLS struct native_ext_http_run *resting; /* one that ended: the next one is made of it */
ZEND_TLS uint32_t request;                    /* counts the requests of this thread */
ZEND_TLS zend_long widest; /* as many transfers ran at once in this request of PHP */

/* ---- life ---- */

/* The pool keeps as many connections as the largest run has used, until the request ends: who sends fifty at once often
 * does so again, and what was closed in between would be opened anew. */
static void make_room(struct native_ext_http_process *process, zend_long most)
{
    most = MIN(most, ROOM_MAX);
    if (most <= 1 || most <= widest)
        return;
    widest = most;
    native_ext_http_process_room(process, widest);
}

static void free_memory(struct native_ext_http_run *run)
{
    native_ext_http_process_give_engine(run->process, run->engine);
    free(run->spare);
    free(run);
}

static struct native_ext_http_run *make(struct native_ext_http_process *process)
{
    struct native_ext_http_run *run = calloc(1, sizeof(*run));

    if (run)
        run->engine = native_ext_http_process_engine(process);
    if (!run || !run->engine) {
        free(run);
        zend_throw_exception(native_ext_http_exception_ce, "Out of memory", 0);
        return NULL;
    }
    run->process = process;
    run->pid = native_net_process_id();
    return run;
}

struct native_ext_http_run *native_ext_http_run_new(zend_long most)
{
    struct native_ext_http_process *process = native_ext_http_process();
    struct native_ext_http_run *run = resting;

    if (!process)
        return NULL;
    if (run && run->pid == native_net_process_id())
        resting = NULL;
    else
        run = make(process);
    if (!run)
        return NULL;
    run->next = runs;
    runs = run;
    make_room(process, most);
    return run;
}

static void take_out(struct native_ext_http_run *run)
{
    struct native_ext_http_run **at = &runs;

    while (*at != run)
        at = &(*at)->next;
    *at = run->next;
}

void native_ext_http_run_free(struct native_ext_http_run *run)
{
    if (!run)
        return;
    while (run->calls)
        native_ext_http_call_free(run->calls);
    take_out(run);
    if (resting || run->pid != native_net_process_id()) {
        free_memory(run);
        return;
    }
    native_http_engine_rest(run->engine);
    resting = run;
}

void native_ext_http_runs_rshutdown(void)
{
    while (runs) {
        struct native_ext_http_run *run = runs;

        if (!CG(unclean_shutdown)) {
            native_ext_http_run_free(run);
            continue;
        }
        while (run->calls)
            native_ext_http_call_lose(run->calls);
        take_out(run);
        free_memory(run);
    }
    if (resting)
        free_memory(resting);
    resting = NULL;
    request++;
    if (widest > 0)
        native_ext_http_process_room(native_ext_http_process(), 0);
    widest = 0;
}

void native_ext_http_run_gc(struct native_ext_http_run *run, zend_get_gc_buffer *buffer)
{
    if (!run)
        return;
    for (struct native_ext_http_call *call = run->calls; call; call = call->next)
        native_ext_http_call_gc(call, buffer);
}

void native_ext_http_run_hold(struct native_ext_http_held *held, struct native_ext_http_run *run)
{
    held->run = run;
    held->request = request;
}

struct native_ext_http_run *native_ext_http_run_of(const struct native_ext_http_held *held)
{
    return held->request == request ? held->run : NULL;
}

/* ---- steps ---- */

static bool is_ours(const struct native_ext_http_run *run)
{
    if (run->pid == native_net_process_id())
        return true;
    if (!EG(exception))
        zend_throw_exception(native_ext_http_exception_ce,
                             "This process has been forked: the transfers are its parent's", 0);
    return false;
}

bool native_ext_http_run_step(struct native_ext_http_run *run)
{
    if (run->stepping) {
        zend_throw_error(NULL, "A transfer cannot go on while one of its own callbacks runs");
        return false;
    }
    if (!is_ours(run))
        return false;
    run->stepping = true;
    for (struct native_ext_http_call *call = run->calls; call; call = call->next)
        native_ext_http_call_resume(call);
    (void)native_http_engine_step(run->engine);
    run->stepping = false;
    return is_ours(run) && !EG(exception);
}

/* ---- waiting ---- */

/* Streams of the user's that calls wait for. Returns how many; *retry: there is one without a descriptor. */
static size_t user_fds(struct native_ext_http_run *run, struct pollfd *out, size_t len, bool *retry)
{
    size_t count = 0;

    *retry = false;
    for (struct native_ext_http_call *call = run->calls; call; call = call->next) {
        struct native_ext_http_ready *both[2] = {native_ext_http_source_waits(&call->source),
                                                 &call->sink.ready};

        for (int i = 0; i < 2; i++) {
            if (!both[i] || !both[i]->waiting || native_http_transfer_is_done(call->transfer))
                continue;
            if (both[i]->fd < 0)
                *retry = true;
            else if (count++ < len)
                out[count - 1] = (struct pollfd){both[i]->fd, both[i]->events, 0};
        }
    }
    return count;
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < 0 ? b : b < 0 ? a : MIN(a, b);
}

int native_ext_http_run_timeout(struct native_ext_http_run *run)
{
    bool retry;

    (void)user_fds(run, NULL, 0, &retry);
    return (int)sooner(native_http_engine_timeout(run->engine),
                       retry ? NATIVE_EXT_HTTP_RETRY_MS : -1);
}

size_t native_ext_http_run_pollfds(struct native_ext_http_run *run, struct pollfd *out, size_t len)
{
    size_t count = native_http_engine_pollfds(run->engine, out, len);
    bool retry;

    return count +
           user_fds(run, count < len ? out + count : NULL, count < len ? len - count : 0, &retry);
}

bool native_ext_http_run_wait(struct native_ext_http_run *run, int64_t timeout_ms)
{
    struct pollfd few[16], *extra = few;
    bool retry;
    size_t count = user_fds(run, few, 16, &retry);
    int ready;

    if (count > 16) {
        extra = safe_emalloc(count, sizeof(*extra), 0);
        (void)user_fds(run, extra, count, &retry);
    }
    timeout_ms =
        sooner(sooner(timeout_ms, retry ? NATIVE_EXT_HTTP_RETRY_MS : -1), NATIVE_EXT_SLICE_MS);
    ready = native_http_engine_wait(run->engine, extra, count, (int)timeout_ms);
    if (ready < 0 && errno != EINTR)
        zend_throw_exception_ex(native_ext_http_exception_ce, 0, "Cannot wait: %s",
                                strerror(errno));
    if (extra != few)
        efree(extra);
    return !EG(exception) && native_ext_run_signals_after(ready);
}
