/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_share.c - TLS sessions that connections hand on to later ones: that they are found, and that
 * they are not found where anything at all is different. dev/ctest: long, it waits for sessions to end. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#include "../../ext/share/share.h"
#include "../../net/tls_session.h"
#include "../../net/tls_share.h"
#include "harness.h"
#include "support/net_client.h"
#include "support/net_server.h"
#include "support/shm_test.h"

static struct net_cert ca, other_ca, good, short_lived, client;
static char both_cas[2 * sizeof(ca.cert)];

static void make_certificates(void)
{
    struct net_cert_request root = {.subject = "CN=Test CA", .is_ca = true};
    struct net_cert_request other = {.subject = "CN=Other CA", .is_ca = true};
    struct net_cert_request leaf = {.subject = "CN=localhost",
                                    .dns = {"localhost", "other.test"},
                                    .issuer = &ca,
                                    .issuer_name = "CN=Test CA"};
    time_t soon = time(NULL) + 1000;
    struct tm parts;
    char until[16];
    net_cert_make(&root, &ca);
    net_cert_make(&other, &other_ca);
    net_cert_make(&leaf, &good);
    leaf.subject = "CN=sensor 7";
    net_cert_make(&leaf, &client);
    leaf.subject = "CN=localhost";
    strftime(until, sizeof(until), "%Y%m%d%H%M%S", gmtime_r(&soon, &parts));
    leaf.until = until;
    net_cert_make(&leaf, &short_lived);
    snprintf(both_cas, sizeof(both_cas), "%s%s", ca.cert, other_ca.cert);
}

/* ---- a store that counts, over the process's own, or over the one in shared memory ---- */

static struct native_ext_share share;
static struct native_net_tls_store *below;

/* Nothing is kept, as in a new process; in shared memory a new segment. */
static void forget(void)
{
    native_net_tls_store_flush();
    native_ext_share_end(&share);
    remove_all(test_path(NULL), 1);
    native_ext_share_init(&share);
    share.folder = test_folder;
}

static int hits, stores, removes;
static int64_t last_ttl_s;

static size_t count_find(void *ctx, const uint8_t key[32], void *out, size_t out_len)
{
    size_t len = below->find(below->ctx, key, out, out_len);
    check(ctx == &hits, "ctx");
    hits += len > 0;
    return len;
}

static void count_store(void *ctx, const uint8_t key[32], const void *bytes, size_t len,
                        int64_t ttl_s)
{
    check(ctx == &hits, "ctx");
    stores++;
    last_ttl_s = ttl_s;
    below->store(below->ctx, key, bytes, len, ttl_s);
}

static bool count_remove(void *ctx, const uint8_t key[32], const uint8_t *mark)
{
    check(ctx == &hits, "ctx");
    removes++;
    return below->remove(below->ctx, key, mark);
}

static struct native_net_tls_store counting = {&hits, count_find, count_store, count_remove};

/* ---- connections ---- */

struct place {
    const char *host;
    const char *name;
    const char *scope;
};

static const struct place usual = {"127.0.0.1", "localhost", NULL};
static int used;
static enum native_net_error_kind last_kind;

static struct native_net_tls_options trusting(void)
{
    struct native_net_tls_options options = NATIVE_NET_TLS_OPTIONS_INIT;
    options.ca_bytes = ca.cert;
    options.ca_bytes_len = strlen(ca.cert);
    return options;
}

