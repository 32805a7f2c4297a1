<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// examples.php MODULE FOLDER HTTPS_PORT MQTT_PORT MQTTS_PORT MTLS_PORT FILE... - run the PHP examples of Markdown files on the module, against
// servers that tests/ground/examples.sh has started, and print TAP. FOLDER is for files; its cwd/ is where the examples run.
//
// An example is all that stands in a ```php fence. It passes if it ends with 0 within 15 s and nothing was printed to stderr, where
// warnings go. Host names that are for readers are replaced (see places()). What an example needs besides is said in comments
// above its fence, one or more:
//   <!-- example: given CODE -->        comes first
//   <!-- example: setting NAME=VALUE --> of php.ini
//   <!-- example: prints TEXT -->       must be in what it prints
//   <!-- example: runs on -->           has no end: it is stopped when it has printed that
//   <!-- example: not run: REASON -->   only its syntax is checked

final class Example
{
    public array $given = [];
    public array $settings = [];
    public array $prints = [];
    public bool $runsOn = false;
    public ?string $notRun = null;

    public function __construct(public string $file, public int $line, public string $code = '') {}

    /** The text of a comment above the fence. */
    public function note(string $text): void
    {
        [$word, $rest] = preg_split('/\s+/', $text, 2) + [1 => ''];
        match (true) {
            $word === 'given' => $this->given[] = $rest,
            $word === 'setting' => $this->settings[] = $rest,
            $word === 'prints' => $this->prints[] = $rest,
            $text === 'runs on' => $this->runsOn = true,
            str_starts_with($text, 'not run: ') => $this->notRun = substr($text, 9),
            default => throw new Exception("$this->file:$this->line: what is \"example: $text\"?"),
        };
    }
}

/** @return list<Example> */
function examples(string $file): array
{
    $found = $notes = [];
    $open = null;      // the fence's indentation and word
    foreach (file($file, FILE_IGNORE_NEW_LINES) as $number => $line) {
        if ($open !== null) {
            if (rtrim($line) === "$open[0]```") {
                $open = null;
            } elseif ($open[1] === 'php') {
                end($found)->code .= preg_replace("/^$open[0]/", '', $line) . "\n";
            }
        } elseif (preg_match('/^(\s*)```(\w*)/', $line, $m)) {
            $open = [$m[1], $m[2]];
            if ($m[2] === 'php') {
                $found[] = $example = new Example($file, $number + 1);
                array_map($example->note(...), $notes);
                $notes = [];
            }
        } elseif (preg_match('/^\s*<!-- example: (.*) -->\s*$/', $line, $m)) {
            $notes[] = $m[1];
        }
        if ($notes && $open === null && !preg_match('/^\s*(<!-- example: .*)?$/', $line)) {
            throw new Exception("$file:" . ($number + 1) . ': a note for an example, and none follows');
        }
    }
    return $found;
}

/** What stands for readers => where the servers are. */
function places(string $https, string $mqtt, string $mqtts, string $mtls): array
{
    return [
        'mqtts://broker.example.org' => "mqtts://localhost:$mqtts",
        'mqtts://devices.example.org' => "mqtts://localhost:$mtls", // wants a certificate
        // docs/cloud-brokers.md: our broker in the place of others', without a certificate and with one
        'mqtts://d4e5f6g7h8-ats.iot.eu-central-1.amazonaws.com:443' => "mqtts://localhost:$mqtts",
        'mqtts://$hub' => "mqtts://localhost:$mqtts",
        'mqtts://a1b2c3d4e5f6.s1.eu.hivemq.cloud' => "mqtts://localhost:$mqtts",
        'mqtts://a1b2c3d4.ala.eu-central-1.emqxsl.com' => "mqtts://localhost:$mqtts",
        'mqtts://europe-west1-mqtt.clearblade.com' => "mqtts://localhost:$mqtts",
        'mqtts://a1b2c3d4e5-ats.iot.eu-central-1.amazonaws.com:443' => "mqtts://localhost:$mtls",
        'mqtts://shop.westeurope-1.ts.eventgrid.azure.net' => "mqtts://localhost:$mtls",
        'mqtt://127.0.0.1:1883' => "mqtt://127.0.0.1:$mqtt",
        'https://api.example.org/' => "https://localhost:$https/",
        'https://example.org/' => "https://localhost:$https/",
    ];
}

