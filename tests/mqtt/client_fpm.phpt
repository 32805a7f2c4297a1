--TEST--
Client::persistent() under php-fpm: the second request uses the connection of the first, also over TLS
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php
require __DIR__ . '/server/broker.inc';
require __DIR__ . '/../support/fpm.inc';
broker_skip('mosquitto');
fpm_skip();
?>
--INI--
pcre.jit=0
--FILE--
<?php
require __DIR__ . '/server/broker.inc';
require __DIR__ . '/../support/certificates.inc';
require __DIR__ . '/../support/fpm.inc';

$ca = new TestCa('CA of php-fpm');
$ca->issue('server', ['127.0.0.1']);
$broker = broker("certfile {$ca->file('server.crt')}\nkeyfile {$ca->file('server.key')}");
file_put_contents(scratch() . '/page.php', <<<'PHP'
<?php
use Native\Mqtt\{Client, ClientOptions};
$client = Client::persistent($_SERVER['MQTT_URI'], new ClientOptions(caFile: $_SERVER['CA_FILE'], clientId: 'page-' . getmypid()));
$standing = $client->isConnected();
$client->connect();
// What a request leaves behind must not reach the next: callbacks, subscriptions, messages that nobody took.
$client->onMessage(fn ($m) => print("unexpected message of $m->topic\n"));
$client->subscribe('mine/' . $_SERVER['N'], fn ($m) => print("got $m->payload\n"), 1);
$client->publish('mine/' . $_SERVER['N'], "hello $_SERVER[N]", 1);
$client->loop(1);
while ($client->stats()['messagesReceived'] < 1) {
    $client->loop(1);
}
$client->publish('other', str_repeat('x', 100000), 2); // nobody waits for it
echo $standing ? 'stands' : 'new', ', request ', $_SERVER['N'], ', ', count($client->subscriptions()), " subscription\n";
if ($_SERVER['N'] === '3') {
    $GLOBALS['cycle'] = [$client, fn () => $GLOBALS['cycle']];
    throw new Exception('not caught');
}
PHP);

$fpm = new Fpm();
for ($n = 1; $n <= 5; $n++) {
    echo $fpm->request(scratch() . '/page.php', ['MQTT_URI' => $broker->uri('mqtts'), 'CA_FILE' => $ca->file('ca.crt'), 'N' => (string) $n]);
}
preg_match_all('/New client connected from 127\.0\.0\.1:(\d+) as page-/', $broker->logged(), $ports);
echo count($ports[1]), " connection\n";
for ($i = 0; $i < 500 && preg_match_all('/Received UNSUBSCRIBE from page-/', $broker->logged(), $undone) < 5; $i++) {
    usleep(10000); // the broker writes its log when it has time
}
echo count($undone[0]), " unsubscribed\n";
$fpm->stop();
// The worker takes leave when it ends.
for ($i = 0; $i < 500 && !preg_match('/Client page-\d+ disconnected\.|Received DISCONNECT from page-/', $broker->logged()); $i++) {
    usleep(10000);
}
echo preg_match('/Received DISCONNECT from page-/', $broker->logged()) ? "DISCONNECT at the end\n" : "no DISCONNECT\n";
?>
--EXPECTF--
got hello 1
new, request 1, 1 subscription
got hello 2
stands, request 2, 1 subscription
got hello 3
stands, request 3, 1 subscription
%A
got hello 4
stands, request 4, 1 subscription
got hello 5
stands, request 5, 1 subscription
1 connection
5 unsubscribed
DISCONNECT at the end
