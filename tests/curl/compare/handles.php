<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// handles.php - reset, copies, clones, PRIVATE, and the life of handles.

require __DIR__ . '/compare.inc';

it('reset', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url('/a'), [CURLOPT_POSTFIELDS => 'x=1', CURLOPT_USERAGENT => 'me', CURLOPT_HTTPHEADER => ['X-A: 1'], CURLOPT_COOKIE => 'a=b', CURLOPT_PRIVATE => 'mine', CURLOPT_USERPWD => 'a:b',
        CURLOPT_HEADER => true, CURLOPT_REFERER => 'http://r.test/', CURLINFO_HEADER_OUT => true]);
    perform($ch);
    say('before', curl_getinfo($ch, CURLINFO_HTTP_CODE), curl_getinfo($ch, CURLINFO_EFFECTIVE_URL), curl_getinfo($ch, CURLINFO_PRIVATE));
    say('reset', curl_reset($ch));
    say('after', curl_getinfo($ch, CURLINFO_HTTP_CODE), curl_getinfo($ch, CURLINFO_EFFECTIVE_URL), curl_getinfo($ch, CURLINFO_PRIVATE), curl_getinfo($ch, CURLINFO_HEADER_OUT));
    say('no url', curl_exec($ch), curl_errno($ch), curl_error($ch));
    curl_setopt($ch, CURLOPT_URL, $s->url('/b'));
    ob_start();
    $result = curl_exec($ch);
    say('output', ob_get_clean(), $result);
    say('connects', curl_getinfo($ch, CURLINFO_NUM_CONNECTS));
    $s->show();
});

it('reset and what it keeps', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url('/a'));
    curl_setopt($ch, CURLOPT_TIMEOUT, -5);
    say('error', curl_errno($ch), curl_error($ch));
    curl_reset($ch);
    say('error after reset', curl_errno($ch), curl_error($ch));
});

it('reset lets go of callbacks and streams', function () {
    $s = serve(['*' => ok('body')]);
    $object = new stdClass();
    $weak = WeakReference::create($object);
    $ch = easy($s->url('/a'), [CURLOPT_WRITEFUNCTION => function ($c, $b) use ($object) {
        return strlen($b);
    }, CURLOPT_PRIVATE => 'x']);
    unset($object);
    say('held', $weak->get() !== null);
    curl_reset($ch);
    curl_setopt_array($ch, [CURLOPT_URL => $s->url('/a'), CURLOPT_RETURNTRANSFER => true]);
    perform($ch);
    unset($ch);
    gc_collect_cycles();
    say('gone with the handle', $weak->get() === null);
});

it('reset within a callback', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url('/a'), [CURLOPT_WRITEFUNCTION => function ($ch, $bytes) {
        attempt(fn () => curl_reset($ch));
        attempt(fn () => curl_close($ch));
        return strlen($bytes);
    }]);
    perform($ch);
});

it('copy', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url('/a'), [CURLOPT_POSTFIELDS => 'x=1', CURLOPT_USERAGENT => 'me', CURLOPT_HTTPHEADER => ['X-A: 1'], CURLOPT_PRIVATE => ['mine'], CURLINFO_HEADER_OUT => true]);
    perform($ch);
    $copy = curl_copy_handle($ch);
    say('copy', $copy, $copy == $ch, curl_getinfo($copy, CURLINFO_PRIVATE), curl_getinfo($copy, CURLINFO_HTTP_CODE), curl_getinfo($copy, CURLINFO_EFFECTIVE_URL));
    perform($copy, CURLINFO_NUM_CONNECTS, CURLINFO_HEADER_OUT);
    curl_setopt_array($copy, [CURLOPT_USERAGENT => 'copy', CURLOPT_HTTPHEADER => ['X-B: 2'], CURLOPT_POSTFIELDS => 'y=2']);
    perform($ch);
    perform($copy);
    $s->show();
});

it('clone', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url('/a'), [CURLOPT_POSTFIELDS => 'x=1', CURLOPT_USERAGENT => 'me', CURLOPT_PRIVATE => 'mine']);
    $clone = clone $ch;
    unset($ch);
    perform($clone, CURLINFO_PRIVATE);
    $s->show();
});

it('clone of a clone', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url('/a'), [CURLOPT_POSTFIELDS => ['a' => 'b'], CURLOPT_HTTPHEADER => ['X-A: 1']]);
    $second = clone $ch;
    $third = clone $second;
    foreach ([$third, $second, $ch] as $handle) {
        perform($handle);
    }
    $s->show();
});

it('copies of multipart bodies', function () {
    $s = serve(['*' => ok('body')]);
    $file = file_with('copied', 'contents');
    $ch = easy($s->url('/a'), [CURLOPT_POSTFIELDS => ['t' => 'x', 'f' => new CURLFile($file, 'a/b', 'n'), 's' => new CURLStringFile('string', 's')]]);
    $copy = curl_copy_handle($ch);
    unset($ch);
    perform($copy);
    $s->show();
});

