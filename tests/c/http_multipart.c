/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_multipart.c - bodies of multipart/form-data: the bytes that curl writes, known sizes, pieces
 * in every room, and what is refused. */
#include "http/wire/multipart.h"
#include "support/http_writer.h"

static const uint8_t random_bytes[8] = {0xdc, 0x88, 0x58, 0x4e, 0x7f, 0x5c, 0xf5, 0x37};

#define BOUNDARY "------------------------dc88584e7f5cf537"
#define SPAN NATIVE_HTTP_SPAN

/* As `curl -F 'a"b=1' -F 'f=@f"i.txt;filename="x\"y.txt"' -F 'c=2;type=text/plain'` sends it. */
static const char curls[] = "--" BOUNDARY "\r\n"
                            "Content-Disposition: form-data; name=\"a%22b\"\r\n"
                            "\r\n"
                            "1\r\n"
                            "--" BOUNDARY "\r\n"
                            "Content-Disposition: form-data; name=\"f\"; filename=\"x%22y.txt\"\r\n"
                            "Content-Type: text/plain\r\n"
                            "\r\n"
                            "hello\r\n"
                            "--" BOUNDARY "\r\n"
                            "Content-Disposition: form-data; name=\"c\"\r\n"
                            "Content-Type: text/plain\r\n"
                            "\r\n"
                            "2\r\n"
                            "--" BOUNDARY "--\r\n";

static struct native_http_multipart_part part_of(const char *name, const char *filename,
                                                 const char *type, uint64_t size)
{
    struct native_http_multipart_part part = NATIVE_HTTP_MULTIPART_PART_INIT;

    part.name = (struct native_http_span){name, strlen(name)};
    part.filename = (struct native_http_span){filename, filename ? strlen(filename) : 0};
    part.content_type = (struct native_http_span){type, type ? strlen(type) : 0};
    part.size = size;
    return part;
}

/* Put the whole body together, each text into a room of its own size; data[i] are the bytes of part
 * i.
 * Returns its length, or 0 after a failure. */
static size_t assemble(struct native_http_multipart *multipart, const char *const *data, char *body,
                       size_t body_size)
{
    size_t len = 0, next_part = 0;

    for (unsigned pieces = 0; pieces < 100; pieces++) {
        enum native_http_multipart_piece piece;
        struct native_http_buffer out = room_of(0);
        size_t part = 99;
        enum native_http_status status = native_http_multipart_next(multipart, &out, &piece, &part);

        if (status == NATIVE_HTTP_NO_SPACE) {
            size_t need = out.len;

            for (size_t room = 1; room <= need; room++) {
                out = room_of(room);
                status = native_http_multipart_next(multipart, &out, &piece, &part);
                check((status == NATIVE_HTTP_OK) == (room == need) && out.len == need &&
                          piece == NATIVE_HTTP_MULTIPART_TEXT,
                      "room %zu of %zu", room, need);
            }
            if (!check(len + need <= body_size, "too much")) {
                return 0;
            }
            memcpy(body + len, out.at, need);
            len += need;
        } else if (piece == NATIVE_HTTP_MULTIPART_DATA) {
            check(part == next_part++, "part %zu is out of turn", part);
            memcpy(body + len, data[part], strlen(data[part]));
            len += strlen(data[part]);
        } else {
            check(piece == NATIVE_HTTP_MULTIPART_END, "a text of no bytes");
            return len;
        }
    }
    fail("no end");
    return 0;
}

static void test_boundary(void)
{
    char boundary[NATIVE_HTTP_BOUNDARY_LEN];

    native_http_boundary_make(random_bytes, boundary);
    ok(memcmp(boundary, BOUNDARY, sizeof(boundary)) == 0 && strlen(BOUNDARY) == sizeof(boundary),
       "a boundary");
    WRITES_TEXT("multipart/form-data; boundary=" BOUNDARY,
                native_http_multipart_type_put(out, SPAN(BOUNDARY)));
    end_test("Content-Type");
}

static void test_curl(void)
{
    struct native_http_multipart_part parts[3];
    static const char *const data[] = {"1", "hello", "2"};
    struct native_http_multipart multipart;
    struct native_http_fault fault;
    char body[1000];
    size_t part;

    parts[0] = part_of("a\"b", NULL, NULL, 1);
    parts[1] = part_of("f", "x\"y.txt", "text/plain", 5);
    parts[2] = part_of("c", NULL, "text/plain", 1);
    check(native_http_multipart_start(&multipart, parts, 3, SPAN(BOUNDARY), &part, &fault) ==
              NATIVE_HTTP_OK,
          "refused");
    check(native_http_multipart_size(&multipart) == strlen(curls), "size %ju",
          (uintmax_t)native_http_multipart_size(&multipart));
    for (unsigned round = 0; round < 2; round++) {
        size_t len = assemble(&multipart, data, body, sizeof(body));

        check(len == strlen(curls) && memcmp(body, curls, len) == 0, "%.*s", (int)len, body);
        native_http_multipart_rewind(&multipart);
    }
    end_test("the same bytes as curl's, twice");
}

