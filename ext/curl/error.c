/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/error.c - how a transfer has failed, in libcurl's numbers and words.
 *
 *     kind of the engine's error  --kinds[]-->  CURLE_* and a text, or a function that makes both
 *
 * Programs look at the texts, so they are libcurl's (7.88's, with OpenSSL), letter by letter. Where libcurl repeats its TLS library
 * the engine's own words stand instead.
 * Memory: a URL is parsed once more where a text names a host; malloc'ed and freed here. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "error.h"

#include "fill.h"

#include <errno.h>

#include "../../http/decode.h"
#include "../../http/route.h"
#include "../../http/text.h"

/* libcurl's, of which PHP has no constant. */
enum {
    UPLOAD_FAILED = 25,
    REWIND_FAILED = 65,
    LOGIN_DENIED = 67,
    CRL_BAD_FILE = 82,
    AUTH_ERROR = 94
};

struct failure {
    struct native_ext_curl_easy *easy;
    const struct native_http_error *error;
    const struct native_http_info *info;
    char *text;
    size_t len;
};

/* Write the text, "" for the code's own. Returns the code. */
static int say(const struct failure *f, int code, const char *format, ...)
    ZEND_ATTRIBUTE_FORMAT(printf, 3, 4);

static int say(const struct failure *f, int code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(f->text, f->len, format, args);
    va_end(args);
    return code;
}

/* The engine's own words, where libcurl's say less or repeat another library. */
static int say_as_it_is(const struct failure *f, int code)
{
    return say(f, code, "%s", f->error->message);
}

/* "Recv failure: Connection reset by peer": what was done, and the system's text. */
static int say_system(const struct failure *f, int code, int os_errno, const char *what)
{
    struct native_net_error system;

    native_net_error_set_errno(&system, NATIVE_NET_ERROR_IO, os_errno, "%s", what);
    return say(f, code, "%s", system.message);
}

static bool mentions(const struct failure *f, const char *words)
{
    return strstr(f->error->message, words) != NULL;
}

static struct native_http_span url_of(const struct failure *f)
{
    return native_http_transfer_url(f->easy->transfer);
}

static bool begins(struct native_http_span text, const char *with)
{
    size_t len = strlen(with);

    return text.len >= len && strncasecmp(text.at, with, len) == 0;
}

/* Milliseconds that the last request took; libcurl counts connecting so, and all else from the start. */
static long long hop_ms(const struct failure *f)
{
    return (long long)((f->info->times.total - f->info->times.redirect) / 1000);
}

/* ---- the way that the last request took: a text names its host ---- */

struct way {
    struct native_http_buffer text;
    struct native_http_url url;
    struct native_http_route route;
};

static bool find_way(const struct failure *f, struct way *way)
{
    struct native_http_url_options how = NATIVE_HTTP_URL_OPTIONS_INIT;
    struct native_http_span url = url_of(f);
    struct native_http_fault fault;
    struct native_http_error error;
    enum native_http_status status;

    memset(way, 0, sizeof(*way));
    (void)native_http_text_reserve(&way->text, url.len + 16); /* else it is parsed twice */
    do {
        way->text.len = 0;
        status = native_http_url_parse(&how, url.at, url.len, &way->text, &way->url, &fault);
    } while (status == NATIVE_HTTP_NO_SPACE && native_http_text_retry(&way->text, 0));
    if (status == NATIVE_HTTP_OK && f->easy->options.port > 0 && f->info->redirects == 0)
        way->url.port = f->easy->options.port;
    if (status == NATIVE_HTTP_OK &&
        native_http_route_find(&way->route, &way->url, &f->easy->options, &error))
        return true;
    native_http_text_free(&way->text, true);
    return false;
}

static void leave_way(struct way *way)
{
    native_http_route_free(&way->route);
    native_http_text_free(&way->text, true);
}

/* The text with the host in the place of its %.*s. */
static int say_host(const struct failure *f, int code, const char *before, const char *behind,
                    bool of_origin)
{
    struct native_http_span host;
    struct way way;

    if (!find_way(f, &way))
        return say(f, code, "%s", "");
    host = of_origin ? way.route.host : way.route.peer_host;
    say(f, code, "%s%.*s%s", before, (int)host.len, host.at, behind);
    leave_way(&way);
    return code;
}

/* ---- names and connecting ---- */

static bool is_address(struct native_http_span host)
{
    struct native_net_address address;
    char text[64];

    if (host.len >= sizeof(text))
        return false;
    memcpy(text, host.at, host.len);
    text[host.len] = '\0';
    return native_net_address_parse(text, &address);
}

static int say_no_host(const struct failure *f)
{
    struct way way;
    bool address;

    /* A proxy that speaks SOCKS 4 or 5 wants an address from us. */
    if (f->error->phase == NATIVE_HTTP_PHASE_PROXY && mentions(f, "SOCKS 4 knows no other"))
        return say_host(f, CURLE_PROXY, "SOCKS4 connection to ", " not supported", true);
    if (f->error->phase == NATIVE_HTTP_PHASE_PROXY)
        return say_host(f, CURLE_PROXY, "Could not resolve host: ", "", true);
    if (!find_way(f, &way))
        return say(f, CURLE_COULDNT_RESOLVE_HOST, "%s", "");
    address = is_address(way.route.peer_host);
    leave_way(&way);
    /* An address of the version of IP that IPRESOLVE does not want. */
    if (address)
        return say(f, CURLE_COULDNT_CONNECT, "%s", "");
    return say_host(f, CURLE_COULDNT_RESOLVE_HOST, "Could not resolve host: ", "", false);
}

