<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// files.php - file://, and which protocols there are and may be used.

require __DIR__ . '/compare.inc';

const TOLD = [CURLINFO_HTTP_CODE, CURLINFO_SIZE_DOWNLOAD, CURLINFO_CONTENT_LENGTH_DOWNLOAD, CURLINFO_EFFECTIVE_URL, CURLINFO_HEADER_SIZE, CURLINFO_PROTOCOL, CURLINFO_SCHEME, CURLINFO_CONTENT_TYPE,
    CURLINFO_FILETIME, CURLINFO_PRIMARY_IP, CURLINFO_NUM_CONNECTS];

it('a file', function () {
    $file = file_with('a file.txt', 'contents');
    touch($file, 1234567890);
    fetch('file://' . folder() . '/a%20file.txt', [], ...TOLD);
    fetch('FILE://localhost' . folder() . '/a%20file.txt', [], ...TOLD);
    fetch('file://127.0.0.1' . folder() . '/a%20file.txt');
    fetch('file://example.test' . folder() . '/a%20file.txt');
    fetch('file:' . folder() . '/a%20file.txt');
    fetch('file://' . folder() . '/a file.txt');
});

it('with HEADER', function () {
    touch(file_with('dated', 'contents'), 1234567890);
    fetch('file://' . folder() . '/dated', [CURLOPT_HEADER => true]);
    fetch('file://' . folder() . '/dated', [CURLOPT_NOBODY => true]);
    fetch('file://' . folder() . '/dated', [CURLOPT_NOBODY => true, CURLOPT_HEADER => true, CURLOPT_FILETIME => true], CURLINFO_FILETIME);
    watch(easy('file://' . folder() . '/dated'));
});

it('nothing there', function () {
    fetch('file:///no/such/file', [], CURLINFO_HTTP_CODE, CURLINFO_EFFECTIVE_URL);
    fetch('file://' . folder());
    fetch('file://');
    fetch('file:///');
});

it('empty, and large', function () {
    fetch('file://' . file_with('empty', ''));
    fetch('file://' . file_with('large', str_repeat('0123456789', 30000)), [], CURLINFO_SIZE_DOWNLOAD);
});

it('ranges', function () {
    $url = 'file://' . file_with('digits', '0123456789');
    foreach (['0-3', '5-', '-3', '8-20', '20-30', '3-3', 'x', '0-1,4-5', '5-2', '-20', '-0', '10-', '99999999999999999999-'] as $range) {
        say($range);
        fetch($url, [CURLOPT_RANGE => $range]);
    }
    fetch($url, [CURLOPT_RESUME_FROM => 4], CURLINFO_SIZE_DOWNLOAD);
    fetch($url, [CURLOPT_RESUME_FROM => 10]);
    fetch($url, [CURLOPT_RESUME_FROM => 11]);
});

it('written', function () {
    $from = fopen(file_with('from', 'to be written'), 'r');
    $to = folder() . '/to';
    fetch("file://$to", [CURLOPT_UPLOAD => true, CURLOPT_INFILE => $from, CURLOPT_INFILESIZE => 13], CURLINFO_SIZE_UPLOAD);
    say('has', file_get_contents($to), decoct(fileperms($to) & 0777));
    fetch("file://$to", [CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => function () {
        static $n = 0;
        return $n++ ? '' : 'again';
    }]);
    say('has', file_get_contents($to));
    fetch('file:///no/such/folder/file', [CURLOPT_UPLOAD => true, CURLOPT_READFUNCTION => fn () => '']);
});

it('written with NEW_FILE_PERMS', function () {
    $to = folder() . '/private';
    fetch("file://$to", [CURLOPT_UPLOAD => true, CURLOPT_NEW_FILE_PERMS => 0600, CURLOPT_READFUNCTION => fn () => '']);
    say('has', decoct(fileperms($to) & 0777));
});

it('written behind what is there', function () {
    foreach ([3, -1] as $from) {
        $to = file_with('partly', 'con');
        fetch("file://$to", [CURLOPT_UPLOAD => true, CURLOPT_INFILE => fopen(file_with('from', 'contents'), 'r'), CURLOPT_INFILESIZE => 8, CURLOPT_RESUME_FROM => $from], CURLINFO_SIZE_UPLOAD);
        say('has', file_get_contents($to));
    }
});

it('a file of the kernel\'s', function () {
    fetch('file:///proc/self/comm');
});

it('a callback that wants to pause', function () {
    $url = 'file://' . file_with('plain', 'contents');
    fetch($url, [CURLOPT_WRITEFUNCTION => fn () => CURL_WRITEFUNC_PAUSE]);
    fetch($url, [CURLOPT_HEADERFUNCTION => fn () => 0]);
});

it('a HEADERFUNCTION that wants to pause', function () {
    fetch('file://' . file_with('plain', 'contents'), [CURLOPT_HEADERFUNCTION => fn () => CURL_WRITEFUNC_PAUSE]);
});

