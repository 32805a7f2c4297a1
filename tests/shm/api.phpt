--TEST--
native_shm_api(): another extension uses the segments, in either load order
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php require __DIR__ . '/support/extension.inc'; die(extension_skip()); ?>
--FILE--
<?php
require __DIR__ . '/support/extension.inc';
$s = segment();
$s->cache()->store('php', ['from' => 'php']);
$so = extension(__DIR__ . '/support/second.c');
$code = "echo json_encode(second_try('{$s->name()}')), \"\\n\";";
echo php($code, ['-d', "extension=$so"]), php($code, [], ['-d', "extension=$so"]);
var_dump($s->cache()->exists('bytes'), (new Native\Shm\Counter('n', 0, $s))->get());
?>
--EXPECT--
[0,2,0,"of C",1,0,{"from":"php"},5,0,1,3,0]
[0,2,0,"of C",1,0,{"from":"php"},10,0,2,3,0]
bool(false)
int(10)
