<?php
// shm_calls.php SIDE [ROUND | count] - what a call of the cache takes, one process. Prints case, side, round, nanoseconds of CPU
// time a call. With `count` each case runs a fixed number of times between two calls of getrusage(), for valgrind to count the
// instructions; it prints case, side and that number.

require __DIR__ . '/shm_side.php';
[, $side, $round] = $argv + [2 => 0];
$c = open_cache($side, 256);
$text = str_repeat('0123456789abcdef', 256);
$config1 = config(1000);
$config10 = config(10000);
$objects = objects();
$packed = igbinary_serialize($objects);
$set = new SplFixedArray(3);

$values = ['int' => 4711, 'text' => $text, 'ten' => ten_keys(), 'config1' => $config1, 'config10' => $config10, 'objects' => $objects];
foreach ($values as $name => $value) {
    put($c, "bench:$name", $value);
    // Work that gives something else is not the same work.
    if (loop($side, $c, '$v = ~fetch($key);', ['key' => "bench:$name"])(2) != $value) {
        throw new Exception("$name comes back as something else");
    }
}

// Name => body, [names], at most (0: as often as wanted). Those with a limit run once a process: each of their fetches is the
// first one of its key. The last number: how often `count` runs it.
$again = $side === 'native' ? 1000 : 5;
$cases = [
    'an empty loop' => ['', [], 0, 1000],
    'an empty call' => [$side === 'native' ? '$v = $set->getSize();' : '$v = gc_enabled();', ['set' => $set], 0, 1000],
    'fetch int' => ['$v = ~fetch("bench:int");', [], 0, 1000],
    'fetch 4 KiB string' => ['$v = ~fetch("bench:text");', [], 0, 1000],
    'fetch 10-key array, first' => ['$v = ~fetch($keys[$i]);', ['keys' => 'ten_keys'], 2000, 500],
    'fetch 10-key array, again' => ['$v = ~fetch("bench:ten");', [], 0, 1000],
    'fetch config of 1,000, first' => ['$v = ~fetch($keys[$i]);', ['keys' => 'config1'], 50, 20],
    'fetch config of 1,000, again' => ['$v = ~fetch("bench:config1");', [], 0, $again],
    'fetch config of 1,000, and write to it' => ['$v = ~fetch("bench:config1"); $v["own"] = 1;', [], 0, $again],
    'fetch config of 10,000, first' => ['$v = ~fetch($keys[$i]);', ['keys' => 'config10'], 8, 3],
    'fetch config of 10,000, again' => ['$v = ~fetch("bench:config10");', [], 0, $again],
    'fetch config of 10,000, and write to it' => ['$v = ~fetch("bench:config10"); $v["own"] = 1;', [], 0, $again],
    'fetch 102 objects' => ['$v = ~fetch("bench:objects");', [], 0, 20],
    'igbinary_unserialize() of 102 objects' => ['$v = igbinary_unserialize($packed);', ['packed' => $packed], 0, 20],
    'exists' => ['$v = ~exists("bench:int");', [], 0, 1000],
    'inc' => ['$v = ~inc("bench:number");', [], 0, 1000],
    'store int' => ['$v = ~store("bench:stored", $i);', [], 0, 1000],
    'store config of 10,000' => ['$v = ~store("bench:config", $value);', ['value' => $config10], 0, 3],
];
if ($side !== 'native') {
    unset($cases['an empty call'][1]['set']);
}

$results = [];
foreach ($cases as $case => [$body, $with, $most, $fixed]) {
    if ($most) {
        $keys = [];
        for ($i = 0; $i < $most; $i++) {
            $keys[] = $key = "first:{$with['keys']}:$i";
            put($c, $key, match ($with['keys']) {
                'ten_keys' => ten_keys($i),
                'config1' => config(1000, $i),
                'config10' => config(10000, $i),
            });
        }
        $with = ['keys' => $keys];
    }
    $run = loop($side, $c, $body, $with);
    if ($round === 'count') {
        $most ?: $run(2);
        getrusage();
        $run($fixed);
        getrusage();
        $results[] = "$case\t$side\t$fixed\n";
        continue;
    }
    $n = $most;
    if (!$most) {
        for ($n = 4, $took = 0; $took < 5e6; $n *= 4) {
            $took = -cpu_ns();
            $run($n);
            $took += cpu_ns();
        }
        $n = max(1, (int)($n / 4 * 25e6 / $took)); // 25 ms
    }
    $start = cpu_ns();
    $run($n);
    printf("%s\t%s\t%s\t%.2f\n", $case, $side, $round, (cpu_ns() - $start) / $n);
}
echo implode('', $results);
if ($round === 'count') {
    exit;
}

// The first fetch after another value was stored, each timed alone: the least disturbed half tells.
foreach (['1,000' => 1000, '10,000' => 10000] as $name => $elements) {
    $key = "changes:$elements";
    $fetch = loop($side, $c, '$v = ~fetch($key);', ['key' => $key]);
    for ($i = 0, $times = []; $i < 24; $i++) {
        put($c, $key, config($elements, $i));
        $start = hrtime(true);
        $fetch(1);
        $times[] = hrtime(true) - $start;
    }
    printf("%s\t%s\t%s\t%.2f\n", "fetch config of $name, first after a change", $side, $round, median($times));
}
