// Who is signed in: the client of im.v2, and what the page does with it.

import { connect } from '/embedim/im-client.js';
import { byId } from '../../js/dom.js';
import { t } from '../../js/i18n.js';
import { ARTICLE_GROUP, ARTICLE_USERS } from '../../js/store.js';
import { toast } from '../../js/toast.js';
import * as people from './people.js';
import { upload } from './upload.js';
import { ComposerView } from './view-composer.js';
import { FrameView, PHONE } from './view-frame.js';
import { ListView } from './view-list.js';
import { LogView } from './view-log.js';

const PRESENCE_EVERY = 10_000;
/** Of a large group not all are listed, and each message could be of somebody else. */
const MEMBERS_PAUSE = 2_000;

/** This demo's login asks for no password; in its classic profile there is none at all. */
async function newTicket(me) {
  const response = await fetch('/api/login', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ user_id: me.id, username: me.name }),
  });
  if (!response.ok) throw new Error(`login: ${response.status}`);
  return (await response.json()).ticket;
}

async function peopleIn(group, ticket) {
  const response = await fetch(`/api/groups/${encodeURIComponent(group)}/members`, ticket ? { headers: { Authorization: `Bearer ${ticket}` } } : {});
  return response.ok ? (await response.json()).map(({ user_id: user }) => ({ user_id: user, role: 'member', online: true })) : [];
}

export class Session {
  #chat;
  #me;
  #ticket = '';
  #current = null;
  #online = new Map();
  #views;
  #stopped = false;
  /** The newest own message that the other was seen to have read. */
  #read = '';
  #membersAsked = 0;

  constructor(me, { profile, device, opened }) {
    this.#me = me;
    this.opened = opened;
    people.know(me);
    const ticket = profile === 'secure' ? async () => { this.#ticket = await newTicket(me); return this.#ticket; } : undefined;
    this.#chat = connect({ url: '/im', user: me.id, username: me.name, avatar: me.avatar || undefined, ticket, device });
    const chat = this.#chat;
    this.#views = {
      list: new ListView(byId('conversations'), key => this.open(key)),
      log: new LogView({
        reply: message => this.#views.composer.reply(message),
        edit: message => this.#views.composer.edit(message),
        recall: message => this.#tried(() => message.recall()),
        older: () => this.#current.loadOlder().catch(error => this.#failed(error)),
      }),
      composer: new ComposerView({
        say: what => this.#tried(() => this.#current.send(what)),
        edit: (message, text) => this.#tried(() => message.edit(text)),
        attach: (file, name, extra) => this.#attach(file, name, extra),
        problem: key => toast(t(key)),
      }, () => chat.hello?.limits?.content ?? 4_000),
      frame: new FrameView(chat, {
        back: () => this.open(null),
        chatWith: user => this.open(`u:${user}`),
        leave: () => this.#current.leave().catch(error => this.#failed(error)),
        changed: () => this.render(),
      }),
    };
    chat.on('state', state => this.#turned(state));
    chat.on('change', rooms => this.#changed(rooms));
    // Who speaks is there, and who speaks for the first time was not asked for before.
    chat.on('message', (message, room) => {
      if (room.kind === 'user' && this.#online.get(room.id) !== true) this.#askPresence();
      const isNew = room === this.#current && room.kind === 'group' && !this.#views.frame.hasMember(message.from);
      if (isNew && Date.now() - this.#membersAsked > MEMBERS_PAUSE) this.#askMembers();
    });
    chat.on('error', error => this.#failed(error));
    chat.on('lost', () => toast(t('state_lost')));
    chat.on('storage', error => { if (error.name !== 'TakenOver') toast(t('storageOff')); });
    this.seen = () => this.render();
    document.addEventListener('visibilitychange', this.seen);
    for (const user of ARTICLE_USERS) if (user.id !== me.id) chat.user(user.id);
    this.#enter(chat.group(ARTICLE_GROUP.id));
    this.presence = setInterval(() => {
      this.#askPresence();
      this.#askMembers();
    }, PRESENCE_EVERY);
  }

  async stop() {
    this.#stopped = true;
    clearInterval(this.presence);
    document.removeEventListener('visibilitychange', this.seen);
    this.#views.composer.dispose();
    this.#views.frame.dispose();
    await this.#chat.forget().catch(() => {});
    await this.#chat.close();
  }

  /** 'g:7', 'u:bob', or null for none. */
  open(key) {
    if (this.#current?.key === key) {
      this.#views.composer.focus();
      return;
    }
    this.#current = key ? this.#chat.conversation(key) : null;
    this.#views.frame.setMembers([]);
    if (this.#current?.kind === 'group') this.#enter(this.#current);
    this.opened(key);
    this.render();
    this.#askMembers();
    this.#askPresence();
    if (key && !PHONE.matches) this.#views.composer.focus();
  }

  render() {
    if (this.#stopped) return;
    const room = this.#current;
    if (room && document.visibilityState === 'visible') room.markRead();
    const rooms = this.#chat.conversations.filter(each => !each.left || each.messages.length > 0);
    for (const each of rooms) people.learn(each);
    this.#views.list.render({ rooms, current: room, online: this.#online });
    this.#views.log.render(room);
    this.#views.composer.render(room);
    this.#views.frame.render(room, this.#online);
  }

  /** A group is entered once; after that it is there at each connect. */
  #enter(room) {
    if (room.live || room.joining) return;
    room.joining = true;
    room.join().then(() => this.#askMembers(), error => { if (error.code !== 0) this.#failed(error); }).finally(() => { room.joining = false; });
  }

  #changed(rooms) {
    const room = this.#current;
    if (room && rooms.includes(room) && room.items.at(-1)?.kind?.startsWith('member_')) this.#askMembers();
    // Whoever has read just now is there.
    const last = room?.kind === 'user' && rooms.includes(room) ? room.messages.at(-1) : undefined;
    if (last?.own && last.readBy.length > 0 && last.mid !== this.#read) {
      this.#read = last.mid;
      if (this.#online.get(room.id) !== true) this.#askPresence();
    }
    this.render();
  }

  #turned(state) {
    if (state.name === 'online') {
      this.#askPresence();
      this.#askMembers();
    }
    this.render();
  }

  async #attach(file, name, extra) {
    const room = this.#current;
    this.#views.composer.busy(t('uploading', name));
    try {
      room.send(await upload(file, name, this.#ticket, extra));
    } catch (error) {
      toast(error.text ? t(error.text) : error.message);
    } finally {
      this.#views.composer.busy('');
    }
  }

  #tried(action) {
    try {
      action();
    } catch (error) {
      toast(error.message);
    }
  }

  #failed(error) {
    if (error.code > 0) toast(t('error', error.message, error.code));
  }

  async #askPresence() {
    const users = this.#chat.conversations.filter(room => room.kind === 'user').map(room => room.id).slice(0, 100);
    if (users.length === 0 || this.#chat.state.name !== 'online') return;
    try {
      this.#online = await this.#chat.presence(users);
      this.render();
    } catch {
      // Shown as it was.
    }
  }

  async #askMembers() {
    const room = this.#current;
    if (room?.kind !== 'group' || this.#chat.state.name !== 'online') return;
    this.#membersAsked = Date.now();
    try {
      const found = await room.members();
      // Who only claims to be somebody is no member of anything; then it is who is there.
      const members = found.members.length > 0 ? found.members : await peopleIn(room.id, this.#ticket);
      if (room !== this.#current) return;
      this.#views.frame.setMembers(members);
      this.render();
    } catch {
      // Not a member, or no connection: the next change asks again.
    }
  }
}
