// One WebSocket that comes back: back-off with full jitter, close codes taken at their word, and an end for connections that are
// dead without a word. It knows frames, not what they are about.

import { asked, backoff, isFinal, retryAfter } from './backoff.js';

const PROTOCOL = 'im.v2';
const WELCOME_WITHIN = 15_000;
const ANSWER_WITHIN = 10_000;
const STABLE_AFTER = 10_000;
const FRAMES_AT_ONCE = 256;
const UTF8 = new TextEncoder();

export class Line {
  /** What a text message may have, in bytes; the server's hello says it. */
  frameBytes = 65_536;

  #platform;
  #on;
  #socket = null;
  #state = { name: 'idle' };
  #attempt = 0;
  #welcomedAt = 0;
  #heardAt = 0;
  #every = 25_000;
  #timers = {};
  #out = [];
  #turn = 0;
  #forgetWake = null;

  /** `on`: address() promises {url, first} or null for an end, frame(envelope), state({name, code, reason, retryAt}), renewable(code). */
  constructor(platform, on) {
    this.#platform = platform;
    this.#on = on;
  }

  get state() {
    return this.#state;
  }

  get online() {
    return this.#state.name === 'online';
  }

  start() {
    if (this.#socket || this.#state.name === 'connecting') return;
    this.#forgetWake ??= this.#platform.onWake(() => this.#wake());
    this.#clear('retry');
    this.#connect();
  }

  stop() {
    this.#forgetWake?.();
    this.#forgetWake = null;
    this.#drop(1000);
    this.#turn++;
    this.#become({ name: 'closed', code: 1000, reason: '' });
  }

  /** The server's hello is there. `seconds` is how often to look whether it still is. */
  welcomed(seconds) {
    this.#clear('welcome');
    this.#welcomedAt = this.#platform.now();
    if (seconds > 0) this.#every = seconds * 1000;
    this.#become({ name: 'online' });
    this.#beatLater();
  }

  /** What is sent in one go leaves as one array. False means that nothing was taken. */
  send(frame) {
    if (this.#socket?.readyState !== 1) return false;
    this.#out.push(frame);
    if (this.#out.length === 1) queueMicrotask(() => this.#flush());
    return true;
  }

  /** As if the network had cut it, for a connection that answers pings and nothing else. */
  restart() {
    this.#lost(1006, '');
  }

  #flush() {
    const frames = this.#out.map(frame => JSON.stringify(frame));
    this.#out = [];
    if (this.#socket?.readyState !== 1) return;
    let together = [];
    let bytes = 2;
    const leave = () => {
      if (together.length > 0) this.#socket.send(together.length === 1 ? together[0] : `[${together.join(',')}]`);
      together = [];
      bytes = 2;
    };
    for (const text of frames) {
      const size = UTF8.encode(text).length + 1;
      if (together.length === FRAMES_AT_ONCE || bytes + size > this.frameBytes) leave();
      together.push(text);
      bytes += size;
    }
    leave();
  }

  async #connect() {
    const turn = ++this.#turn;
    this.#become({ name: 'connecting', attempt: this.#attempt });
    let address;
    try {
      address = await this.#on.address();
    } catch {
      address = { url: '' };
    }
    if (turn !== this.#turn) return;
    if (!address) return this.#become({ name: 'closed', code: 0, reason: 'no ticket' });
    if (!address.url) return this.#lost(1006, '');
    let socket;
    try {
      socket = new this.#platform.WebSocket(address.url, [PROTOCOL]);
    } catch (error) {
      return this.#end(0, error.message);
    }
    this.#socket = socket;
    // A late event of a dropped socket must not touch its successor.
    const current = action => event => { if (socket === this.#socket) action(event); };
    socket.onopen = current(() => {
      if (socket.protocol !== PROTOCOL) return this.#end(0, `the server does not speak ${PROTOCOL}`);
      if (address.first) socket.send(JSON.stringify(address.first));
      return undefined;
    });
    socket.onmessage = current(event => this.#heard(event.data));
    socket.onclose = current(event => this.#lost(event.code, event.reason));
    this.#later('welcome', WELCOME_WITHIN, () => this.#lost(1006, ''));
    return undefined;
  }

  #heard(text) {
    this.#heardAt = this.#platform.now();
    let frames;
    try {
      frames = JSON.parse(text);
    } catch {
      return;
    }
    for (const frame of Array.isArray(frames) ? frames : [frames]) {
      if (frame !== null && typeof frame === 'object') this.#on.frame(frame);
    }
  }

  #beatLater() {
    this.#later('beat', this.#every, () => {
      this.#probe(ANSWER_WITHIN);
      this.#beatLater();
    });
  }

  /** A network can vanish without a close; silence after a ping is the only sign of it. */
  #probe(within) {
    if (this.#timers.answer !== undefined || !this.send({ event: 'ping', id: 'beat' })) return;
    const askedAt = this.#platform.now();
    this.#heardAt = Math.min(this.#heardAt, askedAt - 1);
    this.#later('answer', within, () => { if (this.#heardAt < askedAt) this.#lost(1006, ''); });
  }

  #wake() {
    if (this.#state.name === 'waiting') {
      this.#attempt = 0;
      this.start();
    } else if (this.online && this.#platform.now() - this.#heardAt > 2_000) {
      this.#probe(ANSWER_WITHIN / 2);
    }
  }

  #lost(code, reason) {
    const stable = this.#welcomedAt > 0 && this.#platform.now() - this.#welcomedAt >= STABLE_AFTER;
    this.#drop();
    if (isFinal(code) && !this.#on.renewable(code)) return this.#become({ name: 'closed', code, reason });
    // A connection that was cut at once must not reset the back-off, or a refused client would hammer the server.
    this.#attempt = stable ? 0 : this.#attempt;
    const { now, random } = this.#platform;
    const delay = Math.max(backoff(this.#attempt, random), asked(retryAfter(reason), random));
    this.#attempt++;
    this.#become({ name: 'waiting', code, reason, retryAt: now() + delay });
    this.#later('retry', delay, () => this.#connect());
    return undefined;
  }

  #end(code, reason) {
    this.#drop();
    this.#become({ name: 'closed', code, reason });
  }

  #drop(code) {
    for (const name of Object.keys(this.#timers)) this.#clear(name);
    this.#out = [];
    this.#welcomedAt = 0;
    const socket = this.#socket;
    this.#socket = null;
    try {
      socket?.close(code);
    } catch {
      // It was closed already.
    }
  }

  #become(state) {
    this.#state = state;
    this.#on.state(state);
  }

  #later(name, ms, action) {
    this.#clear(name);
    this.#timers[name] = this.#platform.setTimeout(() => {
      delete this.#timers[name];
      action();
    }, ms);
  }

  #clear(name) {
    this.#platform.clearTimeout(this.#timers[name]);
    delete this.#timers[name];
  }
}
