--TEST--
Cache: every kind of value comes back as it was, to this process and to another
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$c = segment()->cache();
enum Suit: string { case Hearts = 'h'; case Spades = 's'; }
class Point { public $x = 1; protected $y = [1, 'two']; private ?Point $next = null; function link(Point $p) { $this->next = $p; return $this; } }
$rows = [];
for ($i = 0; $i < 200; $i++) {
    $rows[] = ['id' => $i, 'name' => "row $i", 'tags' => ['a', 'b', (string) $i], 'nothing' => null, 'f' => $i / 3, 'yes' => $i % 2 === 0, '' => []];
}
$holes = range(0, 20);
unset($holes[3], $holes[20]);
$next = [5 => 'x'];
unset($next[5]);
$values = [
    'null' => null, 'false' => false, 'true' => true, 'int' => PHP_INT_MIN, 'max' => PHP_INT_MAX, 'float' => 1.5e300, 'inf' => -INF,
    'empty string' => '', 'char' => "\0", 'string' => "binary \0 \xff", 'long string' => random_bytes(100000),
    'empty array' => [], 'list' => [1, 2.5, 'three', null, true], 'rows' => $rows, 'holes' => $holes, 'next' => $next + ['a' => 1],
    'keys' => [PHP_INT_MAX => 1, PHP_INT_MIN => 2, -1 => 3, '07' => 4, "\0" => 5, '' => 6, str_repeat('k', 300) => 7],
    'deep' => array_reduce(range(1, 300), fn ($inner) => ['in' => $inner], 'end'),
    'enum' => Suit::Hearts, 'enums' => [Suit::Spades, 'x' => [Suit::Spades]],
    'big array' => array_map(fn ($i) => "value $i", range(0, 20000)),
];
foreach ($values as $name => $value) {
    if (!$c->store($name, $value)) {
        echo "$name was not stored\n";
    }
}
$look = function () use ($c, $values) {
    foreach ([1, 2, 3] as $time) {
        foreach ($values as $name => $value) {
            if ($c->fetch($name) !== $value && !(is_float($value) && is_nan($value))) {
                echo "$name is another\n";
            }
        }
    }
};
$look();
echo child($look)(), "\n";
$point = (new Point)->link(new Point);
$c->store('object', ['a' => $point, 'b' => $point]);
$back = $c->fetch('object');
var_dump($back['a'] == $point, $back['a'] === $back['b']);
// Appending goes on where the array left off.
$append = [3 => 'a', 7 => 'b'];
unset($append[7]);
$c->store('append', $append);
$back = $c->fetch('append');
$back[] = 'c';
$append[] = 'c';
var_dump($back === $append);
?>
--EXPECT--
exit 0
bool(true)
bool(true)
bool(true)
