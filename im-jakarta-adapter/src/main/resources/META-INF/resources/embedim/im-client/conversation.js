// One conversation: what a page asks of it, and how answers and live entries change it.

import { Events } from './events.js';
import { Marks } from './marks.js';
import { timelineOf } from './messages.js';
import { Timeline } from './timeline.js';

const TYPING_EVERY = 3_000;
const TYPING_SHOWN = 6_000;
const PAGE = 50;

export class Conversation {
  #chat;
  #events;
  #shown = null;
  #made = new WeakMap();
  #typedAt = -TYPING_EVERY;
  #typers = new Map();
  #misfits = 0;
  #loading = null;

  /** Whether nothing older is to be had. */
  complete = false;
  /** 'detached', 'syncing', 'live', or 'gone' where it is not readable. */
  state = 'detached';
  left = false;

  /** `chat` is what it needs of the client around it. */
  constructor(chat, key, saved = {}) {
    this.#chat = chat;
    this.#events = new Events(chat.report);
    this.key = key;
    this.top = null;
    this.restore(saved);
  }

  /** As it was stored. */
  restore(saved) {
    this.timeline = Timeline.restore(saved);
    this.marks = Marks.restore(saved.marks);
    this.left = saved.left === true;
    this.complete = saved.complete === true;
    this.lossOpen = saved.lossOpen === true;
    this.stale();
  }

  get kind() {
    return this.key.startsWith('g:') ? 'group' : 'user';
  }

  /** The group's id, or the other user's. */
  get id() {
    return this.key.slice(2);
  }

  get live() {
    return this.state === 'live';
  }

  /** Messages, members that came and went, and gaps; the newest last. */
  get items() {
    this.#shown ??= timelineOf(this, this.#chat.me, this.#chat.outbox.of(this.key), this.#made);
    return this.#shown;
  }

  get messages() {
    return this.items.filter(item => item.kind === 'message');
  }

