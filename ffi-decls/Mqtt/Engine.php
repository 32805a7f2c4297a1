<?php
// SPDX-License-Identifier: MIT OR Apache-2.0

declare(strict_types=1);

namespace Native\Ffi\Mqtt;

use FFI;
use FFI\CData;
use Native\Ffi\Library;

/**
 * The C side of a Client: the client engine, its memory, and the bytes that go between it and the link.
 *
 * @internal
 */
final class Engine
{
    private const BUFFER = 65536;

    public readonly FFI $ffi;
    /** struct native_mqtt_client * */
    public readonly CData $client;
    /** Until when a link that is closed may take to send what waits. */
    public float $leaving = 0.0;

    private readonly CData $feed;
    private readonly CData $event;
    private readonly CData $length;
    /** What C has pointers to. @var array<string, CData|PacketWriter> */
    private array $memory = [];

    public function __construct(Library $library, private readonly Link $link, private readonly ClientOptions $options)
    {
        $this->ffi = $library->ffi;
        $this->event = $this->ffi->new('struct native_mqtt_client_event');
        $this->length = $this->ffi->new('size_t');
        $this->feed = $this->ffi->new('struct native_mqtt_feed');
        $this->client = $this->ffi->cast('struct native_mqtt_client *', FFI::addr($this->feed)); // its first member
        $this->prepare($library, $options->packet());
    }

    private function prepare(Library $library, Packet $connect): void
    {
        $writer = new PacketWriter($library); // has the bytes that CONNECT points to
        $this->memory['connect'] = $writer;
        $will = $connect->will;
        if ($will) {
            Topic::checkName($will->topic, version: $this->options->version);
        }
        Codec::check($connect);
        $to = $this->client->options;
        $to->connect = $writer->packet($connect, $this->options->version);
        $size = $this->ffi->new('size_t');
        if ($this->ffi->native_mqtt_packet_size(FFI::addr($to->connect), FFI::addr($size)) !== $this->ffi->NATIVE_MQTT_OK) {
            throw new \ValueError('The will, user name or password is too large');
        }
        $to->tx = $this->buffer('tx', self::BUFFER + $size->cdata);
        $to->tx_len = self::BUFFER + $size->cdata;
        $to->rx = $this->buffer('rx', self::BUFFER);
        $to->rx_len = self::BUFFER;
        $this->feed->in = $this->buffer('in', self::BUFFER);
        $this->feed->in_len = self::BUFFER;
        $this->feed->out = $this->buffer('out', self::BUFFER);
        $this->feed->out_len = self::BUFFER;
        $this->memory['received'] = $this->ffi->new('uint16_t[65535]');
        $this->client->session->received = $this->ffi->cast('uint16_t *', FFI::addr($this->memory['received']));
        $this->client->session->received_max = 65535;
        $to->connect_timeout_ms = self::ms($this->options->connectTimeout);
        $to->ping_timeout_ms = self::ms($this->options->pingTimeout);
        $to->retry_min_ms = self::ms($this->options->reconnectMin);
        $to->retry_max_ms = self::ms(max($this->options->reconnectMin, $this->options->reconnectMax));
        $to->random = random_int(0, 0xffffffff);
        $to->level = Codec::SPEC;
        $this->ffi->native_mqtt_feed_init(FFI::addr($this->feed));
    }

    /** Returns the next event, which lives until the next call; null: there is none now. */
    public function next(): ?CData
    {
        return $this->ffi->native_mqtt_client_next($this->client, self::now(), FFI::addr($this->event)) ? $this->event : null;
    }

