/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* pins.c - public keys that a server must have one of (RFC 7469, 2.4; the forms are curl's). */
#include <mbedtls/base64.h>
#include <stdlib.h>
#include <string.h>

#include "../certs.h"
#include "../hash.h"
#include "../pem.h"
#include "parts.h"

static bool refuse(struct native_net_error *error, const char *format, const char *what)
{
    native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG, format, what);
    native_net_error_set_part(error, NATIVE_NET_PART_PINS);
    return false;
}

static void hash_key(const void *key, size_t len, uint8_t out[32])
{
    struct native_net_hash_piece piece;
    piece.bytes = key;
    piece.len = len;
    if (!native_net_hash_of(NATIVE_NET_SHA256, &piece, 1, out))
        memset(out, 0, 32);
}

static bool add(struct native_net_tls_config *config, const uint8_t pin[32],
                struct native_net_error *error)
{
    void *grown = realloc(config->pins, (config->pin_count + 1) * sizeof(*config->pins));
    if (!grown) {
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
        return false;
    }
    config->pins = grown;
    memcpy(config->pins[config->pin_count++], pin, 32);
    return true;
}

/* ---- "sha256//<base64>;sha256//<base64>" ---- */

static bool add_texts(struct native_net_tls_config *config, const char *text,
                      struct native_net_error *error)
{
    static const char start[] = "sha256//";
    while (*text) {
        uint8_t pin[48];
        size_t got = 0;
        size_t len = strcspn(text, ";");
        const char *code = text + sizeof(start) - 1;
        bool good = strncmp(text, start, sizeof(start) - 1) == 0 &&
                    mbedtls_base64_decode(pin, sizeof(pin), &got, (const unsigned char *)code,
                                          len - (sizeof(start) - 1)) == 0 &&
                    got == 32;
        if (!good)
            return refuse(error, "pin %.100s is not sha256// and 44 characters of base64", text);
        if (!add(config, pin, error))
            return false;
        text += len + (text[len] == ';' ? 1 : 0);
    }
    return true;
}

/* ---- a file ---- */

/* The key out of a certificate, or the bytes themselves when they are a key. */
static bool add_der(struct native_net_tls_config *config, const uint8_t *der, size_t len,
                    const char *path, struct native_net_error *error)
{
    uint8_t pin[32];
    bool good = false;
    mbedtls_x509_crt crt;
    mbedtls_pk_context key;
    mbedtls_x509_crt_init(&crt);
    mbedtls_pk_init(&key);
    if (mbedtls_x509_crt_parse_der(&crt, der, len) == 0) {
        hash_key(crt.pk_raw.p, crt.pk_raw.len, pin);
        good = true;
    } else if (mbedtls_pk_parse_public_key(&key, der, len) == 0) {
        hash_key(der, len, pin);
        good = true;
    }
    mbedtls_x509_crt_free(&crt);
    mbedtls_pk_free(&key);
    return good ? add(config, pin, error)
                : refuse(error, "%.150s holds no public key that this library can read", path);
}

static bool add_pem(struct native_net_tls_config *config, const struct native_net_file *file,
                    const char *path, struct native_net_error *error)
{
    static const char *const labels[] = {"PUBLIC KEY", "CERTIFICATE"};
    uint8_t *der = malloc(file->len + 3);
    bool good = false;
    size_t i;
    if (!der) {
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
        return false;
    }
    for (i = 0; i < 2; i++) {
        size_t at = 0;
        size_t len = 0;
        if (native_net_pem_next((const char *)file->bytes, file->len, labels[i], &at, der, &len) !=
            NATIVE_NET_PEM_BLOCK)
            continue;
        good = add_der(config, der, len, path, error);
        break;
    }
    free(der);
    return i < 2 ? good : refuse(error, "%.150s holds no public key", path);
}

static bool add_file(struct native_net_tls_config *config, const char *path,
                     struct native_net_error *error)
{
    struct native_net_file file;
    bool good;
    if (!native_net_file_read(path, "pinned key", &file, error)) {
        native_net_error_set_part(error, NATIVE_NET_PART_PINS);
        return false;
    }
    good = native_net_pem_is((const char *)file.bytes, file.len)
               ? add_pem(config, &file, path, error)
               : add_der(config, file.bytes, file.len, path, error);
    native_net_file_free(&file);
    return good;
}

bool native_net_mbedtls_use_pins(struct native_net_tls_config *config,
                                 const struct native_net_tls_options *options,
                                 struct native_net_error *error)
{
    if (!options->pins)
        return true;
    if (options->pins[0] == '\0')
        return refuse(error, "the list of pins is empty%s", "");
    return strncmp(options->pins, "sha256//", 8) == 0 ? add_texts(config, options->pins, error)
                                                      : add_file(config, options->pins, error);
}

bool native_net_mbedtls_pin_fits(const struct native_net_tls_config *config,
                                 const mbedtls_x509_crt *leaf)
{
    uint8_t pin[32];
    size_t i;
    if (!leaf)
        return false;
    hash_key(leaf->pk_raw.p, leaf->pk_raw.len, pin);
    for (i = 0; i < config->pin_count; i++)
        if (memcmp(config->pins[i], pin, sizeof(pin)) == 0)
            return true;
    return false;
}
