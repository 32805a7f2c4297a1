<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// event_loop.php - the client inside somebody else's loop: lines from standard input are published, messages are
// printed, and nobody waits for the other. php event_loop.php mqtt://localhost chat
declare(strict_types=1);

use Native\Mqtt\{Client, Message};

[, $uri, $topic] = $argv + [1 => 'mqtt://localhost', 2 => 'chat'];
$client = new Client($uri);
$client->start(); // returns at once; the loop below does the rest
$client->subscribe($topic, fn (Message $message) => print("> $message->payload\n"));
stream_set_blocking(STDIN, false);
while (!feof(STDIN)) {
    // The stream is another one after each reconnect, so it is asked for in each turn.
    $stream = $client->getStream();
    $read = array_filter([STDIN, $stream]);
    $write = $client->wantsWrite() ? [$stream] : [];
    $except = null;
    $wait = $client->nextTimeout();
    stream_select($read, $write, $except, $wait === null ? null : (int) $wait, (int) (fmod($wait ?? 0, 1) * 1e6));
    $client->loop(0.0);
    while (is_string($line = fgets(STDIN))) {
        $client->publish($topic, rtrim($line));
    }
}
$client->disconnect();
