<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// methods.php - which method is sent, with which body: what the options make of one another, in every order of two.

require __DIR__ . '/compare.inc';

$settings = [
    'HTTPGET' => [CURLOPT_HTTPGET, true],
    'HTTPGET=0' => [CURLOPT_HTTPGET, false],
    'POST' => [CURLOPT_POST, true],
    'POST=0' => [CURLOPT_POST, false],
    'POSTFIELDS' => [CURLOPT_POSTFIELDS, 'a=b'],
    'POSTFIELDS empty' => [CURLOPT_POSTFIELDS, ''],
    'POSTFIELDS null' => [CURLOPT_POSTFIELDS, null],
    'POSTFIELDS array' => [CURLOPT_POSTFIELDS, ['a' => 'b']],
    'POSTFIELDS empty array' => [CURLOPT_POSTFIELDS, []],
    'NOBODY' => [CURLOPT_NOBODY, true],
    'NOBODY=0' => [CURLOPT_NOBODY, false],
    'UPLOAD' => [CURLOPT_UPLOAD, true],
    'UPLOAD=0' => [CURLOPT_UPLOAD, false],
    'PUT' => [CURLOPT_PUT, true],
    'PUT=0' => [CURLOPT_PUT, false],
    'CUSTOMREQUEST' => [CURLOPT_CUSTOMREQUEST, 'PATCH'],
    'CUSTOMREQUEST HEAD' => [CURLOPT_CUSTOMREQUEST, 'HEAD'],
    'CUSTOMREQUEST null' => [CURLOPT_CUSTOMREQUEST, null],
];

/** What these settings, one after the other, come to. The answer has no body, so that even a HEAD by name ends well. */
function outcome(Server $s, array $list): string
{
    // Nothing to read: a body whose length is not given ends at once.
    $ch = easy($s->url('/m'), [CURLOPT_READFUNCTION => fn () => '', CURLOPT_HTTPHEADER => ['Expect:']]);
    foreach ($list as [$option, $value]) {
        curl_setopt($ch, $option, $value);
    }
    $result = curl_exec($ch);
    return text($result) . (curl_errno($ch) ? ' error ' . curl_errno($ch) : '') . ' ' . curl_getinfo($ch, CURLINFO_EFFECTIVE_METHOD);
}

function show_outcome(Server $s, string $name, array $list): void
{
    $before = count(requests_of($s));
    $outcome = outcome($s, $list);
    foreach (array_slice(requests_of($s), $before) as $event) {
        [$head, $body] = plain_multipart($event['head'], $event['body']);
        $lines = explode("\r\n", rtrim($head, "\r\n"));
        $fields = preg_replace('/; boundary.*/', '', implode('; ', array_values(preg_grep('/^(Content|Transfer|Expect)/', $lines))));
        $outcome = "$lines[0] [$fields]" . ($body === null ? '' : ' body of ' . strlen($body)) . ", $outcome";
    }
    say($name, $outcome);
}

function requests_of(Server $s): array
{
    return array_values(array_filter($s->events(), fn ($e) => $e['what'] === 'request'));
}

foreach ($settings as $first => $one) {
    it("$first and then", function () use ($settings, $first, $one) {
        $s = serve(['*' => answer(200)], [], 'tcp://127.0.0.1:0');
        show_outcome($s, 'nothing', [$one]);
        foreach ($settings as $second => $other) {
            if ($first !== $second) {
                show_outcome($s, $second, [$one, $other]);
            }
        }
    });
}

