/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* record.h - where key and value lie in a record, and the checks of a record's lengths.
 *
 *   payload of a RECORD block (8 bytes behind a multiple of 16)
 *   | value_len, bits | expires | stored | newer | older | hash | key ... | [more: piece, here] | value ... |
 *   0                                                           28
 *   The value follows the key at once; a value of just 8 bytes at the next multiple of 8, for it may be a number that is
 *   changed in place by one store.
 * Pure. Readers without the lock copy the fields first (native_shm_record_copy) and check the copy. */
#ifndef NATIVE_SHM_RECORD_H
#define NATIVE_SHM_RECORD_H

#include "cache.h"
#include "format.h"
#include "heap.h"
#include "racy.h"

/* The fields that readers need: unchanging while the slot points here. */
struct native_shm_fields {
    uint32_t value_len;
    uint32_t key_len;
    uint32_t format;
    bool pinned;
    bool pieces;
    uint32_t expires;
    uint32_t stored;
};

/* The second word of a record, as its bit fields lie in it. */
static inline void native_shm_fields_bits(struct native_shm_fields *fields, uint32_t bits)
{
    struct native_shm_record r;

    memcpy((unsigned char *)&r + sizeof(uint32_t), &bits, sizeof bits);
    fields->key_len = r.key_len;
    fields->format = r.format;
    fields->pinned = r.pinned;
    fields->pieces = r.pieces;
}

static inline struct native_shm_fields native_shm_fields_read(const struct native_shm_record *record)
{
    struct native_shm_fields fields;
    uint64_t words[2];
    uint32_t bits, parts[4];

    words[0] = native_shm_racy_64(record);
    words[1] = native_shm_racy_64((const unsigned char *)record + 8);
    memcpy(parts, words, sizeof parts);
    fields.value_len = parts[0];
    bits = parts[1];
    fields.expires = parts[2];
    fields.stored = parts[3];
    native_shm_fields_bits(&fields, bits);
    return fields;
}

/* Where the value begins, counted from the record. */
static inline uint64_t native_shm_value_at(const struct native_shm_fields *fields)
{
    uint64_t at = sizeof(struct native_shm_record) + (uint64_t)fields->key_len;

    if (fields->pieces) {
        return at + sizeof(struct native_shm_more);
    }
    return fields->value_len == 8 ? (at + 7) & ~UINT64_C(7) : at;
}

/* Bytes of the whole record when `here` bytes of the value are in it. */
static inline uint64_t native_shm_record_size(const struct native_shm_fields *fields, uint64_t here)
{
    return native_shm_value_at(fields) + here;
}

static inline unsigned char *native_shm_record_key(struct native_shm_record *record)
{
    return (unsigned char *)record + sizeof *record;
}

/* The record at a ref, if its first `len` bytes lie inside the extents; else NULL. */
static inline struct native_shm_record *native_shm_record_at(const struct native_shm_segment *segment, uint32_t ref,
                                                             uint64_t len)
{
    return native_shm_payload(segment, ref, len);
}

static inline struct native_shm_piece *native_shm_piece_at(const struct native_shm_segment *segment, uint32_t ref,
                                                           uint64_t len)
{
    return native_shm_payload(segment, ref, sizeof(struct native_shm_piece) + len);
}

/* Whether an entry's time is over. */
static inline bool native_shm_expired(uint32_t expires, uint32_t now)
{
    return expires && (int32_t)(now - expires) >= 0;
}

#endif
