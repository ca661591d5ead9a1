import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryStore } from '../../main/resources/META-INF/resources/embedim/im-client.js';
import { World, answerSync, greet, message, online, position, settle, states, texts } from './world.mjs';

const ack = (frame, seq, more = {}) => ({ event: 'ack', id: frame.id, conv: 'g:7', seq, mid: `m${seq}`, epoch: 'e1', ts: 1_764_288_000_000 + seq, ...more });
const own = (frame, seq, more = {}) => message('g:7', seq, { from_user_id: 'ann', from_username: 'Ann', id: frame.id, content: frame.content, ...more });

/** In group 7, live, which has `seq` entries. */
async function inGroup(world, options, seq = 0) {
  const chat = await online(world, options);
  const room = chat.group('7');
  await settle();
  await answerSync(world, { 'g:7': seq === 0 ? {} : { messages: [message('g:7', seq)], floor: 1 } });
  return { chat, room };
}

/** No server for so long, and then one that is being connected to. */
async function away(world, ms) {
  await world.pass(ms);
  while (world.socket.readyState !== 0) await world.pass(100);
}

const speaks = world => world.socket.frames('speak');

test('an id has at least 96 random bits in letters that the server takes', async () => {
  const world = new World();
  const { room } = await inGroup(world);
  const ids = new Set();
  for (let count = 0; count < 50; count++) ids.add(room.send('x').id);

  assert.equal(ids.size, 50);
  ids.forEach(id => assert.match(id, /^[A-Za-z0-9_-]{16,64}$/));
});

test('an own message is shown at once, confirmed by its entry, and never twice: entry before ack', async () => {
  const world = new World();
  const { room } = await inGroup(world);
  const shown = room.send('hello');
  assert.deepEqual(states(room), ['hello:sending']);
  await settle();
  const [frame] = speaks(world);

  world.socket.say(own(frame, 1));
  await settle();
  assert.deepEqual(states(room), ['hello:sent']);
  world.socket.say(ack(frame, 1));
  await settle();

  assert.deepEqual(states(room), ['hello:sent']);
  assert.equal(room.messages[0].key, shown.key);
});

test('an own message is shown at once, confirmed by its ack, and never twice: ack before entry', async () => {
  const world = new World();
  const { room } = await inGroup(world);
  room.send('hello');
  await settle();
  const [frame] = speaks(world);

  world.socket.say(ack(frame, 1));
  await settle();
  assert.deepEqual(states(room), ['hello:sent']);
  assert.equal(room.timeline.position.seq, 0, 'an ack moves no position (P1)');
  world.socket.say(own(frame, 1));
  await settle();

  assert.deepEqual(states(room), ['hello:sent']);
  assert.equal(room.timeline.position.seq, 1);
});

test('an entry is as good as an ack: what it shows is not sent again', async () => {
  const world = new World();
  const { room } = await inGroup(world);
  room.send('hello');
  await settle();
  world.socket.say(own(speaks(world)[0], 1));
  await settle();
  world.socket.cut();
  await world.pass(1_000);
  await greet(world);

  assert.deepEqual(speaks(world), []);
});

test('S6: one outstanding speak for each conversation', async () => {
  const world = new World();
  const { chat, room } = await inGroup(world);
  room.send('one');
  room.send('two');
  chat.user('bob').send('elsewhere');
  await settle();
  assert.deepEqual(speaks(world).map(frame => frame.content), ['one', 'elsewhere']);

  world.socket.say(ack(speaks(world)[0], 1));
  await settle();

  assert.deepEqual(speaks(world).map(frame => frame.content), ['one', 'elsewhere', 'two']);
});

test('S1: without an answer in time the same frame goes out again, with the same id', async () => {
  const world = new World();
  const { room } = await inGroup(world);
  room.send('hello');
  await world.pass(15_000 + 2_000);

  const [first, second] = speaks(world);
  assert.deepEqual(second, first);
  world.socket.say({ ...ack(second, 1), dup: true });
  await world.pass(60_000);

  assert.equal(speaks(world).length, 2);
});

