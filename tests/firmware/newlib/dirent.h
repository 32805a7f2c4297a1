/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* dirent.h - what tests/c/support/mqtt_vector.c wants of this header, which newlib lacks: semihosting
 * cannot list a folder. The names are read from the file `names` in that folder, one a line. */
#ifndef NATIVE_TESTS_FIRMWARE_DIRENT_H
#define NATIVE_TESTS_FIRMWARE_DIRENT_H

struct dirent {
    char d_name[64];
};

int alphasort(const struct dirent **a, const struct dirent **b);

/* Returns how many names there are, or -1 without that file. They come in their order there. */
int scandir(const char *folder, struct dirent ***entries, int (*wanted)(const struct dirent *),
            int (*order)(const struct dirent **, const struct dirent **));

#endif
