<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// sinks.php - where bodies go: output, RETURNTRANSFER, FILE, WRITEFUNCTION, and which of them counts.

require __DIR__ . '/compare.inc';

/** Perform without RETURNTRANSFER; print what went where. */
function where(array $options, string $body = 'body'): void
{
    $s = serve(['/' => ok($body)]);
    $ch = curl_init($s->url());
    $file = fopen(folder() . '/sink', 'w+');
    $taken = '';
    $list = ['FILE' => [CURLOPT_FILE, $file], 'FILE null' => [CURLOPT_FILE, null], 'RETURN' => [CURLOPT_RETURNTRANSFER, true], 'RETURN 0' => [CURLOPT_RETURNTRANSFER, false],
        'WRITE' => [CURLOPT_WRITEFUNCTION, function ($ch, $bytes) use (&$taken) {
            $taken .= $bytes;
            return strlen($bytes);
        }], 'WRITE null' => [CURLOPT_WRITEFUNCTION, null]];
    foreach ($options as $name) {
        try {
            curl_setopt($ch, ...$list[$name]);
        } catch (Throwable $e) {
            say("$name", get_class($e) . ': ' . $e->getMessage());
        }
    }
    ob_start();
    $result = attempt(fn () => curl_exec($ch));
    $output = ob_get_clean();
    rewind($file);
    say(implode(', ', $options), $result, curl_errno($ch));
    say('  output, file, function', $output, stream_get_contents($file), $taken);
}

it('each of them', function () {
    foreach ([[], ['RETURN'], ['FILE'], ['WRITE'], ['RETURN 0'], ['FILE null'], ['WRITE null']] as $options) {
        where($options);
    }
});

it('the last one counts', function () {
    foreach (['FILE', 'FILE null', 'RETURN', 'RETURN 0', 'WRITE', 'WRITE null'] as $first) {
        foreach (['FILE', 'FILE null', 'RETURN', 'RETURN 0', 'WRITE', 'WRITE null'] as $second) {
            where([$first, $second]);
        }
    }
});

it('three of them', function () {
    where(['FILE', 'RETURN', 'RETURN 0']);
    where(['WRITE', 'RETURN', 'RETURN 0']);
    where(['FILE', 'WRITE', 'RETURN']);
    where(['RETURN', 'WRITE', 'FILE']);
    where(['RETURN', 'FILE', 'FILE null']);
});

it('empty bodies', function () {
    foreach ([[], ['RETURN'], ['FILE'], ['WRITE']] as $options) {
        where($options, '');
    }
});

it('no body at all', function () {
    foreach ([204, 304] as $status) {
        $s = serve(['/' => answer($status)]);
        fetch($s->url());
    }
});

it('output buffers', function () {
    $s = serve(['/' => ok('to be changed')]);
    $ch = curl_init($s->url());
    ob_start(fn ($text) => strtoupper($text));
    $result = curl_exec($ch);
    ob_end_flush();
    echo "\n";
    say('result', $result);
});

it('bytes that are no text', function () {
    $bytes = implode('', array_map('chr', range(0, 255)));
    $s = serve(['/' => ok($bytes)]);
    fetch($s->url());
});

it('a large body', function () {
    $body = str_repeat('0123456789abcdef', 250000);
    $s = serve(['/length' => ok($body), '/close' => "HTTP/1.1 200 OK\r\n\r\n$body", '/chunks' => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        . chunked(...str_split($body, 10000)) . "\r\n"]);
    foreach (['/length', '/close', '/chunks'] as $path) {
        fetch($s->url($path), [], CURLINFO_SIZE_DOWNLOAD, CURLINFO_CONTENT_LENGTH_DOWNLOAD);
        $file = fopen(folder() . '/large', 'w+');
        say('to a file', fetch($s->url($path), [CURLOPT_FILE => $file]));
        say('has', md5_file(folder() . '/large'), filesize(folder() . '/large'), ftell($file));
    }
});

it('pieces for a WRITEFUNCTION', function () {
    $s = serve(['/' => ok(str_repeat('x', 200000))]);
    foreach ([null, 1024, 100000, 524288] as $buffer) {
        $sizes = [];
        $ch = easy($s->url(), [CURLOPT_WRITEFUNCTION => function ($ch, $bytes) use (&$sizes) {
            $sizes[] = strlen($bytes);
            return strlen($bytes);
        }]);
        $buffer && curl_setopt($ch, CURLOPT_BUFFERSIZE, $buffer);
        perform($ch);
        say('pieces', max($sizes) <= 16384, array_sum($sizes));
    }
});

it('a WRITEFUNCTION that returns something else', function () {
    $s = serve(['/' => ok('body')]);
    foreach (['0' => 0, '3' => 3, '5' => 5, '-1' => -1, 'null' => null, 'true' => true, 'false' => false, 'text' => 'text', '4 as text' => '4', 'float' => 4.0, 'array' => [],
        'object' => new stdClass()] as $what => $value) {
        say($what);
        fetch($s->url(), [CURLOPT_WRITEFUNCTION => fn ($ch, $bytes) => $value], CURLINFO_HTTP_CODE, CURLINFO_SIZE_DOWNLOAD);
    }
});

it('a WRITEFUNCTION and its arguments', function () {
    $s = serve(['/' => ok('body')]);
    $ch = easy($s->url());
    curl_setopt($ch, CURLOPT_WRITEFUNCTION, function (...$arguments) use (&$ch) {
        say('arguments', count($arguments), $arguments[0] === $ch, $arguments[1]);
        return strlen($arguments[1]);
    });
    perform($ch);
    unset($ch);
});

