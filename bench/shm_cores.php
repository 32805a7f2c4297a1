<?php
// shm_cores.php SIDE ROUNDS - how much more two processes read than one. Prints what, side, round, speed-up by time on the wall, and
// by CPU time a call (which does not see that somebody else had the core, but sees the cores wait for each other's memory).
// What: an empty loop, and fetching one integer that both read.

require __DIR__ . '/shm_side.php';
[, $side, $rounds] = $argv;
$c = open_cache($side, 32);
put($c, 'bench:int', 4711);
$loops = ['loop' => loop($side, $c, '$v = $i;'), 'fetch' => loop($side, $c, '$v = ~fetch("bench:int");')];
$counts = [];
foreach ($loops as $what => $run) {
    $run(20000);
    $took = -cpu_ns();
    $run(100000);
    $counts[$what] = (int)(100000 * 20e6 / ($took + cpu_ns())); // 20 ms
}

/** Run from a given instant; [nanoseconds on the wall, of CPU]. */
function timed(Closure $run, int $n, int $from): array
{
    while (hrtime(true) < $from);
    $cpu = cpu_ns();
    $run($n);
    return [hrtime(true) - $from, cpu_ns() - $cpu];
}

[$ours, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
if (!($child = pcntl_fork())) {
    fclose($ours);
    while ($line = fgets($theirs)) {
        [$what, $from] = explode(' ', $line);
        fwrite($theirs, implode(' ', timed($loops[$what], $counts[$what], (int)$from)) . "\n");
    }
    exit;
}
fclose($theirs);
for ($round = 0; $round < $rounds; $round++) {
    foreach ($loops as $what => $run) {
        [$wall, $cpu] = timed($run, $counts[$what], hrtime(true));
        $from = hrtime(true) + 2000000; // time to wake up
        fwrite($ours, "$what $from\n");
        [$wall1, $cpu1] = timed($run, $counts[$what], $from);
        [$wall2, $cpu2] = explode(' ', fgets($ours));
        printf("%s\t%s\t%d\t%.4f\t%.4f\n", $what, $side, $round, 2 * $wall / max($wall1, (int)$wall2), 4 * $cpu / ($cpu1 + (int)$cpu2));
    }
}
fclose($ours);
pcntl_waitpid($child, $status);