test('S1: what was outstanding at a cut goes out again, and what waited goes out behind it', async () => {
  const world = new World();
  const { room } = await inGroup(world);
  room.send('one');
  room.send('two');
  await settle();
  const [frame] = speaks(world);
  world.socket.cut();
  room.send('three');
  await world.pass(1_000);
  await greet(world);

  assert.deepEqual(speaks(world), [frame]);
  for (let seq = 1; seq <= 3; seq++) {
    world.socket.say(ack(speaks(world).at(-1), seq));
    await settle();
  }

  assert.deepEqual(speaks(world).map(sent => sent.content), ['one', 'two', 'three']);
});

test('a temporary refusal is waited for, as long as the server asks and at most half as much again', async () => {
  const world = new World();
  const { room } = await inGroup(world);
  room.send('hello');
  await settle();
  const [frame] = speaks(world);
  world.socket.refuse(429, { for: 'speak', id: frame.id, temporary: true, committed: false, retry_after: 4 });
  await world.pass(3_999);
  assert.equal(speaks(world).length, 1);
  assert.deepEqual(states(room), ['hello:queued']);

  await world.pass(2_001);

  assert.deepEqual(speaks(world)[1], frame);
});

test('a final refusal is shown with its reason, and does not hold up the next', async () => {
  const world = new World();
  const { chat, room } = await inGroup(world);
  const errors = [];
  chat.on('error', (error, where) => errors.push([error.code, where.key]));
  room.send('bad');
  room.send('good');
  await settle();
  world.socket.refuse(403, { for: 'speak', id: speaks(world)[0].id, temporary: false, committed: false });
  await settle();

  assert.deepEqual(states(room), ['bad:failed', 'good:sending']);
  assert.equal(room.messages[0].error.code, 403);
  assert.deepEqual(errors, [[403, 'g:7']]);
  room.messages[0].resend();
  world.socket.say(ack(speaks(world)[1], 1));
  await settle();
  assert.equal(speaks(world)[2].id, speaks(world)[0].id);
  world.socket.refuse(403, { for: 'speak', id: speaks(world)[2].id });
  await settle();
  room.messages.find(shown => shown.content === 'bad').discard();

  assert.deepEqual(states(room), ['good:sent']);
});

test('a fault of the server leaves it unknown, so it is asked again; after many it is for the user to say', async () => {
  const world = new World();
  const { room } = await inGroup(world);
  room.send('hello');
  await settle();
  for (let turn = 0; turn < 8; turn++) {
    const before = speaks(world).length;
    world.socket.refuse(500, { for: 'speak', id: speaks(world).at(-1).id, temporary: false });
    for (let wait = 0; wait < 600 && speaks(world).length === before; wait++) await world.pass(100);
  }

  assert.equal(new Set(speaks(world).map(frame => frame.id)).size, 1);
  assert.equal(speaks(world).length, 8);
  assert.deepEqual(states(room), ['hello:unknown']);
});

test('S5: what was sent before the window and never answered is not sent again by itself', async () => {
  const world = new World();
  const { room } = await inGroup(world);
  room.send('old');
  room.send('never sent');
  await settle();
  world.socket.cut();
  await away(world, 601_000);
  await greet(world);
  assert.deepEqual(speaks(world), [], 'the log is looked at first');
  await answerSync(world, { 'g:7': {} });

  assert.deepEqual(speaks(world).map(frame => frame.content), ['never sent']);
  assert.deepEqual(states(room), ['old:unknown', 'never sent:sending']);
});

test('S5: what the log shows after all is confirmed, however old', async () => {
  const world = new World();
  const { room } = await inGroup(world);
  room.send('old');
  await settle();
  const [frame] = speaks(world);
  world.socket.cut();
  await away(world, 601_000);
  await greet(world);
  await answerSync(world, { 'g:7': { messages: [own(frame, 1)] } });

  assert.deepEqual(states(room), ['old:sent']);
  assert.deepEqual(speaks(world), []);
});

