--TEST--
Cache: what cannot be stored is refused, and the message names its place
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$c = segment()->cache();
class Holder { public $plain = 1; protected $job; public function __construct($job) { $this->job = $job; } }
class Sleeper { public $open; public $kept = 'kept'; public function __sleep() { return ['kept']; } }
function attempt($c, $value) {
    try {
        var_dump($c->store('k', $value));
    } catch (Native\Shm\EncodeException $e) {
        echo $e->getMessage(), ' (', $e->path, ")\n";
    }
}
$file = fopen('php://memory', 'r');
$c->store('k', 'before');
attempt($c, fn () => 1);
attempt($c, $file);
attempt($c, ['a' => [1, 2, 3, fn () => 1]]);
attempt($c, ["it's" => [7 => $file]]);
attempt($c, [new Holder([1, new Holder($file)])]);
attempt($c, (object) ['x y' => fn () => 1]);
attempt($c, ['a' => new class {}]);
attempt($c, ['g' => (function () { yield 1; })()]);
attempt($c, new ReflectionClass('Holder'));
$closure = fn () => 1;
$array = ['r' => &$closure];
attempt($c, $array);
var_dump($c->fetch('k'));
$s = new Sleeper;
$s->open = $file;
attempt($c, [$s]);
var_dump($c->fetch('k')[0]->kept);
try {
    $c->storeMany(['good' => 1, 'bad' => ['x' => $closure]]);
} catch (Native\Shm\EncodeException $e) {
    echo $e->getMessage(), "\n";
}
var_dump($c->exists('good'));
?>
--EXPECTF--
value is a Closure ()
value is a resource ()
value['a'][3] is a Closure (['a'][3])
value['it's'][7] is a resource (['it's'][7])
value[0]->job[1]->job is a resource ([0]->job[1]->job)
value->x y is a Closure (->x y)
value['a'] is an object of class class@anonymous, which cannot be serialized (['a'])
value['g'] is an object of class Generator, which cannot be serialized (['g'])
value is an object of class ReflectionClass, which cannot be serialized ()
value['r'] is a Closure (['r'])
string(6) "before"
bool(true)
string(4) "kept"
value['x'] is a Closure
bool(false)
