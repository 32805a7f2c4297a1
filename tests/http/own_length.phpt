--TEST--
Http\Client: Content-Length and Transfer-Encoding of the user's own have to say where the body ends; what does not is refused, and never sent
--EXTENSIONS--
native
pcntl
posix
--FILE--
<?php
use Native\Http\{Client, Options};
require __DIR__ . '/server.inc';

$server = new HttpServer(fn (Seen $seen) => match (explode(' ', $seen->line)[1]) {
    '/303' => answer('', 303, 'Location: /seen'),
    '/307' => answer('', 307, 'Location: /seen'),
    default => answer(strtok($seen->line, ' ') . " '$seen->body'"
        . ' length ' . ($seen->field('Content-Length') ?? 'none') . ' coding ' . ($seen->field('Transfer-Encoding') ?? 'none')),
});
$http = new Client(new Options(timeout: 5, proxy: ''));

/** A body whose length nobody knows. */
function pieces(string ...$pieces): Generator
{
    yield from $pieces;
}

$cases = [
    'right' => ['POST', '/', 'abc', ['Content-Length' => '3']],
    'right, blanks' => ['POST', '/', 'abc', ['Content-Length' => '  3']],
    'right, of a stream' => ['POST', '/', pieces('ab', 'c'), ['Content-Length' => '3']],
    'chunks' => ['POST', '/', 'abc', ['Transfer-Encoding' => 'chunked']],
    'chunks, a length beside them' => ['POST', '/', 'abc', ['Transfer-Encoding' => 'chunked', 'Content-Length' => '9']],
    'no body, length 0' => ['GET', '/', null, ['Content-Length' => '0']],
    'no body, POST, length 0' => ['POST', '/', null, ['Content-Length' => '0']],
    'right, and the body is left behind' => ['POST', '/303', 'abc', ['Content-Length' => '3']],
    'chunks, and the body is left behind' => ['POST', '/303', 'abc', ['Transfer-Encoding' => 'chunked']],
    'right, sent again' => ['POST', '/307', 'abc', ['Content-Length' => '3']],
    'chunks, sent again' => ['POST', '/307', 'abc', ['Transfer-Encoding' => 'chunked']],
    'more than there is' => ['POST', '/', 'abc', ['Content-Length' => '4']],
    'less' => ['POST', '/', 'abc', ['content-length' => '2']],
    'two that differ' => ['POST', '/', 'abc', ['Content-Length' => ['3', '4']]],
    'none' => ['POST', '/', 'abc', ['Content-Length' => 'three']],
    'empty' => ['POST', '/', 'abc', ['Content-Length' => '']],
    'left out' => ['POST', '/', 'abc', ['Content-Length' => null]],
    'left out, no body' => ['POST', '/', null, ['Content-Length' => null]],
    'left out, chunks' => ['POST', '/', pieces('abc'), ['Content-Length' => null]],
    'two coding words' => ['POST', '/', pieces('abc'), ['Content-Length' => '3', 'Transfer-Encoding' => 'chunked']],
    'a coding without chunks' => ['POST', '/', 'abc', ['Transfer-Encoding' => 'gzip']],
    'a stream, a coding without chunks' => ['POST', '/', pieces('abc'), ['Transfer-Encoding' => 'gzip']],
    'a stream, no coding' => ['POST', '/', pieces('abc'), ['Transfer-Encoding' => null]],
    'no body, length 3' => ['GET', '/', null, ['Content-Length' => '3']],
    'no body, POST, length 3' => ['POST', '/', null, ['Content-Length' => '3']],
    'no body, chunks' => ['GET', '/', null, ['Transfer-Encoding' => 'chunked']],
    'an empty body, length 3' => ['POST', '/', '', ['Content-Length' => '3']],
    'a form' => ['POST', '/', ['a' => 'b'], ['Content-Length' => '4']],
];
foreach ($cases as $name => [$method, $path, $body, $fields]) {
    echo "$name: ";
    try {
        echo $http->request($method, $server->url($path), $fields, $body)->body, "\n";
    } catch (Throwable $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
    $after = $http->post($server->url('/'), 'after')->body; // what was left on a connection would be its beginning
    if ($after !== "POST 'after' length 5 coding none") {
        echo "  then: $after\n";
    }
}
?>
--EXPECT--
right: POST 'abc' length 3 coding none
right, blanks: POST 'abc' length 3 coding none
right, of a stream: POST 'abc' length 3 coding none
chunks: POST 'abc' length none coding chunked
chunks, a length beside them: POST 'abc' length none coding chunked
no body, length 0: GET '' length 0 coding none
no body, POST, length 0: POST '' length 0 coding none
right, and the body is left behind: GET '' length none coding none
chunks, and the body is left behind: GET '' length none coding none
right, sent again: POST 'abc' length 3 coding none
chunks, sent again: POST 'abc' length none coding chunked
more than there is: ValueError: Content-Length is not what it should be: the body has 3 bytes
less: ValueError: content-length is not what it should be: the body has 3 bytes
two that differ: ValueError: Content-Length is not what it should be: the body has 3 bytes
none: ValueError: Content-Length is not what it should be: the body has 3 bytes
empty: ValueError: Content-Length is not what it should be: the body has 3 bytes
left out: ValueError: Content-Length is not what it should be: the body has 3 bytes
left out, no body: POST '' length none coding none
left out, chunks: POST 'abc' length none coding chunked
two coding words: ValueError: Transfer-Encoding is not what it should be: the body has 3 bytes
a coding without chunks: ValueError: Transfer-Encoding is not what it should be: the body has 3 bytes
a stream, a coding without chunks: ValueError: Transfer-Encoding is not what it should be: the body goes out in chunks
a stream, no coding: ValueError: Transfer-Encoding is not what it should be: the body goes out in chunks
no body, length 3: ValueError: Content-Length is not what it should be: the body has 0 bytes
no body, POST, length 3: ValueError: Content-Length is not what it should be: the body has 0 bytes
no body, chunks: ValueError: Transfer-Encoding is not what it should be: the body has 0 bytes
an empty body, length 3: ValueError: Content-Length is not what it should be: the body has 0 bytes
a form: ValueError: Content-Length is not what it should be: the body has 3 bytes
