/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/progress.h - Native\Http\Progress. */
#ifndef NATIVE_EXT_HTTP_PROGRESS_H
#define NATIVE_EXT_HTTP_PROGRESS_H

#include "../compat.h"

#include "../../http/engine.h"

/* Make one of what a transfer says now. */
void native_ext_http_progress_make(zval *out, const struct native_http_transfer *transfer);

void native_ext_http_progress_minit(void);

#endif
