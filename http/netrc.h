/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* netrc.h - logins out of a file, as ftp has them in ~/.netrc.
 *
 *     machine example.org login me password "two words"      # one, or over several lines
 *     default login anybody password none                     all other hosts
 *     macdef name                                             up to the next empty line: passed over
 *
 * Shape: words between blanks; in quotation marks a backslash stands before a mark, or makes n, r or t of a letter. Names of
 *        hosts and the keywords have no case.
 * Allocates: with malloc; it is wiped when it is freed. Blocks: on the file system; up to a second at a pipe that
 *            does not end. Threads: no state. */
#ifndef NATIVE_HTTP_NETRC_H
#define NATIVE_HTTP_NETRC_H

#include "text.h"

enum native_http_netrc {
    NATIVE_HTTP_NETRC_FOUND,
    NATIVE_HTTP_NETRC_NONE,      /* no file that can be read, or nothing for this host in it */
    NATIVE_HTTP_NETRC_MALFORMED, /* quotation marks that do not end, or more than 16 MB */
    NATIVE_HTTP_NETRC_NO_MEMORY
};

/* Look up a host: the first entry for it, or the default one before that. `user` of some length: only an entry of that user, or one that
 * names none. On FOUND both are filled (`at` NULL: the entry does not say), for native_http_text_free(); else they are empty. */
enum native_http_netrc native_http_netrc_find(const char *path, struct native_http_span host,
                                              struct native_http_buffer *user,
                                              struct native_http_buffer *password);

/* The same in text. */
enum native_http_netrc native_http_netrc_look(struct native_http_span text,
                                              struct native_http_span host,
                                              struct native_http_buffer *user,
                                              struct native_http_buffer *password);

/* Returns the path of ~/.netrc, to be freed; NULL: there is no such place, or no memory. */
char *native_http_netrc_home(void);

#endif
