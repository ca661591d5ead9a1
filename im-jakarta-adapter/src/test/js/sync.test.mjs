import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryStore } from '../../main/resources/META-INF/resources/embedim/im-client.js';
import { World, answerSync, greet, message, messages, online, position, settle, texts } from './world.mjs';

async function back(world) {
  world.socket.cut();
  await world.pass(1_000);
  await greet(world);
}

async function inGroup(world, part, options) {
  const chat = await online(world, options);
  const room = chat.group('7');
  await settle();
  await answerSync(world, { 'g:7': part });
  return { chat, room };
}

test('a directory is asked for from the cursor on, page by page, and what it lists is loaded', async () => {
  const world = new World();
  const chat = world.connect();
  await settle();
  await greet(world);
  assert.deepEqual(world.socket.last('sync').directory, { epoch: '', version: 0 });
  await answerSync(world, {}, { status: 'more', epoch: 'd1', version: 2, added: [{ conv: 'g:7', version: 1 }, { conv: 'p:3:ann:bob', version: 2 }] });
  const second = world.socket.last('sync');
  assert.deepEqual(second.directory, { epoch: 'd1', version: 2 });
  assert.deepEqual(second.conversations, [{ group_id: '7', last: 50 }, { to_user_id: 'bob', last: 50 }]);
  await answerSync(world, { 'g:7': {}, 'p:3:ann:bob': {} }, { status: 'ok', epoch: 'd1', version: 3, added: [{ conv: 'g:9', version: 3, left: true }] });

  assert.deepEqual(chat.conversations.map(room => [room.key, room.state, room.left]), [['g:7', 'live', false], ['u:bob', 'live', false], ['g:9', 'detached', true]]);
  await back(world);
  assert.deepEqual(world.socket.last('sync').directory, { epoch: 'd1', version: 3 });
  assert.equal(world.socket.last('sync').conversations.length, 2);
});

test('more than a hundred conversations are asked for in several requests, one after the other', async () => {
  const world = new World();
  const chat = await online(world);
  for (let group = 1; group <= 250; group++) chat.group(String(group));
  const sizes = [];
  for (let request = 0; request < 3; request++) {
    await settle();
    const { conversations } = world.socket.last('sync');
    sizes.push(conversations.length);
    await answerSync(world, Object.fromEntries(conversations.map(each => [`g:${each.group_id}`, {}])));
  }

  assert.deepEqual(sizes, [100, 100, 50]);
  assert.equal(world.socket.frames('sync').length, 4);
  assert.ok(chat.conversations.every(room => room.live));
});

test('P4 more: the page is kept and the next one asked for from its end', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 1, 2) });
  await back(world);
  assert.deepEqual(world.socket.last('sync').conversations, [{ group_id: '7', position: position(2) }]);
  await answerSync(world, { 'g:7': { status: 'more', messages: messages('g:7', 3, 4), top: position(6) } });
  assert.deepEqual(world.socket.last('sync').conversations, [{ group_id: '7', position: position(4) }]);
  assert.equal(room.state, 'syncing');
  await answerSync(world, { 'g:7': { messages: messages('g:7', 5, 6) } });

  assert.equal(room.state, 'live');
  assert.deepEqual(room.timeline.entries.map(entry => entry.seq), [1, 2, 3, 4, 5, 6]);
});

test('P4 reset: all of the conversation is discarded and the newest loaded', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 1, 3), read: position(2) });
  let resets = 0;
  room.on('reset', () => resets++);
  await back(world);
  await answerSync(world, { 'g:7': { status: 'reset' } });
  assert.deepEqual([texts(room), room.timeline.position.seq, room.marks.read], [[], 0, null]);
  assert.deepEqual(world.socket.last('sync').conversations, [{ group_id: '7', last: 50 }]);
  await answerSync(world, { 'g:7': { messages: [message('g:7', 9, { epoch: 'e2', prev: 'x' })] } });

  assert.deepEqual([texts(room), resets, room.state], [['text 9'], 1, 'live']);
});

