/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_source.c - bodies to be sent: bytes, files, pipes, and forms made of them; in every size of read, rewound after
 * every byte, with contents that pause, fail, and are not as long as they said. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>

#include "../../http/source.h"
#include "harness.h"
#include "support/no_memory.h"

/* ---- reading to the end ---- */

struct result {
    enum native_http_source_status status; /* the last one */
    char text[4096];
    size_t len;
    unsigned pauses;
    bool wrong; /* no byte, or more than there was room */
};

/* Read on, at most `most` bytes in all, `room` at a time. */
static void drain(struct native_http_source *source, size_t room, size_t most,
                  struct result *result)
{
    struct guard guard = guard_new(room);

    memset(result, 0, sizeof(*result));
    while (result->len < most) {
        size_t want = most - result->len < room ? most - result->len : room, got = 77;

        result->status = source->read(source, guard_end(&guard, want), want, &got);
        if (result->status == NATIVE_HTTP_SOURCE_PAUSED && result->pauses++ < 10000) {
            continue;
        }
        if (result->status != NATIVE_HTTP_SOURCE_BYTES) {
            result->wrong |= got != 0;
            break;
        }
        if (got == 0 || got > want || result->len + got > sizeof(result->text)) {
            result->wrong = true;
            break;
        }
        memcpy(result->text + result->len, guard_end(&guard, want), got);
        result->len += got;
    }
    munmap(guard.start, guard.room + (size_t)sysconf(_SC_PAGESIZE));
}

static bool all(struct native_http_source *source, size_t room, const char *want)
{
    struct result result;

    drain(source, room, SIZE_MAX, &result);
    return !result.wrong && result.status == NATIVE_HTTP_SOURCE_END && result.len == strlen(want) &&
           memcmp(result.text, want, result.len) == 0;
}

static void bytes(void)
{
    struct native_http_source_bytes source;
    struct result result;

    native_http_source_bytes_init(&source, "hello", 5);
    for (size_t room = 1; room < 8; room++) {
        check(all(&source.source, room, "hello"), "%zu at a time", room);
        check(all(&source.source, room, ""), "the end is no end");
        check(source.source.rewind(&source.source), "no rewind");
        drain(&source.source, 2, 3, &result);
        check(source.source.rewind(&source.source), "no rewind");
    }
    ok(source.source.size == 5 && all(&source.source, 100, "hello"), "bytes");
    native_http_source_bytes_init(&source, NULL, 0);
    ok(source.source.size == 0 && all(&source.source, 1, ""), "no bytes");
}

/* ---- descriptors ---- */

static int file_of(const char *text)
{
    int fd = memfd_create("body", MFD_CLOEXEC);

    if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) ||
        lseek(fd, 0, SEEK_SET) != 0) {
        perror("memfd");
        exit(2);
    }
    return fd;
}

