/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_netrc_fuzz.c - host, line feed, user, line feed, and any bytes as the text of a .netrc. What is found
 * stands in the text; blanks and comments at its ends, another case of the host and a file instead of the text change nothing; each
 * user that is found is found again when asked for; and the whole file is read as an independent reader of words does. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#include "http/netrc.h"
#include "require.h"

struct answer {
    enum native_http_netrc found;
    struct native_http_buffer user, password;
};

static struct answer ask(struct native_http_span text, const char *file,
                         struct native_http_span host, struct native_http_span user)
{
    struct answer answer = {NATIVE_HTTP_NETRC_NONE, {NULL, 0, 0}, {NULL, 0, 0}};

    REQUIRE(native_http_text_add(&answer.user, user));
    answer.found = file ? native_http_netrc_find(file, host, &answer.user, &answer.password)
                        : native_http_netrc_look(text, host, &answer.user, &answer.password);
    REQUIRE(answer.found != NATIVE_HTTP_NETRC_NO_MEMORY);
    if (answer.found != NATIVE_HTTP_NETRC_FOUND)
        REQUIRE(!answer.user.at && !answer.password.at);
    else
        REQUIRE(answer.user.at || answer.password.at);
    return answer;
}

static void drop(struct answer *answer)
{
    native_http_text_free(&answer->user, true);
    native_http_text_free(&answer->password, true);
}

static bool same(const struct native_http_buffer *a, const struct native_http_buffer *b)
{
    return !a->at == !b->at &&
           native_http_span_is(native_http_text_span(a), native_http_text_span(b));
}

static void require_same(const struct answer *a, struct answer b)
{
    REQUIRE(a->found == b.found && same(&a->user, &b.user) && same(&a->password, &b.password));
    drop(&b);
}

/* Without quotation marks a word stands there as it is, behind its keyword. */
static void require_stands(struct native_http_span text, const struct native_http_buffer *word)
{
    if (word->at && word->len > 0 && !memchr(text.at, '"', text.len))
        REQUIRE(memmem(text.at, text.len, word->at, word->len));
}

/* ---- another reader: the words first, then what they say ---- */

enum { WORDS = 4096 };

struct word {
    char *at;
    size_t len;
    size_t end; /* behind it in the text */
};

static bool is(const struct word *word, const char *text)
{
    return word->len == strlen(text) && strncasecmp(word->at, text, word->len) == 0;
}

static const char *skip(const char *at, const char *end)
{
    while (at < end && (strchr(" \t\r\n#", *at) && *at)) {
        const char *line = *at == '#' ? memchr(at, '\n', (size_t)(end - at)) : at + 1;
        at = line ? line : end;
    }
    return at;
}

/* Returns whether there is a word; *at goes behind it, `word` has what it stands for. */
static bool read_word(const char **at, const char *end, struct word *word, bool *bad)
{
    bool quoted;

    word->len = 0;
    *at = skip(*at, end);
    if (*at == end)
        return false;
    quoted = **at == '"';
    *at += quoted;
    for (; *at < end; ++*at) {
        char c = **at;
        if (quoted ? c == '"' : c && strchr(" \t\r\n", c) != NULL)
            break;
        if (quoted && c == '\\' && *at + 1 < end) {
            c = *++*at;
            *bad = *bad || c == '\n';
            c = (char)(c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c);
        } else if (quoted && c == '\n') {
            *bad = true;
        }
        if (*bad)
            return false;
        word->at[word->len++] = c;
    }
    *bad = quoted && *at == end;
    *at += quoted && !*bad;
    return !*bad;
}

static const char *skip_macro(const char *at, const char *end)
{
    for (const char *c = at; c < end; c++) {
        if (*c != '\n')
            continue;
        if (c + 1 < end && c[1] == '\n')
            return c + 2;
        if (c + 2 < end && c[1] == '\r' && c[2] == '\n')
            return c + 3;
    }
    return end;
}

struct reader {
    const char *at, *end;
    struct word word;
    bool bad;
};

/* What the text says, by an own reader. Entries: the words up to the next begin. */
static enum native_http_netrc expect(struct native_http_span text, struct native_http_span host,
                                     struct native_http_span user, struct answer *want)
{
    struct reader r = {text.at, text.at + text.len, {malloc(text.len + 1), 0, 0}, false};
    bool in_entry = false, ours = false, done = false;
    struct native_http_buffer *into = NULL;
    int value = 0; /* 1: the next word is one, 2: it is a host's name */

