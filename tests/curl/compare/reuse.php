<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// reuse.php - connections: which are kept, which are used again, and what happens when one has died.
// dev/curl-compare: long.

require __DIR__ . '/compare.inc';

it('one handle, one connection', function () {
    $s = serve(['*' => ok()]);
    $ch = easy($s->url('/1'));
    foreach ([1, 2, 3] as $n) {
        curl_setopt($ch, CURLOPT_URL, $s->url("/$n"));
        perform($ch, CURLINFO_NUM_CONNECTS);
    }
    say('connections', $s->connections());
});

it('two handles, and what each says of its connections', function () {
    $s = serve(['*' => ok()]);
    foreach ([1, 2] as $n) {
        $ch = easy($s->url("/$n"));
        perform($ch, CURLINFO_NUM_CONNECTS, CURLINFO_PRIMARY_IP, CURLINFO_LOCAL_IP);
        say('ports', curl_getinfo($ch, CURLINFO_LOCAL_PORT) > 0, curl_getinfo($ch, CURLINFO_PRIMARY_PORT) === $s->port, curl_getinfo($ch, CURLINFO_CONNECT_TIME) > 0);
        unset($ch);
    }
});

it('times of a connection that is used again', function () {
    $s = serve(['*' => ok()]);
    $ch = easy($s->url());
    perform($ch);
    $one = curl_getinfo($ch);
    say('first', $one['connect_time'] > 0, $one['namelookup_time'] > 0, $one['pretransfer_time'] > 0, $one['starttransfer_time'] > 0, $one['total_time'] > 0);
    perform($ch);
    $two = curl_getinfo($ch);
    say('second', $two['connect_time'] > 0, $two['namelookup_time'] > 0, $two['pretransfer_time'] > 0, $two['starttransfer_time'] > 0, $two['total_time'] > 0,
        $two['local_port'] === $one['local_port'], $two['primary_ip']);
});

it('FORBID_REUSE and FRESH_CONNECT', function () {
    $s = serve(['*' => ok()]);
    $ch = easy($s->url());
    perform($ch, CURLINFO_NUM_CONNECTS);
    curl_setopt($ch, CURLOPT_FRESH_CONNECT, true);
    perform($ch, CURLINFO_NUM_CONNECTS);
    curl_setopt($ch, CURLOPT_FRESH_CONNECT, false);
    perform($ch, CURLINFO_NUM_CONNECTS);
    curl_setopt($ch, CURLOPT_FORBID_REUSE, true);
    perform($ch, CURLINFO_NUM_CONNECTS);
    perform($ch, CURLINFO_NUM_CONNECTS);
});

it('Connection: close', function () {
    $s = serve(['/close' => ok('bye', 'Connection: close'), '*' => ok()]);
    $ch = easy($s->url('/close'));
    perform($ch, CURLINFO_NUM_CONNECTS);
    perform($ch, CURLINFO_NUM_CONNECTS);
    curl_setopt_array($ch, [CURLOPT_URL => $s->url('/other'), CURLOPT_HTTPHEADER => ['Connection: close']]);
    perform($ch, CURLINFO_NUM_CONNECTS);
    perform($ch, CURLINFO_NUM_CONNECTS);
});

it('HTTP/1.0 and keep-alive', function () {
    $old = fn (string ...$f) => "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n" . implode('', array_map(fn ($x) => "$x\r\n", $f)) . "\r\nok";
    $s = serve(['/plain' => $old(), '/keep' => $old('Connection: keep-alive'), '*' => ok()]);
    foreach (['/plain', '/keep'] as $path) {
        $ch = easy($s->url($path));
        perform($ch, CURLINFO_NUM_CONNECTS);
        curl_setopt($ch, CURLOPT_URL, $s->url('/next'));
        perform($ch, CURLINFO_NUM_CONNECTS);
    }
});

it('the server has closed meanwhile', function () {
    $s = script([request(), send(ok('one'))], [request(), send(ok('two'))]);
    $ch = easy($s->url());
    perform($ch, CURLINFO_NUM_CONNECTS);
    $s->wait();
    perform($ch, CURLINFO_NUM_CONNECTS);
});

it('the server closes when it is asked again', function () {
    $s = script([request(), send(ok('one')), head()], [request(), send(ok('two'))]);
    $ch = easy($s->url());
    perform($ch, CURLINFO_NUM_CONNECTS);
    perform($ch, CURLINFO_NUM_CONNECTS);
    $s->show(whole: false, connections: true);
});

it('the server closes when it is asked again, with a body', function () {
    $s = script([request(), send(ok('one')), request()], [request(), send(ok('two'))]);
    $ch = easy($s->url(), [CURLOPT_POSTFIELDS => 'a=b']);
    perform($ch, CURLINFO_NUM_CONNECTS);
    perform($ch, CURLINFO_NUM_CONNECTS);
    $s->show(whole: false, connections: true);
});

it('the server closes when it is asked again, with a body that is read', function () {
    $s = script([request(), send(ok('one')), request()], [request(), send(ok('two'))]);
    $ch = easy($s->url());
    perform($ch, CURLINFO_NUM_CONNECTS);
    $file = fopen(file_with('in', 'contents'), 'r');
    curl_setopt_array($ch, [CURLOPT_UPLOAD => true, CURLOPT_INFILE => $file, CURLOPT_INFILESIZE => 8]);
    perform($ch, CURLINFO_NUM_CONNECTS);
});

