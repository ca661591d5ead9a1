import assert from 'node:assert/strict';
import test from 'node:test';
import { backoff } from '../../main/resources/META-INF/resources/embedim/im-client/backoff.js';
import { World, greet, hello, online, settle } from './world.mjs';

test('offers im.v2 and tells who it is in the query', async () => {
  const world = new World();
  world.connect({ user: 'ann', username: 'Ann', avatar: 'cat.png' });
  await settle();

  assert.deepEqual(world.socket.protocols, ['im.v2']);
  assert.equal(world.socket.url.search, '?device=phone&username=Ann&avatar=cat.png&user_id=ann');
});

test('a ticket is in the query, and no claim of a user beside it', async () => {
  const world = new World();
  world.connect({ user: 'ann', ticket: () => 'abc' });
  await settle();

  assert.equal(world.socket.url.search, '?device=phone&ticket=abc');
});

test('a ticket in the first frame is in no address', async () => {
  const world = new World();
  world.connect({ ticket: 'abc', ticketIn: 'frame' });
  await settle();
  world.socket.accept();

  assert.deepEqual(world.socket.frames(), [{ event: 'auth', ticket: 'abc' }]);
  assert.equal(world.socket.url.searchParams.get('ticket'), null);
});

test('is online when the server has said hello, and not before', async () => {
  const world = new World();
  const chat = world.connect();
  await settle();
  world.socket.accept();
  await settle();
  assert.equal(chat.state.name, 'connecting');

  world.socket.say(hello());
  await settle();

  assert.equal(chat.state.name, 'online');
  assert.equal(chat.me, 'ann');
});

test('ends where the server does not speak im.v2', async () => {
  const world = new World();
  const chat = world.connect();
  await settle();
  world.socket.accept('');

  assert.equal(chat.state.name, 'closed');
  assert.match(chat.state.reason, /does not speak im.v2/);
});

test('comes back after each end that is not final, later each time, with jitter from zero', async () => {
  const world = new World();
  const chat = world.connect();
  await settle();
  const delays = [];
  for (let attempt = 0; attempt < 12; attempt++) {
    world.socket.cut(attempt % 2 ? 1006 : 4001);
    assert.equal(chat.state.name, 'waiting');
    delays.push(chat.state.retryAt - world.now);
    await world.pass(delays[attempt]);
    assert.equal(world.sockets.length, attempt + 2);
  }

  delays.forEach((delay, attempt) => assert.ok(delay <= Math.min(30_000, 500 * 2 ** attempt), `delay ${attempt} is ${delay}`));
  assert.ok(Math.max(...delays) > 10_000);
});

test('the back-off has full jitter', () => {
  assert.deepEqual([backoff(3, () => 0), backoff(3, () => 0.5), backoff(99, () => 1)], [0, 2_000, 30_000]);
});

test('a connection that is cut at once does not begin the back-off anew, one that held does', async () => {
  const world = new World();
  world.random = () => 0.999;
  const chat = world.connect();
  await settle();
  for (let turn = 0; turn < 5; turn++) {
    await greet(world);
    world.socket.cut();
    await world.pass(30_000);
  }
  await greet(world);
  world.socket.cut();
  assert.ok(chat.state.retryAt - world.now > 10_000);

  await world.pass(30_000);
  await greet(world);
  await world.pass(10_000);
  world.socket.cut();

  assert.ok(chat.state.retryAt - world.now < 1_000);
});

test('stays away as long as the server asks', async () => {
  const world = new World();
  const chat = await online(world);
  world.socket.cut(4001, 'server going away; retry_after=7');

  const delay = chat.state.retryAt - world.now;
  assert.ok(delay >= 7_000 && delay <= 10_500, `delay is ${delay}`);
});

test('4100 to 4199 end it, and say why', async () => {
  for (const code of [4100, 4101, 4102, 4103, 4104, 4105, 4199]) {
    const world = new World();
    const chat = await online(world);
    world.socket.cut(code, 'kicked');
    await world.pass(600_000);

    assert.deepEqual([chat.state.name, chat.state.code, chat.state.reason], ['closed', code, 'kicked']);
    assert.equal(world.sockets.length, 1);
  }
});

test('an expired ticket is replaced by a new one once, where there is a source of them', async () => {
  const world = new World();
  let count = 0;
  const chat = await online(world, { ticket: () => `t${++count}` });
  world.socket.cut(4101);
  await world.pass(1_000);
  assert.equal(world.socket.url.searchParams.get('ticket'), 't2');

  world.socket.accept();
  world.socket.cut(4101);
  await world.pass(60_000);

  assert.equal(chat.state.name, 'closed');
  assert.equal(world.sockets.length, 2);
});

