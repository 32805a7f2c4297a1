/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_methods.h - declares the methods of Client where they stand in several files; the
 * table that names them all is in client_arginfo.h, which client.c includes. */
#ifndef NATIVE_EXT_MQTT_CLIENT_METHODS_H
#define NATIVE_EXT_MQTT_CLIENT_METHODS_H

#include "php.h"

ZEND_METHOD(Native_Mqtt_Client, subscribe);
ZEND_METHOD(Native_Mqtt_Client, unsubscribe);
ZEND_METHOD(Native_Mqtt_Client, subscriptions);
ZEND_METHOD(Native_Mqtt_Client, request);
ZEND_METHOD(Native_Mqtt_Client, reauthenticate);
ZEND_METHOD(Native_Mqtt_Client, persistent);
ZEND_METHOD(Native_Mqtt_Client, receive);
ZEND_METHOD(Native_Mqtt_Client, messages);
ZEND_METHOD(Native_Mqtt_Client, getStream);
ZEND_METHOD(Native_Mqtt_Client, wantsRead);
ZEND_METHOD(Native_Mqtt_Client, wantsWrite);
ZEND_METHOD(Native_Mqtt_Client, nextTimeout);
ZEND_METHOD(Native_Mqtt_Client, info);

#endif
