/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/info.c - curl_getinfo().
 *
 *     CURLINFO_*  =  type << 20 | number       rows[number]: where in struct native_ext_curl_told the number is, or that it is a text
 *
 * What the engine counts is put into libcurl's terms once (info_numbers.c); then every CURLINFO_* is a field of that. Texts are made
 * when they are asked for (info_texts.c). A value whose type is not one that libcurl has for this number is false, as it is there. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "info_parts.h"

#include "../../net/certinfo.h"
#include "../../net/stream.h"

/* ---- the table ---- */

enum { NUMBER_MASK = 0xfffff, TYPE_SHIFT = 20 };
enum type { TEXT = 1, LONG = 2, DOUBLE = 3, LIST = 4, LARGE = 6 }; /* the top of a CURLINFO_* */

struct row {
    uint8_t types; /* bits 1 << enum type */
    bool seconds;  /* microseconds that are told as seconds */
    uint16_t at;   /* of a number in struct native_ext_curl_told */
};

#define NUMBERS(id, types, seconds, field)                                                         \
    [(id)&NUMBER_MASK] = {types, seconds, offsetof(struct native_ext_curl_told, field)}
#define ROW_LONG(id, field) NUMBERS(id, 1 << LONG, false, field)
#define ROW_LARGE(id, field) NUMBERS(id, 1 << LARGE, false, field)
#define ROW_LONG_LARGE(id, field) NUMBERS(id, 1 << LONG | 1 << LARGE, false, field)
#define ROW_SIZE(id, field) NUMBERS(id, 1 << DOUBLE | 1 << LARGE, false, field)
#define ROW_SECONDS(id, field) NUMBERS(id, 1 << DOUBLE, true, field)
#define ROW_TEXT(id) [(id)&NUMBER_MASK] = {1 << TEXT, false, 0}
#define ROW_LIST(id) [(id)&NUMBER_MASK] = {1 << LIST, false, 0}

