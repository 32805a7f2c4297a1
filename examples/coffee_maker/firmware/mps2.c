/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mps2.c - board.h for mps2-an386 (Cortex-M4, 25 MHz): its first serial line (ARM DDI 0479C, 4.3) and
 * the processor's own clock. Start-up and memory layout are those of tests/firmware/. */
#include "board.h"

enum { CLOCK_HZ = 25000000, TX_FULL = 1, RX_FULL = 2, ENABLE_BOTH = 3 };

struct serial {
    volatile uint32_t data, state, control, interrupt, divider;
};

struct systick {
    volatile uint32_t control, reload, value;
};

static struct serial *const serial = (struct serial *)0x40004000;
static struct systick *const systick = (struct systick *)0xe000e010;
static volatile uint32_t now_ms;

/* Called by the clock's interrupt, each millisecond. */
void board_tick(void);
void board_tick(void)
{
    now_ms++;
}

void board_begin(void)
{
    serial->divider = 16;
    serial->control = ENABLE_BOTH;
    systick->reload = CLOCK_HZ / 1000 - 1;
    systick->value = 0;
    systick->control = 7; /* on, with interrupt, at the processor's speed */
}

uint32_t board_now_ms(void)
{
    return now_ms;
}

size_t board_serial_read(uint8_t *data, size_t data_len)
{
    size_t n = 0;

    while (n < data_len && (serial->state & RX_FULL))
        data[n++] = (uint8_t)serial->data;
    return n;
}

size_t board_serial_write(const uint8_t *data, size_t data_len)
{
    size_t n = 0;

    while (n < data_len && !(serial->state & TX_FULL))
        serial->data = data[n++];
    return n;
}

void board_rest(void)
{
    __asm__ volatile("wfi");
}
