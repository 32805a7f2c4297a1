--TEST--
HTTP and curl_*: a length that a server promises takes little memory until its bytes come; bodies of every size are whole
--EXTENSIONS--
native
pcntl
posix
--INI--
memory_limit=16M
native.curl=auto
--FILE--
<?php
use Native\Http\{Client, Options};
require __DIR__ . '/server.inc';

/** A prime number of bytes again and again: a piece in a wrong place shows. */
function body(int $length): string
{
    return substr(str_repeat(implode(',', range(1000, 1203)) . ';', intdiv($length, 1020) + 1), 0, $length);
}

/** /promise/N says N and sends a byte; /whole/N sends N; /chunks/N sends N and does not say so. */
$server = new RawServer(function ($connection) {
    ini_set('memory_limit', '-1');
    [, $kind, $length] = explode('/', explode(' ', (string) fgets($connection))[1]);
    while (!in_array(fgets($connection), ["\r\n", false], true));
    $head = "HTTP/1.1 200 OK\r\nConnection: close\r\n" . ($kind === 'chunks' ? '' : "Content-Length: $length\r\n") . "\r\n";
    fwrite($connection, $head . ($kind === 'promise' ? 'x' : body((int) $length)));
});
$http = new Client(new Options(timeout: 60, proxy: ''));
$sides = [
    'Client' => fn (string $path) => $http->get($server->url($path))->body,
    'curl_exec' => function (string $path, array $options = []) use ($server): string {
        $ch = curl_init($server->url($path));
        curl_setopt_array($ch, [CURLOPT_RETURNTRANSFER => true, CURLOPT_PROXY => '', CURLOPT_TIMEOUT => 60] + $options);
        $body = curl_exec($ch);
        return $body === false ? throw new Exception(curl_error($ch)) : $body;
    },
];
foreach ($sides as $side => $get) {
    memory_reset_peak_usage();
    foreach ([2000, 15_000_000, 63_000_000, 500_000_000] as $length) {
        try {
            echo strlen($get("/promise/$length")), " bytes\n";
        } catch (Exception $e) {
            echo "$side: ", $e->getMessage(), "\n";
        }
    }
    echo memory_get_peak_usage() < 3 << 20 ? "little memory\n" : 'peak ' . memory_get_peak_usage() . "\n";
    foreach (['whole', 'chunks'] as $kind) {
        foreach ([1, 1000, 262143, 262144, 262145, 1_500_000] as $length) {
            $body = $get("/$kind/$length");
            echo $body === body($length) ? '' : "$side: /$kind/$length differs, " . strlen($body) . " bytes\n";
            unset($body);
        }
    }
}
$body = $sides['curl_exec']('/whole/300000', [CURLOPT_HEADER => true]);
var_dump(str_starts_with($body, 'HTTP/1.1 200 OK'), str_ends_with($body, "\r\n\r\n" . body(300000)));
unset($body);

// What is copied while it grows is a small part of it.
foreach ($sides as $side => $get) {
    $before = memory_get_usage();
    memory_reset_peak_usage();
    $body = $get('/whole/5000000');
    $more = memory_get_peak_usage() - $before;
    echo "$side: ", strlen($body), $more < 6_000_000 ? '' : ", peak $more", "\n";
    unset($body);
}
?>
--EXPECT--
Client: the connection ended with 1999 bytes of the body missing
Client: the connection ended with 14999999 bytes of the body missing
Client: the connection ended with 62999999 bytes of the body missing
Client: the connection ended with 499999999 bytes of the body missing
little memory
curl_exec: transfer closed with 1999 bytes remaining to read
curl_exec: transfer closed with 14999999 bytes remaining to read
curl_exec: transfer closed with 62999999 bytes remaining to read
curl_exec: transfer closed with 499999999 bytes remaining to read
little memory
bool(true)
bool(true)
Client: 5000000
curl_exec: 5000000
