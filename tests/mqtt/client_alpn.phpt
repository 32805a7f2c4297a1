--TEST--
Client: a protocol agreed by ALPN
--EXTENSIONS--
native
posix
pcntl
openssl
--SKIPIF--
<?php is_executable('/usr/bin/openssl') || die('skip the openssl command is not installed'); ?>
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions};
require __DIR__ . '/server/broker.inc';
require __DIR__ . '/server/script.inc';
require __DIR__ . '/../support/certificates.inc';

$ca = new TestCa('CA');
$ca->issue('server', ['127.0.0.1']);
$server = new ScriptedServer([function (Peer $p) use ($ca) {
    $tls = ['local_cert' => $ca->file('server.crt'), 'local_pk' => $ca->file('server.key'), 'alpn_protocols' => 'x-amzn-mqtt-ca,mqtt'];
    foreach ($tls as $option => $value) { // one by one: an array is deprecated since PHP 8.4
        stream_context_set_option($p->socket, 'ssl', $option, $value);
    }
    @stream_socket_enable_crypto($p->socket, true, STREAM_CRYPTO_METHOD_TLS_SERVER) && $p->accept();
    $p->drain();
}]);
foreach ([['mqtt'], ['x-amzn-mqtt-ca', 'mqtt'], []] as $alpn) {
    $client = new Client("mqtts://127.0.0.1:$server->port", new ClientOptions(caFile: $ca->file('ca.crt'), alpn: $alpn, connectTimeout: 60));
    echo json_encode($alpn), ' ', json_encode($client->connect()->alpn), "\n";
    $client->disconnect();
}
?>
--EXPECT--
["mqtt"] "mqtt"
["x-amzn-mqtt-ca","mqtt"] "x-amzn-mqtt-ca"
[] null