static int say_no_proxy(const struct failure *f)
{
    return say_host(f, CURLE_COULDNT_RESOLVE_PROXY, "Could not resolve proxy: ", "", false);
}

static int say_not_bound(const struct failure *f)
{
    struct native_http_span name = f->easy->options.interface;
    const zend_string *asked = f->easy->set.interface;
    bool device = asked && strncmp(ZSTR_VAL(asked), "if!", 3) == 0;

    return say(f, CURLE_HTTP_PORT_FAILED, "Couldn't bind to %s'%.*s'", device ? "interface " : "",
               (int)name.len, name.at ? name.at : "");
}

/* To whom, and why not. */
static int say_where(const struct failure *f, int code, const char *why)
{
    struct way way;

    if (!find_way(f, &way))
        return say(f, code, "%s", "");
    say(f, code, "Failed to connect to %.*s port %u after %lld ms: %s",
        (int)way.route.peer_host.len, way.route.peer_host.at, (unsigned)way.route.peer_port,
        hop_ms(f), why);
    leave_way(&way);
    return code;
}

static int say_not_connected(const struct failure *f)
{
    const struct native_net_error *net = &f->error->net;
    int code = net->os_errno == ETIMEDOUT ? CURLE_OPERATION_TIMEDOUT : CURLE_COULDNT_CONNECT;
    char text[64];

    if (net->part == NATIVE_NET_PART_BIND) {
        snprintf(text, sizeof(text), "bind failed with errno %d", net->os_errno);
        return say_system(f, CURLE_HTTP_PORT_FAILED, net->os_errno, text);
    }
    return say_where(f, code, "Couldn't connect to server");
}

/* ---- URLs ---- */

/* What libcurl says of a redirect's target. */
static const struct {
    enum native_http_fault_reason fault;
    int code;
    const char *text;
} targets[] = {
    {NATIVE_HTTP_FAULT_URL_PORT, CURLE_URL_MALFORMAT,
     "Port number was not a decimal number between 0 and 65535"},
    {NATIVE_HTTP_FAULT_URL_HOST, CURLE_URL_MALFORMAT, "Bad hostname"},
    {NATIVE_HTTP_FAULT_URL_SCHEME, CURLE_UNSUPPORTED_PROTOCOL, "Unsupported URL scheme"},
    {NATIVE_HTTP_FAULT_URL_SLASHES, CURLE_UNSUPPORTED_PROTOCOL, "Unsupported URL scheme"},
};

static int say_bad_url(const struct failure *f)
{
    const char *text = "Malformed input to a URL function";
    int code = CURLE_URL_MALFORMAT;

    if (f->error->fault == NATIVE_HTTP_FAULT_URL_USERINFO)
        return say(f, LOGIN_DENIED, "%s", "");
    if (f->error->phase < NATIVE_HTTP_PHASE_SEND) /* the first one: the code's own text */
        return say(f, code, "%s", f->easy->set.url ? "" : "No URL set");
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++)
        if (targets[i].fault == f->error->fault) {
            code = targets[i].code;
            text = targets[i].text;
        }
    return say(f, code, "The redirect target URL could not be parsed: %s", text);
}

/* A proxy that is not spoken. It may be the environment's: then the engine has named what it was. */
static int say_proxys_scheme(const struct failure *f)
{
    struct native_http_span proxy = f->easy->options.proxy;

    if (mentions(f, "\"https\""))
        return say(f, CURLE_NOT_BUILT_IN,
                   "Unsupported proxy '%.*s', libcurl is built without the HTTPS-proxy support.",
                   (int)proxy.len, proxy.at ? proxy.at : "");
    if (!proxy.at)
        return say_as_it_is(f, CURLE_COULDNT_CONNECT);
    return say(f, CURLE_COULDNT_CONNECT, "Unsupported proxy scheme for '%.*s'", (int)proxy.len,
               proxy.at);
}

static int say_scheme(const struct failure *f)
{
    const struct native_http_options *options = &f->easy->options;
    unsigned allowed = f->info->redirects > 0 ? options->redirect_schemes : options->schemes;
    struct native_http_span url = url_of(f);
    const char *colon = memchr(url.at, ':', url.len);

    if ((begins(url, "http:") && allowed & NATIVE_HTTP_SCHEME_HTTP) ||
        (begins(url, "https:") && allowed & NATIVE_HTTP_SCHEME_HTTPS))
        return say_proxys_scheme(f);
    return say(f, CURLE_UNSUPPORTED_PROTOCOL,
               "Protocol \"%.*s\" not supported or disabled in libcurl",
               colon ? (int)(colon - url.at) : 0, url.at);
}

/* ---- SOCKS and CONNECT ---- */

static bool is_socks(const struct failure *f)
{
    const struct native_http_error *e = f->error;

    if (e->kind == NATIVE_HTTP_ERROR_RESOLVE)
        return e->phase == NATIVE_HTTP_PHASE_PROXY;
    /* A head is counted before it is sent: without one it was no CONNECT that could not be sent. */
    return e->kind == NATIVE_HTTP_ERROR_PROXY && e->phase == NATIVE_HTTP_PHASE_PROXY &&
           (mentions(f, "SOCKS") || f->info->request_bytes == 0);
}

