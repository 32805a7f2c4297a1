/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/call.h - one request of a script's, from its arguments to the response. */
#ifndef NATIVE_EXT_HTTP_CALL_H
#define NATIVE_EXT_HTTP_CALL_H

#include "../compat.h"

/* What is asked for. All borrowed. */
struct native_ext_http_request {
    zend_string *method;
    zend_string *url;
    HashTable *headers;   /* NULL: none */
    zval *body;           /* NULL: none */
    uint32_t body_number; /* of the argument, for errors */
    zend_object *options; /* Native\Http\Options */
};

/* Make the request and wait for the response. Returns false after throwing. */
bool native_ext_http_call(const struct native_ext_http_request *request, zval *response);

/* Request and process end: what a fatal error has left, the pool. */
void native_ext_http_calls_rshutdown(void);
void native_ext_http_calls_minit(int module_number);

#endif