/* Connect once, move some bytes. Returns whether a session was resumed. */
static bool connects(const struct net_server *server, const struct place *place,
                     const struct native_net_tls_options *tls)
{
    struct native_net_stream_options options = NATIVE_NET_STREAM_OPTIONS_INIT;
    struct native_net_error error;
    struct native_net_stream *stream;
    bool resumed = false;
    char back[5];
    size_t got;
    native_net_error_clear(&error);
    options.scheme = NATIVE_NET_TLS;
    options.family = NATIVE_NET_IPV4;
    options.host = place->host;
    options.server_name = place->name;
    options.session_scope = place->scope;
    options.port = server->port;
    options.sessions = &counting;
    options.tls = native_net_tls_config_new(tls, &error);
    if (!check(options.tls != NULL, "%s", error.message))
        return false;
    stream = native_net_stream_new(&options, &error);
    native_net_tls_config_unref(options.tls);
    used++;
    if (net_client_open(stream, &error) == NATIVE_NET_OK) {
        resumed = native_net_tls_was_resumed(native_net_stream_tls(stream));
        check(net_client_write(stream, "hello", 5, &error) == NATIVE_NET_OK &&
                  net_client_read(stream, back, 5, &got, &error) == NATIVE_NET_OK,
              "no echo: %s", error.message);
        native_net_stream_close(stream, true);
    }
    last_kind = error.kind;
    native_net_stream_free(stream);
    return resumed;
}

static void begin_without_flush(struct net_server *server, const struct net_cert *cert)
{
    memset(server, 0, sizeof(*server));
    server->script = net_script_tls_echo;
    server->cert = cert;
    server->connections = 60;
    net_server_start(server);
    used = 0;
}

static void begin(struct net_server *server, const struct net_cert *cert)
{
    begin_without_flush(server, cert);
    hits = stores = removes = 0;
    forget();
}

/* The server counts its connections: the rest of them is empty. */
static void end(struct net_server *server)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                             .sin_port = htons(server->port)};
    while (used++ < server->connections) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        (void)!connect(fd, (struct sockaddr *)&at, sizeof(at));
        close(fd);
    }
    net_server_stop(server);
}

static void test_found(void)
{
    struct native_net_tls_options tls = trusting();
    struct net_server server;
    begin(&server, &good);
    check(!connects(&server, &usual, &tls) && hits == 0 && stores > 0, "%d hits, %d stores", hits,
          stores);
    check(last_ttl_s > 7000 && last_ttl_s <= NATIVE_NET_TLS_STORE_TTL_MAX_S, "ttl %d",
          (int)last_ttl_s);
    check(connects(&server, &usual, &tls) && hits == 1, "not resumed");
    check(connects(&server, &usual, &tls) && hits == 2, "not resumed again");
    check(native_net_tls_has_13() || (stores == 1 && removes == 0), "%d stores, %d removes", stores,
          removes);
    check(!native_net_tls_has_13() || (stores > 2 && removes == 2), "%d stores, %d removes", stores,
          removes);
    end_test("a later connection resumes the session of an earlier one");
    tls.max_version = NATIVE_NET_TLS_1_2;
    stores = removes = hits = 0;
    forget();
    (void)connects(&server, &usual, &tls);
    check(connects(&server, &usual, &tls) && connects(&server, &usual, &tls) && stores == 1 &&
              removes == 0,
          "%d stores, %d removes", stores, removes);
    end(&server);
    end_test("of TLS 1.2 one session serves many connections and is not made to live longer");
}

/* Connect under `place` and `tls` where a session made under others waits. */
static void not_found(const struct net_server *server, const char *what, const struct place *place,
                      const struct native_net_tls_options *tls)
{
    hits = 0;
    check(!connects(server, place, tls) && hits == 0, "found with %s", what);
    check(last_kind == NATIVE_NET_ERROR_NONE, "%s: %s", what,
          native_net_error_kind_name(last_kind));
    check(connects(server, place, tls) && hits == 1, "its own is not found with %s", what);
}

static void test_other_places(void)
{
    struct native_net_tls_options tls = trusting();
    struct place place = usual;
    struct net_server server;
    struct net_server second;
    int first_used;
    begin(&server, &good);
    (void)connects(&server, &usual, &tls);
    place.host = "localhost";
    not_found(&server, "another host", &place, &tls);
    place = usual;
    place.name = "other.test";
    not_found(&server, "another name", &place, &tls);
    place = usual;
    place.scope = "proxy:3128";
    not_found(&server, "another scope", &place, &tls);
    place.scope = "";
    hits = 0;
    check(connects(&server, &place, &tls) && hits == 1, "an empty scope is none");
    end(&server);
    /* Both serve at once, so that the ports differ. */
    begin(&server, &good);
    first_used = 1;
    (void)connects(&server, &usual, &tls);
    begin_without_flush(&second, &good);
    not_found(&second, "another port", &usual, &tls);
    end(&second);
    used = first_used;
    end(&server);
    end_test("not under another host, port, server name or scope");
}

