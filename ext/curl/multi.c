/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/multi.c - CurlMultiHandle: handles that run together over one engine, and the messages of how they ended.
 * How they run is in multi_run.c; see multi_parts.h. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "multi_parts.h"

#include "../../net/process.h"
#include "../compat.h"
#include "../http/process.h"
#include "error.h"
#include "hosts.h"
#include "owner.h"

zend_class_entry *native_ext_curl_multi_ce;
static zend_object_handlers handlers;

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

static struct native_ext_curl_member *member_of(const struct native_ext_curl_easy *easy)
{
    return zend_hash_index_find_ptr(&easy->multi->members, easy->std.handle);
}

/* Returns the one that was added first; NULL: there is none. The table's own pointer goes on only when it is deleted. */
static struct native_ext_curl_member *oldest(struct native_ext_curl_multi *multi)
{
    return zend_hash_get_current_data_ptr(&multi->members);
}

/* ---- messages ---- */

void native_ext_curl_multi_end(struct native_ext_curl_multi *multi,
                               struct native_ext_curl_member *member, int result)
{
    member->state = NATIVE_EXT_CURL_ENDED;
    member->result = result;
    member->easy->error = CURLE_OK;
    multi->alive--;
    member->next = NULL;
    *multi->last = member;
    multi->last = &member->next;
    multi->queued++;
}

/* Out of the queue, if it is in there. */
static void unqueue(struct native_ext_curl_multi *multi, struct native_ext_curl_member *member)
{
    struct native_ext_curl_member **at = &multi->first;

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

static void put_in(struct native_ext_curl_multi *multi, struct native_ext_curl_easy *easy)
{
    struct native_ext_curl_member *member = ecalloc(1, sizeof(*member));

    native_ext_curl_easy_clean(easy);
    member->easy = easy;
    GC_ADDREF(&easy->std);
    easy->multi = multi;
    zend_hash_index_add_new_ptr(&multi->members, easy->std.handle, member);
    multi->alive++;
}

/* Out of the engine, which closes its connection. With `quiet` nothing of the user's is called. */
static void stop(struct native_ext_curl_multi *multi, struct native_ext_curl_member *member,
                 bool quiet)
{
    struct native_ext_curl_easy *easy = member->easy;
    bool busy = multi->busy;

    if (member->state != NATIVE_EXT_CURL_RUNS)
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
                                             struct native_ext_curl_member *member, bool quiet)
{
    struct native_ext_curl_easy *easy = member->easy;

    native_ext_curl_multi_check_process(multi);
    stop(multi, member, quiet);
    if (member->state != NATIVE_EXT_CURL_ENDED)
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
    multi = native_ext_curl_multi_of(Z_OBJ_P(return_value));
    multi->engine = engine;
    multi->pid = native_net_process_id();
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
    multi = native_ext_curl_multi_of(multi_object);
    easy = native_ext_curl_easy_of(easy_object);
    native_ext_curl_easy_check_streams(easy, true);
    if (easy->multi || easy->running)
        RETURN_LONG(native_ext_curl_multi_note(multi, CURLM_ADDED_ALREADY));
    if (multi->busy)
        RETURN_LONG(native_ext_curl_multi_note(multi, NATIVE_EXT_CURLM_RECURSIVE_API_CALL));
    put_in(multi, easy);
    RETURN_LONG(native_ext_curl_multi_note(multi, CURLM_OK));
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
    multi = native_ext_curl_multi_of(multi_object);
    easy = native_ext_curl_easy_of(easy_object);
    if (!easy->multi && !easy->running)
        RETURN_LONG(native_ext_curl_multi_note(multi, CURLM_OK));
    if (easy->multi != multi)
        RETURN_LONG(native_ext_curl_multi_note(multi, CURLM_BAD_EASY_HANDLE));
    if (multi->busy)
        RETURN_LONG(native_ext_curl_multi_note(multi, NATIVE_EXT_CURLM_RECURSIVE_API_CALL));
    native_ext_curl_multi_note(multi, CURLM_OK);
    OBJ_RELEASE(&take_out(multi, member_of(easy), false)->std);
    RETURN_LONG(CURLM_OK);
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
    struct native_ext_curl_member *member;
    zend_object *object;
    zval *queued = NULL, handle;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_multi_ce)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(queued)
    ZEND_PARSE_PARAMETERS_END();
    multi = native_ext_curl_multi_of(object);
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
    struct native_ext_curl_member *member;
    zend_object *object;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_multi_ce)
    ZEND_PARSE_PARAMETERS_END();
    multi = native_ext_curl_multi_of(object);
    if (multi->busy) {
        native_ext_curl_multi_note(multi, NATIVE_EXT_CURLM_RECURSIVE_API_CALL);
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
    RETURN_LONG(native_ext_curl_multi_of(object)->error);
}

ZEND_FUNCTION(curl_multi_strerror)
{
    zend_long code;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_LONG(code)
    ZEND_PARSE_PARAMETERS_END();
    RETURN_STRING(native_ext_curl_multi_strerror(code));
}

#if PHP_VERSION_ID >= 80500
ZEND_FUNCTION(curl_multi_get_handles)
{
    struct native_ext_curl_multi *multi;
    struct native_ext_curl_member *member;
    zend_object *object;
    zval handle;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_multi_ce)
    ZEND_PARSE_PARAMETERS_END();
    multi = native_ext_curl_multi_of(object);
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
    struct native_ext_curl_multi *multi = native_ext_curl_multi_of(object);
    struct native_ext_curl_member *member;

    while ((member = oldest(multi)))
        OBJ_RELEASE(&take_out(multi, member, true)->std);
    zend_hash_destroy(&multi->members);
    native_ext_curl_hosts_free(multi->hosts);
    native_ext_curl_owner_leave(&multi->owner);
    native_http_engine_free(multi->engine);
    zval_ptr_dtor(&multi->push);
    zend_object_std_dtor(object);
}

static HashTable *get_gc(zend_object *object, zval **table, int *count)
{
    struct native_ext_curl_multi *multi = native_ext_curl_multi_of(object);
    zend_get_gc_buffer *buffer = zend_get_gc_buffer_create();
    struct native_ext_curl_member *member;

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
