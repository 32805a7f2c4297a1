/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/segment.c - Native\Shm\Segment and OnMismatch. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "segment.h"

#include "zend_enum.h"

#include "../../shm/cache.h"
#include "../../shm/object.h"
#include "cache.h"
#include "exceptions.h"
#include "ini.h"
#include "names.h"
#include "segment_arginfo.h"

struct segment_object {
    struct native_ext_shm_attach *attach;
    zend_object std;
};

zend_class_entry *native_ext_shm_segment_ce;
static zend_class_entry *on_mismatch_ce;
static zend_object_handlers handlers;

static struct segment_object *object_of(zend_object *object)
{
    return (struct segment_object *)((char *)object - offsetof(struct segment_object, std));
}

void native_ext_shm_handlers_init(zend_object_handlers *to, size_t offset,
                                  void (*free_object)(zend_object *))
{
    memcpy(to, &std_object_handlers, sizeof(*to));
    to->offset = (int)offset;
    to->free_obj = free_object;
    to->clone_obj = NULL;
}

static zend_object *create(zend_class_entry *ce)
{
    struct segment_object *segment = zend_object_alloc(sizeof(*segment), ce);

    segment->attach = NULL;
    zend_object_std_init(&segment->std, ce);
    segment->std.handlers = &handlers;
    return &segment->std;
}

static void free_object(zend_object *object)
{
    struct segment_object *segment = object_of(object);

    if (segment->attach)
        native_ext_shm_attach_leave(segment->attach);
    zend_object_std_dtor(object);
}

void native_ext_shm_segment_make(zval *to, struct native_ext_shm_attach *attach)
{
    object_init_ex(to, native_ext_shm_segment_ce);
    object_of(Z_OBJ_P(to))->attach = native_ext_shm_attach_use(attach);
}

/* Reflection can make an object without the named constructors: it has no segment. */
static struct native_ext_shm_attach *attach_of(zend_object *object)
{
    struct native_ext_shm_attach *attach = object_of(object)->attach;

    if (!attach)
        zend_throw_error(NULL, "The Segment is not open");
    return attach;
}

struct native_ext_shm_attach *native_ext_shm_segment_arg(zend_object *object)
{
    return object ? attach_of(object) : native_ext_shm_attach_default();
}

bool native_ext_shm_is_name(const zend_string *name, uint32_t number)
{
    if (ZSTR_LEN(name) >= 1 && ZSTR_LEN(name) <= NATIVE_SHM_NAME_MAX)
        return true;
    zend_argument_value_error(number, "must be 1 to %d bytes long", NATIVE_SHM_NAME_MAX);
    return false;
}

ZEND_METHOD(Native_Shm_Segment, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Native_Shm_Segment, default)
{
    ZEND_PARSE_PARAMETERS_NONE();
    native_ext_shm_segment_make(return_value, native_ext_shm_attach_default());
}

/* Whether a name is one that a segment may have; else throws. What begins with "native." is the module's own: saved
 * TLS sessions are no script's to read (ext/share). */
static bool check_name(const zend_string *name)
{
    char path[512];

    if (zend_string_starts_with_literal(name, "native.")) {
        zend_argument_value_error(1,
                                  "must not begin with \"native.\", which is this extension's own");
        return false;
    }

    if (strlen(ZSTR_VAL(name)) == ZSTR_LEN(name) &&
        native_shm_segment_path(native_ext_shm_folder(), ZSTR_VAL(name), path, sizeof(path)))
        return true;
    zend_argument_value_error(
        1, "must be 1 to 64 characters of A-Z a-z 0-9 . _ -, without a leading dot");
    return false;
}

ZEND_METHOD(Native_Shm_Segment, open)
{
    const zend_long least = 1 << 20, most = (zend_long)(INT64_C(64) << 30);
    struct native_ext_shm_attach *attach;
    zend_object *on_mismatch = NULL;
    zend_long size = 0, mode = 0600;
    bool recreate, track = false;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(1, 5)
    Z_PARAM_STR(name)
    Z_PARAM_OPTIONAL
    Z_PARAM_LONG(size)
    Z_PARAM_LONG(mode)
    Z_PARAM_OBJ_OF_CLASS(on_mismatch, on_mismatch_ce)
    Z_PARAM_BOOL(track)
    ZEND_PARSE_PARAMETERS_END();
    if (!check_name(name))
        RETURN_THROWS();
    if (size != 0 && (size < least || size > most)) {
        zend_argument_value_error(2, "must be 0, or between 1 MiB and 64 GiB");
        RETURN_THROWS();
    }
    if (mode < 0600 || mode > 0777) {
        zend_argument_value_error(3, "must be between 0600 and 0777");
        RETURN_THROWS();
    }
    recreate = on_mismatch && zend_string_equals_literal(
                                  Z_STR_P(zend_enum_fetch_case_name(on_mismatch)), "Recreate");
    attach = native_ext_shm_attach_open(name, (uint64_t)size, (uint32_t)mode,
                                        track ? NATIVE_SHM_TRACK : 0, recreate);
    if (attach)
        native_ext_shm_segment_make(return_value, attach);
}

