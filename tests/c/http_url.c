/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_url.c - URLs: what libcurl 7.88 makes of them, and where we differ on purpose; RFC 3986's
 * own table of references. Texts end at a forbidden page, and so does the room for the result. */
#include "harness.h"
#include "http/wire/url.h"
#include "support/http_text.h"

enum {
    GUESS = NATIVE_HTTP_URL_GUESS_SCHEME,
    ANY = NATIVE_HTTP_URL_ANY_SLASHES,
    SPACES = NATIVE_HTTP_URL_SPACES,
    PLUS = NATIVE_HTTP_URL_SPACE_AS_PLUS,
    HIGH = NATIVE_HTTP_URL_KEEP_HIGH,
    AS_IS = NATIVE_HTTP_URL_PATH_AS_IS,
    NO_USER = NATIVE_HTTP_URL_NO_USERINFO,
    ESCAPES = NATIVE_HTTP_URL_STRICT_ESCAPES,
    LOWER = NATIVE_HTTP_URL_LOWER_ESCAPES,
    DROP = NATIVE_HTTP_URL_DROP_EMPTY
};

static struct guard input, output;

/* Parse with room for `room` bytes and not one more. */
static enum native_http_status parse(unsigned flags, const struct native_http_url *base,
                                     const char *text, size_t len, size_t room,
                                     struct native_http_url *url, struct native_http_fault *fault,
                                     size_t *need)
{
    struct native_http_url_options options = NATIVE_HTTP_URL_OPTIONS_INIT;
    struct native_http_buffer buffer = {(char *)guard_end(&output, room), room, 0};
    enum native_http_status status;

    options.flags = flags;
    status = native_http_url_resolve(&options, base, guard_place(&input, text, len), len, &buffer,
                                     url, fault);
    *need = buffer.len;
    return status;
}

/* Normalising what is normalised changes nothing, with exactly the room for it. */
static void check_again(unsigned flags, const struct native_http_url *url)
{
    struct native_http_url again;
    struct native_http_fault fault;
    char *copy = malloc(url->text.len + 1);
    size_t len = url->text.len, need;
    enum native_http_status status;

    memcpy(copy, url->text.at, len);
    status = parse(flags, NULL, copy, len, len, &again, &fault, &need);
    check(status == NATIVE_HTTP_OK && again.text.len == len &&
              memcmp(again.text.at, copy, len) == 0,
          "normalised again: status %d, %s", status, shown(copy, len));
    free(copy);
}

/* ---- what becomes of a text ----------------------------------------------------------------- */

