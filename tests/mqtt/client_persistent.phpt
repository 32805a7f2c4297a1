--TEST--
Client::persistent(): one connection a process for the same URI and options, checked before use, not the child's
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php require __DIR__ . '/server/broker.inc'; broker_skip('mosquitto'); ?>
--INI--
pcre.jit=0
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Message, Version, Will};
require __DIR__ . '/server/broker.inc';

$broker = broker();
$uri = $broker->uri();
$connections = fn () => preg_match_all('/New client connected/', $broker->logged());
$options = new ClientOptions(connectTimeout: 3, will: new Will('w', 'x'), userProperties: ['a' => 'b'], reconnectMin: 0.01);

echo "-- the same again\n";
$a = Client::persistent($uri, $options);
$id = $a->connect()->clientId;
var_dump(Client::persistent($uri, $options->with()) === $a); // equal options, another object
$a->subscribe('p', function () use (&$a) {}, 1);
$a->publish('p', 'left behind', 1);
unset($a);
gc_collect_cycles();
$b = Client::persistent($uri, $options);
var_dump($b->isConnected(), $b->connect()->clientId === $id, $connections(), $b->subscriptions());
$b->publish('q', 'x', 1)->wait();

echo "-- other options, another connection\n";
foreach ([$options->with(keepAlive: 61), $options->with(will: new Will('w', 'y')), $options->with(version: Version::V3_1_1, userProperties: []),
    $options->with(userProperties: [['a', 'b'], ['a', 'b']]), $options->with(credentials: 'no_credentials')] as $other) {
    $c = Client::persistent($uri, $other);
    $c->connect();
}
function no_credentials(): array { return [null, null]; }
echo $connections(), "\n";
foreach ([fn () => 'x', [new ArrayObject(), 'count']] as $callable) {
    try {
        Client::persistent($uri, new ClientOptions(credentials: $callable));
    } catch (ValueError $e) {
        echo $e->getMessage(), "\n";
    }
}

echo "-- a message that was not acknowledged goes on without the object\n";
unset($b, $c);
$watch = new Client($uri);
$watch->connect();
$watch->subscribe('late', qos: 2);
$b = Client::persistent($uri, $options);
$b->publish('late', str_repeat('z', 300000), 2);
unset($b);
$b = Client::persistent($uri, $options);
$b->connect();
while ($b->stats()['deliveriesWaiting'] > 0) {
    $b->loop();
}
echo strlen($watch->receive(5)->payload), "\n";

echo "-- a broker that was restarted is noticed\n";
unset($b);
$broker->stop();
$broker->start();
$b = Client::persistent($uri, $options);
var_dump($b->isConnected());
$b->connect();
var_dump($b->publish('q', 'after', 1)->wait()->isError());
$watch->connect();

echo "-- a forked child\n";
$before = $connections();
$pid = guarded_fork();
if ($pid === 0) {
    try {
        $b->publish('q', 'from the child');
    } catch (Native\Mqtt\NotConnectedException $e) {
        echo preg_replace('/\d+/', 'PID', $e->getMessage()), "\n";
    }
    var_dump($b->isConnected());
    $mine = Client::persistent($uri, $options);
    var_dump($mine === $b);
    $mine->connect();
    $mine->publish('q', 'y', 1)->wait();
    unset($mine, $b, $watch, $c); // must not say goodbye for the parent
    exit(0);
}
pcntl_waitpid($pid, $status);
var_dump(pcntl_wifexited($status), $connections() - $before);
var_dump($b->publish('q', 'parent goes on', 1)->wait()->isError(), $b->stats()['connections'], $watch->isConnected(), $watch->loop(0.1));
?>
--EXPECT--
-- the same again
bool(true)
bool(true)
bool(true)
int(1)
array(0) {
}
-- other options, another connection
6
Native\Mqtt\Client::persistent(): Argument #2 ($options) must name credentials and authenticator as function or static method: closures and objects of different requests cannot be compared
Native\Mqtt\Client::persistent(): Argument #2 ($options) must name credentials and authenticator as function or static method: closures and objects of different requests cannot be compared
-- a message that was not acknowledged goes on without the object
300000
-- a broker that was restarted is noticed
bool(false)
bool(false)
-- a forked child
This process is a fork of the one that made the client (PID), and the connection is its parent's: make a new Client
bool(false)
bool(false)
bool(true)
int(1)
bool(false)
int(2)
bool(true)
int(0)
