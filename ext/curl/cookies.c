/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/cookies.c - a handle's cookies. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "cookies.h"

#include <time.h>
#include <unistd.h>

#include "../../http/cookies_file.h"
#include "share.h"

/* Where the store is that this handle uses. */
static struct native_http_cookies **store_of(struct native_ext_curl_easy *easy)
{
    if (easy->set.share) {
        struct native_ext_curl_share *share = native_ext_curl_share_of(easy->set.share);

        if (share->what & 1U << CURL_LOCK_DATA_COOKIE)
            return &share->cookies;
    }
    return &easy->cookies;
}

void native_ext_curl_cookies_limit(struct native_http_cookies *cookies)
{
    struct native_http_cookies_limits *limits = native_http_cookies_limits(cookies);

    limits->newest_first = limits->slash_alike = true;
}

struct native_http_cookies *native_ext_curl_cookies(struct native_ext_curl_easy *easy)
{
    struct native_http_cookies **store = store_of(easy);

    if (!*store && (*store = native_http_cookies_new())) {
        native_ext_curl_cookies_limit(*store);
        easy->cookies_on = true;
    }
    return *store;
}

struct native_http_cookies *native_ext_curl_cookies_of(const struct native_ext_curl_easy *easy)
{
    return *store_of((struct native_ext_curl_easy *)easy);
}

static int64_t now(void)
{
    return (int64_t)time(NULL);
}

static void load(struct native_ext_curl_easy *easy, bool drop_session)
{
    struct native_http_cookies *cookies = native_ext_curl_cookies(easy);
    zval *path;

    if (!cookies)
        return;
    easy->cookies_on = true;
    ZEND_HASH_FOREACH_VAL(easy->set.cookie_files, path)
    {
        struct native_http_cookies_file how = NATIVE_HTTP_COOKIES_FILE_INIT;

        how.drop_session = drop_session;
        if (zend_string_equals_literal(Z_STR_P(path), "-"))
            (void)native_http_cookies_read_fd(cookies, STDIN_FILENO, now(), &how);
        else if (Z_STRLEN_P(path) > 0)
            (void)native_http_cookies_read(cookies, Z_STRVAL_P(path), now(), &how);
    }
    ZEND_HASH_FOREACH_END();
}

void native_ext_curl_cookies_load(struct native_ext_curl_easy *easy)
{
    if (easy->set.cookie_files && !easy->cookies_loaded) {
        load(easy, easy->set.cookie_session);
        easy->cookies_loaded = true;
    }
}

static int flush(struct native_ext_curl_easy *easy)
{
    struct native_http_cookies *cookies;
    const char *path = easy->set.cookie_jar ? ZSTR_VAL(easy->set.cookie_jar) : "";

    if (*path)
        native_ext_curl_cookies_load(
            easy); /* files that no transfer has needed yet belong into it */
    cookies = native_ext_curl_cookies_of(easy);
    if (!cookies || !*path)
        return CURLE_OK;
    if (strcmp(path, "-") == 0)
        (void)native_http_cookies_write_fd(cookies, STDOUT_FILENO, now());
    else
        (void)native_http_cookies_write(cookies, path, now());
    return CURLE_OK;
}

void native_ext_curl_cookies_flush(struct native_ext_curl_easy *easy)
{
    (void)flush(easy);
}

static int clear(struct native_ext_curl_easy *easy)
{
    if (native_ext_curl_cookies_of(easy))
        native_http_cookies_clear(native_ext_curl_cookies_of(easy));
    return CURLE_OK;
}

static int drop_session(struct native_ext_curl_easy *easy)
{
    if (native_ext_curl_cookies_of(easy))
        native_http_cookies_drop_session(native_ext_curl_cookies_of(easy));
    return CURLE_OK;
}

static int reload(struct native_ext_curl_easy *easy)
{
    if (easy->set.cookie_files)
        load(easy, false);
    return CURLE_OK;
}

int native_ext_curl_cookies_command(struct native_ext_curl_easy *easy, const char *text)
{
    static const struct {
        const char *word;
        int (*run)(struct native_ext_curl_easy *);
    } commands[] = {{"ALL", clear}, {"SESS", drop_session}, {"FLUSH", flush}, {"RELOAD", reload}};
    struct native_http_cookies *cookies;
    struct native_http_fault fault;

    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (strcasecmp(text, commands[i].word) == 0)
            return commands[i].run(easy);
    cookies = native_ext_curl_cookies(easy);
    if (!cookies)
        return CURLE_OUT_OF_MEMORY;
    /* A line that is no cookie is no error either. */
    (void)native_http_cookies_add_line(cookies, (struct native_http_span){text, strlen(text)},
                                       now(), &fault);
    return CURLE_OK;
}