static void files(void)
{
    struct native_http_source_fd source;
    struct result result;
    int fd = file_of("0123456789");

    native_http_source_fd_init(&source, fd);
    for (size_t room = 1; room < 12; room++) {
        check(all(&source.source, room, "0123456789"), "%zu at a time", room);
        check(source.source.rewind(&source.source), "no rewind");
    }
    ok(source.source.size == 10 && lseek(fd, 0, SEEK_CUR) == 0,
       "a file, whose own position stays where it is");
    lseek(fd, 4, SEEK_SET);
    native_http_source_fd_init(&source, fd);
    check(source.source.size == 6 && all(&source.source, 4, "456789"), "not from there on");
    ok(source.source.rewind(&source.source) && all(&source.source, 4, "456789"),
       "from where it is, also when it is rewound");
    lseek(fd, 20, SEEK_SET);
    native_http_source_fd_init(&source, fd);
    ok(source.source.size == 0 && all(&source.source, 4, ""), "from behind its end: nothing");

    lseek(fd, 0, SEEK_SET);
    native_http_source_fd_init(&source, fd);
    drain(&source.source, 2, 2, &result);
    check(pwrite(fd, "more", 4, 10) == 4, "cannot write");
    ok(all(&source.source, 3, "23456789"), "what is added meanwhile is not sent");
    source.source.rewind(&source.source);
    check(ftruncate(fd, 5) == 0, "cannot cut");
    drain(&source.source, 2, SIZE_MAX, &result);
    ok(result.status == NATIVE_HTTP_SOURCE_FAILED && result.len == 5 && source.error == 0,
       "a file that got shorter is a failure, not an end");
    close(fd);
    source.source.rewind(&source.source);
    drain(&source.source, 2, SIZE_MAX, &result);
    ok(result.status == NATIVE_HTTP_SOURCE_FAILED && source.error == EBADF, "a closed one, too");

    fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    native_http_source_fd_init(&source, fd);
    drain(&source.source, 100, 300, &result);
    ok(source.source.size == NATIVE_HTTP_SIZE_UNKNOWN && result.len == 300 &&
           source.source.rewind(&source.source),
       "a file of the kernel's has bytes though its size is 0");
    close(fd);
    fd = file_of("");
    native_http_source_fd_init(&source, fd);
    ok(source.source.size == 0 && all(&source.source, 3, ""), "an empty file is empty");
    close(fd);
}

static void pipes(void)
{
    struct native_http_source_fd source;
    struct result result;
    int ends[2];
    size_t got;
    char byte;

    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
        exit(2);
    }
    native_http_source_fd_init(&source, ends[0]);
    check(source.source.size == NATIVE_HTTP_SIZE_UNKNOWN && !source.source.rewind, "a file?");
    ok(source.source.read(&source.source, &byte, 1, &got) == NATIVE_HTTP_SOURCE_PAUSED && got == 0,
       "a pipe with nothing in it pauses");
    check(write(ends[1], "abc", 3) == 3, "cannot write");
    drain(&source.source, 2, 3, &result);
    ok(result.len == 3 && !memcmp(result.text, "abc", 3), "then there are bytes");
    close(ends[1]);
    ok(all(&source.source, 2, ""), "and an end");
    close(ends[0]);
}

/* ---- forms ---- */

/* A content with a will of its own. */
struct moody {
    struct native_http_source source;
    const char *text;
    size_t at;
    unsigned calls;
    unsigned pause_every;                  /* 0: never */
    enum native_http_source_status at_end; /* what it says there */
};

static enum native_http_source_status moody_read(struct native_http_source *base, void *out,
                                                 size_t room, size_t *got)
{
    struct moody *moody = (struct moody *)base;
    size_t left = strlen(moody->text) - moody->at;

    *got = 0;
    if (moody->pause_every && ++moody->calls % moody->pause_every == 0) {
        return NATIVE_HTTP_SOURCE_PAUSED;
    }
    if (left == 0) {
        return moody->at_end;
    }
    *got = left < room ? left : room;
    *got = *got > 3 ? 3 : *got;
    memcpy(out, moody->text + moody->at, *got);
    moody->at += *got;
    return NATIVE_HTTP_SOURCE_BYTES;
}

static bool moody_rewind(struct native_http_source *base)
{
    ((struct moody *)base)->at = 0;
    return true;
}

static struct moody moody_of(const char *text, enum native_http_source_status at_end)
{
    return (struct moody){
        {moody_read, moody_rewind, NATIVE_HTTP_SIZE_UNKNOWN}, text, 0, 0, 0, at_end};
}

#define HEAD(name) "Content-Disposition: form-data; name=\"" name "\""

static const char want[] = "--xx\r\n" HEAD("a") "\r\n\r\nvalue\r\n--xx\r\n" HEAD(
    "f") "; filename=\"f.txt\"\r\nContent-Type: "
         "text/plain\r\n\r\n0123456789\r\n--xx\r\n" HEAD("e") "\r\n\r\n\r\n--"
                                                              "xx\r\n" HEAD("s") "\r\n"
                                                                                 "\r\ns"
                                                                                 "tream"
                                                                                 "ed "
                                                                                 "text"
                                                                                 "\r\n-"
                                                                                 "-xx--"
                                                                                 "\r\n";

