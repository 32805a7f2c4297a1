/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_interop.c - against another TLS library: openssl s_server, TLS 1.2 and 1.3, resumption,
 * client certificates, the key log. Skipped where there is no openssl command. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "harness.h"
#include "support/net_ca.h"
#include "support/net_client.h"

static struct net_cert ca, server_cert, client_cert;
static const char *ca_file, *cert_file, *key_file;

struct openssl {
    pid_t pid;
    uint16_t port;
};

/* Start s_server with these further arguments; it reverses each line that it gets. */
static bool start(struct openssl *server, const char *const *extra)
{
    const char *arguments[32] = {"openssl", "s_server", "-accept", "127.0.0.1:0",
                                 "-cert",   cert_file,  "-key",    key_file,
                                 "-CAfile", ca_file,    "-rev"};
    char output[4096] = "";
    size_t len = 0;
    int count = 11;
    int ends[2];
    while (*extra)
        arguments[count++] = *extra++;
    if (pipe(ends) != 0)
        return false;
    server->pid = fork();
    if (server->pid == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, 0);
        dup2(ends[1], 1);
        dup2(null, 2);
        close(ends[0]);
        execvp("openssl", (char **)(uintptr_t)arguments);
        _exit(127);
    }
    close(ends[1]);
    /* It says "ACCEPT 127.0.0.1:port" once it listens. */
    while (len < sizeof(output) - 1) {
        ssize_t n = read(ends[0], output + len, sizeof(output) - 1 - len);
        char *at;
        if (n <= 0)
            break;
        len += (size_t)n;
        output[len] = '\0';
        at = strstr(output, "ACCEPT ");
        at = at && strchr(at, '\n') ? strrchr(at, ':') : NULL;
        if (at) {
            server->port = (uint16_t)atoi(at + 1);
            return true; /* the pipe stays open: it goes on writing */
        }
    }
    return false;
}

static void stop(struct openssl *server)
{
    kill(server->pid, SIGKILL);
    waitpid(server->pid, NULL, 0);
}

struct saved {
    unsigned char bytes[8192];
    size_t len;
};

/* Connect, let it reverse a line, maybe save the session. Returns whether all went well. */
static bool talk(const struct openssl *server, const struct native_net_tls_options *tls,
                 const struct saved *offered, struct saved *saved, char *about, size_t about_len,
                 struct native_net_error *error)
{
    struct native_net_stream_options options = NATIVE_NET_STREAM_OPTIONS_INIT;
    struct native_net_stream *stream;
    char back[16] = "";
    size_t got = 0;
    bool good;
    native_net_error_clear(error);
    options.scheme = NATIVE_NET_TLS;
    options.host = "127.0.0.1";
    options.server_name = "localhost";
    options.port = server->port;
    options.connect_timeout_ms = 10000;
    options.tls = native_net_tls_config_new(tls, error);
    stream = options.tls ? native_net_stream_new(&options, error) : NULL;
    native_net_tls_config_unref(options.tls);
    if (!stream)
        return false;
    if (offered)
        native_net_stream_offer_session(stream, offered->bytes, offered->len, error);
    good = net_client_open(stream, error) == NATIVE_NET_OK &&
           net_client_write(stream, "water\n", 6, error) == NATIVE_NET_OK &&
           net_client_read(stream, back, 6, &got, error) == NATIVE_NET_OK &&
           memcmp(back, "retaw\n", 6) == 0;
    if (good) {
        struct native_net_tls *session = native_net_stream_tls(stream);
        snprintf(about, about_len, "%s %s%s", native_net_tls_get_version(session),
                 native_net_tls_get_cipher(session),
                 native_net_tls_was_resumed(session) ? " resumed" : "");
        if (saved)
            good = native_net_tls_session_save(session, saved->bytes, sizeof(saved->bytes),
                                               &saved->len, error) == NATIVE_NET_OK;
    }
    native_net_stream_close(stream, true);
    native_net_stream_free(stream);
    return good;
}

static void test_version(const char *flag, const char *version, const char *cipher_flag,
                         const char *cipher, const char *cipher_name)
{
    const char *extra[] = {flag, cipher_flag, cipher, NULL};
    struct native_net_tls_options tls = NATIVE_NET_TLS_OPTIONS_INIT;
    struct native_net_error error;
    struct openssl server;
    struct saved saved;
    char about[128] = "";
    tls.ca_file = ca_file;
    if (!cipher)
        extra[1] = NULL;
    if (!check(start(&server, extra), "openssl s_server did not start")) {
        end_test("%s", version);
        return;
    }
    check(talk(&server, &tls, NULL, &saved, about, sizeof(about), &error), "%s", error.message);
    check(strstr(about, version) && strstr(about, cipher_name) && !strstr(about, "resumed"), "%s",
          about);
    end_test("%s with OpenSSL: %s", version, about);
    check(talk(&server, &tls, &saved, &saved, about, sizeof(about), &error), "%s", error.message);
    check(strstr(about, " resumed") != NULL, "%s", about);
    end_test("resumed: %s", about);
    check(talk(&server, &tls, &saved, NULL, about, sizeof(about), &error), "%s", error.message);
    check(strstr(about, " resumed") != NULL, "%s", about);
    end_test("resumed again from a resumed one: %s", about);
    stop(&server);
}

