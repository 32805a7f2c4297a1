--TEST--
Test vectors: Parser gives the same answer however the bytes are cut
--EXTENSIONS--
native
--INI--
pcre.jit=0
--FILE--
<?php
namespace Native\Mqtt;
require __DIR__ . '/vectors.inc';

/** Feed the slices and tell what came of it. */
function answer(array $slices, ?Version $version, Strictness $level, ?Sender $sender, int $max): string
{
    $parser = new Parser($version, $max ?: 268435460, $level, $sender);
    $seen = '';
    try {
        foreach ($slices as $slice) {
            $parser->feed($slice);
            foreach ($parser as $packet) {
                $seen .= json_encode(fields_of($packet)) . "\n";
            }
        }
    } catch (ProtocolException $e) {
        return $seen . error_of($e);
    }
    return $seen . $parser->pending();
}

// Each run has cuts in all places. Where all is slow, each has another fifth of them: tests/c/mqtt_vectors.c cuts everywhere.
$step = in_array(getenv('NATIVE_TEST_MODE'), ['plain', false], true) || getenv('NATIVE_LONG') ? 1 : 5;
$cuts = $limited = $run = 0;
$failed = [];
foreach (vectors() as $v) {
    $bytes = bytes(line($v, 'hex'));
    $max = (int)line($v, 'max_packet_size');
    foreach (runs($v) as [$version, $sender, $level]) {
        $how = [VERSIONS[$version], LEVELS[$level], SENDERS[$sender], $max];
        $name = "$v[file]/$v[name] ($version, $sender, $level)";
        $whole = answer([$bytes], ...$how);
        if (line($v, 'need') !== null ? $whole !== (string)strlen($bytes)
            : refused($v, $level) && !in_array($whole, error_expected($v, $version, $bytes), true)) {
            $failed[] = "$name: $whole";
        }
        $limited += $max > 0;
        // Cuts in two, and byte by byte; long ones are long strings, which are cut at a few places.
        $length = strlen($bytes);
        $places = $length <= 300 ? array_filter(range(0, $length - 1), fn ($at) => $at > 0 && $at % $step === $run % $step) : [1, 2, 3, 4, 5, 6, 7, $length >> 1, $length - 1];
        $run++;
        foreach ($places as $at) {
            $cuts++;
            if (answer([substr($bytes, 0, $at), substr($bytes, $at)], ...$how) !== $whole) {
                $failed[] = "$name: cut at $at";
            }
        }
        if ($length <= 300 && $run % $step === 0 && answer(str_split($bytes), ...$how) !== $whole) {
            $failed[] = "$name: byte by byte";
        }
    }
}
echo implode("\n", $failed), "\n";
echo $cuts > 20000 / $step && $limited > 0 ? "the cuts were made\n" : "$cuts, $limited\n";
?>
--EXPECT--

the cuts were made
