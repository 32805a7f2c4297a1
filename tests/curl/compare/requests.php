<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// requests.php - the request as it is sent: its line, its fields and their order.

require __DIR__ . '/compare.inc';

it('the least request', function () {
    $s = serve(['/' => ok()]);
    fetch($s->url());
    $s->show();
});

it('no path', function () {
    $s = serve(['/' => ok()]);
    fetch("http://127.0.0.1:$s->port");
    fetch("http://127.0.0.1:$s->port?a=1");
    fetch("http://127.0.0.1:$s->port#part");
    $s->show();
});

it('all fields of a GET', function () {
    $s = serve(['/' => ok()]);
    fetch($s->url('/?q=1'), [
        CURLOPT_USERAGENT => 'agent/1', CURLOPT_REFERER => 'http://from.test/', CURLOPT_COOKIE => 'a=1; b=2', CURLOPT_RANGE => '0-1',
        CURLOPT_ENCODING => 'gzip', CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPHEADER => ['X-One: 1', 'X-Two: 2'],
    ]);
    $s->show();
});

it('all fields of a POST', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url('/p'), [
        CURLOPT_USERAGENT => 'agent/1', CURLOPT_REFERER => 'http://from.test/', CURLOPT_COOKIE => 'a=1; b=2', CURLOPT_RANGE => '0-1',
        CURLOPT_ENCODING => 'gzip', CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPHEADER => ['X-One: 1', 'X-Two: 2'], CURLOPT_POSTFIELDS => 'a=b',
    ]);
    $s->show();
});

it('all fields of a PUT', function () {
    $s = serve(['*' => ok()]);
    $file = fopen(file_with('put', 'contents'), 'r');
    fetch($s->url('/p'), [
        CURLOPT_USERAGENT => 'agent/1', CURLOPT_REFERER => 'http://from.test/', CURLOPT_COOKIE => 'a=1; b=2',
        CURLOPT_ENCODING => 'gzip', CURLOPT_USERPWD => 'me:secret', CURLOPT_HTTPHEADER => ['X-One: 1', 'X-Two: 2'], CURLOPT_UPLOAD => true,
        CURLOPT_INFILE => $file, CURLOPT_INFILESIZE => 8,
    ]);
    $s->show();
});

it('leaving out what is sent by itself', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_HTTPHEADER => ['Accept:']]);
    fetch($s->url(), [CURLOPT_HTTPHEADER => ['Host:']]);
    fetch($s->url(), [CURLOPT_HTTPHEADER => ['accept:', 'user-agent:'], CURLOPT_USERAGENT => 'me']);
    fetch($s->url(), [CURLOPT_POSTFIELDS => 'a', CURLOPT_HTTPHEADER => ['Content-Type:']]);
    fetch($s->url(), [CURLOPT_POSTFIELDS => '', CURLOPT_HTTPHEADER => ['Content-Length:']]);
    $s->show();
});

it('an empty field', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_HTTPHEADER => ['X-Empty;', 'X-Gone:', 'Accept;', 'X-Odd; more', 'X-Blank: ']]);
    $s->show();
});

it('replacing what is sent by itself', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_HTTPHEADER => ['accept: text/html', 'HOST: elsewhere.test', 'user-agent: mine'], CURLOPT_USERAGENT => 'not this']);
    fetch($s->url(), [CURLOPT_HTTPHEADER => ['Referer: http://mine.test/', 'Range: bytes=1-2'], CURLOPT_REFERER => 'http://not.test/', CURLOPT_RANGE => '5-6']);
    fetch($s->url(), [CURLOPT_HTTPHEADER => ['Authorization: Mine x'], CURLOPT_USERPWD => 'a:b']);
    fetch($s->url(), [CURLOPT_HTTPHEADER => ['Accept-Encoding: mine'], CURLOPT_ENCODING => 'gzip']);
    $s->show();
});

it('fields twice', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_HTTPHEADER => ['X-A: 1', 'x-a: 2', 'Accept: a', 'Accept: b', 'Host: a.test', 'Host: b.test']]);
    $s->show();
});

it('spaces about a field', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_HTTPHEADER => ['X-A:1', 'X-B:    2   ', ' X-C: 3', 'X-D :4', "X-E:\t5"]]);
    $s->show();
});

it('odd entries in HTTPHEADER', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_HTTPHEADER => ['no colon', '', ':', ': value', 5, 1.5, true, null, 'X-Last: 1']]);
    $s->show();
});

