/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/exceptions.c - the exceptions of Native\Http: one table says which error is which. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "exceptions.h"

#include "zend_exceptions.h"
#include "ext/spl/spl_exceptions.h"

#include "url.h"

#include "exceptions_arginfo.h"

enum which {
    BASE,
    URL,
    RESOLVE,
    CONNECT,
    PROXY,
    TLS,
    TIMEOUT,
    TRANSFER,
    PROTOCOL,
    TOO_LARGE,
    CODING,
    REDIRECT,
    STATUS,
    CLASSES
};

zend_class_entry *native_ext_http_exception_ce;
static zend_class_entry *classes[CLASSES];

static const uint8_t class_of[NATIVE_HTTP_ERROR_KINDS] = {
    [NATIVE_HTTP_ERROR_URL] = URL,
    [NATIVE_HTTP_ERROR_SCHEME] = URL,
    [NATIVE_HTTP_ERROR_RESOLVE] = RESOLVE,
    [NATIVE_HTTP_ERROR_RESOLVE_PROXY] = RESOLVE,
    [NATIVE_HTTP_ERROR_CONNECT] = CONNECT,
    [NATIVE_HTTP_ERROR_BIND] = CONNECT,
    [NATIVE_HTTP_ERROR_PROXY] = PROXY,
    [NATIVE_HTTP_ERROR_TLS] = TLS,
    [NATIVE_HTTP_ERROR_TIMEOUT] = TIMEOUT,
    [NATIVE_HTTP_ERROR_SEND] = TRANSFER,
    [NATIVE_HTTP_ERROR_RECEIVE] = TRANSFER,
    [NATIVE_HTTP_ERROR_EMPTY] = TRANSFER,
    [NATIVE_HTTP_ERROR_CUT] = TRANSFER,
    [NATIVE_HTTP_ERROR_PROTOCOL] = PROTOCOL,
    [NATIVE_HTTP_ERROR_TOO_LARGE] = TOO_LARGE,
    [NATIVE_HTTP_ERROR_CODING] = CODING,
    [NATIVE_HTTP_ERROR_REDIRECTS] = REDIRECT,
    [NATIVE_HTTP_ERROR_STATUS] = STATUS,
};

static const char *const phases[] = {"queued", "name", "connect", "proxy", "tls",
                                     "send",   "wait", "receive", ""};

const char *native_ext_http_phase(enum native_http_phase phase)
{
    return phases[phase];
}

static const struct {
    enum native_net_error_kind kind;
    const char *reason;
} tls_reasons[] = {
    {NATIVE_NET_ERROR_TLS_CERT_EXPIRED, "expired"},
    {NATIVE_NET_ERROR_TLS_CERT_NOT_YET_VALID, "not_yet_valid"},
    {NATIVE_NET_ERROR_TLS_CERT_HOST, "host"},
    {NATIVE_NET_ERROR_TLS_CERT_UNKNOWN_ISSUER, "unknown_issuer"},
    {NATIVE_NET_ERROR_TLS_CERT_SELF_SIGNED, "self_signed"},
    {NATIVE_NET_ERROR_TLS_CERT_REVOKED, "revoked"},
    {NATIVE_NET_ERROR_TLS_PIN, "pin"},
    {NATIVE_NET_ERROR_TLS_CERT_OTHER, "certificate"},
    {NATIVE_NET_ERROR_TLS_CONFIG, "config"},
};

static const char *tls_reason(enum native_net_error_kind kind)
{
    for (size_t i = 0; i < sizeof(tls_reasons) / sizeof(tls_reasons[0]); i++)
        if (tls_reasons[i].kind == kind)
            return tls_reasons[i].reason;
    return "handshake";
}

/* Make the exception with all its properties. */
static void make(zval *exception, const struct native_http_error *error,
                 struct native_http_span url)
{
    enum which which = class_of[error->kind];
    zend_class_entry *ce = classes[which];
    zend_object *object;

    object_init_ex(exception, ce);
    object = Z_OBJ_P(exception);
    zend_update_property_string(zend_ce_exception, object, ZEND_STRL("message"), error->message);
    if (url.at) {
        zend_string *shown = native_ext_http_url_shown(url);

        zend_update_property_str(native_ext_http_exception_ce, object, ZEND_STRL("url"), shown);
        zend_string_release(shown);
    }
    zend_update_property_string(native_ext_http_exception_ce, object, ZEND_STRL("phase"),
                                phases[error->phase]);
    if (which == TLS)
        zend_update_property_string(ce, object, ZEND_STRL("reason"), tls_reason(error->net.kind));
    if (which == PROXY)
        zend_update_property_long(ce, object, ZEND_STRL("reply"), error->code);
}

void native_ext_http_throw(const struct native_http_error *error, struct native_http_span url)
{
    zval exception;

    if (error->kind == NATIVE_HTTP_ERROR_BAD_ARGUMENT) {
        zend_value_error("%s", error->message);
        return;
    }
    make(&exception, error, url);
    zend_throw_exception_object(&exception);
}

void native_ext_http_throw_status(const struct native_http_error *error,
                                  struct native_http_span url, zval *response)
{
    zval exception;

    make(&exception, error, url);
    zend_update_property(classes[STATUS], Z_OBJ(exception), ZEND_STRL("response"), response);
    zval_ptr_dtor(response);
    zend_throw_exception_object(&exception);
}

void native_ext_http_exceptions_minit(void)
{
    zend_class_entry *base = register_class_Native_Http_Exception(spl_ce_RuntimeException);

    native_ext_http_exception_ce = classes[BASE] = base;
    classes[URL] = register_class_Native_Http_UrlException(base);
    classes[RESOLVE] = register_class_Native_Http_ResolveException(base);
    classes[CONNECT] = register_class_Native_Http_ConnectException(base);
    classes[PROXY] = register_class_Native_Http_ProxyException(base);
    classes[TLS] = register_class_Native_Http_TlsException(base);
    classes[TIMEOUT] = register_class_Native_Http_TimeoutException(base);
    classes[TRANSFER] = register_class_Native_Http_TransferException(base);
    classes[PROTOCOL] = register_class_Native_Http_ProtocolException(base);
    classes[TOO_LARGE] = register_class_Native_Http_TooLargeException(base);
    classes[CODING] = register_class_Native_Http_CodingException(base);
    classes[REDIRECT] = register_class_Native_Http_RedirectException(base);
    classes[STATUS] = register_class_Native_Http_StatusException(base);
}
