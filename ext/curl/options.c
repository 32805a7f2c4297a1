/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/options.c - the table of options, and how a value of each kind is taken. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "options.h"

#include "body.h"
#include "fill.h"
#include "special.h"
#include "streams.h"

#define SECONDS_MAX (INT32_MAX / 1000)

#define AT(field) offsetof(struct native_ext_curl_settings, field)
#define ROW(id, kind, status, at, low, high, times, set)                                           \
    {                                                                                              \
        id, NATIVE_EXT_CURL_##kind, NATIVE_EXT_CURL_##status, at, low, high, times, set            \
    }
#define NUMBER(id, field, low, high, times)                                                        \
    ROW(id, NUMBER, WORKS, AT(field), low, high, times, NULL)
#define AT_MOST(id, field, low, high) ROW(id, AT_MOST, WORKS, AT(field), low, high, 0, NULL)
#define UNSIGNED(id, field) ROW(id, UNSIGNED, WORKS, AT(field), 0, UINT32_MAX, 0, NULL)
#define FLAG(id, field) ROW(id, FLAG, WORKS, AT(field), 0, 0, 0, NULL)
#define TEXT(id, field) ROW(id, TEXT, WORKS, AT(field), 0, 0, 0, NULL)
#define TEXT_OR_NULL(id, field) ROW(id, TEXT_OR_NULL, WORKS, AT(field), 0, 0, 0, NULL)
#define PATH(id, field) ROW(id, PATH, WORKS, AT(field), 0, 0, 0, NULL)
#define BLOB(id, field) ROW(id, BLOB, WORKS, AT(field), 0, 0, 0, NULL)
#define LIST(id, field) ROW(id, LIST, WORKS, AT(field), 0, 0, 0, NULL)
#define STREAM(id, field) ROW(id, STREAM, WORKS, AT(field), 0, 0, 0, NULL)
#define CALLBACK(id, field) ROW(id, CALLBACK, WORKS, AT(field), 0, 0, 0, NULL)
#define SPECIAL(id, field, set) ROW(id, SPECIAL, WORKS, AT(field), 0, 0, 0, native_ext_curl_##set)
#define IGNORED(id, kind) ROW(id, kind, IGNORED, 0, INT64_MIN, INT64_MAX, 0, NULL)
/* Taken, and looked at; what it is for is done anyway, or not at all. */
#define RANGE(id, low, high) ROW(id, NUMBER, IGNORED, 0, low, high, 0, NULL)
#define LOOKED_AT(id, set) ROW(id, SPECIAL, IGNORED, 0, 0, 0, 0, native_ext_curl_##set)
#define UNREAD(id, kind) ROW(id, kind, IGNORED, 0, 0, 0, 1, NULL) /* a text of any length */
#define UNFINISHED(id, kind) IGNORED(id, kind)                    /* docs/curl.md lists them */
#define REFUSED(id, kind, error) ROW(id, kind, REFUSED, 0, INT64_MIN, INT64_MAX, error, NULL)

