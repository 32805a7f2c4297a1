/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_scene.h - a transfer against a server that answers from a script: what it was asked, what came of it.
 * The server serves one connection after the other on loopback; its answers are given in turn, over all
 * connections, byte by byte where the scene says so. */
#ifndef NATIVE_TESTS_HTTP_SCENE_H
#define NATIVE_TESTS_HTTP_SCENE_H

#include <stdbool.h>
#include <stddef.h>

#include "http/engine.h"
#include "tests/c/support/net_server.h"

enum { SCENE_ANSWERS = 12, SCENE_TEXT = 65536 };

/* What the server does after its answer. */
enum scene_then {
    SCENE_KEEP,
    SCENE_CLOSE,
    SCENE_RESET,
    SCENE_STALL, /* says nothing more until the client goes */
    SCENE_EARLY, /* answers when the head of the request is there, not its body */
    SCENE_REFUSE /* the same, and resets the rest of it */
};

struct scene_answer {
    const char *bytes; /* NULL: none; a NUL ends them, but for scene.answer_len */
    enum scene_then then;
};

struct scene {
    struct native_http_options options;
    struct native_http_handlers handlers;
    struct scene_answer answers[SCENE_ANSWERS];
    size_t answer_len;     /* of an answer with zero bytes in it; 0: there is none */
    int connections;       /* that the server takes; 0: 1 */
    bool split;            /* answers go out byte by byte */
    const char *url;       /* a path, or a URL with %d for the port */
    const char *unix_path; /* where the server listens; NULL: on loopback */
    bool rests;            /* the transfer rests at its end, and is the next one */

    /* filled by scene_run() */
    struct native_http_pool *pool; /* made at the first run, kept for the next one */
    struct native_http_transfer *resting;
    struct native_http_error error;
    struct native_http_info info;
    char asked[SCENE_TEXT]; /* all requests */
    char lines[SCENE_TEXT]; /* all lines of all responses */
    char body[SCENE_TEXT];
    size_t body_len;
    char last_url[512];
    char location[512];
    int calls; /* of the body handler */
    int progress;

    /* of the server */
    struct net_server server;
    int next_answer;
    size_t asked_at; /* of the last request in `asked` */
    bool was_early;  /* it was answered before its body was there */
};

/* Defaults for everything. */
void scene_init(struct scene *scene);

/* Start the server, run the transfer to its end, ask it everything, stop the server. */
void scene_run(struct scene *scene);

/* The same in two halves, for more than one transfer with the same server. */
void scene_serve(struct scene *scene);
void scene_transfer(struct scene *scene);
void scene_stop(struct scene *scene);

/* Close the pool, free what rests. */
void scene_end(struct scene *scene);

#endif
