<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// verbose.php - VERBOSE and STDERR: the lines that others look for. The words of "* " lines are libcurl's business, and are not compared.

require __DIR__ . '/compare.inc';

function spoken(array $options, Closure $run): string
{
    $file = fopen('php://temp', 'w+');
    $run([CURLOPT_VERBOSE => true, CURLOPT_STDERR => $file] + $options);
    rewind($file);
    return stream_get_contents($file);
}

/** The lines of requests ("> ") and responses ("< "). */
function lines(string $text): void
{
    $sent = false;
    foreach (explode("\n", $text) as $line) {
        $mark = substr($line, 0, 2);
        $sent = $mark === '> ' || ($sent && $mark !== '* ' && $mark !== '< ' && $mark !== '{ ' && $mark !== '} ');
        if ($mark === '< ' || $sent) {
            say('line', $line);
        }
    }
}

it('a GET', function () {
    $s = serve(['*' => ok('body', 'X-A: 1')]);
    lines(spoken([], fn ($o) => perform(easy($s->url('/x'), $o))));
});

it('a POST and a redirect', function () {
    $s = serve(['/a' => redirect(303, '/b', 'moved'), '/b' => ok('there')]);
    lines(spoken([], fn ($o) => perform(easy($s->url('/a'), $o + [CURLOPT_POSTFIELDS => 'a=b', CURLOPT_FOLLOWLOCATION => true]))));
});

it('what Symfony looks for', function () {
    $s = serve(['*' => ok('body')]);
    $text = spoken([], function ($o) use ($s) {
        $ch = easy($s->url('/a'), $o + [CURLOPT_POSTFIELDS => '']);
        curl_exec($ch);
        curl_exec($ch);
    });
    say('a length', str_contains($text, "\r\nContent-Length: 0"));
    say('reuse', (bool) preg_match('/Re-using existing connection/', $text));
    say('requests', preg_match_all('/^> POST /m', $text));
});

it('STDERR closed before', function () {
    $s = serve(['*' => ok('body')]);
    $file = fopen('php://temp', 'w+');
    $ch = easy($s->url('/x'), [CURLOPT_STDERR => $file]);
    fclose($file);
    perform($ch);
});

it('STDERR into a file', function () {
    $s = serve(['*' => ok('body')]);
    $name = folder() . '/stderr';
    $file = fopen($name, 'w');
    perform(easy($s->url('/x'), [CURLOPT_VERBOSE => true, CURLOPT_STDERR => $file]));
    fclose($file);
    say('has', str_contains(file_get_contents($name), "> GET /x HTTP/1.1\r\n"), str_contains(file_get_contents($name), '< HTTP/1.1 200 OK'));
});

it('VERBOSE and HEADER_OUT', function () {
    $s = serve(['*' => ok('body')]);
    foreach ([[CURLOPT_VERBOSE => true, CURLINFO_HEADER_OUT => true], [CURLINFO_HEADER_OUT => true, CURLOPT_VERBOSE => true], [CURLINFO_HEADER_OUT => true, CURLOPT_VERBOSE => false]] as $options) {
        $file = fopen('php://temp', 'w+');
        $ch = easy($s->url('/x'), [CURLOPT_STDERR => $file]);
        foreach ($options as $option => $value) {
            attempt(fn () => curl_setopt($ch, $option, $value));
        }
        attempt(fn () => perform($ch));
        rewind($file);
        say('request', is_string(curl_getinfo($ch, CURLINFO_HEADER_OUT)), str_contains(stream_get_contents($file), '> GET'));
    }
});

it('a failure', function () {
    $port = closed_port();
    $text = spoken([], fn ($o) => perform(easy("http://127.0.0.1:$port/", $o)));
    say('says something', strlen($text) > 20, str_starts_with($text, '* '));
});

it('it is off by default', function () {
    $s = serve(['*' => ok('body')]);
    $file = fopen('php://temp', 'w+');
    perform(easy($s->url('/x'), [CURLOPT_STDERR => $file]));
    say('written', ftell($file));
});
