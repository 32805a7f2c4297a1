/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* dirent.c - the names of a folder's files out of its file `names`. */
#include "dirent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 100 };

int alphasort(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

int scandir(const char *folder, struct dirent ***entries, int (*wanted)(const struct dirent *),
            int (*order)(const struct dirent **, const struct dirent **))
{
    char path[256];
    struct dirent entry;
    FILE *f;
    int count = 0;

    (void)order;
    snprintf(path, sizeof(path), "%s/names", folder);
    f = fopen(path, "r");
    *entries = f ? calloc(NAMES_MAX, sizeof(**entries)) : NULL;
    if (!*entries)
        return -1;
    while (count < NAMES_MAX && fscanf(f, "%63s", entry.d_name) == 1)
        if (wanted(&entry) && ((*entries)[count] = malloc(sizeof(entry))) != NULL)
            *(*entries)[count++] = entry;
    fclose(f);
    return count;
}
