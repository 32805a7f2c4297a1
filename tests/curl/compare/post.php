<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// post.php - bodies of POSTFIELDS: texts, and what is made of other things.

require __DIR__ . '/compare.inc';

it('texts', function () {
    $s = serve(['*' => ok()]);
    foreach (['a=b', '', "zero\0byte", "\xff\xfe", ' ', '@file', 'a b&c=d+e'] as $text) {
        fetch($s->url(), [CURLOPT_POSTFIELDS => $text], CURLINFO_SIZE_UPLOAD, CURLINFO_CONTENT_LENGTH_UPLOAD);
    }
    $s->show();
});

it('what is not a text', function () {
    $s = serve(['*' => ok()]);
    foreach ([0, 42, 1.5, true, false, null, new ArrayObject(['a' => 'b'])] as $value) {
        attempt(fn () => fetch($s->url(), [CURLOPT_POSTFIELDS => $value]));
    }
    $text = new class () {
        public $a = 'b';

        public function __toString(): string
        {
            return 'c=d';
        }
    };
    attempt(fn () => fetch($s->url(), [CURLOPT_POSTFIELDS => $text]));
    attempt(fn () => fetch($s->url(), [CURLOPT_POSTFIELDS => new stdClass()]));
    $s->show();
});

it('POST without a body', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_POST => true, CURLOPT_READFUNCTION => fn () => '']);
    fetch($s->url(), [CURLOPT_POST => true, CURLOPT_POSTFIELDS => '']);
    fetch($s->url(), [CURLOPT_POST => true, CURLOPT_POSTFIELDS => []]);
    fetch($s->url(), [CURLOPT_CUSTOMREQUEST => 'POST']);
    fetch($s->url(), [CURLOPT_CUSTOMREQUEST => 'POST', CURLOPT_HTTPHEADER => ['Content-Length: 0']]);
    $s->show();
});

it('a Content-Type of the user\'s own', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_POSTFIELDS => '{}', CURLOPT_HTTPHEADER => ['Content-Type: application/json']]);
    fetch($s->url(), [CURLOPT_POSTFIELDS => '{}', CURLOPT_HTTPHEADER => ['content-type: application/json', 'content-length: 2']]);
    fetch($s->url(), [CURLOPT_POSTFIELDS => '{}', CURLOPT_HTTPHEADER => ['Content-Type;']]);
    $s->show();
});

it('a Content-Length of the user\'s own', function () {
    foreach ([4, 2] as $length) {
        $s = script([request(), send(ok('ok', 'Connection: close')), rest(500)]);
        fetch($s->url(), [CURLOPT_POSTFIELDS => 'four', CURLOPT_HTTPHEADER => ["Content-Length: $length"]]);
        $s->wait();
        $s->show();
    }
});

it('chunked on demand', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_POSTFIELDS => 'four', CURLOPT_HTTPHEADER => ['Transfer-Encoding: chunked']]);
    fetch($s->url(), [CURLOPT_POSTFIELDS => '', CURLOPT_HTTPHEADER => ['Transfer-Encoding: chunked']]);
    $s->show();
});

it('Transfer-Encoding with more than chunked', function () {
    $s = script([head(), take(14), send(ok())]);
    fetch($s->url(), [CURLOPT_POSTFIELDS => 'four', CURLOPT_HTTPHEADER => ['Transfer-Encoding: gzip, chunked']]);
    $s->show();
});

it('large bodies and Expect', function () {
    $s = serve(['*' => ok()]);
    foreach ([1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1] as $size) {
        fetch($s->url("/$size"), [CURLOPT_POSTFIELDS => str_repeat('x', $size)], CURLINFO_SIZE_UPLOAD);
    }
    $s->show();
});

it('Expect on demand', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_POSTFIELDS => 'small', CURLOPT_HTTPHEADER => ['Expect: 100-continue']]);
    fetch($s->url(), [CURLOPT_POSTFIELDS => str_repeat('x', 1500000), CURLOPT_HTTPHEADER => ['Expect:']]);
    $s->show();
});

it('100 and how it is seen', function () {
    $s = serve(['*' => ok()]);
    watch(easy($s->url(), [CURLOPT_POSTFIELDS => str_repeat('x', 1500000)]), CURLINFO_HTTP_CODE, CURLINFO_HEADER_SIZE);
    watch(easy($s->url(), [CURLOPT_POSTFIELDS => str_repeat('x', 1500000), CURLOPT_HEADER => true]), CURLINFO_HTTP_CODE, CURLINFO_HEADER_SIZE);
});

