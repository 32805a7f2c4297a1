/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* format.h - the numbers that say what a value's bytes are. Stored in each entry and message; never reused.
 * Portable: any process that attaches reads it, whatever its PHP. */
#ifndef NATIVE_SHM_FORMAT_H
#define NATIVE_SHM_FORMAT_H

enum native_shm_format {
    NATIVE_SHM_FORMAT_NONE = 0,
    NATIVE_SHM_FORMAT_NULL,
    NATIVE_SHM_FORMAT_FALSE,
    NATIVE_SHM_FORMAT_TRUE,
    NATIVE_SHM_FORMAT_INT,      /* 8 bytes, two's complement, of this machine */
    NATIVE_SHM_FORMAT_DOUBLE,   /* 8 bytes */
    NATIVE_SHM_FORMAT_STRING,   /* the bytes */
    NATIVE_SHM_FORMAT_ARRAY,    /* flat array of a named Zend layout (ext/shm/flat.h) */
    NATIVE_SHM_FORMAT_PHP,      /* serialize() */
    NATIVE_SHM_FORMAT_IGBINARY, /* igbinary_serialize() */
    /* of a serializer that registered itself: its name, NUL, its bytes */
    NATIVE_SHM_FORMAT_OTHER,
    NATIVE_SHM_FORMAT_LEASE = 255 /* not a value: somebody makes one (cache.h, lease) */
};

#endif
