/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* call.h - HTTP calls for callers without callbacks: FFI, and C programs that want no more than this.
 *
 *     client_new ---> call_new, set..., perform, result, call_free ---> client_free
 *                  \-> call_new ...
 *
 * Shape: a client has what makes the second call fast (connections that wait, challenges, cookies); a call is one
 *        request with all that follows from it (redirects, authentication), and its response.
 * Allocates: with malloc; what is set is copied. Blocks: only in native_http_call_perform(). No SIGPIPE, ever.
 * Threads: a client and its calls belong to one at a time. Forks: a client may be used on in both processes, each opens
 * connections of its own; a call that is under way is the parent's.
 * libnative.so exports these, with nothing that engine.h has. */
#ifndef NATIVE_HTTP_CALL_H
#define NATIVE_HTTP_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../mqtt/api.h"

struct native_http_client;
struct native_http_call;

/* ---- clients ---- */

/* Make a client. Its cookies are its own. Its connections and challenges, too, unless `shared`: then they are those of all
 * shared clients of this thread, and outlive them, so that a client made for one request finds what an earlier one has
 * left. Returns NULL without memory. */
NATIVE_API struct native_http_client *native_http_client_new(bool shared);

/* Free it and its calls, and close what waits (unless it is shared). NULL is allowed. */
NATIVE_API void native_http_client_free(struct native_http_client *client);

/* Free all shared clients of this thread and their calls: for callers who have lost them, as a PHP request does that ends
 * in a fatal error. Connections that wait stay. Returns how many clients there were. */
NATIVE_API size_t native_http_client_free_lost(void);

/* How many connections may wait for their next request, in all and for one server, and for how long (of a shared client:
 * those of the thread). 32, 8 and 118,000 ms unless this is called. */
NATIVE_API void native_http_client_keep(struct native_http_client *client, uint32_t connections,
                                        uint32_t connections_per_host, int64_t idle_ms);

/* ---- what to do ---- */

/* Texts. No NUL byte is in those that name a file or a place, no line break in what becomes a header field. */
enum native_http_call_text {
    NATIVE_HTTP_CALL_URL = 0,
    NATIVE_HTTP_CALL_METHOD,     /* any token; not given: GET, or POST where there is a body */
    NATIVE_HTTP_CALL_USER_AGENT, /* not given: none is sent */
    NATIVE_HTTP_CALL_REFERER,
    NATIVE_HTTP_CALL_RANGE, /* "0-99,200-" */
    NATIVE_HTTP_CALL_USERNAME,
    NATIVE_HTTP_CALL_PASSWORD,
    NATIVE_HTTP_CALL_BEARER,
    NATIVE_HTTP_CALL_PROXY,    /* a URL; "": none; not given: the environment says */
    NATIVE_HTTP_CALL_NO_PROXY, /* in place of the environment's */
    NATIVE_HTTP_CALL_INTERFACE,
    NATIVE_HTTP_CALL_UNIX_SOCKET,
    /* TLS. With none of the three CA the system's bundle is used; what is no file is PEM or DER */
    NATIVE_HTTP_CALL_CA_FILE,
    NATIVE_HTTP_CALL_CA_PATH,
    NATIVE_HTTP_CALL_CA,
    NATIVE_HTTP_CALL_CERTIFICATE_FILE,
    NATIVE_HTTP_CALL_CERTIFICATE,
    NATIVE_HTTP_CALL_KEY_FILE,
    NATIVE_HTTP_CALL_KEY,
    NATIVE_HTTP_CALL_PASSPHRASE,
    NATIVE_HTTP_CALL_PINS, /* "sha256//<base64>;..." or a file */
    NATIVE_HTTP_CALL_CRL_FILE,
    NATIVE_HTTP_CALL_CRL,
    NATIVE_HTTP_CALL_CIPHERS,
    NATIVE_HTTP_CALL_CIPHERS_13,
    NATIVE_HTTP_CALL_GROUPS,
    NATIVE_HTTP_CALL_TEXTS
};