ZEND_METHOD(Native_Shm_Segment, unlink)
{
    enum native_shm_status status;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(name)
    ZEND_PARSE_PARAMETERS_END();
    if (!check_name(name))
        RETURN_THROWS();
    status = native_shm_segment_unlink(native_ext_shm_folder(), ZSTR_VAL(name));
    if (status != NATIVE_SHM_OK && status != NATIVE_SHM_NOT_FOUND) {
        native_ext_shm_throw_status("segment", name, status);
        RETURN_THROWS();
    }
    RETURN_BOOL(status == NATIVE_SHM_OK);
}

ZEND_METHOD(Native_Shm_Segment, name)
{
    struct native_ext_shm_attach *attach = attach_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (attach && attach->name)
        RETURN_STRING(attach->name);
}

ZEND_METHOD(Native_Shm_Segment, path)
{
    struct native_ext_shm_attach *attach = attach_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (attach && attach->core && attach->core->path)
        RETURN_STRING(attach->core->path);
}

ZEND_METHOD(Native_Shm_Segment, isCurrent)
{
    struct native_ext_shm_attach *attach = attach_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (attach)
        RETURN_BOOL(attach->core &&
                    (!attach->core->path || native_shm_segment_current(attach->core)));
}

ZEND_METHOD(Native_Shm_Segment, cache)
{
    zend_string *namespace = ZSTR_EMPTY_ALLOC();
    struct native_ext_shm_attach *attach;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_STR(namespace)
    ZEND_PARSE_PARAMETERS_END();
    attach = attach_of(Z_OBJ_P(ZEND_THIS));
    if (attach)
        native_ext_shm_cache_make(return_value, attach, namespace, 1);
}

static void add_participant(void *list, uint32_t id, uint32_t pid, bool alive)
{
    zval row;

    (void)id;
    array_init_size(&row, 2);
    add_assoc_long(&row, "pid", (zend_long)pid);
    add_assoc_bool(&row, "alive", alive);
    add_next_index_zval(list, &row);
}

ZEND_METHOD(Native_Shm_Segment, info)
{
    struct native_ext_shm_attach *attach = attach_of(Z_OBJ_P(ZEND_THIS));
    struct native_shm_segment *core;
    struct native_shm_info info;
    zval participants;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!attach || !(core = native_ext_shm_enter_or_throw(attach)))
        RETURN_THROWS();
    native_shm_cache_info(core, &info);
    array_init(return_value);
    add_assoc_long(return_value, "size", (zend_long)info.size);
    add_assoc_long(return_value, "memory", (zend_long)info.memory);
    add_assoc_long(return_value, "used", (zend_long)info.used);
    add_assoc_long(return_value, "index", (zend_long)info.index);
    add_assoc_long(return_value, "largest_free", (zend_long)info.largest_free);
    add_assoc_long(return_value, "created", (zend_long)info.created);
    array_init(&participants);
    native_shm_participants(core, add_participant, &participants);
    add_assoc_zval(return_value, "participants", &participants);
}

/* ---- objects ---------------------------------------------------------------------------------------- */

static const char *kind_name(unsigned kind)
{
    switch (kind) {
    case NATIVE_SHM_OBJECT_COUNTER:
        return "counter";
    case NATIVE_SHM_OBJECT_MUTEX:
        return "mutex";
    case NATIVE_SHM_OBJECT_SEMAPHORE:
        return "semaphore";
    case NATIVE_SHM_OBJECT_CHANNEL:
        return "channel";
    default:
        return "other";
    }
}

ZEND_METHOD(Native_Shm_Segment, objects)
{
    struct native_ext_shm_attach *attach = attach_of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_shm_names names;
    struct native_shm_segment *core;
    enum native_shm_status status;
    struct native_ext_shm_named one;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!attach || !(core = native_ext_shm_enter_or_throw(attach)))
        RETURN_THROWS();
    status = native_ext_shm_names_get(core, &names);
    if (status != NATIVE_SHM_OK) {
        native_ext_shm_throw_segment("objects", status, NULL);
        RETURN_THROWS();
    }
    array_init(return_value);
    for (size_t at = 0; native_ext_shm_names_next(&names, &at, &one);) {
        zval kind;

        ZVAL_STRING(&kind, kind_name(one.kind));
        zend_symtable_str_update(Z_ARRVAL_P(return_value), one.name, one.name_len, &kind);
    }
    native_ext_shm_names_free(&names);
}

ZEND_METHOD(Native_Shm_Segment, remove)
{
    struct native_ext_shm_attach *attach;
    struct native_shm_segment *core;
    enum native_shm_status status;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(name)
    ZEND_PARSE_PARAMETERS_END();
    attach = attach_of(Z_OBJ_P(ZEND_THIS));
    if (!attach || !(core = native_ext_shm_enter_or_throw(attach)))
        RETURN_THROWS();
    status = native_shm_object_remove(core, ZSTR_VAL(name), ZSTR_LEN(name));
    if (status != NATIVE_SHM_OK && status != NATIVE_SHM_NOT_FOUND && status != NATIVE_SHM_INVALID) {
        native_ext_shm_throw_status("object", name, status);
        RETURN_THROWS();
    }
    RETURN_BOOL(status == NATIVE_SHM_OK);
}

void native_ext_shm_segment_minit(void)
{
    on_mismatch_ce = register_class_Native_Shm_OnMismatch();
    native_ext_shm_segment_ce = register_class_Native_Shm_Segment();
    native_ext_shm_segment_ce->create_object = create;
    native_ext_shm_handlers_init(&handlers, offsetof(struct segment_object, std), free_object);
}
