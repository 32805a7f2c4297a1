/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* record.h - where key and value lie in a record, and the checks of a record's lengths.
 *
 *   payload of a RECORD block (8 bytes behind a multiple of 16)
 *   | bits | expires | stored | newer | older | value_len | key ... | [more: piece, here] | value ... |
 *   0                                                     24
 *   | bits | expires | stored | newer | older | key ... | value, 8 bytes |
 *   0                                         20
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

static inline struct native_shm_fields
native_shm_fields_read(const struct native_shm_record *record)
{
    uint32_t bits = native_shm_racy_32(&record->bits);

    return (struct native_shm_fields){
        .value_len = bits & NATIVE_SHM_RECORD_WORD ? 8 : native_shm_racy_32(&record->value_len),
        .key_len = NATIVE_SHM_RECORD_KEY_LEN(bits),
        .format = NATIVE_SHM_RECORD_FORMAT(bits),
        .pinned = bits & NATIVE_SHM_RECORD_PINNED,
        .pieces = bits & NATIVE_SHM_RECORD_PIECES,
        .expires = native_shm_racy_32(&record->expires),
        .stored = native_shm_racy_32(&record->stored),
    };
}

/* Where the key begins, counted from the record. */
static inline uint32_t native_shm_key_at(const struct native_shm_fields *fields)
{
    return (uint32_t)sizeof(struct native_shm_record) - (fields->value_len == 8 ? 4 : 0);
}

/* Where the value begins, counted from the record. */
static inline uint64_t native_shm_value_at(const struct native_shm_fields *fields)
{
    uint64_t at = native_shm_key_at(fields) + (uint64_t)fields->key_len;

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

static inline unsigned char *native_shm_record_key(struct native_shm_record *record,
                                                   const struct native_shm_fields *fields)
{
    return (unsigned char *)record + native_shm_key_at(fields);
}

/* The record at a ref, if its first `len` bytes lie inside the extents; else NULL. */
static inline struct native_shm_record *
native_shm_record_at(const struct native_shm_segment *segment, uint32_t ref, uint64_t len)
{
    return native_shm_payload(segment, ref, len);
}

static inline struct native_shm_piece *native_shm_piece_at(const struct native_shm_segment *segment,
                                                           uint32_t ref, uint64_t len)
{
    return native_shm_payload(segment, ref, sizeof(struct native_shm_piece) + len);
}

/* Whether an entry's time is over. */
static inline bool native_shm_expired(uint32_t expires, uint32_t now)
{
    return expires && (int32_t)(now - expires) >= 0;
}

#endif
