// The list of conversations: groups and people, each sorted by the last activity.

import { avatarOf } from './avatar.js';
import { el, place, setText } from './dom.js';
import { t, whenOf } from './i18n.js';
import { faceOf, titleOf } from './names.js';

const UNREAD_SHOWN = 99;

export class ListView {
  #root;
  #open;
  #sections = new Map();
  #rows = new Map();

  constructor(root, open) {
    this.#root = root;
    this.#open = open;
    root.replaceChildren();
    for (const [kind, title] of [['group', 'groups'], ['private', 'people']]) {
      const heading = el('h2', { attrs: { id: `list-${kind}` } });
      const list = el('ul', { attrs: { 'aria-labelledby': `list-${kind}` } });
      root.append(heading, list);
      this.#sections.set(kind, { heading, title, list });
    }
    root.onkeydown = event => this.#move(event);
  }

  render(store) {
    for (const [kind, { heading, title, list }] of this.#sections) {
      setText(heading, t(title));
      const sorted = [...store.conversations.values()].filter(conversation => conversation.kind === kind)
        .sort((a, b) => b.activity - a.activity || a.order - b.order);
      place(list, sorted.map(conversation => this.#row(store, conversation)));
    }
  }

  #row(store, conversation) {
    let row = this.#rows.get(conversation.key);
    if (!row) {
      row = this.#create(conversation);
      this.#rows.set(conversation.key, row);
    }
    this.#update(row, store, conversation);
    return row.item;
  }

  #create({ key }) {
    const row = {
      avatar: el('span', { class: 'row-avatar' }), look: '',
      title: el('span', { class: 'row-title' }), when: el('time', { class: 'row-when' }),
      preview: el('span', { class: 'row-preview' }), unread: el('span', { class: 'badge', testid: `unread-${key}` }),
    };
    row.button = el('button', { class: 'row', testid: `conversation-${key}`, attrs: { type: 'button' }, on: { click: () => this.#open(key) } },
      row.avatar, row.title, row.when, row.preview, row.unread);
    row.item = el('li', {}, row.button);
    return row;
  }

  #update(row, store, conversation) {
    const group = conversation.kind === 'group';
    const title = titleOf(store, conversation);
    const face = faceOf(store, conversation);
    const present = group || !store.online ? undefined : store.online.has(conversation.id);
    // An avatar is only replaced when it looks different: its image would flicker.
    const look = JSON.stringify([face, present]);
    if (row.look !== look) {
      row.look = look;
      row.avatar.replaceChildren(avatarOf(face, { group, present }));
    }
    const last = conversation.messages.at(-1);
    setText(row.title, title);
    setText(row.when, last ? whenOf(last.at) : '');
    setText(row.preview, this.#preview(store, conversation, last));
    setText(row.unread, conversation.unread > UNREAD_SHOWN ? `${UNREAD_SHOWN}+` : String(conversation.unread || ''));
    row.unread.hidden = conversation.unread === 0;
    row.unread.setAttribute('aria-label', t('unread', conversation.unread));
    row.button.classList.toggle('unread', conversation.unread > 0);
    row.button.setAttribute('aria-current', String(store.open === conversation.key));
  }

  #preview(store, conversation, last) {
    if (!last) return conversation.kind === 'group' ? t('groupName', conversation.id) : t('privateChat', conversation.id);
    if (last.type === 'left') return t('userLeft', last.name);
    if (last.own) return t('ownPrefix') + last.content;
    return conversation.kind === 'group' ? `${last.name}: ${last.content}` : last.content;
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
