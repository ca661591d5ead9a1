// Sends watermarks: the newest one of a conversation, not one for each message, and only of what is stored.

const AT_MOST_EVERY = { read: 500, recv: 2_000 };

export class Markers {
  #platform;
  #line;
  #stored;
  #timers = new Map();
  #off = false;

  /** `stored()` promises that all that has been taken so far is stored. */
  constructor(platform, line, stored) {
    this.#platform = platform;
    this.#line = line;
    this.#stored = stored;
  }

  /** The server refuses them, for this connection. */
  refused() {
    this.#off = true;
  }

  online() {
    this.#off = false;
  }

  offline() {
    for (const timer of this.#timers.values()) this.#platform.clearTimeout(timer);
    this.#timers.clear();
  }

  /** Later, once, whatever it is by then. What is not sent is sent after the next sync, which shows the server's mark. */
  send(conversation, kind, conv) {
    const name = `${kind} ${conversation.key}`;
    if (this.#timers.has(name) || !this.#line.online || this.#off) return;
    this.#timers.set(name, this.#platform.setTimeout(async () => {
      await this.#stored();
      this.#timers.delete(name);
      const position = conversation.marks[kind];
      if (position && conversation.live && !this.#off) this.#line.send({ event: kind, conv: conv(), position });
    }, AT_MOST_EVERY[kind]));
  }
}
