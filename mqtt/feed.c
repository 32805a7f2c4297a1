/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* feed.c - a transport that is two buffers. */
#include <string.h>

#include "feed.h"

/* Move what waits to the front, where that gives room behind it. */
static void pack(uint8_t *buffer, size_t *at, size_t *end)
{
    if (*at == 0)
        return;
    memmove(buffer, buffer + *at, *end - *at);
    *end -= *at;
    *at = 0;
}

/* Append what there is room for. Returns how much. */
static size_t append(uint8_t *buffer, size_t buffer_len, size_t *at, size_t *end, const void *data,
                     size_t data_len)
{
    if (buffer_len - *end < data_len || *at == *end)
        pack(buffer, at, end);
    if (data_len > buffer_len - *end)
        data_len = buffer_len - *end;
    if (data_len == 0)
        return 0;
    memcpy(buffer + *end, data, data_len);
    *end += data_len;
    return data_len;
}

static int open_link(struct native_mqtt_feed *feed)
{
    switch (feed->link) {
    case NATIVE_MQTT_FEED_DOWN:
        feed->in_at = feed->in_end = feed->out_at = feed->out_end = 0;
        feed->link = NATIVE_MQTT_FEED_OPEN;
        return NATIVE_MQTT_IO_AGAIN;
    case NATIVE_MQTT_FEED_UP:
        return NATIVE_MQTT_IO_OK;
    case NATIVE_MQTT_FEED_ENDED:
        return feed->ended;
    default: /* OPEN; CLOSE: the last link has to go before */
        return NATIVE_MQTT_IO_AGAIN;
    }
}

static int on_link(void *context, bool up)
{
    struct native_mqtt_feed *feed = context;

    if (up)
        return open_link(feed);
    if (feed->link == NATIVE_MQTT_FEED_ENDED)
        feed->link = NATIVE_MQTT_FEED_DOWN;
    else if (feed->link != NATIVE_MQTT_FEED_DOWN)
        feed->link = NATIVE_MQTT_FEED_CLOSE;
    return NATIVE_MQTT_IO_OK;
}

static int on_read(void *context, void *data, size_t data_len, size_t *done)
{
    struct native_mqtt_feed *feed = context;
    size_t len = feed->in_end - feed->in_at;

    if (len == 0)
        return feed->link == NATIVE_MQTT_FEED_ENDED ? feed->ended : NATIVE_MQTT_IO_AGAIN;
    if (len > data_len)
        len = data_len;
    memcpy(data, feed->in + feed->in_at, len);
    feed->in_at += len;
    *done = len;
    return NATIVE_MQTT_IO_OK;
}

static int on_write(void *context, const void *data, size_t data_len, size_t *done)
{
    struct native_mqtt_feed *feed = context;

    /* As a socket does: that is lost, but what came before the end can still be read. */
    if (feed->link == NATIVE_MQTT_FEED_ENDED) {
        *done = data_len;
        return NATIVE_MQTT_IO_OK;
    }
    *done = append(feed->out, feed->out_len, &feed->out_at, &feed->out_end, data, data_len);
    return *done ? NATIVE_MQTT_IO_OK : NATIVE_MQTT_IO_AGAIN;
}

void native_mqtt_feed_init(struct native_mqtt_feed *feed)
{
    feed->link = NATIVE_MQTT_FEED_DOWN;
    feed->ended = NATIVE_MQTT_IO_ERROR;
    feed->in_at = feed->in_end = feed->out_at = feed->out_end = 0;
    feed->client.options.transport.context = feed;
    feed->client.options.transport.link = on_link;
    feed->client.options.transport.read = on_read;
    feed->client.options.transport.write = on_write;
    native_mqtt_client_init(&feed->client);
}

void native_mqtt_feed_opened(struct native_mqtt_feed *feed)
{
    if (feed->link == NATIVE_MQTT_FEED_OPEN)
        feed->link = NATIVE_MQTT_FEED_UP;
}

void native_mqtt_feed_closed(struct native_mqtt_feed *feed, enum native_mqtt_io io)
{
    feed->out_at = feed->out_end = 0;
    if (feed->link == NATIVE_MQTT_FEED_CLOSE)
        feed->link = NATIVE_MQTT_FEED_DOWN;
    if (feed->link == NATIVE_MQTT_FEED_DOWN || feed->link == NATIVE_MQTT_FEED_ENDED)
        return;
    feed->link = NATIVE_MQTT_FEED_ENDED;
    feed->ended = io == NATIVE_MQTT_IO_CLOSED ? NATIVE_MQTT_IO_CLOSED : NATIVE_MQTT_IO_ERROR;
}

size_t native_mqtt_feed_put(struct native_mqtt_feed *feed, const void *data, size_t data_len)
{
    if (feed->link != NATIVE_MQTT_FEED_UP)
        return 0;
    return append(feed->in, feed->in_len, &feed->in_at, &feed->in_end, data, data_len);
}

const uint8_t *native_mqtt_feed_take(const struct native_mqtt_feed *feed, size_t *data_len)
{
    *data_len = feed->out_end - feed->out_at;
    return feed->out + feed->out_at;
}

void native_mqtt_feed_took(struct native_mqtt_feed *feed, size_t data_len)
{
    const size_t waits = feed->out_end - feed->out_at;

    feed->out_at += data_len < waits ? data_len : waits;
}
