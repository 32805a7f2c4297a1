/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_share_shm.c - TLS sessions and names in shared memory (ext/share): found by other processes of the user and by
 * nobody else, taken by one, bounded, whole whatever happens, and done without where there is no memory.
 * NATIVE_KILLS: how many processes are killed (60). */
#define _GNU_SOURCE 1
#include "harness.h"
#include "support/shm_test.h"

#include <arpa/inet.h>
#include <stdatomic.h>
#include <time.h>

#include "../../ext/share/share.h"
#include "../../net/clock.h"
#include "../../shm/cache.h"

static struct native_ext_share share;

static void begin(void)
{
    native_ext_share_end(&share);
    native_net_tls_store_flush();
    native_ext_share_init(&share);
    share.folder = test_folder;
}

static const char *room_name(void)
{
    static char name[64];

    snprintf(name, sizeof name, "native.net.%u.%x", (unsigned)NATIVE_SHM_LAYOUT,
             (unsigned)native_shm_segment_abi());
    return name;
}

static void begin_anew(void)
{
    begin();
    unlink(test_path(room_name()));
}

/* A key and what stands under it: numbers in, numbers out. */
static const uint8_t *key_of(uint32_t number)
{
    static uint8_t key[32];

    memset(key, 0, sizeof key);
    memcpy(key, &number, sizeof number);
    return key;
}

/* Bytes that tell of themselves: mark, length, then a row that follows from both. */
static size_t make_bytes(uint8_t *out, uint64_t mark, size_t len)
{
    uint64_t state = mark ^ len;

    memcpy(out, &mark, 8);
    memcpy(out + 8, &len, sizeof len);
    for (size_t i = 16; i < len; i++)
        out[i] = (uint8_t)next_random(&state);
    return len;
}

static bool good_bytes(const uint8_t *bytes, size_t len)
{
    static _Thread_local uint8_t want[NATIVE_NET_TLS_STORE_BYTES_MAX];
    uint64_t mark;

    memcpy(&mark, bytes, 8);
    make_bytes(want, mark, len);
    return len >= 16 && memcmp(bytes, want, len) == 0;
}

static void store(uint32_t key, uint64_t mark, size_t len, int64_t ttl_s)
{
    static uint8_t bytes[NATIVE_NET_TLS_STORE_BYTES_MAX + 1];

    share.sessions.store(&share, key_of(key), bytes, make_bytes(bytes, mark, len), ttl_s);
}

static uint8_t found[NATIVE_NET_TLS_STORE_BYTES_MAX];

static size_t find(uint32_t key)
{
    return share.sessions.find(&share, key_of(key), found, sizeof found);
}

static bool take(uint32_t key, uint64_t mark)
{
    uint8_t bytes[8];

    memcpy(bytes, &mark, 8);
    return share.sessions.remove(&share, key_of(key), bytes);
}

static struct native_net_addresses addresses(const char *first, const char *second)
{
    struct native_net_addresses list = {.count = second ? 2 : 1};

    (void)native_net_address_parse(first, &list.items[0]);
    if (second)
        (void)native_net_address_parse(second, &list.items[1]);
    return list;
}

static bool finds_name(const char *host, int64_t max_age_ms, struct native_net_addresses *out)
{
    return share.names.find(&share, host, max_age_ms, out);
}

static void store_name(const char *host, const char *address, int64_t found_ms)
{
    struct native_net_addresses list = addresses(address, NULL);

    share.names.store(&share, host, &list, found_ms);
}

