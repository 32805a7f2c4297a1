/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* host.c - board.h on the host. */
#include "board.h"

void board_stack_paint(void)
{
}

size_t board_stack_used(void)
{
    return 0;
}
