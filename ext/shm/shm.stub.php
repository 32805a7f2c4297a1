<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Shm;

/**
 * Whether a process that is killed at any instruction can never block the others or leave a torn value (Linux: yes).
 *
 * @var bool
 * @cvalue NATIVE_EXT_SHM_KILL_SAFE
 * @since 0.1
 */
const KILL_SAFE = UNKNOWN;
