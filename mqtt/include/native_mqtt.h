/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* native_mqtt.h - all that an application needs of the MQTT codec and client, for builds that take this
 * folder as a library (CMake, ESP-IDF, PlatformIO). A folder of its own, so that names like reader.h do
 * not get into the search path of others. */
#ifndef NATIVE_MQTT_H
#define NATIVE_MQTT_H

#include "../client.h"
#include "../feed.h"
#include "../names.h"
#include "../topic.h"

#endif