test('an answer that ends below what is here is not taken, and asked for again', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 1, 2) });
  await back(world);
  world.socket.say(message('g:7', 3));
  await settle();
  await answerSync(world, { 'g:7': { top: position(2) } });

  assert.equal(room.state, 'syncing');
  assert.deepEqual(world.socket.last('sync').conversations, [{ group_id: '7', position: position(3) }]);
});

test('P4 trimmed: older messages stay, the gap is shown, and it goes on behind it', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 1, 2) });
  await back(world);
  await answerSync(world, { 'g:7': { status: 'trimmed', more: true, floor: 6, floor_prev: 'm5', top: position(8), messages: messages('g:7', 6, 7) } });
  assert.deepEqual(world.socket.last('sync').conversations, [{ group_id: '7', position: position(7) }]);
  await answerSync(world, { 'g:7': { messages: messages('g:7', 8, 8) } });

  assert.deepEqual(room.items.map(item => item.kind === 'gap' ? 'gap' : item.content), ['text 1', 'text 2', 'gap', 'text 6', 'text 7', 'text 8']);
  world.socket.say(message('g:7', 9));
  await settle();
  assert.equal(texts(room).at(-1), 'text 9');
});

test('P4 trimmed to nothing: the position is floor - 1, so that the next entry fits', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 1, 2) });
  await back(world);
  await answerSync(world, { 'g:7': { status: 'trimmed', floor: 6, floor_prev: 'm5', top: position(5), messages: [] } });
  assert.deepEqual(room.timeline.position, position(5));
  assert.equal(room.items.at(-1).kind, 'gap');

  world.socket.say(message('g:7', 6));
  await settle();

  assert.deepEqual(room.items.map(item => item.kind), ['message', 'message', 'gap', 'message']);
});

test('P4 gone: local history stays, and nothing more is asked until something is heard', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 1, 2) });
  await back(world);
  await answerSync(world, { 'g:7': { status: 'gone' } });

  assert.deepEqual([room.state, texts(room).length], ['gone', 2]);
  assert.equal(world.socket.frames('sync').length, 1);
});

test('rule 6: the next entry is shown, a duplicate is not, and a hole or a fork moves nothing and is asked for', async () => {
  for (const odd of [message('g:7', 5), message('g:7', 5, { prev: 'm2' }), message('g:7', 3, { prev: 'other' }), message('g:7', 3, { epoch: 'e2' }), message('g:7', 2, { mid: 'other' })]) {
    const world = new World();
    const { room } = await inGroup(world, { messages: messages('g:7', 1, 2) });
    world.socket.say(message('g:7', 2), message('g:7', 1));
    await settle();
    assert.equal(world.socket.frames('sync').length, 2);
    world.socket.say(odd);
    await settle();

    assert.deepEqual([texts(room), room.timeline.position], [['text 1', 'text 2'], position(2)]);
    assert.deepEqual(world.socket.last('sync').conversations, [{ group_id: '7', position: position(2) }]);
    await answerSync(world, { 'g:7': { messages: messages('g:7', 3, 5) } });
    assert.equal(texts(room).length, 5);
  }
});

test('rule 6: entries that overtake an answer are in it a second time, and are shown once', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 1, 2) });
  world.socket.say(message('g:7', 4));
  await settle();
  world.socket.say(message('g:7', 3));
  await answerSync(world, { 'g:7': { messages: messages('g:7', 3, 4) } });

  assert.deepEqual(room.timeline.entries.map(entry => entry.seq), [1, 2, 3, 4]);
});

test('P2: the first entry of a log that had nothing is taken live', async () => {
  const world = new World();
  const { room } = await inGroup(world, {});
  world.socket.say(message('g:7', 1));
  await settle();

  assert.deepEqual(texts(room), ['text 1']);
});