/** As a file of PHP in which each line has the number that it has in the page. */
function source(Example $example, array $places): string
{
    $code = strtr($example->code, $places);
    $given = strtr(implode(' ', $example->given), $places);
    if (preg_match('~\w+://(?!localhost|127\.0\.0\.1)[\w.-]+~', "$given $code", $m)) {
        throw new Exception("there is no server for $m[0] (tests/ground/examples.php, places())");
    }
    if (str_starts_with($code, "<?php\n")) {
        return str_repeat("\n", $example->line) . $code; // output of its own: nobody minds
    }
    return "<?php $given" . str_repeat("\n", $example->line) . $code;
}

/** Run a command; returns what was wrong with it, or null. */
function run(array $command, Example $example, string $folder): ?string
{
    [$out, $err] = ["$folder/stdout", "$folder/stderr"];
    $process = proc_open($command, [['file', '/dev/null', 'r'], ['file', $out, 'w'], ['file', $err, 'w']], $pipes, "$folder/cwd");
    $missing = fn () => array_filter($example->prints, fn ($text) => !str_contains(file_get_contents($out), $text));
    for ($end = microtime(true) + 15; ($status = proc_get_status($process))['running']; usleep(5000)) {
        if (microtime(true) > $end || ($example->runsOn && !$missing())) {
            proc_terminate($process, SIGKILL);
            break;
        }
    }
    proc_close($process);
    $said = rtrim(file_get_contents($err));
    return match (true) {
        $said !== '' => $said,
        $missing() !== [] => 'it did not print "' . implode('", "', $missing()) . '" but: ' . file_get_contents($out),
        $status['running'] && !$example->runsOn => 'it had not ended after 15 s',
        !$status['running'] && $example->runsOn => "it ended with $status[exitcode]",
        !$status['running'] && $status['exitcode'] !== 0 => "its exit status is $status[exitcode]: " . file_get_contents($out),
        default => null,
    };
}

defined('SIGKILL') || define('SIGKILL', 9);
[, $module, $folder, $https, $mqtt, $mqtts, $mtls] = $argv;
$php = [PHP_BINARY, '-n', '-d', 'error_reporting=-1', '-d', 'display_errors=stderr', '-d', 'log_errors=0', '-d', 'html_errors=0'];
$failed = $number = 0;
foreach (array_slice($argv, 7) as $file) {
    foreach (examples($file) as $example) {
        try {
            // The name and the lines of the page, so that messages tell where to look.
            @mkdir(dirname("$folder/pages/$file"), 0755, true);
            file_put_contents("$folder/pages/$file", $example->notRun ? "<?php " . str_repeat("\n", $example->line) . preg_replace('/^<\?php\n/', "\n", $example->code)
                : source($example, places($https, $mqtt, $mqtts, $mtls)));
            $command = $php;
            if ($example->notRun) {
                $why = run([...$php, '-l', "$folder/pages/$file"], $example, $folder);
            } else {
                // A shared memory of its own: names of one example mean nothing to the next.
                mkdir($shared = "$folder/shm/" . getmypid() . "-" . ++$number);
                foreach (["extension=$module", "native.shm_dir=$shared", ...$example->settings] as $setting) {
                    array_push($command, '-d', $setting);
                }
                $why = run([...$command, "$folder/pages/$file"], $example, $folder);
            }
        } catch (Exception $e) {
            $why = $e->getMessage();
        }
        $failed += $why !== null;
        echo $why === null ? 'ok' : 'not ok', " - examples: $file:$example->line", $why === null && $example->notRun ? " # SKIP $example->notRun" : '', "\n";
        echo $why === null ? '' : preg_replace('/^/m', '# ', str_replace("$folder/pages/", '', $why)) . "\n";
    }
}
exit($failed ? 1 : 0);
