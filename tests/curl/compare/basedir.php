<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// basedir.php - open_basedir: each case in a process of its own, for it cannot be taken back.

require __DIR__ . '/compare.inc';

function restricted(string $name, Closure $case): void
{
    it_apart($name, function () use ($case) {
        $inside = file_with('inside.txt', 'contents');
        $s = serve(['*' => ok('body', 'Set-Cookie: a=1')]);
        $allowed = folder() . PATH_SEPARATOR . __DIR__;
        ini_set('open_basedir', $allowed);
        $case($s, $inside);
    });
}

restricted('file:// is off', function (Server $s, string $inside) {
    fetch("file://$inside");
    fetch('file:///etc/passwd');
    fetch("file://$inside", [CURLOPT_PROTOCOLS => CURLPROTO_FILE]);
    fetch("file://$inside", [CURLOPT_PROTOCOLS => CURLPROTO_ALL]);
    fetch($s->url(), [CURLOPT_PROTOCOLS => CURLPROTO_ALL]);
});

restricted('file:// by a redirect', function (Server $s, string $inside) {
    $r = serve(['*' => redirect(302, "file://$inside")]);
    fetch($r->url(), [CURLOPT_FOLLOWLOCATION => true]);
    fetch($r->url(), [CURLOPT_FOLLOWLOCATION => true, CURLOPT_REDIR_PROTOCOLS => CURLPROTO_ALL]);
});

restricted('options that are paths', function (Server $s, string $inside) {
    $ch = easy();
    $constants = get_defined_constants(true)['curl'];
    ksort($constants);
    foreach ($constants as $name => $value) {
        if (preg_match('/^CURLOPT_.*(FILE|JAR|CERT|KEY|PATH|KNOWNHOSTS|CAINFO|CRL|HSTS|ALTSVC|SOCKET|INFO)$/', $name) && !preg_match('/BLOB|PUBLICKEY|CERTINFO|^CURLOPT_(IN)?FILE$|OPENSOCKET/', $name)) {
            foreach (['/etc/passwd', $inside] as $file) {
                ob_start();
                $came = attempt(fn () => curl_setopt($ch, $value, $file));
                say($name . ' ' . basename($file), $came, trim(ob_get_clean()));
            }
        }
    }
});

restricted('CURLFile', function (Server $s, string $inside) {
    fetch($s->url(), [CURLOPT_POSTFIELDS => ['f' => new CURLFile($inside, 'a/b', 'n')]]);
    attempt(fn () => say('set', curl_setopt(easy(), CURLOPT_POSTFIELDS, ['f' => new CURLFile('/etc/passwd')])));
    $s->show();
});

restricted('COOKIEFILE and COOKIEJAR', function (Server $s, string $inside) {
    $jar = folder() . '/jar';
    $ch = easy($s->url());
    foreach ([[CURLOPT_COOKIEJAR, $jar], [CURLOPT_COOKIEJAR, '/tmp/other-jar'], [CURLOPT_COOKIEFILE, ''], [CURLOPT_COOKIEFILE, '/etc/passwd'], [CURLOPT_COOKIEFILE, $jar]] as [$option, $value]) {
        say("$option " . basename($value), attempt(fn () => curl_setopt($ch, $option, $value)));
    }
    perform($ch);
    unset($ch);
    say('jar', is_file($jar));
});

restricted('FILE', function (Server $s, string $inside) {
    fetch($s->url(), [CURLOPT_FILE => fopen(folder() . '/out', 'w')]);
    say('has', file_get_contents(folder() . '/out'));
});

restricted('curl_setopt_array', function (Server $s, string $inside) {
    $ch = easy();
    say('array', curl_setopt_array($ch, [CURLOPT_URL => 'http://a.test/', CURLOPT_COOKIEFILE => '/etc/passwd', CURLOPT_USERAGENT => 'x']), curl_errno($ch), curl_getinfo($ch, CURLINFO_EFFECTIVE_URL));
});

it_apart('a handle that is made before', function () {
    $ch = easy('file://' . file_with('inside.txt', 'contents'));
    ini_set('open_basedir', folder() . PATH_SEPARATOR . __DIR__);
    perform($ch);
    curl_reset($ch);
    curl_setopt_array($ch, [CURLOPT_RETURNTRANSFER => true, CURLOPT_URL => 'file://' . folder() . '/inside.txt']);
    perform($ch);
    perform(curl_copy_handle($ch));
});
