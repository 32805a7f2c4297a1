/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* socks.c - a message out, its answer in, until the tunnel is open. Of an answer only the first
 * bytes have a meaning for a client; the bound address is counted and dropped. */
#include "socks.h"

enum {
    SOCKS5_NONE = 0,
    SOCKS5_USER = 2,
    SOCKS5_NO_METHOD = 0xff,
    SOCKS5_IPV4 = 1,
    SOCKS5_NAME = 3,
    SOCKS5_IPV6 = 4,
    SOCKS4_GRANTED = 90
};

/* ---- start ---- */

static enum native_http_status refuse(enum native_http_fault_reason reason, size_t offset,
                                      struct native_http_fault *fault)
{
    *fault = (struct native_http_fault){reason, offset};
    return NATIVE_HTTP_MALFORMED;
}

/* SOCKS 4 ends a text with NUL, SOCKS 5 has one byte for its length. */
static enum native_http_status check_text(struct native_http_span text, bool ends_with_nul,
                                          struct native_http_fault *fault)
{
    const char *nul = text.len && ends_with_nul ? memchr(text.at, '\0', text.len) : NULL;

    if (text.len > NATIVE_HTTP_SOCKS_TEXT_MAX) {
        return refuse(NATIVE_HTTP_FAULT_TEXT_LENGTH, NATIVE_HTTP_SOCKS_TEXT_MAX, fault);
    }
    if (nul) {
        return refuse(NATIVE_HTTP_FAULT_CONTROL_BYTE, (size_t)(nul - text.at), fault);
    }
    return NATIVE_HTTP_OK;
}

static bool address_is_good(const struct native_http_socks_request *request)
{
    if (!request->address) {
        return request->host.len > 0;
    }
    return request->address_len == 4 ||
           (request->address_len == 16 && request->version == NATIVE_HTTP_SOCKS_5);
}

enum native_http_status native_http_socks_start(struct native_http_socks *socks,
                                                const struct native_http_socks_request *request,
                                                struct native_http_fault *fault)
{
    const bool old = request->version == NATIVE_HTTP_SOCKS_4;

    if (!address_is_good(request)) {
        return refuse(NATIVE_HTTP_FAULT_SOCKS_ADDRESS, 0, fault);
    }
    if ((!request->address && check_text(request->host, old, fault) != NATIVE_HTTP_OK) ||
        (old && check_text(request->user, old, fault) != NATIVE_HTTP_OK)) {
        return NATIVE_HTTP_MALFORMED;
    }
    memset(socks, 0, sizeof(*socks));
    socks->request = *request;
    socks->step = NATIVE_HTTP_SOCKS_SEND;
    socks->state = old ? NATIVE_HTTP_SOCKS_CONNECT : NATIVE_HTTP_SOCKS_GREETING;
    return NATIVE_HTTP_OK;
}

/* ---- messages ---- */

static void put_byte(struct native_http_buffer *out, size_t byte)
{
    char c = (char)(uint8_t)byte;

    native_http_buffer_put(out, &c, 1);
}

/* A text of SOCKS 5. */
static void put_counted(struct native_http_buffer *out, struct native_http_span text)
{
    put_byte(out, text.len);
    native_http_buffer_put_span(out, text);
}

static void put_port(struct native_http_buffer *out, uint16_t port)
{
    put_byte(out, port >> 8);
    put_byte(out, port);
}

static void put_connect5(struct native_http_buffer *out,
                         const struct native_http_socks_request *request)
{
    NATIVE_HTTP_PUT(out, "\x05\x01\0");
    if (request->address) {
        put_byte(out, request->address_len == 4 ? SOCKS5_IPV4 : SOCKS5_IPV6);
        native_http_buffer_put(out, request->address, request->address_len);
    } else {
        put_byte(out, SOCKS5_NAME);
        put_counted(out, request->host);
    }
    put_port(out, request->port);
}

/* SOCKS 4a: an address 0.0.0.x says that a name follows. */
static void put_connect4(struct native_http_buffer *out,
                         const struct native_http_socks_request *request)
{
    NATIVE_HTTP_PUT(out, "\x04\x01");
    put_port(out, request->port);
    if (request->address) {
        native_http_buffer_put(out, request->address, 4);
    } else {
        NATIVE_HTTP_PUT(out, "\0\0\0\x01");
    }
    native_http_buffer_put_span(out, request->user);
    put_byte(out, 0);
    if (!request->address) {
        native_http_buffer_put_span(out, request->host);
        put_byte(out, 0);
    }
}

enum native_http_status native_http_socks_message(struct native_http_socks *socks,
                                                  struct native_http_buffer *out,
                                                  struct native_http_fault *fault)
{
    const struct native_http_socks_request *request = &socks->request;

    if (socks->step != NATIVE_HTTP_SOCKS_SEND) {
        return NATIVE_HTTP_OK;
    }
    if (socks->state == NATIVE_HTTP_SOCKS_USER &&
        (check_text(request->user, false, fault) != NATIVE_HTTP_OK ||
         check_text(request->password, false, fault) != NATIVE_HTTP_OK)) {
        return NATIVE_HTTP_MALFORMED;
    }
    if (socks->state == NATIVE_HTTP_SOCKS_GREETING) {
        if (request->user.at) {
            NATIVE_HTTP_PUT(out, "\x05\x02\0\x02");
        } else {
            NATIVE_HTTP_PUT(out, "\x05\x01\0");
        }
    } else if (socks->state == NATIVE_HTTP_SOCKS_USER) {
        put_byte(out, 1);
        put_counted(out, request->user);
        put_counted(out, request->password);
    } else if (request->version == NATIVE_HTTP_SOCKS_5) {
        put_connect5(out, request);
    } else {
        put_connect4(out, request);
    }
    if (native_http_buffer_fits(out)) {
        socks->step = NATIVE_HTTP_SOCKS_RECEIVE;
        socks->got = 0;
    }
    return NATIVE_HTTP_OK;
}

