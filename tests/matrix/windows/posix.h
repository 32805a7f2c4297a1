/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* posix.h - what the C tests want of POSIX, for a Windows that does not have it. The cores want nothing of this. */
#ifndef NATIVE_TESTS_WINDOWS_POSIX_H
#define NATIVE_TESTS_WINDOWS_POSIX_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Of io.h: tests have a function of that name. */
#define tell tell_of_the_test

enum { _SC_PAGESIZE };
#define sysconf(name) 4096

/* Windows knows no time before 1970: what is 400 years later has the same days. */
__attribute__((unused)) static struct tm *gmtime_r(const time_t *time, struct tm *to)
{
    time_t later = *time + (*time < 0 ? 146097ll * 86400 : 0);

    if (gmtime_s(to, &later) != 0)
        return NULL;
    to->tm_year -= *time < 0 ? 400 : 0;
    return to;
}

/* Its strftime() has no %e. */
__attribute__((unused)) static size_t windows_strftime(char *to, size_t size, const char *format,
                                                       const struct tm *time)
{
    const char *day = strstr(format, "%e");
    char with_day[80];

    if (day)
        snprintf(with_day, sizeof(with_day), "%.*s%2d%s", (int)(day - format), format,
                 time->tm_mday, day + 2);
    return strftime(to, size, day ? with_day : format, time);
}
#define strftime windows_strftime

/* One line with its end, in memory that grows. Returns its length, or -1 at the end of the file. */
__attribute__((unused)) static long long windows_getline(char **line, size_t *size, FILE *from)
{
    size_t len = 0;
    int c;

    while ((c = fgetc(from)) != EOF) {
        if (len + 2 > *size) {
            *size = *size * 2 + 128;
            *line = realloc(*line, *size);
            if (!*line)
                abort();
        }
        (*line)[len++] = (char)c;
        if (c == '\n')
            break;
    }
    if (len == 0)
        return -1;
    (*line)[len] = '\0';
    return (long long)len;
}
#define getline windows_getline

__attribute__((unused)) static int alphasort(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* The entries of a folder that `wanted` wants, sorted. Returns how many, or -1. */
__attribute__((unused)) static int
scandir(const char *folder, struct dirent ***entries, int (*wanted)(const struct dirent *),
        int (*compare)(const struct dirent **, const struct dirent **))
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    int count = 0;

    *entries = NULL;
    if (!dir)
        return -1;
    while ((entry = readdir(dir))) {
        struct dirent *copy;

        if (!wanted(entry))
            continue;
        copy = malloc(sizeof(*copy));
        *entries = realloc(*entries, ((size_t)count + 1) * sizeof(**entries));
        if (!copy || !*entries)
            abort();
        *copy = *entry;
        (*entries)[count++] = copy;
    }
    closedir(dir);
    if (count)
        qsort(*entries, (size_t)count, sizeof(**entries),
              (int (*)(const void *, const void *))compare);
    return count;
}

#endif
