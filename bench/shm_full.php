<?php
// shm_full.php SIDE latency | ratio | overhead - a cache that is full. Prints lines of side, what, value.
//
// latency: 256 MB are filled with values of 200 bytes; then 1.2 million stores of new keys are timed one by one (more than
//   APCu takes until it is full again), in turns with an idle loop that takes the same time and only looks at the clock. A slow
//   one during which the kernel gave the core to somebody else is told apart by the process's count of involuntary switches.
// ratio: 600,000 requests, Zipf 0.9 over 200,000 keys, values of 200 bytes, 8 MB; 30,000 keys that are asked for once come in one
//   go in the second half, which is what counts. A miss is stored.
// tenth: 64 MB are full of values of 1 KB; one process stores values of 6.4 MB, 50 times a second, another goes on with new ones of
//   1 KB, which are timed one by one, before and meanwhile.
// overhead: memory used by 20,000 entries, less the bytes of their keys and values.

require __DIR__ . '/shm_side.php';
[, $side, $mode] = $argv;

function report(string $what, float|int $value): void
{
    global $side;
    echo "$side\t$what\t", is_int($value) ? $value : round($value, 4), "\n";
}

/** Counts times of 0 to 2 ms by 20 ns, keeps what is longer. */
final class Times
{
    public array $few;
    public array $long = [];
    public array $undisturbed = [];
    public int $n = 0;

    public function __construct()
    {
        $this->few = array_fill(0, 100000, 0);
    }

    public function slow(int $ns, bool $switched): void
    {
        $this->long[] = $ns;
        $switched || $this->undisturbed[] = $ns;
    }

    /** The time that the part $at of all does not exceed. */
    public function percentile(float $at): int
    {
        $want = ceil($this->n * $at);
        foreach ($this->few as $bin => $count) {
            if (($want -= $count) <= 0) {
                return $bin * 20 + 20;
            }
        }
        sort($this->long);
        return $this->long[min(count($this->long), max(1, (int)$want)) - 1];
    }

    public function report(string $what): void
    {
        foreach (['p50' => 0.5, 'p99' => 0.99, 'p99.99' => 0.9999] as $name => $at) {
            report("$what $name", $this->percentile($at));
        }
        report("$what worst", $this->percentile(1));
        report("$what over 20 µs", count($this->long));
        report("$what over 20 µs, undisturbed", count($this->undisturbed));
        report("$what worst, undisturbed", $this->undisturbed ? max($this->undisturbed) : $this->percentile(1 - count($this->long) / $this->n));
    }
}

function switches(): int
{
    return getrusage()['ru_nivcsw'];
}

function latency(string $side): void
{
    $c = open_cache($side, 256);
    $value = str_repeat('0123456789', 20);
    $i = 0;
    do { // until it is full, or was
        $end = $i + 50000;
        for (; $i < $end; $i++) {
            put($c, "key:$i", $value);
        }
    } while (!($c ? $c->info()['evictions'] : apcu_cache_info(true)['expunges']) && $i < 3000000);
    report('entries when full', $c ? $c->info()['entries'] : $i);
    $before = $c?->info();
    $stores = new Times();
    $idle = new Times();
    for ($chunk = 0; $chunk < 60; $chunk++) {
        $switches = switches();
        $begun = $last = hrtime(true);
        for ($end = $i + 20000; $i < $end; $i++) {
            $key = "key:$i";
            $start = hrtime(true);
            $done = $c ? $c->store($key, $value) : apcu_store($key, $value);
            $ns = hrtime(true) - $start;
            if ($ns < 20000 && $start - $last < 20000) {
                $stores->few[intdiv($ns, 20)]++;
            } else {
                $now = switches();
                $ns < 20000 ? $stores->few[intdiv($ns, 20)]++ : $stores->slow($ns, $now !== $switches);
                $switches = $now;
            }
            $last = $start + $ns;
            $done || report('refused', 1);
        }
        $stores->n += 20000;
        $until = 2 * hrtime(true) - $begun;
        $switches = switches();
        $last = hrtime(true);
        do {
            $now = hrtime(true);
            $ns = $now - $last;
            $idle->n++;
            if ($ns < 20000) {
                $idle->few[intdiv($ns, 20)]++;
            } else {
                $now = switches();
                $idle->slow($ns, $now !== $switches);
                $switches = $now;
                $now = hrtime(true);
            }
            $last = $now;
        } while ($now < $until);
    }
    $stores->report('store');
    $idle->report('idle');
    // The same by CPU time, in which nobody else's work counts: two system calls a store, so fewer of them.
    foreach (['store' => true, 'idle' => false] as $what => $does) {
        $times = new Times();
        for ($end = $i + 300000; $i < $end; $i++) {
            $key = "key:$i";
            $start = cpu_ns();
            if ($does) {
                $c ? $c->store($key, $value) : apcu_store($key, $value);
            }
            $ns = cpu_ns() - $start;
            $ns < 2000000 ? $times->few[intdiv($ns, 20)]++ : $times->slow($ns, false);
        }
        $times->n = 300000;
        foreach (['p99.99' => 0.9999, 'worst' => 1] as $name => $at) {
            report("$what, CPU time, $name", $times->percentile($at));
        }
    }
    if ($c) {
        $info = $c->info();
        report('evictions a store', ($info['evictions'] - $before['evictions']) / $stores->n);
        report('steps a store', ($info['evict_steps'] - $before['evict_steps']) / $stores->n);
        report('entries after', $info['entries']);
    } else {
        report('wipes', (int)apcu_cache_info(true)['expunges']);
    }
}

