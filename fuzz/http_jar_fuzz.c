/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_jar_fuzz.c - any bytes as a jar file: what was taken keeps the limits, is sent where it belongs, and is the same
 * after it was written and read again.
 *   limits (bit 0: few cookies, bit 1: short lines, bit 2: no session) | the file ... */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "http/cookies_file.h"
#include "require.h"

enum { NOW = 1700000000 };

/* Compare all cookies, in their order. */
static void require_same(const struct native_http_cookies *a, const struct native_http_cookies *b)
{
    const struct native_http_cookie *one = NULL, *two = NULL;

    do {
        one = native_http_cookies_next(a, one);
        two = native_http_cookies_next(b, two);
        REQUIRE((one != NULL) == (two != NULL));
        if (one) {
            REQUIRE(native_http_cookie_is_same(one, two));
            REQUIRE(native_http_span_is(one->value, two->value));
            REQUIRE(one->expires == two->expires && one->secure == two->secure &&
                    one->http_only == two->http_only);
        }
    } while (one);
}

/* Each cookie is sent to its own domain and path, and only cookies that match are. */
static void require_sent(struct native_http_cookies *cookies)
{
    static char text[1 << 20];
    const struct native_http_cookie *cookie = NULL;
    int rounds = 0;

    while ((cookie = native_http_cookies_next(cookies, cookie)) && rounds++ < 20) {
        struct native_http_cookie_origin origin = {cookie->domain, false, cookie->path, true, true};
        struct native_http_buffer out = {text, sizeof(text), 0};
        const struct native_http_cookie *other = NULL;
        size_t sent = native_http_cookies_put(cookies, &origin, NOW, &out), matching = 0;
        size_t bytes = 0;

        while ((other = native_http_cookies_next(cookies, other))) {
            /* a domain of one label only stands for itself, whatever a file says */
            bool label = !memchr(other->domain.at, '.', other->domain.len) &&
                         other->domain.len < origin.host.len;

            if (!label && native_http_cookie_matches(other, &origin, NOW)) {
                matching++;
                bytes += other->name.len + other->value.len + 3;
            }
        }
        REQUIRE(native_http_cookie_matches(cookie, &origin, NOW));
        REQUIRE(sent <= matching && out.len <= 8190);
        REQUIRE(sent == matching || matching > 150 || bytes > 8190);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int file = -1, copy = -1;
    struct native_http_cookies *cookies = native_http_cookies_new();
    struct native_http_cookies *again = native_http_cookies_new();
    struct native_http_cookies_file how = NATIVE_HTTP_COOKIES_FILE_INIT;

    if (file < 0) {
        file = memfd_create("jar", MFD_CLOEXEC);
        copy = memfd_create("copy", MFD_CLOEXEC);
    }
    REQUIRE(cookies && again && file >= 0 && copy >= 0);
    if (size > 0) {
        REQUIRE(ftruncate(file, 0) == 0 && ftruncate(copy, 0) == 0);
        REQUIRE(pwrite(file, data + 1, size - 1, 0) == (ssize_t)(size - 1));
        lseek(file, 0, SEEK_SET);
        lseek(copy, 0, SEEK_SET);
        if (data[0] & 1) {
            native_http_cookies_limits(cookies)->count = 5;
            native_http_cookies_limits(cookies)->per_domain = 3;
        }
        how.line_max = data[0] & 2 ? 40 : how.line_max;
        how.drop_session = data[0] & 4;
        REQUIRE(native_http_cookies_read_fd(cookies, file, NOW, &how) == 0 && !how.cut);
        REQUIRE(native_http_cookies_count(cookies) <= how.taken);
        REQUIRE(!(data[0] & 1) || native_http_cookies_count(cookies) <= 5);
        require_sent(cookies);
        native_http_cookies_drop_expired(cookies, NOW);
        REQUIRE(native_http_cookies_write_fd(cookies, copy, NOW) == 0);
        lseek(copy, 0, SEEK_SET);
        how = (struct native_http_cookies_file)NATIVE_HTTP_COOKIES_FILE_INIT;
        REQUIRE(native_http_cookies_read_fd(again, copy, NOW, &how) == 0 && how.bad == 0);
        require_same(cookies, again);
    }
    native_http_cookies_free(cookies);
    native_http_cookies_free(again);
    return 0;
}
