<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// record.php FOLDER [NODE_MODULES] - make the captures anew in FOLDER: run mosquitto_pub, mosquitto_sub and
// mosquitto_rr, and with NODE_MODULES the npm client `mqtt`, against a private mosquitto through the recorder.
// dev/captures calls it.

declare(strict_types=1);

require __DIR__ . '/../mqtt/server/broker.inc';
require __DIR__ . '/capture.inc';

const CONNACK = 2;
const PUBLISH = 3;
const SUBACK = 9;

function version_of(string $program): string
{
    return preg_match('/ version ([0-9.]+)/', (string) shell_exec("$program --help 2>&1"), $m) ? $m[1] : '?';
}

/** What mosquitto's programs do, in one version of MQTT. $v: mqttv31, mqttv311 or mqttv5 */
function mosquitto_programs(Recorder $r, string $v, string $big): void
{
    $port = (string) $r->port;
    $common = ['-h', '127.0.0.1', '-p', $port, '-V', $v];
    $sub = fn (string ...$more) => ['mosquitto_sub', ...$common, ...$more];
    $pub = fn (string ...$more) => ['mosquitto_pub', ...$common, ...$more];
    $five = $v === 'mqttv5';

    // A subscriber with two filters, publishers at each QoS, a large payload and an empty one.
    $r->start('sub', $sub('-i', "sub-$v", '-t', 'home/+/level', '-t', 'home/#', '-U', 'nothing/here', '-q', '2', '-C', '5'));
    $r->seen(SUBACK);
    foreach ([0, 1, 2] as $qos) {
        $r->run($pub('-i', "pub$qos", '-t', 'home/coffee/level', '-m', "level $qos", '-q', (string) $qos));
    }
    $r->run($pub('-i', 'pub-big', '-t', 'home/big', '-f', $big, '-q', '1'));
    $r->run($pub('-i', 'pub-null', '-t', 'home/none', '-n', '-q', '2'));
    $r->finish('sub');

    // Retained, found by a later subscriber, then cleared.
    $r->run($pub('-i', 'pub-keep', '-t', 'keep/this', '-m', "kept \u{2615}", '-q', '1', '-r'));
    $r->run($sub('-i', 'sub-keep', '-t', 'keep/#', '-q', '1', '-C', '1'));
    $r->run($pub('-i', 'pub-clear', '-t', 'keep/this', '-n', '-r', '-q', '1'));

    // A kept session: the message waits for the subscriber.
    $keep = $five ? ['-x', '600'] : [];
    $r->run($sub('-i', "kept-$v", '-c', ...$keep, ...['-t', 'later/#', '-q', '2', '-E']));
    $r->run($pub('-i', 'pub-later', '-t', 'later/on', '-m', 'later', '-q', '2'));
    $r->run($sub('-i', "kept-$v", '-c', ...$keep, ...['-t', 'later/#', '-q', '2', '-C', '1']));

    // User name and password, a will that is delivered.
    $subacks = array_sum(array_map(fn ($c) => count(array_filter(split_packets($c->all('<')), fn ($p) => ord($p[0]) >> 4 === SUBACK)), $r->connections));
    $r->start('watch', $sub('-i', 'watch', '-t', 'gone/#', '-q', '1', '-C', '1'));
    $will = ['--will-topic', "gone/$v", '--will-payload', 'died', '--will-qos', '1', '--will-retain'];
    if ($five) {
        $will = [...$will, '-D', 'will', 'content-type', 'text/plain', '-D', 'will', 'user-property', 'why', 'test',
            '-D', 'will', 'message-expiry-interval', '60', '-D', 'will', 'payload-format-indicator', '1',
            '-D', 'will', 'response-topic', 'answers/here', '-D', 'will', 'correlation-data', 'c1'];
    }
    $r->start('dies', $sub('-i', 'dies', '-t', 'x', '-u', 'user', '-P', 'password', '-k', '30', ...$will));
    $r->seen(SUBACK, $subacks + 2);
    $r->kill('dies');
    $r->finish('watch');
}

