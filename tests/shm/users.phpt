--TEST--
Two users: neither the default nor named segments are shared; nor does one get into the other's
--EXTENSIONS--
native
posix
pcntl
--SKIPIF--
<?php if (posix_geteuid() !== 0 || !is_executable('/usr/bin/setpriv')) echo 'skip needs root and setpriv'; elseif (!in_array(getenv('NATIVE_TEST_MODE'), ['plain'])) echo 'skip starts PHP as other users'; ?>
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
$as = fn (string $user) => ['/usr/bin/setpriv', '--reuid', $user, '--clear-groups', '--'];
$store = fn ($value) => "Native\\Shm\\Cache::default()->store('two-users', '$value', 60); Native\\Shm\\Segment::open('twousers', 1 << 20)->cache()->store('two-users', '$value', 60);";
$fetch = "echo json_encode([Native\\Shm\\Cache::default()->fetch('two-users'), Native\\Shm\\Segment::open('twousers')->cache()->fetch('two-users')]), \"\\n\";";
echo php($store('nobody'), prefix: $as('nobody')), php($store('daemon'), prefix: $as('daemon'));
echo php($fetch, prefix: $as('nobody')), php($fetch, prefix: $as('daemon')), php($fetch);
$nobody = posix_getpwnam('nobody')['uid'];
echo php("var_dump(@file_get_contents(glob('/dev/shm/native.$nobody/twousers')[0] ?? '/dev/shm/native.$nobody/twousers'));", prefix: $as('daemon'));
foreach (['nobody', 'daemon'] as $user) {
    echo php("var_dump(Native\\Shm\\Segment::unlink('twousers'), Native\\Shm\\Cache::default()->delete('two-users'));", prefix: $as($user));
}
Native\Shm\Segment::unlink('twousers');
?>
--EXPECT--
["nobody","nobody"]
["daemon","daemon"]
[null,null]
bool(false)
bool(true)
bool(true)
bool(true)
bool(true)
