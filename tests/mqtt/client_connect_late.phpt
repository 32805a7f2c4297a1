--TEST--
Client: a connect that runs out of time in the TLS handshake says so, each time
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, TimeoutException};
require __DIR__ . '/server/script.inc';

$silent = new ScriptedServer([function (Peer $p) { while ((string) fread($p->socket, 1000) !== ''); }]);
$seen = [];
for ($i = 0; $i < 40; $i++) {
    try {
        (new Client(strtr($silent->uri(), ['mqtt' => 'mqtts']), new ClientOptions(connectTimeout: 0.05)))->connect();
    } catch (TimeoutException $e) {
        $seen[$e->kind->name] = true;
    }
}
echo implode(' ', array_keys($seen)), "\n";
?>
--EXPECT--
TlsHandshake
