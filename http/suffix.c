/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* suffix.c - public suffixes, by libpsl. */
#include "suffix.h"

#include <pthread.h>
#include <stdlib.h>

#include "optional.h"
#include "text.h"

/* What libpsl's manual says of the functions used here. */
struct psl_ctx;
typedef int is_public_function(const struct psl_ctx *list, const char *domain);
typedef const char *version_function(void);

static is_public_function *is_public;
static struct psl_ctx *list;
static const char *version;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void find(void)
{
    struct psl_ctx *(*latest)(const char *file);
    native_http_optional_function *found[3];
    const struct native_http_optional_symbol symbols[] = {{"psl_latest", &found[0]},
                                                          {"psl_is_public_suffix", &found[1]},
                                                          {"psl_get_version", &found[2]}};

    if (!native_http_optional_load("libpsl.so.5", symbols, 3)) {
        return;
    }
    latest = (struct psl_ctx * (*)(const char *)) found[0];
    list = latest(NULL);
    if (list) {
        is_public = (is_public_function *)found[1];
        version = ((version_function *)found[2])();
    }
}

const char *native_http_suffix_version(void)
{
    (void)pthread_once(&once, find);
    return version;
}

bool native_http_suffix_is_public(void *context, struct native_http_span domain)
{
    char *name;
    bool result;

    (void)context;
    if (!native_http_suffix_version()) {
        return false;
    }
    name = native_http_text_string(domain);
    /* Without memory: rather a cookie for one host than one for everybody's. */
    result = !name || is_public(list, name) != 0;
    free(name);
    return result;
}
