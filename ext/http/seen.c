/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/seen.c - what is known only while there is a connection: TLS, certificates. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "seen.h"

#include "../../net/certinfo.h"
#include "../../net/stream.h"

/* One certificate: name => text, as curl's CERTINFO has it. */
static void add_certificate(zval *list, const void *der, size_t len)
{
    struct native_net_error error;
    struct native_net_certinfo *info = native_net_certinfo_new(der, len, &error);
    zval fields;

    array_init(&fields);
    for (size_t i = 0; info && i < info->count; i++)
        add_assoc_stringl(&fields, info->fields[i].name, info->fields[i].value,
                          info->fields[i].value_len);
    native_net_certinfo_free(info);
    add_next_index_zval(list, &fields);
}

static void note_certificates(zval *list, const struct native_net_tls *tls)
{
    const void *der;
    size_t len;

    zval_ptr_dtor(list);
    array_init(list);
    for (size_t i = 0; tls && (len = native_net_tls_get_chain(tls, i, &der)) > 0; i++)
        add_certificate(list, der, len);
}

void native_ext_http_seen_note(struct native_ext_http_seen *seen,
                               const struct native_http_transfer *transfer, bool certificates)
{
    const struct native_net_stream *stream = native_http_transfer_stream(transfer);
    const struct native_net_tls *tls = stream ? native_net_stream_tls(stream) : NULL;

    seen->tls_version = tls ? native_net_tls_get_version(tls) : NULL;
    seen->tls_cipher = tls ? native_net_tls_get_cipher(tls) : NULL;
    seen->tls_resumed = tls && native_net_tls_was_resumed(tls);
    if (certificates)
        note_certificates(&seen->certificates, tls);
}
