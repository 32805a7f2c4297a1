--TEST--
Http\Client: certificates that must not be trusted, each with its reason; what switches which check off
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
require __DIR__ . '/servers.inc';
servers_skip('nginx', 'openssl');
?>
--FILE--
<?php
use Native\Http\{Client, Options, TlsException};
require __DIR__ . '/servers.inc';

$ca = new TestCa('CA of https');
$unknown = new TestCa('CA that nobody knows');
$middle = new TestCa('CA in the middle', parent: $ca);
$hosts = ['localhost', '127.0.0.1'];
$ca->issue('good', $hosts);
$ca->issue('expired', $hosts, days: -1, from: -9);
$ca->issue('early', $hosts, days: 30, from: 2);
$ca->issue('host', ['elsewhere.test', '192.0.2.1', '*.localhost']);
$ca->issue('cn', [], 'localhost');
$ca->issue('sha1', $hosts, digest: 'sha1');
$ca->issue('expired-host', ['elsewhere.test'], days: -1, from: -9);
$unknown->issue('unknown', $hosts);
$unknown->issue('unknown-expired', $hosts, days: -1, from: -9);
$middle->issue('chained', $hosts);
$file = fn (string $what) => match (true) {
    str_starts_with($what, 'unknown') => $unknown->file($what),
    $what === 'self' => $unknown->file('ca'),
    $what === 'chained' => $middle->file($what),
    default => $ca->file($what),
};
// The same certificate with and without the one that signed it.
file_put_contents($middle->file('whole.crt'), file_get_contents($middle->file('chained.crt')) . file_get_contents($middle->file('ca.crt')));
copy($middle->file('chained.key'), $middle->file('whole.key'));
$cases = ['good', 'expired', 'early', 'host', 'cn', 'unknown', 'self', 'sha1', 'expired-host', 'unknown-expired', 'chained', 'whole'];
$servers = '';
foreach ($cases as $n => $case) {
    $at = $case === 'whole' ? $middle->file('whole') : $file($case);
    $servers .= 'server { listen 127.0.0.1:{port' . ($n ? $n + 1 : '') . "} ssl;\nssl_certificate $at.crt;\nssl_certificate_key $at.key;\nlocation / { return 200 ok; } }\n";
}
$nginx = nginx($servers, count($cases), weak: true);
$ways = [
    'verified' => [],
    'not the host' => ['verifyHost' => false],
    'not the peer' => ['verifyPeer' => false],
    'neither' => ['verifyPeer' => false, 'verifyHost' => false],
];
$http = new Client();
foreach ($cases as $n => $case) {
    $line = [];
    foreach ($ways as $way => $with) {
        try {
            $line[] = $http->get($nginx->url('/', $n, 'https', 'localhost'), [], new Options(...$with, timeout: 30, proxy: '', caFile: $ca->file('ca.crt')))->body;
        } catch (TlsException $e) {
            $line[] = $e->phase === 'tls' ? $e->reason : "$e->phase?";
        }
    }
    printf("%-16s %s\n", $case, implode(', ', $line));
}
// The same order once more: no session or connection of an unverified one serves the verified.
foreach ($cases as $n => $case) {
    try {
        echo $http->get($nginx->url('/', $n, 'https', 'localhost'), [], new Options(timeout: 30, proxy: '', caFile: $ca->file('ca.crt')))->body, ' ';
    } catch (TlsException $e) {
        echo $e->reason, ' ';
    }
}
echo "\n";
// What the messages say.
foreach (['expired', 'early', 'host', 'unknown', 'self'] as $case) {
    try_it($case, fn () => $http->get($nginx->url('/', array_search($case, $cases), 'https', 'localhost'), [], new Options(timeout: 30, proxy: '', caFile: $ca->file('ca.crt'))));
}
try_it('the address, not the name', fn () => $http->get($nginx->url('/', 0, 'https', '127.0.0.1'), [], new Options(timeout: 30, proxy: '', caFile: $ca->file('ca.crt'))));
try_it('an address that is not in it', fn () => $http->get($nginx->url('/', array_search('host', $cases), 'https', '127.0.0.1'), [], new Options(timeout: 30, proxy: '', caFile: $ca->file('ca.crt'))));
try_it('the one in the middle as anchor', fn () => $http->get($nginx->url('/', array_search('chained', $cases), 'https', 'localhost'), [], new Options(timeout: 30, proxy: '', caFile: $middle->file('ca.crt'))));
?>
--EXPECTF--
good             ok, ok, ok, ok
expired          expired, expired, ok, ok
early            not_yet_valid, not_yet_valid, ok, ok
host             host, ok, host, ok
cn               ok, ok, ok, ok
unknown          unknown_issuer, unknown_issuer, ok, ok
self             self_signed, self_signed, host, ok
sha1             certificate, certificate, ok, ok
expired-host     expired, expired, host, ok
unknown-expired  unknown_issuer, unknown_issuer, ok, ok
chained          unknown_issuer, unknown_issuer, ok, ok
whole            ok, ok, ok, ok
ok expired not_yet_valid host ok unknown_issuer self_signed certificate expired unknown_issuer unknown_issuer ok 
expired: TlsException (tls, expired): certificate of localhost expired on %s UTC
early: TlsException (tls, not_yet_valid): certificate of localhost is not valid before %s UTC
host: TlsException (tls, host): certificate is for elsewhere.test, 192.0.2.1, *.localhost, not for localhost
unknown: TlsException (tls, unknown_issuer): certificate of localhost comes from an issuer that is not trusted (CN=CA that nobody knows)
self: TlsException (tls, self_signed): certificate of localhost is self-signed and not among the trusted ones
the address, not the name: 200
an address that is not in it: TlsException (tls, host): certificate is for elsewhere.test, 192.0.2.1, *.localhost, not for 127.0.0.1
the one in the middle as anchor: 200
