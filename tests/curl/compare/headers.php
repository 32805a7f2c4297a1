<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// headers.php - the response's head: HEADERFUNCTION, HEADER, WRITEHEADER, and what is told about it.

require __DIR__ . '/compare.inc';

function raw(string ...$pieces): Server
{
    return script([request(), send(...$pieces)]);
}

it('line by line', function () {
    watch(easy(raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: 1\r\nX-A:2\r\nX-Empty:\r\n\r\nok")->url()), CURLINFO_HEADER_SIZE, CURLINFO_CONTENT_TYPE);
});

it('ends of lines', function () {
    watch(easy(raw("HTTP/1.1 200 OK\nContent-Length: 2\nX-A: 1\r\n\nok")->url()), CURLINFO_HEADER_SIZE);
    watch(easy(raw("HTTP/1.1 200 OK\r\nX-A: a\rb\r\nContent-Length: 2\r\n\r\nok")->url()), CURLINFO_HEADER_SIZE);
});

it('folded lines', function () {
    watch(easy(raw("HTTP/1.1 200 OK\r\nX-A: one\r\n two\r\n\tthree\r\nContent-Length: 2\r\n\r\nok")->url()));
});

it('status lines', function () {
    foreach (['HTTP/1.1 200', 'HTTP/1.1 200 ', 'HTTP/1.0 200 OK', 'HTTP/1.1 299 A long reason', "HTTP/1.1 200 \xc3\xbc", 'HTTP/1.1 200  two spaces', 'HTTP/1.1 999 Odd', 'HTTP/1.1 600 X'] as $line) {
        watch(easy(raw("$line\r\nContent-Length: 2\r\n\r\nok")->url()), CURLINFO_HTTP_CODE, CURLINFO_HTTP_VERSION);
    }
});

it('a head in pieces', function () {
    $s = script([request(), send("HTTP/1.1 2"), pause(20), send("00 OK\r"), pause(20), send("\nX-A"), pause(20), send(": 1\r\n\r"), pause(20), send("\nbody")]);
    watch(easy($s->url()), CURLINFO_HEADER_SIZE);
});

it('spaces in a field', function () {
    watch(easy(raw("HTTP/1.1 200 OK\r\nContent-Length:   2  \r\nContent-Type:  text/plain ; charset=x \r\nX-Space : 1\r\n\r\nok")->url()), CURLINFO_CONTENT_TYPE);
});

it('Content-Type', function () {
    foreach (['text/html', 'text/html; charset=utf-8', '', 'nonsense', "a\tb"] as $type) {
        fetch(raw("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Type: $type\r\n\r\n")->url(), [], CURLINFO_CONTENT_TYPE);
    }
    fetch(raw("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")->url(), [], CURLINFO_CONTENT_TYPE);
    fetch(raw("HTTP/1.1 200 OK\r\nContent-Type: first\r\nContent-Type: second\r\nContent-Length: 0\r\n\r\n")->url(), [], CURLINFO_CONTENT_TYPE);
});

it('trailers', function () {
    watch(easy(raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n" . chunked('body') . "X-T: one\r\nX-U: two\r\n\r\n")->url()), CURLINFO_HEADER_SIZE, CURLINFO_SIZE_DOWNLOAD);
    fetch(raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" . chunked('body') . "X-T: one\r\n\r\n")->url(), [CURLOPT_HEADER => true]);
});

it('HEADER', function () {
    fetch(raw(ok('body', 'X-A: 1'))->url(), [CURLOPT_HEADER => true], CURLINFO_HEADER_SIZE, CURLINFO_SIZE_DOWNLOAD);
    fetch(raw(ok('body', 'X-A: 1'))->url(), [CURLOPT_HEADER => true, CURLOPT_NOBODY => true], CURLINFO_HEADER_SIZE);
    watch(easy(raw(ok('body', 'X-A: 1'))->url(), [CURLOPT_HEADER => true]));
});

it('HEADER and redirects', function () {
    $s = serve(['/a' => redirect(302, '/b', 'body of a'), '/b' => ok('body of b')]);
    $body = fetch($s->url('/a'), [CURLOPT_HEADER => true, CURLOPT_FOLLOWLOCATION => true], CURLINFO_HEADER_SIZE, CURLINFO_SIZE_DOWNLOAD);
    watch(easy($s->url('/a'), [CURLOPT_HEADER => true, CURLOPT_FOLLOWLOCATION => true]));
    watch(easy($s->url('/a'), [CURLOPT_HEADER => true]), CURLINFO_REDIRECT_URL);
});

it('redirects without HEADER', function () {
    $s = serve(['/a' => redirect(302, '/b', 'body of a', 'X-A: 1'), '/b' => ok('body of b', 'X-B: 1')]);
    watch(easy($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true]), CURLINFO_HEADER_SIZE);
});

it('what is told during the head', function () {
    $s = serve(['/a' => redirect(302, '/b', 'x'), '/b' => ok('four', 'Content-Type: a/b')]);
    $ch = easy($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_HEADERFUNCTION => function ($ch, $line) {
        say(trim($line), curl_getinfo($ch, CURLINFO_RESPONSE_CODE), curl_getinfo($ch, CURLINFO_EFFECTIVE_URL), curl_getinfo($ch, CURLINFO_REDIRECT_COUNT),
            curl_getinfo($ch, CURLINFO_CONTENT_LENGTH_DOWNLOAD), curl_getinfo($ch, CURLINFO_CONTENT_TYPE), curl_getinfo($ch, CURLINFO_REDIRECT_URL),
            curl_getinfo($ch, CURLINFO_SIZE_DOWNLOAD), curl_getinfo($ch, CURLINFO_HTTP_VERSION), curl_getinfo($ch, CURLINFO_EFFECTIVE_METHOD));
        return strlen($line);
    }]);
    perform($ch);
});

it('curl_getinfo() as an array during the head', function () {
    $s = serve(['/' => ok('four', 'Content-Type: a/b')]);
    $ch = easy($s->url('/'), [CURLOPT_HEADERFUNCTION => function ($ch, $line) {
        $info = curl_getinfo($ch);
        say(trim($line), $info['url'], $info['http_code'], $info['content_type'], $info['header_size'], $info['download_content_length'], $info['primary_ip'], $info['redirect_url'],
            $info['pretransfer_time'] > 0, $info['request_size'] > 0);
        return strlen($line);
    }]);
    perform($ch);
});

it('a HEADERFUNCTION that returns something else', function () {
    foreach (['0' => 0, '1' => 1, 'more' => 100, '-1' => -1, 'null' => null, 'true' => true, 'false' => false, 'text' => 'text', 'number in text' => '17', 'nothing' => []] as $what => $value) {
        say($what);
        fetch(raw(ok('body'))->url(), [CURLOPT_HEADERFUNCTION => fn ($ch, $line) => $value], CURLINFO_HTTP_CODE);
    }
});

it('a HEADERFUNCTION that stops at a later line', function () {
    $s = raw(ok('body', 'X-Stop: 1', 'X-Later: 1'));
    $ch = easy($s->url(), [CURLOPT_HEADERFUNCTION => function ($ch, $line) {
        say('line', $line);
        return str_starts_with($line, 'X-Stop') ? 0 : strlen($line);
    }]);
    perform($ch, CURLINFO_HTTP_CODE, CURLINFO_HEADER_SIZE);
});

it('WRITEHEADER', function () {
    $file = fopen(folder() . '/head', 'w+');
    fetch(raw(ok('body', 'X-A: 1'))->url(), [CURLOPT_WRITEHEADER => $file]);
    rewind($file);
    say('file', stream_get_contents($file));
    $memory = fopen('php://memory', 'w+');
    fetch(raw(ok('body', 'X-A: 1'))->url(), [CURLOPT_WRITEHEADER => $memory, CURLOPT_HEADER => true]);
    rewind($memory);
    say('memory', stream_get_contents($memory));
});

it('WRITEHEADER and HEADERFUNCTION: the last one', function () {
    $file = fopen('php://memory', 'w+');
    $calls = new Calls();
    $ch = easy(raw(ok())->url());
    curl_setopt($ch, CURLOPT_WRITEHEADER, $file);
    curl_setopt($ch, CURLOPT_HEADERFUNCTION, $calls->header());
    perform($ch);
    $calls->show();
    rewind($file);
    say('file', stream_get_contents($file));
    $ch = easy(raw(ok())->url());
    curl_setopt($ch, CURLOPT_HEADERFUNCTION, $calls->header());
    curl_setopt($ch, CURLOPT_WRITEHEADER, $file);
    perform($ch);
    $calls->show();
    rewind($file);
    say('file', stream_get_contents($file));
});

it('WRITEHEADER closed before', function () {
    $file = fopen(folder() . '/head', 'w+');
    $ch = easy(raw(ok())->url(), [CURLOPT_WRITEHEADER => $file]);
    fclose($file);
    ob_start();
    perform($ch);
    say('output', ob_get_clean());
});

it('HEADERFUNCTION null', function () {
    $ch = easy(raw(ok())->url());
    attempt(fn () => set($ch, 'CURLOPT_HEADERFUNCTION', null));
    attempt(fn () => perform($ch));
});

it('one that is no function', function () {
    foreach (['no_such_function', ['NoClass', 'x'], 'NoClass::x', 5] as $callback) {
        $ch = easy(raw(ok())->url());
        attempt(fn () => set($ch, 'CURLOPT_HEADERFUNCTION', $callback));
        attempt(fn () => perform($ch));
    }
});

it('a field of 100 kilobytes', function () {
    $s = raw(ok('body', 'X-Large: ' . str_repeat('x', 100000)));
    fetch($s->url(), [], CURLINFO_HEADER_SIZE);
});

it('a head of 90 kilobytes in many fields', function () {
    $s = raw(ok('body', ...array_map(fn ($i) => sprintf('X-Field-%05d: %s', $i, str_repeat('y', 75)), range(1, 900))));
    fetch($s->url(), [], CURLINFO_HEADER_SIZE);
});

it('a line without an end', function () {
    fetch(raw("HTTP/1.1 200 OK\r\nX-Endless: " . str_repeat('x', 400000))->url(), [], CURLINFO_HTTP_CODE);
});

it('HTTP200ALIASES', function () {
    fetch(raw("ICY 200 OK\r\nX-A: 1\r\n\r\nbody")->url(), [CURLOPT_HTTP200ALIASES => ['ICY 200 OK']], CURLINFO_HTTP_CODE, CURLINFO_HTTP_VERSION);
    fetch(raw("ICY 200 OK\r\nX-A: 1\r\n\r\nbody")->url(), [], CURLINFO_HTTP_CODE);
    fetch(raw("ICY 200 OK\r\nX-A: 1\r\n\r\nbody")->url(), [CURLOPT_HTTP200ALIASES => ['OTHER'], CURLOPT_HTTP09_ALLOWED => true], CURLINFO_HTTP_CODE);
});

it('RETRY_AFTER', function () {
    foreach (['120', '0', 'x', ' 7 '] as $value) {
        fetch(raw(answer(503, '', "Retry-After: $value"))->url(), [], CURLINFO_RETRY_AFTER);
    }
});

it('a zero byte in the head', function () {
    watch(easy(raw("HTTP/1.1 200 OK\r\nX-A: a\0b\r\nContent-Length: 2\r\n\r\nok")->url()));
});
