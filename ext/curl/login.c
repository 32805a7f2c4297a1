/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/login.c - which user name and password go to which host.
 *
 *     USERPWD, USERNAME, PASSWORD    the first origin only, unless UNRESTRICTED_AUTH
 *     the URL's                      where the options have no user; also where they have no password and it has one
 *     the file of NETRC              every host that stands in it; not beside a user of the options */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "login.h"

#include "../../http/login.h"
#include "../../http/netrc.h"

/* The last look-up. malloc'ed. */
struct native_ext_curl_netrc {
    struct native_http_buffer host, asked; /* for whom: the user may be empty */
    struct native_http_buffer user, password;
    enum native_http_netrc found;
};

static void clear(struct native_ext_curl_netrc *netrc)
{
    native_http_text_free(&netrc->host, false);
    native_http_text_free(&netrc->asked, true);
    native_http_text_free(&netrc->user, true);
    native_http_text_free(&netrc->password, true);
}

void native_ext_curl_login_free(struct native_ext_curl_easy *easy)
{
    if (easy->netrc)
        clear(easy->netrc);
    free(easy->netrc);
    easy->netrc = NULL;
}

static bool is(const struct native_http_buffer *text, struct native_http_span span)
{
    return native_http_span_is(native_http_text_span(text), span);
}

static enum native_http_netrc look(const struct native_ext_curl_easy *easy,
                                   struct native_ext_curl_netrc *netrc)
{
    const zend_string *file = easy->set.netrc_file;
    char *home = file && ZSTR_LEN(file) > 0 ? NULL : native_http_netrc_home();
    const char *path = file && ZSTR_LEN(file) > 0 ? ZSTR_VAL(file) : home;
    enum native_http_netrc found = NATIVE_HTTP_NETRC_NONE;

    if (path)
        found = native_http_netrc_find(path, native_http_text_span(&netrc->host), &netrc->user,
                                       &netrc->password);
    free(home);
    return found;
}

/* Returns what the file says of a host and a user (of no length: any); it is read once for them in a transfer. */
static const struct native_ext_curl_netrc *
find(struct native_ext_curl_easy *easy, struct native_http_span host, struct native_http_span user)
{
    struct native_ext_curl_netrc *netrc = easy->netrc;

    if (netrc && is(&netrc->host, host) && is(&netrc->asked, user))
        return netrc;
    if (!netrc)
        netrc = easy->netrc = calloc(1, sizeof(*netrc));
    if (!netrc)
        return NULL;
    clear(netrc);
    netrc->found = NATIVE_HTTP_NETRC_NO_MEMORY;
    if (native_http_text_add(&netrc->host, host) && native_http_text_add(&netrc->asked, user) &&
        native_http_text_add(&netrc->user, user))
        netrc->found = look(easy, netrc);
    return netrc;
}

static struct native_http_span word(struct native_http_span span)
{
    return span.at ? span : (struct native_http_span){"", 0};
}

/* What the URL says counts against the options. */
static void take_urls(const struct native_ext_curl_settings *s, const struct native_http_whom *whom,
                      struct native_http_credentials *credentials)
{
    if (!s->password && whom->url_password.at) {
        credentials->user = word(whom->url_user);
        credentials->password = whom->url_password;
    } else if (!s->user && whom->url_user.at && s->password) {
        credentials->password =
            (struct native_http_span){ZSTR_VAL(s->password), ZSTR_LEN(s->password)};
    }
}

static bool wants_netrc(const struct native_ext_curl_settings *s)
{
    return s->netrc != CURL_NETRC_IGNORED && !s->user;
}

void native_ext_curl_login(void *ctx, struct native_http_transfer *transfer,
                           const struct native_http_whom *whom,
                           struct native_http_credentials *credentials)
{
    struct native_ext_curl_easy *easy = ctx;
    const struct native_ext_curl_netrc *netrc;

    if (!whom->away)
        take_urls(&easy->set, whom, credentials);
    if (!wants_netrc(&easy->set))
        return;
    if (easy->set.netrc == CURL_NETRC_REQUIRED)
        credentials->password = (struct native_http_span){NULL, 0};
    else if (whom->url_user.len > 0 && whom->url_password.len > 0)
        return;
    netrc = find(easy, whom->host, word(whom->url_user));
    if (!netrc || netrc->found != NATIVE_HTTP_NETRC_FOUND)
        return;
    credentials->user = native_http_text_span(&netrc->user);
    credentials->password = native_http_text_span(&netrc->password);
}

bool native_ext_curl_login_ready(struct native_ext_curl_easy *easy)
{
    const struct native_ext_curl_netrc *netrc;

    native_ext_curl_login_free(easy);
    if (!wants_netrc(&easy->set))
        return true;
    netrc = find(easy, native_http_transfer_host(easy->transfer),
                 word((struct native_http_span){NULL, 0}));
    return !netrc || netrc->found != NATIVE_HTTP_NETRC_MALFORMED;
}
