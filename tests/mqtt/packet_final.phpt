--TEST--
Every kind of packet and every value is final
--EXTENSIONS--
native
--FILE--
<?php
$dir = 'Native\\Mqtt\\';
foreach (get_declared_classes() as $class) {
    if (str_starts_with($class, $dir)) {
        $r = new ReflectionClass($class);
        if (!$r->isFinal() && !$r->isEnum()) {
            echo $class, $r->isAbstract() ? ' (abstract)' : '', "\n";
        }
    }
}
?>
--EXPECT--
Native\Mqtt\Exception
Native\Mqtt\ProtocolException
Native\Mqtt\ConnectException
Native\Mqtt\ConnectionLostException
Native\Mqtt\RefusedException
Native\Mqtt\TimeoutException
Native\Mqtt\NotConnectedException
Native\Mqtt\QuotaExceededException
Native\Mqtt\Packet (abstract)
