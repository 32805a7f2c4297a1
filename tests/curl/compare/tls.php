<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// tls.php - https: certificates, their checks and errors, client certificates, pins, CERTINFO. Texts that are OpenSSL's own are not
// compared where another TLS library cannot have them.
// dev/curl-compare: long.

require __DIR__ . '/compare.inc';

const TLS = [CURLINFO_HTTP_CODE, CURLINFO_SSL_VERIFYRESULT];

/** Perform; print the code of the error, and its text if it is libcurl's. */
function secure(Server $s, array $options = [], string $host = 'localhost', int ...$infos): void
{
    $ch = easy("https://$host:$s->port/", $options + [CURLOPT_CAINFO => certificate('ca.crt'), CURLOPT_RESOLVE => ["$host:$s->port:127.0.0.1"]]);
    say('exec', curl_exec($ch));
    $libcurls = ['error setting certificate file', 'SSL: certificate subject name', 'SSL: no alternative certificate', 'SSL: public key does not match', 'could not load PEM client certificate',
        'unable to set private key file', 'not supported file type'];
    if (curl_errno($ch)) {
        $text = curl_error($ch);
        foreach ($libcurls as $begin) {
            if (str_starts_with($text, $begin)) {
                say('text', $begin);
            }
        }
        say('error', curl_errno($ch));
    }
    infos($ch, ...($infos ?: TLS));
}

it('a good certificate', function () {
    $s = serve_tls(['*' => ok('secret')]);
    secure($s);
    secure($s, [], '127.0.0.1');
    secure($s, [], 'example.test', CURLINFO_HTTP_CODE, CURLINFO_SSL_VERIFYRESULT, CURLINFO_SCHEME, CURLINFO_PROTOCOL, CURLINFO_HTTP_VERSION, CURLINFO_PRIMARY_PORT);
    $s->show();
});

it('times of TLS', function () {
    $s = serve_tls(['*' => ok('secret')]);
    $ch = easy($s->url('/', 'https', 'localhost'), [CURLOPT_CAINFO => certificate('ca.crt')]);
    perform($ch);
    $i = curl_getinfo($ch);
    say('times', $i['appconnect_time_us'] > $i['connect_time_us'], $i['pretransfer_time_us'] >= $i['appconnect_time_us'], $i['scheme'], $i['protocol'], $i['http_version'], $i['ssl_verifyresult'], $i['ssl_verify_result']);
    perform($ch, CURLINFO_NUM_CONNECTS, CURLINFO_APPCONNECT_TIME);
});

it('names in the certificate', function () {
    $s = serve_tls(['*' => ok('secret')]);
    foreach (['LOCALHOST', 'a.wild.test', 'a.b.wild.test', 'wild.test', 'other.test', 'xexample.test', 'localhost.'] as $host) {
        say($host);
        secure($s, [], $host);
    }
});

it('no name in the certificate but the common one', function () {
    secure(serve_tls(['*' => ok('secret')], ['certificate' => 'nameless']));
});

it('another name', function () {
    $s = serve_tls(['*' => ok('secret')], ['certificate' => 'other']);
    secure($s);
    secure($s, [CURLOPT_SSL_VERIFYHOST => 0]);
    secure($s, [CURLOPT_SSL_VERIFYHOST => 2]);
    secure($s, [CURLOPT_SSL_VERIFYPEER => false]);
    secure($s, [CURLOPT_SSL_VERIFYPEER => false, CURLOPT_SSL_VERIFYHOST => 0]);
});

it('VERIFYHOST 1', function () {
    $s = serve_tls(['*' => ok('secret')], ['certificate' => 'other']);
    $ch = easy();
    foreach ([0, 1, 2, 3, true, '2'] as $value) {
        set($ch, 'CURLOPT_SSL_VERIFYHOST', $value);
    }
    secure($s, [CURLOPT_SSL_VERIFYHOST => 1]);
});

foreach (['self', 'strange', 'expired', 'future'] as $certificate) {
    it("a certificate that is $certificate", function () use ($certificate) {
        $s = serve_tls(['*' => ok('secret')], ['certificate' => $certificate]);
        secure($s);
        secure($s, [CURLOPT_SSL_VERIFYPEER => false]);
        secure($s, [CURLOPT_SSL_VERIFYPEER => 0, CURLOPT_SSL_VERIFYHOST => 0]);
    });
}

