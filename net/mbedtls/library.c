/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* library.c - the library as a whole: random numbers, errors, its name.
 *
 * Random numbers: the library is given a generator without state (getrandom() at each call), so
 * children of one process cannot draw the same bytes. mbedTLS 3 has one more generator inside PSA,
 * for TLS 1.3; it is seeded anew in each process before its first session. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <mbedtls/error.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "../random.h"
#include "parts.h"

#if NATIVE_NET_MBEDTLS_3
#include <psa/crypto.h>
#endif

int native_net_mbedtls_draw(void *unused, unsigned char *out, size_t len)
{
    (void)unused;
    return native_net_random(out, len) ? 0 : MBEDTLS_ERR_SSL_NO_RNG;
}

#if NATIVE_NET_MBEDTLS_3
static pthread_mutex_t psa_lock = PTHREAD_MUTEX_INITIALIZER;
static pid_t psa_pid;

/* Seed the generator inside PSA for this very process. Others may have initialised PSA before us,
 * and forked since: so it is seeded anew even at our first use. */
static bool psa_enter_process(void)
{
#if MBEDTLS_VERSION_NUMBER >= 0x03060600
    return psa_crypto_init() == PSA_SUCCESS && psa_random_reseed(NULL, 0) == PSA_SUCCESS;
#else
    /* No call to reseed yet: begin anew. The keys of the parent's sessions go with it, which is why
     * native_net_tls_free() leaves those alone. */
    if (psa_pid != 0)
        mbedtls_psa_crypto_free();
    return psa_crypto_init() == PSA_SUCCESS;
#endif
}

bool native_net_mbedtls_ready(void)
{
    bool ok = true;
    (void)pthread_mutex_lock(&psa_lock);
    if (psa_pid != getpid()) {
        ok = psa_enter_process();
        if (ok)
            psa_pid = getpid();
    }
    (void)pthread_mutex_unlock(&psa_lock);
    return ok;
}
#else
bool native_net_mbedtls_ready(void)
{
    return true;
}
#endif

bool native_net_mbedtls_config_error(struct native_net_error *error, int code, const char *what,
                                     const char *name)
{
    char text[100] = "";
    mbedtls_strerror(code, text, sizeof(text));
    native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG, "%s %s: %s", what, name, text);
    if (error)
        error->tls_code = code;
    return false;
}

const char *native_net_tls_library(void)
{
    static char name[32]; /* every thread writes the same bytes */
    char version[18];
    mbedtls_version_get_string(version);
    (void)snprintf(name, sizeof(name), "mbedTLS/%s", version);
    return name;
}

bool native_net_tls_has_13(void)
{
    return NATIVE_NET_MBEDTLS_HAS_13;
}
