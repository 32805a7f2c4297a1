--TEST--
TopicFilter: match, capture, share name, string
--EXTENSIONS--
native
--FILE--
<?php
use Native\Mqtt\TopicFilter;
foreach ([
    ['sport/#', 'sport'], ['sport/#', 'sport/'], ['sport/#', 'sport/a/b'], ['#', '$SYS/x'], ['+/x', '$SYS/x'], ['$SYS/#', '$SYS/x'], ['#', 'a'],
    ['+', ''], ['+/+', '/'], ['a/+/c', 'a/b/c'], ['a/+/c', 'a//c'], ['a/+', 'a'], ['a', 'a/'], ['a.b/+', 'axb/c'], ['/+', '/finance'], ['+', '/finance'],
    ['$share/w/a/#', 'a/b/c'], ['$share/w/+/x', '$SYS/x'], ['$share/w//a', '/a'], ['A/b', 'a/b'], ['+/b/#', 'ä/b'],
] as [$filter, $topic]) {
    $f = new TopicFilter($filter);
    printf("%-14s %-10s %s %s %s\n", $f, $topic, json_encode($f->matches($topic)), json_encode($f->capture($topic), JSON_UNESCAPED_UNICODE), json_encode($f->shareName()));
}
$many = new TopicFilter(str_repeat('+/', 500) . '#');
var_dump(count($many->capture(str_repeat('x/', 500) . '1/2')), $many->capture(str_repeat('x/', 500) . '1/2')[500]);
var_dump($f->filter, (string)$f, $f == new TopicFilter('+/b/#'), $f == new TopicFilter('+/b'), clone $f == $f, $f instanceof Stringable);
?>
--EXPECT--
sport/#        sport      true [""] null
sport/#        sport/     true [""] null
sport/#        sport/a/b  true ["a\/b"] null
#              $SYS/x     false null null
+/x            $SYS/x     false null null
$SYS/#         $SYS/x     true ["x"] null
#              a          true ["a"] null
+                         false null null
+/+            /          true ["",""] null
a/+/c          a/b/c      true ["b"] null
a/+/c          a//c       true [""] null
a/+            a          false null null
a              a/         false null null
a.b/+          axb/c      false null null
/+             /finance   true ["finance"] null
+              /finance   false null null
$share/w/a/#   a/b/c      true ["b\/c"] "w"
$share/w/+/x   $SYS/x     false null "w"
$share/w//a    /a         true [] "w"
A/b            a/b        false null null
+/b/#          ä/b       true ["ä",""] null
int(501)
string(3) "1/2"
string(5) "+/b/#"
string(5) "+/b/#"
bool(true)
bool(false)
bool(true)
bool(true)
