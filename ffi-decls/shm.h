#define FFI_SCOPE "native_shm"
#define FFI_LIB "libnative.so"
/* Made by dev/ffi-decls from the headers in shm/ and net/library.h, which hold the documentation. Do not edit.
 * SPDX-License-Identifier: MIT OR Apache-2.0 */
enum { NATIVE_LIBRARY_API = 1 };
 uint32_t native_get_api(void);
struct native_symbol {
    const char *name;
    const char *kind;
    const char *signature;
};
 const struct native_symbol *native_get_symbols(size_t *count);
enum native_shm_format {
    NATIVE_SHM_FORMAT_NONE = 0,
    NATIVE_SHM_FORMAT_NULL,
    NATIVE_SHM_FORMAT_FALSE,
    NATIVE_SHM_FORMAT_TRUE,
    NATIVE_SHM_FORMAT_INT,
    NATIVE_SHM_FORMAT_DOUBLE,
    NATIVE_SHM_FORMAT_STRING,
    NATIVE_SHM_FORMAT_ARRAY,
    NATIVE_SHM_FORMAT_PHP,
    NATIVE_SHM_FORMAT_IGBINARY,
    NATIVE_SHM_FORMAT_OTHER,
    NATIVE_SHM_FORMAT_LEASE = 255
};
enum native_shm_count {
    NATIVE_SHM_HITS,
    NATIVE_SHM_MISSES,
    NATIVE_SHM_STORES,
    NATIVE_SHM_DELETES,
    NATIVE_SHM_EVICTIONS,
    NATIVE_SHM_EXPIRATIONS,
    NATIVE_SHM_BUSY_COUNT,
    NATIVE_SHM_REPAIRS,
    NATIVE_SHM_RETRIES,
    NATIVE_SHM_EVICT_STEPS,
    NATIVE_SHM_COUNTS
};
enum native_shm_status {
    NATIVE_SHM_OK = 0,
    NATIVE_SHM_NOT_FOUND,
    NATIVE_SHM_EXISTS,
    NATIVE_SHM_CHANGED,
    NATIVE_SHM_TYPE,
    NATIVE_SHM_FULL,
    NATIVE_SHM_TOO_BIG,
    NATIVE_SHM_BUSY,
    NATIVE_SHM_INTERRUPTED,
    NATIVE_SHM_CLOSED,
    NATIVE_SHM_ABANDONED,
    NATIVE_SHM_DENIED,
    NATIVE_SHM_MISMATCH,
    NATIVE_SHM_CORRUPT,
    NATIVE_SHM_INVALID,
    NATIVE_SHM_SYSTEM,
    NATIVE_SHM_STATUS_COUNT
};
struct native_shm_segment;
enum native_shm_flags {
    NATIVE_SHM_TRACK = 1,
};
enum native_shm_on_mismatch {
    NATIVE_SHM_REFUSE = 0,
    NATIVE_SHM_RECREATE,
};
struct native_shm_options {
    const char *folder;
    const char *name;
    uint64_t size;
    uint32_t mode;
    uint32_t flags;
    enum native_shm_on_mismatch on_mismatch;
};
 enum native_shm_status native_shm_segment_open(const struct native_shm_options *options,
                                                          struct native_shm_segment **segment,
                                                          char *why);
 void native_shm_segment_close(struct native_shm_segment *segment);
 bool native_shm_segment_enter(struct native_shm_segment *segment);
 int native_shm_segment_fd(struct native_shm_segment *segment);
 bool native_shm_segment_current(struct native_shm_segment *segment);
 enum native_shm_status native_shm_segment_unlink(const char *folder, const char *name);
 unsigned native_shm_segment_sweep(const char *folder, const char *prefix,
                                             const char *keep);
 uint32_t native_shm_segment_abi(void);
 bool native_shm_segment_path(const char *folder, const char *name, char *path,
                                        size_t path_len);
 bool native_shm_alive(struct native_shm_segment *segment, uint32_t id);
 void native_shm_participants(struct native_shm_segment *segment,
                                        void (*each)(void *context, uint32_t id, uint32_t pid,
                                                     bool alive),
                                        void *context);
 uint64_t native_shm_count_sum(struct native_shm_segment *segment,
                                         enum native_shm_count which);
enum {
    NATIVE_SHM_KEY_MAX = 65536,
    NATIVE_SHM_EVICT_STEPS_MAX = 32,
    NATIVE_SHM_INLINE_MAX = 16384,
};
struct native_shm_key {
    const void *bytes;
    size_t len;
    uint64_t hash;
};
 uint64_t native_shm_hash(const struct native_shm_segment *segment, const void *bytes,
                                    size_t len, uint64_t plain);
