<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// arguments.php - what the functions say to arguments that cannot be, and the errors of handles.

require __DIR__ . '/compare.inc';

$functions = get_extension_funcs('curl');
sort($functions);

// None, one of the wrong kind, too many: for each of them.
foreach ($functions as $function) {
    it("$function with what is no argument", function () use ($function) {
        foreach ([[], [null], [1], ['x'], [new stdClass()], [curl_init(), 1, 2, 3, 4, 5, 6]] as $arguments) {
            if ($function === 'curl_multi_init' || $function === 'curl_share_init' || $function === 'curl_version') {
                attempt(fn () => [say(text($arguments), get_debug_type($function(...$arguments)))]);
                continue;
            }
            if (($function === 'curl_strerror' || $function === 'curl_multi_strerror' || $function === 'curl_share_strerror') && $arguments === [1]) {
                continue;
            }
            attempt(fn () => [say(text($arguments), $function(...$arguments))]);
        }
    });
}

it('curl_init', function () {
    say('none', curl_init());
    say('null', curl_init(null));
    say('a URL', curl_getinfo(curl_init('http://a.test/'), CURLINFO_EFFECTIVE_URL));
    say('empty', curl_getinfo(curl_init(''), CURLINFO_EFFECTIVE_URL));
    say('none', curl_getinfo(curl_init(), CURLINFO_EFFECTIVE_URL));
    say('nonsense', curl_getinfo(curl_init('no url at all'), CURLINFO_EFFECTIVE_URL));
    say('a zero byte', attempt(fn () => curl_init("http://a\0b/")));
});

it('curl_setopt with an unknown option', function () {
    $ch = curl_init();
    foreach ([-2, 1, 9999, 10000, 19915, 20000, 999999, PHP_INT_MAX] as $option) {
        say($option, attempt(fn () => curl_setopt($ch, $option, 1)));
        say('error', curl_errno($ch), curl_error($ch));
    }
    say('no number', attempt(fn () => curl_setopt($ch, 'CURLOPT_URL', 1)));
    say('a numeric string', attempt(fn () => curl_setopt($ch, '10002', 'http://a.test')));
    say('a float', attempt(fn () => curl_setopt($ch, 10002.0, 'http://b.test')));
    say('a broken float', attempt(fn () => curl_setopt($ch, 10002.5, 'http://c.test')));
    say('url', curl_getinfo($ch, CURLINFO_EFFECTIVE_URL));
});

it('curl_setopt_array', function () {
    $ch = curl_init();
    say('empty', curl_setopt_array($ch, []));
    say('good', curl_setopt_array($ch, [CURLOPT_URL => 'http://a.test', CURLOPT_TIMEOUT => 1]));
    say('unknown', attempt(fn () => curl_setopt_array($ch, [CURLOPT_URL => 'http://b.test', 9999 => 1, CURLOPT_USERAGENT => 'x'])));
    say('error', curl_errno($ch), curl_error($ch), curl_getinfo($ch, CURLINFO_EFFECTIVE_URL));
    say('named', attempt(fn () => curl_setopt_array($ch, ['CURLOPT_URL' => 'http://c.test'])));
    say('error', curl_errno($ch), curl_error($ch));
    say('one that fails', curl_setopt_array($ch, [CURLOPT_TIMEOUT => -1, CURLOPT_URL => 'http://d.test']));
    say('error', curl_errno($ch), curl_error($ch), curl_getinfo($ch, CURLINFO_EFFECTIVE_URL));
    say('bad type', attempt(fn () => curl_setopt_array($ch, [CURLOPT_HTTPHEADER => 'x', CURLOPT_URL => 'http://e.test'])));
    say('url', curl_getinfo($ch, CURLINFO_EFFECTIVE_URL));
    say('bad stream', attempt(fn () => curl_setopt_array($ch, [CURLOPT_FILE => 'x'])));
    $value = 'http://f.test';
    say('a reference', curl_setopt_array($ch, [CURLOPT_URL => &$value]), curl_getinfo($ch, CURLINFO_EFFECTIVE_URL));
});

