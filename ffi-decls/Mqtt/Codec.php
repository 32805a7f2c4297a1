<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Mqtt;

use FFI;
use FFI\CData;
use Native\Ffi\Library;

/**
 * Bytes to packets and back, for one connection's version, strictness and direction.
 *
 * A call through FFI costs about ten calls of the extension: where many packets wait, use decodeBatch()
 * and encodeBatch(), which make one call for all of them.
 */
final class Codec
{
    public const LENIENT = 0;
    public const SPEC = 1;
    public const STRICT = 2;
    public const FROM_ANYONE = 0;
    public const FROM_CLIENT = 1;
    public const FROM_SERVER = 2;

    private const OK = 0;
    private const NEED_MORE = 1;
    private const MALFORMED = 2;
    private const TOO_LARGE = 3;

    /** Bytes of the shortest and of the longest packet. */
    private const SHORTEST = 2;
    private const LONGEST = 268435460;

    /** What the fields of a packet hold. */
    private const RANGES = [
        'type' => [Packet::CONNECT, Packet::AUTH], 'packetId' => [0, 0xffff], 'reasonCode' => [0, 0xff], 'keepAlive' => [0, 0xffff],
        'qos' => [0, 2], 'form' => [0, 2],
    ];

    private readonly Library $library;
    private readonly FFI $ffi;
    private readonly CData $options;
    private readonly CData $frame;
    private readonly CData $packet;
    private readonly CData $error;
    private readonly PacketReader $reader;

    /**
     * @param int $version 3 (MQTT 3.1), 4 (3.1.1), 5 (5.0), or 0: not known yet, only CONNECT is accepted
     * @param int $level LENIENT, SPEC or STRICT
     * @param int $sender who sent what is decoded: FROM_ANYONE, FROM_CLIENT or FROM_SERVER
     * @param int $maxPacketSize bytes, up to 268435460; 0: no limit
     */
    public function __construct(
        public readonly int $version = 5,
        int $level = self::SPEC,
        int $sender = self::FROM_ANYONE,
        int $maxPacketSize = 0,
        ?Library $library = null,
    ) {
        self::checkRules($version, $level);
        if ($sender < self::FROM_ANYONE || $sender > self::FROM_SERVER) {
            throw new \ValueError('sender must be one of FROM_ANYONE, FROM_CLIENT and FROM_SERVER');
        }
        if ($maxPacketSize < 0 || $maxPacketSize > self::LONGEST) {
            throw new \ValueError('maxPacketSize must be between 0 and ' . self::LONGEST);
        }
        $this->library = $library ?? Library::get();
        $this->ffi = $this->library->ffi;
        $this->options = $this->ffi->new('struct native_mqtt_options');
        $this->options->version = $version;
        $this->options->level = $level;
        $this->options->sender = $sender;
        $this->options->max_packet_size = $maxPacketSize;
        $this->frame = $this->ffi->new('struct native_mqtt_frame');
        $this->packet = $this->ffi->new('struct native_mqtt_packet');
        $this->error = $this->ffi->new('struct native_mqtt_error');
        $this->reader = new PacketReader($this->library);
    }

    /**
     * How many more bytes the packet at the start of $bytes needs at least; 0 if it is all there.
     *
     * @throws MalformedPacket
     */
    public function need(string $bytes): int
    {
        $status = $this->ffi->native_mqtt_frame_scan(
            FFI::addr($this->options),
            $bytes,
            strlen($bytes),
            FFI::addr($this->frame),
            FFI::addr($this->error),
        );
        return match ($status) {
            self::OK => 0,
            self::NEED_MORE => $this->frame->need,
            default => throw $this->malformed($this->error),
        };
    }

    /**
     * Decode the packet at the start of $bytes; null if it is not all there. $used is its length, or 0.
     *
     * @throws MalformedPacket
     */
    public function decode(string $bytes, ?int &$used = null): ?Packet
    {
        $used = 0;
        $status = $this->ffi->native_mqtt_packet_decode(
            FFI::addr($this->options),
            $bytes,
            strlen($bytes),
            FFI::addr($this->frame),
            FFI::addr($this->packet),
            FFI::addr($this->error),
        );
        if ($status === self::NEED_MORE) {
            return null;
        }
        if ($status !== self::OK) {
            throw $this->malformed($this->error);
        }
        $used = $this->frame->packet_len;
        return $this->reader->packet($this->packet);
    }

    /**
     * Decode up to $max packets that lie one after the other, in one call. What cannot be decoded yet, or
     * at all, is told by the result; the packets before it are in it.
     */
    public function decodeBatch(string $bytes, int $max = 512): Batch
    {
        $max = max(1, min($max, intdiv(strlen($bytes) + 1, self::SHORTEST))); // one more for a packet that is cut
        $records = Library::memory($this->ffi, 'struct native_mqtt_record', $max);
        $batch = $this->ffi->new('struct native_mqtt_batch');
        $batch->options = $this->options;
        $batch->records = $this->ffi->cast('struct native_mqtt_record *', FFI::addr($records));
        $batch->records_max = $max;
        $status = $this->ffi->native_mqtt_batch_decode(FFI::addr($batch), $bytes, strlen($bytes));
        $error = match ($status) {
            self::MALFORMED => $this->malformed($batch->error),
            self::TOO_LARGE => throw new \ValueError('A batch has at most 4 GiB'),
            default => null,
        };
        $numbers = $batch->count ? unpack('L*', FFI::string($records, $batch->count * Batch::NUMBERS * 4)) : [];
        return new Batch($this, $bytes, $numbers, $batch->used, $status === self::NEED_MORE ? $batch->need : 0, $error);
    }

