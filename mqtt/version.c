/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* version.c - the number of the library's interface. */
#include "version.h"

uint32_t native_mqtt_api_number(void)
{
    return NATIVE_API_NUMBER;
}