it('HTTPHEADER with keys', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_HTTPHEADER => ['X-Key' => 'X-Value: 1', 7 => 'X-Seven: 7']]);
    $s->show();
});

it('HTTPHEADER set twice, and emptied', function () {
    $s = serve(['*' => ok()]);
    $ch = easy($s->url());
    curl_setopt($ch, CURLOPT_HTTPHEADER, ['X-First: 1', 'Accept: first']);
    curl_setopt($ch, CURLOPT_HTTPHEADER, ['X-Second: 2']);
    perform($ch);
    curl_setopt($ch, CURLOPT_HTTPHEADER, []);
    perform($ch);
    $s->show();
});

it('line breaks in a field', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_HTTPHEADER => ["X-A: one\r\nX-B: two"]]);
    fetch($s->url(), [CURLOPT_USERAGENT => "one\r\nX-C: two"]);
    $s->show();
});

it('bytes over 127 in a field', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_HTTPHEADER => ["X-A: \xc3\xbc \xff"], CURLOPT_USERAGENT => "\xe9", CURLOPT_REFERER => "http://\xc3\xbc/"]);
    $s->show();
});

it('HTTP/1.0', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_0], CURLINFO_HTTP_VERSION);
    fetch($s->url(), [CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_0, CURLOPT_POSTFIELDS => 'a=b'], CURLINFO_HTTP_VERSION);
    $s->show();
});

it('HTTP versions and what is sent', function () {
    $s = serve(['*' => ok()]);
    foreach (['NONE', '1_1', '2TLS'] as $version) {
        fetch($s->url("/$version"), [CURLOPT_HTTP_VERSION => constant("CURL_HTTP_VERSION_$version")], CURLINFO_HTTP_VERSION);
    }
    $s->show();
});

it('HTTP 2 asked for without TLS is an upgrade that nobody needs to take', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_2_0], CURLINFO_HTTP_VERSION);
    $s->show();
});

it('HTTP 2 with prior knowledge', function () {
    $frame = fn (int $kind, int $flags, int $stream, string $bytes = '') => substr(pack('N', strlen($bytes)), 1) . chr($kind) . chr($flags) . pack('N', $stream) . $bytes;
    // The preface; then the settings and the request, of which it is enough that they are there.
    $s = script([take(24), take(30), send($frame(4, 0, 0), $frame(4, 1, 0), $frame(1, 4, 1, "\x88\0\3x-a\0011") . $frame(0, 1, 1, 'body')), rest(300)]);
    watch(easy($s->url(), [CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE, CURLOPT_TIMEOUT_MS => 2000]), CURLINFO_HTTP_CODE, CURLINFO_HTTP_VERSION);
});

it('default options of a handle', function () {
    $s = serve(['*' => ok()]);
    $ch = curl_init();
    curl_setopt($ch, CURLOPT_URL, $s->url());
    curl_setopt($ch, CURLOPT_RETURNTRANSFER, 1);
    perform($ch, CURLINFO_HTTP_CODE, CURLINFO_EFFECTIVE_URL, CURLINFO_EFFECTIVE_METHOD, CURLINFO_PRIMARY_PORT);
    $s->show();
});

it('REQUEST_TARGET', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url('/path'), [CURLOPT_REQUEST_TARGET => '*', CURLOPT_CUSTOMREQUEST => 'OPTIONS'], CURLINFO_EFFECTIVE_URL);
    fetch($s->url('/path'), [CURLOPT_REQUEST_TARGET => 'http://other.test/x y'], CURLINFO_EFFECTIVE_URL);
    fetch($s->url('/path'), [CURLOPT_REQUEST_TARGET => '/a/../b?c']);
    $s->show();
});

it('Host names of requests', function () {
    $s = serve(['*' => ok()]);
    fetch("http://LocalHost:$s->port/");
    fetch('http://example.test/', [CURLOPT_CONNECT_TO => ["::127.0.0.1:$s->port"]]);
    fetch('http://example.test:80/', [CURLOPT_CONNECT_TO => ["::127.0.0.1:$s->port"]]);
    fetch('http://example.test:443/', [CURLOPT_CONNECT_TO => ["::127.0.0.1:$s->port"]]);
    fetch('http://example.test:8080/', [CURLOPT_CONNECT_TO => ["::127.0.0.1:$s->port"]]);
    fetch('http://user@example.test/', [CURLOPT_CONNECT_TO => ["::127.0.0.1:$s->port"]]);
    $s->show();
});

