// The messages of the open conversation. A message keeps its element for as long as it looks the same, so that nothing flickers and a
// screen reader reads only what is new.

import { avatarOf } from '../../js/avatar.js';
import { byId, el, icon, place } from '../../js/dom.js';
import { dayOf, locale, t, timeOf } from '../../js/i18n.js';
import { contentOf } from './content.js';
import { faceOf, gistOf, nameOf } from './people.js';

const TOGETHER_WITHIN = 3 * 60_000;
const NEAR_THE_END = 80;
const STATE_ICON = { queued: 'clock', sending: 'clock', sent: 'check', unknown: 'warn', failed: 'warn', lost: 'warn' };

export class LogView {
  #log = byId('log');
  #jump = byId('jump');
  #actions;
  #room = null;
  #language = '';
  #nodes = new Map();
  #last = null;

  /** `actions`: reply(message), edit(message), recall(message), older(). */
  constructor(actions) {
    this.#actions = actions;
    this.#log.replaceChildren();
    this.#log.onscroll = () => { if (this.#atEnd()) this.#jump.hidden = true; };
    this.#jump.onclick = () => this.#toEnd();
    // On a phone nothing hovers: a tap shows what can be done with a message.
    this.#log.onclick = event => {
      const tapped = event.target.closest('.message');
      for (const node of this.#log.querySelectorAll('.message.tapped')) if (node !== tapped) node.classList.remove('tapped');
      if (!event.target.closest('button, a, audio')) tapped?.classList.toggle('tapped');
    };
    // A picture that comes late must not push the newest message out of sight.
    this.#log.addEventListener('load', () => { if (this.#room && this.#followed) this.#toEnd(); }, true);
  }

  #followed = true;

