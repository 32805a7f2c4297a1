/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* request.c - everything that goes into a line is checked before its first byte is written. */
#include "request.h"

#include "chars.h"

/* Refuse the first byte that is in none of the classes. */
static enum native_http_status check_class(struct native_http_span text, unsigned classes,
                                           enum native_http_fault_reason reason,
                                           struct native_http_fault *fault)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!native_http_char_is(text.at[i], classes)) {
            *fault = (struct native_http_fault){reason, i};
            return NATIVE_HTTP_MALFORMED;
        }
    }
    return NATIVE_HTTP_OK;
}

static enum native_http_status check_token(struct native_http_span text,
                                           enum native_http_fault_reason reason,
                                           struct native_http_fault *fault)
{
    if (text.len == 0) {
        *fault = (struct native_http_fault){reason, 0};
        return NATIVE_HTTP_MALFORMED;
    }
    return check_class(text, NATIVE_HTTP_CHAR_TOKEN, reason, fault);
}

enum native_http_status native_http_method_check(struct native_http_span method,
                                                 struct native_http_fault *fault)
{
    return check_token(method, NATIVE_HTTP_FAULT_METHOD, fault);
}

enum native_http_status native_http_field_name_check(struct native_http_span name,
                                                     struct native_http_fault *fault)
{
    return check_token(name, NATIVE_HTTP_FAULT_FIELD_NAME, fault);
}

enum native_http_status native_http_field_value_check(struct native_http_span value,
                                                      struct native_http_fault *fault)
{
    return check_class(value, NATIVE_HTTP_CHAR_VALUE, NATIVE_HTTP_FAULT_FIELD_VALUE, fault);
}

/* ---- the request line ---- */

/* A space would end the target early (RFC 9112, 3.2: no white space is allowed in it). */
static enum native_http_status check_target_part(struct native_http_span part,
                                                 struct native_http_fault *fault)
{
    for (size_t i = 0; i < part.len; i++) {
        if (native_http_char_is(part.at[i], NATIVE_HTTP_CHAR_CONTROL | NATIVE_HTTP_CHAR_BLANK)) {
            *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_TARGET, i};
            return NATIVE_HTTP_MALFORMED;
        }
    }
    return NATIVE_HTTP_OK;
}

/* Returns whether what this form needs is there, and a path begins where the authority has ended:
 * "http://host" and "@elsewhere" would be another authority. */
static bool is_whole(const struct native_http_target *target)
{
    bool path = target->path.len == 0 || target->path.at[0] == '/';

    switch (target->form) {
    case NATIVE_HTTP_TARGET_ORIGIN:
        return path;
    case NATIVE_HTTP_TARGET_ABSOLUTE:
        return path && target->scheme.len > 0 && target->authority.len > 0;
    case NATIVE_HTTP_TARGET_AUTHORITY:
        return target->authority.len > 0;
    case NATIVE_HTTP_TARGET_ASTERISK:
        return true;
    case NATIVE_HTTP_TARGET_RAW:
        return target->path.len > 0;
    }
    return false;
}

static enum native_http_status check_target(const struct native_http_target *target,
                                            struct native_http_fault *fault)
{
    const struct native_http_span *parts[] = {&target->scheme, &target->authority, &target->path,
                                              &target->query};

    if (!is_whole(target)) {
        *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_TARGET, 0};
        return NATIVE_HTTP_MALFORMED;
    }
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (check_target_part(*parts[i], fault) != NATIVE_HTTP_OK) {
            return NATIVE_HTTP_MALFORMED;
        }
    }
    return NATIVE_HTTP_OK;
}

static void put_path(struct native_http_buffer *out, const struct native_http_target *target)
{
    if (target->path.len == 0) {
        NATIVE_HTTP_PUT(out, "/");
    }
    native_http_buffer_put_span(out, target->path);
    if (target->query.at) {
        NATIVE_HTTP_PUT(out, "?");
        native_http_buffer_put_span(out, target->query);
    }
}

static void put_target(struct native_http_buffer *out, const struct native_http_target *target)
{
    switch (target->form) {
    case NATIVE_HTTP_TARGET_ORIGIN:
        put_path(out, target);
        break;
    case NATIVE_HTTP_TARGET_ABSOLUTE:
        native_http_buffer_put_span(out, target->scheme);
        NATIVE_HTTP_PUT(out, "://");
        native_http_buffer_put_span(out, target->authority);
        put_path(out, target);
        break;
    case NATIVE_HTTP_TARGET_AUTHORITY:
        native_http_buffer_put_span(out, target->authority);
        break;
    case NATIVE_HTTP_TARGET_ASTERISK:
        NATIVE_HTTP_PUT(out, "*");
        break;
    case NATIVE_HTTP_TARGET_RAW:
        native_http_buffer_put_span(out, target->path);
        break;
    }
}

