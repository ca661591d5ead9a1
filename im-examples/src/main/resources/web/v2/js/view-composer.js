// Where messages are written: text, a reply, an edit, a file, a voice. A text stays with its conversation until it is sent.

import { byId, setText } from '../../js/dom.js';
import { onChange, t } from '../../js/i18n.js';
import { gistOf, nameOf, titleOf } from './people.js';
import { Recorder } from './recorder.js';

const TALLEST = 160;
const NEARLY = 200;

export class ComposerView {
  #input = byId('composer');
  #send = byId('send');
  #counter = byId('counter');
  #actions;
  #limit;
  #room = null;
  #busy = '';
  #drafts = new Map();

  /** `actions`: say(what), edit(message, text), attach(file, name, extra), problem(key). `limit()` is how many characters a text may have. */
  constructor(actions, limit) {
    this.#actions = actions;
    this.#limit = limit;
    byId('composer-form').onsubmit = event => {
      event.preventDefault();
      this.#submit();
    };
    this.#input.onkeydown = event => {
      if (event.key === 'Escape' && this.#draft().about) this.#about(null);
      // While an input method composes, Enter chooses a candidate.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    };
    this.#input.oninput = () => {
      this.#draft().text = this.#input.value;
      this.#measure();
      if (this.#input.value !== '') this.#room.sendTyping();
    };
    this.#input.onpaste = event => this.#files(event, event.clipboardData);
    byId('chat-open').ondragover = event => event.preventDefault();
    byId('chat-open').ondrop = event => this.#files(event, event.dataTransfer);
    byId('context-close').onclick = () => this.#about(null);
    byId('attach').onclick = () => byId('file').click();
    byId('file').onchange = event => {
      for (const file of event.target.files) actions.attach(file, file.name);
      event.target.value = '';
    };
    this.recorder = new Recorder(byId('record'), (blob, duration) => actions.attach(blob, `voice-${Date.now()}.webm`, { duration }), () => actions.problem('noMicrophone'));
    this.forgetLanguage = onChange(() => this.#measure());
  }

  dispose() {
    this.forgetLanguage();
    this.recorder.stop(false);
    this.#input.value = '';
  }

  render(room) {
    if (this.#room === room) return;
    this.#room = room;
    if (!room) return;
    this.#input.placeholder = t('writeTo', titleOf(room));
    this.#input.value = this.#draft().text;
    this.#measure();
    this.#context();
  }

  reply(message) {
    this.#about({ kind: 'reply', message });
  }

  edit(message) {
    this.#about({ kind: 'edit', message });
  }

  focus() {
    this.#input.focus();
  }

  /** What is being sent besides texts. */
  busy(text) {
    this.#busy = text;
    this.#measure();
  }

  #draft() {
    const key = this.#room?.key;
    if (!this.#drafts.has(key)) this.#drafts.set(key, { text: '', about: null, before: '' });
    return this.#drafts.get(key);
  }

  /** What the next text is about: a reply, an edit, or nothing. What was being written is there again after an edit. */
  #about(about) {
    const draft = this.#draft();
    if (draft.about?.kind === 'edit') draft.text = draft.before;
    if (about?.kind === 'edit') {
      draft.before = draft.text;
      draft.text = about.message.content;
    }
    draft.about = about;
    this.#input.value = draft.text;
    this.#measure();
    this.#context();
    this.focus();
  }

  #context() {
    const { about } = this.#draft();
    byId('context').hidden = about === null;
    if (!about) return;
    const title = about.kind === 'edit' ? t('editing') : t('replyingTo', nameOf(about.message.from));
    setText(byId('context-text'), `${title}: ${gistOf(about.message)}`);
  }

  #submit() {
    const text = this.#input.value.trim();
    if (text === '' || [...text].length > this.#limit() || !this.#room) return;
    const draft = this.#draft();
    const { about } = draft;
    if (about?.kind === 'edit') {
      if (text !== about.message.content) this.#actions.edit(about.message, text);
      this.#about(null);
      return;
    }
    draft.text = '';
    draft.about = null;
    this.#input.value = '';
    this.#measure();
    this.#context();
    this.#actions.say(about ? { text, replyTo: about.message } : text);
  }

  #files(event, transfer) {
    const files = [...(transfer?.files ?? [])];
    if (files.length === 0 || !this.#room) return;
    event.preventDefault();
    for (const file of files) this.#actions.attach(file, file.name);
  }

  #measure() {
    const count = [...this.#input.value.trim()].length;
    const limit = this.#limit();
    const over = count > limit;
    setText(this.#counter, over ? t('overLimit', count, limit) : count > limit - NEARLY ? t('counter', count, limit) : this.#busy);
    this.#counter.classList.toggle('over', over);
    this.#input.setAttribute('aria-invalid', String(over));
    this.#send.disabled = count === 0 || over;
    this.#input.style.height = 'auto';
    const height = this.#input.scrollHeight;
    this.#input.style.height = `${Math.min(height, TALLEST)}px`;
    // A part of a pixel less than the text needs would bring a scroll bar, and scroll.
    this.#input.style.overflowY = height > TALLEST ? 'auto' : 'hidden';
  }
}
