<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// surface.php - what there is: functions, classes, constants, settings, and what curl_version() says.

require __DIR__ . '/compare.inc';

$extension = new ReflectionExtension('curl');

it('functions', function () use ($extension) {
    $functions = $extension->getFunctions();
    ksort($functions);
    foreach ($functions as $function) {
        echo preg_replace('/\n\s*\n/', "\n", (string) $function), $function->isDeprecated() ? "(deprecated)\n" : '';
    }
});

it('classes', function () use ($extension) {
    $classes = $extension->getClasses();
    ksort($classes);
    foreach ($classes as $class) {
        echo $class;
        say('flags', $class->isFinal(), $class->isCloneable(), $class->isInstantiable(), $class->isInternal());
    }
});

// One for each family, so that the difference names it.
$constants = get_defined_constants(true)['curl'];
ksort($constants);
$families = [];
foreach ($constants as $name => $value) {
    $families[preg_match('/^(CURL_?[A-Z0-9]+)_/', $name, $m) ? $m[1] : $name][$name] = $value;
}
$known = ['CURLALTSVC', 'CURLAUTH', 'CURLE', 'CURLFTP', 'CURLFTPAUTH', 'CURLFTPMETHOD', 'CURLFTPSSL', 'CURLGSSAPI', 'CURLHEADER', 'CURLHSTS', 'CURLINFO', 'CURLM', 'CURLMOPT',
    'CURLMSG', 'CURLOPT', 'CURLPAUSE', 'CURLPIPE', 'CURLPROTO', 'CURLPROXY', 'CURLPX', 'CURLSHOPT', 'CURLSSH', 'CURLSSLOPT', 'CURLUSESSL', 'CURLVERSION', 'CURL_FNMATCHFUNC',
    'CURL_HTTP', 'CURL_IPRESOLVE', 'CURL_LOCK', 'CURL_MAX', 'CURL_NETRC', 'CURL_PUSH', 'CURL_READFUNC', 'CURL_REDIR', 'CURL_RTSPREQ', 'CURL_SSLVERSION', 'CURL_TIMECOND',
    'CURL_TLSAUTH', 'CURL_VERSION', 'CURL_WRITEFUNC'];
foreach ($known as $family) {
    it("constants $family", function () use ($families, $family) {
        foreach ($families[$family] ?? [] as $name => $value) {
            echo "$name = $value\n";
        }
    });
}

it('all other constants', function () use ($families, $known) {
    foreach (array_diff_key($families, array_flip($known)) as $constants) {
        foreach ($constants as $name => $value) {
            echo "$name = $value\n";
        }
    }
});

it('the module', function () use ($extension) {
    say('name', $extension->getName());
    say('version is PHP\'s', $extension->getVersion() === PHP_VERSION, phpversion('curl') === PHP_VERSION);
    say('settings', array_keys($extension->getINIEntries()), ini_get('curl.cainfo'));
    say('can be changed', @ini_set('curl.cainfo', '/tmp/x'));
    say('depends on', $extension->getDependencies());
    say('is persistent', $extension->isPersistent());
    say('in the list', in_array('curl', get_loaded_extensions(), true), count(get_extension_funcs('curl')));
    say('a function knows it', (new ReflectionFunction('curl_init'))->getExtensionName(), (new ReflectionClass('CURLFile'))->getExtensionName());
});

it('curl_version', function () {
    $version = curl_version();
    say('has', array_keys($version));
    foreach (['version_number', 'age', 'features', 'version', 'host', 'ssl_version', 'libz_version', 'protocols'] as $name) {
        say($name, get_debug_type($version[$name]));
    }
    say('a version', preg_match('/^\d+\.\d+\.\d+$/', $version['version']));
    say('and its number', vsprintf('%d.%d.%d', [$version['version_number'] >> 16, $version['version_number'] >> 8 & 255, $version['version_number'] & 255]) === $version['version']);
    say('TLS', preg_match('~^\w+/[\w.]+~', $version['ssl_version']));
    foreach (['http', 'https', 'file'] as $protocol) {
        say($protocol, in_array($protocol, $version['protocols'], true));
    }
    foreach (['SSL', 'LIBZ', 'IPV6', 'LARGEFILE', 'ASYNCHDNS', 'UNIX_SOCKETS'] as $bit) {
        say($bit, (bool) ($version['features'] & constant("CURL_VERSION_$bit")));
    }
});

it('what Composer reads of phpinfo()', function () {
    ob_start();
    (new ReflectionExtension('curl'))->info();
    $text = ob_get_clean();
    foreach (['cURL support => enabled', 'cURL Information => ', 'SSL Version => ', 'ZLib Version => ', 'Protocols => ', 'Host => '] as $line) {
        say($line, (bool) preg_match('/^' . preg_quote($line, '/') . '/m', $text));
    }
    say('the TLS library', (bool) preg_match('{^SSL Version => \w+/[\w.]+$}m', $text));
});
