// The members of the open group. A click on one starts a private conversation.

import { avatarOf } from './avatar.js';
import { byId, el, setText } from './dom.js';
import { t } from './i18n.js';

const WIDE = matchMedia('(min-width: 1080px)');

export class MembersView {
  #panel = byId('members');
  #toggle = byId('members-toggle');
  #list = byId('members-list');
  #chat;
  #shown = WIDE.matches;
  #drawn = '';

  constructor(store, chat) {
    this.#chat = chat;
    const flip = shown => {
      this.#shown = shown;
      store.changed();
    };
    this.#toggle.onclick = () => flip(!this.#shown);
    byId('members-close').onclick = () => {
      flip(false);
      this.#toggle.focus();
    };
    this.widthChanged = () => flip(WIDE.matches);
    WIDE.addEventListener('change', this.widthChanged);
  }

  dispose() {
    WIDE.removeEventListener('change', this.widthChanged);
    this.#panel.hidden = true;
  }

  /** True if there was something to close. */
  closeOverlay(store) {
    if (WIDE.matches || this.#panel.hidden) return false;
    this.#shown = false;
    store.changed();
    return true;
  }

  render(store) {
    const conversation = store.current();
    const group = conversation?.kind === 'group';
    this.#toggle.hidden = !group;
    this.#panel.hidden = !group || !this.#shown;
    this.#toggle.setAttribute('aria-expanded', String(!this.#panel.hidden));
    if (!group) return;
    const rows = store.members(conversation);
    setText(byId('members-title'), t('membersCount', rows.filter(row => row.present).length));
    setText(byId('members-note'), conversation.listed ? '' : t('membersSeen'));
    const drawn = JSON.stringify([rows, t('you')]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const focused = document.activeElement?.dataset.testid;
    this.#list.replaceChildren(...rows.map(row => el('li', {}, this.#row(row))));
    this.#list.querySelector(`[data-testid="${CSS.escape(focused ?? '')}"]`)?.focus();
  }

  #row(row) {
    const note = row.self ? t('you') : row.present ? '' : t('leftGroup');
    return el('button', {
      class: row.present ? 'member' : 'member gone', testid: `member-${row.id}`, data: { present: String(row.present) },
      attrs: { type: 'button', ...(row.self ? { disabled: '' } : {}) }, on: { click: () => this.#chat(row.id) },
    }, avatarOf(row),
    el('span', { class: 'member-name', text: row.name }),
    el('span', { class: 'member-id', text: row.id }),
    el('span', { class: 'member-note', text: note }));
  }
}
