--TEST--
The extension apcu has the functions, class, constants and settings of APCu, by reflection
--EXTENSIONS--
native
--INI--
apc.enable_cli=1
--FILE--
<?php
require __DIR__ . '/support/surface.inc';
$of = array_filter(file(__DIR__ . '/surface.txt'));
$ours = preg_split('/(?<=\n)/', surface(), -1, PREG_SPLIT_NO_EMPTY);
foreach (array_diff($of, $ours) as $line) {
    echo "missing: $line";
}
foreach (array_diff($ours, $of) as $line) {
    echo "more: $line";
}
var_dump(count($of) > 50, extension_loaded('apcu'), phpversion('apcu'));
try {
    clone new APCUIterator();
} catch (Error $e) {
    echo $e->getMessage(), "\n";
}
ob_start();
phpinfo(INFO_MODULES);
var_dump(str_contains(ob_get_clean(), 'provided by native'));
?>
--EXPECT--
bool(true)
bool(true)
string(6) "5.1.22"
Trying to clone an uncloneable object of class APCUIterator
bool(true)