/* A proxy's "no": SOCKS 4 counts from 90, SOCKS 5 from 0. */
static int refused(int code, bool of_four)
{
    static const int five[] = {CURLPX_REPLY_UNASSIGNED,
                               CURLPX_REPLY_GENERAL_SERVER_FAILURE,
                               CURLPX_REPLY_NOT_ALLOWED,
                               CURLPX_REPLY_NETWORK_UNREACHABLE,
                               CURLPX_REPLY_HOST_UNREACHABLE,
                               CURLPX_REPLY_CONNECTION_REFUSED,
                               CURLPX_REPLY_TTL_EXPIRED,
                               CURLPX_REPLY_COMMAND_NOT_SUPPORTED,
                               CURLPX_REPLY_ADDRESS_TYPE_NOT_SUPPORTED};
    static const int four[] = {CURLPX_REQUEST_FAILED, CURLPX_IDENTD, CURLPX_IDENTD_DIFFER};

    if (code > 90 && code <= 93)
        return four[code - 91];
    if (of_four)
        return CURLPX_UNKNOWN_FAIL;
    return code < (int)(sizeof(five) / sizeof(five[0])) ? five[code] : CURLPX_REPLY_UNASSIGNED;
}

/* What the engine says of a SOCKS proxy, as it has no number for it. */
static const struct {
    const char *words;
    int proxy_error; /* CURLPX_OK: see the proxy's code */
} socks_words[] = {
    {"answer is not SOCKS of this version", CURLPX_BAD_VERSION},
    {"another way of authentication", CURLPX_NO_AUTH},
    {"that was not offered", CURLPX_UNKNOWN_MODE},
    {"refused the user", CURLPX_USER_REJECTED},
    {"refused the connection", CURLPX_OK},
    {"address of unknown kind", CURLPX_BAD_ADDRESS_TYPE},
};

static bool is_long(const zend_string *text)
{
    return text && ZSTR_LEN(text) > 255;
}

/* Returns CURLPX_*. */
static int socks_error(const struct failure *f)
{
    const struct native_http_error *e = f->error;

    if (e->kind == NATIVE_HTTP_ERROR_RESOLVE)
        return CURLPX_RESOLVE_HOST;
    if (e->fault != NATIVE_HTTP_FAULT_NONE)
        return is_long(f->easy->set.proxy_user)       ? CURLPX_LONG_USER
               : is_long(f->easy->set.proxy_password) ? CURLPX_LONG_PASSWD
                                                      : CURLPX_LONG_HOSTNAME;
    for (size_t i = 0; i < sizeof(socks_words) / sizeof(socks_words[0]); i++)
        if (mentions(f, socks_words[i].words))
            return socks_words[i].proxy_error != CURLPX_OK
                       ? socks_words[i].proxy_error
                       : refused(e->code, f->info->bound.len > 0);
    if (!mentions(f, "SOCKS"))
        return CURLPX_SEND_CONNECT;
    return e->net.kind == NATIVE_NET_ERROR_NONE ? CURLPX_CLOSED : CURLPX_RECV_CONNECT;
}

/* Texts that need no number and no host. */
static const struct {
    int proxy_error;
    const char *five, *four; /* four NULL: the same */
} socks_texts[] = {
    {CURLPX_BAD_ADDRESS_TYPE, "SOCKS5 reply has wrong address type.", NULL},
    {CURLPX_BAD_VERSION, "Received invalid version in initial SOCKS5 response.",
     "SOCKS4 reply has wrong version, version should be 0."},
    {CURLPX_CLOSED, "connection to proxy closed", NULL},
    {CURLPX_LONG_HOSTNAME,
     "SOCKS5: the destination hostname is too long to be resolved remotely by the proxy.",
     "SOCKS4: too long host name"},
    {CURLPX_LONG_PASSWD, "Excessive password length for proxy auth", NULL},
    {CURLPX_LONG_USER, "Excessive user name length for proxy auth",
     "Too long SOCKS proxy user name, can't use"},
    {CURLPX_NO_AUTH, "No authentication method was acceptable.", NULL},
    {CURLPX_RECV_CONNECT,
     "SOCKS4: Failed receiving initial SOCKS5 response: Failure when receiving data from the peer",
     "SOCKS4: Failed receiving connect request ack: Failure when receiving data from the peer"},
    {CURLPX_SEND_CONNECT, "Failed to send initial SOCKS5 request: Failed sending data to the peer",
     "Failed to send SOCKS4 connect request: Failed sending data to the peer"},
    {CURLPX_UNKNOWN_MODE, "Undocumented SOCKS5 mode attempted to be used by server.", NULL},
};

static void say_refused4(const struct failure *f)
{
    static const char *const why[] = {"request rejected or failed.",
                                      "request rejected because SOCKS server cannot connect to "
                                      "identd on the client.",
                                      "request rejected because the client program and identd "
                                      "report different user-ids."};
    int code = f->error->code;
    char address[64];

    say(f, CURLE_PROXY, "Can't complete SOCKS4 connection to %s:%u. (%d), %s",
        native_net_address_host(&f->info->bound, address, sizeof(address)),
        (unsigned)native_net_address_port(&f->info->bound), code,
        code > 90 && code <= 93 ? why[code - 91] : "Unknown.");
}

