// Questions with one answer each: history, members, presence, leave. An end of the connection fails them all.

import { ImError } from './errors.js';

const ANSWER_WITHIN = 20_000;

export class Requests {
  #platform;
  #line;
  #open = new Map();
  #count = 0;

  constructor(platform, line) {
    this.#platform = platform;
    this.#line = line;
  }

  ask(frame) {
    return new Promise((resolve, reject) => {
      const id = `q${++this.#count}`;
      if (!this.#line.online || !this.#line.send({ ...frame, id })) {
        reject(ImError.disconnected());
        return;
      }
      const timer = this.#platform.setTimeout(() => this.#take(id)?.reject(new ImError(0, 'no answer in time', { temporary: true })), ANSWER_WITHIN);
      this.#open.set(id, { resolve, reject, timer });
    });
  }

  /** Whether it was the answer to one of these. */
  answered(id, data) {
    const request = this.#take(id);
    request?.resolve(data);
    return request !== undefined;
  }

  refused(id, error) {
    const request = this.#take(id);
    request?.reject(error);
    return request !== undefined;
  }

  offline() {
    for (const id of [...this.#open.keys()]) this.#take(id).reject(ImError.disconnected());
  }

  #take(id) {
    const request = this.#open.get(id);
    if (request) {
      this.#open.delete(id);
      this.#platform.clearTimeout(request.timer);
    }
    return request;
  }
}
