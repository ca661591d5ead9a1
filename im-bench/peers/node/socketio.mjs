// Socket.IO over WebSocket alone, with the events join, leave, speak and tell; who is spoken to or told gets "message". Why it is set so: ../README.md.

import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { run } from './process.mjs';

const http = createServer();
const io = new Server(http, {
    transports: ['websocket'],
    perMessageDeflate: false,
    httpCompression: false,
    serveClient: false,
});

// The request of a connection is needed no more; its documentation advises to let it go.
io.engine.on('connection', (connection) => {
    connection.request = null;
});

// A user is a room of one, as its documentation advises; the prefix keeps it apart from groups.
const roomOf = (user) => `user:${user}`;

io.on('connection', (socket) => {
    socket.on('join', ({ group, user }) => socket.join([group, roomOf(user)]));
    socket.on('leave', ({ group }) => socket.leave(group));
    socket.on('speak', ({ group, text }) => io.to(group).emit('message', { text }));
    socket.on('tell', ({ to, text }) => io.to(roomOf(to)).emit('message', { text }));
});

run('socketio', http);
