/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* netrc.c - words, entries, and the file they come from. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "netrc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../net/clock.h"

enum { FILE_MAX = 16 * 1024 * 1024, WAIT_MS = 1000 };

/* ---- words ---- */

struct words {
    struct native_http_span text;
    size_t at;
    struct native_http_buffer word; /* the last one, its quotation marks undone */
    enum native_http_netrc status;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Blanks, and comments: a "#" where a word would begin. */
static void skip_blanks(struct words *words)
{
    while (words->at < words->text.len) {
        if (words->text.at[words->at] == '#')
            while (words->at < words->text.len && words->text.at[words->at] != '\n')
                words->at++;
        else if (is_blank(words->text.at[words->at]))
            words->at++;
        else
            return;
    }
}

static bool add(struct words *words, char c)
{
    if (native_http_text_add_wiping(&words->word, (struct native_http_span){&c, 1}))
        return true;
    words->status = NATIVE_HTTP_NETRC_NO_MEMORY;
    return false;
}

static char escaped(char c)
{
    return c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
}

/* The mark at its begin is passed. They end on their line. */
static bool take_quoted(struct words *words)
{
    while (words->at < words->text.len && words->text.at[words->at] != '\n') {
        char c = words->text.at[words->at++];
        if (c == '"')
            return true;
        if (c == '\\') {
            if (words->at == words->text.len || words->text.at[words->at] == '\n')
                break;
            c = escaped(words->text.at[words->at++]);
        }
        if (!add(words, c))
            return false;
    }
    words->status = NATIVE_HTTP_NETRC_MALFORMED;
    return false;
}

/* Returns whether there is another word. */
static bool next_word(struct words *words)
{
    skip_blanks(words);
    words->word.len = 0;
    if (words->at == words->text.len)
        return false;
    if (words->text.at[words->at] == '"') {
        words->at++;
        return take_quoted(words);
    }
    while (words->at < words->text.len && !is_blank(words->text.at[words->at]))
        if (!add(words, words->text.at[words->at++]))
            return false;
    return true;
}

static bool is(const struct words *words, struct native_http_span word)
{
    return native_http_span_is_nocase(native_http_text_span(&words->word), word);
}

/* A macro goes on to the next empty line. */
static void skip_macro(struct words *words)
{
    const char *at = words->text.at;
    size_t line = words->at;
    while (line < words->text.len) {
        const char *end = memchr(at + line, '\n', words->text.len - line);
        size_t next = end ? (size_t)(end - at) + 1 : words->text.len;
        if (line > words->at && (at[line] == '\n' || (at[line] == '\r' && next == line + 2))) {
            words->at = next;
            return;
        }
        line = next;
    }
    words->at = words->text.len;
}

/* ---- entries ---- */

/* Whether the entry that was read is for `user`: he is who it names, or it names nobody, or anybody will do. */
static bool fits(const struct native_http_buffer *user, const struct native_http_buffer *found)
{
    return user->len == 0 || !found->at ||
           native_http_span_is(native_http_text_span(user), native_http_text_span(found));
}

static bool is_begin(const struct words *words)
{
    return is(words, NATIVE_HTTP_SPAN("machine")) || is(words, NATIVE_HTTP_SPAN("default")) ||
           is(words, NATIVE_HTTP_SPAN("macdef"));
}

/* The next word, as the value of a keyword; with `at` NULL there was none. */
static void take_value(struct words *words, struct native_http_buffer *value)
{
    native_http_text_free(value, true);
    if (!next_word(words))
        return;
    *value = words->word;
    memset(&words->word, 0, sizeof(words->word));
    if (!value->at && !native_http_text_reserve(value, 1))
        words->status = NATIVE_HTTP_NETRC_NO_MEMORY;
}

/* Read an entry until both are known, or up to the word that begins another one, which stays to be read. */
static void read_entry(struct words *words, struct native_http_buffer *login,
                       struct native_http_buffer *password)
{
    size_t before = words->at;
    while (words->status == NATIVE_HTTP_NETRC_NONE && !(login->at && password->at) &&
           next_word(words)) {
        if (is_begin(words)) {
            words->at = before;
            return;
        }
        if (is(words, NATIVE_HTTP_SPAN("login")))
            take_value(words, login);
        else if (is(words, NATIVE_HTTP_SPAN("password")))
            take_value(words, password);
        else if (is(words, NATIVE_HTTP_SPAN("account")))
            (void)next_word(words);
        before = words->at;
    }
}

/* Whether it is the keyword of a value, which may be any word, "default" as well. */
static bool has_value(const struct words *words)
{
    return is(words, NATIVE_HTTP_SPAN("login")) || is(words, NATIVE_HTTP_SPAN("password")) ||
           is(words, NATIVE_HTTP_SPAN("account"));
}

/* Go to the next entry; what the last one says behind its login and password is passed over. Returns false: there is none; else
 * *ours tells whether it is for this host. */
static bool next_entry(struct words *words, struct native_http_span host, bool *ours)
{
    *ours = false;
    while (next_word(words)) {
        if (is(words, NATIVE_HTTP_SPAN("macdef"))) {
            skip_macro(words);
        } else if (is(words, NATIVE_HTTP_SPAN("default"))) {
            *ours = true;
            return true;
        } else if (is(words, NATIVE_HTTP_SPAN("machine"))) {
            *ours = next_word(words) && is(words, host);
            return words->status == NATIVE_HTTP_NETRC_NONE;
        } else if (has_value(words)) {
            (void)next_word(words);
        }
    }
    return false;
}

enum native_http_netrc native_http_netrc_look(struct native_http_span text,
                                              struct native_http_span host,
                                              struct native_http_buffer *user,
                                              struct native_http_buffer *password)
{
    struct words words = {.text = text, .status = NATIVE_HTTP_NETRC_NONE};
    struct native_http_buffer login = {NULL, 0, 0};
    bool ours, found = false;
    while (!found && words.status == NATIVE_HTTP_NETRC_NONE && next_entry(&words, host, &ours)) {
        native_http_text_free(&login, true);
        native_http_text_free(password, true);
        read_entry(&words, &login, password);
        found = words.status == NATIVE_HTTP_NETRC_NONE && ours && (login.at || password->at) &&
                fits(user, &login);
    }
    native_http_text_free(&words.word, true);
    if (!found)
        native_http_text_free(password, true);
    if (!found || login.at || user->len == 0)
        native_http_text_free(user, true); /* else it is the one who was asked for */
    if (found && login.at)
        *user = login;
    else
        native_http_text_free(&login, true);
    return found ? NATIVE_HTTP_NETRC_FOUND : words.status;
}

/* ---- the file ---- */

/* Returns FOUND with all of the file; NONE: it cannot be read. What is there of a file that was not read to its end is of
 * no use: it may end inside a password. */
static enum native_http_netrc read_all(int fd, struct native_http_buffer *text)
{
    struct stat about;
    struct pollfd wait = {fd, POLLIN, 0};
    int64_t end = native_net_clock_ms() + WAIT_MS, left;
    size_t room = 4096;
    if (fstat(fd, &about) == 0 && about.st_size > 0 && about.st_size < FILE_MAX)
        room = (size_t)about.st_size + 1; /* at once: one more read says that this is the end */
    while (text->len <= FILE_MAX) {
        ssize_t got;
        if (!native_http_text_reserve_wiping(text, room))
            return NATIVE_HTTP_NETRC_NO_MEMORY;
        got = read(fd, text->at + text->len, text->size - text->len);
        if (got == 0)
            return NATIVE_HTTP_NETRC_FOUND;
        if (got > 0)
            text->len += (size_t)got;
        else if (errno != EAGAIN && errno != EINTR)
            return NATIVE_HTTP_NETRC_NONE;
        left = end - native_net_clock_ms();
        /* A pipe or a terminal: who writes into it gets some time. */
        if (got < 0 && (left <= 0 || poll(&wait, 1, (int)left) == 0))
            return NATIVE_HTTP_NETRC_NONE;
        room = 1;
    }
    return NATIVE_HTTP_NETRC_MALFORMED;
}

enum native_http_netrc native_http_netrc_find(const char *path, struct native_http_span host,
                                              struct native_http_buffer *user,
                                              struct native_http_buffer *password)
{
    struct native_http_buffer text = {NULL, 0, 0};
    enum native_http_netrc found = NATIVE_HTTP_NETRC_NONE;
    /* Else a pipe that nobody writes into would stop it here, and a terminal could become the process's own. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd >= 0) {
        found = read_all(fd, &text);
        close(fd);
    }
    if (found == NATIVE_HTTP_NETRC_FOUND) {
        found = native_http_netrc_look(native_http_text_span(&text), host, user, password);
    } else {
        native_http_text_free(user, true);
        native_http_text_free(password, true);
    }
    native_http_text_free(&text, true);
    return found;
}

char *native_http_netrc_home(void)
{
    const char *home = getenv("HOME");
    char room[4096];
    struct passwd entry, *found = NULL;
    size_t size;
    char *path;
    if (!home && getpwuid_r(geteuid(), &entry, room, sizeof(room), &found) == 0 && found)
        home = found->pw_dir;
    if (!home)
        return NULL;
    size = strlen(home) + sizeof("/.netrc");
    path = malloc(size);
    if (path) {
        memcpy(path, home, strlen(home));
        memcpy(path + strlen(home), "/.netrc", sizeof("/.netrc"));
    }
    return path;
}
