<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// urls.php - what is made of a URL: the request that is sent, the URL that is told, the error.

require __DIR__ . '/compare.inc';

/** Ask for it: every host leads to one server. */
function ask(string $url, array $options = []): void
{
    $s = serve(['*' => ok()]);
    $url = str_replace('PORT', (string) $s->port, $url);
    $ch = easy($url, $options + [CURLOPT_CONNECT_TO => ["::127.0.0.1:$s->port"], CURLOPT_TIMEOUT_MS => 2000]);
    say('before', curl_getinfo($ch, CURLINFO_EFFECTIVE_URL));
    perform($ch, CURLINFO_EFFECTIVE_URL);
    $s->show();
}

foreach ([
    // Forms
    'http://a.test', 'http://a.test/', 'HTTP://A.TEST/Path', 'a.test/path', 'a.test', 'ftp.a.test/x', 'www.a.test', '//a.test/x', 'http:/a.test/x', 'http:///a.test/x', 'http:////a.test/x', 'http:a.test',
    'http:\\\\a.test\\x', ' http://a.test/', 'http://a.test/ ', "http://a.test/\t", "\thttp://a.test/", "http://a.test/\r\n", "http://a.te\nst/",
    // Parts
    'http://a.test?q', 'http://a.test#f', 'http://a.test/?', 'http://a.test/#', 'http://a.test/p?q#f', 'http://a.test/p#f?q', 'http://a.test:80/', 'http://a.test:0080/', 'http://a.test:8080/', 'http://a.test:/',
    'http://a.test:0/', 'http://a.test:65535/', 'http://a.test:65536/', 'http://a.test:x/', 'http://a.test:80x/', 'http://a.test:-1/', 'http://a.test: 80/', 'http://a.test:1:2/',
    // Paths
    'http://a.test/./a', 'http://a.test/../a', 'http://a.test/a/../b', 'http://a.test/a/./b/../c/', 'http://a.test/a/..', 'http://a.test/a/.', 'http://a.test/..', 'http://a.test/a//b', 'http://a.test/a/%2e%2e/b',
    'http://a.test/%2E/a', 'http://a.test/...', 'http://a.test/a;p=1/../b', 'http://a.test/a/../b?c/../d', 'http://a.test/a b', 'http://a.test/a%20b', 'http://a.test/%41%zz%', "http://a.test/\u{fc}", "http://a.test/\x01",
    'http://a.test/"<>\\^`{|}', "http://a.test/a'()*!", 'http://a.test/?a b', "http://a.test/?\u{fc}", 'http://a.test/?a=b&c=d+e%20f', 'http://a.test/?"<>\\^`{|}', 'http://a.test/?[]', 'http://a.test/[x]',
    // Hosts
    'http://', 'http:///', 'http://?', 'http://#', 'http://:80/', 'http://@/', 'http://a..test/', 'http://.a.test/', 'http://a.test./', 'http://-a.test/', 'http://a_b.test/', 'http://a b.test/', 'http://a%20b.test/',
    'http://a%2etest/', 'http://%61.test/', 'http://a.test%00/', 'http://[::1]/', 'http://[::1]:8080/', 'http://[::1', 'http://[::g]/', 'http://[1.2.3.4]/', 'http://[]/', 'http://[::1%25lo]/', 'http://[v1.x]/',
    'http://1.2.3/', 'http://1.2.3.4.5/', 'http://256.1.1.1/', 'http://0x7f.1/', 'http://1/', 'http://a<b.test/', 'http://a"b.test/', 'http://a|b.test/', 'http://a^b.test/', 'http://{a}.test/',
    // Users
    'http://me@a.test/', 'http://me:secret@a.test/', 'http://me:secret:more@a.test/', 'http://me%40x:p%2Fw@a.test/', 'http://a@b@c.test/', 'http://:p@a.test/', 'http://me:@a.test/', 'http://me%00@a.test/', 'http://m e@a.test/',
    // Schemes
    'https2://a.test/', 'h://a.test/', '1http://a.test/', 'http+x://a.test/', 'http//a.test/', ':', '/', '/path', '?', '#', '.', 'localhost:PORT/x', 'a.test:PORT', 'user:pw@a.test/x', 'mailto:x@a.test', 'x:1', 'x:1/y',
] as $url) {
    it(text($url), fn () => ask($url));
}

it('PATH_AS_IS', function () {
    foreach (['http://a.test/../a', 'http://a.test/a/./b/../c', 'http://a.test/%2e%2e/a', 'http://a.test/a//b'] as $url) {
        ask($url, [CURLOPT_PATH_AS_IS => true]);
    }
});

it('international names', function () {
    foreach (["http://b\u{fc}cher.test/", "http://xn--bcher-kva.test/", "http://B\u{dc}CHER.test/", "http://stra\u{df}e.test/", "http://\u{4f8b}\u{5b50}.test/", "http://a\u{3002}test/", "http://\u{ff41}.test/"] as $url) {
        ask($url);
    }
});

it('international names that cannot be', function () {
    foreach (["http://\xff.test/", "http://a\u{200d}.test/", 'http://xn--a.test/', "http://\u{ad}.test/", "http://\u{fffd}.test/"] as $url) {
        ask($url);
    }
});

it('a long URL', function () {
    $s = serve(['*' => ok()]);
    fetch('http://a.test/' . str_repeat('p', 30000) . '?' . str_repeat('q', 30000), [CURLOPT_CONNECT_TO => ["::127.0.0.1:$s->port"]], CURLINFO_EFFECTIVE_URL, CURLINFO_REQUEST_SIZE);
});

it('a host that is too long', function () {
    fetch('http://' . str_repeat('a', 70) . '.invalid/');
    fetch('http://' . str_repeat('a.', 200) . 'invalid/');
});

it('a zero byte', function () {
    attempt(fn () => curl_init("http://a.test/\0x"));
    attempt(fn () => curl_setopt(easy(), CURLOPT_URL, "http://a.test/\0x"));
});

it('no URL', function () {
    perform(curl_init());
    perform(curl_init(''));
    $ch = curl_init('http://a.test/');
    curl_setopt($ch, CURLOPT_URL, '');
    perform($ch);
    perform(curl_init(null));
});
