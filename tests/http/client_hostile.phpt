--TEST--
Http\Client: servers that never end what they send meet a limit, not memory or time; a forked child uses nothing of its parent's
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Client, Options};
require __DIR__ . '/server.inc';

/** A server that says `first`, then `more` without end; what comes of a request. */
function against(string $what, string $first, string $more): void
{
    $socket = stream_socket_server('tcp://127.0.0.1:0');
    $port = substr(strrchr(stream_socket_get_name($socket, false), ':'), 1);
    $child = guarded_fork();
    if ($child === 0) {
        $connection = stream_socket_accept($socket, test_seconds());
        fgets($connection);
        @fwrite($connection, $first);
        while (@fwrite($connection, str_repeat($more, 1000)));
        posix_kill(getmypid(), SIGKILL);
    }
    try {
        $status = (new Client(new Options(timeout: 60, proxy: '')))->get("http://127.0.0.1:$port/")->status;
        echo "$what: $status\n";
    } catch (Native\Http\Exception $e) {
        echo "$what: ", substr(strrchr($e::class, '\\'), 1), ': ', $e->getMessage(), "\n";
    }
    pcntl_waitpid($child, $status);
}

$ok = "HTTP/1.1 200 OK\r\n";
against('a line', $ok . 'X: ', 'aaaa');
against('fields', $ok, "X: y\r\n");
against('1xx', '', "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
against('empty lines', '', "\r\n");
against('chunk extensions', "{$ok}Transfer-Encoding: chunked\r\n\r\n", '1;' . str_repeat('e', 3000) . "\r\nx\r\n");
against('a chunk size', "{$ok}Transfer-Encoding: chunked\r\n\r\n", '0');
against('trailers', "{$ok}Transfer-Encoding: chunked\r\n\r\n0\r\n", "T: u\r\n");
echo memory_get_peak_usage() < 4 << 20 ? "little memory\n" : 'peak ' . memory_get_peak_usage() . "\n";

$server = new HttpServer(fn (Seen $s) => answer("connection $s->connection"));
$http = new Client(new Options(timeout: 60, proxy: ''));
echo 'parent: ', $http->get($server->url())->body, "\n";
$child = guarded_fork();
if ($child === 0) {
    echo 'child: ', $http->get($server->url())->body, "\n";
    posix_kill(getmypid(), SIGKILL);
}
pcntl_waitpid($child, $status);
echo 'parent: ', $http->get($server->url())->body, "\n";
?>
--EXPECT--
a line: TooLargeException: the response: the header section is larger than the limit
fields: TooLargeException: the response: more header fields than the limit
1xx: TooLargeException: more than 64 responses 1xx and none that is final
empty lines: ProtocolException: the response: this is no status line
chunk extensions: TooLargeException: the response: a chunk's extension is too long or malformed
a chunk size: TooLargeException: the response: a chunk's extension is too long or malformed
trailers: TooLargeException: the response: more header fields than the limit
little memory
parent: connection 1
child: connection 2
parent: connection 1
