<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// upload.php - bodies that are read piece by piece: READFUNCTION, INFILE, PUT.

require __DIR__ . '/compare.inc';

/** A READFUNCTION that hands out these pieces. */
function pieces(mixed ...$pieces): Closure
{
    return function ($ch, $file, int $most) use (&$pieces) {
        return $pieces ? array_shift($pieces) : '';
    };
}

it('INFILE and INFILESIZE', function () {
    $s = serve(['*' => ok()]);
    $file = fopen(file_with('in', 'contents'), 'r');
    foreach ([8, -1, null] as $size) {
        rewind($file);
        $options = [CURLOPT_UPLOAD => true, CURLOPT_INFILE => $file];
        fetch($s->url("/$size"), $size === null ? $options : $options + [CURLOPT_INFILESIZE => $size], CURLINFO_CONTENT_LENGTH_UPLOAD);
    }
    $s->show();
});

it('SIZE_UPLOAD', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_INFILE => fopen(file_with('in', 'contents'), 'r'), CURLOPT_INFILESIZE => 8], CURLINFO_SIZE_UPLOAD, CURLINFO_SIZE_UPLOAD_T);
});

it('SIZE_UPLOAD of a chunked body', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_INFILE => fopen(file_with('in', 'contents'), 'r')], CURLINFO_SIZE_UPLOAD, CURLINFO_SIZE_UPLOAD_T);
});

it('INFILE that is shorter than INFILESIZE', function () {
    $s = script([head(), send("HTTP/1.1 100 Continue\r\n\r\n"), take(8), rest(600)]);
    $file = fopen(file_with('in', 'contents'), 'r');
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_INFILE => $file, CURLOPT_INFILESIZE => 20, CURLOPT_TIMEOUT_MS => 300]);
});

it('INFILE that is longer than INFILESIZE', function () {
    foreach ([3, 0] as $size) {
        $s = script([request(), send(ok()), rest(300)]);
        $file = fopen(file_with('in', 'contents'), 'r');
        $ch = easy($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_INFILE => $file, CURLOPT_INFILESIZE => $size]);
        perform($ch);
        $s->wait();
        $s->show();
    }
});

it('INFILE from the middle', function () {
    $s = serve(['*' => ok()]);
    $file = fopen(file_with('in', 'contents'), 'r');
    fseek($file, 3);
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_INFILE => $file]);
    say('at', ftell($file), feof($file));
    $s->show();
});

it('INFILE that cannot be a file', function () {
    $s = serve(['*' => ok()]);
    $file = fopen('php://memory', 'w+');
    fwrite($file, 'in memory');
    rewind($file);
    fetch($s->url('/memory'), [CURLOPT_UPLOAD => true, CURLOPT_INFILE => $file, CURLOPT_INFILESIZE => 9]);
    $file = fopen('php://temp', 'w+');
    fwrite($file, 'in temp');
    rewind($file);
    fetch($s->url('/temp'), [CURLOPT_PUT => true, CURLOPT_INFILE => $file, CURLOPT_INFILESIZE => 7]);
    fetch($s->url('/data'), [CURLOPT_UPLOAD => true, CURLOPT_INFILE => fopen('data:,from%20data', 'r')]);
    fetch($s->url('/zlib'), [CURLOPT_UPLOAD => true, CURLOPT_INFILE => gzopen(file_with('in.gz', gzencode('unzipped')), 'r')]);
    $s->show();
});

it('INFILE closed before', function () {
    $s = serve(['*' => ok()]);
    $file = fopen(file_with('in', 'contents'), 'r');
    $ch = easy($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_INFILE => $file]);
    fclose($file);
    perform($ch);
});

it('a POST with INFILE', function () {
    $s = serve(['*' => ok()]);
    $file = fopen(file_with('in', 'contents'), 'r');
    fetch($s->url(), [CURLOPT_POST => true, CURLOPT_INFILE => $file, CURLOPT_INFILESIZE => 8]);
    rewind($file);
    fetch($s->url(), [CURLOPT_POST => true, CURLOPT_INFILE => $file]);
    $s->show();
});

