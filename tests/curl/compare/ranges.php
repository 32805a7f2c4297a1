<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// ranges.php - RANGE and RESUME_FROM, and FAILONERROR with its relatives.

require __DIR__ . '/compare.inc';

it('RANGE', function () {
    $s = serve(['*' => answer(206, 'part', 'Content-Range: bytes 0-3/10')]);
    foreach (['0-3', '5-', '-5', '0-1,4-5', 'nonsense', 'bytes=0-3', '3', '0-3 '] as $range) {
        fetch($s->url(), [CURLOPT_RANGE => $range], CURLINFO_HTTP_CODE);
    }
    fetch($s->url(), [CURLOPT_RANGE => null]);
    $s->show();
});

it('RANGE that is empty', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_RANGE => '']);
    $s->show();
});

it('RANGE that the server does not know', function () {
    $s = serve(['*' => ok('all of it')]);
    fetch($s->url(), [CURLOPT_RANGE => '0-1'], CURLINFO_HTTP_CODE, CURLINFO_SIZE_DOWNLOAD);
});

it('RANGE that cannot be', function () {
    $s = serve(['*' => answer(416, 'no', 'Content-Range: bytes */10')]);
    fetch($s->url(), [CURLOPT_RANGE => '50-60'], CURLINFO_HTTP_CODE);
});

it('RANGE and POST', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_RANGE => '0-1', CURLOPT_POSTFIELDS => 'a=b']);
    fetch($s->url(), [CURLOPT_RANGE => '0-1', CURLOPT_POSTFIELDS => ['a' => 'b']]);
    fetch($s->url(), [CURLOPT_RANGE => '0-1', CURLOPT_POSTFIELDS => 'a=b', CURLOPT_HTTPHEADER => ['Content-Range: mine']]);
    fetch($s->url(), [CURLOPT_RANGE => '0-1', CURLOPT_UPLOAD => true, CURLOPT_INFILE => fopen(file_with('in', 'abc'), 'r'), CURLOPT_INFILESIZE => 3]);
    $s->show();
});

it('RESUME_FROM', function () {
    $s = serve(['*' => answer(206, 'rest', 'Content-Range: bytes 6-9/10')]);
    fetch($s->url(), [CURLOPT_RESUME_FROM => 6], CURLINFO_HTTP_CODE, CURLINFO_SIZE_DOWNLOAD, CURLINFO_CONTENT_LENGTH_DOWNLOAD);
    fetch($s->url(), [CURLOPT_RESUME_FROM => 0], CURLINFO_HTTP_CODE);
    $s->show();
});