it('options of HTTP with a file', function () {
    $url = 'file://' . file_with('plain', 'contents');
    fetch($url, [CURLOPT_POSTFIELDS => 'a=b', CURLOPT_FAILONERROR => true, CURLOPT_HTTPHEADER => ['X-A: 1'], CURLOPT_FOLLOWLOCATION => true, CURLOPT_ENCODING => '']);
    fetch($url, [CURLOPT_CUSTOMREQUEST => 'DELETE']);
});

it('into a callback, into a file, to the output', function () {
    $url = 'file://' . file_with('plain', 'contents');
    fetch($url, [CURLOPT_WRITEFUNCTION => function ($ch, $bytes) {
        say('written', $bytes);
        return strlen($bytes);
    }]);
    fetch($url, [CURLOPT_WRITEFUNCTION => fn () => 0]);
    $memory = fopen('php://memory', 'w+');
    fetch($url, [CURLOPT_FILE => $memory]);
    rewind($memory);
    say('file', stream_get_contents($memory));
    fetch($url, [CURLOPT_NOPROGRESS => false, CURLOPT_PROGRESSFUNCTION => fn () => 1]);
    fetch($url, [CURLOPT_MAXFILESIZE => 3]);
});

it('in a multi handle', function () {
    $mh = curl_multi_init();
    $ch = easy('file://' . file_with('plain', 'contents'), [CURLOPT_PRIVATE => 'file']);
    curl_multi_add_handle($mh, $ch);
    drive($mh);
    say('content', curl_multi_getcontent($ch));
});

it('TIMECONDITION', function () {
    touch(file_with('dated', 'contents'), 1500000000);
    foreach ([CURL_TIMECOND_IFMODSINCE, CURL_TIMECOND_IFUNMODSINCE] as $condition) {
        foreach ([1400000000, 1600000000] as $time) {
            fetch('file://' . folder() . '/dated', [CURLOPT_TIMECONDITION => $condition, CURLOPT_TIMEVALUE => $time], CURLINFO_CONDITION_UNMET);
        }
    }
});

foreach (['ftp://127.0.0.1:1/', 'foo://a/', 'gopher://127.0.0.1:1/', 'ws://127.0.0.1:1/', 'HTTP2://a/', '://a/', 'a+b://c/', '1a://b/'] as $url) {
    it('the protocol of ' . text($url), fn () => fetch($url, [CURLOPT_CONNECTTIMEOUT_MS => 500], CURLINFO_HTTP_CODE));
}

it('PROTOCOLS', function () {
    $s = serve(['*' => ok()]);
    $file = 'file://' . file_with('plain', 'contents');
    foreach ([CURLPROTO_HTTP, CURLPROTO_HTTPS, CURLPROTO_FILE, CURLPROTO_HTTP | CURLPROTO_HTTPS, CURLPROTO_ALL, 0, -1, CURLPROTO_FTP] as $bits) {
        say("bits $bits");
        fetch($s->url(), [CURLOPT_PROTOCOLS => $bits]);
        fetch($file, [CURLOPT_PROTOCOLS => $bits]);
    }
});

it('PROTOCOLS_STR', function () {
    if (!defined('CURLOPT_PROTOCOLS_STR')) {
        skip('this PHP has no CURLOPT_PROTOCOLS_STR');
        return;
    }
    $s = serve(['*' => ok()]);
    $file = 'file://' . file_with('plain', 'contents');
    foreach (['http', 'https', 'HTTP,file', 'all', '', 'foo', 'http,foo', 'http https', 'http,'] as $list) {
        $ch = easy($s->url());
        attempt(fn () => set($ch, 'CURLOPT_PROTOCOLS_STR', $list));
        attempt(fn () => set($ch, 'CURLOPT_REDIR_PROTOCOLS_STR', $list));
        perform($ch);
    }
});

it('DEFAULT_PROTOCOL', function () {
    $s = serve(['*' => ok()]);
    foreach (['http', 'file', 'foo'] as $protocol) {
        say($protocol);
        fetch("127.0.0.1:$s->port/", [CURLOPT_DEFAULT_PROTOCOL => $protocol], CURLINFO_EFFECTIVE_URL);
    }
    fetch('127.0.0.1:' . closed_port() . '/', [CURLOPT_DEFAULT_PROTOCOL => 'https'], CURLINFO_EFFECTIVE_URL);
});

it('DEFAULT_PROTOCOL file', function () {
    $s = serve(['*' => ok()]);
    foreach ([file_with('plain', 'contents'), 'plain', 'localhost' . folder() . '/plain', $s->url()] as $url) {
        fetch($url, [CURLOPT_DEFAULT_PROTOCOL => 'FILE'], CURLINFO_EFFECTIVE_URL);
    }
});

it('DEFAULT_PROTOCOL that is empty', function () {
    $s = serve(['*' => ok()]);
    fetch("127.0.0.1:$s->port/", [CURLOPT_DEFAULT_PROTOCOL => ''], CURLINFO_EFFECTIVE_URL);
});