static int say_socks(const struct failure *f)
{
    int proxy_error = socks_error(f);
    const char *text = NULL;
    struct way way;
    bool four;

    if (!find_way(f, &way))
        return say(f, CURLE_PROXY, "%s", "");
    four = way.route.proxy_kind == NATIVE_HTTP_PROXY_SOCKS4 ||
           way.route.proxy_kind == NATIVE_HTTP_PROXY_SOCKS4A;
    for (size_t i = 0; i < sizeof(socks_texts) / sizeof(socks_texts[0]); i++)
        if (socks_texts[i].proxy_error == proxy_error)
            text = four && socks_texts[i].four ? socks_texts[i].four : socks_texts[i].five;
    if (mentions(f, "its last answer is not"))
        text = "SOCKS5 reply has wrong version, version should be 5.";
    if (text)
        say(f, CURLE_PROXY, "%s", text);
    else if (proxy_error == CURLPX_USER_REJECTED)
        say(f, CURLE_PROXY, "User was rejected by the SOCKS5 server (1 %d).", f->error->code);
    else if (four)
        say_refused4(f);
    else
        say(f, CURLE_PROXY, "Can't complete SOCKS5 connection to %.*s. (%d)",
            (int)way.route.target_host.len, way.route.target_host.at, f->error->code);
    leave_way(&way);
    return CURLE_PROXY;
}

static int say_fault(const struct failure *f);

static int say_proxy(const struct failure *f)
{
    const struct native_http_error *e = f->error;
    struct native_http_span proxy = f->easy->options.proxy;

    if (is_socks(f))
        return say_socks(f);
    if (e->phase < NATIVE_HTTP_PHASE_NAME) /* its URL */
        return say(f, CURLE_COULDNT_RESOLVE_PROXY, "Unsupported proxy syntax in '%.*s'",
                   (int)proxy.len, proxy.at ? proxy.at : "");
    if (e->code > 0)
        return say(f, CURLE_RECV_ERROR, "CONNECT tunnel failed, response %d", e->code);
    if (e->fault == NATIVE_HTTP_FAULT_NO_HEAD) /* nor HTTP at all */
        return say(f, CURLE_RECV_ERROR, "CONNECT tunnel failed, response 0");
    if (e->fault != NATIVE_HTTP_FAULT_NONE)
        return say_fault(f);
    if (e->net.os_errno == EPIPE)
        return say(f, CURLE_SEND_ERROR, "Failed sending CONNECT to proxy");
    return say(f, CURLE_RECV_ERROR, "Proxy CONNECT aborted");
}

/* ---- TLS ---- */

/* X509_verify_cert_error_string() of OpenSSL 3. */
static const struct {
    int code;
    const char *text;
} verdicts[] = {
    {9, "certificate is not yet valid"},
    {10, "certificate has expired"},
    {18, "self-signed certificate"},
    {19, "self-signed certificate in certificate chain"},
    {20, "unable to get local issuer certificate"},
    {21, "unable to verify the first certificate"},
    {23, "certificate revoked"},
};

static int say_certificate(const struct failure *f)
{
    const char *text = "unspecified certificate verification error";

    for (size_t i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++)
        if (verdicts[i].code == f->error->net.verify_code)
            text = verdicts[i].text;
    return say(f, CURLE_SSL_CACERT, "SSL certificate problem: %s", text);
}

static int say_other_host(const struct failure *f)
{
    return say_host(f, CURLE_SSL_CACERT,
                    "SSL: no alternative certificate subject name matches target host name '", "'",
                    true);
}

static int say_pin(const struct failure *f)
{
    return say(f, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
               "SSL: public key does not match pinned public key");
}

static const char *or_else(const zend_string *text, const char *otherwise)
{
    return text && ZSTR_LEN(text) > 0 ? ZSTR_VAL(text) : otherwise;
}

static int say_ca(const struct failure *f)
{
    const struct native_ext_curl_settings *s = &f->easy->set;

    if (s->ca_blob)
        return say(f, CURLE_SSL_CACERT_BADFILE, "error importing CA certificate blob");
    if (s->ca_file && (!s->ca_path || mentions(f, ZSTR_VAL(s->ca_file))))
        return say(f, CURLE_SSL_CACERT_BADFILE, "error setting certificate file: %s",
                   ZSTR_VAL(s->ca_file));
    if (s->ca_path)
        return say(f, CURLE_SSL_CACERT_BADFILE, "error setting certificate path: %s",
                   ZSTR_VAL(s->ca_path));
    return say_as_it_is(f, CURLE_SSL_CACERT_BADFILE);
}

static int say_own_certificate(const struct failure *f)
{
    if (!native_ext_curl_is_pem_or_der(f->easy->set.cert_type))
        return say(f, CURLE_SSL_CERTPROBLEM, "not supported file type '%s' for certificate",
                   ZSTR_VAL(f->easy->set.cert_type));
    return say(
        f, CURLE_SSL_CERTPROBLEM,
        "could not load PEM client certificate from %s, %s, (no key found, wrong pass phrase, "
        "or wrong file format?)",
        or_else(f->easy->set.cert, "CURLOPT_SSLCERT_BLOB"), f->error->message);
}

static int say_own_key(const struct failure *f)
{
    const struct native_ext_curl_settings *s = &f->easy->set;

    return say(f, CURLE_SSL_CERTPROBLEM, "unable to set private key file: '%s' type %s",
               s->key_blob ? "(memory blob)" : or_else(s->key, or_else(s->cert, "(memory blob)")),
               or_else(s->key_type, "PEM"));
}

static int say_ciphers(const struct failure *f)
{
    const struct native_ext_curl_settings *s = &f->easy->set;

    if (s->ciphers && ZSTR_LEN(s->ciphers) > 0)
        return say(f, CURLE_SSL_CIPHER, "failed setting cipher list: %s", ZSTR_VAL(s->ciphers));
    return say(f, CURLE_SSL_CIPHER, "failed setting TLS 1.3 cipher suite: %s",
               or_else(s->ciphers_13, ""));
}