test('a source without a ticket ends it, one that fails is asked again', async () => {
  const world = new World();
  const answers = [() => { throw new Error('503'); }, () => Promise.reject(new Error('503')), () => null];
  let asked = 0;
  const chat = world.connect({ ticket: () => answers[asked++]() });
  await world.pass(60_000);

  assert.equal(asked, 3);
  assert.deepEqual([chat.state.name, chat.state.reason], ['closed', 'no ticket']);
});

test('a ticket is renewed before it expires', async () => {
  const world = new World();
  let count = 0;
  await online(world, { ticket: () => ({ ticket: `t${++count}`, expiresIn: 100 }) });
  await world.pass(74_000);
  assert.equal(world.socket.frames('auth').length, 0);

  await world.pass(12_000);
  assert.deepEqual(world.socket.frames('auth'), [{ event: 'auth', ticket: 't2' }]);
  world.socket.say({ event: 'auth', user_id: 'ann', expires_in: 1000 });
  await world.pass(700_000);

  assert.equal(world.socket.frames('auth').length, 1);
});

test('a JSON Web Token says itself when it expires', async () => {
  const world = new World();
  const payload = btoa(JSON.stringify({ sub: 'ann', exp: world.now / 1000 + 100 }));
  await online(world, { ticket: () => `x.${payload}.y` });

  await world.pass(86_000);

  assert.equal(world.socket.frames('auth').length, 1);
});

test('silence after a ping ends a connection that is half open', async () => {
  const world = new World();
  const chat = await online(world);
  await world.pass(25_000);
  assert.equal(world.socket.last('ping').event, 'ping');
  assert.equal(chat.state.name, 'online');
  world.alive = false;
  await world.pass(25_000);

  await world.pass(10_000);

  assert.equal(chat.state.name, 'waiting');
  assert.notEqual(world.sockets[0].closedWith, null);
});

test('anything heard after the ping is a sign of life', async () => {
  const world = new World();
  const chat = await online(world);
  world.alive = false;
  await world.pass(25_000);
  world.socket.say({ event: 'typing', conv: 'g:7', user_id: 'bob' });
  await world.pass(20_000);

  assert.equal(chat.state.name, 'online');
});

test('a page that wakes looks whether the connection is still there, and does not wait for a retry', async () => {
  const world = new World();
  const chat = await online(world);
  await world.pass(5_000);
  world.alive = false;
  world.wakes.forEach(wake => wake());
  await settle();
  assert.equal(world.socket.frames('ping').length, 1);
  await world.pass(5_000);
  assert.equal(chat.state.name, 'waiting');

  world.wakes.forEach(wake => wake());
  await settle();

  assert.equal(chat.state.name, 'connecting');
});

test('a server that accepts and never says hello is left', async () => {
  const world = new World();
  const chat = world.connect();
  await settle();
  world.socket.accept();

  await world.pass(15_000);

  assert.equal(chat.state.name, 'waiting');
});

test('close() ends it for good', async () => {
  const world = new World();
  const chat = await online(world);
  await chat.close();
  await world.pass(600_000);

  assert.equal(world.socket.closedWith, 1000);
  assert.equal(chat.state.name, 'closed');
  assert.equal(world.sockets.length, 1);
  assert.equal(world.wakes.size, 0);
});

test('frames of one moment leave as one array, and no array is larger than the server takes', async () => {
  const world = new World();
  const chat = await online(world, {}, { limits: { frame_bytes: 400, content: 4000, sync_conversations: 100 } });
  const sent = world.socket.texts.length;
  for (let user = 0; user < 6; user++) chat.user(`u${user}`).send(`文字 ${user}`);
  await settle();

  const texts = world.socket.texts.slice(sent).filter(text => text.includes('"speak"'));
  assert.ok(texts.length > 1 && texts.length < 6, `${texts.length} messages`);
  texts.forEach(text => assert.ok(Buffer.byteLength(text) <= 400));
  assert.equal(world.socket.frames('speak').length, 6);
});

test('arrays from the server say the same as their frames, and rubbish is ignored', async () => {
  const world = new World();
  const chat = world.connect();
  await settle();
  world.socket.accept();
  world.socket.text('{');
  world.socket.text('[1,null,"x",{"code":0},{"code":0,"data":{"event":"news"}},{"code":0,"data":{"event":"message","conv":"z:9"}}]');
  world.socket.text(JSON.stringify([{ code: 0, data: hello() }, { code: 0, data: { event: 'typing', conv: 'g:7', user_id: 'bob' } }]));
  await settle();

  assert.equal(chat.state.name, 'online');
  assert.deepEqual(chat.group('7').typing, ['bob']);
});
