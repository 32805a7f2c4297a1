/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/streams.c - streams that are set, and those that were closed meanwhile. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "streams.h"

/* Where bodies or header lines go once a stream is set, and once it is taken back. */
static void direct(struct native_ext_curl_easy *easy, int option, bool to_stream)
{
    if (option == CURLOPT_FILE)
        easy->set.write_to = to_stream ? NATIVE_EXT_CURL_TO_STREAM : NATIVE_EXT_CURL_TO_OUTPUT;
    else if (option == CURLOPT_WRITEHEADER)
        easy->set.header_to = to_stream ? NATIVE_EXT_CURL_TO_STREAM : NATIVE_EXT_CURL_TO_NOTHING;
}

int native_ext_curl_set_stream(struct native_ext_curl_easy *easy, int option, zval *field,
                               zval *value)
{
    php_stream *stream = NULL;
    zval old;

    if (Z_TYPE_P(value) != IS_NULL) {
        stream = zend_fetch_resource2_ex(value, "File-Handle", php_file_le_stream(),
                                         php_file_le_pstream());
        if (!stream)
            return -1;
        if (option != CURLOPT_INFILE && stream->mode[0] == 'r' && stream->mode[1] != '+') {
            zend_value_error("%s(): The provided file handle must be writable",
                             get_active_function_name());
            return -1;
        }
    }
    ZVAL_COPY_VALUE(&old, field);
    if (stream)
        ZVAL_COPY(field, value);
    else
        ZVAL_UNDEF(field);
    direct(easy, option, stream != NULL);
    zval_ptr_dtor(&old);
    return CURLE_OK;
}

php_stream *native_ext_curl_stream(zval *field)
{
    if (Z_TYPE_P(field) != IS_RESOURCE)
        return NULL;
    return zend_fetch_resource2_ex(field, NULL, php_file_le_stream(), php_file_le_pstream());
}

void native_ext_curl_easy_check_streams(struct native_ext_curl_easy *easy, bool report)
{
    const struct {
        zval *field;
        int option;
        const char *name, *fallback;
    } streams[] = {
        {&easy->set.std_err, CURLOPT_STDERR, "CURLOPT_STDERR", "stderr"},
        {&easy->set.infile, CURLOPT_INFILE, "CURLOPT_INFILE", "default"},
        {&easy->set.write_header, CURLOPT_WRITEHEADER, "CURLOPT_WRITEHEADER", "default"},
        {&easy->set.file, CURLOPT_FILE, "CURLOPT_FILE", "default"},
    };

    for (size_t i = 0; i < sizeof(streams) / sizeof(streams[0]); i++) {
        if (Z_TYPE_P(streams[i].field) == IS_UNDEF || native_ext_curl_stream(streams[i].field))
            continue;
        if (report)
            php_error_docref(NULL, E_WARNING, "%s resource has gone away, resetting to %s",
                             streams[i].name, streams[i].fallback);
        zval_ptr_dtor(streams[i].field);
        ZVAL_UNDEF(streams[i].field);
        direct(easy, streams[i].option, false);
    }
}
