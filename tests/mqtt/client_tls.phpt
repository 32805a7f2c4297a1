--TEST--
Client: TLS with a test CA, mutual TLS, a wrong CA, a wrong host name, an expired certificate, SNI, no TLS at all
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php require __DIR__ . '/server/broker.inc'; broker_skip('mosquitto'); is_executable('/usr/bin/openssl') || die('skip the openssl command is not installed'); ?>
--INI--
pcre.jit=0
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions};
require __DIR__ . '/server/broker.inc';
require __DIR__ . '/../support/certificates.inc';

$ca = new TestCa('CA of this test');
$other = new TestCa('another CA');
$ca->issue('server', ['localhost', '127.0.0.1', 'broker.test']);
$ca->issue('elsewhere', ['elsewhere.test']);
$ca->issue('expired', ['localhost', '127.0.0.1'], days: -1);
$ca->issue('device', [], 'device 7');
$other->issue('stranger', [], 'stranger');

function tls(TestCa $ca, string $name, string $more = ''): Broker
{
    return broker("certfile {$ca->file("$name.crt")}\nkeyfile {$ca->file("$name.key")}\n$more");
}
function attempt(string $what, Broker $broker, ClientOptions $options, ?string $uri = null): void
{
    echo "$what: ";
    try {
        $client = new Client($uri ?? $broker->uri('mqtts'), $options);
        $info = $client->connect();
        $client->subscribe('tls');
        $client->publish('tls', 'hello')->wait();
        $m = $client->receive(5);
        echo $m?->payload, ' over ', strtok($info->tlsVersion ?? 'nothing', '.'), ' alpn ', $info->alpn ?? 'none', "\n";
        $client->disconnect();
    } catch (Native\Mqtt\Exception $e) {
        echo substr(strrchr($e::class, '\\'), 1), ': ', preg_replace('~/\S*/|:\d+\b~', '', $e->getMessage()), "\n";
    }
}

$plain = tls($ca, 'server');
attempt('right CA, file', $plain, new ClientOptions(caFile: $ca->file('ca.crt')));
attempt('right CA, bytes', $plain, new ClientOptions(ca: file_get_contents($ca->file('ca.crt'))));
attempt('a name of the certificate', $plain, new ClientOptions(caFile: $ca->file('ca.crt'), serverName: 'broker.test'));
attempt('wrong CA', $plain, new ClientOptions(caFile: $other->file('ca.crt')));
attempt('CA of the system', $plain, new ClientOptions());
attempt('no verification', $plain, new ClientOptions(verifyPeer: false, verifyHost: false));
attempt('wrong name', $plain, new ClientOptions(caFile: $ca->file('ca.crt'), serverName: 'wrong.test'));
attempt('wrong name, not verified', $plain, new ClientOptions(caFile: $ca->file('ca.crt'), serverName: 'wrong.test', verifyHost: false));
attempt('ALPN that mosquitto does not know', $plain, new ClientOptions(caFile: $ca->file('ca.crt'), alpn: ['mqtt']));
attempt('mqtt:// to a TLS port', $plain, new ClientOptions(connectTimeout: 3), $plain->uri('mqtt'));
attempt('certificate for another host', tls($ca, 'elsewhere'), new ClientOptions(caFile: $ca->file('ca.crt')));
attempt('expired', tls($ca, 'expired'), new ClientOptions(caFile: $ca->file('ca.crt')));
attempt('mqtts:// to a plain port', $p = broker(), new ClientOptions(caFile: $ca->file('ca.crt'), connectTimeout: 3));

$mutual = tls($ca, 'server', "cafile {$ca->file('ca.crt')}\nrequire_certificate true\nuse_identity_as_username true");
$with = fn (TestCa $from, string $name) => new ClientOptions(caFile: $ca->file('ca.crt'), certificate: $from->file("$name.crt"), key: $from->file("$name.key"), connectTimeout: 30);
attempt('mutual', $mutual, $with($ca, 'device'));
attempt('mutual, bytes', $mutual, new ClientOptions(caFile: $ca->file('ca.crt'), certificate: file_get_contents($ca->file('device.crt')), key: file_get_contents($ca->file('device.key'))));
attempt('mutual, no certificate', $mutual, new ClientOptions(caFile: $ca->file('ca.crt'), connectTimeout: 30));
attempt('mutual, of a stranger', $mutual, $with($other, 'stranger'));
echo preg_match("/u'device 7'/", $mutual->logged()) ? "the broker saw device 7\n" : "the broker saw nobody\n";
attempt('key of another certificate', $mutual, new ClientOptions(certificate: $ca->file('device.crt'), key: $ca->file('server.key')));
attempt('no such file', $mutual, new ClientOptions(caFile: '/nowhere/ca.crt'));
?>
--EXPECTF--
right CA, file: hello over TLSv1 alpn none
right CA, bytes: hello over TLSv1 alpn none
a name of the certificate: hello over TLSv1 alpn none
wrong CA: ConnectException: Cannot connect: %s
CA of the system: ConnectException: Cannot connect: %s
no verification: hello over TLSv1 alpn none
wrong name: ConnectException: Cannot connect: %swrong.test%S
wrong name, not verified: hello over TLSv1 alpn none
ALPN that mosquitto does not know: hello over TLSv1 alpn none
mqtt:// to a TLS port: %s: %s
certificate for another host: ConnectException: Cannot connect: %selsewhere.test%S
expired: ConnectException: Cannot connect: %sexpired%S
mqtts:// to a plain port: %s: Cannot connect: %s
mutual: hello over TLSv1 alpn none
mutual, bytes: hello over TLSv1 alpn none
mutual, no certificate: %s: %s
mutual, of a stranger: %s: %s
the broker saw device 7
key of another certificate: ConnectException: %s
no such file: ConnectException: %sca.crt%S
