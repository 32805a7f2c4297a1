/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_captures.c - what other programs said (tests/captures/, format in its README.md): every packet
 * is accepted at level spec in its direction and encodes to the same bytes again. */
#include "harness.h"

#include <dirent.h>
#include <errno.h>

#include "mqtt/packet.h"

enum { TYPES = 16, DIRECTIONS = 2 };

/* What passed in one direction of one connection. */
struct stream {
    uint8_t *bytes;
    size_t len;
};

static struct guard input, output;
static const char *file_name;
static size_t seen[DIRECTIONS][TYPES], connections;

static void append(struct stream *s, uint8_t byte, unsigned long times)
{
    s->bytes = realloc(s->bytes, s->len + times);
    if (!s->bytes)
        abort();
    memset(s->bytes + s->len, byte, times);
    s->len += times;
}

/* Read the words of a line: two hex digits, or those and *n. */
static void read_words(struct stream *s, char *line)
{
    for (char *word = strtok(line, " \n"); word; word = strtok(NULL, " \n")) {
        char *end;
        unsigned long byte = strtoul(word, &end, 16), times = 1;

        if (*end == '*')
            times = strtoul(end + 1, &end, 10);
        if (!check(*end == '\0' && byte <= 0xff, "%s: what is %s?", file_name, word))
            return;
        append(s, (uint8_t)byte, times);
    }
}

static void check_same(const struct native_mqtt_packet *packet, const uint8_t *bytes, size_t len,
                       size_t at)
{
    uint8_t *out = guard_end(&output, len);
    size_t used = 0;
    enum native_mqtt_status status = native_mqtt_packet_encode(packet, out, len, &used);

    check(status == NATIVE_MQTT_OK && used == len && memcmp(out, bytes, len) == 0,
          "%s: the packet of type %u at %zu encodes to other bytes (status %d, %zu of %zu)",
          file_name, packet->type, at, (int)status, used, len);
}

/* Decode all packets of one direction. The version is what the CONNECT says, also for the answers. */
static void check_stream(const struct stream *s, unsigned sender, uint8_t *version)
{
    struct native_mqtt_options options = {*version, NATIVE_MQTT_SPEC, (uint8_t)sender, 0};
    size_t at = 0;

    while (at < s->len) {
        struct native_mqtt_frame frame;
        struct native_mqtt_packet packet;
        struct native_mqtt_error error = {0};
        uint8_t *in = guard_place(&input, s->bytes + at, s->len - at);
        enum native_mqtt_status status =
            native_mqtt_packet_decode(&options, in, s->len - at, &frame, &packet, &error);

        if (!check(status == NATIVE_MQTT_OK,
                   "%s: byte %zu of direction %u: status %d, rule %u at %u", file_name, at, sender,
                   (int)status, error.rule, error.offset))
            return;
        check_same(&packet, in, frame.packet_len, at);
        *version = options.version = packet.version;
        seen[sender - 1][packet.type]++;
        at += frame.packet_len;
    }
}

static void end_connection(struct stream streams[DIRECTIONS])
{
    uint8_t version = NATIVE_MQTT_VERSION_UNKNOWN;

    for (unsigned i = 0; i < DIRECTIONS; i++) {
        check_stream(&streams[i], i + 1, &version);
        free(streams[i].bytes);
        streams[i].bytes = NULL;
        streams[i].len = 0;
    }
}

static void check_file(const char *folder, const char *name)
{
    struct stream streams[DIRECTIONS] = {{NULL, 0}, {NULL, 0}};
    char path[4096], *line = NULL;
    size_t size = 0;
    FILE *f;

    file_name = name;
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    f = fopen(path, "r");
    if (!check(f != NULL, "%s: %s", path, strerror(errno)))
        return;
    memset(seen, 0, sizeof(seen));
    connections = 0;
    while (getline(&line, &size, f) >= 0) {
        if (strcmp(line, "connection\n") == 0) {
            end_connection(streams);
            connections++;
        } else if (line[0] == '>' || line[0] == '<') {
            read_words(&streams[line[0] == '<'], line + 1);
        } else {
            check(line[0] == '#', "%s: what is %s", name, line);
        }
    }
    end_connection(streams);
    free(line);
    fclose(f);
    check(connections > 0 && seen[0][NATIVE_MQTT_CONNECT] == connections &&
              seen[1][NATIVE_MQTT_CONNACK] == connections,
          "%s: %zu connections, %zu CONNECT, %zu CONNACK", name, connections,
          seen[0][NATIVE_MQTT_CONNECT], seen[1][NATIVE_MQTT_CONNACK]);
    end_test("%s", name);
}

static int is_capture(const struct dirent *entry)
{
    size_t len = strlen(entry->d_name);

    return len > 4 && strcmp(entry->d_name + len - 4, ".txt") == 0;
}

int main(void)
{
    static const char folder[] = "tests/captures";
    struct dirent **entries;
    int count = scandir(folder, &entries, is_capture, alphasort);

    input = guard_new(1 << 20);
    output = guard_new(1 << 20);
    for (int i = 0; i < count; i++) {
        check_file(folder, entries[i]->d_name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    ok(count >= 7, "there are %d captures", count);
    return done();
}
