/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/parser.c - Native\Mqtt\Parser.
 *
 *   part                       the beginning of a packet whose rest was not fed yet; or NULL
 *   head [..at | unread]       what was fed and is not looked at yet, behind part; or NULL
 *
 * A packet that is whole in `head` is decoded there. `part` never holds more than one packet. `head`
 * is the string that was fed, unless more is fed while some of it is unread: then it is a buffer of
 * our own that grows by doubling. Memory may run out (a PHP fatal error) at each allocation, so what
 * is owned is always what the struct says. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "parser.h"

#include "zend_interfaces.h"

#include "enums.h"
#include "exceptions.h"
#include "packet.h"
#include "parser_arginfo.h"

enum { LARGEST = NATIVE_MQTT_REMAINING_MAX + NATIVE_MQTT_FIXED_HEADER_MAX, SMALLEST = 2 };
enum { FIRST_CAPACITY = 256, BIG_PAYLOAD = 4096 };

struct parser {
    struct native_mqtt_options options;
    uint8_t version; /* as constructed */
    bool ready;
    bool failed;
    uint8_t failed_type; /* of the faulty packet */
    struct native_mqtt_error error;
    zend_string *head;
    size_t at;
    size_t capacity;   /* of head, if it is our own buffer; else 0 */
    zend_string *part; /* its ZSTR_LEN is its capacity */
    size_t part_len;
    zend_object std;
};

static zend_class_entry *parser_ce;
static zend_object_handlers handlers;

static struct parser *parser_of(zend_object *object)
{
    return (struct parser *)((char *)object - offsetof(struct parser, std));
}

/* ---- bytes -------------------------------------------------------------------------------------- */

static size_t unread(const struct parser *p)
{
    return p->head ? ZSTR_LEN(p->head) - p->at : 0;
}

static void drop_head(struct parser *p)
{
    zend_string *head = p->head;

    p->head = NULL;
    p->at = 0;
    p->capacity = 0;
    if (head)
        zend_string_release_ex(head, 0);
}

static void drop_part(struct parser *p)
{
    if (p->part)
        zend_string_efree(p->part);
    p->part = NULL;
    p->part_len = 0;
}

/* Make `head` a buffer of our own with room for `more` bytes. */
static void own_head(struct parser *p, size_t more)
{
    size_t left = unread(p);
    size_t capacity = left + more < FIRST_CAPACITY ? FIRST_CAPACITY : 2 * (left + more);
    zend_string *own = zend_string_alloc(capacity, 0);

    memcpy(ZSTR_VAL(own), ZSTR_VAL(p->head) + p->at, left);
    ZSTR_LEN(own) = left;
    drop_head(p);
    p->head = own;
    p->capacity = capacity;
}

/* Append to `head`, of which some is unread. Each byte is moved a bounded number of times: buffers
 * double, and what was read is dropped when it is at least as long as what is unread. */
static void append(struct parser *p, const zend_string *bytes)
{
    size_t left = unread(p), len = ZSTR_LEN(bytes);

    if (!p->capacity || (ZSTR_LEN(p->head) + len > p->capacity && p->at < left)) {
        own_head(p, len);
    } else if (ZSTR_LEN(p->head) + len > p->capacity) {
        memmove(ZSTR_VAL(p->head), ZSTR_VAL(p->head) + p->at, left);
        ZSTR_LEN(p->head) = left;
        p->at = 0;
        if (left + len > p->capacity)
            own_head(p, len);
    }
    memcpy(ZSTR_VAL(p->head) + ZSTR_LEN(p->head), ZSTR_VAL(bytes), len);
    ZSTR_LEN(p->head) += len;
}

/* Move `len` bytes from `head` to `part`, which is of a packet of `packet_len` bytes (0: not known). */
static void grow_part(struct parser *p, size_t len, size_t packet_len)
{
    size_t need = p->part_len + len, capacity = p->part ? ZSTR_LEN(p->part) : 0;

    if (need > capacity) {
        capacity = 2 * need < FIRST_CAPACITY ? FIRST_CAPACITY : 2 * need;
        if (packet_len && capacity > packet_len)
            capacity = packet_len;
        p->part =
            p->part ? zend_string_realloc(p->part, capacity, 0) : zend_string_alloc(capacity, 0);
    }
    memcpy(ZSTR_VAL(p->part) + p->part_len, ZSTR_VAL(p->head) + p->at, len);
    p->part_len = need;
    p->at += len;
    if (p->at == ZSTR_LEN(p->head))
        drop_head(p);
}

/* ---- packets ------------------------------------------------------------------------------------ */

