/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* cookies_file.h - files of cookies in Netscape's format, as curl and wget write them, and single lines.
 * Shape: three comment lines, an empty one, one line a cookie (wire/cookie_jar_line.h). Files may also hold lines
 *        "Set-Cookie: name=value; domain=example.org; ...", as a saved head of a response does.
 * Allocates: with malloc. Blocks: on the file system. Threads: as the store. */
#ifndef NATIVE_HTTP_COOKIES_FILE_H
#define NATIVE_HTTP_COOKIES_FILE_H

#include "cookies.h"

/* How a file is read. */
struct native_http_cookies_file {
    bool drop_session;  /* leave out those that end with the session */
    uint64_t bytes_max; /* what is behind is left out */
    size_t line_max;    /* a longer one is a bad one */
    /* filled in: */
    size_t taken;
    size_t bad;      /* lines that hold no usable cookie; they are skipped */
    size_t bad_line; /* number of the first, from 1; 0: none */
    bool cut;        /* there was more than bytes_max */
};
#define NATIVE_HTTP_COOKIES_FILE_INIT                                                              \
    {                                                                                              \
        false, 64 * 1024 * 1024, 16 * 1024, 0, 0, 0, false                                         \
    }

/* Take the cookies of a file, or of what a descriptor still has to say. `how` may be NULL.
 * Returns 0, or errno (ENOENT, EISDIR, ENOMEM ...); what was read until then is kept. */
int native_http_cookies_read(struct native_http_cookies *cookies, const char *path, int64_t now,
                             struct native_http_cookies_file *how);
int native_http_cookies_read_fd(struct native_http_cookies *cookies, int fd, int64_t now,
                                struct native_http_cookies_file *how);

/* Write all that have not expired, oldest first unless the limits say otherwise. A file is written beside the old one, mode 0600, and takes its place
 * when it is whole; what is no regular file (a device, a pipe) is written as it is.
 * Returns 0, or errno; then the old file is as it was, and nothing is left beside it. */
int native_http_cookies_write(const struct native_http_cookies *cookies, const char *path,
                              int64_t now);
int native_http_cookies_write_fd(const struct native_http_cookies *cookies, int fd, int64_t now);

/* Take one line: of a file, or "Set-Cookie: ..." with an attribute Domain. A comment or an empty line is NATIVE_HTTP_END.
 * Else returns as native_http_cookies_take(). */
enum native_http_status native_http_cookies_add_line(struct native_http_cookies *cookies,
                                                     struct native_http_span line, int64_t now,
                                                     struct native_http_fault *fault);

#endif
