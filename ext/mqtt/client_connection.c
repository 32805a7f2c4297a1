/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_connection.c - the part of a client that may outlive the request: its memory, its
 * TLS configuration, its end. All of it is malloc'ed. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include <unistd.h>

#include "../../net/random.h"
#include "../share/ext_share.h"
#include "enums.h"
#include "exceptions.h"

enum { ALIAS_LEN = 65535 };

/* ---- bytes ---- */

void native_ext_mqtt_bytes_set(struct native_ext_mqtt_bytes *bytes, const void *data, size_t len)
{
    uint8_t *copy = len ? pemalloc(len, 1) : NULL;

    if (len)
        memcpy(copy, data, len);
    native_ext_mqtt_bytes_free(bytes);
    bytes->data = copy;
    bytes->len = len;
}

void native_ext_mqtt_bytes_free(struct native_ext_mqtt_bytes *bytes)
{
    free(bytes->data);
    bytes->data = NULL;
    bytes->len = 0;
}

/* ---- buffers ---- */

static bool grow(struct native_ext_mqtt_connection *n, size_t tx_len, size_t rx_len)
{
    struct native_mqtt_client_options *o = &n->engine.options;
    uint8_t *old_tx = o->tx, *old_rx = o->rx;

    native_mqtt_client_set_buffers(&n->engine, pemalloc(tx_len, 1), tx_len, pemalloc(rx_len, 1),
                                   rx_len);
    free(old_tx);
    free(old_rx);
    return true;
}

/* The smallest power of two times `from` that is not under `len`. */
static size_t enough(size_t from, size_t len)
{
    while (from < len)
        from *= 2;
    return from;
}

bool native_ext_mqtt_grow_tx(struct native_ext_mqtt_connection *n, size_t len)
{
    size_t has = n->engine.options.tx_len;

    /* A header holds several strings of 65535 bytes; the limit is for what waits, not for one packet. */
    return len <= has || grow(n, enough(has, len), n->engine.options.rx_len);
}

bool native_ext_mqtt_grow_rx(struct native_ext_mqtt_connection *n, size_t len)
{
    size_t has = n->engine.options.rx_len;

    size_t rx_len = enough(has, len);
    uint8_t *old = n->engine.options.rx, *rx;

    if (len <= has)
        return true;
    rx = malloc(rx_len); /* how much is for the server to say: no reason to end the process */
    if (!rx)
        return false;
    native_mqtt_client_set_buffers(&n->engine, n->engine.options.tx, n->engine.options.tx_len, rx,
                                   rx_len);
    free(old);
    return true;
}

/* ---- making ---- */

/* Aliases with room for any topic. The memory is only touched where an alias is set. */
static void make_aliases(struct native_ext_mqtt_connection *n, size_t in, size_t out)
{
    struct native_mqtt_session *session = &n->engine.session;
    struct native_mqtt_alias *aliases;

    if (in + out == 0)
        return;
    aliases = pecalloc(in + out, sizeof(*aliases), 1);
    n->alias_memory = safe_pemalloc(in + out, ALIAS_LEN, 0, 1);
    for (size_t i = 0; i < in + out; i++) {
        aliases[i].data = n->alias_memory + i * ALIAS_LEN;
        aliases[i].capacity = ALIAS_LEN;
    }
    session->aliases_in = aliases;
    session->aliases_in_max = in;
    session->aliases_out = aliases + in;
    session->aliases_out_max = out;
}