it('no 100 comes', function () {
    // The body is sent when the time is over.
    $s = script([head(), take(1500000), send(ok('late'))]);
    $ch = easy($s->url(), [CURLOPT_POSTFIELDS => str_repeat('x', 1500000), CURLOPT_EXPECT_100_TIMEOUT_MS => 200]);
    $begun = microtime(true);
    perform($ch);
    say('waited', microtime(true) - $begun > 0.19);
    $s->show();
});

it('a final answer in place of 100', function () {
    foreach ([403 => 'no', 200 => 'yes'] as $status => $text) {
        $s = script([head(), send(answer($status, $text)), rest(300)]);
        fetch($s->url(), [CURLOPT_POSTFIELDS => str_repeat('x', 1500000), CURLOPT_EXPECT_100_TIMEOUT_MS => 5000], CURLINFO_HTTP_CODE, CURLINFO_SIZE_UPLOAD);
        $s->wait();
        $s->show();
    }
});

it('417 and once more without', function () {
    $s = script([head(), send(answer(417, 'no', 'Connection: close'))], [request(), send(ok('now'))]);
    $ch = easy($s->url(), [CURLOPT_POSTFIELDS => str_repeat('x', 1500000), CURLOPT_EXPECT_100_TIMEOUT_MS => 5000]);
    watch($ch, CURLINFO_HTTP_CODE, CURLINFO_REDIRECT_COUNT);
    $s->show();
});

it('417 over the same connection', function () {
    $s = script([head(), send(answer(417, 'no')), request(), send(ok('now'))], [request(), send(ok('elsewhere'))]);
    fetch($s->url(), [CURLOPT_POSTFIELDS => str_repeat('x', 1500000), CURLOPT_EXPECT_100_TIMEOUT_MS => 5000], CURLINFO_HTTP_CODE, CURLINFO_NUM_CONNECTS);
    $s->show();
});

it('417 where Expect is the user\'s own', function () {
    $s = script([...array_merge(...array_fill(0, 4, [head(), send(answer(417, 'no'))])), rest(300)]);
    fetch($s->url(), [CURLOPT_POSTFIELDS => 'small', CURLOPT_HTTPHEADER => ['Expect: 100-continue'], CURLOPT_EXPECT_100_TIMEOUT_MS => 5000, CURLOPT_MAXREDIRS => 3, CURLOPT_TIMEOUT_MS => 1500],
        CURLINFO_HTTP_CODE);
});

it('several 1xx answers', function () {
    $s = script([request(''), send("HTTP/1.1 100 Continue\r\nX-One: 1\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", "HTTP/1.1 102 Processing\r\n\r\n", ok('done', 'X-Last: 1'))]);
    watch(easy($s->url()), CURLINFO_HTTP_CODE, CURLINFO_HEADER_SIZE);
    $s = script([request(''), send("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", ok('done'))]);
    fetch($s->url(), [CURLOPT_HEADER => true]);
});

it('an answer before the body is sent', function () {
    // The server answers early and reads no more.
    $s = script([head(), send(answer(413, 'too large', 'Connection: close')), rest(500)]);
    fetch($s->url(), [CURLOPT_POSTFIELDS => str_repeat('x', 3000000), CURLOPT_HTTPHEADER => ['Expect:']], CURLINFO_HTTP_CODE);
});

it('POSTFIELDS is kept', function () {
    $s = serve(['*' => ok()]);
    $ch = easy($s->url(), [CURLOPT_POSTFIELDS => 'again']);
    perform($ch);
    perform($ch);
    $text = 'changed';
    curl_setopt($ch, CURLOPT_POSTFIELDS, $text);
    $text[0] = 'C';
    perform($ch);
    $s->show();
});

it('POSTFIELDS with INFILESIZE and POSTFIELDSIZE by the field', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_POSTFIELDS => 'four', CURLOPT_INFILESIZE => 2]);
    $s->show();
});

it('a body with GET and DELETE', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_CUSTOMREQUEST => 'GET', CURLOPT_POSTFIELDS => '{"q":1}', CURLOPT_HTTPHEADER => ['Content-Type: application/json']]);
    fetch($s->url(), [CURLOPT_CUSTOMREQUEST => 'DELETE', CURLOPT_POSTFIELDS => 'x=1']);
    $s->show();
});

it('HTTP/1.0 and a large body', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_0, CURLOPT_POSTFIELDS => str_repeat('x', 1500000)]);
    $s->show();
});

it('HTTP/1.0 and a body of unknown length', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_0, CURLOPT_POST => true, CURLOPT_READFUNCTION => fn () => '']);
    fetch($s->url(), [CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_0, CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => fn () => '']);
    $s->show();
});
