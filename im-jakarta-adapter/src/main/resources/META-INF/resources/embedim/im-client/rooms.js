// The conversations that are known, what is stored of them, and the directory that lists them.

import { Conversation } from './conversation.js';
import { Journal } from './journal.js';
import { keyOf } from './names.js';

const OPEN_WITHIN = 5_000;
const NO_CURSOR = Object.freeze({ epoch: '', version: 0 });

export class Rooms {
  /** Writes down what changes; null until the store is open, and where it does not open. */
  journal = null;
  /** How far the directory is known. */
  cursor = NO_CURSOR;
  isOpen = false;

  #chat;
  #platform;
  #store;
  #on;
  #rooms = new Map();

  /** `on`: name(user) of what is stored, failed(error) where nothing more is. */
  constructor(chat, platform, store, on) {
    this.#chat = chat;
    this.#platform = platform;
    this.#store = store;
    this.#on = on;
  }

  get all() {
    return [...this.#rooms.values()];
  }

  get(key) {
    return this.#rooms.get(key);
  }

  /** Made where it is not known. @throws TypeError for what names none */
  find(what) {
    const key = keyOf(what, this.#chat.me);
    if (!this.#rooms.has(key)) {
      this.#rooms.set(key, new Conversation(this.#chat, key));
      this.#chat.changed(this.#rooms.get(key));
    }
    return this.#rooms.get(key);
  }

  /** All of one user, in the place of those of another. Promises what was not sent yet. */
  async open(user) {
    await this.close();
    if (this.isOpen) this.#rooms.clear();
    this.isOpen = true;
    let saved = { conversations: [], items: [], directory: null };
    try {
      saved = await inTime(this.#platform, this.#store.open(this.#on.name(user)));
      this.journal = new Journal(this.#store, this.#on.failed);
    } catch (error) {
      this.#on.failed(error);
    }
    for (const record of saved.conversations) {
      // The page may hold it already, from before it was known who we are.
      const made = this.#rooms.get(record.key);
      if (made) made.restore(record);
      else this.#rooms.set(record.key, new Conversation(this.#chat, record.key, record));
    }
    this.cursor = saved.directory ?? NO_CURSOR;
    return saved.items;
  }

  async settled() {
    await this.journal?.settled();
  }

  async close() {
    await this.journal?.close();
    this.journal = null;
  }

  async forget() {
    await this.settled();
    await this.#store.forget();
  }

  /** The server's answer about the directory. Whether there is more to ask for. */
  listed({ status, epoch, version, added = [] }) {
    for (const { conv, left } of added) this.#one(conv, left === true);
    const before = this.cursor;
    this.cursor = status === 'reset' && added.length === 0 ? NO_CURSOR : { epoch, version };
    this.journal?.directory(this.cursor);
    return status !== 'ok' && (before.epoch !== this.cursor.epoch || before.version !== this.cursor.version);
  }

  #one(conv, left) {
    let room;
    try {
      room = this.find(conv);
    } catch {
      // A form of conversation that this client does not know.
      return;
    }
    const isNew = room.left || room.state === 'gone' || room.timeline.position.epoch === '';
    room.left = left;
    if (!left && isNew && room.state !== 'live') this.#chat.sync.want(room);
    this.journal?.conversation(room);
    this.#chat.changed(room);
  }
}

/** A store that never opens must not keep the user from talking. */
function inTime(platform, opening) {
  return new Promise((resolve, reject) => {
    const timer = platform.setTimeout(() => reject(new Error('the store did not open in time')), OPEN_WITHIN);
    opening.then(resolve, reject).finally(() => platform.clearTimeout(timer));
  });
}
