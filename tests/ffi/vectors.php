<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// vectors.php - read on standard input what tests/ffi/dump.c printed, do each of its runs through FFI, and
// print the same text. Whatever differs is a fault: of the declarations, the PHP classes or the library.
// Also, for each run that is accepted: three packets at once say and encode the same as one.

declare(strict_types=1);

require __DIR__ . '/../../ffi-decls/autoload.php';

use Native\Ffi\Mqtt\Codec;
use Native\Ffi\Mqtt\MalformedPacket;
use Native\Ffi\Mqtt\Packet;

if (extension_loaded('native')) {
    fwrite(STDERR, "the extension is loaded: this test is about FFI alone\n");
    exit(2);
}

const TYPES = ['?', 'CONNECT', 'CONNACK', 'PUBLISH', 'PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP', 'SUBSCRIBE', 'SUBACK',
    'UNSUBSCRIBE', 'UNSUBACK', 'PINGREQ', 'PINGRESP', 'DISCONNECT', 'AUTH'];
const PROPERTIES = [0x01 => 'payload_format_indicator', 0x02 => 'message_expiry_interval', 0x03 => 'content_type',
    0x08 => 'response_topic', 0x09 => 'correlation_data', 0x0b => 'subscription_identifier',
    0x11 => 'session_expiry_interval', 0x12 => 'assigned_client_identifier', 0x13 => 'server_keep_alive',
    0x15 => 'authentication_method', 0x16 => 'authentication_data', 0x17 => 'request_problem_information',
    0x18 => 'will_delay_interval', 0x19 => 'request_response_information', 0x1a => 'response_information',
    0x1c => 'server_reference', 0x1f => 'reason_string', 0x21 => 'receive_maximum', 0x22 => 'topic_alias_maximum',
    0x23 => 'topic_alias', 0x24 => 'maximum_qos', 0x25 => 'retain_available', 0x26 => 'user_property',
    0x27 => 'maximum_packet_size', 0x28 => 'wildcard_subscription_available',
    0x29 => 'subscription_identifier_available', 0x2a => 'shared_subscription_available'];

function quoted(string $s): string
{
    if (strlen($s) > 32 && $s === str_repeat($s[0], strlen($s))) {
        return quoted($s[0]) . '*' . strlen($s);
    }
    return '"' . preg_replace_callback(
        '/["\\\\]|[^ -~]/',
        fn ($m) => $m[0] === '"' || $m[0] === '\\' ? '\\' . $m[0] : sprintf('\\x%02x', ord($m[0])),
        $s,
    ) . '"';
}

function properties(string $name, array $properties): string
{
    $text = '';
    foreach ($properties as [$id, $value]) {
        $text .= "$name = " . PROPERTIES[$id] . ' '
            . (is_array($value) ? quoted($value[0]) . ' ' . quoted($value[1]) : (is_string($value) ? quoted($value) : $value)) . "\n";
    }
    return $text;
}

/** Field lines: a field that has its default is left out. */
function lines(array $fields): string
{
    $text = '';
    foreach ($fields as $name => $value) {
        $text .= match (true) {
            $value === null, $value === false, $value === 0, $value === '' => '',
            $value === true => "$name = yes\n",
            default => "$name = $value\n",
        };
    }
    return $text;
}

function shown(string $s): string
{
    return $s === '' ? '' : quoted($s);
}

function byte(int $n): string
{
    return $n ? sprintf('0x%02x', $n) : '';
}

