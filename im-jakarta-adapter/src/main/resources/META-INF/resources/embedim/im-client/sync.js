// Brings conversations up to date: one sync in flight, at most as many conversations in it as the server takes, the directory beside
// them, and joins, which are syncs of one (V-SYNC).

import { asked, backoff } from './backoff.js';
import { ImError } from './errors.js';
import { addressOf } from './names.js';

const ANSWER_WITHIN = 30_000;
const LAST = 50;

export class Sync {
  /** Conversations in one request; hello says it. */
  most = 100;

  #platform;
  #line;
  #on;
  #wanted = new Set();
  #joins = [];
  #directoryWanted = false;
  #flight = null;
  #pause;
  #attempt = 0;
  #alone = false;
  #count = 0;

  /** `on`: cursor() of the directory, directory(answer), refused(conversation, error). */
  constructor(platform, line, on) {
    this.#platform = platform;
    this.#line = line;
    this.#on = on;
  }

  online(conversations) {
    this.#directoryWanted = true;
    for (const conversation of conversations) this.#wanted.add(conversation);
    this.#next();
  }

  offline() {
    const flight = this.#flight;
    this.#clear();
    this.#platform.clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#wanted.clear();
    if (flight?.join) this.#joins.unshift(flight.join);
    for (const conversation of flight?.open ?? []) conversation.state = 'detached';
  }

  want(conversation) {
    this.#wanted.add(conversation);
    // What arrives together asks together.
    queueMicrotask(() => this.#next());
  }

  join(conversation) {
    return new Promise((resolve, reject) => {
      this.#joins.push({ conversation, resolve, reject });
      this.#next();
    });
  }

  /** Ends all that waits, as the client does. */
  stop() {
    this.offline();
    for (const { reject } of this.#joins.splice(0)) reject(ImError.disconnected());
  }

  /** One conversation's part of the answer. False where nobody has asked. */
  answered(data, conversation) {
    const flight = this.#flight;
    if (!flight || flight.id !== data.id || !flight.open.delete(conversation)) return false;
    this.#guard();
    const outcome = conversation.synced(data);
    if (outcome === 'more' || outcome === 'stuck') this.#wanted.add(conversation);
    // What made it wanted meanwhile was in the answer, or comes behind it.
    if (outcome === 'live' && !conversation.isBehind) this.#wanted.delete(conversation);
    if (outcome === 'stuck') this.#wait();
    else this.#attempt = 0;
    if (flight.join) {
      this.#clear();
      if (outcome === 'gone') flight.join.reject(new ImError(404, 'not a member', { about: 'join' }));
      else flight.join.resolve();
      this.#next();
    }
    return true;
  }

  done(data) {
    const flight = this.#flight;
    if (!flight || flight.id !== data.id) return;
    this.#clear();
    if (flight.directory && data.directory) {
      if (this.#on.directory(data.directory)) this.#directoryWanted = true;
    }
    if (flight.open.size > 0) {
      this.#requeue({ open: flight.open });
      this.#wait();
    }
    if (this.#wanted.size === 0) this.#alone = false;
    this.#next();
  }

  refused(id, error) {
    const flight = this.#flight;
    if (!flight || flight.id !== id) return false;
    this.#clear();
    if (error.temporary || error.code >= 500) {
      this.#requeue(flight);
      this.#wait(error.retryAfter);
    } else if (flight.join) {
      flight.join.conversation.state = 'detached';
      flight.join.reject(error);
    } else if (flight.open.size > 1 && error.code !== 403) {
      // One of them is at fault; ask for each of them, so that the others do not suffer.
      this.#alone = true;
      this.#requeue(flight);
    } else {
      for (const conversation of flight.open) {
        conversation.state = 'detached';
        this.#on.refused(conversation, error);
      }
    }
    this.#next();
    return true;
  }

  #next() {
    if (!this.#line.online || this.#flight || this.#pause !== undefined) return;
    const join = this.#joins.shift();
    if (join) {
      this.#send({ event: 'join', ...addressOf(join.conversation.key), ...this.#from(join.conversation) }, [join.conversation], { join });
      return;
    }
    const batch = [...this.#wanted].slice(0, this.#alone ? 1 : this.most);
    const directory = this.#directoryWanted;
    if (batch.length === 0 && !directory) return;
    const conversations = batch.map(conversation => ({ ...addressOf(conversation.key), ...this.#from(conversation) }));
    this.#directoryWanted = false;
    this.#send({ event: 'sync', conversations, ...(directory ? { directory: this.#on.cursor() } : {}) }, batch, { directory });
  }

  #from({ timeline }) {
    return timeline.position.epoch === '' ? { last: LAST } : { position: timeline.position };
  }

  #send(frame, conversations, flight) {
    const id = `s${++this.#count}`;
    for (const conversation of conversations) {
      this.#wanted.delete(conversation);
      conversation.state = 'syncing';
    }
    this.#flight = { id, open: new Set(conversations), ...flight };
    this.#line.send({ ...frame, id });
    this.#guard();
  }

  /** A server that is alive and answers no sync is of no use: another connection may be. */
  #guard() {
    this.#platform.clearTimeout(this.#flight.timer);
    this.#flight.timer = this.#platform.setTimeout(() => this.#line.restart(), ANSWER_WITHIN);
  }

  #requeue(flight) {
    if (flight.join) this.#joins.unshift(flight.join);
    else for (const conversation of flight.open) this.#wanted.add(conversation);
    if (flight.directory) this.#directoryWanted = true;
  }

  #wait(seconds = 0) {
    const { random } = this.#platform;
    this.#platform.clearTimeout(this.#pause);
    this.#pause = this.#platform.setTimeout(() => {
      this.#pause = undefined;
      this.#next();
    }, seconds > 0 ? asked(seconds, random) : backoff(++this.#attempt, random));
  }

  #clear() {
    if (this.#flight) this.#platform.clearTimeout(this.#flight.timer);
    this.#flight = null;
  }
}
