--TEST--
native_shm_api(): another extension uses the segments, in either load order
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php if (PHP_ZTS || PHP_DEBUG || !in_array(getenv('NATIVE_TEST_MODE'), ['plain', 'valgrind'])) echo 'skip builds an extension for the PHP of php-config'; ?>
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$s = segment();
$s->cache()->store('php', ['from' => 'php']);
$header = dirname(__DIR__, 2) . '/php_native_shm.h';
if (!is_file($header)) {
    $header = dirname(getenv('NATIVE_MODULE'), 2) . '/php_native_shm.h';
}
$so = scratch() . '/second.so';
exec('cc -shared -fPIC -O1 -D_GNU_SOURCE -DCOMPILE_DL_SECOND $(php-config --includes) -I' . escapeshellarg(dirname($header)) . ' -o ' . escapeshellarg($so) . ' ' . escapeshellarg(__DIR__ . '/support/second.c') . ' 2>&1', $lines, $status);
if ($status) {
    die(implode("\n", $lines));
}
$code = "echo json_encode(second_try('{$s->name()}')), \"\\n\";";
echo php($code, ['-d', "extension=$so"]), php($code, [], ['-d', "extension=$so"]);
var_dump($s->cache()->exists('bytes'), (new Native\Shm\Counter('n', 0, $s))->get());
?>
--EXPECT--
[0,2,0,"of C",1,0,{"from":"php"},5,0,1,3,0]
[0,2,0,"of C",1,0,{"from":"php"},10,0,2,3,0]
bool(false)
int(10)
