--TEST--
phpinfo() shows the version, the TLS library, what it lacks, and which content codings there are
--EXTENSIONS--
native
--FILE--
<?php
ob_start();
phpinfo(INFO_MODULES);
$text = ob_get_clean();
if (!preg_match('/^native\n\n(.*?)\n\n/ms', $text, $found)) {
    die("no part called native\n");
}
$part = $found[1];
$status = Native\status();
var_dump(str_contains($part, "\nVersion => " . phpversion('native')));
var_dump(str_contains($part, "\nTLS library => " . $status['mbedtls']));
var_dump(str_contains($part, 'no TLS 1.3') === !$status['tls13']);
var_dump(preg_match('~^Content codings => deflate, gzip(, br)?(, zstd)? \(zlib/[0-9.]+(?(1), brotli/[0-9.]+)(?(2), zstd/[0-9.]+)\)$~m', $part));
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
int(1)
