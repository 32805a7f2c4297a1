/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/multi.c - CurlMultiHandle: handles that run together over one engine, and the messages of how they ended.
 *
 *     curl_multi_add_handle -> WAITS --first curl_multi_exec--> RUNS -> ENDED, a message -> curl_multi_remove_handle
 *
 * While code of the user's may run inside a call (`busy`) nothing can be added, removed or performed: so the table of handles
 * stands still while it is gone through. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "multi.h"

#include <errno.h>
#include <limits.h>

#include "zend_exceptions.h"

#include "../../net/clock.h"
#include "../../net/process.h"
#include "../compat.h"
#include "../http/process.h"
#include "../signals.h"
#include "error.h"
#include "hosts.h"
#include "owner.h"

/* CURLMcode that PHP has no names for. */
enum {
    UNKNOWN_OPTION = 6,
    RECURSIVE_API_CALL = 8,
    BAD_FUNCTION_ARGUMENT = 10,
    UNRECOVERABLE_POLL = 12
};

enum { ROOM_MAX = 128 }; /* connections that are kept for handles that run together */

/* The longest time of curl_multi_select(), as each PHP writes it: INT_MAX milliseconds. */
#if PHP_VERSION_ID >= 80500
#define LONGEST "2147483.647000"
#else
#define LONGEST "2147484"
#endif

enum state {
    WAITS, /* for curl_multi_exec(): options may still be set */
    RUNS,  /* in the engine */
    ENDED
};

struct member {
    struct native_ext_curl_easy *easy; /* with a reference */
    enum state state;
    int result;          /* ENDED: CURLE_* */
    struct member *next; /* in the queue of messages */
};

struct native_ext_curl_multi {
    struct native_http_engine *engine;
    pid_t pid;
    HashTable members; /* by the handle's number, as they were added */
    zend_long alive;   /* those that have not ended */
    struct member *first, **last;
    zend_long queued; /* messages */
    bool busy;
    int error;                           /* CURLMcode */
    struct native_ext_curl_hosts *hosts; /* see hosts.h; NULL: none */
    uint64_t owner;                      /* of its connections, see owner.h; 0: none yet */
    zval push; /* PUSHFUNCTION, which has nothing to tell in HTTP/1; UNDEF */
    zend_object std;
};

zend_class_entry *native_ext_curl_multi_ce;
static zend_object_handlers handlers;

ZEND_TLS uint32_t multis; /* objects of this thread */
ZEND_TLS bool widened;    /* the pool was told to keep more */

static struct native_ext_curl_multi *of(zend_object *object)
{
    return (struct native_ext_curl_multi *)((char *)object -
                                            offsetof(struct native_ext_curl_multi, std));
}

static int note(struct native_ext_curl_multi *multi, int code)
{
    multi->error = code;
    return code;
}

uint32_t native_ext_curl_multi_count(const struct native_ext_curl_multi *multi)
{
    return zend_hash_num_elements(&multi->members);
}

struct native_ext_curl_hosts **native_ext_curl_multi_hosts(struct native_ext_curl_multi *multi)
{
    return &multi->hosts;
}

uint64_t native_ext_curl_multi_owner(struct native_ext_curl_multi *multi)
{
    return native_ext_curl_owner(&multi->owner);
}

static struct member *member_of(const struct native_ext_curl_easy *easy)
{
    return zend_hash_index_find_ptr(&easy->multi->members, easy->std.handle);
}

/* Returns the one that was added first; NULL: there is none. The table's own pointer goes on only when it is deleted. */
static struct member *oldest(struct native_ext_curl_multi *multi)
{
    return zend_hash_get_current_data_ptr(&multi->members);
}

/* In a forked child what runs is the parent's: it ends without a byte to the peer or a word to the user. */
static void check_process(struct native_ext_curl_multi *multi)
{
    struct member *member;

    if (multi->pid == native_net_process_id())
        return;
    multi->pid = native_net_process_id();
    ZEND_HASH_FOREACH_PTR(&multi->members, member)
    {
        if (member->state == RUNS)
            member->easy->failed_in_callback = true;
    }
    ZEND_HASH_FOREACH_END();
    native_http_engine_abandon(multi->engine);
}

