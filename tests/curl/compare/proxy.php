<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// proxy.php - HTTP proxies: absolute requests, CONNECT, authentication, and what the environment says.

require __DIR__ . '/compare.inc';

const TOLD = [CURLINFO_HTTP_CODE, CURLINFO_HTTP_CONNECTCODE, CURLINFO_PROXYAUTH_AVAIL, CURLINFO_HEADER_SIZE, CURLINFO_PRIMARY_PORT];

const TUNNEL = "HTTP/1.1 200 Connection established\r\n\r\n";

/** Options for a proxy on this server: easy() has switched proxies off. */
function by(Server $s, array $options = [], string $scheme = 'http'): array
{
    return $options + [CURLOPT_NOPROXY => '', CURLOPT_PROXY => "$scheme://127.0.0.1:$s->port"];
}

it('a plain request', function () {
    $s = serve(['*' => ok('by proxy')]);
    fetch('http://a.test/path?q=1#f', by($s), ...[...TOLD, CURLINFO_EFFECTIVE_URL]);
    fetch('http://a.test:8080/', by($s));
    fetch('http://user:pass@a.test/', by($s));
    fetch('HTTP://A.test', by($s));
    $s->show();
});

it('a plain request with a body, and others', function () {
    $s = serve(['*' => ok('by proxy')]);
    fetch('http://a.test/', by($s, [CURLOPT_POSTFIELDS => 'a=b']));
    fetch('http://a.test/', by($s, [CURLOPT_NOBODY => true]));
    fetch('http://a.test/', by($s, [CURLOPT_CUSTOMREQUEST => 'DELETE', CURLOPT_HTTPHEADER => ['X-A: 1', 'Proxy-Connection: mine']]));
    fetch('http://a.test/', by($s, [CURLOPT_HTTPHEADER => ['Proxy-Connection:']]));
    $s->show();
});

it('several hosts over one connection', function () {
    $s = serve(['*' => ok('by proxy')]);
    $ch = easy('http://a.test/', by($s));
    perform($ch, CURLINFO_NUM_CONNECTS);
    curl_setopt($ch, CURLOPT_URL, 'http://b.test/');
    perform($ch, CURLINFO_NUM_CONNECTS);
});

it('how a proxy is written', function () {
    $s = serve(['*' => ok('by proxy')]);
    foreach (["127.0.0.1:$s->port", "http://127.0.0.1:$s->port", "HTTP://127.0.0.1:$s->port/", "http://127.0.0.1:$s->port/ignored/path", "//127.0.0.1:$s->port", "http://localhost:$s->port"] as $proxy) {
        fetch('http://a.test/', [CURLOPT_NOPROXY => '', CURLOPT_PROXY => $proxy]);
    }
    fetch('http://a.test/', [CURLOPT_NOPROXY => '', CURLOPT_PROXY => '127.0.0.1', CURLOPT_PROXYPORT => $s->port]);
    fetch('http://a.test/', [CURLOPT_NOPROXY => '', CURLOPT_PROXY => '127.0.0.1:1', CURLOPT_PROXYPORT => $s->port]);
});

foreach (['http://', 'foo://127.0.0.1:1', 'http://a b', '127.0.0.1:99999', 'http://no-such-peer.invalid:1', ' '] as $proxy) {
    it('a bad proxy, ' . text($proxy), fn () => fetch('http://a.test/', [CURLOPT_NOPROXY => '', CURLOPT_PROXY => $proxy, CURLOPT_CONNECTTIMEOUT_MS => 3000], CURLINFO_HTTP_CODE));
}

it('nobody at the proxy', function () {
    $port = closed_port();
    fetch('http://a.test/', [CURLOPT_NOPROXY => '', CURLOPT_PROXY => "127.0.0.1:$port"]);
});

