/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_scene.c - transfers against a server with a script. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tests/c/support/http_scene.h"

#include <ctype.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the server ---- */

/* The bytes of a body by its head: of a length, or until the last chunk. */
static bool whole(const char *request, bool early)
{
    const char *end = strstr(request, "\r\n\r\n");
    const char *length;
    if (!end)
        return false;
    if (early)
        return true;
    length = strcasestr(request, "\r\nContent-Length:");
    if (length && length < end)
        return strlen(end + 4) >= strtoul(length + 17, NULL, 10);
    length = strcasestr(request, "\r\nTransfer-Encoding:");
    return !(length && length < end) || strstr(end, "0\r\n\r\n") != NULL;
}

/* Read one request, behind what was asked before, or the body of one that was answered early. Returns false when the
 * client has gone. */
static bool read_request(struct net_peer *peer, struct scene *scene, bool early)
{
    size_t at = strlen(scene->asked);
    size_t start = scene->was_early ? scene->asked_at : at;
    scene->asked_at = start;
    scene->was_early = early;
    if (at > start && whole(scene->asked + start, early))
        return true;
    while (at < sizeof(scene->asked) - 1) {
        ssize_t got = net_peer_read(peer, scene->asked + at, sizeof(scene->asked) - 1 - at);
        if (got <= 0)
            return false;
        at += (size_t)got;
        scene->asked[at] = '\0';
        if (whole(scene->asked + start, early))
            return true;
    }
    return false;
}

static void write_answer(struct net_peer *peer, const struct scene *scene,
                         const struct scene_answer *answer)
{
    const char *bytes = answer->bytes;
    size_t len = scene->answer_len ? scene->answer_len : strlen(bytes);
    if (!scene->split) {
        (void)net_peer_write(peer, bytes, len);
        return;
    }
    for (size_t i = 0; i < len; i++)
        if (!net_peer_write(peer, bytes + i, 1))
            return;
}

static void script(struct net_peer *peer)
{
    struct scene *scene = peer->server->data;
    if (peer->server->cert && net_peer_tls(peer) != 0)
        return;
    while (scene->next_answer < SCENE_ANSWERS && scene->answers[scene->next_answer].bytes) {
        const struct scene_answer *answer = &scene->answers[scene->next_answer];
        char rest[64];
        if (!read_request(peer, scene, answer->then == SCENE_EARLY || answer->then == SCENE_REFUSE))
            return;
        scene->next_answer++;
        write_answer(peer, scene, answer);
        if (answer->then == SCENE_REFUSE)
            scene->was_early = false; /* what comes next is no more of it */
        if (answer->then == SCENE_RESET || answer->then == SCENE_REFUSE)
            net_peer_reset(peer);
        if (answer->then == SCENE_STALL)
            while (net_peer_read(peer, rest, sizeof(rest)) > 0)
                continue;
        if (answer->then != SCENE_KEEP && answer->then != SCENE_EARLY)
            return;
    }
}

/* ---- the transfer ---- */

static enum native_http_verdict on_line(void *ctx, struct native_http_transfer *transfer,
                                        enum native_http_line kind, bool from_proxy,
                                        struct native_http_span line)
{
    struct scene *scene = ctx;
    size_t at = strlen(scene->lines);
    (void)transfer, (void)kind, (void)from_proxy;
    if (at + line.len < sizeof(scene->lines)) {
        memcpy(scene->lines + at, line.at, line.len);
        scene->lines[at + line.len] = '\0';
    }
    return NATIVE_HTTP_GO_ON;
}

static enum native_http_verdict on_body(void *ctx, struct native_http_transfer *transfer,
                                        struct native_http_span bytes)
{
    struct scene *scene = ctx;
    (void)transfer;
    scene->calls++;
    if (scene->body_len + bytes.len < sizeof(scene->body)) {
        memcpy(scene->body + scene->body_len, bytes.at, bytes.len);
        scene->body_len += bytes.len;
        scene->body[scene->body_len] = '\0';
    }
    return NATIVE_HTTP_GO_ON;
}

