--TEST--
Symfony's ApcuAdapter and Composer's class loader use it
--EXTENSIONS--
native
--SKIPIF--
<?php
if (!is_file('/usr/share/php/Symfony/Component/Cache/autoload.php')) die('skip php-symfony-cache is not installed (dev/apcu-tests does it)');
if (!is_file('/usr/share/php/Composer/Autoload/ClassLoader.php')) die('skip composer is not installed');
?>
--INI--
apc.enable_cli=1
error_reporting=E_ALL&~E_DEPRECATED
--FILE--
<?php
// The library's idea of whether there is an APCu at all.
require '/usr/share/php/Symfony/Component/Cache/autoload.php';
use Symfony\Component\Cache\Adapter\ApcuAdapter;
use Symfony\Contracts\Cache\ItemInterface;

var_dump(ApcuAdapter::isSupported());
$cache = new ApcuAdapter('app', 0, '1.0');
$made = 0;
$make = function (ItemInterface $item) use (&$made) {
    $item->expiresAfter(100);
    $made++;
    return ['when' => new DateTimeImmutable('2024-02-29'), 'rows' => range(1, 50)];
};
$value = fn () => $cache->get('report', $make);
var_dump($value() == $value(), $made);
$item = $cache->getItem('single');
var_dump($item->isHit(), $cache->save($item->set((object) ['a' => 1])), $cache->getItem('single')->get());
foreach (['x', 'y', 'z'] as $key) {
    $cache->saveDeferred($cache->getItem($key)->set($key));
}
var_dump($cache->commit(), count(array_filter(iterator_to_array($cache->getItems(['x', 'y', 'z', 'none'])), fn ($i) => $i->isHit())));
var_dump($cache->deleteItems(['x', 'y']), $cache->hasItem('x'), $cache->hasItem('z'));
$other = new ApcuAdapter('other');
$other->save($other->getItem('stays')->set(1));
var_dump($cache->clear(), $cache->hasItem('z'), $other->hasItem('stays'));
$fresh = new ApcuAdapter('app', 0, '2.0'); // another version empties the namespace
var_dump($fresh->hasItem('report'), $other->clear(), count(iterator_to_array(new APCUIterator('/^other/'))));

require '/usr/share/php/Composer/Autoload/ClassLoader.php';
mkdir($folder = sys_get_temp_dir() . '/native-apcu-' . getmypid());
file_put_contents("$folder/Thing.php", '<?php namespace App; class Thing {}');
register_shutdown_function(fn () => exec('rm -rf ' . escapeshellarg($folder)));
$loader = new Composer\Autoload\ClassLoader();
$loader->setPsr4('App\\', $folder);
$loader->setApcuPrefix('composer.');
$loader->register();
var_dump($loader->getApcuPrefix(), class_exists(App\Thing::class), class_exists(App\Missing::class));
var_dump(apcu_fetch('composer.App\Thing') === "$folder/Thing.php", apcu_fetch('composer.App\Missing', $there), $there);
$second = new Composer\Autoload\ClassLoader();
$second->setApcuPrefix('composer.'); // knows no folder: the cache tells it
var_dump($second->findFile('App\Thing') === "$folder/Thing.php");
?>
--EXPECTF--
bool(true)
bool(true)
int(1)
bool(false)
bool(true)
object(stdClass)#%d (1) {
  ["a"]=>
  int(1)
}
bool(true)
int(3)
bool(true)
bool(false)
bool(true)
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
int(0)
string(9) "composer."
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
bool(true)
