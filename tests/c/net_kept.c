/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_kept.c - what a process keeps so as not to ask again: configurations of TLS, and which process it is. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../net/process.h"
#include "../../net/tls.h"
#include "harness.h"
#include "support/net_ca.h"

static struct net_cert ca, other, client;

static const char *text_file(const char *name, const char *text)
{
    return net_temp_file(name, text, strlen(text));
}

static struct native_net_tls_config *get(const struct native_net_tls_options *options)
{
    struct native_net_error error;
    struct native_net_tls_config *config = native_net_tls_config_get(options, &error);
    check(config != NULL, "%s", error.message);
    return config;
}

/* Whether both options lead to one configuration. */
static bool same(const struct native_net_tls_options *a, const struct native_net_tls_options *b)
{
    struct native_net_tls_config *first = get(a);
    struct native_net_tls_config *second = get(b);
    bool is = first == second;
    native_net_tls_config_unref(first);
    native_net_tls_config_unref(second);
    return is;
}

static void let_a_second_pass(void)
{
    struct timespec time = {1, 50 * 1000 * 1000};
    while (nanosleep(&time, &time) != 0)
        ;
}

static void test_same(void)
{
    static const char *const alpn[] = {"http/1.1", "h2"};
    struct native_net_tls_options a = NATIVE_NET_TLS_OPTIONS_INIT;
    struct native_net_tls_options b;
    a.ca_file = text_file("ca.pem", ca.cert);
    b = a;
    ok(same(&a, &b), "equal options give one configuration");
    b.verify_host = false;
    ok(!same(&a, &b), "whether the name is checked");
    b = a;
    b.verify_peer = false;
    ok(!same(&a, &b), "whether anything is checked");
    b = a;
    b.ca_file = text_file("other.pem", other.cert);
    ok(!same(&a, &b), "another file of roots");
    b = a;
    b.ca_file = NULL;
    b.ca_bytes = ca.cert;
    b.ca_bytes_len = strlen(ca.cert);
    ok(!same(&a, &b) && same(&b, &b), "roots in memory");
    a = b;
    a.ca_bytes = other.cert;
    a.ca_bytes_len = strlen(other.cert);
    ok(!same(&a, &b), "other roots in memory");
    b = a;
    b.alpn = alpn;
    b.alpn_count = 1;
    ok(!same(&a, &b), "ALPN");
    a = b;
    a.alpn_count = 2;
    ok(!same(&a, &b), "more of ALPN");
    a = b;
    a.pins = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    ok(!same(&a, &b), "pins");
    a = b;
    a.groups = "P-256";
    ok(!same(&a, &b), "groups");
}

static void test_secrets(void)
{
    struct native_net_tls_options o = NATIVE_NET_TLS_OPTIONS_INIT;
    o.ca_file = text_file("ca.pem", ca.cert);
    o.cert_file = text_file("client.pem", client.cert);
    o.key_file = text_file("client.key", client.key);
    ok(same(&o, &o), "an identity in files is kept");
    o.passphrase = "secret";
    ok(!same(&o, &o), "a passphrase is not");
    o.passphrase = NULL;
    o.key_file = NULL;
    o.key_bytes = client.key;
    o.key_bytes_len = strlen(client.key);
    ok(!same(&o, &o), "nor is a key in memory");
}

/* Get, change, get at once, get after a second. */
static void changed(const char *what, const struct native_net_tls_options *options,
                    const char *name, const char *text)
{
    struct native_net_tls_config *first = get(options);
    struct native_net_tls_config *later;
    (void)text_file(name, text);
    let_a_second_pass();
    later = get(options);
    check(first != later, "the old one came");
    native_net_tls_config_unref(first);
    native_net_tls_config_unref(later);
    let_a_second_pass();
    check(same(options, options), "an unchanged one is not kept");
    end_test("a second after it has changed: %s", what);
}

static void test_changes(void)
{
    struct native_net_tls_options o = NATIVE_NET_TLS_OPTIONS_INIT;
    char two[2 * sizeof(ca.cert)];
    o.ca_file = text_file("roots.pem", ca.cert);
    snprintf(two, sizeof(two), "%s%s", ca.cert, other.cert);
    changed("the file of roots", &o, "roots.pem", two);
    o.cert_file = text_file("own.pem", client.cert);
    o.key_file = text_file("own.key", client.key);
    snprintf(two, sizeof(two), "%s%s", client.cert, ca.cert);
    changed("our certificate", &o, "own.pem", two);

    setenv("SSL_CERT_FILE", text_file("system.pem", ca.cert), 1);
    o = (struct native_net_tls_options)NATIVE_NET_TLS_OPTIONS_INIT;
    changed("the system's bundle", &o, "system.pem", two);
    {
        struct native_net_tls_config *first = get(&o);
        struct native_net_tls_config *second;
        setenv("SSL_CERT_FILE", text_file("system2.pem", ca.cert), 1);
        second = get(&o);
        ok(first != second, "another SSL_CERT_FILE counts at once");
        native_net_tls_config_unref(first);
        native_net_tls_config_unref(second);
    }
    unsetenv("SSL_CERT_FILE");
}

/* More than are kept: who has one, keeps it. */
static void test_many(void)
{
    struct native_net_tls_options o = NATIVE_NET_TLS_OPTIONS_INIT;
    struct native_net_tls_config *config[40];
    char alpn[16];
    const char *names[1] = {alpn};
    size_t i;
    o.ca_file = text_file("ca.pem", ca.cert);
    o.alpn = names;
    o.alpn_count = 1;
    for (i = 0; i < 40; i++) {
        snprintf(alpn, sizeof(alpn), "p%zu", i);
        config[i] = get(&o);
    }
    ok(same(&o, &o), "the last of forty is kept");
    snprintf(alpn, sizeof(alpn), "p0");
    {
        struct native_net_tls_config *again = get(&o);
        ok(again != config[0], "the first is not");
        native_net_tls_config_unref(again);
    }
    for (i = 0; i < 40; i++)
        native_net_tls_config_unref(config[i]);
}

/* Whether a child that was made by `how` knows itself. */
static bool child_knows(pid_t child)
{
    int status = 0;
    if (child == 0) {
        bool right = native_net_process_id() == (pid_t)syscall(SYS_getpid) &&
                     native_net_process_id() == (pid_t)syscall(SYS_getpid);
        if (right) {
            pid_t grandchild = fork();
            if (grandchild == 0)
                _exit(native_net_process_id() == (pid_t)syscall(SYS_getpid) ? 0 : 1);
            right = waitpid(grandchild, &status, 0) == grandchild && status == 0;
        }
        _exit(right ? 0 : 1);
    }
    return waitpid(child, &status, 0) == child && status == 0;
}

static void test_process(void)
{
    ok(native_net_process_id() == getpid() && native_net_process_id() == getpid(), "this process");
    ok(child_knows(fork()), "a child, and its child");
    ok(child_knows((pid_t)syscall(SYS_clone, (long)SIGCHLD, 0L, 0L, 0L, 0L)),
       "a child that no handler of fork() has seen");
    ok(native_net_process_id() == getpid(), "still this process");
}

int main(void)
{
    struct net_cert_request root = {.subject = "CN=Test CA", .is_ca = true};
    struct net_cert_request second = {.subject = "CN=Other CA", .is_ca = true};
    struct net_cert_request own = {.subject = "CN=client", .issuer_name = "CN=Test CA"};
    own.issuer = &ca;
    net_cert_make(&root, &ca);
    net_cert_make(&second, &other);
    net_cert_make(&own, &client);
    test_process();
    test_same();
    test_secrets();
    test_changes();
    test_many();
    return done();
}
