// The list of conversations, the one with the newest message first.

import { avatarOf } from '../../js/avatar.js';
import { el, place, setText } from '../../js/dom.js';
import { t, whenOf } from '../../js/i18n.js';
import { faceOfRoom, gistOf, nameOf, titleOf } from './people.js';

export class ListView {
  #root;
  #open;
  #rows = new Map();

  constructor(root, open) {
    this.#root = root;
    this.#open = open;
    root.replaceChildren();
    root.onkeydown = event => this.#move(event);
  }

  render({ rooms, current, online }) {
    place(this.#root, rooms.map(room => {
      let row = this.#rows.get(room.key);
      if (!row) this.#rows.set(room.key, row = this.#create(room));
      this.#update(row, room, current, online);
      return row.item;
    }));
  }

  #create({ key }) {
    const row = {
      avatar: el('span', { class: 'row-avatar' }), look: '', title: el('span', { class: 'row-title' }), when: el('time', { class: 'row-when' }),
      preview: el('span', { class: 'row-preview', testid: `preview-${key}` }), unread: el('span', { class: 'badge', testid: `unread-${key}` }),
    };
    row.button = el('button', { class: 'row', testid: `conversation-${key}`, attrs: { type: 'button' }, on: { click: () => this.#open(key) } },
      row.avatar, row.title, row.when, row.preview, row.unread);
    row.item = el('li', {}, row.button);
    return row;
  }

  #update(row, room, current, online) {
    const face = faceOfRoom(room);
    const present = room.kind === 'user' && online.has(room.id) ? online.get(room.id) : undefined;
    const look = JSON.stringify([face, present]);
    if (row.look !== look) {
      row.look = look;
      row.avatar.replaceChildren(avatarOf(face, { group: room.kind === 'group', present }));
    }
    const last = room.messages.at(-1);
    setText(row.title, titleOf(room));
    setText(row.when, last ? whenOf(last.at) : '');
    setText(row.preview, this.#preview(room, last));
    setText(row.unread, room.unread > 99 ? '99+' : String(room.unread || ''));
    row.unread.hidden = room.unread === 0;
    row.unread.setAttribute('aria-label', t('unread', room.unread));
    row.button.classList.toggle('unread', room.unread > 0);
    row.button.setAttribute('aria-current', String(room === current));
  }

  #preview(room, last) {
    const [typing] = room.typing;
    if (typing) return t('typingOne', nameOf(typing));
    if (!last) return room.kind === 'group' ? t('groupName', room.id) : t('privateChat', room.id);
    if (last.own) return t('ownPrefix') + gistOf(last);
    return room.kind === 'group' ? `${nameOf(last.from)}: ${gistOf(last)}` : gistOf(last);
  }

  #move(event) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const buttons = [...this.#root.querySelectorAll('.row')];
    const next = buttons[buttons.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}
