<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// share.php - curl_share_*: what handles have in common.

require __DIR__ . '/compare.inc';

it('what it takes', function () {
    $sh = curl_share_init();
    foreach (['COOKIE', 'DNS', 'SSL_SESSION', 'CONNECT', 'PSL'] as $name) {
        say($name, curl_share_setopt($sh, CURLSHOPT_SHARE, constant("CURL_LOCK_DATA_$name")), curl_share_errno($sh));
    }
    foreach ([0, 1, 7, 99, -1, 'x', null, true] as $value) {
        say(text($value), attempt(fn () => curl_share_setopt($sh, CURLSHOPT_SHARE, $value)), curl_share_errno($sh), curl_share_strerror(curl_share_errno($sh)));
        say(text($value) . ' back', attempt(fn () => curl_share_setopt($sh, CURLSHOPT_UNSHARE, $value)), curl_share_errno($sh));
    }
    foreach ([0, 3, 99, -1] as $option) {
        say("option $option", attempt(fn () => curl_share_setopt($sh, $option, CURL_LOCK_DATA_DNS)), curl_share_errno($sh));
    }
});

it('SHARE: what it takes', function () {
    $ch = easy();
    foreach ([curl_share_init(), null, 0, 'x', false, new stdClass(), $ch] as $value) {
        set($ch, 'CURLOPT_SHARE', $value);
    }
});

