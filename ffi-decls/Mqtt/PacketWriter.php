<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Mqtt;

use FFI;
use FFI\CData;
use Native\Ffi\Library;

/**
 * From PHP values to C structs. A struct cannot point into a PHP string, so strings are copied to C
 * memory, which this object keeps: it must live as long as the packet is used.
 *
 * @internal
 */
final class PacketWriter
{
    /** What a property's value must be, by enum native_mqtt_property_type. */
    private const VALUES = [
        1 => '0 or 1', 'an integer between 0 and 65535', 'an integer between 0 and 4294967295', 'an integer between 0 and 268435455',
        'a string of at most 65535 bytes', 'a string of at most 65535 bytes', '[name, value], strings of at most 65535 bytes',
    ];

    private readonly FFI $ffi;
    /** @var list<CData> */
    private array $memory = [];

    public function __construct(Library $library)
    {
        $this->ffi = $library->ffi;
    }

    /** Fill a struct native_mqtt_packet. */
    public function packet(Packet $packet, int $version): CData
    {
        $to = $this->ffi->new('struct native_mqtt_packet');
        $to->type = $packet->type;
        $to->version = $packet->type === Packet::CONNECT ? $packet->version ?? $version : $version;
        $as = $to->as;
        switch ($packet->type) {
            case Packet::CONNECT:
                $this->connect($as->connect, $packet);
                break;
            case Packet::CONNACK:
                $as->connack->session_present = $packet->sessionPresent;
                $as->connack->reason = $packet->reasonCode;
                $this->properties($as->connack->properties, $packet->properties);
                break;
            case Packet::PUBLISH:
                $this->publish($as->publish, $packet);
                break;
            case Packet::SUBSCRIBE:
            case Packet::UNSUBSCRIBE:
                $as->subscribe->packet_id = $packet->packetId;
                $this->span($as->subscribe->filters, self::filters($packet->filters, $packet->type === Packet::SUBSCRIBE));
                $this->properties($as->subscribe->properties, $packet->properties);
                break;
            case Packet::SUBACK:
            case Packet::UNSUBACK:
                $as->suback->packet_id = $packet->packetId;
                $this->span($as->suback->reasons, self::reasons($packet->reasons));
                $this->properties($as->suback->properties, $packet->properties);
                break;
            case Packet::PINGREQ:
            case Packet::PINGRESP:
                break;
            default:
                $as->ack->packet_id = $packet->packetId;
                $as->ack->reason = $packet->reasonCode;
                $as->ack->form = $packet->form;
                $this->properties($as->ack->properties, $packet->properties);
        }
        return $to;
    }

    private function publish(CData $to, Packet $packet): void
    {
        $to->qos = $packet->qos;
        $to->dup = $packet->dup;
        $to->retain = $packet->retain;
        $to->packet_id = $packet->packetId;
        $this->span($to->topic, $packet->topic);
        $this->span($to->payload, $packet->payload);
        $this->properties($to->properties, $packet->properties);
    }

    private function connect(CData $to, Packet $packet): void
    {
        $to->keep_alive = $packet->keepAlive;
        $to->clean_start = $packet->cleanStart;
        $this->span($to->client_id, $packet->clientId);
        $this->properties($to->properties, $packet->properties);
        $to->has_user_name = $packet->userName !== null;
        $this->span($to->user_name, $packet->userName ?? '');
        $to->has_password = $packet->password !== null;
        $this->span($to->password, $packet->password ?? '');
        $to->has_will = $packet->will !== null;
        if ($packet->will) {
            $to->will->qos = $packet->will->qos;
            $to->will->retain = $packet->will->retain;
            $this->span($to->will->topic, $packet->will->topic);
            $this->span($to->will->payload, $packet->will->payload);
            $this->properties($to->will->properties, $packet->will->properties, 'will->properties');
        }
    }

    private function span(CData $span, string $bytes): void
    {
        $span->len = strlen($bytes);
        $span->data = $bytes === '' ? null : $this->copy($bytes);
    }

    private function copy(string $bytes): CData
    {
        $memory = Library::copy($this->ffi, $bytes);
        $this->memory[] = $memory;
        return $this->ffi->cast('uint8_t *', FFI::addr($memory));
    }

