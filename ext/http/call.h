/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/call.h - one request of a script's, from its arguments to the response.
 * Memory: what the engine needs is malloc'ed and hangs on the run (run.h), so that a fatal error, which jumps out of
 * everything, leaves nothing behind; what PHP's memory manager owns dies by itself then. */
#ifndef NATIVE_EXT_HTTP_CALL_H
#define NATIVE_EXT_HTTP_CALL_H

#include "../compat.h"

#include "../../http/engine.h"
#include "fields.h"
#include "overrides.h"
#include "seen.h"
#include "sink.h"
#include "source.h"

/* What is asked for. All borrowed. */
struct native_ext_http_request {
    zend_string *method;
    zend_string *url;
    HashTable *headers;   /* NULL: none */
    zval *body;           /* checked; NULL: none */
    zend_object *options; /* Native\Http\Options */
};

struct native_ext_http_run;

struct native_ext_http_call {
    struct native_ext_http_call *next; /* of its run */
    struct native_ext_http_run *run;
    struct native_http_options options;
    struct native_http_transfer *transfer;
    struct native_ext_http_source source;
    struct native_http_source guarded; /* the same, with a look at what its code has done */
    struct native_ext_http_sink sink;
    struct native_ext_http_fields fields;
    struct native_ext_http_overrides overrides;
    struct native_ext_http_seen seen;
    zend_object *settings; /* the Options */
    zend_string *method;
    zend_string *url;  /* absolute */
    zval *on_progress; /* of the options; NULL: none */
    uint64_t told;     /* bytes that progress was told of last */
    int64_t told_ms;
    int paused; /* directions, by the user */
    bool head;  /* the head of the last response is there */
    bool stop;  /* ends at the next word from the engine */
    bool threw; /* it ended by what code of the user's threw, and that came out already */
    /* of many: what the result is for; UNDEF, NULL: nothing */
    zval key;
    zend_object *request;
};

/* Make a call in a run; it begins at the run's next step. Returns NULL after throwing. */
struct native_ext_http_call *
native_ext_http_call_new(struct native_ext_http_run *run,
                         const struct native_ext_http_request *request);

/* End it, whether it is done or not, and free it. Not from within its own callbacks. */
void native_ext_http_call_free(struct native_ext_http_call *call);

/* The same when PHP's own memory is not to be touched any more. */
void native_ext_http_call_lose(struct native_ext_http_call *call);

/* End it as soon as may be, also from within its callbacks: it is done with the error ABORTED. */
void native_ext_http_call_stop(struct native_ext_http_call *call);

/* Make the response of a call that is done. Returns false after throwing what it ended with. */
bool native_ext_http_call_finish(struct native_ext_http_call *call, zval *response);

/* Go on with what has paused for a stream of the user's and finds it ready, or has no descriptor to wait for. */
void native_ext_http_call_resume(struct native_ext_http_call *call);

/* Pieces were taken: there may be room for more. */
void native_ext_http_call_taken(struct native_ext_http_call *call);

/* The user's own pause, each direction (enum native_net_direction) by itself. */
void native_ext_http_call_pause(struct native_ext_http_call *call, int directions, bool on);

/* Tell the garbage collector what is held. */
void native_ext_http_call_gc(struct native_ext_http_call *call, zend_get_gc_buffer *buffer);

#endif