test('a page that never fits ends in a reset, not in a loop', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 1, 2) });
  await back(world);
  for (let turn = 0; turn < 3; turn++) {
    await answerSync(world, { 'g:7': { messages: messages('g:7', 4, 5) } });
    await world.pass(2_000);
  }

  assert.deepEqual(world.socket.last('sync').conversations, [{ group_id: '7', last: 50 }]);
  await answerSync(world, { 'g:7': { messages: messages('g:7', 4, 5) } });
  assert.equal(texts(room).length, 2);
});

test('V3: a temporary refusal of a sync is waited for; then all is asked for again', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 1, 2) });
  await back(world);
  world.socket.refuse(503, { for: 'sync', id: world.socket.last('sync').id, temporary: true, retry_after: 3 });
  await world.pass(2_999);
  assert.equal(world.socket.frames('sync').length, 1);
  await world.pass(1_502);

  const again = world.socket.last('sync');
  assert.deepEqual([again.conversations.length, again.directory], [1, { epoch: '', version: 0 }]);
  await answerSync(world, { 'g:7': {} });
  assert.equal(room.state, 'live');
});

test('one bad conversation does not keep the others from being loaded', async () => {
  const world = new World();
  const chat = await online(world);
  const errors = [];
  chat.on('error', (error, room) => errors.push(room.key));
  for (const group of ['1', '2', '3']) chat.group(group);
  await settle();
  world.socket.refuse(400, { for: 'sync', id: world.socket.last('sync').id, temporary: false });
  await world.pass(2_000);
  for (let turn = 0; turn < 3; turn++) {
    const { id, conversations: [{ group_id: group }] } = world.socket.last('sync');
    if (group === '2') {
      world.socket.refuse(400, { for: 'sync', id, temporary: false });
      await world.pass(2_000);
    } else await answerSync(world, { [`g:${group}`]: {} });
    await settle();
  }

  assert.deepEqual(chat.conversations.map(room => [room.key, room.state]).sort(), [['g:1', 'live'], ['g:2', 'detached'], ['g:3', 'live']]);
  assert.deepEqual(errors, ['g:2']);
});

test('an error about one conversation does not stop the others, whose answers follow', async () => {
  const world = new World();
  const chat = await online(world);
  const errors = [];
  chat.on('error', (error, room) => errors.push(`${error.code} ${room.key}`));
  for (const group of ['1', '2', '3']) chat.group(group);
  await settle();
  const { id } = world.socket.last('sync');
  world.socket.refuse(403, { for: 'sync', id, temporary: false });
  await answerSync(world, { 'g:1': {}, 'g:3': {} });
  assert.deepEqual(['1', '2', '3'].map(group => chat.group(group).state), ['live', 'detached', 'live']);
  assert.deepEqual(errors, ['403 g:2']);

  chat.group('4');
  chat.group('5');
  await settle();
  world.socket.refuse(503, { for: 'sync', id: world.socket.last('sync').id, temporary: true, retry_after: 5 });
  await answerSync(world, { 'g:4': {} });
  await world.pass(4_999);
  assert.equal(chat.group('5').state, 'syncing');
  await world.pass(2_502);

  assert.deepEqual(world.socket.last('sync').conversations, [{ group_id: '5', last: 50 }]);
});

test('where claimed users have no history, no conversation is asked for one by one', async () => {
  const world = new World();
  const chat = await online(world);
  for (const group of ['1', '2', '3']) chat.group(group);
  await settle();
  world.socket.refuse(403, { for: 'sync', id: world.socket.last('sync').id, temporary: false });
  await world.pass(60_000);

  assert.equal(world.socket.frames('sync').length, 2);
});

test('a conversation that is left out of an answer is asked for again, later', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 1, 2) });
  await back(world);
  await answerSync(world);
  assert.equal(world.socket.frames('sync').length, 1);
  await world.pass(1_000);
  await answerSync(world, { 'g:7': {} });

  assert.equal(room.state, 'live');
});