static enum native_http_verdict on_progress(void *ctx, struct native_http_transfer *transfer)
{
    struct scene *scene = ctx;
    (void)transfer;
    scene->progress++;
    return NATIVE_HTTP_GO_ON;
}

void scene_init(struct scene *scene)
{
    memset(scene, 0, sizeof(*scene));
    scene->options = (struct native_http_options)NATIVE_HTTP_OPTIONS_INIT;
    scene->options.proxy = NATIVE_HTTP_SPAN("");
    scene->options.timeout_ms = 20000;
    scene->handlers.line = on_line;
    scene->handlers.body = on_body;
    scene->handlers.progress = on_progress;
    scene->url = "/";
}

void scene_serve(struct scene *scene)
{
    memset(&scene->server, 0, offsetof(struct net_server, cert));
    scene->server.connections = scene->connections ? scene->connections : 1;
    scene->server.script = script;
    scene->server.path = scene->unix_path;
    scene->server.data = scene;
    scene->next_answer = 0;
    scene->was_early = false;
    scene->asked[0] = '\0';
    net_server_start(&scene->server);
}

static void copy(char *out, size_t out_len, struct native_http_span span)
{
    size_t len = span.len < out_len - 1 ? span.len : out_len - 1;
    if (len > 0)
        memcpy(out, span.at, len);
    out[len] = '\0';
}

void scene_transfer(struct scene *scene)
{
    struct native_http_engine *engine;
    struct native_http_transfer *transfer;
    char url[512];
    char address[64];
    if (!scene->pool)
        scene->pool = native_http_pool_new();
    if (scene->url[0] == '/') {
        snprintf(address, sizeof(address), "%s://127.0.0.1:%d",
                 scene->server.cert ? "https" : "http", scene->server.port);
        snprintf(url, sizeof(url), "%s%s", address, scene->url);
    } else {
        snprintf(url, sizeof(url), scene->url, scene->server.port, scene->server.port);
    }
    scene->options.url = (struct native_http_span){url, strlen(url)};
    scene->lines[0] = scene->body[0] = '\0';
    scene->body_len = 0;
    scene->calls = scene->progress = 0;
    engine = native_http_engine_new(scene->pool);
    transfer = scene->resting;
    if (transfer)
        native_http_transfer_renew(transfer, &scene->options, &scene->handlers, scene);
    else
        transfer = native_http_transfer_new(&scene->options, &scene->handlers, scene);
    scene->resting = NULL;
    native_http_engine_add(engine, transfer);
    while (native_http_engine_step(engine) > 0)
        if (native_http_engine_wait(engine, NULL, 0, 30000) == 0 &&
            native_http_engine_timeout(engine) < 0)
            break;
    scene->error = *native_http_transfer_error(transfer);
    scene->info = *native_http_transfer_info(transfer);
    copy(scene->last_url, sizeof(scene->last_url), native_http_transfer_url(transfer));
    copy(scene->location, sizeof(scene->location), native_http_transfer_location(transfer));
    if (scene->rests) {
        native_http_transfer_rest(transfer);
        scene->resting = transfer;
    } else {
        native_http_engine_remove(engine, transfer);
        native_http_transfer_free(transfer);
    }
    native_http_engine_free(engine);
}

void scene_stop(struct scene *scene)
{
    net_server_stop(&scene->server);
}

void scene_run(struct scene *scene)
{
    scene_serve(scene);
    scene_transfer(scene);
    /* The server waits for connections that will not come any more. */
    scene_end(scene);
    scene_stop(scene);
}

void scene_end(struct scene *scene)
{
    native_http_pool_free(scene->pool);
    scene->pool = NULL;
    native_http_transfer_free(scene->resting);
    scene->resting = NULL;
}
