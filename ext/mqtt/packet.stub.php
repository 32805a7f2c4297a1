<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Native\Mqtt;

/**
 * A control packet (MQTT 5.0, 3). Immutable; the kinds are the final classes in Native\Mqtt\Packet, and no others can be made.
 *
 * Two packets are equal (==) if they are of the same kind and version and encode to the same bytes.
 *
 * @strict-properties
 * @not-serializable
 * @since 0.1
 */
abstract class Packet
{
    /** Which kind of packet it is. */
    public readonly PacketType $type;
    /** The version of MQTT that it is encoded in. */
    public readonly Version $version;

    /**
     * Decode exactly one packet.
     *
     * Called on a kind, such as `Packet\Publish::decode()`, it refuses packets of other kinds. For bytes that arrive bit by bit use
     * Parser.
     *
     * @param string $bytes the whole packet, from its fixed header on, and nothing after it
     * @param Version|null $version the version that the connection speaks; null: not known yet, so that only a CONNECT is accepted and
     *     tells it
     * @param Strictness $strictness which rules are enforced
     * @param Sender|null $sender who sent it, so that packets, properties and reason codes of the other side are refused; null: anyone
     * @throws ProtocolException if the bytes are no such packet (`offset`, `statement`, `rule`, `reasonCode` say why), too few (`missing`
     *     says how many at least are missing) or too many
     */
    public static function decode(string $bytes, ?Version $version = Version::V5, Strictness $strictness = Strictness::Spec, ?Sender $sender = null): static {}

    /**
     * Encode to bytes.
     *
     * What was decoded is encoded to the bytes that it came from, except for packets with a needlessly long form that only
     * Strictness::Lenient accepts.
     *
     * @param Strictness $strictness which rules the packet must obey; with Lenient it is encoded whatever it breaks
     * @throws ProtocolException if the packet breaks a rule: a wildcard in a topic name, packet identifier 0, a property that does not
     *     belong into this packet... `offset` counts in the encoded bytes
     */
    public function encode(Strictness $strictness = Strictness::Spec): string {}
}
