/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_certinfo_fuzz.c - certificates in words out of any bytes that the TLS library takes for one; and
 * the lists of names in TLS options. */
#include <stdlib.h>
#include <string.h>

#include "../net/certinfo.h"
#include "../net/tls.h"
#include "require.h"

static void options_of(const char *text)
{
    struct native_net_tls_options options = NATIVE_NET_TLS_OPTIONS_INIT;
    struct native_net_error error;
    options.verify_peer = options.verify_host = false;
    options.ciphers = text;
    native_net_tls_config_unref(native_net_tls_config_new(&options, &error));
    options.ciphers = NULL;
    options.ciphers_13 = text;
    native_net_tls_config_unref(native_net_tls_config_new(&options, &error));
    options.ciphers_13 = NULL;
    options.groups = text;
    native_net_tls_config_unref(native_net_tls_config_new(&options, &error));
    options.groups = NULL;
    if (strncmp(text, "sha256//", 8) == 0) { /* else it is a path */
        options.pins = text;
        native_net_tls_config_unref(native_net_tls_config_new(&options, &error));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct native_net_error error;
    char *exact = malloc(size + 1); /* so that ASan sees the first byte too many */
    struct native_net_certinfo *info;
    size_t i;
    REQUIRE(exact);
    memcpy(exact, data, size);
    info = native_net_certinfo_new(exact, size, &error);
    for (i = 0; info && i < info->count; i++) {
        REQUIRE(info->fields[i].value[info->fields[i].value_len] == '\0');
        REQUIRE(info->fields[i].name[0] != '\0' && info->fields[i].value_len > 0);
    }
    native_net_certinfo_free(info);
    exact[size] = '\0';
    if (size < 512)
        options_of(exact);
    free(exact);
    return 0;
}