struct native_shm_view {
    _Atomic uint64_t *slot;
    uint64_t word;
    uint32_t ref;
    uint32_t format;
    uint32_t value_len;
    uint32_t stored;
    uint32_t expires;
    uint64_t first;
};
 enum native_shm_status native_shm_cache_find(struct native_shm_segment *segment,
                                                        const struct native_shm_key *key,
                                                        bool quiet, struct native_shm_view *view);
 enum native_shm_status native_shm_cache_read(struct native_shm_segment *segment,
                                                        const struct native_shm_view *view,
                                                        void *to);
 bool native_shm_cache_same(struct native_shm_segment *segment,
                                      const struct native_shm_view *view);
enum native_shm_store_mode {
    NATIVE_SHM_SET = 0,
    NATIVE_SHM_ADD,
    NATIVE_SHM_REPLACE,
};
struct native_shm_value {
    const void *bytes;
    size_t len;
    uint32_t format;
    uint64_t ttl_ms;
    bool pinned;
};
 enum native_shm_status native_shm_cache_store(struct native_shm_segment *segment,
                                                         const struct native_shm_key *key,
                                                         const struct native_shm_value *value,
                                                         enum native_shm_store_mode mode);
 enum native_shm_status native_shm_cache_add_number(struct native_shm_segment *segment,
                                                              const struct native_shm_key *key,
                                                              uint32_t format, int64_t by,
                                                              const int64_t *start, uint64_t ttl_ms,
                                                              int64_t *result);
 enum native_shm_status native_shm_cache_swap_number(struct native_shm_segment *segment,
                                                               const struct native_shm_key *key,
                                                               uint32_t format, int64_t from,
                                                               int64_t to);
 enum native_shm_status native_shm_cache_swap(struct native_shm_segment *segment,
                                                        const struct native_shm_key *key,
                                                        const struct native_shm_view *view,
                                                        const struct native_shm_value *value);
 enum native_shm_status native_shm_cache_delete(struct native_shm_segment *segment,
                                                          const struct native_shm_key *key);
 enum native_shm_status native_shm_cache_delete_view(struct native_shm_segment *segment,
                                                               const struct native_shm_key *key,
                                                               const struct native_shm_view *view);
 enum native_shm_status native_shm_cache_clear(struct native_shm_segment *segment);
struct native_shm_lease {
    uint64_t token;
    uint32_t shard;
    struct native_shm_key key;
};
 enum native_shm_status native_shm_cache_lease(struct native_shm_segment *segment,
                                                         const struct native_shm_key *key,
                                                         uint64_t lease_ms,
                                                         struct native_shm_lease *lease);
 enum native_shm_status native_shm_cache_wait_lease(struct native_shm_segment *segment,
                                                              const struct native_shm_key *key,
                                                              uint64_t wait_ms);
 enum native_shm_status
native_shm_cache_store_leased(struct native_shm_segment *segment, struct native_shm_lease *lease,
                              const struct native_shm_value *value);
 void native_shm_cache_drop_lease(struct native_shm_segment *segment,
                                            struct native_shm_lease *lease);
struct native_shm_cursor {
    uint32_t shard, bucket, overflow, slot;
};
struct native_shm_entry {
    struct native_shm_view view;
    uint32_t key_len;
    uint32_t hits;
    uint32_t accessed;
    uint32_t memory;
    bool pinned;
};
 enum native_shm_status native_shm_cache_next(struct native_shm_segment *segment,
                                                        struct native_shm_cursor *cursor,
                                                        struct native_shm_entry *entry, void *key);
 enum native_shm_status native_shm_cache_look(struct native_shm_segment *segment,
                                                        const struct native_shm_key *key,
                                                        struct native_shm_entry *entry);
struct native_shm_info {
    uint64_t size;
    uint64_t memory;
    uint64_t used;
    uint64_t index;
    uint64_t value_bytes;
    uint64_t entries;
    uint64_t largest_free;
    uint64_t created;
    uint64_t counts[NATIVE_SHM_COUNTS];
    uint32_t participants;
};
 void native_shm_cache_info(struct native_shm_segment *segment,
                                      struct native_shm_info *info);
 const char *native_shm_cache_check(struct native_shm_segment *segment, uint32_t shard);