static const struct row rows[] = {
    ROW_TEXT(CURLINFO_EFFECTIVE_URL),
    ROW_LONG(CURLINFO_RESPONSE_CODE, status), /* also CURLINFO_HTTP_CODE */
    ROW_SECONDS(CURLINFO_TOTAL_TIME, total),
    ROW_SECONDS(CURLINFO_NAMELOOKUP_TIME, name),
    ROW_SECONDS(CURLINFO_CONNECT_TIME, connect),
    ROW_SECONDS(CURLINFO_PRETRANSFER_TIME, send),
    ROW_SIZE(CURLINFO_SIZE_UPLOAD, uploaded), /* this and the like: also with _T */
    ROW_SIZE(CURLINFO_SIZE_DOWNLOAD, downloaded),
    ROW_SIZE(CURLINFO_SPEED_DOWNLOAD, download_speed),
    ROW_SIZE(CURLINFO_SPEED_UPLOAD, upload_speed),
    ROW_LONG(CURLINFO_HEADER_SIZE, header_bytes),
    ROW_LONG(CURLINFO_REQUEST_SIZE, request_bytes),
    ROW_LONG(CURLINFO_SSL_VERIFYRESULT, verify_result),
    ROW_LONG_LARGE(CURLINFO_FILETIME, file_time),
    ROW_SIZE(CURLINFO_CONTENT_LENGTH_DOWNLOAD, download_length),
    ROW_SIZE(CURLINFO_CONTENT_LENGTH_UPLOAD, upload_length),
    ROW_SECONDS(CURLINFO_STARTTRANSFER_TIME, first),
    ROW_TEXT(CURLINFO_CONTENT_TYPE),
    ROW_SECONDS(CURLINFO_REDIRECT_TIME, redirect),
    ROW_LONG(CURLINFO_REDIRECT_COUNT, redirects),
    ROW_LONG(CURLINFO_HTTP_CONNECTCODE, connect_status),
    ROW_LONG(CURLINFO_HTTPAUTH_AVAIL, offered),
    ROW_LONG(CURLINFO_PROXYAUTH_AVAIL, proxy_offered),
    ROW_LONG(CURLINFO_OS_ERRNO, os_error),
    ROW_LONG(CURLINFO_NUM_CONNECTS, connects),
    ROW_LIST(CURLINFO_SSL_ENGINES),
    ROW_LIST(CURLINFO_COOKIELIST),
    ROW_TEXT(CURLINFO_FTP_ENTRY_PATH),
    ROW_TEXT(CURLINFO_REDIRECT_URL),
    ROW_TEXT(CURLINFO_PRIMARY_IP),
    ROW_SECONDS(CURLINFO_APPCONNECT_TIME, tls),
    ROW_LIST(CURLINFO_CERTINFO),
    ROW_LONG(CURLINFO_CONDITION_UNMET, condition_unmet),
    ROW_TEXT(CURLINFO_RTSP_SESSION_ID),
    ROW_LONG(CURLINFO_RTSP_CLIENT_CSEQ, nothing),
    ROW_LONG(CURLINFO_RTSP_SERVER_CSEQ, nothing),
    ROW_LONG(CURLINFO_RTSP_CSEQ_RECV, nothing),
    ROW_LONG(CURLINFO_PRIMARY_PORT, remote_port),
    ROW_TEXT(CURLINFO_LOCAL_IP),
    ROW_LONG(CURLINFO_LOCAL_PORT, local_port),
    ROW_LONG(CURLINFO_HTTP_VERSION, http_version),
    ROW_LONG(CURLINFO_PROXY_SSL_VERIFYRESULT, proxy_verify_result),
    ROW_LONG(CURLINFO_PROTOCOL, protocol),
    ROW_TEXT(CURLINFO_SCHEME),
    ROW_LARGE(CURLINFO_TOTAL_TIME_T, total),
    ROW_LARGE(CURLINFO_NAMELOOKUP_TIME_T, name),
    ROW_LARGE(CURLINFO_CONNECT_TIME_T, connect),
    ROW_LARGE(CURLINFO_PRETRANSFER_TIME_T, send),
    ROW_LARGE(CURLINFO_STARTTRANSFER_TIME_T, first),
    ROW_LARGE(CURLINFO_REDIRECT_TIME_T, redirect),
    ROW_LARGE(CURLINFO_APPCONNECT_TIME_T, tls),
    ROW_LARGE(CURLINFO_RETRY_AFTER, retry_after),
    ROW_TEXT(CURLINFO_EFFECTIVE_METHOD),
    ROW_LONG(CURLINFO_PROXY_ERROR, proxy_error),
    ROW_TEXT(CURLINFO_REFERER),
    ROW_TEXT(CURLINFO_CAINFO),
    ROW_TEXT(CURLINFO_CAPATH),
    ROW_LARGE(CURLINFO_CONN_ID, connection),
    ROW_LARGE(CURLINFO_QUEUE_TIME_T, queue),
    ROW_LONG(CURLINFO_USED_PROXY, used_proxy),
    ROW_LARGE(CURLINFO_POSTTRANSFER_TIME_T, sent),
    ROW_LONG(CURLINFO_HTTPAUTH_USED, used),
    ROW_LONG(CURLINFO_PROXYAUTH_USED, proxy_used),
};

/* Why rows tell nothing, for docs/curl-compat.md (dev/curl-compat): names, * for any end, and the reason.
 *   why CURLINFO_RTSP*: of RTSP
 *   why CURLINFO_FTP_ENTRY_PATH: of FTP
 *   why CURLINFO_SSL_ENGINES: mbedTLS has no engines
 *   why CURLINFO_PROXY_SSL_VERIFYRESULT: of HTTPS proxies
 *   why CURLINFO_LASTONE: a number, and no information; it is refused
 */

static const struct row *find(zend_long id)
{
    size_t number = (size_t)id & NUMBER_MASK;

    if (id < 0 || id >> TYPE_SHIFT > LARGE || number >= sizeof(rows) / sizeof(rows[0]) ||
        !(rows[number].types & 1 << (id >> TYPE_SHIFT)))
        return NULL;
    return &rows[number];
}