/** What only MQTT 5 has. */
function mosquitto_five(Recorder $r): void
{
    $common = ['-h', '127.0.0.1', '-p', (string) $r->port, '-V', 'mqttv5'];
    $r->start('sub', ['mosquitto_sub', ...$common, '-i', 'sub5', '-t', 'p/#', '-q', '2', '-C', '4',
        '-D', 'connect', 'session-expiry-interval', '60', '-D', 'connect', 'receive-maximum', '3',
        '-D', 'connect', 'maximum-packet-size', '100000', '-D', 'connect', 'topic-alias-maximum', '5',
        '-D', 'connect', 'request-problem-information', '1', '-D', 'connect', 'request-response-information', '1',
        '-D', 'connect', 'user-property', 'name', 'value', '-D', 'connect', 'user-property', 'name', 'again',
        '-D', 'subscribe', 'user-property', 'a', 'b',
        '-D', 'disconnect', 'session-expiry-interval', '0', '-D', 'disconnect', 'user-property', 'bye', 'now']);
    $r->seen(SUBACK);
    foreach ([0, 1, 2] as $qos) {
        $r->run(['mosquitto_pub', ...$common, '-i', "pub5$qos", '-t', 'p/1', '-m', '{"level": 3}', '-q', (string) $qos,
            '-D', 'publish', 'content-type', 'application/json', '-D', 'publish', 'message-expiry-interval', '3600',
            '-D', 'publish', 'payload-format-indicator', '1', '-D', 'publish', 'response-topic', 'answers/1',
            '-D', 'publish', 'correlation-data', 'abc', '-D', 'publish', 'user-property', 'k', 'v',
            '-D', 'publish', 'user-property', 'k', 'w', '-D', 'publish', 'topic-alias', '1']);
    }
    // Three lines over one connection, at QoS 1: topic alias again and again, nobody subscribed: reason 0x10.
    $r->run(['mosquitto_pub', ...$common, '-i', 'pub5n', '-t', 'nobody', '-m', 'x', '-q', '1', '--repeat', '3', '-D', 'publish', 'topic-alias', '2']);
    $r->run(['mosquitto_pub', ...$common, '-i', 'pub5n2', '-t', 'nobody', '-m', 'x', '-q', '2']);
    $r->run(['mosquitto_pub', ...$common, '-i', 'pub5e', '-t', 'p/2', '-n', '-q', '0']);
    $r->finish('sub');
    // Shared subscription and subscription options.
    $r->start('shared', ['mosquitto_sub', ...$common, '-i', 'shared', '-t', '$share/group/s/#', '-q', '1', '-C', '1']);
    $r->start('options', ['mosquitto_sub', ...$common, '-i', 'options', '-t', 's/#', '--retain-as-published', '-q', '2', '-C', '1',
        '-D', 'subscribe', 'subscription-identifier', '300']);
    $r->seen(SUBACK, 3);
    $r->run(['mosquitto_pub', ...$common, '-i', 'pubs', '-t', 's/1', '-m', 'shared', '-q', '2', '-r']);
    $r->finish('shared');
    $r->finish('options');
    // No client identifier: the server gives one.
    $r->run(['mosquitto_pub', ...$common, '-t', 'x', '-m', 'anonymous', '-q', '1']);
    // Request and answer.
    $r->start('server', ['mosquitto_sub', ...$common, '-i', 'rr-server', '-t', 'ask', '-C', '1', '-q', '1']);
    $r->seen(SUBACK, 4);
    $r->start('rr', ['mosquitto_rr', ...$common, '-i', 'rr', '-t', 'ask', '-e', 'answers/rr', '-m', 'what?', '-q', '1', '-W', '2']);
    $r->finish('server');
    $r->run(['mosquitto_pub', ...$common, '-i', 'rr-answer', '-t', 'answers/rr', '-m', 'that', '-q', '1']);
    $r->finish('rr', false);
}

/** Connections that the server refuses. */
function refused(Recorder $r): void
{
    foreach (['mqttv31', 'mqttv311', 'mqttv5'] as $v) {
        $r->start($v, ['mosquitto_pub', '-h', '127.0.0.1', '-p', (string) $r->port, '-V', $v, '-i', 'nobody', '-t', 'x', '-m', 'x', '-u', 'u', '-P', 'wrong']);
        $r->finish($v, false);
    }
}

[, $folder] = $argv;
$modules = $argv[2] ?? null;
$big = scratch() . '/big';
file_put_contents($big, str_repeat('a', 70000) . str_repeat('b', 70000));
$save = function (string $name, string $title, Recorder $r) use ($folder): void {
    file_put_contents("$folder/$name.txt", capture_text($title, $r->connections));
    echo "$name: ", count($r->connections), " connections\n";
};

$broker = broker();
$what = version_of('mosquitto_pub');
foreach (['mqttv31' => '3.1', 'mqttv311' => '3.1.1', 'mqttv5' => '5.0'] as $v => $name) {
    $r = new Recorder("127.0.0.1:$broker->port");
    mosquitto_programs($r, $v, $big);
    $save("mosquitto-$name", "mosquitto_pub and mosquitto_sub $what, MQTT $name", $r);
}
$r = new Recorder("127.0.0.1:$broker->port");
mosquitto_five($r);
$save('mosquitto-5.0-properties', "mosquitto_pub, mosquitto_sub and mosquitto_rr $what, MQTT 5.0: properties", $r);

file_put_contents(scratch() . '/empty', '');
$closed = broker('', 'password_file ' . scratch() . "/empty\nallow_anonymous false");
$r = new Recorder("127.0.0.1:$closed->port");
refused($r);
$save('mosquitto-refused', "mosquitto_pub $what with a wrong password", $r);

if ($modules !== null) {
    $of = json_decode(file_get_contents("$modules/mqtt/package.json"))->version;
    foreach ([4 => '3.1.1', 5 => '5.0'] as $level => $name) {
        $r = new Recorder("127.0.0.1:$broker->port");
        $r->run(['node', __DIR__ . '/client.cjs', $modules, (string) $r->port, (string) $level]);
        $save("npm-mqtt-$name", "npm client mqtt $of, MQTT $name", $r);
    }
}
