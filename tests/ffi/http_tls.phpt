--TEST--
FFI: https with a test CA, kept connections and resumed sessions; what is refused and why
--EXTENSIONS--
ffi
pcntl
posix
openssl
--FILE--
<?php
require __DIR__ . '/../../ffi-decls/autoload.php';
require __DIR__ . '/../http/server.inc';

use Native\Ffi\Http\{Client, HttpException, Options};

$ca = new TestCa('CA of FFI');
$ca->issue('server', ['localhost', '127.0.0.1']);
$ca->issue('user', ['someone']);
$server = new HttpServer(fn (Seen $s) => answer("connection $s->connection"), $ca);
$options = new Options(timeout: 60, connectTimeout: 60, proxy: '');
$trusting = $options->with(caFile: $ca->file('ca.crt'));
$http = new Client($trusting);
$r = $http->get($server->url());
echo json_encode([$r->body, $r->reused, $r->times['tls'] > 0]), "\n";
$r = (new Client($options->with(ca: file_get_contents($ca->file('ca.crt')))))->get($server->url());
echo json_encode([$r->body, $r->reused, $r->times['tls']]), "\n";

function attempt(string $what, Options $options, HttpServer $server, string $host = '127.0.0.1'): void
{
    try {
        $status = (new Client($options->with(fresh: true)))->get($server->url('/', $host))->status;
        echo "$what: $status\n";
    } catch (HttpException $e) {
        // With TLS 1.3 the server judges our certificate when the handshake is over for us.
        $late = in_array($e->kind, ['send', 'tls']) && $e->reason === 'tls_handshake' && $e->phase === 'wait';
        echo "$what: ", $late ? 'tls, tls_handshake, tls' : "$e->kind, $e->reason, $e->phase", "\n";
    }
}
attempt('the system\'s bundle', $options, $server);
attempt('nothing verified', $options->with(verifyPeer: false, verifyHost: false), $server);
attempt('another CA', $options->with(caFile: (new TestCa('Another CA'))->file('ca.crt')), $server);
attempt('no CA file', $options->with(caFile: '/no/such/file'), $server);
attempt('a pin that is not', $trusting->with(pinnedPublicKey: 'sha256//' . base64_encode(str_repeat('x', 32))), $server);
attempt('a certificate of ours that the server does not trust', $trusting->with(certificate: $ca->file('user.crt'), key: file_get_contents($ca->file('user.key'))), $server);
attempt('a key that does not fit', $trusting->with(certificate: $ca->file('user.crt'), key: $ca->file('ca.key')), $server);
attempt('revoked', $trusting->with(crl: $ca->crl('bad', 'server')), $server);
unset($server);
$ca->issue('server', ['elsewhere.test']);
$server = new HttpServer(fn (Seen $s) => answer('x'), $ca);
attempt('another name', $trusting, $server, 'localhost');
attempt('another name, not looked at', $trusting->with(verifyHost: false), $server, 'localhost');
unset($server);
$ca->issue('server', ['localhost'], null, -1);
$server = new HttpServer(fn (Seen $s) => answer('x'), $ca);
attempt('expired', $trusting, $server, 'localhost');
?>
--EXPECT--
["connection 1",false,true]
["connection 1",true,0]
the system's bundle: tls, tls_cert_unknown_issuer, tls
nothing verified: 200
another CA: tls, tls_cert_unknown_issuer, tls
no CA file: tls, tls_config, queued
a pin that is not: tls, tls_pin, tls
a certificate of ours that the server does not trust: tls, tls_handshake, tls
a key that does not fit: tls, tls_config, queued
revoked: tls, tls_cert_revoked, tls
another name: tls, tls_cert_host, tls
another name, not looked at: 200
expired: tls, tls_cert_expired, tls
