--TEST--
dev/valgrind: the JIT of PCRE, whose code reads past strings on purpose, is off
--SKIPIF--
<?php getenv('NATIVE_TEST_MODE') === 'valgrind' || die('skip not under valgrind'); ?>
--FILE--
<?php
var_dump(ini_get('pcre.jit'), preg_replace('/\d+|[a-c]{2,}|\bx/', '-', str_repeat('abc 12 x', 3)));
?>
--EXPECT--
string(1) "0"
string(15) "- - -- - -- - -"
