--TEST--
Http\Client: TLS that ends without close_notify, in the midst of the handshake or of a body; renegotiation; no TLS where it should be
--EXTENSIONS--
native
pcntl
posix
openssl
--SKIPIF--
<?php
require __DIR__ . '/servers.inc';
servers_skip('openssl');
?>
--FILE--
<?php
use Native\Http\{Client, Options};
require __DIR__ . '/servers.inc';
require __DIR__ . '/../server.inc';

$ca = new TestCa('CA of https');
$ca->issue('server', ['localhost']);
$options = new Options(timeout: 30, proxy: '', caFile: $ca->file('ca.crt'), fresh: true);
$http = new Client($options);

// A process that is killed closes its sockets without a word of TLS.
function peer(string $what, string $answer, bool $orderly): void
{
    global $ca, $http;
    $server = new RawServer(function ($connection) use ($ca, $answer, $orderly) {
        if (!RawServer::tls($connection, $ca)) {
            return;
        }
        while (!in_array(@fgets($connection), ["\r\n", false], true));
        fwrite($connection, $answer);
        $orderly || posix_kill(getmypid(), SIGKILL);
    });
    try_it($what . ($orderly ? '' : ', no close_notify'), fn () => $http->get($server->url('/', 'https', 'localhost')));
}
foreach ([true, false] as $orderly) {
    peer('with a length', "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", $orderly);
    peer('until the end', "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nok", $orderly);
    peer('until the end, HTTP/1.0', "HTTP/1.0 200 OK\r\n\r\nok", $orderly);
    peer('in chunks', "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", $orderly);
    peer('204', "HTTP/1.1 204 No Content\r\n\r\n", $orderly);
    peer('less than the length', "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok", $orderly);
    peer('chunks without an end', "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", $orderly);
    peer('half a head', "HTTP/1.1 200 OK\r\nContent-Le", $orderly);
    peer('nothing', '', $orderly);
}

function handshake(string $what, Closure $serve): void
{
    global $http;
    $server = new RawServer($serve);
    try_it($what, fn () => $http->get($server->url('/', 'https', 'localhost')), false);
}
handshake('a plain server', function ($c) { fwrite($c, "HTTP/1.1 400 Bad Request\r\n\r\n"); fread($c, 1000); });
handshake('another protocol', function ($c) { fwrite($c, "SSH-2.0-OpenSSH_9\r\n"); fread($c, 1000); });
handshake('closed after ClientHello', function ($c) { fread($c, 1000); });
handshake('closed at once', function () {});
handshake('an alert', function ($c) { fread($c, 1000); fwrite($c, "\x15\x03\x03\x00\x02\x02\x28"); });
handshake('an alert: no such name', function ($c) { fread($c, 1000); fwrite($c, "\x15\x03\x03\x00\x02\x02\x70"); });
handshake('garbage in a handshake record', function ($c) { fread($c, 1000); fwrite($c, "\x16\x03\x03\x00\x40x\x00\x00\x3c" . str_repeat('x', 0x3c)); fread($c, 1000); });
handshake('a record that is too long', function ($c) { fread($c, 1000); fwrite($c, "\x16\x03\x03\xff\xff" . str_repeat('x', 0xffff)); fread($c, 1000); });

// OpenSSL asks for another handshake in the midst of the answer (TLS 1.2), for new keys with TLS 1.3.
foreach (['-tls1_2' => 'R', '-tls1_3' => 'K'] as $version => $letter) {
    $log = scratch() . "/s_server$version";
    $openssl = new Daemon('s_server', fn (int $port) => ['/bin/sh', '-c', <<<SH
        me=\$\$
        mkfifo $log.in
        {
            until grep -q User-Agent $log; do kill -0 \$me || exit; sleep 0.02; done
            printf 'HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nabc'
            until [ -e $log.seen ]; do kill -0 \$me || exit; sleep 0.02; done
            echo $letter
            sleep 0.3
            printf def
            while kill -0 \$me; do sleep 0.1; done
        } >$log.in 2>/dev/null &
        exec openssl s_server -accept 127.0.0.1:$port $version -cert {$ca->file('server.crt')} -key {$ca->file('server.key')} <$log.in >$log 2>&1
        SH], signal: 'KILL');
    // A letter is a command where a read of s_server's begins: not before the client has what was sent before it.
    $result = outcome(fn () => $http->get($openssl->url('/', 0, 'https', 'localhost'), [],
        $options->with(sink: function () use ($log) { touch("$log.seen"); })));
    // mbedTLS 2.28 has no TLS 1.3, 3.6 takes no new keys in it: an error, at once.
    echo "s_server $version: ", $version === '-tls1_3' ? preg_replace('/^(TlsException \(tls|TransferException \(receive).*/', 'refused', $result) : $result, "\n";
    unset($openssl);
}
?>
--EXPECT--
with a length: 200
until the end: 200
until the end, HTTP/1.0: 200
in chunks: 200
204: 204
less than the length: TransferException (receive): the connection ended with N bytes of the body missing
chunks without an end: TransferException (receive): the connection ended before the response did
half a head: TransferException (receive): the connection ended before the response did
nothing: TransferException (wait): the connection ended without a byte of a response
with a length, no close_notify: 200
until the end, no close_notify: TransferException (receive): reading from localhost: the peer closed the connection without the end of TLS
until the end, HTTP/1.0, no close_notify: TransferException (receive): reading from localhost: the peer closed the connection without the end of TLS
in chunks, no close_notify: 200
204, no close_notify: 204
less than the length, no close_notify: TransferException (receive): reading from localhost: the peer closed the connection without the end of TLS
chunks without an end, no close_notify: TransferException (receive): reading from localhost: the peer closed the connection without the end of TLS
half a head, no close_notify: TransferException (receive): reading from localhost: the peer closed the connection without the end of TLS
nothing, no close_notify: TransferException (wait): reading from localhost: the peer closed the connection without the end of TLS
a plain server: TlsException (tls, handshake)
another protocol: TlsException (tls, handshake)
closed after ClientHello: TlsException (tls, handshake)
closed at once: TlsException (tls, handshake)
an alert: TlsException (tls, handshake)
an alert: no such name: TlsException (tls, handshake)
garbage in a handshake record: TlsException (tls, handshake)
a record that is too long: TlsException (tls, handshake)
s_server -tls1_2: TlsException (receive, handshake): reading from localhost: the peer sent the alert handshake_failure (no common cipher, or it wants a client certificate)
s_server -tls1_3: refused
