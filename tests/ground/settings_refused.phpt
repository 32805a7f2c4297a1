--TEST--
Settings: a value that is none, or out of range, does not count: the default stays, and shows
--EXTENSIONS--
native
--SKIPIF--
<?php
getenv('NATIVE_MODULE') || die('skip the module is not named');
?>
--FILE--
<?php
// Every setting that is no text, with what must be refused and what must not. What PHP shows is not all: some have an effect that can be asked for.
$settings = [
    'native.http_share' => ['1', ['auto', 'x', '2', '1x'], ['0', 'off', 'No', 'false', '', '1', 'on', 'YES', 'true']],
    'native.curl_pool' => ['1', ['auto', 'x'], ['0', '1', 'on']],
    'native.apcu_shared' => ['0', ['auto', 'x', '1x'], ['0', '1', 'on']],
    'native.curl' => ['auto', ['x', '2'], ['auto', 'AUTO', 'off', '0', '']],
    'native.apcu' => ['auto', ['x', '2'], ['auto', 'AUTO', 'off', '0', '']],
    'native.http_connections' => ['32', ['', 'x', '-1', '10001', '5x', '1.5'], ['0', '5', '10000', '1K']],
    'native.http_connections_per_host' => ['8', ['', 'x', '-1', '10001'], ['0', '5']],
    'native.http_idle' => ['118', ['', 'x', '-1', '86401'], ['0', '5']],
    'native.shm_size' => ['32M', ['', 'x', '1.5M', '100K', '65G'], ['1M', '64G']],
    'native.shm_copies' => ['8M', ['', 'x', '-1', '65G'], ['0', '1M']],
];
$module = getenv('NATIVE_MODULE');
/** What a PHP with this setting says: the setting, and whether sharing is on and the extensions are there. */
function told(string $setting, string $value): string
{
    global $module;
    $run = proc_open([PHP_BINARY, '-n', '-d', "extension=$module", '-d', "$setting=\"$value\"", '-r',
        "echo ini_get('$setting'), '|', (int) Native\\status()['share']['enabled'], (int) extension_loaded('curl'), (int) extension_loaded('apcu');"],
        [['file', '/dev/null', 'r'], ['pipe', 'w'], ['redirect', 1]], $pipes);
    $out = stream_get_contents($pipes[1]);
    proc_close($run);
    return $out;
}
foreach ($settings as $setting => [$default, $refused, $taken]) {
    $without = told($setting, $default);
    foreach ($refused as $value) {
        $out = told($setting, $value);
        echo $out === $without ? '' : "$setting=$value: $out\n";
    }
    foreach ($taken as $value) {
        $out = strstr(told($setting, $value), '|', true);
        echo $out === $value ? '' : "$setting=$value is not taken: $out\n";
    }
    echo "$setting: $without\n";
}
foreach (['0', 'off', 'No', 'false', ''] as $value) {
    echo strstr(told('native.http_share', $value), '|'), ' ';
}
?>
--EXPECT--
native.http_share: 1|111
native.curl_pool: 1|111
native.apcu_shared: 0|111
native.curl: auto|111
native.apcu: auto|111
native.http_connections: 32|111
native.http_connections_per_host: 8|111
native.http_idle: 118|111
native.shm_size: 32M|111
native.shm_copies: 8M|111
|011 |011 |011 |011 |011
