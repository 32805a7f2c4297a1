/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/trace.c - native.trace: the setting, the file, and what its lines are made of. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "trace.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "php_ini.h"

#include "../ext/http/trace.h"

enum { LONGEST = 1024 /* bytes of one text */ };

/* The setting, the INI entry's own bytes; NULL or empty: off. */
ZEND_TLS const char *path;
ZEND_TLS int fd_plus_1; /* 0: closed */
ZEND_TLS bool warned;   /* that the one of php.ini cannot be opened */

bool native_ext_trace_is_on(void)
{
    return fd_plus_1 != 0;
}

/* ---- the file --------------------------------------------------------------------------------------- */

static bool is_stderr(const char *name)
{
    return strcmp(name, "stderr") == 0;
}

static void close_file(void)
{
    if (fd_plus_1 > 0 && fd_plus_1 - 1 != STDERR_FILENO)
        close(fd_plus_1 - 1);
    fd_plus_1 = 0;
}

/* For us alone: topics and URLs are nobody else's to read. No link is followed, no FIFO waited for. */
static int open_file(const char *name)
{
    return is_stderr(name) ? STDERR_FILENO
                           : open(name,
                                  O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW |
                                      O_NOCTTY | O_NONBLOCK,
                                  0600);
}

/* Write to this one from now on. Called where nothing of the engines' is going on: the warning may run a handler of the
 * user's. Returns false, with nothing changed, if it cannot be opened. */
static bool take_file(const char *name, bool quiet)
{
    int fd = open_file(name);

    if (fd >= 0) {
        close_file();
        fd_plus_1 = fd + 1;
        native_ext_http_trace_watch();
        return true;
    }
    if (!quiet)
        php_error_docref(NULL, E_WARNING, "native.trace: cannot open %s: %s", name,
                         strerror(errno));
    return false;
}

static PHP_INI_MH(set_trace)
{
    const char *name = ZSTR_VAL(new_value);
    bool by_script = (stage & (PHP_INI_STAGE_RUNTIME | PHP_INI_STAGE_HTACCESS)) != 0;

    (void)entry, (void)mh_arg1, (void)mh_arg2, (void)mh_arg3;
    if (ZSTR_LEN(new_value) && !is_stderr(name) &&
        (name[0] != '/' || strlen(name) != ZSTR_LEN(new_value)))
        return FAILURE;
    if (by_script && *name && !is_stderr(name) && php_check_open_basedir(name))
        return FAILURE;
    if (!by_script || !*name)
        close_file(); /* one of php.ini is opened when a request begins */
    else if (!take_file(name, false))
        return FAILURE;
    path = name;
    return SUCCESS;
}

PHP_INI_BEGIN()
PHP_INI_ENTRY("native.trace", "", PHP_INI_ALL, set_trace)
PHP_INI_END()

void native_ext_trace_minit(INIT_FUNC_ARGS)
{
    (void)type;
    REGISTER_INI_ENTRIES();
}

void native_ext_trace_mshutdown(SHUTDOWN_FUNC_ARGS)
{
    (void)type;
    close_file();
    path = NULL;
    UNREGISTER_INI_ENTRIES();
}

/* Whether the open file is still the one of this name: it may have been moved away (logrotate). */
static bool is_current(void)
{
    struct stat open_one, named;

    return is_stderr(path) || (fstat(fd_plus_1 - 1, &open_one) == 0 && lstat(path, &named) == 0 &&
                               open_one.st_dev == named.st_dev && open_one.st_ino == named.st_ino);
}

void native_ext_trace_rinit(void)
{
    if (EXPECTED(!path || !*path))
        return;
    if (fd_plus_1 && !is_current())
        close_file();
    if (!fd_plus_1 && !take_file(path, warned))
        warned = true;
}

/* ---- lines ------------------------------------------------------------------------------------------ */

void native_ext_trace_begin(smart_str *line, const char *kind, uint64_t number, char direction)
{
    struct timeval now;
    struct tm tm;
    time_t seconds;
    char text[64];

    gettimeofday(&now, NULL);
    seconds = now.tv_sec;
    gmtime_r(&seconds, &tm);
    snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ %ld ", tm.tm_year + 1900,
             tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, (int)(now.tv_usec / 1000),
             (long)getpid());
    smart_str_appends(line, text);
    smart_str_append_printf(line, "%s#" ZEND_ULONG_FMT " %c ", kind, (zend_ulong)number, direction);
}

void native_ext_trace_end(smart_str *line)
{
    smart_str_appendc(line, '\n');
    /* One call: lines of several processes do not mix. */
    if (fd_plus_1)
        while (write(fd_plus_1 - 1, ZSTR_VAL(line->s), ZSTR_LEN(line->s)) < 0 && errno == EINTR)
            ;
    smart_str_free(line);
}