    private function properties(CData $block, array $properties, string $where = 'properties'): void
    {
        if (!$properties) {
            return;
        }
        $bytes = $this->encodeProperties($properties, $where);
        $block->len = strlen($bytes);
        $block->data = $this->copy($bytes);
    }

    /**
     * The encoded block of a list of properties, without its length.
     *
     * @param list<array{int, int|string|array{string, string}}> $properties
     * @param string $where what they are called when one of them is wrong
     * @throws \ValueError
     */
    public function encodeProperties(array $properties, string $where = 'properties'): string
    {
        $room = 0;
        foreach ($properties as $at => $property) {
            $room += $this->room($property, "{$where}[$at]");
        }
        if ($room === 0) {
            return '';
        }
        $memory = Library::memory($this->ffi, 'uint8_t', $room);
        $writer = $this->ffi->new('struct native_mqtt_property_writer');
        $writer->data = $this->ffi->cast('uint8_t *', FFI::addr($memory));
        $writer->capacity = $room;
        foreach ($properties as $at => [$id, $value]) {
            if ($this->put($writer, $id, $value) !== $this->ffi->NATIVE_MQTT_OK) {
                throw $this->misfit($id, "{$where}[$at]");
            }
        }
        return FFI::string($memory, $writer->len);
    }

    /** Bytes that a property takes at most, if its value is of its type; C sees to it that it is not too large for that. */
    private function room(mixed $property, string $where): int
    {
        if (!is_array($property) || !array_is_list($property) || count($property) !== 2 || !is_int($property[0])) {
            throw new \ValueError("$where must be [identifier, value]");
        }
        [$id, $value] = $property;
        $type = $this->type($id);
        $len = match (true) {
            $type === $this->ffi->NATIVE_MQTT_PROPERTY_NONE => throw new \ValueError("$where: there is no property $id"),
            $type <= $this->ffi->NATIVE_MQTT_PROPERTY_VARINT => is_int($value) && $value >= 0 && $value <= 0xffffffff ? 4 : null, // C sees 32 bits
            $type === $this->ffi->NATIVE_MQTT_PROPERTY_PAIR => self::isPair($value) ? 4 + strlen($value[0]) + strlen($value[1]) : null,
            default => is_string($value) ? 2 + strlen($value) : null,
        };
        return 1 + ($len ?? throw $this->misfit($id, $where));
    }

    private static function isPair(mixed $value): bool
    {
        return is_array($value) && array_is_list($value) && count($value) === 2 && is_string($value[0]) && is_string($value[1]);
    }

    private function type(int $id): int
    {
        $known = $id >= 0 && $id <= $this->ffi->NATIVE_MQTT_PROPERTY_ID_MAX; // C would see the low 32 bits of others
        return $known ? $this->ffi->native_mqtt_property_info($id)->type : $this->ffi->NATIVE_MQTT_PROPERTY_NONE;
    }

    private function misfit(int $id, string $where): \ValueError
    {
        return new \ValueError("$where: {$this->ffi->native_mqtt_property_name($id)} must be " . self::VALUES[$this->type($id)]);
    }

    private function put(CData $writer, int $id, int|string|array $value): int
    {
        if (is_int($value)) {
            return $this->ffi->native_mqtt_property_put_number(FFI::addr($writer), $id, $value);
        }
        if (is_string($value)) {
            return $this->ffi->native_mqtt_property_put_bytes(FFI::addr($writer), $id, $value, strlen($value));
        }
        $pair = $this->ffi->new('struct native_mqtt_property');
        $pair->id = $id;
        $this->span($pair->name, $value[0]);
        $this->span($pair->value, $value[1]);
        return $this->ffi->native_mqtt_property_put(FFI::addr($writer), FFI::addr($pair));
    }

    /** @param list<int> $reasons */
    public static function reasons(array $reasons): string
    {
        return implode('', array_map(chr(...), $reasons));
    }

    /** @param list<array{string, int}> $filters */
    public static function filters(array $filters, bool $withOptions): string
    {
        $bytes = '';
        foreach ($filters as [$filter, $options]) {
            if (strlen($filter) > 65535) {
                throw new \ValueError('A topic filter has at most 65535 bytes');
            }
            $bytes .= pack('n', strlen($filter)) . $filter . ($withOptions ? chr($options) : '');
        }
        return $bytes;
    }
}
