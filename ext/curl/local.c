/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/local.c - file:// URLs, as libcurl does them: GET, HEAD, PUT, ranges, conditions. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "handle.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ext/date/php_date.h"
#include "ext/standard/url.h"

#include "../../http/source.h"
#include "../../net/clock.h"
#include "out.h"

enum { PIECE = 16384 };

static int fails(struct native_ext_curl_easy *easy, int code, const char *text)
{
    native_ext_curl_easy_set_error(easy, code, text);
    return code;
}

/* ---- the URL ---- */

/* "scheme:/", as libcurl tells it from "host:80/". */
static bool has_scheme(const char *url)
{
    const char *at = url;

    while ((*at >= '0' && *at <= '9') || (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
           (*at && strchr("+-.", *at)))
        at++;
    return at > url && at[0] == ':' && at[1] == '/';
}

static bool is_default(const struct native_ext_curl_settings *s)
{
    return s->default_protocol && strcasecmp(ZSTR_VAL(s->default_protocol), "file") == 0 &&
           !has_scheme(ZSTR_VAL(s->url));
}

bool native_ext_curl_easy_is_local(const struct native_ext_curl_easy *easy)
{
    const zend_string *url = easy->set.url;

    return url && (strncasecmp(ZSTR_VAL(url), "file:", 5) == 0 || is_default(&easy->set));
}

static zend_string *full_url(const struct native_ext_curl_easy *easy)
{
    const struct native_ext_curl_settings *s = &easy->set;

    if (!is_default(s))
        return zend_string_copy(s->url);
    return zend_string_concat3(ZSTR_VAL(s->default_protocol), ZSTR_LEN(s->default_protocol),
                               ZEND_STRL("://"), ZSTR_VAL(s->url), ZSTR_LEN(s->url));
}

/* The path as it stands there; NULL: the URL is of another host, has no path, or bytes that none has. */
static zend_string *path_of(const zend_string *url)
{
    const char *at = ZSTR_VAL(url) + 5;
    static const char *const hosts[] = {"", "localhost", "127.0.0.1"};
    size_t len;

    for (const char *byte = at; *byte; byte++)
        if ((unsigned char)*byte <= ' ' || *byte == 127)
            return NULL;
    if (at[0] == '/' && at[1] == '/') {
        bool here = false;

        at += 2;
        len = strcspn(at, "/");
        for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++)
            here |= strlen(hosts[i]) == len && strncasecmp(at, hosts[i], len) == 0;
        if (!here)
            return NULL;
        at += len;
    }
    return *at == '/' ? zend_string_init(at, strcspn(at, "?#"), 0) : NULL;
}

/* CURLINFO_EFFECTIVE_URL: without the host, where it is good. */
static void note_url(struct native_ext_curl_easy *easy, zend_string *url, const zend_string *path)
{
    zend_string *shown =
        path ? zend_string_concat2(ZEND_STRL("file://"), ZSTR_VAL(path), ZSTR_LEN(path))
             : zend_string_copy(url);

    if (easy->shown_url)
        zend_string_release(easy->shown_url);
    easy->shown_url = shown;
}

/* ---- writing ---- */

/* `skip` bytes are there already. */
static int copy_in(struct native_ext_curl_easy *easy, int fd, int64_t skip)
{
    struct native_http_source *source = easy->options.source;
    char piece[PIECE];

    for (;;) {
        size_t got = 0, drop;
        enum native_http_source_status status =
            source ? source->read(source, piece, sizeof(piece), &got) : NATIVE_HTTP_SOURCE_END;

        /* There is nobody who could go on with what pauses. */
        if (status == NATIVE_HTTP_SOURCE_END || status == NATIVE_HTTP_SOURCE_PAUSED)
            return CURLE_OK;
        if (status == NATIVE_HTTP_SOURCE_ABORT)
            return fails(easy, CURLE_ABORTED_BY_CALLBACK, NULL);
        if (status == NATIVE_HTTP_SOURCE_FAILED)
            return fails(easy, CURLE_READ_ERROR, NULL);
        drop = MIN((size_t)MIN(skip, PIECE), got);
        skip -= (int64_t)drop;
        got -= drop;
        if (write(fd, piece + drop, got) != (ssize_t)got)
            return fails(easy, CURLE_SEND_ERROR, NULL);
        easy->local.sent += (int64_t)got;
        if (!native_ext_curl_easy_progress(easy))
            return fails(easy, CURLE_ABORTED_BY_CALLBACK, "Callback aborted");
    }
}

