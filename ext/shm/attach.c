/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/attach.c - the segments that this process is attached to. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "attach.h"

#include <time.h>

#include "../../shm/lock.h"
#include "exceptions.h"
#include "ini.h"
#include "kept.h"

enum {
    LOOK_AFTER_US = 1000000,
    MANY = 8,             /* segments: from then on */
    UNUSED_US = 60000000, /* those that nobody used for so long are left */
};

ZEND_TLS struct native_ext_shm_attach *all;
ZEND_TLS struct native_ext_shm_attach *the_default;
ZEND_TLS uint64_t last_number;
ZEND_TLS bool warned;

const char *native_ext_shm_folder(void)
{
    const char *folder = native_ext_shm_ini.folder;

    return folder && *folder ? folder : NULL;
}

#define DEFAULT_PREFIX "default."

/* The layout and the kind of machine are part of the name: an old and a new build run side by side. */
void native_ext_shm_default_name(char *name, size_t len)
{
    snprintf(name, len, DEFAULT_PREFIX "%u.%x", (unsigned)NATIVE_SHM_LAYOUT,
             (unsigned)native_shm_segment_abi());
}

static struct native_ext_shm_attach *add(struct native_shm_segment *core, const char *name)
{
    struct native_ext_shm_attach *attach = pecalloc(1, sizeof(*attach), 1);

    attach->core = core;
    attach->name = name ? pestrdup(name, 1) : NULL;
    attach->number = ++last_number;
    attach->looked_us = attach->used_us = native_shm_now_us();
    attach->next = all;
    all = attach;
    return attach;
}

static void drop(struct native_ext_shm_attach *attach)
{
    struct native_ext_shm_attach **at = &all;

    while (*at != attach)
        at = &(*at)->next;
    *at = attach->next;
    native_shm_segment_close(attach->core);
    if (attach->name)
        pefree(attach->name, 1);
    pefree(attach, 1);
}

/* Nobody shall get it any more; gone at once if nobody has it. */
static void retire(struct native_ext_shm_attach *attach)
{
    attach->stale = true;
    if (attach == the_default)
        the_default = NULL;
    native_ext_shm_kept_forget(attach->number);
    if (attach->users == 0)
        drop(attach);
}

/* Whether its file still has its name and our user. Asked once a second at most. */
static bool is_current(struct native_ext_shm_attach *attach)
{
    uint64_t now = native_shm_now_us();

    if (now - attach->looked_us < LOOK_AFTER_US)
        return true;
    attach->looked_us = now;
    if (!attach->core)
        return false;
    return !attach->core->path || native_shm_segment_current(attach->core);
}

/* ---- the default one -------------------------------------------------------------------------------- */

static struct native_shm_segment *open_core(const struct native_shm_options *options, char *why,
                                            enum native_shm_status *status)
{
    struct native_shm_segment *core = NULL;

    why[0] = '\0';
    *status = native_shm_segment_open(options, &core, why);
    return *status == NATIVE_SHM_OK ? core : NULL;
}

static void warn_once(const char *format, const char *why)
{
    if (warned)
        return;
    warned = true;
    php_error_docref(NULL, E_WARNING, format, why);
}

/* A folder of somebody else's, or bytes that cannot be used: a segment for this process and its children. No room: none. */
static struct native_ext_shm_attach *open_default(void)
{
    struct native_shm_options options = NATIVE_SHM_OPTIONS_INIT;
    char name[64], why[160];
    enum native_shm_status status;
    struct native_shm_segment *core;

    native_ext_shm_default_name(name, sizeof(name));
    options.folder = native_ext_shm_folder();
    options.name = name;
    options.size = (uint64_t)native_ext_shm_ini.size;
    core = open_core(&options, why, &status);
    if (!core && status == NATIVE_SHM_MISMATCH) { /* a smaller one is there: it will do */
        options.size = 0;
        core = open_core(&options, why, &status);
    }
    if (!core && status != NATIVE_SHM_FULL) {
        char private_why[160];
        enum native_shm_status private_status;

        options.name = NULL;
        options.size = (uint64_t)native_ext_shm_ini.size;
        core = open_core(&options, private_why, &private_status);
        if (core)
            warn_once("native: the shared segment of this user cannot be used, this process has a "
                      "private one: %s",
                      why);
    }
    /* Who makes one clears away those of builds that are gone. */
    if (core && core->path && core->header->created + 1 >= (uint64_t)time(NULL))
        native_shm_segment_sweep(options.folder, DEFAULT_PREFIX, name);
    the_default = add(core, core && core->path ? name : NULL);
    the_default->is_default = true;
    if (!core)
        warn_once("native: there is no shared memory, so nothing is cached: %s",
                  *why ? why : "no room");
    return the_default;
}

