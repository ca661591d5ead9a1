// Who we are to the server: in the classic profile whoever our frames say, in the secure one the owner of a ticket.
// This demo's login asks for no password.

const PATIENCE = 10_000;

async function ask(path, options) {
  return fetch(new URL(path, document.baseURI), { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE), ...options });
}

export class Login {
  #me;
  #ticket = '';

  constructor(me) {
    this.#me = me;
  }

  /** Where to connect; asked before each connection, because the server that comes back may know no old ticket. */
  async address(endpoint) {
    const config = await ask('api/config');
    // A server without this answer is some other one that speaks the protocol.
    const { profile } = config.ok ? await config.json() : {};
    this.#ticket = profile === 'secure' ? await this.#newTicket() : '';
    if (this.#ticket) endpoint.searchParams.set('ticket', this.#ticket);
    return endpoint;
  }

  /** What our HTTP requests carry. */
  headers() {
    return this.#ticket ? { Authorization: `Bearer ${this.#ticket}` } : {};
  }

  async #newTicket() {
    const response = await ask('api/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ user_id: this.#me.id, username: this.#me.name }),
    });
    if (!response.ok) throw new Error(`login: ${response.status}`);
    return (await response.json()).ticket;
  }
}
