/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/progress.c - Native\Http\Progress. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "progress.h"

#include "exceptions.h"

#include "progress_arginfo.h"

/* The declared properties, in the order of the stub. */
enum { RECEIVED, RECEIVE_TOTAL, SENT, SEND_TOTAL, PHASE, SECONDS, STATUS };

static zend_class_entry *progress_ce;
static zend_object_handlers handlers;

static zend_object *create(zend_class_entry *ce)
{
    zend_object *object = zend_objects_new(ce);

    object_properties_init(object, ce);
    object->handlers = &handlers;
    return object;
}

static zval *slot(zend_object *object, uint32_t which)
{
    zval *at = &object->properties_table[which];

    Z_PROP_FLAG_P(at) = 0;
    return at;
}

static void set_total(zval *at, int64_t total)
{
    if (total < 0)
        ZVAL_NULL(at);
    else
        ZVAL_LONG(at, (zend_long)total);
}

void native_ext_http_progress_make(zval *out, const struct native_http_transfer *transfer)
{
    const struct native_http_info *info = native_http_transfer_info(transfer);
    zend_object *o;

    object_init_ex(out, progress_ce);
    o = Z_OBJ_P(out);
    ZVAL_LONG(slot(o, RECEIVED), (zend_long)info->received_bytes);
    set_total(slot(o, RECEIVE_TOTAL), info->receive_length);
    ZVAL_LONG(slot(o, SENT), (zend_long)info->sent_bytes);
    /* Before the head is written the engine knows no length. */
    set_total(slot(o, SEND_TOTAL), info->phase < NATIVE_HTTP_PHASE_SEND ? -1 : info->send_length);
    ZVAL_STRING(slot(o, PHASE), native_ext_http_phase(info->phase));
    ZVAL_DOUBLE(slot(o, SECONDS), (double)native_http_transfer_elapsed_us(transfer) / 1e6);
    ZVAL_LONG(slot(o, STATUS), info->status);
}

ZEND_METHOD(Native_Http_Progress, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

void native_ext_http_progress_minit(void)
{
    progress_ce = register_class_Native_Http_Progress();
    progress_ce->create_object = create;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.clone_obj = NULL;
}
