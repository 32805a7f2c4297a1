/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* source.c - bodies out of memory, out of a descriptor, and multipart/form-data over others. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- bytes ---- */

static enum native_http_source_status bytes_read(struct native_http_source *base, void *out,
                                                 size_t room, size_t *got)
{
    struct native_http_source_bytes *source = (struct native_http_source_bytes *)base;
    size_t left = (size_t)base->size - source->at;

    *got = left < room ? left : room;
    if (*got > 0) {
        memcpy(out, source->bytes + source->at, *got);
        source->at += *got;
    }
    return *got > 0 || room == 0 ? NATIVE_HTTP_SOURCE_BYTES : NATIVE_HTTP_SOURCE_END;
}

static bool bytes_rewind(struct native_http_source *base)
{
    ((struct native_http_source_bytes *)base)->at = 0;
    return true;
}

void native_http_source_bytes_init(struct native_http_source_bytes *source, const void *bytes,
                                   size_t len)
{
    *source = (struct native_http_source_bytes){{bytes_read, bytes_rewind, len}, bytes, 0};
}

/* ---- a descriptor ---- */

static enum native_http_source_status fd_fail(struct native_http_source_fd *source, int error)
{
    source->error = error;
    return NATIVE_HTTP_SOURCE_FAILED;
}

/* Read where the source is, which need not be where the descriptor is. */
static ssize_t fd_read_some(const struct native_http_source_fd *source, void *out, size_t room)
{
    ssize_t done;

    do {
        done = source->start >= 0
                   ? pread(source->fd, out, room, (off_t)source->start + (off_t)source->done)
                   : read(source->fd, out, room);
    } while (done < 0 && errno == EINTR);
    return done;
}

static enum native_http_source_status fd_read(struct native_http_source *base, void *out,
                                              size_t room, size_t *got)
{
    struct native_http_source_fd *source = (struct native_http_source_fd *)base;
    bool known = base->size != NATIVE_HTTP_SIZE_UNKNOWN;
    uint64_t left = known ? base->size - source->done : room;
    ssize_t done;

    *got = 0;
    if (left == 0) {
        return room == 0 ? NATIVE_HTTP_SOURCE_BYTES : NATIVE_HTTP_SOURCE_END;
    }
    done = fd_read_some(source, out, left < room ? (size_t)left : room);
    if (done < 0) {
        return errno == EAGAIN || errno == EWOULDBLOCK ? NATIVE_HTTP_SOURCE_PAUSED
                                                       : fd_fail(source, errno);
    }
    if (done == 0 && room > 0) {
        return known ? fd_fail(source, 0) : NATIVE_HTTP_SOURCE_END;
    }
    source->done += (uint64_t)done;
    *got = (size_t)done;
    return NATIVE_HTTP_SOURCE_BYTES;
}

static bool fd_rewind(struct native_http_source *base)
{
    struct native_http_source_fd *source = (struct native_http_source_fd *)base;

    source->done = 0;
    return source->start >= 0;
}

void native_http_source_fd_init(struct native_http_source_fd *source, int fd)
{
    struct stat stat;
    off_t at;
    char byte;

    *source =
        (struct native_http_source_fd){{fd_read, NULL, NATIVE_HTTP_SIZE_UNKNOWN}, fd, -1, 0, 0};
    if (fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode)) {
        return;
    }
    at = lseek(fd, 0, SEEK_CUR);
    if (at < 0) {
        return;
    }
    source->start = at;
    source->source.rewind = fd_rewind;
    /* files of the kernel's say 0 and have more */
    if (stat.st_size > 0 || pread(fd, &byte, 1, at) == 0) {
        source->source.size = stat.st_size > at ? (uint64_t)(stat.st_size - at) : 0;
    }
}

/* ---- multipart/form-data ---- */

static void text_free(struct native_http_source_multipart *source)
{
    if (source->text.at != source->small) {
        free(source->text.at);
    }
    source->text = (struct native_http_buffer){source->small, sizeof(source->small), 0};
    source->text_at = 0;
}

/* Ask the writer for its next piece. Returns BYTES; END; FAILED without memory. */
static enum native_http_source_status next_piece(struct native_http_source_multipart *source)
{
    enum native_http_multipart_piece piece;
    enum native_http_status status;

    text_free(source);
    status = native_http_multipart_next(&source->writer, &source->text, &piece, &source->part);
    if (status == NATIVE_HTTP_NO_SPACE) {
        size_t size = source->text.len;

        source->text = (struct native_http_buffer){malloc(size), size, 0};
        if (!source->text.at) {
            text_free(source); /* back to the small one */
            return NATIVE_HTTP_SOURCE_FAILED;
        }
        status = native_http_multipart_next(&source->writer, &source->text, &piece, &source->part);
    }
    if (status != NATIVE_HTTP_OK) {
        source->text.len = 0;
        return NATIVE_HTTP_SOURCE_FAILED;
    }
    if (piece == NATIVE_HTTP_MULTIPART_DATA) {
        source->left = source->writer.parts[source->part].size;
        source->in_part = source->left > 0;
    }
    return piece == NATIVE_HTTP_MULTIPART_END ? NATIVE_HTTP_SOURCE_END : NATIVE_HTTP_SOURCE_BYTES;
}