static const struct {
    unsigned flags;
    const char *text, *normal;
} normal[] = {
    {0, "http://host", "http://host/"},
    {0, "HTTP://HOST:0080/A", "http://HOST:80/A"},
    {0, "http://h?q", "http://h/?q"},
    {0, "http://h#f", "http://h/#f"},
    {0, "http://h/?#", "http://h/?#"},
    {0, "http://h/?a?b#c#d?e", "http://h/?a?b#c#d?e"},
    {0, "http://h:/", "http://h/"},
    {0, "http://h:0/", "http://h:0/"},
    {0, "http://h:65535/", "http://h:65535/"},
    {0, "https://h:443/", "https://h:443/"},
    {0, "coap+tcp://h/x", "coap+tcp://h/x"},
    {GUESS, "host", "host/"},
    {GUESS, "host:80/x", "host:80/x"},
    {GUESS, "host?x", "host/?x"},
    {GUESS, "mailto:a@b", "mailto:a@b/"}, /* user mailto */
    {GUESS, "http://host", "http://host/"},
    {GUESS, "[::1]:80", "[::1]:80/"},
    {GUESS, "u:p@h", "u:p@h/"},
    {ANY, "http:/host/x", "http://host/x"},
    {ANY, "http:///host/x", "http://host/x"},
    {GUESS | ANY, "h:/x", "h://x/"},
    /* users */
    {0, "http://u:p:q@h/", "http://u:p:q@h/"},
    {0, "http://@h/", "http://@h/"},
    {0, "http://:@h/", "http://:@h/"},
    {0, "http://u:@h/", "http://u:@h/"},
    {0, "http://e\\@h/", "http://e\\@h/"},
    {SPACES, "http://u v:\xc3\xa4@h/", "http://u%20v:%C3%A4@h/"},
    /* dot segments */
    {0, "http://h/a/../b/./c/..", "http://h/b/"},
    {0, "http://h/../../x", "http://h/x"},
    {0, "http://h/.", "http://h/"},
    {0, "http://h/..", "http://h/"},
    {0, "http://h/a/..", "http://h/"},
    {0, "http://h/a//../b", "http://h/a/b"},
    {0, "http://h/a///..//b", "http://h/a///b"},
    {0, "http://h/a;x=1/../b", "http://h/b"},
    {0, "http://h?a/../b", "http://h/?a/../b"},
    {0, "http://h/...", "http://h/..."},
    {0, "http://h/.a/..b/c.", "http://h/.a/..b/c."},
    {0, "http://h/a/%2e%2E/b/%2e/.%2e/c", "http://h/c"}, /* libcurl from 8.12 on */
    {0, "http://h/%2e%2/%2", "http://h/%2e%2/%2"},
    {AS_IS, "http://h/a/../b/.", "http://h/a/../b/."},
    /* bytes that are no URL's */
    {SPACES, "http://h/a b?c d#e f", "http://h/a%20b?c%20d#e%20f"},
    {SPACES | PLUS, "http://h/a b?c d#e f", "http://h/a%20b?c+d#e%20f"},
    {0, "http://h/\xc3\xa4?\xc3\xa4#\xff", "http://h/%C3%A4?%C3%A4#%FF"},
    {HIGH, "http://h/\xc3\xa4?\xc3\xa4#\xff", "http://h/\xc3\xa4?\xc3\xa4#\xff"},
    {LOWER, "http://h/\xc3\xa4%C3?\xc3\xa4#\xff", "http://h/%c3%a4%C3?%c3%a4#%ff"},
    {DROP, "http://h/?#", "http://h/"},
    {DROP, "http://h/?#f", "http://h/#f"},
    {DROP, "http://h?q#", "http://h/?q"},
    {0, "http://h/a|b<>^`{}\"\\[]%zz%", "http://h/a|b<>^`{}\"\\[]%zz%"},
    {ESCAPES, "http://h/%00%fF", "http://h/%00%fF"},
    /* names */
    {0, "http://a_b-c.d~/", "http://a_b-c.d~/"},
    {0, "http://h./", "http://h./"},
    {0, "http://ex%61mple.com/", "http://example.com/"},
    {0, "http://\xc3\xa4/", "http://\xc3\xa4/"},
    {0, "http://%c3%a4/", "http://\xc3\xa4/"},
    /* IPv4 */
    {0, "http://1.2.3.4:80/", "http://1.2.3.4:80/"},
    {0, "http://1.2/", "http://1.0.0.2/"},
    {0, "http://1.2.515/", "http://1.2.2.3/"},
    {0, "http://16909060/", "http://1.2.3.4/"},
    {0, "http://0x7f000001/", "http://127.0.0.1/"},
    {0, "http://0177.1/", "http://127.0.0.1/"},
    {0, "http://0x1.0X2.3/", "http://1.2.0.3/"},
    {0, "http://0/", "http://0.0.0.0/"},
    {0, "http://00.0.0.00/", "http://0.0.0.0/"},
    {0, "http://4294967295/", "http://255.255.255.255/"},
    {0, "http://%31.%32/", "http://1.0.0.2/"},
    {0, "http://0000000000000000000000000000000000000000000000000000000000000000000000000001/",
     "http://0.0.0.1/"},
    /* names for libcurl */
    {0, "http://1.2.3.4./", "http://1.2.3.4./"},
    {0, "http://256.1.1.1/", "http://256.1.1.1/"},
    {0, "http://4294967296/", "http://4294967296/"},
    {0, "http://0x100000000/", "http://0x100000000/"},
    {0, "http://1.16777216/", "http://1.16777216/"},
    {0, "http://1.2.65536/", "http://1.2.65536/"},
    {0, "http://1..2/", "http://1..2/"},
    {0, "http://0x/", "http://0x/"},
    {0, "http://0x.1/", "http://0x.1/"},
    {0, "http://08/", "http://08/"},
    {0, "http://1.2.3.4.5/", "http://1.2.3.4.5/"},
    {0, "http://1.a/", "http://1.a/"},
    /* IPv6 */
    {0, "http://[::1]/", "http://[::1]/"},
    {0, "http://[::]/", "http://[::]/"},
    {0, "http://[1::]:8/", "http://[1::]:8/"},
    {0, "http://[0:0:0:0:0:0:0:1]/", "http://[::1]/"},
    {0, "http://[FE80::00A1]/", "http://[fe80::a1]/"},
    {0, "http://[1:0:0:2:0:0:0:3]/", "http://[1:0:0:2::3]/"},
    {0, "http://[1:0:0:2:3:0:0:4]/", "http://[1::2:3:0:0:4]/"},
    {0, "http://[1:0:2:3:4:5:6:7]/", "http://[1:0:2:3:4:5:6:7]/"},
    {0, "http://[1:2:3:4:5:6:7::]/", "http://[1:2:3:4:5:6:7:0]/"},
    {0, "http://[::ffff:1.2.3.4]/", "http://[::ffff:1.2.3.4]/"},
    {0, "http://[::ffff:102:304]/", "http://[::ffff:1.2.3.4]/"},
    {0, "http://[::1.2.3.4]/", "http://[::102:304]/"},
    {0, "http://[1:2:3:4:5:6:7.8.9.10]/", "http://[1:2:3:4:5:6:708:90a]/"},
    {0, "http://[::1%25eth0]:80/x", "http://[::1%25eth0]:80/x"},
    {0, "http://[fe80::1%eth0]/", "http://[fe80::1%25eth0]/"},
    {0, "http://[::1%25]/", "http://[::1%2525]/"},
    {0, "http://[::1%251]/", "http://[::1%251]/"},
    /* files */
    {0, "file:///a/b", "file:///a/b"},
    {0, "FILE://LocalHost/a", "file:///a"},
    {0, "file://127.0.0.1/a", "file:///a"},
    {0, "file://", "file:///"},
    {0, "file:////a/../b", "file:////b"},
    {ANY, "file:/a", "file:///a"},
};

