/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/client.h - Native\Http\Client. */
#ifndef NATIVE_EXT_HTTP_CLIENT_H
#define NATIVE_EXT_HTTP_CLIENT_H

#include "../compat.h"

void native_ext_http_client_minit(void);

#endif
