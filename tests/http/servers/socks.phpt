--TEST--
Http\Client: SOCKS 5 with user and password, SOCKS 4a, and proxies that break off at each step
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Client, Options};
require __DIR__ . '/servers.inc';
require __DIR__ . '/../server.inc';

$server = new HttpServer(fn (Seen $s) => answer("$s->line " . $s->field('host')));
/** Exactly so many bytes, or the end of this process. */
function get($c, int $n): string
{
    return strlen($bytes = (string) stream_get_contents($c, $n)) === $n ? $bytes : exit;
}
function relay($c, int $port): void
{
    $to = stream_socket_client("tcp://127.0.0.1:$port");
    for ($both = [$c, $to];;) {
        $ready = $both;
        $none = null;
        stream_select($ready, $none, $none, 60) || exit;
        foreach ($ready as $one) {
            $bytes = fread($one, 65536);
            if ($bytes === '' || $bytes === false) {
                return;
            }
            fwrite($one === $c ? $to : $c, $bytes);
        }
    }
}
// The name is what the proxy is told: it stands in the answer's path.
$five = new RawServer(function ($c) use ($server) {
    $methods = get($c, ord(get($c, 2)[1]));
    if (!str_contains($methods, "\2")) {
        fwrite($c, "\5\xff");
        return;
    }
    fwrite($c, "\5\2");
    $user = get($c, ord(get($c, 2)[1]));
    $password = get($c, ord(get($c, 1)));
    fwrite($c, "\1" . ($user === 'us:er' && $password === 'pä ss' ? "\0" : "\1"));
    $kind = ord(get($c, 4)[3]);
    $host = get($c, $kind === 3 ? ord(get($c, 1)) : 4);
    get($c, 2);
    if ($host === 'refused.test') {
        fwrite($c, "\5\3\0\1\0\0\0\0\0\0");
        return;
    }
    fwrite($c, "\5\0\0\3\4host\0\0"); // an address of any kind
    relay($c, $server->port);
});
$four = new RawServer(function ($c) use ($server) {
    $request = get($c, 8);
    $text = function () use ($c) {
        for ($text = ''; ($byte = get($c, 1)) !== "\0";) {
            $text .= $byte;
        }
        return $text;
    };
    $user = $text();
    $host = substr($request, 4, 3) === "\0\0\0" ? $text() : inet_ntop(substr($request, 4));
    fwrite($c, $host === 'named.test' && $user === 'me' ? "\0\x5a\0\0\0\0\0\0" : "\0\x5b\0\0\0\0\0\0");
    relay($c, $server->port);
});
$options = new Options(timeout: 30);
$http = new Client($options);
$show = function (string $what, string $proxy, string $url) use ($http, $options) {
    try {
        $r = $http->get($url, [], $options->with(proxy: $proxy));
        echo "$what: $r->body", $r->reused ? ' +' : '', "\n";
    } catch (Native\Http\Exception $e) {
        echo "$what: ", outcome(fn () => throw $e), "\n";
    }
};
$at = "127.0.0.1:$five->port";
$show('user and password', "socks5h://us%3Aer:p%C3%A4%20ss@$at", 'http://named.test/a');
$show('once more', "socks5h://us%3Aer:p%C3%A4%20ss@$at", 'http://named.test/b');
$show('an address', "socks5h://us%3Aer:p%C3%A4%20ss@$at", 'http://192.0.2.1/');
$show('wrong password', "socks5h://us%3Aer:other@$at", 'http://named.test/c');
$show('no password', "socks5h://$at", 'http://named.test/d');
$show('refused', "socks5h://us%3Aer:p%C3%A4%20ss@$at", 'http://refused.test/');
$show('4a', "socks4a://me@127.0.0.1:$four->port", 'http://named.test/');
$show('4a, another user', "socks4a://you@127.0.0.1:$four->port", 'http://named.test/');
$show('4a, another name', "socks4a://me@127.0.0.1:$four->port", 'http://unnamed.test/');

// Answers that end, or are wrong, at each byte.
$good = ["\5\2", "\1\0", "\5\0\0\1\x7f\0\0\1\0\x50"];
$cases = $seen = [];
foreach ($good as $step => $answer) {
    for ($at = 0; $at < strlen($answer); $at++) {
        array_push($cases, [$step, $at, 'cut'], [$step, $at, 'wrong']);
    }
}
$proxy = new RawServer(function ($c, int $n) use ($good, $cases) {
    [$step, $at, $how] = $cases[$n - 1];
    foreach ($good as $i => $answer) {
        fread($c, 1000);
        @fwrite($c, $i !== $step ? $answer : ($how === 'cut' ? substr($answer, 0, $at) : substr_replace($answer, "\x77", $at, 1)));
        if ($i === $step && $how === 'cut') {
            return;
        }
    }
    fread($c, 1000);
});
foreach ($cases as [$step, $at, $how]) {
    try {
        $status = $http->get('http://named.test/', [], $options->with(proxy: "socks5h://a:b@127.0.0.1:$proxy->port", fresh: true))->status;
        echo "$how at $step.$at: $status\n";
    } catch (Native\Http\ProxyException $e) {
        $seen[] = $e->phase;
    } catch (Native\Http\TransferException $e) {
        $seen[] = $e->phase; // a wrong byte in an address that nobody needs: the connection ends afterwards
    }
}
echo count($seen), ' ', implode(', ', array_unique($seen)), "\n";
?>
--EXPECT--
user and password: GET /a HTTP/1.1 named.test
once more: GET /b HTTP/1.1 named.test +
an address: GET / HTTP/1.1 192.0.2.1
wrong password: ProxyException (proxy, 1): the SOCKS proxy: it refused the user or the password
no password: ProxyException (proxy, 255): the SOCKS proxy: it wants another way of authentication
refused: ProxyException (proxy, 3): the SOCKS proxy: it refused the connection: Network unreachable
4a: GET / HTTP/1.1 named.test
4a, another user: ProxyException (proxy, 91): the SOCKS proxy: it refused the connection: request rejected or failed
4a, another name: ProxyException (proxy, 91): the SOCKS proxy: it refused the connection: request rejected or failed
28 proxy, wait
