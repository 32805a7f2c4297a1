--TEST--
A shared TLS session is found under the same host, port, proxy, CA set, verification, pin, client certificate and versions only
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
require __DIR__ . '/shared.inc';
servers_skip('nginx');
if (getenv('NATIVE_TEST_MODE') === 'valgrind') {
    die('skip fifty commands, each of which takes ten seconds under valgrind; shared_cli.phpt runs the same code');
}
?>
--FILE--
<?php
require __DIR__ . '/shared.inc';

$ca = new TestCa('CA of this test');
$other = new TestCa('another CA');
$ca->issue('server', ['127.0.0.1', 'localhost']);
$ca->issue('client', [], 'a client');
file_put_contents(scratch() . '/both.crt', file_get_contents($ca->file('ca.crt')) . file_get_contents($other->file('ca.crt')));
$unix = scratch() . '/nginx.sock';
$nginx = shared_nginx($ca, "listen unix:$unix ssl;", 2);

/** A proxy that opens tunnels. Returns its port. */
function tunnels(): int
{
    $socket = stream_socket_server('tcp://127.0.0.1:0');
    $parent = getmypid();
    if (guarded_fork() === 0) {
        pcntl_signal(SIGCHLD, SIG_IGN);
        while (posix_getppid() === $parent) {
            if (!($client = @stream_socket_accept($socket, 1)) || guarded_fork() !== 0) {
                continue;
            }
            for ($head = ''; !str_ends_with($head, "\r\n\r\n");) {
                $head .= fgets($client);
            }
            $server = stream_socket_client('tcp://' . explode(' ', $head)[1]);
            fwrite($client, "HTTP/1.1 200 Connection established\r\n\r\n");
            for (;;) {
                $ready = [$client, $server];
                $none = null;
                stream_select($ready, $none, $none, 60);
                foreach ($ready as $from) {
                    $bytes = fread($from, 65536);
                    $bytes === '' && posix_kill(getmypid(), SIGKILL);
                    fwrite($from === $client ? $server : $client, $bytes);
                }
            }
        }
        posix_kill(getmypid(), SIGKILL);
    }
    return (int) substr(strrchr(stream_socket_get_name($socket, false), ':'), 1);
}

$url = $nginx->url(scheme: 'https');
$get = fn (string $options = '', ?string $at = null) => shared_php(shared_request($at ?? $url, $ca, $options));
echo 'the first: ', $get(), $get(), "\n";
/** Another one: not resumed, then by its own kind; the first kind still is. */
$try = function (string $what, string $options = '', ?string $at = null) use ($get): void {
    echo "$what: ", $get($options, $at), $get($options, $at), ', the first kind: ', $get(), "\n";
};
$port = $nginx->port();
$try('another host', '', "https://localhost:$port/");
$try('another port', '', 'https://127.0.0.1:' . $nginx->port(1) . '/');
$try('behind a proxy', "'proxy' => 'http://127.0.0.1:" . tunnels() . "'");
$try('behind another proxy', "'proxy' => 'http://127.0.0.1:" . tunnels() . "'");
$try('name not verified', "'verifyHost' => false");
$try('issuer not verified', "'verifyPeer' => false");
$try('nothing verified', "'verifyPeer' => false, 'verifyHost' => false");
$try('more CAs', "'caFile' => '" . scratch() . "/both.crt'");
$key = openssl($ca->file('server.crt'));
$try('a pin', "'pinnedPublicKey' => 'sha256//$key'");
$try('another pin that fits', "'pinnedPublicKey' => 'sha256//$key;sha256//" . base64_encode(str_repeat('x', 32)) . "'");
$try('a client certificate', "'certificate' => '{$ca->file('client.crt')}', 'key' => '{$ca->file('client.key')}'");
if (Native\status()['tls13']) {
    $try('another version', "'tlsMinVersion' => '1.3'");
} else {
    echo "another version: .r, the first kind: r\n"; // this mbedTLS has one
}
echo "-- a CA that does not know the server, and a pin that does not fit, after all these\n";
foreach (["'caFile' => '{$other->file('ca.crt')}'", "'pinnedPublicKey' => 'sha256//" . base64_encode(str_repeat('x', 32)) . "'"] as $options) {
    echo strtok($get($options), ':'), ', ', strtok($get($options), ':'), "\n";
}
echo "-- where a name does not lead to itself\n";
foreach (['an overridden name' => "'resolve' => ['localhost:$port' => '127.0.0.1']", 'another peer' => "'connectTo' => ['localhost:$port' => '127.0.0.1:$port']"] as $what => $options) {
    echo "$what: ", $get($options, "https://localhost:$port/"), $get($options, "https://localhost:$port/"), "\n";
}
echo 'a Unix socket: ', $get("'unixSocket' => '$unix'"), $get("'unixSocket' => '$unix'"), "\n";

function openssl(string $certificate): string
{
    $p = proc_open(guarded(['/bin/sh', '-c', 'openssl x509 -in "$1" -pubkey -noout | openssl pkey -pubin -outform DER | openssl dgst -sha256 -binary | base64', 'sh', $certificate]),
        [['file', '/dev/null', 'r'], ['pipe', 'w']], $pipes);
    return trim(stream_get_contents($pipes[1]));
}
?>
--EXPECT--
the first: .r
another host: .r, the first kind: r
another port: .r, the first kind: r
behind a proxy: .r, the first kind: r
behind another proxy: .r, the first kind: r
name not verified: .r, the first kind: r
issuer not verified: .r, the first kind: r
nothing verified: .r, the first kind: r
more CAs: .r, the first kind: r
a pin: .r, the first kind: r
another pin that fits: .r, the first kind: r
a client certificate: .r, the first kind: r
another version: .r, the first kind: r
-- a CA that does not know the server, and a pin that does not fit, after all these
Native\Http\TlsException, Native\Http\TlsException
Native\Http\TlsException, Native\Http\TlsException
-- where a name does not lead to itself
an overridden name: ..
another peer: ..
a Unix socket: ..
