--TEST--
Http\Options: versions, cipher suites and groups of TLS are what was asked for, ALPN names HTTP/1.1; a certificate that was revoked is refused
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

$ca = new TestCa('CA of https', 'rsa');
$ca->issue('server', ['localhost']);
$ca->issue('other', ['localhost']);
$nginx = nginx("server { listen 127.0.0.1:{port} ssl; ssl_protocols TLSv1.2 TLSv1.3; ssl_ecdh_curve X25519:prime256v1:secp384r1;\n"
    . "ssl_certificate {$ca->file('server.crt')}; ssl_certificate_key {$ca->file('server.key')};\n"
    . 'location / { return 200 "$ssl_protocol $ssl_cipher $ssl_curve $ssl_alpn_protocol"; } }');
$options = new Options(timeout: 30, proxy: '', caFile: $ca->file('ca.crt'), tlsMaxVersion: '1.2');
$http = new Client($options);

function with(mixed ...$more): void
{
    global $http, $options, $nginx;
    echo implode(', ', array_map(fn ($n, $v) => "$n " . basename(strtok($v, "\n")), array_keys($more), $more)), ': ',
        said(fn () => $http->get($nginx->url('/', 0, 'https', 'localhost'), [], $options->with(...$more))), "\n";
}

function said(callable $request): string
{
    try {
        return $request()->body;
    } catch (Native\Http\TlsException $e) {
        return "$e->reason ($e->phase): " . $e->getMessage();
    }
}

with(tlsCiphers: 'ECDHE-RSA-AES256-GCM-SHA384');
with(tlsCiphers: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256:ECDHE-RSA-AES256-GCM-SHA384', tlsGroups: 'P-384');
with(tlsCiphers: 'ECDHE-RSA-CHACHA20-POLY1305', tlsGroups: 'prime256v1:X25519');
with(tlsCiphers: 'NOBODYS-SUITE');
with(tlsGroups: 'P-1');
// The same twice: a connection, or a session, of other settings would have been used again.
with(tlsCiphers: 'ECDHE-RSA-AES256-GCM-SHA384');

// TLS 1.3 where the library has it.
$newest = said(fn () => $http->get($nginx->url('/', 0, 'https', 'localhost'), [],
    $options->with(tlsMaxVersion: '1.3', tls13Ciphers: 'TLS_CHACHA20_POLY1305_SHA256', tlsGroups: 'P-384')));
echo 'TLS 1.3: ', preg_match('/^TLSv1.(3 TLS_CHACHA20_POLY1305_SHA256|2 \S+) secp384r1 http\/1\.1$/', $newest) ? 'good' : $newest, "\n";

with(crl: $ca->crl('none'));
with(crl: $ca->crl('one', 'other'));
with(crl: $ca->crl('two', 'other', 'server'));
with(crl: file_get_contents($ca->file('two.crl')));
with(crl: '/nonexistent.crl');
?>
--EXPECT--
tlsCiphers ECDHE-RSA-AES256-GCM-SHA384: TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384 X25519 http/1.1
tlsCiphers TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256:ECDHE-RSA-AES256-GCM-SHA384, tlsGroups P-384: TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 secp384r1 http/1.1
tlsCiphers ECDHE-RSA-CHACHA20-POLY1305, tlsGroups prime256v1:X25519: TLSv1.2 ECDHE-RSA-CHACHA20-POLY1305 prime256v1 http/1.1
tlsCiphers NOBODYS-SUITE: config (queued): no cipher suite has the name NOBODYS-SUITE
tlsGroups P-1: config (queued): no group has the name P-1
tlsCiphers ECDHE-RSA-AES256-GCM-SHA384: TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384 X25519 http/1.1
TLS 1.3: good
crl CA-of-https-none.crl: TLSv1.2 ECDHE-RSA-CHACHA20-POLY1305 X25519 http/1.1
crl CA-of-https-one.crl: TLSv1.2 ECDHE-RSA-CHACHA20-POLY1305 X25519 http/1.1
crl CA-of-https-two.crl: revoked (tls): certificate of localhost has been revoked
crl -----BEGIN X509 CRL-----: revoked (tls): certificate of localhost has been revoked
crl nonexistent.crl: config (queued): cannot read CRL /nonexistent.crl: No such file or directory