static void read_one(struct native_ext_curl_easy *easy, const struct native_ext_curl_told *t,
                     zend_long id, zval *value)
{
    const struct row *row = find(id);
    int64_t number;

    ZVAL_FALSE(value);
    if (!row)
        return;
    if (row->types & (1 << TEXT | 1 << LIST)) {
        native_ext_curl_info_text(easy, t, id, value);
        return;
    }
    number = *(const int64_t *)((const char *)t + row->at);
    if (id >> TYPE_SHIFT != DOUBLE)
        ZVAL_LONG(value, (zend_long)number);
    else
        ZVAL_DOUBLE(value, row->seconds ? (double)number / 1e6 : (double)number);
}

/* ---- all ---- */

/* In PHP's order; `since` as in constants.h. */
static const struct {
    const char *key;
    int id;
    int since;
} keys[] = {
    {"url", CURLINFO_EFFECTIVE_URL, 0},
    {"content_type", CURLINFO_CONTENT_TYPE, 0},
    {"http_code", CURLINFO_HTTP_CODE, 0},
    {"header_size", CURLINFO_HEADER_SIZE, 0},
    {"request_size", CURLINFO_REQUEST_SIZE, 0},
    {"filetime", CURLINFO_FILETIME, 0},
    {"ssl_verify_result", CURLINFO_SSL_VERIFYRESULT, 0},
    {"redirect_count", CURLINFO_REDIRECT_COUNT, 0},
    {"total_time", CURLINFO_TOTAL_TIME, 0},
    {"namelookup_time", CURLINFO_NAMELOOKUP_TIME, 0},
    {"connect_time", CURLINFO_CONNECT_TIME, 0},
    {"pretransfer_time", CURLINFO_PRETRANSFER_TIME, 0},
    {"size_upload", CURLINFO_SIZE_UPLOAD, 0},
    {"size_download", CURLINFO_SIZE_DOWNLOAD, 0},
    {"speed_download", CURLINFO_SPEED_DOWNLOAD, 0},
    {"speed_upload", CURLINFO_SPEED_UPLOAD, 0},
    {"download_content_length", CURLINFO_CONTENT_LENGTH_DOWNLOAD, 0},
    {"upload_content_length", CURLINFO_CONTENT_LENGTH_UPLOAD, 0},
    {"starttransfer_time", CURLINFO_STARTTRANSFER_TIME, 0},
    {"redirect_time", CURLINFO_REDIRECT_TIME, 0},
    {"redirect_url", CURLINFO_REDIRECT_URL, 0},
    {"primary_ip", CURLINFO_PRIMARY_IP, 0},
    {"certinfo", CURLINFO_CERTINFO, 0},
    {"primary_port", CURLINFO_PRIMARY_PORT, 0},
    {"local_ip", CURLINFO_LOCAL_IP, 0},
    {"local_port", CURLINFO_LOCAL_PORT, 0},
    {"http_version", CURLINFO_HTTP_VERSION, 0},
    {"protocol", CURLINFO_PROTOCOL, 0},
    {"ssl_verifyresult", CURLINFO_PROXY_SSL_VERIFYRESULT, 0},
    {"scheme", CURLINFO_SCHEME, 0},
    {"appconnect_time_us", CURLINFO_APPCONNECT_TIME_T, 0},
    {"queue_time_us", CURLINFO_QUEUE_TIME_T, 80500},
    {"connect_time_us", CURLINFO_CONNECT_TIME_T, 0},
    {"namelookup_time_us", CURLINFO_NAMELOOKUP_TIME_T, 0},
    {"pretransfer_time_us", CURLINFO_PRETRANSFER_TIME_T, 0},
    {"redirect_time_us", CURLINFO_REDIRECT_TIME_T, 0},
    {"starttransfer_time_us", CURLINFO_STARTTRANSFER_TIME_T, 0},
    {"posttransfer_time_us", CURLINFO_POSTTRANSFER_TIME_T, 80400},
    {"total_time_us", CURLINFO_TOTAL_TIME_T, 0},
    {"request_header", CURLINFO_HEADER_OUT, 0}, /* only if it was asked for */
    {"effective_method", CURLINFO_EFFECTIVE_METHOD, 0},
    {"capath", CURLINFO_CAPATH, 80300},
    {"cainfo", CURLINFO_CAINFO, 80300},
    {"used_proxy", CURLINFO_USED_PROXY, 80500},
    {"httpauth_used", CURLINFO_HTTPAUTH_USED, 80500},
    {"proxyauth_used", CURLINFO_PROXYAUTH_USED, 80500},
    {"conn_id", CURLINFO_CONN_ID, 80500},
};