/* clang-format off */
const struct native_ext_curl_option native_ext_curl_options[] = {
    SPECIAL(CURLOPT_SAFE_UPLOAD, method, set_safe_upload),
    SPECIAL(CURLINFO_HEADER_OUT, header_out, set_header_out),
    NUMBER(CURLOPT_PORT, port, 0, 65535, 0),
    NUMBER(CURLOPT_TIMEOUT, timeout_ms, 0, SECONDS_MAX, 1000),
    NUMBER(CURLOPT_INFILESIZE, infile_size, -1, INT64_MAX, 0),
    NUMBER(CURLOPT_LOW_SPEED_LIMIT, low_speed_limit, 0, INT64_MAX, 0),
    NUMBER(CURLOPT_LOW_SPEED_TIME, low_speed_s, 0, INT64_MAX, 0),
    NUMBER(CURLOPT_RESUME_FROM, resume_from, -1, INT64_MAX, 0),
    IGNORED(CURLOPT_CRLF, NUMBER),
    SPECIAL(CURLOPT_SSLVERSION, ssl_version, set_ssl_version),
    NUMBER(CURLOPT_TIMECONDITION, time_condition, 0, 3, 0),
    NUMBER(CURLOPT_TIMEVALUE, time_value, INT64_MIN, INT64_MAX, 0),
    FLAG(CURLOPT_VERBOSE, verbose),
    FLAG(CURLOPT_HEADER, header),
    FLAG(CURLOPT_NOPROGRESS, no_progress),
    SPECIAL(CURLOPT_NOBODY, no_body, set_no_body),
    FLAG(CURLOPT_FAILONERROR, fail_on_error),
    SPECIAL(CURLOPT_UPLOAD, method, set_upload),
    SPECIAL(CURLOPT_POST, method, set_post),
    IGNORED(CURLOPT_DIRLISTONLY, NUMBER), /* also CURLOPT_FTPLISTONLY */
    IGNORED(CURLOPT_APPEND, NUMBER), /* also CURLOPT_FTPAPPEND */
    NUMBER(CURLOPT_NETRC, netrc, CURL_NETRC_IGNORED, CURL_NETRC_REQUIRED, 0),
    SPECIAL(CURLOPT_FOLLOWLOCATION, follow, set_follow),
    IGNORED(CURLOPT_TRANSFERTEXT, NUMBER),
    SPECIAL(CURLOPT_PUT, method, set_upload),
    FLAG(CURLOPT_AUTOREFERER, auto_referer),
    NUMBER(CURLOPT_PROXYPORT, proxy_port, 0, 65535, 0),
    FLAG(CURLOPT_HTTPPROXYTUNNEL, proxy_tunnel),
    FLAG(CURLOPT_SSL_VERIFYPEER, verify_peer),
    AT_MOST(CURLOPT_MAXREDIRS, max_redirects, -1, INT32_MAX),
    FLAG(CURLOPT_FILETIME, filetime),
    NUMBER(CURLOPT_MAXCONNECTS, max_connects, 0, INT64_MAX, 0),
    FLAG(CURLOPT_FRESH_CONNECT, fresh_connect),
    FLAG(CURLOPT_FORBID_REUSE, forbid_reuse),
    NUMBER(CURLOPT_CONNECTTIMEOUT, connect_ms, 0, SECONDS_MAX, 1000),
    SPECIAL(CURLOPT_HTTPGET, method, set_http_get),
    SPECIAL(CURLOPT_SSL_VERIFYHOST, verify_host, set_verify_host),
    SPECIAL(CURLOPT_HTTP_VERSION, http_version, set_http_version),
    IGNORED(CURLOPT_FTP_USE_EPSV, NUMBER),
    UNREAD(CURLOPT_SSLENGINE_DEFAULT, TEXT),
    SPECIAL(CURLOPT_DNS_USE_GLOBAL_CACHE, method, set_global_cache),
    RANGE(CURLOPT_DNS_CACHE_TIMEOUT, -1, INT64_MAX),
    FLAG(CURLOPT_COOKIESESSION, cookie_session),
    IGNORED(CURLOPT_BUFFERSIZE, NUMBER),
    IGNORED(CURLOPT_NOSIGNAL, NUMBER),
    NUMBER(CURLOPT_PROXYTYPE, proxy_type, 0, 7, 0),
    FLAG(CURLOPT_UNRESTRICTED_AUTH, unrestricted_auth),
    IGNORED(CURLOPT_FTP_USE_EPRT, NUMBER),
    SPECIAL(CURLOPT_HTTPAUTH, http_auth, set_auth),
    RANGE(CURLOPT_FTP_CREATE_MISSING_DIRS, 0, 2),
    SPECIAL(CURLOPT_PROXYAUTH, proxy_auth, set_auth),
    RANGE(CURLOPT_FTP_RESPONSE_TIMEOUT, 0, SECONDS_MAX),
    NUMBER(CURLOPT_IPRESOLVE, ip_resolve, 0, 2, 0),
    NUMBER(CURLOPT_MAXFILESIZE, max_file_size, 0, INT64_MAX, 0),
    RANGE(CURLOPT_FTP_SSL, 0, 3), /* also CURLOPT_USE_SSL */
    IGNORED(CURLOPT_TCP_NODELAY, NUMBER),
    RANGE(CURLOPT_FTPSSLAUTH, 0, 2),
    FLAG(CURLOPT_IGNORE_CONTENT_LENGTH, ignore_length),
    IGNORED(CURLOPT_FTP_SKIP_PASV_IP, NUMBER),
    RANGE(CURLOPT_FTP_FILEMETHOD, 0, 3),
    NUMBER(CURLOPT_LOCALPORT, local_port, 0, 65535, 0),
    NUMBER(CURLOPT_LOCALPORTRANGE, local_port_range, 0, 65535, 0),
    NUMBER(CURLOPT_CONNECT_ONLY, connect_only, INT64_MIN, 2, 0),
    FLAG(CURLOPT_SSL_SESSIONID_CACHE, ssl_session_cache),
    IGNORED(CURLOPT_SSH_AUTH_TYPES, NUMBER),
    RANGE(CURLOPT_FTP_SSL_CCC, 0, 2),
    UNSIGNED(CURLOPT_TIMEOUT_MS, timeout_ms),
    UNSIGNED(CURLOPT_CONNECTTIMEOUT_MS, connect_ms),
    SPECIAL(CURLOPT_HTTP_TRANSFER_DECODING, raw_transfer, set_inverse),
    SPECIAL(CURLOPT_HTTP_CONTENT_DECODING, raw_content, set_inverse),
    NUMBER(CURLOPT_NEW_FILE_PERMS, new_file_perms, 0, 0777, 0),
    RANGE(CURLOPT_NEW_DIRECTORY_PERMS, 0, 0777),
    SPECIAL(CURLOPT_POSTREDIR, post_redirect, set_post_redirect),
    RANGE(CURLOPT_PROXY_TRANSFER_MODE, 0, 1),
    RANGE(CURLOPT_ADDRESS_SCOPE, 0, UINT32_MAX),
    FLAG(CURLOPT_CERTINFO, certinfo),
    RANGE(CURLOPT_TFTP_BLKSIZE, 0, INT64_MAX),
    IGNORED(CURLOPT_SOCKS5_GSSAPI_NEC, NUMBER),
    SPECIAL(CURLOPT_PROTOCOLS, protocols, set_protocols),
    SPECIAL(CURLOPT_REDIR_PROTOCOLS, redirect_protocols, set_protocols),
    IGNORED(CURLOPT_FTP_USE_PRET, NUMBER),
    IGNORED(CURLOPT_RTSP_REQUEST, NUMBER),
    IGNORED(CURLOPT_RTSP_CLIENT_CSEQ, NUMBER),
    IGNORED(CURLOPT_RTSP_SERVER_CSEQ, NUMBER),
    IGNORED(CURLOPT_WILDCARDMATCH, NUMBER),
    SPECIAL(CURLOPT_TRANSFER_ENCODING, transfer_encoding, set_any_text),
    IGNORED(CURLOPT_GSSAPI_DELEGATION, NUMBER),
    IGNORED(CURLOPT_ACCEPTTIMEOUT_MS, NUMBER),
    FLAG(CURLOPT_TCP_KEEPALIVE, tcp_keep_alive),
    AT_MOST(CURLOPT_TCP_KEEPIDLE, tcp_keep_idle_s, 0, INT32_MAX),
    AT_MOST(CURLOPT_TCP_KEEPINTVL, tcp_keep_interval_s, 0, INT32_MAX),
    RANGE(CURLOPT_SSL_OPTIONS, INT64_MIN, INT64_MAX),
    IGNORED(CURLOPT_SASL_IR, NUMBER),
    IGNORED(CURLOPT_SSL_ENABLE_NPN, NUMBER),
    FLAG(CURLOPT_SSL_ENABLE_ALPN, ssl_alpn),
    NUMBER(CURLOPT_EXPECT_100_TIMEOUT_MS, expect_ms, 0, INT64_MAX, 0),
    NUMBER(CURLOPT_HEADEROPT, header_opt, INT64_MIN, INT64_MAX, 0),
    ROW(CURLOPT_SSL_VERIFYSTATUS, NUMBER, REFUSED, 0, INT64_MIN, INT64_MAX, CURLE_NOT_BUILT_IN, NULL),
    REFUSED(CURLOPT_SSL_FALSESTART, NUMBER, 4),
    FLAG(CURLOPT_PATH_AS_IS, path_as_is),
    IGNORED(CURLOPT_PIPEWAIT, NUMBER),
    IGNORED(CURLOPT_STREAM_WEIGHT, NUMBER),
    IGNORED(CURLOPT_TFTP_NO_OPTIONS, NUMBER),
    IGNORED(CURLOPT_TCP_FASTOPEN, NUMBER),
    FLAG(CURLOPT_KEEP_SENDING_ON_ERROR, keep_sending),
    IGNORED(CURLOPT_PROXY_SSL_VERIFYPEER, NUMBER),
    IGNORED(CURLOPT_PROXY_SSL_VERIFYHOST, NUMBER),
    LOOKED_AT(CURLOPT_PROXY_SSLVERSION, set_ssl_version),
    IGNORED(CURLOPT_PROXY_SSL_OPTIONS, NUMBER),
    FLAG(CURLOPT_SUPPRESS_CONNECT_HEADERS, suppress_connect_headers),
    SPECIAL(CURLOPT_SOCKS5_AUTH, socks5_auth, set_socks5_auth),
    IGNORED(CURLOPT_SSH_COMPRESSION, NUMBER),
    UNSIGNED(CURLOPT_HAPPY_EYEBALLS_TIMEOUT_MS, eyeballs_ms),
    FLAG(CURLOPT_HAPROXYPROTOCOL, haproxy),
    IGNORED(CURLOPT_DNS_SHUFFLE_ADDRESSES, NUMBER),
    FLAG(CURLOPT_DISALLOW_USERNAME_IN_URL, disallow_user),
    IGNORED(CURLOPT_UPLOAD_BUFFERSIZE, NUMBER),
    RANGE(CURLOPT_UPKEEP_INTERVAL_MS, 0, INT64_MAX),
    NUMBER(CURLOPT_HTTP09_ALLOWED, http_0_9, INT64_MIN, 1, 0),
    LOOKED_AT(CURLOPT_ALTSVC_CTRL, set_not_none),
    NUMBER(CURLOPT_MAXAGE_CONN, max_age_s, 0, INT64_MAX, 0),
    IGNORED(CURLOPT_MAIL_RCPT_ALLLOWFAILS, NUMBER),
    IGNORED(CURLOPT_HSTS_CTRL, NUMBER),
    IGNORED(CURLOPT_DOH_SSL_VERIFYPEER, NUMBER),
    IGNORED(CURLOPT_DOH_SSL_VERIFYHOST, NUMBER),
    IGNORED(CURLOPT_DOH_SSL_VERIFYSTATUS, NUMBER),
    NUMBER(CURLOPT_MAXLIFETIME_CONN, max_life_s, 0, INT64_MAX, 0),
#if PHP_VERSION_ID >= 80300
    NUMBER(CURLOPT_MIME_OPTIONS, mime_options, INT64_MIN, INT64_MAX, 0),
    IGNORED(CURLOPT_WS_OPTIONS, NUMBER),
    IGNORED(CURLOPT_CA_CACHE_TIMEOUT, NUMBER),
    IGNORED(CURLOPT_QUICK_EXIT, NUMBER),
#endif
#if PHP_VERSION_ID >= 80400
    AT_MOST(CURLOPT_TCP_KEEPCNT, tcp_keep_count, 0, INT32_MAX),
#endif
    STREAM(CURLOPT_FILE, file),
    SPECIAL(CURLOPT_URL, url, set_url),
    TEXT(CURLOPT_PROXY, proxy),
    SPECIAL(CURLOPT_USERPWD, user, set_user_password),
    SPECIAL(CURLOPT_PROXYUSERPWD, proxy_user, set_user_password),
    TEXT_OR_NULL(CURLOPT_RANGE, range),
    STREAM(CURLOPT_INFILE, infile), /* also CURLOPT_READDATA */
    SPECIAL(CURLOPT_POSTFIELDS, post_fields, set_post_fields),
    TEXT(CURLOPT_REFERER, referer),
    IGNORED(CURLOPT_FTPPORT, TEXT_OR_NULL),
    TEXT(CURLOPT_USERAGENT, user_agent),
    TEXT(CURLOPT_COOKIE, cookie),
    LIST(CURLOPT_HTTPHEADER, http_header),
    PATH(CURLOPT_SSLCERT, cert),
    TEXT(CURLOPT_KEYPASSWD, key_password), /* also CURLOPT_SSLCERTPASSWD, CURLOPT_SSLKEYPASSWD */
    IGNORED(CURLOPT_QUOTE, LIST),
    STREAM(CURLOPT_WRITEHEADER, write_header),
    SPECIAL(CURLOPT_COOKIEFILE, cookie_files, set_cookie_file),
    TEXT_OR_NULL(CURLOPT_CUSTOMREQUEST, custom_request),
    STREAM(CURLOPT_STDERR, std_err),
    IGNORED(CURLOPT_POSTQUOTE, LIST),
    TEXT(CURLOPT_INTERFACE, interface),
    IGNORED(CURLOPT_KRB4LEVEL, TEXT_OR_NULL), /* also CURLOPT_KRBLEVEL */
    TEXT(CURLOPT_CAINFO, ca_file),
    IGNORED(CURLOPT_TELNETOPTIONS, LIST),
    UNREAD(CURLOPT_RANDOM_FILE, PATH),
    UNREAD(CURLOPT_EGDSOCKET, TEXT),
    SPECIAL(CURLOPT_COOKIEJAR, cookie_jar, set_cookie_jar),
    TEXT(CURLOPT_SSL_CIPHER_LIST, ciphers),
    TEXT(CURLOPT_SSLCERTTYPE, cert_type),
    TEXT(CURLOPT_SSLKEY, key),
    TEXT(CURLOPT_SSLKEYTYPE, key_type),
    ROW(CURLOPT_SSLENGINE, SPECIAL, REFUSED, 0, 0, 0, 0, native_ext_curl_set_engine),
    IGNORED(CURLOPT_PREQUOTE, LIST),
    TEXT(CURLOPT_CAPATH, ca_path),
    SPECIAL(CURLOPT_SHARE, share, set_share),
    TEXT_OR_NULL(CURLOPT_ACCEPT_ENCODING, accept_encoding), /* also CURLOPT_ENCODING */
    SPECIAL(CURLOPT_PRIVATE, private_value, set_private),
    LIST(CURLOPT_HTTP200ALIASES, status_aliases),
    PATH(CURLOPT_NETRC_FILE, netrc_file),
    IGNORED(CURLOPT_FTP_ACCOUNT, TEXT_OR_NULL),
    SPECIAL(CURLOPT_COOKIELIST, method, set_cookie_list),
    IGNORED(CURLOPT_FTP_ALTERNATIVE_TO_USER, TEXT),
    IGNORED(CURLOPT_SSH_PUBLIC_KEYFILE, PATH),
    IGNORED(CURLOPT_SSH_PRIVATE_KEYFILE, PATH),
    IGNORED(CURLOPT_SSH_HOST_PUBLIC_KEY_MD5, TEXT),
    PATH(CURLOPT_CRLFILE, crl_file),
    PATH(CURLOPT_ISSUERCERT, issuer_cert),
    TEXT(CURLOPT_USERNAME, user),
    TEXT(CURLOPT_PASSWORD, password),
    SPECIAL(CURLOPT_PROXYUSERNAME, proxy_user, set_escaped),
    SPECIAL(CURLOPT_PROXYPASSWORD, proxy_password, set_escaped),
    TEXT(CURLOPT_NOPROXY, no_proxy),
    IGNORED(CURLOPT_SOCKS5_GSSAPI_SERVICE, TEXT),
    IGNORED(CURLOPT_SSH_KNOWNHOSTS, PATH),
    IGNORED(CURLOPT_MAIL_FROM, TEXT),
    IGNORED(CURLOPT_MAIL_RCPT, LIST),
    IGNORED(CURLOPT_RTSP_SESSION_ID, TEXT_OR_NULL),
    IGNORED(CURLOPT_RTSP_STREAM_URI, TEXT),
    IGNORED(CURLOPT_RTSP_TRANSPORT, TEXT),
    LIST(CURLOPT_RESOLVE, resolve),
    IGNORED(CURLOPT_TLSAUTH_USERNAME, TEXT),
    IGNORED(CURLOPT_TLSAUTH_PASSWORD, TEXT),
    REFUSED(CURLOPT_TLSAUTH_TYPE, TEXT, CURLE_BAD_FUNCTION_ARGUMENT),
    REFUSED(CURLOPT_DNS_SERVERS, TEXT, CURLE_UNKNOWN_OPTION),
    IGNORED(CURLOPT_MAIL_AUTH, TEXT),
    TEXT_OR_NULL(CURLOPT_XOAUTH2_BEARER, bearer),
    REFUSED(CURLOPT_DNS_INTERFACE, TEXT_OR_NULL, CURLE_UNKNOWN_OPTION),
    REFUSED(CURLOPT_DNS_LOCAL_IP4, TEXT_OR_NULL, CURLE_UNKNOWN_OPTION),
    REFUSED(CURLOPT_DNS_LOCAL_IP6, TEXT_OR_NULL, CURLE_UNKNOWN_OPTION),
    IGNORED(CURLOPT_LOGIN_OPTIONS, TEXT),
    LIST(CURLOPT_PROXYHEADER, proxy_header),
    TEXT(CURLOPT_PINNEDPUBLICKEY, pins),
    TEXT_OR_NULL(CURLOPT_UNIX_SOCKET_PATH, unix_socket),
    IGNORED(CURLOPT_PROXY_SERVICE_NAME, TEXT),
    IGNORED(CURLOPT_SERVICE_NAME, TEXT),
    TEXT(CURLOPT_DEFAULT_PROTOCOL, default_protocol),
    LIST(CURLOPT_CONNECT_TO, connect_to),
    IGNORED(CURLOPT_PROXY_CAINFO, TEXT),
    IGNORED(CURLOPT_PROXY_CAPATH, TEXT),
    IGNORED(CURLOPT_PROXY_TLSAUTH_USERNAME, TEXT),
    IGNORED(CURLOPT_PROXY_TLSAUTH_PASSWORD, TEXT),
    REFUSED(CURLOPT_PROXY_TLSAUTH_TYPE, TEXT, CURLE_BAD_FUNCTION_ARGUMENT),
    IGNORED(CURLOPT_PROXY_SSLCERT, TEXT),
    IGNORED(CURLOPT_PROXY_SSLCERTTYPE, TEXT),
    IGNORED(CURLOPT_PROXY_SSLKEY, TEXT),
    IGNORED(CURLOPT_PROXY_SSLKEYTYPE, TEXT),
    IGNORED(CURLOPT_PROXY_KEYPASSWD, TEXT),
    IGNORED(CURLOPT_PROXY_SSL_CIPHER_LIST, TEXT),
    IGNORED(CURLOPT_PROXY_CRLFILE, TEXT),
    TEXT(CURLOPT_PRE_PROXY, pre_proxy),
    IGNORED(CURLOPT_PROXY_PINNEDPUBLICKEY, TEXT),
    TEXT(CURLOPT_ABSTRACT_UNIX_SOCKET, abstract_socket),
    TEXT(CURLOPT_REQUEST_TARGET, request_target),
    TEXT(CURLOPT_TLS13_CIPHERS, ciphers_13),
    IGNORED(CURLOPT_PROXY_TLS13_CIPHERS, TEXT),
    IGNORED(CURLOPT_DOH_URL, TEXT_OR_NULL),
    IGNORED(CURLOPT_ALTSVC, TEXT),
    IGNORED(CURLOPT_SASL_AUTHZID, TEXT),
    IGNORED(CURLOPT_PROXY_ISSUERCERT, TEXT),
    TEXT(CURLOPT_SSL_EC_CURVES, groups),
    IGNORED(CURLOPT_HSTS, TEXT_OR_NULL),
    TEXT(CURLOPT_AWS_SIGV4, sigv4),
    IGNORED(CURLOPT_SSH_HOST_PUBLIC_KEY_SHA256, TEXT),
#if PHP_VERSION_ID >= 80300
    SPECIAL(CURLOPT_PROTOCOLS_STR, protocols, set_protocol_names),
    SPECIAL(CURLOPT_REDIR_PROTOCOLS_STR, redirect_protocols, set_protocol_names),
#endif
#if PHP_VERSION_ID >= 80500
    IGNORED(CURLOPT_SSL_SIGNATURE_ALGORITHMS, TEXT),
#endif
    SPECIAL(CURLOPT_RETURNTRANSFER, write_to, set_return),
    SPECIAL(CURLOPT_BINARYTRANSFER, method, set_nothing),
    CALLBACK(CURLOPT_WRITEFUNCTION, on_write),
    CALLBACK(CURLOPT_READFUNCTION, on_read),
    CALLBACK(CURLOPT_PROGRESSFUNCTION, on_progress),
    CALLBACK(CURLOPT_HEADERFUNCTION, on_header),
#if PHP_VERSION_ID >= 80400
    CALLBACK(CURLOPT_DEBUGFUNCTION, on_debug),
#endif
    CALLBACK(CURLOPT_FNMATCH_FUNCTION, on_fnmatch),
    CALLBACK(CURLOPT_XFERINFOFUNCTION, on_transfer_info),
#if PHP_VERSION_ID >= 80400
    CALLBACK(CURLOPT_PREREQFUNCTION, on_prerequest),
#endif
#if PHP_VERSION_ID >= 80300
    IGNORED(CURLOPT_SSH_HOSTKEYFUNCTION, CALLBACK),
#endif
#if PHP_VERSION_ID >= 80500
    NUMBER(CURLOPT_INFILESIZE_LARGE, infile_size, -1, INT64_MAX, 0),
#endif
    NUMBER(CURLOPT_MAXFILESIZE_LARGE, max_file_size, 0, INT64_MAX, 0),
    NUMBER(CURLOPT_MAX_SEND_SPEED_LARGE, max_send_speed, 0, INT64_MAX, 0),
    NUMBER(CURLOPT_MAX_RECV_SPEED_LARGE, max_receive_speed, 0, INT64_MAX, 0),
    NUMBER(CURLOPT_TIMEVALUE_LARGE, time_value, INT64_MIN, INT64_MAX, 0),
    BLOB(CURLOPT_SSLCERT_BLOB, cert_blob),
    BLOB(CURLOPT_SSLKEY_BLOB, key_blob),
    IGNORED(CURLOPT_PROXY_SSLCERT_BLOB, BLOB),
    IGNORED(CURLOPT_PROXY_SSLKEY_BLOB, BLOB),
    BLOB(CURLOPT_ISSUERCERT_BLOB, issuer_blob),
    IGNORED(CURLOPT_PROXY_ISSUERCERT_BLOB, BLOB),
    BLOB(CURLOPT_CAINFO_BLOB, ca_blob),
    IGNORED(CURLOPT_PROXY_CAINFO_BLOB, BLOB),
};
/* clang-format on */

