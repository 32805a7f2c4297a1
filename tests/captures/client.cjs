// SPDX-License-Identifier: MIT OR Apache-2.0
// client.cjs NODE_MODULES PORT LEVEL - what record.php has the npm client `mqtt` do: level 4 is MQTT 3.1.1, 5 is 5.0.
'use strict';

const [, , modules, port, level] = process.argv;
const mqtt = require(modules + '/mqtt');
const five = level === '5';
const url = 'mqtt://127.0.0.1:' + port;

function options(clientId, more) {
    return Object.assign({clientId, protocolVersion: Number(level), reconnectPeriod: 0, keepalive: 60}, more);
}

function until(emitter, event, test) {
    return new Promise((resolve) => {
        const listener = (...args) => {
            if (!test || test(...args)) {
                emitter.off(event, listener);
                resolve(args);
            }
        };
        emitter.on(event, listener);
    });
}

async function connected(clientId, more) {
    const client = mqtt.connect(url, options(clientId, more));
    client.on('error', () => {});
    await until(client, 'connect');
    return client;
}

async function main() {
    const will = {topic: 'npm/will', payload: Buffer.from([0, 1, 2, 255]), qos: 2, retain: true};
    if (five) {
        will.properties = {willDelayInterval: 1, payloadFormatIndicator: false, messageExpiryInterval: 10, contentType: 'bytes',
            responseTopic: 'npm/answer', correlationData: Buffer.from('will'), userProperties: {a: ['1', '2'], b: '3'}};
    }
    const a = await connected('npm-a', {clean: false, username: 'user', password: 'p\u00e4ssword', will, properties: five ? {
        sessionExpiryInterval: 120, receiveMaximum: 20, maximumPacketSize: 200000, topicAliasMaximum: 7,
        requestResponseInformation: true, requestProblemInformation: true, userProperties: {k: ['v', 'w']},
    } : undefined});

    const subscribeOptions = {qos: 2};
    if (five) {
        Object.assign(subscribeOptions, {nl: false, rap: true, rh: 1, properties: {subscriptionIdentifier: 268435455, userProperties: {s: 't'}}});
    }
    await a.subscribeAsync({'npm/+/level': subscribeOptions, 'npm/#': {...subscribeOptions, qos: 1}, 'npm/x/\u2615': {qos: 0}},
        five ? {properties: subscribeOptions.properties} : {});

    const b = await connected('npm-b', {keepalive: 1});
    for (const qos of [0, 1, 2]) {
        const got = until(a, 'message', (topic, payload) => payload.toString() === 'level ' + qos);
        await b.publishAsync('npm/kitchen/level', 'level ' + qos, {qos, retain: qos === 1, dup: qos === 1, properties: five ? {
            payloadFormatIndicator: true, messageExpiryInterval: 100, topicAlias: 3, responseTopic: 'npm/answer',
            correlationData: Buffer.from([1, 2, 3]), userProperties: {x: ['y', 'z'], e: ''}, contentType: 'text/plain',
        } : undefined});
        await got;
    }
    const big = until(a, 'message', (topic, payload) => payload.length === 150000);
    await b.publishAsync('npm/big', Buffer.alloc(150000, 0x62), {qos: 2});
    await big;
    await b.publishAsync('npm/kitchen/level', '', {qos: 1, retain: true});
    await until(b, 'packetreceive', (packet) => packet.cmd === 'pingresp');
    await a.unsubscribeAsync(['npm/#', 'never/was'], five ? {properties: {userProperties: {u: 'n'}}} : {});
    if (five) {
        await b.endAsync(false, {reasonCode: 4, properties: {sessionExpiryInterval: 0, reasonString: 'done', userProperties: {q: 'r'}}});
    } else {
        await b.endAsync();
    }

    // The session is there again.
    await a.endAsync();
    const again = await connected('npm-a', {clean: false, properties: five ? {sessionExpiryInterval: 120} : undefined});
    await again.endAsync();
    if (five) {
        // Enhanced authentication that the server does not know: refused.
        const c = mqtt.connect(url, options('npm-c', {properties: {authenticationMethod: 'SCRAM-SHA-1', authenticationData: Buffer.from('n,,n=user')}}));
        await until(c, 'error');
        await c.endAsync(true);
    }
}

main().then(() => process.exit(0), (error) => {
    console.error(error);
    process.exit(1);
});
