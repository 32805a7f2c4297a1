/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/share/ext_share.h - what connections of HTTP and MQTT share with other processes of the same user, as the other
 * folders under ext/ ask for it. Nothing is opened or mapped before the first use. */
#ifndef NATIVE_EXT_SHARE_H
#define NATIVE_EXT_SHARE_H

#include "php.h"

#include "../../net/resolve.h"
#include "../../net/tls_store.h"
#include "../compat.h"

#ifdef NATIVE_SHM

/* Register the INI entry. */
void native_ext_share_minit(INIT_FUNC_ARGS);
void native_ext_share_mshutdown(SHUTDOWN_FUNC_ARGS);
/* Print this part's row of phpinfo(). */
void native_ext_share_minfo(void);
/* Add what is counted to `array`, which is an initialised array. */
void native_ext_share_status(zval *array);

/* Where this thread's connections keep TLS sessions. Never NULL; it lives as long as the thread. */
struct native_net_tls_store *native_ext_share_sessions(void);
/* Whom they ask about names besides the resolver; NULL: nobody. */
struct native_net_names *native_ext_share_names(void);

#else /* a system without shared memory (config.m4): each process for itself */

#define native_ext_share_minit(...) ((void)0)
#define native_ext_share_mshutdown(...) ((void)0)
#define native_ext_share_minfo() ((void)0)
#define native_ext_share_status(array) add_assoc_bool(array, "enabled", false)
#define native_ext_share_sessions() native_net_tls_store_own()
#define native_ext_share_names() NULL

#endif

#endif
