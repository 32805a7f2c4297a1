/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_iterator.h - Native\Mqtt\Messages, the iterator of Client::messages(). */
#ifndef NATIVE_EXT_MQTT_CLIENT_ITERATOR_H
#define NATIVE_EXT_MQTT_CLIENT_ITERATOR_H

#include "php.h"

#include "../compat.h"

ZEND_METHOD(Native_Mqtt_Messages, __construct);
ZEND_METHOD(Native_Mqtt_Messages, current);
ZEND_METHOD(Native_Mqtt_Messages, key);
ZEND_METHOD(Native_Mqtt_Messages, next);
ZEND_METHOD(Native_Mqtt_Messages, rewind);
ZEND_METHOD(Native_Mqtt_Messages, valid);

/* Prepare the class, which client.c has registered. */
void native_ext_mqtt_messages_minit(zend_class_entry *ce);

#endif