static void test_other_settings(void)
{
    static const char *const alpn[] = {"http/1.1"};
    struct native_net_tls_options tls;
    struct net_server server;
    begin(&server, &good);
    tls = trusting();
    (void)connects(&server, &usual, &tls);
    tls.verify_host = false;
    not_found(&server, "verify_host off", &usual, &tls);
    tls.verify_peer = false;
    not_found(&server, "nothing verified", &usual, &tls);
    tls = trusting();
    tls.ca_bytes = both_cas;
    tls.ca_bytes_len = strlen(both_cas);
    not_found(&server, "other CAs", &usual, &tls);
    tls = trusting();
    tls.pins = net_temp_file("pin.pem", good.cert, strlen(good.cert));
    not_found(&server, "a pin", &usual, &tls);
    tls = trusting();
    tls.cert_bytes = client.cert;
    tls.cert_bytes_len = strlen(client.cert);
    tls.key_bytes = client.key;
    tls.key_bytes_len = strlen(client.key);
    not_found(&server, "a client certificate", &usual, &tls);
    tls = trusting();
    tls.alpn = alpn;
    tls.alpn_count = 1;
    not_found(&server, "other ALPN", &usual, &tls);
    tls = trusting();
    tls.ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256";
    not_found(&server, "other cipher suites", &usual, &tls);
    tls = trusting();
    tls.groups = "P-256";
    not_found(&server, "other groups", &usual, &tls);
    if (native_net_tls_has_13()) {
        tls = trusting();
        tls.max_version = NATIVE_NET_TLS_1_2;
        not_found(&server, "another version", &usual, &tls);
    }
    end(&server);
    end_test(
        "not under other flags, CAs, pins, client certificate, ALPN, ciphers, groups, versions");

    begin(&server, &good);
    tls = trusting();
    tls.verify_peer = tls.verify_host = false;
    (void)connects(&server, &usual, &tls);
    check(connects(&server, &usual, &tls), "unverified after unverified");
    tls = trusting();
    not_found(&server, "verification", &usual, &tls);
    end(&server);
    begin(&server, &good);
    tls = trusting();
    tls.verify_peer = tls.verify_host = false;
    (void)connects(&server, &usual, &tls);
    tls = trusting();
    tls.ca_bytes = other_ca.cert;
    tls.ca_bytes_len = strlen(other_ca.cert);
    hits = 0;
    check(!connects(&server, &usual, &tls) && hits == 0 &&
              last_kind == NATIVE_NET_ERROR_TLS_CERT_UNKNOWN_ISSUER,
          "%s", native_net_error_kind_name(last_kind));
    end(&server);
    end_test("a session of an unverified connection is never found by a verifying one");
}

/* A store that was tampered with: it gives the session of an unverified connection to everybody. */
static uint8_t wrong_bytes[NATIVE_NET_TLS_STORE_BYTES_MAX];
static size_t wrong_len;
static size_t wrong_flip; /* this byte is not what it was */
static bool wrong_sealed; /* but the mark says all is well: the library's own checks are asked */

static size_t wrong_find(void *ctx, const uint8_t key[32], void *out, size_t out_len)
{
    (void)ctx, (void)key;
    hits += wrong_len > 0;
    if (wrong_len > out_len)
        return 0;
    memcpy(out, wrong_bytes, wrong_len);
    if (wrong_flip > 0)
        ((uint8_t *)out)[wrong_flip] ^= 0x10;
    if (wrong_sealed && wrong_len > NATIVE_NET_TLS_SESSION_HEAD)
        native_net_tls_session_seal(out, wrong_len);
    return wrong_len;
}

static void wrong_store(void *ctx, const uint8_t key[32], const void *bytes, size_t len,
                        int64_t ttl_s)
{
    (void)ctx, (void)key, (void)ttl_s;
    if (wrong_len == 0)
        memcpy(wrong_bytes, bytes, wrong_len = len);
}

