<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// broker.php PORT_FILE LOG [KEEP_ALIVE [DROP_AT]] - a broker of MQTT 5.0 that answers CONNECT and PINGREQ, and nothing else, for
// one connection after the other. Each packet that comes is a line of LOG, with a PUBLISH its topic and payload. KEEP_ALIVE:
// seconds that clients have to keep to; "never": CONNECT is not answered either. DROP_AT: a packet at which the connection
// ends, each time or, with PINGREQ, once.

declare(strict_types=1);

const TYPES = [1 => 'CONNECT', 3 => 'PUBLISH', 4 => 'PUBACK', 6 => 'PUBREL', 8 => 'SUBSCRIBE', 12 => 'PINGREQ', 14 => 'DISCONNECT'];

/** @return array{string, string}|null what kind of packet, and what stands behind its length; null: the connection has ended */
function packet($connection): ?array
{
    $first = fgetc($connection);
    if ($first === false) {
        return null;
    }
    for ($len = $shift = 0; ($byte = fgetc($connection)) !== false; $shift += 7) {
        $len |= (ord($byte) & 127) << $shift;
        if (ord($byte) < 128) {
            $body = $len ? stream_get_contents($connection, $len) : '';
            return strlen($body) === $len ? [TYPES[ord($first) >> 4] . (ord($first) >> 4 === 3 && ord($first) & 6 ? ' QoS ' . (ord($first) >> 1 & 3) : ''), $body] : null;
        }
    }
    return null;
}

/** Topic and payload; of a long payload its length and a checksum. */
function message(string $body, bool $numbered): string
{
    $topic = substr($body, 2, unpack('n', $body)[1]);
    $payload = substr($body, 2 + strlen($topic) + ($numbered ? 2 : 0) + 1); // no properties
    return "$topic " . (strlen($payload) > 100 ? strlen($payload) . ' bytes ' . md5($payload) : '"' . addcslashes($payload, "\0..\37\177..\377\"\\") . '"');
}

[, $portFile, $log, $keepAlive, $dropAt] = $argv + [3 => '', 4 => ''];
$server = stream_socket_server('tcp://127.0.0.1:0');
file_put_contents($portFile, substr(strrchr(stream_socket_get_name($server, false), ':'), 1));
while ($connection = stream_socket_accept($server, 600)) {
    while ($packet = packet($connection)) {
        [$type, $body] = [strtok($packet[0], ' '), $packet[1]];
        file_put_contents($log, $packet[0] . ($type === 'PUBLISH' ? ' ' . message($body, $packet[0] !== $type) : '') . "\n", FILE_APPEND);
        if ($type === $dropAt) {
            $dropAt = $type === 'PINGREQ' ? '' : $dropAt;
            break;
        }
        fwrite($connection, match ($type) {
            'CONNECT' => match ($keepAlive) {
                'never' => '',
                '' => "\x20\x03\0\0\0",
                default => "\x20\x06\0\0\x03\x13" . pack('n', (int) $keepAlive),
            },
            'PINGREQ' => "\xD0\0",
            default => '',
        });
    }
    fclose($connection);
}
