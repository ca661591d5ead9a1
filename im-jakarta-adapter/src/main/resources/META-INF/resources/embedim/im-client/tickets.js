// The proof of who we are: fetched before each connect, and a new one in time before the last expires.

const SHORTEST = 5_000;

/** Seconds that a JSON Web Token is good for from `now` on, or 0 where the ticket is something else. */
function lifetimeOf(ticket, now) {
  try {
    const payload = ticket.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
    return Math.max(0, Number(JSON.parse(atob(payload)).exp) - now / 1000) || 0;
  } catch {
    return 0;
  }
}

export class Tickets {
  #platform;
  #source;
  #timer;
  #expiresIn = 0;
  #renewed = false;

  /** `source`: a text, or a function that promises a text or {ticket, expiresIn} in seconds; undefined where nothing has to be proven. */
  constructor(platform, source) {
    this.#platform = platform;
    this.#source = source;
  }

  get needed() {
    return this.#source !== undefined;
  }

  /** Whether an end with this code may be answered with a new ticket: once, until one has been believed. */
  renewable(code) {
    if (code !== 4101 || typeof this.#source !== 'function' || this.#renewed) return false;
    this.#renewed = true;
    return true;
  }

  async fetch() {
    const got = typeof this.#source === 'function' ? await this.#source() : this.#source;
    const { ticket, expiresIn } = got !== null && typeof got === 'object' ? got : { ticket: got };
    this.#expiresIn = expiresIn ?? (ticket ? lifetimeOf(ticket, this.#platform.now()) : 0);
    return ticket;
  }

  /** The last ticket was believed. `renew(ticket)` is called with the next one when four fifths of its time are over. */
  believed(renew, expiresIn = this.#expiresIn) {
    this.#renewed = false;
    this.stop();
    if (!(expiresIn > 0) || typeof this.#source !== 'function') return;
    const wait = expiresIn * 1000 * (0.75 + this.#platform.random() / 10);
    // Timers hold at most 31 bits; who stays that long asks again.
    this.#timer = this.#platform.setTimeout(() => this.#renew(renew), Math.min(Math.max(wait, SHORTEST), 2 ** 31 - 1));
  }

  stop() {
    this.#platform.clearTimeout(this.#timer);
  }

  async #renew(renew) {
    try {
      const ticket = await this.fetch();
      if (ticket) renew(ticket);
    } catch {
      this.#timer = this.#platform.setTimeout(() => this.#renew(renew), SHORTEST * (1 + this.#platform.random()));
    }
  }
}
