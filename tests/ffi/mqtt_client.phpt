--TEST--
FFI: the MQTT client against mosquitto: each QoS both ways, retained, will, many, large; what is refused; a broker that is restarted
--EXTENSIONS--
ffi
pcntl
posix
--SKIPIF--
<?php require __DIR__ . '/../mqtt/server/broker.inc'; broker_skip('mosquitto'); ?>
--FILE--
<?php
require __DIR__ . '/../../ffi-decls/autoload.php';
require __DIR__ . '/../mqtt/server/broker.inc';

use Native\Ffi\Mqtt\{Client, ClientException, ClientOptions, Packet, Will};

/** What a call gives, or how it fails. */
function attempt(string $what, callable $call): void
{
    try {
        $got = $call();
        echo "$what: ", json_encode($got), "\n";
    } catch (ClientException $e) {
        echo "$what: $e->kind ", sprintf("%02x", $e->reasonCode), ", ", preg_replace("~(127.0.0.1):[2-9]\d+~", "$1:PORT", $e->getMessage()), "\n";
    } catch (Throwable $e) {
        echo "$what: ", $e::class, ': ', str_replace('private method', 'private', $e->getMessage()), "\n"; // PHP 8.5 says method
    }
}
function show(?Packet $m): array
{
    return $m ? [$m->topic, $m->payload, $m->qos, $m->retain, $m->properties] : ['nothing'];
}

file_put_contents(scratch() . '/acl', "topic readwrite #\ntopic deny secret\n");
$broker = broker('', "max_inflight_messages 20\nmax_queued_messages 0\nacl_file " . scratch() . '/acl');
$quick = new ClientOptions(reconnectMin: 0.02, reconnectMax: 0.2, timeout: 20);

foreach ([5, 4, 3] as $version) {
    echo "-- version $version\n";
    $client = new Client($broker->uri(), $quick->with(version: $version));
    echo json_encode([$client->isConnected(), $client->connect()->type, $client->isConnected(), $client->connect()->reasonCode]), "\n";
    echo json_encode($client->subscribe(['a/+' => 2, 'b' => 1, 'c' => 0])), "\n";
    foreach ([['a/1', 0], ['a/1', 1], ['a/1', 2], ['b', 2], ['c', 2]] as [$topic, $qos]) {
        $client->publish($topic, "q$qos\0", $qos, false, $version === 5 ? [[0x26, ['name', 'value']]] : []);
        echo json_encode(show($client->receive(20))), "\n";
    }
    if ($version === 5) {
        echo $client->publish('nobody', '', 1), "\n"; // No matching subscribers
    }
    // Retained: told when one subscribes, and gone when it is made empty.
    $client->publish("kept/$version", 'state', 1, true);
    $client->subscribe("kept/$version", 1);
    echo json_encode(show($client->receive(20))), "\n";
    $client->publish("kept/$version", '', 1, true);
    $client->receive(20);
    echo json_encode([$client->unsubscribe(['a/+', 'b', 'c', "kept/$version"]), $client->loop(0.0)]), "\n";

    // Larger than every buffer, in pieces; the same at each QoS.
    $large = random_bytes(300000);
    $client->subscribe('large', 2);
    foreach ([0, 1, 2] as $qos) {
        $client->publish('large', $large, $qos);
        echo (int) ($client->receive(20)?->payload === $large);
    }
    // 1,000 messages, in order, by the callback.
    $client->subscribe('many', 2);
    $got = [];
    $client->onMessage(function (Packet $m) use (&$got): void {
        $got[] = $m->payload;
    });
    for ($i = 0; $i < 1000; $i++) {
        $client->publish('many', "$i", $i % 3);
    }
    while (count($got) < 1000 && $client->loop(20.0)) {
    }
    echo ' ', json_encode($got === array_map(strval(...), range(0, 999))), "\n";
    $client->disconnect();
    attempt('after disconnect()', fn () => $client->loop());
}

