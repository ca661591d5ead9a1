// Who is online and who is in the open group, from the server's optional HTTP end points. Without them the page lives on frames.

const EVERY = 5_000;

async function users(path, headers) {
  const response = await fetch(new URL(path, document.baseURI), { headers: { Accept: 'application/json', ...headers }, cache: 'no-store' });
  if (response.status === 404 || response.status === 405) return null;
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const list = await response.json();
  if (!Array.isArray(list)) return null;
  return list.map(row => ({ id: String(row.user_id), name: typeof row.username === 'string' ? row.username : '' }));
}

export class Directory {
  #store;
  #headers;
  #timer = 0;
  #missing = new Set();
  #asking = new Set();
  #asked = '';

  constructor(store, headers) {
    this.#store = store;
    this.#headers = headers;
  }

  start() {
    this.#timer = setInterval(() => this.#poll(), EVERY);
    // A newly opened group should not wait for the next round.
    this.unsubscribe = this.#store.subscribe(() => {
      const now = `${this.#store.open}|${this.#store.connection.name}|${this.#store.current()?.joined}`;
      if (now === this.#asked) return;
      this.#asked = now;
      this.#poll();
    });
  }

  stop() {
    clearInterval(this.#timer);
    this.unsubscribe?.();
  }

  async #poll() {
    const store = this.#store;
    if (document.visibilityState !== 'visible' || store.connection.name !== 'online') return;
    const group = store.current()?.kind === 'group' && store.current().joined ? store.current() : null;
    const leaves = group?.leaves;
    await Promise.all([
      this.#ask('online', 'api/online', list => { store.online = new Set(list.map(user => user.id)); }),
      group && this.#ask('members', `api/groups/${encodeURIComponent(group.id)}/members`, list => {
        // A leave frame that came while the answer was under way is newer than the answer.
        if (!group.joined || group.leaves !== leaves) return;
        group.listed = list.map(user => user.id);
        for (const { id } of list) group.seen.set(id, true);
      }),
    ]);
  }

  async #ask(kind, path, use) {
    if (this.#missing.has(kind) || this.#asking.has(path)) return;
    this.#asking.add(path);
    try {
      const list = await users(path, this.#headers());
      if (!list) {
        this.#missing.add(kind);
        return;
      }
      for (const { id, name } of list) if (name) this.#store.meet(id, name, '');
      use(list);
      this.#store.changed();
    } catch {
      // A failed round is not a lost feature: the next one tries again.
    } finally {
      this.#asking.delete(path);
    }
  }
}
