/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* framing.c - the fields that say where a body ends (RFC 9112, 6), and what becomes of the
 * connection (9.3). */
#include "chars.h"
#include "field.h"
#include "framing.h"

void native_http_framing_begin(struct native_http_framing *framing)
{
    struct native_http_framing fresh = {
        .head_request = framing->head_request,
        .connect_request = framing->connect_request,
        .via_proxy = framing->via_proxy,
        .lenient = framing->lenient,
        .ignore_length = framing->ignore_length,
        .any_length = framing->any_length,
        .keep_alive_s = -1,
        .keep_alive_max = -1,
    };

    *framing = fresh;
}

static enum native_http_status refuse(struct native_http_fault *fault,
                                      enum native_http_fault_reason reason)
{
    fault->reason = reason;
    return NATIVE_HTTP_MALFORMED;
}

/* The number that the text begins with; INT64_MAX if it is larger. Returns false if there is none. */
static bool read_prefix(struct native_http_span value, uint64_t *number)
{
    size_t at = value.len > 0 && value.at[0] == '+' ? 1 : 0, digits = at;

    *number = 0;
    for (; digits < value.len && native_http_char_is(value.at[digits], NATIVE_HTTP_CHAR_DIGIT);
         digits++) {
        uint64_t digit = (uint64_t)(value.at[digits] - '0');

        *number = *number > ((uint64_t)INT64_MAX - digit) / 10 ? (uint64_t)INT64_MAX
                                                               : *number * 10 + digit;
    }
    return digits > at;
}

/* Lengths that are not as they should be, for those who take them. */
static bool take_any_length(struct native_http_framing *framing, struct native_http_span value)
{
    uint64_t length;

    if (!read_prefix(value, &length)) {
        return false;
    }
    framing->is_odd = true;
    if (length < (uint64_t)INT64_MAX) {
        framing->has_length = true;
        framing->length = length;
    }
    return true;
}

/* One number, and the same one if it comes again: a list of them, even of equal ones, is what makes
 * two readers disagree. */
static enum native_http_status take_length(struct native_http_framing *framing,
                                           struct native_http_span value,
                                           struct native_http_fault *fault)
{
    uint64_t length;

    if (framing->ignore_length) {
        return NATIVE_HTTP_OK;
    }
    if (!native_http_number(value, INT64_MAX, &length)) {
        return framing->any_length && take_any_length(framing, value)
                   ? NATIVE_HTTP_OK
                   : refuse(fault, NATIVE_HTTP_FAULT_LENGTH);
    }
    if (framing->has_length && framing->length != length) {
        if (!framing->any_length) {
            return refuse(fault, NATIVE_HTTP_FAULT_LENGTH_TWICE);
        }
        framing->is_odd = true;
    }
    framing->has_length = true;
    framing->length = length;
    return NATIVE_HTTP_OK;
}

/* One of the codings of RFC 9112, 7. "identity" is of RFC 2616 and says nothing. Returns false: not
 * at this place. */
static bool take_one_coding(struct native_http_framing *framing, struct native_http_span name)
{
    struct native_http_fault fault;

    if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("chunked"))) {
        framing->is_odd |= framing->is_chunked;
        framing->is_chunked = framing->has_coding = true;
        return framing->lenient || !framing->is_odd;
    }
    if (framing->is_chunked) {
        return false;
    }
    if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("identity"))) {
        return true;
    }
    framing->has_coding = true;
    return framing->lenient &&
           native_http_codings_add(&framing->codings, name, &fault) == NATIVE_HTTP_OK;
}

/* RFC 9112, 6.1. */
static enum native_http_status take_coding(struct native_http_framing *framing,
                                           struct native_http_span value,
                                           struct native_http_fault *fault)
{
    struct native_http_element element;
    enum native_http_status status;
    bool any = false;

    for (; (status = native_http_list_next(&value, &element)) == NATIVE_HTTP_OK; any = true) {
        if (element.value.at != NULL || element.parameters.len > 0 ||
            !take_one_coding(framing, element.name)) {
            return refuse(fault, NATIVE_HTTP_FAULT_CODING);
        }
    }
    framing->codings.unknown = (struct native_http_span){NULL, 0};
    return status == NATIVE_HTTP_END && any ? NATIVE_HTTP_OK
                                            : refuse(fault, NATIVE_HTTP_FAULT_CODING);
}

