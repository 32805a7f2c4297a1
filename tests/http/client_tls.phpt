--TEST--
Http\Client: https with a test CA, kept connections and resumed sessions, what is refused and why
--EXTENSIONS--
native
pcntl
posix
openssl
--FILE--
<?php
use Native\Http\{Client, Options, TlsException};
require __DIR__ . '/server.inc';

$ca = new TestCa('CA of https');
$ca->issue('server', ['localhost', '127.0.0.1']);
$server = new HttpServer(fn (Seen $s) => answer("connection $s->connection"), $ca);
$http = new Client(new Options(caFile: $ca->file('ca.crt'), timeout: 30, connectTimeout: 30, proxy: ''));
for ($i = 0; $i < 3; $i++) {
    echo $http->get($server->url())->body, "\n";
}
// A client of its own finds the connection, too: it is the process that keeps it.
echo (new Client(new Options(ca: file_get_contents($ca->file('ca.crt')), timeout: 30, connectTimeout: 30, proxy: '')))->get($server->url())->status, "\n";

function refused(string $what, HttpServer $server, Options $options, string $host = '127.0.0.1'): void
{
    try {
        $status = (new Client($options))->get($server->url('/', $host))->status;
        echo "$what: $status\n";
    } catch (TlsException $e) {
        echo "$what: $e->reason, $e->phase\n";
    }
}
$short = ['timeout' => 30, 'connectTimeout' => 30, 'proxy' => '', 'fresh' => true];
unset($http);
refused('system bundle', $server, new Options(...$short));
refused('nothing verified', $server, new Options(...$short, verifyPeer: false, verifyHost: false));
$other = new TestCa('Another CA');
refused('another CA', $server, new Options(...$short, caFile: $other->file('ca.crt')));
refused('no CA file', $server, new Options(...$short, caFile: '/no/such/file'));
refused('a pin that is not', $server, new Options(...$short, caFile: $ca->file('ca.crt'), pinnedPublicKey: 'sha256//' . base64_encode(str_repeat('x', 32))));
unset($server);
$ca->issue('server', ['elsewhere.test']);
$server = new HttpServer(fn (Seen $s) => answer('x'), $ca);
refused('another name', $server, new Options(...$short, caFile: $ca->file('ca.crt')), 'localhost');
unset($server);
$ca->issue('server', ['localhost'], null, -1);
$server = new HttpServer(fn (Seen $s) => answer('x'), $ca);
refused('expired', $server, new Options(...$short, caFile: $ca->file('ca.crt')), 'localhost');
?>
--EXPECT--
connection 1
connection 1
connection 1
200
system bundle: unknown_issuer, tls
nothing verified: 200
another CA: unknown_issuer, tls
no CA file: config, queued
a pin that is not: pin, tls
another name: host, tls
expired: expired, tls