enum { NATIVE_SHM_NAME_MAX = 255 };
enum native_shm_object_kind {
    NATIVE_SHM_OBJECT_COUNTER = 1,
    NATIVE_SHM_OBJECT_MUTEX,
    NATIVE_SHM_OBJECT_SEMAPHORE,
    NATIVE_SHM_OBJECT_CHANNEL,
    NATIVE_SHM_OBJECT_USER,
};
struct native_shm_object;
struct native_shm_object_open {
    const char *name;
    size_t name_len;
    enum native_shm_object_kind kind;
    uint64_t body_size;
    uint64_t zero_size;
    uint64_t
        size;
    bool must_exist;
    void (*make)(void *body, const struct native_shm_object_open *open);
    const void *context;
};
 enum native_shm_status native_shm_object_open(struct native_shm_segment *segment,
                                                         const struct native_shm_object_open *open,
                                                         struct native_shm_object **object,
                                                         void **body);
 enum native_shm_status native_shm_object_remove(struct native_shm_segment *segment,
                                                           const char *name, size_t name_len);
 enum native_shm_status native_shm_object_each(
    struct native_shm_segment *segment,
    void (*each)(void *context, const struct native_shm_object *object, const char *name),
    void *context);
 enum native_shm_status native_shm_object_purge(struct native_shm_segment *segment);
 enum native_shm_status native_shm_object_repair(struct native_shm_segment *segment);
 uint32_t native_shm_object_take(struct native_shm_segment *segment, uint64_t size);
 bool native_shm_object_keep(struct native_shm_segment *segment, uint32_t ref);
 bool native_shm_object_give(struct native_shm_segment *segment, uint32_t ref);
enum native_shm_policy {
    NATIVE_SHM_BLOCK = 0,
    NATIVE_SHM_FAIL,
    NATIVE_SHM_DROP_OLDEST,
};
struct native_shm_channel;
enum {
    NATIVE_SHM_CHANNEL_ROUND = 4096,
    NATIVE_SHM_CHANNEL_OVERHEAD =
        16,
};
struct native_shm_channel_open {
    const char *name;
    size_t name_len;
    uint64_t
        capacity;
    uint32_t messages;
    enum native_shm_policy policy;
    bool must_exist;
};
 enum native_shm_status
native_shm_channel_open(struct native_shm_segment *segment,
                        const struct native_shm_channel_open *open,
                        struct native_shm_channel **channel);
 void native_shm_channel_free(struct native_shm_channel *channel);
 uint64_t native_shm_channel_message_max(const struct native_shm_channel *channel);
 enum native_shm_policy
native_shm_channel_policy(const struct native_shm_channel *channel);
struct native_shm_part {
    const void *bytes;
    size_t len;
};
 enum native_shm_status native_shm_channel_send(struct native_shm_segment *segment,
                                                          struct native_shm_channel *channel,
                                                          const struct native_shm_part *parts,
                                                          size_t part_count, uint32_t format,
                                                          uint64_t wait_ms);
 enum native_shm_status
native_shm_channel_send_many(struct native_shm_segment *segment, struct native_shm_channel *channel,
                             const struct native_shm_part *messages, size_t message_count,
                             uint32_t format, uint64_t wait_ms, size_t *sent);
struct native_shm_message {
    uint64_t position;
    uint32_t len;
    uint32_t format;
    bool redelivered;
    bool taken;
    uint8_t returns;
    uint8_t failures;
};
enum {
    NATIVE_SHM_CHANNEL_RETURNS_MAX = 31,
    NATIVE_SHM_CHANNEL_FAILURES_MAX = 3,
};
enum native_shm_ack {
    NATIVE_SHM_ACK_NONE = 0,
    NATIVE_SHM_ACK_ALL,
    NATIVE_SHM_ACK_ENCODED,
    NATIVE_SHM_ACK_CLAIM,
};
 enum native_shm_status
native_shm_channel_receive(struct native_shm_segment *segment, struct native_shm_channel *channel,
                           void *buffer, size_t buffer_len, enum native_shm_ack ack,
                           uint64_t wait_ms, struct native_shm_message *message);
struct native_shm_place {
    void *buffer;
    size_t buffer_len;
    struct native_shm_message message;
};
 enum native_shm_status