/* ---- messages ---- */

/* It has ended, which curl_errno() does not say before curl_multi_info_read() has. */
static void end(struct native_ext_curl_multi *multi, struct member *member, int result)
{
    member->state = ENDED;
    member->result = result;
    member->easy->error = CURLE_OK;
    multi->alive--;
    member->next = NULL;
    *multi->last = member;
    multi->last = &member->next;
    multi->queued++;
}

/* Out of the queue, if it is in there. */
static void unqueue(struct native_ext_curl_multi *multi, struct member *member)
{
    struct member **at = &multi->first;

    while (*at && *at != member)
        at = &(*at)->next;
    if (!*at)
        return;
    *at = member->next;
    if (multi->last == &member->next)
        multi->last = at;
    multi->queued--;
}

/* ---- in and out ---- */

/* Who performs so many at once often does so again: their connections are kept, until the last multi handle goes. */
static void make_room(uint32_t handles)
{
    struct native_ext_http_process *process = native_ext_http_process();

    if (!process || handles > ROOM_MAX ||
        handles <= native_http_pool_limits(process->pool)->idle_per_key)
        return;
    native_ext_http_process_room(process, handles);
    widened = true;
}

static void put_in(struct native_ext_curl_multi *multi, struct native_ext_curl_easy *easy)
{
    struct member *member = ecalloc(1, sizeof(*member));

    native_ext_curl_easy_clean(easy);
    member->easy = easy;
    GC_ADDREF(&easy->std);
    easy->multi = multi;
    zend_hash_index_add_new_ptr(&multi->members, easy->std.handle, member);
    multi->alive++;
    make_room(zend_hash_num_elements(&multi->members));
}

/* Out of the engine, which closes its connection. With `quiet` nothing of the user's is called. */
static void stop(struct native_ext_curl_multi *multi, struct member *member, bool quiet)
{
    struct native_ext_curl_easy *easy = member->easy;
    bool busy = multi->busy;

    if (member->state != RUNS)
        return;
    multi->busy = true;
    easy->failed_in_callback |= quiet;
    native_http_engine_remove(multi->engine, easy->transfer);
    if (quiet) {
        easy->performed = true;
        easy->running = false;
    } else { /* that it was stopped is no error of its */
        (void)native_ext_curl_easy_finish(easy);
        native_ext_curl_easy_set_error(easy, CURLE_OK, NULL);
    }
    multi->busy = busy;
}

/* Returns the handle, whose reference the caller gives back: that may run code of the user's. */
static struct native_ext_curl_easy *take_out(struct native_ext_curl_multi *multi,
                                             struct member *member, bool quiet)
{
    struct native_ext_curl_easy *easy = member->easy;

    check_process(multi);
    stop(multi, member, quiet);
    if (member->state != ENDED)
        multi->alive--;
    unqueue(multi, member);
    easy->multi = NULL;
    zend_hash_index_del(&multi->members, easy->std.handle);
    efree(member);
    return easy;
}

void native_ext_curl_multi_forget(struct native_ext_curl_easy *easy)
{
    if (!easy->multi)
        return;
    (void)take_out(easy->multi, member_of(easy), true);
    /* PHP frees it though we have a reference: in a cycle, or at the end of the request. */
    GC_DELREF(&easy->std);
}

/* ---- performing ---- */

static void begin(struct native_ext_curl_multi *multi, struct member *member)
{
    struct native_ext_curl_easy *easy = member->easy;
    int result = native_ext_curl_easy_prepare(easy);

    if (result != CURLE_OK) {
        end(multi, member, result);
    } else if (native_ext_curl_easy_is_local(easy)) {
        (void)native_ext_curl_local_perform(easy);
        end(multi, member, native_ext_curl_easy_finish(easy));
    } else {
        member->state = RUNS;
        (void)native_http_engine_add(multi->engine, easy->transfer);
    }
}

