// Brings conversations up to date: one sync in flight, at most as many conversations in it as the server takes, the directory beside
// them, and joins, which are syncs of one (V-SYNC).

import { asked, backoff } from './backoff.js';
import { ImError } from './errors.js';
import { addressOf } from './names.js';

const ANSWER_WITHIN = 30_000;
const MORE_WITHIN = 2_000;
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
    if (flight.directory && data.directory && this.#on.directory(data.directory)) this.#directoryWanted = true;
    this.#leftOver(flight, { all: false });
    if (this.#wanted.size === 0) this.#alone = false;
    this.#next();
  }

  /** An error may be about one conversation, and the others follow, or about the whole request, and nothing does: the server does not say which. */
  refused(id, error) {
    const flight = this.#flight;
    if (!flight || flight.id !== id) return false;
    if (flight.join) {
      this.#clear();
      this.#joinRefused(flight, error);
      this.#next();
      return true;
    }
    flight.error = error;
    flight.due = this.#platform.now() + asked(error.retryAfter, this.#platform.random);
    this.#guard(MORE_WITHIN, () => {
      this.#clear();
      if (flight.directory) this.#directoryWanted = true;
      this.#leftOver(flight, { all: true });
      this.#next();
    });
    return true;
  }

  #joinRefused({ join, open }, error) {
    if (error.temporary || error.code >= 500) {
      this.#joins.unshift(join);
      this.#wait(error.retryAfter);
      return;
    }
    for (const conversation of open) conversation.state = 'detached';
    join.reject(error);
  }

  /** Conversations without an answer. `all` says that there was no answer for any. */
  #leftOver({ open, error, due = 0 }, { all }) {
    if (open.size === 0) return;
    const temporary = !error || error.temporary || error.code >= 500;
    if (temporary || (open.size > 1 && !(all && error.code === 403))) {
      for (const conversation of open) this.#wanted.add(conversation);
      // One of them is at fault; ask for each of them, so that the others do not suffer.
      if (temporary) this.#wait((due - this.#platform.now()) / 1000, due > 0);
      else this.#alone = true;
      return;
    }
    for (const conversation of open) {
      conversation.state = 'detached';
      this.#on.refused(conversation, error);
    }
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
  #guard(ms = ANSWER_WITHIN, action = () => this.#line.restart()) {
    this.#platform.clearTimeout(this.#flight.timer);
    this.#flight.timer = this.#platform.setTimeout(action, ms);
  }

  /** Seconds that the server asked for, or as long as chance says. `exact` where chance has been in it already. */
  #wait(seconds = 0, exact = false) {
    const { random } = this.#platform;
    const chance = () => seconds > 0 ? asked(seconds, random) : backoff(++this.#attempt, random);
    this.#platform.clearTimeout(this.#pause);
    this.#pause = this.#platform.setTimeout(() => {
      this.#pause = undefined;
      this.#next();
    }, exact && seconds > 0 ? seconds * 1000 : chance());
  }

  #clear() {
    if (this.#flight) this.#platform.clearTimeout(this.#flight.timer);
    this.#flight = null;
  }
}
