/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/settings.h - what curl_setopt() has said to a handle.
 * Shape: a plain struct with a field for each thing that an option sets; the table (options.h) knows which kind each is, and
 *        copies and frees them by it. Several options may set one field: seconds and milliseconds, a name and its older one.
 * Memory: PHP's; counted. */
#ifndef NATIVE_EXT_CURL_SETTINGS_H
#define NATIVE_EXT_CURL_SETTINGS_H

#include "php.h"

/* A value of the user's that is to be called; looked up when it is (PHP 8.4: when it is set). UNDEF: none. */
struct native_ext_curl_callback {
    zval name;
    zend_fcall_info_cache cache;
};

/* Which request, by the option that was set last. */
enum native_ext_curl_method {
    NATIVE_EXT_CURL_GET,
    NATIVE_EXT_CURL_HEAD,
    NATIVE_EXT_CURL_POST,      /* of POSTFIELDS that are text, or of READFUNCTION */
    NATIVE_EXT_CURL_POST_MIME, /* of POSTFIELDS that are an array */
    NATIVE_EXT_CURL_PUT
};

/* Where bodies go (write) and header lines (header): by what was set last. */
enum native_ext_curl_to {
    NATIVE_EXT_CURL_TO_OUTPUT,
    NATIVE_EXT_CURL_TO_STREAM,
    NATIVE_EXT_CURL_TO_RETURN,
    NATIVE_EXT_CURL_TO_CALL,
    NATIVE_EXT_CURL_TO_NOTHING
};

struct native_ext_curl_settings {
    /* ---- numbers: int64_t each ---- */
    int64_t auto_referer, certinfo, connect_ms, connect_only, cookie_session, disallow_user,
        eyeballs_ms, expect_ms, fail_on_error, filetime, follow, forbid_reuse, fresh_connect,
        haproxy, header, header_out, header_opt, http_0_9, http_auth, http_version, ignore_length,
        infile_size, ip_resolve, keep_sending, local_port, local_port_range, low_speed_limit,
        low_speed_s, max_age_s, max_connects, max_file_size, max_life_s, max_receive_speed,
        max_redirects, max_send_speed, mime_options, netrc, new_file_perms, no_progress, path_as_is,
        port, post_redirect, protocols, proxy_auth, proxy_port, proxy_type, proxy_tunnel,
        raw_content, raw_transfer, redirect_protocols, resume_from, socks5_auth, ssl_alpn,
        ssl_session_cache, ssl_version, suppress_connect_headers, tcp_keep_alive, tcp_keep_count,
        tcp_keep_idle_s, tcp_keep_interval_s, time_condition, time_value, timeout_ms,
        transfer_encoding, unrestricted_auth, verbose, verify_host, verify_peer;
    /* ---- texts: zend_string * each; NULL: not set ---- */
    zend_string *abstract_socket, *accept_encoding, *ca_file, *ca_path, *cert, *cert_type, *ciphers,
        *ciphers_13, *cookie, *cookie_jar, *crl_file, *custom_request, *default_protocol, *groups,
        *interface, *issuer_cert, *key, *key_password, *key_type, *netrc_file, *no_proxy, *password,
        *pins, *pre_proxy, *proxy, *proxy_password, *proxy_user, *range, *referer, *request_target,
        *sigv4, *unix_socket, *url, *user, *user_agent, *bearer;
    /* ---- bytes of files that are given as such: zend_string * each ---- */
    zend_string *ca_blob, *cert_blob, *issuer_blob, *key_blob;
    /* ---- lists: arrays of strings; NULL: not set ---- */
    zend_array *http_header, *proxy_header, *resolve, *connect_to, *status_aliases, *cookie_files;
    /* ---- callbacks ---- */
    struct native_ext_curl_callback on_write, on_header, on_read, on_progress, on_transfer_info,
        on_prerequest, on_debug, on_fnmatch;
    /* ---- streams: zval each; UNDEF: none ---- */
    zval file, write_header, infile, std_err;
    /* ---- by options of their own ---- */
    enum native_ext_curl_method method;
    bool no_body; /* NOBODY, which HTTPGET and POST take back */
    enum native_ext_curl_to write_to, header_to;
    zend_string *post_text; /* POSTFIELDS that are text; NULL: none */
    zval post_fields;       /* POSTFIELDS that are an array; UNDEF */
    zval private_value;     /* PRIVATE */
    zend_object *share;     /* CurlShareHandle; NULL */
};

/* As a new handle has them. */
void native_ext_curl_settings_init(struct native_ext_curl_settings *settings);

/* Copy into one that holds nothing: a reference of each value. */
void native_ext_curl_settings_copy(struct native_ext_curl_settings *to,
                                   const struct native_ext_curl_settings *from);

/* Let go of all values. */
void native_ext_curl_settings_free(struct native_ext_curl_settings *settings);

/* Tell the garbage collector of them. */
void native_ext_curl_settings_gc(struct native_ext_curl_settings *settings,
                                 zend_get_gc_buffer *buffer);

#endif
