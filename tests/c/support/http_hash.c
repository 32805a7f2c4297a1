/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_hash.c - both hashes take blocks of 64 bytes and end in one bit, zeros and the length. */
#include "http_hash.h"

#include <math.h>

static uint32_t rotate_left(uint32_t x, unsigned n)
{
    return x << n | x >> (32 - n);
}

static void md5_block(uint32_t state[8], const uint8_t *block)
{
    static const uint8_t shifts[4][4] = {
        {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];

    for (unsigned i = 0; i < 64; i++) {
        static const unsigned step[4] = {1, 5, 3, 7}, first[4] = {0, 1, 5, 0};
        uint32_t f[4] = {(b & c) | (~b & d), (b & d) | (c & ~d), b ^ c ^ d, c ^ (b | ~d)};
        unsigned round = i / 16, k = (step[round] * i + first[round]) % 16;
        uint32_t constant = (uint32_t)(fabs(sin(i + 1.0)) * 4294967296.0), word = 0, sum;

        for (unsigned j = 0; j < 4; j++) {
            word |= (uint32_t)block[4 * k + j] << (8 * j);
        }
        sum = a + f[round] + constant + word;
        a = d;
        d = c;
        c = b;
        b += rotate_left(sum, shifts[round][i % 4]);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
}

/* The first 32 bits of the fraction of the root of the n-th prime. */
static uint32_t prime_root(unsigned n, bool cube)
{
    unsigned prime = 1;
    long double root;

    for (unsigned found = 0; found <= n;) {
        unsigned divisor = 2;

        prime++;
        while (divisor * divisor <= prime && prime % divisor) {
            divisor++;
        }
        found += divisor * divisor > prime;
    }
    root = cube ? cbrtl(prime) : sqrtl(prime);
    return (uint32_t)((root - floorl(root)) * 4294967296.0L);
}

static uint32_t rotate_right(uint32_t x, unsigned n)
{
    return rotate_left(x, 32 - n);
}

static void sha256_block(uint32_t state[8], const uint8_t *block)
{
    static uint32_t constants[64];
    uint32_t w[64], s[8];

    if (!constants[0]) {
        for (unsigned i = 0; i < 64; i++) {
            constants[i] = prime_root(i, true);
        }
    }
    for (unsigned i = 0; i < 16; i++) {
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    }
    for (unsigned i = 16; i < 64; i++) {
        uint32_t x = w[i - 15], y = w[i - 2];

        w[i] = w[i - 16] + (rotate_right(x, 7) ^ rotate_right(x, 18) ^ x >> 3) + w[i - 7] +
               (rotate_right(y, 17) ^ rotate_right(y, 19) ^ y >> 10);
    }
    memcpy(s, state, sizeof(s));
    for (unsigned i = 0; i < 64; i++) {
        uint32_t a = s[0], e = s[4];
        uint32_t t1 = s[7] + (rotate_right(e, 6) ^ rotate_right(e, 11) ^ rotate_right(e, 25)) +
                      ((e & s[5]) ^ (~e & s[6])) + constants[i] + w[i];
        uint32_t t2 = (rotate_right(a, 2) ^ rotate_right(a, 13) ^ rotate_right(a, 22)) +
                      ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));

        memmove(s + 1, s, 7 * sizeof(s[0]));
        s[4] += t1;
        s[0] = t1 + t2;
    }
    for (unsigned i = 0; i < 8; i++) {
        state[i] += s[i];
    }
}

static bool works(struct http_hash *hash)
{
    return ++hash->calls != hash->fail_at;
}

static void begin(struct http_hash *hash, bool sha256)
{
    static const uint32_t md5[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

    hash->sha256 = sha256;
    hash->len = 0;
    memcpy(hash->state, md5, sizeof(md5));
    for (unsigned i = 0; sha256 && i < 8; i++) {
        hash->state[i] = prime_root(i, false);
    }
}

static bool begin_md5(void *context)
{
    begin(context, false);
    return works(context);
}

static bool begin_sha256(void *context)
{
    begin(context, true);
    return works(context);
}

static void add_byte(struct http_hash *hash, uint8_t byte)
{
    hash->block[hash->len++ % 64] = byte;
    if (hash->len % 64 == 0) {
        (hash->sha256 ? sha256_block : md5_block)(hash->state, hash->block);
    }
}

static bool add(void *context, const void *bytes, size_t len)
{
    const uint8_t *in = bytes;

    for (size_t i = 0; i < len; i++) {
        add_byte(context, in[i]);
    }
    return works(context);
}

static bool end(void *context, uint8_t *result)
{
    struct http_hash *hash = context;
    uint64_t bits = hash->len * 8;

    add_byte(hash, 0x80);
    while (hash->len % 64 != 56) {
        add_byte(hash, 0);
    }
    for (unsigned i = 0; i < 8; i++) {
        add_byte(hash, (uint8_t)(bits >> (hash->sha256 ? 56 - 8 * i : 8 * i)));
    }
    for (unsigned i = 0; i < (hash->sha256 ? 32u : 16u); i++) {
        unsigned shift = hash->sha256 ? 24 - 8 * (i % 4) : 8 * (i % 4);

        result[i] = (uint8_t)(hash->state[i / 4] >> shift);
    }
    return works(hash);
}

void http_hashes_init(struct http_hash *hash, struct native_http_hash hashes[2])
{
    memset(hash, 0, sizeof(*hash));
    hashes[NATIVE_HTTP_DIGEST_MD5] = (struct native_http_hash){16, begin_md5, add, end, hash};
    hashes[NATIVE_HTTP_DIGEST_SHA256] = (struct native_http_hash){32, begin_sha256, add, end, hash};
}
