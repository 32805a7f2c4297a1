/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* options.h - what a transfer is to do.
 * Shape: a plain struct that belongs to the caller, who fills it and may change it while the transfer runs, also from
 *        its handlers: each thing is read when it is decided, for each request of the transfer anew.
 * Start from NATIVE_HTTP_OPTIONS_INIT. Spans with `at` NULL and pointers that are NULL: not given.
 * Nothing in here is copied before it is needed: what it points to stays the caller's and must live as long. */
#ifndef NATIVE_HTTP_OPTIONS_H
#define NATIVE_HTTP_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../net/tls.h"
#include "wire/span.h"

struct native_http_cookies;
struct native_http_nonces;
struct native_http_source;

/* What kind of request. The method's name may be another one: see `method`. */
enum native_http_kind {
    NATIVE_HTTP_GET,
    NATIVE_HTTP_HEAD, /* the response has no body */
    NATIVE_HTTP_POST, /* sends a body; a redirect may turn it into GET */
    NATIVE_HTTP_PUT   /* sends a body; a redirect repeats it */
};

enum native_http_scheme { NATIVE_HTTP_SCHEME_HTTP = 1, NATIVE_HTTP_SCHEME_HTTPS = 2 };

/* Ways to authenticate; bits. With more than one the server is asked first, and the best one is used. */
enum native_http_auth_way {
    NATIVE_HTTP_AUTH_BASIC = 1,
    NATIVE_HTTP_AUTH_DIGEST = 2,
    NATIVE_HTTP_AUTH_BEARER = 4,
    /* not spoken here: told in info.offered */
    NATIVE_HTTP_AUTH_NEGOTIATE = 8,
    NATIVE_HTTP_AUTH_NTLM = 16
};

enum native_http_proxy_kind {
    NATIVE_HTTP_PROXY_HTTP,
    NATIVE_HTTP_PROXY_HTTP_1_0, /* CONNECT in HTTP/1.0 */
    NATIVE_HTTP_PROXY_SOCKS4,   /* we resolve */
    NATIVE_HTTP_PROXY_SOCKS4A,  /* the proxy does */
    NATIVE_HTTP_PROXY_SOCKS5,
    NATIVE_HTTP_PROXY_SOCKS5H
};

/* Which redirects keep POST as it is; bits. 307 and 308 always do. */
enum native_http_keep_post {
    NATIVE_HTTP_KEEP_POST_301 = 1,
    NATIVE_HTTP_KEEP_POST_302 = 2,
    NATIVE_HTTP_KEEP_POST_303 = 4
};

/* "host:port" leads to these addresses, no name is looked up. An empty host stands for all. */
struct native_http_resolve_entry {
    struct native_http_span host;
    uint16_t port;
    const struct native_net_addresses *addresses;
};

/* What is meant for host:port goes to to_host:to_port; the request and TLS speak of host. Empty or 0: any; the same. */
struct native_http_connect_entry {
    struct native_http_span host;
    uint16_t port;
    struct native_http_span to_host;
    uint16_t to_port;
};

/* What of a response that is not as it should be is taken nonetheless; bits. */
enum native_http_tolerance {
    /* Content-Length: what begins as a number, the last one of several, none at all where it is larger than any; the
     * connection is not used again */
    NATIVE_HTTP_TAKE_LENGTHS = 1,
    NATIVE_HTTP_TAKE_NO_NAME = 2,       /* a line that begins with a colon */
    NATIVE_HTTP_TAKE_CUT_CODING = 4,    /* content that ends before its coding does */
    NATIVE_HTTP_TAKE_101_AS_ANSWER = 8, /* what comes behind it is the body */
    NATIVE_HTTP_TAKE_ALL = 15
};

