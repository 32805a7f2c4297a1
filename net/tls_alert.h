/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* tls_alert.h - the alerts of TLS in words (RFC 8446, 6; RFC 5246, 7.2). Pure. */
#ifndef NATIVE_NET_TLS_ALERT_H
#define NATIVE_NET_TLS_ALERT_H

/* Returns the standard's name of an alert with a hint where the name alone does not help; never
 * NULL. */
const char *native_net_tls_alert_text(int description);

#endif
