/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/url.h - URLs as PHP's strings, through the one parser. */
#ifndef NATIVE_EXT_HTTP_URL_H
#define NATIVE_EXT_HTTP_URL_H

#include "../compat.h"

#include "../../http/wire/url.h"

/* Parse an absolute URL into `text`, to be freed with native_http_text_free(). Throws a ValueError about argument
 * `number` and returns false if it is none. */
bool native_ext_http_url_parse(zend_string *string, uint32_t number,
                               struct native_http_buffer *text, struct native_http_url *url);

/* Returns a URL, also one that no parser would take, without user and password: it is shown, and logged. */
zend_string *native_ext_http_url_shown(struct native_http_span url);

/* Returns the reference resolved against the base, both as they came from the user; NULL after throwing. */
zend_string *native_ext_http_url_resolve(zend_string *base, zend_string *reference);

#endif
