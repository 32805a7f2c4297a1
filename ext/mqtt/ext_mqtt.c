/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/ext_mqtt.c - the MQTT pillar's hooks. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "ext_mqtt.h"

zend_result native_ext_mqtt_minit(INIT_FUNC_ARGS)
{
    return SUCCESS;
}

zend_result native_ext_mqtt_mshutdown(SHUTDOWN_FUNC_ARGS)
{
    return SUCCESS;
}

zend_result native_ext_mqtt_rinit(INIT_FUNC_ARGS)
{
    return SUCCESS;
}

zend_result native_ext_mqtt_rshutdown(SHUTDOWN_FUNC_ARGS)
{
    return SUCCESS;
}

void native_ext_mqtt_minfo(void)
{
}

void native_ext_mqtt_status(zval *array)
{
}