/* Numbers. Times in milliseconds, sizes in bytes; 0: no limit. Flags are 0 or 1. */
enum native_http_call_number {
    NATIVE_HTTP_CALL_TIMEOUT_MS = 0, /* of the whole */
    NATIVE_HTTP_CALL_CONNECT_MS,     /* name, connection, proxy, TLS; 10,000 */
    NATIVE_HTTP_CALL_FIRST_MS,       /* from the end of the request to the response's first byte */
    NATIVE_HTTP_CALL_FOLLOW,         /* redirects; 1 */
    NATIVE_HTTP_CALL_MAX_REDIRECTS,  /* 20 */
    NATIVE_HTTP_CALL_DECODE,         /* ask for a coded response and decode it; 1 */
    NATIVE_HTTP_CALL_AUTH_DIGEST,    /* user and password by Digest (RFC 7616); 0: by Basic */
    NATIVE_HTTP_CALL_COOKIES,        /* take, keep in the client, send (RFC 6265); 0 */
    NATIVE_HTTP_CALL_PROXY_TUNNEL,   /* CONNECT for http, too; 0 */
    NATIVE_HTTP_CALL_VERIFY_PEER,    /* the certificate leads to one that is trusted; 1 */
    NATIVE_HTTP_CALL_VERIFY_HOST,    /* ... and is for the host; 1 */
    NATIVE_HTTP_CALL_TLS_MIN,        /* 12 or 13; 12 */
    NATIVE_HTTP_CALL_TLS_MAX,        /* 12 or 13; 13, spoken where the library has it */
    NATIVE_HTTP_CALL_EXPECT_ABOVE,   /* larger bodies ask first; -1: never; 1 MiB */
    NATIVE_HTTP_CALL_MAX_BODY,       /* of the response as it comes */
    NATIVE_HTTP_CALL_MAX_DECODED,    /* ... decoded */
    NATIVE_HTTP_CALL_MAX_HEADER,     /* of one head, 256 to 16 MiB; 307,200 */
    NATIVE_HTTP_CALL_FAMILY,         /* 4 or 6: only this version of IP; 0: either */
    NATIVE_HTTP_CALL_KEEPALIVE_S,    /* TCP probes on a silent connection; 0: none */
    NATIVE_HTTP_CALL_FRESH,          /* a connection of its own, closed afterwards; 0 */
    NATIVE_HTTP_CALL_NUMBERS
};

/* Returns NULL without memory. */
NATIVE_API struct native_http_call *native_http_call_new(struct native_http_client *client);

/* Free it, with its result. One that is under way is broken off. NULL is allowed. */
NATIVE_API void native_http_call_free(struct native_http_call *call);

/* The setters return false when nothing was changed: the call is under way, there is no memory, no such thing, or a value
 * that cannot be. result->message says which. */

/* Set a text; NULL: not given. */
NATIVE_API bool native_http_call_set_text(struct native_http_call *call,
                                          enum native_http_call_text what, const void *text,
                                          size_t text_len);

/* Set a number. */
NATIVE_API bool native_http_call_set_number(struct native_http_call *call,
                                            enum native_http_call_number what, int64_t number);

/* Add a header field. A value of NULL leaves out the one that would be sent otherwise; "" is sent. A name that is no
 * token and a value with CR, LF or NUL are refused. */
NATIVE_API bool native_http_call_add_field(struct native_http_call *call, const void *name,
                                           size_t name_len, const void *value, size_t value_len);

/* Set the body; NULL: none. `type` (NULL: none) is for the field Content-Type. */
NATIVE_API bool native_http_call_set_body(struct native_http_call *call, const void *body,
                                          size_t body_len, const void *type, size_t type_len);

/* ---- doing it ---- */

enum native_http_call_status {
    NATIVE_HTTP_CALL_DONE = 0, /* there is a response, whatever its status */
    NATIVE_HTTP_CALL_FAILED,   /* see result->error */
    NATIVE_HTTP_CALL_MORE      /* time is over, or a signal came: call again */
};

/* Begin, or go on, for at most `wait_ms` (negative: until it ends); the time limits of the call itself run meanwhile. One
 * that has ended begins anew. Returns one of the above. */
NATIVE_API enum native_http_call_status native_http_call_perform(struct native_http_call *call,
                                                                 int64_t wait_ms);

/* What came of it. Texts are never NULL, belong to the call, and live until it is performed again or freed. Times are
 * microseconds since the begin, at the end of each phase of the last request; 0: it was not needed. */
struct native_http_result {
    const char *error; /* "": none; else "resolve", "connect", "tls", "timeout" ... (error.h) */
    const char
        *reason; /* of what lies below: "connect_refused", "tls_cert_host" ... (net/error.h); "" */
    const char
        *phase; /* where it failed: "name", "connect", "proxy", "tls", "send", "wait" ...; "" */
    const char *message; /* what and where, for people; "" */
    const char *body;    /* decoded; behind it stands a NUL that does not count */
    size_t body_len;
    const char *url; /* of the last request, without user and password */
    size_t url_len;
    /* of the response: name, NUL, value, NUL, the next name ... as they came; blanks round values are gone, and no name or
     * value has a NUL in it */
    const char *fields;
    size_t fields_len;
    int32_t status;    /* 200..999; 0: none */
    int32_t version;   /* 11, 10; 9: HTTP/0.9; 0: none */
    int32_t redirects; /* that were followed */
    int32_t reply;     /* of a proxy that refused: the status, or the code of SOCKS */
    bool reused;       /* the last request went over a connection that was there */
    bool resumed;      /* TLS took up a saved session */
    int64_t name_us;
    int64_t connect_us;
    int64_t tls_us;
    int64_t send_us;
    int64_t first_us; /* the first byte of the response */
    int64_t total_us;
    uint64_t sent;     /* bytes of the body, last request */
    uint64_t received; /* ... as it came */
};

/* Returns the result, which is the call's. Before it was performed, and while it is: all empty, but for the message of
 * a setter that has refused. */
NATIVE_API const struct native_http_result *
native_http_call_result(const struct native_http_call *call);

#endif
