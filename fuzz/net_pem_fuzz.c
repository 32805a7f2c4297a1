/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_pem_fuzz.c - any bytes as a PEM file, and as the envelope of a saved TLS session. */
#include <stdlib.h>
#include <string.h>

#include "../net/pem.h"
#include "../net/tls_session.h"
#include "require.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t zero[32];
    struct native_net_tls_session_info info = {0, 0, {0}, "localhost", 0, false};
    uint8_t *exact = malloc(size ? size : 1); /* so that ASan sees the first byte too many */
    uint8_t *out = malloc(size / 4 * 3 + 3);
    size_t at = 0;
    size_t len;
    size_t total = 0;
    REQUIRE(exact && out);
    if (size)
        memcpy(exact, data, size);
    while (native_net_pem_next((const char *)exact, size, "CERTIFICATE", &at, out, &len) ==
           NATIVE_NET_PEM_BLOCK) {
        total += len;
        REQUIRE(at <= size && total <= size / 4 * 3);
    }
    memcpy(info.settings, zero, sizeof(zero));
    REQUIRE(native_net_tls_session_check(&info, exact, size, NULL) <= size);
    /* Once more past the mark, which no fuzzer finds by itself. */
    if (size >= NATIVE_NET_TLS_SESSION_HEAD) {
        native_net_tls_session_seal(exact, size);
        REQUIRE(native_net_tls_session_check(&info, exact, size, NULL) <= size);
    }
    free(out);
    free(exact);
    return 0;
}