struct native_http_options {
    /* ---- what ---- */
    struct native_http_span url;
    /* of a URL without one; not given: guessed from the host, else http */
    struct native_http_span default_scheme;
    unsigned schemes; /* allowed: enum native_http_scheme */
    enum native_http_kind kind;
    struct native_http_span method; /* in place of the kind's own name */
    struct native_http_span target; /* in place of the URL's path and query */
    bool path_as_is;                /* dot segments stay */
    /* more of enum native_http_url_flag: for the first URL, and for where redirects lead */
    unsigned url_flags;
    unsigned location_flags;
    uint16_t port; /* in place of the URL's, where no redirect leads elsewhere; 0: not */
    /* fields, user agent, referer and target go out as they are, line breaks included: who fills them knows */
    bool lines_as_given;
    bool http_1_0;
    bool allow_0_9;
    /* beginnings of a first line that stand for "HTTP/1.0 200" */
    const struct native_http_span *status_aliases;
    size_t status_aliases_len;
    /* "Name: value" adds a field or takes the place of ours, "Name:" leaves ours out, "Name;" sends it empty */
    const struct native_http_span *fields;
    size_t fields_len;
    /* for the proxy alone: what `fields` holds is for the server, and not told in CONNECT */
    const struct native_http_span *proxy_fields;
    size_t proxy_fields_len;
    bool fields_to_proxy; /* CONNECT has `fields`, secrets included, in place of proxy_fields */
    struct native_http_span user_agent;
    struct native_http_span referer;
    bool auto_referer;
    struct native_http_span range; /* "0-99,200-" */
    /* GET: skip what is there already. A body that begins elsewhere is the error RANGE, unless it is just as long: then there is
     * no more; nor does the body of 416 tell of the content. */
    uint64_t resume_from;
    /* a request with a body says this in Content-Range, in place of Range; "": neither */
    struct native_http_span content_range;
    /* "": all that can be decoded; given: decode what comes */
    struct native_http_span accept_encoding;
    /* do not decode though accept_encoding is given */
    bool raw_content;
    bool raw_transfer; /* hand on chunks, and other transfer codings, as they come */
    /* transfer codings that are welcome, for TE; those that can be undone are, asked for or not */
    struct native_http_span transfer_codings;
    bool ignore_length; /* the body ends with the connection, unless it comes in chunks */
    unsigned tolerance; /* enum native_http_tolerance */

    /* ---- body ---- */
    struct native_http_source *source;    /* NULL with POST: an empty one */
    struct native_http_span content_type; /* of the body; not given: none is sent */
    /* bodies larger than this ask first (Expect); negative: never */
    int64_t expect_above;
    int64_t expect_ms; /* how long to wait for 100 */
    bool
        keep_sending; /* all of it though an answer from 300 on is there, if the connection stays */

    /* ---- redirects, authentication, cookies ---- */
    bool follow;
    bool follow_any;    /* each 3xx that names a location; else 301, 302, 303, 307, 308 */
    int max_redirects;  /* negative: no end */
    bool count_repeats; /* what came again because of its answer (401, 407, 417) counts, too */
    unsigned keep_post;
    unsigned redirect_schemes;
    bool credentials_anywhere; /* to other origins too */
    struct native_http_span user;
    struct native_http_span password;
    struct native_http_span bearer;
    unsigned auth; /* enum native_http_auth_way */
    bool auth_ask; /* the server is asked first also where there is one way */
    /* A request that goes without credentials, to be asked, leaves its body at home: if nobody asks, it is sent again
     * with it. */
    bool auth_ask_empty;
    /* Requests are signed with user and password (sigv4.h), in place of all other ways; of the body what is known before
     * it is sent (`at` NULL: nothing) */
    struct native_http_span sigv4;
    struct native_http_span sigv4_body;
    bool user_colon; /* Basic sends a colon in a user name, where the server will part it */
    struct native_http_nonces *nonces; /* of Digest, kept for later requests; NULL: not */
    struct native_http_cookies *cookies;
    struct native_http_span
        cookie; /* sent as it is, behind those of the store; "": an empty field, if they are none */
    bool cookies_beside; /* those of the store are sent beside a field Cookie of the user's, too */
    bool fail_on_status; /* from 400 on: the error STATUS, and no body */