static void make_engine(struct native_ext_mqtt_connection *n, zend_object *options)
{
    struct native_mqtt_client_options *o = &n->engine.options;
    unsigned version = native_ext_mqtt_case_number(
        Z_OBJ_P(native_ext_option(options, NATIVE_EXT_MQTT_PROTOCOL_VERSION)));
    zval *retries = native_ext_option(options, NATIVE_EXT_MQTT_RECONNECT);

    o->connect.type = NATIVE_MQTT_CONNECT;
    o->connect.version = (uint8_t)version;
    o->transport.context = n;
    o->transport.link = native_ext_mqtt_link;
    o->transport.read = native_ext_mqtt_read;
    o->transport.write = native_ext_mqtt_write;
    o->tx = pemalloc(o->tx_len = NATIVE_EXT_MQTT_TX_LEN, 1);
    o->rx = pemalloc(o->rx_len = NATIVE_EXT_MQTT_RX_LEN, 1);
    o->connect_timeout_ms = native_ext_option_ms(options, NATIVE_EXT_MQTT_CONNECT_TIMEOUT);
    o->ping_timeout_ms = native_ext_option_ms(options, NATIVE_EXT_MQTT_PING_TIMEOUT);
    o->retry_min_ms = native_ext_option_ms(options, NATIVE_EXT_MQTT_RECONNECT_MIN);
    o->retry_max_ms = native_ext_option_ms(options, NATIVE_EXT_MQTT_RECONNECT_MAX);
    o->retries = Z_TYPE_P(retries) == IS_TRUE    ? UINT32_MAX
                 : Z_TYPE_P(retries) == IS_FALSE ? 0
                                                 : (uint32_t)Z_LVAL_P(retries);
    (void)native_net_random(&o->random, sizeof(o->random));
    /* Before 5.0 the server cannot say how many it takes, and mosquitto silently loses QoS 2 messages
     * beyond its max_inflight_messages, which is 20 unless set. */
    o->in_flight_max = (uint16_t)native_ext_option_long(options, NATIVE_EXT_MQTT_MAX_IN_FLIGHT,
                                                        version < 5 ? 20 : 0);
    o->level = (uint8_t)native_ext_mqtt_case_number(
        Z_OBJ_P(native_ext_option(options, NATIVE_EXT_MQTT_LEVEL)));
    /* Before 5.0 nobody tells the server how many it may send. */
    n->engine.session.received_max =
        version < 5 ? 65535
                    : (size_t)native_ext_option_long(options, NATIVE_EXT_MQTT_RECEIVE_MAXIMUM, 0);
    n->engine.session.received = pecalloc(n->engine.session.received_max, sizeof(uint16_t), 1);
    if (version >= 5)
        make_aliases(
            n, (size_t)native_ext_option_long(options, NATIVE_EXT_MQTT_TOPIC_ALIAS_MAXIMUM, 0),
            (size_t)native_ext_option_long(options, NATIVE_EXT_MQTT_TOPIC_ALIASES, 0));
}

static struct native_net_tls_config *make_tls(zend_object *options, struct native_net_error *error)
{
    struct native_net_tls_options o = NATIVE_NET_TLS_OPTIONS_INIT;
    HashTable *alpn = Z_ARR_P(native_ext_option(options, NATIVE_EXT_MQTT_ALPN));
    const char **names = ecalloc(zend_hash_num_elements(alpn) + 1, sizeof(*names));
    zend_string *ca = native_ext_option_string(options, NATIVE_EXT_MQTT_CA);
    struct native_net_tls_config *config;
    zval *name;

    o.verify_peer = zend_is_true(native_ext_option(options, NATIVE_EXT_MQTT_VERIFY_PEER));
    o.verify_host = zend_is_true(native_ext_option(options, NATIVE_EXT_MQTT_VERIFY_HOST));
    o.ca_file = native_ext_option_text(options, NATIVE_EXT_MQTT_CA_FILE);
    o.ca_dir = native_ext_option_text(options, NATIVE_EXT_MQTT_CA_PATH);
    o.ca_bytes = ca ? ZSTR_VAL(ca) : NULL;
    o.ca_bytes_len = ca ? ZSTR_LEN(ca) : 0;
    native_ext_option_file_or_bytes(options, NATIVE_EXT_MQTT_CERTIFICATE, &o.cert_file,
                                    &o.cert_bytes, &o.cert_bytes_len);
    native_ext_option_file_or_bytes(options, NATIVE_EXT_MQTT_KEY, &o.key_file, &o.key_bytes,
                                    &o.key_bytes_len);
    o.passphrase = native_ext_option_text(options, NATIVE_EXT_MQTT_PASSPHRASE);
    if (strcmp(native_ext_option_text(options, NATIVE_EXT_MQTT_TLS_MIN_VERSION), "1.3") == 0)
        o.min_version = NATIVE_NET_TLS_1_3;
    ZEND_HASH_FOREACH_VAL(alpn, name)
    names[o.alpn_count++] = Z_STRVAL_P(name);
    ZEND_HASH_FOREACH_END();
    o.alpn = o.alpn_count ? names : NULL;
    config = native_net_tls_config_new(&o, error);
    efree(names);
    return config;
}

