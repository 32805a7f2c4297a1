--TEST--
Native\symbols(): the functions of libnative.so with their signatures in C
--EXTENSIONS--
native
--FILE--
<?php
$symbols = Native\symbols();
$names = array_column($symbols, 'name');
$sorted = $names;
sort($sorted);
var_dump(array_is_list($symbols), count($names) > 150, $names === $sorted, count(array_unique($names)) === count($names));
foreach ($symbols as $symbol) {
    if (array_keys($symbol) !== ['name', 'kind', 'signature'] || $symbol['kind'] !== 'function' || !str_contains($symbol['signature'], "$symbol[name](")) {
        print_r($symbol);
    }
}
print_r(array_values(array_filter($symbols, fn ($s) => in_array($s['name'], ['native_get_symbols', 'native_mqtt_topic_match', 'native_http_call_perform']))));
try {
    Native\symbols(1);
} catch (ArgumentCountError $e) {
    echo $e->getMessage(), "\n";
}
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(true)
Array
(
    [0] => Array
        (
            [name] => native_get_symbols
            [kind] => function
            [signature] => const struct native_symbol *native_get_symbols(size_t *count)
        )

    [1] => Array
        (
            [name] => native_http_call_perform
            [kind] => function
            [signature] => enum native_http_call_status native_http_call_perform(struct native_http_call *call, int64_t wait_ms)
        )

    [2] => Array
        (
            [name] => native_mqtt_topic_match
            [kind] => function
            [signature] => bool native_mqtt_topic_match(const void *filter, size_t filter_len, const void *topic, size_t topic_len)
        )

)
Native\symbols() expects exactly 0 arguments, 1 given
