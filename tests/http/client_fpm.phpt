--TEST--
Http\Client under php-fpm: a later request uses the connection of the first, also over TLS; what a request left behind harms no other
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

$ca = new TestCa('CA of php-fpm');
$ca->issue('server', ['127.0.0.1']);
$server = new HttpServer(fn (Seen $s) => answer("connection $s->connection"), $ca);
file_put_contents(scratch() . '/page.php', <<<'PHP'
<?php
use Native\Http\{Client, Options};
$http = new Client(new Options(caFile: $_SERVER['CA_FILE'], timeout: 30, proxy: '', onProgress: function ($progress) {
    if (!in_array($progress->phase, ['wait', 'receive'], true)) {
        return; // it has no connection yet
    }
    if ($_SERVER['N'] === '3') {
        exit("left in the middle\n");
    }
    if ($_SERVER['N'] === '5') {
        echo "a fatal error\n";
        eval('final class Parental {} class Filial extends Parental {}');
    }
}));
echo 'request ', $_SERVER['N'], ': ', $http->get($_SERVER['URL'])->body, "\n";
PHP);
$fpm = new Fpm();
for ($n = 1; $n <= 7; $n++) {
    echo $fpm->request(scratch() . '/page.php', ['URL' => $server->url(), 'CA_FILE' => $ca->file('ca.crt'), 'N' => (string) $n]);
}
$fpm->stop();
?>
--EXPECTF--
request 1: connection 1
request 2: connection 1
request 3: left in the middle
request 4: connection 2
request 5: a fatal error
%Arequest 6: connection 3
request 7: connection 3