it('PORT', function () {
    $s = serve(['*' => ok()]);
    fetch('http://127.0.0.1/', [CURLOPT_PORT => $s->port], CURLINFO_EFFECTIVE_URL);
    fetch('http://127.0.0.1:1/', [CURLOPT_PORT => $s->port], CURLINFO_EFFECTIVE_URL);
    $s->show();
});

it('HEADER_OUT', function () {
    $s = serve(['*' => ok()]);
    $ch = easy($s->url('/a'));
    say('before', curl_getinfo($ch, CURLINFO_HEADER_OUT));
    set($ch, 'CURLOPT_HEADER', false);
    say('set', curl_setopt($ch, CURLINFO_HEADER_OUT, true));
    perform($ch, CURLINFO_HEADER_OUT);
    say('in the array', curl_getinfo($ch)['request_header'] ?? null);
    curl_setopt_array($ch, [CURLOPT_URL => $s->url('/b'), CURLOPT_POSTFIELDS => 'body']);
    perform($ch, CURLINFO_HEADER_OUT);
    curl_setopt($ch, CURLINFO_HEADER_OUT, false);
    curl_setopt($ch, CURLOPT_URL, $s->url('/c'));
    perform($ch, CURLINFO_HEADER_OUT);
    say('in the array', isset(curl_getinfo($ch)['request_header']));
});

it('HEADER_OUT is of the last request', function () {
    $s = serve(['/a' => redirect(302, '/b'), '/b' => ok()]);
    $ch = easy($s->url('/a'), [CURLINFO_HEADER_OUT => true, CURLOPT_FOLLOWLOCATION => true]);
    perform($ch, CURLINFO_HEADER_OUT);
});

it('HEADER_OUT and VERBOSE stand in each other\'s way', function () {
    $s = serve(['*' => ok()]);
    $ch = easy($s->url('/a'), [CURLINFO_HEADER_OUT => true]);
    say('verbose', attempt(fn () => curl_setopt($ch, CURLOPT_VERBOSE, false)));
    perform($ch, CURLINFO_HEADER_OUT);
});

it('REQUEST_SIZE', function () {
    $s = serve(['/a' => redirect(302, '/b'), '*' => ok()]);
    fetch("http://127.0.0.1:$s->port/b", [], CURLINFO_REQUEST_SIZE, CURLINFO_HEADER_SIZE, CURLINFO_SIZE_UPLOAD_T);
    fetch("http://127.0.0.1:$s->port/b", [CURLOPT_POSTFIELDS => 'four'], CURLINFO_REQUEST_SIZE, CURLINFO_HEADER_SIZE, CURLINFO_SIZE_UPLOAD_T);
    fetch("http://127.0.0.1:$s->port/a", [CURLOPT_FOLLOWLOCATION => 1], CURLINFO_REQUEST_SIZE, CURLINFO_HEADER_SIZE);
});

it('TRANSFER_ENCODING asks for a coding of the transfer', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_TRANSFER_ENCODING => 1]);
    $s->show();
});

it('TIMECONDITION', function () {
    $s = serve(['/old' => ok('old', 'Last-Modified: Fri, 13 Feb 2009 23:31:30 GMT'), '/new' => ok('new', 'Last-Modified: Sun, 13 Feb 2022 23:31:30 GMT'),
        '/same' => answer(304), '*' => ok('none')]);
    foreach (['IFMODSINCE', 'IFUNMODSINCE', 'LASTMOD', 'NONE'] as $condition) {
        foreach (['/old', '/new', '/same', '/other'] as $path) {
            fetch($s->url($path), [CURLOPT_TIMECONDITION => constant("CURL_TIMECOND_$condition"), CURLOPT_TIMEVALUE => 1500000000], CURLINFO_CONDITION_UNMET,
                CURLINFO_HTTP_CODE, CURLINFO_FILETIME);
        }
    }
    $s->show();
});

it('FILETIME', function () {
    $s = serve(['/a' => ok('a', 'Last-Modified: Fri, 13 Feb 2009 23:31:30 GMT'), '/b' => ok('b', 'Last-Modified: yesterday'), '*' => ok('none')]);
    foreach (['/a', '/b', '/c'] as $path) {
        fetch($s->url($path), [CURLOPT_FILETIME => true], CURLINFO_FILETIME, CURLINFO_FILETIME_T);
    }
    fetch($s->url('/a'), [], CURLINFO_FILETIME);
});
