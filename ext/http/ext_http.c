/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/ext_http.c - the HTTP pillar's hooks: each file's own, one after another. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "ext_http.h"

#include "body.h"
#include "client.h"
#include "cookie_jar.h"
#include "exceptions.h"
#include "many.h"
#include "options.h"
#include "process.h"
#include "progress.h"
#include "request.h"
#include "response.h"
#include "run.h"
#include "transfer.h"

zend_result native_ext_http_minit(INIT_FUNC_ARGS)
{
    native_ext_http_exceptions_minit();
    native_ext_http_cookie_jar_minit();
    native_ext_http_options_minit();
    native_ext_http_body_minit();
    native_ext_http_response_minit();
    native_ext_http_client_minit();
    native_ext_http_request_minit();
    native_ext_http_progress_minit();
    native_ext_http_many_minit();
    native_ext_http_transfer_minit();
    native_ext_http_process_minit(module_number, type);
    return SUCCESS;
}

zend_result native_ext_http_rshutdown(SHUTDOWN_FUNC_ARGS)
{
    native_ext_http_runs_rshutdown();
    return SUCCESS;
}

void native_ext_http_status(zval *array)
{
    native_ext_http_process_status(array);
}

void native_ext_http_minfo(void)
{
    native_ext_http_process_minfo();
}