static int say_groups(const struct failure *f)
{
    return say(f, CURLE_SSL_CIPHER, "failed setting curves list: '%s'",
               or_else(f->easy->set.groups, ""));
}

static int say_crl(const struct failure *f)
{
    return say(f, CRL_BAD_FILE, "error loading CRL file: %s", or_else(f->easy->set.crl_file, ""));
}

static int say_connect_error(const struct failure *f)
{
    return say_as_it_is(f, CURLE_SSL_CONNECT_ERROR);
}

/* Which of our own files or lists was not good. */
static int say_config(const struct failure *f)
{
    static int (*const parts[])(const struct failure *) = {
        [NATIVE_NET_PART_CA] = say_ca,
        [NATIVE_NET_PART_CRL] = say_crl,
        [NATIVE_NET_PART_CERTIFICATE] = say_own_certificate,
        [NATIVE_NET_PART_KEY] = say_own_key,
        [NATIVE_NET_PART_CIPHERS] = say_ciphers,
        [NATIVE_NET_PART_GROUPS] = say_groups,
        [NATIVE_NET_PART_PINS] = say_pin,
        [NATIVE_NET_PART_VERSIONS] = say_connect_error,
        [NATIVE_NET_PART_ALPN] = say_connect_error,
    };
    size_t part = (size_t)f->error->net.part;

    return part < sizeof(parts) / sizeof(parts[0]) && parts[part] ? parts[part](f)
                                                                  : say_connect_error(f);
}

static int say_handshake(const struct failure *f)
{
    struct native_net_error system;
    struct way way;

    if (f->error->phase >= NATIVE_HTTP_PHASE_SEND) /* an alert that came later */
        return say_as_it_is(f, CURLE_RECV_ERROR);
    if (f->error->net.os_errno == 0 || !find_way(f, &way))
        return say_connect_error(f);
    native_net_error_set_errno(&system, NATIVE_NET_ERROR_IO, f->error->net.os_errno, "%s",
                               "SSL_connect");
    say(f, CURLE_SSL_CONNECT_ERROR, "%s in connection to %.*s:%u ", system.message,
        (int)way.route.host.len, way.route.host.at, (unsigned)way.route.port);
    leave_way(&way);
    return CURLE_SSL_CONNECT_ERROR;
}

static int say_no_memory(const struct failure *f)
{
    return say(f, CURLE_OUT_OF_MEMORY, "%s", "");
}

static int say_tls(const struct failure *f)
{
    static int (*const kinds[])(const struct failure *) = {
        [NATIVE_NET_ERROR_NO_MEMORY] = say_no_memory,
        [NATIVE_NET_ERROR_TLS_CERT_EXPIRED] = say_certificate,
        [NATIVE_NET_ERROR_TLS_CERT_NOT_YET_VALID] = say_certificate,
        [NATIVE_NET_ERROR_TLS_CERT_HOST] = say_other_host,
        [NATIVE_NET_ERROR_TLS_CERT_UNKNOWN_ISSUER] = say_certificate,
        [NATIVE_NET_ERROR_TLS_CERT_SELF_SIGNED] = say_certificate,
        [NATIVE_NET_ERROR_TLS_CERT_REVOKED] = say_certificate,
        [NATIVE_NET_ERROR_TLS_CERT_OTHER] = say_certificate,
        [NATIVE_NET_ERROR_TLS_CONFIG] = say_config,
        [NATIVE_NET_ERROR_TLS_PIN] = say_pin,
    };
    size_t kind = (size_t)f->error->net.kind;

    return kind < sizeof(kinds) / sizeof(kinds[0]) && kinds[kind] ? kinds[kind](f)
                                                                  : say_handshake(f);
}

/* CURLINFO_SSL_VERIFYRESULT of a handshake that has failed. One that came to its end has it from the session. */
static void note_verdict(const struct failure *f)
{
    const struct native_http_error *e = f->error;
    bool pin = e->net.kind == NATIVE_NET_ERROR_TLS_PIN || e->net.part == NATIVE_NET_PART_PINS;

    if (e->kind == NATIVE_HTTP_ERROR_TLS && e->phase < NATIVE_HTTP_PHASE_SEND)
        /* libcurl looks for the name first, then at the chain, then for a pin. 1: it was not looked at; 20: it
         * knows no roots where nobody wants any. */
        f->easy->verify_result =
            pin ? (f->easy->set.verify_peer ? 0 : 20)
            : e->net.verify_code > 0 && e->net.kind != NATIVE_NET_ERROR_TLS_CERT_HOST
                ? e->net.verify_code
                : 1;
    else if (e->kind == NATIVE_HTTP_ERROR_TIMEOUT && e->phase == NATIVE_HTTP_PHASE_TLS)
        f->easy->verify_result = 1;
}

/* ---- time ---- */

static int say_late(const struct failure *f)
{
    const struct native_http_info *info = f->info;
    long long ms = (long long)(info->times.total / 1000);
    unsigned long long got = (unsigned long long)info->received_bytes;

    if (info->receive_length >= 0 && f->error->phase >= NATIVE_HTTP_PHASE_SEND)
        return say(
            f, CURLE_OPERATION_TIMEDOUT,
            "Operation timed out after %lld milliseconds with %llu out of %lld bytes received", ms,
            got, (long long)info->receive_length);
    return say(f, CURLE_OPERATION_TIMEDOUT,
               "Operation timed out after %lld milliseconds with %llu bytes received", ms, got);
}

