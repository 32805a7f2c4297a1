/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/version.h - which libcurl this stands in for. */
#ifndef NATIVE_EXT_CURL_VERSION_H
#define NATIVE_EXT_CURL_VERSION_H

/* Not one of those that libraries work around (7.64.0, 7.87.0 to 7.88.1, 8.7.x, 8.10.0), and late enough for what they ask for. */
#define NATIVE_EXT_CURL_VERSION "8.14.1"
#define NATIVE_EXT_CURL_VERSION_NUMBER 0x080e01

/* The rows of phpinfo(). */
void native_ext_curl_version_info(void);

#endif
