/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mman.h - the forbidden pages of tests/c/harness.h, as Windows has them. */
#ifndef NATIVE_TESTS_WINDOWS_MMAN_H
#define NATIVE_TESTS_WINDOWS_MMAN_H

#include <stddef.h>

enum { PROT_NONE, PROT_READ, PROT_WRITE, MAP_PRIVATE, MAP_ANONYMOUS };
#define MAP_FAILED ((void *)-1)

/* Of windows.h, whose other names would meet the tests'. */
__declspec(dllimport) void *__stdcall VirtualAlloc(void *, size_t, unsigned long, unsigned long);
__declspec(dllimport) int __stdcall VirtualProtect(void *, size_t, unsigned long, unsigned long *);

__attribute__((unused)) static void *mmap(void *at, size_t len, int access, int flags, int file,
                                          long offset)
{
    void *memory = VirtualAlloc(at, len, 0x3000 /* reserve, commit */, 0x04 /* read, write */);

    (void)access, (void)flags, (void)file, (void)offset;
    return memory ? memory : MAP_FAILED;
}

/* Only to forbid. */
__attribute__((unused)) static int mprotect(void *at, size_t len, int access)
{
    unsigned long before;

    return access == PROT_NONE && VirtualProtect(at, len, 0x01 /* none */, &before) ? 0 : -1;
}

#endif