/* Warnings about streams, and what is read or written of files and the user's streams, may throw: then the rest begins at the
 * next call. */
static void begin_new(struct native_ext_curl_multi *multi)
{
    struct member *member;

    ZEND_HASH_FOREACH_PTR(&multi->members, member)
    {
        native_ext_curl_easy_check_streams(member->easy, true);
        if (!EG(exception) && member->state == WAITS)
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
    struct member *member;

    ZEND_HASH_FOREACH_PTR(&multi->members, member)
    {
        struct native_ext_curl_easy *easy = member->easy;
        int result;

        if (member->state != RUNS || !native_http_transfer_is_done(easy->transfer) ||
            (EG(exception) && !easy->failed_in_callback))
            continue;
        result = native_ext_curl_easy_finish(easy);
        native_http_engine_remove(multi->engine, easy->transfer);
        end(multi, member, result);
    }
    ZEND_HASH_FOREACH_END();
}

static void perform(struct native_ext_curl_multi *multi)
{
    check_process(multi);
    multi->busy = true;
    begin_new(multi);
    if (!EG(exception))
        step(multi);
    check_process(multi); /* a callback may have forked */
    harvest(multi);
    multi->busy = false;
}

/* ---- waiting ---- */

/* Whether there is something to wait for. Not if curl_multi_exec() has something to do, and not if nothing but a pause is in the
 * way, which only the caller can end. */
static bool is_waiting(struct native_ext_curl_multi *multi)
{
    struct member *member;
    bool paused = false;

    ZEND_HASH_FOREACH_PTR(&multi->members, member)
    {
        if (member->state == ENDED)
            continue;
        if (member->state == WAITS || native_http_transfer_is_done(member->easy->transfer))
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

        check_process(multi);
        if (!is_waiting(multi))
            return 0;
        ready = native_http_engine_wait(multi->engine, NULL, 0,
                                        (int)MIN(MAX(left, 0), NATIVE_EXT_SLICE_MS));
        if (ready > 0)
            return ready;
        if (ready < 0 && errno != EINTR) {
            note(multi, errno == ENOMEM ? CURLM_OUT_OF_MEMORY : UNRECOVERABLE_POLL);
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

/* ---- options ---- */

static void set_pipelining(struct native_ext_curl_multi *multi, zend_long value)
{
    if (value & CURLPIPE_HTTP1)
        php_error_docref(NULL, E_WARNING, "CURLPIPE_HTTP1 is no longer supported");
}

/* 0 and less: no limit. */
static unsigned limit_of(zend_long value)
{
    return value > 0 ? (unsigned)MIN((uint64_t)value, UINT_MAX) : 0;
}

static void set_per_host(struct native_ext_curl_multi *multi, zend_long value)
{
    native_http_engine_limits(multi->engine)->connections_per_host = limit_of(value);
}

static void set_total(struct native_ext_curl_multi *multi, zend_long value)
{
    native_http_engine_limits(multi->engine)->connections = limit_of(value);
}

/* MAXCONNECTS speaks of a cache of its own, where we have the process's pool; the others of HTTP/2, and of what libcurl itself
 * has given up. */
static void set_nothing(struct native_ext_curl_multi *multi, zend_long value)
{
}

static const struct option {
    zend_long id;
    void (*set)(struct native_ext_curl_multi *multi, zend_long value);
} options[] = {
    {CURLMOPT_PIPELINING, set_pipelining},
    {CURLMOPT_MAXCONNECTS, set_nothing},
    {CURLMOPT_MAX_HOST_CONNECTIONS, set_per_host},
    {CURLMOPT_MAX_PIPELINE_LENGTH, set_nothing},
    {CURLMOPT_MAX_TOTAL_CONNECTIONS, set_total},
    {CURLMOPT_MAX_CONCURRENT_STREAMS, set_nothing},
    {CURLMOPT_CONTENT_LENGTH_PENALTY_SIZE, set_nothing},
    {CURLMOPT_CHUNK_LENGTH_PENALTY_SIZE, set_nothing},
};

static const struct option *option_of(zend_long id)
{
    for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
        if (options[i].id == id)
            return &options[i];
    return NULL;
}

/* Whether it may be set; from PHP 8.4 on it has to be callable, null is not. */
static bool check_push(zval *value)
{
#if PHP_VERSION_ID >= 80400
    char *error = NULL;

    if (zend_is_callable_ex(value, NULL, 0, NULL, NULL, &error))
        return true;
    /* The number is stock's, though the value is the third one. */
    if (!EG(exception))
        zend_argument_type_error(2, "must be a valid callback for option CURLMOPT_PUSHFUNCTION, %s",
                                 error);
    if (error)
        efree(error);
    return false;
#else
    return true;
#endif
}

/* The one that was set is gone, also where the new one is refused. */
static bool set_push(struct native_ext_curl_multi *multi, zval *value)
{
    zval old;

    ZVAL_COPY_VALUE(&old, &multi->push);
    ZVAL_UNDEF(&multi->push);
    zval_ptr_dtor(&old);
    if (!check_push(value))
        return false;
    zval_ptr_dtor(&multi->push); /* a destructor, or an autoloader, may have set one */
    ZVAL_COPY(&multi->push, value);
    return true;
}

/* ---- functions ---- */

ZEND_FUNCTION(curl_multi_init)
{
    struct native_ext_http_process *process;
    struct native_http_engine *engine;
    struct native_ext_curl_multi *multi;

    ZEND_PARSE_PARAMETERS_NONE();
    process = native_ext_http_process();
    engine = process ? native_http_engine_new(process->pool) : NULL;
    if (!engine) {
        if (!EG(exception))
            zend_throw_error(NULL, "%s(): Could not initialize a new cURL multi handle",
                             get_active_function_name());
        RETURN_THROWS();
    }
    object_init_ex(return_value, native_ext_curl_multi_ce);
    multi = of(Z_OBJ_P(return_value));
    multi->engine = engine;
    multi->pid = native_net_process_id();
    multis++;
}

ZEND_FUNCTION(curl_multi_add_handle)
{
    struct native_ext_curl_multi *multi;
    struct native_ext_curl_easy *easy;
    zend_object *multi_object, *easy_object;

    ZEND_PARSE_PARAMETERS_START(2, 2)
    Z_PARAM_OBJ_OF_CLASS(multi_object, native_ext_curl_multi_ce)
    Z_PARAM_OBJ_OF_CLASS(easy_object, native_ext_curl_easy_ce)
    ZEND_PARSE_PARAMETERS_END();
    multi = of(multi_object);
    easy = native_ext_curl_easy_of(easy_object);
    native_ext_curl_easy_check_streams(easy, true);
    if (easy->multi || easy->running)
        RETURN_LONG(note(multi, CURLM_ADDED_ALREADY));
    if (multi->busy)
        RETURN_LONG(note(multi, RECURSIVE_API_CALL));
    put_in(multi, easy);
    RETURN_LONG(note(multi, CURLM_OK));
}

ZEND_FUNCTION(curl_multi_remove_handle)
{
    struct native_ext_curl_multi *multi;
    struct native_ext_curl_easy *easy;
    zend_object *multi_object, *easy_object;

    ZEND_PARSE_PARAMETERS_START(2, 2)
    Z_PARAM_OBJ_OF_CLASS(multi_object, native_ext_curl_multi_ce)
    Z_PARAM_OBJ_OF_CLASS(easy_object, native_ext_curl_easy_ce)
    ZEND_PARSE_PARAMETERS_END();
    multi = of(multi_object);
    easy = native_ext_curl_easy_of(easy_object);
    if (!easy->multi && !easy->running)
        RETURN_LONG(note(multi, CURLM_OK));
    if (easy->multi != multi)
        RETURN_LONG(note(multi, CURLM_BAD_EASY_HANDLE));
    if (multi->busy)
        RETURN_LONG(note(multi, RECURSIVE_API_CALL));
    note(multi, CURLM_OK);
    OBJ_RELEASE(&take_out(multi, member_of(easy), false)->std);
    RETURN_LONG(CURLM_OK);
}

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
    multi = of(object);
    if (!(timeout >= 0.0 && timeout <= INT_MAX / 1000.0)) { /* nor NAN */
#if PHP_VERSION_ID >= 80400
        zend_argument_value_error(2, "must be between 0 and " LONGEST);
        RETURN_THROWS();
#else
        php_error_docref(NULL, E_WARNING, "timeout must be between 0 and " LONGEST);
        note(multi, BAD_FUNCTION_ARGUMENT);
        RETURN_LONG(-1);
#endif
    }
    if (multi->busy) {
        note(multi, RECURSIVE_API_CALL);
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
    multi = of(object);
    if (multi->busy) {
        code = RECURSIVE_API_CALL;
        ZEND_TRY_ASSIGN_REF_LONG(still_running, zval_get_long(still_running));
    } else {
        perform(multi);
        ZEND_TRY_ASSIGN_REF_LONG(still_running, multi->alive);
    }
    RETURN_LONG(note(multi, code));
}

ZEND_FUNCTION(curl_multi_getcontent)
{
    struct native_ext_curl_easy *easy;
    zend_object *object;
    zend_string *bytes;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_easy_ce)
    ZEND_PARSE_PARAMETERS_END();
    easy = native_ext_curl_easy_of(object);
    if (easy->set.write_to != NATIVE_EXT_CURL_TO_RETURN)
        RETURN_NULL();
    bytes = easy->returned.s;
    if (!bytes)
        RETURN_EMPTY_STRING();
    /* While more may come it is written to in place. */
    if (easy->running)
        RETURN_STRINGL(ZSTR_VAL(bytes), ZSTR_LEN(bytes));
    smart_str_0(&easy->returned);
    RETURN_STR_COPY(bytes);
}

ZEND_FUNCTION(curl_multi_info_read)
{
    struct native_ext_curl_multi *multi;
    struct member *member;
    zend_object *object;
    zval *queued = NULL, handle;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_multi_ce)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(queued)
    ZEND_PARSE_PARAMETERS_END();
    multi = of(object);
    member = multi->first;
    if (!member || multi->busy)
        RETURN_FALSE;
    unqueue(multi, member);
    member->easy->error = member->result;
    array_init(return_value);
    add_assoc_long(return_value, "msg", CURLMSG_DONE);
    add_assoc_long(return_value, "result", member->result);
    ZVAL_OBJ_COPY(&handle, &member->easy->std);
    add_assoc_zval(return_value, "handle", &handle);
    /* The last thing: what the variable held may have a destructor. */
    if (queued)
        ZEND_TRY_ASSIGN_REF_LONG(queued, multi->queued);
}

ZEND_FUNCTION(curl_multi_close)
{
    struct native_ext_curl_multi *multi;
    struct member *member;
    zend_object *object;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_multi_ce)
    ZEND_PARSE_PARAMETERS_END();
    multi = of(object);
    if (multi->busy) {
        note(multi, RECURSIVE_API_CALL);
        return;
    }
    while ((member = oldest(multi))) {
        multi->busy = true;
        native_ext_curl_easy_check_streams(member->easy, true);
        multi->busy = false;
        OBJ_RELEASE(&take_out(multi, member, false)->std);
    }
}

ZEND_FUNCTION(curl_multi_errno)
{
    zend_object *object;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_multi_ce)
    ZEND_PARSE_PARAMETERS_END();
    RETURN_LONG(of(object)->error);
}