/* Keep an error for good. */
static enum native_mqtt_status fail(struct parser *p, const char *packet)
{
    p->failed = true;
    p->failed_type = (uint8_t)((uint8_t)*packet >> 4);
    return NATIVE_MQTT_MALFORMED;
}

/* Move bytes to `part` until it is one packet. Returns NATIVE_MQTT_OK, _NEED_MORE or _MALFORMED. */
static enum native_mqtt_status complete_part(struct parser *p)
{
    struct native_mqtt_frame frame;

    for (;;) {
        enum native_mqtt_status status = native_mqtt_frame_scan(
            &p->options, p->part ? ZSTR_VAL(p->part) : "", p->part_len, &frame, &p->error);
        size_t len;

        if (status == NATIVE_MQTT_MALFORMED)
            return fail(p, ZSTR_VAL(p->part));
        if (status == NATIVE_MQTT_OK)
            return status;
        len = frame.need < unread(p) ? frame.need : unread(p);
        if (len == 0)
            return NATIVE_MQTT_NEED_MORE;
        grow_part(p, len, frame.packet_len);
    }
}

/* Make the object of a PUBLISH that is all of `part`, and give it `part` itself as its payload. */
static zend_object *publish_of_part(struct parser *p, struct native_mqtt_packet *packet)
{
    struct native_mqtt_span payload = packet->as.publish.payload;
    zend_string *string = p->part;
    zend_object *object;

    packet->as.publish.payload.len = 0;
    object = native_ext_mqtt_packet_new(packet, p->options.level);
    p->part = NULL;
    p->part_len = 0;
    memmove(ZSTR_VAL(string), payload.data, payload.len);
    ZSTR_LEN(string) = payload.len;
    ZSTR_VAL(string)[payload.len] = '\0';
    native_ext_mqtt_publish_set_payload(object, string);
    return object;
}

static void learn_version(struct parser *p, const struct native_mqtt_packet *packet)
{
    if (p->options.version == NATIVE_MQTT_VERSION_UNKNOWN)
        p->options.version = packet->version;
}

/* Take the packet that `part` holds, or that it will hold when it is complete. */
static enum native_mqtt_status take_part(struct parser *p, zend_object **object)
{
    enum native_mqtt_status status = complete_part(p);
    struct native_mqtt_packet packet;
    struct native_mqtt_frame frame;

    if (status != NATIVE_MQTT_OK)
        return status;
    status = native_mqtt_packet_decode(&p->options, ZSTR_VAL(p->part), p->part_len, &frame, &packet,
                                       &p->error);
    if (status != NATIVE_MQTT_OK)
        return fail(p, ZSTR_VAL(p->part));
    learn_version(p, &packet);
    if (packet.type == NATIVE_MQTT_PUBLISH && packet.as.publish.payload.len >= BIG_PAYLOAD) {
        *object = publish_of_part(p, &packet);
    } else {
        *object = native_ext_mqtt_packet_new(&packet, p->options.level);
        drop_part(p);
    }
    return status;
}

/* Take the packet at the front of `head`; what is no whole packet goes to `part`. */
static enum native_mqtt_status take_head(struct parser *p, zend_object **object)
{
    const char *first = ZSTR_VAL(p->head) + p->at;
    struct native_mqtt_packet packet;
    struct native_mqtt_frame frame;
    enum native_mqtt_status status =
        native_mqtt_packet_decode(&p->options, first, unread(p), &frame, &packet, &p->error);

    if (status == NATIVE_MQTT_NEED_MORE)
        return complete_part(p);
    if (status != NATIVE_MQTT_OK)
        return fail(p, first);
    learn_version(p, &packet);
    *object = native_ext_mqtt_packet_new(&packet, p->options.level);
    p->at += frame.packet_len;
    if (p->at == ZSTR_LEN(p->head))
        drop_head(p);
    return status;
}

/* Take a packet. Returns NULL if there is none, with an exception thrown if there never will be. */
static zend_object *take(struct parser *p)
{
    zend_object *object = NULL;

    if (!p->failed && p->part)
        take_part(p, &object);
    else if (!p->failed && p->head)
        take_head(p, &object);
    if (UNEXPECTED(p->failed))
        native_ext_mqtt_throw_protocol(p->failed_type, &p->error);
    return object;
}

/* ---- methods ------------------------------------------------------------------------------------ */

/* Returns the parser, or NULL with an Error thrown if it was never constructed. */
static struct parser *this_parser(zval *this)
{
    struct parser *p = parser_of(Z_OBJ_P(this));

    if (EXPECTED(p->ready))
        return p;
    zend_throw_error(NULL, "The %s is not constructed", ZSTR_VAL(parser_ce->name));
    return NULL;
}

