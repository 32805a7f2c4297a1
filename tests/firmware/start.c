/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* start.c - from reset to main on an emulated Cortex-M (mps2.ld), and board.h. Standard output and
 * files go through semihosting (newlib's rdimon), and so does the command line. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"

enum { PAINT = 0xc0ffee11, WORDS_MAX = 8, GET_COMMAND_LINE = 0x15, WRITE_TEXT = 0x04 };

/* Of the linker script. */
extern uint32_t board_data_from[], board_data[], board_data_end[], board_bss[], board_bss_end[];
extern uint32_t board_stack_low[], board_stack_top[];

void initialise_monitor_handles(void);
int main(int argc, char **argv);
void board_reset(void);
void board_tick(void);

static uint32_t *painted_to;

/* Ask the emulator for something (ARM: Semihosting for AArch32, 2.1). */
static int semihosting(int what, const void *with)
{
    register int r0 __asm__("r0") = what;
    register const void *r1 __asm__("r1") = with;

    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

/* Cut the command line at its spaces. */
static int words(char *line, char **word)
{
    int count = 0;

    for (char *at = strtok(line, " "); at && count < WORDS_MAX; at = strtok(NULL, " "))
        word[count++] = at;
    word[count] = NULL;
    return count;
}

void board_reset(void)
{
    static char line[512];
    static char *word[WORDS_MAX + 1];
    const struct {
        char *text;
        size_t size;
    } ask = {line, sizeof(line)};

    memcpy(board_data, board_data_from, (size_t)((char *)board_data_end - (char *)board_data));
    memset(board_bss, 0, (size_t)((char *)board_bss_end - (char *)board_bss));
    initialise_monitor_handles();
    semihosting(GET_COMMAND_LINE, &ask);
    exit(main(words(line, word), word));
}

/* newlib runs it at exit; C has nothing to be taken down. */
void _fini(void);
void _fini(void)
{
}

static void fault(void)
{
    semihosting(WRITE_TEXT, "the board has taken a fault\n");
    _Exit(3);
}

/* A program that wants a clock has one of its own. */
__attribute__((weak)) void board_tick(void)
{
}

/* What the processor reads first (ARMv7-M, B1.5.3): the stack's top, then reset and exceptions. */
__attribute__((section(".vectors"), used)) static void (*const vectors[16])(void) = {
    [1] = board_reset,
    [2] = fault,
    [3] = fault,
    [4] = fault,
    [5] = fault,
    [6] = fault,
    [11] = fault,
    [12] = fault,
    [14] = fault,
    [15] = board_tick,
    [0] = (void (*)(void))board_stack_top};

void board_stack_paint(void)
{
    uint32_t *to = __builtin_frame_address(0);

    painted_to = to;
    for (uint32_t *at = board_stack_low; at < to - 16; at++)
        *(volatile uint32_t *)at = (uint32_t)PAINT;
}

size_t board_stack_used(void)
{
    const volatile uint32_t *at = board_stack_low;

    while (at < painted_to && *at == (uint32_t)PAINT)
        at++;
    return (size_t)((const char *)painted_to - (const char *)at);
}
