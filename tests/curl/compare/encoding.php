<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// encoding.php - ENCODING: what is asked for, what is decoded, and what becomes of broken bodies.

require __DIR__ . '/compare.inc';

const TEXT = "A text that is packed, and packed, and packed again.\n";

// TEXT, made once with brotli's library and the tool zstd.
const BROTLI = 'GzQA+B0JdqzJdizM4oc1SFAYnFJwgw04lNRqGiZy4NCS8IL6XkCEfngy0S5e5xc0OHAC';
const ZSTD = 'KLUv/QRYTQEAJAJBIHRleHQgdGhhdCBpcyBwYWNrZWQsIGFuZCBhZ2Fpbi4KAQA+KWPyuPli';

/** A body with this coding; what comes of it. */
function coded(string $coding, string $body, array $options = [], string ...$fields): void
{
    $s = serve(['/' => answer(200, $body, ...($coding === '' ? [] : ["Content-Encoding: $coding"]), ...$fields)]);
    fetch($s->url(), $options + [CURLOPT_ENCODING => ''], CURLINFO_SIZE_DOWNLOAD, CURLINFO_CONTENT_LENGTH_DOWNLOAD);
}

it('what is asked for', function () {
    $s = serve(['*' => ok()]);
    foreach (['gzip', 'gzip, deflate', 'identity', 'x y z', 'br'] as $encoding) {
        fetch($s->url(), [CURLOPT_ENCODING => $encoding]);
    }
    fetch($s->url(), [CURLOPT_ENCODING => null]);
    $s->show();
});

it('all that there is', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_ENCODING => '']);
    foreach ($s->heads() as $head) {
        preg_match('/^Accept-Encoding: (.*)\r$/m', $head, $m);
        say('asked for', array_values(array_intersect(explode(', ', $m[1]), ['deflate', 'gzip'])));
    }
});

it('gzip', fn () => coded('gzip', gzencode(TEXT)));
it('x-gzip', fn () => coded('x-gzip', gzencode(TEXT)));
it('GZIP', fn () => coded('GZIP', gzencode(TEXT)));
it('deflate', fn () => coded('deflate', gzcompress(TEXT)));
it('deflate without a head', fn () => coded('deflate', gzdeflate(TEXT)));
it('identity', fn () => coded('identity', TEXT));
it('none', fn () => coded('none', TEXT));
it('gzip twice', fn () => coded('gzip, gzip', gzencode(gzencode(TEXT))));
it('deflate, then gzip', fn () => coded('deflate, gzip', gzencode(gzcompress(TEXT))));
it('two fields', fn () => coded('deflate', gzencode(gzcompress(TEXT)), [], 'Content-Encoding: gzip'));
it('many codings', function () {
    $body = TEXT;
    for ($i = 0; $i < 6; $i++) {
        $body = gzencode($body);
    }
    coded(implode(', ', array_fill(0, 6, 'gzip')), $body);
    coded(implode(', ', array_fill(0, 5, 'gzip')), gzencode(gzencode(gzencode(gzencode(gzencode(TEXT))))));
});
it('an unknown coding', fn () => coded('unknown', TEXT));
it('an unknown coding behind gzip', fn () => coded('unknown, gzip', gzencode(TEXT)));
it('an empty coding', fn () => coded(' ', TEXT));
it('gzip with all its fields', fn () => coded('gzip', "\x1f\x8b\x08\x1c\0\0\0\0\0\x03" . pack('v', 4) . "abcd" . "name\0" . "comment\0" . gzdeflate(TEXT) . pack('VV', crc32(TEXT), strlen(TEXT))));
it('gzip with a checksum of its head', fn () => coded('gzip', "\x1f\x8b\x08\x02\0\0\0\0\0\x03" . pack('v', crc32("\x1f\x8b\x08\x02\0\0\0\0\0\x03") & 0xffff) . gzdeflate(TEXT) . pack('VV', crc32(TEXT), strlen(TEXT))));
it('gzip of nothing', fn () => coded('gzip', gzencode('')));
it('gzip, no bytes', fn () => coded('gzip', ''));
it('gzip in members', fn () => coded('gzip', gzencode('one') . gzencode('two')));
it('gzip with more behind it', fn () => coded('gzip', gzencode(TEXT) . 'more'));
it('gzip with zeros behind it', fn () => coded('gzip', gzencode(TEXT) . "\0\0\0\0"));
it('gzip cut off', fn () => coded('gzip', substr(gzencode(TEXT), 0, -12)));
it('gzip without its trailer', fn () => coded('gzip', substr(gzencode(TEXT), 0, -8)));
it('gzip with half a trailer', fn () => coded('gzip', substr(gzencode(TEXT), 0, -4)));
it('gzip with a wrong checksum', fn () => coded('gzip', substr(gzencode(TEXT), 0, -8) . pack('VV', 1, strlen(TEXT))));
it('gzip with a wrong length', fn () => coded('gzip', substr(gzencode(TEXT), 0, -4) . pack('V', 1)));
it('no gzip at all', fn () => coded('gzip', TEXT));
it('gzip that breaks in the middle', fn () => coded('gzip', substr_replace(gzencode(random_text(5000)), str_repeat("\xff", 200), 1000, 200)));
it('deflate, broken', fn () => coded('deflate', TEXT));
it('deflate with a wrong checksum', fn () => coded('deflate', substr(gzcompress(TEXT), 0, -4) . 'xxxx'));
it('deflate cut off', fn () => coded('deflate', substr(gzcompress(TEXT), 0, -8)));

