/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* offer.c - cipher suites and groups: our own order, and lists that a caller names. */
#include <mbedtls/ssl_ciphersuites.h>
#include <stdlib.h>
#include <string.h>

#include "parts.h"

/* Before all else ChaCha20: on this library it moves 1.1 to 1.3 times the bytes of AES-GCM for the
 * same CPU time (bench/net_tls.c on x86-64 with AES-NI: 2.28 196 MB/s to 155, 3.6 199 to 167),
 * and it needs no hardware to be constant-time. Then forward secrecy with AEAD, then with CBC, then
 * without: only old servers get that far. */
static const int order_13[] = {
#if NATIVE_NET_MBEDTLS_HAS_13
    MBEDTLS_TLS1_3_CHACHA20_POLY1305_SHA256,
    MBEDTLS_TLS1_3_AES_128_GCM_SHA256,
    MBEDTLS_TLS1_3_AES_256_GCM_SHA384,
#endif
    0,
};

static const int order_12[] = {
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
    MBEDTLS_TLS_RSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_RSA_WITH_AES_256_GCM_SHA384,
    MBEDTLS_TLS_RSA_WITH_AES_128_CBC_SHA,
    MBEDTLS_TLS_RSA_WITH_AES_256_CBC_SHA,
    0,
};

struct suite {
    int id;
    const char *name;
};