/* CONNECTTIMEOUT comes before TIMEOUT. */
static bool is_connect_limit(const struct failure *f)
{
    const struct native_http_options *options = &f->easy->options;
    int64_t begun_ms = f->info->times.redirect / 1000;

    return options->timeout_ms <= 0 || begun_ms + options->connect_ms < options->timeout_ms;
}

static int say_timeout(const struct failure *f)
{
    static const char *const connecting[] = {
        [NATIVE_HTTP_PHASE_NAME] = "Resolving timed out after %lld milliseconds",
        [NATIVE_HTTP_PHASE_CONNECT] = "Connection timed out after %lld milliseconds",
        [NATIVE_HTTP_PHASE_PROXY] = "Connection timed out after %lld milliseconds",
    };
    const struct native_http_options *options = &f->easy->options;
    enum native_http_phase phase = f->error->phase;

    if (phase == NATIVE_HTTP_PHASE_TLS)
        return say(f, CURLE_OPERATION_TIMEDOUT, "SSL connection timeout");
    if (phase == NATIVE_HTTP_PHASE_CONNECT && is_connect_limit(f))
        return say_where(f, CURLE_OPERATION_TIMEDOUT, "Timeout was reached");
    if (phase == NATIVE_HTTP_PHASE_PROXY && is_connect_limit(f) && f->info->request_bytes > 0)
        return say(f, CURLE_OPERATION_TIMEDOUT, "Proxy CONNECT aborted due to timeout");
    if (phase > NATIVE_HTTP_PHASE_QUEUED && phase <= NATIVE_HTTP_PHASE_PROXY)
        return say(f, CURLE_OPERATION_TIMEDOUT, connecting[phase], hop_ms(f));
    if (phase >= NATIVE_HTTP_PHASE_SEND && options->slow_bytes > 0 &&
        (options->timeout_ms <= 0 || f->info->times.total / 1000 < options->timeout_ms))
        return say(f, CURLE_OPERATION_TIMEDOUT,
                   "Operation too slow. Less than %lld bytes/sec transferred the last %lld seconds",
                   (long long)options->slow_bytes, (long long)options->slow_s);
    return say_late(f);
}

/* ---- sending and receiving ---- */

static int say_io(const struct failure *f, int code, const char *plain, const char *over_tls)
{
    const struct native_net_error *net = &f->error->net;
    struct native_net_error system;

    if (!begins(url_of(f), "https:"))
        return net->os_errno != 0 ? say_system(f, code, net->os_errno, plain)
                                  : say(f, code, "%s", "");
    if (net->os_errno == 0)
        return say(f, code, "%s: unexpected eof while reading, errno 0", over_tls);
    native_net_error_set_errno(&system, NATIVE_NET_ERROR_IO, net->os_errno, "%s", over_tls);
    return say(f, code, "%s, errno %d", system.message, net->os_errno);
}

static int say_not_sent(const struct failure *f)
{
    return say_io(f, CURLE_SEND_ERROR, "Send failure", "SSL_write");
}

static int say_not_received(const struct failure *f)
{
    if (f->error->phase == NATIVE_HTTP_PHASE_TLS)
        return say_handshake(f);
    return say_io(f, CURLE_RECV_ERROR, "Recv failure", "SSL_read");
}

static int say_cut(const struct failure *f)
{
    int64_t left = f->info->receive_length - (int64_t)f->info->received_bytes;

    if (f->info->receive_length >= 0 && left > 0)
        return say(f, CURLE_PARTIAL_FILE, "transfer closed with %lld bytes remaining to read",
                   (long long)left);
    return say(f, CURLE_PARTIAL_FILE, "transfer closed with outstanding read data remaining");
}

static int say_bad_argument(const struct failure *f)
{
    const struct native_http_options *options = &f->easy->options;

    if (f->error->net.kind == NATIVE_NET_ERROR_BAD_ARGUMENT && options->unix_path.at)
        return say(f, CURLE_COULDNT_RESOLVE_HOST, "Unix socket path too long: '%.*s'",
                   (int)options->unix_path.len, options->unix_path.at);
    if (f->error->net.kind == NATIVE_NET_ERROR_BAD_ARGUMENT)
        return say_no_host(f); /* a name that no name can be */
    if (f->error->fault == NATIVE_HTTP_FAULT_NONE && options->http_1_0)
        return say(f, UPLOAD_FAILED, "Chunky upload is not supported by HTTP 1.0");
    return say_as_it_is(f, CURLE_BAD_FUNCTION_ARGUMENT);
}

/* ---- responses ---- */

