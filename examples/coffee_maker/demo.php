<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// demo.php [FIRMWARE] - the coffee-maker story, told by `dev/demo`: a sensor process publishes the water level, this
// process watches it through a private broker and switches the valve. A wire tap shows the packets. Ends by itself, with
// exit status 0 only if every step was seen. With an image of firmware/ the sensor is an emulated board whose serial
// line goes to the broker (dev/firmware builds and tells it so).
declare(strict_types=1);

use Native\Mqtt\{Client, Message};

require __DIR__ . '/broker.php';
require __DIR__ . '/sensor.php';
require __DIR__ . '/controller.php';
require __DIR__ . '/tap.php';

foreach (['native', 'pcntl', 'posix'] as $extension) {
    if (!extension_loaded($extension)) {
        fwrite(STDERR, "the demo needs the extension $extension\n");
        exit(2);
    }
}

/** Run a function in a process of its own. Returns its pid. */
function process(callable $function): int
{
    $pid = pcntl_fork();
    if ($pid === 0) {
        try {
            $function();
        } catch (Throwable $e) {
            fwrite(STDERR, get_class($e) . ': ' . $e->getMessage() . "\n");
        }
        posix_kill(posix_getpid(), SIGKILL); // without running what the parent has to do at its end
    }
    return $pid;
}

/** Become the emulated board: this process is QEMU from here on. */
function board(string $firmware, string $broker): never
{
    pcntl_exec('/usr/bin/env', ['qemu-system-arm', '-M', 'mps2-an386', '-display', 'none', '-monitor', 'none',
        '-serial', "tcp:$broker", '-semihosting-config', 'enable=on,target=native', '-kernel', $firmware]);
    throw new RuntimeException('there is no qemu-system-arm');
}

$begin = microtime(true);
$say = function (string $line) use ($begin): void {
    printf("%5.2f  %s\n", microtime(true) - $begin, $line);
};
$steps = [];
$step = function (string $name, bool $seen = true) use (&$steps): void {
    $steps[$name] = ($steps[$name] ?? false) || $seen;
};
foreach (['the level came', 'low: valve opened', 'open: acknowledged', 'the sensor obeyed: the level rose', 'full: valve closed',
    'closed: acknowledged', 'the sensor obeyed: the level fell', 'the broker kept the valve position', 'SUBSCRIBE on the wire', 'SUBACK on the wire',
    'PUBLISH on the wire', 'PUBACK on the wire', 'the sensor was killed: its will came'] as $name) {
    $step($name, false);
}

$broker = new PrivateBroker();
$say("broker: mosquitto on $broker->address");

// Between this process and the broker sits the tap.
$listener = stream_socket_server('tcp://127.0.0.1:0');
$tapAt = stream_socket_get_name($listener, false);
[$lines, $linesEnd] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$children = [process(fn () => tap($listener, $broker->address, $linesEnd))];
fclose($listener);
fclose($linesEnd);
stream_set_blocking($lines, false);

$controller = new Controller("mqtt://$tapAt", $say);
$controller->connect();
$last = null;
$controller->client->onMessage(function (Message $message) use ($say, $step): void {
    $say("controller: $message->topic is $message->payload");
    if ($message->topic === 'kitchen/coffee/state' && $message->payload === 'gone') {
        $step('the sensor was killed: its will came');
    }
});
$controller->client->subscribe('kitchen/coffee/state', qos: 1);
// The same messages once more, for the steps of the story.
$watch = new Client("mqtt://$broker->address");
$watch->connect();
$watch->subscribe('kitchen/coffee/water', function (Message $message) use (&$last, $step): void {
    $level = (int) $message->payload;
    $valve = $message->properties->userProperty('valve');
    $step('the level came');
    if ($last !== null) {
        $step('the sensor obeyed: the level rose', $valve === 'open' && $level > $last[0]);
        $step('the sensor obeyed: the level fell', $last[1] === 'open' && $valve === 'closed' || $last[2] && $level < $last[0]);
    }
    $last = [$level, $valve, ($last[2] ?? false) || ($valve === 'closed' && ($last[1] ?? '') === 'open')];
}, 1);

$sensor = process(isset($argv[1]) ? fn () => board($argv[1], $broker->address) : fn () => sensor("mqtt://$broker->address"));
$children[] = $sensor;
$killed = false;

// One loop for two clients and a pipe: nobody blocks, nobody is polled in vain.
while (microtime(true) < $begin + 14 && in_array(false, $steps, true)) {
    $clients = [$controller->client, $watch];
    $read = array_values(array_filter([$lines, ...array_map(fn (Client $c) => $c->getStream(), $clients)]));
    $write = array_values(array_filter(array_map(fn (Client $c) => $c->wantsWrite() ? $c->getStream() : null, $clients)));
    $none = null;
    $wait = min(1.0, ...array_map(fn (Client $c) => $c->nextTimeout() ?? 1.0, $clients));
    stream_select($read, $write, $none, 0, (int) ($wait * 1e6));
    foreach ($clients as $client) {
        $client->loop(0.0);
    }
    while (is_string($line = fgets($lines))) {
        $say(rtrim($line));
        if (preg_match('/wire . (SUBSCRIBE|SUBACK|PUBLISH|PUBACK)/', $line, $match)) {
            $step("$match[1] on the wire");
        }
    }
    foreach ($controller->orders as $valve => $delivery) {
        $step($valve === 'open' ? 'low: valve opened' : 'full: valve closed');
        $step("$valve: acknowledged", $delivery->isDone() && !$delivery->reasonCode()->isError());
    }
    if (!$killed && $steps['the sensor obeyed: the level fell']) {
        // Whoever comes later learns the last position at once, because it was published to be kept.
        $late = new Client("mqtt://$broker->address");
        $late->connect();
        $late->subscribe('kitchen/coffee/valve');
        $kept = $late->receive(2);
        $step('the broker kept the valve position', $kept?->retain === true && $kept->payload === 'closed');
        $late->disconnect();
        $say('demo: the sensor process is killed');
        posix_kill($sensor, SIGKILL);
        $killed = true;
    }
}

$controller->client->disconnect();
$watch->disconnect();
foreach ($children as $pid) {
    posix_kill($pid, SIGKILL);
    pcntl_waitpid($pid, $status);
}
unset($broker);

echo "\n";
foreach ($steps as $name => $seen) {
    echo $seen ? '  seen      ' : '  NOT SEEN  ', $name, "\n";
}
$ok = !in_array(false, $steps, true);
printf("%s in %.1f s\n", $ok ? 'The whole story' : 'The story is not whole: something is missing', microtime(true) - $begin);
exit($ok ? 0 : 1);
