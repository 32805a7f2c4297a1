--TEST--
Http\Client and nginx over TLS: RSA and ECDSA, SNI, client certificates, versions, suites and curves, sessions
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
use Native\Http\{Client, Options};
require __DIR__ . '/servers.inc';

$ca = new TestCa('CA of https');
$ca->issue('ec', ['localhost', '127.0.0.1'], 'ec');
$ca->issue('rsa', ['localhost', '127.0.0.1'], 'rsa', key: 'rsa');
$ca->issue('one', ['one.test'], 'one');
$ca->issue('two', ['*.two.test'], 'two');
$ca->issue('client', ['client'], 'the client');
$stranger = new TestCa('CA of strangers');
$stranger->issue('client', ['client'], 'a stranger');
exec('openssl ec -in ' . escapeshellarg($ca->file('client.key')) . ' -aes256 -passout pass:secret -out ' . escapeshellarg($ca->file('locked.key')) . ' 2>/dev/null');

$server = fn (int $n, string $certificate, string $more = '') => 'server { listen 127.0.0.1:{port' . ($n > 1 ? $n : '') . "} ssl;\n"
    . "ssl_certificate {$ca->file("$certificate.crt")};\nssl_certificate_key {$ca->file("$certificate.key")};\n$more\n"
    . "location / { return 200 \"\$ssl_protocol \$ssl_server_name \$ssl_client_s_dn resumed=\$ssl_session_reused\"; } }\n";
$nginx = nginx(
    $server(1, 'rsa', "server_name a;\nssl_session_cache shared:a:1m;") . $server(1, 'one', 'server_name localhost one.test;') . $server(1, 'two', 'server_name two.test *.two.test;')
    . $server(2, 'ec', 'ssl_session_cache shared:b:1m;')
    . $server(3, 'ec', "ssl_verify_client on;\nssl_client_certificate {$ca->file('ca.crt')};")
    . $server(4, 'ec', "ssl_verify_client optional;\nssl_client_certificate {$ca->file('ca.crt')};")
    . $server(5, 'rsa', "ssl_protocols TLSv1.2;\nssl_ciphers ECDHE-RSA-CHACHA20-POLY1305;\nssl_ecdh_curve X25519;")
    . $server(6, 'ec', "ssl_protocols TLSv1.2;\nssl_ciphers ECDHE-ECDSA-AES256-GCM-SHA384;\nssl_ecdh_curve secp384r1;")
    . $server(7, 'ec', "ssl_protocols TLSv1.3;")
    . $server(8, 'ec', "ssl_protocols TLSv1.2;\nssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256;\nssl_ecdh_curve prime256v1;\nssl_session_tickets off;"),
    8, 'ssl_protocols TLSv1.2 TLSv1.3; ssl_session_timeout 5m;');