static void test_normal(void)
{
    for (size_t i = 0; i < sizeof(normal) / sizeof(normal[0]); i++) {
        struct native_http_url url;
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
        const char *text = normal[i].text;
        size_t need, len = strlen(text);
        enum native_http_status status =
            parse(normal[i].flags, NULL, text, len, 3 * len + 60, &url, &fault, &need);

        if (check(status == NATIVE_HTTP_OK, "status %d, fault %s at %zu", status,
                  native_http_fault_name(fault.reason), fault.offset)) {
            check(span_is(url.text, normal[i].normal), "became %s", shown_span(url.text));
            check_again(normal[i].flags | AS_IS, &url);
        }
        end_test("%s", shown_text(text));
    }
}

/* ---- what is refused ------------------------------------------------------------------------ */

static const struct {
    unsigned flags;
    const char *text;
    enum native_http_fault_reason reason;
    size_t offset;
} refused[] = {
    {GUESS, "", NATIVE_HTTP_FAULT_URL_EMPTY, 0},
    {0, "host", NATIVE_HTTP_FAULT_URL_SCHEME, 0},
    {0, "//host/x", NATIVE_HTTP_FAULT_URL_SCHEME, 0},
    {0, "1http://x/", NATIVE_HTTP_FAULT_URL_SCHEME, 0}, /* libcurl 7.88 takes it */
    {GUESS, "1http://x/", NATIVE_HTTP_FAULT_URL_PORT, 6},
    {GUESS, "ht!tp://x/", NATIVE_HTTP_FAULT_URL_PORT, 6},
    {GUESS, "//host/x", NATIVE_HTTP_FAULT_URL_HOST, 0},
    {GUESS, "/x", NATIVE_HTTP_FAULT_URL_HOST, 0},
    {GUESS, "?x", NATIVE_HTTP_FAULT_URL_HOST, 0},
    {GUESS, "foo:bar", NATIVE_HTTP_FAULT_URL_PORT, 4},
    {GUESS, "h:", NATIVE_HTTP_FAULT_URL_PORT, 2},
    {ANY, "http:host", NATIVE_HTTP_FAULT_URL_SLASHES, 5},
    {ANY, "http:////host/x", NATIVE_HTTP_FAULT_URL_SLASHES, 9},
    {0, "http:/host", NATIVE_HTTP_FAULT_URL_SLASHES, 6},
    {0, "http:///host", NATIVE_HTTP_FAULT_URL_SLASHES, 8},
    {0, "mailto:a@b", NATIVE_HTTP_FAULT_URL_SLASHES, 7},
    {0, "file:a", NATIVE_HTTP_FAULT_URL_SLASHES, 5},
    {0, "file:/a", NATIVE_HTTP_FAULT_URL_SLASHES, 6},
    {0, "file://host/a", NATIVE_HTTP_FAULT_URL_HOST, 7},
    {0, "http://u@v@h/", NATIVE_HTTP_FAULT_URL_HOST, 10},
    {NO_USER, "http://u@h/", NATIVE_HTTP_FAULT_URL_USERINFO, 7},
    {NO_USER, "http://@h/", NATIVE_HTTP_FAULT_URL_USERINFO, 7},
    {0, "http://h:65536/", NATIVE_HTTP_FAULT_URL_PORT, 13},
    {0, "http://h:99999999999999999999/", NATIVE_HTTP_FAULT_URL_PORT, 13},
    {0, "http://h:8a/", NATIVE_HTTP_FAULT_URL_PORT, 10},
    {0, "http://h:+8/", NATIVE_HTTP_FAULT_URL_PORT, 9},
    {0, "http://h:-1/", NATIVE_HTTP_FAULT_URL_PORT, 9},
    {0, "http://h:80:81/", NATIVE_HTTP_FAULT_URL_PORT, 11},
    {0, "http://", NATIVE_HTTP_FAULT_URL_HOST, 7},
    {0, "http://:80/", NATIVE_HTTP_FAULT_URL_HOST, 7},
    {0, "http://u@/", NATIVE_HTTP_FAULT_URL_HOST, 9},
    {0, "http://a%00b/", NATIVE_HTTP_FAULT_URL_HOST, 8},
    {0, "http://a%2fb/", NATIVE_HTTP_FAULT_URL_HOST, 8},
    {0, "http://a%40b/", NATIVE_HTTP_FAULT_URL_HOST, 8},
    {0, "http://a%2/", NATIVE_HTTP_FAULT_URL_HOST, 8},
    {0, "http://a%zz/", NATIVE_HTTP_FAULT_URL_HOST, 8},
    {0, "http://h\\x/", NATIVE_HTTP_FAULT_URL_HOST, 8},
    {0, "http://a!b/", NATIVE_HTTP_FAULT_URL_HOST, 8},
    {0, "http://a*b/", NATIVE_HTTP_FAULT_URL_HOST, 8},
    {0, "http://a,b/", NATIVE_HTTP_FAULT_URL_HOST, 8},
    {0, "http://a|b/", NATIVE_HTTP_FAULT_URL_HOST, 8}, /* libcurl 7.88 takes it */
    {0, "http://a]b/", NATIVE_HTTP_FAULT_URL_HOST, 8},
    {SPACES, "http://a b/", NATIVE_HTTP_FAULT_URL_HOST, 8},
    {0, "http://h/a b", NATIVE_HTTP_FAULT_URL_SPACE, 10},
    {SPACES, "http://h/\r", NATIVE_HTTP_FAULT_CONTROL_BYTE, 9},
    {SPACES, "http://h/a\nX: y", NATIVE_HTTP_FAULT_CONTROL_BYTE, 10},
    {SPACES, "http://h/\t", NATIVE_HTTP_FAULT_CONTROL_BYTE, 9},
    {SPACES, "http://h/#\x7f", NATIVE_HTTP_FAULT_CONTROL_BYTE, 10},
    {ESCAPES, "http://h/%", NATIVE_HTTP_FAULT_URL_ESCAPE, 9},
    {ESCAPES, "http://h/%4", NATIVE_HTTP_FAULT_URL_ESCAPE, 9},
    {ESCAPES, "http://h/%00%4g", NATIVE_HTTP_FAULT_URL_ESCAPE, 12},
    {0, "http://[::1/", NATIVE_HTTP_FAULT_URL_ADDRESS, 7},
    {0, "http://[/", NATIVE_HTTP_FAULT_URL_ADDRESS, 7},
    {0, "http://[]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 8},
    {0, "http://[v1.x]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 8},
    {0, "http://[::1]x/", NATIVE_HTTP_FAULT_URL_ADDRESS, 7},
    {0, "http://[:1]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 8},
    {0, "http://[1:]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 8},
    {0, "http://[:::]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 8},
    {0, "http://[1::2::3]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 8},
    {0, "http://[12345::]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 8},
    {0, "http://[1:2:3:4:5:6:7]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 8},
    {0, "http://[1:2:3:4:5:6:7:8:9]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 8},
    {0, "http://[1:2:3:4:5:6:7:8::]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 8},
    {0, "http://[1:2:3:4:5:6:7:1.2.3.4]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 8},
    {0, "http://[::1.2.3]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 8},
    {0, "http://[::1.2.3.256]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 8},
    {0, "http://[::1.2.3.04]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 8},
    {0, "http://[::1.2.3.4.5]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 8},
    {0, "http://[::1%]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 12},
    {0, "http://[::1%25e/h]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 7},
    {0, "http://[::1%25e*h]/", NATIVE_HTTP_FAULT_URL_ADDRESS, 15},
};

static void test_refused(void)
{
    struct native_http_url url;
    struct native_http_fault fault;
    size_t need;

    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        const char *text = refused[i].text;
        enum native_http_status status =
            parse(refused[i].flags, NULL, text, strlen(text), 200, &url, &fault, &need);

        check(status == NATIVE_HTTP_MALFORMED, "status %d", status);
        check(fault.reason == refused[i].reason && fault.offset == refused[i].offset,
              "fault %s at %zu", native_http_fault_name(fault.reason), fault.offset);
        end_test("%s is refused: %s", shown_text(text), native_http_fault_name(refused[i].reason));
    }
    for (int c = 0; c < 256; c++) {
        char text[] = "http://host/x?y#z";

        text[12] = (char)c;
        check((parse(SPACES, NULL, text, 17, 60, &url, &fault, &need) == NATIVE_HTTP_OK) ==
                  (c >= 0x20 && c != 0x7f),
              "byte %02x", (unsigned)c);
    }
    end_test("every control byte is refused, nothing else");
}

/* ---- references ----------------------------------------------------------------------------- */

/* RFC 3986, 5.4, with the base http://a/b/c/d;p?q; then what libcurl makes of Location fields. */
static const struct {
    const char *base, *reference, *result;
} references[] = {
    {"http://a/b/c/d;p?q", "g", "http://a/b/c/g"},
    {"http://a/b/c/d;p?q", "./g", "http://a/b/c/g"},
    {"http://a/b/c/d;p?q", "g/", "http://a/b/c/g/"},
    {"http://a/b/c/d;p?q", "/g", "http://a/g"},
    {"http://a/b/c/d;p?q", "//g", "http://g/"},
    {"http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y"},
    {"http://a/b/c/d;p?q", "g?y", "http://a/b/c/g?y"},
    {"http://a/b/c/d;p?q", "#s", "http://a/b/c/d;p?q#s"},
    {"http://a/b/c/d;p?q", "g#s", "http://a/b/c/g#s"},
    {"http://a/b/c/d;p?q", "g?y#s", "http://a/b/c/g?y#s"},
    {"http://a/b/c/d;p?q", ";x", "http://a/b/c/;x"},
    {"http://a/b/c/d;p?q", "g;x?y#s", "http://a/b/c/g;x?y#s"},
    {"http://a/b/c/d;p?q", "", "http://a/b/c/d;p?q"},
    {"http://a/b/c/d;p?q", ".", "http://a/b/c/"},
    {"http://a/b/c/d;p?q", "./", "http://a/b/c/"},
    {"http://a/b/c/d;p?q", "..", "http://a/b/"},
    {"http://a/b/c/d;p?q", "../g", "http://a/b/g"},
    {"http://a/b/c/d;p?q", "../../g", "http://a/g"},
    {"http://a/b/c/d;p?q", "../../../../g", "http://a/g"},
    {"http://a/b/c/d;p?q", "/../g", "http://a/g"},
    {"http://a/b/c/d;p?q", "g.", "http://a/b/c/g."},
    {"http://a/b/c/d;p?q", "..g", "http://a/b/c/..g"},
    {"http://a/b/c/d;p?q", "./g/.", "http://a/b/c/g/"},
    {"http://a/b/c/d;p?q", "g/../h", "http://a/b/c/h"},
    {"http://a/b/c/d;p?q", "g?y/../x", "http://a/b/c/g?y/../x"},
    {"http://a/b/c/d;p?q", "g#s/../x", "http://a/b/c/g#s/../x"},
    {"http://a/b/c/d;p?q", "https://x:1/y", "https://x:1/y"},
    {"http://a", "g", "http://a/g"},
    {"http://a?q", "g", "http://a/g"},
    {"http://u:p@a:8080/x#f", "y", "http://u:p@a:8080/y"},
    {"http://u:p@a:8080/x", "//b", "http://b/"},
    {"http://[fe80::1%25x]:1/", "y", "http://[fe80::1%25x]:1/y"},
    {"http://1.2/", "y", "http://1.0.0.2/y"},
    {"https://a/x", "//b:/y", "https://b/y"},
    {"http://a/x", "b c?d e", "http://a/b%20c?d+e"},
    {"http://a/x", "http:/b/c", "http://b/c"},
    {"file:///a/b", "../c", "file:///c"},
    {"http://a/x", "mailto:a@b", NULL},
    {"http://a/x", "c:d", NULL},
    {"http://a/x", "///b", "http://b/"},
    {"http://a/x", "////b", NULL},
    {"file:///a", "///b", "file:///b"},
    {"file:///a", "//b", NULL},
    {"http://a/x", "http:b", NULL},
    {"http://a/x", "//u@v@b/", NULL},
    {"http://a/x", "b\r\nX: y", NULL},
};

static void test_references(void)
{
    struct native_http_url_options options = NATIVE_HTTP_URL_OPTIONS_INIT;

    for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++) {
        char room[100];
        struct native_http_buffer buffer = {room, sizeof(room), 0};
        struct native_http_url base, url;
        struct native_http_fault fault;
        const char *text = references[i].base;
        size_t need, len = strlen(references[i].reference);
        enum native_http_status status;

        check(native_http_url_parse(&options, text, strlen(text), &buffer, &base, &fault) ==
                  NATIVE_HTTP_OK,
              "the base is one");
        status = parse(ANY | SPACES | PLUS, &base, references[i].reference, len, 100, &url, &fault,
                       &need);
        if (references[i].result == NULL) {
            check(status == NATIVE_HTTP_MALFORMED, "status %d", status);
        } else if (check(status == NATIVE_HTTP_OK, "status %d", status)) {
            check(span_is(url.text, references[i].result), "became %s", shown_span(url.text));
        }
        end_test("%s at %s", shown_text(references[i].reference), text);
    }
}

/* ---- parts ---------------------------------------------------------------------------------- */

static void test_parts(void)
{
    const char *text = "HTTPS://us%20er:pa:ss@[FE80::1%eth0]:08443/a/../b?q=1#f";
    struct native_http_url url;
    struct native_http_fault fault;
    size_t need;

    check(parse(0, NULL, text, strlen(text), 120, &url, &fault, &need) == NATIVE_HTTP_OK, "parses");
    check(span_is(url.scheme, "https"), "scheme");
    check(span_is(url.user, "us%20er") && span_is(url.password, "pa:ss"), "user, password");
    check(url.host_kind == NATIVE_HTTP_HOST_IPV6 && span_is(url.host, "fe80::1"), "host");
    check(url.address[0] == 0xfe && url.address[1] == 0x80 && url.address[15] == 1, "address");
    check(span_is(url.zone, "eth0") && url.port == 8443, "zone, port");
    check(span_is(url.path, "/b") && span_is(url.query, "q=1") && span_is(url.fragment, "f"),
          "path, query, fragment");
    check(span_is(url.authority, "us%20er:pa:ss@[fe80::1%25eth0]:8443"), "authority");
    check(span_is(url.target, "/b?q=1"), "target");
    end_test("all parts of a URL");

    check(parse(GUESS, NULL, "1.2:80", 6, 120, &url, &fault, &need) == NATIVE_HTTP_OK, "parses");
    check(url.scheme.at == NULL && url.user.at == NULL && url.password.at == NULL &&
              url.zone.at == NULL && url.query.at == NULL && url.fragment.at == NULL,
          "absent");
    check(url.host_kind == NATIVE_HTTP_HOST_IPV4 && memcmp(url.address, "\1\0\0\2", 4) == 0 &&
              span_is(url.host, "1.0.0.2") && span_is(url.path, "/") && url.port == 80,
          "there");
    end_test("parts that are absent");

    check(parse(0, NULL, "http://@h/?#", 12, 120, &url, &fault, &need) == NATIVE_HTTP_OK, "parses");
    check(span_is(url.user, "") && url.password.at == NULL && span_is(url.query, "") &&
              span_is(url.fragment, "") && url.port == -1,
          "empty is not absent");
    end_test("parts that are empty");
}

static const struct {
    const char *text, *host, *authority, *absolute;
} written[] = {
    {"http://h/x?y#z", "h", "h:80", "http://h/x?y"},
    {"http://u:p@h:80/", "h", "h:80", "http://h:80/"},
    {"https://h:80/", "h:80", "h:80", "https://h:80/"},
    {"https://[::1%25e]:443", "[::1]", "[::1]:443", "https://[::1]:443/"},
    {"wss://h:8/", "h:8", "h:8", "wss://h:8/"},
    {"x://h/", "h", "h:0", "x://h/"},
};

static void test_written(void)
{
    for (size_t i = 0; i < sizeof(written) / sizeof(written[0]); i++) {
        char a[100], b[100], c[100];
        struct native_http_buffer host = {a, sizeof(a), 0}, authority = {b, sizeof(b), 0},
                                  absolute = {c, sizeof(c), 0};
        struct native_http_url url;
        struct native_http_fault fault;
        size_t need;

        check(parse(0, NULL, written[i].text, strlen(written[i].text), 120, &url, &fault, &need) ==
                  NATIVE_HTTP_OK,
              "parses");
        native_http_url_put_host(&url, &host);
        native_http_url_put_authority(&url, &authority);
        native_http_url_put_absolute(&url, &absolute);
        check(span_is((struct native_http_span){a, host.len}, written[i].host), "Host: %.*s",
              (int)host.len, a);
        check(span_is((struct native_http_span){b, authority.len}, written[i].authority),
              "CONNECT %.*s", (int)authority.len, b);
        check(span_is((struct native_http_span){c, absolute.len}, written[i].absolute), "GET %.*s",
              (int)absolute.len, c);
        end_test("what requests to %s have", written[i].text);
    }
}

static const struct {
    const char *a, *b;
    bool same;
} origins[] = {
    {"http://h/", "HTTP://H:80/x?y", true},
    {"http://u@h/", "http://v@h/", true},
    {"http://h/", "https://h/", false},
    {"http://h/", "http://h:8080/", false},
    {"http://h/", "http://h./", false},
    {"http://h/", "http://g/", false},
    {"http://h/", "http://hh/", false},
    {"http://127.1/", "http://0x7f000001/", true},
    {"http://[::1]/", "http://[0::1]:80/", true},
    {"http://[fe80::1%25a]/", "http://[fe80::1%25b]/", false},
    {"http://[::ffff:1.2.3.4]/", "http://1.2.3.4/", false},
    {"wss://h/", "wss://h:443/", true},
};

static void test_origins(void)
{
    struct native_http_url_options options = NATIVE_HTTP_URL_OPTIONS_INIT;

    for (size_t i = 0; i < sizeof(origins) / sizeof(origins[0]); i++) {
        char room[200];
        struct native_http_buffer buffer = {room, sizeof(room), 0};
        struct native_http_url a, b;
        struct native_http_fault fault;

        native_http_url_parse(&options, origins[i].a, strlen(origins[i].a), &buffer, &a, &fault);
        native_http_url_parse(&options, origins[i].b, strlen(origins[i].b), &buffer, &b, &fault);
        ok(native_http_url_same_origin(&a, &b) == origins[i].same &&
               native_http_url_same_origin(&b, &a) == origins[i].same,
           "%s and %s are %s origin", origins[i].a, origins[i].b,
           origins[i].same ? "one" : "not one");
    }
}

/* ---- room and length ------------------------------------------------------------------------ */

static void test_room(void)
{
    static const char *const texts[] = {
        "http://u:\xff@host:080/a/../b/c?d e#f",
        "http://[0:0:0:0:0:0:0:1%a]/x/./y",
        "http://h/../../../..",
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct native_http_url url, full;
        struct native_http_fault fault;
        size_t need, least, len = strlen(texts[i]);
        char expected[200];

        check(parse(SPACES, NULL, texts[i], len, 200, &full, &fault, &need) == NATIVE_HTTP_OK,
              "parses");
        memcpy(expected, full.text.at, full.text.len);
        for (size_t room = 0; room < 200; room++) {
            enum native_http_status status =
                parse(SPACES, NULL, texts[i], len, room, &url, &fault, &need);

            if (status == NATIVE_HTTP_NO_SPACE) {
                least = need;
                check(need > room, "room %zu: needs %zu", room, need);
                status = parse(SPACES, NULL, texts[i], len, least, &url, &fault, &need);
            }
            check(status == NATIVE_HTTP_OK && url.text.len == full.text.len &&
                      memcmp(url.text.at, expected, url.text.len) == 0,
                  "room %zu: status %d", room, status);
        }
        end_test("%s into any room: what is said to be enough is", shown_text(texts[i]));
    }
}

static void test_length(void)
{
    struct native_http_url_options options = NATIVE_HTTP_URL_OPTIONS_INIT;
    struct native_http_buffer buffer = {NULL, 0, 0};
    struct native_http_url url;
    struct native_http_fault fault;
    size_t len = 4000000, need;
    char *text = malloc(len);

    options.length_max = 20;
    ok(native_http_url_parse(&options, "http://host/12345678", 20, &buffer, &url, &fault) ==
               NATIVE_HTTP_NO_SPACE &&
           native_http_url_parse(&options, "http://host/123456789", 21, &buffer, &url, &fault) ==
               NATIVE_HTTP_TOO_LARGE &&
           fault.reason == NATIVE_HTTP_FAULT_URL_LENGTH,
       "a text above length_max is refused");

    input = guard_new(len);
    output = guard_new(len + 100);
    memset(text, '/', len);
    memcpy(text, "http://h", 8);
    for (size_t i = 9; i + 3 < len / 2; i += 2) {
        text[i] = 'a';
    }
    for (size_t i = len / 2 + 1; i + 3 < len; i += 3) {
        text[i] = text[i + 1] = '.';
    }
    ok(parse(0, NULL, text, len, len + 100, &url, &fault, &need) == NATIVE_HTTP_OK &&
           url.text.len < len / 2,
       "4 MB of path, half of which takes the other half back, in one pass");
    free(text);
}

int main(void)
{
    input = guard_new(1000);
    output = guard_new(1000);
    test_normal();
    test_refused();
    test_references();
    test_parts();
    test_written();
    test_origins();
    test_room();
    test_length();
    return done();
}