native_shm_channel_receive_many(struct native_shm_segment *segment,
                                struct native_shm_channel *channel, struct native_shm_place *places,
                                size_t count, enum native_shm_ack ack, uint64_t wait_ms,
                                size_t *received);
 enum native_shm_status native_shm_channel_ack(struct native_shm_segment *segment,
                                                         struct native_shm_channel *channel,
                                                         uint64_t position);
 enum native_shm_status native_shm_channel_drop(struct native_shm_segment *segment,
                                                          struct native_shm_channel *channel,
                                                          uint64_t position);
 enum native_shm_status native_shm_channel_mark(struct native_shm_segment *segment,
                                                          struct native_shm_channel *channel,
                                                          uint64_t position, bool receiving);
 enum native_shm_status native_shm_channel_read(struct native_shm_segment *segment,
                                                          struct native_shm_channel *channel,
                                                          uint64_t position, void *buffer,
                                                          size_t len);
 enum native_shm_status native_shm_channel_forward(struct native_shm_segment *segment,
                                                             struct native_shm_channel *channel,
                                                             uint64_t position,
                                                             struct native_shm_segment *to_segment,
                                                             struct native_shm_channel *to);
 enum native_shm_status native_shm_channel_give_back(struct native_shm_segment *segment,
                                                               struct native_shm_channel *channel,
                                                               uint64_t position);
 enum native_shm_status
native_shm_channel_give_back_all(struct native_shm_segment *segment,
                                 struct native_shm_channel *channel);
 enum native_shm_status native_shm_channel_revive(struct native_shm_segment *segment,
                                                            struct native_shm_channel *channel);
 void native_shm_channel_close(struct native_shm_segment *segment,
                                         struct native_shm_channel *channel);
struct native_shm_channel_info {
    uint64_t capacity;
    uint64_t used;
    uint64_t ready;
    uint64_t taken;
    uint64_t sent, received,
        dropped;
    bool closed;
};
 void native_shm_channel_info(struct native_shm_segment *segment,
                                        struct native_shm_channel *channel,
                                        struct native_shm_channel_info *info);
 int native_shm_channel_doorbell(struct native_shm_segment *segment,
                                           struct native_shm_channel *channel);
 void native_shm_channel_doorbell_close(struct native_shm_segment *segment,
                                                  struct native_shm_channel *channel, int fd);
 bool native_shm_channel_arm(struct native_shm_segment *segment,
                                       struct native_shm_channel *channel, int fd);
struct native_shm_counter;
 enum native_shm_status native_shm_counter_open(struct native_shm_segment *segment,
                                                          const char *name, size_t name_len,
                                                          int64_t start,
                                                          struct native_shm_counter **counter);
 int64_t native_shm_counter_add(struct native_shm_counter *counter, int64_t by);
 int64_t native_shm_counter_get(const struct native_shm_counter *counter);
 int64_t native_shm_counter_set(struct native_shm_counter *counter, int64_t value);
 bool native_shm_counter_swap(struct native_shm_counter *counter, int64_t from,
                                        int64_t to);
 enum native_shm_status native_shm_counter_wait(struct native_shm_counter *counter,
                                                          int64_t while_is, uint64_t wait_ms);
struct native_shm_mutex;
 enum native_shm_status native_shm_mutex_open(struct native_shm_segment *segment,
                                                        const char *name, size_t name_len,
                                                        struct native_shm_mutex **mutex);
 enum native_shm_status native_shm_mutex_lock(struct native_shm_segment *segment,
                                                        struct native_shm_mutex *mutex,
                                                        uint64_t wait_ms, uint64_t *token);
 enum native_shm_status native_shm_mutex_unlock(struct native_shm_mutex *mutex,
                                                          uint64_t token, bool abandon);
 bool native_shm_mutex_owned(const struct native_shm_mutex *mutex, uint64_t token);
enum { NATIVE_SHM_PERMITS_MAX = 1024 };
struct native_shm_semaphore_words;
struct native_shm_semaphore {
    struct native_shm_semaphore_words *at;
    uint32_t permits;
};
struct native_shm_permit {
    uint64_t word;
    uint32_t index;
};
 enum native_shm_status native_shm_semaphore_open(struct native_shm_segment *segment,
                                                            const char *name, size_t name_len,
                                                            uint32_t permits,
                                                            struct native_shm_semaphore *semaphore);
 enum native_shm_status
native_shm_semaphore_acquire(struct native_shm_segment *segment,
                             const struct native_shm_semaphore *semaphore, uint64_t wait_ms,
                             struct native_shm_permit *permit);
 enum native_shm_status
native_shm_semaphore_release(const struct native_shm_semaphore *semaphore,
                             const struct native_shm_permit *permit);
 bool native_shm_semaphore_held(const struct native_shm_semaphore *semaphore,
                                          const struct native_shm_permit *permit);
 uint32_t native_shm_semaphore_count(const struct native_shm_semaphore *semaphore,
                                               uint32_t id);