$options = new Options(timeout: 30, proxy: '', caFile: $ca->file('ca.crt'), tlsMinVersion: '1.2');
$http = new Client($options);
$get = function (int $port, array $with = [], string $host = '127.0.0.1') use ($http, $options, $nginx) {
    try {
        $r = $http->get($nginx->url('/', $port - 1, 'https', $host), [], $options->with(...$with));
        return preg_replace(['/^TLSv1\.[23] +/', '/.*<title>(.*)<\/title>.*/s'], ['', '$1'], $r->body) . ($r->reused ? ' +' : '');
    } catch (Native\Http\TlsException $e) {
        return "$e->reason, $e->phase";
    } catch (Native\Http\Exception $e) {
        return outcome(fn () => throw $e);
    }
};
echo 'RSA: ', $get(1), "\nagain: ", $get(1), "\nan own connection: ", $get(1, ['fresh' => true]), "\n";
echo 'ECDSA: ', $get(2), "\nagain: ", $get(2), "\nan own connection: ", $get(2, ['fresh' => true]), "\n";
// A session that is resumed has not got the server's chain: who wants that takes none, neither saved nor in a connection that waits.
$four = ['family' => 4];
echo 'another connection: ', $get(1, $four), "\nagain: ", $get(1, $four), "\n";
echo 'that wants the chain: ', $get(1, $four + ['certificates' => true]), "\nagain: ", $get(1, $four + ['certificates' => true]), "\n";
echo 'SNI: ', $get(1, [], 'localhost'), ', ', $get(1, ['verifyHost' => false, 'fresh' => true], 'localhost'), "\n";
foreach (['one.test', 'two.test', 'a.two.test', 'a.b.two.test'] as $host) {
    echo "SNI $host: ", $get(1, ['resolve' => ["$host:" . $nginx->port() => '127.0.0.1']], $host), "\n";
}
echo 'a certificate demanded, none: ', $get(3), "\n";
$own = ['certificate' => $ca->file('client.crt'), 'key' => $ca->file('client.key')];
echo 'ours: ', $get(3, $own), "\n";
echo 'of another connection: ', $get(3), "\n";
echo 'as bytes: ', $get(3, ['certificate' => file_get_contents($own['certificate']), 'key' => file_get_contents($own['key'])]), "\n";
echo 'key with a passphrase: ', $get(3, ['key' => $ca->file('locked.key'), 'passphrase' => 'secret', 'fresh' => true] + $own), "\n";
echo 'wrong passphrase: ', $get(3, ['key' => $ca->file('locked.key'), 'passphrase' => 'Secret', 'fresh' => true] + $own), "\n";
echo "a stranger's: ", $get(3, ['certificate' => $stranger->file('client.crt'), 'key' => $stranger->file('client.key')]), "\n";
echo "another's key: ", $get(3, ['key' => $ca->file('ec.key')] + $own), "\n";
echo 'optional, none: ', $get(4), "\noptional, ours: ", $get(4, $own), "\noptional, none again: ", $get(4), "\n";
echo 'TLS 1.2, ChaCha20, X25519: ', $get(5), "\n";
echo 'TLS 1.2, AES-256, P-384: ', $get(6), "\n";
echo 'TLS 1.2, AES-128, P-256, no tickets: ', $get(8), "\n";
// What the library can is what it agrees on with a server that can both.
$can = str_starts_with($http->get($nginx->url('/', 0, 'https'), [], $options->with(fresh: true))->body, 'TLSv1.3');
$only = $get(7);
$demanded = $get(5, ['tlsMinVersion' => '1.3']);
echo 'TLS 1.3 only: ', $only === ($can ? 'resumed=.' : 'handshake, tls') ? 'as this library can' : $only, "\n";
echo 'TLS 1.3 demanded of one with 1.2: ', $demanded === ($can ? 'handshake, tls' : 'config, queued') ? 'refused' : $demanded, "\n";
echo 'no TLS: ', $http->get($nginx->url('/'))->status, "\n";
?>
--EXPECT--
RSA: resumed=.
again: resumed=. +
an own connection: resumed=r
ECDSA: resumed=.
again: resumed=. +
an own connection: resumed=r
another connection: resumed=r
again: resumed=r +
that wants the chain: resumed=.
again: resumed=. +
SNI: host, tls, localhost  resumed=.
SNI one.test: one.test  resumed=.
SNI two.test: host, tls
SNI a.two.test: a.two.test  resumed=.
SNI a.b.two.test: host, tls
a certificate demanded, none: 400 No required SSL certificate was sent
ours: CN=the client resumed=.
of another connection: 400 No required SSL certificate was sent
as bytes: CN=the client resumed=. +
key with a passphrase: CN=the client resumed=r
wrong passphrase: config, queued
a stranger's: 400 The SSL certificate error
another's key: config, queued
optional, none: resumed=.
optional, ours: CN=the client resumed=.
optional, none again: resumed=. +
TLS 1.2, ChaCha20, X25519: resumed=.
TLS 1.2, AES-256, P-384: resumed=.
TLS 1.2, AES-128, P-256, no tickets: resumed=.
TLS 1.3 only: as this library can
TLS 1.3 demanded of one with 1.2: refused
no TLS: 400
