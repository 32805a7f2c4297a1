<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// broken.php - servers that do not do what they should: every way to end badly, and what is said then.

require __DIR__ . '/compare.inc';

/** What comes of these bytes as an answer, and then the end of the connection. */
function answered(string $name, string|array $bytes, array $options = []): void
{
    it($name, function () use ($bytes, $options) {
        $steps = is_array($bytes) ? $bytes : [send($bytes)];
        $s = script([request(), ...$steps]);
        fetch($s->url(), $options + [CURLOPT_TIMEOUT_MS => 2000], CURLINFO_HTTP_CODE, CURLINFO_HEADER_SIZE, CURLINFO_SIZE_DOWNLOAD, CURLINFO_CONTENT_LENGTH_DOWNLOAD);
    });
}

const HEAD = "HTTP/1.1 200 OK\r\n";

// ---- the head
answered('nothing at all', '');
answered('a part of the status line', 'HTTP/1.');
answered('a status line without an end', 'HTTP/1.1 200 OK');
answered('a status line, and the end', HEAD);
answered('a head without an end', HEAD . "Content-Length: 2\r\n");
answered('no HTTP', "220 mail.test ESMTP\r\n");
answered('no HTTP, but it is allowed', "just a text\r\nof two lines", [CURLOPT_HTTP09_ALLOWED => true]);
answered('no HTTP, one line', 'hello');
answered('bytes', "\0\1\2\3\4");
answered('an empty line first', "\r\n" . HEAD . "Content-Length: 2\r\n\r\nok");
answered('HTTP/2 in words', "HTTP/2 200 OK\r\nContent-Length: 2\r\n\r\nok");
answered('HTTP/2.0', "HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
answered('HTTP/3', "HTTP/3 200 OK\r\nContent-Length: 2\r\n\r\nok");
answered('HTTP/1.2', "HTTP/1.2 200 OK\r\nContent-Length: 2\r\n\r\nok");
answered('HTTP/0.9 as a version', "HTTP/0.9 200 OK\r\nContent-Length: 2\r\n\r\nok");
answered('a status of two digits', "HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\nok");
answered('a status of four digits', "HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nok");
answered('a status of letters', "HTTP/1.1 abc OK\r\nContent-Length: 2\r\n\r\nok");
answered('a status of 0', "HTTP/1.1 000 OK\r\nContent-Length: 2\r\n\r\nok");
answered('a status of 99', "HTTP/1.1 099 OK\r\nContent-Length: 2\r\n\r\nok");
answered('lower case', "http/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
answered('a space before', " HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
answered('a tab for a space', "HTTP/1.1\t200 OK\r\nContent-Length: 2\r\n\r\nok");
answered('a line without a colon', HEAD . "no colon here\r\nContent-Length: 2\r\n\r\nok");
answered('a line that begins with a colon', HEAD . ": value\r\nContent-Length: 2\r\n\r\nok");
answered('a folded line first', HEAD . " folded: x\r\nContent-Length: 2\r\n\r\nok");
answered('a space in a name', HEAD . "Bad Name: x\r\nContent-Length: 2\r\n\r\nok");
answered('100 and no more', "HTTP/1.1 100 Continue\r\n\r\n");
answered('101', "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nbytes");
answered('199', "HTTP/1.1 199 Odd\r\n\r\n" . HEAD . "Content-Length: 2\r\n\r\nok");

// ---- lengths
answered('Content-Length too large', HEAD . "Content-Length: 100\r\n\r\nshort");
answered('Content-Length too small', HEAD . "Content-Length: 2\r\n\r\ntoo long");
answered('Content-Length 0 and a body', HEAD . "Content-Length: 0\r\n\r\nbody");
answered('Content-Length of letters', HEAD . "Content-Length: ten\r\n\r\nok");
answered('Content-Length with letters', HEAD . "Content-Length: 2x\r\n\r\nok");
answered('Content-Length below 0', HEAD . "Content-Length: -2\r\n\r\nok");
answered('Content-Length with a plus', HEAD . "Content-Length: +2\r\n\r\nok");
answered('Content-Length empty', HEAD . "Content-Length: \r\n\r\nok");
answered('Content-Length over all limits', HEAD . "Content-Length: 99999999999999999999\r\n\r\nok");
answered('Content-Length in hex', HEAD . "Content-Length: 0x2\r\n\r\nok");
answered('Content-Length in a list', HEAD . "Content-Length: 2, 2\r\n\r\nok");
answered('Content-Length twice the same', HEAD . "Content-Length: 2\r\nContent-Length: 2\r\n\r\nok");
answered('Content-Length twice, the second is larger', [send(HEAD . "Content-Length: 2\r\nContent-Length: 4\r\n\r\nok")]);
answered('Content-Length twice, the second is smaller', [send(HEAD . "Content-Length: 4\r\nContent-Length: 2\r\n\r\nok")]);
answered('Content-Length and chunked', HEAD . "Content-Length: 100\r\nTransfer-Encoding: chunked\r\n\r\n" . chunked('body') . "\r\n");
answered('chunked and Content-Length', HEAD . "Transfer-Encoding: chunked\r\nContent-Length: 100\r\n\r\n" . chunked('body') . "\r\n");
answered('IGNORE_CONTENT_LENGTH', HEAD . "Content-Length: 2\r\n\r\nmore than two", [CURLOPT_IGNORE_CONTENT_LENGTH => true]);
answered('no length, and the end', HEAD . "\r\nuntil the end");
answered('no length, and a reset', [send(HEAD . "\r\nuntil the end"), pause(50), reset_connection()]);
answered('a length, and a reset', [send(HEAD . "Content-Length: 100\r\n\r\nbegin"), pause(50), reset_connection()]);
answered('a reset at once', [reset_connection()]);
answered('a reset in the head', [send(HEAD . 'X-A: '), pause(50), reset_connection()]);
answered('204 with a body', "HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\nbody");
answered('304 with a body', "HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\nbody");
answered('205 with a length', "HTTP/1.1 205 Reset Content\r\nContent-Length: 4\r\n\r\nbody");

// ---- chunks
const CHUNKED = HEAD . "Transfer-Encoding: chunked\r\n\r\n";
answered('chunks', CHUNKED . "3\r\nabc\r\n0\r\n\r\n");
answered('chunks with extensions', CHUNKED . "3;name=value\r\nabc\r\n0;x\r\n\r\n");
answered('chunks with zeros before', CHUNKED . "0003\r\nabc\r\n0000\r\n\r\n");
answered('chunks, sizes in capitals', CHUNKED . "A\r\n0123456789\r\n0\r\n\r\n");
answered('chunks with a space behind the size', CHUNKED . "3 \r\nabc\r\n0\r\n\r\n");
answered('chunks with bare line feeds', CHUNKED . "3\nabc\n0\n\n");
answered('chunks without the last', CHUNKED . "3\r\nabc\r\n");
answered('chunks without the last line', CHUNKED . "3\r\nabc\r\n0\r\n");
answered('chunks cut off', CHUNKED . "10\r\nabc");
answered('chunks cut off in a size', CHUNKED . '1');
answered('chunks with a size of letters', CHUNKED . "xyz\r\nabc\r\n0\r\n\r\n");
answered('chunks with a size below 0', CHUNKED . "-1\r\nabc\r\n0\r\n\r\n");
answered('chunks with a size over all limits', CHUNKED . "ffffffffffffffffff\r\nabc\r\n0\r\n\r\n");
answered('chunks without a line end behind', CHUNKED . "3\r\nabcd\r\n0\r\n\r\n");
answered('chunks with an empty line before', CHUNKED . "\r\n3\r\nabc\r\n0\r\n\r\n");
answered('chunks and nothing', CHUNKED);
answered('chunks and a reset', [send(CHUNKED . "3\r\nabc\r\n"), pause(50), reset_connection()]);
answered('chunks with a bad trailer', CHUNKED . "3\r\nabc\r\n0\r\nno colon\r\n\r\n");
answered('Transfer-Encoding that is unknown', HEAD . "Transfer-Encoding: unknown\r\n\r\nbody");
answered('Transfer-Encoding identity', HEAD . "Transfer-Encoding: identity\r\nContent-Length: 4\r\n\r\nbody");
answered('Transfer-Encoding chunked twice', HEAD . "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" . chunked('body') . "\r\n");
answered('chunked in HTTP/1.0', "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" . chunked('body') . "\r\n");

// ---- connections
it('nobody listens', function () {
    $port = closed_port();
    fetch("http://127.0.0.1:$port/", [], CURLINFO_HTTP_CODE, CURLINFO_OS_ERRNO, CURLINFO_PRIMARY_IP, CURLINFO_PRIMARY_PORT, CURLINFO_NUM_CONNECTS, CURLINFO_EFFECTIVE_URL);
    fetch("http://localhost:$port/", [CURLOPT_IPRESOLVE => CURL_IPRESOLVE_V4]);
});

it('a name that is not there', function () {
    fetch('http://no-such-host.invalid/', [], CURLINFO_HTTP_CODE, CURLINFO_PRIMARY_IP, CURLINFO_OS_ERRNO, CURLINFO_NUM_CONNECTS);
});

it('the connection ends while a body is sent', function () {
    $s = script([head(), reset_connection()]);
    $ch = easy($s->url(), [CURLOPT_POSTFIELDS => str_repeat('x', 5000000), CURLOPT_HTTPHEADER => ['Expect:']]);
    say('exec', curl_exec($ch));
    say('error', in_array(curl_errno($ch), [CURLE_SEND_ERROR, CURLE_RECV_ERROR], true), curl_getinfo($ch, CURLINFO_HTTP_CODE));
});

it('TLS where there is none', function () {
    $s = script([take(5), send(answer(400, 'what?'))]);
    $ch = easy($s->url('/', 'https'), [CURLOPT_TIMEOUT_MS => 2000]);
    say('exec', curl_exec($ch));
    say('error', curl_errno($ch));
});

it('none where there is TLS', function () {
    $s = serve_tls(['*' => ok()]);
    $ch = easy($s->url(), [CURLOPT_TIMEOUT_MS => 2000]);
    say('exec', curl_exec($ch));
    say('error', in_array(curl_errno($ch), [CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_UNSUPPORTED_PROTOCOL], true));
});

it('after a failure the handle is as new', function () {
    $s = script([request(), send(HEAD . "Content-Length: 100\r\n\r\nshort")], [request(), send(ok('good'))]);
    $ch = easy($s->url());
    perform($ch, CURLINFO_HTTP_CODE);
    perform($ch, CURLINFO_HTTP_CODE, CURLINFO_NUM_CONNECTS);
});