static int put(struct native_ext_curl_easy *easy, const char *path)
{
    bool on = easy->set.resume_from != 0;
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC | (on ? O_APPEND : O_TRUNC),
                  (mode_t)easy->set.new_file_perms);
    char text[NATIVE_EXT_CURL_ERROR_SIZE];
    struct stat st;
    int code;

    if (fd < 0) {
        snprintf(text, sizeof(text), "Can't open %.200s for writing", path);
        return fails(easy, CURLE_WRITE_ERROR, text);
    }
    /* Less than 0: the rest of what is there. A number of bytes the body itself leaves out. */
    code = copy_in(easy, fd, easy->set.resume_from < 0 && fstat(fd, &st) == 0 ? st.st_size : 0);
    if (close(fd) != 0 && code == CURLE_OK)
        code = fails(easy, CURLE_SEND_ERROR, NULL);
    return code;
}

/* ---- reading ---- */

/* As libcurl says which of the two callbacks is meant, and what for. */
static int stopped(struct native_ext_curl_easy *easy, enum native_http_verdict verdict,
                   const char *text)
{
    if (verdict == NATIVE_HTTP_PAUSE)
        text = "Write callback asked for PAUSE when not supported";
    return fails(easy, CURLE_WRITE_ERROR, text);
}

static int say_line(struct native_ext_curl_easy *easy, const char *line)
{
    enum native_http_verdict verdict =
        native_ext_curl_out_header(easy, (struct native_http_span){line, strlen(line)});

    return verdict == NATIVE_HTTP_GO_ON ? CURLE_OK
                                        : stopped(easy, verdict, "Failed writing header");
}

/* What a server would say of it: to those who want header lines, and never into the body. */
static int say_head(struct native_ext_curl_easy *easy, const struct stat *st)
{
    char line[128];
    zend_string *date;
    int code;

    snprintf(line, sizeof(line), "Content-Length: %lld\r\n", (long long)st->st_size);
    code = say_line(easy, line);
    if (code == CURLE_OK)
        code = say_line(easy, "Accept-ranges: bytes\r\n");
    if (code != CURLE_OK)
        return code;
    date = php_format_date(ZEND_STRL("D, d M Y H:i:s \\G\\M\\T"), st->st_mtime, false);
    snprintf(line, sizeof(line), "Last-Modified: %s\r\n%s", ZSTR_VAL(date),
             easy->set.no_body ? "" : "\r\n");
    zend_string_release(date);
    return say_line(easy, line);
}

/* TIMECONDITION. */
static bool is_wanted(const struct native_ext_curl_settings *s, int64_t changed)
{
    if (s->time_condition == CURL_TIMECOND_NONE || s->time_value == 0 || changed == 0)
        return true;
    return s->time_condition == CURL_TIMECOND_IFUNMODSINCE ? changed < s->time_value
                                                           : changed > s->time_value;
}

struct part {
    int64_t from; /* less than 0: before the end */
    int64_t most; /* 0: all */
};

/* Returns the number, with *text behind it; -1: there is none; -2: it is too large. */
static int64_t number_at(const char **text)
{
    char *end;
    long long number;

    if (**text < '0' || **text > '9')
        return -1;
    errno = 0;
    number = strtoll(*text, &end, 10);
    *text = end;
    return errno == 0 ? (int64_t)number : -2;
}

/* RANGE "from-", "from-to", "-last"; RESUME_FROM. What is no number is 0. Returns CURLE_*. */
static int part_of(const struct native_ext_curl_settings *s, struct part *part)
{
    const char *at;
    int64_t from, to;

    *part = (struct part){s->resume_from, 0};
    if (part->from != 0 || !s->range || ZSTR_LEN(s->range) == 0)
        return CURLE_OK;
    at = ZSTR_VAL(s->range);
    from = number_at(&at);
    at += strspn(at, " \t-");
    to = number_at(&at);
    if (from == -2 || to == -2)
        return CURLE_HTTP_RANGE_ERROR;
    if (from >= 0 && to < 0) {
        part->from = from;
    } else if (from < 0 && to >= 0) {
        *part = (struct part){-to, to};
    } else {
        *part = (struct part){MAX(from, 0), MAX(to, 0) - MAX(from, 0) + 1};
        if (part->most <= 0)
            return CURLE_HTTP_RANGE_ERROR;
    }
    return CURLE_OK;
}