it('RESUME_FROM and a server without ranges', function () {
    $s = serve(['*' => ok('all of it')]);
    fetch($s->url(), [CURLOPT_RESUME_FROM => 3], CURLINFO_HTTP_CODE);
    fetch($s->url(), [CURLOPT_RESUME_FROM => 9], CURLINFO_HTTP_CODE);
    foreach ([answer(200), answer(404, 'not here'), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nchunks\r\n0\r\n\r\n"] as $answer) {
        $s = serve(['*' => $answer]);
        fetch($s->url(), [CURLOPT_RESUME_FROM => 3], CURLINFO_HTTP_CODE);
    }
});

it('RESUME_FROM after a redirect', function () {
    $s = serve(['/a' => redirect(302, '/b', 'elsewhere'), '/b' => answer(206, 'rest', 'Content-Range: bytes 6-9/10')]);
    fetch($s->url('/a'), [CURLOPT_RESUME_FROM => 6, CURLOPT_FOLLOWLOCATION => true], CURLINFO_HTTP_CODE);
    $s->show();
});

it('RESUME_FROM and another place', function () {
    $s = serve(['*' => answer(206, 'rest', 'Content-Range: bytes 2-5/10')]);
    fetch($s->url(), [CURLOPT_RESUME_FROM => 6], CURLINFO_HTTP_CODE);
});

it('RESUME_FROM at the end', function () {
    $s = serve(['*' => answer(416, 'no', 'Content-Range: bytes */10')]);
    fetch($s->url(), [CURLOPT_RESUME_FROM => 10], CURLINFO_HTTP_CODE);
    fetch($s->url(), [CURLOPT_RESUME_FROM => 10, CURLOPT_FAILONERROR => true], CURLINFO_HTTP_CODE);
});

it('RESUME_FROM and RANGE', function () {
    $s = serve(['*' => answer(206, 'rest', 'Content-Range: bytes 6-9/10')]);
    fetch($s->url(), [CURLOPT_RESUME_FROM => 6, CURLOPT_RANGE => '0-1']);
    fetch($s->url(), [CURLOPT_RANGE => '0-1', CURLOPT_RESUME_FROM => 6]);
    $s->show();
});

it('RESUME_FROM and what it takes', function () {
    $ch = easy();
    foreach ([-1, -2, 1 << 40, '5', 'x'] as $value) {
        set($ch, 'CURLOPT_RESUME_FROM', $value);
    }
});

it('RESUME_FROM into a file', function () {
    $s = serve(['*' => answer(206, 'second', 'Content-Range: bytes 6-11/12')]);
    $name = file_with('resumed', 'first ');
    $file = fopen($name, 'a');
    fetch($s->url(), [CURLOPT_RESUME_FROM => 6, CURLOPT_FILE => $file]);
    fclose($file);
    say('has', file_get_contents($name));
});

it('FAILONERROR', function () {
    foreach ([200, 304, 399, 400, 401, 404, 407, 416, 500, 599, 999] as $status) {
        $s = serve(['*' => answer($status, $status === 304 ? '' : 'body', 'X-A: 1')]);
        fetch($s->url(), [CURLOPT_FAILONERROR => true], CURLINFO_HTTP_CODE, CURLINFO_SIZE_DOWNLOAD, CURLINFO_HEADER_SIZE);
    }
});

it('FAILONERROR and the callbacks', function () {
    $s = serve(['*' => answer(404, 'body', 'X-A: 1')]);
    watch(easy($s->url(), [CURLOPT_FAILONERROR => true]), CURLINFO_HTTP_CODE, CURLINFO_CONTENT_TYPE);
    watch(easy($s->url(), [CURLOPT_FAILONERROR => true, CURLOPT_HEADER => true]));
});

it('FAILONERROR after a redirect', function () {
    $s = serve(['/a' => redirect(302, '/b', 'moved'), '/b' => answer(500, 'broken')]);
    fetch($s->url('/a'), [CURLOPT_FAILONERROR => true, CURLOPT_FOLLOWLOCATION => true], CURLINFO_HTTP_CODE, CURLINFO_REDIRECT_COUNT, CURLINFO_EFFECTIVE_URL);
});

it('FAILONERROR and HEAD', function () {
    $s = serve(['*' => answer(404, 'body')]);
    fetch($s->url('/a'), [CURLOPT_FAILONERROR => true, CURLOPT_NOBODY => true], CURLINFO_HTTP_CODE);
});

it('FAILONERROR and the connection', function () {
    $s = serve(['/a' => answer(404, 'body'), '*' => ok()]);
    $ch = easy($s->url('/a'), [CURLOPT_FAILONERROR => true]);
    perform($ch);
    curl_setopt($ch, CURLOPT_URL, $s->url('/b'));
    perform($ch, CURLINFO_NUM_CONNECTS);
});

it('FAILONERROR and POST', function () {
    $s = serve(['*' => answer(422, 'errors')]);
    fetch($s->url('/a'), [CURLOPT_FAILONERROR => true, CURLOPT_POSTFIELDS => 'a=b'], CURLINFO_HTTP_CODE, CURLINFO_SIZE_UPLOAD);
});

it('KEEP_SENDING_ON_ERROR', function () {
    foreach ([false, true] as $keep) {
        $s = script([head(), send("HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno"), take(500000), rest(500)]);
        fetch($s->url('/a'), [CURLOPT_KEEP_SENDING_ON_ERROR => $keep, CURLOPT_POSTFIELDS => str_repeat('x', 500000), CURLOPT_HTTPHEADER => ['Expect:']], CURLINFO_HTTP_CODE);
    }
});

it('KEEP_SENDING_ON_ERROR and what is read', function () {
    foreach (['', "Connection: close\r\n"] as $close) {
        foreach ([false, true] as $keep) {
            // The answer is there before the body is asked for.
            $read = 0;
            $s = script([head(), send("HTTP/1.1 403 No\r\n{$close}Content-Length: 2\r\n\r\nno"), rest(300)], [request(), send(ok('another connection'))]);
            $ch = easy($s->url('/a'), [CURLOPT_KEEP_SENDING_ON_ERROR => $keep, CURLOPT_UPLOAD => true, CURLOPT_INFILESIZE => 9, CURLOPT_EXPECT_100_TIMEOUT_MS => 5000,
                CURLOPT_READFUNCTION => function () use (&$read) {
                    return $read++ < 3 ? 'abc' : '';
                }]);
            perform($ch, CURLINFO_HTTP_CODE, CURLINFO_SIZE_UPLOAD);
            say('reads', $read);
        }
    }
});