static void take_connection(struct native_http_framing *framing, struct native_http_span value)
{
    struct native_http_element element;
    enum native_http_status status;

    while ((status = native_http_list_next(&value, &element)) != NATIVE_HTTP_END) {
        if (status != NATIVE_HTTP_OK) {
            continue;
        }
        if (native_http_span_is_nocase(element.name, NATIVE_HTTP_SPAN("close"))) {
            framing->says_close = true;
        } else if (native_http_span_is_nocase(element.name, NATIVE_HTTP_SPAN("keep-alive"))) {
            framing->says_keep_alive = true;
        } else if (native_http_span_is_nocase(element.name, NATIVE_HTTP_SPAN("upgrade"))) {
            framing->says_upgrade = true;
        }
    }
}

/* Keep-Alive: timeout=5, max=100. Of no RFC in force, but what servers mean by it is clear. */
static void take_keep_alive(struct native_http_framing *framing, struct native_http_span value)
{
    struct native_http_element element;
    enum native_http_status status;
    uint64_t number;

    while ((status = native_http_list_next(&value, &element)) != NATIVE_HTTP_END) {
        if (status != NATIVE_HTTP_OK || !native_http_number(element.value, INT32_MAX, &number)) {
            continue;
        }
        if (native_http_span_is_nocase(element.name, NATIVE_HTTP_SPAN("timeout"))) {
            framing->keep_alive_s = (int32_t)number;
        } else if (native_http_span_is_nocase(element.name, NATIVE_HTTP_SPAN("max"))) {
            framing->keep_alive_max = (int32_t)number;
        }
    }
}

enum native_http_status native_http_framing_take(struct native_http_framing *framing,
                                                 const struct native_http_head_event *event,
                                                 struct native_http_fault *fault)
{
    struct native_http_span name = event->name, value = event->value;

    if (event->kind == NATIVE_HTTP_HEAD_STATUS_LINE) {
        framing->minor = event->minor;
        framing->code = event->code;
    }
    if (event->kind != NATIVE_HTTP_HEAD_FIELD) {
        return NATIVE_HTTP_OK;
    }
    if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("Content-Length"))) {
        return take_length(framing, value, fault);
    }
    if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("Transfer-Encoding"))) {
        return take_coding(framing, value, fault);
    }
    if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("Connection")) ||
        (framing->via_proxy &&
         native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("Proxy-Connection")))) {
        take_connection(framing, value);
    } else if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("Keep-Alive"))) {
        take_keep_alive(framing, value);
    }
    return NATIVE_HTTP_OK;
}

/* RFC 9112, 6.3, 1 and 2: these have no body, whatever their fields say. */
static bool has_no_body(const struct native_http_framing *framing)
{
    return framing->head_request || framing->code < 200 || framing->code == 204 ||
           framing->code == 304;
}

enum native_http_status native_http_framing_decide(struct native_http_framing *framing,
                                                   struct native_http_fault *fault)
{
    bool doubtful = framing->has_coding && (framing->has_length || framing->minor == 0);

    framing->reusable = !framing->says_close && (framing->minor > 0 || framing->says_keep_alive) &&
                        !doubtful && !framing->is_odd;
    if (framing->code == 101 || (framing->connect_request && framing->code / 100 == 2)) {
        framing->kind = NATIVE_HTTP_BODY_TUNNEL;
        framing->reusable = false;
        return NATIVE_HTTP_OK;
    }
    if (has_no_body(framing)) {
        framing->kind = NATIVE_HTTP_BODY_NONE;
        /* A 204 that announces a body may well send it. */
        if (framing->code == 204 && (framing->has_coding || framing->length > 0)) {
            framing->reusable = false;
        }
        return NATIVE_HTTP_OK;
    }
    if (doubtful && !framing->lenient) {
        return refuse(fault, framing->has_length ? NATIVE_HTTP_FAULT_LENGTH_AND_CODING
                                                 : NATIVE_HTTP_FAULT_CODING);
    }
    if (framing->is_chunked) {
        framing->kind = NATIVE_HTTP_BODY_CHUNKED;
    } else if (framing->has_length && !framing->has_coding) {
        framing->kind = NATIVE_HTTP_BODY_LENGTH;
    } else {
        framing->kind = NATIVE_HTTP_BODY_CLOSE;
        framing->reusable = false;
    }
    return NATIVE_HTTP_OK;
}
