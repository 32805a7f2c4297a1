/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* tls_alert.c - names of alerts. */
#include "tls_alert.h"

#include <stddef.h>

static const struct {
    int description;
    const char *text;
} alerts[] = {
    {0, "close_notify"},
    {10, "unexpected_message"},
    {20, "bad_record_mac"},
    {22, "record_overflow"},
    {40, "handshake_failure (no common cipher, or it wants a client certificate)"},
    {42, "bad_certificate (our client certificate)"},
    {43, "unsupported_certificate (our client certificate)"},
    {44, "certificate_revoked (our client certificate)"},
    {45, "certificate_expired (our client certificate)"},
    {46, "certificate_unknown (our client certificate)"},
    {47, "illegal_parameter"},
    {48, "unknown_ca (it does not know the issuer of our client certificate)"},
    {49, "access_denied"},
    {50, "decode_error"},
    {51, "decrypt_error"},
    {70, "protocol_version (no common TLS version)"},
    {71, "insufficient_security"},
    {80, "internal_error"},
    {86, "inappropriate_fallback"},
    {90, "user_canceled"},
    {109, "missing_extension"},
    {110, "unsupported_extension"},
    {112, "unrecognized_name (it does not serve this host name)"},
    {113, "bad_certificate_status_response"},
    {115, "unknown_psk_identity"},
    {116, "certificate_required (it wants a client certificate)"},
    {120, "no_application_protocol (no common ALPN protocol)"},
};

const char *native_net_tls_alert_text(int description)
{
    size_t i;
    for (i = 0; i < sizeof(alerts) / sizeof(alerts[0]); i++)
        if (alerts[i].description == description)
            return alerts[i].text;
    return "unknown alert";
}