zend_object *native_ext_mqtt_parser_take(zval *parser)
{
    struct parser *p = this_parser(parser);

    return p ? take(p) : NULL;
}

ZEND_METHOD(Native_Mqtt_Parser, __construct)
{
    struct parser *p = parser_of(Z_OBJ_P(ZEND_THIS));
    zend_object *version = NULL, *strictness = NULL, *sender = NULL;
    zend_long max_packet_size = LARGEST;

    ZEND_PARSE_PARAMETERS_START(0, 4)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(version, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_VERSION])
    Z_PARAM_LONG(max_packet_size)
    Z_PARAM_OBJ_OF_CLASS(strictness, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_STRICTNESS])
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(sender, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_SENDER])
    ZEND_PARSE_PARAMETERS_END();
    if (p->ready) {
        zend_throw_error(NULL, "Cannot construct a %s again", ZSTR_VAL(parser_ce->name));
        RETURN_THROWS();
    }
    if (max_packet_size < SMALLEST || max_packet_size > LARGEST) {
        zend_argument_value_error(2, "must be between %d and %d", SMALLEST, LARGEST);
        RETURN_THROWS();
    }
    p->version = version ? (uint8_t)native_ext_mqtt_case_number(version) : 0;
    p->options.version = p->version;
    p->options.level =
        strictness ? (uint8_t)native_ext_mqtt_case_number(strictness) : NATIVE_MQTT_SPEC;
    p->options.sender = sender ? (uint8_t)native_ext_mqtt_case_number(sender) : 0;
    p->options.max_packet_size = (uint32_t)max_packet_size;
    p->ready = true;
}

ZEND_METHOD(Native_Mqtt_Parser, feed)
{
    struct parser *p;
    zend_string *bytes;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(bytes)
    ZEND_PARSE_PARAMETERS_END();
    p = this_parser(ZEND_THIS);
    if (!p)
        RETURN_THROWS();
    if (p->failed) {
        native_ext_mqtt_throw_protocol(p->failed_type, &p->error);
        RETURN_THROWS();
    }
    if (ZSTR_LEN(bytes) == 0)
        return;
    if (p->head)
        append(p, bytes);
    else
        p->head = zend_string_copy(bytes);
    /* Slices of one packet go where they belong at once, so that nothing piles up; an error is kept
     * for next(). */
    if (p->part)
        complete_part(p);
}

ZEND_METHOD(Native_Mqtt_Parser, next)
{
    zend_object *packet;

    ZEND_PARSE_PARAMETERS_NONE();
    packet = native_ext_mqtt_parser_take(ZEND_THIS);
    if (packet)
        RETURN_OBJ(packet);
}

ZEND_METHOD(Native_Mqtt_Parser, pending)
{
    struct parser *p;

    ZEND_PARSE_PARAMETERS_NONE();
    p = this_parser(ZEND_THIS);
    if (p)
        RETURN_LONG((zend_long)(p->part_len + unread(p)));
}

ZEND_METHOD(Native_Mqtt_Parser, version)
{
    struct parser *p;

    ZEND_PARSE_PARAMETERS_NONE();
    p = this_parser(ZEND_THIS);
    if (p)
        native_ext_mqtt_case_zval(return_value, NATIVE_EXT_MQTT_VERSION, p->options.version);
}

ZEND_METHOD(Native_Mqtt_Parser, reset)
{
    struct parser *p;

    ZEND_PARSE_PARAMETERS_NONE();
    p = this_parser(ZEND_THIS);
    if (!p)
        RETURN_THROWS();
    drop_head(p);
    drop_part(p);
    p->failed = false;
    p->options.version = p->version;
}

ZEND_METHOD(Native_Mqtt_Parser, getIterator)
{
    ZEND_PARSE_PARAMETERS_NONE();
    zend_create_internal_iterator_zval(return_value, ZEND_THIS);
}

/* ---- the object --------------------------------------------------------------------------------- */

static zend_object *create(zend_class_entry *ce)
{
    struct parser *p = zend_object_alloc(sizeof(*p), ce);

    zend_object_std_init(&p->std, ce);
    object_properties_init(&p->std, ce);
    p->std.handlers = &handlers;
    return &p->std;
}

static void free_object(zend_object *object)
{
    drop_head(parser_of(object));
    drop_part(parser_of(object));
    zend_object_std_dtor(object);
}

void native_ext_mqtt_parser_minit(void)
{
    parser_ce = register_class_Native_Mqtt_Parser(zend_ce_aggregate);
    parser_ce->create_object = create;
    parser_ce->get_iterator = native_ext_mqtt_parser_iterator;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.offset = offsetof(struct parser, std);
    handlers.free_obj = free_object;
    handlers.clone_obj = NULL;
}