  get unread() {
    return this.marks.unread(this.timeline, this.#chat.me, this.live);
  }

  /** Who is typing right now. */
  get typing() {
    return [...this.#typers.keys()];
  }

  /** Whether the server has spoken of more than is here. */
  get isBehind() {
    return this.top !== null && (this.top.epoch !== this.timeline.position.epoch || this.top.seq > this.timeline.position.seq);
  }

  on(name, listener) {
    return this.#events.on(name, listener);
  }

  emit(name, ...values) {
    this.#events.emit(name, ...values);
  }

  /** What is shown is made anew when it is asked for. */
  stale() {
    this.#shown = null;
  }

  send(what) {
    const item = this.#chat.speak(this, 'speak', what);
    // Others take the message as the end of the typing, so the next key is news.
    this.#typedAt = -TYPING_EVERY;
    return this.#message(item);
  }

  edit(message, what) {
    this.#chat.speak(this, 'edit', what, message);
  }

  recall(message) {
    this.#chat.speak(this, 'recall', null, message);
  }

  resend(item) {
    this.#chat.outbox.resend(item);
  }

  discard(item) {
    this.#chat.outbox.remove(item);
  }

  #message(item) {
    return this.items.findLast(shown => shown.kind === 'message' && shown.id === item.id);
  }

  /** Makes the user a member, where the server grants it. */
  async join() {
    this.#chat.outbox.hold(this.key);
    try {
      await this.#chat.sync.join(this);
      this.left = false;
      this.#chat.changed(this);
    } finally {
      this.#chat.outbox.letGo(this.key);
    }
  }

  async leave() {
    await this.#chat.requests.ask({ event: 'leave', group_id: this.id });
    this.left = true;
    this.state = 'gone';
    this.#chat.changed(this);
  }

  /** Up to a message, or to the newest. */
  markRead(message) {
    const entry = message?.seq === undefined ? this.timeline.last : this.timeline.at(message.seq);
    if (!entry || this.state === 'gone') return;
    if (this.marks.raise('read', { epoch: entry.epoch, seq: entry.seq, mid: entry.mid })) {
      this.marks.setHere();
      this.#chat.marked(this, 'read');
    }
  }

  /** At most each three seconds; call it as often as keys are pressed. */
  sendTyping() {
    const now = this.#chat.now();
    if (now - this.#typedAt < TYPING_EVERY || this.state !== 'live') return;
    this.#typedAt = now;
    this.#chat.transient({ event: 'typing', conv: this.#chat.convOf(this) });
  }

  /** All members: {user_id, role, online} each; of large groups only the count. */
  async members() {
    const found = [];
    let cursor = '';
    let count = 0;
    do {
      const page = await this.#chat.requests.ask({ event: 'members', group_id: this.id, cursor });
      found.push(...(page.members ?? []));
      ({ cursor = '', count = found.length } = page);
    } while (cursor !== '');
    return { count, members: found };
  }

  /** Older messages, in front of the first. False where there are none. */
  async loadOlder(count = PAGE) {
    this.#loading ??= this.#older(count).finally(() => { this.#loading = null; });
    return this.#loading;
  }

  async #older(limit) {
    const { first, position } = this.timeline;
    if (this.complete || position.epoch === '' || (first?.seq ?? position.seq + 1) <= 1) return false;
    const before = first?.seq ?? position.seq + 1;
    const page = await this.#chat.requests.ask({ event: 'history', conv: this.#chat.convOf(this), epoch: position.epoch, before, limit });
    if (page.status === 'reset' || page.status === 'gone' || this.timeline.position.epoch !== position.epoch) return false;
    const entries = page.messages ?? [];
    const added = this.marks.keepCount(this.timeline, this.#chat.me, () => this.timeline.prepend(entries)) ?? [];
    this.complete = page.status !== 'more' || this.timeline.first?.seq === 1 || this.timeline.first?.seq === page.floor;
    this.#chat.keep(this, []);
    return added.length > 0;
  }

  /** The server's answer to a sync or join. What is to be done next: 'live', 'more', 'stuck' (again, but not at once), or 'gone'. */
  synced(data) {
    const outcome = this.#take(data);
    this.state = outcome === 'live' ? 'live' : outcome === 'gone' ? 'gone' : 'detached';
    if (outcome === 'gone') this.emit('gone');
    this.#chat.changed(this);
    this.#chat.caughtUp(this);
    return outcome;
  }

  #take(data) {
    const { timeline } = this;
    if (data.status === 'gone') return 'gone';
    if (data.status === 'reset') return this.#reset();
    const known = timeline.position.epoch !== '';
    // What came behind the question is not in the log any more: asked from there, the server says so.
    if (known && data.top.epoch === timeline.position.epoch && data.top.seq < timeline.position.seq) return 'more';
    if (data.status === 'trimmed') {
      timeline.trimmed(data.top.epoch, data.floor, data.floor_prev);
      this.complete = false;
      this.emit('gap');
    }
    const before = timeline.position.seq;
    const fresh = !known && data.status !== 'trimmed';
    const taken = fresh ? timeline.begin(data.messages ?? []) : timeline.page(data.messages ?? []);
    if (taken === null) return ++this.#misfits > 2 ? this.#reset() : 'stuck';
    if (fresh) this.complete = timeline.first === undefined || timeline.first.seq === 1 || timeline.first.seq === data.floor;
    const live = data.status === 'ok' || (data.status === 'trimmed' && data.more !== true);
    const stale = this.marks.answered(data, timeline, this.#chat.me, live);
    this.#chat.keep(this, taken, known);
    if (live) {
      this.#misfits = 0;
      for (const kind of ['read', 'recv']) if (stale[kind]) this.#chat.marked(this, kind);
      return 'live';
    }
    return timeline.position.seq > before || data.status === 'trimmed' ? 'more' : 'stuck';
  }

  /** P4: what we have is of another log. */
  #reset() {
    this.#misfits = 0;
    this.timeline.clear();
    this.marks.clear();
    this.complete = false;
    this.lossOpen = true;
    this.#chat.discarded(this);
    this.emit('reset');
    return 'more';
  }

  /** A live entry (V-SYNC 6). */
  offered(entry) {
    const outcome = this.timeline.offer(entry, this.live);
    if (outcome === 'taken') {
      this.#typers.delete(entry.from_user_id);
      this.#chat.keep(this, [entry], true);
      this.#chat.changed(this);
    } else if (outcome === 'hole') {
      this.#behind();
    }
  }

  counted(data) {
    if (this.timeline.counted(data)) this.#chat.keep(this, []);
    else this.#behind();
  }

  #behind() {
    if (this.state === 'gone') return;
    if (this.live) this.state = 'detached';
    this.#chat.sync.want(this);
  }

  typed(user) {
    this.#chat.cancel(this.#typers.get(user));
    this.#typers.set(user, this.#chat.later(TYPING_SHOWN, () => {
      this.#typers.delete(user);
      this.emit('typing', this.typing);
      this.#chat.changed(this);
    }));
    this.emit('typing', this.typing);
    this.#chat.changed(this);
  }

  othersAt(kind, { seq }) {
    const { epoch } = this.timeline.position;
    return [...this.marks.others].filter(([, marks]) => marks[kind]?.epoch === epoch && marks[kind].seq >= seq).map(([user]) => user);
  }
}