it('PROXYUSERPWD', function () {
    $s = serve(['*' => ok('by proxy')]);
    foreach (['me:secret', 'me', 'me:%41%3a', 'm%65:x:y'] as $login) {
        fetch('http://a.test/', by($s, [CURLOPT_PROXYUSERPWD => $login]));
    }
    fetch('http://a.test/', by($s, [CURLOPT_PROXYUSERNAME => 'm:e', CURLOPT_PROXYPASSWORD => 'sec%41ret']));
    fetch('http://a.test/', [CURLOPT_NOPROXY => '', CURLOPT_PROXY => "http://ur%40l:p%3aw@127.0.0.1:$s->port"]);
    fetch('http://a.test/', [CURLOPT_NOPROXY => '', CURLOPT_PROXY => "http://url:one@127.0.0.1:$s->port", CURLOPT_PROXYUSERPWD => 'opt:two']);
    fetch('http://a.test/', [CURLOPT_NOPROXY => '', CURLOPT_PROXYUSERPWD => 'opt:two', CURLOPT_PROXY => "http://url:one@127.0.0.1:$s->port"]);
    foreach ($s->heads() as $head) {
        say('login', preg_match('/^Proxy-Authorization: Basic (.*)\r$/m', $head, $m) ? base64_decode($m[1]) : null);
    }
});

it('USERPWD and PROXYUSERPWD', function () {
    $s = serve(['*' => ok('by proxy')]);
    fetch('http://a.test/', by($s, [CURLOPT_USERPWD => 'me:secret', CURLOPT_PROXYUSERPWD => 'proxy:secret']));
    $s->show();
});

it('407 and Digest', function () {
    $s = script([request(), send(answer(407, 'who?', 'Proxy-Authenticate: Digest realm="p", nonce="n", qop="auth"')), request(), send(ok('in'))]);
    fetch('http://a.test/path', by($s, [CURLOPT_PROXYUSERPWD => 'me:secret', CURLOPT_PROXYAUTH => CURLAUTH_DIGEST]), ...TOLD);
    foreach ($s->heads() as $head) {
        say(strtok($head, "\r"), preg_match('/^Proxy-Authorization: Digest (.*)\r$/m', $head, $m) ? preg_replace('/(cnonce|response)="[^"]*"/', '$1', $m[1]) : null);
    }
});

it('407 and ANY', function () {
    $s = script([request(), send(answer(407, 'who?', 'Proxy-Authenticate: Basic realm="p"')), request(), send(ok('in'))]);
    fetch('http://a.test/path', by($s, [CURLOPT_PROXYUSERPWD => 'me:secret', CURLOPT_PROXYAUTH => CURLAUTH_ANY]), ...TOLD);
    $s->show();
});

it('407 and no login', function () {
    $s = serve(['*' => answer(407, 'who?', 'Proxy-Authenticate: Basic realm="p"')]);
    fetch('http://a.test/path', by($s), ...TOLD);
    fetch('http://a.test/path', by($s, [CURLOPT_FAILONERROR => true]), ...TOLD);
});

it('HTTPPROXYTUNNEL', function () {
    $s = script([head(), send(TUNNEL), request(), send(ok('through'))]);
    $ch = easy('http://a.test/path', by($s, [CURLOPT_HTTPPROXYTUNNEL => true, CURLOPT_USERAGENT => 'me', CURLOPT_HTTPHEADER => ['X-A: 1']]));
    watch($ch, ...TOLD);
    $s->show();
});

it('HTTPPROXYTUNNEL and the tunnel is kept', function () {
    $s = script([head(), send(TUNNEL), request(), send(ok('one')), request(), send(ok('two'))]);
    $ch = easy('http://a.test/1', by($s, [CURLOPT_HTTPPROXYTUNNEL => true]));
    perform($ch, CURLINFO_NUM_CONNECTS, CURLINFO_HTTP_CONNECTCODE);
    curl_setopt($ch, CURLOPT_URL, 'http://a.test/2');
    perform($ch, CURLINFO_NUM_CONNECTS, CURLINFO_HTTP_CONNECTCODE);
    $s->show();
});

