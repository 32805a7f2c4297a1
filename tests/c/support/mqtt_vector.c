/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_vector.c - read test vectors. */
#include "mqtt_vector.h"

#include <ctype.h>
#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the reader is, for messages. */
static const char *reading;
static int reading_line;

__attribute__((format(printf, 1, 2), noreturn)) static void die(const char *format, ...)
{
    va_list args;

    fprintf(stderr, "%s:%d: ", reading, reading_line);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(2);
}

static void *grow(void *memory, size_t size)
{
    memory = realloc(memory, size ? size : 1);
    if (!memory)
        die("no memory");
    return memory;
}

static char *copy(const char *text)
{
    char *new = strdup(text);

    if (!new)
        die("no memory");
    return new;
}

const char *vector_rule_name(unsigned rule)
{
#define NAME(name, level, reason, v5, v3, text) #name,
    static const char *const names[] = {NATIVE_MQTT_RULES(NAME)};
#undef NAME
    return rule < NATIVE_MQTT_RULE_COUNT ? names[rule] : "?";
}

static int rule_by_name(const char *name)
{
    for (unsigned i = 1; i < NATIVE_MQTT_RULE_COUNT; i++)
        if (strcmp(vector_rule_name(i), name) == 0)
            return (int)i;
    die("no rule is called %s", name);
}

