--TEST--
Cache: a store or fetch in the midst of somebody's serialize() or unserialize() has nothing to do with it
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
error_reporting(E_ALL & ~E_DEPRECATED);
$c = segment()->cache();

// The old interface: serialize() inside of it goes on with the numbers of the outer one.
class Old implements Serializable
{
    public $shared;
    public $own = 'own';
    public function serialize(): string
    {
        global $c;
        $c->store('inner', [$this->shared, $this->shared]);
        return serialize([$this->shared, $this->own]);
    }
    public function unserialize($text): void
    {
        global $c, $inner;
        $inner = $c->fetch('inner');
        [$this->shared, $this->own] = unserialize($text);
    }
}
$shared = new stdClass;
$shared->name = 'shared';
$old = new Old;
$old->shared = $shared;
$text = serialize([$shared, $shared, $old, $shared]);
$back = $c->fetch('inner');
var_dump($back[0] == $shared, $back[0] === $back[1]);
$inner = null;
$copy = unserialize($text);
var_dump($inner[0] == $shared, $inner[0] === $inner[1], $inner[0] === $copy[0]);
var_dump($copy[2]->shared === $copy[0], $copy[3] === $copy[0], $copy[2]->own);

// And such an object inside a stored value.
var_dump($c->store('outer', [$shared, $old, $shared]));
$back = $c->fetch('outer');
var_dump($back[0] == $shared, $back[2] === $back[0], $back[1]->shared == $shared, $back[1]->own);

// The new one.
class Fresh
{
    public $shared;
    public function __serialize(): array
    {
        global $c;
        $c->store('fresh', [$this->shared, $this->shared]);
        return ['shared' => $this->shared, 'text' => serialize($this->shared)];
    }
    public function __unserialize(array $data): void
    {
        global $c;
        $this->shared = $data['shared'];
        $pair = $c->fetch('fresh');
        if ($pair[0] != $this->shared || $pair[0] !== $pair[1] || unserialize($data['text']) != $this->shared) {
            echo "another value\n";
        }
    }
}
$fresh = new Fresh;
$fresh->shared = $shared;
var_dump($c->store('with', [$shared, $fresh]));
$back = $c->fetch('with');
var_dump($back[1]->shared === $back[0]);
// An exception in the midst of it leaves nothing behind.
class Thrower { public function __serialize(): array { throw new Exception('no'); } public function __unserialize(array $data): void { throw new Exception('not back'); } }
class Once extends Thrower { public function __serialize(): array { return []; } }
foreach ([fn () => $c->store('t', [new Thrower]), fn () => [$c->store('o', new Once), $c->fetch('o')]] as $f) {
    try {
        $f();
    } catch (Exception $e) {
        echo $e->getMessage(), "\n";
    }
}
// serialize() numbers across nested calls of the old interface only while nobody has locked it.
var_dump(unserialize(serialize([$shared, $old]))[1]->shared == $shared);
var_dump(str_contains(serialize([$shared, $old]), 'r:2'));
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(true)
bool(false)
bool(true)
bool(true)
string(3) "own"
bool(true)
bool(true)
bool(true)
bool(true)
string(3) "own"
bool(true)
bool(true)
no
not back
bool(true)
bool(true)
