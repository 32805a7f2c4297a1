/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* header.h - the first bytes of a segment: written for a new one, doubted in any other. Inside shm/ only.
 * Shape: layout.h, struct native_shm_header. Allocates nothing; reads the file with pread(), so that a truncated one can't
 * give a SIGBUS. */
#ifndef NATIVE_SHM_HEADER_H
#define NATIVE_SHM_HEADER_H

#include "geometry.h"
#include "handle.h"

#include <sys/stat.h>

/* Fill in everything but the magic, which the caller stores last. The header is all zeroes before. */
void native_shm_header_put(struct native_shm_header *header,
                           const struct native_shm_geometry *geometry, uint32_t flags);

/* Read and check the header of an open file: a segment of ours, that fits its file, of at least `size` bytes (0: any), with
 * memory where its map says so. Returns OK with *header and *is set; MISMATCH, CORRUPT, FULL, SYSTEM with words in `why`. */
enum native_shm_status native_shm_header_check(int fd, uint64_t size,
                                               struct native_shm_header *header, struct stat *is,
                                               char *why);

/* What to add to this boot's clock, so that the segment's began a second before it was made (no time is 0, "never"), and
 * went on by the wall clock while the machine was off. */
uint32_t native_shm_header_clock_shift(uint64_t created);

#endif