static void test_mutual(const char *flag)
{
    const char *extra[] = {flag, "-Verify", "1", "-verify_return_error", NULL};
    struct native_net_tls_options tls = NATIVE_NET_TLS_OPTIONS_INIT;
    struct native_net_error error;
    struct openssl server;
    char about[128] = "";
    tls.ca_file = ca_file;
    if (!check(start(&server, extra), "openssl s_server did not start")) {
        end_test("mutual");
        return;
    }
    check(!talk(&server, &tls, NULL, NULL, about, sizeof(about), &error), "it was accepted");
    check(error.kind == NATIVE_NET_ERROR_TLS_HANDSHAKE && strstr(error.message, "the peer sent"),
          "kind %s: %s", native_net_error_kind_name(error.kind), error.message);
    end_test("%s, no client certificate: %s", flag, error.message);
    tls.cert_bytes = client_cert.cert;
    tls.cert_bytes_len = strlen(client_cert.cert);
    tls.key_bytes = client_cert.key;
    tls.key_bytes_len = strlen(client_cert.key);
    check(talk(&server, &tls, NULL, NULL, about, sizeof(about), &error), "%s", error.message);
    end_test("%s, client certificate: %s", flag, about);
    stop(&server);
}

static void test_keylog(void)
{
    const char *extra[] = {"-no_ticket", NULL};
    struct native_net_tls_options tls = NATIVE_NET_TLS_OPTIONS_INIT;
    struct native_net_error error;
    struct openssl server;
    char path[128];
    char about[128] = "";
    char text[4096] = "";
    FILE *file;
    tls.ca_file = ca_file;
    snprintf(path, sizeof(path), "%s/keylog", net_temp_dir());
    setenv("SSLKEYLOGFILE", path, 1);
    if (check(start(&server, extra), "openssl s_server did not start")) {
        check(talk(&server, &tls, NULL, NULL, about, sizeof(about), &error), "%s", error.message);
        stop(&server);
    }
    unsetenv("SSLKEYLOGFILE");
    file = fopen(path, "r");
    if (check(file != NULL, "no key log was written")) {
        check(fread(text, 1, sizeof(text) - 1, file) > 64, "it is empty");
        fclose(file);
    }
    if (native_net_tls_has_13())
        check(strstr(text, "CLIENT_HANDSHAKE_TRAFFIC_SECRET ") &&
                  strstr(text, "SERVER_TRAFFIC_SECRET_0 "),
              "%s", text);
    else
        check(strncmp(text, "CLIENT_RANDOM ", 14) == 0 && strlen(text) == 14 + 64 + 1 + 96 + 1,
              "%s", text);
    end_test("SSLKEYLOGFILE is written");
}

int main(void)
{
    struct net_cert_request root = {.subject = "CN=Test CA", .is_ca = true};
    struct net_cert_request one = {
        .subject = "CN=localhost", .dns = {"localhost"}, .issuer_name = "CN=Test CA"};
    struct net_cert_request two = {.subject = "CN=client", .issuer_name = "CN=Test CA"};
    if (system("openssl version >/dev/null 2>&1") != 0) {
        printf("1..1\nok 1 - OpenSSL # SKIP no openssl command\n");
        return 0;
    }
    one.issuer = two.issuer = &ca;
    net_cert_make(&root, &ca);
    net_cert_make(&one, &server_cert);
    net_cert_make(&two, &client_cert);
    ca_file = net_temp_file("ca.pem", ca.cert, strlen(ca.cert));
    cert_file = net_temp_file("server.pem", server_cert.cert, strlen(server_cert.cert));
    key_file = net_temp_file("server.key", server_cert.key, strlen(server_cert.key));
    signal(SIGPIPE, SIG_DFL);
    test_version("-tls1_2", "TLSv1.2", NULL, NULL, "CHACHA20");
    test_version("-tls1_2", "TLSv1.2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256", "AES-128-GCM");
    test_mutual("-tls1_2");
    if (native_net_tls_has_13()) {
        test_version("-tls1_3", "TLSv1.3", NULL, NULL, "TLS1-3");
        test_mutual("-tls1_3");
    }
    test_keylog();
    return done();
}