static const struct {
    enum native_http_fault_reason fault;
    int code;
    const char *text;
} faults[] = {
    {NATIVE_HTTP_FAULT_NO_HEAD, CURLE_UNSUPPORTED_PROTOCOL, "Received HTTP/0.9 when not allowed"},
    {NATIVE_HTTP_FAULT_STATUS_LINE, CURLE_UNSUPPORTED_PROTOCOL,
     "Unsupported HTTP version in response"},
    {NATIVE_HTTP_FAULT_VERSION, CURLE_UNSUPPORTED_PROTOCOL, "Unsupported HTTP version in response"},
    {NATIVE_HTTP_FAULT_STATUS_CODE, CURLE_UNSUPPORTED_PROTOCOL,
     "Unsupported response code in HTTP response"},
    {NATIVE_HTTP_FAULT_FIELD_NAME, CURLE_WEIRD_SERVER_REPLY, "Header without colon"},
    {NATIVE_HTTP_FAULT_FIELD_SPACE, CURLE_WEIRD_SERVER_REPLY, "Header without colon"},
    {NATIVE_HTTP_FAULT_FIELD_COLON, CURLE_WEIRD_SERVER_REPLY, "Header without colon"},
    {NATIVE_HTTP_FAULT_FIELD_VALUE, CURLE_WEIRD_SERVER_REPLY, "Nul byte in header"},
    {NATIVE_HTTP_FAULT_CONTROL_BYTE, CURLE_WEIRD_SERVER_REPLY, "Nul byte in header"},
    {NATIVE_HTTP_FAULT_LENGTH, CURLE_WEIRD_SERVER_REPLY, "Invalid Content-Length: value"},
    {NATIVE_HTTP_FAULT_LENGTH_TWICE, CURLE_WEIRD_SERVER_REPLY, "Invalid Content-Length: value"},
    {NATIVE_HTTP_FAULT_CODING, CURLE_BAD_CONTENT_ENCODING, ""},
    {NATIVE_HTTP_FAULT_CONTENT_CODING, CURLE_BAD_CONTENT_ENCODING,
     "Reject response due to more than 5 content encodings"},
    {NATIVE_HTTP_FAULT_CHUNK_SIZE, CURLE_RECV_ERROR,
     "Illegal or missing hexadecimal sequence in chunked-encoding"},
    {NATIVE_HTTP_FAULT_CHUNK_EXTENSION, CURLE_RECV_ERROR,
     "Malformed encoding found in chunked-encoding"},
    {NATIVE_HTTP_FAULT_CHUNK_END, CURLE_RECV_ERROR, "Malformed encoding found in chunked-encoding"},
};

static int say_large_head(const struct failure *f)
{
    enum { USUAL = 300 * 1024 };
    size_t limit = f->easy->options.max_head > 0 ? f->easy->options.max_head : USUAL;
    uint64_t got = f->info->header_bytes;

    return say(f, CURLE_RECV_ERROR, "Too large response headers: %llu > %llu",
               (unsigned long long)(got > limit ? got : limit + 1), (unsigned long long)limit);
}

static int say_fault(const struct failure *f)
{
    if (f->error->fault == NATIVE_HTTP_FAULT_HEAD_BYTES)
        return say_large_head(f);
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
        if (faults[i].fault == f->error->fault)
            return say(f, faults[i].code, "%s", faults[i].text);
    return say_as_it_is(f, CURLE_WEIRD_SERVER_REPLY);
}

static int say_too_large(const struct failure *f)
{
    if (f->error->fault == NATIVE_HTTP_FAULT_NONE && mentions(f, "the body is larger"))
        return say(f, CURLE_FILESIZE_EXCEEDED, "Maximum file size exceeded");
    return say_fault(f);
}

static bool has_unknown_coding(const struct failure *f)
{
    struct native_http_codings codings = {0};
    struct native_http_span value;
    struct native_http_fault fault;
    size_t after = 0;

    while ((value = native_http_transfer_field(f->easy->transfer,
                                               NATIVE_HTTP_SPAN("content-encoding"), &after))
               .at)
        (void)native_http_codings_add(&codings, value, &fault);
    for (size_t i = 0; i < codings.len; i++)
        if (!(native_http_decode_codings() & 1U << codings.list[i]))
            return true;
    return false;
}

static int say_coding(const struct failure *f)
{
    char all[64];
    struct native_http_buffer list = {all, sizeof(all), 0};
    const char *why = strstr(f->error->message, ": ");

    if (f->error->fault != NATIVE_HTTP_FAULT_NONE)
        return say_fault(f);
    if (has_unknown_coding(f)) {
        native_http_accept_encoding_put(&list, native_http_decode_codings());
        return say(f, CURLE_BAD_CONTENT_ENCODING,
                   "Unrecognized content encoding type. libcurl understands %.*s content "
                   "encodings.",
                   (int)list.len, all);
    }
    /* Behind the colon stands what the library says. */
    return say(f, CURLE_BAD_CONTENT_ENCODING, "Error while processing content unencoding: %s",
               why ? why + 2 : "Unknown failure within decompression software.");
}

static int say_redirects(const struct failure *f)
{
    return say(f, CURLE_TOO_MANY_REDIRECTS, "Maximum (%d) redirects followed",
               f->easy->options.max_redirects);
}

static int say_status(const struct failure *f)
{
    return say(f, CURLE_HTTP_RETURNED_ERROR, "The requested URL returned error: %d",
               f->error->code);
}

/* ---- stopped by the user ---- */

/* Where, in the engine's words. */
static const struct {
    const char *where;
    int code;
    const char *text;
} stops[] = {
    {"a header line", CURLE_WRITE_ERROR, "Failed writing header"},
    {"the head", CURLE_WRITE_ERROR, "Failed writing header"},
    {"the body was read", CURLE_ABORTED_BY_CALLBACK, "operation aborted by callback"},
    {"the body", CURLE_WRITE_ERROR, "Failure writing output to destination"},
    {"the connection", CURLE_ABORTED_BY_CALLBACK, "operation aborted by pre-request callback"},
};

static int say_stopped(const struct failure *f)
{
    for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
        if (mentions(f, stops[i].where))
            return say(f, stops[i].code, "%s", stops[i].text);
    return say(f, CURLE_ABORTED_BY_CALLBACK, "Callback aborted");
}

/* ---- all of them ---- */

