--TEST--
Cache::storeMany() and apcu_store(): a string behind a reference that another value's own code changes meanwhile is stored as it was
--EXTENSIONS--
native
posix
pcntl
--INI--
apc.enable_cli=1
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$cache = segment()->cache();

class Changes
{
    public function __construct(public ?Closure $how) {}
    public function __serialize(): array { ($this->how)(); return []; }
    public function __unserialize(array $data): void {}
}

$store = [
    'storeMany' => fn (array $values) => $cache->storeMany($values),
    'apcu_store' => fn (array $values) => apcu_store($values),
];
foreach ($store as $name => $call) {
    $text = str_repeat('A', 5000) . random_int(1, 9);
    $values = ['text' => &$text, 'object' => new Changes(function () use (&$text) {
        $text = null;
        $GLOBALS['other'] = str_repeat('B', 5001); // takes the room of the one that was freed
    })];
    echo $name, ' ', json_encode($call($values)), ' ', substr($name === 'storeMany' ? $cache->fetch('text') : apcu_fetch('text'), 0, 3), "\n";
    unset($text, $values);
}
?>
--EXPECT--
storeMany [] AAA
apcu_store [] AAA
