/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/metrics.h - what Native\status() tells, as OpenMetrics text (OpenMetrics 1.0). */
#ifndef NATIVE_EXT_METRICS_H
#define NATIVE_EXT_METRICS_H

#include "php.h"

/* The text of an array that Native\status() has made. What the table in metrics.c does not know is left out. */
zend_string *native_ext_metrics(HashTable *status);

#endif
