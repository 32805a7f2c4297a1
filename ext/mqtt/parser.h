/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/parser.h - Native\Mqtt\Parser. */
#ifndef NATIVE_EXT_MQTT_PARSER_H
#define NATIVE_EXT_MQTT_PARSER_H

#include "php.h"

#include "../compat.h"

void native_ext_mqtt_parser_minit(void);

#endif