it('FILE: what it takes', function () {
    $s = serve(['/' => ok('body')]);
    foreach (['php://memory', 'php://temp', folder() . '/new', 'php://output'] as $name) {
        $file = fopen($name, 'w+');
        ob_start();
        $result = attempt(fn () => fetch($s->url(), [CURLOPT_FILE => $file]));
        say('output', ob_get_clean());
        say('at', @ftell($file));
        if (str_starts_with($name, 'php://memory') || str_starts_with($name, 'php://temp')) {
            rewind($file);
            say('has', stream_get_contents($file));
        }
    }
});

it('FILE: a filter', function () {
    $s = serve(['/' => ok('body')]);
    $file = fopen(folder() . '/filtered', 'w');
    stream_filter_append($file, 'string.toupper');
    attempt(fn () => fetch($s->url(), [CURLOPT_FILE => $file]));
    fclose($file);
    say('has', file_get_contents(folder() . '/filtered'));
});

it('FILE: not to be written', function () {
    $ch = curl_init();
    foreach (['FILE', 'WRITEHEADER', 'STDERR', 'INFILE', 'READDATA'] as $name) {
        foreach (['r', 'w', 'r+', 'a'] as $mode) {
            $file = fopen(file_with('mode', ''), $mode);
            echo "$mode: ";
            attempt(fn () => set($ch, "CURLOPT_$name", $file));
        }
        fclose($file);
        attempt(fn () => set($ch, "CURLOPT_$name", $file));
        attempt(fn () => set($ch, "CURLOPT_$name", null));
    }
});

it('FILE: closed before', function () {
    $s = serve(['/' => ok('body')]);
    $file = fopen(folder() . '/closed', 'w');
    $ch = curl_init($s->url());
    curl_setopt($ch, CURLOPT_FILE, $file);
    fclose($file);
    ob_start();
    $result = curl_exec($ch);
    say('output', ob_get_clean());
    say('result', $result);
    ob_start();
    $result = curl_exec($ch);
    say('output', ob_get_clean());
    say('result', $result);
});

it('FILE: the stream lives as long as the handle wants it', function () {
    $s = serve(['/' => ok('body')]);
    $ch = curl_init($s->url());
    curl_setopt($ch, CURLOPT_FILE, fopen(folder() . '/kept', 'w'));
    say('result', curl_exec($ch));
    say('has', file_get_contents(folder() . '/kept'));
    say('result', curl_exec($ch));
    unset($ch);
    say('has', file_get_contents(folder() . '/kept'));
});

it('FILE: appended', function () {
    $s = serve(['/' => ok('body')]);
    $file = fopen(file_with('append', 'before '), 'a');
    fwrite($file, 'written ');
    fetch($s->url(), [CURLOPT_FILE => $file]);
    fwrite($file, ' after');
    fclose($file);
    say('has', file_get_contents(folder() . '/append'));
});

it('FILE: full', function () {
    if (!is_writable('/dev/full')) {
        skip('there is no /dev/full');
        return;
    }
    $s = serve(['/' => ok(str_repeat('x', 100000))]);
    fetch($s->url(), [CURLOPT_FILE => fopen('/dev/full', 'w')], CURLINFO_HTTP_CODE);
});

it('a transfer that fails in the middle', function () {
    $cut = fn () => script([request(), send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfirst")]);
    fetch($cut()->url());
    $file = fopen(folder() . '/partly', 'w+');
    fetch($cut()->url(), [CURLOPT_FILE => $file]);
    say('file', file_get_contents(folder() . '/partly'));
    watch(easy($cut()->url()));
    $ch = curl_init($cut()->url());
    ob_start();
    $result = curl_exec($ch);
    say('output', ob_get_clean());
    say('result', $result);
});

it('what was returned is forgotten', function () {
    $s = serve(['/a' => ok('first'), '/b' => ok('')]);
    $ch = easy($s->url('/a'));
    perform($ch);
    say('content', curl_multi_getcontent($ch));
    curl_setopt($ch, CURLOPT_URL, $s->url('/b'));
    perform($ch);
    say('content', curl_multi_getcontent($ch));
});

it('a result is the user\'s', function () {
    $s = serve(['*' => ok('same')]);
    $ch = easy($s->url());
    $one = curl_exec($ch);
    $two = curl_exec($ch);
    $one[0] = 'S';
    say('both', $one, $two);
});

it('BINARYTRANSFER, TRANSFERTEXT, CRLF do nothing to what is received', function () {
    $s = serve(['*' => ok("a\nb\r\nc")]);
    fetch($s->url(), [19914 => true, CURLOPT_TRANSFERTEXT => true, CURLOPT_CRLF => true]);
});

it('CRLF in an upload', function () {
    $s = script([request(), send(ok('ok', 'Connection: close')), rest(300)]);
    $file = fopen(file_with('lf', "one\ntwo\n"), 'r');
    fetch($s->url(), [CURLOPT_CRLF => true, CURLOPT_UPLOAD => true, CURLOPT_INFILE => $file, CURLOPT_INFILESIZE => 8, CURLOPT_TIMEOUT_MS => 1500]);
    $s->wait();
    $s->show();
});

it('MAXFILESIZE', function () {
    $s = serve(['/length' => ok('ten bytes!'), '/close' => "HTTP/1.1 200 OK\r\n\r\nten bytes!", '/chunks' => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" . chunked('ten', ' bytes!') . "\r\n"]);
    foreach ([9, 10, 11] as $most) {
        foreach (['/length', '/close', '/chunks'] as $path) {
            fetch($s->url($path), [CURLOPT_MAXFILESIZE => $most]);
        }
    }
    fetch($s->url('/length'), [CURLOPT_MAXFILESIZE_LARGE => 9]);
});
