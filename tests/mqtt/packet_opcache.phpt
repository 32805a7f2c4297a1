--TEST--
With opcache and its JIT compilers packets behave the same
--EXTENSIONS--
native
--SKIPIF--
<?php
exec(escapeshellarg(getenv('TEST_PHP_EXECUTABLE')) . ' -n ' . (PHP_VERSION_ID >= 80500 ? '' : '-d zend_extension=opcache ') . '-m 2>&1', $modules);
if (!in_array('Zend OPcache', $modules)) echo 'skip no opcache';
?>
--FILE--
<?php
require __DIR__ . '/../support/guard.inc';
$script = __DIR__ . '/packet_opcache_script.php';
file_put_contents($script, <<<'PHP'
    <?php
    use Native\Mqtt\{Packet, Properties, Publish, ReasonCode, Version};
    const CODE = ReasonCode::NormalDisconnection;
    function look(Packet\Publish $p): string
    {
        $t = $p->type->name . $p->topic . strlen($p->payload) . $p->qos . $p->packetId . $p->properties->contentType;
        try { $p->topic = 'x'; } catch (Error $e) { $t .= 'readonly'; }
        return $t . (isset($p->properties) ? 'set' : '') . ($p == clone $p) . CODE->name;
    }
    $seen = [];
    for ($i = 0; $i < 5000; $i++) {
        $bytes = (new Packet\Publish("t/$i", str_repeat('x', $i % 50), 1, 7, properties: new Properties(contentType: 'c')))->encode();
        $p = Packet::decode($bytes);
        $seen[str_replace("t/$i" . ($i % 50), '', look($p))] = true;
        if ($p->encode() !== $bytes) echo 'different ';
    }
    echo implode(' | ', array_keys($seen)), "\n";
    PHP);
foreach ([['opcache.enable_cli=0'], ['opcache.jit=disable'], ['opcache.jit=function', 'opcache.jit_buffer_size=16M'], ['opcache.jit=tracing', 'opcache.jit_buffer_size=16M']] as $ini) {
    $arguments = [getenv('TEST_PHP_EXECUTABLE'), '-n', ...(PHP_VERSION_ID >= 80500 ? [] : ['-d', 'zend_extension=opcache']), '-d', 'extension=' . getenv('NATIVE_MODULE'), '-d', 'opcache.enable_cli=1'];
    foreach ($ini as $setting) {
        array_push($arguments, '-d', $setting);
    }
    $process = proc_open(guarded([...$arguments, $script]), [1 => ['pipe', 'w'], 2 => ['pipe', 'w']], $pipes);
    echo trim(stream_get_contents($pipes[1]) . stream_get_contents($pipes[2])), ' ', proc_close($process), "\n";
}
unlink($script);
?>
--EXPECT--
Publish17creadonlyset1Success 0
Publish17creadonlyset1Success 0
Publish17creadonlyset1Success 0
Publish17creadonlyset1Success 0
