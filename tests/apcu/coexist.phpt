--TEST--
The real apcu stands, in whichever order the two are loaded
--EXTENSIONS--
native
--SKIPIF--
<?php
if (!getenv('NATIVE_MODULE')) die('skip NATIVE_MODULE does not say which module to load');
if (!is_file(getenv('NATIVE_APCU_SO') ?: ini_get('extension_dir') . '/apcu.so')) die('skip there is no apcu.so (dev/apcu-tests fetches one)');
?>
--FILE--
<?php
$native = getenv('NATIVE_MODULE');
$real = getenv('NATIVE_APCU_SO') ?: ini_get('extension_dir') . '/apcu.so';
foreach ([[$native, $real], [$real, $native]] as [$first, $second]) {
    $code = <<<'PHP'
        $of = new ReflectionExtension('apcu');
        ob_start(); $of->info(); $info = ob_get_clean();
        var_dump(str_contains($info, 'provided by native'), str_contains($info, 'MMAP Support'), extension_loaded('native'));
        apcu_store('key', ['value']);
        var_dump(apcu_fetch('key'), count(iterator_to_array(new APCUIterator())), count(get_extension_funcs('apcu')));
        Native\Shm\Cache::default();
    PHP;
    $p = proc_open([PHP_BINARY, '-n', '-d', "extension=$first", '-d', "extension=$second", '-d', 'apc.enable_cli=1', '-r', $code], [1 => ['pipe', 'w'], 2 => ['redirect', 1]], $pipes);
    echo stream_get_contents($pipes[1]), "ended with ", proc_close($p), "\n";
}
?>
--EXPECT--
bool(false)
bool(true)
bool(true)
array(1) {
  [0]=>
  string(5) "value"
}
int(1)
int(14)
ended with 0
bool(false)
bool(true)
bool(true)
array(1) {
  [0]=>
  string(5) "value"
}
int(1)
int(14)
ended with 0