static void test_wrong_store(void)
{
    struct native_net_tls_store kept = counting;
    struct native_net_tls_options tls = trusting();
    struct net_server server;
    size_t whole;
    begin(&server, &good);
    counting.find = wrong_find;
    counting.store = wrong_store;
    wrong_len = 0;
    tls.verify_peer = tls.verify_host = false;
    (void)connects(&server, &usual, &tls);
    check(wrong_len > 0, "nothing was stored");
    tls = trusting();
    check(!connects(&server, &usual, &tls) && hits == 1 && removes > 0 &&
              last_kind == NATIVE_NET_ERROR_NONE,
          "%d hits", hits);
    tls.verify_peer = tls.verify_host = false;
    whole = wrong_len;
    wrong_sealed = true;
    for (wrong_len = 1; wrong_len < whole && used < 23; wrong_len += whole / 20)
        check(!connects(&server, &usual, &tls) && last_kind == NATIVE_NET_ERROR_NONE,
              "cut at %zu of %zu", wrong_len, whole);
    wrong_sealed = false;
    wrong_len = whole;
    for (wrong_flip = 1; wrong_flip < whole && used < 53; wrong_flip += whole / 30)
        check(!connects(&server, &usual, &tls) && last_kind == NATIVE_NET_ERROR_NONE,
              "another byte at %zu of %zu", wrong_flip, whole);
    wrong_flip = 0;
    counting = kept;
    end(&server);
    end_test("a store that gives a wrong, a cut or a damaged session costs a full handshake, "
             "nothing else");
}

static void test_ends(void)
{
    struct native_net_tls_options tls = trusting();
    struct net_server server;
    begin(&server, &short_lived);
    (void)connects(&server, &usual, &tls);
    check(stores > 0 && last_ttl_s > 500 && last_ttl_s <= 1000, "verified: ttl %d",
          (int)last_ttl_s);
    last_ttl_s = 0;
    tls.verify_peer = tls.verify_host = false;
    (void)connects(&server, &usual, &tls);
    check(last_ttl_s > 500 && last_ttl_s <= 1000, "unverified: ttl %d", (int)last_ttl_s);
    end(&server);
    end_test("a session does not outlive the certificate, verified or not");
}

/* Serve TLS the first time, then nonsense. */
static void script_breaks(struct net_peer *peer)
{
    char bytes[600];
    int *turn = peer->server->data;
    if ((*turn)++ == 0) {
        net_script_tls_echo(peer);
        return;
    }
    (void)net_peer_read(peer, bytes, sizeof(bytes));
    (void)net_peer_write(peer, "HTTP/1.1 400 Bad Request\r\n\r\n", 28);
}

static void test_failed(void)
{
    struct native_net_tls_options tls = trusting();
    struct net_server server = {.script = script_breaks, .cert = &good, .connections = 2};
    int turn = 0;
    forget();
    hits = stores = removes = 0;
    server.data = &turn;
    net_server_start(&server);
    (void)connects(&server, &usual, &tls);
    (void)connects(&server, &usual, &tls);
    check(hits == 1 && removes == 1 && last_kind == NATIVE_NET_ERROR_TLS_HANDSHAKE,
          "%d hits, %d removes, %s", hits, removes, native_net_error_kind_name(last_kind));
    net_server_stop(&server);
    end_test("a session whose handshake failed is not offered again");
}

/* ---- keys ---- */

