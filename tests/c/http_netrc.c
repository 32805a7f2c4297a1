/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_netrc.c - which login a file has for a host, and what is no such file. */
#include <fcntl.h>
#include <sys/stat.h>

#include "../../http/netrc.h"
#include "harness.h"
#include "support/no_memory.h"

static const struct {
    const char *text, *host, *user;
    const char
        *want; /* "user:password", "-" for what is not said; NULL: nothing found; "!": malformed */
} looks[] = {
    {"machine h login me password secret\n", "h", "", "me:secret"},
    {"machine h login me password secret", "h", "", "me:secret"},
    {"machine h\r\nlogin me\r\n\tpassword secret\r\n", "h", "", "me:secret"},
    {"MACHINE H LOGIN Me PASSWORD Secret\n", "h", "", "Me:Secret"},
    {"machine h password secret login me\n", "h", "", "me:secret"},
    {"machine h login me\n", "h", "", "me:-"},
    {"machine h password secret\n", "h", "", "-:secret"},
    {"machine h password secret\n", "h", "you", "you:secret"},
    {"machine h\nmachine h login me password secret\n", "h", "", "me:secret"},
    {"machine other login no password no machine h login me password secret", "h", "", "me:secret"},
    {"machine h login login password machine account default", "h", "", "login:machine"},
    {"machine h login me account password password secret", "h", "", "me:secret"},
    {"machine x login a password b account default login no password no machine h login me "
     "password "
     "secret",
     "h", "", "me:secret"},
    {"machine h login no password no account machine machine h login me password secret", "h", "me",
     "me:secret"},
    {"machine hh login me password secret", "h", "", NULL},
    {"machine h login me password secret machine h login you password other", "h", "you",
     "you:other"},
    {"machine h login me password secret", "h", "you", NULL},
    {"default login me password secret machine h login you password other", "h", "", "me:secret"},
    {"machine x login no default login me password secret", "h", "", "me:secret"},
    {"# machine h login no\nmachine h login me # password no\npassword s#cret#\n", "h", "",
     "me:s#cret#"},
    {"machine h login \"two words\" password \"q\\\"\\\\\\n\\t\\r\\x\"", "h", "",
     "two words:q\"\\\n\t\rx"},
    {"machine h login \"\" password \"\"", "h", "", ":"},
    {"macdef m\nmachine h login no password no\n\nmachine h login me password secret", "h", "",
     "me:secret"},
    {"macdef m\r\nmachine h login no password no\r\n\r\nmachine h login me password secret", "h",
     "", "me:secret"},
    {"macdef m\nmachine h login no password no", "h", "", NULL},
    {"machine h login me password \"no end\nmachine h", "h", "", "!"},
    {"machine h login me password \"no end\\", "h", "", "!"},
    {"machine \"no end", "h", "", "!"},
    {"machine h login me password secret \"no end", "h", "", "me:secret"},
    {"machine x login me password secret \"no end", "h", "", "!"},
    {"machine h login", "h", "", NULL},
    {"machine", "h", "", NULL},
    {"nonsense", "h", "", NULL},
    {"", "h", "", NULL},
};

static void put(char *out, const struct native_http_buffer *text)
{
    if (text->at)
        strncat(out, text->at, text->len);
    else
        strcat(out, "-");
}

static const char *result(enum native_http_netrc found, const struct native_http_buffer *user,
                          const struct native_http_buffer *password, char *out)
{
    *out = '\0';
    if (found == NATIVE_HTTP_NETRC_MALFORMED)
        return "!";
    if (found != NATIVE_HTTP_NETRC_FOUND)
        return NULL;
    put(out, user);
    strcat(out, ":");
    put(out, password);
    return out;
}

static struct native_http_span span_of(const char *text)
{
    return (struct native_http_span){text, strlen(text)};
}

static enum native_http_netrc look(size_t i, char *out, const char **got)
{
    struct native_http_buffer user = {NULL, 0, 0}, password = {NULL, 0, 0};
    struct guard guard = guard_new(strlen(looks[i].text) + 1);
    struct native_http_span text = {
        (const char *)guard_place(&guard, looks[i].text, strlen(looks[i].text)),
        strlen(looks[i].text)};
    enum native_http_netrc found = NATIVE_HTTP_NETRC_NO_MEMORY;