static void test_names(void)
{
    struct native_http_span lines[] = {guarded_text(0, "X-A: b"),
                                       guarded_text(1, "Content-Transfer-Encoding:binary")};
    struct native_http_multipart_part part = NATIVE_HTTP_MULTIPART_PART_INIT;
    struct native_http_multipart multipart;
    struct native_http_fault fault;
    enum native_http_multipart_piece piece;
    size_t which;

    part.name = guarded_text(2, "a\r\n\"\\\xc3\xbc%22");
    part.filename = guarded_text(3, "\"\r\n");
    part.content_type = guarded_text(4, "t/x");
    part.lines = lines;
    part.lines_len = 2;
    native_http_multipart_start(&multipart, &part, 1, guarded_text(5, "b"), &which, &fault);
    WRITES_TEXT("--b\r\n"
                "Content-Disposition: form-data; name=\"a%0D%0A%22\\\xc3\xbc%22\"; "
                "filename=\"%22%0D%0A\"\r\n"
                "Content-Type: t/x\r\n"
                "X-A: b\r\n"
                "Content-Transfer-Encoding:binary\r\n"
                "\r\n",
                {
                    native_http_multipart_rewind(&multipart);
                    native_http_multipart_next(&multipart, out, &piece, &which);
                });
    part = part_of("a\"b\\c\r\n", "", NULL, 0);
    part.escape_with_slash = true;
    WRITES_TEXT("--b\r\n"
                "Content-Disposition: form-data; name=\"a\\\"b\\\\c%0D%0A\"; filename=\"\"\r\n"
                "\r\n",
                {
                    native_http_multipart_rewind(&multipart);
                    native_http_multipart_next(&multipart, out, &piece, &which);
                });
    part.attachment = true;
    part.escape_with_slash = false;
    part.name = SPAN("a");
    WRITES_TEXT("--b\r\n"
                "Content-Disposition: attachment; name=\"a\"; filename=\"\"\r\n"
                "\r\n",
                {
                    native_http_multipart_rewind(&multipart);
                    native_http_multipart_next(&multipart, out, &piece, &which);
                });
    end_test("names that would break out of their quotation marks; lines of the caller's");
}

static void test_sizes(void)
{
    struct native_http_multipart_part parts[2] = {part_of("a", NULL, NULL, 0),
                                                  part_of("b", NULL, NULL, 0)};
    struct native_http_multipart multipart;
    struct native_http_fault fault;
    uint64_t empty;
    size_t which;
    char body[8];

    native_http_multipart_start(&multipart, parts, 2, SPAN("b"), &which, &fault);
    empty = native_http_multipart_size(&multipart);
    parts[0].size = (uint64_t)1 << 40;
    parts[1].size = 5;
    check(native_http_multipart_size(&multipart) == empty + ((uint64_t)1 << 40) + 5,
          "a large part");
    parts[1].size = UINT64_MAX - ((uint64_t)1 << 40) - empty - 1;
    check(native_http_multipart_size(&multipart) == UINT64_MAX - 1, "the largest body");
    parts[1].size++;
    check(native_http_multipart_size(&multipart) == NATIVE_HTTP_SIZE_UNKNOWN, "one byte more");
    parts[1].size = NATIVE_HTTP_SIZE_UNKNOWN;
    check(native_http_multipart_size(&multipart) == NATIVE_HTTP_SIZE_UNKNOWN,
          "a part of no known size");
    native_http_multipart_start(&multipart, NULL, 0, SPAN("b"), &which, &fault);
    check(native_http_multipart_size(&multipart) == 7 &&
              assemble(&multipart, NULL, body, sizeof(body)) == 7 &&
              memcmp(body, "--b--\r\n", 7) == 0,
          "a body without parts");
    end_test("sizes");
}

static struct native_http_fault refused(const struct native_http_multipart_part *part,
                                        const char *boundary)
{
    struct native_http_multipart_part parts[2] = {part_of("a", NULL, NULL, 0), *part};
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
    struct native_http_multipart multipart;
    size_t which = 9;

    if (native_http_multipart_start(&multipart, parts, 2, guarded_text(0, boundary), &which,
                                    &fault) == NATIVE_HTTP_OK) {
        fault.reason = NATIVE_HTTP_FAULT_NONE;
    } else if (fault.reason != NATIVE_HTTP_FAULT_BOUNDARY) {
        check(which == 1, "part %zu", which);
    }
    return fault;
}

static void test_refused(void)
{
    char boundary[80] = {0};
    struct native_http_multipart_part part = part_of("b", NULL, NULL, 0);
    struct native_http_span line = SPAN("X: a\r\nY: b");

    memset(boundary, 'b', 70);
    check(refused(&part, boundary).reason == NATIVE_HTTP_FAULT_NONE, "70 bytes");
    boundary[70] = 'b';
    check(refused(&part, boundary).reason == NATIVE_HTTP_FAULT_BOUNDARY, "71 bytes");
    check(refused(&part, "").reason == NATIVE_HTTP_FAULT_BOUNDARY, "no boundary");
    check(refused(&part, "a\r\nb").offset == 1, "a boundary of two lines");
    check(refused(&part, "a b").reason == NATIVE_HTTP_FAULT_BOUNDARY, "a boundary with a space");
    end_test("boundaries");
    part.content_type = SPAN("text/plain\r\nX: y");
    check(refused(&part, "b").reason == NATIVE_HTTP_FAULT_FIELD_VALUE, "a type of two lines");
    part.content_type.at = NULL;
    part.content_type.len = 0;
    part.lines = &line;
    part.lines_len = 1;
    check(refused(&part, "b").reason == NATIVE_HTTP_FAULT_FIELD_VALUE, "a line that is two");
    line = SPAN("no colon");
    check(refused(&part, "b").reason == NATIVE_HTTP_FAULT_FIELD_COLON, "a line without a colon");
    part.lines_len = 0;
    part.filename = (struct native_http_span){"a\0b", 3};
    check(refused(&part, "b").reason == NATIVE_HTTP_FAULT_CONTROL_BYTE, "a NUL in a name");
    end_test("what would make other lines of a part");
}

int main(void)
{
    test_boundary();
    test_curl();
    test_names();
    test_sizes();
    test_refused();
    return done();
}