test('S5: an own acknowledged message that a reset shows to be gone is offered for resend with its id', async () => {
  const world = new World();
  const { chat, room } = await inGroup(world);
  const lost = [];
  chat.on('lost', shown => lost.push(shown.content));
  for (const [index, text] of ['kept', 'gone'].entries()) {
    room.send(text);
    await settle();
    world.socket.say(ack(speaks(world).at(-1), index + 1), own(speaks(world).at(-1), index + 1));
    await settle();
  }
  const [kept, gone] = speaks(world);
  world.socket.cut();
  await world.pass(1_000);
  await greet(world);
  await answerSync(world, { 'g:7': { status: 'reset', messages: [] } });
  assert.deepEqual(world.socket.last('sync').conversations, [{ group_id: '7', last: 50 }]);
  await answerSync(world, { 'g:7': { messages: [{ ...own(kept, 1), epoch: 'e2', mid: 'n1' }] } });

  assert.deepEqual(lost, ['gone']);
  assert.deepEqual(states(room), ['kept:sent', 'gone:lost']);
  assert.deepEqual(speaks(world), [], 'it is the user who decides');
  room.messages[1].resend();
  await settle();

  assert.equal(speaks(world)[0].id, gone.id);
});

test('S5: a log that was set back within its epoch has lost what was said since', async () => {
  const world = new World();
  const { room } = await inGroup(world, {}, 4);
  room.send('gone');
  await settle();
  const [frame] = speaks(world);
  world.socket.say(ack(frame, 5), own(frame, 5));
  await settle();
  world.socket.cut();
  await world.pass(1_000);
  await greet(world);
  await answerSync(world, { 'g:7': { status: 'reset' } });
  await answerSync(world, { 'g:7': { messages: [message('g:7', 4)], floor: 4 } });

  assert.deepEqual(states(room), ['text 4:sent', 'gone:lost']);
});

test('S5: it looks behind the newest page before it says that a message is gone', async () => {
  const world = new World();
  const { chat, room } = await inGroup(world);
  const lost = [];
  chat.on('lost', shown => lost.push(shown.content));
  room.send('mine');
  await settle();
  const [frame] = speaks(world);
  world.socket.say(ack(frame, 1), own(frame, 1));
  await settle();
  world.socket.cut();
  await world.pass(1_000);
  await greet(world);
  await answerSync(world, { 'g:7': { status: 'reset' } });
  const second = seq => message('g:7', seq, { epoch: 'e2' });
  await answerSync(world, { 'g:7': { messages: [second(9), second(10)], floor: 1 } });
  const asked = world.socket.last('history');
  assert.deepEqual([asked.conv, asked.epoch, asked.before], ['g:7', 'e2', 9]);
  world.socket.say({ event: 'history', id: asked.id, conv: 'g:7', status: 'ok', floor: 1, messages: [...Array(7)].map((none, index) => second(index + 2)).map(entry => entry.seq === 5 ? { ...entry, ...own(frame, 5), epoch: 'e2' } : entry) });
  await settle();

  assert.deepEqual(lost, []);
  assert.equal(room.messages.filter(shown => shown.content === 'mine').length, 1);
});

test('the outbox outlives the page', async () => {
  const world = new World();
  const store = memoryStore();
  const { chat } = await inGroup(world, { store });
  chat.group('7').send('hello');
  await settle();
  const [frame] = speaks(world);
  await chat.close();

  const again = world.connect({ store, user: 'ann' });
  await settle();
  assert.deepEqual(states(again.group('7')), ['hello:sending']);
  await greet(world);

  assert.deepEqual(speaks(world), [frame]);
});

