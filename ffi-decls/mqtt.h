#define FFI_SCOPE "native_mqtt"
#define FFI_LIB "libnative.so"
/* Made by dev/ffi-decls from the headers in mqtt/ and net/library.h, which hold the documentation. Do not edit.
 * SPDX-License-Identifier: MIT OR Apache-2.0 */
enum { NATIVE_LIBRARY_API = 1 };
 uint32_t native_get_api(void);
struct native_symbol {
    const char *name;
    const char *kind;
    const char *signature;
};
 const struct native_symbol *native_get_symbols(size_t *count);
enum native_mqtt_status {
    NATIVE_MQTT_OK = 0,
    NATIVE_MQTT_NEED_MORE = 1,
    NATIVE_MQTT_MALFORMED = 2,
    NATIVE_MQTT_TOO_LARGE = 3,
    NATIVE_MQTT_NO_SPACE = 4
};
enum native_mqtt_version {
    NATIVE_MQTT_VERSION_UNKNOWN = 0,
    NATIVE_MQTT_3_1 = 3,
    NATIVE_MQTT_3_1_1 = 4,
    NATIVE_MQTT_5_0 = 5
};
enum native_mqtt_level {
    NATIVE_MQTT_LENIENT = 0,
    NATIVE_MQTT_SPEC = 1,
    NATIVE_MQTT_STRICT = 2
};
enum native_mqtt_sender {
    NATIVE_MQTT_FROM_ANYONE = 0,
    NATIVE_MQTT_FROM_CLIENT = 1,
    NATIVE_MQTT_FROM_SERVER = 2
};
enum native_mqtt_type {
    NATIVE_MQTT_CONNECT = 1,
    NATIVE_MQTT_CONNACK = 2,
    NATIVE_MQTT_PUBLISH = 3,
    NATIVE_MQTT_PUBACK = 4,
    NATIVE_MQTT_PUBREC = 5,
    NATIVE_MQTT_PUBREL = 6,
    NATIVE_MQTT_PUBCOMP = 7,
    NATIVE_MQTT_SUBSCRIBE = 8,
    NATIVE_MQTT_SUBACK = 9,
    NATIVE_MQTT_UNSUBSCRIBE = 10,
    NATIVE_MQTT_UNSUBACK = 11,
    NATIVE_MQTT_PINGREQ = 12,
    NATIVE_MQTT_PINGRESP = 13,
    NATIVE_MQTT_DISCONNECT = 14,
    NATIVE_MQTT_AUTH = 15
};
enum {
    NATIVE_MQTT_STRING_MAX = 65535,
    NATIVE_MQTT_REMAINING_MAX = 268435455,
    NATIVE_MQTT_FIXED_HEADER_MAX = 5
};
struct native_mqtt_span {
    const uint8_t *data;
    size_t len;
};
struct native_mqtt_options {
    uint8_t version;
    uint8_t level;
    uint8_t sender;
    uint32_t max_packet_size;
};
struct native_mqtt_error {
    uint32_t offset;
    uint16_t statement;
    uint8_t rule;
    uint8_t reason;
};
struct native_mqtt_frame {
    uint8_t type;
    uint8_t flags;
    uint8_t header_len;
    uint32_t packet_len;
    uint32_t need;
};
 enum native_mqtt_status native_mqtt_frame_scan(const struct native_mqtt_options *options,
                                                          const void *in, size_t in_len,
                                                          struct native_mqtt_frame *frame,
                                                          struct native_mqtt_error *error);
