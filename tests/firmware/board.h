/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* board.h - what the programs of this folder want of a board beyond the C library.
 * Shape: a stack that grows downwards, painted with one word below the caller:
 *        low [ paint paint ... paint | touched ... | caller ] top
 * On the host (host.c) there is nothing to be measured. */
#ifndef NATIVE_TESTS_FIRMWARE_BOARD_H
#define NATIVE_TESTS_FIRMWARE_BOARD_H

#include <stddef.h>

/* Paint the stack below the caller. */
void board_stack_paint(void);

/* Returns how many bytes of stack were used below the caller of board_stack_paint since then; 0 on
 * the host. */
size_t board_stack_used(void);

#endif
