--TEST--
Client: the server closes in the middle of a QoS 1 message of 10 MB: told, or sent again whole after the reconnect
--EXTENSIONS--
native
posix
pcntl
--INI--
memory_limit=128M
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Packet, Properties, ReasonCode};
require __DIR__ . '/server/script.inc';

const LEN = 10_000_000;
$payload = random_bytes(1000);
$payload = str_repeat($payload, LEN / 1000);

/** Takes some bytes of it, and closes. */
function half(int $bytes): Closure
{
    return function (Peer $p) use ($bytes) {
        $p->accept();
        for ($n = 0; $n < $bytes; $n += strlen($more)) {
            if ((string) ($more = fread($p->socket, min(65536, $bytes - $n))) === '') {
                break;
            }
        }
        $p->report('closed');
    };
}
$whole = function (Peer $p) use ($payload) {
    $connect = $p->accept(sessionPresent: true);
    while ($q = $p->packet()) {
        if ($q instanceof Packet\Publish) {
            $p->send(new Packet\PubAck($q->packetId));
            $p->report(sprintf('%s, dup %s, clean start %s', $q->payload === $payload ? 'whole' : strlen($q->payload) . ' bytes', var_export($q->dup, true), var_export($connect->cleanStart, true)));
        }
    }
};

echo "-- sent again in the same session\n";
foreach ([1, 100_000, 5_000_000] as $bytes) {
    $server = new ScriptedServer([half($bytes), $whole]);
    $c = new Client($server->uri(), new ClientOptions(sessionExpiry: 60, cleanStart: false, reconnectMin: 0.01, bufferLimit: 20_000_000));
    $c->connect();
    $before = memory_get_usage();
    $d = $c->publish('big', $payload, 1);
    var_dump($d->wait(20)->name);
    echo $server->report(), ', ', $server->report(), "\n";
    unset($d);
    $c->disconnect();
    var_dump(memory_get_usage() - $before < 100_000);
}

echo "-- not sent again: no reconnecting\n";
$server = new ScriptedServer([half(100_000), $whole]);
$c = new Client($server->uri(), new ClientOptions(reconnect: false, bufferLimit: 20_000_000));
$c->connect();
$before = memory_get_usage();
$d = $c->publish('big', $payload, 1);
try {
    $d->wait(20);
} catch (Native\Mqtt\Exception $e) {
    echo $e::class, "\n";
}
unset($e);
$server->report();
unset($d, $c);
var_dump(memory_get_usage() - $before < 100_000);

echo "-- dropped half-sent\n";
for ($i = 0; $i < 2; $i++) {
    $server = new ScriptedServer([function (Peer $p) { $p->accept(); fread($p->socket, 65536); $p->report('some'); sleep(20); }]);
    $c = $i ? Client::persistent($server->uri()) : new Client($server->uri());
    $c->connect();
    $d = $c->publish('big', $payload, 1);
    $c->loop(0.05);
    echo $server->report(), "\n";
    $begin = microtime(true);
    unset($c, $d);
    echo microtime(true) - $begin < 5 ? "at once\n" : "late\n";
}
?>
--EXPECT--
-- sent again in the same session
string(7) "Success"
closed, whole, dup true, clean start false
bool(true)
string(7) "Success"
closed, whole, dup true, clean start false
bool(true)
string(7) "Success"
closed, whole, dup true, clean start false
bool(true)
-- not sent again: no reconnecting
Native\Mqtt\ConnectionLostException
bool(true)
-- dropped half-sent
some
at once
some
at once
