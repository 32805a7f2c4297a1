--TEST--
Http\Client::send() under php-fpm: the connections of a request that used many are there until it ends, then as many as the settings say
--EXTENSIONS--
native
pcntl
posix
openssl
--SKIPIF--
<?php
require __DIR__ . '/../support/fpm.inc';
fpm_skip();
?>
--FILE--
<?php
require __DIR__ . '/server.inc';
require __DIR__ . '/../support/fpm.inc';

$server = new HttpServer(fn (Seen $s) => answer('x'));
file_put_contents(scratch() . '/page.php', <<<'PHP'
<?php
use Native\Http\{Client, Options};
$kept = fn () => Native\status()['http']['kept'];
echo 'at first ', $kept();
$http = new Client(new Options(timeout: 30, proxy: ''));
for ($i = 0; $i < (int) $_SERVER['TIMES']; $i++) {
    foreach ($http->send(array_fill(0, 20, $_SERVER['URL']), 20) as $r) {
        $r->body === 'x' || exit($r->getMessage());
    }
}
echo ', then ', $kept(), ', opened ', Native\status()['http']['opened'], "\n";
PHP);
$fpm = new Fpm('php_admin_value[native.http_connections_per_host] = 8');
foreach ([3, 0, 1] as $times) {
    echo $fpm->request(scratch() . '/page.php', ['URL' => $server->url(), 'TIMES' => (string) $times]);
}
$fpm->stop();
?>
--EXPECT--
at first 0, then 20, opened 20
at first 8, then 8, opened 20
at first 8, then 20, opened 32
