<?php
// shm_side.php - what the benchmarks of shared memory have in common: the sides, the values, the clocks.
//
// A side is "native", or "apcu" with a serializer ("apcu php"). A process has one side, because APCu's serializer is a setting of
// the process. Work is written once, as PHP code in which ~ stands for the side's way to call: `~fetch("k")` is
// `$c->fetch("k")` or `apcu_fetch("k")`. Each side runs the same line.

const MIB = 1 << 20;

/** The cache of this side: an object, or null where functions are called. `$mib` counts for ours; APCu's is apc.shm_size. */
function open_cache(string $side, int $mib): ?Native\Shm\Cache
{
    if ($side !== 'native') {
        return apcu_enabled() ? null : throw new Exception('APCu is not enabled');
    }
    $name = 'bench-' . getmypid();
    $maker = getmypid();
    register_shutdown_function(fn() => getmypid() === $maker && Native\Shm\Segment::unlink($name));
    return Native\Shm\Segment::open($name, $mib * MIB)->cache();
}

/** A function (int $n) that runs `$body` $n times with $i, $c and the names in `$with`; its result is what it ran last in $v. */
function loop(string $side, ?Native\Shm\Cache $c, string $body, array $with = []): Closure
{
    extract($with);
    $use = implode('', array_map(fn($name) => ", \$$name", array_keys($with)));
    $body = strtr($body, ['~' => $side === 'native' ? '$c->' : 'apcu_']);
    return eval("return function (int \$n) use (\$c$use) { \$v = null; for (\$i = 0; \$i < \$n; \$i++) { $body } return \$v; };");
}

/** Store outside of what is measured; a value that cannot be stored ends the run. */
function put(?Native\Shm\Cache $c, string $key, mixed $value): void
{
    if (!($c ? $c->store($key, $value) : apcu_store($key, $value))) {
        throw new Exception("$key cannot be stored");
    }
}

/** CPU time of this process so far, in nanoseconds. Both kinds together: the kernel knows the sum exactly, the parts by samples. */
function cpu_ns(): int
{
    $r = getrusage();
    return ($r['ru_utime.tv_sec'] + $r['ru_stime.tv_sec']) * 1000000000 + ($r['ru_utime.tv_usec'] + $r['ru_stime.tv_usec']) * 1000;
}

// ---- values ------------------------------------------------------------------------------------------

function ten_keys(int $i = 0): array
{
    return ['id' => 4711 + $i, 'name' => "Wilhelmina $i", 'mail' => 'w.tell@example.org', 'active' => true, 'score' => 17.25,
        'town' => 'Altdorf', 'country' => 'CH', 'visits' => 212, 'parent' => null, 'role' => 'editor'];
}

/** A configuration: groups of ten settings, `$elements` settings in all. */
function config(int $elements, int $i = 0): array
{
    $config = [];
    for ($group = 0; $group < $elements / 10; $group++) {
        $config["service_$group"] = ['name' => "service number $group of $i", 'host' => "10.0.$group.7", 'port' => 8000 + $group,
            'enabled' => $group % 3 > 0, 'timeout' => 2.5, 'retries' => $group % 5, 'path' => "/srv/data/$group", 'level' => 'notice',
            'weight' => $group * 7, 'owner' => null];
    }
    return $config;
}

class Product
{
    public int $id;
    public string $name;
    public float $price;
    public ?Product $next = null;
    public array $tags = ['new', 'red'];
}

class Shelf
{
    public string $label = 'the shelf';
    public array $products = [];
    public ?Shelf $inner = null;
}

/** 102 objects that know one another. */
function objects(): Shelf
{
    $shelf = new Shelf();
    $shelf->inner = new Shelf();
    for ($i = 0, $last = null; $i < 100; $i++, $last = $product) {
        $product = new Product();
        $product->id = $i;
        $product->name = "product $i";
        $product->price = $i + 0.5;
        $product->next = $last;
        $shelf->products[] = $product;
    }
    return $shelf;
}

/** The median; and the value below which the part `$at` of the values lies. */
function median(array $values): float
{
    sort($values);
    $n = count($values);
    return $n % 2 ? $values[$n >> 1] : ($values[$n / 2 - 1] + $values[$n / 2]) / 2;
}
