--TEST--
Resolved names are shared between commands of a user; overridden ones and those that do not exist are not, nor is one found under other settings of the resolver
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
require __DIR__ . '/shared.inc';
$name = gethostname();
gethostbyname($name) !== $name && !preg_match('/^localhost(\.|$)|\.localhost$/', $name) || die('skip this machine\'s own name is no name to be looked up');
?>
--FILE--
<?php
require __DIR__ . '/shared.inc';

$name = gethostname();
// Nobody need listen there: the name is looked up all the same.
$request = fn (string $host, string $options = '') => "try { (new Native\\Http\\Client(new Native\\Http\\Options(...(['proxy' => '', 'timeout' => 30, $options]))))->get('http://$host:1/'); }"
    . " catch (Native\\Http\\Exception \$e) { echo substr(strrchr(get_class(\$e), '\\\\'), 1), ' '; }";
$counts = ' $s = Native\status()["share"]; echo "found $s[names_found], missed $s[names_missed], stored $s[names_stored]\n";';
echo shared_php($request($name) . $request($name) . $counts);
echo 'another: ', shared_php($request($name) . $counts);
echo 'in capitals: ', shared_php($request(strtoupper($name)) . $counts);
echo 'switched off: ', shared_php($request($name) . $counts, ['-d', 'native.http_share=0']);
putenv('RES_OPTIONS=timeout:1 attempts:1');
echo 'other settings: ', shared_php($request($name) . $counts);
foreach (['does-not-exist.invalid' => '', 'overridden.test' => "'resolve' => ['overridden.test:1' => '127.0.0.1']", '127.0.0.1' => '', 'localhost' => ''] as $host => $options) {
    echo "$host: ", shared_php($request($host, $options) . $counts);
}
?>
--EXPECT--
ConnectException ConnectException found 0, missed 1, stored 1
another: ConnectException found 1, missed 0, stored 0
in capitals: ConnectException found 1, missed 0, stored 0
switched off: ConnectException found 0, missed 0, stored 0
other settings: ConnectException found 0, missed 1, stored 1
does-not-exist.invalid: ResolveException found 0, missed 1, stored 0
overridden.test: ConnectException found 0, missed 0, stored 0
127.0.0.1: ConnectException found 0, missed 0, stored 0
localhost: ConnectException found 0, missed 0, stored 0
