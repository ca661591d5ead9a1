// The messages of the open conversation. Entries are appended and patched, never redrawn: the log is an aria-live region, and a
// redraw would make a screen reader read all of it again.

import { avatarOf } from './avatar.js';
import { byId, el, icon, place } from './dom.js';
import { dayOf, locale, t, timeOf } from './i18n.js';

const TOGETHER_WITHIN = 3 * 60_000;
const NEAR_THE_END = 80;
const STATE_ICON = { queued: 'clock', sending: 'clock', sent: 'check', unknown: 'warn', failed: 'warn' };

export class LogView {
  #log = byId('log');
  #jump = byId('jump');
  #actions;
  #key = null;
  #language = '';
  #nodes = new Map();
  #count = 0;

  /** `actions`: again(conversation, message), discard(conversation, message). */
  constructor(actions) {
    this.#actions = actions;
    this.#log.replaceChildren();
    this.#log.onscroll = () => { if (this.#atEnd()) this.#jump.hidden = true; };
    this.#jump.onclick = () => this.#toEnd();
  }

  dispose() {
    this.#reset();
  }

  render(store) {
    const conversation = store.current();
    if (!conversation) return this.#reset();
    const entered = this.#key !== conversation.key || this.#language !== locale();
    if (entered) this.#reset();
    this.#key = conversation.key;
    this.#language = locale();
    const followed = entered || this.#atEnd();
    const { messages } = conversation;
    place(this.#log, messages.length > 0 ? this.#entries(store, conversation) : [this.#empty()]);
    const grew = messages.length > this.#count;
    const last = messages.at(-1);
    this.#count = messages.length;
    if (entered || (grew && (followed || last.own))) this.#toEnd();
    else if (grew) this.#jump.hidden = false;
    return undefined;
  }

  #reset() {
    this.#key = null;
    this.#count = 0;
    this.#nodes.clear();
    this.#log.replaceChildren();
    this.#jump.hidden = true;
  }

  #entries(store, conversation) {
    const shown = [];
    let before = null;
    for (const message of conversation.messages) {
      const day = dayOf(message.at);
      if (!before || dayOf(before.at) !== day) {
        shown.push(this.#node(`day ${new Date(message.at).toDateString()}`, () => el('p', { class: 'day', text: day })));
        before = null;
      }
      const follows = before?.type === 'text' && message.type === 'text' && before.from === message.from && message.at - before.at < TOGETHER_WITHIN;
      shown.push(message.type === 'text' ? this.#message(store, conversation, message, follows) : this.#notice(message));
      before = message;
    }
    return shown;
  }

  #node(key, create) {
    let node = this.#nodes.get(key);
    if (!node) this.#nodes.set(key, node = create());
    return node;
  }

  #empty() {
    return this.#node('empty', () => el('p', { class: 'log-empty', text: t('emptyLog') }));
  }

  #notice(message) {
    return this.#node(message, () => el('p', { class: 'notice', testid: 'system-message', text: t('userLeft', message.name) }));
  }

  #message(store, conversation, message, follows) {
    const node = this.#node(message, () => this.#create(store, conversation, message));
    node.classList.toggle('follows', follows);
    if (message.own && node.dataset.state !== message.state) this.#showState(node, conversation, message);
    return node;
  }

  #create(store, conversation, message) {
    const bubble = el('div', { class: 'bubble' },
      el('span', { class: 'text', testid: 'message-text', text: message.content, attrs: { dir: 'auto' } }),
      el('span', { class: 'meta' },
        el('time', { text: timeOf(message.at), attrs: { datetime: new Date(message.at).toISOString() } }),
        el('span', { class: 'mark' })));
    const face = { id: message.from, name: message.name, avatar: message.avatar };
    const parts = [el('div', { class: 'stack' },
      el('span', { class: message.own || conversation.kind === 'private' ? 'sr' : 'author', text: message.own ? t('you') : message.name }),
      bubble,
      el('div', { class: 'after' }))];
    if (!message.own) parts.unshift(avatarOf(face));
    return el('div', {
      class: message.own ? 'message own' : 'message', testid: 'message', data: { own: String(message.own), from: message.from, id: message.id },
    }, ...parts);
  }

  #showState(node, conversation, message) {
    const { state } = message;
    node.dataset.state = state;
    const label = t(`state_${state}`);
    const mark = node.querySelector('.mark');
    mark.replaceChildren(icon(STATE_ICON[state]), el('span', { class: 'sr', text: label }));
    mark.title = label;
    const after = node.querySelector('.after');
    after.replaceChildren();
    if (state === 'sending' || state === 'sent') return;
    const act = (key, testid, action) => el('button', {
      class: 'link', testid, text: t(key), attrs: { type: 'button' }, on: { click: () => action(conversation, message) },
    });
    after.append(el('span', { text: message.reason ? t('because', label, message.reason) : label }));
    if (state !== 'queued') after.append(act('resend', 'resend', this.#actions.again));
    after.append(act(state === 'queued' ? 'cancel' : 'discard', 'discard', this.#actions.discard));
  }

  #atEnd() {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR_THE_END;
  }

  #toEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#jump.hidden = true;
  }
}