it('the new connection is closed too', function () {
    $s = script([request(), send(ok('one')), head()], [head()], [head()]);
    $ch = easy($s->url());
    perform($ch, CURLINFO_NUM_CONNECTS);
    perform($ch, CURLINFO_NUM_CONNECTS);
    say('connections', $s->connections());
});

it('half an answer over a connection that was kept', function () {
    $s = script([request(), send(ok('one')), request(), send('HTTP/1.1 200')], [request(), send(ok('two'))]);
    $ch = easy($s->url());
    perform($ch);
    perform($ch);
    say('connections', $s->connections());
});

it('bytes that nobody asked for', function () {
    $s = script([request(), send(ok('one') . 'more'), rest(500)], [request(), send(ok('two'))]);
    $ch = easy($s->url());
    perform($ch, CURLINFO_NUM_CONNECTS);
    usleep(50000);
    perform($ch, CURLINFO_NUM_CONNECTS);
});

it('another host, another port, another scheme', function () {
    $a = serve(['*' => ok('a')]);
    $b = serve(['*' => ok('b')]);
    $ch = easy($a->url());
    foreach ([$a->url(), $b->url(), $a->url(), "http://localhost:$a->port/", $a->url(), $b->url()] as $url) {
        curl_setopt($ch, CURLOPT_URL, $url);
        perform($ch, CURLINFO_NUM_CONNECTS);
    }
});

it('MAXCONNECTS', function () {
    $servers = [serve(['*' => ok('a')]), serve(['*' => ok('b')]), serve(['*' => ok('c')])];
    $ch = easy(null, [CURLOPT_MAXCONNECTS => 2]);
    foreach ([0, 1, 2, 2, 1, 0] as $n) {
        curl_setopt($ch, CURLOPT_URL, $servers[$n]->url());
        perform($ch, CURLINFO_NUM_CONNECTS);
    }
});

it('MAXLIFETIME_CONN and MAXAGE_CONN', function () {
    $s = serve(['*' => ok()]);
    foreach ([CURLOPT_MAXLIFETIME_CONN, CURLOPT_MAXAGE_CONN] as $option) {
        $ch = easy($s->url(), [$option => 1]);
        perform($ch);
        perform($ch, CURLINFO_NUM_CONNECTS);
        usleep(2100000);
        perform($ch, CURLINFO_NUM_CONNECTS);
    }
});

it('HEAD, 204 and 304 keep it', function () {
    $s = serve(['/204' => answer(204), '/304' => answer(304), '*' => ok()]);
    $ch = easy($s->url('/204'));
    perform($ch, CURLINFO_NUM_CONNECTS);
    curl_setopt($ch, CURLOPT_URL, $s->url('/304'));
    perform($ch, CURLINFO_NUM_CONNECTS);
    curl_setopt_array($ch, [CURLOPT_URL => $s->url('/x'), CURLOPT_NOBODY => true]);
    perform($ch, CURLINFO_NUM_CONNECTS);
    curl_setopt_array($ch, [CURLOPT_NOBODY => false]);
    perform($ch, CURLINFO_NUM_CONNECTS);
});

it('a transfer that was stopped gives it up', function () {
    $s = serve(['*' => ok(str_repeat('x', 100000))]);
    $ch = easy($s->url(), [CURLOPT_WRITEFUNCTION => fn ($ch, $bytes) => 0]);
    perform($ch);
    curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
    perform($ch, CURLINFO_NUM_CONNECTS);
});

it('credentials and connections', function () {
    $s = serve(['*' => ok()]);
    $ch = easy($s->url(), [CURLOPT_USERPWD => 'a:b']);
    perform($ch, CURLINFO_NUM_CONNECTS);
    curl_setopt($ch, CURLOPT_USERPWD, 'c:d');
    perform($ch, CURLINFO_NUM_CONNECTS);
});

it('bound to an address, and not', function () {
    $s = serve(['*' => ok()]);
    $ch = easy($s->url());
    perform($ch, CURLINFO_NUM_CONNECTS);
    curl_setopt($ch, CURLOPT_INTERFACE, '127.0.0.2');
    perform($ch, CURLINFO_NUM_CONNECTS, CURLINFO_LOCAL_IP);
    perform($ch, CURLINFO_NUM_CONNECTS, CURLINFO_LOCAL_IP);
    curl_setopt($ch, CURLOPT_INTERFACE, '127.0.0.3');
    perform($ch, CURLINFO_NUM_CONNECTS, CURLINFO_LOCAL_IP);
});

it('CONNECT_TO and connections', function () {
    $s = serve(['*' => ok()]);
    $ch = easy('http://a.test/', [CURLOPT_CONNECT_TO => ["::127.0.0.1:$s->port"]]);
    perform($ch, CURLINFO_NUM_CONNECTS);
    curl_setopt($ch, CURLOPT_URL, 'http://b.test/');
    perform($ch, CURLINFO_NUM_CONNECTS);
    curl_setopt($ch, CURLOPT_URL, 'http://a.test/');
    perform($ch, CURLINFO_NUM_CONNECTS);
});

it('CONNECT_ONLY', function () {
    $s = script([rest(500)]);
    $ch = easy($s->url(), [CURLOPT_CONNECT_ONLY => 1]);
    perform($ch, CURLINFO_HTTP_CODE, CURLINFO_NUM_CONNECTS, CURLINFO_PRIMARY_IP);
    unset($ch);
});
