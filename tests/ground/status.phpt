--TEST--
Native\status() tells the version, the TLS library and each pillar's counters
--EXTENSIONS--
native
--FILE--
<?php
$status = Native\status();
var_dump($status['version'] === phpversion('native'));
echo preg_match('~^mbedTLS/\d+\.\d+\.\d+$~', $status['mbedtls']) ? "library named\n" : $status['mbedtls'] . "\n";
var_dump(is_bool($status['tls13']), is_array($status['mqtt']));
try {
    Native\status(1);
} catch (ArgumentCountError $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECT--
bool(true)
library named
bool(true)
bool(true)
Native\status() expects exactly 0 arguments, 1 given