struct native_ext_shm_attach *native_ext_shm_attach_default(void)
{
    if (UNEXPECTED(the_default && !is_current(the_default)))
        retire(the_default);
    return the_default ? the_default : open_default();
}

/* ---- named ones ------------------------------------------------------------------------------------- */

static struct native_ext_shm_attach *find(const zend_string *name)
{
    for (struct native_ext_shm_attach *attach = all; attach; attach = attach->next) {
        if (attach->name && attach->core && !attach->stale &&
            strcmp(attach->name, ZSTR_VAL(name)) == 0)
            return attach;
    }
    return NULL;
}

/* A process that opens many names, one after another, does not stay attached to all. */
static void leave_unused(void)
{
    uint64_t now = native_shm_now_us();
    struct native_ext_shm_attach *attach, *next;
    int count = 0;

    for (attach = all; attach; attach = attach->next)
        count++;
    if (count <= MANY)
        return;
    for (attach = all; attach; attach = next) {
        next = attach->next;
        if (attach->users == 0 && !attach->is_default && now - attach->used_us > UNUSED_US)
            retire(attach);
    }
}

struct native_ext_shm_attach *native_ext_shm_attach_open(const zend_string *name, uint64_t size,
                                                         uint32_t mode, uint32_t flags,
                                                         bool recreate)
{
    struct native_shm_options options = NATIVE_SHM_OPTIONS_INIT;
    struct native_ext_shm_attach *attach = find(name);
    enum native_shm_status status;
    struct native_shm_segment *core;
    zend_string *what;
    char why[160];

    if (attach) {
        attach->looked_us = 0; /* who opens wants what is there now */
        if (is_current(attach) && size <= attach->core->size)
            return attach;
        if (!size || size > attach->core->size)
            retire(attach);
    }
    options.folder = native_ext_shm_folder();
    options.name = ZSTR_VAL(name);
    options.size = size;
    options.mode = mode;
    options.flags = flags;
    options.on_mismatch = recreate ? NATIVE_SHM_RECREATE : NATIVE_SHM_REFUSE;
    leave_unused();
    core = open_core(&options, why, &status);
    if (core)
        return add(core, ZSTR_VAL(name));
    what = zend_strpprintf(0, "segment %s", ZSTR_VAL(name));
    native_ext_shm_throw_segment(ZSTR_VAL(what), status, why);
    zend_string_release_ex(what, 0);
    return NULL;
}

/* ---- use -------------------------------------------------------------------------------------------- */

struct native_ext_shm_attach *native_ext_shm_attach_use(struct native_ext_shm_attach *attach)
{
    if (attach->users++ == 0)
        attach->used_us = native_shm_now_us();
    return attach;
}

void native_ext_shm_attach_leave(struct native_ext_shm_attach *attach)
{
    if (--attach->users == 0 && attach->stale)
        drop(attach);
}

struct native_shm_segment *native_ext_shm_enter_or_throw(struct native_ext_shm_attach *attach)
{
    struct native_shm_segment *core = native_ext_shm_enter(attach);

    if (!core)
        native_ext_shm_throw_segment(attach->name ? attach->name : "the default segment",
                                     attach->core ? NATIVE_SHM_BUSY : NATIVE_SHM_FULL,
                                     attach->core ? attach->core->why : NULL);
    return core;
}

struct native_ext_shm_attach *native_ext_shm_attach_first(void)
{
    return all;
}

/* ---- hooks ------------------------------------------------------------------------------------------ */

void native_ext_shm_attach_rinit(void)
{
    struct native_ext_shm_attach *attach = all, *next;

    for (; attach; attach = next) {
        next = attach->next;
        attach->users = 0; /* objects of a request that ended badly are gone without saying so */
        if (attach->stale)
            drop(attach);
        else if (!is_current(attach))
            retire(attach);
    }
    if (all)
        leave_unused();
}

void native_ext_shm_attach_mshutdown(void)
{
    while (all)
        drop(all);
    the_default = NULL;
}
