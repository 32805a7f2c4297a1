--TEST--
Http\Client and curl_*: a server that answers in the midst of an upload and resets the rest; what follows is served: plain, over TLS, through a proxy and a tunnel, in php-fpm
--EXTENSIONS--
native
pcntl
posix
openssl
sockets
--SKIPIF--
<?php
require __DIR__ . '/../support/fpm.inc';
fpm_skip();
?>
--FILE--
<?php
require __DIR__ . '/server.inc';
require __DIR__ . '/../support/fpm.inc';

$ca = new TestCa('CA of a refusal');
$ca->issue('server', ['127.0.0.1']);

/** A server, and a proxy for it, that refuses what is sent to /refuse as soon as its head and some of its body are there. */
function serve(bool $tls): RawServer
{
    global $ca;
    return new RawServer(function ($connection) use ($tls, $ca) {
        // Else an answer behind TLS's tickets waits for their acknowledgement, and is dropped with the reset.
        socket_set_option(socket_import_stream($connection), SOL_TCP, TCP_NODELAY, 1);
        $tls && RawServer::tls($connection, $ca);
        while (($line = fgets($connection)) !== false) {
            $length = 0;
            while (($field = fgets($connection)) !== false && $field !== "\r\n") {
                if (preg_match('/^content-length: (\d+)/i', $field, $m)) {
                    $length = (int) $m[1];
                }
            }
            if (str_starts_with($line, 'CONNECT ')) {
                fwrite($connection, "HTTP/1.1 200 Yes\r\n\r\n");
                str_contains($line, ':443 ') && RawServer::tls($connection, $ca);
                continue;
            }
            if (!str_contains($line, '/refuse')) {
                $body = '';
                while (strlen($body) < $length && ($more = fread($connection, $length - strlen($body))) !== '' && $more !== false) {
                    $body .= $more;
                }
                fwrite($connection, answer(strtok($line, ' ') . " '$body'"));
                continue;
            }
            fread($connection, 1000);
            fwrite($connection, answer('', ...str_contains($line, 'redirect') ? [303, 'Location: /there'] : [413]));
            return; // what was not read makes the kernel reset the connection
        }
    });
}

file_put_contents(scratch() . '/page.php', <<<'PHP'
<?php
use Native\Http\{Client, Options};
/** A body that comes to its second half when the server has refused it, so that it is the write that fails. */
$late = function (): Closure {
    $calls = 0;
    return function () use (&$calls): string {
        $calls++ === 1 && usleep(50000);
        return $calls < 10 ? str_repeat('x', 10000) : '';
    };
};
$ask = [
    'Client' => function (string $path, string|Closure|null $body): string {
        $http = new Client(new Options(caFile: $_SERVER['CA_FILE'], proxy: $_SERVER['PROXY'] ?? '', proxyTunnel: $_SERVER['TUNNEL'] === '1', timeout: 20, expectContinue: -1));
        $r = $body === null ? $http->get($_SERVER['URL'] . $path) : $http->post($_SERVER['URL'] . $path, $body);
        return "$r->status $r->body";
    },
    'curl' => function (string $path, string|Closure|null $body): string {
        static $ch; // the same handle again
        $ch ??= curl_init();
        curl_reset($ch);
        curl_setopt_array($ch, [CURLOPT_URL => $_SERVER['URL'] . $path, CURLOPT_CAINFO => $_SERVER['CA_FILE'], CURLOPT_PROXY => $_SERVER['PROXY'] ?? '', CURLOPT_TIMEOUT => 20,
            CURLOPT_HTTPPROXYTUNNEL => $_SERVER['TUNNEL'] === '1', CURLOPT_FOLLOWLOCATION => true, CURLOPT_RETURNTRANSFER => true, CURLOPT_HTTPHEADER => ['Expect:', ...$body instanceof Closure ? ['Transfer-Encoding: chunked'] : []],
        ] + match (true) {
            $body === null => [CURLOPT_HTTPGET => true],
            is_string($body) => [CURLOPT_POSTFIELDS => $body],
            default => [CURLOPT_POST => true, CURLOPT_READFUNCTION => fn ($ch, $file, $most) => $body()],
        });
        $got = curl_exec($ch);
        return $got === false ? curl_error($ch) : curl_getinfo($ch, CURLINFO_RESPONSE_CODE) . " $got";
    },
][$_SERVER['CALLER']];
$begun = hrtime(true);
$first = [$ask('/refuse', $late()), $ask('/one', 'two'), $ask('/refuse/redirect', $late()), $ask('/three', null)];
$refusals = array_intersect_key($first, [0 => true, 2 => true]);
echo $_SERVER['SHOW'], ' ', $_SERVER['CALLER'], ': ', $first[1], ', ', $first[3], ', ',
    hrtime(true) - $begun < 15e9 ? 'in time' : 'late: ' . implode(', ', $refusals), "\n";
echo implode(', ', $refusals);
PHP);
$plain = serve(false);
$secure = serve(true);
$fpm = new Fpm();
$heard = '';
foreach ([
    'plain' => [$plain->url(''), ''],
    'TLS' => [$secure->url('', 'https'), ''],
    'proxy' => ['http://server.test', $plain->url('')],
    'tunnel' => ['https://127.0.0.1', $plain->url('')],
    'tunnel, plain' => ['http://server.test', $plain->url('')],
] as $show => [$url, $proxy]) {
    foreach (['Client', 'curl'] as $caller) {
        foreach ([1, 2] as $again) { // the worker's next request
            [$line, $refusals] = explode("\n", $fpm->request(scratch() . '/page.php', ['URL' => $url, 'PROXY' => $proxy, 'CA_FILE' => $ca->file('ca.crt'), 'CALLER' => $caller, 'SHOW' => $show,
                'TUNNEL' => $show === 'tunnel, plain' ? '1' : '0']), 2);
            echo "$line\n";
            $heard .= "$refusals\n";
        }
    }
}
$fpm->stop();
// Each refusal was heard, each redirect followed.
var_dump(substr_count($heard, "413 , 200 GET ''"));
?>
--EXPECT--
plain Client: 200 POST 'two', 200 GET '', in time
plain Client: 200 POST 'two', 200 GET '', in time
plain curl: 200 POST 'two', 200 GET '', in time
plain curl: 200 POST 'two', 200 GET '', in time
TLS Client: 200 POST 'two', 200 GET '', in time
TLS Client: 200 POST 'two', 200 GET '', in time
TLS curl: 200 POST 'two', 200 GET '', in time
TLS curl: 200 POST 'two', 200 GET '', in time
proxy Client: 200 POST 'two', 200 GET '', in time
proxy Client: 200 POST 'two', 200 GET '', in time
proxy curl: 200 POST 'two', 200 GET '', in time
proxy curl: 200 POST 'two', 200 GET '', in time
tunnel Client: 200 POST 'two', 200 GET '', in time
tunnel Client: 200 POST 'two', 200 GET '', in time
tunnel curl: 200 POST 'two', 200 GET '', in time
tunnel curl: 200 POST 'two', 200 GET '', in time
tunnel, plain Client: 200 POST 'two', 200 GET '', in time
tunnel, plain Client: 200 POST 'two', 200 GET '', in time
tunnel, plain curl: 200 POST 'two', 200 GET '', in time
tunnel, plain curl: 200 POST 'two', 200 GET '', in time
int(20)