ZEND_FUNCTION(curl_multi_strerror)
{
    zend_long code;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_LONG(code)
    ZEND_PARSE_PARAMETERS_END();
    RETURN_STRING(native_ext_curl_multi_strerror(code));
}

ZEND_FUNCTION(curl_multi_setopt)
{
    struct native_ext_curl_multi *multi;
    const struct option *option;
    zend_object *object;
    zend_long id;
    zval *value;

    ZEND_PARSE_PARAMETERS_START(3, 3)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_multi_ce)
    Z_PARAM_LONG(id)
    Z_PARAM_ZVAL(value)
    ZEND_PARSE_PARAMETERS_END();
    multi = of(object);
    option = option_of(id);
    if (!option && id != CURLMOPT_PUSHFUNCTION) {
        note(multi, UNKNOWN_OPTION);
        zend_argument_value_error(2, "is not a valid cURL multi option");
        RETURN_THROWS();
    }
    if (multi->busy) {
        note(multi, RECURSIVE_API_CALL);
        RETURN_FALSE;
    }
    if (option)
        option->set(multi, zval_get_long(value));
    else if (!set_push(multi, value))
        RETURN_FALSE;
    note(multi, CURLM_OK);
    RETURN_TRUE;
}

#if PHP_VERSION_ID >= 80500
ZEND_FUNCTION(curl_multi_get_handles)
{
    struct native_ext_curl_multi *multi;
    struct member *member;
    zend_object *object;
    zval handle;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_multi_ce)
    ZEND_PARSE_PARAMETERS_END();
    multi = of(object);
    array_init_size(return_value, zend_hash_num_elements(&multi->members));
    ZEND_HASH_FOREACH_PTR(&multi->members, member)
    {
        ZVAL_OBJ_COPY(&handle, &member->easy->std);
        add_next_index_zval(return_value, &handle);
    }
    ZEND_HASH_FOREACH_END();
}
#endif

