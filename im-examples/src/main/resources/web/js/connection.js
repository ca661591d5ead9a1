// One WebSocket that comes back: back-off with jitter, heartbeat, and the server's close codes taken at their word.
// It knows nothing of chat; what to say after an open is the session's business.

const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;
const STABLE_AFTER = 10_000;
const OPEN_TIMEOUT = 10_000;
const PING_EVERY = 25_000;
const ANSWER_WITHIN = 10_000;

/** 4100–4199: the server says that coming back is pointless (not authenticated, kicked, banned …). */
export function isFinal(code) {
  return code >= 4100 && code <= 4199;
}

/** Half of the delay is fixed, so no client spins; half is random, so a thousand clients do not return as one wave. */
export function backoff(attempt, random = Math.random) {
  const ceiling = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.min(attempt, 10));
  return ceiling / 2 + random() * (ceiling / 2);
}

/** When the server asks to come back, in the text of its close frame; milliseconds, 0 where it does not. */
export function retryAfter(reason) {
  const asked = /retry_after=(\d{1,6})$/.exec(reason);
  return asked ? Number(asked[1]) * 1000 : 0;
}

export class Connection {
  #address;
  #on;
  #socket = null;
  #attempt = 0;
  #openedAt = 0;
  #heardAt = 0;
  #retryTimer = 0;
  #openTimer = 0;
  #pingTimer = 0;
  #answerTimer = 0;
  #waiting = false;
  #notBefore = 0;
  #stopped = true;
  #turn = 0;

  /** `address()` promises the URL, asked each time. `on`: opened(), text(string), state({name, code, retryAt}), ping() that sends the application's heartbeat. */
  constructor(address, on) {
    this.#address = address;
    this.#on = on;
    this.wake = () => this.#wake();
  }

  start() {
    this.#stopped = false;
    addEventListener('online', this.wake);
    document.addEventListener('visibilitychange', this.wake);
    this.#connect();
  }

  stop() {
    this.#stopped = true;
    removeEventListener('online', this.wake);
    document.removeEventListener('visibilitychange', this.wake);
    clearTimeout(this.#retryTimer);
    this.#drop(1000);
  }

  retryNow() {
    if (this.#stopped || this.#socket) return;
    clearTimeout(this.#retryTimer);
    this.#connect();
  }

  /** False means that nothing was handed to the socket, so the caller still owns the frame. */
  send(frame) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  async #connect() {
    this.#waiting = false;
    this.#on.state({ name: 'connecting', attempt: this.#attempt });
    const turn = ++this.#turn;
    let url = null;
    try {
      url = await this.#address();
    } catch {
      // Told below like a connection that failed.
    }
    if (this.#stopped || turn !== this.#turn) return;
    if (!url) {
      this.#closed(1006);
      return;
    }
    const socket = new WebSocket(url);
    this.#socket = socket;
    // A late event of a dropped socket must not touch its successor.
    const current = handler => event => { if (socket === this.#socket) handler(event); };
    socket.onopen = current(() => this.#opened());
    socket.onmessage = current(event => {
      this.#heardAt = Date.now();
      if (typeof event.data === 'string') this.#on.text(event.data);
    });
    socket.onclose = current(event => this.#closed(event.code, event.reason));
    this.#openTimer = setTimeout(current(() => { this.#drop(); this.#closed(1006); }), OPEN_TIMEOUT);
  }

  #opened() {
    clearTimeout(this.#openTimer);
    this.#openedAt = this.#heardAt = Date.now();
    this.#pingTimer = setInterval(() => this.#beat(), PING_EVERY);
    this.#on.opened();
  }

  // A network can vanish without a close; silence after a ping is the only sign of it.
  #beat() {
    const sentAt = Date.now();
    const socket = this.#socket;
    this.#on.ping();
    clearTimeout(this.#answerTimer);
    this.#answerTimer = setTimeout(() => {
      if (socket !== this.#socket || this.#heardAt >= sentAt) return;
      this.#drop();
      this.#closed(1006);
    }, ANSWER_WITHIN);
  }

  #closed(code, reason = '') {
    this.#clearTimers();
    this.#socket = null;
    if (this.#stopped) return;
    if (isFinal(code)) {
      this.#on.state({ name: 'refused', code });
      return;
    }
    // A connection that was cut at once must not reset the back-off, or a rejected client would hammer the server.
    if (this.#openedAt && Date.now() - this.#openedAt >= STABLE_AFTER) this.#attempt = 0;
    this.#openedAt = 0;
    // A server that goes away gives each client a time of its own; a further second keeps those of one second apart.
    const asked = retryAfter(reason);
    const delay = Math.max(backoff(this.#attempt++), asked && asked + Math.random() * 1000);
    this.#notBefore = Date.now() + asked;
    this.#on.state({ name: 'waiting', code, retryAt: Date.now() + delay });
    this.#retryTimer = setTimeout(() => this.#connect(), delay);
    this.#waiting = true;
  }

  // Coming back to the tab or to the network is a better moment than the timer's, unless the server asked for that; a final refusal is not asked again.
  #wake() {
    if (this.#waiting && Date.now() >= this.#notBefore && document.visibilityState === 'visible') this.retryNow();
  }

  #drop(code) {
    const socket = this.#socket;
    this.#socket = null;
    this.#clearTimers();
    socket?.close(code);
  }

  #clearTimers() {
    clearTimeout(this.#openTimer);
    clearInterval(this.#pingTimer);
    clearTimeout(this.#answerTimer);
  }
}