it('CAINFO', function () {
    $s = serve_tls(['*' => ok('secret')]);
    foreach (['/no/such/file', folder(), file_with('empty.pem', ''), file_with('junk.pem', "junk\n"), certificate('stranger.crt'), certificate('server.key')] as $file) {
        say(basename($file));
        secure($s, [CURLOPT_CAINFO => $file]);
    }
    secure($s, [CURLOPT_CAINFO => file_with('both.pem', file_get_contents(certificate('stranger.crt')) . "some text\n" . file_get_contents(certificate('ca.crt')))]);
});

it('CAINFO that is broken, and nobody looks', function () {
    $s = serve_tls(['*' => ok('secret')]);
    secure($s, [CURLOPT_CAINFO => '/no/such/file', CURLOPT_SSL_VERIFYPEER => false]);
});

it('CAINFO and CAPATH null', function () {
    $s = serve_tls(['*' => ok('secret')]);
    secure($s, [CURLOPT_CAINFO => null]);
    secure($s, [CURLOPT_CAPATH => null]);
});

it('CAPATH', function () {
    $s = serve_tls(['*' => ok('secret')]);
    $path = folder() . '/capath';
    mkdir($path);
    copy(certificate('ca.crt'), "$path/" . openssl_x509_parse(file_get_contents(certificate('ca.crt')))['hash'] . '.0');
    secure($s, [CURLOPT_CAINFO => certificate('stranger.crt'), CURLOPT_CAPATH => $path]);
    secure($s, [CURLOPT_CAINFO => certificate('stranger.crt'), CURLOPT_CAPATH => '/no/such/folder']);
});

it('CAINFO_BLOB', function () {
    $s = serve_tls(['*' => ok('secret')]);
    secure($s, [CURLOPT_CAINFO => null, CURLOPT_CAINFO_BLOB => file_get_contents(certificate('ca.crt'))]);
    secure($s, [CURLOPT_CAINFO => null, CURLOPT_CAINFO_BLOB => 'junk']);
    secure($s, [CURLOPT_CAINFO => null, CURLOPT_CAINFO_BLOB => '']);
    secure($s, [CURLOPT_CAINFO => '/no/such/file', CURLOPT_CAINFO_BLOB => file_get_contents(certificate('ca.crt'))]);
});

it('CRLFILE', function () {
    $s = serve_tls(['*' => ok('secret')]);
    secure($s, [CURLOPT_CRLFILE => certificate('list.crl')]);
    $s = serve_tls(['*' => ok('secret')], ['certificate' => 'revoked']);
    secure($s);
    secure($s, [CURLOPT_CRLFILE => certificate('list.crl')]);
    secure($s, [CURLOPT_CRLFILE => '/no/such/file']);
});

it('ISSUERCERT', function () {
    $s = serve_tls(['*' => ok('secret')]);
    secure($s, [CURLOPT_ISSUERCERT => certificate('ca.crt')]);
    secure($s, [CURLOPT_ISSUERCERT => certificate('stranger.crt')]);
    secure($s, [CURLOPT_ISSUERCERT => '/no/such/file']);
    secure($s, [CURLOPT_ISSUERCERT_BLOB => file_get_contents(certificate('ca.crt'))]);
});

it('a client certificate', function () {
    $client = [CURLOPT_SSLCERT => certificate('client.crt'), CURLOPT_SSLKEY => certificate('client.key')];
    foreach ([$client, [CURLOPT_SSLCERT => certificate('both.pem')],
        [CURLOPT_SSLCERT => certificate('client.crt'), CURLOPT_SSLKEY => certificate('locked.key'), CURLOPT_KEYPASSWD => 'secret'],
        [CURLOPT_SSLCERT_BLOB => file_get_contents(certificate('client.crt')), CURLOPT_SSLKEY_BLOB => file_get_contents(certificate('client.key'))],
        $client + [CURLOPT_SSLCERTTYPE => 'PEM', CURLOPT_SSLKEYTYPE => 'PEM']] as $options) {
        // One server each: a connection that one of them has left would serve the next one.
        $s = serve_tls(['*' => ok('secret')], ['verify_peer' => true, 'verify_peer_name' => false, 'cafile' => 'ca.crt', 'capture_peer_cert' => true,
            'method' => STREAM_CRYPTO_METHOD_TLSv1_2_SERVER]);
        secure($s, $options);
        $s->show(whole: false);
    }
});