/* In the array a text that is not there is empty; but for one. */
static void put_missing(int id, zval *value)
{
    if (id == CURLINFO_CONTENT_TYPE)
        ZVAL_NULL(value);
    else
        ZVAL_EMPTY_STRING(value);
}

void native_ext_curl_info_all(struct native_ext_curl_easy *easy, zval *return_value)
{
    struct native_ext_curl_told told;

    native_ext_curl_info_tell(easy, &told);
    array_init_size(return_value, sizeof(keys) / sizeof(keys[0]));
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        zval value;

        if (keys[i].since > PHP_VERSION_ID ||
            (keys[i].id == CURLINFO_HEADER_OUT && !easy->request_header))
            continue;
        if (keys[i].id == CURLINFO_HEADER_OUT)
            ZVAL_STR_COPY(&value, easy->request_header);
        else
            read_one(easy, &told, keys[i].id, &value);
        if (Z_TYPE(value) == IS_FALSE)
            put_missing(keys[i].id, &value);
        add_assoc_zval(return_value, keys[i].key, &value);
    }
}

void native_ext_curl_info_one(struct native_ext_curl_easy *easy, zend_long option,
                              zval *return_value)
{
    struct native_ext_curl_told told;

    if (option == CURLINFO_PRIVATE) {
        if (Z_ISUNDEF(easy->set.private_value))
            RETURN_FALSE;
        RETURN_COPY(&easy->set.private_value);
    }
    if (option == CURLINFO_HEADER_OUT) {
        if (!easy->request_header)
            RETURN_FALSE;
        RETURN_STR_COPY(easy->request_header);
    }
    native_ext_curl_info_tell(easy, &told);
    read_one(easy, &told, option, return_value);
}

/* ---- while there is a connection ---- */

enum { UNKNOWN_ISSUER = 20 }; /* of OpenSSL: X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY */

/* One certificate: name => text. */
static void add_certificate(zval *list, const void *der, size_t len)
{
    struct native_net_error error;
    struct native_net_certinfo *info = native_net_certinfo_new(der, len, &error);
    zval fields;

    array_init(&fields);
    for (size_t i = 0; info && i < info->count; i++)
        add_assoc_stringl(&fields, info->fields[i].name, info->fields[i].value,
                          info->fields[i].value_len);
    native_net_certinfo_free(info);
    add_next_index_zval(list, &fields);
}

void native_ext_curl_info_certificates(struct native_ext_curl_easy *easy)
{
    const struct native_net_stream *stream =
        easy->transfer ? native_http_transfer_stream(easy->transfer) : NULL;
    const struct native_net_tls *tls = stream ? native_net_stream_tls(stream) : NULL;
    const void *der;
    zval list;
    size_t len;

    if (!tls)
        return;
    easy->verify_result = native_net_tls_get_verify_code(tls);
    /* OpenSSL looks though nobody asks, and then knows no roots. */
    if (easy->verify_result == 0 && !easy->set.verify_peer)
        easy->verify_result = UNKNOWN_ISSUER;
    if (!easy->set.certinfo)
        return;
    array_init(&list);
    for (size_t i = 0; (len = native_net_tls_get_chain(tls, i, &der)) > 0; i++)
        add_certificate(&list, der, len);
    zval_ptr_dtor(&easy->certinfo);
    ZVAL_COPY_VALUE(&easy->certinfo, &list);
}

/* ---- the function ---- */

ZEND_FUNCTION(curl_getinfo)
{
    bool all = true;
    zend_object *object;
    zend_long option = 0;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_easy_ce)
    Z_PARAM_OPTIONAL
    Z_PARAM_LONG_OR_NULL(option, all)
    ZEND_PARSE_PARAMETERS_END();
    if (all)
        native_ext_curl_info_all(native_ext_curl_easy_of(object), return_value);
    else
        native_ext_curl_info_one(native_ext_curl_easy_of(object), option, return_value);
}