enum native_mqtt_property_id {
    NATIVE_MQTT_PAYLOAD_FORMAT_INDICATOR = 0x01,
    NATIVE_MQTT_MESSAGE_EXPIRY_INTERVAL = 0x02,
    NATIVE_MQTT_CONTENT_TYPE = 0x03,
    NATIVE_MQTT_RESPONSE_TOPIC = 0x08,
    NATIVE_MQTT_CORRELATION_DATA = 0x09,
    NATIVE_MQTT_SUBSCRIPTION_IDENTIFIER = 0x0b,
    NATIVE_MQTT_SESSION_EXPIRY_INTERVAL = 0x11,
    NATIVE_MQTT_ASSIGNED_CLIENT_IDENTIFIER = 0x12,
    NATIVE_MQTT_SERVER_KEEP_ALIVE = 0x13,
    NATIVE_MQTT_AUTHENTICATION_METHOD = 0x15,
    NATIVE_MQTT_AUTHENTICATION_DATA = 0x16,
    NATIVE_MQTT_REQUEST_PROBLEM_INFORMATION = 0x17,
    NATIVE_MQTT_WILL_DELAY_INTERVAL = 0x18,
    NATIVE_MQTT_REQUEST_RESPONSE_INFORMATION = 0x19,
    NATIVE_MQTT_RESPONSE_INFORMATION = 0x1a,
    NATIVE_MQTT_SERVER_REFERENCE = 0x1c,
    NATIVE_MQTT_REASON_STRING = 0x1f,
    NATIVE_MQTT_RECEIVE_MAXIMUM = 0x21,
    NATIVE_MQTT_TOPIC_ALIAS_MAXIMUM = 0x22,
    NATIVE_MQTT_TOPIC_ALIAS = 0x23,
    NATIVE_MQTT_MAXIMUM_QOS = 0x24,
    NATIVE_MQTT_RETAIN_AVAILABLE = 0x25,
    NATIVE_MQTT_USER_PROPERTY = 0x26,
    NATIVE_MQTT_MAXIMUM_PACKET_SIZE = 0x27,
    NATIVE_MQTT_WILDCARD_SUBSCRIPTION_AVAILABLE = 0x28,
    NATIVE_MQTT_SUBSCRIPTION_IDENTIFIER_AVAILABLE = 0x29,
    NATIVE_MQTT_SHARED_SUBSCRIPTION_AVAILABLE = 0x2a
};
enum { NATIVE_MQTT_PROPERTY_ID_MAX = NATIVE_MQTT_SHARED_SUBSCRIPTION_AVAILABLE };
enum native_mqtt_property_type {
    NATIVE_MQTT_PROPERTY_NONE = 0,
    NATIVE_MQTT_PROPERTY_BOOL = 1,
    NATIVE_MQTT_PROPERTY_U16 = 2,
    NATIVE_MQTT_PROPERTY_U32 = 3,
    NATIVE_MQTT_PROPERTY_VARINT = 4,
    NATIVE_MQTT_PROPERTY_TEXT = 5,
    NATIVE_MQTT_PROPERTY_BINARY = 6,
    NATIVE_MQTT_PROPERTY_PAIR = 7
};
enum { NATIVE_MQTT_IN_WILL = 1 };
struct native_mqtt_property_info {
    uint16_t packets;
    uint8_t type;
    uint8_t flags;
};
enum { NATIVE_MQTT_PROPERTY_REPEATS = 1, NATIVE_MQTT_PROPERTY_NONZERO = 2 };
struct native_mqtt_property {
    uint8_t id;
    uint8_t type;
    uint32_t number;
    struct native_mqtt_span name;
    struct native_mqtt_span value;
};
struct native_mqtt_properties {
    const uint8_t *data;
    size_t len;
    uint64_t seen;
};
struct native_mqtt_property_writer {
    uint8_t *data;
    size_t len;
    size_t capacity;
};
 const struct native_mqtt_property_info *native_mqtt_property_info(unsigned id);
 bool native_mqtt_property_next(struct native_mqtt_properties *block,
                                          struct native_mqtt_property *property);
 bool native_mqtt_property_find(const struct native_mqtt_properties *block, unsigned id,
                                          struct native_mqtt_property *property);
 uint32_t native_mqtt_property_number(const struct native_mqtt_properties *block,
                                                unsigned id, uint32_t otherwise);
 enum native_mqtt_status
native_mqtt_property_put(struct native_mqtt_property_writer *writer,
                         const struct native_mqtt_property *property);
 enum native_mqtt_status
native_mqtt_property_put_number(struct native_mqtt_property_writer *writer, unsigned id,
                                uint32_t number);
 enum native_mqtt_status
native_mqtt_property_put_bytes(struct native_mqtt_property_writer *writer, unsigned id,
                               const void *value, size_t value_len);
