/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* require.h - what a fuzz target says must be true: else it ends, and the input is kept. */
#ifndef NATIVE_FUZZ_REQUIRE_H
#define NATIVE_FUZZ_REQUIRE_H

#include <stdio.h>
#include <stdlib.h>

#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#endif
