--TEST--
Http: what is told while a transfer runs (Progress) and afterwards (Response::info(), Native\status(), phpinfo())
--EXTENSIONS--
native
pcntl
posix
openssl
--FILE--
<?php
use Native\Http\{Client, Options, Progress, Request};
require __DIR__ . '/server.inc';

$ca = new TestCa('CA of info');
$ca->issue('server', ['localhost', '127.0.0.1']);
$server = new HttpServer(fn (Seen $s) => str_contains($s->line, '/move ') ? answer('', 302, 'Location: /moved')
    : answer(str_repeat('x', 100000), 200, 'Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT', 'Retry-After: 7'), $ca);
$told = [];
$options = new Options(baseUrl: $server->url(), caFile: $ca->file('ca.crt'), timeout: 60, proxy: '', certificates: true,
    onProgress: function (Progress $p) use (&$told) { $told[] = $p; });
$http = new Client($options);

$r = $http->put('/', str_repeat('y', 200000));
$last = end($told);
echo "$last->sent of $last->sendTotal, $last->received of $last->receiveTotal, status $last->status\n";
$phases = array_unique(array_map(fn ($p) => $p->phase, $told));
echo implode(' ', array_intersect(['tls', 'receive'], $phases)), "\n";
$bytes = array_map(fn ($p) => $p->received, $told);
$sorted = $bytes;
sort($sorted);
echo count($told) < 200 && $bytes === $sorted && $last->seconds > 0 ? "in order\n" : json_encode($told) . "\n";
try {
    $last->sent = 5;
} catch (Error $e) {
    echo $e->getMessage(), "\n";
}

$i = $r->info();
echo implode(' ', array_keys($i)), "\n";
echo preg_match('/^127\.0\.0\.1:\d+$/', $i['localAddress']), ' ', $i['remoteAddress'] === "127.0.0.1:$server->port" ? 'the server' : $i['remoteAddress'], "\n";
echo "connects $i[connects], retries $i[retries], sent $i[sent], received $i[received], decoded $i[decoded], ", var_export($i['proxied'], true), "\n";
echo "lastModified $i[lastModified], retryAfter $i[retryAfter]\n";
echo $i['requestBytes'] > 50 && $i['headerBytes'] > 50 && $i['receiveSpeed'] > 0 && $i['sendSpeed'] > 0 ? "heads and speeds\n" : "none\n";
echo preg_match('/^TLSv1\.[23]$/', $i['tls']['version']), ' ', strlen($i['tls']['cipher']) > 10 ? 'cipher' : '', ' ', var_export($i['tls']['resumed'], true), "\n";
echo count($i['certificates']), ' ', $i['certificates'][0]['Subject'], ' | ', str_starts_with($i['certificates'][0]['Cert'], '-----BEGIN CERTIFICATE-----') ? 'PEM' : '', "\n";
$t = $i['times'];
echo $t['connect'] <= $t['tls'] && $t['tls'] <= $t['send'] && $t['send'] <= $t['sent'] && $t['sent'] <= $t['total'] ? "times\n" : json_encode($t) . "\n";

$r = $http->get('/move', [], $options->with(certificates: false));
$i = $r->info();
echo "connects $i[connects], redirects $r->redirects, ", $i['times']['redirect'] > 0 ? 'their time' : 'no time', ', ', count($i['certificates']), " certificates\n";
$first = $i['connection'];
$r = $http->get('/', [], $options->with(fresh: true));
echo $r->info()['connection'] === $first ? 'the same' : 'another', ' connection, ', get_debug_type($r->info()['tls']['resumed']), "\n";

echo "-- progress ends a transfer; what a Transfer says\n";
foreach ([fn (Progress $p) => $p->received === 0, fn (Progress $p) => throw new LogicException("from progress")] as $callback) {
    try {
        $http->get('/', [], $options->with(onProgress: $callback));
        echo "no exception\n";
    } catch (Exception $e) {
        echo $e::class, ': ', $e->getMessage(), "\n";
    }
}
$t = $http->start(new Request('PUT', '/', body: 'abc'));
$p = $t->progress();
echo "$p->phase $p->sent ", var_export($p->sendTotal, true), ' ', var_export($p->receiveTotal, true), "\n";
$t->response();
$p = $t->progress();
echo "'$p->phase' $p->sent $p->sendTotal $p->receiveTotal\n";

echo "-- the process\n";
$s = Native\status()['http'];
echo "handshakes $s[handshakes], resumed $s[resumed], ", $s['requests'] === $s['opened'] + $s['reused'] ? 'requests' : '', ", kept $s[kept]\n";
ob_start();
phpinfo(INFO_MODULES);
echo preg_match('/^HTTP connections kept => \d+ \(at most 32, for 118 s\)$/m', ob_get_clean()), "\n";
foreach (['connections', 'connections_per_host', 'idle'] as $name) {
    echo "$name ", ini_get("native.http_$name"), ' ', var_export(ini_set("native.http_$name", '5'), true), "\n";
}
?>
--EXPECT--
200000 of 200000, 100000 of 100000, status 200
tls receive
in order
Cannot modify readonly property Native\Http\Progress::$sent
localAddress remoteAddress connection connects retries proxied connectStatus requestBytes headerBytes sent received decoded sendSpeed receiveSpeed lastModified retryAfter times tls certificates
1 the server
connects 1, retries 0, sent 200000, received 100000, decoded 100000, false
lastModified 784111777, retryAfter 7
heads and speeds
1 cipher false
1 CN = localhost | PEM
times
connects 0, redirects 1, their time, 0 certificates
another connection, bool
-- progress ends a transfer; what a Transfer says
Native\Http\Exception: aborted at the report of progress
LogicException: from progress
queued 0 NULL NULL
'' 3 3 100000
-- the process
handshakes 3, resumed 0, requests, kept 1
1
connections 32 false
connections_per_host 8 false
idle 118 false
