/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/settings.c - what a new handle has set, and copies of it. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "settings.h"

#include "php_ini.h"

#include "constants.h"

/* The struct is runs of fields of one type; each is gone through as an array. */
#define COUNT(first, last, type)                                                                   \
    ((offsetof(struct native_ext_curl_settings, last) -                                            \
      offsetof(struct native_ext_curl_settings, first)) /                                          \
         sizeof(type) +                                                                            \
     1)
enum {
    TEXTS = COUNT(abstract_socket, key_blob, zend_string *),
    LISTS = COUNT(http_header, cookie_files, zend_array *),
    CALLBACKS = COUNT(on_write, on_fnmatch, struct native_ext_curl_callback),
    STREAMS = COUNT(file, std_err, zval)
};

static zend_string *ca_file_of_ini(void)
{
    const char *names[] = {"openssl.cafile", "curl.cainfo"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = zend_ini_string(names[i], strlen(names[i]), 0);

        if (value && *value)
            return zend_string_init(value, strlen(value), 0);
    }
    return NULL;
}

void native_ext_curl_settings_init(struct native_ext_curl_settings *s)
{
    memset(s, 0, sizeof(*s));
    s->connect_ms = 300000;
    s->eyeballs_ms = 200;
    s->expect_ms = 1000;
    s->http_auth = s->proxy_auth = CURLAUTH_BASIC;
    s->header_opt = CURLHEADER_SEPARATE;
    s->infile_size = -1;
    s->local_port_range = 1;
    s->max_age_s = 118;
    s->max_connects = 5;
    s->max_redirects = 20;
    s->new_file_perms = 0644;
    s->no_progress = 1;
    s->protocols = CURLPROTO_HTTP | CURLPROTO_HTTPS | CURLPROTO_FILE;
    s->redirect_protocols = CURLPROTO_HTTP | CURLPROTO_HTTPS;
    s->socks5_auth = CURLAUTH_BASIC | CURLAUTH_GSSAPI;
    s->ssl_alpn = s->ssl_session_cache = 1;
    s->tcp_keep_idle_s = s->tcp_keep_interval_s = 60;
    s->tcp_keep_count = 9;
    s->verify_host = 2;
    s->verify_peer = 1;
    s->ca_file = ca_file_of_ini();
    s->header_to = NATIVE_EXT_CURL_TO_NOTHING;
    ZVAL_UNDEF(&s->post_fields);
    ZVAL_UNDEF(&s->private_value);
    for (uint32_t i = 0; i < CALLBACKS; i++)
        ZVAL_UNDEF(&(&s->on_write)[i].name);
    for (uint32_t i = 0; i < STREAMS; i++)
        ZVAL_UNDEF(&(&s->file)[i]);
}

void native_ext_curl_settings_copy(struct native_ext_curl_settings *to,
                                   const struct native_ext_curl_settings *from)
{
    *to = *from;
    for (uint32_t i = 0; i < TEXTS; i++)
        if ((&to->abstract_socket)[i])
            zend_string_addref((&to->abstract_socket)[i]);
    for (uint32_t i = 0; i < LISTS; i++)
        if ((&to->http_header)[i])
            GC_ADDREF((&to->http_header)[i]);
    for (uint32_t i = 0; i < CALLBACKS; i++) {
        Z_TRY_ADDREF((&to->on_write)[i].name);
        (&to->on_write)[i].cache = empty_fcall_info_cache;
    }
    for (uint32_t i = 0; i < STREAMS; i++)
        Z_TRY_ADDREF((&to->file)[i]);
    if (to->post_text)
        zend_string_addref(to->post_text);
    Z_TRY_ADDREF(to->post_fields);
    Z_TRY_ADDREF(to->private_value);
    if (to->share)
        GC_ADDREF(to->share);
}

/* Destructors may look at the handle: a value has left it when it goes. */
static void drop(zval *value)
{
    zval old;

    if (!Z_REFCOUNTED_P(value))
        return;
    ZVAL_COPY_VALUE(&old, value);
    ZVAL_UNDEF(value);
    zval_ptr_dtor(&old);
}

static void drop_list(zend_array **list)
{
    zend_array *old = *list;

    *list = NULL;
    if (old)
        zend_array_release(old);
}

static void drop_text(zend_string **text)
{
    zend_string *old = *text;

    *text = NULL;
    if (old)
        zend_string_release(old);
}

void native_ext_curl_settings_free(struct native_ext_curl_settings *s)
{
    zend_object *share = s->share;

    for (uint32_t i = 0; i < TEXTS; i++)
        drop_text(&(&s->abstract_socket)[i]);
    for (uint32_t i = 0; i < LISTS; i++)
        drop_list(&(&s->http_header)[i]);
    for (uint32_t i = 0; i < CALLBACKS; i++)
        drop(&(&s->on_write)[i].name);
    for (uint32_t i = 0; i < STREAMS; i++)
        drop(&(&s->file)[i]);
    drop_text(&s->post_text);
    drop(&s->post_fields);
    drop(&s->private_value);
    s->share = NULL;
    if (share)
        OBJ_RELEASE(share);
}

void native_ext_curl_settings_gc(struct native_ext_curl_settings *s, zend_get_gc_buffer *buffer)
{
    for (uint32_t i = 0; i < CALLBACKS; i++)
        zend_get_gc_buffer_add_zval(buffer, &(&s->on_write)[i].name);
    for (uint32_t i = 0; i < STREAMS; i++)
        zend_get_gc_buffer_add_zval(buffer, &(&s->file)[i]);
    zend_get_gc_buffer_add_zval(buffer, &s->post_fields);
    zend_get_gc_buffer_add_zval(buffer, &s->private_value);
    if (s->share)
        zend_get_gc_buffer_add_obj(buffer, s->share);
}
