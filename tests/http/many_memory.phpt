--TEST--
Http\Client::send(): a generator of any length needs no more memory; hundreds at once; as many connections as are under way, and these are kept until the request of PHP ends
--EXTENSIONS--
native
pcntl
posix
--INI--
native.http_connections=20
native.http_connections_per_host=10
--FILE--
<?php
use Native\Http\{Client, Options, Request, Response};
require __DIR__ . '/server.inc';

// A server without processes for each connection: it answers everything with 1 KiB, and tells how many have connected.
$socket = stream_socket_server('tcp://127.0.0.1:0', $code, $text, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, stream_context_create(['socket' => ['backlog' => 1024]]));
$url = 'http://' . stream_socket_get_name($socket, false) . '/';
$child = guarded_fork();
if ($child === 0) {
    $all = [$socket];
    for ($connections = 0; ;) {
        $read = $all;
        $none = null;
        stream_select($read, $none, $none, null);
        foreach ($read as $key => $stream) {
            if ($stream === $socket) {
                $all[] = stream_socket_accept($socket);
                $connections++;
            } elseif (($bytes = fread($stream, 65536)) === '' || $bytes === false) {
                unset($all[array_search($stream, $all, true)]);
            } else {
                for ($n = substr_count($bytes, "\r\n\r\n"); $n > 0; $n--) {
                    fwrite($stream, "HTTP/1.1 200 OK\r\nX-Connections: $connections\r\nContent-Length: 1024\r\n\r\n" . str_repeat('x', 1024));
                }
            }
        }
    }
}
$http = new Client(new Options(timeout: 60, proxy: ''));
function requests(int $count): Generator
{
    global $url;
    for ($i = 0; $i < $count; $i++) {
        yield $i => new Request('GET', $url . $i, ['X-Number' => $i]);
    }
}
function run(int $count, int $concurrency): string
{
    global $http;
    $good = $bytes = $sum = 0;
    foreach ($http->send(requests($count), $concurrency) as $key => $r) {
        if ($r instanceof Response) {
            $good++;
            $bytes += strlen($r->body);
            $sum += $key;
            $connections = $r->header('x-connections');
        } else {
            echo $r::class, ': ', $r->getMessage(), "\n";
        }
    }
    return "$good good, " . ($bytes === 1024 * $count && $sum === $count * ($count - 1) / 2 ? 'all there' : "$bytes bytes, sum $sum") . ", connections $connections";
}
$under = getenv('NATIVE_TEST_MODE') === 'plain' ? 1 : 10;
echo preg_replace_callback('/connections (\d+)/', fn ($m) => $m[1] <= 20 ? 'as many connections at most' : $m[0], run(100, 20)), "\n";
gc_collect_cycles();
$kept = fn () => Native\status()['http']['kept'];
echo $kept() > 10 && $kept() <= 20 ? 'kept: those' : 'kept: ' . $kept(), "\n";
memory_reset_peak_usage();
$before = memory_get_usage();
$said = run(intdiv(20000, $under), 20);
echo preg_match('/ good, all there, connections (\d+)$/', $said, $m) && $m[1] <= 30 ? "many, with the connections there are and 10 more\n" : "$said\n";
$grown = memory_get_peak_usage() - $before;
echo $grown < 400000 ? "little memory\n" : "$grown bytes\n";
echo preg_match('/ good, all there/', run(intdiv(3000, $under), 300)) ? "hundreds at once\n" : "not all\n";
echo $kept() >= 20 && $kept() <= 128 ? 'kept: those, but no more than 128' : 'kept: ' . $kept(), "\n";
posix_kill($child, SIGKILL);
?>
--EXPECT--
100 good, all there, as many connections at most
kept: those
many, with the connections there are and 10 more
little memory
hundreds at once
kept: those, but no more than 128
