<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// classes.php - the objects: how they are made, copied, compared, cast, shown; CURLFile and CURLStringFile.

require __DIR__ . '/compare.inc';

$handles = ['CurlHandle' => fn () => curl_init(), 'CurlMultiHandle' => fn () => curl_multi_init(), 'CurlShareHandle' => fn () => curl_share_init()];
if (class_exists('CurlSharePersistentHandle')) {
    $handles['CurlSharePersistentHandle'] = fn () => curl_share_init_persistent([CURL_LOCK_DATA_DNS]);
}

foreach ($handles as $class => $make) {
    it("$class by new", fn () => new $class());
    it("$class without a constructor", fn () => (new ReflectionClass($class))->newInstanceWithoutConstructor());
    it("$class by clone", function () use ($make) {
        $handle = $make();
        $other = clone $handle;
        say('cloned', $other, $other == $handle, $other === $handle);
    });
    it("$class serialized", fn () => serialize($make()));
    it("$class unserialized", fn () => unserialize('O:' . strlen($class) . ":\"$class\":0:{}"));
    it("$class compared", function () use ($make) {
        [$a, $b] = [$make(), $make()];
        say('==', $a == $b, $a == $a, $a === $a, $a != $b);
        say('<', attempt(fn () => $a < $b), attempt(fn () => $a <=> $b));
    });
    it("$class cast", function () use ($make) {
        $handle = $make();
        say('(bool)', (bool) $handle);
        say('(int) is its number', attempt(fn () => (int) $handle === spl_object_id($handle)));
        say('(float)', attempt(fn () => (float) $handle === (float) spl_object_id($handle)));
        say('(string)', attempt(fn () => (string) $handle));
        say('(array)', (array) $handle);
        say('is_resource', is_resource($handle), gettype($handle), get_debug_type($handle));
        say('intdiv', attempt(fn () => is_int(intdiv($handle, 1))));
    });
    it("$class shown", function () use ($make) {
        $handle = $make();
        ob_start();
        var_dump($handle);
        print_r($handle);
        var_export($handle);
        echo preg_replace('/#\d+/', '#N', ob_get_clean()), "\n", json_encode($handle), "\n";
    });
    it("$class with properties", function () use ($make) {
        $handle = $make();
        say('write', attempt(fn () => $handle->name = 1));
        say('read', attempt(fn () => $handle->name));
        say('isset', isset($handle->name));
    });
    it("$class as a key", function () use ($make) {
        [$a, $b] = [$make(), $make()];
        $map = new WeakMap();
        $map[$a] = 1;
        say('in a WeakMap', isset($map[$a]), isset($map[$b]), count($map));
        say('spl_object_id', spl_object_id($a) !== spl_object_id($b));
        $weak = WeakReference::create($a);
        unset($a);
        say('gone', $weak->get() === null, count($map));
    });
    it("$class extended", function () use ($class) {
        say('final', (new ReflectionClass($class))->isFinal());
    });
}

it('CURLFile', function () {
    $file = new CURLFile('/no/such/file');
    say('made', $file->getFilename(), $file->getMimeType(), $file->getPostFilename());
    $file = new CURLFile('a', 'text/plain', 'b');
    say('made', $file->getFilename(), $file->getMimeType(), $file->getPostFilename());
    say('properties', get_object_vars($file));
    $file->setMimeType('x/y');
    $file->setPostFilename('c');
    say('set', $file->getMimeType(), $file->getPostFilename(), $file->name, $file->mime, $file->postname);
    $file->name = 'd';
    say('by property', $file->getFilename());
    say('returns', $file->setMimeType(''), $file->getMimeType());
});

it('CURLFile by curl_file_create', function () {
    $file = curl_file_create('a', 'text/plain', 'b');
    foreach ([$file, curl_file_create('a'), curl_file_create('a', null, null)] as $made) {
        say(get_class($made), get_object_vars($made));
    }
    say('without', attempt(fn () => curl_file_create()));
});

it('CURLFile copied', function () {
    $file = new CURLFile('a', 'text/plain', 'b');
    $other = clone $file;
    $other->setPostFilename('c');
    say('cloned', $file->postname, $other->postname, $file == $other, $file == new CURLFile('a', 'text/plain', 'b'));
    say('serialized', attempt(fn () => serialize($file)));
    say('unserialized', attempt(fn () => unserialize('O:8:"CURLFile":1:{s:4:"name";s:1:"x";}')));
    say('json', json_encode($file));
});

it('CURLFile extended', function () {
    class MyFile extends CURLFile
    {
        public function __construct() {}
    }
    $file = new MyFile();
    say('empty', $file->getFilename(), $file->getMimeType(), $file->getPostFilename());
    class MyOther extends CURLFile
    {
        public int $more = 1;
    }
    say('more', get_object_vars(new MyOther('f')));
    say('serialized', attempt(fn () => serialize(new MyOther('f'))));
});

it('CURLFile with bad arguments', function () {
    attempt(fn () => new CURLFile());
    attempt(fn () => new CURLFile([]));
    attempt(fn () => new CURLFile("a\0b"));
    attempt(fn () => new CURLFile('a', "t\0"));
    attempt(fn () => (new CURLFile('a'))->setMimeType());
    $file = new CURLFile('a');
    attempt(fn () => $file->name = []);
    attempt(fn () => $file->undefined = 1);
    attempt(fn () => (new CURLFile('a'))->getFilename(1));
});

it('CURLStringFile', function () {
    $file = new CURLStringFile('data', 'name');
    say('made', get_object_vars($file));
    $file = new CURLStringFile("da\0ta", 'name', 'text/plain');
    say('made', get_object_vars($file));
    say('serialized', attempt(fn () => serialize($file)));
    say('cloned', clone $file == $file);
    attempt(fn () => new CURLStringFile('a'));
    attempt(fn () => new CURLStringFile('a', 'b', null));
});
