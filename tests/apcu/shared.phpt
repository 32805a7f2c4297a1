--TEST--
native.apcu_shared: the user's default segment, with Native\Shm\Cache and other processes; clearing leaves the namespaces
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php if (!getenv('NATIVE_MODULE')) die('skip NATIVE_MODULE does not say which module to load'); ?>
--FILE--
<?php
require __DIR__ . '/../shm/support/shm.inc';
$options = ['-d', 'apc.enable_cli=1', '-d', 'native.apcu_shared=1', '-d', 'native.shm_dir=' . scratch()];

echo php('apcu_store("a", [1, 2]); apcu_store("\0b", 3); Native\Shm\Cache::open(null, "other")->store("a", "of a namespace");', [], $options);
echo php(<<<'PHP'
    use Native\Shm\Cache;
    var_dump(apcu_fetch('a') === Cache::default()->fetch('a'), apcu_fetch("\0b"), apcu_inc('count'), Cache::default()->inc('count'));
    $keys = array_keys(iterator_to_array(new APCUIterator()));
    sort($keys);
    echo json_encode($keys), "\n";
    apcu_clear_cache();
    var_dump(apcu_exists('a'), Cache::open(null, 'other')->fetch('a'), count(apcu_cache_info()['cache_list']));
    PHP, [], $options);
echo count(glob(scratch() . '/native.*/apcu.*')), " private segments\n";
?>
--EXPECT--
bool(true)
int(3)
int(1)
int(2)
["\u0000b","a","count"]
bool(false)
string(14) "of a namespace"
int(0)
0 private segments
