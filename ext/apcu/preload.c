/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/apcu/preload.c - apc.preload_path: files NAME.data, each the serialize()d value of the key NAME. What cannot be
 * read, or is no such value, is passed over without a word, as in APCu. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "apcu.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_var.h"
#include "zend_exceptions.h"

#define SUFFIX ".data"

enum { FILE_MAX = 256 << 20 };

/* NULL: there is no such file, or nothing in it. */
static zend_string *read_file(int folder, const char *name)
{
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    zend_string *text = NULL;
    struct stat is;

    if (fd < 0)
        return NULL;
    if (fstat(fd, &is) == 0 && S_ISREG(is.st_mode) && is.st_size > 0 && is.st_size <= FILE_MAX) {
        text = zend_string_alloc((size_t)is.st_size, 0);
        if (read(fd, ZSTR_VAL(text), ZSTR_LEN(text)) != (ssize_t)ZSTR_LEN(text)) {
            zend_string_efree(text);
            text = NULL;
        } else {
            ZSTR_VAL(text)[ZSTR_LEN(text)] = '\0';
        }
    }
    close(fd);
    return text;
}

static bool unserialize(zend_string *text, zval *to)
{
    const unsigned char *at = (const unsigned char *)ZSTR_VAL(text);
    php_unserialize_data_t data;
    bool good;

    ZVAL_UNDEF(to);
    BG(serialize_lock)++;
    PHP_VAR_UNSERIALIZE_INIT(data);
    good = php_var_unserialize(to, &at, at + ZSTR_LEN(text), &data);
    PHP_VAR_UNSERIALIZE_DESTROY(data);
    BG(serialize_lock)--;
    if (good && !EG(exception))
        return true;
    zval_ptr_dtor(to);
    return false;
}

static void load(int folder, const char *name, size_t len)
{
    zend_string *text = read_file(folder, name), *key;
    zval value;

    if (!text)
        return;
    key = zend_string_init(name, len - (sizeof(SUFFIX) - 1), 0);
    if (unserialize(text, &value)) {
        native_ext_apcu_store(key, &value, 0, NATIVE_SHM_ADD);
        zval_ptr_dtor(&value);
    }
    zend_string_release(key);
    zend_string_release(text);
    if (EG(exception))
        zend_clear_exception();
}

void native_ext_apcu_preload(const char *path)
{
    struct dirent *entry;
    DIR *list;

    if (EG(exception) || !(list = opendir(path)))
        return;
    while ((entry = readdir(list))) {
        size_t len = strlen(entry->d_name);

        if (len > sizeof(SUFFIX) - 1 &&
            strcmp(entry->d_name + len - (sizeof(SUFFIX) - 1), SUFFIX) == 0)
            load(dirfd(list), entry->d_name, len);
    }
    closedir(list);
}
