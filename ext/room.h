/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/room.h - a smart_str whose length is known before its bytes are: one allocation of just that size, none at its end.
 * smart_str_alloc() rounds up to pages, and what grows by them is cut in the end: for small bodies that is most of the work. */
#ifndef NATIVE_EXT_ROOM_H
#define NATIVE_EXT_ROOM_H

#include "php.h"

#include "zend_smart_str.h"

/* Give an empty text room for `len` bytes. More may follow, then it grows as ever. */
static inline void native_ext_room_for(smart_str *text, size_t len)
{
    text->s = zend_string_alloc(len, 0);
    ZSTR_LEN(text->s) = 0;
    text->a = len + 1; /* it counts the zero byte: appending wants more than the text has */
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
