/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* thread.c - in_thread(string $code): a request in a thread of its own, as servers with threads have them; returns when
 * the thread has ended. threads.phpt builds and loads it, on a ZTS PHP. */
#include "php.h"

#include <pthread.h>

#include "SAPI.h"
#include "php_main.h"
#include "zend_exceptions.h"

static void *run(void *code)
{
    ts_resource(0);
    SG(server_context) = (void *)1;
    PG(expose_php) = 0;
    if (php_request_startup() == SUCCESS) {
        SG(headers_sent) = 1;
        SG(request_info).no_headers = 1;
        zend_try
        {
            zend_eval_string(code, NULL, "thread");
            if (EG(exception)) /* exit is one, too */
                zend_clear_exception();
        }
        zend_end_try();
        php_request_shutdown(NULL);
    }
    ts_free_thread();
    return NULL;
}

ZEND_BEGIN_ARG_INFO_EX(arguments, 0, 0, 1)
ZEND_ARG_INFO(0, code)
ZEND_END_ARG_INFO()

ZEND_FUNCTION(in_thread)
{
    zend_string *code;
    pthread_t thread;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(code)
    ZEND_PARSE_PARAMETERS_END();
    if (pthread_create(&thread, NULL, run, ZSTR_VAL(code)) == 0)
        pthread_join(thread, NULL);
}

static const zend_function_entry functions[] = {ZEND_FE(in_thread, arguments) ZEND_FE_END};
zend_module_entry thread_module_entry = {
    STANDARD_MODULE_HEADER,    "thread", functions, NULL, NULL, NULL, NULL, NULL, "1",
    STANDARD_MODULE_PROPERTIES};
ZEND_GET_MODULE(thread)
