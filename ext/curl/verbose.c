/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/verbose.c - VERBOSE, CURLINFO_HEADER_OUT and DEBUGFUNCTION: what the engine tells those who watch. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "out.h"

#include "call.h"
#include "streams.h"

/* As libcurl marks lines. */
static const char *const marks[] = {
    [NATIVE_HTTP_TRACE_TEXT] = "* ",
    [NATIVE_HTTP_TRACE_HEAD_IN] = "< ",
    [NATIVE_HTTP_TRACE_HEAD_OUT] = "> ",
};

static void say(struct native_ext_curl_easy *easy, const char *bytes, size_t len)
{
    php_stream *stream = native_ext_curl_stream(&easy->set.std_err);

    if (stream)
        php_stream_write(stream, bytes, len);
    else
        fwrite(bytes, 1, len, stderr);
}

/* Each line with its mark; a request's lines have only one, before the first, as libcurl has it. */
static void write_marked(struct native_ext_curl_easy *easy, enum native_http_trace kind,
                         struct native_http_span bytes)
{
    smart_str text = {0};

    smart_str_appends(&text, marks[kind]);
    smart_str_appendl(&text, bytes.at, bytes.len);
    say(easy, ZSTR_VAL(text.s), ZSTR_LEN(text.s));
    smart_str_free(&text);
}

static void keep_request(struct native_ext_curl_easy *easy, struct native_http_span head)
{
    if (easy->request_header)
        zend_string_release(easy->request_header);
    easy->request_header = zend_string_init(head.at, head.len, 0);
}

#if PHP_VERSION_ID >= 80400
static void tell(struct native_ext_curl_easy *easy, enum native_http_trace kind,
                 struct native_http_span bytes)
{
    static const int types[] = {
        [NATIVE_HTTP_TRACE_TEXT] = CURLINFO_TEXT,
        [NATIVE_HTTP_TRACE_HEAD_IN] = CURLINFO_HEADER_IN,
        [NATIVE_HTTP_TRACE_HEAD_OUT] = CURLINFO_HEADER_OUT,
        [NATIVE_HTTP_TRACE_BODY_IN] = CURLINFO_DATA_IN,
        [NATIVE_HTTP_TRACE_BODY_OUT] = CURLINFO_DATA_OUT,
    };
    zval arguments[3], result;

    ZVAL_LONG(&arguments[1], types[kind]);
    ZVAL_STRINGL(&arguments[2], bytes.at, bytes.len);
    if (native_ext_curl_call(easy, &easy->set.on_debug, "CURLOPT_DEBUGFUNCTION", 3, arguments,
                             &result))
        zval_ptr_dtor(&result);
}
#endif

void native_ext_curl_out_trace(struct native_ext_curl_easy *easy, enum native_http_trace kind,
                               struct native_http_span bytes)
{
    if (easy->failed_in_callback)
        return;
    if (!easy->set.verbose)
        return;
    if (easy->set.header_out) {
        if (kind == NATIVE_HTTP_TRACE_HEAD_OUT)
            keep_request(easy, bytes);
#if PHP_VERSION_ID >= 80400
        if (native_ext_curl_has(&easy->set.on_debug))
            tell(easy, kind, bytes);
#endif
        return;
    }
    if (kind < sizeof(marks) / sizeof(marks[0]))
        write_marked(easy, kind, bytes);
}
