/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* form.c - pairs of a form. */
#include "form.h"

#include "escape.h"

void native_http_form_put(struct native_http_buffer *out, bool first, struct native_http_span name,
                          struct native_http_span value)
{
    if (!first) {
        NATIVE_HTTP_PUT(out, "&");
    }
    native_http_escape(out, NATIVE_HTTP_ESCAPE_FORM, name);
    NATIVE_HTTP_PUT(out, "=");
    native_http_escape(out, NATIVE_HTTP_ESCAPE_FORM, value);
}

/* Take what is before the first `mark` off the front of *text, and the mark. */
static struct native_http_span take_until(struct native_http_span *text, char mark)
{
    const char *hit = text->len ? memchr(text->at, mark, text->len) : NULL;
    struct native_http_span taken = {text->at, hit ? (size_t)(hit - text->at) : text->len};

    if (taken.len > 0 || hit) {
        text->at += taken.len + (hit ? 1 : 0);
        text->len -= taken.len + (hit ? 1 : 0);
    }
    return taken;
}

bool native_http_form_next(struct native_http_span *form, struct native_http_span *name,
                           struct native_http_span *value)
{
    while (form->len > 0) {
        struct native_http_span piece = take_until(form, '&');

        if (piece.len > 0) {
            bool has_value = memchr(piece.at, '=', piece.len) != NULL;

            *name = take_until(&piece, '=');
            *value = has_value ? piece : (struct native_http_span){NULL, 0};
            return true;
        }
    }
    return false;
}
