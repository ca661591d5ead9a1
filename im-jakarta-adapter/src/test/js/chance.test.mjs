// Two devices of one user and one of another talk while the network is cut, logs are trimmed and lost, and pages are closed and opened.

import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryStore } from '../../main/resources/META-INF/resources/embedim/im-client.js';
import { FakeServer } from './fake-server.mjs';
import { World, settle } from './world.mjs';

const DEVICES = [['ann', 'phone'], ['ann', 'laptop'], ['bob', 'phone']];
const SEEDS = Number(process.env.IM_SEEDS ?? 60);

class Run {
  constructor(seed) {
    this.world = new World(seed);
    this.server = new FakeServer(this.world);
    this.world.onSocket = socket => { socket.user = socket.url.searchParams.get('user_id'); };
    this.stores = DEVICES.map(() => memoryStore());
    this.chats = DEVICES.map((none, index) => this.open(index));
    this.lost = new Set();
    this.said = 0;
    this.spoken = new Set();
  }

  open(index) {
    const [user, device] = DEVICES[index];
    const chat = this.world.connect({ user, device, store: this.stores[index] });
    chat.on('lost', shown => this.lost.add(shown.id));
    chat.group('7');
    return chat;
  }

  pick(list) {
    return list[Math.floor(this.world.random() * list.length)];
  }

  /** Sockets that are being opened are let in. */
  async turn() {
    for (const socket of this.world.sockets) {
      if (socket.readyState === 0 && !socket.let) {
        socket.let = true;
        this.server.accept(socket, socket.user);
      }
    }
    await settle();
    this.server.step(() => this.world.random());
    await settle();
  }

  async act({ losses }) {
    const { world, server } = this;
    const chat = this.pick(this.chats);
    const room = chat.group('7');
    const chance = world.random();
    const own = room.messages.filter(shown => shown.own && shown.state === 'sent' && !shown.recalled && shown.mid && shown.seq <= room.timeline.position.seq);
    if (chance < 0.5) this.spoken.add(room.send(`say ${++this.said}`).id);
    else if (chance < 0.6 && own.length > 0) this.pick(own).edit(`edit ${++this.said}`);
    else if (chance < 0.65 && own.length > 0) this.pick(own).recall();
    else if (chance < 0.72) server.cut();
    else if (chance < 0.76) await this.reopen();
    else if (chance < 0.8 && losses) server.trim('g:7', 1 + Math.floor(world.random() * 4));
    else if (chance < 0.82 && losses) server.restore('g:7', Math.max(server.log('g:7').floor - 1, (server.log('g:7').entries.at(-1)?.seq ?? 0) - 2));
    else await world.pass(world.random() * 3_000);
  }

  async reopen() {
    const index = Math.floor(this.world.random() * DEVICES.length);
    await this.chats[index].close();
    this.chats[index] = this.open(index);
    await settle();
  }

  async calm() {
    for (let turn = 0; turn < 200; turn++) {
      await this.turn();
      await this.world.pass(500);
      if (this.chats.every(chat => chat.outbox.waiting === 0 && chat.group('7').live) && turn > 20) return;
    }
    assert.fail(`no calm: ${JSON.stringify(this.chats.map(chat => [chat.state.name, chat.outbox.waiting, chat.group('7').state]))}`);
  }
}

function shownOf(chat) {
  return chat.group('7').messages.filter(shown => shown.state === 'sent').map(shown => `${shown.id} ${shown.recalled ? '-' : shown.content}`);
}

for (const losses of [false, true]) {
  test(`all devices show the same, once, in the log's order (${losses ? 'with losses' : 'without losses'}, ${SEEDS} seeds)`, async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const run = new Run(seed);
      await settle();
      for (let step = 0; step < 60; step++) {
        await run.turn();
        await run.act({ losses });
      }
      await run.calm();

      const { entries } = run.server.log('g:7');
      const log = entries.filter(entry => entry.event === 'message').map(entry => `${entry.id} ${entry.recalled ? '-' : entry.content}`);
      const seen = new Set(log.map(line => line.split(' ')[0]));
      assert.equal(seen.size, log.length, `seed ${seed}: the log holds a message twice`);
      for (const chat of run.chats) {
        const shown = shownOf(chat);
        assert.equal(new Set(shown.map(line => line.split(' ')[0])).size, shown.length, `seed ${seed}: shown twice`);
        const common = Math.min(shown.length, log.length);
        assert.deepEqual(shown.slice(shown.length - common), log.slice(log.length - common), `seed ${seed}`);
        assert.ok(shown.length >= Math.min(log.length, 40), `seed ${seed}: ${shown.length} of ${log.length}`);
        assert.deepEqual(run.world.reported, []);
      }
      if (!losses) assert.equal(seen.size, run.spoken.size, `seed ${seed}: all that was said is there`);
    }
  });
}
