<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

/**
 * One transfer and its options; curl_init() makes them. Connections are kept in the process, not in the handle.
 *
 * @strict-properties
 * @not-serializable
 */
final class CurlHandle
{
}

/**
 * Transfers that run side by side; curl_multi_init() makes them.
 *
 * @strict-properties
 * @not-serializable
 */
final class CurlMultiHandle
{
}

/**
 * What several handles have in common; curl_share_init() makes them.
 *
 * @strict-properties
 * @not-serializable
 */
final class CurlShareHandle
{
}

#if PHP_VERSION_ID >= 80500
/**
 * A share that outlives the request; curl_share_init_persistent() makes them.
 *
 * @strict-properties
 * @not-serializable
 */
final class CurlSharePersistentHandle
{
    /** CURL_LOCK_DATA_*, sorted, each once. */
    public readonly array $options;
}
#endif
