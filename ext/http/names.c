/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/names.c - the usual names of header fields. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "names.h"

static const struct native_http_span usual[] = {
    NATIVE_HTTP_SPAN("accept-ranges"),
    NATIVE_HTTP_SPAN("access-control-allow-origin"),
    NATIVE_HTTP_SPAN("age"),
    NATIVE_HTTP_SPAN("cache-control"),
    NATIVE_HTTP_SPAN("connection"),
    NATIVE_HTTP_SPAN("content-disposition"),
    NATIVE_HTTP_SPAN("content-encoding"),
    NATIVE_HTTP_SPAN("content-language"),
    NATIVE_HTTP_SPAN("content-length"),
    NATIVE_HTTP_SPAN("content-security-policy"),
    NATIVE_HTTP_SPAN("content-type"),
    NATIVE_HTTP_SPAN("date"),
    NATIVE_HTTP_SPAN("etag"),
    NATIVE_HTTP_SPAN("expires"),
    NATIVE_HTTP_SPAN("keep-alive"),
    NATIVE_HTTP_SPAN("last-modified"),
    NATIVE_HTTP_SPAN("link"),
    NATIVE_HTTP_SPAN("location"),
    NATIVE_HTTP_SPAN("pragma"),
    NATIVE_HTTP_SPAN("server"),
    NATIVE_HTTP_SPAN("set-cookie"),
    NATIVE_HTTP_SPAN("strict-transport-security"),
    NATIVE_HTTP_SPAN("transfer-encoding"),
    NATIVE_HTTP_SPAN("vary"),
    NATIVE_HTTP_SPAN("via"),
    NATIVE_HTTP_SPAN("x-content-type-options"),
    NATIVE_HTTP_SPAN("x-frame-options"),
    NATIVE_HTTP_SPAN("x-powered-by"),
    NATIVE_HTTP_SPAN("x-request-id"),
};

/* A name stands at its place or, where that was taken, at the next one that was free: there are more places than names. */
enum { PLACES = 128 };
static zend_string *names[PLACES];

static size_t place_of(struct native_http_span name)
{
    unsigned char first = (unsigned char)(name.at[0] | 0x20);
    unsigned char last = (unsigned char)(name.at[name.len - 1] | 0x20);

    return (name.len * 5 + first * 3U + last) % PLACES;
}

zend_string *native_ext_http_name_known(struct native_http_span name)
{
    if (name.len == 0)
        return NULL;
    for (size_t at = place_of(name); names[at]; at = (at + 1) % PLACES)
        if (native_http_span_is_nocase(
                (struct native_http_span){ZSTR_VAL(names[at]), ZSTR_LEN(names[at])}, name))
            return names[at];
    return NULL;
}

void native_ext_http_names_minit(void)
{
    /* Apache's restarts end PHP and start it in the same process, where this module stays loaded: the strings are gone, and
     * there is room for a few such rounds only. */
    memset(names, 0, sizeof(names));
    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
        size_t at = place_of(usual[i]);

        while (names[at])
            at = (at + 1) % PLACES;
        names[at] = zend_string_init_interned(usual[i].at, usual[i].len, true);
    }
}
