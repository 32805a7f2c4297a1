/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* log.h - what happened, as text in static memory: it is printed at the end, so that printing has no
 * part in the stack that is measured. Ends the program when the room is used up. */
#ifndef NATIVE_TESTS_FIRMWARE_LOG_H
#define NATIVE_TESTS_FIRMWARE_LOG_H

#include <stddef.h>
#include <stdint.h>

void log_text(const char *text);
void log_number(const char *before, uint64_t number);
void log_hex(const void *bytes, size_t len);

/* Append bytes as text: what is not printable ASCII as \xNN. */
void log_bytes(const char *before, const void *bytes, size_t len, const char *after);

/* Where the log ends now, and a hash of what was logged since such a place. */
size_t log_here(void);
uint32_t log_hash(size_t from);

/* Take back what was logged since then. */
void log_cut(size_t from);

/* Print it all. */
void log_print(void);

#endif