it('a client certificate that is missing', function () {
    $s = serve_tls(['*' => ok('secret')], ['verify_peer' => true, 'verify_peer_name' => false, 'cafile' => 'ca.crt', 'method' => STREAM_CRYPTO_METHOD_TLSv1_2_SERVER]);
    $ch = easy($s->url('/', 'https', 'localhost'), [CURLOPT_CAINFO => certificate('ca.crt')]);
    say('exec', curl_exec($ch), curl_errno($ch) !== 0);
});

it('a client certificate that nobody wants', function () {
    $s = serve_tls(['*' => ok('secret')]);
    secure($s, [CURLOPT_SSLCERT => certificate('client.crt'), CURLOPT_SSLKEY => certificate('client.key')]);
});

it('a client certificate that cannot be read', function () {
    $s = serve_tls(['*' => ok('secret')]);
    secure($s, [CURLOPT_SSLCERT => '/no/such/file']);
    secure($s, [CURLOPT_SSLCERT => file_with('junk.pem', 'junk')]);
    secure($s, [CURLOPT_SSLCERT => certificate('client.crt'), CURLOPT_SSLKEY => '/no/such/file']);
    secure($s, [CURLOPT_SSLCERT => certificate('client.crt'), CURLOPT_SSLKEY => certificate('server.key')]);
    secure($s, [CURLOPT_SSLCERT => certificate('client.crt')]);
    secure($s, [CURLOPT_SSLCERT => certificate('client.crt'), CURLOPT_SSLKEY => certificate('locked.key'), CURLOPT_KEYPASSWD => 'wrong']);
    secure($s, [CURLOPT_SSLCERT => certificate('client.crt'), CURLOPT_SSLKEY => certificate('client.key'), CURLOPT_SSLCERTTYPE => 'XYZ']);
});

it('PINNEDPUBLICKEY', function () {
    $s = serve_tls(['*' => ok('secret')]);
    $pin = 'sha256//' . file_get_contents(certificate('server.pin'));
    $other = 'sha256//' . base64_encode(str_repeat('x', 32));
    secure($s, [CURLOPT_PINNEDPUBLICKEY => $pin]);
    secure($s, [CURLOPT_PINNEDPUBLICKEY => "$other;$pin"]);
    secure($s, [CURLOPT_PINNEDPUBLICKEY => $other]);
    secure($s, [CURLOPT_PINNEDPUBLICKEY => certificate('server.pub')]);
    secure($s, [CURLOPT_PINNEDPUBLICKEY => '/no/such/file']);
    secure($s, [CURLOPT_PINNEDPUBLICKEY => 'sha256//nonsense']);
    secure($s, [CURLOPT_PINNEDPUBLICKEY => '']);
    secure($s, [CURLOPT_PINNEDPUBLICKEY => $other, CURLOPT_SSL_VERIFYPEER => false]);
    secure($s, [CURLOPT_PINNEDPUBLICKEY => $pin, CURLOPT_SSL_VERIFYPEER => false, CURLOPT_SSL_VERIFYHOST => 0]);
});

it('PINNEDPUBLICKEY with the certificate itself', function () {
    secure(serve_tls(['*' => ok('secret')]), [CURLOPT_PINNEDPUBLICKEY => certificate('server.crt')]);
});

it('CERTINFO', function () {
    $s = serve_tls(['*' => ok('secret')]);
    $ch = easy($s->url('/', 'https', 'localhost'), [CURLOPT_CAINFO => certificate('ca.crt'), CURLOPT_CERTINFO => true]);
    perform($ch);
    foreach (curl_getinfo($ch, CURLINFO_CERTINFO) as $i => $certificate) {
        foreach ($certificate as $name => $value) {
            say("$i $name", $value);
        }
    }
    say('the same in the array', curl_getinfo($ch)['certinfo'] === curl_getinfo($ch, CURLINFO_CERTINFO));
    say('can be read', openssl_x509_parse(curl_getinfo($ch, CURLINFO_CERTINFO)[0]['Cert'])['subject']);
});

it('CERTINFO of another kind of key', function () {
    $s = serve_tls(['*' => ok('secret')], ['certificate' => 'elliptic']);
    $ch = easy($s->url('/', 'https', 'localhost'), [CURLOPT_CAINFO => certificate('ca.crt'), CURLOPT_CERTINFO => true]);
    perform($ch);
    foreach (curl_getinfo($ch, CURLINFO_CERTINFO) as $i => $certificate) {
        foreach ($certificate as $name => $value) {
            say("$i $name", $value);
        }
    }
});