it('copies of callbacks', function () {
    $s = serve(['*' => ok('body', 'X-A: 1')]);
    $calls = new Calls();
    $ch = easy($s->url('/a'), [CURLOPT_WRITEFUNCTION => $calls->write(), CURLOPT_HEADERFUNCTION => $calls->header()]);
    $copy = curl_copy_handle($ch);
    curl_setopt($ch, CURLOPT_WRITEFUNCTION, fn ($c, $b) => strlen($b));
    unset($ch);
    perform($copy);
    $calls->show();
});

it('copies of what is returned', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url('/a'));
    perform($ch);
    $copy = curl_copy_handle($ch);
    say('content', curl_multi_getcontent($ch), curl_multi_getcontent($copy));
    perform($copy);
    say('content', curl_multi_getcontent($ch), curl_multi_getcontent($copy));
});

it('copies of FILE', function () {
    $s = serve(['*' => ok('body')]);
    $file = fopen('php://memory', 'w+');
    $ch = easy($s->url('/a'), [CURLOPT_FILE => $file]);
    $copy = curl_copy_handle($ch);
    perform($ch);
    perform($copy);
    rewind($file);
    say('file', stream_get_contents($file));
});

it('the error of a copy', function () {
    $ch = easy();
    curl_exec($ch);
    $copy = curl_copy_handle($ch);
    say('errors', curl_errno($ch), curl_errno($copy), curl_error($copy));
});

it('PRIVATE', function () {
    $ch = easy();
    say('none', curl_getinfo($ch, CURLINFO_PRIVATE));
    $object = new stdClass();
    foreach (['text', 0, null, false, true, 1.5, ['a' => [1]], fopen('php://memory', 'r')] as $value) {
        say('set', curl_setopt($ch, CURLOPT_PRIVATE, $value), curl_getinfo($ch, CURLINFO_PRIVATE));
    }
    curl_setopt($ch, CURLOPT_PRIVATE, $object);
    say('the same object', curl_getinfo($ch, CURLINFO_PRIVATE) === $object);
    curl_setopt($ch, CURLOPT_PRIVATE, $ch);
    say('itself', curl_getinfo($ch, CURLINFO_PRIVATE) === $ch);
    say('not in the array', isset(curl_getinfo($ch)['private']));
});

it('a handle that holds itself', function () {
    $object = new stdClass();
    $weak = WeakReference::create($object);
    $ch = easy();
    $object->handle = $ch;
    curl_setopt($ch, CURLOPT_PRIVATE, $object);
    curl_setopt($ch, CURLOPT_WRITEFUNCTION, fn ($c, $b) => $object);
    curl_setopt($ch, CURLOPT_HEADERFUNCTION, fn ($c, $b) => $ch);
    unset($object, $ch);
    say('before', $weak->get() !== null);
    gc_collect_cycles();
    say('after', $weak->get() === null);
});

it('a multi handle that is held by its handles', function () {
    $mh = curl_multi_init();
    $weak = WeakReference::create($mh);
    $ch = easy();
    curl_setopt($ch, CURLOPT_PRIVATE, $mh);
    curl_multi_add_handle($mh, $ch);
    unset($ch, $mh);
    say('before', $weak->get() !== null);
    gc_collect_cycles();
    say('after', $weak->get() === null);
});

it('options stay after a run', function () {
    $s = serve(['*' => ok('body')]);
    $ch = easy($s->url('/a'), [CURLOPT_USERAGENT => 'me', CURLOPT_HTTPHEADER => ['X-A: 1']]);
    perform($ch);
    perform($ch);
    curl_setopt($ch, CURLOPT_URL, null);
    perform($ch);
    $s->show();
});

it('URL', function () {
    $ch = easy();
    foreach (['http://a.test/', '', null, 5, 'no url', "http://b.test/\r\n"] as $url) {
        say(text($url), attempt(fn () => curl_setopt($ch, CURLOPT_URL, $url)), curl_getinfo($ch, CURLINFO_EFFECTIVE_URL));
    }
});

it('a memory that does not grow', function () {
    $ch = easy();
    $fields = array_map(fn ($i) => "X-$i: " . str_repeat('x', 100), range(1, 20));
    for ($i = 0; $i < 50; $i++) {
        curl_setopt_array($ch, [CURLOPT_HTTPHEADER => $fields, CURLOPT_POSTFIELDS => str_repeat('y', 1000), CURLOPT_URL => 'http://a.test/']);
    }
    $before = memory_get_usage();
    for ($i = 0; $i < 2000; $i++) {
        curl_setopt_array($ch, [CURLOPT_HTTPHEADER => $fields, CURLOPT_POSTFIELDS => str_repeat('y', 1000), CURLOPT_URL => 'http://a.test/']);
    }
    say('grown', memory_get_usage() - $before > 100000);
});
