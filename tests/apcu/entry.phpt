--TEST--
apcu_entry(): computed once, exceptions, recursion, what cannot be stored, a maker that dies
--EXTENSIONS--
native
pcntl
posix
--INI--
apc.enable_cli=1
--FILE--
<?php
require __DIR__ . '/../shm/support/shm.inc';

var_dump(apcu_entry('once', fn ($key) => "made for $key", 10), apcu_entry('once', fn () => 'never'), apcu_key_info('once')['ttl']);

try {
    apcu_entry('thrown', function () { throw new DomainException('in the callback'); });
} catch (DomainException $e) {
    echo $e->getMessage(), "\n";
}
var_dump(apcu_exists('thrown'), apcu_entry('thrown', fn () => 'then it worked'));

// Inside itself, and inside another.
var_dump(apcu_entry('a', fn () => apcu_entry('b', fn () => apcu_entry('a', fn () => 'inner') . ' b') . ' a'));
var_dump(apcu_fetch(['a', 'b']));

// A callback that stores the key itself.
var_dump(apcu_entry('self', function ($key) { apcu_store($key, 'stored'); return 'returned'; }), apcu_fetch('self'));

try {
    apcu_entry('closure', fn () => fn () => 1);
} catch (Exception $e) {
    echo get_class($e), ': ', $e->getMessage(), "\n";
}
var_dump(apcu_exists('closure'));
apcu_entry('resource', fn () => STDOUT);
var_dump(apcu_exists('resource'));

// Four at once: one makes it, and nobody else is held up meanwhile.
apcu_store('runs', 0);
$children = [];
for ($i = 0; $i < 4; $i++) {
    $children[] = child(function () {
        $value = apcu_entry('shared', function () {
            apcu_inc('runs');
            $began = hrtime(true);
            for ($n = 0; hrtime(true) - $began < 200e6; $n++) {
                apcu_store('other' . getmypid(), $n);
            }
            return getmypid();
        });
        exit($value === apcu_fetch('shared') ? 0 : 1);
    });
}
foreach ($children as $wait) {
    echo $wait(), ' ';
}
echo "runs: ", apcu_fetch('runs'), "\n";

// The maker is killed: the next one makes it, at once.
$killed = child(fn () => apcu_entry('orphan', function () { apcu_store('begun', 1); sleep(60); }));
until(fn () => apcu_exists('begun'));
echo $killed(SIGKILL), "\n";
$began = hrtime(true);
var_dump(apcu_entry('orphan', fn () => 'adopted'), hrtime(true) - $began < 2e9);
?>
--EXPECTF--
string(13) "made for once"
string(13) "made for once"
int(10)
in the callback
bool(false)
string(14) "then it worked"
string(9) "inner b a"
array(2) {
  ["a"]=>
  string(%d) "%s"
  ["b"]=>
  string(7) "inner b"
}
string(8) "returned"
string(6) "stored"
Exception: Serialization of 'Closure' is not allowed
bool(false)

Warning: apcu_entry(): Cannot store resources in apcu cache in %s on line %d
bool(false)
exit 0 exit 0 exit 0 exit 0 runs: 1
signal 9
string(7) "adopted"
bool(true)
