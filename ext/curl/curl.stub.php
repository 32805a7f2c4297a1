<?php

/**
 * @generate-function-entries
 * @generate-legacy-arginfo 80100
 */

/** Do nothing: a handle goes with its last reference. Deprecated in PHP 8.5. */
function curl_close(CurlHandle $handle): void {}

/** Make a handle with the same options. Cookies and connections are not copied. */
function curl_copy_handle(CurlHandle $handle): CurlHandle|false {}

/** Tell the CURLE_* of the last call with this handle. */
function curl_errno(CurlHandle $handle): int {}

/** Tell the same in words; "": there was no error. */
function curl_error(CurlHandle $handle): string {}

/** Write all bytes as %XX that are not letters, digits, or one of -._~ */
function curl_escape(CurlHandle $handle, string $string): string|false {}

/** Put bytes in place of their %XX. */
function curl_unescape(CurlHandle $handle, string $string): string|false {}

/** Set a CURLMOPT_*. */
function curl_multi_setopt(CurlMultiHandle $multi_handle, int $option, mixed $value): bool {}

/**
 * Perform the transfer.
 *
 * @return string|bool false: curl_errno() tells why; with CURLOPT_RETURNTRANSFER the body, else true
 */
function curl_exec(CurlHandle $handle): string|bool {}

/** Make a CURLFile. */
function curl_file_create(string $filename, ?string $mime_type = null, ?string $posted_filename = null): CURLFile {}

/**
 * Tell about the last transfer.
 *
 * @param int|null $option CURLINFO_*; null: the most of it, in an array
 */
function curl_getinfo(CurlHandle $handle, ?int $option = null): mixed {}

/** Make a handle. */
function curl_init(?string $url = null): CurlHandle|false {}

/** Let connections that are kept do what keeps them; nothing of HTTP/1.1 does. */
function curl_upkeep(CurlHandle $handle): bool {}

/**
 * Have a transfer run with the others; it begins with curl_multi_exec().
 *
 * @return int CURLM_*
 */
function curl_multi_add_handle(CurlMultiHandle $multi_handle, CurlHandle $handle): int {}

/** Take all transfers out. */
function curl_multi_close(CurlMultiHandle $multi_handle): void {}

/** Tell the CURLM_* of the last call. */
function curl_multi_errno(CurlMultiHandle $multi_handle): int {}

/**
 * Do what can be done now, without waiting.
 *
 * @param int $still_running how many transfers have not ended
 * @return int CURLM_*
 */
function curl_multi_exec(CurlMultiHandle $multi_handle, &$still_running): int {}

#if PHP_VERSION_ID >= 80500
/**
 * List the handles that are in it.
 *
 * @return array<int, CurlHandle>
 */
function curl_multi_get_handles(CurlMultiHandle $multi_handle): array {}
#endif

/** Give what has come so far of a transfer with CURLOPT_RETURNTRANSFER; null: that is not set. */
function curl_multi_getcontent(CurlHandle $handle): ?string {}

/**
 * Tell of the next transfer that has ended; false: of no more.
 *
 * @param int $queued_messages how many are still to be told
 * @return array<string, int|object>|false msg (CURLMSG_DONE), result (CURLE_*), handle
 */
function curl_multi_info_read(CurlMultiHandle $multi_handle, &$queued_messages = null): array|false {}

/** Make a multi handle. */
function curl_multi_init(): CurlMultiHandle {}

/**
 * Take a transfer out, ended or not.
 *
 * @return int CURLM_*
 */
function curl_multi_remove_handle(CurlMultiHandle $multi_handle, CurlHandle $handle): int {}

/**
 * Wait until a transfer can go on.
 *
 * @param float $timeout seconds, at most
 * @return int how many descriptors are ready; -1: an error
 */
function curl_multi_select(CurlMultiHandle $multi_handle, float $timeout = 1.0): int {}

/** Tell a CURLM_* in words. */
function curl_multi_strerror(int $error_code): ?string {}

/**
 * Stop or go on, also from within a callback.
 *
 * @param int $flags CURLPAUSE_*: what is to stand still
 * @return int CURLE_*
 */
function curl_pause(CurlHandle $handle, int $flags): int {}

/** Take all options back. Cookies stay. */
function curl_reset(CurlHandle $handle): void {}

/** Set several options, up to the first that is refused. */
function curl_setopt_array(CurlHandle $handle, array $options): bool {}

/** Set a CURLOPT_*. */
function curl_setopt(CurlHandle $handle, int $option, mixed $value): bool {}

/** Do nothing: a share goes with its last reference. Deprecated in PHP 8.5. */
function curl_share_close(CurlShareHandle $share_handle): void {}

/** Tell the CURLSHE_* of the last call. */
function curl_share_errno(CurlShareHandle $share_handle): int {}

/** Make a share. */
function curl_share_init(): CurlShareHandle {}

#if PHP_VERSION_ID >= 80500
/**
 * Make a share that outlives the request, or give the one that was made with the same options.
 *
 * @param array $share_options CURL_LOCK_DATA_*, but not CURL_LOCK_DATA_COOKIE
 */
function curl_share_init_persistent(array $share_options): CurlSharePersistentHandle {}
#endif

/** Set a CURLSHOPT_*. */
function curl_share_setopt(CurlShareHandle $share_handle, int $option, mixed $value): bool {}

/** Tell a CURLSHE_* in words. */
function curl_share_strerror(int $error_code): ?string {}

/** Tell a CURLE_* in words. */
function curl_strerror(int $error_code): ?string {}

/** Tell the versions and features that this speaks of as libcurl's. */
function curl_version(): array|false {}
