--TEST--
Segment: names, sizes, mismatch, recreate, unlink; not our file is refused
--EXTENSIONS--
native
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
use Native\Shm\{Segment, OnMismatch, SegmentException};
function attempt(callable $f): void
{
    try {
        $r = $f();
        echo is_object($r) ? get_class($r) : json_encode($r), "\n";
    } catch (SegmentException $e) {
        echo $e->failure->name, "\n";
    } catch (ValueError | Error | Exception $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
$s = segment(4 << 20);
$name = $s->name();
$path = $s->path();
var_dump(is_file($path), substr(sprintf('%o', fileperms($path)), -4), substr(sprintf('%o', fileperms(dirname($path))), -4), $s->isCurrent(), $s->info()['size'] >= 4 << 20);
$s->cache()->store('k', 'v');
attempt(fn () => Segment::open($name)->cache()->fetch('k'));
attempt(fn () => Segment::open($name, 2 << 20)->cache()->fetch('k'));
attempt(fn () => Segment::open($name, 64 << 20));
attempt(fn () => Segment::open($name, 16 << 20, onMismatch: OnMismatch::Recreate)->cache()->fetch('k'));
var_dump($s->isCurrent(), $s->cache()->fetch('k'), Segment::open($name)->info()['size'] >= 16 << 20);
foreach (['', '.', '../x', 'a/b', "a\0b", str_repeat('n', 65)] as $bad) {
    attempt(fn () => Segment::open($bad));
}
attempt(fn () => Segment::open('x', 5));
attempt(fn () => Segment::open('x', 1 << 20, 0));
attempt(fn () => new Segment);
attempt(fn () => clone $s);
attempt(fn () => serialize($s));
var_dump(Segment::unlink($name), Segment::unlink($name), is_file($path));
attempt(fn () => Segment::open($name, 1 << 20)->cache()->fetch('k'));
Segment::unlink($name);
// Files that nobody of us made.
file_put_contents($path, 'short');
chmod($path, 0600);
attempt(fn () => Segment::open($name));
file_put_contents($path, str_repeat("\0", 1 << 20));
attempt(fn () => Segment::open($name));
unlink($path);
symlink('/etc/passwd', $path);
attempt(fn () => Segment::open($name));
unlink($path);
posix_mkfifo($path, 0600);
attempt(fn () => Segment::open($name));
unlink($path);
var_dump(count($s->info()['participants']), $s->info()['participants'][0]['pid'] === getmypid());
?>
--EXPECTF--
bool(true)
string(4) "0600"
string(4) "0700"
bool(true)
bool(true)
"v"
"v"
Mismatch
null
bool(false)
string(1) "v"
bool(true)
ValueError: Native\Shm\Segment::open(): Argument #1 ($name) must be 1 to 64 characters of A-Z a-z 0-9 . _ -, without a leading dot
ValueError: Native\Shm\Segment::open(): Argument #1 ($name) must be 1 to 64 characters of A-Z a-z 0-9 . _ -, without a leading dot
ValueError: Native\Shm\Segment::open(): Argument #1 ($name) must be 1 to 64 characters of A-Z a-z 0-9 . _ -, without a leading dot
ValueError: Native\Shm\Segment::open(): Argument #1 ($name) must be 1 to 64 characters of A-Z a-z 0-9 . _ -, without a leading dot
ValueError: Native\Shm\Segment::open(): Argument #1 ($name) must be 1 to 64 characters of A-Z a-z 0-9 . _ -, without a leading dot
ValueError: Native\Shm\Segment::open(): Argument #1 ($name) must be 1 to 64 characters of A-Z a-z 0-9 . _ -, without a leading dot
ValueError: Native\Shm\Segment::open(): Argument #2 ($size) must be 0, or between 1 MiB and 64 GiB
ValueError: Native\Shm\Segment::open(): Argument #3 ($mode) must be between 0600 and 0777
Error: Call to private Native\Shm\Segment::__construct() from global scope
Error: Trying to clone an uncloneable object of class Native\Shm\Segment
Exception: Serialization of 'Native\Shm\Segment' is not allowed
bool(true)
bool(false)
bool(false)
null
%s
%s
Denied
Denied
int(1)
bool(true)
