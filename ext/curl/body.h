/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/body.h - what a handle sends: POSTFIELDS that are text or an array (multipart/form-data, with CURLFile and
 * CURLStringFile), INFILE, READFUNCTION.
 * Memory: malloc'ed but for the values of PHP's that it holds. */
#ifndef NATIVE_EXT_CURL_BODY_H
#define NATIVE_EXT_CURL_BODY_H

#include "handle.h"

struct native_ext_curl_body;

/* Build the parts of POSTFIELDS that are an array, when it is set: files are opened now, and named by what they are named now.
 * Returns CURLE_OK with the body as the handle's; -1 after noting the error, warning or throwing: then the handle's body is as before. */
int native_ext_curl_body_of_fields(struct native_ext_curl_easy *easy, HashTable *fields);

/* Make the body that the settings ask for ready to be sent from its first byte, and put it into easy->options (source,
 * content_type, expect_above). Returns CURLE_*. */
int native_ext_curl_body_prepare(struct native_ext_curl_easy *easy);

/* CURLINFO: how long it is; -1: unknown, or there is none. */
int64_t native_ext_curl_body_size(const struct native_ext_curl_easy *easy);

/* What Content-Range says of the body (body_fields.c), "": nothing is said. Returns false: it is no part of anything, or there is
 * none. */
bool native_ext_curl_content_range(const struct native_ext_curl_settings *s, char *out,
                                   size_t size);

/* libcurl's words for a body that cannot be sent once more. */
const char *native_ext_curl_body_stuck(const struct native_ext_curl_easy *easy);

/* How many bytes of an upload are there already. */
int64_t native_ext_curl_body_skip(const struct native_ext_curl_settings *s);

/* The Content-Type of HTTPHEADER for a body of POSTFIELDS that are an array, which gets its boundary; NULL: there is none. The second
 * is of one line. */
const char *native_ext_curl_own_type(const struct native_ext_curl_settings *s);
const char *native_ext_curl_type_of(const char *line);

/* NULL is allowed. */
void native_ext_curl_body_free(struct native_ext_curl_body *body);

/* The classes CURLFile and CURLStringFile, and curl_file_create(). */
extern zend_class_entry *native_ext_curl_file_ce;
extern zend_class_entry *native_ext_curl_string_file_ce;
void native_ext_curl_file_minit(void);

#endif
