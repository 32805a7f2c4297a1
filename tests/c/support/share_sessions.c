/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* share_sessions.c - it knows no PHP, so it is tested here like the cores. */
#include "../../../ext/share/sessions.c"
