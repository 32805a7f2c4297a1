--TEST--
Http\Options: schemes, keepPost, speeds, TCP keep-alive: what they allow and what they change
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Client, Options};
require __DIR__ . '/server.inc';

$server = new HttpServer(fn (Seen $s) => preg_match('~^\w+ /(\d+)(/.*)? ~', $s->line, $m)
    ? answer('', (int) $m[1], 'Location: ' . ($m[2] ?? '/'))
    : answer(str_starts_with($s->line, 'GET /large') ? str_repeat('x', 60000) : strtok($s->line, ' ') . " \"$s->body\""));
$http = new Client($options = new Options(timeout: 60, proxy: ''));

function said(callable $request): string
{
    try {
        return $request()->body;
    } catch (Native\Http\Exception $e) {
        return substr(strrchr($e::class, '\\'), 1) . ': ' . preg_replace('/:\d+/', ':PORT', $e->getMessage());
    }
}

echo "-- keepPost\n";
foreach ([[], [301], [302, 303], [301, 302, 303]] as $keep) {
    echo json_encode($keep), ':';
    foreach ([301, 302, 303, 307, 308] as $status) {
        echo " $status ", said(fn () => $http->post($server->url("/$status"), 'b', [], $options->with(keepPost: $keep)));
    }
    echo "\n";
}

echo "-- schemes\n";
$plain = $options->with(schemes: ['http']);
$secure = $options->with(schemes: ['https']);
echo said(fn () => $http->get($server->url(), [], $plain)), "\n";
echo said(fn () => $http->get($server->url(), [], $options->with(schemes: ['https', 'http']))), "\n";
echo said(fn () => $http->get($server->url(), [], $secure)), "\n";
echo said(fn () => $http->get('https://127.0.0.1:1/', [], $plain)), "\n";
$leads = new HttpServer(fn () => answer('', 302, 'Location: https://127.0.0.1:1/'));
echo said(fn () => $http->get($leads->url(), [], $plain)), "\n";

echo "-- speeds\n";
$seconds = function (callable $request): float {
    $begin = hrtime(true);
    $request();
    return (hrtime(true) - $begin) / 1e9;
};
$slow = $seconds(fn () => $http->get($server->url('/large'), [], $options->with(maxReceiveSpeed: 50000)));
echo '60,000 bytes at 50,000 a second: ', $slow > 0.9 && $slow < 20 ? 'slow' : $slow, "\n";
$slow = $seconds(fn () => $http->post($server->url('/'), str_repeat('x', 60000), [], $options->with(maxSendSpeed: 50000)));
echo 'sent: ', $slow > 0.9 && $slow < 20 ? 'slow' : $slow, "\n";

echo "-- keepAlive\n";
// Timer 2 of a connection is that of its probes.
function timers(int $port): string
{
    $found = [];
    foreach (file('/proc/self/net/tcp') as $line) {
        $words = preg_split('/\s+/', trim($line));
        if (($words[3] ?? '') === '01' && $words[2] === sprintf('0100007F:%04X', $port)) {
            [$timer, $jiffies] = explode(':', $words[5]);
            $found[] = $timer !== '02' ? 'none' : (hexdec($jiffies) > 20000 && hexdec($jiffies) <= 30000 ? 'a probe' : $words[5]);
        }
    }
    return implode(', ', $found);
}
foreach ([0, 300] as $keepAlive) {
    $other = new HttpServer(fn () => answer('x'));
    $http->get($other->url(), [], $options->with(keepAlive: $keepAlive));
    echo "$keepAlive: ", timers($other->port), "\n";
    unset($other);
}

echo "-- what is refused\n";
foreach ([['keepPost' => [304]], ['keepPost' => ['301']], ['schemes' => ['ftp']], ['schemes' => ["http\0"]], ['schemes' => [1]], ['maxSendSpeed' => -1],
    ['keepAlive' => 40000], ['tlsMinVersion' => '1.3', 'tlsMaxVersion' => '1.2'], ['tlsMaxVersion' => '1.1']] as $bad) {
    try {
        new Options(...$bad);
        echo 'no exception: ', json_encode($bad), "\n";
    } catch (ValueError $e) {
        echo $e->getMessage(), "\n";
    }
}
?>
--EXPECT--
-- keepPost
[]: 301 GET "" 302 GET "" 303 GET "" 307 POST "b" 308 POST "b"
[301]: 301 POST "b" 302 GET "" 303 GET "" 307 POST "b" 308 POST "b"
[302,303]: 301 GET "" 302 POST "b" 303 POST "b" 307 POST "b" 308 POST "b"
[301,302,303]: 301 POST "b" 302 POST "b" 303 POST "b" 307 POST "b" 308 POST "b"
-- schemes
GET ""
GET ""
UrlException: the scheme "http" is not supported or not allowed
UrlException: the scheme "https" is not supported or not allowed
UrlException: the scheme "https" is not supported or not allowed
-- speeds
60,000 bytes at 50,000 a second: slow
sent: slow
-- keepAlive
0: none
300: a probe
-- what is refused
Native\Http\Options::__construct(): Argument #13 ($keepPost) must be a list of 301, 302 and 303
Native\Http\Options::__construct(): Argument #13 ($keepPost) must be a list of 301, 302 and 303
Native\Http\Options::__construct(): Argument #14 ($schemes) must be a list of "http" and "https"
Native\Http\Options::__construct(): Argument #14 ($schemes) must be a list of "http" and "https"
Native\Http\Options::__construct(): Argument #14 ($schemes) must be a list of "http" and "https"
Native\Http\Options::__construct(): Argument #9 ($maxSendSpeed) must be between 0 and 2147483647
Native\Http\Options::__construct(): Argument #47 ($keepAlive) must be between 0 and 32767
Native\Http\Options::__construct(): Argument #36 ($tlsMaxVersion) must not be lower than $tlsMinVersion
Native\Http\Options::__construct(): Argument #36 ($tlsMaxVersion) must be "1.2" or "1.3"