echo "-- will\n";
$watch = new Client($broker->uri(), $quick);
$watch->connect();
$watch->subscribe('will/+', 1);
$dies = new Client($broker->uri(), $quick->with(will: new Will('will/a', 'died', 1), version: 4));
$dies->connect();
unset($dies);
echo json_encode(show($watch->receive(20))), "\n";
$leaves = new Client($broker->uri(), $quick->with(will: new Will('will/b', 'died', 1)));
$leaves->connect();
$leaves->disconnect();
echo json_encode(show($watch->receive(0.3))), "\n";
$leaves->connect(); // again
$leaves->disconnect(4);
echo json_encode(show($watch->receive(20))), "\n";

echo "-- refused\n";
attempt('a topic that is denied', fn () => $watch->publish('secret', 'x', 1));
attempt('a topic with a wildcard', fn () => $watch->publish('a/+', 'x'));
attempt('a filter that cannot be', fn () => $watch->subscribe('a#'));
attempt('no filter', fn () => $watch->subscribe([]));
attempt('a QoS', fn () => $watch->publish('a', 'x', 3));
attempt('a QoS of a filter', fn () => $watch->subscribe(['a' => 3]));
attempt('a property', fn () => $watch->publish('a', 'x', properties: [[0x02, -1]]));
attempt('a property of other packets', fn () => $watch->publish('a', 'x', properties: [[0x11, 1]]));
attempt('a property of the engine', fn () => $watch->publish('a', 'x', properties: [[0x23, 1]]));
attempt('no property', fn () => $watch->publish('a', 'x', properties: [[0x7f, 1]]));
attempt('a filter that is no string', fn () => $watch->unsubscribe(['a', ['b']]));
attempt('a reason of other packets', fn () => $watch->disconnect(1));
attempt('a reason in its low bits', fn () => $watch->disconnect((1 << 32) + 4));
foreach (['loop', 'receive'] as $method) {
    attempt("no time to $method", fn () => $watch->$method(NAN));
}
attempt('no time to leave', fn () => $watch->disconnect(0, NAN));
attempt('still there', fn () => $watch->publish('will/c', 'x', 2));
$watch->receive(20);
$watch->disconnect();
attempt('never connected', fn () => (new Client($broker->uri()))->publish('a'));
attempt('nobody listens', fn () => (new Client('mqtt://127.0.0.1:1'))->connect());
attempt('no such socket', fn () => (new Client('unix:///nowhere/at/all'))->connect());
attempt('a URI', fn () => new Client('http://127.0.0.1'));
foreach (['mqtt://127.0.0.1/x', 'mqtt://127.0.0.1/?', 'mqtt://127.0.0.1#', "mqtt://127.0.0.1\0.example.org", 'mqtt://' . str_repeat('h', 254), 'ws://127.0.0.1', 'mqtt://', 'unix://socket',
    'unix:///' . str_repeat('s', 107)] as $uri) {
    attempt('URIs', fn () => new Client($uri));
}
attempt('an option', fn () => new ClientOptions(keepAlive: 65536));
attempt('a version', fn () => new ClientOptions(version: 6));
attempt('clone', fn () => clone $watch);
attempt('serialize', fn () => serialize($watch));

echo "-- a server that says nothing\n";
$mute = stream_socket_server('tcp://127.0.0.1:0');
$uri = 'mqtt://' . stream_socket_get_name($mute, false);
attempt('no CONNACK', fn () => (new Client($uri, $quick->with(connectTimeout: 0.2)))->connect());
while (@stream_socket_accept($mute, 0)) {
}
$pid = pcntl_fork();
if ($pid === 0) {
    $peers = [];
    while ($peer = stream_socket_accept($mute, 20)) {
        fwrite($peer, "\x20\x03\0\0\0"); // and not one byte more
        $peers[] = $peer;
    }
    posix_kill(getmypid(), 9);
}
$client = new Client($uri, $quick->with(keepAlive: 1, pingTimeout: 0.2, reconnect: false));
$client->connect();
attempt('no answer', fn () => $client->subscribe('a'));
attempt('and then', fn () => $client->subscribe('a'));
$client = new Client($uri, $quick->with(timeout: 0.1));
$client->connect();
attempt('not in time', fn () => $client->publish('a', 'x', 1));
attempt('... nor that', fn () => $client->unsubscribe('a'));
attempt('... but that', fn () => $client->publish('a', 'x'));
$client->disconnect();
posix_kill($pid, 9);
pcntl_waitpid($pid, $status);
fclose($mute);

