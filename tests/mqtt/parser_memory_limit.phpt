--TEST--
Parser: running out of memory inside feed() and next() is an ordinary fatal error
--EXTENSIONS--
native
--SKIPIF--
<?php
if (getenv('USE_ZEND_ALLOC') === '0') echo 'skip no memory limit without the allocator';
if (in_array(getenv('NATIVE_TEST_MODE'), ['sanitized', 'asan-stock'])) echo 'skip a fatal error leaks what was on the C stack';
?>
--FILE--
<?php
require __DIR__ . '/../support/guard.inc';
foreach (['feed', 'part', 'next'] as $case) {
    $code = <<<'PHP'
        use Native\Mqtt\{Parser, Version};
        ini_set('memory_limit', '16M');
        $parser = new Parser(Version::V3_1_1);
        register_shutdown_function(function () use ($parser) {
            ini_set('memory_limit', '64M');
            echo error_get_last() ? "out of memory\n" : "no error\n";
            echo $parser->pending() > 0 ? "bytes are kept\n" : "no bytes\n";
            $parser->reset();
            $parser->feed("\xc0\0");
            echo $parser->next()->type->name, "\n";
        });
        $slice = str_repeat('x', 100000);
        switch ($argv[1]) {
            case 'feed': $parser->feed("\xc0"); while (true) $parser->feed($slice);
            case 'part': $parser->feed("\x30\xff\xff\xff\x7f"); $parser->next(); while (true) { $parser->feed($slice); $parser->next(); }
            case 'next': $packet = "\x30\x88\xad\x4b\0\x01a" . str_repeat('x', 1234565); $parser->feed(str_repeat($packet, 9)); while (true) $all[] = $parser->next();
        }
        PHP;
    $process = proc_open(guarded([getenv('TEST_PHP_EXECUTABLE'), '-n', '-d', 'extension=' . getenv('NATIVE_MODULE'), '-d', 'display_errors=0', '-d', 'log_errors=0', '-r', $code, $case]),
        [1 => ['pipe', 'w'], 2 => ['pipe', 'w']], $pipes);
    echo "$case: ", strtr(trim(stream_get_contents($pipes[1]) . stream_get_contents($pipes[2])), "\n", ','), ' ', proc_close($process), "\n";
}
?>
--EXPECT--
feed: out of memory,bytes are kept,PingReq 255
part: out of memory,bytes are kept,PingReq 255
next: out of memory,bytes are kept,PingReq 255
