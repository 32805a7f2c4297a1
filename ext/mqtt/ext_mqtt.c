/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/ext_mqtt.c - the MQTT pillar's hooks: each file's own, one after another. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "ext_mqtt.h"

#include "client.h"
#include "enums.h"
#include "exceptions.h"
#include "message.h"
#include "packet.h"
#include "parser.h"
#include "properties.h"
#include "subscription.h"
#include "topic_filter.h"
#include "will.h"

zend_result native_ext_mqtt_minit(INIT_FUNC_ARGS)
{
    native_ext_mqtt_enums_minit();
    native_ext_mqtt_exceptions_minit();
    native_ext_mqtt_properties_minit();
    native_ext_mqtt_message_minit();
    native_ext_mqtt_will_minit();
    native_ext_mqtt_subscription_minit();
    native_ext_mqtt_packet_minit();
    native_ext_mqtt_parser_minit();
    native_ext_mqtt_topic_filter_minit();
    native_ext_mqtt_client_minit();
    return SUCCESS;
}

zend_result native_ext_mqtt_mshutdown(SHUTDOWN_FUNC_ARGS)
{
    native_ext_mqtt_persistent_mshutdown();
    native_ext_mqtt_enums_mshutdown();
    return SUCCESS;
}

zend_result native_ext_mqtt_rinit(INIT_FUNC_ARGS)
{
    native_ext_mqtt_enums_rinit();
    native_ext_mqtt_properties_rinit();
    return SUCCESS;
}

zend_result native_ext_mqtt_rshutdown(SHUTDOWN_FUNC_ARGS)
{
    native_ext_mqtt_persistent_rshutdown();
    native_ext_mqtt_properties_rshutdown();
    return SUCCESS;
}

void native_ext_mqtt_minfo(void)
{
}
