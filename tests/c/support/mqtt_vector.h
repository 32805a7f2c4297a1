/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_vector.h - read the files of tests/vectors/ (their format: tests/vectors/README.md), and
 * write a decoded packet in their words. Allocates and never frees: for tests. Ends the program
 * with a message on a file that it cannot read. */
#ifndef NATIVE_TESTS_MQTT_VECTOR_H
#define NATIVE_TESTS_MQTT_VECTOR_H

#include "mqtt/packet.h"

struct bytes {
    uint8_t *data;
    size_t len;
};

struct vector {
    const char *file; /* without folder and .txt */
    const char *name;
    int line;
    uint8_t versions[4];
    size_t version_count;
    uint8_t senders[3];
    size_t sender_count;
    uint32_t max_packet_size;
    struct bytes hex;
    struct bytes encoded; /* data NULL: not given */
    int canonical;        /* 1, 0, or -1: not given */
    uint32_t need;        /* 0: not given */
    int rule;             /* enum native_mqtt_rule; -1: accepted */
    int level;
    int reason;
    long offset;
    const char *statement[2]; /* before 5.0; 5.0. "none" or "MQTT-..." */
    char **fields;
    size_t field_count;
};

/* Read every .txt file of `folder`, in the order of their names. Returns the number of vectors. */
size_t vectors_read(const char *folder, struct vector **vectors);

/* Returns the name of a rule, as in rules.h. */
const char *vector_rule_name(unsigned rule);

/* Write a packet as field lines, each ended with \n, leaving out what has its default. `*text` is
 * allocated. */
void vector_describe(const struct native_mqtt_packet *packet, char **text);

/* Write the expected fields of a vector in the same form. */
void vector_expected(const struct vector *vector, char **text);

/* Whether two packets have the same fields. */
bool vector_same(const struct native_mqtt_packet *a, const struct native_mqtt_packet *b);

/* Write a packed statement as MQTT-a.b.c-n, or "none". */
void vector_statement(unsigned statement, char out[32]);

#endif
