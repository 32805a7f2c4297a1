/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/deprecated.h - functions that PHP 8.5 warns of. */
#ifndef NATIVE_EXT_CURL_DEPRECATED_H
#define NATIVE_EXT_CURL_DEPRECATED_H

/* Mark them. At MINIT, when the functions are registered; does nothing before PHP 8.5. */
void native_ext_curl_deprecated_minit(void);

#endif
