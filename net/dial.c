/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* dial.c - several connects in a race. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "dial.h"

#include <string.h>
#include <unistd.h>

#include "clock.h"

void native_net_dial_init(struct native_net_dial *dial, const struct native_net_addresses *to,
                          const struct native_net_socket_options *options)
{
    memset(dial, 0, sizeof(*dial));
    dial->to = *to;
    dial->options = *options;
    dial->delay_ms = NATIVE_NET_DIAL_DELAY_MS;
}

void native_net_dial_cancel(struct native_net_dial *dial)
{
    while (dial->count > 0)
        (void)close(dial->attempts[--dial->count].fd);
}

/* Take attempt `i` as the winner and close the others. */
static enum native_net_status win(struct native_net_dial *dial, size_t i, int *fd,
                                  struct native_net_address *won)
{
    *fd = dial->attempts[i].fd;
    *won = dial->to.items[dial->attempts[i].address];
    dial->attempts[i] = dial->attempts[--dial->count];
    native_net_dial_cancel(dial);
    return NATIVE_NET_OK;
}

/* Look at all pending attempts; close those that failed. Returns the index of one that is
 * connected, or -1. */
static int harvest(struct native_net_dial *dial)
{
    struct pollfd fds[NATIVE_NET_ADDRESSES_MAX];
    size_t i = native_net_dial_pollfds(dial, fds);
    if (i == 0 || poll(fds, (nfds_t)i, 0) <= 0)
        return -1;
    /* Backwards: closing swaps the last attempt into the gap. */
    while (i-- > 0) {
        int failed;
        if (fds[i].revents == 0)
            continue;
        failed = native_net_socket_finish(fds[i].fd);
        if (failed == 0)
            return (int)i;
        native_net_socket_connect_error(&dial->to.items[dial->attempts[i].address], failed,
                                        &dial->last_error);
        (void)close(fds[i].fd);
        dial->attempts[i] = dial->attempts[--dial->count];
    }
    return -1;
}

/* Start the next attempt. Returns OK if it is connected already. */
static enum native_net_status start_next(struct native_net_dial *dial, int64_t now_ms)
{
    size_t at = dial->next++;
    int fd;
    enum native_net_status status =
        native_net_socket_connect(&dial->to.items[at], &dial->options, &fd, &dial->last_error);
    if (status == NATIVE_NET_ERROR)
        return status;
    dial->attempts[dial->count].fd = fd;
    dial->attempts[dial->count++].address = (uint8_t)at;
    dial->next_ms = now_ms + dial->delay_ms;
    return status;
}

enum native_net_status native_net_dial_step(struct native_net_dial *dial, int64_t now_ms, int *fd,
                                            struct native_net_address *won,
                                            struct native_net_error *error)
{
    for (;;) {
        int winner = harvest(dial);
        if (winner >= 0)
            return win(dial, (size_t)winner, fd, won);
        if (dial->next >= dial->to.count)
            break;
        if (dial->count > 0 && now_ms < dial->next_ms)
            return NATIVE_NET_AGAIN;
        if (start_next(dial, now_ms) == NATIVE_NET_OK)
            return win(dial, dial->count - 1, fd, won);
    }
    if (dial->count > 0)
        return NATIVE_NET_AGAIN;
    if (error)
        *error = dial->last_error;
    return NATIVE_NET_ERROR;
}

size_t native_net_dial_pollfds(const struct native_net_dial *dial, struct pollfd *out)
{
    size_t i;
    for (i = 0; i < dial->count; i++) {
        out[i].fd = dial->attempts[i].fd;
        out[i].events = POLLOUT;
        out[i].revents = 0;
    }
    return dial->count;
}

int64_t native_net_dial_deadline(const struct native_net_dial *dial)
{
    return dial->next < dial->to.count ? dial->next_ms : NATIVE_NET_NEVER;
}
