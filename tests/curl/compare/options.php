<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// options.php - every option with values of every kind: what curl_setopt() makes of it.
// dev/curl-compare: long.

require __DIR__ . '/compare.inc';

class WithText
{
    public function __toString(): string
    {
        return 'text';
    }
}

function values(): array
{
    return [
        '1' => 1, '0' => 0, '-1' => -1, '2' => 2, '3' => 3, '65536' => 65536, '2^31' => 2147483648, '2^62' => 1 << 62, 'true' => true, 'false' => false, 'null' => null,
        '1.9' => 1.9, 'empty' => '', 'text' => 'text', '"7"' => '7', 'zero byte' => "a\0b", 'long text' => str_repeat('x', 8000001),
        'empty list' => [], 'list' => ['a', 'b'], 'map' => ['a' => 'b'], 'readable' => fopen('php://temp', 'r'), 'writable' => fopen('php://temp', 'w+'),
        'closure' => fn () => 0, 'function' => 'strlen', 'method' => [new WithText(), '__toString'], 'with text' => new WithText(), 'object' => new stdClass(),
        'share' => curl_share_init(),
    ];
}

$options = array_filter(get_defined_constants(true)['curl'], fn ($name) => str_starts_with($name, 'CURLOPT_'), ARRAY_FILTER_USE_KEY);
ksort($options);

foreach ($options as $name => $value) {
    it($name, function () use ($value) {
        $said = [];
        foreach (values() as $what => $argument) {
            $ch = curl_init();
            ob_start();
            try {
                $came = text(curl_setopt($ch, $value, $argument));
            } catch (Throwable $e) {
                $came = get_class($e) . ': ' . $e->getMessage();
            }
            $came = trim(ob_get_clean() . $came) . (curl_errno($ch) ? ' ' . curl_errno($ch) . ' ' . curl_error($ch) : '');
            $said[$came][] = $what;
        }
        foreach ($said as $came => $whats) {
            echo implode(', ', $whats), " => $came\n";
        }
    });
}
