<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// info.php - curl_getinfo(): all keys after transfers of several kinds.

require __DIR__ . '/compare.inc';

/** Every key: what is not a time, an own port or a speed with its value, those by whether there is something. */
function all_infos(CurlHandle $ch, string $but = ''): void
{
    foreach (array_diff_key(curl_getinfo($ch), [$but => 0]) as $name => $value) {
        if (preg_match('/_time(_us)?$|^speed_|^local_port$/', $name)) {
            say($name, get_debug_type($value), $value > 0);
        } elseif ($name === 'cainfo' || $name === 'capath') {
            say($name, get_debug_type($value));
        } else {
            say($name, $value);
        }
    }
}

it('the keys and their order', function () {
    say('keys', array_keys(curl_getinfo(curl_init())));
});

it('after a GET', function () {
    $s = serve(['*' => [pause(2), send(ok('body', 'Content-Type: text/plain', 'Last-Modified: Fri, 13 Feb 2009 23:31:30 GMT'))]]);
    $ch = easy($s->url('/path?q#f'));
    curl_exec($ch);
    all_infos($ch);
});

it('after a POST', function () {
    $s = serve(['*' => [pause(2), send(ok('body'))]]);
    $ch = easy($s->url(), [CURLOPT_POSTFIELDS => 'a=b']);
    curl_exec($ch);
    all_infos($ch);
});

it('after a HEAD', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url(), [CURLOPT_NOBODY => true]);
    curl_exec($ch);
    foreach (['http_code', 'size_download', 'download_content_length', 'effective_method'] as $name) {
        say($name, curl_getinfo($ch)[$name]);
    }
});

it('after a redirect', function () {
    $s = serve(['/a' => [pause(2), send(redirect(302, '/b', 'moved'))], '/b' => [pause(2), send(ok('there'))]]);
    $ch = easy($s->url('/a'), [CURLOPT_FOLLOWLOCATION => true]);
    curl_exec($ch);
    all_infos($ch);
});

it('after a redirect that was not followed', function () {
    $s = serve(['/a' => redirect(302, '/b', 'moved')]);
    $ch = easy($s->url('/a'));
    curl_exec($ch);
    say('redirect', curl_getinfo($ch)['redirect_url'], curl_getinfo($ch, CURLINFO_REDIRECT_URL), curl_getinfo($ch)['redirect_count'], curl_getinfo($ch)['redirect_time']);
});

it('after a failure', function () {
    $port = closed_port();
    $ch = easy("http://127.0.0.1:$port/");
    curl_exec($ch);
    foreach (curl_getinfo($ch) as $name => $value) {
        if (!preg_match('/_time(_us)?$|^cainfo$|^capath$/', $name)) {
            say($name, $value);
        }
    }
});

it('after a failure that followed a success', function () {
    $port = closed_port();
    $s = serve(['*' => ok('body', 'Content-Type: a/b')]);
    $ch = easy($s->url());
    curl_exec($ch);
    curl_setopt($ch, CURLOPT_URL, "http://127.0.0.1:$port/");
    curl_exec($ch);
    foreach (['url', 'content_type', 'http_code', 'header_size', 'size_download', 'download_content_length', 'primary_ip', 'redirect_count', 'http_version', 'scheme'] as $name) {
        say($name, curl_getinfo($ch)[$name]);
    }
});

it('while nothing has come yet', function () {
    $s = serve(['*' => [pause(3000)]]);
    $mh = curl_multi_init();
    $ch = easy($s->url('/x'));
    curl_multi_add_handle($mh, $ch);
    for ($i = 0; $i < 10; $i++) {
        curl_multi_exec($mh, $running);
        usleep(5000);
    }
    foreach (['url', 'content_type', 'http_code', 'header_size', 'size_download', 'download_content_length', 'primary_ip', 'redirect_count', 'http_version', 'scheme', 'request_size'] as $name) {
        say($name, curl_getinfo($ch)[$name]);
    }
    say('time goes by', curl_getinfo($ch, CURLINFO_TOTAL_TIME) > 0, curl_getinfo($ch, CURLINFO_PRETRANSFER_TIME) > 0, curl_getinfo($ch, CURLINFO_STARTTRANSFER_TIME));
});

