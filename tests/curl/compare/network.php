<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// network.php - RESOLVE, CONNECT_TO, unix sockets, own addresses and ports, address families.

require __DIR__ . '/compare.inc';

it('RESOLVE', function () {
    $s = serve(['*' => ok()]);
    $p = $s->port;
    foreach (["a.test:$p:127.0.0.1", "A.TEST:$p:127.0.0.1", "a.test:$p:127.0.0.9,127.0.0.1", "a.test:$p:[::1],127.0.0.1", "+a.test:$p:127.0.0.1", "*:$p:127.0.0.1", "a.test:1:127.0.0.1",
        "b.test:$p:127.0.0.1"] as $entry) {
        say(str_replace((string) $p, 'PORT', $entry));
        fetch("http://a.test:$p/", [CURLOPT_RESOLVE => [$entry], CURLOPT_CONNECTTIMEOUT_MS => 3000, CURLOPT_IPRESOLVE => CURL_IPRESOLVE_V4], CURLINFO_PRIMARY_IP);
    }
    $s->show();
});

foreach (['junk', 'a.test', 'a.test:80', 'a.test:x:127.0.0.1', 'a.test:99999:127.0.0.1', 'a.test:80:no-address', 'a.test:80:', ':80:127.0.0.1', '', 'a.test:80:127.0.0.1,', '-a.test', '-a.test:x'] as $entry) {
    it('RESOLVE with a bad entry, ' . text($entry), function () use ($entry) {
        $s = serve(['*' => ok()]);
        fetch($s->url(), [CURLOPT_RESOLVE => [$entry]]);
    });
}

it('RESOLVE set and taken back', function () {
    $s = serve(['*' => ok()]);
    $ch = easy("http://a.test:$s->port/", [CURLOPT_RESOLVE => ["a.test:$s->port:127.0.0.1"]]);
    perform($ch);
    curl_setopt($ch, CURLOPT_RESOLVE, []);
    curl_setopt($ch, CURLOPT_FRESH_CONNECT, true);
    perform($ch);
    curl_setopt($ch, CURLOPT_RESOLVE, ["-a.test:$s->port"]);
    perform($ch);
});

it('RESOLVE of an address', function () {
    $s = serve(['*' => ok()]);
    fetch("http://127.0.0.9:$s->port/", [CURLOPT_RESOLVE => ["127.0.0.9:$s->port:127.0.0.1"], CURLOPT_CONNECTTIMEOUT_MS => 500], CURLINFO_PRIMARY_IP);
});

it('RESOLVE changed for the next run', function () {
    $a = serve(['*' => ok('a')]);
    $ch = easy("http://a.test:$a->port/", [CURLOPT_RESOLVE => ["a.test:$a->port:127.0.0.9"], CURLOPT_CONNECTTIMEOUT_MS => 1000]);
    perform($ch);
    curl_setopt($ch, CURLOPT_RESOLVE, ["a.test:$a->port:127.0.0.1"]);
    perform($ch);
});

it('CONNECT_TO', function () {
    $s = serve(['*' => ok()]);
    $p = $s->port;
    foreach (["a.test:80:127.0.0.1:$p", "::127.0.0.1:$p", "a.test::127.0.0.1:$p", ":80:127.0.0.1:$p", "A.test:80:127.0.0.1:$p", "a.test:80:localhost:$p", "a.test:80:[127.0.0.1]:$p"] as $entry) {
        say(str_replace((string) $p, 'PORT', $entry));
        fetch('http://a.test/', [CURLOPT_CONNECT_TO => [$entry], CURLOPT_CONNECTTIMEOUT_MS => 1500, CURLOPT_IPRESOLVE => CURL_IPRESOLVE_V4], CURLINFO_EFFECTIVE_URL, CURLINFO_PRIMARY_IP, CURLINFO_PRIMARY_PORT);
    }
    $s->show();
});

it('CONNECT_TO with several entries: the first that fits', function () {
    $s = serve(['*' => ok()]);
    fetch('http://a.test/', [CURLOPT_CONNECT_TO => ['b.test:80:127.0.0.1:1', "a.test:80:127.0.0.1:$s->port", 'a.test:80:127.0.0.1:2']]);
    fetch("http://127.0.0.1:$s->port/", [CURLOPT_CONNECT_TO => [":::$s->port"]]);
});

