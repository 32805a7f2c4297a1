--TEST--
Http\Client and curl_* in php-fpm: whichever way a request ends in the midst of a transfer, the worker's next one finds nothing of it
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
require __DIR__ . '/../support/fpm.inc';
fpm_skip();
?>
--FILE--
<?php
require __DIR__ . '/../http/server.inc';
require __DIR__ . '/../support/fpm.inc';

// What a request brings along that it should not is in the answer.
$server = new HttpServer(fn (Seen $s) => answer(implode(' ', [strtok($s->line, ' '), ...array_filter(array_map($s->field(...), ['x-who', 'cookie', 'authorization', 'content-length']), is_string(...))]) . $s->body,
    200, 'Set-Cookie: a=b'));
file_put_contents(scratch() . '/page.php', <<<'PHP'
<?php
use Native\Http\{Client, Options, Request};
['URL' => $url, 'CALLER' => $caller, 'WAY' => $way] = $_SERVER;

$end = function () use ($way) {
    match ($way) {
        'fatal' => eval('final class Parental {} class Filial extends Parental {}'),
        'exit' => exit("exit\n"),
        'throw' => throw new Exception('thrown'),
        'fiber' => Fiber::suspend(),
        'fatal in a fiber' => Fiber::getCurrent() ? Fiber::suspend() : null,
        'good' => null,
    };
};
$callers = [
    'Client' => function () use ($url, $end) {
        $http = new Client(new Options(username: 'user', password: 'secret', sink: function ($bytes) use ($end) { echo $bytes, "\n"; $end(); }));
        $http->post("$url?key=1", 'first', ['X-Who' => 'somebody']);
    },
    'send' => function () use ($url, $end) {
        $http = new Client(new Options(onProgress: function ($progress) use ($end) { $progress->phase === 'receive' && $end(); }));
        foreach ($http->send([new Request('GET', "$url?key=1"), new Request('POST', "$url?key=2", [], 'first')]) as $result) {
            echo get_debug_type($result), "\n";
        }
    },
    'curl' => function () use ($url, $end) {
        $ch = curl_init("$url?key=1");
        curl_setopt_array($ch, [CURLOPT_POSTFIELDS => 'first', CURLOPT_HTTPHEADER => ['X-Who: somebody'], CURLOPT_USERPWD => 'user:secret',
            CURLOPT_WRITEFUNCTION => function ($ch, $bytes) use ($end) { echo $bytes, "\n"; $end(); return strlen($bytes); }]);
        curl_exec($ch);
    },
    'curl_multi' => function () use ($url, $end) {
        $multi = curl_multi_init();
        for ($i = 0; $i < 2; $i++) {
            curl_multi_add_handle($multi, $all[] = $ch = curl_init("$url?key=$i"));
            curl_setopt($ch, CURLOPT_WRITEFUNCTION, function ($ch, $bytes) use ($end) { echo $bytes, "\n"; $end(); return strlen($bytes); });
        }
        while (curl_multi_exec($multi, $running) === CURLM_OK && $running) {
            curl_multi_select($multi, 1);
        }
    },
];
try {
    if (str_contains($way, 'fiber')) {
        $fiber = new Fiber($callers[$caller]);
        $fiber->start();
        if ($way === 'fatal in a fiber') {
            eval('final class Parental {} class Filial extends Parental {}');
        }
    } elseif ($way !== 'good') {
        $callers[$caller]();
    } else {
        $http = new Client();
        $response = $http->get($url);
        $ch = curl_init($url);
        curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
        $body = curl_exec($ch);
        $good = [$response->body, $response->info()['redirects'] ?? 0, $body, curl_getinfo($ch, CURLINFO_RESPONSE_CODE), curl_getinfo($ch, CURLINFO_EFFECTIVE_URL) === $url];
        echo $good === ['GET', 0, 'GET', 200, true] ? 'good' : json_encode($good);
    }
} catch (Exception $e) {
    echo get_class($e), ': ', $e->getMessage();
}
PHP);
$fpm = new Fpm();
$request = fn (string $caller, string $way) => $fpm->request(scratch() . '/page.php', ['URL' => $server->url(), 'CALLER' => $caller, 'WAY' => $way]);
foreach (['fatal', 'exit', 'throw', 'fiber', 'fatal in a fiber'] as $way) {
    foreach (['Client', 'send', 'curl', 'curl_multi'] as $caller) {
        $said = $request($caller, $way);
        $all = [];
        for ($n = 0; $n < 3; $n++) {
            $all[] = $request($caller, 'good');
        }
        $ended = match (true) {
            str_contains($said, 'Fatal error') => 'fatal',
            str_contains($said, 'Exception: thrown') => 'thrown',
            str_contains($said, "exit\n") => 'exit',
            default => 'in silence',
        };
        echo "$way, $caller: $ended; ", implode(', ', array_unique($all)), "\n";
    }
}
$fpm->stop();
?>
--EXPECT--
fatal, Client: fatal; good
fatal, send: fatal; good
fatal, curl: fatal; good
fatal, curl_multi: fatal; good
exit, Client: exit; good
exit, send: exit; good
exit, curl: exit; good
exit, curl_multi: exit; good
throw, Client: thrown; good
throw, send: thrown; good
throw, curl: thrown; good
throw, curl_multi: thrown; good
fiber, Client: in silence; good
fiber, send: in silence; good
fiber, curl: in silence; good
fiber, curl_multi: in silence; good
fatal in a fiber, Client: fatal; good
fatal in a fiber, send: fatal; good
fatal in a fiber, curl: fatal; good
fatal in a fiber, curl_multi: fatal; good
