/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/body_fields.c - what header fields say of a body: Content-Range, and a Content-Type of the user's for multipart. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "body.h"

#include <inttypes.h>

/* ---- Content-Range ---- */

/* How long what the range is of is; -1: unknown. */
static int64_t whole_of(const struct native_ext_curl_settings *s)
{
    if (s->method == NATIVE_EXT_CURL_PUT)
        return s->infile_size;
    return s->post_text ? (int64_t)ZSTR_LEN(s->post_text) : -1;
}

/* "bytes 3-7/8": the rest of an upload. */
static void put_rest(char *out, size_t size, int64_t from, int64_t whole)
{
    if (whole > from)
        snprintf(out, size, "bytes %" PRId64 "-%" PRId64 "/%" PRId64, from, whole - 1, whole);
}

bool native_ext_curl_content_range(const struct native_ext_curl_settings *s, char *out, size_t size)
{
    int64_t whole = whole_of(s);

    out[0] = '\0';
    if (s->method < NATIVE_EXT_CURL_POST ||
        (s->resume_from == 0 && (!s->range || ZSTR_LEN(s->range) == 0)))
        return false;
    if (s->method == NATIVE_EXT_CURL_POST_MIME)
        return true; /* neither this nor Range */
    if (s->resume_from != 0)
        put_rest(out, size, native_ext_curl_body_skip(s), whole);
    else if (whole >= 0)
        snprintf(out, size, "bytes %s/%" PRId64, ZSTR_VAL(s->range), whole);
    else
        snprintf(out, size, "bytes %s/*", ZSTR_VAL(s->range));
    return true;
}

int64_t native_ext_curl_body_skip(const struct native_ext_curl_settings *s)
{
    return s->method == NATIVE_EXT_CURL_PUT && s->resume_from > 0 ? s->resume_from : 0;
}

/* ---- Content-Type ---- */

const char *native_ext_curl_type_of(const char *line)
{
    static const char name[] = "Content-Type:";

    if (strncasecmp(line, name, sizeof(name) - 1) != 0)
        return NULL;
    line += sizeof(name) - 1;
    line += strspn(line, " ");
    return *line ? line : NULL;
}

const char *native_ext_curl_own_type(const struct native_ext_curl_settings *s)
{
    zval *item;

    if (!s->http_header || s->method != NATIVE_EXT_CURL_POST_MIME || s->no_body)
        return NULL;
    ZEND_HASH_FOREACH_VAL(s->http_header, item)
    {
        const char *type = native_ext_curl_type_of(Z_STRVAL_P(item));

        if (type)
            return type;
    }
    ZEND_HASH_FOREACH_END();
    return NULL;
}