it('READFUNCTION and its arguments', function () {
    $s = serve(['*' => ok()]);
    $file = fopen(file_with('in', 'contents'), 'r');
    foreach ([null, $file] as $in) {
        $calls = [];
        $ch = easy($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => function (...$arguments) use (&$calls, &$ch) {
            $calls[] = [count($arguments), $arguments[0] === $ch, get_debug_type($arguments[1]), $arguments[2] >= 16384];
            return count($calls) < 2 ? 'text' : '';
        }]);
        $in && curl_setopt($ch, CURLOPT_INFILE, $in);
        perform($ch);
        say('calls', $calls);
    }
    $s->show();
});

it('READFUNCTION in pieces', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => pieces('one', 'two', 'three')]);
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_INFILESIZE => 11, CURLOPT_READFUNCTION => pieces('one', 'two', 'three')]);
    $s->show();
});

it('READFUNCTION that gives more than INFILESIZE', function () {
    foreach ([5, 0] as $size) {
        $s = script([request(), send(ok()), rest(300)]);
        $ch = easy($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_INFILESIZE => $size, CURLOPT_READFUNCTION => pieces('one', 'two', 'three')]);
        perform($ch);
        $s->wait();
        $s->show();
    }
});

it('READFUNCTION and the end', function () {
    $s = serve(['*' => ok()]);
    foreach (['null' => null, 'false' => false, 'empty' => '', '0' => 0, 'array' => []] as $what => $end) {
        say($what);
        fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => pieces('some', $end), CURLOPT_TIMEOUT_MS => 500]);
    }
    $s->show(whole: false);
});

it('READFUNCTION that returns a number', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => pieces('some', 5), CURLOPT_TIMEOUT_MS => 500]);
    $s->show(whole: false);
});

it('READFUNCTION that gives too much', function () {
    $s = serve(['*' => ok()]);
    $given = 0;
    $asked = 0;
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_HTTPHEADER => ['Expect:'], CURLOPT_READFUNCTION => function ($ch, $file, $most) use (&$given, &$asked) {
        $asked = $given ? $asked : $most;
        return $given++ ? '' : str_repeat('x', $most + 100);
    }]);
    foreach ($s->events() as $event) {
        if ($event['what'] === 'request') {
            say('cut', strlen($event['body']) === $asked);
        }
    }
});

it('READFUNCTION that stops it', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_HTTPHEADER => ['Expect:'], CURLOPT_READFUNCTION => fn () => 0x10000000, CURLOPT_TIMEOUT_MS => 500]);
});

it('READFUNCTION with a large body', function () {
    $s = serve(['*' => ok()]);
    $left = 1000000;
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_INFILESIZE => $left, CURLOPT_READFUNCTION => function ($ch, $file, $most) use (&$left) {
        $n = min($left, $most, 5000);
        $left -= $n;
        return str_repeat('y', $n);
    }], CURLINFO_SIZE_UPLOAD);
    $s->show();
});

it('READFUNCTION of a POST', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_POST => true, CURLOPT_READFUNCTION => pieces('a=', 'b')]);
    fetch($s->url(), [CURLOPT_POST => true, CURLOPT_READFUNCTION => pieces('a=', 'b'), CURLOPT_INFILESIZE => 3]);
    $s->show();
});

it('READFUNCTION and a Content-Length of the user\'s own', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_POST => true, CURLOPT_READFUNCTION => pieces('a=', 'b'), CURLOPT_HTTPHEADER => ['Content-Length: 3']]);
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => pieces('x'), CURLOPT_HTTPHEADER => ['Content-Length: 1', 'Expect:']]);
    $s->show();
});

