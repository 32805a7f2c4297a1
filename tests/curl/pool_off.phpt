--TEST--
curl_*: connections of handles that are gone are closed, with native.curl_pool=0
--EXTENSIONS--
native
pcntl
posix
--INI--
native.curl=auto
native.curl_pool=0
--FILE--
<?php
require __DIR__ . '/../http/server.inc';

$server = new HttpServer(fn (Seen $s) => answer("connection $s->connection"));

function handle(array $options = []): CurlHandle
{
    $ch = curl_init($GLOBALS['server']->url());
    curl_setopt_array($ch, [CURLOPT_RETURNTRANSFER => true, CURLOPT_PROXY => '', CURLOPT_TIMEOUT => 60] + $options);
    return $ch;
}

function tell(string $what, CurlHandle $ch): void
{
    echo "$what: ", curl_exec($ch), ', opened ', curl_getinfo($ch, CURLINFO_NUM_CONNECTS), ', took time ', var_export(curl_getinfo($ch, CURLINFO_CONNECT_TIME) > 0, true), "\n";
}

$one = handle();
tell('the first', $one);
tell('again', $one);
$two = handle();
tell('another beside it', $two);
unset($one);
$three = handle();
tell('a third, without the first', $three);
tell('the second again', $two);
unset($two, $three);

$share = curl_share_init();
curl_share_setopt($share, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT);
tell('with a share', handle([CURLOPT_SHARE => $share]));
tell('with it again', handle([CURLOPT_SHARE => $share]));
tell('without', $alone = handle());

function together(CurlMultiHandle $multi): void
{
    $ch = handle();
    curl_multi_add_handle($multi, $ch);
    do {
        curl_multi_exec($multi, $running);
        curl_multi_select($multi);
    } while ($running);
    echo 'in a multi handle: ', curl_multi_getcontent($ch), ', opened ', curl_getinfo($ch, CURLINFO_NUM_CONNECTS), "\n";
    curl_multi_remove_handle($multi, $ch);
}
unset($share, $alone);
$multi = curl_multi_init();
together($multi);
together($multi);
tell('beside it', handle());
tell('a body to be sent', handle([CURLOPT_POSTFIELDS => 'a=b']));
$status = Native\status()['http'];
echo 'opened ', $status['opened'], ' in all, ', $status['kept'], " wait\n";
?>
--EXPECT--
the first: connection 1, opened 1, took time true
again: connection 1, opened 0, took time false
another beside it: connection 2, opened 1, took time true
a third, without the first: connection 3, opened 1, took time true
the second again: connection 2, opened 0, took time false
with a share: connection 4, opened 1, took time true
with it again: connection 4, opened 0, took time false
without: connection 5, opened 1, took time true
in a multi handle: connection 6, opened 1
in a multi handle: connection 6, opened 0
beside it: connection 7, opened 1, took time true
a body to be sent: connection 8, opened 1, took time true
opened 8 in all, 1 wait