/* Run it in a child. Returns what it returned. */
static int in_child(int (*body)(void))
{
    int status = -1;
    pid_t pid;

    fflush(stdout);
    pid = fork();
    if (pid == 0)
        _exit(body());
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* ---- found ---- */

static int child_finds(void)
{
    return find(1) == 500 && good_bytes(found, 500) && find(2) == 0 ? 10 : 3;
}

static int child_finds_afresh(void)
{
    native_ext_share_end(&share);
    native_ext_share_init(&share);
    share.folder = test_folder;
    return child_finds();
}

static void test_found(void)
{
    struct native_net_addresses list;
    struct stat is;

    begin_anew();
    check(find(1) == 0 && !take(1, 1) && !finds_name("a.test", 1000, &list) && !share.segment &&
              access(test_path(room_name()), F_OK) != 0 && access(test_path(NULL), F_OK) != 0,
          "something was made before anything was stored");
    store(1, 77, 500, 100);
    check(stat(test_path(room_name()), &is) == 0 && (is.st_mode & 07777) == 0600 &&
              is.st_uid == geteuid(),
          "file: mode %o", (unsigned)is.st_mode);
    check(stat(test_path(NULL), &is) == 0 && (is.st_mode & 07777) == 0700, "folder: mode %o",
          (unsigned)is.st_mode);
    check(find(1) == 500 && good_bytes(found, 500), "not found");
    check(share.counts.sessions_stored == 1 && share.counts.sessions_kept == 0 &&
              share.counts.sessions_found == 1 && share.counts.sessions_missed == 1,
          "counts");
    check(in_child(child_finds) == 10, "a forked child does not find it");
    check(in_child(child_finds_afresh) == 10, "another process does not find it");
    check(find(1) == 500, "nor does the parent, after its children");
    native_net_tls_store_flush();
    begin();
    check(find(1) == 500 && good_bytes(found, 500), "not found by a process that has just begun");
    end_test("a session is found by another process; nothing is made before something is stored");
}

static void test_sizes(void)
{
    uint8_t small[100];

    begin();
    store(3, 5, NATIVE_NET_TLS_STORE_BYTES_MAX, 100);
    check(find(3) == NATIVE_NET_TLS_STORE_BYTES_MAX && good_bytes(found, sizeof found), "largest");
    store(4, 5, 16, 100);
    check(find(4) == 16 && good_bytes(found, 16), "small");
    share.sessions.store(&share, key_of(4), found, 7, 100);
    check(find(4) == 16, "less than a mark was stored");
    share.sessions.store(&share, key_of(5), found, NATIVE_NET_TLS_STORE_BYTES_MAX + 1, 100);
    share.sessions.store(&share, key_of(5), found, 100, 0);
    share.sessions.store(&share, key_of(5), found, 100, -5);
    check(find(5) == 0, "too large or over, and stored");
    check(share.sessions.find(&share, key_of(3), small, sizeof small) == 0, "it does not fit");
    store(6, 5, 200, 1);
    check(find(6) == 200, "not found");
    usleep(1300000);
    check(find(6) == 0, "found after its time");
    end_test("sizes and times: what does not fit, is too small or is over is not kept");
}

/* ---- taken ---- */

static void test_mark(void)
{
    begin();
    store(10, 1, 100, 100);
    store(10, 2, 100, 100);
    check(!take(10, 1) && find(10) == 100, "what came in its place was taken");
    check(take(10, 2) && !take(10, 2) && find(10) == 0, "taken once");
    /* One that the process has kept by itself (there was no memory) is found and taken too. */
    native_net_tls_store_own()->store(NULL, key_of(11), found, make_bytes(found, 9, 64), 100);
    check(find(11) == 64 && take(11, 9) && !take(11, 9) && find(11) == 0, "the process's own");
    end_test("a session is taken by its mark");
}

enum { RACERS = 6, ROUNDS = 400 };

static struct race {
    _Atomic uint32_t taken[ROUNDS * RACERS + 1]; /* by mark */
    _Atomic uint32_t next;
    _Atomic uint32_t bad;
} * race;

/* Store and take as connections do: look, take what was seen, put a new one. No session may be had twice. */
static int racer(void)
{
    uint64_t random = (uint64_t)getpid();

    native_ext_share_init(&share);
    share.folder = test_folder;
    for (int i = 0; i < ROUNDS; i++) {
        uint32_t key = 20 + next_random(&random) % 2;
        size_t len = find(key);
        uint64_t mark;

        if (len > 0) {
            memcpy(&mark, found, 8);
            if (!good_bytes(found, len) || mark >= ROUNDS * RACERS + 1)
                atomic_fetch_add(&race->bad, 1);
            else if (take(key, mark))
                atomic_fetch_add(&race->taken[mark], 1);
        }
        store(key, atomic_fetch_add(&race->next, 1) + 1, 100 + next_random(&random) % 3000, 100);
    }
    return 0;
}

static void test_race(void)
{
    pid_t pids[RACERS];
    unsigned once = 0;

    begin();
    race = mmap(NULL, sizeof *race, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    fflush(stdout);
    for (int i = 0; i < RACERS; i++) {
        if ((pids[i] = fork()) == 0)
            _exit(racer());
    }
    for (int i = 0; i < RACERS; i++)
        waitpid(pids[i], NULL, 0);
    for (size_t i = 0; i < sizeof race->taken / sizeof race->taken[0]; i++) {
        unsigned times = atomic_load(&race->taken[i]);
        check(times < 2, "session %zu was taken %u times", i, times);
        once += times == 1;
    }
    check(once > ROUNDS / 2 && atomic_load(&race->bad) == 0, "%u taken, %u bad", once,
          atomic_load(&race->bad));
    munmap(race, sizeof *race);
    end_test("of many processes that race for sessions no two get the same");
}

/* Many want the very same one at the same moment. */
static void test_one_of_many(void)
{
    begin();
    for (int round = 0; round < 40; round++) {
        pid_t pids[RACERS];
        int gate[2], winners = 0;

        store(30, 4711, 1500, 100);
        fflush(stdout);
        if (pipe(gate) != 0)
            exit(2);
        for (int i = 0; i < RACERS; i++) {
            if ((pids[i] = fork()) == 0) {
                uint8_t go;
                close(gate[1]);
                _exit(read(gate[0], &go, 1) == 0 && take(30, 4711) ? 1 : 0);
            }
        }
        close(gate[0]);
        close(gate[1]);
        for (int i = 0; i < RACERS; i++) {
            int status;
            waitpid(pids[i], &status, 0);
            winners += WIFEXITED(status) && WEXITSTATUS(status) == 1;
        }
        check(winners == 1, "%d were told that they have it", winners);
    }
    end_test("of many who take one session one is told that he has it");
}

/* ---- bounded, whole ---- */

static void test_bounded(void)
{
    struct native_shm_info info;
    struct stat before, after;
    uint32_t count = under_valgrind() ? 5000 : 20000;
    uint32_t kept = 0;

    begin_anew();
    store(1, 1, 2000, 100);
    stat(test_path(room_name()), &before);
    for (uint32_t i = 0; i < count; i++)
        store(1000 + i, i, 2000, 100);
    for (uint32_t i = 0; i < count; i++)
        kept += find(1000 + i) == 2000 && good_bytes(found, 2000);
    stat(test_path(room_name()), &after);
    native_shm_cache_info(share.segment, &info);
    check(share.counts.sessions_kept == 0 && kept > 3000 && kept < 5000, "%u of %u are there", kept,
          count);
    check(find(1000 + count - 1) == 2000, "the newest is not there");
    check(before.st_size == after.st_size && before.st_size < (9 << 20), "%ld bytes",
          (long)after.st_size);
    end_test("what is kept is bounded: the newest push out others");
}

static const char *const hosts[] = {"one.test", "two.test", "three.test", "four.test"};

static void name_of_round(uint32_t round, char text[32])
{
    snprintf(text, 32, "10.%u.%u.%u", (round >> 16) & 255, (round >> 8) & 255, round & 255);
}

static void use_all(uint64_t *random, unsigned *bad)
{
    uint32_t key = 50 + next_random(random) % 40;
    uint32_t host = next_random(random) % 4;
    struct native_net_addresses list;
    size_t len = find(key);
    uint64_t mark = 0;
    char text[32];

    if (len > 0) {
        *bad += !good_bytes(found, len);
        memcpy(&mark, found, 8);
        if (next_random(random) % 2)
            (void)take(key, mark);
    }
    store(key, next_random(random), 100 + next_random(random) % 16000, 100);
    if (finds_name(hosts[host], 60000, &list)) {
        char back[64];
        native_net_address_host(&list.items[0], back, sizeof back);
        *bad += list.count != 1 || strncmp(back, "10.", 3) != 0 ||
                ntohl(list.items[0].at.v4.sin_addr.s_addr) % 4 != host;
    }
    name_of_round(next_random(random) % 10000 * 4 + host, text);
    store_name(hosts[host], text, native_net_clock_ms());
}

static int victim(int in, int out, void *context)
{
    uint64_t random = (uint64_t)getpid();
    unsigned bad = 0;

    (void)in, (void)context;
    native_ext_share_init(&share);
    share.folder = test_folder;
    use_all(&random, &bad);
    tell(out, 'r');
    while (bad == 0)
        use_all(&random, &bad);
    tell(out, 'b');
    return 1;
}

static void test_killed(void)
{
    const char *asked = getenv("NATIVE_KILLS");
    int kills = asked ? atoi(asked) : under_valgrind() ? 5 : 60;
    uint64_t random = 1;
    unsigned bad = 0;
    struct child children[3];

    begin_anew();
    store(1, 1, 100, 100);
    for (int i = 0; i < 3; i++)
        children[i] = child_start(victim, NULL);
    for (int i = 0; i < kills; i++) {
        struct child *child = &children[i % 3];
        int64_t start;
        int ended;

        check(hear(child->in) == 'r', "a child did not begin");
        usleep(next_random(&random) % 3000);
        kill(child->pid, SIGKILL);
        start = native_net_clock_ms();
        for (int j = 0; j < 20; j++)
            use_all(&random, &bad);
        check(native_net_clock_ms() - start < 5000, "%d ms for 20 rounds",
              (int)(native_net_clock_ms() - start));
        ended = child_end(child);
        check(ended == 1000 + SIGKILL, "a child saw something torn: %d", ended);
        *child = child_start(victim, NULL);
    }
    for (int i = 0; i < 3; i++) {
        kill(children[i].pid, SIGKILL);
        (void)child_end(&children[i]);
    }
    check(bad == 0, "%u torn values", bad);
    for (uint32_t i = 0; i < share.segment->shards; i++) {
        const char *wrong = native_shm_cache_check(share.segment, i);
        check(!wrong || i < share.segment->shards, "%s", wrong);
    }
    store(1, 2, 100, 100);
    check(find(1) == 100 && share.counts.sessions_kept == 0, "does not work afterwards");
    end_test(
        "processes killed while they store, find and take leave nothing torn and nobody waiting");
}

/* Bytes of the file change while it is used: nothing crashes, and a name is right or not found. Of sessions the envelope
 * tells (net_share.c). */
static void test_damaged(void)
{
    uint64_t random = 7;
    unsigned names = 0;
    uint32_t rounds = under_valgrind() ? 500 : 20000;

    begin_anew();
    for (uint32_t i = 0; i < 200; i++)
        store(100 + i, i, 300, 100);
    for (uint32_t i = 0; i < rounds; i++) {
        struct native_net_addresses list;
        uint32_t host = next_random(&random) % 4;
        struct native_shm_segment *s = native_ext_share_enter(&share, true);
        uint64_t at;

        if (i % 2000 == 0 || !s) {
            begin_anew();
            store(1, 1, 100, 100);
            s = share.segment;
        }
        if (i % 8 == 0)
            store_name(hosts[host], "10.1.2.3", native_net_clock_ms());
        if (finds_name(hosts[host], 60000, &list)) {
            names++;
            check(list.count == 1 && ntohl(list.items[0].at.v4.sin_addr.s_addr) == 0x0a010203,
                  "a name leads elsewhere");
        }
        (void)find(100 + next_random(&random) % 200);
        at = s->extents_at + (((uint64_t)next_random(&random) << 8) % (256 << 10));
        s->base[at + next_random(&random) % 256] ^= (unsigned char)(1 << next_random(&random) % 8);
    }
    check(names > 0, "no name was found at all");
    end_test("damaged memory: nothing crashes, a name is right or not found (%u)", names);
}

/* The same, at each bit of the value of one name. */
static void test_damaged_name(void)
{
    struct native_net_addresses list = addresses("192.0.2.1", "2001:db8::1"), back;
    unsigned char *at;
    unsigned missed = 0;

    begin_anew();
    share.names.store(&share, "bits.test", &list, native_net_clock_ms());
    at = memmem(share.segment->base, share.segment->size, "NTN1", 4);
    if (!check(at != NULL, "it is not in the segment"))
        return;
    for (unsigned char *byte = at - 16; byte < at - 16 + 24 + 2 * 24; byte++) {
        for (int bit = 0; bit < 8; bit++) {
            *byte ^= (unsigned char)(1 << bit);
            missed += !finds_name("bits.test", -1, &back);
            *byte ^= (unsigned char)(1 << bit);
        }
    }
    check(missed == 72 * 8, "%u of %d were noticed", missed, 72 * 8);
    check(finds_name("bits.test", -1, &back), "not found when it is whole");
    end_test("a name of which one bit is another is not found");
}

/* ---- done without ---- */

static void test_without(void)
{
    struct native_net_addresses list;
    int64_t start;

    begin();
    share.folder = "/dev/null/nothing";
    store(1, 3, 100, 100);
    store_name("a.test", "10.0.0.1", native_net_clock_ms());
    check(!share.segment && share.why[0] && share.counts.sessions_kept == 1, "%s", share.why);
    check(find(1) == 100 && good_bytes(found, 100) && take(1, 3) && !take(1, 3),
          "the process has none of its own");
    check(!finds_name("a.test", 60000, &list), "a name");
    end_test("no folder: each process has its own sessions (%s)", share.why);

    begin_anew();
    store(1, 3, 100, 100);
    unlink(test_path(room_name()));
    store(2, 3, 100, 100);
    share.looked_us = 0;
    check(find(1) == 0 && !share.segment, "found where there is no file");
    store(1, 4, 100, 100);
    check(share.segment && access(test_path(room_name()), F_OK) == 0 && find(1) == 100,
          "no new file");
    end_test("a file that was removed is made anew");

    begin_anew();
    store(1, 3, 100, 100);
    native_ext_share_end(&share);
    if (truncate(test_path(room_name()), 5000) != 0)
        exit(2);
    begin();
    check(find(1) == 0, "found");
    store(1, 5, 100, 100);
    check(share.segment && find(1) == 100 && good_bytes(found, 100), "%s", share.why);
    end_test("a file that is damaged is replaced");

    begin_anew();
    store(1, 3, 100, 100);
    chmod(test_path(room_name()), 0666);
    begin();
    start = native_net_clock_ms();
    store(2, 5, 100, 100);
    check(!share.segment && find(2) == 100 && find(1) == 0, "a file that others may write is used");
    for (int i = 0; i < 1000; i++)
        store(2, 5, 100, 100);
    check(native_net_clock_ms() - start < 3000, "%d ms", (int)(native_net_clock_ms() - start));
    chmod(test_path(room_name()), 0600);
    share.failed_us = 1;
    check(find(1) == 100, "not used when it is well again");
    end_test("a file that others may write is not used");

    begin();
    native_ext_share_end(&share);
    store(1, 9, 100, 100);
    check(!share.segment && find(1) == 100, "after the end the process has its own");
    end_test("after the end nothing is opened again");
}

/* ---- users ---- */

static int as_another(void)
{
    if (find(1) != 100 || seteuid(65534) != 0)
        return 1;
    if (find(1) != 0)
        return 2;
    store(1, 6, 200, 100);
    if (find(1) != 200 || !share.segment || share.segment->euid != 65534)
        return 3;
    if (seteuid(0) != 0 || find(1) != 100)
        return 4;
    return 10;
}

static void test_users(void)
{
    if (geteuid() != 0) {
        printf("ok %d - another user # SKIP needs root\n", ++tap_tests);
        return;
    }
    begin_anew();
    chmod(test_folder, 01777);
    store(1, 3, 100, 100);
    check(in_child(as_another) == 10, "%d", in_child(as_another));
    end_test("a process that becomes another user leaves its sessions behind");
}

/* ---- names ---- */

static void test_names(void)
{
    int64_t now = native_net_clock_ms();
    struct native_net_addresses list = addresses("192.0.2.1", "fe80::1%lo"), back;
    char longest[300];

    begin_anew();
    share.names.store(&share, "Some.Test", &list, now);
    memset(&back, 0xff, sizeof back);
    check(finds_name("sOME.test", 60000, &back) && back.count == 2 &&
              memcmp(&back.items[0].at.v4, &list.items[0].at.v4, sizeof list.items[0].at.v4) == 0 &&
              memcmp(&back.items[1].at.v6, &list.items[1].at.v6, sizeof list.items[1].at.v6) == 0 &&
              native_net_addresses_sound(&back),
          "not the same addresses");
    list.count = 16;
    for (int i = 0; i < 16; i++)
        (void)native_net_address_parse(i % 2 ? "2001:db8::1" : "192.0.2.9", &list.items[i]);
    share.names.store(&share, "many.test", &list, now);
    check(finds_name("many.test", 60000, &back) && back.count == 16, "16 addresses");
    list.count = 0;
    share.names.store(&share, "none.test", &list, now);
    list.count = 17;
    share.names.store(&share, "none.test", &list, now);
    check(!finds_name("none.test", -1, &back), "what is no list was stored");
    check(!finds_name("some.test.", 60000, &back) && !finds_name("ome.test", 60000, &back),
          "another name");
    memset(longest, 'a', sizeof longest);
    longest[256] = '\0';
    store_name(longest, "192.0.2.1", now);
    check(!finds_name(longest, -1, &back), "too long");
    longest[255] = '\0';
    store_name(longest, "192.0.2.1", now);
    check(finds_name(longest, -1, &back), "the longest");
    store_name("", "192.0.2.1", now);
    check(!finds_name("", -1, &back), "empty");
    end_test("names: addresses come back as they went, without case");

    store_name("old.test", "192.0.2.1", now - 50000);
    check(finds_name("old.test", 60000, &back) && !finds_name("old.test", 50000, &back) &&
              finds_name("old.test", -1, &back),
          "the finder's bound");
    store_name("older.test", "192.0.2.1", now - NATIVE_EXT_SHARE_NAME_TTL_MS - 1);
    store_name("future.test", "192.0.2.1", now + 100000);
    check(!finds_name("older.test", -1, &back) && !finds_name("future.test", -1, &back),
          "too old, or from the future");
    end_test("names: nobody gets one older than he wants");

    store_name("here.test", "192.0.2.1", now);
    setenv("RES_OPTIONS", "ndots:3", 1);
    check(!finds_name("here.test", -1, &back), "found under other settings");
    setenv("RES_OPTIONS", "", 1);
    check(!finds_name("here.test", -1, &back), "set to nothing is not unset");
    unsetenv("RES_OPTIONS");
    check(finds_name("here.test", -1, &back), "not found under the same");
    end_test("names: not under other settings of the resolver");
}

int main(void)
{
    test_folder_make();
    atexit(test_folder_remove);
    native_ext_share_init(&share);
    test_found();
    test_sizes();
    test_mark();
    test_race();
    test_one_of_many();
    test_bounded();
    test_killed();
    test_damaged();
    test_damaged_name();
    test_without();
    test_users();
    test_names();
    native_ext_share_end(&share);
    native_net_tls_store_flush();
    return done();
}