it('cookies', function () {
    $s = serve(['/set' => ok('', 'Set-Cookie: a=1; Path=/'), '*' => ok()]);
    $sh = curl_share_init();
    curl_share_setopt($sh, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
    $one = easy($s->url('/set'), [CURLOPT_SHARE => $sh, CURLOPT_COOKIEFILE => '']);
    perform($one);
    $two = easy($s->url('/look'), [CURLOPT_SHARE => $sh]);
    perform($two);
    say('lists', curl_getinfo($one, CURLINFO_COOKIELIST), curl_getinfo($two, CURLINFO_COOKIELIST));
    $three = easy($s->url('/alone'), [CURLOPT_COOKIEFILE => '']);
    perform($three);
    unset($one, $two);
    $four = easy($s->url('/later'), [CURLOPT_SHARE => $sh, CURLOPT_COOKIEFILE => '']);
    perform($four);
    $s->show();
});

it('cookies taken back', function () {
    $s = serve(['*' => ok()]);
    $sh = curl_share_init();
    curl_share_setopt($sh, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
    $one = easy($s->url('/one'), [CURLOPT_SHARE => $sh, CURLOPT_COOKIELIST => 'Set-Cookie: a=1; domain=127.0.0.1; path=/']);
    perform($one);
    say('in use', curl_share_setopt($sh, CURLSHOPT_UNSHARE, CURL_LOCK_DATA_COOKIE), curl_share_errno($sh), curl_share_strerror(curl_share_errno($sh)));
    curl_setopt($one, CURLOPT_SHARE, null);
    perform($one);
    say('list', curl_getinfo($one, CURLINFO_COOKIELIST));
    say('not in use', curl_share_setopt($sh, CURLSHOPT_UNSHARE, CURL_LOCK_DATA_COOKIE), curl_share_errno($sh));
    $s->show();
});

it('cookies and jars', function () {
    $s = serve(['/set' => ok('', 'Set-Cookie: a=1; Path=/'), '*' => ok()]);
    $sh = curl_share_init();
    curl_share_setopt($sh, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
    $jar = folder() . '/shared-jar';
    $one = easy($s->url('/set'), [CURLOPT_SHARE => $sh, CURLOPT_COOKIEJAR => $jar]);
    perform($one);
    unset($one);
    say('jar', (string) @file_get_contents($jar));
});

it('connections', function () {
    $s = serve(['*' => ok()]);
    $sh = curl_share_init();
    curl_share_setopt($sh, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT);
    foreach ([1, 2, 3] as $n) {
        $ch = easy($s->url("/$n"), [CURLOPT_SHARE => $sh]);
        perform($ch, CURLINFO_NUM_CONNECTS);
        unset($ch);
    }
    $ch = easy($s->url('/alone'));
    perform($ch, CURLINFO_NUM_CONNECTS);
});

it('names', function () {
    $s = serve(['*' => ok()]);
    $sh = curl_share_init();
    curl_share_setopt($sh, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
    $one = easy("http://shared.test:$s->port/1", [CURLOPT_SHARE => $sh, CURLOPT_RESOLVE => ["shared.test:$s->port:127.0.0.1"]]);
    perform($one);
    $two = easy("http://shared.test:$s->port/2", [CURLOPT_SHARE => $sh]);
    perform($two);
});

it('TLS sessions', function () {
    $s = serve_tls(['*' => ok()]);
    $sh = curl_share_init();
    curl_share_setopt($sh, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
    foreach ([1, 2] as $n) {
        fetch($s->url("/$n", 'https'), [CURLOPT_SHARE => $sh, CURLOPT_CAINFO => certificate('ca.crt')]);
    }
});

it('everything, in a multi handle', function () {
    $s = serve(['/set' => ok('', 'Set-Cookie: a=1; Path=/'), '*' => ok()]);
    $sh = curl_share_init();
    foreach ([CURL_LOCK_DATA_COOKIE, CURL_LOCK_DATA_DNS, CURL_LOCK_DATA_SSL_SESSION] as $what) {
        curl_share_setopt($sh, CURLSHOPT_SHARE, $what);
    }
    $mh = curl_multi_init();
    foreach (['/set', '/b'] as $path) {
        $ch = easy($s->url($path), [CURLOPT_SHARE => $sh, CURLOPT_PRIVATE => $path, CURLOPT_COOKIEFILE => '']);
        curl_multi_add_handle($mh, $ch);
        drive($mh);
        curl_multi_remove_handle($mh, $ch);
    }
    $s->show();
});

it('the share goes first', function () {
    $s = serve(['*' => ok()]);
    $sh = curl_share_init();
    curl_share_setopt($sh, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
    $ch = easy($s->url('/a'), [CURLOPT_SHARE => $sh, CURLOPT_COOKIEFILE => '']);
    curl_share_close($sh);
    unset($sh);
    perform($ch);
});

it('copies and reset of a handle with a share', function () {
    $s = serve(['/set' => ok('', 'Set-Cookie: a=1; Path=/'), '*' => ok()]);
    $sh = curl_share_init();
    curl_share_setopt($sh, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
    $ch = easy($s->url('/set'), [CURLOPT_SHARE => $sh, CURLOPT_COOKIEFILE => '']);
    perform($ch);
    $copy = curl_copy_handle($ch);
    curl_setopt($copy, CURLOPT_URL, $s->url('/copy'));
    perform($copy);
    curl_reset($ch);
    curl_setopt_array($ch, [CURLOPT_URL => $s->url('/reset'), CURLOPT_RETURNTRANSFER => true]);
    perform($ch);
    $s->show();
});

it('a share that is set while it is used', function () {
    $s = serve(['*' => ok()]);
    $sh = curl_share_init();
    $ch = easy($s->url('/a'), [CURLOPT_SHARE => $sh]);
    say('set', curl_share_setopt($sh, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS), curl_share_errno($sh));
    unset($ch);
    say('set', curl_share_setopt($sh, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS), curl_share_errno($sh));
});

it('a persistent share', function () {
    if (!function_exists('curl_share_init_persistent')) {
        skip('this PHP has no curl_share_init_persistent()');
        return;
    }
    foreach ([[CURL_LOCK_DATA_DNS], [CURL_LOCK_DATA_DNS, CURL_LOCK_DATA_CONNECT], [CURL_LOCK_DATA_CONNECT, CURL_LOCK_DATA_DNS, CURL_LOCK_DATA_DNS], [], [CURL_LOCK_DATA_COOKIE], [99], ['x'],
        [CURL_LOCK_DATA_PSL, CURL_LOCK_DATA_SSL_SESSION]] as $list) {
        $sh = attempt(fn () => curl_share_init_persistent($list));
        say(text($list), $sh, $sh?->options);
    }
    $sh = curl_share_init_persistent([CURL_LOCK_DATA_DNS]);
    attempt(fn () => $sh->options = []);
    attempt(fn () => curl_share_setopt($sh, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS));
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_SHARE => $sh]);
});
