<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Mqtt;

use FFI;
use FFI\CData;
use Native\Ffi\Library;

/**
 * From C structs to PHP values: every string is copied, so nothing refers to C memory afterwards.
 *
 * @internal
 */
final class PacketReader
{
    private readonly FFI $ffi;
    private readonly CData $block;
    private readonly CData $property;
    private readonly CData $filters;
    private readonly CData $subscription;

    public function __construct(Library $library)
    {
        $this->ffi = $library->ffi;
        $this->block = $this->ffi->new('struct native_mqtt_properties');
        $this->property = $this->ffi->new('struct native_mqtt_property');
        $this->filters = $this->ffi->new('struct native_mqtt_span');
        $this->subscription = $this->ffi->new('struct native_mqtt_subscription');
    }

    /** A decoded struct native_mqtt_packet, whose bytes are still there. */
    public function packet(CData $from): Packet
    {
        $packet = new Packet($from->type);
        $as = $from->as;
        switch ($from->type) {
            case Packet::CONNECT:
                $this->connect($packet, $as->connect, $from->version);
                break;
            case Packet::CONNACK:
                $packet->sessionPresent = $as->connack->session_present;
                $packet->reasonCode = $as->connack->reason;
                $packet->properties = $this->properties($as->connack->properties);
                break;
            case Packet::PUBLISH:
                $this->publish($packet, $as->publish);
                break;
            case Packet::SUBSCRIBE:
            case Packet::UNSUBSCRIBE:
                $packet->packetId = $as->subscribe->packet_id;
                $packet->properties = $this->properties($as->subscribe->properties);
                $packet->filters = $this->filters($as->subscribe->filters, $from->type === Packet::SUBSCRIBE);
                break;
            case Packet::SUBACK:
            case Packet::UNSUBACK:
                $packet->packetId = $as->suback->packet_id;
                $packet->properties = $this->properties($as->suback->properties);
                $packet->reasons = array_values(unpack('C*', self::span($as->suback->reasons)));
                break;
            case Packet::PINGREQ:
            case Packet::PINGRESP:
                break;
            default:
                $packet->packetId = $from->type <= Packet::PUBCOMP ? $as->ack->packet_id : 0;
                $packet->reasonCode = $as->ack->reason;
                $packet->form = $as->ack->form;
                $packet->properties = $this->properties($as->ack->properties);
        }
        return $packet;
    }

    private function publish(Packet $packet, CData $from): void
    {
        $packet->topic = self::span($from->topic);
        $packet->payload = self::span($from->payload);
        $packet->qos = $from->qos;
        $packet->dup = $from->dup;
        $packet->retain = $from->retain;
        $packet->packetId = $from->packet_id;
        if ($from->properties->len) {
            $packet->properties = $this->properties($from->properties);
        }
    }

    private function connect(Packet $packet, CData $from, int $version): void
    {
        $packet->version = $version;
        $packet->clientId = self::span($from->client_id);
        $packet->keepAlive = $from->keep_alive;
        $packet->cleanStart = $from->clean_start;
        $packet->properties = $this->properties($from->properties);
        if ($from->has_user_name) {
            $packet->userName = self::span($from->user_name);
        }
        if ($from->has_password) {
            $packet->password = self::span($from->password);
        }
        if ($from->has_will) {
            $will = $from->will;
            $packet->will = new Will(
                self::span($will->topic),
                self::span($will->payload),
                $will->qos,
                $will->retain,
                $this->properties($will->properties),
            );
        }
    }

    private static function span(CData $span): string
    {
        return $span->len ? FFI::string($span->data, $span->len) : '';
    }

    /** @return list<array{int, int|string|array{string, string}}> */
    public function properties(CData $block): array
    {
        $list = [];
        $this->block->data = $block->data;
        $this->block->len = $block->len;
        $property = $this->property;
        while ($this->ffi->native_mqtt_property_next(FFI::addr($this->block), FFI::addr($property))) {
            $list[] = [$property->id, match (true) {
                $property->type < $this->ffi->NATIVE_MQTT_PROPERTY_TEXT => $property->number,
                $property->type === $this->ffi->NATIVE_MQTT_PROPERTY_PAIR => [self::span($property->name), self::span($property->value)],
                default => self::span($property->value),
            }];
        }
        return $list;
    }

    /** @return list<array{string, int}> */
    public function filters(CData $filters, bool $withOptions): array
    {
        $list = [];
        $this->filters->data = $filters->data;
        $this->filters->len = $filters->len;
        $one = $this->subscription;
        while ($this->ffi->native_mqtt_subscription_next(FFI::addr($this->filters), $withOptions, FFI::addr($one))) {
            $list[] = [self::span($one->filter), $withOptions ? $one->options : 0];
        }
        return $list;
    }
}