    /**
     * The bytes of a packet. What must not be sent (a wildcard in a topic name, say) is found by decoding
     * them.
     *
     * @throws \ValueError for what MQTT cannot express
     */
    public function encode(Packet $packet): string
    {
        self::check($packet);
        $writer = new PacketWriter($this->library);
        $struct = $writer->packet($packet, $this->version);
        $size = $this->ffi->new('size_t');
        if ($this->ffi->native_mqtt_packet_size(FFI::addr($struct), FFI::addr($size)) !== self::OK) {
            throw new \ValueError('MQTT cannot express this packet: a field is too large or of another version');
        }
        $out = Library::memory($this->ffi, 'uint8_t', $size->cdata);
        $this->ffi->native_mqtt_packet_encode(FFI::addr($struct), FFI::addr($out), $size->cdata, FFI::addr($size));
        return FFI::string($out, $size->cdata);
    }

    /**
     * The bytes of many packets, in one call. CONNECT is not among them: it comes alone.
     *
     * @param iterable<Packet> $packets
     * @throws \ValueError for what MQTT cannot express, with the number of the packet
     */
    public function encodeBatch(iterable $packets): string
    {
        [$numbers, $bytes] = Batch::flatten($packets, new PacketWriter($this->library));
        if ($numbers === '') {
            return '';
        }
        $count = intdiv(strlen($numbers), Batch::NUMBERS * 4);
        $records = Library::memory($this->ffi, 'struct native_mqtt_record', $count);
        FFI::memcpy($records, $numbers, strlen($numbers));
        $batch = $this->ffi->new('struct native_mqtt_batch');
        $batch->options = $this->options;
        $batch->records = $this->ffi->cast('struct native_mqtt_record *', FFI::addr($records));
        $batch->count = $count;
        // Fixed header, packet identifier, topic length, reason code and property length: 16 bytes at most.
        $room = strlen($bytes) + $count * 16;
        $out = Library::memory($this->ffi, 'uint8_t', $room);
        $status = $this->ffi->native_mqtt_batch_encode(FFI::addr($batch), $bytes, strlen($bytes), FFI::addr($out), $room);
        if ($status !== self::OK) {
            throw new \ValueError("MQTT cannot express packet number {$batch->used}, or it is a CONNECT");
        }
        return FFI::string($out, $batch->used);
    }

    /** The properties in an encoded block, for Batch. */
    public function properties(string $block): array
    {
        return $this->within($block, 'native_mqtt_properties', $this->reader->properties(...));
    }

    /** The topic filters in an encoded list, for Batch. */
    public function filters(string $list, bool $withOptions): array
    {
        return $this->within($list, 'native_mqtt_span', fn (CData $span) => $this->reader->filters($span, $withOptions));
    }

    private function within(string $bytes, string $struct, callable $read): array
    {
        if ($bytes === '') {
            return [];
        }
        $memory = Library::copy($this->ffi, $bytes);
        $span = $this->ffi->new("struct $struct");
        $span->data = $this->ffi->cast('uint8_t *', FFI::addr($memory));
        $span->len = strlen($bytes);
        return $read($span);
    }

    /**
     * C would take the low bits of a number that its field cannot hold.
     *
     * @internal
     * @throws \ValueError
     */
    public static function check(Packet $packet): void
    {
        foreach (self::RANGES as $name => [$min, $max]) {
            if ($packet->$name < $min || $packet->$name > $max) {
                throw new \ValueError("$name must be between $min and $max");
            }
        }
        if (!in_array($packet->version, [null, 3, 4, 5], true)) {
            throw new \ValueError('version must be null, 3, 4 or 5');
        }
        if ($packet->will && ($packet->will->qos < 0 || $packet->will->qos > 2)) {
            throw new \ValueError('will->qos must be between 0 and 2');
        }
        foreach ($packet->filters as $at => $filter) {
            if (!is_array($filter) || !array_is_list($filter) || count($filter) !== 2 || !is_string($filter[0]) || !self::isByte($filter[1])) {
                throw new \ValueError("filters[$at] must be [topic filter, options byte]");
            }
        }
        foreach ($packet->reasons as $at => $reason) {
            if (!self::isByte($reason)) {
                throw new \ValueError("reasons[$at] must be an integer between 0 and 255");
            }
        }
    }

    private static function isByte(mixed $value): bool
    {
        return is_int($value) && $value >= 0 && $value <= 0xff;
    }

    /**
     * The same for what packets and topics are judged by.
     *
     * @internal
     * @throws \ValueError
     */
    public static function checkRules(int $version, int $level): void
    {
        if (!in_array($version, [0, 3, 4, 5], true) || $level < self::LENIENT || $level > self::STRICT) {
            throw new \ValueError('version must be 0, 3, 4 or 5, level one of LENIENT, SPEC and STRICT');
        }
    }

    /** The exception for a struct native_mqtt_error. */
    private function malformed(CData $error): MalformedPacket
    {
        return self::exception($this->ffi, $error);
    }

    /** @internal */
    public static function exception(FFI $ffi, CData $error): MalformedPacket
    {
        $text = $ffi->new("char[{$ffi->NATIVE_MQTT_STATEMENT_TEXT_MAX}]");
        $ffi->native_mqtt_statement_text($error->statement, $text, $ffi->NATIVE_MQTT_STATEMENT_TEXT_MAX);
        return new MalformedPacket(
            "Byte {$error->offset}: " . $ffi->native_mqtt_rule_text($error->rule),
            $ffi->native_mqtt_rule_name($error->rule),
            $error->reason,
            $error->offset,
            FFI::string($text),
        );
    }
}
