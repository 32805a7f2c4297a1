--TEST--
Http\Client and httpbin: Basic, Bearer, Digest with MD5 and SHA-256 with and without qop, a nonce that is stale
--EXTENSIONS--
native
pcntl
posix
--SKIPIF--
<?php
require __DIR__ . '/servers.inc';
httpbin_skip();
?>
--FILE--
<?php
use Native\Http\{Client, CookieJar, Options};
require __DIR__ . '/servers.inc';

$bin = httpbin();
$options = new Options(baseUrl: $bin->url(), timeout: 30, proxy: '', username: 'user', password: 'pa:ss');
$http = new Client($options);
$bad = $options->with(password: 'other');

try_it('basic', fn () => $http->get('basic-auth/user/pa:ss'));
try_it('basic, wrong', fn () => $http->get('basic-auth/user/pa:ss', [], $bad));
try_it('basic, asked first', fn () => $http->get('basic-auth/user/pa:ss', [], $options->with(auth: 'any')));
try_it('basic, not offered', fn () => $http->get('basic-auth/user/pa:ss', [], $options->with(auth: 'digest')));
try_it('hidden', fn () => $http->get('hidden-basic-auth/user/pa:ss'));
try_it('hidden, asked first', fn () => $http->get('hidden-basic-auth/user/pa:ss', [], $options->with(auth: 'any')));
try_it('bearer', fn () => $http->get('bearer', [], new Options(baseUrl: $bin->url(), timeout: 30, proxy: '', bearer: 'tok')));
echo $http->get('bearer', [], new Options(baseUrl: $bin->url(), timeout: 30, proxy: '', bearer: 'tok'))->json()['token'], "\n";
foreach (['MD5', 'SHA-256'] as $algorithm) {
    foreach (['auth', 'none'] as $qop) {
        foreach (['digest', 'any', 'basic'] as $way) {
            $jar = new CookieJar();
            try_it("$algorithm, qop $qop, by $way", fn () => $http->get("digest-auth/$qop/user/pa:ss/$algorithm", [], $options->with(auth: $way, cookies: $jar)));
        }
        try_it("$algorithm, qop $qop, wrong", fn () => $http->get("digest-auth/$qop/user/pa:ss/$algorithm", [], $bad->with(auth: 'digest')));
    }
}
try_it('SHA-512 is none of ours', fn () => $http->get('digest-auth/auth/user/pa:ss/SHA-512', [], $options->with(auth: 'digest')));
try_it('auth-int, no body', fn () => $http->get('digest-auth/auth-int/user/pa:ss/MD5', [], $options->with(auth: 'digest')));
// Stale after one use: the next request is challenged again, and says the right thing then.
$jar = new CookieJar();
for ($i = 0; $i < 3; $i++) {
    try_it('stale after one', fn () => $http->get('digest-auth/auth/user/pa:ss/MD5/1', [], $options->with(auth: 'digest', cookies: $jar)));
}
$r = $http->post('anything', 'body', [], $options->with(auth: 'digest'));
echo 'not challenged: ', preg_match('/^Digest .* nc=0000000[2-9],/', $r->json()['headers']['Authorization'] ?? '') ? 'the nonce that is known' : 'nothing', ', ', $r->json()['data'], "\n";
?>
--EXPECT--
basic: 200
basic, wrong: 401
basic, asked first: 200
basic, not offered: 401
hidden: 200
hidden, asked first: 404
bearer: 200
tok
MD5, qop auth, by digest: 200
MD5, qop auth, by any: 200
MD5, qop auth, by basic: 401
MD5, qop auth, wrong: 401
MD5, qop none, by digest: 200
MD5, qop none, by any: 200
MD5, qop none, by basic: 401
MD5, qop none, wrong: 401
SHA-256, qop auth, by digest: 200
SHA-256, qop auth, by any: 200
SHA-256, qop auth, by basic: 401
SHA-256, qop auth, wrong: 401
SHA-256, qop none, by digest: 200
SHA-256, qop none, by any: 200
SHA-256, qop none, by basic: 401
SHA-256, qop none, wrong: 401
SHA-512 is none of ours: 401
auth-int, no body: 200
stale after one: 200
stale after one: 200
stale after one: 200
not challenged: the nonce that is known, body
