--TEST--
The coffee-maker demo: every step is seen
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
require __DIR__ . '/../../examples/coffee_maker/demo.php';
?>
--EXPECTREGEX--
(?s).*The whole story in \d+\.\d s
