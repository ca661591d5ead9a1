// Writes down what has changed: all that belongs together in one step of the store, so that a stored position never runs ahead of the
// entries before it (P1). After the first failure nothing more is written: what is stored stays a prefix.

export class Journal {
  #store;
  #failed;
  #dirty = fresh();
  #writing = null;
  #off = false;

  /** `failed(error)` is called once. */
  constructor(store, failed) {
    this.#store = store;
    this.#failed = failed;
  }

  conversation(conversation, entries = []) {
    const changes = this.#dirty.conversations.get(conversation) ?? { cleared: false, entries: new Set() };
    for (const entry of entries) changes.entries.add(entry);
    this.#dirty.conversations.set(conversation, changes);
    this.#later();
  }

  discarded(conversation) {
    this.#dirty.conversations.set(conversation, { cleared: true, entries: new Set() });
    this.#later();
  }

  item(item, gone) {
    this.#dirty.items.set(item.id, gone ? null : item);
    this.#later();
  }

  directory(cursor) {
    this.#dirty.directory = cursor;
    this.#later();
  }

  /** All that was noted before is stored, or never will be. */
  async settled() {
    while (this.#writing) await this.#writing;
  }

  async close() {
    await this.settled();
    this.#off = true;
    await this.#store.close();
  }

  #later() {
    if (!this.#off) this.#writing ??= Promise.resolve().then(() => this.#write());
  }

  async #write() {
    while (!this.#off && !isEmpty(this.#dirty)) {
      const batch = batchOf(this.#dirty);
      this.#dirty = fresh();
      try {
        await this.#store.write(batch);
      } catch (error) {
        this.#off = true;
        this.#failed(error);
      }
    }
    this.#writing = null;
  }
}

function fresh() {
  return { conversations: new Map(), items: new Map(), directory: null };
}

function isEmpty({ conversations, items, directory }) {
  return conversations.size === 0 && items.size === 0 && directory === null;
}

function batchOf({ conversations, items, directory }) {
  const batch = { conversations: [], items: [], itemsGone: [], directory };
  for (const [conversation, { cleared, entries }] of conversations) {
    const { key, timeline, marks, left, complete, lossOpen } = conversation;
    batch.conversations.push({
      record: { key, position: timeline.position, gaps: [...timeline.gaps], marks: marks.saved(), left, complete, lossOpen },
      cleared,
      entries: [...entries].filter(entry => timeline.find(entry.mid) === entry),
    });
  }
  for (const [id, item] of items) {
    if (item) batch.items.push(item);
    else batch.itemsGone.push(id);
  }
  return batch;
}
