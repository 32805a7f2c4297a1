/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/room.h - a smart_str for a body: where its length is known, one allocation of just that size and none at its end.
 * smart_str_alloc() rounds up to pages, and what grows by them is cut in the end: for small bodies that is most of the work.
 * A length is the peer's word: it buys little until bytes come, or one line of a header would use up memory_limit. */
#ifndef NATIVE_EXT_ROOM_H
#define NATIVE_EXT_ROOM_H

#include "php.h"

#include "zend_smart_str.h"

enum {
    NATIVE_EXT_ROOM_UNSEEN = 256 * 1024, /* bytes that are taken on the peer's word alone */
    NATIVE_EXT_ROOM_TIMES = 8            /* and beyond them this many times what has come */
};

/* Make room for `more` bytes of a text that becomes `length` bytes long, or -1: nobody knows, then it grows by a quarter. */
static inline void native_ext_room_for(smart_str *text, size_t more, int64_t length)
{
    size_t have = text->s ? ZSTR_LEN(text->s) : 0, need = have + more;
    uint64_t most; /* of a peer's number, which a size_t of 32 bits would cut */

    if (text->s && need < text->a)
        return;
    if (length < 0 || (uint64_t)length < need) {
        if (have > 0)
            smart_str_alloc(text, MAX(more, have / 4), 0);
        return;
    }
    most = MAX((uint64_t)NATIVE_EXT_ROOM_UNSEEN, (uint64_t)need * NATIVE_EXT_ROOM_TIMES);
    need = (size_t)MIN((uint64_t)length, MIN(most, SIZE_MAX / 2));
    text->s = text->s ? zend_string_realloc(text->s, need, 0) : zend_string_alloc(need, 0);
    ZSTR_LEN(text->s) = have;
    text->a = need + 1; /* it counts the zero byte: appending wants more than the text has */
}

/* Take the string out, which has at least one byte. */
static inline zend_string *native_ext_room_end(smart_str *text)
{
    zend_string *string = text->s;

    if (ZSTR_LEN(string) + 1 != text->a)
        return smart_str_extract(text);
    text->s = NULL;
    text->a = 0;
    ZSTR_VAL(string)[ZSTR_LEN(string)] = '\0';
    return string;
}

#endif
