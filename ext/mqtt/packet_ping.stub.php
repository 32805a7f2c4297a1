<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt\Packet;

/**
 * PINGREQ: a client shows that it is there (MQTT 5.0, 3.12; 3.1.1, 3.12).
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class PingReq extends \Native\Mqtt\Packet
{
    /**
     * It has no fields.
     */
    public function __construct(
        \Native\Mqtt\Version $version = \Native\Mqtt\Version::V5,
    ) {}
}

/**
 * PINGRESP: the server's answer to PINGREQ (MQTT 5.0, 3.13; 3.1.1, 3.13).
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class PingResp extends \Native\Mqtt\Packet
{
    /**
     * It has no fields.
     * @implementation-alias Native\Mqtt\Packet\PingReq::__construct
     */
    public function __construct(
        \Native\Mqtt\Version $version = \Native\Mqtt\Version::V5,
    ) {}
}