/** The same each time, but nothing that can be packed well. */
function random_text(int $bytes): string
{
    for ($text = '', $i = 0; strlen($text) < $bytes; $i++) {
        $text .= md5((string) $i);
    }
    return substr($text, 0, $bytes);
}

it('brotli', function () {
    $body = base64_decode(BROTLI);
    $s = serve(['/' => answer(200, $body, 'Content-Encoding: br')]);
    fetch($s->url(), [CURLOPT_ENCODING => '']);
    fetch($s->url(), [CURLOPT_ENCODING => 'br']);
    fetch($s->url(), [], CURLINFO_SIZE_DOWNLOAD);
});
it('brotli, broken', fn () => coded('br', "\xff\xff\xff" . TEXT));
it('brotli, cut off', fn () => coded('br', substr(base64_decode(BROTLI), 0, 20)));
it('zstd', fn () => coded('zstd', base64_decode(ZSTD)));
it('zstd, cut off', fn () => coded('zstd', substr(base64_decode(ZSTD), 0, 20)));
it('zstd, broken', fn () => coded('zstd', TEXT));

it('packed pieces', function () {
    $packed = gzencode(random_text(50000));
    $s = script([request(), send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" . chunked(...str_split($packed, 777)) . "\r\n")]);
    fetch($s->url(), [CURLOPT_ENCODING => ''], CURLINFO_SIZE_DOWNLOAD);
    $s = script([request(), send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n", ...str_split($packed, 5000))]);
    fetch($s->url(), [CURLOPT_ENCODING => ''], CURLINFO_SIZE_DOWNLOAD);
});

it('a byte at a time', function () {
    $steps = [request(), send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " . strlen(gzencode(TEXT)) . "\r\n\r\n")];
    foreach (str_split(gzencode(TEXT)) as $byte) {
        array_push($steps, send($byte), pause(1));
    }
    fetch(script($steps)->url(), [CURLOPT_ENCODING => '']);
});

it('a large body that packs well', function () {
    coded('gzip', gzencode(str_repeat('x', 5000000)));
});

it('it is not asked for', function () {
    coded('gzip', gzencode('short'), [CURLOPT_ENCODING => null]);
    coded('unknown', TEXT, [CURLOPT_ENCODING => null]);
});

it('it is asked for by a field only', fn () => coded('gzip', gzencode('short'), [CURLOPT_ENCODING => null, CURLOPT_HTTPHEADER => ['Accept-Encoding: gzip']]));

it('something else was asked for', fn () => coded('gzip', gzencode(TEXT), [CURLOPT_ENCODING => 'identity']));

it('HTTP_CONTENT_DECODING 0', fn () => coded('gzip', gzencode('short'), [CURLOPT_HTTP_CONTENT_DECODING => false]));

it('HTTP_TRANSFER_DECODING 0', function () {
    $s = serve(['/' => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" . chunked('one', 'two') . "\r\n"]);
    fetch($s->url(), [CURLOPT_HTTP_TRANSFER_DECODING => false], CURLINFO_SIZE_DOWNLOAD);
});

it('Transfer-Encoding gzip', function () {
    $packed = gzencode(TEXT);
    foreach ([0, 1] as $ask) {
        $s = serve(['/' => "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n" . chunked($packed) . "\r\n"]);
        fetch($s->url(), [CURLOPT_TRANSFER_ENCODING => $ask]);
    }
});

it('the callbacks see the field, and the text', function () {
    $s = serve(['/' => answer(200, gzencode(TEXT), 'Content-Encoding: gzip')]);
    $calls = new Calls();
    $ch = easy($s->url(), [CURLOPT_ENCODING => '', CURLOPT_HEADER => true, CURLOPT_WRITEFUNCTION => $calls->write()]);
    perform($ch);
    $calls->show();
});

it('HEAD and 304 with a coding', function () {
    $s = serve(['/' => answer(200, gzencode(TEXT), 'Content-Encoding: gzip'), '/n' => answer(304, '', 'Content-Encoding: gzip')]);
    fetch($s->url(), [CURLOPT_ENCODING => '', CURLOPT_NOBODY => true]);
    fetch($s->url('/n'), [CURLOPT_ENCODING => '']);
});

it('a WRITEFUNCTION that stops it', function () {
    $s = serve(['/' => answer(200, gzencode(str_repeat(TEXT, 10000)), 'Content-Encoding: gzip')]);
    fetch($s->url(), [CURLOPT_ENCODING => '', CURLOPT_WRITEFUNCTION => fn ($ch, $bytes) => 0]);
});

it('pieces are no larger than 16 kilobytes', function () {
    $s = serve(['/' => answer(200, gzencode(str_repeat('x', 300000)), 'Content-Encoding: gzip')]);
    $most = $all = 0;
    fetch($s->url(), [CURLOPT_ENCODING => '', CURLOPT_WRITEFUNCTION => function ($ch, $bytes) use (&$most, &$all) {
        $most = max($most, strlen($bytes));
        $all += strlen($bytes);
        return strlen($bytes);
    }]);
    say('pieces', $most <= 16384, $all);
});

it('RANGE with ENCODING', function () {
    $s = serve(['*' => answer(206, substr(gzencode(TEXT), 5, 10), 'Content-Encoding: gzip', 'Content-Range: bytes 5-14/70')]);
    fetch($s->url(), [CURLOPT_ENCODING => '', CURLOPT_RANGE => '5-14']);
});