echo "-- signals\n"; // with an error handler PHP 8.2 crashed: stream_select() warns, and the signal's handler throws as the other one begins
$client = new Client($broker->uri(), $quick);
$client->connect();
set_error_handler(fn () => true);
pcntl_async_signals(true);
pcntl_signal(SIGALRM, fn () => throw new DomainException('from the handler'));
pcntl_alarm(1);
attempt('a signal', fn () => $client->receive(20));
pcntl_async_signals(false);
restore_error_handler();
$client->disconnect(0, INF);

echo "-- keep alive\n";
$client = new Client($broker->uri(), $quick->with(keepAlive: 1, clientId: 'alive', reconnect: false));
$client->connect();
$start = microtime(true);
while (microtime(true) - $start < 20 && substr_count($broker->logged(), 'Received PINGREQ from alive') < 2) {
    $client->loop(0.1);
}
$seconds = microtime(true) - $start;
echo json_encode([$client->isConnected(), $seconds >= 1.9, $seconds < 20]), "\n";
$client->disconnect();

echo "-- a broker that is restarted\n";
foreach ([5, 4] as $version) {
    $client = new Client($broker->uri(), $quick->with(version: $version));
    $told = [];
    $client->onConnect(function (Packet $connack) use (&$told): void {
        $told[] = 'connected';
    });
    $client->onDisconnect(function (ClientException $why, ?float $retryIn) use (&$told): void {
        if (end($told) !== 'lost') { // attempts fail until the broker is there again
            $told[] = $retryIn === null ? "end: $why->kind" : 'lost';
        }
    });
    $client->connect();
    $client->subscribe(['again/#', 'other', 'gone']);
    $client->subscribe('again/#', 1); // replaces that at QoS 0
    $client->unsubscribe('gone');
    $broker->stop(9);
    $asked = substr_count($broker->logged(), 'again/# (QoS');
    $client->loop(0.1);
    echo json_encode($client->isConnected()), ' ';
    $broker->start();
    echo $client->publish('again/1', 'after', 2); // waits for the connection
    $m = $client->receive(20);
    $client->publish('other', 'too', 1);
    $client->publish('gone', '?', 1);
    echo ' ', json_encode([$m?->payload, $m?->qos, substr_count($broker->logged(), 'again/# (QoS') - $asked, $client->receive(20)?->payload, $client->receive(0.1)?->payload, $told]), "\n";
    $client->disconnect();
    echo end($told), "\n";
}
$client = new Client($broker->uri(), $quick->with(reconnect: 2));
$client->connect();
$broker->stop();
attempt('no broker any more', fn () => $client->receive(20));

echo "-- password\n";
file_put_contents(scratch() . '/passwords', 'ada:' . password('right') . "\n");
$guarded = broker('', 'allow_anonymous false' . "\npassword_file " . scratch() . '/passwords');
attempt('none', fn () => (new Client($guarded->uri()))->connect());
attempt('wrong', fn () => (new Client(str_replace('//', '//ada:wrong@', $guarded->uri())))->connect());
attempt('wrong, 3.1.1', fn () => (new Client($guarded->uri(), new ClientOptions(username: 'ada', password: 'wrong', version: 4)))->connect());
attempt('right', fn () => (new Client(str_replace('//', '//ada:%72ight@', $guarded->uri())))->connect()->reasonCode);

/** As mosquitto_passwd writes it: PBKDF2, SHA-512. */
function password(string $password): string
{
    $salt = random_bytes(12);
    return '$7$101$' . base64_encode($salt) . '$' . base64_encode(hash_pbkdf2('sha512', $password, $salt, 101, 64, true));
}

echo "-- a URI as Native\Mqtt\Client takes it\n";
foreach (['mqtt://%s/', 'MQTT://%s', 'tcp://%s'] as $form) {
    attempt($form, fn () => (new Client(sprintf($form, substr($guarded->uri(), strlen('mqtt://'))), new ClientOptions(username: 'ada', password: 'right')))->connect()->reasonCode);
}

echo "-- a Unix socket\n";
$local = broker('', '', scratch() . '/socket');
attempt('unix', function () use ($local): int {
    $client = new Client(str_replace('unix:', 'UNIX:', $local->uri()));
    $client->connect();
    return $client->publish('a', 'x', 2);
});

