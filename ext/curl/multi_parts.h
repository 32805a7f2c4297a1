/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/multi_parts.h - the inside of a CurlMultiHandle: shared by multi.c (who is in it, messages, the object), multi_run.c
 * (performing, waiting) and multi_options.c.
 *
 *     curl_multi_add_handle -> WAITS --first curl_multi_exec--> RUNS -> ENDED, a message -> curl_multi_remove_handle
 *
 * While code of the user's may run inside a call (`busy`) nothing can be added, removed or performed: so the table of handles
 * stands still while it is gone through. */
#ifndef NATIVE_EXT_CURL_MULTI_PARTS_H
#define NATIVE_EXT_CURL_MULTI_PARTS_H

#include "multi.h"

/* CURLMcode that PHP has no names for. */
enum {
    NATIVE_EXT_CURLM_UNKNOWN_OPTION = 6,
    NATIVE_EXT_CURLM_RECURSIVE_API_CALL = 8,
    NATIVE_EXT_CURLM_UNRECOVERABLE_POLL = 12
};

enum native_ext_curl_member_state {
    NATIVE_EXT_CURL_WAITS, /* for curl_multi_exec(): options may still be set */
    NATIVE_EXT_CURL_RUNS,  /* in the engine */
    NATIVE_EXT_CURL_ENDED
};

struct native_ext_curl_member {
    struct native_ext_curl_easy *easy; /* with a reference */
    enum native_ext_curl_member_state state;
    int result;                          /* ENDED: CURLE_* */
    struct native_ext_curl_member *next; /* in the queue of messages */
};

struct native_ext_curl_multi {
    struct native_http_engine *engine;
    pid_t pid;
    HashTable members; /* by the handle's number, as they were added */
    zend_long alive;   /* those that have not ended */
    struct native_ext_curl_member *first, **last;
    zend_long queued; /* messages */
    bool busy;
    int error;                           /* CURLMcode */
    struct native_ext_curl_hosts *hosts; /* see hosts.h; NULL: none */
    uint64_t owner;                      /* of its connections, see owner.h; 0: none yet */
    zval push; /* PUSHFUNCTION, which has nothing to tell in HTTP/1; UNDEF */
    zend_object std;
};

static inline struct native_ext_curl_multi *native_ext_curl_multi_of(zend_object *object)
{
    return (struct native_ext_curl_multi *)((char *)object -
                                            offsetof(struct native_ext_curl_multi, std));
}

/* What curl_multi_errno() says from now on. Returns it. */
static inline int native_ext_curl_multi_note(struct native_ext_curl_multi *multi, int code)
{
    multi->error = code;
    return code;
}

/* In a forked child what runs is the parent's: it ends without a byte to the peer or a word to the user. (multi_run.c) */
void native_ext_curl_multi_check_process(struct native_ext_curl_multi *multi);

/* It has ended, which curl_errno() does not say before curl_multi_info_read() has: a message. (multi.c) */
void native_ext_curl_multi_end(struct native_ext_curl_multi *multi,
                               struct native_ext_curl_member *member, int result);

#endif
