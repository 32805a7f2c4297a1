/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/apcu/tree.h - the name of the segment that a process and its children share, and its end.
 *
 * Shape: apcu.<pid>.<start>.<namespace>.<random>, hexadecimal, of the process in which the module was started: php-fpm's
 * master, Apache's parent, a script. Children inherit the name, so it does not matter when they use it first.
 * <start> is when that process began (clock ticks since boot), <namespace> its pid namespace, so that a later process
 * of the same number is not taken for it. <random> is new with each start of the module: php-fpm's reload is an exec in
 * the same process, after which the cache is empty.
 * Each user has a file of that name in a folder of its own: pools of different users share nothing.
 * The file goes when the process ends. If it was killed, the next one to make such a segment removes it.
 * One for the whole process. Allocates nothing; blocks as native_shm_segment_sweep() does. */
#ifndef NATIVE_EXT_APCU_TREE_H
#define NATIVE_EXT_APCU_TREE_H

#include <stdbool.h>

/* The module starts in this process. `folder` is where the folders of the users' segments are; NULL: the system's. */
void native_ext_apcu_tree_begin(const char *folder);

/* A request begins here: this is no process that only has children. */
void native_ext_apcu_tree_request(void);

/* The name, for this process and its children. */
const char *native_ext_apcu_tree_name(void);

/* Remove the segments of this user whose process is gone, and those that this process had before an exec, if nobody is
 * attached to them. */
void native_ext_apcu_tree_sweep(const char *folder);

/* This process ends: if it is the one that began the tree, or has taken its place, the files go, of all users that it
 * may remove them for. Also called at exit(). */
void native_ext_apcu_tree_end(void);

#endif
