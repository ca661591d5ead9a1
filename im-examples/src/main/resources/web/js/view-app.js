// The frame around the chat: status, banner, header of the open conversation, title, and which pane a phone shows.

import { avatarOf } from './avatar.js';
import { byId, setText } from './dom.js';
import { has, t } from './i18n.js';
import { faceOf, titleOf } from './names.js';
import { ComposerView } from './view-composer.js';
import { ListView } from './view-list.js';
import { LogView } from './view-log.js';
import { MembersView } from './view-members.js';

export const PHONE = matchMedia('(max-width: 719px)');

export class AppView {
  #store;
  #views;
  #look = '';
  #connectedOnce = false;

  /** `actions`: open(key), back(), say, again, discard, chat(userId), retry(). */
  constructor(store, actions) {
    this.#store = store;
    this.list = new ListView(byId('conversations'), actions.open);
    this.log = new LogView(actions);
    this.composer = new ComposerView(store, actions.say);
    this.members = new MembersView(store, actions.chat);
    this.#views = [this.list, this.log, this.composer, this.members];
    byId('back').onclick = actions.back;
    byId('banner-retry').onclick = actions.retry;
    byId('app').onkeydown = event => {
      if (event.key !== 'Escape' || event.isComposing) return;
      if (!this.members.closeOverlay(store) && PHONE.matches) actions.back();
    };
    this.ticking = setInterval(() => this.#banner(), 500);
  }

  dispose() {
    clearInterval(this.ticking);
    this.log.dispose();
    this.composer.dispose();
    this.members.dispose();
    document.title = 'embedim';
  }

  render() {
    const store = this.#store;
    const conversation = store.current();
    byId('app').dataset.pane = conversation ? 'chat' : 'list';
    byId('chat-empty').hidden = conversation !== null;
    byId('chat-open').hidden = conversation === null;
    if (conversation) this.#head(conversation);
    for (const view of this.#views) view.render(store);
    this.#status();
    this.#banner();
    const unread = store.unreadTotal();
    document.title = unread > 0 ? `(${unread}) embedim` : 'embedim';
  }

  #head(conversation) {
    const store = this.#store;
    const group = conversation.kind === 'group';
    const title = titleOf(store, conversation);
    setText(byId('chat-title'), title);
    setText(byId('chat-subtitle'), group ? this.#groupLine(conversation) : this.#personLine(conversation));
    const face = faceOf(store, conversation);
    const present = group || !store.online ? undefined : store.online.has(conversation.id);
    const look = JSON.stringify([conversation.key, face, present]);
    if (look === this.#look) return;
    this.#look = look;
    byId('chat-avatar').replaceChildren(avatarOf(face, { group, present }));
  }

  #groupLine(conversation) {
    if (conversation.refusal) return t('refusedJoin', conversation.refusal);
    if (!conversation.joined) {
      return `${t('groupName', conversation.id)} · ${t(this.#store.connection.name === 'online' ? 'notJoined' : 'waits')}`;
    }
    return t('groupSubtitle', conversation.id, this.#store.members(conversation).filter(row => row.present).length);
  }

  #personLine(conversation) {
    const { online } = this.#store;
    const id = t('privateChat', conversation.id);
    return online ? `${id} · ${t(online.has(conversation.id) ? 'onlineNow' : 'offlineNow')}` : id;
  }

  #status() {
    const { connection } = this.#store;
    if (connection.name === 'online') this.#connectedOnce = true;
    const retrying = connection.name === 'connecting' && (this.#connectedOnce || connection.attempt > 0);
    const shown = retrying ? 'waiting' : connection.name;
    const status = byId('status');
    status.dataset.state = { waiting: 'reconnecting' }[shown] ?? shown;
    setText(byId('status-text'), t(`status_${shown}`));
    status.title = byId('status-text').textContent;
  }

  #banner() {
    const { connection } = this.#store;
    const retrying = connection.name === 'connecting' && (this.#connectedOnce || connection.attempt > 0);
    const banner = byId('banner');
    banner.hidden = !(retrying || connection.name === 'waiting' || connection.name === 'refused');
    if (banner.hidden) return;
    banner.dataset.state = connection.name;
    byId('banner-retry').hidden = connection.name === 'connecting';
    const seconds = Math.max(1, Math.ceil((connection.retryAt - Date.now()) / 1000));
    setText(byId('banner-text'), connection.name === 'refused'
      ? t('bannerRefused', this.#reason(connection.code))
      : connection.name === 'waiting' ? t('bannerWaiting', seconds) : t('bannerConnecting'));
  }

  #reason(code) {
    return has(`close_${code}`) ? t(`close_${code}`) : t('close_other', code);
  }
}
