--TEST--
Client: keep-alive asks, a dead peer is noticed, reconnects back off with jitter, a server's DISCONNECT says why
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, ConnectionInfo, Packet, Properties, ReasonCode};
require __DIR__ . '/server/script.inc';

echo "-- PINGREQ after silence, also with the server's keep-alive\n";
$server = new ScriptedServer([function (Peer $p) {
    $p->accept(properties: new Properties(serverKeepAlive: 1));
    $begin = microtime(true);
    for ($i = 0; $i < 2; $i++) {
        $q = $p->packet();
        $p->report(sprintf('%s after %.0f s', substr(strrchr($q::class, '\\'), 1), microtime(true) - $begin));
        $p->send(new Packet\PingResp());
    }
    $p->drain();
}]);
$c = new Client($server->uri());
echo $c->connect()->keepAlive, "\n";
$c->receive(2.5);
echo $server->report(), "\n", $server->report(), "\n";
unset($c);

echo "-- no PINGRESP\n";
$server = new ScriptedServer([function (Peer $p) { $p->accept(); $p->report($p->drain()); }]);
$c = new Client($server->uri(), new ClientOptions(keepAlive: 1, pingTimeout: 0.3, reconnect: false));
$c->connect();
$begin = microtime(true);
try {
    $c->loopForever();
} catch (Native\Mqtt\ConnectionLostException $e) {
    $after = microtime(true) - $begin; // the first second counts from the CONNECT, which was sent before
    printf("%s after %s s\n", $e->getMessage(), $after > 1.1 && $after < 2 ? 'about 1.3' : $after);
}
unset($c, $e);

echo "-- DISCONNECT of the server\n";
$server = new ScriptedServer([function (Peer $p) {
    $p->accept();
    $p->send(new Packet\Disconnect(ReasonCode::AdministrativeAction, new Properties(reasonString: 'maintenance', serverReference: 'other.example')));
}]);
$c = new Client($server->uri(), new ClientOptions(reconnect: false));
$c->onDisconnect(function (ReasonCode $reason, Native\Mqtt\Exception $why, ?float $retry) {
    echo $reason->name, ', ', get_class($why), ', ', json_encode($retry), "\n";
});
$c->connect();
try {
    $c->loopForever();
} catch (Native\Mqtt\ConnectionLostException $e) {
    echo $e->getMessage(), ' ', $e->getCode(), "\n";
}
foreach (['loop' => fn () => $c->loop(), 'publish' => fn () => $c->publish('a'), 'subscribe' => fn () => $c->subscribe('a')] as $name => $f) {
    try {
        $f();
    } catch (Native\Mqtt\Exception $e) {
        echo "$name: ", $e->getMessage(), "\n";
    }
}

echo "-- back-off: doubling, less up to half, then over when the attempts are used up\n";
$gone = stream_socket_server('tcp://127.0.0.1:0');
$port = (int) substr(strrchr(stream_socket_get_name($gone, false), ':'), 1);
fclose($gone);
$c = new Client("mqtt://127.0.0.1:$port", new ClientOptions(reconnect: 6, reconnectMin: 0.02, reconnectMax: 0.1));
$waits = [];
$c->onDisconnect(function ($reason, $why, ?float $retry) use (&$waits) { $waits[] = $retry; });
$c->start();
try {
    while (true) {
        $c->loop();
    }
} catch (Native\Mqtt\ConnectException $e) {
    echo count($waits), ' attempts failed', "\n";
}
foreach ([0.02, 0.04, 0.08, 0.1, 0.1, 0.1] as $i => $most) {
    $low = $most / 2 - 0.001;
    echo $waits[$i] >= $low && $waits[$i] <= $most ? 'ok ' : "$waits[$i] is not in $low..$most ";
}
echo json_encode($waits[6]), "\n";

echo "-- the session taken over: no fight\n";
$server = new ScriptedServer([function (Peer $p) { $p->accept(); $p->send(new Packet\Disconnect(ReasonCode::SessionTakenOver)); }]);
$c = new Client($server->uri());
$c->connect();
try {
    $c->loopForever();
} catch (Native\Mqtt\ConnectionLostException $e) {
    echo $e->reasonCode->name, "\n";
}
?>
--EXPECT--
-- PINGREQ after silence, also with the server's keep-alive
1
PingReq after 1 s
PingReq after 2 s
-- no PINGRESP
Connection lost: the server gave no sign of life: Keep Alive timeout after about 1.3 s
-- DISCONNECT of the server
AdministrativeAction, Native\Mqtt\ConnectionLostException, null
The server ended the connection: Administrative action (maintenance) 152
loop: The server ended the connection: Administrative action (maintenance)
publish: The server ended the connection: Administrative action (maintenance)
subscribe: The server ended the connection: Administrative action (maintenance)
-- back-off: doubling, less up to half, then over when the attempts are used up
7 attempts failed
ok ok ok ok ok ok null
-- the session taken over: no fight
SessionTakenOver
