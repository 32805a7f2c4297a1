/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/packet_ping.c - Native\Mqtt\Packet\PingReq and PingResp, which have no fields. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "enums.h"
#include "packet.h"
#include "packet_ping_arginfo.h"

static bool fill(struct native_ext_mqtt_value *value, const zend_string *name)
{
    (void)name;
    native_ext_mqtt_packet_fill(value);
    return true;
}

static const struct native_ext_mqtt_kind kind = {.class = {.fill = fill}};

/* For PingResp, too. */
ZEND_METHOD(Native_Mqtt_Packet_PingReq, __construct)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(Z_OBJ_P(ZEND_THIS));
    zend_object *version = NULL;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS(version, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_VERSION])
    ZEND_PARSE_PARAMETERS_END();
    if (native_ext_mqtt_packet_begin(value, version, NULL, 0))
        value->ready = true;
}

void native_ext_mqtt_packet_ping_minit(void)
{
    native_ext_mqtt_kind_init(NATIVE_MQTT_PINGREQ,
                              register_class_Native_Mqtt_Packet_PingReq(native_ext_mqtt_packet_ce),
                              &kind);
    native_ext_mqtt_kind_init(NATIVE_MQTT_PINGRESP,
                              register_class_Native_Mqtt_Packet_PingResp(native_ext_mqtt_packet_ce),
                              &kind);
}