  render(room) {
    const entered = this.#room !== room || this.#language !== locale();
    if (entered) {
      this.#nodes.clear();
      this.#log.replaceChildren();
      this.#jump.hidden = true;
      this.#last = null;
    }
    this.#room = room;
    this.#language = locale();
    if (!room) return;
    const followed = this.#followed = entered || this.#atEnd();
    const { scrollHeight, scrollTop } = this.#log;
    const shown = this.#shown(room);
    const first = this.#log.querySelector('.message')?.dataset.key;
    place(this.#log, shown);
    const last = room.items.at(-1);
    const grew = last !== undefined && last.key !== this.#last;
    this.#last = last?.key;
    if (followed || (grew && last.own)) this.#toEnd();
    else if (first !== this.#log.querySelector('.message')?.dataset.key) this.#log.scrollTop = scrollTop + this.#log.scrollHeight - scrollHeight;
    else if (grew) this.#jump.hidden = false;
  }

  #shown(room) {
    const shown = [];
    if (!room.complete && room.state !== 'gone' && room.items.length > 0) {
      shown.push(this.#node('older', t('older'), () => el('button', { class: 'link older', testid: 'older', text: t('older'), attrs: { type: 'button' }, on: { click: () => this.#actions.older() } })));
    }
    let before = null;
    for (const item of room.items) {
      const day = item.at && dayOf(item.at);
      if (day && (!before?.at || dayOf(before.at) !== day)) {
        shown.push(this.#node(`day ${item.at.toDateString()}`, day, () => el('p', { class: 'day', text: day })));
        before = null;
      }
      shown.push(item.kind === 'message' ? this.#message(room, item, before) : this.#notice(item));
      before = item.kind === 'gap' ? null : item;
    }
    if (room.items.length === 0) {
      const text = t(room.left || room.state === 'gone' ? 'leftGroupNow' : room.live === false && room.state !== 'detached' ? 'loading' : 'emptyLog');
      shown.push(this.#node('empty', text, () => el('p', { class: 'log-empty', text })));
    }
    return shown;
  }

  #node(key, look, create) {
    const known = this.#nodes.get(key);
    if (known?.look === look) return known.node;
    const node = create();
    this.#nodes.set(key, { look, node });
    return node;
  }

  #notice(item) {
    const text = item.kind === 'gap' ? t('gap') : t(item.kind === 'member_added' ? 'added' : 'removed', nameOf(item.user));
    return this.#node(item.key, text, () => el('p', { class: item.kind === 'gap' ? 'notice gap' : 'notice', testid: item.kind === 'gap' ? 'gap' : 'system-message', text }));
  }

  #message(room, message, before) {
    const name = nameOf(message.from);
    if (message.recalled) {
      const text = message.own ? t('recalledOwn') : t('recalledBy', name);
      return this.#node(message.key, text, () => el('p', { class: 'notice', testid: 'recalled', text }));
    }
    const follows = before?.kind === 'message' && !before.recalled && before.from === message.from && message.at - before.at < TOGETHER_WITHIN;
    const target = message.replyTo && room.messages.find(other => other.mid === message.replyTo.mid);
    const quoted = message.replyTo ? { name: target ? nameOf(target.from) : '', gist: target ? gistOf(target) : '…' } : null;
    const readers = message.own && message.state === 'sent' ? message.readBy.length : 0;
    const look = JSON.stringify([message.content, message.type, message.body, message.rev, message.state, message.error, name, follows, quoted, readers, message.at]);
    return this.#node(message.key, look, () => this.#create(room, message, { name, follows, quoted, readers }));
  }

  #create(room, message, { name, follows, quoted, readers }) {
    const bubble = el('div', { class: `bubble of-${message.type}` },
      ...(quoted ? [el('span', { class: 'quote', testid: 'quote' }, el('b', { text: quoted.name }), el('span', { text: quoted.gist }))] : []),
      ...contentOf(message),
      el('span', { class: 'meta' },
        ...(message.edited ? [el('span', { class: 'edited', testid: 'edited', text: t('edited') })] : []),
        el('time', { text: timeOf(message.at), attrs: { datetime: message.at.toISOString() } }),
        ...(message.own ? [this.#mark(message, room, readers)] : [])));
    const author = el('span', { class: message.own || room.kind === 'user' ? 'sr' : 'author', text: message.own ? t('you') : name });
    const stack = el('div', { class: 'stack' }, author, el('div', { class: 'bubble-row' }, bubble, this.#tools(message)), this.#after(message));
    return el('div', {
      class: ['message', message.own && 'own', follows && 'follows'].filter(Boolean).join(' '), testid: 'message',
      data: { own: String(message.own), from: message.from, state: message.state, read: String(readers), key: message.key },
    }, ...(message.own ? [] : [avatarOf(faceOf(message.from))]), stack);
  }

  #mark(message, room, readers) {
    const label = readers > 0 ? (room.kind === 'user' ? t('readPair') : t('readGroup', readers)) : t(`state_${message.state}`);
    return el('span', { class: readers > 0 ? 'mark read' : 'mark', attrs: { title: label } },
      icon(readers > 0 ? 'read' : STATE_ICON[message.state]), el('span', { class: 'sr', text: label }),
      ...(readers > 0 && room.kind === 'group' ? [el('span', { class: 'readers', text: String(readers) })] : []));
  }

  #tools(message) {
    const tool = (name, action) => el('button', { class: 'tool', testid: `tool-${name}`, attrs: { type: 'button', title: t(name), 'aria-label': t(name) }, on: { click: action } }, icon(name));
    if (message.mid === undefined || message.state !== 'sent') return el('span', { class: 'tools' });
    return el('span', { class: 'tools' },
      tool('reply', () => this.#actions.reply(message)),
      ...(message.own && message.type === 'text' ? [tool('edit', () => this.#actions.edit(message))] : []),
      ...(message.own ? [tool('recall', () => this.#actions.recall(message))] : []));
  }

  #after(message) {
    const { state } = message;
    if (!['failed', 'unknown', 'lost', 'queued'].includes(state)) return el('div', { class: 'after' });
    const act = (key, testid, action) => el('button', { class: 'link', testid, text: t(key), attrs: { type: 'button' }, on: { click: action } });
    const label = t(`state_${state}`);
    return el('div', { class: 'after' },
      el('span', { text: message.error ? t('because', label, message.error.message) : label }),
      ...(state === 'queued' ? [] : [act('resend', 'resend', () => message.resend())]),
      act(state === 'queued' ? 'cancel' : 'discard', 'discard', () => message.discard()));
  }

  #atEnd() {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR_THE_END;
  }

  #toEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#jump.hidden = true;
  }
}