it('https', function () {
    $s = script([head(), send(TUNNEL), tls(), request(), send(ok('secret'))]);
    $ch = easy('https://example.test/path', by($s, [CURLOPT_CAINFO => certificate('ca.crt'), CURLOPT_PROXYUSERPWD => 'me:secret', CURLOPT_USERPWD => 'site:secret', CURLOPT_USERAGENT => 'me']));
    watch($ch, ...[...TOLD, CURLINFO_SSL_VERIFYRESULT]);
    $s->show();
});

it('https with another name in the certificate', function () {
    $s = script([head(), send(TUNNEL), tls(), request(), send(ok('secret'))]);
    $ch = easy('https://other.test/path', by($s, [CURLOPT_CAINFO => certificate('ca.crt')]));
    say('exec', curl_exec($ch), curl_errno($ch), curl_getinfo($ch, CURLINFO_HTTP_CONNECTCODE));
});

it('PROXYHEADER and HEADEROPT', function () {
    foreach ([[], [CURLOPT_HEADEROPT => CURLHEADER_SEPARATE], [CURLOPT_HEADEROPT => CURLHEADER_UNIFIED]] as $options) {
        $s = script([head(), send(TUNNEL), request(), send(ok('through'))]);
        fetch('http://a.test/', by($s, $options + [CURLOPT_HTTPPROXYTUNNEL => true, CURLOPT_HTTPHEADER => ['X-Site: 1', 'User-Agent: header'], CURLOPT_PROXYHEADER => ['X-Proxy: 1', 'User-Agent: proxy']]));
        $s->show();
    }
    $s = serve(['*' => ok('plain')]);
    fetch('http://a.test/', by($s, [CURLOPT_HTTPHEADER => ['X-Site: 1'], CURLOPT_PROXYHEADER => ['X-Proxy: 1']]));
    fetch('http://a.test/', by($s, [CURLOPT_HTTPHEADER => ['X-Site: 1'], CURLOPT_PROXYHEADER => ['X-Proxy: 1'], CURLOPT_HEADEROPT => CURLHEADER_UNIFIED]));
    $s->show();
});

it('what is told during the answer to CONNECT', function () {
    $s = script([head(), send("HTTP/1.1 200 OK\r\nX-Proxy: 1\r\n\r\n"), request(), send(answer(201, 'through'))]);
    perform(easy('http://a.test/', by($s, [CURLOPT_HTTPPROXYTUNNEL => true, CURLOPT_HEADERFUNCTION => function ($ch, $line) {
        say(trim($line), curl_getinfo($ch, CURLINFO_RESPONSE_CODE), curl_getinfo($ch, CURLINFO_HTTP_CONNECTCODE), curl_getinfo($ch, CURLINFO_HEADER_SIZE));
        return strlen($line);
    }])));
});

it('SUPPRESS_CONNECT_HEADERS', function () {
    foreach ([false, true] as $hide) {
        $s = script([head(), send("HTTP/1.1 200 OK\r\nX-Proxy: 1\r\n\r\n"), request(), send(ok('through', 'X-Site: 1'))]);
        watch(easy('http://a.test/', by($s, [CURLOPT_HTTPPROXYTUNNEL => true, CURLOPT_SUPPRESS_CONNECT_HEADERS => $hide])), ...TOLD);
        $s = script([head(), send("HTTP/1.1 200 OK\r\nX-Proxy: 1\r\n\r\n"), request(), send(ok('through', 'X-Site: 1'))]);
        fetch('http://a.test/', by($s, [CURLOPT_HTTPPROXYTUNNEL => true, CURLOPT_SUPPRESS_CONNECT_HEADERS => $hide, CURLOPT_HEADER => true]));
    }
});