it('READFUNCTION and POSTFIELDS', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_POSTFIELDS => 'fields', CURLOPT_READFUNCTION => pieces('function')]);
    fetch($s->url(), [CURLOPT_READFUNCTION => pieces('function'), CURLOPT_POSTFIELDS => 'fields']);
    $s->show();
});

it('READFUNCTION by name and by method', function () {
    class Reader
    {
        public int $times = 0;

        public function read($ch, $file, $most): string
        {
            return $this->times++ ? '' : 'by method';
        }

        public static function none(): string
        {
            return '';
        }
    }
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => [new Reader(), 'read']]);
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => 'Reader::none']);
    $s->show();
});

it('READFUNCTION and a redirect', function () {
    foreach ([302, 307] as $status) {
        $s = serve(['/a' => redirect($status, '/b'), '/b' => ok()]);
        fetch($s->url('/a'), [CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => pieces('once'), CURLOPT_FOLLOWLOCATION => true], CURLINFO_REDIRECT_COUNT);
        $s->show();
    }
});

it('INFILE and a redirect', function () {
    foreach ([302, 303, 307] as $status) {
        $s = serve(['/a' => redirect($status, '/b'), '/b' => ok()]);
        $file = fopen(file_with('in', 'contents'), 'r');
        fetch($s->url('/a'), [CURLOPT_UPLOAD => true, CURLOPT_INFILE => $file, CURLOPT_INFILESIZE => 8, CURLOPT_FOLLOWLOCATION => true], CURLINFO_REDIRECT_COUNT);
        $s->show();
    }
});

it('without any source', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_INFILESIZE => 0]);
    fetch($s->url(), [CURLOPT_PUT => true, CURLOPT_INFILESIZE => 0]);
    $s->show();
});

it('a PUT is answered at once', function () {
    $s = script([head(), send(answer(403, 'no')), rest(300)]);
    $read = 0;
    $ch = easy($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_INFILESIZE => 100, CURLOPT_EXPECT_100_TIMEOUT_MS => 5000, CURLOPT_READFUNCTION => function () use (&$read) {
        $read++;
        return 'x';
    }]);
    perform($ch, CURLINFO_HTTP_CODE);
    say('reads', $read);
});

it('chunks of a READFUNCTION on the wire', function () {
    $s = script([head(), take(31), send(ok())]);
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_HTTPHEADER => ['Expect:'], CURLOPT_READFUNCTION => pieces('one', 'sixteen bytes ..')]);
    $s->show();
});

it('RESUME_FROM of an upload', function () {
    $s = serve(['*' => ok()]);
    $file = fopen(file_with('in', 'contents'), 'r');
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_INFILE => $file, CURLOPT_INFILESIZE => 8, CURLOPT_RESUME_FROM => 3], CURLINFO_SIZE_UPLOAD);
    $s->show();
});

it('RESUME_FROM of an upload by READFUNCTION', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => pieces('con', 't', 'en', 'ts'), CURLOPT_INFILESIZE => 8, CURLOPT_RESUME_FROM => 4], CURLINFO_SIZE_UPLOAD);
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => pieces('contents'), CURLOPT_INFILESIZE => 8, CURLOPT_RESUME_FROM => 8]);
    $s->show();
});

it('RESUME_FROM of an upload, and Content-Range of the user\'s own', function () {
    $s = serve(['*' => ok()]);
    $file = fopen(file_with('in', 'contents'), 'r');
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_INFILE => $file, CURLOPT_INFILESIZE => 8, CURLOPT_RESUME_FROM => 3, CURLOPT_HTTPHEADER => ['Content-Range: bytes 3-7/*']]);
    $s->show();
});

it('an upload with a Content-Type', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => pieces('x'), CURLOPT_HTTPHEADER => ['Content-Type: text/plain', 'Expect:']]);
    fetch($s->url(), [CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => pieces('x'), CURLOPT_HTTPHEADER => ['Transfer-Encoding: chunked', 'Expect:']]);
    $s->show();
});