/** Calls $ask with the number of a key, for each request of the trace. */
function trace(Closure $ask): void
{
    mt_srand(20260714);
    $sums = [];
    for ($i = 1, $sum = 0.0; $i <= 200000; $i++) {
        $sums[] = $sum += $i ** -0.9;
    }
    for ($request = 0; $request < 600000; $request++) {
        if ($request >= 400000 && $request < 430000) {
            $ask(200000 + $request, $request);
            continue;
        }
        $at = mt_rand() / mt_getrandmax() * $sum;
        for ($low = 0, $high = 199999; $low < $high;) {
            $middle = $low + $high >> 1;
            $sums[$middle] < $at ? $low = $middle + 1 : $high = $middle;
        }
        $ask($low, $request);
    }
}

function ratio(string $side): void
{
    $c = open_cache($side, 8);
    $value = str_repeat('0123456789', 20);
    $hits = 0;
    trace(function (int $key, int $request) use ($c, $value, &$hits) {
        $found = $c ? $c->fetch("key:$key") : apcu_fetch("key:$key");
        if ($found === $value) {
            $hits += $request >= 300000;
        } else {
            $c ? $c->store("key:$key", $value) : apcu_store("key:$key", $value);
        }
    });
    report('hit ratio', $hits / 300000);
    if ($c) {
        report('evictions a store', $c->info()['evictions'] / $c->info()['stores']);
        report('steps a store', $c->info()['evict_steps'] / $c->info()['stores']);
    }
    report('size', $c ? $c->info()['size'] : (int)apcu_sma_info(true)['seg_size']);
    report('entries at the end', $c ? $c->info()['entries'] : (int)apcu_cache_info(true)['num_entries']);
}

/** New keys with values of 1 KB for two seconds. Returns the times of the slowest and of one in 10,000, in ns. */
function stores_of_1k(?Native\Shm\Cache $c, string $prefix): array
{
    $value = str_repeat('0123456789abcdef', 64);
    $times = [];
    for ($until = hrtime(true) + 2000000000; ($start = hrtime(true)) < $until;) {
        $c ? $c->store($prefix . count($times), $value) : apcu_store($prefix . count($times), $value);
        $times[] = hrtime(true) - $start;
    }
    sort($times);
    return [end($times), $times[(int)(count($times) * 0.9999)]];
}

function tenth(string $side): void
{
    $c = open_cache($side, 64);
    $value = str_repeat('0123456789abcdef', 64);
    for ($i = 0; $i < 200000 && !($c ? $c->info()['evictions'] : apcu_cache_info(true)['expunges']);) {
        for ($end = $i + 5000; $i < $end; $i++) {
            put($c, "key:$i", $value);
        }
    }
    [$worst, $few] = stores_of_1k($c, 'alone:');
    report('1 KB alone, p99.99', $few);
    report('1 KB alone, worst', $worst);
    $child = pcntl_fork();
    if ($child === 0) {
        $large = str_repeat('0123456789abcdef', 64 * 6554);
        $times = [];
        for ($until = hrtime(true) + 2000000000; ($start = hrtime(true)) < $until; usleep(20000)) {
            $stored = $c ? $c->store('large:' . count($times) % 2, $large) : apcu_store('large:' . count($times) % 2, $large);
            $times[] = hrtime(true) - $start;
            $stored || report('a tenth: refused', 1);
        }
        sort($times);
        report('a tenth of the segment, median', $times[count($times) >> 1]);
        report('a tenth of the segment, worst', end($times));
        exit;
    }
    [$worst, $few] = stores_of_1k($c, 'beside:');
    pcntl_waitpid($child, $status);
    report('1 KB beside it, p99.99', $few);
    report('1 KB beside it, worst', $worst);
}

function used(?Native\Shm\Cache $c): int
{
    if ($c) {
        return $c->info()['used'] + $c->info()['index'];
    }
    return (int)(apcu_sma_info(true)['seg_size'] - apcu_sma_info(true)['avail_mem']);
}

function overhead(string $side): void
{
    $c = open_cache($side, 32);
    put($c, 'warm', 1);
    foreach (['int' => [4711, 0], '200 bytes' => [str_repeat('x', 200), 200]] as $name => [$value, $bytes]) {
        $before = used($c);
        for ($i = 10000; $i < 30000; $i++) {
            put($c, substr("$name-----", 0, 5) . $i, $value);
        }
        report("overhead, $name", (used($c) - $before) / 20000 - 10 - $bytes);
    }
}

$mode($side);