enum native_mqtt_rule { NATIVE_MQTT_RULE_NONE, NATIVE_MQTT_RULE_TRUNCATED, NATIVE_MQTT_RULE_TRAILING, NATIVE_MQTT_RULE_VARINT_TOO_LONG, NATIVE_MQTT_RULE_VARINT_NOT_MINIMAL, NATIVE_MQTT_RULE_PACKET_TYPE, NATIVE_MQTT_RULE_FIRST_PACKET, NATIVE_MQTT_RULE_SENDER, NATIVE_MQTT_RULE_REMAINING_LENGTH, NATIVE_MQTT_RULE_PACKET_TOO_LARGE, NATIVE_MQTT_RULE_PACKET_TOO_LARGE_FOR_CLIENT, NATIVE_MQTT_RULE_FLAGS, NATIVE_MQTT_RULE_PUBREL_FLAGS, NATIVE_MQTT_RULE_SUBSCRIBE_FLAGS, NATIVE_MQTT_RULE_UNSUBSCRIBE_FLAGS, NATIVE_MQTT_RULE_DISCONNECT_FLAGS, NATIVE_MQTT_RULE_AUTH_FLAGS, NATIVE_MQTT_RULE_UTF8, NATIVE_MQTT_RULE_UTF8_NUL, NATIVE_MQTT_RULE_UTF8_DISCOURAGED, NATIVE_MQTT_RULE_PACKET_ID, NATIVE_MQTT_RULE_TOPIC_EMPTY, NATIVE_MQTT_RULE_TOPIC_WILDCARD, NATIVE_MQTT_RULE_WILL_TOPIC_WILDCARD, NATIVE_MQTT_RULE_RESPONSE_WILDCARD, NATIVE_MQTT_RULE_FILTER_HASH, NATIVE_MQTT_RULE_FILTER_PLUS, NATIVE_MQTT_RULE_SHARE_NAME, NATIVE_MQTT_RULE_SHARE_FILTER, NATIVE_MQTT_RULE_PROTOCOL_NAME, NATIVE_MQTT_RULE_PROTOCOL_VERSION, NATIVE_MQTT_RULE_CONNECT_RESERVED, NATIVE_MQTT_RULE_WILL_QOS, NATIVE_MQTT_RULE_WILL_QOS_ALONE, NATIVE_MQTT_RULE_WILL_RETAIN_ALONE, NATIVE_MQTT_RULE_PASSWORD_ALONE, NATIVE_MQTT_RULE_CLIENT_ID, NATIVE_MQTT_RULE_CLIENT_ID_LENGTH, NATIVE_MQTT_RULE_CONNACK_FLAGS, NATIVE_MQTT_RULE_SESSION_PRESENT, NATIVE_MQTT_RULE_QOS, NATIVE_MQTT_RULE_DUP, NATIVE_MQTT_RULE_PAYLOAD_FORMAT, NATIVE_MQTT_RULE_SUBSCRIBE_EMPTY, NATIVE_MQTT_RULE_SUBSCRIBE_QOS, NATIVE_MQTT_RULE_SUBSCRIBE_RESERVED, NATIVE_MQTT_RULE_RETAIN_HANDLING, NATIVE_MQTT_RULE_NO_LOCAL_SHARED, NATIVE_MQTT_RULE_UNSUBSCRIBE_EMPTY, NATIVE_MQTT_RULE_SUBACK_EMPTY, NATIVE_MQTT_RULE_UNSUBACK_EMPTY, NATIVE_MQTT_RULE_CONNACK_REASON, NATIVE_MQTT_RULE_PUBACK_REASON, NATIVE_MQTT_RULE_PUBREC_REASON, NATIVE_MQTT_RULE_PUBREL_REASON, NATIVE_MQTT_RULE_PUBCOMP_REASON, NATIVE_MQTT_RULE_SUBACK_REASON, NATIVE_MQTT_RULE_UNSUBACK_REASON, NATIVE_MQTT_RULE_DISCONNECT_REASON, NATIVE_MQTT_RULE_AUTH_REASON, NATIVE_MQTT_RULE_DISCONNECT_SENDER, NATIVE_MQTT_RULE_AUTH_SENDER, NATIVE_MQTT_RULE_PROPERTIES_MISSING, NATIVE_MQTT_RULE_PROPERTIES_LENGTH, NATIVE_MQTT_RULE_PROPERTY_UNKNOWN, NATIVE_MQTT_RULE_PROPERTY_PACKET, NATIVE_MQTT_RULE_PROPERTY_TWICE, NATIVE_MQTT_RULE_PROPERTY_VALUE, NATIVE_MQTT_RULE_TOPIC_ALIAS, NATIVE_MQTT_RULE_SUBSCRIPTION_ID, NATIVE_MQTT_RULE_SESSION_EXPIRY, NATIVE_MQTT_RULE_SERVER_REFERENCE, NATIVE_MQTT_RULE_AUTH_METHOD, NATIVE_MQTT_RULE_AUTH_METHOD_MISSING, NATIVE_MQTT_RULE_COUNT };
struct native_mqtt_will {
    struct native_mqtt_span topic;
    struct native_mqtt_span payload;
    struct native_mqtt_properties properties;
    uint8_t qos;
    bool retain;
};
struct native_mqtt_connect {
    struct native_mqtt_span client_id;
    struct native_mqtt_span user_name;
    struct native_mqtt_span password;
    struct native_mqtt_properties properties;
    struct native_mqtt_will will;
    uint16_t keep_alive;
    bool clean_start;
    bool has_will;
    bool has_user_name;
    bool has_password;
};
struct native_mqtt_connack {
    struct native_mqtt_properties properties;
    uint8_t reason;
    bool session_present;
};
struct native_mqtt_publish {
    struct native_mqtt_span topic;
    struct native_mqtt_span payload;
    struct native_mqtt_properties properties;
    uint16_t packet_id;
    uint16_t topic_alias;
    uint8_t qos;
    bool dup;
    bool retain;
};
enum native_mqtt_form {
    NATIVE_MQTT_FORM_SHORT = 0,
    NATIVE_MQTT_FORM_REASON = 1,
    NATIVE_MQTT_FORM_FULL = 2
};
struct native_mqtt_ack {
    struct native_mqtt_properties properties;
    uint16_t packet_id;
    uint8_t reason;
    uint8_t form;
};
struct native_mqtt_subscribe {
    struct native_mqtt_properties properties;
    struct native_mqtt_span filters;
    uint16_t packet_id;
};
struct native_mqtt_suback {
    struct native_mqtt_properties properties;
    struct native_mqtt_span reasons;
    uint16_t packet_id;
};
struct native_mqtt_packet {
    uint8_t type;
    uint8_t version;
    union {
        struct native_mqtt_connect connect;
        struct native_mqtt_connack connack;
        struct native_mqtt_publish publish;
        struct native_mqtt_ack ack;
        struct native_mqtt_subscribe subscribe;
        struct native_mqtt_suback suback;
    } as;
};
enum native_mqtt_subscription_options {
    NATIVE_MQTT_SUBSCRIBE_QOS = 0x03,
    NATIVE_MQTT_SUBSCRIBE_NO_LOCAL = 0x04,
    NATIVE_MQTT_SUBSCRIBE_RETAIN_AS_PUBLISHED = 0x08,
    NATIVE_MQTT_SUBSCRIBE_RETAIN_HANDLING = 0x30,
    NATIVE_MQTT_SUBSCRIBE_RESERVED = 0xc0
};
struct native_mqtt_subscription {
    struct native_mqtt_span filter;
    uint8_t options;
};
 enum native_mqtt_status
