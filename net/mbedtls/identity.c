/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* identity.c - our own certificate and key. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <mbedtls/pk.h>
#include <mbedtls/rsa.h>
#include <string.h>

#include "../certs.h"
#include "parts.h"

static bool use_certificate(struct native_net_tls_config *config,
                            const struct native_net_file *file, const char *name,
                            struct native_net_error *error)
{
    struct native_net_certs certs = {NULL, 0, NULL, 0};
    bool ok =
        native_net_certs_add_bytes(&certs, file->bytes, file->len, "certificate", name, error);
    size_t i;
    for (i = 0; ok && i < certs.count; i++) {
        int ret = mbedtls_x509_crt_parse_der(&config->cert, certs.der + certs.items[i].at,
                                             certs.items[i].len);
        ok = ret == 0 || native_net_mbedtls_config_error(error, ret, "certificate", name);
    }
    native_net_certs_free(&certs);
    return ok;
}

static bool has(const struct native_net_file *file, const char *words)
{
    return memmem(file->bytes, file->len, words, strlen(words)) != NULL;
}

/* What a wrong passphrase makes of a key is no key. mbedTLS knows it by its padding, and one in some
 * hundreds has that by chance: its bytes then fail as those of a key do, not as a passphrase does. */
static bool is_badly_decrypted(const struct native_net_file *file, int code)
{
    int module = -code & 0x7f80;
    return (has(file, "Proc-Type: 4,ENCRYPTED") || has(file, "-----BEGIN ENCRYPTED ")) &&
           (module == 0 || module == -MBEDTLS_ERR_PK_KEY_INVALID_FORMAT ||
            module == -MBEDTLS_ERR_RSA_BAD_INPUT_DATA);
}

static bool key_error(struct native_net_error *error, int code, const struct native_net_file *file,
                      const char *name, bool passphrase)
{
    const char *why = "is no key that this mbedTLS can read";
    if (code == MBEDTLS_ERR_PK_PASSWORD_REQUIRED)
        why = "is encrypted and no passphrase was given";
    else if (code == MBEDTLS_ERR_PK_PASSWORD_MISMATCH)
        why = "is encrypted with another passphrase";
    else if (passphrase && is_badly_decrypted(file, code))
        why = "is encrypted with another passphrase, or is damaged";
    else if (passphrase)
        why = "is no key that this mbedTLS can read with this passphrase; if it is encrypted "
              "PKCS#8, write it anew with \"openssl rsa -aes128 -traditional\" or \"openssl ec "
              "-aes128\"";
    native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG, "key %s %s", name, why);
    if (error)
        error->tls_code = code;
    return false;
}

static bool use_key(struct native_net_tls_config *config, const struct native_net_file *file,
                    const char *name, const char *passphrase, struct native_net_error *error)
{
    bool pem = has(file, "-----BEGIN ");
    const unsigned char *pass = (const unsigned char *)passphrase;
    size_t len = file->len + (pem ? 1 : 0);
    size_t pass_len = passphrase ? strlen(passphrase) : 0;
    int ret;
#if NATIVE_NET_MBEDTLS_3
    ret = mbedtls_pk_parse_key(&config->key, file->bytes, len, pass, pass_len,
                               native_net_mbedtls_draw, NULL);
    if (ret != 0)
        return key_error(error, ret, file, name, passphrase != NULL);
    ret = mbedtls_pk_check_pair(&config->cert.pk, &config->key, native_net_mbedtls_draw, NULL);
#else
    ret = mbedtls_pk_parse_key(&config->key, file->bytes, len, pass, pass_len);
    if (ret != 0)
        return key_error(error, ret, file, name, passphrase != NULL);
    ret = mbedtls_pk_check_pair(&config->cert.pk, &config->key);
#endif
    if (ret == 0)
        return true;
    native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG, "key %s does not fit the certificate",
                         name);
    return false;
}

bool native_net_mbedtls_use_identity(struct native_net_tls_config *config,
                                     const struct native_net_tls_options *options,
                                     struct native_net_error *error)
{
    struct native_net_file cert = {NULL, 0};
    struct native_net_file key = {NULL, 0};
    const char *cert_name = options->cert_file ? options->cert_file : "given in memory";
    const char *key_name = options->key_file ? options->key_file : "given in memory";
    bool own_key = options->key_file || options->key_bytes;
    bool ok = native_net_file_get(options->cert_file, options->cert_bytes, options->cert_bytes_len,
                                  "certificate", &cert, error) &&
              use_certificate(config, &cert, cert_name, error);
    if (ok && own_key &&
        !native_net_file_get(options->key_file, options->key_bytes, options->key_bytes_len, "key",
                             &key, error)) {
        native_net_error_set_part(error, NATIVE_NET_PART_KEY);
        ok = false;
    }
    if (ok && !use_key(config, own_key ? &key : &cert, own_key ? key_name : cert_name,
                       options->passphrase, error)) {
        native_net_error_set_part(error, NATIVE_NET_PART_KEY);
        ok = false;
    }
    native_net_file_free(&cert);
    native_net_file_free(&key);
    if (ok && mbedtls_ssl_conf_own_cert(&config->ssl, &config->cert, &config->key) != 0) {
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
        ok = false;
    }
    config->has_cert = ok;
    return ok;
}
