/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* feed.h - the client engine for callers who cannot hand it functions (PHP's FFI, interpreters), or have
 * their network elsewhere (another task, an event loop): its transport is two buffers and a link that
 * the caller opens and closes when asked.
 *
 *   network -> native_mqtt_feed_put -> in -> [ client ] -> out -> native_mqtt_feed_take -> network
 *
 *             client wants it      opened                    closed by the peer
 *        DOWN ---------------> OPEN -----> UP --------------------------------> ENDED --> DOWN
 *          ^                    |           |                                     once it is seen
 *          +----- closed ------ CLOSE <-----+  client is done with it
 *
 * Drive it so: call native_mqtt_client_next(&feed->client, ...) until it returns false, handling each
 * event; do what feed->link asks for (OPEN, CLOSE); take and send what waits; then wait for the network,
 * at most native_mqtt_client_timeout milliseconds; put what came; again. All else is client.h's, too.
 * The same memory rules: no heap, no globals, all of it the caller's. Single threaded. */
#ifndef NATIVE_MQTT_FEED_H
#define NATIVE_MQTT_FEED_H

#include "client.h"

enum native_mqtt_feed_link {
    NATIVE_MQTT_FEED_DOWN = 0, /* there is no link, and none is wanted */
    NATIVE_MQTT_FEED_OPEN =
        1, /* open one, then call native_mqtt_feed_opened, or _closed if that fails */
    NATIVE_MQTT_FEED_UP = 2,    /* bytes go both ways */
    NATIVE_MQTT_FEED_ENDED = 3, /* it was closed, and the client has not come to see that */
    NATIVE_MQTT_FEED_CLOSE = 4  /* send what waits, as far as that goes at once; close; call
                                   native_mqtt_feed_closed. No other link is asked for before. */
};

struct native_mqtt_feed {
    /* options (but for the transport) and the session's arrays: set before native_mqtt_feed_init */
    struct native_mqtt_client client;
    /* Set before it, too, at least one byte each: received and not read, to be sent and not taken. */
    uint8_t *in;
    size_t in_len;
    uint8_t *out;
    size_t out_len;

    /* To be read. */
    uint8_t link; /* enum native_mqtt_feed_link */

    /* The feed's own: in[in_at..in_end) and out[out_at..out_end) wait. */
    uint8_t ended; /* ENDED: what reading gives behind the last byte */
    size_t in_at, in_end;
    size_t out_at, out_end;
};

/* Begin with nothing to do; calls native_mqtt_client_init. */
NATIVE_API void native_mqtt_feed_init(struct native_mqtt_feed *feed);

/* Say that the link is open. Nothing unless link is OPEN: the client may have given up meanwhile. */
NATIVE_API void native_mqtt_feed_opened(struct native_mqtt_feed *feed);

/* Say that the link is closed: as asked; or with `io` CLOSED by the peer, else because something failed,
 * or it could not be opened. What was put before is still read; what waits to be taken, and what is sent
 * from now on, is lost (at QoS 0 it is DELIVERED all the same: a feed cannot see further than itself). */
NATIVE_API void native_mqtt_feed_closed(struct native_mqtt_feed *feed, enum native_mqtt_io io);

/* Hand over bytes that came. Returns how many were taken: as many as there is room for, none unless
 * link is UP. Those left are to be put again once native_mqtt_client_next has returned false. */
NATIVE_API size_t native_mqtt_feed_put(struct native_mqtt_feed *feed, const void *data,
                                       size_t data_len);

/* Returns what waits to be sent, *data_len bytes (0: nothing), which stay there until
 * native_mqtt_feed_took, and move in the next call of any function of the client. */
NATIVE_API const uint8_t *native_mqtt_feed_take(const struct native_mqtt_feed *feed,
                                                size_t *data_len);

/* Say that the first data_len bytes of what waits are sent. */
NATIVE_API void native_mqtt_feed_took(struct native_mqtt_feed *feed, size_t data_len);

#endif