native_mqtt_packet_decode(const struct native_mqtt_options *options, const void *in, size_t in_len,
                          struct native_mqtt_frame *frame, struct native_mqtt_packet *packet,
                          struct native_mqtt_error *error);
 enum native_mqtt_status
native_mqtt_publish_decode_header(const struct native_mqtt_options *options,
                                  const struct native_mqtt_frame *frame, const void *in,
                                  size_t in_len, struct native_mqtt_publish *publish,
                                  size_t *header_len, struct native_mqtt_error *error);
 enum native_mqtt_status native_mqtt_packet_size(const struct native_mqtt_packet *packet,
                                                           size_t *size);
 enum native_mqtt_status
native_mqtt_packet_encode(const struct native_mqtt_packet *packet, void *out, size_t out_len,
                          size_t *used);
 enum native_mqtt_status
native_mqtt_publish_encode_header(const struct native_mqtt_publish *publish, unsigned version,
                                  void *out, size_t out_len, size_t *used);
 bool native_mqtt_publish_patch_id(void *header, size_t header_len, uint16_t packet_id);
 bool native_mqtt_publish_patch_qos(void *header, size_t header_len, unsigned qos);
 bool native_mqtt_publish_patch_flags(void *header, size_t header_len, bool dup,
                                                bool retain);
 bool native_mqtt_subscription_next(struct native_mqtt_span *filters, bool with_options,
                                              struct native_mqtt_subscription *subscription);
 enum native_mqtt_status
