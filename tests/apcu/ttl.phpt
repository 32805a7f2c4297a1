--TEST--
Time to live of entries; apc.ttl follows the time of the last access
--EXTENSIONS--
native
--INI--
apc.enable_cli=1
apc.ttl=2
--FILE--
<?php
apcu_store('one', 1, 1);
apcu_store('hundred', 1, 100);
apcu_store('long', 1, 86400 * 365);
apcu_store('over', 1, -1);
apcu_inc('count', 1, $success, 1);
apcu_inc('hundred', 1, $success, 1); // is there: keeps its own
var_dump(apcu_key_info('one')['ttl'], apcu_key_info('hundred')['ttl'], apcu_key_info('long')['ttl'], apcu_exists('over'), apcu_exists('count'));

apcu_store('read', 1);
apcu_store('idle', 1);
$info = apcu_key_info('read');
$until = microtime(true) + 4.2;
while (microtime(true) < $until) {
    usleep(250000);
    apcu_fetch('read');
    apcu_store('something', 1); // each store looks at some entries
}
var_dump(apcu_exists('one'), apcu_exists('count'), apcu_exists('hundred'), apcu_exists('read'), apcu_exists('idle'));
$now = apcu_key_info('read');
var_dump($now['hits'] > 10, $now['access_time'] - $info['access_time'] >= 3, $now['creation_time'] === $info['creation_time']);
?>
--EXPECT--
int(1)
int(100)
int(31536000)
bool(false)
bool(true)
bool(false)
bool(false)
bool(true)
bool(true)
bool(false)
bool(true)
bool(true)
bool(true)
