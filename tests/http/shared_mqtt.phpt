--TEST--
MQTT over TLS: a second command of the same user resumes the session of the first, also with a client certificate
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php require __DIR__ . '/../mqtt/server/broker.inc'; broker_skip('mosquitto'); is_executable('/usr/bin/openssl') || die('skip the openssl command is not installed'); ?>
--FILE--
<?php
require __DIR__ . '/shared.inc';
require __DIR__ . '/../mqtt/server/broker.inc';

$ca = new TestCa('CA of a broker');
$ca->issue('server', ['localhost', '127.0.0.1']);
$ca->issue('device', [], 'device 7');
$plain = broker("certfile {$ca->file('server.crt')}\nkeyfile {$ca->file('server.key')}");
$mutual = broker("certfile {$ca->file('server.crt')}\nkeyfile {$ca->file('server.key')}\ncafile {$ca->file('ca.crt')}\nrequire_certificate true");
$connect = fn (Broker $broker, string $options = '') => shared_php("\$c = new Native\\Mqtt\\Client('{$broker->uri('mqtts')}', new Native\\Mqtt\\ClientOptions(...(['caFile' => '{$ca->file('ca.crt')}', $options])));"
    . ' try { $c->connect(); $c->subscribe("t"); $c->publish("t", "hello")->wait(); echo $c->receive(20)?->payload; $c->disconnect(); } catch (Native\Mqtt\Exception $e) { echo $e->getMessage(); }'
    . ' $s = Native\status()["share"]; echo ", sessions found $s[sessions_found], stored ", (int) ($s["sessions_stored"] > 0), "\n";');
$stores = (int) Native\status()['tls13']; // of TLS 1.3 each connection leaves a new one
$show = fn (string $out) => strtr($out, ["stored $stores" => 'stored as it should be']);
echo 'the first: ', $connect($plain);
echo 'the second: ', $show($connect($plain));
echo 'name not verified: ', $connect($plain, "'verifyHost' => false");
$device = "'certificate' => '{$ca->file('device.crt')}', 'key' => '{$ca->file('device.key')}'";
echo 'with a client certificate: ', $connect($mutual, $device);
echo 'again: ', $show($connect($mutual, $device));
?>
--EXPECT--
the first: hello, sessions found 0, stored 1
the second: hello, sessions found 1, stored as it should be
name not verified: hello, sessions found 0, stored 1
with a client certificate: hello, sessions found 0, stored 1
again: hello, sessions found 1, stored as it should be