native_mqtt_subscription_put(void *out, size_t out_len, size_t *len, bool with_options,
                             const struct native_mqtt_subscription *subscription);
 bool native_mqtt_reason_allowed(unsigned version, unsigned type, unsigned reason);
 uint8_t native_mqtt_connack_reason(unsigned version, unsigned code);
struct native_mqtt_place {
    uint32_t at;
    uint32_t len;
};
struct native_mqtt_record {
    struct native_mqtt_place packet;
    uint32_t type;
    uint32_t flags;
    uint32_t packet_id;
    uint32_t reason;
    struct native_mqtt_place topic;
    struct native_mqtt_place body;
    struct native_mqtt_place properties;
};
enum { NATIVE_MQTT_RECORD_NUMBERS = 12 };
struct native_mqtt_batch {
    struct native_mqtt_options options;
    struct native_mqtt_record *records;
    size_t records_max;
    size_t count;
    size_t used;
    uint32_t need;
    struct native_mqtt_error error;
};
 enum native_mqtt_status native_mqtt_batch_decode(struct native_mqtt_batch *batch,
                                                            const void *in, size_t in_len);
 enum native_mqtt_status native_mqtt_batch_encode(struct native_mqtt_batch *batch,
                                                            const void *bytes, size_t bytes_len,
                                                            void *out, size_t out_len);
enum native_mqtt_part {
    NATIVE_MQTT_PART_PACKET = 1,
    NATIVE_MQTT_PART_BEGIN = 2,
    NATIVE_MQTT_PART_PAYLOAD = 3,
    NATIVE_MQTT_PART_END = 4
};
struct native_mqtt_parser {
    struct native_mqtt_options options;
    uint8_t *buffer;
    size_t capacity;
    size_t need;
    struct native_mqtt_error error;
    size_t at, used;
    size_t payload_left;
    bool in_payload;
};
 void native_mqtt_parser_reset(struct native_mqtt_parser *parser);
 enum native_mqtt_status native_mqtt_parser_next(struct native_mqtt_parser *parser,
                                                           enum native_mqtt_part *part,
                                                           struct native_mqtt_packet *packet,
                                                           struct native_mqtt_span *payload);
 uint8_t *native_mqtt_parser_room(struct native_mqtt_parser *parser, size_t *len);
 void native_mqtt_parser_filled(struct native_mqtt_parser *parser, size_t len);
 void native_mqtt_parser_move(struct native_mqtt_parser *parser, uint8_t *buffer,
                                        size_t capacity);
enum native_mqtt_outgoing_state {
    NATIVE_MQTT_QUEUED = 0,
    NATIVE_MQTT_WAIT_PUBACK = 1,
    NATIVE_MQTT_WAIT_PUBREC = 2,
    NATIVE_MQTT_WAIT_PUBCOMP = 3,
    NATIVE_MQTT_DONE = 4
};
struct native_mqtt_outgoing {
    struct native_mqtt_outgoing *next;
    struct native_mqtt_publish publish;
    void *owner;
    uint32_t end;
    uint8_t state;
    uint8_t
        reason;
};
struct native_mqtt_alias {
    uint8_t *data;
    uint16_t len;
    uint16_t capacity;
};
struct native_mqtt_session {
    uint16_t *received;
    size_t received_max;
    struct native_mqtt_alias *aliases_in;
    size_t aliases_in_max;
    struct native_mqtt_alias *aliases_out;
    size_t aliases_out_max;
    bool (*id_taken)(void *context, uint16_t packet_id);
    void *id_context;
    struct native_mqtt_outgoing *first, *last;
    struct native_mqtt_outgoing *cursor;
    size_t received_len;
    uint16_t last_id;
    uint16_t send_maximum;
    uint16_t in_flight;
    uint16_t orphans;
    uint16_t alias_maximum;
    bool ids_wrapped;
};
enum native_mqtt_progress {
    NATIVE_MQTT_PROGRESS_NONE = 0,
    NATIVE_MQTT_PROGRESS_HALF = 1,
    NATIVE_MQTT_PROGRESS_DONE = 2
};
 void native_mqtt_session_init(struct native_mqtt_session *session);
 void native_mqtt_session_add(struct native_mqtt_session *session,
                                        struct native_mqtt_outgoing *message);
 struct native_mqtt_outgoing *
