// A voice message: one press begins, the next one ends and sends.

import { t } from '../../js/i18n.js';

const SHORTEST = 400;
const LONGEST = 120_000;

export class Recorder {
  #button;
  #done;
  #failed;
  #running = null;

  /** `done(blob, ms)`, `failed()` where there is no microphone. */
  constructor(button, done, failed) {
    this.#button = button;
    this.#done = done;
    this.#failed = failed;
    button.onclick = () => this.#running ? this.stop(true) : this.#start();
  }

  async #start() {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      this.#failed();
      return;
    }
    const media = new MediaRecorder(stream);
    const parts = [];
    const startedAt = Date.now();
    this.#running = { media, wanted: true, timer: setTimeout(() => this.stop(true), LONGEST) };
    const { running } = { running: this.#running };
    media.ondataavailable = event => parts.push(event.data);
    media.onstop = () => {
      for (const track of stream.getTracks()) track.stop();
      const duration = Date.now() - startedAt;
      if (running.wanted && duration >= SHORTEST) this.#done(new Blob(parts, { type: media.mimeType }), duration);
    };
    media.start();
    this.#show(true);
  }

  stop(wanted) {
    if (!this.#running) return;
    clearTimeout(this.#running.timer);
    this.#running.wanted = wanted;
    this.#running.media.stop();
    this.#running = null;
    this.#show(false);
  }

  #show(on) {
    this.#button.setAttribute('aria-pressed', String(on));
    const label = t(on ? 'stopRecord' : 'record');
    this.#button.setAttribute('aria-label', label);
    this.#button.title = label;
  }
}
