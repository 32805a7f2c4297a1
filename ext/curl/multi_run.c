/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/multi_run.c - handles that run together: each begins, goes on without waiting, ends with a message; and the wait for
 * more. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "multi_parts.h"

#include <errno.h>
#include <limits.h>

#include "../../net/clock.h"
#include "../../net/process.h"
#include "../compat.h"
#include "../signals.h"

/* The longest time of curl_multi_select(), as each PHP writes it: INT_MAX milliseconds. */
#if PHP_VERSION_ID >= 80500
#define LONGEST "2147483.647000"
#else
#define LONGEST "2147484"
#endif

/* ---- processes ---- */

void native_ext_curl_multi_check_process(struct native_ext_curl_multi *multi)
{
    struct native_ext_curl_member *member;

    if (multi->pid == native_net_process_id())
        return;
    multi->pid = native_net_process_id();
    ZEND_HASH_FOREACH_PTR(&multi->members, member)
    {
        if (member->state == NATIVE_EXT_CURL_RUNS)
            member->easy->failed_in_callback = true;
    }
    ZEND_HASH_FOREACH_END();
    native_http_engine_abandon(multi->engine);
}

/* ---- performing ---- */

static void begin(struct native_ext_curl_multi *multi, struct native_ext_curl_member *member)
{
    struct native_ext_curl_easy *easy = member->easy;
    int result = native_ext_curl_easy_prepare(easy);

    if (result != CURLE_OK) {
        native_ext_curl_multi_end(multi, member, result);
    } else if (native_ext_curl_easy_is_local(easy)) {
        (void)native_ext_curl_local_perform(easy);
        native_ext_curl_multi_end(multi, member, native_ext_curl_easy_finish(easy));
    } else {
        member->state = NATIVE_EXT_CURL_RUNS;
        (void)native_http_engine_add(multi->engine, easy->transfer);
    }
}

/* Warnings about streams, and what is read or written of files and the user's streams, may throw: then the rest begins at the
 * next call. */
static void begin_new(struct native_ext_curl_multi *multi)
{
    struct native_ext_curl_member *member;

    ZEND_HASH_FOREACH_PTR(&multi->members, member)
    {
        native_ext_curl_easy_check_streams(member->easy, true);
        if (!EG(exception) && member->state == NATIVE_EXT_CURL_WAITS)
            begin(multi, member);
        if (EG(exception))
            return;
    }
    ZEND_HASH_FOREACH_END();
}

/* All that can be done without waiting: what has ended may have made room for another. */
static void step(struct native_ext_curl_multi *multi)
{
    int running = (int)multi->alive, before;

    do {
        before = running;
        running = native_http_engine_step(multi->engine);
    } while (running > 0 && running < before && !EG(exception) &&
             multi->pid == native_net_process_id() &&
             native_http_engine_timeout(multi->engine) == 0);
}

/* What has ended gets its message. With an exception pending only the transfer that it comes from is finished: the end of another
 * may run code of the user's, and has its turn at the next call. */
static void harvest(struct native_ext_curl_multi *multi)
{
    struct native_ext_curl_member *member;

    ZEND_HASH_FOREACH_PTR(&multi->members, member)
    {
        struct native_ext_curl_easy *easy = member->easy;
        int result;

        if (member->state != NATIVE_EXT_CURL_RUNS ||
            !native_http_transfer_is_done(easy->transfer) ||
            (EG(exception) && !easy->failed_in_callback))
            continue;
        result = native_ext_curl_easy_finish(easy);
        native_http_engine_remove(multi->engine, easy->transfer);
        native_ext_curl_multi_end(multi, member, result);
    }
    ZEND_HASH_FOREACH_END();
}

static void perform(struct native_ext_curl_multi *multi)
{
    native_ext_curl_multi_check_process(multi);
    multi->busy = true;
    begin_new(multi);
    if (!EG(exception))
        step(multi);
    native_ext_curl_multi_check_process(multi); /* a callback may have forked */
    harvest(multi);
    multi->busy = false;
}

/* ---- waiting ---- */

