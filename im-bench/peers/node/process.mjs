// How a peer on Node.js starts, says that it is ready, and ends: as PeerProcess does for those in Java.

const HIGHEST_PORT = 65_535;

/** Listens on the loopback address; prints `ready peer=… port=… pid=…`; ends when standard input does. */
export function run(name, server) {
    server.listen({ host: '127.0.0.1', port: portOf(name), backlog: 4096 }, () => {
        console.log(`ready peer=${name} port=${server.address().port} pid=${process.pid}`);
    });
    server.on('error', (error) => {
        console.error(`${name}: does not start: ${error.message}`);
        process.exit(1);
    });
    process.stdin.on('end', () => process.exit(0));
    process.stdin.resume();
}

function portOf(name) {
    const args = process.argv.slice(2);
    if (args.length === 0) {
        return 0;
    }
    if (args.length === 1 && /^\d{1,5}$/.test(args[0]) && Number(args[0]) <= HIGHEST_PORT) {
        return Number(args[0]);
    }
    console.error(`${name}: expected one port from 0 to ${HIGHEST_PORT} (0: any free one); came '${args.join(' ')}'`);
    process.exit(2);
}
