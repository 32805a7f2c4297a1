--TEST--
native.trace: a line for each MQTT packet sent and received, decoded, without passwords, authentication data and payloads
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
use Native\Mqtt\{Client, ClientOptions, Message, Packet, Properties, ReasonCode, Subscription, Version, Will};
require __DIR__ . '/server/script.inc';
require __DIR__ . '/../support/scratch.inc';

$file = scratch() . '/trace';
$server = new ScriptedServer([
    function (Peer $p) {
        $p->accept(properties: new Properties(assignedClientIdentifier: 'given', authenticationData: 'SECRET-data', authenticationMethod: 'M'));
        $p->send(new Packet\SubAck($p->packet()->packetId, [ReasonCode::GrantedQos1, ReasonCode::NotAuthorized]));
        $p->send(new Packet\Publish("a\e[31m\"b\"", str_repeat('SECRET-payload', 1000), 1, 7));
        foreach ([$p->packet(), $p->packet()] as $packet) { // PUBACK and PUBLISH
            $packet instanceof Packet\Publish && $p->send(new Packet\PubAck($packet->packetId, ReasonCode::NoMatchingSubscribers));
        }
        $p->drain();
    },
    function (Peer $p) {
        $p->accept();
        $p->drain();
    },
]);
$quiet = new Client($server->uri(), new ClientOptions(clientId: 'not traced'));
var_dump(ini_set('native.trace', $file));
$client = new Client(str_replace('://', '://ada:SECRET-uri@', $server->uri()), new ClientOptions(clientId: '', authMethod: 'M', authenticator: fn () => 'SECRET-data',
    will: new Will('gone', 'SECRET-will', 1, true, new Properties(willDelayInterval: 3)), userProperties: [['token', 'SECRET-token'], ['shop', '1']], keepAlive: 5));
$client->connect();
$client->subscribe([new Subscription('a/#', 1, noLocal: true), 'b'], qos: 0);
$client->receive(10);
$client->publish('topic/x', str_repeat('SECRET-payload', 1000), 1, true, new Properties(correlationData: 'SECRET-data', contentType: 'text/x'))->wait();
$client->disconnect(ReasonCode::DisconnectWithWill);
$old = new Client($server->uri(), new ClientOptions(clientId: 'old', version: Version::V3_1_1, username: 'ada', password: 'SECRET-password'));
$old->connect();
ini_set('native.trace', '');
$old->publish('now', 'off');
$old->disconnect();

$lines = file($file, FILE_IGNORE_NEW_LINES);
foreach ($lines as $line) {
    echo preg_replace(['/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ' . getmypid() . ' /', '/127\.0\.0\.1:\d+/'], ['', 'server'], $line), "\n";
}
var_dump(str_contains(implode($lines), 'SECRET'), decoct(fileperms($file) & 0777));
?>
--EXPECT--
string(0) ""
mqtt#1 * connecting to server
mqtt#1 > CONNECT MQTT 5.0 client "" keep alive 5 s clean start user "ada" password *** {Topic Alias Maximum: 16, Authentication Method: "M", Authentication Data: ***, User Property "token": ***, User Property "shop": "1"} will "gone" QoS 1 retain payload 11 bytes {Will Delay Interval: 3}
mqtt#1 < CONNACK 0x00 (Success) {Assigned Client Identifier: "given", Authentication Method: "M", Authentication Data: ***}
mqtt#1 > SUBSCRIBE id 1 filter "a/#" QoS 1 no local filter "b" QoS 0
mqtt#1 < SUBACK id 1 0x01 (Granted QoS 1) 0x87 (Not authorized)
mqtt#1 < PUBLISH id 7 QoS 1 topic "a\x1B[31m\"b\"" payload 14000 bytes
mqtt#1 > PUBLISH id 2 QoS 1 retain topic "topic/x" payload 14000 bytes {Content Type: "text/x", Correlation Data: 11 bytes}
mqtt#1 > PUBACK id 7 0x00 (Success)
mqtt#1 < PUBACK id 2 0x10 (No matching subscribers)
mqtt#1 > DISCONNECT 0x04 (Disconnect with Will Message)
mqtt#1 * closed
mqtt#2 * connecting to server
mqtt#2 > CONNECT MQTT 3.1.1 client "old" keep alive 60 s clean start user "ada" password ***
mqtt#2 < CONNACK 0x00 (Connection accepted)
bool(false)
string(3) "600"
