// The ws library with the texts `join GROUP USER`, `leave GROUP`, `speak GROUP TEXT` and `tell USER TEXT`; who is spoken to or told gets the bare text. Why it is done so: ../README.md.

import { createServer } from 'node:http';
import { Sender, WebSocketServer } from 'ws';
import { run } from './process.mjs';

const POLICY_VIOLATION = 1008;
const groups = new Map();
const users = new Map();

const http = createServer();
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false, skipUTF8Validation: true });
http.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (client) => accept(client, new Line(socket)));
});

/** The connection below a client. Frames that were made for all go there as they are; those of one turn of the event loop go together. */
class Line {
    groups = new Set();
    user;
    #socket;
    #corked = false;

    constructor(socket) {
        socket.setNoDelay(true);
        this.#socket = socket;
    }

    write(frame) {
        if (!this.#corked) {
            this.#corked = true;
            this.#socket.cork();
            corked.push(this);
            if (corked.length === 1) {
                setImmediate(uncorkAll);
            }
        }
        this.#socket.write(frame);
    }

    uncork() {
        this.#corked = false;
        this.#socket.uncork();
    }
}

let corked = [];

function uncorkAll() {
    const lines = corked;
    corked = [];
    for (const line of lines) {
        line.uncork();
    }
}

function accept(client, line) {
    client.on('message', (data) => {
        const verbEnds = data.indexOf(32);
        const nameEnds = data.indexOf(32, verbEnds + 1);
        const verb = data.latin1Slice(0, verbEnds);
        const name = data.utf8Slice(verbEnds + 1, nameEnds < 0 ? data.length : nameEnds);
        if (verb === 'speak') {
            const frame = frameOf(data.subarray(nameEnds + 1));
            groups.get(name)?.forEach((member) => member.write(frame));
        } else if (verb === 'tell') {
            users.get(name)?.write(frameOf(data.subarray(nameEnds + 1)));
        } else if (verb === 'join') {
            join(line, name, data.utf8Slice(nameEnds + 1));
        } else if (verb === 'leave') {
            leave(line, name);
        } else {
            client.close(POLICY_VIOLATION, `expected join, leave, speak or tell; came '${verb.slice(0, 32)}'`);
        }
    });
    client.on('close', () => {
        line.groups.forEach((group) => leave(line, group));
        if (users.get(line.user) === line) {
            users.delete(line.user);
        }
    });
    client.on('error', () => client.terminate());
}

function frameOf(text) {
    return Buffer.concat(Sender.frame(text, { fin: true, opcode: 1, mask: false, readOnly: true, rsv1: false }));
}

function join(line, group, user) {
    line.user = user;
    users.set(user, line);
    line.groups.add(group);
    if (!groups.has(group)) {
        groups.set(group, new Set());
    }
    groups.get(group).add(line);
}

function leave(line, group) {
    line.groups.delete(group);
    const members = groups.get(group);
    if (members?.delete(line) && members.size === 0) {
        groups.delete(group);
    }
}

run('ws', http);
