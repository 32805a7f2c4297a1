/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/exceptions.c - the exceptions of Native\Mqtt. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "exceptions.h"

#include "zend_exceptions.h"
#include "ext/spl/spl_exceptions.h"

#include "../../mqtt/names.h"
#include "enums.h"
#include "exceptions_arginfo.h"

zend_class_entry *native_ext_mqtt_exception_ce, *native_ext_mqtt_protocol_exception_ce,
    *native_ext_mqtt_connect_exception_ce, *native_ext_mqtt_connection_lost_exception_ce,
    *native_ext_mqtt_refused_exception_ce, *native_ext_mqtt_timeout_exception_ce,
    *native_ext_mqtt_not_connected_exception_ce, *native_ext_mqtt_quota_exceeded_exception_ce;

static zend_class_entry *connect_failure_ce;

void native_ext_mqtt_set_kind(zend_object *exception, const char *kind)
{
    zval value;

    ZVAL_OBJ(&value, zend_enum_get_case_cstr(connect_failure_ce, kind));
    zend_update_property(exception->ce, exception, ZEND_STRL("kind"), &value);
}

/* Set reasonCode and the code of a new exception. */
static void set_reason(zend_object *exception, int reason)
{
    zval value;

    if (reason == NATIVE_EXT_MQTT_NO_REASON)
        return;
    ZVAL_LONG(&value, reason);
    zend_update_property_ex(zend_ce_exception, exception, ZSTR_KNOWN(ZEND_STR_CODE), &value);
    native_ext_mqtt_case_zval(&value, NATIVE_EXT_MQTT_REASON_CODE, (unsigned)reason);
    zend_update_property(native_ext_mqtt_exception_ce, exception, ZEND_STRL("reasonCode"), &value);
    zval_ptr_dtor(&value);
}

/* Make a `ce` with this message, which is taken over. */
static zend_object *make(zend_class_entry *ce, int reason, zend_string *message)
{
    zval exception, text;

    object_init_ex(&exception, ce);
    ZVAL_STR(&text, message);
    zend_update_property_ex(zend_ce_exception, Z_OBJ(exception), ZSTR_KNOWN(ZEND_STR_MESSAGE),
                            &text);
    zval_ptr_dtor(&text);
    set_reason(Z_OBJ(exception), reason);
    return Z_OBJ(exception);
}

static void throw_object(zend_object *exception)
{
    zval zv;

    ZVAL_OBJ(&zv, exception);
    zend_throw_exception_object(&zv);
}

zend_object *native_ext_mqtt_throw(zend_class_entry *ce, int reason, const char *format, ...)
{
    zend_object *exception;
    va_list args;

    va_start(args, format);
    exception = make(ce, reason, zend_vstrpprintf(0, format, args));
    va_end(args);
    if (ce == native_ext_mqtt_connect_exception_ce)
        native_ext_mqtt_set_kind(exception, "Local");
    throw_object(exception);
    return exception;
}

static const char *type_name(unsigned type)
{
    return type ? native_mqtt_type_name(type) : "packet";
}

/* Make a ProtocolException and set the properties that every one has. */
static zend_object *make_protocol(int reason, size_t offset, const char *rule, zend_string *message)
{
    zend_class_entry *ce = native_ext_mqtt_protocol_exception_ce;
    zend_object *exception = make(ce, reason, message);

    zend_update_property_long(ce, exception, ZEND_STRL("offset"), (zend_long)offset);
    zend_update_property_string(ce, exception, ZEND_STRL("rule"), rule);
    return exception;
}

/* Make the ProtocolException for a broken rule in `what`. */
static void make_rule(zval *out, const char *what, const struct native_mqtt_error *error)
{
    zend_class_entry *ce = native_ext_mqtt_protocol_exception_ce;
    const char *text = native_mqtt_rule_text(error->rule);
    char statement[NATIVE_MQTT_STATEMENT_TEXT_MAX];
    bool numbered = native_mqtt_statement_text(error->statement, statement, sizeof(statement)) > 0;
    zend_string *message = zend_strpprintf(0, "%s: %s at byte %u%s%s%s", what, text, error->offset,
                                           numbered ? " [" : "", statement, numbered ? "]" : "");

    ZVAL_OBJ(out, make_protocol(error->reason, error->offset, text, message));
    zend_update_property_string(ce, Z_OBJ_P(out), ZEND_STRL("ruleName"),
                                native_mqtt_rule_name(error->rule));
    if (numbered)
        zend_update_property_string(ce, Z_OBJ_P(out), ZEND_STRL("statement"), statement);
}

