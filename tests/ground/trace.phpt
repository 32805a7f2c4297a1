--TEST--
native.trace: off by default, a file of its own or stderr; what cannot be opened is one warning; open_basedir counts
--EXTENSIONS--
native
--INI--
open_basedir=/tmp
--FILE--
<?php
$file = '/tmp/native-trace-' . getmypid();
var_dump(ini_get('native.trace'));
var_dump(ini_set('native.trace', 'relative'));
var_dump(ini_set('native.trace', "/tmp/a\0b"));
var_dump(ini_set('native.trace', '/etc/native-trace'));
var_dump(ini_set('native.trace', '/tmp/native-nowhere/trace'));
symlink($file, "$file-link");
var_dump(ini_set('native.trace', "$file-link"), file_exists($file));
unlink("$file-link");
var_dump(ini_set('native.trace', $file), decoct(fileperms($file) & 0777));
var_dump(ini_set('native.trace', 'stderr'));
ini_restore('native.trace');
var_dump(ini_get('native.trace'), filesize($file));
unlink($file);
?>
--EXPECTF--
string(0) ""
bool(false)
bool(false)

Warning: ini_set(): open_basedir restriction in effect. File(/etc/native-trace) is not within the allowed path(s): (/tmp) in %s on line %d
bool(false)

Warning: ini_set(): native.trace: cannot open /tmp/native-nowhere/trace: No such file or directory in %s on line %d
bool(false)

Warning: ini_set(): native.trace: cannot open %s-link: Too many levels of symbolic links in %s on line %d
bool(false)
bool(false)
string(0) ""
string(3) "600"
string(%d) "%snative-trace-%d"
string(0) ""
int(0)
