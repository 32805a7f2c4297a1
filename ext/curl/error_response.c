/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/error_response.c - what libcurl says of responses that are not good, or not liked. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "error_parts.h"

#include "../../http/decode.h"

int native_ext_curl_say_cut(const struct native_ext_curl_failure *f)
{
    int64_t left = f->error->missing;

    if (f->error->part == NATIVE_HTTP_PART_LINE) /* a part of a line is nothing */
        return native_ext_curl_say(f, CURLE_GOT_NOTHING, "Empty reply from server");
    if (left > 0)
        return native_ext_curl_say(f, CURLE_PARTIAL_FILE,
                                   "transfer closed with %lld bytes remaining to read",
                                   (long long)left);
    return native_ext_curl_say(f, CURLE_PARTIAL_FILE,
                               "transfer closed with outstanding read data remaining");
}

static const struct {
    enum native_http_fault_reason fault;
    int code;
    const char *text;
} faults[] = {
    {NATIVE_HTTP_FAULT_NO_HEAD, CURLE_UNSUPPORTED_PROTOCOL, "Received HTTP/0.9 when not allowed"},
    {NATIVE_HTTP_FAULT_STATUS_LINE, CURLE_UNSUPPORTED_PROTOCOL,
     "Unsupported HTTP version in response"},
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
    {NATIVE_HTTP_FAULT_CHUNK_LARGE, CURLE_RECV_ERROR,
     "Too long hexadecimal number in chunked-encoding"},
    {NATIVE_HTTP_FAULT_CHUNK_EXTENSION, CURLE_RECV_ERROR,
     "Malformed encoding found in chunked-encoding"},
    {NATIVE_HTTP_FAULT_CHUNK_END, CURLE_RECV_ERROR, "Malformed encoding found in chunked-encoding"},
};

static int say_large_head(const struct native_ext_curl_failure *f)
{
    enum { USUAL = 300 * 1024 };
    size_t limit = f->easy->options.max_head > 0 ? f->easy->options.max_head : USUAL;
    uint64_t got = f->info->header_bytes;

    return native_ext_curl_say(f, CURLE_RECV_ERROR, "Too large response headers: %llu > %llu",
                               (unsigned long long)(got > limit ? got : limit + 1),
                               (unsigned long long)limit);
}

int native_ext_curl_say_fault(const struct native_ext_curl_failure *f)
{
    if (f->error->fault == NATIVE_HTTP_FAULT_HEAD_BYTES)
        return say_large_head(f);
    if (f->error->fault == NATIVE_HTTP_FAULT_VERSION)
        return native_ext_curl_say(f, CURLE_UNSUPPORTED_PROTOCOL,
                                   "Unsupported HTTP version (%d.%d) in response",
                                   f->error->code / 10, f->error->code % 10);
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
        if (faults[i].fault == f->error->fault)
            return native_ext_curl_say(f, faults[i].code, "%s", faults[i].text);
    return native_ext_curl_say_as_it_is(f, CURLE_WEIRD_SERVER_REPLY);
}

int native_ext_curl_say_too_large(const struct native_ext_curl_failure *f)
{
    if (f->error->part == NATIVE_HTTP_PART_BODY)
        return native_ext_curl_say(f, CURLE_FILESIZE_EXCEEDED, "Maximum file size exceeded");
    return native_ext_curl_say_fault(f);
}

int native_ext_curl_say_coding(const struct native_ext_curl_failure *f)
{
    char all[64];
    struct native_http_buffer list = {all, sizeof(all), 0};
    unsigned at = f->error->library_at;

    if (f->error->fault != NATIVE_HTTP_FAULT_NONE)
        return native_ext_curl_say_fault(f);
    if (f->error->part == NATIVE_HTTP_PART_UNKNOWN) {
        native_http_accept_encoding_put(&list, native_http_decode_codings());
        return native_ext_curl_say(
            f, CURLE_BAD_CONTENT_ENCODING,
            "Unrecognized content encoding type. libcurl understands %.*s content "
            "encodings.",
            (int)list.len, all);
    }
    /* Only zlib has words there. */
    if (f->error->coding == NATIVE_HTTP_CODING_BR || f->error->coding == NATIVE_HTTP_CODING_ZSTD)
        return native_ext_curl_say(f, CURLE_BAD_CONTENT_ENCODING, "%s", "");
    return native_ext_curl_say(
        f, CURLE_BAD_CONTENT_ENCODING, "Error while processing content unencoding: %s",
        at > 0 ? f->error->message + at : "Unknown failure within decompression software.");
}

int native_ext_curl_say_redirects(const struct native_ext_curl_failure *f)
{
    return native_ext_curl_say(f, CURLE_TOO_MANY_REDIRECTS, "Maximum (%d) redirects followed",
                               f->easy->options.max_redirects);
}

int native_ext_curl_say_status(const struct native_ext_curl_failure *f)
{
    return native_ext_curl_say(f, CURLE_HTTP_RETURNED_ERROR, "The requested URL returned error: %d",
                               f->error->code);
}