function describe(Packet $p, int $version): string
{
    $text = 'type = ' . TYPES[$p->type] . "\n";
    switch ($p->type) {
        case Packet::CONNECT:
            $text .= 'level = ' . [3 => '3.1', 4 => '3.1.1', 5 => '5.0'][$p->version] . "\n"
                . lines(['clean_start' => $p->cleanStart, 'keep_alive' => $p->keepAlive])
                . properties('property', $p->properties) . lines(['client_id' => shown($p->clientId)]);
            if ($p->will) {
                $text .= lines(['will.qos' => $p->will->qos, 'will.retain' => $p->will->retain])
                    . properties('will.property', $p->will->properties)
                    . lines(['will.topic' => quoted($p->will->topic), 'will.payload' => shown($p->will->payload)]);
            }
            return $text . lines(['user_name' => $p->userName === null ? '' : quoted($p->userName),
                'password' => $p->password === null ? '' : quoted($p->password)]);
        case Packet::CONNACK:
            return $text . lines(['session_present' => $p->sessionPresent, 'reason' => byte($p->reasonCode)])
                . properties('property', $p->properties);
        case Packet::PUBLISH:
            return $text . lines(['dup' => $p->dup, 'qos' => $p->qos, 'retain' => $p->retain, 'topic' => shown($p->topic),
                'packet_id' => $p->packetId]) . properties('property', $p->properties) . lines(['payload' => shown($p->payload)]);
        case Packet::SUBSCRIBE:
        case Packet::UNSUBSCRIBE:
            $text .= lines(['packet_id' => $p->packetId]) . properties('property', $p->properties);
            foreach ($p->filters as [$filter, $options]) {
                $text .= 'filter = ' . quoted($filter) . ($p->type === Packet::SUBSCRIBE ? sprintf(' 0x%02x', $options) : '') . "\n";
            }
            return $text;
        case Packet::SUBACK:
        case Packet::UNSUBACK:
            return $text . lines(['packet_id' => $p->packetId]) . properties('property', $p->properties)
                . lines(['reasons' => implode(' ', array_map(fn ($r) => sprintf('0x%02x', $r), $p->reasons))]);
        case Packet::PINGREQ:
        case Packet::PINGRESP:
            return $text;
        default:
            return $text . lines(['packet_id' => $p->packetId, 'reason' => byte($p->reasonCode),
                'form' => $version === 5 ? ['', 'reason', 'full'][$p->form] : '']) . properties('property', $p->properties);
    }
}

/** Three of a packet in one call: the same packets, and the same bytes when encoded. */
function batch(Codec $codec, string $hex, Packet $packet, ?string $encoded): void
{
    $batch = $codec->decodeBatch($hex . $hex . $hex . $hex[0]);
    if (count($batch) !== 3 || $batch->used !== 3 * strlen($hex) || $batch->need < 1 || $batch->error) {
        echo 'batch: ', count($batch), " packets, {$batch->used} bytes, {$batch->need} needed\n";
        return;
    }
    foreach ($batch as $i => $one) {
        if ($one != $packet || $batch->bytes($i) !== $hex) {
            echo "batch: packet $i is another\n", var_export($one, true), "\n", var_export($packet, true), "\n";
        }
    }
    if ($encoded !== null && $packet->type !== Packet::CONNECT && $codec->encodeBatch($batch) !== str_repeat($encoded, 3)) {
        echo "batch: is encoded otherwise\n";
    }
}

function run(Codec $codec, string $bytes): void
{
    try {
        $packet = $codec->decode($bytes, $used);
    } catch (MalformedPacket $e) {
        printf("error %s reason 0x%02x offset %d statement \"%s\": %s\n", $e->rule, $e->reasonCode, $e->offset, $e->statement,
            preg_replace('/^Byte \d+: /', '', $e->getMessage()));
        return;
    }
    if (!$packet) {
        echo 'need ', $codec->need($bytes), "\n";
        return;
    }
    echo "length $used\n", describe($packet, $codec->version);
    try {
        $encoded = $codec->encode($packet);
        echo 'encoded ', bin2hex($encoded), "\n";
    } catch (ValueError) {
        $encoded = null;
        echo "not encoded: a property cannot be put\n";
    }
    if ($codec->version !== 0) { // after a CONNECT the version is known, and another CONNECT is none
        batch($codec, $bytes, $packet, $encoded);
    }
}

$run = null;
while (($line = fgets(STDIN)) !== false) {
    $words = explode(' ', rtrim($line, "\n"));
    if ($words[0] === 'run') {
        $run = $words;
        echo $line;
    } elseif ($words[0] === 'hex') {
        echo $line;
        [, , $version, $level, $sender, $max] = $run;
        run(new Codec((int) $version, (int) $level, (int) $sender, (int) $max), hex2bin($words[1]));
    }
}
