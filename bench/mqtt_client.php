<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// mqtt_client.php - throughput of MQTT clients through a private mosquitto (bench/mqtt_client.sh calls it).
//   run ROUNDS RAW               measure all, in turn; lines of "way client qos wall user" to RAW
//   table RAW                    print the medians and ratios
//   pub|sub CLIENT QOS N PORT    one measurement: N messages of 64 bytes published, or received

declare(strict_types=1);

const TOPIC = 'bench/topic/of/some/length/0001';
const VERSION = '3.1.1'; // what all of them speak
const PAYLOAD = 64;
const COUNTS = [0 => 50000, 1 => 10000, 2 => 5000];

/** Wall clock and user CPU in seconds since the last call. */
function lap(): array
{
    static $wall = 0.0, $user = 0.0;
    $usage = getrusage();
    $now = [hrtime(true) / 1e9, $usage['ru_utime.tv_sec'] + $usage['ru_utime.tv_usec'] / 1e6];
    $lap = [$now[0] - $wall, $now[1] - $user];
    [$wall, $user] = $now;
    return $lap;
}

function report(array $lap): void
{
    echo implode("\t", $lap), "\n";
}

// ---- ours ---------------------------------------------------------------------------------------------

function native_client(int $port): Native\Mqtt\Client
{
    $client = new Native\Mqtt\Client("mqtt://127.0.0.1:$port", new Native\Mqtt\ClientOptions(version: Native\Mqtt\Version::V3_1_1));
    $client->connect();
    return $client;
}

function pub_native(int $qos, int $n, int $port): void
{
    $client = native_client($port);
    $payload = str_repeat('x', PAYLOAD);
    lap();
    for ($i = 0; $i < $n; $i++) {
        $delivery = $client->publish(TOPIC, $payload, $qos);
    }
    $delivery->wait();
    $client->disconnect();
    report(lap());
}

function sub_native(int $qos, int $n, int $port): void
{
    $client = native_client($port);
    $got = 0;
    $client->subscribe(TOPIC, function (Native\Mqtt\Message $m) use (&$got, $n, $client) {
        if ($got === 0) {
            lap();
        }
        if (strlen($m->payload) === PAYLOAD && ++$got === $n) {
            $client->stop();
        }
    }, $qos);
    echo "ready\n";
    $client->loopForever();
    report(lap());
    $client->disconnect();
}

// ---- php-mqtt/client ------------------------------------------------------------------------------------

function php_mqtt_client(int $port): PhpMqtt\Client\MqttClient
{
    require getenv('NATIVE_BENCH_PEERS');
    $client = new PhpMqtt\Client\MqttClient('127.0.0.1', $port, 'php-mqtt-' . getmypid(), PhpMqtt\Client\MqttClient::MQTT_3_1_1);
    $client->connect(null, true);
    return $client;
}

function pub_php_mqtt(int $qos, int $n, int $port): void
{
    $client = php_mqtt_client($port);
    $payload = str_repeat('x', PAYLOAD);
    lap();
    for ($i = 0; $i < $n; $i += 20) {
        for ($k = 0; $k < 20; $k++) {
            $client->publish(TOPIC, $payload, $qos);
        }
        if ($qos > 0) { // not more under way than a server takes
            $client->loop(false, true);
        }
    }
    $client->disconnect();
    report(lap());
}

function sub_php_mqtt(int $qos, int $n, int $port): void
{
    $client = php_mqtt_client($port);
    $got = 0;
    $client->subscribe(TOPIC, function (string $topic, string $payload) use (&$got, $n, $client) {
        if ($got === 0) {
            lap();
        }
        if (strlen($payload) === PAYLOAD && ++$got === $n) {
            $client->interrupt();
        }
    }, $qos);
    echo "ready\n";
    $client->loop(true);
    report(lap());
    $client->disconnect();
}

// ---- the driver -----------------------------------------------------------------------------------------

