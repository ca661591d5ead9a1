// The client: one connection, the conversations on it, and what belongs to none of them.

import { ImError } from './errors.js';
import { Events } from './events.js';
import { Line } from './line.js';
import { findLosses } from './losses.js';
import { Markers } from './markers.js';
import { addressOf, convOf, keyOf } from './names.js';
import { Outbox } from './outbox.js';
import { newId } from './platform.js';
import { Requests } from './requests.js';
import { Rooms } from './rooms.js';
import { speechOf } from './speech.js';
import { Sync } from './sync.js';
import { Tickets } from './tickets.js';

const ENTRIES = new Set(['message', 'edit', 'recall', 'member_added', 'member_removed']);

export class Chat {
  /** Our user, once known. */
  me;
  /** The server's hello. */
  hello = null;

  #options;
  #platform;
  #events;
  #line;
  #tickets;
  #markers;
  #rooms;
  #early = [];
  #opening = null;
  #touched = new Set();
  #offset = 0;

  constructor(options, platform, store) {
    this.#options = options;
    this.#platform = platform;
    this.#events = new Events(platform.report);
    const { host, pathname } = new URL(options.url);
    this.#rooms = new Rooms(this, platform, store, {
      name: user => `${host}${pathname} ${user} ${options.device}`,
      failed: error => this.#events.emit('storage', error),
    });
    this.#tickets = new Tickets(platform, options.ticket);
    this.#line = new Line(platform, {
      address: () => this.#address(),
      frame: frame => this.#arrived(frame),
      state: state => this.#turned(state),
      renewable: code => this.#tickets.renewable(code),
    });
    this.requests = new Requests(platform, this.#line);
    this.outbox = new Outbox(platform, this.#line, {
      changed: (item, gone) => this.#itemChanged(item, gone),
      refused: (item, error) => this.#events.emit('error', error, this.#rooms.get(item.key)),
      acked: item => this.#acked(item),
      isCurrent: key => ['live', 'gone'].includes(this.#rooms.get(key)?.state),
    });
    this.sync = new Sync(platform, this.#line, {
      cursor: () => this.#rooms.cursor,
      directory: answer => this.#rooms.listed(answer),
      refused: (conversation, error) => this.#syncRefused(conversation, error),
    });
    this.#markers = new Markers(platform, this.#line, () => this.#rooms.settled());
  }

  /** {name: 'idle' | 'connecting' | 'online' | 'waiting' | 'closed', code, reason, retryAt}. */
  get state() {
    return this.#line.state;
  }

  /** All that are known, the one with the newest message first. */
  get conversations() {
    const newest = conversation => conversation.timeline.last?.ts ?? 0;
    return this.#rooms.all.sort((one, other) => newest(other) - newest(one));
  }

  get unread() {
    return this.#rooms.all.reduce((sum, conversation) => sum + conversation.unread, 0);
  }

  /** The server's clock, as far as it is known. */
  get serverTime() {
    return new Date(this.#platform.now() + this.#offset);
  }

  on(name, listener) {
    return this.#events.on(name, listener);
  }

  /** 'g:7', 'u:bob', or as the server writes it. Made where it is not known yet. */
  conversation(what) {
    const known = this.#rooms.get(keyOf(what, this.me));
    if (known) return known;
    const made = this.#rooms.find(what);
    if (this.#line.online) this.sync.want(made);
    return made;
  }

  group(id) {
    return this.conversation(`g:${id}`);
  }

  user(id) {
    return this.conversation(`u:${id}`);
  }

  async start() {
    if (this.#options.user !== undefined) await this.#open(String(this.#options.user));
    this.#line.start();
  }

  /** Again, at once: after an end that the server called final, or while it waits. */
  reconnect() {
    this.#line.start();
  }

  async close() {
    this.#tickets.stop();
    this.#line.stop();
    this.sync.stop();
    await this.#rooms.close();
  }

  /** Deletes what is stored of this user here. Close it afterwards. */
  async forget() {
    await this.#rooms.forget();
  }

  /** User to whether somebody is there; of users that share no conversation with us, never. */
  async presence(users) {
    const { users: found } = await this.requests.ask({ event: 'presence', users });
    return new Map(found.map(({ user_id: user, online }) => [user, online]));
  }

  // What conversations need.

  get report() {
    return this.#platform.report;
  }

  now() {
    return this.#platform.now();
  }

  later(ms, action) {
    return this.#platform.setTimeout(action, ms);
  }

  cancel(timer) {
    this.#platform.clearTimeout(timer);
  }

  convOf(conversation) {
    return convOf(conversation.key, this.me);
  }

  transient(frame) {
    this.#line.send(frame);
  }

  speak(conversation, event, what, target) {
    const frame = { event, ...addressOf(conversation.key), id: newId(this.#platform) };
    if (event === 'speak') return this.outbox.add(conversation.key, { ...frame, ...speechOf(what, this.#contentLimit) });
    if (target.mid === undefined || target.recalled) throw new TypeError('only a message that the server has can be changed');
    Object.assign(frame, { target: { seq: target.seq, mid: target.mid }, base_rev: target.rev });
    if (event === 'recall') return this.outbox.add(conversation.key, frame);
    const { type, body, mentions, replyTo } = target;
    const change = typeof what === 'string' ? { content: what } : what;
    return this.outbox.add(conversation.key, { ...frame, ...speechOf({ type, body, mentions, replyTo, ...change }, this.#contentLimit) });
  }

  /** Entries that were taken: to be stored, and told of where they are news. */
  keep(conversation, entries, isNews = false) {
    conversation.stale();
    for (const entry of entries) this.#took(conversation, entry, isNews);
    this.#rooms.journal?.conversation(conversation, [...entries, ...conversation.timeline.takeChanged()]);
    if (entries.length > 0 && conversation.marks.raise('recv', conversation.timeline.position)) this.marked(conversation, 'recv');
  }

  discarded(conversation) {
    conversation.stale();
    this.#rooms.journal?.discarded(conversation);
    this.changed(conversation);
  }

  marked(conversation, kind) {
    this.#rooms.journal?.conversation(conversation);
    this.#markers.send(conversation, kind, () => this.convOf(conversation));
    this.changed(conversation);
  }

  caughtUp(conversation) {
    this.outbox.pump(conversation.key);
    for (const item of this.outbox.of(conversation.key)) {
      // An edit or recall whose entry has not come with all that is there: the log shows the message as it is.
      if (conversation.live && item.state === 'sent' && item.frame.event !== 'speak') this.outbox.remove(item);
    }
    // An ack of another epoch is as good as a reset: what it spoke of may be gone before we have seen it.
    const { epoch } = conversation.timeline.position;
    const isElsewhere = item => item.state === 'sent' && item.ack.epoch !== epoch && !conversation.timeline.said(this.me, item.id);
    if (!conversation.live || !(conversation.lossOpen || this.outbox.of(conversation.key).some(isElsewhere))) return;
    const lost = item => {
      this.outbox.lost(item);
      this.#events.emit('lost', conversation.items.findLast(shown => shown.id === item.id), conversation);
    };
    findLosses(conversation, { me: this.me, outbox: this.outbox, now: () => this.now() }, lost).then(() => {
      conversation.lossOpen = false;
      this.#rooms.journal?.conversation(conversation);
    }, () => {
      // The connection ended; the next sync asks again.
    });
  }

  /** 'change' is told once for all that happens in one go. */
  changed(conversation) {
    conversation.stale();
    if (this.#touched.size === 0) queueMicrotask(() => this.#tell());
    this.#touched.add(conversation);
  }

  #tell() {
    const touched = [...this.#touched];
    this.#touched.clear();
    for (const conversation of touched) conversation.emit('change', conversation);
    this.#events.emit('change', touched);
  }

  get #contentLimit() {
    return this.hello?.limits?.content ?? 4_000;
  }

  async #address() {
    const { url, user, device, username, avatar, ticketIn = 'query' } = this.#options;
    const address = new URL(url);
    const set = (name, value) => { if (value !== undefined) address.searchParams.set(name, value); };
    set('device', device);
    set('username', username);
    set('avatar', avatar);
    if (!this.#tickets.needed) {
      set('user_id', user);
      return { url: address.href };
    }
    const ticket = await this.#tickets.fetch();
    if (!ticket) return null;
    if (ticketIn === 'frame') return { url: address.href, first: { event: 'auth', ticket } };
    set('ticket', ticket);
    return { url: address.href };
  }

  #turned(state) {
    if (state.name !== 'online') {
      this.#tickets.stop();
      this.requests.offline();
      this.sync.offline();
      this.outbox.offline();
      this.#markers.offline();
      this.#early = [];
      for (const conversation of this.#rooms.all) if (conversation.state !== 'gone') conversation.state = 'detached';
    }
    this.#events.emit('state', state);
  }

  /** What comes while the store is being opened waits for it. */
  #arrived(frame) {
    if (this.#opening) this.#early.push(frame);
    else this.#frame(frame);
  }

  async #open(user) {
    if (this.#rooms.isOpen && this.me === user) return;
    if (this.#rooms.isOpen) this.outbox.forget();
    this.me = user;
    this.outbox.restore(await this.#rooms.open(user));
    for (const conversation of this.#rooms.all) this.changed(conversation);
  }

  async #hello(data) {
    const line = this.state;
    this.#opening = this.#open(data.user_id);
    await this.#opening;
    this.#opening = null;
    if (this.state !== line) return;
    this.hello = data;
    this.#offset = data.time - this.now();
    this.outbox.window = data.dedupe_window ?? this.outbox.window;
    this.sync.most = data.limits?.sync_conversations ?? this.sync.most;
    this.#line.frameBytes = data.limits?.frame_bytes ?? this.#line.frameBytes;
    this.#tickets.believed(ticket => this.#line.send({ event: 'auth', ticket }));
    this.#markers.online();
    this.#line.welcomed(data.heartbeat ?? 0);
    this.sync.online(this.#rooms.all.filter(conversation => !conversation.left));
    this.outbox.online();
    const early = this.#early;
    this.#early = [];
    for (const frame of early) this.#frame(frame);
  }

  #frame(frame) {
    const data = frame.data ?? {};
    if (frame.code !== 0) return this.#refused(frame, data);
    if (ENTRIES.has(data.event)) return this.#conversationOf(data)?.offered(data);
    switch (data.event) {
      case 'hello': this.#hello(data); break;
      case 'auth': this.#tickets.believed(ticket => this.#line.send({ event: 'auth', ticket }), data.expires_in); break;
      case 'ack': this.outbox.acked(data); break;
      case 'sync': this.sync.answered(data, this.#conversationOf(data)); break;
      case 'synced': this.sync.done(data); break;
      case 'changed': this.#behind(data); break;
      case 'members_changed': this.#conversationOf(data)?.counted(data); break;
      case 'read': case 'recv': this.#mark(data); break;
      case 'typing': if (data.user_id !== this.me) this.#conversationOf(data)?.typed(data.user_id); break;
      default: this.requests.answered(data.id, data);
    }
    return undefined;
  }

  #refused(frame, data) {
    const error = ImError.of(frame);
    if (this.outbox.refused(data.id, error) || this.sync.refused(data.id, error) || this.requests.refused(data.id, error)) return;
    if (error.about === 'read' || error.about === 'recv') {
      if (error.code === 403) this.#markers.refused();
      return;
    }
    if (error.about !== 'typing') this.#events.emit('error', error);
  }

  #conversationOf({ conv }) {
    try {
      return this.conversation(conv);
    } catch {
      // A form of conversation that this client does not know.
      return undefined;
    }
  }

  #behind(data) {
    const conversation = this.#conversationOf(data);
    if (!conversation) return;
    conversation.top = data.top;
    if (conversation.state === 'gone') conversation.state = 'detached';
    if (conversation.isBehind || !conversation.live) this.sync.want(conversation);
  }

  #mark({ event, user_id: user, position, unread, conv }) {
    const conversation = this.#conversationOf({ conv });
    if (!conversation) return;
    if (user === undefined || user === this.me) {
      conversation.marks.raise(event, position);
      if (Number.isInteger(unread)) conversation.marks.counted(unread, conversation.timeline, this.me, conversation.live);
    } else {
      conversation.marks.ofOther(user, event, position);
    }
    this.#rooms.journal?.conversation(conversation);
    this.changed(conversation);
  }

  #syncRefused(conversation, error) {
    this.#events.emit('error', error, conversation);
    this.changed(conversation);
  }

  #acked({ key }) {
    const conversation = this.#rooms.get(key);
    if (conversation.state === 'gone') conversation.state = 'detached';
    if (conversation.state === 'detached') this.sync.want(conversation);
  }

  #itemChanged(item, gone = false) {
    this.#rooms.journal?.item(item, gone);
    const conversation = this.#rooms.get(item.key);
    if (conversation) this.changed(conversation);
  }

  #took(conversation, entry, isNews) {
    const own = entry.from_user_id === this.me;
    const item = own && entry.id ? this.outbox.get(entry.id) : undefined;
    if (item) this.outbox.seen(item, entry);
    if (item && entry.event !== 'message') this.outbox.remove(item);
    if (entry.event === 'recall') this.#forgetRecalled(conversation, entry);
    if (entry.user_id === this.me && entry.event === 'member_removed') conversation.left = true;
    if (entry.user_id === this.me && entry.event === 'member_added') conversation.left = false;
    if (!isNews || own || entry.event !== 'message') return;
    const shown = conversation.messages.findLast(message => message.mid === entry.mid);
    if (!shown) return;
    conversation.emit('message', shown);
    this.#events.emit('message', shown, conversation);
  }

  #forgetRecalled(conversation, { target }) {
    const message = conversation.timeline.find(target.mid);
    const item = message?.from_user_id === this.me && message.id ? this.outbox.get(message.id) : undefined;
    if (item) this.outbox.remove(item);
  }
}
