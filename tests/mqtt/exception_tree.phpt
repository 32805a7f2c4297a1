--TEST--
The exceptions: one parent, reason codes, usable by other code
--EXTENSIONS--
native
--FILE--
<?php
namespace Native\Mqtt;
foreach ([ProtocolException::class, ConnectException::class, ConnectionLostException::class, RefusedException::class, TimeoutException::class, NotConnectedException::class, QuotaExceededException::class] as $class) {
    echo $class, ': ', implode(' < ', array_map(fn($c) => strtr($c, ['Native\Mqtt\\' => ''] ), class_parents($class))), "\n";
    var_dump((new $class('x', 3))->reasonCode);
}
$e = new ProtocolException('mine');
$e->reasonCode = ReasonCode::MalformedPacket;
var_dump($e->offset, $e->statement, $e->rule, $e->ruleName, $e->missing, $e->getMessage());
try {
    (function (string $bytes) { Packet::decode($bytes); })("\x36\x04\0\0\0\1");
} catch (\RuntimeException $e) {
    var_dump($e->getCode(), $e->reasonCode, $e->offset, $e->statement, basename($e->getFile()) === basename(__FILE__), $e->getLine(), count($e->getTrace()));
}
?>
--EXPECT--
Native\Mqtt\ProtocolException: Exception < RuntimeException < Exception
NULL
Native\Mqtt\ConnectException: Exception < RuntimeException < Exception
NULL
Native\Mqtt\ConnectionLostException: Exception < RuntimeException < Exception
NULL
Native\Mqtt\RefusedException: Exception < RuntimeException < Exception
NULL
Native\Mqtt\TimeoutException: Exception < RuntimeException < Exception
NULL
Native\Mqtt\NotConnectedException: Exception < RuntimeException < Exception
NULL
Native\Mqtt\QuotaExceededException: Exception < RuntimeException < Exception
NULL
int(0)
NULL
string(0) ""
string(0) ""
int(0)
string(4) "mine"
int(129)
enum(Native\Mqtt\ReasonCode::MalformedPacket)
int(0)
string(12) "MQTT-3.3.1-4"
bool(true)
int(11)
int(2)