void native_ext_mqtt_protocol_error(zval *out, unsigned type, const struct native_mqtt_error *error)
{
    make_rule(out, type_name(type), error);
}

void native_ext_mqtt_throw_protocol(unsigned type, const struct native_mqtt_error *error)
{
    zval exception;

    native_ext_mqtt_protocol_error(&exception, type, error);
    zend_throw_exception_object(&exception);
}

void native_ext_mqtt_throw_rule(const char *what, const struct native_mqtt_error *error)
{
    zval exception;

    make_rule(&exception, what, error);
    zend_throw_exception_object(&exception);
}

void native_ext_mqtt_throw_too_long(const char *what, size_t most)
{
    throw_object(make_protocol(0x82, most, "the string is too long",
                               zend_strpprintf(0, "%s: more than %zu bytes", what, most)));
}

void native_ext_mqtt_throw_missing(unsigned type, size_t has, size_t missing)
{
    zend_string *message =
        zend_strpprintf(0, "%s: the bytes end early; at least %zu more after byte %zu are missing",
                        type_name(type), missing, has);
    zend_object *exception =
        make_protocol(0x81, has, "the bytes end before the packet does", message);

    zend_update_property_long(native_ext_mqtt_protocol_exception_ce, exception,
                              ZEND_STRL("missing"), (zend_long)missing);
    throw_object(exception);
}

void native_ext_mqtt_throw_trailing(unsigned type, size_t end, size_t extra)
{
    throw_object(
        make_protocol(0x81, end, "there are bytes after the packet",
                      zend_strpprintf(0, "%s: %zu bytes after the packet, which ends at byte %zu",
                                      type_name(type), extra, end)));
}

void native_ext_mqtt_throw_other(unsigned type, const zend_class_entry *wanted)
{
    throw_object(make_protocol(
        0x82, 0, "the packet is of another type",
        zend_strpprintf(0, "%s: the packet is no %s", type_name(type), ZSTR_VAL(wanted->name))));
}

void native_ext_mqtt_throw_status(enum native_mqtt_status status, unsigned type,
                                  const struct native_mqtt_error *error)
{
    if (status == NATIVE_MQTT_MALFORMED)
        native_ext_mqtt_throw_protocol(type, error);
    else
        throw_object(make_protocol(
            0x95, 0, "the packet is larger than MQTT can express",
            zend_strpprintf(
                0,
                "%s: a packet has 268435460 bytes at most, a string 65535, and AUTH is of MQTT 5.0",
                type_name(type))));
}

void native_ext_mqtt_exceptions_minit(void)
{
    zend_class_entry *base = register_class_Native_Mqtt_Exception(spl_ce_RuntimeException);

    native_ext_mqtt_exception_ce = base;
    connect_failure_ce = register_class_Native_Mqtt_ConnectFailure();
    native_ext_mqtt_protocol_exception_ce = register_class_Native_Mqtt_ProtocolException(base);
    native_ext_mqtt_connect_exception_ce = register_class_Native_Mqtt_ConnectException(base);
    native_ext_mqtt_connection_lost_exception_ce =
        register_class_Native_Mqtt_ConnectionLostException(base);
    native_ext_mqtt_refused_exception_ce = register_class_Native_Mqtt_RefusedException(base);
    native_ext_mqtt_timeout_exception_ce = register_class_Native_Mqtt_TimeoutException(base);
    native_ext_mqtt_not_connected_exception_ce =
        register_class_Native_Mqtt_NotConnectedException(base);
    native_ext_mqtt_quota_exceeded_exception_ce =
        register_class_Native_Mqtt_QuotaExceededException(base);
}