it('CERTINFO not asked for, and of http', function () {
    $s = serve_tls(['*' => ok('secret')]);
    secure($s, [], 'localhost', CURLINFO_CERTINFO);
    $s = serve(['*' => ok()]);
    fetch($s->url(), [CURLOPT_CERTINFO => true], CURLINFO_CERTINFO);
});

/** Two https servers, each with another certificate, and one without TLS; $paths of the first lead on to the others. */
function chain(array $options, string ...$paths): void
{
    $c = serve(['*' => ok('plain')]);
    $b = serve_tls(['/on' => ok('there'), '/out' => redirect(302, $c->url())], ['certificate' => 'elliptic']);
    $a = serve_tls(['/on' => redirect(302, "https://localhost:$b->port/on"), '/out' => redirect(302, "https://localhost:$b->port/out"), '/here' => ok('here')]);
    $ch = easy(null, $options + [CURLOPT_CAINFO => certificate('ca.crt'), CURLOPT_CERTINFO => true, CURLOPT_FOLLOWLOCATION => true]);
    foreach ($paths as $path) {
        curl_setopt($ch, CURLOPT_URL, "https://localhost:$a->port$path");
        perform($ch, CURLINFO_NUM_CONNECTS);
        say($path, array_map(fn ($one) => [$one['Subject'], $one['Public Key Algorithm'] ?? null], curl_getinfo($ch, CURLINFO_CERTINFO)));
    }
}

it('CERTINFO over redirects', fn () => chain([], '/on'));
it('CERTINFO over redirects, new connections each time', fn () => chain([CURLOPT_FORBID_REUSE => true], '/on', '/here', '/out', '/on'));
it('CERTINFO over redirects, kept connections', fn () => chain([], '/on', '/on', '/here', '/out', '/on'));

it('CERTINFO of a failed check', function () {
    $s = serve_tls(['*' => ok('secret')], ['certificate' => 'self']);
    $ch = easy($s->url('/', 'https', 'localhost'), [CURLOPT_CAINFO => certificate('ca.crt'), CURLOPT_CERTINFO => true]);
    say('exec', curl_exec($ch), curl_errno($ch), count(curl_getinfo($ch, CURLINFO_CERTINFO)));
});

it('SSLVERSION', function () {
    $ch = easy();
    $constants = get_defined_constants(true)['curl'];
    ksort($constants);
    foreach ($constants as $name => $value) {
        if (str_starts_with($name, 'CURL_SSLVERSION_')) {
            set($ch, 'CURLOPT_SSLVERSION', $value);
        }
    }
    foreach ([-1, 8, 99, 2 << 16] as $value) {
        set($ch, 'CURLOPT_SSLVERSION', $value);
    }
    $s = serve_tls(['*' => ok('1.2 only')], ['method' => STREAM_CRYPTO_METHOD_TLSv1_2_SERVER]);
    secure($s, [CURLOPT_SSLVERSION => CURL_SSLVERSION_TLSv1_2]);
    secure($s, [CURLOPT_SSLVERSION => CURL_SSLVERSION_TLSv1_2 | CURL_SSLVERSION_MAX_TLSv1_2]);
    secure($s, [CURLOPT_SSLVERSION => CURL_SSLVERSION_DEFAULT]);
    secure($s, [CURLOPT_SSLVERSION => CURL_SSLVERSION_TLSv1]);
});

it('SSL_CIPHER_LIST', function () {
    $s = serve_tls(['*' => ok('secret')], ['method' => STREAM_CRYPTO_METHOD_TLSv1_2_SERVER]);
    secure($s, [CURLOPT_SSL_CIPHER_LIST => 'ECDHE-RSA-AES128-GCM-SHA256']);
    secure($s, [CURLOPT_SSL_CIPHER_LIST => 'no-such-cipher']);
});

it('TLS by name: SNI', function () {
    $s = serve_tls(['*' => ok('secret')], ['SNI_enabled' => true, 'SNI_server_certs' => ['example.test' => ['local_cert' => certificate('server.crt'), 'local_pk' => certificate('server.key')],
        'other.test' => ['local_cert' => certificate('other.crt'), 'local_pk' => certificate('other.key')]]]);
    secure($s, [], 'example.test');
    secure($s, [], 'other.test');
});

