/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/parser.h - Native\Mqtt\Parser. */
#ifndef NATIVE_EXT_MQTT_PARSER_H
#define NATIVE_EXT_MQTT_PARSER_H

#include "php.h"

#include "../compat.h"

/* Take the next packet of a Parser. Returns NULL if there is none; an exception is thrown if there
 * never will be one. */
zend_object *native_ext_mqtt_parser_take(zval *parser);

/* Make the iterator of foreach; an engine handler. (parser_iterator.c) */
zend_object_iterator *native_ext_mqtt_parser_iterator(zend_class_entry *ce, zval *parser,
                                                      int by_ref);

void native_ext_mqtt_parser_minit(void);

#endif