native_mqtt_session_first(const struct native_mqtt_session *session);
 void native_mqtt_session_remove(struct native_mqtt_session *session,
                                           struct native_mqtt_outgoing *message);
 bool native_mqtt_session_can_send(const struct native_mqtt_session *session);
 struct native_mqtt_outgoing *
native_mqtt_session_to_send(struct native_mqtt_session *session);
 void native_mqtt_session_sent(struct native_mqtt_session *session,
                                         struct native_mqtt_outgoing *message);
 enum native_mqtt_progress
native_mqtt_session_acknowledge(struct native_mqtt_session *session, unsigned type,
                                uint16_t packet_id, uint8_t reason,
                                struct native_mqtt_outgoing **message);
 uint16_t native_mqtt_session_new_id(struct native_mqtt_session *session);
 enum native_mqtt_status native_mqtt_session_receive(struct native_mqtt_session *session,
                                                               uint16_t packet_id, bool *duplicate);
 bool native_mqtt_session_release(struct native_mqtt_session *session,
                                            uint16_t packet_id);
 void native_mqtt_session_resume(struct native_mqtt_session *session, bool present,
                                           uint16_t send_maximum, uint16_t alias_maximum);
 struct native_mqtt_outgoing *
native_mqtt_session_collect(struct native_mqtt_session *session);
 uint8_t native_mqtt_session_resolve(struct native_mqtt_session *session,
                                               struct native_mqtt_publish *publish);
 uint16_t native_mqtt_session_alias(struct native_mqtt_session *session,
                                              const struct native_mqtt_span *topic, bool *known);
