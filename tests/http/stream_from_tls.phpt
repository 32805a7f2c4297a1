--TEST--
Http: a body from a TLS stream of PHP's: what OpenSSL has decrypted already is not waited for
--EXTENSIONS--
native
pcntl
posix
openssl
--FILE--
<?php
use Native\Http\{Client, Options};
require __DIR__ . '/server.inc';

$ca = new TestCa('CA of a source');
$ca->issue('server', ['localhost', '127.0.0.1']);
$server = new HttpServer(fn (Seen $s) => answer(strlen($s->body) . ' ' . md5($s->body)));
$data = str_repeat(implode(' ', range(1, 9999)), 40);
$socket = stream_socket_server('ssl://127.0.0.1:0', $code, $text, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN,
    stream_context_create(['ssl' => ['local_cert' => $ca->file('server.crt'), 'local_pk' => $ca->file('server.key')]]));
if (guarded_fork() === 0) {
    $c = stream_socket_accept($socket, test_seconds());
    fwrite($c, substr($data, 0, 100000));
    usleep(300000);
    fwrite($c, substr($data, 100000));
    stream_socket_shutdown($c, STREAM_SHUT_WR);
    fread($c, 1); // until it is taken
    posix_kill(getmypid(), SIGKILL);
}
$in = stream_socket_client('ssl://' . stream_socket_get_name($socket, false), $code, $text, test_seconds(), STREAM_CLIENT_CONNECT,
    stream_context_create(['ssl' => ['verify_peer' => false, 'verify_peer_name' => false]]));
echo (new Client(new Options(timeout: 60, proxy: '')))->put($server->url(), $in)->body === strlen($data) . ' ' . md5($data) ? "whole\n" : "not whole\n";
?>
--EXPECT--
whole
