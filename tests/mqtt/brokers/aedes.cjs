// SPDX-License-Identifier: MIT OR Apache-2.0
// aedes.cjs NODE_MODULES - run the npm broker aedes (0.51 or 1.x) on a free loopback port. Prints "port N" and
// ends when its standard input does, so that it never outlives who started it.
'use strict';

const {join} = require('path');
const {pathToFileURL} = require('url');

async function main() {
    const folder = join(process.argv[2], 'aedes');
    const main = require(join(folder, 'package.json')).main || 'aedes.js';
    const module = await import(pathToFileURL(join(folder, main)));
    const Aedes = module.Aedes || module.default.Aedes;
    const options = {heartbeatInterval: 60000, concurrency: 200};
    const aedes = Aedes.createBroker ? await Aedes.createBroker(options) : new Aedes(options);
    const server = require('net').createServer(aedes.handle);
    server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
    process.stdin.on('end', () => process.exit(0));
    process.stdin.resume();
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