    /* ---- proxy ---- */
    /* URL or host:port; "": none; not given: the environment says */
    struct native_http_span proxy;
    enum native_http_proxy_kind proxy_kind; /* of a proxy without a scheme */
    uint16_t proxy_port;                    /* of one without a port; 0: 1080 */
    struct native_http_span proxy_user;
    struct native_http_span proxy_password;
    unsigned proxy_auth;
    bool proxy_auth_ask;
    bool proxy_url_first; /* user and password of the proxy's URL go before these */
    bool socks_no_login;  /* SOCKS 5 is not offered user and password */
    /* a SOCKS proxy that leads to the proxy, or where that speaks SOCKS itself, takes its place; with it the
     * environment is not asked */
    struct native_http_span pre_proxy;
    struct native_http_span no_proxy; /* in place of the environment's */
    bool tunnel;                      /* CONNECT for http too */
    bool hide_connect;                /* the handlers do not see the proxy's answer */

    /* ---- connection ---- */
    /* whose they are, see pool.h: a number of native_http_pool_owner(); 0: anybody's */
    uint64_t owner;
    unsigned keep_most; /* of the owner's, that wait; 0: no limit */
    bool
        retry_any; /* what is not idempotent, too, if a kept connection dies before a line of the answer */
    bool say_address;                  /* the PROXY protocol's line goes first */
    int family;                        /* enum native_net_family */
    struct native_http_span interface; /* device, or our own address */
    uint16_t local_port;
    uint16_t local_ports; /* how many to try from there on */
    struct native_http_span unix_path;
    bool unix_abstract;
    const struct native_http_resolve_entry *resolve;
    size_t resolve_len;
    const struct native_http_connect_entry *connect_to;
    size_t connect_to_len;
    bool fresh;           /* not from the pool */
    bool close;           /* nor into it */
    int64_t pool_idle_ms; /* not older than; negative: the pool's own */
    int64_t pool_life_ms;
    int keepalive_idle_s; /* TCP keep-alive probes; 0: none */
    int keepalive_interval_s;
    int keepalive_count;
    int64_t eyeballs_ms; /* before the next address is tried, too */
    /* for https; a reference is taken when it is used. NULL: the handlers are asked */
    struct native_net_tls_config *tls;
    struct native_net_tls_store *sessions; /* of TLS, kept or shared; NULL: none */
    bool
        whole_chain; /* wants the server's certificates: a session that is resumed has not got them all */
    struct native_net_names *names; /* shared with others; NULL: not */

    /* ---- time and size; 0: no limit ---- */
    int64_t timeout_ms; /* of the whole */
    int64_t connect_ms; /* name, connect, proxy, TLS */
    int64_t first_ms;   /* from the last byte of the request to the first of the response */
    int64_t slow_bytes; /* a second, for slow_s seconds: too slow */
    int64_t slow_s;
    int64_t max_send_speed; /* bytes a second */
    int64_t max_receive_speed;
    uint64_t max_body; /* as it came */
    uint64_t max_decoded;
    size_t max_head; /* bytes of one head; 0: 300 KiB */
    size_t max_fields;
};
#define NATIVE_HTTP_OPTIONS_INIT                                                                   \
    {                                                                                              \
        .schemes = 3, .redirect_schemes = 3, .max_redirects = 20, .auth = NATIVE_HTTP_AUTH_BASIC,  \
        .proxy_auth = NATIVE_HTTP_AUTH_BASIC, .expect_above = 1024 * 1024, .expect_ms = 1000,      \
        .pool_idle_ms = -1, .pool_life_ms = -1, .connect_ms = 300000, .eyeballs_ms = 200           \
    }

#endif
