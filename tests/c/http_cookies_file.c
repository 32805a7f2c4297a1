/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_cookies_file.c - jar files read and written, single lines; what happens when the disk is full or memory is not
 * there. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "../../http/cookies_file.h"
#include "harness.h"
#include "support/no_memory.h"

enum { NOW = 1700000000 };

/* ---- files ---- */

static char folder[] = "/tmp/native-jar-XXXXXX";
static char path[100];

static const char *at(const char *name)
{
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static void write_file(const char *name, const char *text, size_t len)
{
    int fd = open(at(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

    if (fd < 0 || write(fd, text, len) != (ssize_t)len || close(fd) != 0) {
        perror(path);
        exit(2);
    }
}

static const char *read_file(const char *name)
{
    static char text[65536];
    int fd = open(at(name), O_RDONLY | O_CLOEXEC);
    ssize_t len = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

    if (fd >= 0) {
        close(fd);
    }
    text[len < 0 ? 0 : len] = '\0';
    return text;
}

static int files_there(void)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    int count = 0;

    while ((entry = readdir(dir))) {
        count += entry->d_name[0] != '.';
    }
    closedir(dir);
    return count;
}

/* All cookies of a store in short: "domain/path name=value;". */
static const char *in_short(const struct native_http_cookies *cookies)
{
    static char text[65536];
    struct native_http_buffer out = {text, sizeof(text) - 1, 0};
    const struct native_http_cookie *cookie = NULL;

    while ((cookie = native_http_cookies_next(cookies, cookie))) {
        if (!cookie->host_only) {
            NATIVE_HTTP_PUT(&out, ".");
        }
        native_http_buffer_put_span(&out, cookie->domain);
        native_http_buffer_put_span(&out, cookie->path);
        NATIVE_HTTP_PUT(&out, " ");
        native_http_cookie_put(&out, true, cookie);
        NATIVE_HTTP_PUT(&out, ";");
    }
    text[out.len] = '\0';
    return text;
}

/* ---- reading ---- */

static const char jar[] = "# Netscape HTTP Cookie File\n"
                          "\n"
                          "example.org\tFALSE\t/\tFALSE\t0\ta\t1\n"
                          ".example.org\tTRUE\t/p\tTRUE\t1800000000\tb\ttwo words\r\n"
                          "#HttpOnly_h.test\tFALSE\t/\tFALSE\t1800000000\tc\t\n"
                          "this is no cookie\n"
                          "h.test\tFALSE\t/\tFALSE\t1600000000\told\tgone\n"
                          "set-cookie: d=4; domain=x.test; path=/d; max-age=10\n"
                          "Set-Cookie: e=5\n"
                          "Set-Cookie: e=5; domain=x.test; domain=..\n"
                          "last.test\tFALSE\t/\tFALSE\t0\tz\tend";
static const char jar_in_short[] = "example.org/ a=1;.example.org/p b=two words;h.test/ c=;"
                                   ".x.test/d d=4;last.test/ z=end;";

static void reading(void)
{
    struct native_http_cookies *cookies = native_http_cookies_new();
    struct native_http_cookies_file how = NATIVE_HTTP_COOKIES_FILE_INIT;
    const struct native_http_cookie *cookie;

    write_file("jar", jar, sizeof(jar) - 1);
    check(native_http_cookies_read(cookies, at("jar"), NOW, &how) == 0, "not read");
    check(how.taken == 6 && how.bad == 3 && how.bad_line == 6 && !how.cut,
          "%zu taken, %zu bad, first %zu", how.taken, how.bad, how.bad_line);
    ok(!strcmp(in_short(cookies), jar_in_short), "a jar: %s", in_short(cookies));
    cookie = native_http_cookies_next(cookies, NULL);
    cookie = native_http_cookies_next(cookies, cookie);
    check(cookie->secure && cookie->expires == 1800000000 && !cookie->http_only, "b");
    cookie = native_http_cookies_next(cookies, cookie);
    ok(!cookie->secure && cookie->http_only && cookie->host_only, "with what is said about each");
    native_http_cookies_clear(cookies);

    how = (struct native_http_cookies_file)NATIVE_HTTP_COOKIES_FILE_INIT;
    how.drop_session = true;
    native_http_cookies_read(cookies, at("jar"), NOW, &how);
    ok(!strcmp(in_short(cookies), ".example.org/p b=two words;h.test/ c=;.x.test/d d=4;"),
       "those that end with the session can be left out");
    native_http_cookies_clear(cookies);

    check(native_http_cookies_read(cookies, at("jar"), NOW, NULL) == 0, "not read");
    native_http_cookies_read(cookies, at("jar"), NOW, NULL);
    ok(!strcmp(in_short(cookies), jar_in_short), "twice makes no difference");
    ok(native_http_cookies_read(cookies, at("none"), NOW, NULL) == ENOENT &&
           native_http_cookies_read(cookies, folder, NOW, NULL) == EISDIR &&
           native_http_cookies_count(cookies) == 5,
       "no file, or a folder, is an error");
    native_http_cookies_free(cookies);
}

/* Each size of the buffer: lines are cut everywhere, the longest one just fits. */
static void limits(void)
{
    struct native_http_cookies *cookies = native_http_cookies_new();
    struct native_http_cookies_file how;
    size_t longest = strlen(".example.org\tTRUE\t/p\tTRUE\t1800000000\tb\ttwo words");
    char text[300];

    for (size_t line = 51; line < 300; line++) { /* the longest line has 51 bytes */
        how = (struct native_http_cookies_file)NATIVE_HTTP_COOKIES_FILE_INIT;
        how.line_max = line;
        native_http_cookies_clear(cookies);
        native_http_cookies_read(cookies, at("jar"), NOW, &how);
        check(how.bad == 3 && !strcmp(in_short(cookies), jar_in_short), "%zu: %zu bad: %s", line,
              how.bad, in_short(cookies));
    }
    end_test("lines of any length that is allowed");
    for (size_t line = 0; line < 60; line++) {
        how = (struct native_http_cookies_file)NATIVE_HTTP_COOKIES_FILE_INIT;
        how.line_max = line;
        native_http_cookies_clear(cookies);
        check(native_http_cookies_read(cookies, at("jar"), NOW, &how) == 0, "%zu", line);
        check((strstr(in_short(cookies), "two words") != NULL) == (line >= longest), "%zu: %s",
              line, in_short(cookies));
        check((strstr(in_short(cookies), "z=end") != NULL) == (line >= 31), "%zu: %s", line,
              in_short(cookies));
    }
    end_test("a line that is too long is skipped, the next one is not");
    for (size_t most = 0; most < sizeof(jar); most++) {
        how = (struct native_http_cookies_file)NATIVE_HTTP_COOKIES_FILE_INIT;
        how.bytes_max = most;
        native_http_cookies_clear(cookies);
        native_http_cookies_read(cookies, at("jar"), NOW, &how);
        check(how.cut == (most < sizeof(jar) - 1) &&
                  !strncmp(in_short(cookies), jar_in_short, strlen(in_short(cookies))),
              "%zu bytes: %s", most, in_short(cookies));
    }
    end_test("what is behind the limit of bytes is left out, a line that is cut, too");
    memset(text, '\0', sizeof(text));
    write_file("zeros", text, sizeof(text));
    how = (struct native_http_cookies_file)NATIVE_HTTP_COOKIES_FILE_INIT;
    how.line_max = 10;
    native_http_cookies_clear(cookies);
    ok(native_http_cookies_read(cookies, at("zeros"), NOW, &how) == 0 && how.bad == 1 &&
           native_http_cookies_count(cookies) == 0,
       "zeros");
    native_http_cookies_free(cookies);
}

/* ---- lines ---- */

static void lines(void)
{
    static const struct {
        const char *line;
        enum native_http_status status;
        enum native_http_fault_reason reason;
    } rows[] = {
        {"h.test\tFALSE\t/\tFALSE\t0\ta\t1", NATIVE_HTTP_OK, NATIVE_HTTP_FAULT_NONE},
        {"Set-Cookie: b=2; domain=.H.test; secure; httponly\r\n", NATIVE_HTTP_OK,
         NATIVE_HTTP_FAULT_NONE},
        {"SET-COOKIE:c=3;domain=localhost", NATIVE_HTTP_OK, NATIVE_HTTP_FAULT_NONE},
        {"Set-Cookie: d=4", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_COOKIE_DOMAIN},
        {"Set-Cookie: ", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_COOKIE},
        {"Set-Cookie: __Host-e=4; domain=h.test", NATIVE_HTTP_MALFORMED,
         NATIVE_HTTP_FAULT_COOKIE_PREFIX},
        {"Set-Cookie: d=4; domain=h.\ttest", NATIVE_HTTP_MALFORMED,
         NATIVE_HTTP_FAULT_COOKIE_DOMAIN},
        {"Set-Cookie: d=4; domain=#h.test", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_COOKIE_DOMAIN},
        {"Set-Cookie: d=4; domain=..h.test", NATIVE_HTTP_MALFORMED,
         NATIVE_HTTP_FAULT_COOKIE_DOMAIN},
        {"Set-Cookie : d=4; domain=h.test", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_JAR_LINE},
        {"# a comment", NATIVE_HTTP_END, NATIVE_HTTP_FAULT_NONE},
        {"", NATIVE_HTTP_END, NATIVE_HTTP_FAULT_NONE},
        {"ALL", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_JAR_LINE},
    };
    struct native_http_cookies *cookies = native_http_cookies_new();

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t len = strlen(rows[i].line);
        struct guard guard = guard_new(len + 1);
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
        struct native_http_span line = {(char *)guard_place(&guard, rows[i].line, len), len};

        check(native_http_cookies_add_line(cookies, line, NOW, &fault) == rows[i].status &&
                  fault.reason == rows[i].reason,
              "row %zu: %s", i, native_http_fault_name(fault.reason));
        munmap(guard.start, guard.room + (size_t)sysconf(_SC_PAGESIZE));
    }
    ok(!strcmp(in_short(cookies), "h.test/ a=1;.h.test/ b=2;localhost/ c=3;"), "single lines: %s",
       in_short(cookies));
    native_http_cookies_free(cookies);
}

/* ---- writing ---- */

static const char written[] = "# Netscape HTTP Cookie File\n"
                              "# https://curl.se/docs/http-cookies.html\n"
                              "# This file was generated by libcurl! Edit at your own risk.\n"
                              "\n"
                              "example.org\tFALSE\t/\tFALSE\t0\ta\t1\n"
                              ".example.org\tTRUE\t/p\tTRUE\t1800000000\tb\ttwo words\n"
                              "#HttpOnly_h.test\tFALSE\t/\tFALSE\t1800000000\tc\t\n"
                              ".x.test\tTRUE\t/d\tFALSE\t1700000010\td\t4\n"
                              "last.test\tFALSE\t/\tFALSE\t0\tz\tend\n";

static void writing(void)
{
    struct native_http_cookies *cookies = native_http_cookies_new();
    struct stat stat_of;
    int there = files_there();
    mode_t mask = umask(0);

    native_http_cookies_read(cookies, at("jar"), NOW, NULL);
    check(native_http_cookies_write(cookies, at("new"), NOW) == 0, "not written");
    check(stat(at("new"), &stat_of) == 0 && (stat_of.st_mode & 07777) == 0600, "mode %o",
          stat_of.st_mode);
    ok(!strcmp(read_file("new"), written) && files_there() == there + 1, "a jar, mode 0600");
    umask(mask);
    native_http_cookies_clear(cookies);
    native_http_cookies_read(cookies, at("new"), NOW, NULL);
    ok(!strcmp(in_short(cookies), jar_in_short), "read back");
    check(native_http_cookies_write(cookies, at("jar"), NOW + 10) == 0, "not written");
    ok(!strstr(read_file("jar"), "x.test") && strstr(read_file("jar"), "z\tend") &&
           files_there() == there + 1,
       "it takes the old one's place; those that have expired are left out");

    check(symlink("new", at("link")) == 0, "no link");
    native_http_cookies_clear(cookies);
    check(native_http_cookies_write(cookies, at("link"), NOW) == 0, "not written");
    check(lstat(at("link"), &stat_of) == 0 && S_ISREG(stat_of.st_mode), "still a link");
    ok(!strcmp(read_file("new"), written) && strlen(read_file("link")) == 131,
       "a link is replaced, where it led is left alone");
    ok(native_http_cookies_write(cookies, "/dev/null", NOW) == 0 &&
           stat("/dev/null", &stat_of) == 0 && S_ISCHR(stat_of.st_mode),
       "a device is written to, and stays one");
    there = files_there();
    ok(native_http_cookies_write(cookies, at("none/jar"), NOW) == ENOENT &&
           native_http_cookies_write(cookies, folder, NOW) == EISDIR &&
           native_http_cookies_write(cookies, "/dev/full", NOW) == ENOSPC && files_there() == there,
       "no folder, a folder, a full disk: errors");
    native_http_cookies_free(cookies);
}

/* What curl 7.88 was seen to write and send; the same after it was read again. */
static void as_curl(void)
{
    static const char *const fields[] = {"a=1; path=/", "b=2; path=/", "c=3; path=/x",
                                         "longer=4; path=/", "e=5; path=/; max-age=1000"};
    struct native_http_cookies *cookies = native_http_cookies_new();
    struct native_http_cookie_origin origin = {NATIVE_HTTP_SPAN("127.0.0.1"), true,
                                               NATIVE_HTTP_SPAN("/x"), true, true};
    struct native_http_buffer out = {path, sizeof(path) - 1, 0};
    struct native_http_fault fault;

    native_http_cookies_limits(cookies)->newest_first = true;
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        native_http_cookies_take(cookies, (struct native_http_span){fields[i], strlen(fields[i])},
                                 &origin, NOW, &fault);
    }
    native_http_cookies_put(cookies, &origin, NOW, &out);
    path[out.len] = '\0';
    check(!strcmp(path, "c=3; longer=4; e=5; b=2; a=1"), "%s", path);
    native_http_cookies_write(cookies, at("curl"), NOW);
    native_http_cookies_clear(cookies);
    native_http_cookies_read(cookies, at("curl"), NOW, NULL);
    check(!strcmp(in_short(cookies), "127.0.0.1/ e=5;127.0.0.1/ longer=4;127.0.0.1/x c=3;"
                                     "127.0.0.1/ b=2;127.0.0.1/ a=1;"),
          "%s", in_short(cookies));
    out.len = 0;
    native_http_cookies_put(cookies, &origin, NOW, &out);
    path[out.len] = '\0';
    ok(!strcmp(path, "c=3; longer=4; a=1; b=2; e=5"), "in curl's order: %s", path);
    native_http_cookies_free(cookies);
}

