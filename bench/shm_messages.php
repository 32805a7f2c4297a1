<?php
// shm_messages.php SIDE ROUNDS|count - messages of 64 bytes between two PHP processes. Prints what, side, round, nanoseconds a message
// on the wall, and of CPU time of both processes.
//
// Sides: channel (send and receive), batch (sendMany and receiveMany of 64), sysvmsg, socketpair (fwrite and fread).
// What: one way, one process sends and the other receives all; round trip, each message is answered before the next one, the
// median of single trips, with each process on a CPU of its own (taskset), so that both can stay awake; to itself, one process sends
// and receives: the calls' own cost, with nobody to wait for.
// `count` does the last 1,000 times between two calls of getrusage(), for valgrind, and prints what, side and that number.

require __DIR__ . '/shm_side.php';
[, $side, $rounds] = $argv;
const MESSAGE = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';
const BATCH = 64;

// @ is the queue: $there, $back or $own.
[$send, $receive] = match ($side) {
    'channel' => ['@->send(MESSAGE);', '$v = @->receive();'],
    'batch' => ['@->sendMany($messages);', 'for ($got = 0; $got < BATCH; $got += count($v)) { $v = @->receiveMany(BATCH - $got); }'],
    'sysvmsg' => ['msg_send(@, 1, MESSAGE, false);', 'msg_receive(@, 0, $type, 64, $v, false);'],
    'socketpair' => ['fwrite(@[0], MESSAGE);', 'for ($v = fread(@[1], 64); strlen($v) < 64; $v .= fread(@[1], 64 - strlen($v)));'],
};
$messages = array_fill(0, BATCH, MESSAGE);
if ($side === 'channel' || $side === 'batch') {
    $segment = open_cache('native', 16)->segment();
    $queue = fn(int $i) => new Native\Shm\Channel("queue $i", 1 << 18, segment: $segment);
} elseif ($side === 'sysvmsg') {
    $queue = fn(int $i) => msg_get_queue(getmypid() << 8 | $i, 0600);
} else {
    $queue = fn(int $i) => stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
}
[$there, $back, $own] = [$queue(1), $queue(2), $queue(3)];
if ($side === 'sysvmsg') {
    register_shutdown_function(fn($maker) => getmypid() === $maker && array_map(msg_remove_queue(...), [$there, $back, $own]), getmypid());
}
$run = function (string $each, string $last = '') use ($there, $back, $own, $messages): Closure {
    return eval("return function (int \$n) use (\$there, \$back, \$own, \$messages) {
        for (\$i = 0; \$i < \$n; \$i++) { $each } $last
        return is_array(\$v ?? null) ? \$v[0] : \$v ?? MESSAGE;
    };");
};
[$send_there, $send_back] = [strtr($send, ['@' => '$there']), strtr($send, ['@' => '$back'])];
[$receive_there, $receive_back] = [strtr($receive, ['@' => '$there']), strtr($receive, ['@' => '$back'])];
$size = $side === 'batch' ? BATCH : 1; // messages a turn
$work = [ // what => turns, parent, child
    'one way' => [128000 / $size, $run($send_there, $receive_back), $run($receive_there, $send_back)],
    'round trip' => [4000, $run("\$start = hrtime(true); $send_there $receive_back \$GLOBALS['trips'][] = hrtime(true) - \$start;"), $run($receive_there . $send_back)],
    'to itself' => [64000 / $size, $run(strtr("$send $receive", ['@' => '$own'])), $run('')],
];
if ($side === 'batch') {
    unset($work['round trip']);
}
if ($rounds === 'count') {
    $work['to itself'][1](10);
    getrusage();
    $work['to itself'][1](1000);
    getrusage();
    printf("to itself\t%s\t%d\n", $side, 1000 * $size);
    exit;
}

/** Have this process run on the number-th of the CPUs that it may use. */
function pin(int $number): void
{
    $cpus = [];
    foreach (explode(',', (string)shell_exec('taskset -cp ' . getmypid() . ' 2>/dev/null | sed "s/.*: //"')) as $range) {
        $ends = explode('-', trim($range));
        $ends[0] !== '' && array_push($cpus, ...range((int)$ends[0], (int)end($ends)));
    }
    count($cpus) > $number && shell_exec("taskset -cp $cpus[$number] " . getmypid() . ' 2>/dev/null');
}

if (!($child = pcntl_fork())) {
    pin(1);
    for ($round = 0; $round < $rounds; $round++) {
        foreach ($work as [$turns, , $theirs]) {
            $theirs($turns);
        }
    }
    exit;
}

/** CPU time of both. */
function both_ns(): int
{
    return cpu_ns() + (int)file_get_contents("/proc/{$GLOBALS['child']}/schedstat");
}

pin(0);
for ($round = 0; $round < $rounds; $round++) {
    foreach ($work as $what => [$turns, $ours]) {
        $trips = [];
        $cpu = both_ns();
        $start = hrtime(true);
        $v = $ours($turns);
        $wall = hrtime(true) - $start;
        $v === MESSAGE || throw new Exception('what came back is something else');
        printf("%s\t%s\t%d\t%.1f\t%.1f\n", $what, $side, $round, $trips ? median($trips) : $wall / $turns / $size, (both_ns() - $cpu) / $turns / $size);
    }
}
pcntl_waitpid($child, $status);
