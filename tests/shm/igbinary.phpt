--TEST--
igbinary: used in either load order, also under disable_functions; without it serialize(); each says so when it is missing
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php if (!is_file(ini_get('extension_dir') . '/igbinary.so') || !in_array(getenv('NATIVE_TEST_MODE'), ['plain', 'valgrind'])) echo 'skip no igbinary for this PHP'; ?>
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$name = segment()->name();
$open = "\$c = Native\\Shm\\Segment::open('$name')->cache(); ";
$store = $open . 'class P { public $x = 1; } enum E { case A; } $o = new P; $c->store("o", ["a" => $o, "b" => $o, "e" => E::A]); echo $c->keyInfo("o")["format"], " "; '
    . '$b = $c->fetch("o"); var_dump($b["a"] === $b["b"] && $b["e"] === E::A && $b["a"]->x === 1);';
$igbinary = ['-d', 'extension=igbinary.so'];
echo php($store, $igbinary), php($store, [], $igbinary), php($store, [], [...$igbinary, '-d', 'disable_functions=igbinary_serialize,igbinary_unserialize']);
echo php($open . 'try { $c->fetch("o"); } catch (Native\Shm\DecodeException $e) { echo $e->getMessage(), "\n"; }');
echo php($store);
echo php($open . 'class P { public $x; } enum E { case A; } var_dump(get_class($c->fetch("o")["a"]));', $igbinary);
?>
--EXPECT--
igbinary bool(true)
igbinary bool(true)
igbinary bool(true)
The value was stored with igbinary, which is not loaded here
php bool(true)
string(1) "P"