/* No room for the whole: the old file stays, and nothing is left beside it. */
static void no_room(void)
{
    struct native_http_cookies *cookies = native_http_cookies_new();
    struct rlimit old, small = {20, 0};
    int there, error;

    native_http_cookies_read(cookies, at("new"), NOW, NULL);
    native_http_cookies_write(cookies, at("jar"), NOW);
    there = files_there();
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old);
    small.rlim_max = old.rlim_max;
    setrlimit(RLIMIT_FSIZE, &small);
    native_http_cookies_clear(cookies);
    error = native_http_cookies_write(cookies, at("jar"), NOW);
    setrlimit(RLIMIT_FSIZE, &old);
    ok(error == EFBIG && !strcmp(read_file("jar"), written) && files_there() == there,
       "a write that fails half way leaves the old file");
    native_http_cookies_free(cookies);
}

static void memory(void)
{
    bool last = false;
    int n = 1;

    for (; !last && n < 200; n++) {
        struct native_http_cookies *cookies;
        struct native_http_cookies_file how = NATIVE_HTTP_COOKIES_FILE_INIT;
        int error = ENOMEM;

        failures = 0;
        countdown = n;
        cookies = native_http_cookies_new();
        if (cookies) {
            error = native_http_cookies_read(cookies, at("new"), NOW, &how);
        }
        if (error == 0) {
            error = native_http_cookies_write(cookies, at("jar"), NOW);
        }
        countdown = 0;
        last = failures == 0;
        check(error == (last ? 0 : ENOMEM), "allocation %d: %d", n, error);
        check(!strcmp(read_file("jar"), written), "allocation %d: the file is spoiled", n);
        check(!cookies || !strncmp(in_short(cookies), jar_in_short, strlen(in_short(cookies))),
              "allocation %d: %s", n, in_short(cookies));
        native_http_cookies_free(cookies);
    }
    if (!malloc_can_fail()) {
        printf("ok %d - memory # SKIP cannot be made to fail here\n", ++tap_tests);
    } else {
        check(last && n > 10, "%d allocations", n);
        end_test("each of %d allocations fails once", n - 2);
    }
}

int main(void)
{
    char command[100];

    if (!mkdtemp(folder)) {
        perror(folder);
        return 2;
    }
    reading();
    limits();
    lines();
    writing();
    as_curl();
    no_room();
    memory();
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    ok(system(command) == 0, "cleaned up");
    return done();
}
