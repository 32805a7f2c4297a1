/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/local.c - file:// URLs, as libcurl does them: GET, HEAD, PUT, ranges. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "handle.h"

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

/* The path, decoded; NULL: the URL is of another host, or has no path. */
static zend_string *path_of(const zend_string *url)
{
    const char *at = ZSTR_VAL(url) + 5;
    static const char *const hosts[] = {"", "localhost", "127.0.0.1"};
    zend_string *path;
    size_t len;

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
    if (*at != '/')
        return NULL;
    len = strcspn(at, "?#");
    path = zend_string_init(at, len, 0);
    ZSTR_LEN(path) = php_raw_url_decode(ZSTR_VAL(path), ZSTR_LEN(path));
    if (strlen(ZSTR_VAL(path)) == ZSTR_LEN(path))
        return path;
    zend_string_release(path);
    return NULL;
}

/* ---- writing ---- */

static int copy_in(struct native_ext_curl_easy *easy, int fd)
{
    struct native_http_source *source = easy->options.source;
    char piece[PIECE];

    for (;;) {
        size_t got = 0;
        enum native_http_source_status status =
            source ? source->read(source, piece, sizeof(piece), &got) : NATIVE_HTTP_SOURCE_END;

        /* There is nobody who could go on with what pauses. */
        if (status == NATIVE_HTTP_SOURCE_END || status == NATIVE_HTTP_SOURCE_PAUSED)
            return CURLE_OK;
        if (status == NATIVE_HTTP_SOURCE_ABORT)
            return fails(easy, CURLE_ABORTED_BY_CALLBACK, NULL);
        if (status == NATIVE_HTTP_SOURCE_FAILED)
            return fails(easy, CURLE_READ_ERROR, NULL);
        if (write(fd, piece, got) != (ssize_t)got)
            return fails(easy, CURLE_SEND_ERROR, NULL);
        easy->local.sent += (int64_t)got;
    }
}

static int put(struct native_ext_curl_easy *easy, const char *path)
{
    bool on = easy->set.resume_from != 0;
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC | (on ? O_APPEND : O_TRUNC), 0644);
    char text[NATIVE_EXT_CURL_ERROR_SIZE];
    int code;

    if (fd < 0) {
        snprintf(text, sizeof(text), "Can't open %.200s for writing", path);
        return fails(easy, CURLE_WRITE_ERROR, text);
    }
    code = copy_in(easy, fd);
    if (close(fd) != 0 && code == CURLE_OK)
        code = fails(easy, CURLE_SEND_ERROR, NULL);
    return code;
}

/* ---- reading ---- */

static bool say_line(struct native_ext_curl_easy *easy, const char *line)
{
    enum native_http_verdict verdict =
        native_ext_curl_out_line(easy, (struct native_http_span){line, strlen(line)}, false);

    return verdict == NATIVE_HTTP_GO_ON || verdict == NATIVE_HTTP_PAUSE;
}

/* What a server would say of it; without a body only. */
static int say_head(struct native_ext_curl_easy *easy, const struct stat *st)
{
    char line[128];
    zend_string *date = php_format_date(ZEND_STRL("D, d M Y H:i:s \\G\\M\\T"), st->st_mtime, false);
    bool taken;

    snprintf(line, sizeof(line), "Content-Length: %lld\r\n", (long long)st->st_size);
    taken = say_line(easy, line) && say_line(easy, "Accept-ranges: bytes\r\n");
    snprintf(line, sizeof(line), "Last-Modified: %s\r\n", ZSTR_VAL(date));
    zend_string_release(date);
    if (taken && say_line(easy, line) && say_line(easy, "\r\n"))
        return CURLE_OK;
    return fails(easy, CURLE_WRITE_ERROR, "Failed writing header");
}

static int copy_out(struct native_ext_curl_easy *easy, int fd, int64_t left)
{
    char piece[PIECE];

    while (left != 0) {
        size_t want = left > 0 && left < PIECE ? (size_t)left : PIECE;
        ssize_t got = read(fd, piece, want);
        enum native_http_verdict verdict;

        if (got <= 0)
            return CURLE_OK;
        verdict = native_ext_curl_out_body(easy, (struct native_http_span){piece, (size_t)got});
        if (verdict != NATIVE_HTTP_GO_ON)
            return fails(easy, CURLE_WRITE_ERROR, "Failure writing output to destination");
        easy->local.received += got;
        if (left > 0)
            left -= got;
    }
    return CURLE_OK;
}

/* RANGE "from-", "from-to", "-last"; RESUME_FROM. Returns how many bytes from *from on; -1: to the end; -2: there are none. */
static int64_t part_of(const struct native_ext_curl_settings *s, int64_t size, int64_t *from)
{
    char *end;
    long long first, last;

    *from = s->resume_from > 0 ? s->resume_from : 0;
    if (!s->range || ZSTR_LEN(s->range) == 0)
        return *from > size ? -2 : size - *from;
    if (ZSTR_VAL(s->range)[0] == '-') {
        last = strtoll(ZSTR_VAL(s->range) + 1, &end, 10);
        *from = last > size ? 0 : size - last;
        return size - *from;
    }
    first = strtoll(ZSTR_VAL(s->range), &end, 10);
    *from = first;
    if (*end != '-' || !end[1])
        return first > size ? -2 : size - first;
    last = strtoll(end + 1, &end, 10);
    return first > size || last < first ? -2 : MIN(last + 1, (long long)size) - first;
}

static int get(struct native_ext_curl_easy *easy, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC), code;
    char text[NATIVE_EXT_CURL_ERROR_SIZE];
    int64_t from, count;
    struct stat st;

    if (fd < 0 || fstat(fd, &st) != 0) {
        if (fd >= 0)
            close(fd);
        snprintf(text, sizeof(text), "Couldn't open file %.200s", path);
        return fails(easy, CURLE_FILE_COULDNT_READ_FILE, text);
    }
    easy->local.filetime = easy->set.filetime ? (int64_t)st.st_mtime : -1;
    if (easy->set.no_body) {
        code = say_head(easy, &st);
    } else {
        count = part_of(&easy->set, S_ISREG(st.st_mode) ? (int64_t)st.st_size : INT64_MAX, &from);
        if (count == -2 || (from > 0 && lseek(fd, (off_t)from, SEEK_SET) < 0)) {
            code = fails(easy, CURLE_BAD_DOWNLOAD_RESUME, NULL);
        } else {
            easy->local.length = S_ISREG(st.st_mode) ? count : -1;
            code = copy_out(easy, fd, S_ISREG(st.st_mode) ? count : -1);
        }
    }
    close(fd);
    return code;
}

int native_ext_curl_local_perform(struct native_ext_curl_easy *easy)
{
    zend_string *path = path_of(easy->set.url);
    int64_t begun = native_net_clock_us();
    int code;

    easy->local = (struct native_ext_curl_local){.used = true, .length = -1, .filetime = -1};
    easy->error = CURLE_OK;
    if (!path) {
        code = fails(easy, CURLE_URL_MALFORMAT, "Bad file:// URL");
    } else {
        code = easy->set.method == NATIVE_EXT_CURL_PUT && !easy->set.no_body
                   ? put(easy, ZSTR_VAL(path))
                   : get(easy, ZSTR_VAL(path));
        zend_string_release(path);
    }
    easy->local.total_us = native_net_clock_us() - begun;
    return code;
}
