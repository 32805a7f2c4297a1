/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_writer.h - trying a writer of http/wire in every room: none, too little, just enough, more.
 * Each room ends at a forbidden page, and so does each input that guarded() gives. */
#ifndef NATIVE_TESTS_HTTP_WRITER_H
#define NATIVE_TESTS_HTTP_WRITER_H

#include "http/wire/buffer.h"
#include "http_text.h"

enum { WRITER_ROOM = 1 << 16 };

/* Returns a copy of the bytes that ends at a forbidden page, in the n-th of eight places. */
__attribute__((unused)) static struct native_http_span guarded(unsigned n, const void *bytes,
                                                               size_t len)
{
    static struct guard guards[8];

    if (!guards[n].start) {
        guards[n] = guard_new(WRITER_ROOM);
    }
    return (struct native_http_span){(const char *)guard_place(&guards[n], bytes, len), len};
}

__attribute__((unused)) static struct native_http_span guarded_text(unsigned n, const char *text)
{
    return text ? guarded(n, text, strlen(text)) : (struct native_http_span){NULL, 0};
}

/* Returns a buffer of `room` bytes before a forbidden page. */
__attribute__((unused)) static struct native_http_buffer room_of(size_t room)
{
    static struct guard guard;

    if (!guard.start) {
        guard = guard_new(WRITER_ROOM);
    }
    memset(guard_end(&guard, room), '?', room);
    return (struct native_http_buffer){(char *)guard_end(&guard, room), room, 0};
}

/* Returns whether the buffer has counted all of the text, and holds all of it or a beginning. */
__attribute__((unused)) static bool wrote(const struct native_http_buffer *buffer, size_t room,
                                          const void *text, size_t len)
{
    size_t there = buffer->len <= room ? len : buffer->size;

    return check(buffer->len == len && native_http_buffer_fits(buffer) == (len <= room) &&
                     (there == 0 || memcmp(buffer->at, text, there) == 0),
                 "room %zu: %zu bytes %s, not %zu %s", room, buffer->len,
                 buffer->len <= room ? shown(buffer->at, buffer->len) : "", len, shown(text, len));
}

/* Run the statement, which writes to `out`, in each room around the length of the text. */
#define WRITES(text, text_len, statement)                                                          \
    do {                                                                                           \
        for (size_t room = 0; room <= (text_len) + 2; room++) {                                    \
            struct native_http_buffer buffer = room_of(room), *out = &buffer;                      \
            statement;                                                                             \
            if (!wrote(&buffer, room, text, text_len))                                             \
                break;                                                                             \
        }                                                                                          \
    } while (0)

#define WRITES_TEXT(text, statement) WRITES(text, strlen(text), statement)

#endif
