// A signed-in user on the classic protocol: joins, sends, and turns what comes back into state.
//
// Own messages pass through these states:
//   queued   waits for the connection or the join; it was never on the wire, so sending it later cannot send it twice
//   sending  handed to the socket, the server's answer is open
//   sent     confirmed
//   unknown  the connection ended before the answer: only the user may decide to send it again
//   failed   refused by the server
// A group message is confirmed by its own return. A private one has no echo in the classic protocol; but the server handles the
// frames of a connection in order, so a ping sent behind it is answered only after it was handled: the heartbeat is its receipt.

import { Connection } from './connection.js';
import { PING, joinAsUser, joinGroup, newMessageId, parse, speak, wellFormed } from './protocol.js';

const CONFIRM_WITHIN = 15_000;

export class Session {
  #connection;
  #bound = false;
  #probed = null;
  #timers = new Set();

  /** `address()` promises where to connect; `on.error(msg, code)` for what the user should be told; `on.attentive(conversation)` says whether the user is looking at it. */
  constructor(address, store, on) {
    this.store = store;
    this.on = on;
    this.#connection = new Connection(address, {
      opened: () => this.#opened(),
      text: raw => this.#received(parse(raw)),
      state: state => this.#stateChanged(state),
      ping: () => this.#connection.send(PING),
    });
  }

  start() {
    this.#connection.start();
  }

  stop() {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#connection.stop();
  }

  retryNow() {
    this.#connection.retryNow();
  }

  openPrivate(userId) {
    return this.store.ensure('private', userId);
  }

  openGroup(groupId) {
    const conversation = this.store.ensure('group', groupId);
    if (this.#bound && !conversation.joined) this.#connection.send(joinGroup(this.store.me, groupId));
    return conversation;
  }

  say(conversation, content) {
    const { me } = this.store;
    const message = {
      id: newMessageId(), type: 'text', own: true, from: me.id, name: me.name, avatar: me.avatar,
      content: wellFormed(content), at: Date.now(), state: 'queued', reason: '',
    };
    this.store.add(conversation, message, false);
    this.#transmit(conversation, message);
  }

  /** The id stays, so that a page that did get the first copy recognises the second. */
  sayAgain(conversation, message) {
    this.store.update(message, 'queued');
    this.#transmit(conversation, message);
  }

  #ready(conversation) {
    return conversation.kind === 'group' ? conversation.joined : this.#bound;
  }

  #transmit(conversation, message) {
    if (!this.#ready(conversation)) return;
    if (!this.#connection.send(speak(this.store.me, conversation, message))) return;
    this.store.update(message, 'sending');
    if (conversation.kind === 'private') this.#probe();
    const sentAt = message.sentAt = Date.now();
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (message.state === 'sending' && message.sentAt === sentAt) this.store.update(message, 'unknown');
    }, CONFIRM_WITHIN);
    this.#timers.add(timer);
  }

  // One probe at a time: it covers what was sent before it, and its answer starts the next one if there is more.
  #probe() {
    if (this.#probed) return;
    const covered = this.store.own('sending').filter(({ conversation }) => conversation.kind === 'private');
    if (covered.length > 0 && this.#connection.send(PING)) this.#probed = covered;
  }

  #flush(kind, conversation) {
    for (const waiting of this.store.own('queued')) {
      if (waiting.conversation.kind !== kind) continue;
      if (!conversation || waiting.conversation === conversation) this.#transmit(waiting.conversation, waiting.message);
    }
  }

  #opened() {
    const { me, conversations } = this.store;
    this.#connection.send(joinAsUser(me));
    for (const conversation of conversations.values()) {
      if (conversation.kind === 'group') this.#connection.send(joinGroup(me, conversation.id));
    }
  }

  #stateChanged(state) {
    const { store } = this;
    store.connection = state;
    if (state.name !== 'connecting') {
      this.#bound = false;
      this.#probed = null;
      store.online = null;
      for (const conversation of store.conversations.values()) {
        conversation.joined = false;
        conversation.listed = null;
      }
      for (const { message } of store.own('sending')) store.update(message, 'unknown');
    }
    store.changed();
  }

  #received(frame) {
    switch (frame.kind) {
      case 'joined': return this.#joined(frame);
      case 'message': return this.#message(frame);
      case 'left': return this.#left(frame);
      case 'pong': return this.#pong();
      case 'error': return this.#error(frame);
      default: return undefined;
    }
  }

  #joined({ group }) {
    const { store } = this;
    if (group) {
      const conversation = store.ensure('group', group);
      conversation.joined = true;
      conversation.refusal = '';
      store.saw(conversation, store.me.id, true);
      this.#flush('group', conversation);
    } else {
      this.#bound = true;
      store.connection = { name: 'online' };
      store.changed();
      this.#flush('private');
    }
  }

  #message(frame) {
    const { store } = this;
    const own = frame.from === store.me.id;
    const peer = own ? frame.to : frame.from;
    if (!frame.group && !peer) return;
    const conversation = frame.group ? store.ensure('group', frame.group) : store.ensure('private', peer);
    store.meet(frame.from, frame.name, frame.avatar);
    if (frame.group) store.saw(conversation, frame.from, true);
    const known = frame.messageId && conversation.messages.find(entry =>
      entry.id === frame.messageId && entry.from === frame.from && entry.content === frame.content);
    if (known) {
      if (own && known.state !== 'sent') store.confirm(conversation, known);
      return;
    }
    const message = {
      id: frame.messageId || newMessageId(), type: 'text', own, from: frame.from, name: frame.name, avatar: frame.avatar,
      content: frame.content, at: Date.now(), state: 'sent', reason: '',
    };
    store.add(conversation, message, !own && !this.on.attentive(conversation));
  }

  #left(frame) {
    const { store } = this;
    const conversation = store.conversations.get(`group-${frame.group}`);
    // Our own leave is an older connection of ours being noticed as gone, or another tab; we are still here.
    if (!conversation || frame.from === store.me.id) return;
    store.meet(frame.from, frame.name, '');
    store.saw(conversation, frame.from, false);
    conversation.listed = conversation.listed?.filter(id => id !== frame.from) ?? null;
    store.add(conversation, { id: newMessageId(), type: 'left', from: frame.from, name: frame.name, at: Date.now() }, false);
  }

  #pong() {
    if (!this.#probed) return;
    for (const { message } of this.#probed) if (message.state === 'sending') this.store.update(message, 'sent');
    this.#probed = null;
    this.#probe();
  }

  #error(frame) {
    const { store } = this;
    this.on.error(frame.msg, frame.code);
    if (frame.event === 'join') {
      const conversation = frame.group && store.conversations.get(`group-${frame.group}`);
      if (conversation) conversation.refusal = frame.msg;
      store.changed();
      return;
    }
    // Not every refusal names its request. With one message open it is that one; with more, none can be called delivered.
    const open = store.own('sending');
    const named = frame.messageId ? store.findOwn(frame.messageId) : null;
    if (named) store.update(named.message, 'failed', frame.msg);
    else if (open.length === 1) store.update(open[0].message, 'failed', frame.msg);
    else for (const { message } of open) store.update(message, 'unknown');
  }
}