static size_t take_text(struct native_http_source_multipart *source, char *out, size_t room)
{
    size_t left = source->text.len - source->text_at;
    size_t take = left < room ? left : room;

    memcpy(out, source->text.at + source->text_at, take);
    source->text_at += take;
    return take;
}

/* Read of the part whose turn it is. Returns BYTES also with *got 0: it is over. */
static enum native_http_source_status read_part(struct native_http_source_multipart *source,
                                                char *out, size_t room, size_t *got)
{
    struct native_http_source *content = source->contents[source->part];
    bool known = source->left != NATIVE_HTTP_SIZE_UNKNOWN;
    enum native_http_source_status status = NATIVE_HTTP_SOURCE_END;

    *got = 0;
    if (content) {
        source->started = source->part + 1;
        status = content->read(content, out,
                               known && source->left < room ? (size_t)source->left : room, got);
    }
    if (status == NATIVE_HTTP_SOURCE_END) {
        source->in_part = false;
        *got = 0;
        return known ? NATIVE_HTTP_SOURCE_FAILED : NATIVE_HTTP_SOURCE_BYTES;
    }
    if (status == NATIVE_HTTP_SOURCE_BYTES && *got == 0) {
        return NATIVE_HTTP_SOURCE_FAILED; /* against its contract: to ask again would have no end */
    }
    if (status != NATIVE_HTTP_SOURCE_BYTES) {
        *got = 0;
    } else if (known) {
        source->left -= *got;
        source->in_part = source->left > 0;
    }
    return status;
}

/* Go on by a step: text, bytes of a part, or the next piece. */
static enum native_http_source_status step(struct native_http_source_multipart *source, char *out,
                                           size_t room, size_t *got)
{
    *got = 0;
    if (source->text_at < source->text.len) {
        *got = take_text(source, out, room);
        return NATIVE_HTTP_SOURCE_BYTES;
    }
    return source->in_part ? read_part(source, out, room, got) : next_piece(source);
}

static enum native_http_source_status multipart_read(struct native_http_source *base, void *out,
                                                     size_t room, size_t *got)
{
    struct native_http_source_multipart *source = (struct native_http_source_multipart *)base;
    enum native_http_source_status status = source->pending;

    *got = 0;
    while (status == NATIVE_HTTP_SOURCE_BYTES && *got < room) {
        size_t more;

        status = step(source, (char *)out + *got, room - *got, &more);
        *got += more;
    }
    if (*got > 0 && status != NATIVE_HTTP_SOURCE_BYTES) {
        source->pending = status; /* first the bytes, and next time what was said behind them */
        return NATIVE_HTTP_SOURCE_BYTES;
    }
    /* what has ended or failed does not go on */
    source->pending = status == NATIVE_HTTP_SOURCE_PAUSED ? NATIVE_HTTP_SOURCE_BYTES : status;
    return status;
}

static bool multipart_rewind(struct native_http_source *base)
{
    struct native_http_source_multipart *source = (struct native_http_source_multipart *)base;

    for (size_t i = 0; i < source->started; i++) {
        struct native_http_source *content = source->contents[i];

        if (content && !(content->rewind && content->rewind(content))) {
            return false;
        }
    }
    native_http_multipart_rewind(&source->writer);
    text_free(source);
    source->started = 0;
    source->in_part = false;
    source->pending = NATIVE_HTTP_SOURCE_BYTES;
    return true;
}

enum native_http_status native_http_source_multipart_init(
    struct native_http_source_multipart *source, const struct native_http_multipart_part *parts,
    struct native_http_source *const *contents, size_t parts_len, struct native_http_span boundary,
    size_t *part, struct native_http_fault *fault)
{
    enum native_http_status status;

    memset(source, 0, sizeof(*source));
    source->text.at = source->small;
    source->text.size = sizeof(source->small);
    status = native_http_multipart_start(&source->writer, parts, parts_len, boundary, part, fault);
    if (status == NATIVE_HTTP_OK) {
        source->source = (struct native_http_source){multipart_read, multipart_rewind,
                                                     native_http_multipart_size(&source->writer)};
        source->contents = contents;
        source->pending = NATIVE_HTTP_SOURCE_BYTES;
    }
    return status;
}

void native_http_source_multipart_end(struct native_http_source_multipart *source)
{
    text_free(source);
}