static const struct {
    int code;
    const char *text;
    int (*say)(const struct failure *f); /* in place of both */
} kinds[NATIVE_HTTP_ERROR_KINDS] = {
    [NATIVE_HTTP_ERROR_BAD_ARGUMENT] = {0, NULL, say_bad_argument},
    [NATIVE_HTTP_ERROR_NO_MEMORY] = {CURLE_OUT_OF_MEMORY, "", NULL},
    [NATIVE_HTTP_ERROR_URL] = {0, NULL, say_bad_url},
    [NATIVE_HTTP_ERROR_SCHEME] = {0, NULL, say_scheme},
    [NATIVE_HTTP_ERROR_RESOLVE] = {0, NULL, say_no_host},
    [NATIVE_HTTP_ERROR_RESOLVE_PROXY] = {0, NULL, say_no_proxy},
    [NATIVE_HTTP_ERROR_CONNECT] = {0, NULL, say_not_connected},
    [NATIVE_HTTP_ERROR_BIND] = {0, NULL, say_not_bound},
    [NATIVE_HTTP_ERROR_PROXY] = {0, NULL, say_proxy},
    [NATIVE_HTTP_ERROR_TLS] = {0, NULL, say_tls},
    [NATIVE_HTTP_ERROR_TIMEOUT] = {0, NULL, say_timeout},
    [NATIVE_HTTP_ERROR_SEND] = {0, NULL, say_not_sent},
    [NATIVE_HTTP_ERROR_RECEIVE] = {0, NULL, say_not_received},
    [NATIVE_HTTP_ERROR_EMPTY] = {CURLE_GOT_NOTHING, "Empty reply from server", NULL},
    [NATIVE_HTTP_ERROR_CUT] = {0, NULL, say_cut},
    [NATIVE_HTTP_ERROR_PROTOCOL] = {0, NULL, say_fault},
    [NATIVE_HTTP_ERROR_TOO_LARGE] = {0, NULL, say_too_large},
    [NATIVE_HTTP_ERROR_CODING] = {0, NULL, say_coding},
    [NATIVE_HTTP_ERROR_REDIRECTS] = {0, NULL, say_redirects},
    [NATIVE_HTTP_ERROR_STATUS] = {0, NULL, say_status},
    [NATIVE_HTTP_ERROR_SOURCE] = {CURLE_READ_ERROR, "read function returned funny value", NULL},
    [NATIVE_HTTP_ERROR_REWIND] = {REWIND_FAILED, "necessary data rewind wasn't possible", NULL},
    [NATIVE_HTTP_ERROR_SINK] = {0, NULL, say_stopped},
    [NATIVE_HTTP_ERROR_ABORTED] = {0, NULL, say_stopped},
    [NATIVE_HTTP_ERROR_RANGE] = {CURLE_HTTP_RANGE_ERROR,
                                 "HTTP server doesn't seem to support byte ranges. Cannot resume.",
                                 NULL},
    [NATIVE_HTTP_ERROR_AUTH] = {AUTH_ERROR, "", NULL},
};

int native_ext_curl_error_of(struct native_ext_curl_easy *easy, char *text, size_t len)
{
    struct failure f = {.easy = easy, .text = text, .len = len};

    if (easy->local.used || !easy->transfer)
        return easy->error; /* noted where it happened */
    f.error = native_http_transfer_error(easy->transfer);
    f.info = native_http_transfer_info(easy->transfer);
    if (f.error->kind == NATIVE_HTTP_ERROR_NONE) {
        /* Something was thrown while nothing of the user's was called: it is left where it was. */
        if (easy->failed_in_callback || !native_http_transfer_is_done(easy->transfer))
            return say(&f, CURLE_ABORTED_BY_CALLBACK, "operation aborted by callback");
        return say(&f, CURLE_OK, "%s", "");
    }
    note_verdict(&f);
    if (kinds[f.error->kind].say)
        return kinds[f.error->kind].say(&f);
    return say(&f, kinds[f.error->kind].code, "%s", kinds[f.error->kind].text);
}

/* Both are asked later, when what the options point to may be gone: only the error itself tells. */

int native_ext_curl_proxy_error_of(const struct native_ext_curl_easy *easy)
{
    struct failure f = {.easy = (struct native_ext_curl_easy *)easy};

    if (!easy->transfer)
        return CURLPX_OK;
    f.error = native_http_transfer_error(easy->transfer);
    f.info = native_http_transfer_info(easy->transfer);
    return is_socks(&f) ? socks_error(&f) : CURLPX_OK;
}

int native_ext_curl_os_error_of(const struct native_ext_curl_easy *easy)
{
    return easy->transfer ? native_http_transfer_error(easy->transfer)->net.os_errno : 0;
}

/* ---- functions ---- */

ZEND_FUNCTION(curl_error)
{
    const struct native_ext_curl_easy *easy;
    zend_object *object;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_easy_ce)
    ZEND_PARSE_PARAMETERS_END();
    easy = native_ext_curl_easy_of(object);
    if (easy->error == CURLE_OK)
        RETURN_EMPTY_STRING();
    RETURN_STRING(easy->text[0] ? easy->text : native_ext_curl_strerror(easy->error));
}

ZEND_FUNCTION(curl_errno)
{
    zend_object *object;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_easy_ce)
    ZEND_PARSE_PARAMETERS_END();
    RETURN_LONG(native_ext_curl_easy_of(object)->error);
}

ZEND_FUNCTION(curl_strerror)
{
    zend_long code;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_LONG(code)
    ZEND_PARSE_PARAMETERS_END();
    RETURN_STRING(native_ext_curl_strerror(code));
}