foreach (['junk', '', 'a.test:PORT:', 'a.test:PORT', '::', ':::', 'a.test:PORT:127.0.0.1:x', 'a.test:PORT:127.0.0.1:99999', 'a.test:x:127.0.0.1:1', 'a.test:PORT:[127.0.0.1', 'a.test:PORT::'] as $entry) {
    it('CONNECT_TO with a bad entry, ' . text($entry), function () use ($entry) {
        $s = serve(['*' => ok()]);
        fetch("http://a.test:$s->port/", [CURLOPT_RESOLVE => ["a.test:$s->port:127.0.0.1"], CURLOPT_CONNECT_TO => [str_replace('PORT', (string) $s->port, $entry)],
            CURLOPT_CONNECTTIMEOUT_MS => 1000]);
    });
}

it('UNIX_SOCKET_PATH', function () {
    $path = sys_get_temp_dir() . '/native-compare-' . str_pad((string) getmypid(), 8, '0', STR_PAD_LEFT); // its length is limited
    register_shutdown_function(fn () => @unlink($path));
    $s = serve(['*' => ok('unix')], [], "unix://$path");
    fetch('http://some.test/path', [CURLOPT_UNIX_SOCKET_PATH => $path], CURLINFO_PRIMARY_PORT, CURLINFO_LOCAL_IP, CURLINFO_EFFECTIVE_URL, CURLINFO_NUM_CONNECTS);
    $s->show();
    fetch('http://some.test/path', [CURLOPT_UNIX_SOCKET_PATH => folder() . '/none.sock']);
    $ch = easy('http://some.test/', [CURLOPT_UNIX_SOCKET_PATH => $path]);
    perform($ch);
    perform($ch, CURLINFO_NUM_CONNECTS);
    fetch('http://some.test/', [CURLOPT_UNIX_SOCKET_PATH => str_repeat('x', 200)]);
});

it('ABSTRACT_UNIX_SOCKET', function () {
    $name = 'native-compare-' . str_pad((string) getmypid(), 8, '0', STR_PAD_LEFT);
    $s = attempt(fn () => serve(['*' => ok('abstract')], [], "unix://\0$name"));
    if (!$s) {
        skip('this PHP makes no abstract sockets');
        return;
    }
    fetch('http://some.test/', [CURLOPT_ABSTRACT_UNIX_SOCKET => $name]);
    fetch('http://some.test/', [CURLOPT_ABSTRACT_UNIX_SOCKET => "$name-none"]);
});

it('INTERFACE', function () {
    $s = serve(['*' => ok()]);
    foreach (['127.0.0.1', '127.0.0.5', 'host!127.0.0.1', 'lo', 'if!lo', '192.0.2.99', 'no-such-device', 'if!nosuch0', 'host!no-such-host.invalid', ''] as $interface) {
        say($interface);
        fetch($s->url(), [CURLOPT_INTERFACE => $interface, CURLOPT_IPRESOLVE => CURL_IPRESOLVE_V4], CURLINFO_LOCAL_IP);
    }
});

it('LOCALPORT', function () {
    $s = serve(['*' => ok()]);
    $port = closed_port();
    fetch($s->url(), [CURLOPT_LOCALPORT => $port], CURLINFO_LOCAL_PORT);
    $ch = easy();
    foreach ([-1, 0, 1, 65535, 65536, 'x'] as $value) {
        set($ch, 'CURLOPT_LOCALPORT', $value);
        set($ch, 'CURLOPT_LOCALPORTRANGE', $value);
    }
});

it('LOCALPORT that is taken', function () {
    $s = serve(['*' => ok()]);
    $taken = stream_socket_server('tcp://127.0.0.1:0');
    $port = (int) substr(strrchr(stream_socket_get_name($taken, false), ':'), 1);
    name_port($port, 'TAKEN');
    name_port($port + 1, 'TAKENPLUS');
    fetch($s->url(), [CURLOPT_LOCALPORT => $port, CURLOPT_INTERFACE => '127.0.0.1']);
    $ch = easy($s->url(), [CURLOPT_LOCALPORT => $port, CURLOPT_LOCALPORTRANGE => 20, CURLOPT_INTERFACE => '127.0.0.1']);
    say('exec', curl_exec($ch), curl_getinfo($ch, CURLINFO_LOCAL_PORT) > $port);
});

