/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/cookie_jar.h - Native\Http\CookieJar: a store of the engine as an object. */
#ifndef NATIVE_EXT_HTTP_COOKIE_JAR_H
#define NATIVE_EXT_HTTP_COOKIE_JAR_H

#include "../compat.h"

struct native_http_cookies;

extern zend_class_entry *native_ext_http_cookie_jar_ce;

/* Returns the store, which lives as long as the object. */
struct native_http_cookies *native_ext_http_cookies_of(zend_object *jar);

void native_ext_http_cookie_jar_minit(void);

#endif
