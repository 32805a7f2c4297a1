/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/ext_mqtt.h - the MQTT pillar's hooks, as php_native.c calls them.
 * Each hook owns nothing of another pillar; php_native.c calls them in a fixed order. */
#ifndef NATIVE_EXT_MQTT_H
#define NATIVE_EXT_MQTT_H

#include "php.h"

#include "../compat.h"

/* Register classes, enums and INI entries. Returns SUCCESS or FAILURE (the module does not load). */
zend_result native_ext_mqtt_minit(INIT_FUNC_ARGS);
/* Free what outlives requests. Returns SUCCESS. */
zend_result native_ext_mqtt_mshutdown(SHUTDOWN_FUNC_ARGS);
zend_result native_ext_mqtt_rinit(INIT_FUNC_ARGS);
zend_result native_ext_mqtt_rshutdown(SHUTDOWN_FUNC_ARGS);
/* Print this pillar's rows of phpinfo(). */
void native_ext_mqtt_minfo(void);
/* Add this pillar's counters to `array`, which is an initialised array. (client_status.c) */
void native_ext_mqtt_status(zval *array);

#endif