echo "-- inbox, callbacks, forks\n";
$client = new Client($local->uri(), $quick->with(inboxLimit: 1000));
$client->connect();
$client->subscribe('in', 1);
$client->publish('in', str_repeat('a', 600), 1);
attempt('too much waits', function () use ($client): void {
    $client->publish('in', str_repeat('b', 600), 1);
    $client->subscribe('x');
    $client->loop(1.0);
});
attempt('one too large', function () use ($client): void {
    $client->publish('in', str_repeat('c', 200000), 1);
    $client->subscribe('x');
    $client->loop(1.0);
});
echo json_encode([strlen($client->receive(20)->payload), $client->receive(0)]), "\n";
$client->onMessage(function (Packet $m) use ($client): void {
    if ($m->payload === 'throw') {
        throw new DomainException('from the callback');
    }
    $client->publish('in', 'throw', 1); // a callback may use the client
});
$client->publish('in', 'first', 1);
attempt('a callback', function () use ($client): void {
    while ($client->loop(20.0)) {
    }
});
// Messages keep their order, and callbacks do not nest, also when a callback waits.
$seen = [];
$depth = $deepest = 0;
$client->onMessage(function (Packet $m) use ($client, &$seen, &$depth, &$deepest): void {
    $deepest = max($deepest, ++$depth);
    $seen[] = $m->payload;
    $m->payload < 50 && $client->publish('nobody', '', 2);
    $depth--;
});
$other = new Client($local->uri(), $quick);
$other->connect();
for ($i = 1; $i <= 100; $i++) {
    $other->publish('in', "$i", 1);
}
while (count($seen) < 100 && $client->loop(20.0)) {
}
echo json_encode([$seen === array_map(strval(...), range(1, 100)), $deepest]), "\n";
// Who only publishes at QoS 0 notices a broker that has gone, too.
$local->stop();
attempt('QoS 0', function () use ($other): void {
    $other->onDisconnect(fn (ClientException $e) => throw new DomainException("$e->kind"));
    for ($i = 0; $i < 1000; $i++) {
        $other->publish('in', 'x');
    }
});
$local->start();
$pid = pcntl_fork();
if ($pid === 0) {
    attempt('in a child', fn () => $client->publish('in', 'x'));
    posix_kill(getmypid(), 9);
}
pcntl_waitpid($pid, $status);
attempt('in the parent', fn () => $client->publish('nobody', 'x', 2));
?>
--EXPECT--
-- version 5
[false,2,true,0]
{"a\/+":2,"b":1,"c":0}
["a\/1","q0\u0000",0,false,[[38,["name","value"]]]]
["a\/1","q1\u0000",1,false,[[38,["name","value"]]]]
["a\/1","q2\u0000",2,false,[[38,["name","value"]]]]
["b","q2\u0000",1,false,[[38,["name","value"]]]]
["c","q2\u0000",0,false,[[38,["name","value"]]]]
16
["kept\/5","state",1,true,[]]
[{"a\/+":0,"b":0,"c":0,"kept\/5":0},0]
111 true
after disconnect(): not_connected 00, There is no connection
-- version 4
[false,2,true,0]
{"a\/+":2,"b":1,"c":0}
["a\/1","q0\u0000",0,false,[]]
["a\/1","q1\u0000",1,false,[]]
["a\/1","q2\u0000",2,false,[]]
["b","q2\u0000",1,false,[]]
["c","q2\u0000",0,false,[]]
["kept\/4","state",1,true,[]]
[{"a\/+":0,"b":0,"c":0,"kept\/4":0},0]
111 true
after disconnect(): not_connected 00, There is no connection
-- version 3
[false,2,true,0]
{"a\/+":2,"b":1,"c":0}
["a\/1","q0\u0000",0,false,[]]
["a\/1","q1\u0000",1,false,[]]
["a\/1","q2\u0000",2,false,[]]
["b","q2\u0000",1,false,[]]
["c","q2\u0000",0,false,[]]
["kept\/3","state",1,true,[]]
[{"a\/+":0,"b":0,"c":0,"kept\/3":0},0]
111 true
after disconnect(): not_connected 00, There is no connection
-- will
["will\/a","died",1,false,[]]
["nothing"]
["will\/b","died",1,false,[]]
-- refused
a topic that is denied: refused 87, The message was refused: Not authorized, 0x87
a topic with a wildcard: Native\Ffi\Mqtt\MalformedPacket: Byte 2: the topic name contains a wildcard
a filter that cannot be: Native\Ffi\Mqtt\MalformedPacket: Byte 1: # is not alone in the last level of the topic filter
no filter: ValueError: There is no topic filter
a QoS: ValueError: $qos must be 0, 1 or 2
a QoS of a filter: ValueError: $qos must be 0, 1 or 2
a property: ValueError: properties[0]: Message Expiry Interval must be an integer between 0 and 4294967295
a property of other packets: ValueError: Property 17 cannot be in a message to the server
a property of the engine: ValueError: Property 35 cannot be in a message to the server
no property: ValueError: properties[0]: there is no property 127
a filter that is no string: ValueError: A topic filter must be a string
a reason of other packets: ValueError: $reason must be a reason code that DISCONNECT can have
a reason in its low bits: ValueError: $reason must be a reason code that DISCONNECT can have
no time to loop: ValueError: $timeout must be a number of seconds
no time to receive: ValueError: $timeout must be a number of seconds
no time to leave: ValueError: $timeout must be a number of seconds
still there: 0
never connected: not_connected 00, There is no connection
nobody listens: transport 00, No connection: Unable to connect to tcp://127.0.0.1:1 (Connection refused)
no such socket: transport 00, No connection: Unable to connect to unix:///nowhere/at/all (No such file or directory)
a URI: ValueError: The URI must be mqtt://host[:port], mqtts://host[:port] or unix:///path
URIs: ValueError: The URI must be mqtt://host[:port], mqtts://host[:port] or unix:///path
URIs: ValueError: The URI must be mqtt://host[:port], mqtts://host[:port] or unix:///path
URIs: ValueError: The URI must be mqtt://host[:port], mqtts://host[:port] or unix:///path
URIs: ValueError: The URI must be mqtt://host[:port], mqtts://host[:port] or unix:///path
URIs: ValueError: The URI must be mqtt://host[:port], mqtts://host[:port] or unix:///path
URIs: ValueError: The URI must be mqtt://host[:port], mqtts://host[:port] or unix:///path
URIs: ValueError: The URI must be mqtt://host[:port], mqtts://host[:port] or unix:///path
URIs: ValueError: The URI must be mqtt://host[:port], mqtts://host[:port] or unix:///path
URIs: ValueError: The path of a Unix socket has at most 107 bytes
an option: ValueError: $keepAlive must be between 0 and 65535
a version: ValueError: $version must be 3, 4 or 5
clone: Error: Call to private Native\Ffi\Mqtt\Client::__clone() from global scope
serialize: LogicException: A client cannot be serialized
-- a server that says nothing
no CONNACK: timeout 00, No connection within 0.2 seconds
no answer: keep_alive 8d, The server gives no sign of life
and then: not_connected 00, There is no connection
not in time: no_answer 00, The message was not acknowledged within 0.1 seconds
... nor that: no_answer 00, No answer within 0.1 seconds
... but that: 0
-- signals
a signal: DomainException: from the handler
-- keep alive
[true,true,true]
-- a broker that is restarted
false 0 ["after",1,1,"too",null,["connected","lost","connected"]]
end: stopped
false 0 ["after",1,1,"too",null,["connected","lost","connected"]]
end: stopped
no broker any more: transport 00, No connection: Unable to connect to tcp://127.0.0.1:PORT (Connection refused)
-- password
none: refused 87, The server refused the connection: Not authorized, 0x87
wrong: refused 87, The server refused the connection: Not authorized, 0x87
wrong, 3.1.1: refused 87, The server refused the connection: Not authorized, 0x87
right: 0
-- a URI as Native\Mqtt\Client takes it
mqtt://%s/: 0
MQTT://%s: 0
tcp://%s: 0
-- a Unix socket
unix: 0
-- inbox, callbacks, forks
too much waits: inbox 97, More messages wait than $inboxLimit allows
one too large: inbox 97, More messages wait than $inboxLimit allows
[600,null]
a callback: DomainException: from the callback
[true,1]
QoS 0: DomainException: closed
in a child: not_connected 00, The connection belongs to the parent process
in the parent: 0
