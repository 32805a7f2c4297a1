--TEST--
Another extension's serializer: registered as with APCu in either load order, and never misread without it
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php require __DIR__ . '/../shm/support/extension.inc'; die(extension_skip()); ?>
--FILE--
<?php
require __DIR__ . '/../shm/support/extension.inc';
$toy = extension(__DIR__ . '/support/toy.c');
$folder = scratch() . '/shm';
mkdir($folder, 0700);
$shared = ['-d', 'apc.enable_cli=1', '-d', 'native.apcu_shared=1', '-d', "native.shm_dir=$folder"];
$classes = 'class Thing { public $a = 1; public $self; } class Refused {} class Thrown {} enum Suit { case Hearts; } ';
$store = $classes . '
    $thing = new Thing; $thing->self = $thing;
    var_dump(apcu_store("thing", $thing), apcu_store("nested", [1, [Suit::Hearts, $thing]]), apcu_store("flat", [1, "two"]), apcu_store("text", "t"), apcu_store("n", 1));
    var_dump(apcu_entry("made", fn () => new Thing)->a, apcu_store("refused", new Refused), apcu_exists("refused"));
    try { apcu_store("thrown", new Thrown); } catch (Exception $e) { echo $e->getMessage(), "\n"; }
    var_dump(apcu_exists("thrown"));';
$fetch = $classes . '
    $thing = apcu_fetch("thing", $found); echo json_encode([$found, is_object($thing) && $thing->self === $thing]);
    $nested = apcu_fetch("nested"); echo json_encode([$nested[1][0]->name ?? null]), json_encode([apcu_fetch("flat"), apcu_fetch("text"), apcu_inc("n")]), "\n";
    try { echo json_encode(Native\Shm\Cache::default()->fetch("thing")->a ?? null), "\n"; } catch (Native\Shm\DecodeException $e) { echo $e->getMessage(), "\n"; }';
$orders = ['toy first' => [['-d', "extension=$toy"], []], 'native first' => [[], ['-d', "extension=$toy"]]];
foreach ($orders as $order => [$before, $after]) {
    echo "-- $order\n", php('echo json_encode(toy_registered()), "\n"; ob_start(); phpinfo(INFO_MODULES); preg_match("/^Serialization Support.*/m", ob_get_clean(), $m); echo $m[0], "\n";', [...$before, ...$shared, '-d', 'apc.serializer=toy'], $after);
    echo php($store, [...$before, ...$shared, '-d', 'apc.serializer=toy'], $after);
    echo "whoever has it reads it: ", php($fetch, [...$before, ...$shared], $after);
    echo "whoever has not: ", php($fetch, $shared);
}
echo "-- a name that nobody has is serialize()\n", php($fetch . ' var_dump(apcu_store("thing", new DateTimeZone("UTC")));', [...$shared, '-d', 'apc.serializer=toy']);
echo "-- no apcu\n", php('echo json_encode(toy_registered()), "\n";', ['-d', "extension=$toy", '-d', 'native.apcu=off']);
echo "-- its place is taken by another of the same name\n", php('echo json_encode(toy_registered()), "\n"; var_dump(apcu_store("o", new stdClass), apcu_fetch("o"));', ['-d', 'extension=' . extension(__DIR__ . '/support/toy.c', ['-DNAME="igbinary"'])], ['-d', 'apc.serializer=igbinary', '-d', 'apc.enable_cli=1']);
?>
--EXPECT--
-- toy first
[1,0]
Serialization Support => php, toy
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
int(1)
bool(false)
bool(false)
the toy throws
bool(false)
whoever has it reads it: [true,true]["Hearts"][[1,"two"],"t",2]
1
whoever has not: [false,false][null][[1,"two"],"t",3]
The value was stored with the serializer toy, which is not loaded here
-- native first
[1,0]
Serialization Support => php, toy
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
int(1)
bool(false)
bool(false)
the toy throws
bool(false)
whoever has it reads it: [true,true]["Hearts"][[1,"two"],"t",2]
1
whoever has not: [false,false][null][[1,"two"],"t",3]
The value was stored with the serializer toy, which is not loaded here
-- a name that nobody has is serialize()
[false,false][null][[1,"two"],"t",4]
The value was stored with the serializer toy, which is not loaded here
bool(true)
-- no apcu
[0,0]
-- its place is taken by another of the same name
[1,0]
bool(true)
object(stdClass)#1 (0) {
}