static char *copy_text(const char *text)
{
    return text ? pestrdup(text, 1) : NULL;
}

static bool make_net(struct native_ext_mqtt_connection *n, zend_object *options)
{
    struct native_net_stream_options *net = &n->net;
    uint32_t timeout = n->engine.options.connect_timeout_ms;

    *net = (struct native_net_stream_options)NATIVE_NET_STREAM_OPTIONS_INIT;
    net->scheme = n->uri.scheme;
    net->family =
        (enum native_net_family)native_ext_option_long(options, NATIVE_EXT_MQTT_FAMILY, 0);
    net->host = net->scheme == NATIVE_NET_UNIX ? NULL : n->uri.host;
    net->path = net->scheme == NATIVE_NET_UNIX ? n->uri.host : NULL;
    net->port = n->uri.port;
    net->bind_address = n->bind_address =
        copy_text(native_ext_option_text(options, NATIVE_EXT_MQTT_BIND_ADDRESS));
    net->server_name = n->server_name =
        copy_text(native_ext_option_text(options, NATIVE_EXT_MQTT_SERVER_NAME));
    net->names = native_ext_share_names();
    net->sessions = native_ext_share_sessions();
    net->connect_timeout_ms = timeout ? (int64_t)timeout : -1;
    net->keepalive_idle_s = (int)native_ext_option_long(options, NATIVE_EXT_MQTT_TCP_KEEP_ALIVE, 0);
    if (net->scheme != NATIVE_NET_TLS)
        return true;
    net->tls = make_tls(options, &n->error);
    if (!net->tls)
        native_ext_mqtt_throw(native_ext_mqtt_connect_exception_ce, NATIVE_EXT_MQTT_NO_REASON, "%s",
                              n->error.message);
    return net->tls != NULL;
}

struct native_ext_mqtt_connection *native_ext_mqtt_connection_new(struct native_ext_mqtt_uri *uri,
                                                                  zend_object *options)
{
    struct native_ext_mqtt_connection *n = pecalloc(1, sizeof(*n), 1);

    n->uri = *uri;
    memset(uri, 0, sizeof(*uri));
    n->pid = getpid();
    native_ext_mqtt_count_fork();
    make_engine(n, options);
    native_mqtt_client_init(&n->engine);
    if (make_net(n, options) && native_ext_mqtt_connect_make(n, options, NULL)) {
        native_ext_mqtt_gauges(n, false);
        return n;
    }
    native_ext_mqtt_connection_free(n);
    return NULL;
}

/* ---- the end ---- */

void native_ext_mqtt_count_packets(struct native_ext_mqtt_connection *n)
{
    const struct native_mqtt_client *engine = &n->engine;

    native_ext_mqtt_count(n->counters, NATIVE_EXT_MQTT_PACKETS_SENT,
                          engine->packets_sent - n->packets_sent);
    native_ext_mqtt_count(n->counters, NATIVE_EXT_MQTT_PACKETS_RECEIVED,
                          engine->packets_received - n->packets_received);
    n->packets_sent = engine->packets_sent;
    n->packets_received = engine->packets_received;
}

void native_ext_mqtt_gauges(struct native_ext_mqtt_connection *n, bool gone)
{
    static const uint64_t none[NATIVE_EXT_MQTT_GAUGES];
    const uint64_t now[NATIVE_EXT_MQTT_GAUGES] = {
        [NATIVE_EXT_MQTT_CLIENTS] = 1,
        [NATIVE_EXT_MQTT_CONNECTED] = n->engine.state == NATIVE_MQTT_CLIENT_CONNECTED,
        [NATIVE_EXT_MQTT_IN_FLIGHT] = n->engine.session.in_flight,
        [NATIVE_EXT_MQTT_DELIVERIES_WAITING] = n->out_count,
        [NATIVE_EXT_MQTT_BYTES_WAITING] = n->out_bytes,
    };

    native_ext_mqtt_gauges_show(n->gauges, gone ? none : now);
}