/* Whether there is something to wait for. Not if curl_multi_exec() has something to do, and not if nothing but a pause is in the
 * way, which only the caller can end. */
static bool is_waiting(struct native_ext_curl_multi *multi)
{
    struct native_ext_curl_member *member;
    bool paused = false;

    ZEND_HASH_FOREACH_PTR(&multi->members, member)
    {
        if (member->state == NATIVE_EXT_CURL_ENDED)
            continue;
        if (member->state == NATIVE_EXT_CURL_WAITS ||
            native_http_transfer_is_done(member->easy->transfer))
            return false;
        paused |= native_http_transfer_paused(member->easy->transfer) != 0;
    }
    ZEND_HASH_FOREACH_END();
    return native_http_engine_pollfds(multi->engine, NULL, 0) > 0 || (multi->alive > 0 && !paused);
}

/* Returns how many descriptors are ready; 0: nothing to wait for, or time is over, the engine's or the caller's; -1 after noting
 * the error. A signal ends it, as it does with libcurl: its handler may have told the script to stop. */
static int wait_until(struct native_ext_curl_multi *multi, int64_t until_ms)
{
    for (;;) {
        int64_t left = until_ms - native_net_clock_ms();
        bool interrupted;
        int ready;

        native_ext_curl_multi_check_process(multi);
        if (!is_waiting(multi))
            return 0;
        ready = native_http_engine_wait(multi->engine, NULL, 0,
                                        (int)MIN(MAX(left, 0), NATIVE_EXT_SLICE_MS));
        if (ready > 0)
            return ready;
        if (ready < 0 && errno != EINTR) {
            native_ext_curl_multi_note(
                multi, errno == ENOMEM ? CURLM_OUT_OF_MEMORY : NATIVE_EXT_CURLM_UNRECOVERABLE_POLL);
            return -1;
        }
        interrupted = ready < 0 || native_ext_is_interrupted();
        if (!interrupted &&
            (left <= NATIVE_EXT_SLICE_MS || native_http_engine_timeout(multi->engine) == 0))
            return 0;
        if (!native_ext_run_signals() || interrupted)
            return 0;
    }
}

/* ---- functions ---- */

ZEND_FUNCTION(curl_multi_select)
{
    struct native_ext_curl_multi *multi;
    zend_object *object;
    double timeout = 1.0;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_multi_ce)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE(timeout)
    ZEND_PARSE_PARAMETERS_END();
    multi = native_ext_curl_multi_of(object);
    if (!(timeout >= 0.0 && timeout <= INT_MAX / 1000.0)) { /* nor NAN */
#if PHP_VERSION_ID >= 80400
        zend_argument_value_error(2, "must be between 0 and " LONGEST);
        RETURN_THROWS();
#else
        php_error_docref(NULL, E_WARNING, "timeout must be between 0 and " LONGEST);
        RETURN_LONG(-1);
#endif
    }
    if (multi->busy) {
        native_ext_curl_multi_note(multi, NATIVE_EXT_CURLM_RECURSIVE_API_CALL);
        RETURN_LONG(-1);
    }
    RETURN_LONG(wait_until(multi, native_net_clock_ms() + (int64_t)(timeout * 1000.0)));
}

ZEND_FUNCTION(curl_multi_exec)
{
    struct native_ext_curl_multi *multi;
    zend_object *object;
    zval *still_running;
    int code = CURLM_OK;

    ZEND_PARSE_PARAMETERS_START(2, 2)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_multi_ce)
    Z_PARAM_ZVAL(still_running)
    ZEND_PARSE_PARAMETERS_END();
    multi = native_ext_curl_multi_of(object);
    if (multi->busy) {
        code = NATIVE_EXT_CURLM_RECURSIVE_API_CALL;
        ZEND_TRY_ASSIGN_REF_LONG(still_running, zval_get_long(still_running));
    } else {
        perform(multi);
        ZEND_TRY_ASSIGN_REF_LONG(still_running, multi->alive);
    }
    RETURN_LONG(native_ext_curl_multi_note(multi, code));
}