/* ---- answers ---- */

static void fail(struct native_http_socks *socks, enum native_http_socks_failure failure)
{
    socks->failure = failure;
    socks->step = NATIVE_HTTP_SOCKS_FAILED;
}

static void send_next(struct native_http_socks *socks, uint8_t state)
{
    socks->state = state;
    socks->step = NATIVE_HTTP_SOCKS_SEND;
}

/* The first byte: what does not speak SOCKS is known by it. Of the answer to a password it is not
 * looked at: proxies say 1 or 5 there. */
static void see_version(struct native_http_socks *socks)
{
    uint8_t version = socks->request.version == NATIVE_HTTP_SOCKS_5 ? 5 : 0;

    if (socks->state != NATIVE_HTTP_SOCKS_USER && socks->head[0] != version) {
        fail(socks, version == 5 && socks->state == NATIVE_HTTP_SOCKS_CONNECT
                        ? NATIVE_HTTP_SOCKS_BAD_REPLY_VERSION
                        : NATIVE_HTTP_SOCKS_BAD_VERSION);
    }
}

static void see_method(struct native_http_socks *socks)
{
    if (socks->code == SOCKS5_NONE) {
        send_next(socks, NATIVE_HTTP_SOCKS_CONNECT);
    } else if (socks->code == SOCKS5_USER && socks->request.user.at) {
        send_next(socks, NATIVE_HTTP_SOCKS_USER);
    } else {
        fail(socks, socks->code == SOCKS5_NO_METHOD ? NATIVE_HTTP_SOCKS_NO_METHOD
                                                    : NATIVE_HTTP_SOCKS_BAD_METHOD);
    }
}

/* The second byte: the proxy's code. A refusal of SOCKS 5 counts at once; proxies close after it. Of SOCKS 4 all is
 * awaited: the answer is short, and has more to tell. */
static void see_code(struct native_http_socks *socks)
{
    socks->code = socks->head[1];
    if (socks->state == NATIVE_HTTP_SOCKS_GREETING) {
        see_method(socks);
    } else if (socks->state == NATIVE_HTTP_SOCKS_USER) {
        if (socks->code == 0) {
            send_next(socks, NATIVE_HTTP_SOCKS_CONNECT);
        } else {
            fail(socks, NATIVE_HTTP_SOCKS_USER_REFUSED);
        }
    } else if (socks->request.version == NATIVE_HTTP_SOCKS_4) {
        socks->skip = sizeof(socks->bound);
    } else if (socks->code != 0) {
        fail(socks, NATIVE_HTTP_SOCKS_REFUSED);
    }
}

/* The fifth byte of SOCKS 5: with the type it tells how long the bound address is. */
static void see_address(struct native_http_socks *socks)
{
    switch (socks->head[3]) {
    case SOCKS5_IPV4:
        socks->skip = 4 - 1 + 2;
        break;
    case SOCKS5_IPV6:
        socks->skip = 16 - 1 + 2;
        break;
    case SOCKS5_NAME:
        socks->skip = (uint16_t)(socks->head[4] + 2);
        break;
    default:
        fail(socks, NATIVE_HTTP_SOCKS_BAD_ADDRESS_TYPE);
    }
}

static void take_byte(struct native_http_socks *socks, uint8_t byte)
{
    if (socks->skip > 0) {
        bool old = socks->request.version == NATIVE_HTTP_SOCKS_4;

        if (old) {
            socks->bound[sizeof(socks->bound) - socks->skip] = byte;
        }
        if (--socks->skip == 0 && old && socks->code != SOCKS4_GRANTED) {
            fail(socks, NATIVE_HTTP_SOCKS_REFUSED);
        } else if (socks->skip == 0) {
            socks->step = NATIVE_HTTP_SOCKS_OPEN;
        }
        return;
    }
    socks->head[socks->got++] = byte;
    if (socks->got == 1) {
        see_version(socks);
    } else if (socks->got == 2) {
        see_code(socks);
    } else if (socks->got == 5) {
        see_address(socks);
    }
}

enum native_http_socks_step native_http_socks_receive(struct native_http_socks *socks,
                                                      const void *bytes, size_t len, size_t *used)
{
    const uint8_t *in = bytes;

    for (*used = 0; *used < len && socks->step == NATIVE_HTTP_SOCKS_RECEIVE; (*used)++) {
        take_byte(socks, in[*used]);
    }
    return socks->step;
}

const char *native_http_socks_code_text(enum native_http_socks_version version, uint8_t code)
{
    static const char *const five[] = {"succeeded",
                                       "general SOCKS server failure",
                                       "connection not allowed by ruleset",
                                       "Network unreachable",
                                       "Host unreachable",
                                       "Connection refused",
                                       "TTL expired",
                                       "Command not supported",
                                       "Address type not supported"};
    static const char *const four[] = {
        "request granted", "request rejected or failed",
        "request rejected because the SOCKS server cannot connect to identd on the client",
        "request rejected because the client program and identd report different user-ids"};

    if (version == NATIVE_HTTP_SOCKS_5) {
        return code < sizeof(five) / sizeof(five[0]) ? five[code] : "unassigned";
    }
    return code >= SOCKS4_GRANTED && code < SOCKS4_GRANTED + sizeof(four) / sizeof(four[0])
               ? four[code - SOCKS4_GRANTED]
               : "unassigned";
}
