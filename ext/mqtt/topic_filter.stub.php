<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt;

/**
 * A valid topic filter (MQTT 5.0, 4.7 and 4.8.2). Immutable.
 *
 * `+` stands for one level, `#` for all that follow (and for none: `sport/#` matches `sport`). A filter that begins with a wildcard matches
 * no topic name that begins with `$`. `$share/name/filter` matches what `filter` matches.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
final class TopicFilter implements \Stringable
{
    /** The filter, with $share/name/ if it is shared. */
    public readonly string $filter;

    /**
     * @param string $filter 1 to 65535 bytes of UTF-8
     * @param Version $version before 5.0 there are no shared subscriptions, and $share/ is not checked
     * @throws ProtocolException if it is no topic filter; `offset` is where in the string, `rule` what is wrong
     */
    public function __construct(string $filter, Version $version = Version::V5, Strictness $strictness = Strictness::Spec) {}

    /** Tell whether a topic name matches. Levels are compared byte for byte. */
    public function matches(string $topicName): bool {}

    /**
     * Match and give what each wildcard stands for, in order: one level for a `+`, all remaining levels for a `#` ("" for none).
     *
     * @return list<string>|null null if the topic name does not match
     */
    public function capture(string $topicName): ?array {}

    /** Give the share name of a shared filter ("workers" of "$share/workers/jobs/#"), or null. */
    public function shareName(): ?string {}

    /** Give the filter. */
    public function __toString(): string {}

    /** Tell whether a string is a topic filter that the constructor would take. */
    public static function isValid(string $filter, Version $version = Version::V5, Strictness $strictness = Strictness::Spec): bool {}

    /** Tell whether a string is a topic name, which messages can be published to: no wildcards, 1 to 65535 bytes of UTF-8. */
    public static function isValidName(string $topicName, Strictness $strictness = Strictness::Spec): bool {}

    /**
     * Check a topic name.
     *
     * @throws ProtocolException if it is none; `offset` is where in the string, `rule` what is wrong
     */
    public static function checkName(string $topicName, Strictness $strictness = Strictness::Spec): void {}
}