void native_ext_mqtt_out_free(struct native_ext_mqtt_connection *n, struct native_ext_mqtt_out *out)
{
    n->out_bytes -= out->size;
    n->out_count--;
    if (out->payload)
        zend_string_release(out->payload);
    free(out->copy);
    free(out);
}

static void ask_free(struct native_ext_mqtt_ask *ask)
{
    native_ext_mqtt_bytes_free(&ask->codes);
    free((void *)ask->request.properties.data);
    free(ask);
}

void native_ext_mqtt_asks_sweep(struct native_ext_mqtt_connection *n)
{
    struct native_ext_mqtt_ask **link = &n->asks, *ask;

    while ((ask = *link) != NULL) {
        if (ask->request.state == NATIVE_MQTT_REQUEST_ACTIVE && ask->request.filters_len == 0)
            native_mqtt_client_forget(&n->engine, &ask->request);
        if (ask->holders > 0 || ask->request.state != NATIVE_MQTT_REQUEST_OUT) {
            link = &ask->next;
            continue;
        }
        *link = ask->next;
        ask_free(ask);
    }
}

/* Say goodbye if that needs no waiting. What the engine still tells is nobody's. */
static void leave(struct native_ext_mqtt_connection *n)
{
    struct native_mqtt_client_event event;

    native_mqtt_client_stop(&n->engine, 0, NULL, native_ext_mqtt_now());
    while (n->engine.state != NATIVE_MQTT_CLIENT_DOWN &&
           native_mqtt_client_next(&n->engine, native_ext_mqtt_now(), &event)) {
        if (event.type == NATIVE_MQTT_EVENT_DELIVERED && event.outgoing)
            native_ext_mqtt_out_free(n, (struct native_ext_mqtt_out *)event.outgoing);
        if (event.type == NATIVE_MQTT_EVENT_DISCONNECTED)
            break;
    }
}

void native_ext_mqtt_connection_free(struct native_ext_mqtt_connection *n)
{
    struct native_mqtt_outgoing *out;
    struct native_ext_mqtt_ask *ask;

    if (n->pid != getpid()) {
        if (n->stream)
            native_net_stream_abandon(n->stream);
    } else {
        if (n->stream) {
            leave(n);
            native_ext_mqtt_count_packets(n);
        }
        native_ext_mqtt_gauges(n, true);
    }
    native_net_stream_free(n->stream);
    native_ext_mqtt_trace_close(n);
    while ((out = native_mqtt_session_first(&n->engine.session)) != NULL) {
        native_mqtt_session_remove(&n->engine.session, out);
        native_ext_mqtt_out_free(n, (struct native_ext_mqtt_out *)out);
    }
    while ((ask = n->asks) != NULL) {
        n->asks = ask->next;
        ask_free(ask);
    }
    native_net_tls_config_unref(n->net.tls);
    native_ext_mqtt_uri_free(&n->uri);
    free(n->server_name);
    free(n->bind_address);
    free(n->engine.options.tx);
    free(n->engine.options.rx);
    free(n->engine.session.received);
    free(n->engine.session.aliases_in);
    free(n->alias_memory);
    native_ext_mqtt_bytes_free(&n->connack);
    native_ext_mqtt_bytes_free(&n->client_id);
    native_ext_mqtt_bytes_free(&n->user);
    native_ext_mqtt_bytes_free(&n->password);
    native_ext_mqtt_bytes_free(&n->properties);
    native_ext_mqtt_bytes_free(&n->will_topic);
    native_ext_mqtt_bytes_free(&n->will_payload);
    native_ext_mqtt_bytes_free(&n->will_properties);
    native_ext_mqtt_bytes_free(&n->response_topic);
    native_ext_mqtt_bytes_free(&n->key);
    free(n);
}
