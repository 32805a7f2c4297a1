/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_channel_faults.c - a process is killed at each named point of channel*.c (shm/fault.h): what becomes of its message,
 * and that the others go on. */
#include "support/shm_ipc.h"

#include "../../shm/channel_ring.h"

#include <poll.h>

static const char *kill_at, *stop_at;

void native_shm_fault(const char *point);
void native_shm_fault(const char *point)
{
    if (kill_at && strcmp(point, kill_at) == 0) {
        kill(getpid(), SIGKILL);
    }
    if (stop_at && strcmp(point, stop_at) == 0) {
        kill(getpid(), SIGSTOP);
    }
}

enum fate {
    NEVER,
    FRESH,
    AGAIN
}; /* the message comes to the next receiver not at all, as new, redelivered */

/* What a process does, and what becomes of the message by the point at which it is killed. */
struct scene {
    const char *what;
    int (*act)(void *context);
    enum native_shm_policy policy;
    void (*prepare)(void);
    struct {
        const char *at;
        enum fate fate;
    } points[7];
};

static struct native_shm_segment *segment;
static struct native_shm_channel *channel;
static int bell;
static char buffer[4096];

static enum native_shm_status receive(bool ack, uint64_t wait_ms,
                                      struct native_shm_message *message)
{
    memset(buffer, 0, sizeof(buffer));
    return native_shm_channel_receive(segment, channel, buffer, sizeof(buffer), ack, wait_ms,
                                      message);
}

static void send_x(void)
{
    check(ipc_send(segment, channel, "x", 1, 0) == NATIVE_SHM_OK, "prepare");
}

static void send_and_give_back(void)
{
    struct native_shm_message message;
    send_x();
    check(receive(true, 0, &message) == NATIVE_SHM_OK, "take");
    check(native_shm_channel_give_back(segment, channel, message.position) == NATIVE_SHM_OK,
          "give back");
}

static void fill(void)
{
    for (int i = 0; i < 4; i++) {
        check(ipc_send(segment, channel, buffer, 1000, 0) == NATIVE_SHM_OK, "fill");
    }
}

static void fill_and_give_back(void)
{
    struct native_shm_message message;
    fill();
    check(receive(true, 0, &message) == NATIVE_SHM_OK, "take");
    check(native_shm_channel_give_back(segment, channel, message.position) == NATIVE_SHM_OK,
          "give back");
}

static void damage(void)
{
    send_x();
    atomic_store(&channel->ring->tail, 0xfffffff);
}

/* ---- what the child does ---------------------------------------------------------------------------- */

static int act_send(void *unused)
{
    (void)unused;
    return ipc_send(segment, channel, "x", 1, 0) == NATIVE_SHM_OK ? 0 : 1;
}

static int act_send_big(void *unused)
{
    static char big[1000] = "x";
    (void)unused;
    return ipc_send(segment, channel, big, sizeof(big), 0) == NATIVE_SHM_OK ? 0 : 1;
}

static int act_receive(void *unused)
{
    struct native_shm_message message;
    (void)unused;
    return receive(false, 60000, &message) == NATIVE_SHM_OK ? 0 : 1;
}

static int act_take(void *unused)
{
    struct native_shm_message message;
    (void)unused;
    return receive(true, 60000, &message) == NATIVE_SHM_OK ? 0 : 1;
}

static int act_ack(void *unused)
{
    struct native_shm_message message;
    (void)unused;
    return receive(true, 0, &message) == NATIVE_SHM_OK
               ? (int)native_shm_channel_ack(segment, channel, message.position)
               : 100;
}

static int act_give_back(void *unused)
{
    struct native_shm_message message;
    (void)unused;
    return receive(true, 0, &message) == NATIVE_SHM_OK
               ? (int)native_shm_channel_give_back(segment, channel, message.position)
               : 100;
}

static int act_arm(void *unused)
{
    (void)unused;
    return native_shm_channel_arm(segment, channel, bell) ? 0 : 1;
}

static int act_forward(void *unused)
{
    struct native_shm_message message;
    struct native_shm_channel *other = ipc_channel(segment, "other", 4096, NATIVE_SHM_FAIL);
    (void)unused;
    return receive(true, 0, &message) == NATIVE_SHM_OK
               ? (int)native_shm_channel_forward(segment, channel, message.position, segment, other)
               : 100;
}