/* Why rows are IGNORED or REFUSED, for docs/curl-compat.md (dev/curl-compat): names, * for any end, and the reason. The first that
 * fits counts; of UNFINISHED the macro says it.
 *   why CURLOPT_FTP_RESPONSE_TIMEOUT: of FTP; libcurl 8 calls it SERVER_RESPONSE_TIMEOUT
 *   why CURLOPT_FTP* CURLOPT_DIRLISTONLY CURLOPT_APPEND CURLOPT_QUOTE CURLOPT_POSTQUOTE CURLOPT_PREQUOTE: of FTP
 *   why CURLOPT_CRLF CURLOPT_TRANSFERTEXT CURLOPT_WILDCARDMATCH CURLOPT_ACCEPTTIMEOUT_MS: of FTP
 *   why CURLOPT_PROXY_TRANSFER_MODE: of FTP through an HTTP proxy
 *   why CURLOPT_SSH*: of SSH
 *   why CURLOPT_TFTP*: of TFTP
 *   why CURLOPT_TELNETOPTIONS: of Telnet
 *   why CURLOPT_RTSP*: of RTSP
 *   why CURLOPT_MAIL* CURLOPT_SASL* CURLOPT_LOGIN_OPTIONS: of mail
 *   why CURLOPT_WS_OPTIONS: of WebSocket
 *   why CURLOPT_NEW_DIRECTORY_PERMS: of servers that make directories (FTP, SSH)
 *   why CURLOPT_SOCKS5_GSSAPI* CURLOPT_GSSAPI_DELEGATION CURLOPT_KRB4LEVEL CURLOPT_SERVICE_NAME CURLOPT_PROXY_SERVICE_NAME: of Kerberos
 *   why CURLOPT_TLSAUTH_TYPE CURLOPT_PROXY_TLSAUTH_TYPE: TLS-SRP, which libcurl over OpenSSL 3 has not either
 *   why CURLOPT_TLSAUTH* CURLOPT_PROXY_TLSAUTH*: TLS-SRP
 *   why CURLOPT_PROXY_SSL* CURLOPT_PROXY_TLS13* CURLOPT_PROXY_CA* CURLOPT_PROXY_KEYPASSWD CURLOPT_PROXY_CRLFILE: of HTTPS proxies
 *   why CURLOPT_PROXY_PINNEDPUBLICKEY CURLOPT_PROXY_ISSUERCERT*: of HTTPS proxies
 *   why CURLOPT_PIPEWAIT CURLOPT_STREAM_WEIGHT: of HTTP/2
 *   why CURLOPT_ALTSVC*: Alt-Svc leads to HTTP/2 and HTTP/3
 *   why CURLOPT_HSTS*: no such list is kept
 *   why CURLOPT_DOH*: names are looked up by the system
 *   why CURLOPT_DNS_SERVERS CURLOPT_DNS_INTERFACE CURLOPT_DNS_LOCAL*: libcurl has them with c-ares only
 *   why CURLOPT_DNS_CACHE_TIMEOUT CURLOPT_DNS_SHUFFLE_ADDRESSES: the process keeps names for all its handles
 *   why CURLOPT_UPKEEP_INTERVAL_MS: the process keeps connections for all its handles
 *   why CURLOPT_CA_CACHE_TIMEOUT: the process parses a CA file once, and again when it has changed
 *   why CURLOPT_BUFFERSIZE CURLOPT_UPLOAD_BUFFERSIZE: pieces of a body are of 16 KiB, and of 64 KiB of one that is sent
 *   why CURLOPT_NOSIGNAL: no signals are used
 *   why CURLOPT_QUICK_EXIT: a thread that looks up a name holds up no exit
 *   why CURLOPT_TCP_NODELAY: always on
 *   why CURLOPT_TCP_FASTOPEN: a connection is opened before anything is sent
 *   why CURLOPT_ADDRESS_SCOPE: an address names its zone itself
 *   why CURLOPT_SSLENGINE: mbedTLS has none of any name; error 53, but "" is taken
 *   why CURLOPT_SSLENGINE_DEFAULT: mbedTLS has no engines
 *   why CURLOPT_SSL_VERIFYSTATUS: mbedTLS has no OCSP stapling
 *   why CURLOPT_SSL_FALSESTART: stock libcurl over OpenSSL has it not either
 *   why CURLOPT_SSL_ENABLE_NPN: NPN is gone from TLS libraries and from libcurl
 *   why CURLOPT_SSL_OPTIONS: what they allow or forbid is not done anyway (BEAST, renegotiation, the system's store)
 *   why CURLOPT_SSL_SIGNATURE_ALGORITHMS: mbedTLS has its own list
 *   why CURLOPT_RANDOM_FILE CURLOPT_EGDSOCKET: random bytes are the kernel's; libcurl takes no notice of them either
 */

