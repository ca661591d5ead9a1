// Where a message is written. Each conversation keeps its own draft.

import { byId, setText } from './dom.js';
import { onChange, t } from './i18n.js';
import { titleOf } from './names.js';
import { CONTENT_LIMIT, codePoints } from './protocol.js';

const TALLEST = 160;

export class ComposerView {
  #form = byId('composer-form');
  #input = byId('composer');
  #send = byId('send');
  #counter = byId('counter');
  #store;
  #key = null;

  constructor(store, say) {
    this.#store = store;
    const submit = () => {
      const content = this.#input.value.trim();
      if (!this.#allowed(content)) return;
      const conversation = store.current();
      this.#input.value = conversation.draft = '';
      this.#measure();
      say(conversation, content);
    };
    this.#form.onsubmit = event => {
      event.preventDefault();
      submit();
      this.#input.focus();
    };
    this.#input.onkeydown = event => {
      // Enter also confirms a candidate of an input method; 229 is what Safari says then.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      submit();
    };
    this.#input.oninput = () => {
      store.current().draft = this.#input.value;
      this.#measure();
    };
    this.forgetLanguage = onChange(() => this.#measure());
  }

  dispose() {
    this.forgetLanguage();
    this.#input.value = '';
  }

  render(store) {
    const conversation = store.current();
    if (!conversation) {
      this.#key = null;
      return;
    }
    this.#input.placeholder = t('writeTo', titleOf(store, conversation));
    if (this.#key === conversation.key) return;
    this.#key = conversation.key;
    this.#input.value = conversation.draft;
    this.#measure();
  }

  focus() {
    this.#input.focus();
  }

  #allowed(content) {
    return content !== '' && codePoints(content) <= CONTENT_LIMIT && this.#store.current() !== null;
  }

  #measure() {
    const count = codePoints(this.#input.value.trim());
    const over = count > CONTENT_LIMIT;
    setText(this.#counter, over ? t('overLimit', count, CONTENT_LIMIT) : t('counter', count, CONTENT_LIMIT));
    this.#counter.classList.toggle('over', over);
    this.#input.setAttribute('aria-invalid', String(over));
    this.#send.disabled = !this.#allowed(this.#input.value.trim());
    this.#input.style.height = 'auto';
    this.#input.style.height = `${Math.min(this.#input.scrollHeight, TALLEST)}px`;
  }
}