it('IPRESOLVE', function () {
    $s = serve(['*' => ok()]);
    fetch("http://localhost:$s->port/", [CURLOPT_IPRESOLVE => CURL_IPRESOLVE_V4], CURLINFO_PRIMARY_IP);
    fetch("http://127.0.0.1:$s->port/", [CURLOPT_IPRESOLVE => CURL_IPRESOLVE_V6]);
    fetch("http://a.test:$s->port/", [CURLOPT_RESOLVE => ["a.test:$s->port:[::1],127.0.0.1"], CURLOPT_IPRESOLVE => CURL_IPRESOLVE_V4], CURLINFO_PRIMARY_IP);
});

it('IPv6', function () {
    $s = attempt(fn () => serve(['*' => ok()], [], 'tcp://[::1]:0'));
    if (!$s) {
        skip('there is no IPv6 here');
        return;
    }
    fetch("http://[::1]:$s->port/", [], CURLINFO_PRIMARY_IP, CURLINFO_LOCAL_IP, CURLINFO_EFFECTIVE_URL);
    fetch("http://[0:0:0:0:0:0:0:1]:$s->port/", [], CURLINFO_PRIMARY_IP, CURLINFO_EFFECTIVE_URL);
    fetch("http://[::1%25lo]:$s->port/", [], CURLINFO_PRIMARY_IP);
    fetch("http://a.test:$s->port/", [CURLOPT_RESOLVE => ["a.test:$s->port:::1"]], CURLINFO_PRIMARY_IP);
    fetch("http://a.test:$s->port/", [CURLOPT_RESOLVE => ["a.test:$s->port:[::1]"]], CURLINFO_PRIMARY_IP);
    fetch('http://a.test/', [CURLOPT_CONNECT_TO => ["a.test:80:[::1]:$s->port"]], CURLINFO_PRIMARY_IP);
    $s->show();
});

it('the next address, when the first is dead', function () {
    $s = serve(['*' => ok()]);
    fetch("http://a.test:$s->port/", [CURLOPT_RESOLVE => ["a.test:$s->port:127.0.0.2,127.0.0.3,127.0.0.1"]], CURLINFO_PRIMARY_IP, CURLINFO_NUM_CONNECTS);
    fetch("http://a.test:$s->port/", [CURLOPT_RESOLVE => ["a.test:$s->port:[::1],127.0.0.1"]], CURLINFO_PRIMARY_IP);
    fetch("http://a.test:$s->port/", [CURLOPT_RESOLVE => ["a.test:$s->port:127.0.0.2,127.0.0.3"]], CURLINFO_PRIMARY_IP);
});

it('localhost is never asked of anybody', function () {
    $s = serve(['*' => ok()]);
    fetch("http://localhost:$s->port/", [], CURLINFO_PRIMARY_IP);
    fetch("http://sub.localhost:$s->port/", [CURLOPT_IPRESOLVE => CURL_IPRESOLVE_V4], CURLINFO_PRIMARY_IP);
});

it('options of TCP', function () {
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_TCP_NODELAY => false, CURLOPT_TCP_KEEPALIVE => true, CURLOPT_TCP_KEEPIDLE => 10, CURLOPT_TCP_KEEPINTVL => 5, CURLOPT_TCP_FASTOPEN => false, CURLOPT_NOSIGNAL => true]);
});

it('HAPROXYPROTOCOL', function () {
    $s = script([head(), send(ok())]);
    $ch = easy($s->url(), [CURLOPT_HAPROXYPROTOCOL => true]);
    perform($ch);
    foreach ($s->heads() as $head) {
        say('first line', preg_replace('/ \d{4,5} /', ' LOCAL ', strtok($head, "\r")));
    }
});

it('numbers for addresses', function () {
    $s = serve(['*' => ok()]);
    foreach (['2130706433', '0x7f000001', '017700000001', '127.1', '0x7f.1'] as $host) {
        fetch("http://$host:$s->port/", [CURLOPT_CONNECTTIMEOUT_MS => 1000], CURLINFO_EFFECTIVE_URL);
    }
    $s->show();
});
