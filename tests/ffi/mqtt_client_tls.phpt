--TEST--
FFI: the MQTT client over TLS: a test CA, mutual TLS, a wrong CA, a wrong name, no TLS at all; a large message
--EXTENSIONS--
ffi
openssl
pcntl
posix
--SKIPIF--
<?php require __DIR__ . '/../mqtt/server/broker.inc'; broker_skip('mosquitto'); is_executable('/usr/bin/openssl') || die('skip the openssl command is not installed'); ?>
--FILE--
<?php
require __DIR__ . '/../../ffi-decls/autoload.php';
require __DIR__ . '/../mqtt/server/broker.inc';
require __DIR__ . '/../support/certificates.inc';

use Native\Ffi\Mqtt\{Client, ClientException, ClientOptions};

$ca = new TestCa('CA of this test');
$other = new TestCa('another CA');
$ca->issue('server', ['localhost', '127.0.0.1']);
$ca->issue('elsewhere', ['elsewhere.test']);
$ca->issue('device', [], 'device 7');

function tls(TestCa $ca, string $name, string $more = ''): Broker
{
    return broker("certfile {$ca->file("$name.crt")}\nkeyfile {$ca->file("$name.key")}\n$more");
}
function attempt(string $what, Broker $broker, ClientOptions $options): void
{
    try {
        $client = new Client($broker->uri('mqtts'), $options->with(timeout: 20));
        $client->connect();
        $client->subscribe('tls', 2);
        $large = random_bytes(1000000);
        $got = [];
        foreach ([0, 1, 2] as $qos) {
            $client->publish('tls', $large, $qos);
            $got[] = $client->receive(20)?->payload === $large;
        }
        $client->disconnect();
        echo "$what: ", json_encode($got), "\n";
    } catch (ClientException $e) {
        echo "$what: $e->kind: ", preg_match('/verify failed|did not match|wrong version|packet length|record layer|alert|SSL|enable crypto/i', $e->getMessage()) ? 'TLS' : $e->getMessage(), "\n";
    }
}

$trusted = new ClientOptions(caFile: $ca->file('ca.crt'));
$broker = tls($ca, 'server');
attempt('trusted', $broker, $trusted);
attempt('another CA', $broker, new ClientOptions(caFile: $other->file('ca.crt')));
attempt('... not asked for', $broker, new ClientOptions(verifyPeer: false, verifyHost: false));
$named = tls($ca, 'elsewhere');
attempt('another name', $named, $trusted);
attempt('... not asked for', $named, $trusted->with(verifyHost: false));
attempt('... that is meant', $named, $trusted->with(serverName: 'elsewhere.test'));
$mutual = tls($ca, 'server', "require_certificate true\ncafile {$ca->file('ca.crt')}\n");
attempt('our certificate', $mutual, $trusted->with(certificate: $ca->file('device.crt'), key: $ca->file('device.key')));
attempt('no TLS there', broker(), $trusted->with(connectTimeout: 5));
?>
--EXPECT--
trusted: [true,true,true]
another CA: transport: TLS
... not asked for: [true,true,true]
another name: transport: TLS
... not asked for: [true,true,true]
... that is meant: [true,true,true]
our certificate: [true,true,true]
no TLS there: transport: TLS