    if (!*looks[i].user || native_http_text_add(&user, span_of(looks[i].user)))
        found = native_http_netrc_look(text, span_of(looks[i].host), &user, &password);
    *got = result(found, &user, &password, out);
    check(found == NATIVE_HTTP_NETRC_FOUND ||
              (!password.at && (found == NATIVE_HTTP_NETRC_NO_MEMORY || !user.at)),
          "something is left");
    native_http_text_free(&user, true);
    native_http_text_free(&password, true);
    munmap(guard.start, guard.room + (size_t)sysconf(_SC_PAGESIZE));
    return found;
}

static void test_looks(void)
{
    for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
        char out[200];
        const char *got;

        look(i, out, &got);
        check(got && looks[i].want ? !strcmp(got, looks[i].want) : got == looks[i].want, "%zu: %s",
              i, got ? got : "nothing");
    }
    end_test("entries");
}

static void test_file(void)
{
    char path[] = "/tmp/native-netrc-XXXXXX", out[200];
    struct native_http_buffer user = {NULL, 0, 0}, password = {NULL, 0, 0};
    enum native_http_netrc found;
    int fd = mkstemp(path);

    check(fd >= 0 && write(fd, looks[0].text, strlen(looks[0].text)) > 0 && close(fd) == 0,
          "no file");
    found = native_http_netrc_find(path, span_of("h"), &user, &password);
    check(found == NATIVE_HTTP_NETRC_FOUND &&
              !strcmp(result(found, &user, &password, out), "me:secret"),
          "not found");
    native_http_text_free(&user, true);
    native_http_text_free(&password, true);
    unlink(path);
    check(native_http_netrc_find(path, span_of("h"), &user, &password) == NATIVE_HTTP_NETRC_NONE,
          "no file is nothing");
    check(native_http_netrc_find("/tmp", span_of("h"), &user, &password) == NATIVE_HTTP_NETRC_NONE,
          "nor is a folder");
    end_test("a file");
}

/* Returns the answer for "h", or what it was instead, as a text that is overwritten by the next call. */
static const char *ask(const char *path)
{
    static char out[200];
    struct native_http_buffer user = {NULL, 0, 0}, password = {NULL, 0, 0};
    enum native_http_netrc found = native_http_netrc_find(path, span_of("h"), &user, &password);
    const char *got = result(found, &user, &password, out);

    check(found == NATIVE_HTTP_NETRC_FOUND || (!user.at && !password.at), "something is left");
    native_http_text_free(&user, true);
    native_http_text_free(&password, true);
    return got ? got : found == NATIVE_HTTP_NETRC_NONE ? "none" : "memory";
}

static void write_some(const char *path, const char *text, size_t count)
{
    FILE *file = fopen(path, "a");

    for (size_t i = 0; file && i < count; i++)
        fputs(text, file);
    check(file && fclose(file) == 0, "no file");
}

static void test_large(void)
{
    char path[] = "/tmp/native-netrc-XXXXXX";
    const char *last = "\nmachine h login me password secret\n";
    int fd = mkstemp(path);

    write_some(path, "machine x login somebody password secret # and so on\n", 200000); /* 10 MB */
    write_some(path, last, 1);
    check(!strcmp(ask(path), "me:secret"), "a file of 10 MB");
    check(ftruncate(fd, 0) == 0, "not cut");
    write_some(path, "machine-", 131072);
    write_some(path, last, 1);
    check(!strcmp(ask(path), "me:secret"), "behind a word of 1 MB");
    check(ftruncate(fd, 0) == 0, "not cut");
    write_some(path, "x ", 524288);
    write_some(path, last, 1);
    check(!strcmp(ask(path), "me:secret"), "behind a line of 1 MB");
    check(ftruncate(fd, 0) == 0, "not cut");
    write_some(path, "macdef m\nmachine h login no password no\n\n", 1000);
    write_some(path, last, 1);
    check(!strcmp(ask(path), "me:secret"), "behind 1,000 macros");
    check(ftruncate(fd, 0) == 0 && ftruncate(fd, 4096) == 0, "not cut");
    check(!strcmp(ask(path), "none"), "NUL bytes");
    write_some(path, last, 1);
    check(!strcmp(ask(path), "me:secret"), "behind NUL bytes");
    check(ftruncate(fd, 16 * 1024 * 1024 - 8) == 0, "not cut");
    write_some(path, "\nmachine h login me password sec", 1);
    check(!strcmp(ask(path), "!"), "a file that is too large is cut inside of a password");
    check(!strcmp(ask("/dev/zero"), "!"), "a file without an end");
    close(fd);
    unlink(path);
    end_test("large files");
}