/* OpenSSL's names; the standard's are the library's own with '-' for '_'. */
static const struct suite suites_12[] = {
    {MBEDTLS_TLS_RSA_WITH_AES_128_CCM, "AES128-CCM"},
    {MBEDTLS_TLS_RSA_WITH_AES_128_CCM_8, "AES128-CCM8"},
    {MBEDTLS_TLS_RSA_WITH_AES_128_GCM_SHA256, "AES128-GCM-SHA256"},
    {MBEDTLS_TLS_RSA_WITH_AES_128_CBC_SHA, "AES128-SHA"},
    {MBEDTLS_TLS_RSA_WITH_AES_128_CBC_SHA256, "AES128-SHA256"},
    {MBEDTLS_TLS_RSA_WITH_AES_256_CCM, "AES256-CCM"},
    {MBEDTLS_TLS_RSA_WITH_AES_256_CCM_8, "AES256-CCM8"},
    {MBEDTLS_TLS_RSA_WITH_AES_256_GCM_SHA384, "AES256-GCM-SHA384"},
    {MBEDTLS_TLS_RSA_WITH_AES_256_CBC_SHA, "AES256-SHA"},
    {MBEDTLS_TLS_RSA_WITH_AES_256_CBC_SHA256, "AES256-SHA256"},
    {MBEDTLS_TLS_RSA_WITH_ARIA_128_GCM_SHA256, "ARIA128-GCM-SHA256"},
    {MBEDTLS_TLS_RSA_WITH_ARIA_256_GCM_SHA384, "ARIA256-GCM-SHA384"},
    {MBEDTLS_TLS_RSA_WITH_CAMELLIA_128_CBC_SHA, "CAMELLIA128-SHA"},
    {MBEDTLS_TLS_RSA_WITH_CAMELLIA_128_CBC_SHA256, "CAMELLIA128-SHA256"},
    {MBEDTLS_TLS_RSA_WITH_CAMELLIA_256_CBC_SHA, "CAMELLIA256-SHA"},
    {MBEDTLS_TLS_RSA_WITH_CAMELLIA_256_CBC_SHA256, "CAMELLIA256-SHA256"},
    {MBEDTLS_TLS_DHE_RSA_WITH_AES_128_CCM, "DHE-RSA-AES128-CCM"},
    {MBEDTLS_TLS_DHE_RSA_WITH_AES_128_CCM_8, "DHE-RSA-AES128-CCM8"},
    {MBEDTLS_TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, "DHE-RSA-AES128-GCM-SHA256"},
    {MBEDTLS_TLS_DHE_RSA_WITH_AES_128_CBC_SHA, "DHE-RSA-AES128-SHA"},
    {MBEDTLS_TLS_DHE_RSA_WITH_AES_128_CBC_SHA256, "DHE-RSA-AES128-SHA256"},
    {MBEDTLS_TLS_DHE_RSA_WITH_AES_256_CCM, "DHE-RSA-AES256-CCM"},
    {MBEDTLS_TLS_DHE_RSA_WITH_AES_256_CCM_8, "DHE-RSA-AES256-CCM8"},
    {MBEDTLS_TLS_DHE_RSA_WITH_AES_256_GCM_SHA384, "DHE-RSA-AES256-GCM-SHA384"},
    {MBEDTLS_TLS_DHE_RSA_WITH_AES_256_CBC_SHA, "DHE-RSA-AES256-SHA"},
    {MBEDTLS_TLS_DHE_RSA_WITH_AES_256_CBC_SHA256, "DHE-RSA-AES256-SHA256"},
    {MBEDTLS_TLS_DHE_RSA_WITH_ARIA_128_GCM_SHA256, "DHE-RSA-ARIA128-GCM-SHA256"},
    {MBEDTLS_TLS_DHE_RSA_WITH_ARIA_256_GCM_SHA384, "DHE-RSA-ARIA256-GCM-SHA384"},
    {MBEDTLS_TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA, "DHE-RSA-CAMELLIA128-SHA"},
    {MBEDTLS_TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA256, "DHE-RSA-CAMELLIA128-SHA256"},
    {MBEDTLS_TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA, "DHE-RSA-CAMELLIA256-SHA"},
    {MBEDTLS_TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA256, "DHE-RSA-CAMELLIA256-SHA256"},
    {MBEDTLS_TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256, "DHE-RSA-CHACHA20-POLY1305"},
    {MBEDTLS_TLS_ECDHE_RSA_WITH_ARIA_128_GCM_SHA256, "ECDHE-ARIA128-GCM-SHA256"},
    {MBEDTLS_TLS_ECDHE_RSA_WITH_ARIA_256_GCM_SHA384, "ECDHE-ARIA256-GCM-SHA384"},
    {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_CCM, "ECDHE-ECDSA-AES128-CCM"},
    {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8, "ECDHE-ECDSA-AES128-CCM8"},
    {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "ECDHE-ECDSA-AES128-GCM-SHA256"},
    {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, "ECDHE-ECDSA-AES128-SHA"},
    {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, "ECDHE-ECDSA-AES128-SHA256"},
    {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_CCM, "ECDHE-ECDSA-AES256-CCM"},
    {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8, "ECDHE-ECDSA-AES256-CCM8"},
    {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, "ECDHE-ECDSA-AES256-GCM-SHA384"},
    {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, "ECDHE-ECDSA-AES256-SHA"},
    {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384, "ECDHE-ECDSA-AES256-SHA384"},
    {MBEDTLS_TLS_ECDHE_ECDSA_WITH_ARIA_128_GCM_SHA256, "ECDHE-ECDSA-ARIA128-GCM-SHA256"},
    {MBEDTLS_TLS_ECDHE_ECDSA_WITH_ARIA_256_GCM_SHA384, "ECDHE-ECDSA-ARIA256-GCM-SHA384"},
    {MBEDTLS_TLS_ECDHE_ECDSA_WITH_CAMELLIA_128_CBC_SHA256, "ECDHE-ECDSA-CAMELLIA128-SHA256"},
    {MBEDTLS_TLS_ECDHE_ECDSA_WITH_CAMELLIA_256_CBC_SHA384, "ECDHE-ECDSA-CAMELLIA256-SHA384"},
    {MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, "ECDHE-ECDSA-CHACHA20-POLY1305"},
    {MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "ECDHE-RSA-AES128-GCM-SHA256"},
    {MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, "ECDHE-RSA-AES128-SHA"},
    {MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, "ECDHE-RSA-AES128-SHA256"},
    {MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, "ECDHE-RSA-AES256-GCM-SHA384"},
    {MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, "ECDHE-RSA-AES256-SHA"},
    {MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, "ECDHE-RSA-AES256-SHA384"},
    {MBEDTLS_TLS_ECDHE_RSA_WITH_CAMELLIA_128_CBC_SHA256, "ECDHE-RSA-CAMELLIA128-SHA256"},
    {MBEDTLS_TLS_ECDHE_RSA_WITH_CAMELLIA_256_CBC_SHA384, "ECDHE-RSA-CAMELLIA256-SHA384"},
    {MBEDTLS_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, "ECDHE-RSA-CHACHA20-POLY1305"},
    {0, NULL},
};

