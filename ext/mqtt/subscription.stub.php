<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt;

/**
 * One entry of SUBSCRIBE: a topic filter and how its messages are wanted (MQTT 5.0, 3.8.3.1). Immutable.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class Subscription
{
    /**
     * Retain handling: send retained messages at each subscribe.
     * @var int
     */
    public const SEND_RETAINED = 0;
    /**
     * Retain handling: send retained messages only if the subscription is new.
     * @var int
     */
    public const SEND_RETAINED_IF_NEW = 1;
    /**
     * Retain handling: send no retained messages at subscribe.
     * @var int
     */
    public const SEND_NO_RETAINED = 2;

    /** Topic filter, with $share/name/ if it is a shared one. */
    public readonly string $filter;
    /** The largest quality of service wanted: 0, 1 or 2. */
    public readonly int $qos;
    /** Not what this very client published. MQTT 5.0 only; not on shared subscriptions. */
    public readonly bool $noLocal;
    /** Messages keep the retain flag they were published with. MQTT 5.0 only. */
    public readonly bool $retainAsPublished;
    /** One of the constants above; MQTT 5.0 only. 3 cannot be made, only decoded (leniently). */
    public readonly int $retainHandling;
    /** The options byte as it is on the wire. */
    public readonly int $options;

    /**
     * @param string $filter topic filter, 1 to 65535 bytes of UTF-8. Its form is checked when the packet is encoded; to check it at once,
     *     make a TopicFilter.
     * @param int $qos 0, 1 or 2
     * @param int $retainHandling 0, 1 or 2
     * @throws \ValueError if $qos or $retainHandling is not 0..2, or $filter is longer than 65535 bytes
     */
    public function __construct(string $filter, int $qos = 0, bool $noLocal = false, bool $retainAsPublished = false, int $retainHandling = Subscription::SEND_RETAINED) {}
}