enum native_mqtt_io {
    NATIVE_MQTT_IO_OK = 0,
    NATIVE_MQTT_IO_AGAIN = 1,
    NATIVE_MQTT_IO_CLOSED = 2,
    NATIVE_MQTT_IO_ERROR = 3
};
struct native_mqtt_transport {
    void *context;
    int (*link)(void *context, bool up);
    int (*read)(void *context, void *data, size_t data_len, size_t *done);
    int (*write)(void *context, const void *data, size_t data_len, size_t *done);
};
enum native_mqtt_client_state {
    NATIVE_MQTT_CLIENT_DOWN = 0,
    NATIVE_MQTT_CLIENT_WAITING = 1,
    NATIVE_MQTT_CLIENT_OPENING = 2,
    NATIVE_MQTT_CLIENT_CONNECTING = 3,
    NATIVE_MQTT_CLIENT_CONNECTED = 4,
    NATIVE_MQTT_CLIENT_CLOSING = 5
};
enum native_mqtt_client_event_type {
    NATIVE_MQTT_EVENT_OPEN = 1,
    NATIVE_MQTT_EVENT_CONNECTED = 2,
    NATIVE_MQTT_EVENT_DISCONNECTED = 3,
    NATIVE_MQTT_EVENT_MESSAGE = 4,
    NATIVE_MQTT_EVENT_MESSAGE_BEGIN = 5,
    NATIVE_MQTT_EVENT_MESSAGE_DATA = 6,
    NATIVE_MQTT_EVENT_MESSAGE_END = 7,
    NATIVE_MQTT_EVENT_DELIVERED = 8,
    NATIVE_MQTT_EVENT_SUBSCRIBED = 9,
    NATIVE_MQTT_EVENT_AUTH = 10,
    NATIVE_MQTT_EVENT_NO_SPACE = 11
};
enum native_mqtt_cause {
    NATIVE_MQTT_CAUSE_STOPPED = 0,
    NATIVE_MQTT_CAUSE_TRANSPORT = 1,
    NATIVE_MQTT_CAUSE_CLOSED = 2,
    NATIVE_MQTT_CAUSE_TIMEOUT = 3,
    NATIVE_MQTT_CAUSE_KEEP_ALIVE = 4,
    NATIVE_MQTT_CAUSE_MALFORMED = 5,
    NATIVE_MQTT_CAUSE_PROTOCOL = 6,
    NATIVE_MQTT_CAUSE_NO_SPACE = 7,
    NATIVE_MQTT_CAUSE_REFUSED = 8,
    NATIVE_MQTT_CAUSE_SERVER = 9
};
struct native_mqtt_request {
    struct native_mqtt_properties properties;
    uint8_t *filters;
    size_t filters_len;
    void *owner;
    uint8_t type;
    uint8_t state;
    uint16_t packet_id;
    struct native_mqtt_request *next;
};
enum native_mqtt_request_state {
    NATIVE_MQTT_REQUEST_QUEUED = 0,
    NATIVE_MQTT_REQUEST_SENT = 1,
    NATIVE_MQTT_REQUEST_ACTIVE = 2,
    NATIVE_MQTT_REQUEST_OUT = 3
};
struct native_mqtt_client_event {
    uint8_t type;
    uint8_t cause;
    uint8_t reason;
    bool has_packet;
    uint32_t retry_ms;
    struct native_mqtt_packet packet;
    struct native_mqtt_span data;
    struct native_mqtt_outgoing *outgoing;
    struct native_mqtt_request *request;
};
enum { NATIVE_MQTT_CLOSE_TIMEOUT_MS = 5000 };
struct native_mqtt_client_options {
    struct native_mqtt_transport transport;
    uint8_t *tx;
    size_t tx_len;
    uint8_t *rx;
    size_t rx_len;
    uint32_t connect_timeout_ms;
    uint32_t ping_timeout_ms;
    uint32_t retry_min_ms;
    uint32_t retry_max_ms;
    uint32_t retries;
    uint32_t random;
    uint32_t close_timeout_ms;
    uint16_t
        in_flight_max;
    uint8_t level;
    struct native_mqtt_packet connect;
};
struct native_mqtt_limits {
    uint32_t max_packet_size;
    uint16_t receive_maximum;
    uint16_t topic_alias_maximum;
    uint16_t keep_alive;
    uint8_t maximum_qos;
    bool retain_available;
};
struct native_mqtt_client {
    uint8_t state;
    uint8_t version;
    uint8_t ack_type;
    uint8_t ack_reason;
    uint8_t close_reason;
    bool pinging;
    bool blocked;
    bool stalled;
    bool due;
    bool duplicate;
    bool had_session;
    bool collecting;
    bool disconnecting;
    uint16_t ack_id;
    uint32_t now;
    uint32_t since;
    uint32_t sent_at, received_at;
    uint32_t ping_at;
    uint32_t retry_ms;
    uint32_t failures;
    uint32_t queued;
    size_t tx_used;
    size_t tx_before;
    struct native_mqtt_request *requests;
    struct native_mqtt_outgoing *sending;
    size_t sending_at;
    size_t rx_asked;
    uint32_t packets_sent, packets_received;
    struct native_mqtt_client_options options;
    struct native_mqtt_parser parser;
    struct native_mqtt_limits limits;
    struct native_mqtt_session session;
};
 void native_mqtt_client_init(struct native_mqtt_client *client);
 void native_mqtt_client_start(struct native_mqtt_client *client, uint32_t now_ms);
 void native_mqtt_client_stop(struct native_mqtt_client *client, uint8_t reason,
                                        const struct native_mqtt_properties *properties,
                                        uint32_t now_ms);
 bool native_mqtt_client_next(struct native_mqtt_client *client, uint32_t now_ms,
                                        struct native_mqtt_client_event *event);
 uint32_t native_mqtt_client_timeout(const struct native_mqtt_client *client,
                                               uint32_t now_ms);
 bool native_mqtt_client_wants_write(const struct native_mqtt_client *client);
 bool native_mqtt_client_wants_read(const struct native_mqtt_client *client);
 enum native_mqtt_status native_mqtt_client_publish(struct native_mqtt_client *client,
                                                              struct native_mqtt_outgoing *message,
                                                              uint32_t now_ms);
 void native_mqtt_client_flush(struct native_mqtt_client *client, uint32_t now_ms);
 bool native_mqtt_client_send(struct native_mqtt_client *client, uint32_t now_ms,
                                        struct native_mqtt_client_event *event);
 bool native_mqtt_client_take_back(struct native_mqtt_client *client,
                                             struct native_mqtt_outgoing *message);
 void native_mqtt_client_request(struct native_mqtt_client *client,
                                           struct native_mqtt_request *request);
 void native_mqtt_client_cut_filter(struct native_mqtt_request *request,
                                              const void *filter, size_t filter_len);
 void native_mqtt_client_forget(struct native_mqtt_client *client,
                                          struct native_mqtt_request *request);
 enum native_mqtt_status