struct form {
    struct native_http_source_bytes value;
    struct native_http_source_fd file;
    struct moody moody;
    struct native_http_multipart_part parts[4];
    struct native_http_source *contents[4];
    struct native_http_source_multipart source;
    int fd;
};

static void form_make(struct form *form, uint64_t streamed)
{
    static const struct native_http_multipart_part none = NATIVE_HTTP_MULTIPART_PART_INIT;
    struct native_http_fault fault;
    size_t part;

    form->fd = file_of("0123456789");
    native_http_source_bytes_init(&form->value, "value", 5);
    native_http_source_fd_init(&form->file, form->fd);
    form->moody = moody_of("streamed text", NATIVE_HTTP_SOURCE_END);
    for (int i = 0; i < 4; i++) {
        form->parts[i] = none;
        form->parts[i].name = (struct native_http_span){&"afes"[i], 1};
    }
    form->parts[0].size = 5;
    form->parts[1].size = 10;
    form->parts[1].filename = NATIVE_HTTP_SPAN("f.txt");
    form->parts[1].content_type = NATIVE_HTTP_SPAN("text/plain");
    form->parts[3].size = streamed;
    form->contents[0] = &form->value.source;
    form->contents[1] = &form->file.source;
    form->contents[2] = NULL;
    form->contents[3] = &form->moody.source;
    check(native_http_source_multipart_init(&form->source, form->parts, form->contents, 4,
                                            NATIVE_HTTP_SPAN("xx"), &part,
                                            &fault) == NATIVE_HTTP_OK,
          "no form");
}

static void form_end(struct form *form)
{
    native_http_source_multipart_end(&form->source);
    close(form->fd);
}

static void forms(void)
{
    struct native_http_source *source;
    struct form form;
    struct result result;

    form_make(&form, NATIVE_HTTP_SIZE_UNKNOWN);
    source = &form.source.source;
    check(source->size == NATIVE_HTTP_SIZE_UNKNOWN, "a size");
    for (size_t room = 1; room < sizeof(want) + 2; room++) {
        form.moody.pause_every = (unsigned)room % 4; /* 1: it pauses for ever */
        form.moody.pause_every += form.moody.pause_every == 1;
        check(all(source, room, want), "%zu at a time", room);
        check(all(source, room, ""), "%zu at a time: goes on after the end", room);
        check(source->rewind(source), "no rewind");
    }
    end_test("a form, in every size of read, with a content that pauses");
    form.moody.pause_every = 0;
    for (size_t most = 0; most < sizeof(want); most++) {
        drain(source, 5, most, &result);
        check(!result.wrong && result.len == most && !memcmp(result.text, want, most),
              "%zu bytes before it", most);
        check(source->rewind(source) && all(source, 64, want), "after %zu bytes", most);
        check(source->rewind(source), "no rewind");
    }
    end_test("rewound after every byte");
    form_end(&form);

    form_make(&form, 13);
    ok(form.source.source.size == sizeof(want) - 1 && all(&form.source.source, 4096, want),
       "its size is known when those of its parts are");
    form_end(&form);

    form_make(&form, NATIVE_HTTP_SIZE_UNKNOWN);
    form.moody.source.rewind = NULL;
    drain(&form.source.source, 10, 200, &result);
    check(form.source.source.rewind(&form.source.source), "no rewind");
    drain(&form.source.source, 100, SIZE_MAX, &result);
    ok(!form.source.source.rewind(&form.source.source),
       "a content that cannot be rewound matters only once it was begun");
    form_end(&form);
}