test('a server that answers no sync is left for another connection', async () => {
  const world = new World();
  const { chat } = await inGroup(world, {});
  await back(world);
  await world.pass(30_000);

  assert.equal(chat.state.name, 'waiting');
});

test('changed: what is behind is asked for, what is not is left', async () => {
  const world = new World();
  const { chat, room } = await inGroup(world, { messages: messages('g:7', 1, 2) });
  world.socket.say({ event: 'changed', conv: 'g:7', top: position(2) });
  await settle();
  assert.equal(world.socket.frames('sync').length, 2);
  world.socket.say({ event: 'changed', conv: 'p:3:ann:bob', top: position(8) }, { event: 'changed', conv: 'g:7', top: position(4) });
  await settle();

  assert.deepEqual(world.socket.last('sync').conversations, [{ to_user_id: 'bob', last: 50 }, { group_id: '7', position: position(2) }]);
  await answerSync(world, { 'g:7': { messages: messages('g:7', 3, 4) }, 'p:3:ann:bob': { messages: [message('p:3:ann:bob', 8)], floor: 1 } });
  assert.deepEqual([texts(room).length, texts(chat.user('bob')), room.live], [4, ['text 8'], true]);
});

test('older messages are loaded in front, once for two who ask, until there are none', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 5, 6), unread: 2, read: position(4) });
  const first = room.loadOlder(2);
  const second = room.loadOlder(2);
  await settle();
  const asked = world.socket.frames('history');
  assert.deepEqual(asked, [{ event: 'history', conv: 'g:7', epoch: 'e1', before: 5, limit: 2, id: asked[0].id }]);
  world.socket.say({ event: 'history', id: asked[0].id, conv: 'g:7', status: 'more', floor: 1, messages: messages('g:7', 3, 4) });
  assert.deepEqual([await first, await second], [true, true]);
  assert.deepEqual(texts(room), ['text 3', 'text 4', 'text 5', 'text 6']);
  const third = room.loadOlder(2);
  await settle();
  world.socket.say({ event: 'history', id: world.socket.last('history').id, conv: 'g:7', status: 'ok', floor: 1, messages: messages('g:7', 1, 2) });
  await third;

  assert.equal(room.complete, true);
  assert.equal(await room.loadOlder(), false);
  assert.equal(room.timeline.position.seq, 6);
  assert.equal(room.unread, 2);
});

test('older messages that do not meet the first are not shown', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: messages('g:7', 5, 6) });
  const loading = room.loadOlder();
  await settle();
  world.socket.say({ event: 'history', id: world.socket.last('history').id, conv: 'g:7', status: 'more', floor: 1, messages: messages('g:7', 2, 3) });

  assert.equal(await loading, false);
  assert.equal(texts(room).length, 2);
});

test('E3: the highest revision wins, in whatever order', async () => {
  const edit = (seq, rev, more) => ({ ...message('g:7', seq), event: 'edit', target: { seq: 1, mid: 'm1' }, rev, content: `rev ${rev}`, ...more });
  const recall = (seq, rev) => ({ ...message('g:7', seq), event: 'recall', target: { seq: 1, mid: 'm1' }, rev });
  const orders = [
    [[edit(2, 1), edit(3, 2)], 'rev 2'],
    [[edit(2, 2), edit(3, 1)], 'rev 2'],
    [[edit(2, 1), recall(3, 2)], ''],
    [[recall(2, 2), edit(3, 1)], ''],
  ];
  for (const [changes, expected] of orders) {
    const world = new World();
    const { room } = await inGroup(world, { messages: [message('g:7', 1), ...changes] });
    assert.deepEqual(texts(room), [expected]);
  }
});

