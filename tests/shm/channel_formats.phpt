--TEST--
Channel: what this PHP cannot read (another serializer's bytes, a newer version's format) is an exception that says so; the next message comes
--EXTENSIONS--
native
posix
pcntl
ffi
--SKIPIF--
<?php
if (!getenv('NATIVE_LIBRARY') || getenv('NATIVE_TEST_MODE') !== 'plain') echo 'skip the library for FFI cannot be loaded beside a sanitized PHP';
?>
--FILE--
<?php
require __DIR__ . '/support/shm.inc';
use Native\Shm\{Channel, Segment};
$s = segment();
$c = new Channel('c', 65536, segment: $s);
// The core, as another version of the module would call it.
$ffi = FFI::cdef('
    struct native_shm_options { const char *folder; const char *name; uint64_t size; uint32_t mode; uint32_t flags; uint32_t on_mismatch; };
    struct native_shm_channel_open { const char *name; size_t name_len; uint64_t capacity; uint32_t messages; int policy; bool must_exist; };
    struct native_shm_part { const void *bytes; size_t len; };
    int native_shm_segment_open(const struct native_shm_options *options, void **segment, char *why);
    void native_shm_segment_close(void *segment);
    int native_shm_channel_open(void *segment, const struct native_shm_channel_open *open, void **channel);
    void native_shm_channel_free(void *channel);
    int native_shm_channel_send(void *segment, void *channel, const struct native_shm_part *parts, size_t count, uint32_t format, uint64_t wait_ms);
', getenv('NATIVE_LIBRARY'));
function text(string $text): FFI\CData
{
    global $ffi;
    static $kept = [];
    $copy = $kept[] = $ffi->new('char[' . strlen($text) + 1 . ']');
    FFI::memcpy($copy, $text, strlen($text));
    return $ffi->cast('char *', FFI::addr($copy));
}
$options = $ffi->new('struct native_shm_options');
$options->name = text($s->name());
[$segment, $channel] = [$ffi->new('void *'), $ffi->new('void *')];
$why = $ffi->new('char[160]');
echo $ffi->native_shm_segment_open(FFI::addr($options), FFI::addr($segment), $why), FFI::string($why), "\n";
$open = $ffi->new('struct native_shm_channel_open');
[$open->name, $open->name_len, $open->must_exist] = [text('c'), 1, true];
echo $ffi->native_shm_channel_open($segment, FFI::addr($open), FFI::addr($channel)), "\n";
$send = function (int $format, string $bytes) use ($ffi, $segment, $channel) {
    $part = $ffi->new('struct native_shm_part');
    [$part->bytes, $part->len] = [text($bytes), strlen($bytes)];
    if ($status = $ffi->native_shm_channel_send($segment, $channel, FFI::addr($part), 1, $format, 0)) echo "status $status\n";
};
$flat = fn (string $magic) => $magic . pack('VVV', 0, 0, 0);
$messages = [
    'a format of a newer version' => [99, 'what'], 'the last one' => [255, ''], 'no format' => [0, 'what'],
    'a newer layout of arrays' => [7, $flat('FLA9')], 'no array' => [7, ''], 'an empty array' => [7, $flat('FLA2')],
    'an integer of four bytes' => [4, 'four'], 'serialize() that breaks off' => [8, 'a:1:{i:0;'], 'an unknown serializer' => [10, "msgpack9\0what"],
];
foreach ($messages as $what => [$format, $bytes]) {
    foreach ([false, true] as $ack) {
        $send($format, $bytes);
        $c->send('next');
        try {
            $m = $c->receive(0, $ack);
            echo $ack ? '' : "$what: " . json_encode($m) . "\n";
            $ack && $m->ack();
        } catch (Native\Shm\DecodeException $e) {
            echo $ack ? '' : "$what: {$e->getMessage()}\n";
        }
        if ($c->receive(0) !== 'next' || count($c) || $c->info()['used']) echo "the next one does not come\n";
    }
}
$ffi->native_shm_channel_free($channel);
$ffi->native_shm_segment_close($segment);
?>
--EXPECT--
0
0
a format of a newer version: The stored value is of a format that this version does not know
the last one: The stored value is of a format that this version does not know
no format: The stored value is of a format that this version does not know
a newer layout of arrays: The stored array is damaged, or of a newer version
no array: The stored array is damaged, or of a newer version
an empty array: []
an integer of four bytes: The stored value is damaged: a number has 8 bytes
serialize() that breaks off: The stored value cannot be decoded: serialize()'s bytes break off, or name an enum that is not here
an unknown serializer: The value was stored with the serializer msgpack9, which is not loaded here
