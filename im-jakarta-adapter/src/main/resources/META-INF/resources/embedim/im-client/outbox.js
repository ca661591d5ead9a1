// What the user said and the server may not have yet. One outstanding frame per conversation keeps the order (S6); a frame without an
// answer is sent again with its id (S1), for as long as the server remembers ids.

import { asked, backoff } from './backoff.js';
import { ImError } from './errors.js';

const ANSWER_WITHIN = 15_000;
const LONGEST = 60_000;
const SAFETY = 10_000;
const UNKNOWN_AFTER = 8;

export class Outbox {
  /** Seconds for which the server knows an id; hello says it. */
  window = 600;

  #platform;
  #line;
  #on;
  #items = new Map();
  #outstanding = new Map();
  #timers = new Map();
  #held = new Set();

  /** `on`: changed(item, gone), refused(item, error), acked(item), isCurrent(key): all that is in the log is here. */
  constructor(platform, line, on) {
    this.#platform = platform;
    this.#line = line;
    this.#on = on;
  }

  restore(items) {
    const said = [...this.#items.values()];
    this.#items.clear();
    for (const item of [...items].sort((one, other) => one.order - other.order)) this.#items.set(item.id, item);
    const last = Math.max(0, ...items.map(item => item.order));
    // What was said before the store was open comes behind what is in it, and is stored now.
    for (const item of said) {
      item.order += last;
      this.#items.set(item.id, item);
      this.#on.changed(item);
    }
  }

  forget() {
    this.offline();
    this.#items.clear();
  }

  get(id) {
    return this.#items.get(id);
  }

  of(key) {
    return [...this.#items.values()].filter(item => item.key === key);
  }

  get waiting() {
    return [...this.#items.values()].filter(item => item.state === 'queued' || item.state === 'sending').length;
  }

  add(key, frame) {
    const order = Math.max(0, ...[...this.#items.values()].map(item => item.order)) + 1;
    const item = { id: frame.id, key, order, frame, state: 'queued', madeAt: this.#platform.now(), sentAt: 0, tries: 0, ack: null, error: null };
    this.#items.set(item.id, item);
    this.#on.changed(item);
    this.pump(key);
    return item;
  }

  online() {
    this.#forgetOld();
    for (const key of new Set([...this.#items.values()].map(item => item.key))) this.pump(key);
  }

  offline() {
    for (const timer of this.#timers.values()) this.#platform.clearTimeout(timer);
    this.#timers.clear();
    this.#outstanding.clear();
  }

  /** Nothing of this conversation is sent until it is let go: while it is being joined, say. */
  hold(key) {
    this.#held.add(key);
  }

  letGo(key) {
    this.#held.delete(key);
    this.pump(key);
  }

  pump(key) {
    // A timer waits for the answer to the outstanding one, or until it may be sent again.
    if (!this.#line.online || this.#held.has(key) || this.#timers.has(key)) return;
    for (const item of this.of(key)) {
      if (item.state === 'sending' && this.#isOld(item)) {
        // The log may show it; only then is it sure that nobody knows.
        if (!this.#on.isCurrent(key)) return;
        this.#become(item, 'unknown');
      }
      if (item.state !== 'queued' && item.state !== 'sending') continue;
      this.#send(item);
      return;
    }
  }

  acked(data) {
    const item = this.#items.get(data.id);
    if (!item) return false;
    this.#settle(item);
    item.ack = { seq: data.seq, mid: data.mid, epoch: data.epoch, ts: data.ts, at: this.#platform.now() };
    item.error = null;
    this.#become(item, 'sent');
    this.#on.acked(item);
    this.#forgetOld();
    this.pump(item.key);
    return true;
  }

  refused(id, error) {
    const item = this.#items.get(id);
    if (!item) return false;
    this.#settle(item);
    const unknown = error.code >= 500 && error.committed !== false;
    item.tries++;
    if (error.temporary || error.code >= 500) {
      if (unknown && !error.temporary && item.tries >= UNKNOWN_AFTER) this.#fail(item, 'unknown', error);
      else this.#again(item, error);
      return true;
    }
    // The connection ends, and with another proof it may be said.
    if (error.code === 401) return true;
    this.#fail(item, 'failed', error);
    return true;
  }

  /** Its entry is in the log. Without an ack, that is one. */
  seen(item, entry) {
    if (item.state === 'sent') return;
    this.#settle(item);
    item.ack = { seq: entry.seq, mid: entry.mid, epoch: entry.epoch, ts: entry.ts, at: this.#platform.now() };
    this.#become(item, 'sent');
    this.pump(item.key);
  }

  /** By the user: the same frame, with the same id. */
  resend(item) {
    if (item.state === 'queued' || item.state === 'sending' || item.state === 'sent') return;
    item.sentAt = 0;
    item.tries = 0;
    item.error = null;
    this.#become(item, 'queued');
    this.pump(item.key);
  }

  /** A reset has shown that it is gone (S5). */
  lost(item) {
    item.ack = null;
    this.#become(item, 'lost');
  }

  remove(item) {
    if (!this.#items.delete(item.id)) return;
    this.#settle(item);
    this.#on.changed(item, true);
    this.pump(item.key);
  }

  /** What was acknowledged is kept for as long as it could be sent again (S5). */
  #forgetOld() {
    const now = this.#platform.now();
    for (const item of [...this.#items.values()]) {
      if (item.state === 'sent' && now - item.ack.at > this.window * 1000) this.remove(item);
    }
  }

  #isOld(item) {
    return item.sentAt > 0 && this.#platform.now() - item.sentAt > this.window * 1000 - SAFETY;
  }

  #send(item) {
    if (!this.#line.send(item.frame)) return;
    item.sentAt ||= this.#platform.now();
    this.#outstanding.set(item.key, item.id);
    if (item.state !== 'sending') this.#become(item, 'sending');
    this.#later(item.key, ANSWER_WITHIN, () => this.refused(item.id, new ImError(0, 'no answer in time', { temporary: true })));
  }

  #again(item, error) {
    const { random } = this.#platform;
    const wait = error.retryAfter > 0 ? asked(error.retryAfter, random) : backoff(item.tries, random, LONGEST);
    if (error.committed === false) {
      // Nothing is stored, so the window for the unknown has not begun.
      item.sentAt = 0;
      this.#become(item, 'queued');
    }
    this.#later(item.key, wait, () => this.pump(item.key));
  }

  #fail(item, state, error) {
    item.error = { code: error.code, message: error.message };
    this.#become(item, state);
    this.#on.refused(item, error);
    this.pump(item.key);
  }

  #become(item, state) {
    item.state = state;
    this.#on.changed(item);
  }

  #settle(item) {
    if (this.#outstanding.get(item.key) !== item.id) return;
    this.#outstanding.delete(item.key);
    this.#platform.clearTimeout(this.#timers.get(item.key));
    this.#timers.delete(item.key);
  }

  #later(key, ms, action) {
    this.#platform.clearTimeout(this.#timers.get(key));
    this.#timers.set(key, this.#platform.setTimeout(() => {
      this.#timers.delete(key);
      action();
    }, ms));
  }
}
