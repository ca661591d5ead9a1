// Around the messages: connection, banner, header, members, and which pane a phone shows.

import { avatarOf } from '../../js/avatar.js';
import { byId, el, setText } from '../../js/dom.js';
import { has, t } from '../../js/i18n.js';
import { faceOf, faceOfRoom, nameOf, titleOf } from './people.js';

export const PHONE = matchMedia('(max-width: 719px)');
const WIDE = matchMedia('(min-width: 1080px)');

export class FrameView {
  #chat;
  #shown = WIDE.matches;
  #look = '';
  #memberLook = '';
  #members = [];
  #connectedOnce = false;

  /** `actions`: back(), chatWith(user), leave(), changed(). */
  constructor(chat, actions) {
    this.#chat = chat;
    this.actions = actions;
    byId('back').onclick = actions.back;
    byId('banner-retry').onclick = () => chat.reconnect();
    byId('leave').onclick = actions.leave;
    const flip = shown => {
      this.#shown = shown;
      actions.changed();
    };
    byId('members-toggle').onclick = () => flip(!this.#shown);
    byId('members-close').onclick = () => {
      flip(false);
      byId('members-toggle').focus();
    };
    this.ticking = setInterval(() => this.#banner(), 500);
  }

  dispose() {
    clearInterval(this.ticking);
    byId('members').hidden = true;
    document.title = 'embedim';
  }

  hasMember(user) {
    return this.#members.some(member => member.user_id === user);
  }

  setMembers(members) {
    this.#members = members;
  }

  render(room, online) {
    byId('app').dataset.pane = room ? 'chat' : 'list';
    byId('chat-empty').hidden = room !== null;
    byId('chat-open').hidden = room === null;
    if (room) this.#head(room, online);
    this.#drawMembers(room);
    this.#status();
    this.#banner();
    const { unread } = this.#chat;
    document.title = unread > 0 ? `(${unread}) embedim` : 'embedim';
  }

  #head(room, online) {
    setText(byId('chat-title'), titleOf(room));
    setText(byId('chat-subtitle'), this.#line(room, online));
    const present = room.kind === 'user' && online.has(room.id) ? online.get(room.id) : undefined;
    const look = JSON.stringify([room.key, faceOfRoom(room), present]);
    if (look === this.#look) return;
    this.#look = look;
    byId('chat-avatar').replaceChildren(avatarOf(faceOfRoom(room), { group: room.kind === 'group', present }));
  }

  #line(room, online) {
    const typing = room.typing.filter(user => user !== this.#chat.me);
    if (typing.length > 0) return typing.length === 1 ? t('typingOne', nameOf(typing[0])) : t('typingMany');
    if (room.kind === 'user') {
      const id = t('privateChat', room.id);
      return online.get(room.id) === undefined ? id : `${id} · ${t(online.get(room.id) ? 'onlineNow' : 'offlineNow')}`;
    }
    if (room.left || room.state === 'gone') return t('leftGroupNow');
    return this.#members.length > 0 ? `${t('groupName', room.id)} · ${t('people', this.#members.length)}` : t('groupName', room.id);
  }

  #drawMembers(room) {
    const group = room?.kind === 'group';
    byId('members-toggle').hidden = !group;
    byId('members').hidden = !group || !this.#shown;
    byId('members-toggle').setAttribute('aria-expanded', String(!byId('members').hidden));
    if (!group) return;
    setText(byId('members-title'), t('membersCount', this.#members.length));
    byId('leave').hidden = room.left;
    const look = JSON.stringify([this.#members, this.#members.map(member => faceOf(member.user_id)), t('you')]);
    if (look === this.#memberLook) return;
    this.#memberLook = look;
    byId('members-list').replaceChildren(...this.#members.map(member => el('li', {}, this.#member(member))));
  }

  #member({ user_id: user, role, online }) {
    const self = user === this.#chat.me;
    const note = self ? t('you') : has(`memberRole_${role}`) ? t(`memberRole_${role}`) : '';
    return el('button', {
      class: online ? 'member' : 'member gone', testid: `member-${user}`, data: { present: String(online) }, attrs: { type: 'button', ...(self ? { disabled: '' } : {}) },
      on: { click: () => this.actions.chatWith(user) },
    }, avatarOf(faceOf(user), { present: online }),
    el('span', { class: 'member-name', text: nameOf(user) }), el('span', { class: 'member-id', text: user }), el('span', { class: 'member-note', text: note }));
  }

  #retrying({ name, attempt }) {
    return name === 'connecting' && (this.#connectedOnce || attempt > 0);
  }

  #status() {
    const { state } = this.#chat;
    if (state.name === 'online') this.#connectedOnce = true;
    const shown = this.#retrying(state) ? 'waiting' : state.name === 'closed' ? 'refused' : state.name === 'idle' ? 'connecting' : state.name;
    byId('status').dataset.state = shown === 'waiting' ? 'reconnecting' : shown;
    setText(byId('status-text'), t(`status_${shown}`));
    byId('status').title = byId('status-text').textContent;
  }

  #banner() {
    const { state } = this.#chat;
    const banner = byId('banner');
    banner.hidden = !(this.#retrying(state) || state.name === 'waiting' || state.name === 'closed');
    if (banner.hidden) return;
    banner.dataset.state = state.name === 'closed' ? 'refused' : state.name;
    byId('banner-retry').hidden = state.name === 'connecting';
    const seconds = Math.max(1, Math.ceil((state.retryAt - Date.now()) / 1000));
    setText(byId('banner-text'), state.name === 'closed'
      ? t('bannerRefused', has(`close_${state.code}`) ? t(`close_${state.code}`) : state.reason || t('close_other', state.code))
      : state.name === 'waiting' ? t('bannerWaiting', seconds) : t('bannerConnecting'));
  }
}
