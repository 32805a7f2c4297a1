<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Mqtt;

/**
 * Packets that were decoded in one call. The getters read single fields; packet() and foreach make whole
 * Packet objects. Packets are counted from 0; a number that is none of them is a ValueError.
 *
 * @implements \IteratorAggregate<int, Packet>
 */
final class Batch implements \Countable, \IteratorAggregate
{
    /** 32-bit numbers of a struct native_mqtt_record (mqtt/batch.h). */
    public const NUMBERS = 12;

    private readonly int $count;

    /** @param array<int, int> $numbers as unpack() gives them: counted from 1 */
    public function __construct(
        private readonly Codec $codec,
        private readonly string $bytes,
        private readonly array $numbers,
        /** Bytes that are done with: whatever comes later begins there. */
        public readonly int $used,
        /** So many bytes are missing at least; 0 if no packet was cut. */
        public readonly int $need,
        /** What is wrong with the packet at `used`, or null. */
        public readonly ?MalformedPacket $error,
    ) {
        $this->count = intdiv(count($numbers), self::NUMBERS);
    }

    public function count(): int
    {
        return $this->count;
    }

    public function type(int $i): int
    {
        return $this->numbers[$this->at($i) + 3];
    }

    public function packetId(int $i): int
    {
        return $this->numbers[$this->at($i) + 5];
    }

    public function reasonCode(int $i): int
    {
        return $this->numbers[$this->at($i) + 6];
    }

    /** PUBLISH: topic name. CONNECT: client identifier. */
    public function topic(int $i): string
    {
        return $this->place($i, 7);
    }

    /** PUBLISH: payload. */
    public function payload(int $i): string
    {
        return $this->place($i, 9);
    }

    /** PUBLISH: 0 to 2. */
    public function qos(int $i): int
    {
        return $this->flags($i) >> 1 & 3;
    }

    /** @return list<array{int, int|string|array{string, string}}> */
    public function properties(int $i): array
    {
        return $this->codec->properties($this->place($i, 11));
    }

    /** The bytes of the packet. */
    public function bytes(int $i): string
    {
        return $this->place($i, 1);
    }

    public function packet(int $i): Packet
    {
        $type = $this->type($i);
        if ($type === Packet::CONNECT) { // a record has not all of its fields
            $unknown = new Codec(0, Codec::LENIENT);
            return $unknown->decode($this->bytes($i));
        }
        $packet = new Packet($type, packetId: $this->packetId($i), reasonCode: $this->reasonCode($i));
        $packet->properties = $this->properties($i);
        switch ($type) {
            case Packet::PUBLISH:
                $packet->topic = $this->topic($i);
                $packet->payload = $this->payload($i);
                $packet->qos = $this->qos($i);
                $packet->retain = (bool) ($this->flags($i) & 1);
                $packet->dup = (bool) ($this->flags($i) & 8);
                break;
            case Packet::CONNACK:
                $packet->sessionPresent = (bool) $this->flags($i);
                break;
            case Packet::SUBSCRIBE:
            case Packet::UNSUBSCRIBE:
                $packet->filters = $this->codec->filters($this->place($i, 9), $type === Packet::SUBSCRIBE);
                break;
            case Packet::SUBACK:
            case Packet::UNSUBACK:
                $packet->reasons = array_values(unpack('C*', $this->place($i, 9)));
                break;
            default:
                $packet->form = $this->flags($i);
        }
        return $packet;
    }

    /** @return \Generator<int, Packet> */
    public function getIterator(): \Generator
    {
        for ($i = 0; $i < $this->count; $i++) {
            yield $i => $this->packet($i);
        }
    }

    private function flags(int $i): int
    {
        return $this->numbers[$this->at($i) + 4];
    }

    private function place(int $i, int $number): string
    {
        $at = $this->at($i) + $number;
        return substr($this->bytes, $this->numbers[$at], $this->numbers[$at + 1]);
    }

    /** Where the numbers of a packet begin, less one. */
    private function at(int $i): int
    {
        if ($i < 0 || $i >= $this->count) {
            throw new \ValueError("There is no packet number $i in a batch of $this->count");
        }
        return $i * self::NUMBERS;
    }

    /**
     * The way back: the numbers of the records, packed, and the bytes that their places are in.
     *
     * @internal
     * @param iterable<Packet> $packets
     * @return array{string, string}
     */
    public static function flatten(iterable $packets, PacketWriter $writer): array
    {
        $numbers = $bytes = '';
        $at = $count = 0;
        foreach ($packets as $packet) {
            try {
                Codec::check($packet);
                $body = match ($packet->type) {
                    Packet::SUBSCRIBE, Packet::UNSUBSCRIBE => PacketWriter::filters($packet->filters, $packet->type === Packet::SUBSCRIBE),
                    Packet::SUBACK, Packet::UNSUBACK => PacketWriter::reasons($packet->reasons),
                    default => $packet->payload,
                };
                $properties = $packet->properties ? $writer->encodeProperties($packet->properties) : '';
            } catch (\ValueError $e) {
                throw new \ValueError("Packet number $count: {$e->getMessage()}");
            }
            $flags = match ($packet->type) {
                Packet::PUBLISH => ($packet->dup ? 8 : 0) | $packet->qos << 1 | ($packet->retain ? 1 : 0),
                Packet::CONNACK => $packet->sessionPresent ? 1 : 0,
                default => $packet->form,
            };
            $topicLen = strlen($packet->topic);
            $bodyLen = strlen($body);
            $numbers .= pack('L12', 0, 0, $packet->type, $flags, $packet->packetId, $packet->reasonCode,
                $at, $topicLen, $at + $topicLen, $bodyLen, $at + $topicLen + $bodyLen, strlen($properties));
            $bytes .= $packet->topic . $body . $properties;
            $at = strlen($bytes);
            $count++;
        }
        if ($at > 0xffffffff) {
            throw new \ValueError('A batch has at most 4 GiB');
        }
        return [$numbers, $bytes];
    }
}