const size_t native_ext_curl_options_count =
    sizeof(native_ext_curl_options) / sizeof(native_ext_curl_options[0]);

const struct native_ext_curl_option *native_ext_curl_option_find(zend_long id)
{
    size_t low = 0, high = native_ext_curl_options_count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (native_ext_curl_options[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < native_ext_curl_options_count && native_ext_curl_options[low].id == id
               ? &native_ext_curl_options[low]
               : NULL;
}

/* ---- a value of each kind ---- */

static void *field_of(struct native_ext_curl_easy *easy,
                      const struct native_ext_curl_option *option)
{
    return (char *)&easy->set + option->at;
}

static bool works(const struct native_ext_curl_option *option)
{
    return option->status == NATIVE_EXT_CURL_WORKS;
}

static int take_number(struct native_ext_curl_easy *easy,
                       const struct native_ext_curl_option *option, zval *value)
{
    zend_long number = zval_get_long(value);

    if (EG(exception))
        return -1;
    if (option->kind == NATIVE_EXT_CURL_FLAG)
        number = number != 0;
    else if (option->kind == NATIVE_EXT_CURL_UNSIGNED)
        number = number < 0 || number > option->high ? option->high : number;
    else if (option->kind == NATIVE_EXT_CURL_AT_MOST && number > option->high)
        number = option->high;
    else if (number < option->low || number > option->high)
        return CURLE_BAD_FUNCTION_ARGUMENT;
    if (works(option))
        *(int64_t *)field_of(easy, option) = number * (option->times ? option->times : 1);
    return CURLE_OK;
}

/* What stock PHP names itself in these errors. */
static const char *function_name(void)
{
    return get_active_function_name();
}

zend_string *native_ext_curl_text_of(zval *value)
{
    zend_string *text = zval_try_get_string(value);

    if (text && strlen(ZSTR_VAL(text)) != ZSTR_LEN(text)) {
        zend_value_error("%s(): cURL option must not contain any null bytes", function_name());
        zend_string_release(text);
        return NULL;
    }
    return text;
}

/* A value is no more the setting. The engine may still look at it until the transfer ends. */
static void let_go(struct native_ext_curl_easy *easy, zval *old)
{
    if (easy->running) {
        if (!easy->replaced)
            easy->replaced = zend_new_array(4);
        zend_hash_next_index_insert_new(easy->replaced, old);
    } else {
        zval_ptr_dtor(old);
    }
}

void native_ext_curl_put_text(struct native_ext_curl_easy *easy, zend_string **field,
                              zend_string *text)
{
    zval old;

    ZVAL_UNDEF(&old);
    if (*field)
        ZVAL_STR(&old, *field);
    *field = text;
    if (Z_TYPE(old) != IS_UNDEF)
        let_go(easy, &old);
}

/* What libcurl does not copy it does not measure. */
static bool is_too_long(const struct native_ext_curl_option *option, const zend_string *text)
{
    bool measured = option->status == NATIVE_EXT_CURL_WORKS ||
                    (option->status == NATIVE_EXT_CURL_IGNORED && option->times == 0);

    return measured && ZSTR_LEN(text) > NATIVE_EXT_CURL_LONGEST;
}

static int take_text(struct native_ext_curl_easy *easy, const struct native_ext_curl_option *option,
                     zval *value)
{
    zend_string *text = NULL;

    if (option->kind != NATIVE_EXT_CURL_TEXT_OR_NULL || Z_TYPE_P(value) != IS_NULL) {
        text = option->kind == NATIVE_EXT_CURL_BLOB ? zval_try_get_string(value)
                                                    : native_ext_curl_text_of(value);
        if (!text)
            return -1;
    }
    if (text && is_too_long(option, text)) {
        zend_string_release(text);
        return CURLE_BAD_FUNCTION_ARGUMENT;
    }
    if (option->kind == NATIVE_EXT_CURL_PATH && ZSTR_LEN(text) > 0 &&
        php_check_open_basedir(ZSTR_VAL(text))) {
        zend_string_release(text);
        return -1;
    }
    if (works(option))
        native_ext_curl_put_text(easy, field_of(easy, option), text);
    else if (text)
        zend_string_release(text);
    return CURLE_OK;
}

static const char *name_of(int id)
{
#define X(name, value, since) {value, #name},
    static const struct {
        int id;
        const char *name;
    } names[] = {NATIVE_EXT_CURL_OPTIONS(X)};
#undef X

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (names[i].id == id)
            return names[i].name;
    return "";
}

static int take_list(struct native_ext_curl_easy *easy, const struct native_ext_curl_option *option,
                     zval *value)
{
    zend_array *list, **field;
    zval *item, text, old;

    if (Z_TYPE_P(value) != IS_ARRAY) {
        zend_type_error("%s(): The %s option must have an array value", function_name(),
                        name_of(option->id));
        return -1;
    }
    list = zend_new_array(zend_hash_num_elements(Z_ARR_P(value)));
    ZEND_HASH_FOREACH_VAL(Z_ARR_P(value), item)
    {
        zend_string *string;

        ZVAL_DEREF(item);
        string = zval_try_get_string(item);
        if (!string) {
            zend_array_release(list);
            return -1;
        }
        /* As C has them: up to the first zero byte. */
        if (strlen(ZSTR_VAL(string)) != ZSTR_LEN(string)) {
            ZVAL_STRING(&text, ZSTR_VAL(string));
            zend_string_release(string);
        } else {
            ZVAL_STR(&text, string);
        }
        zend_hash_next_index_insert_new(list, &text);
    }
    ZEND_HASH_FOREACH_END();
    if (!works(option)) {
        zend_array_release(list);
        return CURLE_OK;
    }
    if (option->id == CURLOPT_RESOLVE)
        easy->new_resolve = true;
    field = field_of(easy, option);
    if (*field) {
        ZVAL_ARR(&old, *field);
        let_go(easy, &old);
    }
    *field = list;
    return CURLE_OK;
}

/* PHP 8.4 looks at a callback when it is set, earlier ones when it is called. */
static int take_callback(struct native_ext_curl_easy *easy,
                         const struct native_ext_curl_option *option, zval *value)
{
    struct native_ext_curl_callback *callback;
    zval old;

#if PHP_VERSION_ID >= 80400
    zend_fcall_info_cache cache = empty_fcall_info_cache;
    char *error = NULL;

    if (Z_TYPE_P(value) != IS_NULL && !zend_is_callable_ex(value, NULL, 0, NULL, &cache, &error)) {
        zend_argument_type_error(3, "must be a valid callback for option %s, %s",
                                 name_of(option->id), error);
        efree(error);
        return -1;
    }
#endif
    if (!works(option))
        return CURLE_OK;
    callback = field_of(easy, option);
    ZVAL_COPY_VALUE(&old, &callback->name);
#if PHP_VERSION_ID >= 80400
    callback->cache = cache;
#else
    callback->cache = empty_fcall_info_cache;
#endif
    ZVAL_COPY(&callback->name, value);
    native_ext_curl_called(easy, option->id);
    zval_ptr_dtor(&old);
    return CURLE_OK;
}

static int take_special(struct native_ext_curl_easy *easy,
                        const struct native_ext_curl_option *option, zval *value)
{
    return option->set(easy, option, value);
}

static int take_stream(struct native_ext_curl_easy *easy,
                       const struct native_ext_curl_option *option, zval *value)
{
    return native_ext_curl_set_stream(easy, option->id, field_of(easy, option), value);
}

/* It has thrown, and not for a zero byte: stock notes the refusal nonetheless. */
static bool is_no_text(const zval *value)
{
    return EG(exception) && Z_TYPE_P(value) == IS_OBJECT && Z_OBJCE_P(value)->__tostring == NULL;
}

bool native_ext_curl_set(struct native_ext_curl_easy *easy, zend_long id, zval *value,
                         bool in_array)
{
    static int (*const take[])(struct native_ext_curl_easy *, const struct native_ext_curl_option *,
                               zval *) = {
        [NATIVE_EXT_CURL_NUMBER] = take_number,     [NATIVE_EXT_CURL_AT_MOST] = take_number,
        [NATIVE_EXT_CURL_UNSIGNED] = take_number,   [NATIVE_EXT_CURL_FLAG] = take_number,
        [NATIVE_EXT_CURL_TEXT] = take_text,         [NATIVE_EXT_CURL_TEXT_OR_NULL] = take_text,
        [NATIVE_EXT_CURL_PATH] = take_text,         [NATIVE_EXT_CURL_BLOB] = take_text,
        [NATIVE_EXT_CURL_LIST] = take_list,         [NATIVE_EXT_CURL_STREAM] = take_stream,
        [NATIVE_EXT_CURL_CALLBACK] = take_callback, [NATIVE_EXT_CURL_SPECIAL] = take_special,
    };
    const struct native_ext_curl_option *option = native_ext_curl_option_find(id);
    int error;

    if (!option) {
        zend_argument_value_error(2, in_array ? "must contain only valid cURL options"
                                              : "is not a valid cURL option");
        native_ext_curl_easy_set_error(easy, CURLE_UNKNOWN_OPTION, NULL);
        return false;
    }
    error = take[option->kind](easy, option, value);
    if (option->status == NATIVE_EXT_CURL_REFUSED && option->times > 0 &&
        (error == CURLE_OK || is_no_text(value)))
        error = (int)option->times;
    if (error < 0)
        return false;
    native_ext_curl_easy_set_error(easy, error, NULL);
    /* What is decided later in a transfer that runs follows it. */
    if (error == CURLE_OK && easy->running && native_ext_curl_fill(easy) == CURLE_OK)
        (void)native_ext_curl_body_prepare(easy);
    return error == CURLE_OK;
}