/* ---- the object ---- */

static zend_object *create(zend_class_entry *ce)
{
    struct native_ext_curl_multi *multi = zend_object_alloc(sizeof(*multi), ce);

    memset(multi, 0, offsetof(struct native_ext_curl_multi, std));
    multi->last = &multi->first;
    zend_hash_init(&multi->members, 0, NULL, NULL, 0);
    zend_object_std_init(&multi->std, ce);
    object_properties_init(&multi->std, ce);
    multi->std.handlers = &handlers;
    return &multi->std;
}

static zend_function *get_constructor(zend_object *object)
{
    zend_throw_error(NULL,
                     "Cannot directly construct CurlMultiHandle, use curl_multi_init() instead");
    return NULL;
}

/* Also after a fatal error inside of one of its calls. */
static void free_object(zend_object *object)
{
    struct native_ext_curl_multi *multi = of(object);
    struct member *member;

    while ((member = oldest(multi)))
        OBJ_RELEASE(&take_out(multi, member, true)->std);
    zend_hash_destroy(&multi->members);
    native_ext_curl_hosts_free(multi->hosts);
    native_ext_curl_owner_leave(&multi->owner);
    if (multi->engine) {
        native_http_engine_free(multi->engine);
        if (--multis == 0 && widened) {
            widened = false;
            native_ext_http_process_room(native_ext_http_process(), 0);
        }
    }
    zval_ptr_dtor(&multi->push);
    zend_object_std_dtor(object);
}

static HashTable *get_gc(zend_object *object, zval **table, int *count)
{
    struct native_ext_curl_multi *multi = of(object);
    zend_get_gc_buffer *buffer = zend_get_gc_buffer_create();
    struct member *member;

    ZEND_HASH_FOREACH_PTR(&multi->members, member)
    {
        zend_get_gc_buffer_add_obj(buffer, &member->easy->std);
    }
    ZEND_HASH_FOREACH_END();
    zend_get_gc_buffer_add_zval(buffer, &multi->push);
    zend_get_gc_buffer_use(buffer, table, count);
    return NULL;
}

void native_ext_curl_multi_minit(void)
{
    native_ext_curl_multi_ce->create_object = create;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.offset = offsetof(struct native_ext_curl_multi, std);
    handlers.free_obj = free_object;
    handlers.get_gc = get_gc;
    handlers.get_constructor = get_constructor;
    handlers.clone_obj = NULL;
    handlers.cast_object = native_ext_curl_cast;
    handlers.compare = zend_objects_not_comparable;
}
