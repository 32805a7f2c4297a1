<?php
// SPDX-License-Identifier: MIT OR Apache-2.0
// controller.php - the PHP side: watches the level and switches the valve. Run alone it talks to any broker:
// php controller.php mqtt://localhost
declare(strict_types=1);

use Native\Mqtt\{Client, ClientOptions, Delivery, Message};

final class Controller
{
    public string $valve = 'closed';
    /** @var array<string, Delivery> what became of each order */
    public array $orders = [];
    public readonly Client $client;

    public function __construct(string $uri, private readonly Closure $say)
    {
        $this->client = new Client($uri, new ClientOptions(clientId: 'controller', keepAlive: 5));
        $this->client->onDisconnect(fn ($reason, $why) => ($this->say)('controller: ' . ($why?->getMessage() ?? 'left')));
    }

    public function connect(): void
    {
        $info = $this->client->connect();
        ($this->say)("controller: connected to $info->peer with MQTT {$info->version->name} as $info->clientId");
        $granted = $this->client->subscribe(['kitchen/+/water' => 1], $this->onWater(...));
        ($this->say)('controller: subscribed, granted ' . implode(', ', array_map(fn ($code) => $code->name, $granted)));
    }

    /** @param list<string> $wildcards what the + stood for */
    private function onWater(Message $message, array $wildcards): void
    {
        $level = (int) $message->payload;
        [$machine] = $wildcards;
        ($this->say)(sprintf('controller: water of %s is at %d %s', $machine, $level, $message->properties->userProperty('unit')));
        if ($level < 20 && $this->valve === 'closed') {
            $this->turn($machine, 'open');
        } elseif ($level >= 80 && $this->valve === 'open') {
            $this->turn($machine, 'closed');
        }
    }

    private function turn(string $machine, string $valve): void
    {
        $this->valve = $valve;
        $this->orders[$valve] = $this->client->publish("kitchen/$machine/valve", $valve, qos: 1, retain: true);
        ($this->say)("controller: valve of $machine -> $valve");
    }
}

if (realpath($_SERVER['SCRIPT_FILENAME']) === __FILE__) {
    $controller = new Controller($argv[1] ?? 'mqtt://localhost', function (string $line) { echo "$line\n"; });
    $controller->connect();
    $controller->client->loopForever();
}