enum native_http_status native_http_request_line_put(struct native_http_buffer *out,
                                                     struct native_http_span method,
                                                     const struct native_http_target *target,
                                                     unsigned minor_version,
                                                     struct native_http_fault *fault)
{
    if (native_http_method_check(method, fault) != NATIVE_HTTP_OK ||
        check_target(target, fault) != NATIVE_HTTP_OK) {
        return NATIVE_HTTP_MALFORMED;
    }
    native_http_buffer_put_span(out, method);
    NATIVE_HTTP_PUT(out, " ");
    put_target(out, target);
    if (minor_version == 0) {
        NATIVE_HTTP_PUT(out, " HTTP/1.0\r\n");
    } else {
        NATIVE_HTTP_PUT(out, " HTTP/1.1\r\n");
    }
    return NATIVE_HTTP_OK;
}

/* ---- fields ---- */

enum native_http_status native_http_field_put(struct native_http_buffer *out,
                                              struct native_http_span name,
                                              struct native_http_span value,
                                              struct native_http_fault *fault)
{
    if (native_http_field_name_check(name, fault) != NATIVE_HTTP_OK ||
        native_http_field_value_check(value, fault) != NATIVE_HTTP_OK) {
        return NATIVE_HTTP_MALFORMED;
    }
    native_http_buffer_put_span(out, name);
    if (value.len > 0) {
        NATIVE_HTTP_PUT(out, ": ");
        native_http_buffer_put_span(out, value);
    } else {
        NATIVE_HTTP_PUT(out, ":");
    }
    NATIVE_HTTP_PUT(out, "\r\n");
    return NATIVE_HTTP_OK;
}

/* Check "Name:value": the name ends right before the first colon (RFC 9112, 5.1). */
static enum native_http_status check_line(struct native_http_span line,
                                          struct native_http_fault *fault)
{
    const char *colon = line.len ? memchr(line.at, ':', line.len) : NULL;
    size_t name_len = colon ? (size_t)(colon - line.at) : line.len;
    struct native_http_span value = {colon, line.len - name_len};

    if (!colon) {
        *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_FIELD_COLON, line.len};
        return NATIVE_HTTP_MALFORMED;
    }
    if (name_len > 0 && native_http_char_is(colon[-1], NATIVE_HTTP_CHAR_BLANK)) {
        *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_FIELD_SPACE, name_len - 1};
        return NATIVE_HTTP_MALFORMED;
    }
    if (native_http_field_name_check((struct native_http_span){line.at, name_len}, fault) !=
        NATIVE_HTTP_OK) {
        return NATIVE_HTTP_MALFORMED;
    }
    if (native_http_field_value_check(value, fault) != NATIVE_HTTP_OK) {
        fault->offset += name_len;
        return NATIVE_HTTP_MALFORMED;
    }
    return NATIVE_HTTP_OK;
}

enum native_http_status native_http_field_line_put(struct native_http_buffer *out,
                                                   struct native_http_span line,
                                                   struct native_http_fault *fault)
{
    if (check_line(line, fault) != NATIVE_HTTP_OK) {
        return NATIVE_HTTP_MALFORMED;
    }
    native_http_buffer_put_span(out, line);
    NATIVE_HTTP_PUT(out, "\r\n");
    return NATIVE_HTTP_OK;
}

void native_http_number_put(struct native_http_buffer *out, uint64_t number)
{
    char digits[20];
    size_t at = sizeof(digits);

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    native_http_buffer_put(out, digits + at, sizeof(digits) - at);
}

void native_http_field_put_number(struct native_http_buffer *out, struct native_http_span name,
                                  uint64_t number)
{
    native_http_buffer_put_span(out, name);
    NATIVE_HTTP_PUT(out, ": ");
    native_http_number_put(out, number);
    NATIVE_HTTP_PUT(out, "\r\n");
}

void native_http_request_end_put(struct native_http_buffer *out)
{
    NATIVE_HTTP_PUT(out, "\r\n");
}