    /** Open or close the link, if the engine asks for that. */
    public function attend(): bool
    {
        $feed = FFI::addr($this->feed);
        if ($this->feed->link === $this->ffi->NATIVE_MQTT_FEED_OPEN) {
            if ($this->link->open($this->options->connectTimeout ?: 86400.0)) {
                $this->ffi->native_mqtt_feed_opened($feed);
            } else {
                $this->ffi->native_mqtt_feed_closed($feed, $this->ffi->NATIVE_MQTT_IO_ERROR);
            }
            return true;
        }
        if ($this->feed->link === $this->ffi->NATIVE_MQTT_FEED_CLOSE) {
            while ($this->send() || ($this->waiting() && self::clock() < $this->leaving)) {
                $this->link->wait(min(0.1, max(0.0, $this->leaving - self::clock())), false, true);
            }
            $this->link->close();
            $this->ffi->native_mqtt_feed_closed($feed, $this->ffi->NATIVE_MQTT_IO_CLOSED);
            return true;
        }
        return false;
    }

    private function waiting(): int
    {
        return $this->feed->out_end - $this->feed->out_at;
    }

    /** Write what waits. Returns whether that did anything. */
    public function send(): bool
    {
        $length = $this->waiting();
        if ($length === 0) {
            return false;
        }
        $data = $this->ffi->native_mqtt_feed_take(FFI::addr($this->feed), FFI::addr($this->length));
        $count = $this->link->write(FFI::string($data, $length));
        if ($count === null) {
            $this->lost();
        } else {
            $this->ffi->native_mqtt_feed_took(FFI::addr($this->feed), $count);
        }
        return $count !== 0;
    }

    /** Read what has come. Returns whether that was anything. */
    public function fetch(): bool
    {
        $room = $this->feed->in_len - ($this->feed->in_end - $this->feed->in_at);
        if ($this->feed->link !== $this->ffi->NATIVE_MQTT_FEED_UP || $room === 0) {
            return false;
        }
        $bytes = $this->link->read($room);
        if ($bytes === null) {
            $this->lost();
        } elseif ($bytes !== '') {
            $this->ffi->native_mqtt_feed_put(FFI::addr($this->feed), $bytes, strlen($bytes));
        }
        return $bytes !== '';
    }

    /** The stream has ended. */
    private function lost(): void
    {
        $this->link->close();
        $this->ffi->native_mqtt_feed_closed(FFI::addr($this->feed), $this->ffi->NATIVE_MQTT_IO_CLOSED);
    }

    public function wait(float $seconds): void
    {
        $ms = $this->ffi->native_mqtt_client_timeout($this->client, self::now());
        $up = $this->feed->link === $this->ffi->NATIVE_MQTT_FEED_UP;
        $this->link->wait(
            $ms === 0xffffffff ? $seconds : min($seconds, $ms / 1000),
            $up && $this->ffi->native_mqtt_client_wants_read($this->client),
            $up && $this->waiting() > 0,
        );
    }

    private function buffer(string $name, int $size): CData
    {
        $this->memory[$name] = Library::memory($this->ffi, 'uint8_t', $size);
        return $this->ffi->cast('uint8_t *', FFI::addr($this->memory[$name]));
    }

    /** Move to a larger receive buffer. */
    public function grow(int $size): void
    {
        $old = $this->memory['rx']; // until its bytes are copied
        $to = $this->client->options;
        $this->ffi->native_mqtt_client_set_buffers($this->client, $to->tx, $to->tx_len, $this->buffer('rx', $size), $size);
        unset($old);
    }

    public function address(CData $pointer): int
    {
        return $this->ffi->cast('uintptr_t', $pointer)->cdata;
    }

    public function state(): int
    {
        return $this->client->state;
    }

    /** As C has times: what is too long is as long as can be, 49 days. */
    public static function ms(float $seconds): int
    {
        return (int) max(0, min(ceil($seconds * 1000), 0xfffffffe));
    }

    /** What clock() shows after so many seconds. */
    public static function after(float $timeout): float
    {
        if (is_nan($timeout)) {
            throw new \ValueError('$timeout must be a number of seconds');
        }
        return self::clock() + $timeout;
    }

    public static function clock(): float
    {
        return hrtime(true) / 1e9;
    }

    public static function now(): int
    {
        return intdiv(hrtime(true), 1000000) & 0xffffffff;
    }
}