static const struct suite suites_13[] = {
#if NATIVE_NET_MBEDTLS_3 /* 2.28 has no numbers for them, and no use */
    {MBEDTLS_TLS1_3_AES_128_CCM_8_SHA256, "TLS_AES_128_CCM_8_SHA256"},
    {MBEDTLS_TLS1_3_AES_128_CCM_SHA256, "TLS_AES_128_CCM_SHA256"},
    {MBEDTLS_TLS1_3_AES_128_GCM_SHA256, "TLS_AES_128_GCM_SHA256"},
    {MBEDTLS_TLS1_3_AES_256_GCM_SHA384, "TLS_AES_256_GCM_SHA384"},
    {MBEDTLS_TLS1_3_CHACHA20_POLY1305_SHA256, "TLS_CHACHA20_POLY1305_SHA256"},
#else
    {0x1305, "TLS_AES_128_CCM_8_SHA256"},
    {0x1304, "TLS_AES_128_CCM_SHA256"},
    {0x1301, "TLS_AES_128_GCM_SHA256"},
    {0x1302, "TLS_AES_256_GCM_SHA384"},
    {0x1303, "TLS_CHACHA20_POLY1305_SHA256"},
#endif
    {0, NULL},
};

/* ---- lists of names ---- */

enum { NAME_MAX_LEN = 64 };

/* Copy the next name of the list to `name`. Returns false at its end; a name that is too long is cut,
 * and so is known to nobody. */
static bool next_name(const char **list, char name[NAME_MAX_LEN])
{
    size_t len;
    *list += strspn(*list, ":, ;");
    len = strcspn(*list, ":, ;");
    memcpy(name, *list, len < NAME_MAX_LEN ? len : NAME_MAX_LEN - 1);
    name[len < NAME_MAX_LEN ? len : NAME_MAX_LEN - 1] = '\0';
    *list += len;
    return len > 0;
}

static bool refuse(struct native_net_error *error, enum native_net_error_part part,
                   const char *format, const char *name)
{
    native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG, format, name);
    native_net_error_set_part(error, part);
    return false;
}

static bool no_memory(struct native_net_error *error)
{
    native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
    return false;
}

/* ---- cipher suites ---- */

static bool same_name(const char *a, const char *b)
{
    for (; *a && *b; a++, b++)
        if (*a != *b && (*a != '_' || *b != '-'))
            return false;
    return *a == *b;
}

static int find_suite(const struct suite *suites, const char *name)
{
    size_t i;
    for (i = 0; suites[i].id; i++) {
        const char *standard = mbedtls_ssl_get_ciphersuite_name(suites[i].id);
        if (strcmp(suites[i].name, name) == 0 || same_name(name, standard))
            return suites[i].id;
    }
    return 0;
}

/* OpenSSL's words for whole sets: what they leave in is for us our own order. */
static bool is_everything(const char *name)
{
    return strcmp(name, "DEFAULT") == 0 || strcmp(name, "HIGH") == 0 || strcmp(name, "ALL") == 0;
}

/* What they take out is nothing that we have, as long as it is one of these. */
static bool excludes_nothing(const char *name)
{
    static const char *const absent[] = {"aNULL", "eNULL", "NULL",   "MD5",   "RC4",  "DES",
                                         "3DES",  "EXP",   "EXPORT", "LOW",   "ADH",  "AECDH",
                                         "PSK",   "SRP",   "DSS",    "kDHd",  "IDEA", "kDHr",
                                         "SEED",  "RC2",   "SSLv2",  "SSLv3", "aDSS", "kECDH"};
    size_t i;
    if (name[0] == '@')
        return true; /* @SECLEVEL, @STRENGTH */
    if (name[0] != '!' && name[0] != '-')
        return false;
    for (i = 0; i < sizeof(absent) / sizeof(absent[0]); i++)
        if (strcmp(name + 1, absent[i]) == 0)
            return true;
    return false;
}

static size_t count_of(const int *ids)
{
    size_t count = 0;
    while (ids[count])
        count++;
    return count;
}

static void add_suite(int *to, size_t *count, int id)
{
    size_t i;
    for (i = 0; i < *count; i++)
        if (to[i] == id)
            return;
    to[(*count)++] = id;
}

/* Add the suites of a list, as far as the library has them. `to` has room for one of each table. */
static bool add_list(const char *list, const struct suite *suites, const int *ours, int *to,
                     size_t *count, struct native_net_error *error)
{
    char name[NAME_MAX_LEN];
    const char *at = list;
    size_t before = *count;
    while (next_name(&at, name)) {
        char *strength = strchr(name, '@');
        int id = find_suite(suites, name);
        size_t i;
        if (strength && strength != name)
            *strength = '\0'; /* DEFAULT@SECLEVEL=1 */
        if (is_everything(name))
            for (i = 0; ours[i]; i++)
                add_suite(to, count, ours[i]);
        else if (id == 0 && !excludes_nothing(name))
            return refuse(error, NATIVE_NET_PART_CIPHERS, "no cipher suite has the name %s", name);
        else if (id != 0 && mbedtls_ssl_ciphersuite_from_id(id))
            add_suite(to, count, id);
    }
    return *count > before || refuse(error, NATIVE_NET_PART_CIPHERS,
                                     "this TLS library has none of the cipher suites %.150s", list);
}

