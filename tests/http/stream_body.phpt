--TEST--
Http\Transfer and Options::$sink: 64 MB in pieces, into a stream, into a closure, and up from a stream, in little memory; who takes slowly makes the server wait
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Client, Options, Request};
require __DIR__ . '/server.inc';

// Less where everything is slow.
define('SIZE', getenv('NATIVE_TEST_MODE') === 'plain' ? 64 << 20 : 8 << 20);
function all(int|string ...$bytes): string { return implode(' ', array_map(fn ($n) => (int) $n === SIZE ? 'all' : $n, $bytes)); }
// A server that writes and reads without holding anything either.
$socket = stream_socket_server('tcp://127.0.0.1:0');
$url = 'http://' . stream_socket_get_name($socket, false);
$child = guarded_fork();
if ($child === 0) {
    while ($c = stream_socket_accept($socket, test_seconds())) {
        if (guarded_fork() > 0) {
            fclose($c);
            continue;
        }
        while (($line = fgets($c)) !== false) {
            for ($length = 0; ($field = fgets($c)) !== "\r\n";) {
                if (preg_match('/^content-length: (\d+)/i', $field, $m)) {
                    $length = (int) $m[1];
                } elseif (preg_match('/^expect:/i', $field)) {
                    fwrite($c, "HTTP/1.1 100 Continue\r\n\r\n");
                }
            }
            for ($got = 0; $got < $length && ($more = fread($c, 65536)) !== '' && $more !== false; $got += strlen($more));
            if (str_starts_with($line, 'PUT')) {
                fwrite($c, "HTTP/1.1 200 OK\r\nContent-Length: " . strlen($got) . "\r\n\r\n$got");
                continue;
            }
            fwrite($c, "HTTP/1.1 200 OK\r\nX-Head: yes\r\nContent-Length: " . SIZE . "\r\n\r\n");
            for ($i = 0; $i < SIZE >> 16; $i++) {
                if (@fwrite($c, str_repeat(chr($i & 255), 65536)) === false) {
                    break 2;
                }
            }
        }
        posix_kill(getmypid(), SIGKILL);
    }
}
$http = new Client(new Options(timeout: 600, proxy: ''));
$hash = (function () {
    $h = hash_init('crc32b');
    for ($i = 0; $i < SIZE >> 16; $i++) {
        hash_update($h, str_repeat(chr($i & 255), 65536));
    }
    return hash_final($h);
})();

function measured(string $what, callable $f): void
{
    memory_reset_peak_usage();
    $before = memory_get_usage();
    $said = $f();
    $grown = memory_get_peak_usage() - $before;
    echo "$what: $said, ", $grown < 3 << 20 ? 'little memory' : "$grown bytes", "\n";
}

measured('foreach', function () use ($http, $url, $hash) {
    $h = hash_init('crc32b');
    foreach ($t = $http->start(new Request('GET', $url)) as $piece) {
        hash_update($h, $piece);
    }
    return (hash_final($h) === $hash ? 'right' : 'wrong') . ', ' . $t->response()->status . ' ' . strlen($t->response()->body) . ' left';
});
measured('head and read', function () use ($http, $url, $hash) {
    $h = hash_init('crc32b');
    $t = $http->start(new Request('GET', $url));
    $head = $t->head();
    for ($most = 0; ($piece = $t->read(10000)) !== ''; $most = max($most, strlen($piece))) {
        hash_update($h, $piece);
    }
    return (hash_final($h) === $hash ? 'right' : 'wrong') . ", {$head->header('x-head')} '$head->body', at most $most";
});
measured('take in an event loop', function () use ($http, $url, $hash) {
    $h = hash_init('crc32b');
    $t = $http->start(new Request('GET', $url));
    $turns = 0;
    do {
        [$read, $write] = $t->getStreams();
        if (($read || $write) && $t->nextTimeout() > 0) {
            $none = null;
            stream_select($read, $write, $none, 1);
        }
        $end = $t->step();
        hash_update($h, $piece = $t->take());
    } while (!$end || $piece !== '');
    return hash_final($h) === $hash ? 'right' : 'wrong';
});
measured('sink', function () use ($http, $url, $hash) {
    $file = fopen(scratch() . '/sink', 'w+');
    $r = $http->get($url, [], new Options(proxy: '', sink: $file));
    $right = hash_file('crc32b', scratch() . '/sink') === $hash;
    return ($right ? 'right' : 'wrong') . ", body '$r->body', received " . all($r->info()['received']);
});
measured('closure', function () use ($http, $url, $hash) {
    $h = hash_init('crc32b');
    $http->get($url, [], new Options(proxy: '', sink: function (string $piece) use ($h) { hash_update($h, $piece); }));
    return hash_final($h) === $hash ? 'right' : 'wrong';
});
measured('up from a stream', fn () => all($http->put($url, fopen(scratch() . '/sink', 'r'))->body));
measured('up from streams, many', function () use ($http, $url) {
    $said = [];
    foreach ($http->send(array_map(fn ($i) => new Request('PUT', $url, body: fopen(scratch() . '/sink', 'r')), range(1, 3))) as $r) {
        $said[] = $r->body;
    }
    return all(...$said);
});

echo "-- nobody takes: the server waits\n";
$t = $http->start(new Request('GET', $url));
$t->head();
$t->loop(0.5);
$p = $t->progress();
echo $p->received < 2 << 20 ? 'little came' : "$p->received bytes", ', ', $p->receiveTotal === SIZE ? 'of all' : $p->receiveTotal, ", status $p->status, $p->phase, ",
    $t->getStream() === null && $t->nextTimeout() > 1 ? 'nothing to wait for' : $t->nextTimeout(), "\n";
$t->pauseReceiving();
$first = strlen($t->take());
$t->loop(0.2);
echo $first > 200000 && $t->take() === '' ? "paused\n" : "not paused\n";
$t->resumeReceiving();
$rest = 0;
foreach ($t as $i => $piece) {
    $rest += strlen($piece);
    if ($i === 3) {
        break;
    }
}
echo strlen($t->response()->body) + $first + $rest === SIZE ? "all there\n" : "not all\n";
posix_kill($child, SIGKILL);
?>
--EXPECT--
foreach: right, 200 0 left, little memory
head and read: right, yes '', at most 10000, little memory
take in an event loop: right, little memory
sink: right, body '', received all, little memory
closure: right, little memory
up from a stream: all, little memory
up from streams, many: all all all, little memory
-- nobody takes: the server waits
little came, of all, status 200, receive, nothing to wait for
paused
all there