static void wrong_sizes(void)
{
    struct form form;
    struct result result;

    form_make(&form, 14);
    drain(&form.source.source, 50, SIZE_MAX, &result);
    check(result.status == NATIVE_HTTP_SOURCE_FAILED, "status %d", result.status);
    drain(&form.source.source, 50, SIZE_MAX, &result);
    ok(result.status == NATIVE_HTTP_SOURCE_FAILED && result.len == 0,
       "a content that is shorter than it said is a failure, which stays");
    form_end(&form);

    form_make(&form, 8);
    drain(&form.source.source, 50, SIZE_MAX, &result);
    ok(result.status == NATIVE_HTTP_SOURCE_END && result.len == form.source.source.size &&
           !memcmp(result.text + result.len - 18, "streamed\r\n--xx--\r\n", 18),
       "of one that is longer only what it said goes out");
    form_end(&form);

    form_make(&form, 13);
    form.contents[3] = NULL;
    drain(&form.source.source, 50, SIZE_MAX, &result);
    ok(result.status == NATIVE_HTTP_SOURCE_FAILED, "one that is not there is a failure");
    form_end(&form);

    for (int status = NATIVE_HTTP_SOURCE_FAILED; status <= NATIVE_HTTP_SOURCE_ABORT; status++) {
        form_make(&form, NATIVE_HTTP_SIZE_UNKNOWN);
        form.moody.at_end = (enum native_http_source_status)status;
        drain(&form.source.source, 4096, SIZE_MAX, &result);
        ok(result.status == (enum native_http_source_status)status && result.len > 13 &&
               !memcmp(result.text + result.len - 13, "streamed text", 13),
           "%s", status == NATIVE_HTTP_SOURCE_ABORT ? "one that aborts" : "one that fails");
        form_end(&form);
    }

    form_make(&form, NATIVE_HTTP_SIZE_UNKNOWN);
    form.moody.at_end = NATIVE_HTTP_SOURCE_BYTES; /* no bytes, for ever */
    drain(&form.source.source, 4096, SIZE_MAX, &result);
    ok(result.status == NATIVE_HTTP_SOURCE_FAILED, "one that gives nothing and says bytes");
    form_end(&form);
}

static void names(void)
{
    static char name[2001];
    struct native_http_multipart_part part = NATIVE_HTTP_MULTIPART_PART_INIT;
    struct native_http_source *content = NULL;
    struct native_http_source_multipart source;
    struct native_http_fault fault;
    struct result result;
    size_t number;

    memset(name, '"', 700);
    part.name = (struct native_http_span){name, 700};
    native_http_source_multipart_init(&source, &part, &content, 1, NATIVE_HTTP_SPAN("b"), &number,
                                      &fault);
    drain(&source.source, 100, SIZE_MAX, &result);
    ok(result.status == NATIVE_HTTP_SOURCE_END && result.len == source.source.size &&
           result.len > 2100,
       "a name of 700 quotation marks");
    if (!malloc_can_fail()) {
        printf("ok %d - memory # SKIP cannot be made to fail here\n", ++tap_tests);
    } else {
        source.source.rewind(&source.source);
        countdown = 1;
        drain(&source.source, 100, SIZE_MAX, &result);
        countdown = 0;
        ok(result.status == NATIVE_HTTP_SOURCE_FAILED && result.len == 0,
           "without memory for it: a failure");
    }
    native_http_source_multipart_end(&source);

    ok(native_http_source_multipart_init(&source, &part, &content, 1, NATIVE_HTTP_SPAN("a b"),
                                         &number, &fault) == NATIVE_HTTP_MALFORMED &&
           fault.reason == NATIVE_HTTP_FAULT_BOUNDARY,
       "a bad boundary");
    native_http_source_multipart_end(&source);
    native_http_source_multipart_init(&source, NULL, NULL, 0, NATIVE_HTTP_SPAN("b"), &number,
                                      &fault);
    ok(all(&source.source, 3, "--b--\r\n"), "a form without parts");
    native_http_source_multipart_end(&source);
}

int main(void)
{
    bytes();
    files();
    pipes();
    forms();
    wrong_sizes();
    names();
    return done();
}
