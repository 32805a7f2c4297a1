/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_key.c - what makes two connections different, of any length: same, different, moved, wiped; without memory. */
#include "harness.h"

#include "../../http/key.h"
#include "support/no_memory.h"

enum { LONGEST = 3 * NATIVE_HTTP_KEY_ROOM };

static char name[LONGEST + 1];

/* The key of a route through an interface whose name has so many bytes: any number of bytes, where hosts have limits. */
static bool make(struct native_http_key *key, size_t len)
{
    struct native_http_options options = NATIVE_HTTP_OPTIONS_INIT;
    struct native_http_route route;
    memset(&route, 0, sizeof(route));
    route.host = route.target_host = route.peer_host = NATIVE_HTTP_SPAN("example.org");
    route.port = route.target_port = route.peer_port = 80;
    options.interface = (struct native_http_span){name, len};
    memset(key, 0xa5, sizeof(*key)); /* as it is on a stack */
    return native_http_key_make(key, &route, &options, NULL);
}

static bool is_wiped(const struct native_http_key *key, size_t len)
{
    for (size_t i = 0; i < len && i < sizeof(key->room); i++)
        if (key->room[i] != 0)
            return false;
    return true;
}

static void test_lengths(void)
{
    size_t with_memory = 0;
    for (size_t len = 0; len <= LONGEST; len++) {
        struct native_http_key one, same, other, moved;
        bool made = make(&one, len) && make(&same, len) && make(&other, len > 0 ? len - 1 : 1);
        size_t was;
        check(made, "no key of %zu bytes", len);
        if (!made)
            break;
        was = one.len;
        with_memory += one.more != NULL;
        check(was > len && (one.more != NULL) == (was > sizeof(one.room)), "%zu: %zu bytes %s", len,
              was, one.more ? "elsewhere" : "within");
        check(native_http_key_same(&one, &same), "%zu: not the same as itself", len);
        check(!native_http_key_same(&one, &other), "%zu: the same as another", len);
        native_http_key_move(&moved, &one);
        check(native_http_key_same(&moved, &same), "%zu: moved, it is another", len);
        check(one.len == 0 && !one.more && is_wiped(&one, was), "%zu: something was left", len);
        native_http_key_free(&one); /* as who has moved it away does */
        native_http_key_free(&moved);
        check(moved.len == 0 && !moved.more && is_wiped(&moved, was), "%zu: not wiped", len);
        native_http_key_free(&same);
        native_http_key_free(&other);
    }
    check(with_memory > NATIVE_HTTP_KEY_ROOM && with_memory < LONGEST, "%zu in memory of their own",
          with_memory);
    end_test("keys with a name of 0 to %d bytes", (int)LONGEST);
}

static void test_no_memory(void)
{
    struct native_http_key key;
    bool made;
    if (!malloc_can_fail()) {
        printf("ok %d - without memory # SKIP malloc cannot be made to fail here\n", ++tap_tests);
        return;
    }
    countdown = 1;
    made = make(&key, 0);
    check(made && countdown == 1, "a short key takes memory");
    native_http_key_free(&key);
    made = make(&key, LONGEST);
    check(!made && countdown == 0, "a long one takes none");
    countdown = 0;
    check(is_wiped(&key, sizeof(key.room)), "not wiped");
    native_http_key_free(&key);
    end_test("a short key takes no memory; a long one fails without");
}

int main(void)
{
    memset(name, 'n', LONGEST);
    test_lengths();
    test_no_memory();
    return done();
}
