--TEST--
Test vectors: Packet::decode() and encode() say what the vectors say, at every level
--EXTENSIONS--
native
--INI--
pcre.jit=0
--FILE--
<?php
namespace Native\Mqtt;
require __DIR__ . '/vectors.inc';

$runs = $accepted = $refused = $short = 0;
$failed = [];
foreach (vectors() as $v) {
    $bytes = bytes(line($v, 'hex'));
    if (line($v, 'max_packet_size')) {
        continue; // vectors_parser.phpt
    }
    foreach (runs($v) as [$version, $sender, $level]) {
        $runs++;
        $name = "$v[file]/$v[name] ($version, $sender, $level)";
        try {
            $packet = Packet::decode($bytes, VERSIONS[$version], LEVELS[$level], SENDERS[$sender]);
        } catch (ProtocolException $e) {
            if (line($v, 'need') !== null) {
                $short++;
                if ((string)$e->missing !== line($v, 'need')) {
                    $failed[] = "$name: " . line($v, 'need') . " bytes are missing, not $e->missing";
                }
            } elseif (!refused($v, $level)) {
                $failed[] = "$name: refused: {$e->getMessage()}";
            } else {
                $refused++;
                if (!in_array(error_of($e), error_expected($v, $version, $bytes), true)) {
                    $failed[] = "$name: " . error_of($e) . ', not ' . implode(' or ', error_expected($v, $version, $bytes));
                }
            }
            continue;
        }
        $accepted++;
        if (refused($v, $level) || line($v, 'need') !== null) {
            $failed[] = "$name: accepted";
            continue;
        }
        if ((line($v, 'type') !== null || line($v, 'error') === null) && fields_of($packet) !== fields_expected($v)) {
            $failed[] = "$name: " . json_encode(fields_of($packet)) . ' is not ' . json_encode(fields_expected($v));
        }
        $canonical = line($v, 'canonical', line($v, 'error') === null ? 'yes' : 'no');
        $encoded = $canonical === 'yes' ? $bytes : (line($v, 'encoded') !== null ? bytes(line($v, 'encoded')) : null);
        if ($encoded !== null && ($again = $packet->encode(Strictness::Lenient)) !== $encoded) {
            $failed[] = "$name: encodes to " . bin2hex($again) . ', not ' . bin2hex($encoded);
        }
    }
}
echo implode("\n", $failed), "\n";
echo $runs > 1000 && $accepted > 300 && $refused > 300 && $short > 10 ? "all kinds of vectors were run\n" : "$runs, $accepted, $refused, $short\n";
?>
--EXPECT--

all kinds of vectors were run
