import assert from 'node:assert/strict';
import test from 'node:test';
import { World, answerSync, greet, message, messages, online, position, settle } from './world.mjs';

async function inGroup(world, part, options) {
  const chat = await online(world, options);
  const room = chat.group('7');
  await settle();
  await answerSync(world, { 'g:7': part });
  return { chat, room };
}

test('W2: unread counts what others said behind the read mark, and not what was recalled', async () => {
  const world = new World();
  const { chat, room } = await inGroup(world, { messages: messages('g:7', 1, 4), unread: 2, read: position(2), recv: position(2) });
  assert.equal(room.unread, 2);
  world.socket.say(message('g:7', 5), message('g:7', 6, { from_user_id: 'ann' }), { ...message('g:7', 7), event: 'recall', target: { seq: 4, mid: 'm4' }, rev: 1 });
  await settle();

  assert.equal(room.unread, 2);
  assert.equal(chat.unread, 2);
});

test('W2: what is unread below the first entry counts as well, until it is read', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 60, 62), floor: 1, unread: 40, read: position(22) });
  assert.equal(room.unread, 40);
  world.socket.say(message('g:7', 63));
  await settle();
  assert.equal(room.unread, 41);
  room.markRead();

  assert.equal(room.unread, 0);
});

test('while pages are missing the server\'s count is shown', async () => {
  const world = new World();
  const { room } = await inGroup(world, { status: 'more', messages: messages('g:7', 1, 2), top: position(500), unread: 500 });
  assert.equal(room.unread, 500);
});

test('read is sent once for many calls, at the newest', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 1, 4), unread: 4 });
  room.markRead(room.messages[1]);
  room.markRead();
  room.markRead(room.messages[0]);
  await world.pass(500);

  assert.deepEqual(world.socket.frames('read'), [{ event: 'read', conv: 'g:7', position: position(4) }]);
  assert.equal(room.unread, 0);
  await world.pass(10_000);
  assert.equal(world.socket.frames('recv').length, 1);
});

test('recv is sent for what is stored, seldom', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 1, 1) });
  for (let seq = 2; seq <= 5; seq++) world.socket.say(message('g:7', seq));
  await world.pass(2_000);

  assert.deepEqual(world.socket.frames('recv'), [{ event: 'recv', conv: 'g:7', position: position(5) }]);
  assert.equal(room.marks.read, null);
});

test('a pair goes by the name that the server gives it', async () => {
  const world = new World();
  const chat = await online(world);
  const pair = chat.user('bob');
  await settle();
  await answerSync(world, { 'p:3:ann:bob': { messages: messages('p:3:ann:bob', 1, 1) } });
  pair.markRead();
  await world.pass(500);

  assert.equal(world.socket.last('read').conv, 'p:3:ann:bob');
});

test('a read mark that was set offline is sent after the next sync', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 1, 4), unread: 4 });
  world.socket.cut();
  room.markRead();
  await world.pass(1_000);
  await greet(world);
  assert.deepEqual(world.socket.frames('read'), []);
  await answerSync(world, { 'g:7': { unread: 4, read: position(2), recv: position(4) } });
  await world.pass(500);

  assert.deepEqual(world.socket.last('read'), { event: 'read', conv: 'g:7', position: position(4) });
  assert.equal(room.unread, 0);
});

test('another device of the user has read: the count goes down here too', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 1, 4), unread: 4 });
  world.socket.say({ event: 'read', conv: 'g:7', user_id: 'ann', position: position(3), unread: 1 });
  await settle();

  assert.equal(room.unread, 1);
  world.socket.say({ event: 'read', conv: 'g:7', user_id: 'ann', position: position(1), unread: 3 });
  await settle();
  assert.equal(room.unread, 1, 'a mark only grows (W1)');
});

test('a message knows who has read and received it', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 1, 4) });
  let changes = 0;
  room.on('change', () => changes++);
  world.socket.say({ event: 'read', conv: 'g:7', user_id: 'bob', position: position(3) }, { event: 'recv', conv: 'g:7', user_id: 'cid', position: position(4) });
  await settle();

  assert.deepEqual(room.messages.map(shown => shown.readBy), [['bob'], ['bob'], ['bob'], []]);
  assert.deepEqual(room.messages[3].receivedBy, ['cid']);
  assert.equal(changes, 1, 'one event for what came together');
});