test('an edit and a recall name the revision they change, and are shown at once', async () => {
  const world = new World();
  const { room } = await inGroup(world);
  room.send('helo');
  await settle();
  const [frame] = speaks(world);
  world.socket.say(ack(frame, 1), own(frame, 1));
  await settle();

  room.messages[0].edit('hello');
  assert.deepEqual(states(room), ['hello:sending']);
  await settle();
  const edit = world.socket.last('edit');
  assert.deepEqual({ ...edit, id: '' }, { event: 'edit', group_id: '7', id: '', target: { seq: 1, mid: 'm1' }, base_rev: 0, type: 'text', content: 'hello' });
  world.socket.say(ack(edit, 2), { ...own(edit, 2), event: 'edit', target: { seq: 1, mid: 'm1' }, rev: 1 });
  await settle();
  assert.deepEqual(states(room), ['hello:sent']);
  assert.equal(room.messages[0].edited, true);

  room.messages[0].recall();
  assert.equal(room.messages[0].recalled, true);
  await settle();
  const recall = world.socket.last('recall');
  assert.equal(recall.base_rev, 1);
  world.socket.say(ack(recall, 3), { ...message('g:7', 3), event: 'recall', from_user_id: 'ann', id: recall.id, target: { seq: 1, mid: 'm1' }, rev: 2 });
  await settle();

  assert.deepEqual([room.messages.length, room.messages[0].recalled, room.messages[0].content], [1, true, '']);
});

test('an edit that is refused shows the message as it was', async () => {
  const world = new World();
  const { chat, room } = await inGroup(world, {}, 4);
  const errors = [];
  chat.on('error', error => errors.push(error.code));
  room.messages[0].edit('mine now');
  assert.deepEqual(texts(room), ['mine now']);
  await settle();
  world.socket.refuse(403, { for: 'edit', id: world.socket.last('edit').id, temporary: false, committed: false });
  await settle();

  assert.deepEqual(states(room), ['text 4:sent']);
  assert.deepEqual(errors, [403]);
});

test('what no server would take is told at once', async () => {
  const world = new World();
  const { room } = await inGroup(world);

  assert.throws(() => room.send(''), /must not be empty/);
  assert.throws(() => room.send('x'.repeat(4_001)), /4001 characters; the server takes 4000/);
  assert.throws(() => room.send({ type: 'image' }), /needs a body/);
  assert.throws(() => room.send({ type: 'video', body: {} }), /expected one of text, image/);
  assert.throws(() => room.send(null), TypeError);
  room.send('😀'.repeat(4_000));
});

test('a reply, mentions, a body and fields of one\'s own travel along', async () => {
  const world = new World();
  const { room } = await inGroup(world, {}, 4);
  room.send({ type: 'image', body: { url: '/files/x' }, text: 'look', mentions: ['bob'], replyTo: room.messages[0], colour: 'red' });
  await settle();

  assert.deepEqual({ ...speaks(world)[0], id: '' }, {
    event: 'speak', group_id: '7', id: '', colour: 'red', type: 'image', content: 'look', body: { url: '/files/x' }, mentions: ['bob'], reply_to: { seq: 4, mid: 'm4' },
  });
});

test('nothing is said in a group while it is being joined', async () => {
  const world = new World();
  const chat = await online(world);
  const room = chat.group('9');
  const joined = room.join();
  room.send('hello');
  await settle();
  assert.deepEqual(speaks(world), []);
  const join = world.socket.last('join');
  assert.deepEqual({ ...join, id: '' }, { event: 'join', group_id: '9', last: 50, id: '' });
  world.socket.say({ event: 'sync', id: join.id, conv: 'g:9', status: 'ok', top: position(0), floor: 1, floor_prev: '', messages: [], unread: 0 });
  await joined;
  await settle();

  assert.equal(speaks(world).length, 1);
  assert.equal(room.state, 'live');
});

test('a join that is refused says so', async () => {
  const world = new World();
  const chat = await online(world);
  const joined = chat.group('9').join();
  await settle();
  world.socket.refuse(403, { for: 'join', id: world.socket.last('join').id, temporary: false });

  await assert.rejects(joined, { code: 403 });
});