static void test_keys(void)
{
    static const struct native_net_tls_share_place one = {"a.test", "b.test", "p", 443};
    struct native_net_tls_share_place other = one;
    uint8_t id[32] = {1}, first[32], key[32];
    check(native_net_tls_share_key(id, &one, "mbedTLS/2.28.3", first) &&
              native_net_tls_share_key(id, &one, "mbedTLS/2.28.3", key) &&
              memcmp(key, first, 32) == 0,
          "the same has another key");
    native_net_tls_share_key(id, &one, "mbedTLS/3.6.2", key);
    check(memcmp(key, first, 32) != 0, "another library");
    other.port = 444;
    native_net_tls_share_key(id, &other, "mbedTLS/2.28.3", key);
    check(memcmp(key, first, 32) != 0, "another port");
    /* Nothing moves from one text into the next. */
    other = one;
    other.host = "a.testb";
    other.name = ".test";
    native_net_tls_share_key(id, &other, "mbedTLS/2.28.3", key);
    check(memcmp(key, first, 32) != 0, "texts that run together");
    id[31] = 1;
    native_net_tls_share_key(id, &one, "mbedTLS/2.28.3", key);
    check(memcmp(key, first, 32) != 0, "another configuration");
    end_test("each library, place and configuration has a key of its own");
}

/* ---- the process's own store ---- */

static void key_of(int i, uint8_t key[32])
{
    memset(key, 0, 32);
    memcpy(key, &i, sizeof(i));
}

static void test_own_store(void)
{
    const struct native_net_tls_store *own = native_net_tls_store_own();
    static uint8_t big[NATIVE_NET_TLS_STORE_BYTES_MAX + 1];
    uint8_t key[32];
    uint8_t out[16];
    int status = 0;
    pid_t pid;
    int found = 0;
    int i;
    native_net_tls_store_flush();
    key_of(1, key);
    own->store(NULL, key, "mark of one", 11, 60);
    own->store(NULL, key, "mark of two!", 12, 60);
    check(own->find(NULL, key, out, sizeof(out)) == 12 && memcmp(out, "mark of two!", 12) == 0,
          "find");
    check(own->find(NULL, key, out, 11) == 0, "no room");
    check(own->remove(NULL, key, out) && !own->remove(NULL, key, out), "remove says who did it");
    check(own->find(NULL, key, out, sizeof(out)) == 0, "found after it was removed");
    own->store(NULL, key, "a later one", 11, 60);
    check(!own->remove(NULL, key, out) && own->find(NULL, key, out, sizeof(out)) == 11,
          "another one that came in its place was removed");
    check(own->remove(NULL, key, out), "not removed");
    own->store(NULL, key, "is over", 8, 0);
    own->store(NULL, key, "small", 5, 60);
    own->store(NULL, key, big, sizeof(big), 60);
    check(own->find(NULL, key, big, sizeof(big)) == 0, "stored what is over, too small or too big");
    own->store(NULL, key, "a second", 8, 1);
    usleep(1100000);
    check(own->find(NULL, key, out, sizeof(out)) == 0, "found after its time");
    for (i = 0; i < 200; i++) {
        key_of(i, key);
        own->store(NULL, key, "5 bytes!", 8, 60);
    }
    for (i = 0; i < 200; i++) {
        key_of(i, key);
        found += own->find(NULL, key, out, sizeof(out)) == 8;
    }
    check(found == 64, "%d are kept", found);
    key_of(199, key);
    check(own->find(NULL, key, out, sizeof(out)) == 8, "the newest is gone");
    fflush(stdout);
    pid = fork();
    if (pid == 0)
        _exit(own->find(NULL, key, out, sizeof(out)) == 0 ? 10 : 3);
    check(waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 10,
          "a child has its parent's sessions");
    check(own->find(NULL, key, out, sizeof(out)) == 8, "and the parent has not");
    native_net_tls_store_flush();
    check(own->find(NULL, key, out, sizeof(out)) == 0, "flush");
    end_test("the process's own store is bounded, forgets, and is not handed to children");
}

static void test_all(void)
{
    test_found();
    test_other_places();
    test_other_settings();
    test_ends();
    test_failed();
}

int main(void)
{
    test_folder_make();
    atexit(test_folder_remove);
    make_certificates();
    below = native_net_tls_store_own();
    test_all();
    test_wrong_store();
    test_keys();
    test_own_store();
    printf("# and now in shared memory\n");
    below = &share.sessions;
    test_all();
    check(share.counts.sessions_kept == 0 && share.counts.sessions_stored > 0,
          "it was not in shared memory");
    end_test("it was in shared memory");
    native_ext_share_end(&share);
    return done();
}
