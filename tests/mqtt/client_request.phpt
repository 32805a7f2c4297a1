--TEST--
Client: request() and its answer, subscribe options and refusals, Unix socket
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php require __DIR__ . '/server/broker.inc'; broker_skip('mosquitto'); ?>
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Message, Packet, Properties, Subscription, Version};
require __DIR__ . '/server/broker.inc';
require __DIR__ . '/server/script.inc';

$broker = broker(socket: scratch() . '/mqtt.sock');
echo "-- request\n";
$service = guarded_fork();
if ($service === 0) {
    $s = new Client($broker->uri());
    $s->connect();
    $s->subscribe('service/+', function (Message $m, array $w) use ($s) {
        if ($w[0] === 'silent') {
            return;
        }
        // Somebody else's answer first, and one without correlation data: neither is taken for the right one.
        $s->publish($m->properties->responseTopic, 'wrong', properties: new Properties(correlationData: str_repeat('x', 16)));
        $s->publish($m->properties->responseTopic, 'none');
        $s->publish($m->properties->responseTopic, strrev($m->payload) . ' ' . ($m->properties->contentType ?? '-'), 1,
            properties: new Properties(correlationData: $m->properties->correlationData));
    }, 1);
    $s->publish('ready', '1', 0, true)->wait();
    $s->loopForever();
}
$c = new Client($broker->uri());
echo basename($c->connect()->peer), "\n";
$c->subscribe('ready');
$c->receive(10);
echo $c->request('service/a', 'abc')->payload, "\n";
echo $c->request('service/b', 'def', 5.0, 1, new Properties(contentType: 'text/plain'))->payload, "\n";
try {
    $c->request('service/silent', 'x', 0.2);
} catch (Native\Mqtt\TimeoutException $e) {
    echo $e->getMessage(), "\n";
}
foreach ([fn () => $c->request('a', 'b', null, 0, new Properties(correlationData: 'x')), fn () => $c->request('a/#'),
    fn () => (new Client($broker->uri(), new ClientOptions(version: Version::V3_1_1)))->request('a')] as $bad) {
    try {
        $bad();
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
var_dump($c->receive(0.1), count($c->subscriptions()));
posix_kill($service, SIGKILL);
pcntl_waitpid($service, $status);

echo "-- subscription options\n";
$c->subscribe(new Subscription('own', 1, noLocal: true), qos: 0);
$c->publish('own', 'x', 1)->wait();
$c->publish('kept', 'k', 1, true)->wait();
$c->subscribe('kept', retainHandling: Subscription::SEND_NO_RETAINED);
var_dump($c->receive(0.2));
print_r(array_map(fn ($r) => $r->name, $c->subscribe(['x' => 2, 'y' => 0, '7' => 1])));
foreach ([fn () => $c->subscribe('a/#/b'), fn () => $c->subscribe(''), fn () => $c->subscribe([]), fn () => $c->subscribe(['a', 'a']),
    fn () => $c->subscribe(['a' => 3]), fn () => $c->subscribe([1.5]), fn () => $c->subscribe('a', qos: 3), fn () => $c->subscribe(17.5),
    fn () => $c->unsubscribe('$share/a'), fn () => $c->publish('a/+'), fn () => $c->publish(''), fn () => $c->publish("a\0b"), fn () => $c->publish('a', '', 3),
    fn () => $c->publish("\xff"), fn () => $c->publish('a', '', 0, false, new Properties(sessionExpiryInterval: 1))] as $bad) {
    try {
        $bad();
        echo "nothing thrown\n";
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
$c->disconnect();

echo "-- refusals\n";
$server = new ScriptedServer([function (Peer $p) {
    $p->accept();
    $s = $p->packet();
    $p->send(new Packet\SubAck($s->packetId, [0x87]));
    $s = $p->packet();
    $p->send(new Packet\SubAck($s->packetId, [1, 0x8f]));
    $q = $p->packet();
    $p->send(new Packet\PubAck($q->packetId, Native\Mqtt\ReasonCode::QuotaExceeded, new Properties(reasonString: 'too much')));
    $q = $p->packet();
    $p->send(new Packet\PubAck($q->packetId, Native\Mqtt\ReasonCode::NoMatchingSubscribers));
    fclose($p->socket);
}, function (Peer $p) {
    $p->accept();
    $s = $p->packet();
    $p->report(implode(' ', array_map(fn ($x) => $x->filter, $s->subscriptions)));
    $p->send(new Packet\SubAck($s->packetId, [0x80]));
    $p->drain();
}]);
$c = new Client($server->uri(), new ClientOptions(reconnectMin: 0.01));
$c->connect();
try {
    $c->subscribe('forbidden', fn () => 0);
} catch (Native\Mqtt\RefusedException $e) {
    echo $e->reasonCode->name, ' ', $e->getMessage(), "\n";
}
print_r(array_map(fn ($r) => $r->name, $c->subscribe(['good', 'bad'], fn () => 0)));
echo json_encode(array_map(fn ($r) => $r->name, $c->subscriptions())), "\n";
$d = $c->publish('a', 'b', 1);
try {
    $d->wait();
} catch (Native\Mqtt\RefusedException $e) {
    echo $e->reasonCode->name, ' ', $e->getMessage(), ' ', $d->properties()->reasonString, ' ', $d->reasonCode()->name, "\n";
}
echo $c->publish('a', 'b', 1)->wait()->name, "\n";
while ($c->stats()['connections'] < 2 || $c->subscriptions()['good']->value < 0x80) {
    $c->loop();
}
echo $server->report(), ', then ', json_encode(array_map(fn ($r) => $r->name, $c->subscriptions())), "\n";
?>
--EXPECTF--
-- request
mqtt.sock
cba -
fed text/plain
No answer within the time given
ValueError: Native\Mqtt\Client::request(): Argument #5 ($properties) must not have responseTopic or correlationData
Native\Mqtt\ProtocolException: PUBLISH: %s
ValueError: Native\Mqtt\Client::request() needs MQTT 5.0
NULL
int(1)
-- subscription options
NULL
Array
(
    [x] => GrantedQos2
    [y] => Success
    [7] => GrantedQos1
)
Native\Mqtt\ProtocolException: SUBSCRIBE: %s
Native\Mqtt\ProtocolException: SUBSCRIBE: %s
ValueError: %s must hold at least one topic filter
ValueError: %s must not hold the same topic filter twice
ValueError: %s must hold a QoS of 0, 1 or 2 for each topic filter
ValueError: %s must hold topic filters, Native\Mqtt\Subscription objects, or filter => QoS
ValueError: %s must be 0, 1 or 2
TypeError: %s must be of type Native\Mqtt\Subscription|array|string, float given
Native\Mqtt\ProtocolException: UNSUBSCRIBE: %s
Native\Mqtt\ProtocolException: PUBLISH: %s
Native\Mqtt\ProtocolException: PUBLISH: %s
Native\Mqtt\ProtocolException: PUBLISH: %s
ValueError: %s must be 0, 1 or 2
Native\Mqtt\ProtocolException: PUBLISH: %s
Native\Mqtt\ProtocolException: PUBLISH: %s
-- refusals
NotAuthorized The server refused to subscribe (0x87)
Array
(
    [good] => GrantedQos1
    [bad] => TopicFilterInvalid
)
{"good":"GrantedQos1"}
QuotaExceeded The message was refused with 0x97: too much too much QuotaExceeded
NoMatchingSubscribers
good, then {"good":"UnspecifiedError"}