it('CONNECT_TO keeps the name', function () {
    $s = serve_tls(['*' => ok('secret')], ['certificate' => 'other']);
    fetch('https://other.test/', [CURLOPT_CAINFO => certificate('ca.crt'), CURLOPT_CONNECT_TO => ["other.test:443:127.0.0.1:$s->port"]], CURLINFO_EFFECTIVE_URL);
    $s->show();
});

it('a large body by TLS', function () {
    $s = serve_tls(['*' => ok(str_repeat('0123456789', 200000))]);
    fetch($s->url('/', 'https', 'localhost'), [CURLOPT_CAINFO => certificate('ca.crt')], CURLINFO_SIZE_DOWNLOAD);
});

it('a large body sent by TLS', function () {
    $s = serve_tls(['*' => ok()]);
    fetch($s->url('/', 'https', 'localhost'), [CURLOPT_CAINFO => certificate('ca.crt'), CURLOPT_POSTFIELDS => str_repeat('x', 900000)], CURLINFO_SIZE_UPLOAD);
    $s->show();
});

it('the connection ends without a farewell', function () {
    $s = script([tls(), request(), send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"), reset_connection()]);
    $ch = easy($s->url('/', 'https', 'localhost'), [CURLOPT_CAINFO => certificate('ca.crt')]);
    say('exec', curl_exec($ch), in_array(curl_errno($ch), [CURLE_PARTIAL_FILE, CURLE_RECV_ERROR], true));
});

it('from http to https by a redirect', function () {
    $b = serve_tls(['*' => ok('secret', 'Set-Cookie: s=1; Secure')]);
    $a = serve(['*' => redirect(302, $b->url('/there', 'https', 'localhost'))]);
    $ch = easy($a->url('/here'), [CURLOPT_CAINFO => certificate('ca.crt'), CURLOPT_FOLLOWLOCATION => true, CURLOPT_COOKIEFILE => '', CURLOPT_USERPWD => 'a:b']);
    perform($ch, CURLINFO_EFFECTIVE_URL, CURLINFO_SCHEME, CURLINFO_COOKIELIST);
    $b->show();
});

it('reuse of TLS connections and other options', function () {
    $s = serve_tls(['*' => ok('secret')]);
    $ch = easy($s->url('/', 'https', 'localhost'), [CURLOPT_CAINFO => certificate('ca.crt')]);
    perform($ch, CURLINFO_NUM_CONNECTS);
    perform($ch, CURLINFO_NUM_CONNECTS);
    curl_setopt($ch, CURLOPT_SSL_VERIFYPEER, false);
    perform($ch, CURLINFO_NUM_CONNECTS);
    curl_setopt($ch, CURLOPT_SSL_VERIFYPEER, true);
    perform($ch, CURLINFO_NUM_CONNECTS);
    curl_setopt($ch, CURLOPT_CAINFO, certificate('stranger.crt'));
    say('exec', curl_exec($ch), curl_errno($ch), curl_getinfo($ch, CURLINFO_NUM_CONNECTS));
});

it('an unverified session is not trusted later', function () {
    $s = serve_tls(['*' => ok('secret')], ['certificate' => 'self']);
    $ch = easy($s->url('/', 'https', 'localhost'), [CURLOPT_SSL_VERIFYPEER => false, CURLOPT_SSL_VERIFYHOST => 0]);
    perform($ch);
    curl_setopt_array($ch, [CURLOPT_SSL_VERIFYPEER => true, CURLOPT_SSL_VERIFYHOST => 2, CURLOPT_CAINFO => certificate('ca.crt'), CURLOPT_FRESH_CONNECT => true]);
    say('exec', curl_exec($ch), curl_errno($ch));
});

it('SSL_OPTIONS', function () {
    $ch = easy();
    foreach ([0, CURLSSLOPT_ALLOW_BEAST, CURLSSLOPT_NO_REVOKE, CURLSSLOPT_NATIVE_CA, CURLSSLOPT_AUTO_CLIENT_CERT, -1, 255] as $bits) {
        set($ch, 'CURLOPT_SSL_OPTIONS', $bits);
    }
});

it('SSL_VERIFYSTATUS, which no server here answers', function () {
    $s = serve_tls(['*' => ok('secret')]);
    secure($s, [CURLOPT_SSL_VERIFYSTATUS => true]);
});
