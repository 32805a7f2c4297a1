--TEST--
Client: ConnectException::$kind tells a bad certificate, a wrong host name and a failed handshake apart
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php require __DIR__ . '/server/broker.inc'; broker_skip('mosquitto'); is_executable('/usr/bin/openssl') || die('skip the openssl command is not installed'); ?>
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, ConnectException};
require __DIR__ . '/server/broker.inc';
require __DIR__ . '/../support/certificates.inc';

$ca = new TestCa('CA of this test');
$other = new TestCa('another CA');
$ca->issue('server', ['localhost', '127.0.0.1']);
$ca->issue('expired', ['localhost', '127.0.0.1'], days: -1);

function tls(TestCa $ca, string $name): Broker
{
    return broker("certfile {$ca->file("$name.crt")}\nkeyfile {$ca->file("$name.key")}\n");
}
function attempt(string $what, string $uri, mixed ...$options): void
{
    try {
        (new Client($uri, new ClientOptions(...$options)))->connect();
        echo "$what: connected\n";
    } catch (ConnectException $e) {
        echo "$what: {$e->kind?->value}\n";
    }
}

$file = $ca->file('ca.crt');
$good = tls($ca, 'server');
$expired = tls($ca, 'expired');
$plain = broker();
attempt('good', $good->uri('mqtts'), caFile: $file);
attempt('unknown issuer', $good->uri('mqtts'), caFile: $other->file('ca.crt'));
attempt('expired', $expired->uri('mqtts'), caFile: $file);
attempt('host name', $good->uri('mqtts'), caFile: $file, serverName: 'wrong.test');
attempt('no TLS there', $plain->uri('mqtts'), caFile: $file);
attempt('CA file', $good->uri('mqtts'), caFile: '/nowhere/ca.crt');
?>
--EXPECTF--
good: connected
unknown issuer: tls-certificate
expired: tls-certificate
host name: tls-host-name
no TLS there: %rtls-handshake|closed%r
CA file: local
