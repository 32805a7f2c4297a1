<?php
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_flat_seeds.php - make the seeds in fuzz/corpus/shm_flat/: arrays as they lie in the cache.
 * php -d extension=native fuzz/shm_flat_seeds.php */

$folder = __DIR__ . '/corpus/shm_flat';
@mkdir($folder);
array_map('unlink', glob("$folder/*"));

$holes = range(0, 5);
unset($holes[2]);
$values = [
    'empty' => [],
    'list' => [1, 2.5, null, true, false, '', 'c', 'three', PHP_INT_MAX, -9000000, 8388607, -8388608],
    'keys' => ['a' => 1, 'bc' => 2, 7 => 3, -1 => 4, '' => 5, PHP_INT_MAX => 6],
    'holes' => $holes,
    'rows' => array_map(fn ($i) => ['id' => $i, 'name' => "name $i", 'kind' => 'same', 'at' => $i / 3, 'none' => null], range(0, 6)),
    'mixed' => ['one' => ['id' => 1, 'x' => 'seen'], 'two' => ['x' => 'seen', 'id' => 2], 'three' => ['id' => 3, 'x' => ['id' => 1, 'x' => 5]]],
    'deep' => array_reduce(range(1, 20), fn ($inner) => ['in' => $inner, 'l' => [[]]], 'end'),
    'wide' => array_fill_keys(array_map(fn ($i) => "key $i", range(0, 40)), 'v'),
    'lists' => [[1, 2, 3], [4, 5, 6], [[7], [8, ['x' => 9]]]],
];
foreach ($values as $name => $value) {
    $segment = Native\Shm\Segment::open('seeds.' . getmypid(), 1 << 20);
    $cache = $segment->cache();
    $cache->store('k', $value);
    $image = file_get_contents($segment->path());
    $at = strrpos($image, 'FLA2');
    file_put_contents("$folder/$name", substr($image, $at, $cache->keyInfo('k')['bytes']));
    Native\Shm\Segment::unlink($segment->name());
}
