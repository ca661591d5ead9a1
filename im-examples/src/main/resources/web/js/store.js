// The state of one signed-in user, and the only place that changes it. Views read it and redraw when told.

export const ARTICLE_USERS = Object.freeze([
  Object.freeze({ id: '10086', name: '阿克苏' }),
  Object.freeze({ id: '10000', name: '拉姆才让' }),
  Object.freeze({ id: '2023', name: '無尘' }),
]);
export const ARTICLE_GROUP = Object.freeze({ id: '100', name: '开源技术小栈(群)' });

const KEPT = 1000;

export const keyOf = (kind, id) => `${kind}-${id}`;

export class Store {
  conversations = new Map();
  people = new Map();
  open = null;
  /** Ids of the users who are online, or null while the server does not tell. */
  online = null;
  connection = { name: 'connecting', attempt: 0 };
  #listeners = new Set();
  #announced = false;
  #order = 0;

  constructor(me) {
    this.me = me;
    for (const user of ARTICLE_USERS) this.meet(user.id, user.name, '');
    this.meet(me.id, me.name, me.avatar);
  }

  /** The article's group, and a private conversation with each of its users. */
  preset() {
    this.ensure('group', ARTICLE_GROUP.id);
    for (const user of ARTICLE_USERS) if (user.id !== this.me.id) this.ensure('private', user.id);
  }

  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Many changes are one redraw a frame; the timer is for hidden tabs, where no frame comes. */
  changed() {
    if (this.#announced) return;
    this.#announced = true;
    const announce = () => {
      if (!this.#announced) return;
      this.#announced = false;
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      for (const listener of this.#listeners) listener();
    };
    const frame = requestAnimationFrame(announce);
    const timer = setTimeout(announce, 100);
  }

  meet(id, name, avatar) {
    const known = this.people.get(id);
    // Our own name is what we signed in with, whatever another frame claims.
    if (known && id === this.me.id && name !== this.me.name) return;
    this.people.set(id, { id, name: name || known?.name || id, avatar: avatar || known?.avatar || '' });
    this.changed();
  }

  person(id) {
    return this.people.get(id) ?? { id, name: id, avatar: '' };
  }

  ensure(kind, id) {
    const key = keyOf(kind, id);
    let conversation = this.conversations.get(key);
    if (!conversation) {
      conversation = {
        key, kind, id, messages: [], unread: 0, draft: '', activity: 0, order: this.#order++,
        // Whether the server has confirmed the join on this connection; a refusal keeps its text.
        joined: false, refusal: '',
        // What frames revealed; `listed` is the server's own list, where it offers one.
        seen: new Map(), listed: null, leaves: 0,
      };
      this.conversations.set(key, conversation);
      this.changed();
    }
    return conversation;
  }

  current() {
    return this.conversations.get(this.open) ?? null;
  }

  select(key) {
    this.open = this.conversations.has(key) ? key : null;
    this.changed();
  }

  read(conversation) {
    if (conversation.unread === 0) return;
    conversation.unread = 0;
    this.changed();
  }

  add(conversation, entry, unread) {
    conversation.messages.push(entry);
    this.#trim(conversation);
    conversation.activity = entry.at;
    if (unread) conversation.unread++;
    this.changed();
  }

  // A busy group must not grow the page without end. What the user still has to decide about is never dropped.
  #trim({ messages }) {
    if (messages.length <= KEPT) return;
    const oldest = messages.findIndex(entry => !entry.own || entry.state === 'sent');
    if (oldest >= 0) messages.splice(oldest, 1);
  }

  update(message, state, reason = '') {
    message.state = state;
    message.reason = reason;
    this.changed();
  }

  /** A group's order is the server's: an own message takes its place when it comes back, behind all that came before it. */
  confirm(conversation, message) {
    const rest = conversation.messages.filter(entry => entry !== message);
    const pending = rest.findLastIndex(entry => !entry.own || entry.state === 'sent') + 1;
    conversation.messages = [...rest.slice(0, pending), message, ...rest.slice(pending)];
    this.update(message, 'sent');
  }

  remove(conversation, message) {
    conversation.messages = conversation.messages.filter(entry => entry !== message);
    this.changed();
  }

  findOwn(id) {
    for (const conversation of this.conversations.values()) {
      const message = conversation.messages.find(entry => entry.own && entry.id === id);
      if (message) return { conversation, message };
    }
    return null;
  }

  /** Own messages in a state, oldest first within a conversation. */
  own(...states) {
    const found = [];
    for (const conversation of this.conversations.values()) {
      for (const message of conversation.messages) {
        if (message.own && states.includes(message.state)) found.push({ conversation, message });
      }
    }
    return found;
  }

  saw(conversation, id, present) {
    conversation.seen.set(id, present);
    if (!present) conversation.leaves++;
    this.changed();
  }

  /** The members as far as known: the server's list if there is one, else who spoke, who left, and ourselves. */
  members(conversation) {
    const rows = new Map();
    if (conversation.listed) {
      for (const id of conversation.listed) rows.set(id, true);
      for (const [id, present] of conversation.seen) if (!present && !rows.has(id)) rows.set(id, false);
    } else {
      for (const [id, present] of conversation.seen) rows.set(id, present);
    }
    if (conversation.joined || !conversation.listed) rows.set(this.me.id, conversation.refusal === '');
    return Array.from(rows, ([id, present]) => ({ ...this.person(id), present, self: id === this.me.id }))
      .sort((a, b) => b.self - a.self || b.present - a.present || a.name.localeCompare(b.name, 'zh'));
  }

  unreadTotal() {
    let total = 0;
    for (const conversation of this.conversations.values()) total += conversation.unread;
    return total;
  }
}