static const struct scene scenes[] = {
    {"send",
     act_send,
     NATIVE_SHM_BLOCK,
     NULL,
     {{"channel_header_written", NEVER},
      {"channel_before_bell", NEVER},
      {"channel_after_bell", NEVER},
      {"channel_before_tail", NEVER},
      {"channel_after_tail", FRESH},
      {"channel_before_wake", FRESH}}},
    {"send, dropping",
     act_send_big,
     NATIVE_SHM_DROP_OLDEST,
     fill,
     {{"channel_dropped_next", NEVER}, {"channel_after_tail", FRESH}}},
    {"send, dropping what was given back",
     act_send_big,
     NATIVE_SHM_DROP_OLDEST,
     fill_and_give_back,
     {{"channel_dropped_head", NEVER}}},
    {"wait", act_receive, NATIVE_SHM_BLOCK, NULL, {{"channel_sleeping", NEVER}}},
    {"receive",
     act_receive,
     NATIVE_SHM_BLOCK,
     send_x,
     {{"channel_copied", FRESH}, {"channel_before_next", FRESH}, {"channel_after_next", NEVER}}},
    {"receive with ack",
     act_take,
     NATIVE_SHM_BLOCK,
     send_x,
     {{"channel_copied", FRESH}, {"channel_before_next", FRESH}, {"channel_after_next", AGAIN}}},
    {"receive what was given back",
     act_receive,
     NATIVE_SHM_BLOCK,
     send_and_give_back,
     {{"channel_copied", AGAIN}, {"channel_returned_taken", NEVER}}},
    {"take what was given back",
     act_take,
     NATIVE_SHM_BLOCK,
     send_and_give_back,
     {{"channel_returned_taken", AGAIN}}},
    {"ack",
     act_ack,
     NATIVE_SHM_BLOCK,
     send_x,
     {{"channel_before_ack", AGAIN},
      {"channel_after_ack", NEVER},
      {"channel_before_head", NEVER},
      {"channel_after_head", NEVER}}},
    {"give back",
     act_give_back,
     NATIVE_SHM_BLOCK,
     send_x,
     {{"channel_before_return", AGAIN},
      {"channel_after_return", AGAIN},
      {"channel_return_counted", AGAIN}}},
    {"forward", act_forward, NATIVE_SHM_BLOCK, send_x, {{"channel_forwarded", AGAIN}}},
    {"arm", act_arm, NATIVE_SHM_BLOCK, NULL, {{"channel_bell_emptied", NEVER}}},
    {"receive from a damaged ring",
     act_receive,
     NATIVE_SHM_BLOCK,
     damage,
     {{"channel_clearing", NEVER}, {"channel_cleared_tail", NEVER}}},
};
enum { SCENES = sizeof(scenes) / sizeof(*scenes) };

/* ---- what is left ----------------------------------------------------------------------------------- */

static bool rings(void)
{
    struct pollfd poll_one = {bell, POLLIN, 0};
    return poll(&poll_one, 1, 0) == 1;
}

/* Take all that comes; how often an "x" came in *fresh and *again. */
static void drain(int *fresh, int *again)
{
    struct native_shm_message message;
    enum native_shm_status status;
    *fresh = *again = 0;
    for (int i = 0; i < 20; i++) {
        status = receive(false, 30, &message);
        if (status == NATIVE_SHM_BUSY) {
            return;
        }
        check(status == NATIVE_SHM_OK || status == NATIVE_SHM_CORRUPT, "status %d", (int)status);
        if (status == NATIVE_SHM_OK && buffer[0] == 'x') {
            *(message.redelivered ? again : fresh) += 1;
        }
    }
    fail("it does not end");
}

static void goes_on(const struct scene *scene)
{
    struct native_shm_message message;
    struct native_shm_channel_info info;
    for (int i = 0; i < 300; i++) {
        if (!check(ipc_send(segment, channel, buffer, (size_t)i * 10, 0) == NATIVE_SHM_OK &&
                       receive(i % 2, 0, &message) == NATIVE_SHM_OK &&
                       message.len == (uint32_t)i * 10 && !message.redelivered &&
                       (i % 2 == 0 || native_shm_channel_ack(segment, channel, message.position) ==
                                          NATIVE_SHM_OK),
                   "round %d afterwards", i)) {
            return;
        }
    }
    native_shm_channel_info(segment, channel, &info);
    check(info.used == 0 && info.taken == 0 && info.ready == 0, "used %d, taken %d, ready %d",
          (int)info.used, (int)info.taken, (int)info.ready);
    check(scene->prepare == damage ||
              info.sent - info.received - info.dropped <= (scene->prepare == fill_and_give_back),
          "sent %d, received %d, dropped %d", (int)info.sent, (int)info.received,
          (int)info.dropped);
}