it('errors of a handle and when they go', function () {
    $ch = curl_init();
    say('new', curl_errno($ch), curl_error($ch));
    say('no url', curl_exec($ch), curl_errno($ch), curl_error($ch));
    say('still', curl_errno($ch), curl_error($ch));
    curl_setopt($ch, CURLOPT_TIMEOUT, 3);
    say('after setopt', curl_errno($ch), curl_error($ch));
    curl_setopt($ch, CURLOPT_TIMEOUT, -3);
    say('a bad value', curl_errno($ch));
    curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
    say('after RETURNTRANSFER', curl_errno($ch), curl_error($ch));
    curl_exec($ch);
    curl_getinfo($ch);
    say('after getinfo', curl_errno($ch));
    $other = curl_copy_handle($ch);
    say('of the copy', curl_errno($other), curl_error($other));
    curl_reset($ch);
    say('after reset', curl_errno($ch));
});

it('an error and the text of an earlier one', function () {
    $ch = curl_init();
    curl_exec($ch);
    curl_setopt($ch, CURLOPT_TIMEOUT, -3);
    say('a bad value', curl_errno($ch), curl_error($ch));
    curl_exec($ch);
    say('no url again', curl_errno($ch), curl_error($ch));
});

it('strerror', function () {
    for ($i = -2; $i < 105; $i++) {
        echo "$i ", curl_strerror($i), "\n";
    }
});

it('multi_strerror', function () {
    for ($i = -3; $i < 15; $i++) {
        echo "$i ", curl_multi_strerror($i), "\n";
    }
});

it('share_strerror', function () {
    for ($i = -1; $i < 8; $i++) {
        echo "$i ", curl_share_strerror($i), "\n";
    }
});

it('escape', function () {
    $ch = curl_init();
    foreach (['', 'a b', 'a+b&c=d/e?f#g', "\0\xff\r\n", 'AZaz09-._~!*\'();:@&=+$,/?#[]', "\u{fc}\u{20ac}"] as $text) {
        say($text, curl_escape($ch, $text), curl_unescape($ch, $text));
    }
    foreach (['a%20b', 'a%2', 'a%', '%zz', '%00', '%41%c3%bc', '+'] as $text) {
        say($text, curl_unescape($ch, $text));
    }
});

it('curl_close', function () {
    $ch = curl_init('http://a.test/');
    say('closed', curl_close($ch));
    say('twice', curl_close($ch));
    say('is still there', curl_getinfo($ch, CURLINFO_EFFECTIVE_URL), curl_setopt($ch, CURLOPT_TIMEOUT, 1));
    $mh = curl_multi_init();
    say('multi', curl_multi_close($mh), curl_multi_close($mh));
    $sh = curl_share_init();
    say('share', curl_share_close($sh), curl_share_close($sh));
});

it('curl_pause and curl_upkeep of a handle that does nothing', function () {
    $ch = curl_init();
    foreach ([0, CURLPAUSE_ALL, CURLPAUSE_RECV, CURLPAUSE_SEND, CURLPAUSE_CONT, 99] as $bits) {
        say($bits, curl_pause($ch, $bits), curl_errno($ch));
    }
    say('upkeep', function_exists('curl_upkeep') ? curl_upkeep($ch) : null);
});

it('curl_getinfo of a new handle', function () {
    $ch = curl_init('http://a.test/x');
    foreach (curl_getinfo($ch) as $name => $value) {
        say($name, $value);
    }
    $constants = get_defined_constants(true)['curl'];
    ksort($constants);
    foreach ($constants as $name => $value) {
        if (str_starts_with($name, 'CURLINFO_') && !in_array($name, ['CURLINFO_SSL_ENGINES', 'CURLINFO_LASTONE', 'CURLINFO_CAINFO', 'CURLINFO_CAPATH', 'CURLINFO_TEXT',
            'CURLINFO_HEADER_IN', 'CURLINFO_DATA_IN', 'CURLINFO_DATA_OUT', 'CURLINFO_SSL_DATA_IN', 'CURLINFO_SSL_DATA_OUT'], true)) {
            say($name, curl_getinfo($ch, $value));
        }
    }
});

it('curl_getinfo with an unknown number', function () {
    $ch = curl_init();
    foreach ([-1, 0, 3, 99, 1048576, 0x100000 + 500, 0x200000, 0x300000 + 99, 0x400000 + 99, 0x600000 + 99] as $info) {
        say($info, attempt(fn () => curl_getinfo($ch, $info)));
    }
    say('null', count(curl_getinfo($ch, null)) > 30);
});