test('E3: an edit takes the place of all that its message had, of its ext too', async () => {
  for (const [more, expected] of [[{ ext: { color: 'red' } }, { color: 'red' }], [{}, undefined]]) {
    const world = new World();
    const edit = { ...message('g:7', 2), event: 'edit', target: { seq: 1, mid: 'm1' }, rev: 1, content: 'better', ...more };
    const { room } = await inGroup(world, { messages: [message('g:7', 1, { ext: { color: 'blue' } }), edit] });

    assert.deepEqual(room.messages[0].ext, expected);
  }
});

test('E3: a change that comes before its message is applied when that comes', async () => {
  const world = new World();
  const edit = { ...message('g:7', 6), event: 'edit', target: { seq: 4, mid: 'm4' }, rev: 1, content: 'better' };
  const { room } = await inGroup(world, { messages: [message('g:7', 5), edit] });
  const loading = room.loadOlder();
  await settle();
  world.socket.say({ event: 'history', id: world.socket.last('history').id, conv: 'g:7', status: 'ok', floor: 4, messages: [message('g:7', 4)] });
  await loading;

  assert.deepEqual(texts(room), ['better', 'text 5']);
});

test('the same message said twice, by its sender and id, is shown once', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: [message('g:7', 1, { id: 'x'.repeat(16) }), message('g:7', 2, { id: 'x'.repeat(16), content: 'again' })], unread: 1 });

  assert.deepEqual(texts(room), ['text 1']);
  assert.equal(room.timeline.position.seq, 2);
  assert.equal(room.unread, 1);
});

test('P1: what is stored is a prefix, also where the store fails midway', async () => {
  const world = new World();
  const inner = memoryStore();
  let left = 4;
  const store = { ...inner, write: batch => left-- > 0 ? inner.write(batch) : Promise.reject(new Error('disk full')) };
  const failures = [];
  const { chat, room } = await inGroup(world, { messages: messages('g:7', 1, 2) }, { store });
  chat.on('storage', error => failures.push(error.message));
  for (let seq = 3; seq <= 9; seq++) {
    world.socket.say(message('g:7', seq));
    await settle();
  }

  assert.equal(texts(room).length, 9);
  assert.deepEqual(failures, ['disk full']);
  const saved = (await inner.open('chat.example.org/im ann phone')).conversations[0];
  assert.ok(saved.position.seq < 9);
  assert.deepEqual(saved.entries.map(entry => entry.seq), Array.from({ length: saved.position.seq }, (none, index) => index + 1));
});

test('what is stored is there before the server is, and the sync goes on from it', async () => {
  const world = new World();
  const store = memoryStore();
  const { chat } = await inGroup(world, { messages: messages('g:7', 1, 3), unread: 3, read: position(0) }, { store });
  await chat.close();

  const again = world.connect({ store, user: 'ann' });
  await settle();
  assert.deepEqual(texts(again.group('7')), ['text 1', 'text 2', 'text 3']);
  assert.equal(again.unread, 3);
  await greet(world);

  assert.deepEqual(world.socket.last('sync').conversations, [{ group_id: '7', position: position(3) }]);
});

test('a page may hold conversations, speak and join before it is known who we are', async () => {
  for (const user of [undefined, 'ann']) {
    const world = new World();
    const store = memoryStore();
    const { chat: before } = await inGroup(world, { messages: messages('g:7', 1, 2) }, { store });
    await before.close();
    const chat = world.connect({ store, user });
    const room = chat.group('7');
    const joined = room.join();
    room.send('early');
    await settle();
    await greet(world);
    const join = world.socket.last('join');
    assert.deepEqual(join.position, position(2));
    world.socket.say({ event: 'sync', id: join.id, conv: 'g:7', status: 'ok', top: position(3), floor: 1, floor_prev: '', messages: messages('g:7', 3, 3), unread: 0 });
    await joined;
    await settle();

    assert.equal(room, chat.group('7'));
    assert.deepEqual(texts(room), ['text 1', 'text 2', 'text 3', 'early']);
    assert.equal(world.socket.frames('speak').length, 1);
    await chat.close();
    const saved = await store.open('chat.example.org/im ann phone');
    assert.deepEqual(saved.items.map(item => item.frame.content), ['early']);
  }
});