test('where the server refuses marks, none are sent', async () => {
  const world = new World();
  const { chat, room } = await inGroup(world, { messages: messages('g:7', 1, 4) });
  const errors = [];
  chat.on('error', error => errors.push(error));
  room.markRead(room.messages[0]);
  await world.pass(500);
  world.socket.refuse(403, { for: 'read', temporary: false });
  room.markRead();
  await world.pass(10_000);

  assert.equal(world.socket.frames('read').length, 1);
  assert.deepEqual(errors, []);
});

test('typing is sent at most each three seconds, and shown for six', async () => {
  const world = new World();
  const { room } = await inGroup(world, {});
  for (let key = 0; key < 40; key++) {
    room.sendTyping();
    await world.pass(100);
  }
  assert.equal(world.socket.frames('typing').length, 2);

  world.socket.say({ event: 'typing', conv: 'g:7', user_id: 'bob' });
  await world.pass(5_999);
  assert.deepEqual(room.typing, ['bob']);
  await world.pass(1);
  assert.deepEqual(room.typing, []);
});

test('who has spoken is no longer typing', async () => {
  const world = new World();
  const { room } = await inGroup(world, {});
  world.socket.say({ event: 'typing', conv: 'g:7', user_id: 'bob' }, message('g:7', 1));
  await settle();

  assert.deepEqual(room.typing, []);
});

test('members come page by page, presence as a map', async () => {
  const world = new World();
  const { chat, room } = await inGroup(world, {});
  const members = room.members();
  const presence = chat.presence(['bob']);
  await settle();
  world.socket.say({ event: 'presence', id: world.socket.last('presence').id, users: [{ user_id: 'bob', online: true }] });
  world.socket.say({ event: 'members', id: world.socket.last('members').id, conv: 'g:7', count: 2, members: [{ user_id: 'ann', role: 'owner', online: true }], cursor: 'x' });
  await settle();
  assert.equal(world.socket.last('members').cursor, 'x');
  world.socket.say({ event: 'members', id: world.socket.last('members').id, conv: 'g:7', count: 2, members: [{ user_id: 'bob', role: 'member', online: false }], cursor: '' });

  assert.deepEqual((await members).members.map(member => member.user_id), ['ann', 'bob']);
  assert.equal((await presence).get('bob'), true);
});

test('a question whose connection ends is answered with an error that says so', async () => {
  const world = new World();
  const { chat } = await inGroup(world, {});
  const presence = chat.presence(['bob']);
  world.socket.cut();

  await assert.rejects(presence, { code: 0, temporary: true });
  await assert.rejects(chat.presence(['bob']), { code: 0 });
});

test('message is told for what is new, and not for what was there when the conversation was opened, or is own', async () => {
  const world = new World();
  const { chat, room } = await inGroup(world, { messages: messages('g:7', 1, 2) });
  const heard = [];
  chat.on('message', (shown, where) => heard.push(`${where.key} ${shown.content}`));
  world.socket.say(message('g:7', 3), message('g:7', 4, { from_user_id: 'ann' }));
  await settle();
  world.socket.cut();
  await world.pass(1_000);
  await greet(world);
  await answerSync(world, { 'g:7': { messages: messages('g:7', 5, 5) } });

  assert.deepEqual(heard, ['g:7 text 3', 'g:7 text 5']);
  assert.equal(room.messages.length, 5);
});

test('members that come and go stand among the messages', async () => {
  const world = new World();
  const { room } = await inGroup(world, {});
  const member = (event, seq, user) => ({ ...message('g:7', seq), event, user_id: user, version: seq });
  world.socket.say(member('member_added', 1, 'cid'), message('g:7', 2), member('member_removed', 3, 'ann'));
  await settle();

  assert.deepEqual(room.items.map(item => item.kind), ['member_added', 'message', 'member_removed']);
  assert.equal(room.left, true);
});

test('a listener that throws holds up no other', async () => {
  const world = new World();
  const { room } = await inGroup(world, {});
  let heard = 0;
  room.on('change', () => { throw new Error('the page is broken'); });
  const off = room.on('change', () => heard++);
  world.socket.say(message('g:7', 1));
  await settle();

  assert.deepEqual(world.reported.map(error => error.message), ['the page is broken']);
  assert.equal(heard, 1);
  off();
});