foreach ([403 => 'Forbidden', 404 => 'Not Found', 500 => 'Broken', 302 => 'Found', 407 => 'Auth', 503 => 'Busy'] as $status => $reason) {
    it("CONNECT that is answered by $status", function () use ($status, $reason) {
        $s = script([head(), send("HTTP/1.1 $status $reason\r\nContent-Length: 4\r\nLocation: http://b.test/\r\n\r\nbody"), rest(300)]);
        watch(easy('http://a.test/', by($s, [CURLOPT_HTTPPROXYTUNNEL => true, CURLOPT_FOLLOWLOCATION => true])), ...TOLD);
    });
}

it('CONNECT and 407, then the login', function () {
    $s = script([head(), send(answer(407, 'who?', 'Proxy-Authenticate: Basic realm="p"')), head(), send(TUNNEL), request(), send(ok('through'))]);
    watch(easy('http://a.test/', by($s, [CURLOPT_HTTPPROXYTUNNEL => true, CURLOPT_PROXYUSERPWD => 'me:secret', CURLOPT_PROXYAUTH => CURLAUTH_ANY])), ...TOLD);
    $s->show();
});

it('CONNECT and 407 over a connection that is closed', function () {
    $s = script([head(), send(answer(407, 'who?', 'Proxy-Authenticate: Basic realm="p"', 'Connection: close'))], [head(), send(TUNNEL), request(), send(ok('through'))]);
    fetch('http://a.test/', by($s, [CURLOPT_HTTPPROXYTUNNEL => true, CURLOPT_PROXYUSERPWD => 'me:secret', CURLOPT_PROXYAUTH => CURLAUTH_ANY]), ...TOLD);
    $s->show();
});

it('CONNECT and nothing', function () {
    $s = script([head()]);
    fetch('http://a.test/', by($s, [CURLOPT_HTTPPROXYTUNNEL => true]), ...TOLD);
});

it('CONNECT and no HTTP', function () {
    $s = script([head(), send("hello\r\n\r\n")]);
    fetch('http://a.test/', by($s, [CURLOPT_HTTPPROXYTUNNEL => true, CURLOPT_TIMEOUT_MS => 1000]), ...TOLD);
});

it('CONNECT and nothing for too long', function () {
    $s = script([head(), pause(5000)]);
    fetch('http://a.test/', by($s, [CURLOPT_HTTPPROXYTUNNEL => true, CURLOPT_CONNECTTIMEOUT_MS => 300]), CURLINFO_HTTP_CODE);
});

it('CONNECT with 100 before', function () {
    $s = script([head(), send("HTTP/1.1 100 Continue\r\n\r\n" . TUNNEL), request(), send(ok('through'))]);
    fetch('http://a.test/', by($s, [CURLOPT_HTTPPROXYTUNNEL => true]), CURLINFO_HTTP_CODE, CURLINFO_HTTP_CONNECTCODE);
});

it('CONNECT with a chunked refusal', function () {
    $s = script([head(), send("HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n" . chunked('no') . "\r\n")]);
    fetch('http://a.test/', by($s, [CURLOPT_HTTPPROXYTUNNEL => true]), CURLINFO_HTTP_CODE, CURLINFO_HTTP_CONNECTCODE);
});

