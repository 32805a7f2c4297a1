/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_netrc.c - which login a file has for a host, and what is no such file. */
#include <fcntl.h>

#include "../../http/netrc.h"
#include "harness.h"

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
    test_home();
    return done();
}
