--TEST--
Http\Client: TLS 1.0 and 1.1 are refused, so are suites, keys and curves that are too weak; one with a choice agrees on something good
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

$ca = new TestCa('CA of https', 'rsa');
$ca->issue('rsa', ['localhost']);
$ca->issue('ec', ['localhost'], key: 'ec');
exec('openssl dhparam -dsaparam -out ' . escapeshellarg(scratch() . '/dh.pem') . ' 1024 2>/dev/null');
$cases = [
    'all that OpenSSL has' => ['rsa', 'ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3'],
    'TLS 1.0' => ['rsa', 'ssl_protocols TLSv1'],
    'TLS 1.1' => ['rsa', 'ssl_protocols TLSv1.1'],
    'TLS 1.2' => ['rsa', 'ssl_protocols TLSv1.2'],
    'AES-128-GCM' => ['ec', 'ssl_protocols TLSv1.2; ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256'],
    'ChaCha20' => ['ec', 'ssl_protocols TLSv1.2; ssl_ciphers ECDHE-ECDSA-CHACHA20-POLY1305'],
    'without forward secrecy' => ['rsa', 'ssl_protocols TLSv1.2; ssl_ciphers AES128-SHA'],
    'no encryption' => ['rsa', 'ssl_protocols TLSv1.2; ssl_ciphers NULL-SHA256:@SECLEVEL=0'],
    'no certificate' => ['rsa', 'ssl_protocols TLSv1.2; ssl_ciphers AECDH-AES128-SHA:@SECLEVEL=0'],
    'Diffie-Hellman of 1024 bits' => ['rsa', 'ssl_protocols TLSv1.2; ssl_ciphers DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0; ssl_dhparam ' . scratch() . '/dh.pem'],
    'a curve of 160 bits' => ['rsa', 'ssl_protocols TLSv1.2; ssl_ecdh_curve secp160r1; ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0'],
];
$servers = '';
foreach (array_values($cases) as $n => [$certificate, $settings]) {
    $servers .= 'server { listen 127.0.0.1:{port' . ($n ? $n + 1 : '') . "} ssl;\nssl_certificate {$ca->file("$certificate.crt")};\n"
        . "ssl_certificate_key {$ca->file("$certificate.key")};\n$settings;\nlocation / { return 200 \"\$ssl_protocol \$ssl_cipher\"; } }\n";
}
$nginx = nginx($servers, count($cases), weak: true);
$http = new Client(new Options(timeout: 30, proxy: '', caFile: $ca->file('ca.crt')));
foreach (array_keys($cases) as $n => $case) {
    try {
        $said = preg_replace(['/^TLSv1.[23] /', '/.*(CHACHA20|GCM).*/'], ['', 'good'], $http->get($nginx->url('/', $n, 'https', 'localhost'))->body);
    } catch (TlsException $e) {
        $said = "$e->reason, $e->phase";
    }
    echo "$case: $said\n";
}
?>
--EXPECT--
all that OpenSSL has: good
TLS 1.0: handshake, tls
TLS 1.1: handshake, tls
TLS 1.2: good
AES-128-GCM: good
ChaCha20: good
without forward secrecy: AES128-SHA
no encryption: handshake, tls
no certificate: handshake, tls
Diffie-Hellman of 1024 bits: handshake, tls
a curve of 160 bits: handshake, tls