it('CONNECT with a length in a 200', function () {
    $s = script([head(), send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"), request(), send(ok('through'))]);
    fetch('http://a.test/', by($s, [CURLOPT_HTTPPROXYTUNNEL => true]), CURLINFO_HTTP_CODE);
});

it('PROXYTYPE', function () {
    $s = script([head(), send("HTTP/1.0 200 OK\r\n\r\n"), request(), send(ok('through'))]);
    fetch('http://a.test/', [CURLOPT_NOPROXY => '', CURLOPT_PROXY => "127.0.0.1:$s->port", CURLOPT_PROXYTYPE => CURLPROXY_HTTP_1_0, CURLOPT_HTTPPROXYTUNNEL => true], CURLINFO_HTTP_CODE);
    $s->show();
    $ch = easy();
    foreach ([0, 1, 2, 3, 4, 5, 6, 7, 8, -1, 99] as $type) {
        set($ch, 'CURLOPT_PROXYTYPE', $type);
    }
});

it('a redirect by a proxy', function () {
    $s = script([request(), send(redirect(302, 'http://b.test/there')), request(), send(ok('there'))]);
    fetch('http://a.test/here', by($s, [CURLOPT_FOLLOWLOCATION => true, CURLOPT_USERPWD => 'me:secret', CURLOPT_PROXYUSERPWD => 'proxy:secret']), CURLINFO_EFFECTIVE_URL, CURLINFO_NUM_CONNECTS);
    $s->show();
});

it('an own field for the proxy in HTTPHEADER', function () {
    $s = serve(['*' => ok('plain')]);
    fetch('http://a.test/', by($s, [CURLOPT_HTTPHEADER => ['Proxy-Authorization: Mine x']]));
    $s->show();
});

it('cookies by a proxy', function () {
    $s = serve(['*' => ok('', 'Set-Cookie: a=1; Path=/')]);
    $ch = easy('http://a.test/1', by($s, [CURLOPT_COOKIEFILE => '']));
    perform($ch);
    perform($ch);
    curl_setopt($ch, CURLOPT_URL, 'http://b.test/');
    perform($ch);
    $s->show();
});

it('CONNECT_TO and RESOLVE with a proxy', function () {
    $s = serve(['*' => ok('by proxy')]);
    fetch('http://a.test/', [CURLOPT_NOPROXY => '', CURLOPT_PROXY => "http://peer.test:$s->port", CURLOPT_RESOLVE => ["peer.test:$s->port:127.0.0.1"]]);
    $s->show();
    $s = script([head(), send(TUNNEL), request(), send(ok('through'))]);
    fetch('http://a.test/', by($s, [CURLOPT_CONNECT_TO => ['a.test:80:b.test:81'], CURLOPT_HTTPPROXYTUNNEL => true]));
    $s->show();
    $s = script([head(), send(TUNNEL), request(), send(ok('through'))]);
    fetch('http://a.test/', by($s, [CURLOPT_CONNECT_TO => ['a.test:80:b.test:81']]));
    $s->show();
});

it('PRE_PROXY', function () {
    $http = serve(['*' => ok('by both')]);
    $socks = script([take(3), send("\5\0"), take(10), send("\5\0\0\1\x7f\0\0\1\0\0"), tunnel($http->port)]);
    fetch('http://a.test/', by($http, [CURLOPT_SOCKS5_AUTH => CURLAUTH_BASIC, CURLOPT_PRE_PROXY => "socks5://127.0.0.1:$socks->port"]));
    $http->show();
});

it('an HTTPS proxy', function () {
    $s = serve_tls(['*' => ok('by proxy')]);
    fetch('http://a.test/', by($s, [CURLOPT_PROXY_CAINFO => certificate('ca.crt')], 'https'), CURLINFO_HTTP_CODE);
    $s->show();
});

// ---- the environment

const NAMES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY'];

/** With these variables: who is asked for this host? */
function environment(array $variables, string $host, array $options = []): void
{
    $proxy = serve(['*' => ok('by proxy')]);
    $direct = serve(['*' => ok('direct')]);
    $put = fn ($value) => is_string($value) ? str_replace(['PROXY', 'DIRECT'], [(string) $proxy->port, (string) $direct->port], $value) : $value;
    foreach ($variables as $name => $value) {
        putenv("$name=" . $put($value));
    }
    $ch = curl_init("http://$host:$direct->port/");
    curl_setopt_array($ch, [CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 5, CURLOPT_RESOLVE => ["$host:$direct->port:127.0.0.1"], CURLOPT_IPRESOLVE => CURL_IPRESOLVE_V4]);
    foreach ($options as $option => $value) {
        curl_setopt($ch, $option, $put($value));
    }
    say(implode(' ', array_map(fn ($n, $v) => "$n=$v", array_keys($variables), $variables)) . " $host", curl_exec($ch), curl_errno($ch));
    array_map('putenv', NAMES);
}

it('variables: http', function () {
    foreach (NAMES as $name) {
        environment([$name => 'http://127.0.0.1:PROXY'], 'a.test');
    }
    environment(['http_proxy' => ''], 'a.test');
    environment(['http_proxy' => '127.0.0.1:PROXY'], 'a.test');
    environment(['all_proxy' => 'http://127.0.0.1:PROXY', 'http_proxy' => ''], 'a.test');
});

it('no_proxy', function () {
    foreach (['a.test', '.a.test', 'test', '.test', 'b.test', '*', '*.test', 'a.test:DIRECT', 'a.test, b.test', 'b.test a.test', 'b.test,a.test', 'A.TEST', 'xa.test', ' a.test ', '', 'a.test.', 'x,*'] as $no) {
        environment(['http_proxy' => 'http://127.0.0.1:PROXY', 'no_proxy' => $no], 'a.test');
        environment(['http_proxy' => 'http://127.0.0.1:PROXY', 'no_proxy' => $no], 'sub.a.test');
    }
});

it('no_proxy and addresses', function () {
    foreach (['127.0.0.1', '127.0.0.0/8', '127.0.0.0/24', '10.0.0.0/8', '127.0.0.1/32', '::1', '127', '127.0.0.1:DIRECT', '127.0.0.0/33', '127.0.0.0/x'] as $no) {
        environment(['http_proxy' => 'http://127.0.0.1:PROXY', 'no_proxy' => $no], '127.0.0.1');
    }
});

it('NO_PROXY in both cases', function () {
    environment(['http_proxy' => 'http://127.0.0.1:PROXY', 'NO_PROXY' => 'a.test'], 'a.test');
    environment(['http_proxy' => 'http://127.0.0.1:PROXY', 'NO_PROXY' => 'a.test', 'no_proxy' => 'b.test'], 'a.test');
});

it('PROXY and NOPROXY over the environment', function () {
    environment(['http_proxy' => 'http://127.0.0.1:PROXY'], 'a.test', [CURLOPT_PROXY => '']);
    environment(['http_proxy' => 'http://127.0.0.1:PROXY'], 'a.test', [CURLOPT_PROXY => null]);
    environment(['http_proxy' => 'http://127.0.0.1:PROXY'], 'a.test', [CURLOPT_NOPROXY => 'a.test']);
    environment(['http_proxy' => 'http://127.0.0.1:PROXY'], 'a.test', [CURLOPT_NOPROXY => '*']);
    environment(['http_proxy' => 'http://127.0.0.1:PROXY', 'no_proxy' => 'a.test'], 'a.test', [CURLOPT_NOPROXY => '']);
    environment(['http_proxy' => 'http://127.0.0.1:PROXY', 'no_proxy' => 'a.test'], 'a.test', [CURLOPT_NOPROXY => null]);
    environment(['no_proxy' => 'a.test'], 'a.test', [CURLOPT_PROXY => 'http://127.0.0.1:PROXY']);
    environment(['http_proxy' => 'http://127.0.0.1:1'], 'a.test', [CURLOPT_PROXY => 'http://127.0.0.1:PROXY']);
});

it('variables: https', function () {
    foreach (['http_proxy', 'https_proxy', 'HTTPS_PROXY', 'ALL_PROXY'] as $name) {
        $proxy = script([head(), send("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")]);
        putenv("$name=http://127.0.0.1:$proxy->port");
        $ch = curl_init('https://127.0.0.1:1/');
        curl_setopt_array($ch, [CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 5]);
        perform($ch, CURLINFO_HTTP_CONNECTCODE);
        array_map('putenv', NAMES);
        unset($ch);
    }
});
