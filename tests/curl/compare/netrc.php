<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// netrc.php - NETRC and NETRC_FILE: logins from a file.

require __DIR__ . '/compare.inc';

/** Which login is sent with this file? */
function login(string $text, array $options = [], string $url = 'http://a.test/'): void
{
    $s = serve(['*' => ok()]);
    $ch = easy($url, $options + [CURLOPT_NETRC => CURL_NETRC_OPTIONAL, CURLOPT_NETRC_FILE => file_with('netrc', $text), CURLOPT_CONNECT_TO => ["::127.0.0.1:$s->port"]]);
    curl_exec($ch);
    foreach ($s->heads() as $head) {
        say(text($text), preg_match('/^Authorization: Basic (.*)\r$/m', $head, $m) ? base64_decode($m[1]) : null);
    }
    curl_errno($ch) && say('error', curl_errno($ch), curl_error($ch));
}

it('a file', function () {
    login("machine a.test login me password secret\n");
    login("machine a.test\nlogin me\npassword secret");
    login("machine b.test login no password no\nmachine a.test login me password secret\n");
    login("machine A.TEST login me password secret\n");
    login("machine a.test password secret login me\n");
    login("machine a.test login me\n");
    login("machine a.test\tlogin\tme\tpassword\tsecret account x\n");
    login("machine a.test login me password \"two words\\\"\"\n");
    login("# a comment\nmachine a.test login me password secret # more\n");
    login("default login anybody password d\n");
    login("machine b.test login no password no\ndefault login anybody password d\n");
    login("macdef x\nmachine a.test login wrong password wrong\n\nmachine a.test login me password secret\n");
    login('');
    login("nonsense\n");
});

it('which counts', function () {
    $file = "machine a.test login me password secret\nmachine a.test login other password theirs\n";
    login($file, [CURLOPT_NETRC => CURL_NETRC_IGNORED]);
    login($file, [CURLOPT_NETRC => CURL_NETRC_OPTIONAL]);
    login($file, [CURLOPT_NETRC => CURL_NETRC_REQUIRED]);
    login($file, [CURLOPT_NETRC => CURL_NETRC_OPTIONAL, CURLOPT_USERPWD => 'opt:pw']);
    login($file, [CURLOPT_NETRC => CURL_NETRC_REQUIRED, CURLOPT_USERPWD => 'opt:pw']);
    login($file, [CURLOPT_NETRC => CURL_NETRC_OPTIONAL], 'http://url:pw@a.test/');
    login($file, [CURLOPT_NETRC => CURL_NETRC_OPTIONAL], 'http://other@a.test/');
    login($file, [CURLOPT_NETRC => CURL_NETRC_OPTIONAL, CURLOPT_USERNAME => 'other']);
    login($file, [CURLOPT_NETRC => CURL_NETRC_OPTIONAL, CURLOPT_USERNAME => 'nobody']);
});

it('a user of the URL who is not in the file', function () {
    login("machine a.test login me password secret\nmachine a.test login other password theirs\n", [CURLOPT_NETRC => CURL_NETRC_REQUIRED], 'http://url:pw@a.test/');
});

it('a file with a mistake', function () {
    login("machine a.test login me password \"no end\n");
    login("machine a.test login me password \"no end\\");
    login("machine a.test login me password secret \"no end\n");
});

it('a file that is not there', function () {
    login('', [CURLOPT_NETRC_FILE => '/no/such/file']);
    login('', [CURLOPT_NETRC_FILE => '/no/such/file', CURLOPT_NETRC => CURL_NETRC_REQUIRED]);
});

it('in the home folder', function () {
    $home = getenv('HOME');
    file_put_contents("$home/.netrc", "machine a.test login home password pw\n");
    $s = serve(['*' => ok()]);
    fetch('http://a.test/', [CURLOPT_NETRC => CURL_NETRC_OPTIONAL, CURLOPT_CONNECT_TO => ["::127.0.0.1:$s->port"]]);
    unlink("$home/.netrc");
    $s->show();
});

it('a redirect to another host', function () {
    $b = serve(['*' => ok()]);
    $a = serve(['*' => redirect(302, 'http://b.test/')]);
    fetch('http://a.test/', [CURLOPT_NETRC => CURL_NETRC_OPTIONAL, CURLOPT_FOLLOWLOCATION => true,
        CURLOPT_NETRC_FILE => file_with('netrc', "machine a.test login me password secret\nmachine b.test login you password other\n"),
        CURLOPT_CONNECT_TO => ["a.test:80:127.0.0.1:$a->port", "b.test:80:127.0.0.1:$b->port"]]);
    $a->show();
    $b->show();
});

it('NETRC: what it takes', function () {
    $ch = easy();
    foreach ([-1, 0, 1, 2, 3, true, 'x'] as $value) {
        set($ch, 'CURLOPT_NETRC', $value);
    }
});
