--TEST--
A second command of the same user resumes the TLS session of the first; no script sees, counts or clears it; native.http_share=0
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
require __DIR__ . '/shared.inc';
servers_skip('nginx');
?>
--FILE--
<?php
require __DIR__ . '/shared.inc';

$ca = new TestCa('CA of commands');
$ca->issue('server', ['127.0.0.1']);
$nginx = shared_nginx($ca);
$get = shared_request($nginx->url(scheme: 'https'), $ca);

echo "-- switched off, and plain HTTP: nothing is made\n";
echo shared_php("$get $get", ['-d', 'native.http_share=0']), "\n";
echo shared_php("try { (new Native\\Http\\Client(new Native\\Http\\Options(proxy: '')))->get('http://127.0.0.1:1/'); } catch (Native\\Http\\Exception \$e) { echo get_class(\$e), \"\\n\"; }");
var_dump(shared_files());
echo "-- one command after another\n";
echo shared_php($get), shared_php($get), shared_php($get), "\n";
foreach (shared_files() as $file) {
    printf("%o in %o\n", fileperms($file) & 07777, fileperms(dirname($file)) & 07777);
}
echo "-- a request over a connection of its own, in a child\n";
echo shared_php("$get \$p = pcntl_fork(); if (!\$p) { $get exit; } pcntl_wait(\$s); " . shared_request($nginx->url(scheme: 'https'), $ca, "'fresh' => true"),
    extension_loaded('pcntl') && !shared_php('echo extension_loaded("pcntl");') ? ['-d', 'extension=pcntl'] : []), "\n";
echo "-- what a script sees\n";
$name = basename(shared_files()[0]);
echo shared_php($get . <<<PHP
    echo "\n";
    foreach (['open', 'unlink'] as \$method) {
        try { Native\Shm\Segment::\$method('$name'); } catch (ValueError \$e) { echo \$e->getMessage(), "\n"; }
    }
    \$cache = Native\Shm\Cache::default();
    var_dump(count(iterator_to_array(\$cache->iterate())), \$cache->info()['entries']);
    \$cache->clear();
    apcu_clear_cache();
    var_dump(count(Native\status()['shm']['segments']), Native\status()['share']['sessions_found'], basename(Native\status()['share']['path']) === '$name');
    PHP);
echo shared_php($get), "\n";
echo "-- switched off, what others have stored is not found\n";
echo shared_php($get, ['-d', 'native.http_share=0']), "\n";
?>
--EXPECT--
-- switched off, and plain HTTP: nothing is made
..
Native\Http\ConnectException
array(0) {
}
-- one command after another
.rr
600 in 700
-- a request over a connection of its own, in a child
rrr
-- what a script sees
r
Native\Shm\Segment::open(): Argument #1 ($name) must not begin with "native.", which is this extension's own
Native\Shm\Segment::unlink(): Argument #1 ($name) must not begin with "native.", which is this extension's own
int(0)
int(0)
int(1)
int(1)
bool(true)
r
-- switched off, what others have stored is not found
.