static void play(const struct scene *scene, const char *point, enum fate fate)
{
    int fresh, again, status;
    bool rung;
    segment = test_open("faults", 16 << 20);
    channel = ipc_channel(segment, "c", 4096, scene->policy);
    bell = native_shm_channel_doorbell(segment, channel);
    check(bell >= 0, "no doorbell: %s", strerror(errno));
    if (scene->act == act_send) {
        check(native_shm_channel_arm(segment, channel, bell) && !rings(), "arm");
    }
    if (scene->prepare) {
        scene->prepare();
    }
    kill_at = point;
    status = ipc_end(ipc_child(scene->act, NULL));
    kill_at = NULL;
    check(status == -SIGKILL, "the point was not reached: %d", status);
    rung = rings();
    check(scene->act != act_send || fate != FRESH || rung,
          "a message is there and nobody hears of it");
    uint64_t begin = ipc_ms();
    drain(&fresh, &again);
    check(ipc_ms() - begin < 1500, "it took %d ms", (int)(ipc_ms() - begin));
    check(fresh == (fate == FRESH) && again == (fate == AGAIN), "%d came as new, %d again", fresh,
          again);
    check(native_shm_channel_arm(segment, channel, bell) && !rings(), "arm afterwards");
    check(ipc_send(segment, channel, "y", 1, 0) == NATIVE_SHM_OK && rings(), "no ring afterwards");
    drain(&fresh, &again);
    goes_on(scene);
    end_test("killed at %s (%s)", point, scene->what);
    close(bell);
    native_shm_channel_free(channel);
    native_shm_segment_close(segment);
    native_shm_segment_unlink(test_folder, "faults");
}

static int go_on_later(void *context)
{
    usleep(600000);
    kill(*(pid_t *)context, SIGCONT);
    return 0;
}

/* Whoever is stopped with a lock holds it: others say BUSY in time, and those that may wait have it when it goes on. */
static void test_stopped(const char *point, bool sends)
{
    struct native_shm_message message;
    int status;
    segment = test_open(NULL, 16 << 20);
    channel = ipc_channel(segment, "c", 4096, NATIVE_SHM_BLOCK);
    if (!sends) {
        send_x();
        send_x();
    }
    stop_at = point;
    pid_t stopped = ipc_child(sends ? act_send : act_receive, NULL);
    stop_at = NULL;
    check(waitpid(stopped, &status, WUNTRACED) == stopped && WIFSTOPPED(status), "not stopped");
    uint64_t begin = ipc_ms();
    check((sends ? ipc_send(segment, channel, "x", 1, 0) : receive(false, 0, &message)) ==
              NATIVE_SHM_BUSY,
          "not busy");
    check(ipc_ms() - begin < 2000, "it took %d ms", (int)(ipc_ms() - begin));
    pid_t later = ipc_child(go_on_later, &stopped);
    check((sends ? ipc_send(segment, channel, "x", 1, FOR_EVER)
                 : receive(false, FOR_EVER, &message)) == NATIVE_SHM_OK,
          "it gave up");
    check(ipc_end(stopped) == 0 && ipc_end(later) == 0, "children");
    end_test("stopped at %s: busy, and had later", point);
    native_shm_channel_free(channel);
    native_shm_segment_close(segment);
}

/* Every point in the sources has a scene. */
static void test_list(void)
{
    char line[512];
    FILE *list = popen("grep -ho 'NATIVE_SHM_FAULT(channel[a-z_]*)' shm/channel*.c | sed 's/.*(//; "
                       "s/)//' | sort -u",
                       "r");
    int points = 0;
    while (list && fgets(line, sizeof(line), list)) {
        bool known = false;
        line[strcspn(line, "\n")] = 0;
        for (size_t i = 0; i < SCENES; i++) {
            for (size_t j = 0; scenes[i].points[j].at; j++) {
                known = known || strcmp(scenes[i].points[j].at, line) == 0;
            }
        }
        check(known, "%s is not tested", line);
        points++;
    }
    if (list) {
        pclose(list);
    }
    check(points > 15, "only %d points found", points);
    end_test("%d points in shm/channel*.c, all of them here", points);
}

int main(void)
{
    test_folder_make();
    for (size_t i = 0; i < SCENES; i++) {
        for (size_t j = 0; scenes[i].points[j].at; j++) {
            play(&scenes[i], scenes[i].points[j].at, scenes[i].points[j].fate);
        }
    }
    test_stopped("channel_header_written", true);
    test_stopped("channel_copied", false);
    test_list();
    test_folder_remove();
    return done();
}