test('another user of the same client sees nothing of the first', async () => {
  const world = new World();
  const store = memoryStore();
  const { chat } = await inGroup(world, { messages: messages('g:7', 1, 2) }, { store });
  chat.group('7').send('of ann');
  world.socket.cut();
  await world.pass(1_000);
  await greet(world, { user_id: 'eve' });

  assert.deepEqual([chat.me, chat.conversations], ['eve', []]);
  assert.deepEqual(world.socket.frames('speak'), []);
});

test('what was recalled is not kept either', async () => {
  const world = new World();
  const store = memoryStore();
  const edit = { ...message('g:7', 2), event: 'edit', target: { seq: 1, mid: 'm1' }, rev: 1, content: 'secret too' };
  const { chat } = await inGroup(world, { messages: [message('g:7', 1, { content: 'secret' }), edit] }, { store });
  world.socket.say({ ...message('g:7', 3), event: 'recall', target: { seq: 1, mid: 'm1' }, rev: 2, content: undefined });
  await settle();
  await chat.close();

  assert.doesNotMatch(JSON.stringify(await store.open('chat.example.org/im ann phone')), /secret/);
});

const secretEdit = seq => ({ ...message('g:7', seq), event: 'edit', target: { seq: 4, mid: 'm4' }, rev: 1, content: 'secret' });
const recallOf4 = seq => ({ ...message('g:7', seq), event: 'recall', target: { seq: 4, mid: 'm4' }, rev: 2, content: undefined });

test('E2: a recall takes the words of edits also where the message is not here', async () => {
  const world = new World();
  const store = memoryStore();
  const { chat } = await inGroup(world, { messages: [message('g:7', 5), secretEdit(6)] }, { store });
  world.socket.say(recallOf4(7));
  await settle();
  await chat.close();

  assert.doesNotMatch(JSON.stringify(await store.open('chat.example.org/im ann phone')), /secret/);
});

test('E2: a recall takes the words of edits also where the message has come without words before', async () => {
  const world = new World();
  const store = memoryStore();
  const { chat, room } = await inGroup(world, { messages: [message('g:7', 5), secretEdit(6)] }, { store });
  const loading = room.loadOlder();
  await settle();
  world.socket.say({ event: 'history', id: world.socket.last('history').id, conv: 'g:7', status: 'ok', floor: 4, messages: [{ ...message('g:7', 4, { content: undefined }), rev: 2, recalled: true }] });
  await loading;
  world.socket.say(recallOf4(7));
  await settle();
  await chat.close();

  assert.deepEqual(texts(room), ['', 'text 5']);
  assert.doesNotMatch(JSON.stringify(await store.open('chat.example.org/im ann phone')), /secret/);
});

test('E2: an edit that a page brings behind the recall has no words', async () => {
  const world = new World();
  const { room } = await inGroup(world, { messages: [message('g:7', 6), recallOf4(7)] });
  const loading = room.loadOlder();
  await settle();
  world.socket.say({ event: 'history', id: world.socket.last('history').id, conv: 'g:7', status: 'more', floor: 1, messages: [secretEdit(5)] });
  await loading;

  assert.equal(room.timeline.at(5).recalled, true);
  assert.doesNotMatch(JSON.stringify(room.timeline.entries), /secret/);
});

test('a store that does not open keeps nobody from talking', async () => {
  const world = new World();
  const store = { open: () => new Promise(() => {}), write: async () => {}, close: async () => {}, forget: async () => {} };
  const chat = world.connect({ store });
  await settle();
  await greet(world);
  assert.equal(chat.state.name, 'connecting');

  await world.pass(5_000);

  assert.equal(chat.state.name, 'online');
});