/* `left` 0: up to the end. */
static int copy_out(struct native_ext_curl_easy *easy, int fd, int64_t left)
{
    bool known = left > 0;
    char piece[PIECE];

    while (!known || left > 0) {
        ssize_t got = read(fd, piece, known && left < PIECE ? (size_t)left : PIECE);
        enum native_http_verdict verdict;

        if (got <= 0)
            break;
        verdict = native_ext_curl_out_body(easy, (struct native_http_span){piece, (size_t)got});
        if (verdict != NATIVE_HTTP_GO_ON)
            return stopped(easy, verdict, "Failure writing output to destination");
        easy->local.received += got;
        left -= got;
        if (!native_ext_curl_easy_progress(easy))
            return fails(easy, CURLE_ABORTED_BY_CALLBACK, "Callback aborted");
    }
    return native_ext_curl_easy_progress(easy)
               ? CURLE_OK
               : fails(easy, CURLE_ABORTED_BY_CALLBACK, "Callback aborted");
}

/* Files of the kernel's say that they are empty, and have more. */
static int copy_part(struct native_ext_curl_easy *easy, int fd, int64_t size)
{
    struct part part;
    int code = part_of(&easy->set, &part);

    if (code != CURLE_OK)
        return fails(easy, code, NULL);
    if (part.from < 0)
        part.from += size;
    if (part.from > size)
        return fails(easy, CURLE_BAD_DOWNLOAD_RESUME, "failed to resume file:// transfer");
    if (part.from != 0 && lseek(fd, (off_t)part.from, SEEK_SET) < 0)
        return fails(easy, CURLE_BAD_DOWNLOAD_RESUME, NULL);
    size = part.most > 0 ? MIN(part.most, size - part.from) : size - part.from;
    easy->local.length = size > 0 ? size : -1;
    return copy_out(easy, fd, size);
}

static int get_open(struct native_ext_curl_easy *easy, int fd, const struct stat *st)
{
    int code;

    easy->local.filetime = (int64_t)st->st_mtime;
    easy->local.unmet = !is_wanted(&easy->set, (int64_t)st->st_mtime);
    if (easy->local.unmet)
        return CURLE_OK;
    code = say_head(easy, st);
    if (code != CURLE_OK || easy->set.no_body)
        return code;
    return copy_part(easy, fd, S_ISREG(st->st_mode) ? (int64_t)st->st_size : 0);
}

static int get(struct native_ext_curl_easy *easy, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC), code;
    char text[NATIVE_EXT_CURL_ERROR_SIZE];
    struct stat st;

    if (fd >= 0 && fstat(fd, &st) == 0) {
        code = get_open(easy, fd, &st);
    } else {
        snprintf(text, sizeof(text), "Couldn't open file %.200s", path);
        code = fails(easy, CURLE_FILE_COULDNT_READ_FILE, text);
    }
    if (fd >= 0)
        close(fd);
    return code;
}

int native_ext_curl_local_perform(struct native_ext_curl_easy *easy)
{
    zend_string *url = full_url(easy), *path = path_of(url);
    int64_t begun = native_net_clock_us();
    int code;

    easy->local = (struct native_ext_curl_local){.used = true, .length = -1, .filetime = -1};
    easy->error = CURLE_OK;
    note_url(easy, url, path);
    zend_string_release(url);
    if (!path) {
        code = fails(easy, CURLE_URL_MALFORMAT, NULL);
    } else {
        ZSTR_LEN(path) = php_raw_url_decode(ZSTR_VAL(path), ZSTR_LEN(path));
        if (strlen(ZSTR_VAL(path)) != ZSTR_LEN(path))
            code = fails(easy, CURLE_URL_MALFORMAT, NULL);
        else
            code = easy->set.method == NATIVE_EXT_CURL_PUT && !easy->set.no_body
                       ? put(easy, ZSTR_VAL(path))
                       : get(easy, ZSTR_VAL(path));
        zend_string_release(path);
    }
    easy->local.total_us = native_net_clock_us() - begun;
    return code;
}
