// Where conversations are kept between two visits. A store is opened for one user; see Store in im-client.d.ts.

const VERSION = 1;
const NAMES = ['meta', 'conversations', 'entries', 'outbox'];
const KEPT = 200;

const nothing = () => ({ conversations: [], items: [], directory: null });

/** Keeps nothing: each visit begins with the newest messages. */
export function noStore() {
  return { open: async () => nothing(), write: async () => {}, close: async () => {}, forget: async () => {} };
}

/** Keeps it in this object, for as long as that lives. For tests, and for pages that make a client anew. */
export function memoryStore() {
  const users = new Map();
  let current = null;
  return {
    async open(name) {
      current = users.get(name) ?? { conversations: new Map(), items: new Map(), directory: null };
      users.set(name, current);
      return structuredClone({
        conversations: [...current.conversations.values()].map(({ record, entries }) => ({ ...record, entries: inOrder(entries.values()) })),
        items: [...current.items.values()],
        directory: current.directory,
      });
    },
    async write(given) {
      const batch = structuredClone(given);
      for (const { record, cleared, entries } of batch.conversations) {
        const kept = cleared ? new Map() : current.conversations.get(record.key)?.entries ?? new Map();
        for (const entry of entries) kept.set(entry.seq, entry);
        for (const seq of kept.keys()) if (seq <= record.position.seq - KEPT) kept.delete(seq);
        current.conversations.set(record.key, { record, entries: kept });
      }
      for (const item of batch.items) current.items.set(item.id, item);
      for (const id of batch.itemsGone) current.items.delete(id);
      if (batch.directory) current.directory = batch.directory;
    },
    async close() {},
    async forget() {
      current.conversations.clear();
      current.items.clear();
      current.directory = null;
    },
  };
}

/**
 * Keeps it in the browser: the newest 200 entries of each conversation. Two tabs of one device do not write at once: the one that opened
 * last does, the other goes on without.
 */
export function indexedDbStore(factory = globalThis.indexedDB) {
  let db = null;
  let token = '';
  const transaction = mode => db.transaction(NAMES, mode);
  const done = (step, cause = () => null) => new Promise((resolve, reject) => {
    step.oncomplete = () => resolve();
    step.onabort = () => reject(cause() ?? step.error ?? new Error('the store has stopped'));
  });
  return {
    async open(name) {
      const opening = factory.open(`embedim ${name}`, VERSION);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore('meta');
        opening.result.createObjectStore('conversations', { keyPath: 'key' });
        opening.result.createObjectStore('entries', { keyPath: ['key', 'entry.seq'] });
        opening.result.createObjectStore('outbox', { keyPath: 'id' });
      };
      db = await answer(opening);
      // A page that deletes or upgrades it must not wait for this one.
      db.onversionchange = () => db.close();
      token = `${Date.now()} ${Math.random()}`;
      const step = transaction('readwrite');
      const finished = done(step);
      step.objectStore('meta').put(token, 'owner');
      const [records, entries, items, directory] = await Promise.all([
        answer(step.objectStore('conversations').getAll()),
        answer(step.objectStore('entries').getAll()),
        answer(step.objectStore('outbox').getAll()),
        answer(step.objectStore('meta').get('directory')),
      ]);
      await finished;
      const byKey = Map.groupBy ? Map.groupBy(entries, row => row.key) : grouped(entries);
      const conversations = records.map(record => ({ ...record, entries: inOrder((byKey.get(record.key) ?? []).map(row => row.entry)) }));
      return { conversations, items, directory: directory ?? null };
    },
    async write(batch) {
      const step = transaction('readwrite');
      let cause = null;
      const finished = done(step, () => cause);
      const owner = step.objectStore('meta').get('owner');
      owner.onsuccess = () => {
        try {
          if (owner.result !== token) throw takenOver();
          put(step, batch);
        } catch (error) {
          cause = error;
          step.abort();
        }
      };
      await finished;
    },
    async close() {
      db?.close();
    },
    async forget() {
      const step = transaction('readwrite');
      const finished = done(step);
      for (const name of NAMES) step.objectStore(name).clear();
      await finished;
    },
  };
}

function put(step, batch) {
  const entries = step.objectStore('entries');
  for (const { record, cleared, entries: added } of batch.conversations) {
    const { key, position } = record;
    if (cleared) entries.delete(IDBKeyRange.bound([key, 0], [key, Infinity]));
    for (const entry of added) entries.put({ key, entry });
    if (position.seq > KEPT) entries.delete(IDBKeyRange.bound([key, 0], [key, position.seq - KEPT]));
    step.objectStore('conversations').put(record);
  }
  for (const item of batch.items) step.objectStore('outbox').put(item);
  for (const id of batch.itemsGone) step.objectStore('outbox').delete(id);
  if (batch.directory) step.objectStore('meta').put(batch.directory, 'directory');
}

function takenOver() {
  return Object.assign(new Error('the store was opened by another tab'), { name: 'TakenOver' });
}

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('another tab holds the store'));
  });
}

function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.key, [...(groups.get(row.key) ?? []), row]);
  return groups;
}

function inOrder(entries) {
  return [...entries].sort((one, other) => one.seq - other.seq);
}