it('three of them', function () use ($settings) {
    $s = serve(['*' => answer(200)]);
    foreach ([
        ['POST', 'POSTFIELDS', 'NOBODY'], ['NOBODY', 'POST', 'POSTFIELDS'], ['POSTFIELDS', 'NOBODY', 'NOBODY=0'], ['POSTFIELDS', 'CUSTOMREQUEST', 'HTTPGET'],
        ['CUSTOMREQUEST', 'POSTFIELDS', 'CUSTOMREQUEST null'], ['NOBODY', 'CUSTOMREQUEST', 'NOBODY=0'], ['NOBODY', 'HTTPGET', 'POSTFIELDS'],
        ['POSTFIELDS array', 'POSTFIELDS', 'CUSTOMREQUEST'], ['POSTFIELDS', 'POSTFIELDS array', 'POST'], ['POSTFIELDS array', 'HTTPGET', 'POST'],
        ['POSTFIELDS', 'HTTPGET', 'POST'], ['POSTFIELDS', 'HTTPGET', 'CUSTOMREQUEST'], ['UPLOAD', 'CUSTOMREQUEST', 'UPLOAD=0'], ['UPLOAD', 'POST', 'POSTFIELDS'],
        ['POST', 'POSTFIELDS', 'UPLOAD'], ['PUT', 'UPLOAD=0', 'POSTFIELDS'], ['POST', 'POSTFIELDS', 'POST=0'], ['NOBODY', 'POSTFIELDS', 'NOBODY=0'],
        ['NOBODY', 'UPLOAD', 'NOBODY=0'], ['POSTFIELDS', 'NOBODY', 'CUSTOMREQUEST'],
    ] as $names) {
        show_outcome($s, implode(', ', $names), array_map(fn ($n) => $settings[$n], $names));
    }
});

it('a method of the user\'s own', function () {
    $s = serve(['*' => answer(200)]);
    foreach (['get', 'GET', 'DELETE', 'OPTIONS', 'X-Y'] as $method) {
        fetch($s->url('/m'), [CURLOPT_CUSTOMREQUEST => $method], CURLINFO_EFFECTIVE_METHOD);
    }
    $s->show(whole: false);
});

it('a method that is none', function () {
    $s = serve(['*' => answer(200)]);
    foreach (['a b', "Z\tZ"] as $method) {
        fetch($s->url('/m'), [CURLOPT_CUSTOMREQUEST => $method], CURLINFO_EFFECTIVE_METHOD);
    }
    $s->show(whole: false);
});

it('CUSTOMREQUEST that is empty', function () use ($settings) {
    $s = serve(['*' => answer(200)]);
    foreach (['HTTPGET', 'POST', 'POSTFIELDS', 'NOBODY', 'UPLOAD', 'CUSTOMREQUEST'] as $name) {
        show_outcome($s, $name, [$settings[$name], [CURLOPT_CUSTOMREQUEST, '']]);
    }
});

it('one handle, one method after the other', function () {
    $s = serve(['*' => answer(200)]);
    $ch = easy($s->url('/m'));
    $steps = [
        [CURLOPT_POSTFIELDS => 'one=1'], [CURLOPT_HTTPGET => true], [CURLOPT_POST => true, CURLOPT_POSTFIELDS => ['two' => '2']], [CURLOPT_NOBODY => true],
        [CURLOPT_NOBODY => false], [CURLOPT_HTTPGET => true, CURLOPT_CUSTOMREQUEST => 'DELETE'], [CURLOPT_CUSTOMREQUEST => null],
        [CURLOPT_CUSTOMREQUEST => 'PUT', CURLOPT_POSTFIELDS => '{}'], [CURLOPT_CUSTOMREQUEST => 'GET', CURLOPT_POSTFIELDS => ''],
        [CURLOPT_CUSTOMREQUEST => null, CURLOPT_POSTFIELDS => null], [CURLOPT_HTTPGET => true],
    ];
    foreach ($steps as $step) {
        curl_setopt_array($ch, $step);
        perform($ch, CURLINFO_EFFECTIVE_METHOD);
    }
    $s->show();
});

it('HEAD that is answered with a body', function () {
    $s = script([request(), send(answer(200, 'a body that should not be')), request(), send(ok('second'))]);
    $ch = easy($s->url(), [CURLOPT_NOBODY => true, CURLOPT_HEADER => true]);
    perform($ch, CURLINFO_CONTENT_LENGTH_DOWNLOAD, CURLINFO_SIZE_DOWNLOAD);
});

it('HEAD by CUSTOMREQUEST waits for a body', function () {
    $s = script([request(), send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"), pause(60000)]);
    fetch($s->url(), [CURLOPT_CUSTOMREQUEST => 'HEAD', CURLOPT_TIMEOUT_MS => 300], CURLINFO_HTTP_CODE);
});

it('NOBODY with a chunked answer', function () {
    $s = script([request(), send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), pause(60000)]);
    fetch($s->url(), [CURLOPT_NOBODY => true], CURLINFO_HTTP_CODE);
});
