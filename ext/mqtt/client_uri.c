/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_uri.c - mqtt://user:password@host:port, mqtts://..., unix:///path. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include "ext/standard/url.h"

enum { PORT_PLAIN = 1883, PORT_TLS = 8883 };

static const struct {
    const char *name;
    enum native_net_scheme scheme;
} schemes[] = {{"mqtt", NATIVE_NET_TCP},
               {"tcp", NATIVE_NET_TCP},
               {"mqtts", NATIVE_NET_TLS},
               {"ssl", NATIVE_NET_TLS},
               {"tls", NATIVE_NET_TLS}};

static bool bad(const char *what)
{
    zend_argument_value_error(1, "%s", what);
    return false;
}

static char *copy(const char *text, size_t len)
{
    char *out = pemalloc(len + 1, 1);

    memcpy(out, text, len);
    out[len] = 0;
    return out;
}

/* Percent-decode into malloc'ed memory. */
static char *decode(const zend_string *text, size_t *len)
{
    char *out = copy(ZSTR_VAL(text), ZSTR_LEN(text));

    *len = php_raw_url_decode(out, ZSTR_LEN(text));
    return out;
}

static bool parse_unix(const zend_string *text, struct native_ext_mqtt_uri *uri)
{
    size_t prefix = sizeof("unix://") - 1;

    if (ZSTR_LEN(text) == prefix || ZSTR_VAL(text)[prefix] != '/')
        return bad("must name an absolute path after unix://, as in unix:///run/mqtt.sock");
    uri->scheme = NATIVE_NET_UNIX;
    uri->host = copy(ZSTR_VAL(text) + prefix, ZSTR_LEN(text) - prefix);
    return true;
}

static bool parse_scheme(const php_url *url, struct native_ext_mqtt_uri *uri)
{
    const char *name = url->scheme ? ZSTR_VAL(url->scheme) : "";

    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
        if (strcasecmp(name, schemes[i].name) == 0) {
            uri->scheme = schemes[i].scheme;
            return true;
        }
    if (strcasecmp(name, "ws") == 0 || strcasecmp(name, "wss") == 0)
        return bad("names WebSocket (ws, wss), which is not built in yet");
    return bad("must begin with mqtt://, mqtts:// or unix://");
}

/* The host, an IPv6 address without its brackets. */
static bool parse_host(const php_url *url, struct native_ext_mqtt_uri *uri)
{
    const char *host = url->host ? ZSTR_VAL(url->host) : "";
    size_t len = url->host ? ZSTR_LEN(url->host) : 0;

    if (len > 2 && host[0] == '[' && host[len - 1] == ']') {
        host++;
        len -= 2;
    }
    if (len == 0 || len > 253)
        return bad("must name a host");
    uri->host = copy(host, len);
    return true;
}

static bool parse_url(const php_url *url, struct native_ext_mqtt_uri *uri)
{
    if (!parse_scheme(url, uri) || !parse_host(url, uri))
        return false;
    if ((url->path && !zend_string_equals_literal(url->path, "/")) || url->query || url->fragment)
        return bad("must have nothing after host and port");
    uri->port = url->port ? url->port : uri->scheme == NATIVE_NET_TLS ? PORT_TLS : PORT_PLAIN;
    if (url->user)
        uri->user = decode(url->user, &uri->user_len);
    if (url->pass)
        uri->password = decode(url->pass, &uri->password_len);
    if (uri->user_len > 65535 || uri->password_len > 65535)
        return bad("has a user name or password of more than 65535 bytes");
    return true;
}

bool native_ext_mqtt_uri_parse(const zend_string *text, struct native_ext_mqtt_uri *uri)
{
    php_url *url;
    bool ok;

    memset(uri, 0, sizeof(*uri));
    if (strlen(ZSTR_VAL(text)) != ZSTR_LEN(text))
        return bad("must not contain a zero byte");
    if (strncasecmp(ZSTR_VAL(text), "unix://", sizeof("unix://") - 1) == 0)
        return parse_unix(text, uri);
    url = php_url_parse_ex(ZSTR_VAL(text), ZSTR_LEN(text));
    if (!url)
        return bad("is not a URI such as mqtt://host:1883");
    ok = parse_url(url, uri);
    php_url_free(url);
    if (!ok)
        native_ext_mqtt_uri_free(uri);
    return ok;
}

void native_ext_mqtt_uri_free(struct native_ext_mqtt_uri *uri)
{
    free(uri->host);
    free(uri->user);
    free(uri->password);
    memset(uri, 0, sizeof(*uri));
}