static void put_byte(smart_str *line, unsigned char c)
{
    if (c < 0x20 || c >= 0x7f) {
        smart_str_append_printf(line, "\\x%02X", c);
        return;
    }
    if (c == '"' || c == '\\')
        smart_str_appendc(line, '\\');
    smart_str_appendc(line, (char)c);
}

void native_ext_trace_put(smart_str *line, const void *text, size_t text_len)
{
    const unsigned char *at = text;

    for (size_t i = 0; i < text_len && i < LONGEST; i++)
        put_byte(line, at[i]);
    if (text_len > LONGEST)
        smart_str_append_printf(line, "... (%zu bytes)", text_len);
}

/* ---- secrets ---------------------------------------------------------------------------------------- */

/* Names are compared in small letters, percent-decoded, and without what words are joined with: "user[api%2DKey]" is
 * "userapikey". */
static const char *const secret_names[] = {
    "auth",    "authenticationinfo", "code", "cookie2", "pass",  "pwd",
    "session", "setcookie2",         "sid",  "sig",     "xauth",
};

/* What ends so is secret whatever stands before it: "X-Plex-Token", "oauth_token". */
static const char *const secret_ends[] = {
    "accesskey",  "apikey", "assertion",  "authkey",   "authorization", "cookie",
    "credential", "jwt",    "passphrase", "passwd",    "password",      "secret",
    "secretkey",  "sessid", "sessionid",  "signature", "signingkey",    "subscriptionkey",
    "token",
};

enum { LONGEST_NAME = 256 };

static int hex(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c ? strchr(digits, zend_tolower_ascii(c)) : NULL;

    return at ? (int)(at - digits) : -1;
}

/* Returns the length; of a longer name the end counts. */
static size_t plain_name(char *to, const char *name, size_t name_len)
{
    size_t len = 0;

    for (size_t i = name_len > LONGEST_NAME ? name_len - LONGEST_NAME : 0; i < name_len; i++) {
        char c = name[i];

        if (c == '%' && i + 2 < name_len && hex(name[i + 1]) >= 0 && hex(name[i + 2]) >= 0) {
            c = (char)(hex(name[i + 1]) * 16 + hex(name[i + 2]));
            i += 2;
        }
        if (isalnum((unsigned char)c))
            to[len++] = zend_tolower_ascii(c);
    }
    return len;
}

static bool ends_with(const char *name, size_t name_len, const char *end)
{
    size_t len = strlen(end);

    return name_len >= len && memcmp(name + name_len - len, end, len) == 0;
}

bool native_ext_trace_is_secret(const void *name, size_t name_len)
{
    char plain[LONGEST_NAME];
    size_t len = plain_name(plain, name, name_len);

    for (size_t i = 0; i < sizeof(secret_names) / sizeof(secret_names[0]); i++)
        if (strlen(secret_names[i]) == len && memcmp(secret_names[i], plain, len) == 0)
            return true;
    for (size_t i = 0; i < sizeof(secret_ends) / sizeof(secret_ends[0]); i++)
        if (ends_with(plain, len, secret_ends[i]))
            return true;
    return false;
}

static bool is_in(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static size_t until(const char *text, size_t at, size_t len, const char *set)
{
    while (at < len && !is_in(text[at], set))
        at++;
    return at;
}

/* Behind "//": what stands before the last "@" of the authority is the user's. Returns where it ends. A password may have
 * quotes and brackets in it, and what a peer calls a URL also spaces: rather too much is left out than too little. */
static size_t user_end(const char *text, size_t at, size_t len)
{
    size_t end = until(text, at, len, "/?#");

    while (end > at && text[end - 1] != '@')
        end--;
    return end;
}

void native_ext_trace_put_url(smart_str *line, const char *text, size_t text_len)
{
    size_t len = text_len < LONGEST ? text_len : LONGEST;

    for (size_t i = 0; i < len;) {
        char c = text[i++];

        put_byte(line, (unsigned char)c);
        if (c == '/' && i >= 2 && text[i - 2] == '/') {
            size_t end = user_end(text, i, text_len);

            if (end > i)
                smart_str_appends(line, NATIVE_EXT_TRACE_MASK "@");
            i = end;
        } else if (is_in(c, "?&#;")) {
            size_t equals = until(text, i, text_len, "=&#; \t");

            if (equals < text_len && text[equals] == '=' &&
                native_ext_trace_is_secret(text + i, equals - i)) {
                native_ext_trace_put(line, text + i, equals - i);
                smart_str_appends(line, "=" NATIVE_EXT_TRACE_MASK);
                i = until(text, equals, text_len, "&#; \t");
            }
        }
    }
    if (text_len > LONGEST)
        smart_str_append_printf(line, "... (%zu bytes)", text_len);
}
