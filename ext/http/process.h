/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/process.h - what outlives requests: the pool of connections and the nonces of Digest, one of each for a process
 * (of ZTS builds: a thread); the settings; the counters.
 * Memory: malloc'ed; a forked child inherits it, and the pool knows whose connections those are. */
#ifndef NATIVE_EXT_HTTP_PROCESS_H
#define NATIVE_EXT_HTTP_PROCESS_H

#include "../compat.h"

#include "../../http/engine.h"
#include "../../http/login.h"
#include "../../http/pool.h"

struct native_ext_http_process {
    struct native_http_pool *pool;
    struct native_http_nonces *nonces;
    struct native_http_transfer *resting; /* NULL: none */
    struct native_http_engine *engine;    /* ..., for the next one who wants one */
};

/* Returns this process's; NULL after throwing. */
struct native_ext_http_process *native_ext_http_process(void);

/* Let the pool keep as many connections as the INI settings say, and at least `busy`: as many transfers as run at once. */
void native_ext_http_process_room(struct native_ext_http_process *process, zend_long busy);

/* A transfer: the one that rests, or a new one. Returns NULL without memory. */
struct native_http_transfer *
native_ext_http_process_transfer(struct native_ext_http_process *process,
                                 const struct native_http_options *options,
                                 const struct native_http_handlers *handlers, void *ctx);

/* Give one back (NULL is allowed): one that has ended well may rest, any other is freed. */
void native_ext_http_process_give(struct native_ext_http_process *process,
                                  struct native_http_transfer *transfer);

/* The same with an engine. */
struct native_http_engine *native_ext_http_process_engine(struct native_ext_http_process *process);
void native_ext_http_process_give_engine(struct native_ext_http_process *process,
                                         struct native_http_engine *engine);

/* For Native\status() and phpinfo(). */
void native_ext_http_process_status(zval *array);
void native_ext_http_process_minfo(void);

void native_ext_http_process_minit(int module_number, int type);

#endif