/** A program's command; null if it cannot run here. */
function command(string $way, string $client, int $qos, int $port): ?array
{
    $n = (string) COUNTS[$qos];
    $php = [PHP_BINARY, '-n'];
    return match ($client) {
        'native' => [...$php, '-d', 'extension=' . getenv('NATIVE_MODULE'), __FILE__, $way, $client, (string) $qos, $n, (string) $port],
        'php_mqtt' => has_php_mqtt() ? [...$php, __FILE__, $way, $client, (string) $qos, $n, (string) $port] : null,
        // Started by a shell that says what it took; mosquitto's programs cannot.
        'mosquitto' => ['mosquitto_' . $way, '-h', '127.0.0.1', '-p', (string) $port, '-V', 'mqttv311', '-t', TOPIC, '-q', (string) $qos,
            ...($way === 'pub' ? ['-l'] : ['-C', $n, '-F', '%l'])],
    };
}

function has_php_mqtt(): bool
{
    static $has = null;
    $file = (string) getenv('NATIVE_BENCH_PEERS');
    return $has ??= $file !== '' && is_file($file) && is_dir(dirname($file) . '/php-mqtt/client');
}

/** A file of N lines of 64 bytes, for mosquitto_pub -l. */
function lines(int $n): string
{
    $file = sys_get_temp_dir() . '/native-bench-' . getmypid() . "-$n";
    if (!is_file($file)) {
        file_put_contents($file, str_repeat(str_repeat('x', PAYLOAD) . "\n", $n));
        register_shutdown_function(fn () => @unlink($file));
    }
    return $file;
}

function rusage_children(): float
{
    $usage = getrusage(1);
    return $usage['ru_utime.tv_sec'] + $usage['ru_utime.tv_usec'] / 1e6;
}

/** Run a program that we cannot ask: wall clock of the whole of it, user CPU from the kernel. */
function outside(array $command, array $input): array
{
    $user = rusage_children();
    $begin = hrtime(true);
    $process = proc_open($command, [$input, ['file', '/dev/null', 'w'], STDERR], $pipes);
    return [$process, $begin, $user];
}

function ended(array $started): array
{
    [$process, $begin, $user] = $started;
    $status = proc_close($process);
    if ($status !== 0) {
        throw new Exception("a client ended with $status");
    }
    return [(hrtime(true) - $begin) / 1e9, rusage_children() - $user];
}

function measure(string $way, string $client, int $qos, Broker $broker): ?array
{
    $command = command($way, $client, $qos, $broker->port);
    if (!$command) {
        return null;
    }
    $n = COUNTS[$qos];
    if ($way === 'pub') {
        if ($client === 'mosquitto') {
            return ended(outside($command, ['file', lines($n), 'r']));
        }
        return asked($command, null);
    }
    // Received: a publisher in C sends as fast as it can, once the subscriber is there.
    $feed = function () use ($qos, $n, $broker) {
        return proc_open(command('pub', 'mosquitto', $qos, $broker->port), [['file', lines($n), 'r'], ['file', '/dev/null', 'w'], STDERR], $pipes);
    };
    if ($client !== 'mosquitto') {
        return asked($command, $feed);
    }
    $before = substr_count($broker->logged(), TOPIC);
    $user = rusage_children();
    $process = proc_open($command, [['file', '/dev/null', 'r'], ['file', '/dev/null', 'w'], STDERR], $pipes);
    while (substr_count($broker->logged(), TOPIC) === $before) {
        usleep(1000);
    }
    $begin = hrtime(true);
    $publisher = $feed();
    if (($status = proc_close($process)) !== 0) {
        throw new Exception("mosquitto_sub ended with $status");
    }
    $took = [(hrtime(true) - $begin) / 1e9, rusage_children() - $user];
    proc_close($publisher);
    return $took;
}

