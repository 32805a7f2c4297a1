--TEST--
Client: ConnectException::$kind tells which step of connecting failed, TimeoutException::$kind which one took too long
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, ConnectException, ConnectFailure, Packet, ReasonCode, TimeoutException, Version};
require __DIR__ . '/server/broker.inc';
require __DIR__ . '/server/script.inc';

function attempt(string $what, callable $f): void
{
    try {
        $f();
        echo "$what: nothing thrown\n";
    } catch (Native\Mqtt\Exception $e) {
        printf("%s: %s, %s, %s\n", $what, substr(strrchr($e::class, '\\'), 1), $e->kind?->name ?? 'null', $e->reasonCode?->name ?? 'no reason code');
    }
}
function connect(string $uri, mixed ...$options): callable
{
    return fn () => (new Client($uri, new ClientOptions(...$options)))->connect();
}

attempt('name', connect('mqtt://no-such-host.invalid', connectTimeout: 5));
attempt('refused', connect('mqtt://127.0.0.1:' . free_port()));
attempt('no such socket', connect('unix:///nonexistent/mqtt.sock'));

$silent = new ScriptedServer([function (Peer $p) { while ((string) fread($p->socket, 1000) !== ''); }]);
attempt('no CONNACK', connect($silent->uri(), connectTimeout: 0.3));
attempt('no handshake', connect(strtr($silent->uri(), ['mqtt' => 'mqtts']), connectTimeout: 0.3));

// A listener whose queue is full answers no SYN.
$full = stream_socket_server('tcp://127.0.0.1:0', context: stream_context_create(['socket' => ['backlog' => 0]]));
$port = (int) substr(strrchr(stream_socket_get_name($full, false), ':'), 1);
$held = [];
for ($i = 0; $i < 8; $i++) {
    $held[] = stream_socket_client("tcp://127.0.0.1:$port", $code, $text, 5, STREAM_CLIENT_ASYNC_CONNECT | STREAM_CLIENT_CONNECT);
}
attempt('no SYN', connect("mqtt://127.0.0.1:$port", connectTimeout: 0.3));

$no = new ScriptedServer([
    fn (Peer $p) => $p->packet() && $p->send(new Packet\ConnAck(ReasonCode::Banned)),
    fn (Peer $p) => $p->packet() && $p->send(new Packet\ConnAck(2, version: Version::V3_1_1)),
    fn (Peer $p) => $p->packet() && $p->send(new Packet\Disconnect(ReasonCode::ServerBusy)),
    fn (Peer $p) => $p->packet(),
    fn (Peer $p) => $p->packet() && $p->send("HTTP/1.1 400\r\n\r\n"),
    fn (Peer $p) => $p->accept() && $p->packet(),
]);
attempt('CONNACK', connect($no->uri()));
attempt('CONNACK of 3.1.1', connect($no->uri(), version: Version::V3_1_1));
attempt('DISCONNECT', connect($no->uri()));
attempt('closed', connect($no->uri()));
try {
    connect($no->uri())();
} catch (Native\Mqtt\ProtocolException $e) {
    echo 'garbage: ', $e->rule, "\n";
}

echo "-- a time limit of another kind has none\n";
$c = new Client($no->uri());
$c->connect();
attempt('wait', fn () => $c->publish('t', qos: 1)->wait(0.05));

echo "-- on this side\n";
attempt('certificate', connect('mqtts://127.0.0.1', certificate: '/nowhere/c.pem', key: '/nowhere/k.pem'));

echo "-- every case has a value of its own\n";
var_dump((new ConnectException('mine'))->kind, (new TimeoutException('mine'))->kind, ConnectFailure::from('tls-host-name'));
echo implode(' ', array_map(fn ($k) => $k->value, ConnectFailure::cases())), "\n";
?>
--EXPECTF--
name: %rConnectException|TimeoutException%r, NameResolution, no reason code
refused: ConnectException, Refused, no reason code
no such socket: ConnectException, Unreachable, no reason code
no CONNACK: TimeoutException, NoAnswer, no reason code
no handshake: TimeoutException, TlsHandshake, no reason code
no SYN: TimeoutException, Unreachable, no reason code
CONNACK: ConnectException, Server, Banned
CONNACK of 3.1.1: ConnectException, Server, ClientIdentifierNotValid
DISCONNECT: ConnectException, Server, ServerBusy
closed: ConnectException, Closed, no reason code
garbage: %s
-- a time limit of another kind has none
wait: TimeoutException, null, no reason code
-- on this side
certificate: ConnectException, Local, no reason code
-- every case has a value of its own
NULL
NULL
enum(Native\Mqtt\ConnectFailure::TlsHostName)
name refused unreachable tls-handshake tls-certificate tls-host-name no-answer closed server local
