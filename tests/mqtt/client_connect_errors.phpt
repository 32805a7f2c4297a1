--TEST--
Client: what cannot be connected to is said, as what it is
--EXTENSIONS--
native
posix
pcntl
--INI--
pcre.jit=0
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Packet, Properties, ReasonCode, Version};
require __DIR__ . '/server/broker.inc';
require __DIR__ . '/server/script.inc';

function attempt(string $uri, ?ClientOptions $options = null): void
{
    try {
        (new Client($uri, $options))->connect();
        echo "connected\n";
    } catch (Native\Mqtt\Exception | ValueError $e) {
        echo substr(strrchr($e::class, '\\') ?: "\\" . $e::class, 1), ': ', preg_replace('/:\d{4,5}\b|port \d+/', ':PORT', $e->getMessage()),
            isset($e->reasonCode) ? " [{$e->reasonCode->name}]" : '', "\n";
    }
}

echo "-- refused\n";
attempt('mqtt://127.0.0.1:' . free_port());
attempt('unix:///nonexistent/mqtt.sock');

echo "-- name not found, within the timeout\n";
$begin = microtime(true);
attempt('mqtt://no-such-host.invalid', new ClientOptions(connectTimeout: 2));
echo microtime(true) - $begin < 4 ? "in time\n" : "too late\n";

echo "-- never answers CONNECT\n";
$silent = new ScriptedServer([function (Peer $peer) { $peer->drain(); }]);
$begin = microtime(true);
attempt($silent->uri(), new ClientOptions(connectTimeout: 0.3));
$took = microtime(true) - $begin;
echo $took > 0.25 && $took < 2 ? "in time\n" : "took $took\n";

echo "-- CONNACK says no\n";
$no = new ScriptedServer([
    fn (Peer $p) => $p->packet() && $p->send(new Packet\ConnAck(ReasonCode::NotAuthorized, properties: new Properties(reasonString: 'come back on Monday'))),
    fn (Peer $p) => $p->packet() && $p->send(new Packet\ConnAck(5, version: Version::V3_1_1)),
    fn (Peer $p) => $p->packet() && $p->send(new Packet\Disconnect(ReasonCode::ServerBusy)),
    fn (Peer $p) => $p->packet(),
]);
attempt($no->uri());
attempt($no->uri(), new ClientOptions(version: Version::V3_1_1));
attempt($no->uri());
attempt($no->uri());

echo "-- URIs\n";
foreach (['', 'localhost', 'http://localhost', 'ws://localhost', 'wss://localhost/mqtt', 'mqtt://', 'mqtt://host/path', 'mqtt://host?x=1',
    'mqtt://host:0', 'mqtt://host:65536', 'unix://relative', "mqtt://a\0b"] as $uri) {
    attempt($uri);
}
?>
--EXPECTF--
-- refused
ConnectException: Cannot connect: %sefused%S
ConnectException: Cannot connect: %s/nonexistent/mqtt.sock%S
-- name not found, within the timeout
%rConnectException|TimeoutException%r: Cannot connect: %sno-such-host.invalid%S
in time
-- never answers CONNECT
TimeoutException: Cannot connect: the server did not answer CONNECT in time
in time
-- CONNACK says no
ConnectException: The server refused the connection: Not authorized (come back on Monday) [NotAuthorized]
ConnectException: The server refused the connection: Not authorized [NotAuthorized]
ConnectException: The server ended the connection: Server busy [ServerBusy]
ConnectException: Cannot connect: the server closed the connection
-- URIs
ValueError: Native\Mqtt\Client::__construct(): Argument #1 ($uri) must begin with mqtt://, mqtts:// or unix://
ValueError: Native\Mqtt\Client::__construct(): Argument #1 ($uri) must begin with mqtt://, mqtts:// or unix://
ValueError: Native\Mqtt\Client::__construct(): Argument #1 ($uri) must begin with mqtt://, mqtts:// or unix://
ValueError: Native\Mqtt\Client::__construct(): Argument #1 ($uri) names WebSocket (ws, wss), which is not built in yet
ValueError: Native\Mqtt\Client::__construct(): Argument #1 ($uri) names WebSocket (ws, wss), which is not built in yet
ValueError: Native\Mqtt\Client::__construct(): Argument #1 ($uri) is not a URI such as mqtt://host:PORT
ValueError: Native\Mqtt\Client::__construct(): Argument #1 ($uri) must have nothing after host and port
ValueError: Native\Mqtt\Client::__construct(): Argument #1 ($uri) must have nothing after host and port
%s
ValueError: Native\Mqtt\Client::__construct(): Argument #1 ($uri) is not a URI such as mqtt://host:PORT
ValueError: Native\Mqtt\Client::__construct(): Argument #1 ($uri) must name an absolute path after unix://, as in unix:///run/mqtt.sock
ValueError: Native\Mqtt\Client::__construct(): Argument #1 ($uri) must not contain a zero byte
