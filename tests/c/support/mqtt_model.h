/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_model.h - a small server, to be asked afterwards: what did it take, how often, in which order?
 * It reads what a script's client sent, judges it as the standard says, and answers. Messages are
 * told apart by their topics: m1, m2, ... from the client in the order of publishing, s1, s2, ... from
 * the server. */
#ifndef NATIVE_TESTS_MQTT_MODEL_H
#define NATIVE_TESTS_MQTT_MODEL_H

#include "mqtt_script.h"

enum { MODEL_MESSAGES = 4096, MODEL_FILTERS = 8 };

struct model_message {
    uint8_t qos;
    uint8_t state; /* 0: to be sent; 1: sent; 2: PUBREC came; 3: done */
    uint16_t id;
    size_t len;
};

struct model {
    struct script *s;
    bool keeps_session;       /* does it know the client when it comes again? */
    uint16_t receive_maximum; /* told in CONNACK (5.0); 0: not */
    uint32_t maximum_packet_size;

    bool connected;
    bool has_session;
    size_t read_to;                 /* of s->out */
    unsigned link;                  /* s->links of this connection */
    unsigned last_n;                /* of the last m that came on this connection */
    uint8_t taken[65536 / 8];       /* QoS 2 identifiers not released */
    bool was_sent[MODEL_MESSAGES];  /* m: a PUBLISH came whole in this session */
    unsigned count[MODEL_MESSAGES]; /* m: times taken */
    unsigned told[MODEL_MESSAGES];  /* s: times told by the client */
    unsigned unanswered;            /* PUBLISH at QoS 1 and 2 not answered with PUBACK, PUBCOMP */
    uint8_t owed[65536];            /* answers held back: type << 4 packets, see model_answer */
    size_t owed_len;
    bool hold;                                /* hold answers back until model_answer */
    struct model_message out[MODEL_MESSAGES]; /* s */
    unsigned out_len;
    uint16_t last_id;
    uint16_t client_maximum;     /* receive maximum of the client */
    char filters[MODEL_FILTERS]; /* subscribed: single-letter filters a, b, ... */

    bool blind; /* something else has spoken to the client, too: its faults are not judged */
    bool fresh; /* the last CONNACK said that the session is lost, and the client has not read it */
    bool unseen;      /* that was never read: the client cannot know what is gone */
    size_t say_limit; /* bytes said in all connections before the link breaks */
    size_t said;
};

void model_init(struct model *m, struct script *s);

/* Read what came, and answer. Then run, until both have nothing more to say. */
void model_serve(struct model *m);

/* Send the answers that were held back: n of them, or all (0). */
void model_answer(struct model *m, size_t n);

/* A new message to the client. */
void model_publish(struct model *m, unsigned qos, size_t payload_len);

/* Tell the model what the client told: from s->on_event. */
void model_told(struct model *m, const struct native_mqtt_client_event *event);

#endif
