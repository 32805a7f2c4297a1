<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// tap.php - a wire tap: passes one connection on to the broker and writes down each packet that goes by, decoded
// with Native\Mqtt\Parser.
declare(strict_types=1);

use Native\Mqtt\{Packet, Parser, Version};

/**
 * @param resource $listener takes one connection
 * @param resource $out gets the lines
 */
function tap($listener, string $broker, $out): never
{
    $client = stream_socket_accept($listener, 10);
    $server = stream_socket_client("tcp://$broker");
    $to = new Parser(null);         // the first packet, CONNECT, tells the version
    $from = new Parser(Version::V5);
    for (;;) {
        $read = [$client, $server];
        $none = null;
        stream_select($read, $none, $none, null);
        foreach ($read as $stream) {
            $bytes = stream_socket_recvfrom($stream, 65536);
            if ($bytes === '' || $bytes === false) {
                exit(0);
            }
            $up = $stream === $client;
            fwrite($up ? $server : $client, $bytes);
            $parser = $up ? $to : $from;
            $parser->feed($bytes);
            while ($packet = $parser->next()) {
                fwrite($out, '  wire ' . ($up ? '>' : '<') . ' ' . describe($packet) . "\n");
            }
        }
    }
}

function describe(Packet $packet): string
{
    $bytes = bin2hex($packet->encode());
    return sprintf('%-11s', strtoupper($packet->type->name)) . match (true) {
        $packet instanceof Packet\Publish => "$packet->topic = $packet->payload, QoS $packet->qos" . ($packet->retain ? ', retain' : '')
            . ($packet->packetId ? ", id $packet->packetId" : ''),
        $packet instanceof Packet\Subscribe => implode(' ', array_map(fn ($s) => "$s->filter QoS $s->qos", $packet->subscriptions)),
        $packet instanceof Packet\Connect => "client $packet->clientId, keep-alive $packet->keepAlive s",
        $packet instanceof Packet\SubAck => implode(' ', array_map(fn ($code) => $code->name, $packet->reasonCodes)),
        $packet instanceof Packet\ConnAck, $packet instanceof Packet\PubAck => $packet->reasonCode->name,
        default => '',
    } . '  [' . substr($bytes, 0, 24) . (strlen($bytes) > 24 ? '...' : '') . ']';
}