    for (;;) {
        bool there = read_word(&r.at, r.end, &r.word, &r.bad);
        bool begins = there && !value &&
                      (is(&r.word, "machine") || is(&r.word, "default") || is(&r.word, "macdef"));
        /* An entry ends where both are known, where another one begins, and at the end. */
        if (!value && in_entry && !done &&
            ((want->user.at && want->password.at) || begins || (!there && !r.bad))) {
            done = true;
            if (ours && (want->user.at || want->password.at) &&
                (user.len == 0 || !want->user.at ||
                 native_http_span_is(native_http_text_span(&want->user), user))) {
                free(r.word.at);
                if (!want->user.at && user.len > 0)
                    REQUIRE(native_http_text_add(&want->user, user));
                return NATIVE_HTTP_NETRC_FOUND;
            }
        }
        if (!there) {
            free(r.word.at);
            if (r.bad)
                return NATIVE_HTTP_NETRC_MALFORMED;
            if (value == 1 && in_entry && !done) { /* a keyword without its value */
                bool fits = ours && (want->user.at || want->password.at) &&
                            (user.len == 0 || !want->user.at ||
                             native_http_span_is(native_http_text_span(&want->user), user));
                if (fits && !want->user.at && user.len > 0)
                    REQUIRE(native_http_text_add(&want->user, user));
                return fits ? NATIVE_HTTP_NETRC_FOUND : NATIVE_HTTP_NETRC_NONE;
            }
            return NATIVE_HTTP_NETRC_NONE;
        }
        if (value) {
            if (value == 2) {
                ours = r.word.len == host.len && strncasecmp(r.word.at, host.at, host.len) == 0 &&
                       host.len == r.word.len;
                in_entry = true;
                done = false;
            } else if (into && !done) {
                native_http_text_free(into, true);
                REQUIRE(
                    native_http_text_reserve(into, 1) &&
                    native_http_text_add(into, (struct native_http_span){r.word.at, r.word.len}));
            }
            value = 0;
            continue;
        }
        into = is(&r.word, "login")      ? &want->user
               : is(&r.word, "password") ? &want->password
                                         : NULL;
        value = into || is(&r.word, "account") ? 1 : is(&r.word, "machine") ? 2 : 0;
        if (begins) {
            native_http_text_free(&want->user, true);
            native_http_text_free(&want->password, true);
            in_entry = ours = is(&r.word, "default");
            done = false;
        } else if (value == 1 && in_entry && !done && into) {
            native_http_text_free(into, true);
        }
        if (is(&r.word, "macdef"))
            r.at = skip_macro(r.at, r.end);
    }
}

static void require_expected(const struct answer *got, struct native_http_span text,
                             struct native_http_span host, struct native_http_span user)
{
    struct answer want = {NATIVE_HTTP_NETRC_NONE, {NULL, 0, 0}, {NULL, 0, 0}};

    if (memchr(host.at, '\0', host.len) || memchr(text.at, '\0', text.len))
        return; /* strncasecmp() ends there */
    want.found = expect(text, host, user, &want);
    REQUIRE(want.found == got->found);
    if (want.found == NATIVE_HTTP_NETRC_FOUND)
        REQUIRE(same(&want.user, &got->user) && same(&want.password, &got->password));
    drop(&want);
}

/* ---- */

static struct native_http_span take_line(const uint8_t **data, size_t *size)
{
    const uint8_t *end = *size ? memchr(*data, '\n', *size) : NULL;
    struct native_http_span line = {(const char *)*data, end ? (size_t)(end - *data) : *size};

    *data += line.len + (end ? 1 : 0);
    *size -= line.len + (end ? 1 : 0);
    return line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char head[] = " \t\r\n# machine a login b\n", tail[] = " \n#";
    static int file = -1;
    static char path[40];
    struct native_http_span host = take_line(&data, &size), user = take_line(&data, &size);
    struct native_http_span none = {"", 0}, text, framed;
    struct native_http_buffer room = {NULL, 0, 0};
    char *exact = malloc(size + !size), other[256];
    struct answer answer;

    if (file < 0) {
        file = memfd_create("netrc", MFD_CLOEXEC);
        snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
    }
    if (size)
        memcpy(exact, data, size);
    text = (struct native_http_span){exact, size}; /* ends where the text does */
    answer = ask(text, NULL, host, user);
    require_same(&answer, ask(text, NULL, host, user));
    require_expected(&answer, text, host, user);
    if (host.len < sizeof(other)) {
        for (size_t i = 0; i < host.len; i++) {
            bool letter = (host.at[i] | 0x20) >= 'a' && (host.at[i] | 0x20) <= 'z';
            other[i] = (char)(letter ? host.at[i] ^ 0x20 : host.at[i]);
        }
        require_same(&answer, ask(text, NULL, (struct native_http_span){other, host.len}, user));
    }
    REQUIRE(native_http_text_add(&room, (struct native_http_span){head, sizeof(head) - 1}) &&
            native_http_text_add(&room, text));
    framed = native_http_text_span(&room);
    require_same(&answer, ask(framed, NULL, host, user));
    if (answer.found != NATIVE_HTTP_NETRC_MALFORMED && !memchr(text.at, '"', text.len)) {
        REQUIRE(native_http_text_add(&room, (struct native_http_span){tail, sizeof(tail) - 1}));
        require_same(&answer, ask(native_http_text_span(&room), NULL, host, user));
    }
    REQUIRE(ftruncate(file, 0) == 0 && pwrite(file, text.at, text.len, 0) == (ssize_t)text.len);
    require_same(&answer, ask(text, path, host, user));
    if (answer.found == NATIVE_HTTP_NETRC_FOUND) {
        require_stands(text, &answer.password);
        if (user.len > 0)
            REQUIRE(native_http_span_is(native_http_text_span(&answer.user), user));
        else
            require_stands(text, &answer.user);
        if (user.len == 0 && answer.user.len > 0)
            require_same(&answer, ask(text, NULL, host, native_http_text_span(&answer.user)));
    } else if (answer.found == NATIVE_HTTP_NETRC_NONE && user.len == 0) {
        /* Nobody is found, and so is nobody of a name. */
        require_same(&answer, ask(text, NULL, host, NATIVE_HTTP_SPAN("me")));
    }
    drop(&answer);
    answer = ask(none, NULL, host, user);
    REQUIRE(answer.found == NATIVE_HTTP_NETRC_NONE);
    native_http_text_free(&room, true);
    free(exact);
    return 0;
}