/* Pipes are of use, as <(command) of a shell, but not waited for without end. */
static void test_pipe(void)
{
    char path[] = "/tmp/native-netrc-XXXXXX", name[40];
    int ends[2] = {-1, -1}, fd;

    alarm(20);
    check(mkdtemp(path) && rmdir(path) == 0 && mkfifo(path, 0600) == 0, "no pipe");
    check(!strcmp(ask(path), "none"), "nobody writes");
    fd = open(path, O_RDWR);
    check(write(fd, "machine h login me password sec", 31) == 31, "not written");
    check(!strcmp(ask(path), "none"), "the writer pauses inside of a password");
    close(fd);
    unlink(path);
    check(pipe(ends) == 0 && write(ends[1], looks[0].text, strlen(looks[0].text)) > 0, "no pipe");
    snprintf(name, sizeof(name), "/proc/self/fd/%d", ends[0]);
    close(ends[1]);
    check(!strcmp(ask(name), "me:secret"), "a pipe that ends");
    close(ends[0]);
    alarm(0);
    end_test("pipes");
}

static void test_permission(void)
{
    char path[] = "/tmp/native-netrc-XXXXXX";
    uid_t user = geteuid();
    int fd = mkstemp(path);

    write_some(path, looks[0].text, 1);
    check(chmod(path, 0) == 0 && (user != 0 || seteuid(65534) == 0), "no other user");
    check(!strcmp(ask(path), "none"), "a file of nobody's");
    check(user != 0 || seteuid(0) == 0, "not back");
    close(fd);
    unlink(path);
    check(!strcmp(ask(""), "none") && !strcmp(ask("/dev/null"), "none"),
          "no file, and an empty one");
    end_test("a file that may not be read");
}

/* Every allocation fails once. */
static void test_memory(void)
{
    char path[] = "/tmp/native-netrc-XXXXXX";
    int fd = mkstemp(path), n = 1;

    if (!malloc_can_fail()) {
        printf("ok %d - memory # SKIP cannot be made to fail here\n", ++tap_tests);
        unlink(path);
        close(fd);
        return;
    }
    write_some(path, "machine other login no password \"", 1);
    write_some(path, "more than the first block of a word ", 20);
    write_some(path, "\" machine h login me password secret", 1);
    for (failures = 1; failures > 0 && n < 100; n++) {
        const char *got;

        failures = 0;
        countdown = n;
        got = ask(path);
        countdown = 0;
        check(!strcmp(got, failures > 0 ? "memory" : "me:secret"), "allocation %d: %s", n, got);
    }
    check(n > 6, "%d allocations", n);
    for (n = 1, failures = 1; failures > 0 && n < 10; n++) {
        char *home;

        setenv("HOME", "/some/where", 1);
        failures = 0;
        countdown = n;
        home = native_http_netrc_home();
        countdown = 0;
        check(!home == (failures > 0), "the home folder");
        free(home);
    }
    unlink(path);
    close(fd);
    end_test("each allocation fails once");
}

static void test_home(void)
{
    char *path;

    setenv("HOME", "/some/where", 1);
    path = native_http_netrc_home();
    check(path && !strcmp(path, "/some/where/.netrc"), "%s", path ? path : "none");
    free(path);
    unsetenv("HOME");
    path = native_http_netrc_home();
    check(path && strstr(path, "/.netrc"), "not out of the list of users");
    free(path);
    end_test("the home folder");
}

int main(void)
{
    test_looks();
    test_file();
    test_large();
    test_pipe();
    test_permission();
    test_memory();
    test_home();
    return done();
}
