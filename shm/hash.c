/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* hash.c - the hash of keys: 16 bytes a step, each multiplied with what came before and folded, keyed by the segment's
 * secret so that nobody outside can choose keys that meet in one bucket. */
#include "cache.h"

#include "handle.h"

#include <string.h>

#define ODD_1 UINT64_C(0x9e6c63d0676a9a99)
#define ODD_2 UINT64_C(0xb5c18a6f0d2e4b73)
#define ODD_3 UINT64_C(0xd36d463b2a51fe2d)

/* Both halves of the 128-bit product, folded into one word. */
static inline uint64_t fold(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
    uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
    uint64_t low = a0 * b0, middle = a1 * b0 + (low >> 32), other = a0 * b1 + (uint32_t)middle;

    return ((uint32_t)low | other << 32) ^ (a1 * b1 + (middle >> 32) + (other >> 32));
#endif
}

static inline uint64_t eight(const unsigned char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
    return word;
}

static inline uint64_t four(const unsigned char *at)
{
    uint32_t word;

    memcpy(&word, at, sizeof word);
    return word;
}

uint64_t native_shm_hash(const struct native_shm_segment *segment, const void *bytes, size_t len,
                         uint64_t plain)
{
    const unsigned char *at = bytes;
    uint64_t hash = segment->secret ^ ODD_1, a = 0, b = 0;
    size_t left = len;

    (void)plain;
    for (; left > 16; left -= 16, at += 16) {
        hash = fold(eight(at) ^ ODD_2, eight(at + 8) ^ hash);
    }
    if (left >= 8) {
        a = eight(at);
        b = eight(at + left - 8);
    } else if (left >= 4) {
        a = four(at);
        b = four(at + left - 4);
    } else if (left) {
        a = (uint64_t)at[0] << 16 | (uint64_t)at[left / 2] << 8 | at[left - 1];
    }
    return fold(ODD_3 ^ len, fold(a ^ ODD_2, b ^ hash) ^ segment->secret);
}
