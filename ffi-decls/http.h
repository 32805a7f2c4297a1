#define FFI_SCOPE "native_http"
#define FFI_LIB "libnative.so"
/* Made by dev/ffi-decls from the headers in http/ and net/library.h, which hold the documentation. Do not edit.
 * SPDX-License-Identifier: MIT OR Apache-2.0 */
enum { NATIVE_LIBRARY_API = 1 };
 uint32_t native_get_api(void);
struct native_symbol {
    const char *name;
    const char *kind;
    const char *signature;
};
 const struct native_symbol *native_get_symbols(size_t *count);
struct native_http_client;
struct native_http_call;
 struct native_http_client *native_http_client_new(bool shared);
 void native_http_client_free(struct native_http_client *client);
 size_t native_http_client_free_lost(void);
 void native_http_client_keep(struct native_http_client *client, uint32_t connections,
                                        uint32_t connections_per_host, int64_t idle_ms);
enum native_http_call_text {
    NATIVE_HTTP_CALL_URL = 0,
    NATIVE_HTTP_CALL_METHOD,
    NATIVE_HTTP_CALL_USER_AGENT,
    NATIVE_HTTP_CALL_REFERER,
    NATIVE_HTTP_CALL_RANGE,
    NATIVE_HTTP_CALL_USERNAME,
    NATIVE_HTTP_CALL_PASSWORD,
    NATIVE_HTTP_CALL_BEARER,
    NATIVE_HTTP_CALL_PROXY,
    NATIVE_HTTP_CALL_NO_PROXY,
    NATIVE_HTTP_CALL_INTERFACE,
    NATIVE_HTTP_CALL_UNIX_SOCKET,
    NATIVE_HTTP_CALL_CA_FILE,
    NATIVE_HTTP_CALL_CA_PATH,
    NATIVE_HTTP_CALL_CA,
    NATIVE_HTTP_CALL_CERTIFICATE_FILE,
    NATIVE_HTTP_CALL_CERTIFICATE,
    NATIVE_HTTP_CALL_KEY_FILE,
    NATIVE_HTTP_CALL_KEY,
    NATIVE_HTTP_CALL_PASSPHRASE,
    NATIVE_HTTP_CALL_PINS,
    NATIVE_HTTP_CALL_CRL_FILE,
    NATIVE_HTTP_CALL_CRL,
    NATIVE_HTTP_CALL_CIPHERS,
    NATIVE_HTTP_CALL_CIPHERS_13,
    NATIVE_HTTP_CALL_GROUPS,
    NATIVE_HTTP_CALL_TEXTS
};
enum native_http_call_number {
    NATIVE_HTTP_CALL_TIMEOUT_MS = 0,
    NATIVE_HTTP_CALL_CONNECT_MS,
    NATIVE_HTTP_CALL_FIRST_MS,
    NATIVE_HTTP_CALL_FOLLOW,
    NATIVE_HTTP_CALL_MAX_REDIRECTS,
    NATIVE_HTTP_CALL_DECODE,
    NATIVE_HTTP_CALL_AUTH_DIGEST,
    NATIVE_HTTP_CALL_COOKIES,
    NATIVE_HTTP_CALL_PROXY_TUNNEL,
    NATIVE_HTTP_CALL_VERIFY_PEER,
    NATIVE_HTTP_CALL_VERIFY_HOST,
    NATIVE_HTTP_CALL_TLS_MIN,
    NATIVE_HTTP_CALL_TLS_MAX,
    NATIVE_HTTP_CALL_EXPECT_ABOVE,
    NATIVE_HTTP_CALL_MAX_BODY,
    NATIVE_HTTP_CALL_MAX_DECODED,
    NATIVE_HTTP_CALL_MAX_HEADER,
    NATIVE_HTTP_CALL_FAMILY,
    NATIVE_HTTP_CALL_KEEPALIVE_S,
    NATIVE_HTTP_CALL_FRESH,
    NATIVE_HTTP_CALL_NUMBERS
};
 struct native_http_call *native_http_call_new(struct native_http_client *client);
 void native_http_call_free(struct native_http_call *call);
 bool native_http_call_set_text(struct native_http_call *call,
                                          enum native_http_call_text what, const void *text,
                                          size_t text_len);
 bool native_http_call_set_number(struct native_http_call *call,
                                            enum native_http_call_number what, int64_t number);
 bool native_http_call_add_field(struct native_http_call *call, const void *name,
                                           size_t name_len, const void *value, size_t value_len);
 bool native_http_call_set_body(struct native_http_call *call, const void *body,
                                          size_t body_len, const void *type, size_t type_len);
enum native_http_call_status {
    NATIVE_HTTP_CALL_DONE = 0,
    NATIVE_HTTP_CALL_FAILED,
    NATIVE_HTTP_CALL_MORE
};
 enum native_http_call_status native_http_call_perform(struct native_http_call *call,
                                                                 int64_t wait_ms);
struct native_http_result {
    const char *error;
    const char
        *reason;
    const char
        *phase;
    const char *message;
    const char *body;
    size_t body_len;
    const char *url;
    size_t url_len;
    const char *fields;
    size_t fields_len;
    int32_t status;
    int32_t version;
    int32_t redirects;
    int32_t reply;
    bool reused;
    bool resumed;
    int64_t name_us;
    int64_t connect_us;
    int64_t tls_us;
    int64_t send_us;
    int64_t first_us;
    int64_t total_us;
    uint64_t sent;
    uint64_t received;
};
 const struct native_http_result *
native_http_call_result(const struct native_http_call *call);
