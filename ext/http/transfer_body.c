/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/transfer_body.c - the body of a response, piece by piece: read(), take(), Native\Http\Pieces. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "transfer.h"

#include "zend_interfaces.h"

#include "../../net/clock.h"

static bool has_piece(struct native_ext_http_call *call)
{
    return native_ext_http_sink_len(&call->sink) > 0;
}

/* From now on pieces are taken, and only so many wait. */
static zend_string *take(struct native_ext_http_call *call, size_t len)
{
    zend_string *piece;

    call->sink.bounded = true;
    piece = native_ext_http_sink_take(&call->sink, len);
    native_ext_http_call_taken(call);
    return piece;
}

zend_string *native_ext_http_transfer_read(struct native_ext_http_transfer *t, size_t len)
{
    struct native_ext_http_call *call = t->call;

    call->sink.bounded = true;
    if (!native_ext_http_transfer_wait(t, NATIVE_NET_NEVER, has_piece) ||
        (!has_piece(call) && !native_ext_http_transfer_check(t)))
        return NULL;
    return take(call, len);
}

/* The method's argument, and its call; NULL after throwing. */
static struct native_ext_http_call *begin(INTERNAL_FUNCTION_PARAMETERS, zend_long *length)
{
    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_LONG(*length)
    ZEND_PARSE_PARAMETERS_END_EX(return NULL);
    (void)return_value;
    if (*length >= 0)
        return native_ext_http_transfer_call(native_ext_http_transfer_of(Z_OBJ_P(ZEND_THIS)));
    zend_argument_value_error(1, "must not be negative");
    return NULL;
}

ZEND_METHOD(Native_Http_Transfer, read)
{
    zend_long length = 0;
    zend_string *piece;

    if (!begin(INTERNAL_FUNCTION_PARAM_PASSTHRU, &length))
        RETURN_THROWS();
    piece = native_ext_http_transfer_read(native_ext_http_transfer_of(Z_OBJ_P(ZEND_THIS)),
                                          (size_t)length);
    if (!piece)
        RETURN_THROWS();
    RETURN_STR(piece);
}

ZEND_METHOD(Native_Http_Transfer, take)
{
    zend_long length = 0;
    struct native_ext_http_call *call = begin(INTERNAL_FUNCTION_PARAM_PASSTHRU, &length);

    if (!call)
        RETURN_THROWS();
    RETURN_STR(take(call, (size_t)length));
}

/* ---- the iterator ---- */

struct pieces {
    zend_object *transfer; /* NULL: not made by one */
    zend_string *current;  /* NULL: at the end, or not begun */
    zend_long key;
    bool begun;
    zend_object std;
};

static zend_class_entry *pieces_ce;
static zend_object_handlers handlers;

static struct pieces *of(zend_object *object)
{
    return (struct pieces *)((char *)object - offsetof(struct pieces, std));
}

static void fetch(struct pieces *p)
{
    struct native_ext_http_transfer *t =
        p->transfer ? native_ext_http_transfer_of(p->transfer) : NULL;
    zend_string *piece = NULL;

    p->begun = true;
    if (p->current)
        zend_string_release(p->current);
    p->current = NULL;
    if (!t || !native_ext_http_transfer_call(t))
        return;
    GC_ADDREF(&p->std); /* a callback may drop it */
    piece = native_ext_http_transfer_read(t, 0);
    /* A callback may have called next() of this iterator: the piece that it got is gone. */
    if (p->current)
        zend_string_release(p->current);
    p->current = piece;
    if (piece && ZSTR_LEN(piece) == 0) {
        zend_string_release(piece);
        p->current = NULL;
    }
    OBJ_RELEASE(&p->std);
}

ZEND_METHOD(Native_Http_Pieces, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Native_Http_Pieces, current)
{
    struct pieces *p = of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (!p->current)
        RETURN_NULL();
    RETURN_STR_COPY(p->current);
}

ZEND_METHOD(Native_Http_Pieces, key)
{
    ZEND_PARSE_PARAMETERS_NONE();
    RETURN_LONG(of(Z_OBJ_P(ZEND_THIS))->key);
}

ZEND_METHOD(Native_Http_Pieces, next)
{
    ZEND_PARSE_PARAMETERS_NONE();
    of(Z_OBJ_P(ZEND_THIS))->key++;
    fetch(of(Z_OBJ_P(ZEND_THIS)));
}

ZEND_METHOD(Native_Http_Pieces, rewind)
{
    ZEND_PARSE_PARAMETERS_NONE();
    if (!of(Z_OBJ_P(ZEND_THIS))->begun)
        fetch(of(Z_OBJ_P(ZEND_THIS)));
}

ZEND_METHOD(Native_Http_Pieces, valid)
{
    ZEND_PARSE_PARAMETERS_NONE();
    RETURN_BOOL(of(Z_OBJ_P(ZEND_THIS))->current != NULL);
}

static zend_object *create(zend_class_entry *ce)
{
    struct pieces *p = zend_object_alloc(sizeof(*p), ce);

    memset(p, 0, offsetof(struct pieces, std));
    zend_object_std_init(&p->std, ce);
    object_properties_init(&p->std, ce);
    p->std.handlers = &handlers;
    return &p->std;
}

static void free_object(zend_object *object)
{
    struct pieces *p = of(object);

    if (p->current)
        zend_string_release(p->current);
    if (p->transfer)
        OBJ_RELEASE(p->transfer);
    zend_object_std_dtor(object);
}

static HashTable *get_gc(zend_object *object, zval **table, int *count)
{
    zend_get_gc_buffer *buffer = zend_get_gc_buffer_create();

    if (of(object)->transfer)
        zend_get_gc_buffer_add_obj(buffer, of(object)->transfer);
    zend_get_gc_buffer_use(buffer, table, count);
    return NULL;
}

void native_ext_http_pieces_make(zval *out, zend_object *transfer)
{
    object_init_ex(out, pieces_ce);
    of(Z_OBJ_P(out))->transfer = transfer;
    GC_ADDREF(transfer);
}

void native_ext_http_pieces_minit(zend_class_entry *ce)
{
    pieces_ce = ce;
    pieces_ce->create_object = create;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.offset = offsetof(struct pieces, std);
    handlers.free_obj = free_object;
    handlers.get_gc = get_gc;
    handlers.clone_obj = NULL;
}
