import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryStore } from '../../main/resources/META-INF/resources/embedim/im-client.js';
import { World, answerSync, message, messages, online, position, settle, texts } from './world.mjs';

const counts = { event: 'members_changed', conv: 'g:7', epoch: 'e1', first: 3, seq: 40, mid: 'm40', prev: 'm2', ts: 1, added: 37, removed: 1 };

async function inGroup(world, options) {
  const chat = await online(world, options);
  const room = chat.group('7');
  await settle();
  await answerSync(world, { 'g:7': { messages: messages('g:7', 1, 2) } });
  return { chat, room };
}

test('V-CROWD: counts of who came and went move the position, and what follows is shown', async () => {
  const world = new World();
  const store = memoryStore();
  const { chat, room } = await inGroup(world, { store });
  const syncs = world.socket.frames('sync').length;
  world.socket.say(counts);
  world.socket.say(message('g:7', 41));
  await settle();
  await chat.close();

  assert.deepEqual(texts(room), ['text 1', 'text 2', 'text 41']);
  assert.deepEqual(room.timeline.position, position(41));
  assert.equal(world.socket.frames('sync').length, syncs);
  const kept = await store.open('chat.example.org/im ann phone');
  assert.match(JSON.stringify(kept), /"seq":41/);
});

for (const [what, wrong] of [['a place', { first: 4 }], ['another entry before', { prev: 'other' }], ['another log', { epoch: 'e2' }]]) {
  test(`V-CROWD: counts that skip ${what} are synced`, async () => {
    const world = new World();
    const { room } = await inGroup(world);
    world.socket.say({ ...counts, ...wrong });
    await settle();

    assert.equal(room.state, 'syncing');
    assert.deepEqual(world.socket.last('sync').conversations, [{ group_id: '7', position: position(2) }]);
  });
}
