// A world that stands still: a clock that tests move, sockets that tests speak through, chance that repeats.

import { connect, memoryStore } from '../../main/resources/META-INF/resources/embedim/im-client.js';

export const EPOCH = 'e1';

/** Lets everything that waits for no time and no socket happen. */
export async function settle() {
  for (let turn = 0; turn < 4; turn++) await new Promise(resolve => setImmediate(resolve));
}

class FakeSocket {
  readyState = 0;
  protocol = '';
  texts = [];
  closedWith = null;

  constructor(url, protocols) {
    this.url = new URL(url);
    this.protocols = protocols;
  }

  /** Every frame that was sent, arrays unpacked; `event` names those to keep. */
  frames(event) {
    const all = this.texts.flatMap(text => JSON.parse(text));
    return event ? all.filter(frame => frame.event === event) : all;
  }

  last(event) {
    return this.frames(event).at(-1);
  }

  send(text) {
    this.texts.push(text);
    this.onSent?.(JSON.parse(text));
  }

  close(code) {
    this.readyState = 3;
    this.closedWith = code ?? 1000;
    this.onClosed?.();
  }

  // What the other side does.

  accept(protocol = 'im.v2') {
    this.readyState = 1;
    this.protocol = protocol;
    this.onopen?.({});
  }

  text(text) {
    if (this.readyState === 1) this.onmessage?.({ data: text });
  }

  say(...datas) {
    const frames = datas.map(data => ({ code: 0, msg: '', data }));
    this.text(JSON.stringify(frames.length === 1 ? frames[0] : frames));
  }

  refuse(code, data) {
    this.text(JSON.stringify({ code, msg: 'no', data: { event: 'error', ...data } }));
  }

  cut(code = 1006, reason = '') {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
}

export class World {
  now = 1_764_288_000_000;
  sockets = [];
  reported = [];
  #timers = new Map();
  #count = 0;
  #seed;
  wakes = new Set();
  /** Whether pings are answered. */
  alive = true;

  constructor(seed = 1) {
    this.#seed = seed;
  }

  random() {
    // mulberry32
    this.#seed = (this.#seed + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#seed ^ (this.#seed >>> 15), 1 | this.#seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  platform() {
    const world = this;
    return {
      indexedDB: undefined,
      report: error => world.reported.push(error),
      now: () => world.now,
      random: () => world.random(),
      bytes: count => Uint8Array.from({ length: count }, () => Math.floor(world.random() * 256)),
      setTimeout(action, ms) {
        world.#timers.set(++world.#count, { at: world.now + Math.max(0, ms), action });
        return world.#count;
      },
      clearTimeout: timer => world.#timers.delete(timer),
      onWake(action) {
        world.wakes.add(action);
        return () => world.wakes.delete(action);
      },
      WebSocket: class extends FakeSocket {
        constructor(...all) {
          super(...all);
          world.sockets.push(this);
          this.onSent = sent => world.#answerPings(this, sent);
          world.onSocket?.(this);
        }
      },
    };
  }

  connect(options = {}) {
    return connect({ url: 'wss://chat.example.org/im', device: 'phone', store: memoryStore(), platform: this.platform(), ...options });
  }

  #answerPings(socket, sent) {
    for (const frame of [sent].flat()) {
      if (frame.event === 'ping' && this.alive) queueMicrotask(() => socket.say({ event: 'pong', id: frame.id }));
    }
  }

  get socket() {
    return this.sockets.at(-1);
  }

  /** Time goes by, timer by timer. */
  async pass(ms) {
    const end = this.now + ms;
    await settle();
    for (;;) {
      const [next] = [...this.#timers].filter(([, timer]) => timer.at <= end).sort(([, one], [, other]) => one.at - other.at);
      if (!next) break;
      this.#timers.delete(next[0]);
      this.now = Math.max(this.now, next[1].at);
      next[1].action();
      await settle();
    }
    this.now = end;
  }
}

export const hello = (more = {}) => ({
  event: 'hello', user_id: 'ann', client_id: 'c1', device: 'phone', time: 1_764_288_000_000, dedupe_window: 600, heartbeat: 25, features: [],
  limits: { frame_bytes: 65536, content: 4000, sync_conversations: 100, page: 100 }, ...more,
});

/** A client that is online and has heard that its directory is empty. */
export async function online(world, options, greeting) {
  const chat = world.connect(options);
  await settle();
  await greet(world, greeting);
  await answerSync(world);
  return chat;
}

export async function greet(world, greeting) {
  world.socket.accept();
  world.socket.say(hello(greeting));
  await settle();
}

/** Entry `seq` of a log whose ids go by their numbers. */
export function message(conv, seq, more = {}) {
  return {
    event: 'message', conv, seq, mid: `m${seq}`, prev: seq === 1 ? '' : `m${seq - 1}`, epoch: EPOCH, ts: 1_764_288_000_000 + seq, from_user_id: 'bob',
    from_username: 'Bob', verified: true, type: 'text', content: `text ${seq}`, rev: 0, ...more,
  };
}

export function messages(conv, from, to) {
  return Array.from({ length: to - from + 1 }, (none, index) => message(conv, from + index));
}

export const position = seq => ({ epoch: EPOCH, seq, mid: `m${seq}` });

/** Answers the last sync with one part for each conversation it names, and says that this was all. `parts`: conv to fields. */
export async function answerSync(world, parts = {}, directory) {
  const { socket } = world;
  const { id } = socket.last('sync');
  for (const [conv, part] of Object.entries(parts)) {
    const list = part.messages ?? [];
    const top = part.top ?? (list.length > 0 ? position(list.at(-1).seq) : { epoch: '', seq: 0, mid: '' });
    socket.say({ event: 'sync', id, conv, status: 'ok', top, floor: 1, floor_prev: '', messages: list, unread: 0, ...part });
  }
  socket.say({ event: 'synced', id, ...(directory ? { directory } : {}) });
  await settle();
}

export const texts = conversation => conversation.messages.map(shown => shown.content);
export const states = conversation => conversation.messages.map(shown => `${shown.content}:${shown.state}`);