native_mqtt_client_auth(struct native_mqtt_client *client, uint8_t reason,
                        const struct native_mqtt_properties *properties, uint32_t now_ms);
 void native_mqtt_client_answer(struct native_mqtt_client *client, uint8_t reason);
 void native_mqtt_client_unanswer(struct native_mqtt_client *client);
 void native_mqtt_client_set_buffers(struct native_mqtt_client *client, uint8_t *tx,
                                               size_t tx_len, uint8_t *rx, size_t rx_len);
enum native_mqtt_feed_link {
    NATIVE_MQTT_FEED_DOWN = 0,
    NATIVE_MQTT_FEED_OPEN =
        1,
    NATIVE_MQTT_FEED_UP = 2,
    NATIVE_MQTT_FEED_ENDED = 3,
    NATIVE_MQTT_FEED_CLOSE = 4
};
struct native_mqtt_feed {
    struct native_mqtt_client client;
    uint8_t *in;
    size_t in_len;
    uint8_t *out;
    size_t out_len;
    uint8_t link;
    uint8_t ended;
    size_t in_at, in_end;
    size_t out_at, out_end;
};
 void native_mqtt_feed_init(struct native_mqtt_feed *feed);
 void native_mqtt_feed_opened(struct native_mqtt_feed *feed);
 void native_mqtt_feed_closed(struct native_mqtt_feed *feed, enum native_mqtt_io io);
 size_t native_mqtt_feed_put(struct native_mqtt_feed *feed, const void *data,
                                       size_t data_len);
 const uint8_t *native_mqtt_feed_take(const struct native_mqtt_feed *feed,
                                                size_t *data_len);
 void native_mqtt_feed_took(struct native_mqtt_feed *feed, size_t data_len);
enum {
    NATIVE_MQTT_STATEMENT_TEXT_MAX = 24
};
 const char *native_mqtt_type_name(unsigned type);
 const char *native_mqtt_reason_name(unsigned version, unsigned type, unsigned reason);
 const char *native_mqtt_property_name(unsigned id);
 const char *native_mqtt_rule_name(unsigned rule);
 const char *native_mqtt_rule_text(unsigned rule);
 size_t native_mqtt_statement_text(unsigned statement, char *out, size_t out_len);
 enum native_mqtt_rule native_mqtt_filter_check(const void *filter, size_t filter_len,
                                                          unsigned version, size_t *where);
 enum native_mqtt_status native_mqtt_topic_check(const void *topic, size_t topic_len,
                                                           bool name, unsigned version,
                                                           unsigned level,
                                                           struct native_mqtt_error *error);
 bool native_mqtt_filter_is_shared(const void *filter, size_t filter_len);
 struct native_mqtt_span native_mqtt_filter_unshared(const void *filter,
                                                               size_t filter_len);
 bool native_mqtt_topic_match(const void *filter, size_t filter_len, const void *topic,
                                        size_t topic_len);
 int native_mqtt_topic_capture(const void *filter, size_t filter_len, const void *topic,
                                         size_t topic_len, struct native_mqtt_span *parts,
                                         size_t parts_len);
enum native_mqtt_utf8 {
    NATIVE_MQTT_UTF8_ILL_FORMED = 1,
    NATIVE_MQTT_UTF8_NUL = 2,
    NATIVE_MQTT_UTF8_DISCOURAGED = 4,
    NATIVE_MQTT_UTF8_WILDCARD = 8
};
 bool native_mqtt_utf8_is_plain(const void *data, size_t len);
 unsigned native_mqtt_utf8_check(const void *data, size_t len, unsigned reject,
                                           size_t *where);
