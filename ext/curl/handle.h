/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/handle.h - CurlHandle: one easy handle.
 *
 *     settings (setopt)  --fill-->  native_http_options  <--reads--  transfer (engine)  --handlers-->  sinks, callbacks
 *
 * The engine reads its options whenever it decides something, so a setopt() in a callback counts for what comes later:
 * each one fills them anew.
 * Memory: the object, and what it holds of PHP's, is PHP's; transfer, engine and cookies are malloc'ed, and freed by the object,
 * which PHP frees also after a fatal error. */
#ifndef NATIVE_EXT_CURL_HANDLE_H
#define NATIVE_EXT_CURL_HANDLE_H

#include <sys/types.h>

#include "php.h"
#include "zend_smart_str.h"

#include "../../http/cookies.h"
#include "../../http/engine.h"
#include "constants.h"
#include "settings.h"

enum { NATIVE_EXT_CURL_ERROR_SIZE = 256 };

struct native_ext_curl_body;
struct native_ext_curl_hosts;
struct native_ext_curl_lists;
struct native_ext_curl_multi;
struct native_ext_curl_netrc;

/* What a file:// URL came to, in place of a transfer. */
struct native_ext_curl_local {
    bool used;
    bool unmet;                               /* TIMECONDITION: it was not wanted */
    int64_t received, sent, length, filetime; /* -1: unknown */
    int64_t total_us;
};

struct native_ext_curl_easy {
    struct native_ext_curl_settings set;

    /* ---- for the engine; see fill.h ---- */
    struct native_http_options options;
    struct native_http_handlers handlers;
    struct native_http_transfer *transfer; /* NULL: never performed */
    struct native_http_engine *engine;     /* of curl_exec(); NULL: never called */
    struct native_ext_curl_lists
        *lists;           /* what options points to, of arrays; malloc'ed; NULL: none */
    zend_array *replaced; /* settings of which the engine may have spans; NULL: none */
    struct native_ext_curl_body *body; /* what is sent (body.h); NULL: none */
    struct native_ext_curl_netrc
        *netrc; /* what NETRC has found (login.h); NULL: nothing was looked up */
    struct native_http_cookies *cookies; /* NULL: no cookie option was set */
    bool cookies_loaded;                 /* from the files that were named */
    bool cookies_on;                     /* sent and taken: a share alone does not turn that on */
    struct native_ext_curl_hosts *hosts; /* what RESOLVE has said; NULL: nothing */
    bool new_resolve;                    /* it was set since that was looked at */
    struct native_ext_curl_multi *multi; /* that it is in; NULL */
    uint64_t owner;                      /* of what curl_exec() opens, for the pool; 0: none yet */

    /* ---- what came of it ---- */
    int error;                             /* CURLE_*, what curl_errno() says */
    char text[NATIVE_EXT_CURL_ERROR_SIZE]; /* "": the error's own */
    smart_str returned;                    /* RETURNTRANSFER */
    zend_string *request_header;           /* CURLINFO_HEADER_OUT */
    zval certinfo;                         /* array; UNDEF */
    zend_long verify_result, proxy_verify_result;
    zend_string *cloned_url; /* of a copy that was not performed: where the other one ended */
    zend_string *shown_url;  /* of a file:// URL, normalised; NULL: none was performed */
    bool new_url;            /* it was set since the last transfer, or in it */
    int new_url_at;          /* the number of redirects by then */
    bool performed;          /* there is something for curl_getinfo() to tell */
    bool alone;              /* curl_exec() has performed it: it has connections of its own */

    struct native_ext_curl_local local; /* of a file:// URL */

    /* ---- now ---- */
    pid_t pid;                            /* whose engine and transfer these are */
    unsigned in_callback;                 /* how deep */
    bool running;                         /* between prepare and finish */
    enum native_ext_curl_method begun_as; /* the method when it began */
    bool
        failed_in_callback; /* an exception is on its way: nothing of the user's is called any more */
    bool stopped_by_prereq; /* PREREQFUNCTION said no */
    bool wrong_netrc;       /* the file of NETRC cannot be read */
    bool wrong_issuer;      /* the server\'s certificate is not of ISSUERCERT\'s */
    bool connected_only;    /* CONNECT_ONLY, and it is */
    bool unmet; /* TIMECONDITION, by what the server has said: as if it had answered 304 */
    zend_object std;
};

extern zend_class_entry *native_ext_curl_easy_ce;

static inline struct native_ext_curl_easy *native_ext_curl_easy_of(zend_object *object)
{
    return (struct native_ext_curl_easy *)((char *)object -
                                           offsetof(struct native_ext_curl_easy, std));
}

/* Note an error: the code, and libcurl's words for it where there are more than the code's own (NULL: none). */
void native_ext_curl_easy_set_error(struct native_ext_curl_easy *easy, int code, const char *text);

/* Before it is performed, or added to a multi handle: forget what the last time has left. */
void native_ext_curl_easy_clean(struct native_ext_curl_easy *easy);

/* Streams that were closed since they were set: warn (if `report`), and go back to the default. */
void native_ext_curl_easy_check_streams(struct native_ext_curl_easy *easy, bool report);

/* Make the transfer ready to be added to an engine. Returns CURLE_OK; else the error is noted. */
int native_ext_curl_easy_prepare(struct native_ext_curl_easy *easy);

/* Code of the user's has thrown: nothing of his is called any more in this transfer, which ends; others wait until that is out. */
void native_ext_curl_easy_fail(struct native_ext_curl_easy *easy);

/* It is a file:// URL: prepared, it is not added to an engine, but performed at once. Returns CURLE_*; native_ext_curl_easy_finish()
 * comes next, which gives the same. */
bool native_ext_curl_easy_is_local(const struct native_ext_curl_easy *easy);
int native_ext_curl_local_perform(struct native_ext_curl_easy *easy);

/* Tell PROGRESSFUNCTION or XFERINFOFUNCTION how a file:// URL goes. Returns false: it is to end. */
bool native_ext_curl_easy_progress(struct native_ext_curl_easy *easy);

/* It has ended: make CURLE_* and its text of the engine's error, write what belongs at the end. Returns the code, which
 * curl_errno() does not say yet. */
int native_ext_curl_easy_finish(struct native_ext_curl_easy *easy);

/* (int)$handle; the object's number. */
#if PHP_VERSION_ID >= 80200
zend_result native_ext_curl_cast(zend_object *object, zval *result, int type);
#endif

void native_ext_curl_easy_minit(void);

#endif