it('one by one', function () {
    $s = serve(['*' => [pause(2), send(ok('body', 'Content-Type: text/plain'))]]);
    $ch = easy($s->url('/x'), [CURLOPT_POSTFIELDS => 'a=b', CURLOPT_FILETIME => true, CURLOPT_PRIVATE => 'p', CURLOPT_COOKIEFILE => '', CURLOPT_REFERER => 'http://r.test/']);
    curl_exec($ch);
    $constants = get_defined_constants(true)['curl'];
    ksort($constants);
    foreach ($constants as $name => $value) {
        if (!str_starts_with($name, 'CURLINFO_') || in_array($name, ['CURLINFO_SSL_ENGINES', 'CURLINFO_LASTONE', 'CURLINFO_TEXT', 'CURLINFO_HEADER_IN', 'CURLINFO_DATA_IN', 'CURLINFO_DATA_OUT',
            'CURLINFO_SSL_DATA_IN', 'CURLINFO_SSL_DATA_OUT', 'CURLINFO_CONN_ID'], true)) {
            continue;
        }
        $info = curl_getinfo($ch, $value);
        if (preg_match('/TIME(_T)?$|SPEED|LOCAL_PORT|CAINFO|CAPATH/', $name) && !str_contains($name, 'FILETIME')) {
            say($name, get_debug_type($info), $info > 0);
        } else {
            say($name, $info);
        }
    }
});

it('sizes of a body that is cut off', function () {
    $s = script([request(), send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")]);
    fetch($s->url(), [], CURLINFO_SIZE_DOWNLOAD, CURLINFO_SIZE_DOWNLOAD_T, CURLINFO_CONTENT_LENGTH_DOWNLOAD, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T);
});

it('HTTP_VERSION', function () {
    $s = serve(['/1.0' => "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", '*' => ok()]);
    fetch($s->url('/1.0'), [], CURLINFO_HTTP_VERSION);
    fetch($s->url('/1.1'), [], CURLINFO_HTTP_VERSION);
});

// Connections, and what they need, may be another handle's: what is told of them never is.
it('after a file, and a request that is refused, while another handle has been elsewhere', function () {
    $s = serve(['*' => answer(201, 'body', 'Content-Type: text/x-a', 'Last-Modified: Fri, 13 Feb 2009 23:31:30 GMT', 'Retry-After: 5')]);
    perform(easy($s->url('/a?b'), [CURLOPT_FILETIME => true]));
    $ch = easy('file://' . file_with('x.txt', 'hello'), [CURLOPT_FILETIME => true]);
    perform($ch, CURLINFO_RESPONSE_CODE);
    curl_setopt($ch, CURLOPT_PROTOCOLS, CURLPROTO_HTTP);
    perform($ch);
    all_infos($ch, but: 'speed_download'); // libcurl's is the file's
});

it('FILETIME, RETRY_AFTER and CONTENT_TYPE after a response, and then no connection', function () {
    $s = serve(['*' => ok('body', 'Content-Type: text/x-a', 'Last-Modified: Fri, 13 Feb 2009 23:31:30 GMT', 'Retry-After: 5')]);
    $ch = easy($s->url(), [CURLOPT_FILETIME => true]);
    $infos = [CURLINFO_FILETIME, CURLINFO_RETRY_AFTER, CURLINFO_CONTENT_TYPE, CURLINFO_RESPONSE_CODE, CURLINFO_HEADER_SIZE];
    perform($ch, ...$infos);
    curl_setopt($ch, CURLOPT_URL, 'http://127.0.0.1:' . closed_port() . '/');
    perform($ch, ...$infos);
    say('filetime', curl_getinfo($ch)['filetime']);
});
