--TEST--
native.apcu=off gives no extension apcu, and what is no setting is refused
--EXTENSIONS--
native
--SKIPIF--
<?php if (!getenv('NATIVE_MODULE')) die('skip NATIVE_MODULE does not say which module to load'); ?>
--FILE--
<?php
foreach (['auto', 'off', 'Off', '0', '1', 'sometimes'] as $value) {
    $p = proc_open([PHP_BINARY, '-n', '-d', 'extension=' . getenv('NATIVE_MODULE'), '-d', "native.apcu=$value", '-r',
        'echo json_encode([extension_loaded("apcu"), function_exists("apcu_fetch"), class_exists("APCUIterator"), ini_get("apc.ttl")]);'], [1 => ['pipe', 'w']], $pipes);
    printf("%-9s %s\n", $value, stream_get_contents($pipes[1]));
    proc_close($p);
}
?>
--EXPECT--
auto      [true,true,true,"0"]
off       [false,false,false,false]
Off       [false,false,false,false]
0         [false,false,false,false]
1         [true,true,true,"0"]
sometimes [true,true,true,"0"]
