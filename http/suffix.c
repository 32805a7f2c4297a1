/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* suffix.c - public suffixes, by libpsl. */
#include "suffix.h"

#include <stdlib.h>
#include <string.h>

#include "optional.h"
#include "text.h"

/* What libpsl's manual says of the functions used here. */
struct psl_ctx;
typedef int is_public_function(const struct psl_ctx *list, const char *domain);
typedef const char *version_function(void);

enum { LATEST, IS_PUBLIC, VERSION, FUNCTIONS };
static const char *const names[FUNCTIONS] = {"psl_latest", "psl_is_public_suffix",
                                             "psl_get_version"};
static native_http_optional_function *found[FUNCTIONS];
static struct psl_ctx *list;

static bool begin(void)
{
    struct psl_ctx *(*latest)(const char *file) =
        (struct psl_ctx * (*)(const char *)) found[LATEST];
    list = latest(NULL);
    return list != NULL;
}

static struct native_http_optional library = {
    .file = "libpsl.so.5", .names = names, .count = FUNCTIONS, .functions = found, .begin = begin};

const char *native_http_suffix_version(void)
{
    if (native_http_optional_load(&library) != NATIVE_HTTP_OPTIONAL_THERE)
        return NULL;
    return ((version_function *)found[VERSION])();
}

bool native_http_suffix_is_public(void *context, struct native_http_span domain)
{
    enum native_http_optional_state state = native_http_optional_load(&library);
    char *name;
    bool result;

    (void)context;
    if (state == NATIVE_HTTP_OPTIONAL_NOT_THERE)
        return false;
    /* "co.uk." is the same domain, and libpsl knows neither it nor "CO.UK". */
    if (domain.len > 0 && domain.at[domain.len - 1] == '.')
        domain.len--;
    name = native_http_text_string(domain);
    /* Without memory: rather a cookie for one host than one for everybody's. The same where libpsl would not see all of it. */
    if (state != NATIVE_HTTP_OPTIONAL_THERE || !name || strlen(name) != domain.len) {
        free(name);
        return true;
    }
    for (size_t i = 0; i < domain.len; i++)
        name[i] = native_http_lower(name[i]);
    result = ((is_public_function *)found[IS_PUBLIC])(list, name) != 0;
    free(name);
    return result;
}