/** Run a client that tells what it took; $feed is called once it says that it is ready. */
function asked(array $command, ?callable $feed): array
{
    $process = proc_open($command, [['file', '/dev/null', 'r'], ['pipe', 'w'], STDERR], $pipes);
    $publisher = null;
    while (($line = fgets($pipes[1])) !== false) {
        if ($line === "ready\n") {
            $publisher = $feed();
        } else {
            $took = array_map('floatval', explode("\t", $line));
        }
    }
    if (proc_close($process) !== 0 || !isset($took)) {
        throw new Exception(implode(' ', $command) . ' failed');
    }
    if ($publisher) {
        proc_close($publisher);
    }
    return $took;
}

function run(int $rounds, string $raw): void
{
    require __DIR__ . '/../tests/mqtt/server/broker.inc';
    $out = fopen($raw, 'w');
    // TCP_NODELAY, or 40 ms waits of the broker's side are what is measured. Subscriptions are logged, to be waited for.
    $broker = broker('', "set_tcp_nodelay true\nmax_queued_messages 0\nlog_type none\nlog_type subscribe");
    for ($round = 0; $round < $rounds; $round++) {
        foreach (array_keys(COUNTS) as $qos) {
            foreach (['pub', 'sub'] as $way) {
                foreach (['native', 'php_mqtt', 'mosquitto'] as $client) {
                    if ($took = measure($way, $client, $qos, $broker)) {
                        fputs($out, implode("\t", [$way, $client, $qos, ...$took]) . "\n");
                        file_put_contents($broker->log, '');
                    }
                }
            }
        }
    }
}

function median(array $values): float
{
    sort($values);
    $middle = intdiv(count($values), 2);
    return count($values) % 2 ? $values[$middle] : ($values[$middle - 1] + $values[$middle]) / 2;
}

function table(string $raw): void
{
    $all = [];
    foreach (file($raw, FILE_IGNORE_NEW_LINES) as $line) {
        [$way, $client, $qos, $wall, $user] = explode("\t", $line);
        $all[$way][$qos][$client]['wall'][] = (float) $wall;
        $all[$way][$qos][$client]['user'][] = (float) $user;
    }
    $names = ['native' => 'native (PHP)', 'php_mqtt' => 'php-mqtt/client', 'mosquitto' => 'mosquitto (C)'];
    printf("\nMQTT %s clients through mosquitto on loopback, %d-byte payload, medians. Ratio: native to the other (below 1: native takes less).\n\n",
        VERSION, PAYLOAD);
    printf("%-9s %-4s %-16s %12s %14s %12s %12s\n", '', 'QoS', 'client', 'messages/s', 'user us/msg', 'ratio wall', 'ratio user');
    foreach ($all as $way => $levels) {
        ksort($levels);
        foreach ($levels as $qos => $clients) {
            $ours = array_map('median', $clients['native']);
            foreach ($clients as $client => $values) {
                [$wall, $user] = [median($values['wall']), median($values['user'])];
                $ratio = $client === 'native' ? ['', ''] : [sprintf('%.2f', $ours['wall'] / $wall), sprintf('%.2f', $ours['user'] / max($user, 1e-9))];
                printf("%-9s %-4d %-16s %12s %14.2f %12s %12s\n", $way === 'pub' ? 'publish' : 'receive', $qos, $names[$client],
                    number_format(COUNTS[$qos] / $wall), $user / COUNTS[$qos] * 1e6, ...$ratio);
            }
        }
    }
    echo "\nmosquitto's programs are measured whole, from start to end; the PHP clients from the first message to the last.\n";
    if (!isset($all['pub'][0]['php_mqtt'])) {
        echo "php-mqtt/client was not there: set NATIVE_BENCH_PEERS to an autoload.php of Composer's that has it.\n";
    }
}

[, $what] = $argv;
match ($what) {
    'run' => run((int) $argv[2], $argv[3]),
    'table' => table($argv[2]),
    'pub', 'sub' => ("{$what}_$argv[2]")((int) $argv[3], (int) $argv[4], (int) $argv[5]),
};