/* Index of a word in a NULL-ended list. */
static uint8_t choose(const char *word, const char *const *words)
{
    for (uint8_t i = 0; words[i]; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    die("unknown word %s", word);
}

static const char *const version_words[] = {"unknown", "?", "?", "3.1", "3.1.1", "5.0", NULL};
static const char *const sender_words[] = {"anyone", "client", "server", NULL};
static const char *const level_words[] = {"lenient", "spec", "strict", NULL};

static size_t choose_list(char *value, const char *const *words, uint8_t *out, size_t max)
{
    size_t n = 0;

    for (char *word = strtok(value, " "); word; word = strtok(NULL, " ")) {
        if (n == max)
            die("too many words");
        out[n++] = choose(word, words);
    }
    return n;
}

/* Read a quoted string at *at, which is left after the closing quote. */
static struct bytes read_quoted(const char **at)
{
    struct bytes out = {grow(NULL, strlen(*at)), 0};
    const char *s = *at + 1;
    unsigned byte;

    for (; *s != '"'; s++) {
        if (!*s)
            die("the closing quote is missing");
        if (*s == '\\' && s[1] == 'x' && sscanf(s + 2, "%2x", &byte) == 1) {
            out.data[out.len++] = (uint8_t)byte;
            s += 3;
            continue;
        }
        if (*s == '\\')
            s++;
        out.data[out.len++] = (uint8_t)*s;
    }
    *at = s + 1;
    return out;
}

/* Append the bytes of one line of words. */
static void read_bytes(struct bytes *out, const char *at)
{
    while (*(at += strspn(at, " \t"))) {
        struct bytes word = {NULL, 1};
        unsigned long times = 1;
        unsigned byte = 0;
        char *end;

        if (*at == '"') {
            word = read_quoted(&at);
        } else {
            if (!isxdigit((unsigned char)at[0]) || !isxdigit((unsigned char)at[1]) ||
                sscanf(at, "%2x", &byte) != 1)
                die("no byte: %s", at);
            word.data = grow(NULL, 1);
            word.data[0] = (uint8_t)byte;
            at += 2;
        }
        if (*at == '*') {
            times = strtoul(at + 1, &end, 10);
            at = end;
        }
        if (*at && *at != ' ' && *at != '\t')
            die("words are separated by spaces: %s", at);
        out->data = grow(out->data, out->len + word.len * times);
        for (; times > 0; times--, out->len += word.len)
            memcpy(out->data + out->len, word.data, word.len);
        free(word.data);
    }
}

static void read_statement(struct vector *v, char *value)
{
    char *slash = strstr(value, " / ");

    if (slash)
        *slash = '\0';
    v->statement[0] = copy(value);
    v->statement[1] = slash ? copy(slash + 3) : v->statement[0];
}

/* Take a line that is no field. Returns false for a field. */
static bool take_setting(struct vector *v, const char *name, char *value, struct bytes **more)
{
    if (strcmp(name, "version") == 0)
        v->version_count = choose_list(value, version_words, v->versions, 4);
    else if (strcmp(name, "sender") == 0)
        v->sender_count = choose_list(value, sender_words, v->senders, 3);
    else if (strcmp(name, "max_packet_size") == 0)
        v->max_packet_size = (uint32_t)strtoul(value, NULL, 10);
    else if (strcmp(name, "need") == 0)
        v->need = (uint32_t)strtoul(value, NULL, 10);
    else if (strcmp(name, "canonical") == 0)
        v->canonical = strcmp(value, "yes") == 0;
    else if (strcmp(name, "error") == 0)
        v->rule = rule_by_name(value);
    else if (strcmp(name, "error.level") == 0)
        v->level = choose(value, level_words);
    else if (strcmp(name, "error.reason") == 0)
        v->reason = (int)strtol(value, NULL, 16);
    else if (strcmp(name, "error.offset") == 0)
        v->offset = strtol(value, NULL, 10);
    else if (strcmp(name, "error.statement") == 0)
        read_statement(v, value);
    else if (strcmp(name, "hex") == 0)
        *more = &v->hex;
    else if (strcmp(name, "encoded") == 0)
        *more = &v->encoded;
    else
        return strcmp(name, "proves") == 0;
    return true;
}

/* Cut a comment and trailing white space off, quotes respected. */
static void trim(char *line)
{
    bool quoted = false;
    char *s = line;

    for (; *s && (quoted || *s != '#'); s++) {
        if (quoted && *s == '\\' && s[1])
            s++;
        else if (*s == '"')
            quoted = !quoted;
    }
    while (s > line && isspace((unsigned char)s[-1]))
        s--;
    *s = '\0';
}

/* The = of `name = value`, or NULL: a quote before it means that there is none. */
static char *find_equals(char *line)
{
    char *at = line + strcspn(line, "=\"");

    return *at == '=' ? at : NULL;
}

static void check_vector(const struct vector *v)
{
    if (v->version_count == 0 || v->hex.len == 0)
        die("%s has no version or no bytes", v->name);
    if (v->rule >= 0 && (v->level < 0 || v->reason < 0 || v->offset < 0 || !v->statement[0]))
        die("%s does not say all about its error", v->name);
    if (v->rule < 0 && !v->need && v->field_count == 0)
        die("%s expects nothing", v->name);
}

static void take_line(struct vector *v, char *line, struct bytes **more)
{
    char *equals = find_equals(line), *name = line + strspn(line, " \t"), *value, *end;

    if (!equals) {
        if (!*more)
            die("no name = value: %s", line);
        read_bytes(*more, line);
        return;
    }
    *more = NULL;
    value = equals + 1 + strspn(equals + 1, " \t");
    for (end = equals; end > name && isspace((unsigned char)end[-1]); end--)
        ;
    *end = '\0';
    if (take_setting(v, name, value, more)) {
        if (*more)
            read_bytes(*more, value);
        return;
    }
    v->fields = grow(v->fields, (v->field_count + 1) * sizeof(*v->fields));
    v->fields[v->field_count] = grow(NULL, strlen(name) + strlen(value) + 4);
    sprintf(v->fields[v->field_count++], "%s = %s", name, value);
}

static void begin(struct vector *v, const char *file, char *line)
{
    memset(v, 0, sizeof(*v));
    v->file = file;
    v->line = reading_line;
    line[strcspn(line, "]")] = '\0';
    v->name = copy(line + 1);
    v->sender_count = 1;
    v->canonical = v->rule = v->level = v->reason = -1;
    v->offset = -1;
}

static size_t read_file(const char *path, const char *file, struct vector **all, size_t count)
{
    FILE *f = fopen(path, "r");
    struct bytes *more = NULL;
    size_t first = count;
    char *line = NULL;
    size_t size = 0;

    reading = path;
    reading_line = 0;
    if (!f)
        die("cannot be opened");
    while (getline(&line, &size, f) >= 0) {
        reading_line++;
        trim(line);
        if (line[0] == '[') {
            if (count > first)
                check_vector(&(*all)[count - 1]);
            *all = grow(*all, (count + 1) * sizeof(**all));
            begin(&(*all)[count++], file, line);
            more = NULL;
        } else if (line[0]) {
            if (count == first)
                die("a line before the first [name]");
            take_line(&(*all)[count - 1], line, &more);
        }
    }
    if (count > first)
        check_vector(&(*all)[count - 1]);
    free(line);
    fclose(f);
    return count;
}

static int is_vector_file(const struct dirent *entry)
{
    size_t len = strlen(entry->d_name);

    return len > 4 && strcmp(entry->d_name + len - 4, ".txt") == 0;
}

size_t vectors_read(const char *folder, struct vector **vectors)
{
    struct dirent **entries;
    size_t count = 0;
    int n;

    reading = folder;
    reading_line = 0;
    *vectors = NULL;
    n = scandir(folder, &entries, is_vector_file, alphasort);
    if (n <= 0)
        die("no vectors");
    for (int i = 0; i < n; i++) {
        char path[4096], *file = copy(entries[i]->d_name);

        snprintf(path, sizeof(path), "%s/%s", folder, file);
        file[strlen(file) - 4] = '\0';
        count = read_file(path, file, vectors, count);
        free(entries[i]);
    }
    free(entries);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (!strcmp((*vectors)[i].name, (*vectors)[j].name) &&
                !strcmp((*vectors)[i].file, (*vectors)[j].file))
                die("two vectors are called %s/%s", (*vectors)[i].file, (*vectors)[i].name);
    return count;
}
