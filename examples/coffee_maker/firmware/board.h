/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* board.h - the five things that the coffee maker wants of whatever board it runs on. mps2.c has them
 * for the emulated one; for another board write these.
 * The serial line goes to the broker: as it is to a modem or a Wi-Fi module in transparent mode. A
 * socket or TLS goes in the same place. None of them blocks but board_rest. */
#ifndef COFFEE_MAKER_BOARD_H
#define COFFEE_MAKER_BOARD_H

#include <stddef.h>
#include <stdint.h>

void board_begin(void);

/* Milliseconds of a clock that never goes back; it may wrap. */
uint32_t board_now_ms(void);

/* Returns how many bytes came (data[0..)), or were taken: 0 if not now. */
size_t board_serial_read(uint8_t *data, size_t data_len);
size_t board_serial_write(const uint8_t *data, size_t data_len);

/* Sleep until something may have happened: an interrupt, at the latest the clock's. */
void board_rest(void);

#endif
