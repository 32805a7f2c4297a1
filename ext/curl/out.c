/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/out.c - where bodies and header lines go. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "out.h"

#include "../../net/stream.h"
#include "../room.h"
#include "call.h"
#include "streams.h"

/* Whether what code of the user's has done lets the transfer go on. */
static enum native_http_verdict unless_thrown(struct native_ext_curl_easy *easy,
                                              enum native_http_verdict verdict)
{
    if (!EG(exception))
        return verdict;
    native_ext_curl_easy_fail(easy);
    return NATIVE_HTTP_REFUSE;
}

static enum native_http_verdict to_stream(struct native_ext_curl_easy *easy, zval *field,
                                          struct native_http_span bytes)
{
    php_stream *stream = native_ext_curl_stream(field);
    uint32_t flags = stream ? stream->flags : 0;
    ssize_t done = -1;

    if (stream) {
        /* What does not go into it is told by the transfer's error. */
        stream->flags |= PHP_STREAM_FLAG_SUPPRESS_ERRORS;
        done = php_stream_write(stream, bytes.at, bytes.len);
        stream = native_ext_curl_stream(field); /* code of the user's may have closed it */
        if (stream)
            stream->flags = (stream->flags & ~(uint32_t)PHP_STREAM_FLAG_SUPPRESS_ERRORS) |
                            (flags & PHP_STREAM_FLAG_SUPPRESS_ERRORS);
    }
    return unless_thrown(easy, done == (ssize_t)bytes.len ? NATIVE_HTTP_GO_ON : NATIVE_HTTP_REFUSE);
}

/* A callback says how many bytes it has taken. */
static enum native_http_verdict to_call(struct native_ext_curl_easy *easy,
                                        struct native_ext_curl_callback *callback,
                                        const char *option, struct native_http_span bytes)
{
    zval arguments[2], result;
    zend_long taken;

    ZVAL_STRINGL(&arguments[1], bytes.at, bytes.len);
    if (!native_ext_curl_call(easy, callback, option, 2, arguments, &result))
        return NATIVE_HTTP_REFUSE;
    taken = zval_get_long(&result);
    zval_ptr_dtor(&result);
    if (taken == CURL_WRITEFUNC_PAUSE) {
        if (easy->local.used) /* nobody would go on with it */
            return NATIVE_HTTP_PAUSE;
        native_http_transfer_pause(easy->transfer, NATIVE_NET_READ);
        return NATIVE_HTTP_PAUSE;
    }
    return unless_thrown(easy,
                         taken == (zend_long)bytes.len ? NATIVE_HTTP_GO_ON : NATIVE_HTTP_REFUSE);
}

static enum native_http_verdict to_string(struct native_ext_curl_easy *easy,
                                          struct native_http_span bytes)
{
    native_ext_room_for(&easy->returned, bytes.len,
                        easy->transfer ? native_http_transfer_info(easy->transfer)->receive_length
                                       : -1);
    smart_str_appendl(&easy->returned, bytes.at, bytes.len);
    return NATIVE_HTTP_GO_ON;
}

enum native_http_verdict native_ext_curl_out_body(struct native_ext_curl_easy *easy,
                                                  struct native_http_span bytes)
{
    if (easy->failed_in_callback)
        return NATIVE_HTTP_REFUSE;
    switch (easy->set.write_to) {
    case NATIVE_EXT_CURL_TO_STREAM:
        return to_stream(easy, &easy->set.file, bytes);
    case NATIVE_EXT_CURL_TO_RETURN:
        return to_string(easy, bytes);
    case NATIVE_EXT_CURL_TO_CALL:
        return to_call(easy, &easy->set.on_write, "CURLOPT_WRITEFUNCTION", bytes);
    default:
        PHPWRITE(bytes.at, bytes.len);
        return unless_thrown(easy, NATIVE_HTTP_GO_ON);
    }
}

static enum native_http_verdict line_alone(struct native_ext_curl_easy *easy,
                                           struct native_http_span line)
{
    switch (easy->set.header_to) {
    case NATIVE_EXT_CURL_TO_STREAM:
        return to_stream(easy, &easy->set.write_header, line);
    case NATIVE_EXT_CURL_TO_CALL:
        return to_call(easy, &easy->set.on_header, "CURLOPT_HEADERFUNCTION", line);
    default:
        return NATIVE_HTTP_GO_ON;
    }
}

enum native_http_verdict native_ext_curl_out_header(struct native_ext_curl_easy *easy,
                                                    struct native_http_span line)
{
    return easy->failed_in_callback ? NATIVE_HTTP_REFUSE : line_alone(easy, line);
}

enum native_http_verdict native_ext_curl_out_line(struct native_ext_curl_easy *easy,
                                                  struct native_http_span line, bool is_trailer)
{
    enum native_http_verdict verdict = NATIVE_HTTP_GO_ON;

    if (easy->failed_in_callback)
        return NATIVE_HTTP_REFUSE;
    if (easy->set.header && !is_trailer)
        verdict = native_ext_curl_out_body(easy, line);
    if (verdict == NATIVE_HTTP_GO_ON || verdict == NATIVE_HTTP_PAUSE)
        verdict = line_alone(easy, line);
    return verdict;
}

void native_ext_curl_out_flush(struct native_ext_curl_easy *easy)
{
    zval *fields[] = {&easy->set.std_err, &easy->set.write_header, &easy->set.file};

    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        php_stream *stream = native_ext_curl_stream(fields[i]);

        if (stream)
            php_stream_flush(stream);
    }
}