bool native_net_mbedtls_use_ciphers(struct native_net_tls_config *config,
                                    const struct native_net_tls_options *options,
                                    struct native_net_error *error)
{
    size_t room = sizeof(suites_12) / sizeof(suites_12[0]) +
                  sizeof(suites_13) / sizeof(suites_13[0]) + count_of(order_12) +
                  count_of(order_13) + 1;
    const char *list_13 = options->ciphers_13 ? options->ciphers_13 : "DEFAULT";
    const char *list_12 = options->ciphers ? options->ciphers : "DEFAULT";
    size_t count = 0;
    config->ciphers = calloc(room, sizeof(*config->ciphers));
    if (!config->ciphers)
        return no_memory(error);
    if (NATIVE_NET_MBEDTLS_HAS_13) {
        if (!add_list(list_13, suites_13, order_13, config->ciphers, &count, error))
            return false;
    } else if (options->ciphers_13) {
        /* No TLS 1.3 here: the names are looked at, and nothing is offered. */
        char name[NAME_MAX_LEN];
        const char *at = list_13;
        while (next_name(&at, name))
            if (!find_suite(suites_13, name))
                return refuse(error, NATIVE_NET_PART_CIPHERS, "no cipher suite has the name %s",
                              name);
    }
    if (!add_list(list_12, suites_12, order_12, config->ciphers, &count, error))
        return false;
    config->cipher_count = count;
    mbedtls_ssl_conf_ciphersuites(&config->ssl, config->ciphers);
    return true;
}

/* ---- groups ---- */

#if NATIVE_NET_MBEDTLS_3
#define GROUP(iana, own) MBEDTLS_SSL_IANA_TLS_GROUP_##iana
#else
#define GROUP(iana, own) MBEDTLS_ECP_DP_##own
#endif

static const struct {
    native_net_mbedtls_group id;
    const char *names[3];
} groups[] = {
    {GROUP(X25519, CURVE25519), {"X25519", "x25519", NULL}},
    {GROUP(SECP256R1, SECP256R1), {"P-256", "prime256v1", "secp256r1"}},
    {GROUP(SECP384R1, SECP384R1), {"P-384", "secp384r1", NULL}},
    {GROUP(SECP521R1, SECP521R1), {"P-521", "secp521r1", NULL}},
    {GROUP(BP256R1, BP256R1), {"brainpoolP256r1", NULL, NULL}},
    {GROUP(BP384R1, BP384R1), {"brainpoolP384r1", NULL, NULL}},
    {GROUP(BP512R1, BP512R1), {"brainpoolP512r1", NULL, NULL}},
};

static size_t find_group(const char *name)
{
    size_t i;
    size_t j;
    for (i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
        for (j = 0; j < 3 && groups[i].names[j]; j++)
            if (strcmp(groups[i].names[j], name) == 0)
                return i;
    return i;
}

bool native_net_mbedtls_use_groups(struct native_net_tls_config *config,
                                   const struct native_net_tls_options *options,
                                   struct native_net_error *error)
{
    /* The library would begin with P-521, which costs three times as much and protects nobody
     * better. */
    const char *list = options->groups ? options->groups : "X25519:P-256:P-384";
    char name[NAME_MAX_LEN];
    bool seen[sizeof(groups) / sizeof(groups[0])] = {false};
    while (next_name(&list, name)) {
        size_t found = find_group(name);
        if (found == sizeof(groups) / sizeof(groups[0]))
            return refuse(error, NATIVE_NET_PART_GROUPS, "no group has the name %s", name);
        if (!seen[found])
            config->groups[config->group_count++] = groups[found].id;
        seen[found] = true;
    }
    if (config->group_count == 0)
        return refuse(error, NATIVE_NET_PART_GROUPS, "the list of groups is empty%s", "");
#if NATIVE_NET_MBEDTLS_3
    mbedtls_ssl_conf_groups(&config->ssl, config->groups);
#else
    mbedtls_ssl_conf_curves(&config->ssl, config->groups);
#endif
    return true;
}
