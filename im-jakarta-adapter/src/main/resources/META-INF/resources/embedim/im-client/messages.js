// What a page shows of a conversation: its messages and notices in the order of the log, and behind them what is on its way.

import { isRepeated } from './marks.js';

/** A message as a page sees it. It says how it is now; after a change the conversation makes new ones. */
class Message {
  kind = 'message';

  #conversation;
  #item;

  constructor(conversation, me, { entry, item, change }) {
    this.#conversation = conversation;
    this.#item = item;
    const said = change?.frame.event === 'edit' ? change.frame : entry ?? item.frame;
    this.id = entry?.id ?? item?.id;
    this.from = entry?.from_user_id ?? me;
    // The same for one message from the first moment on, so that a page can keep its element.
    this.key = this.id ? `${this.from}\n${this.id}` : entry.mid;
    this.own = this.from === me;
    this.name = entry?.from_username ?? this.from;
    this.avatar = entry?.from_avatar;
    this.verified = entry?.verified ?? true;
    this.seq = entry?.seq ?? item?.ack?.seq;
    this.mid = entry?.mid ?? item?.ack?.mid;
    this.at = new Date(entry?.ts ?? item?.ack?.ts ?? item.madeAt);
    this.recalled = entry?.recalled === true || change?.frame.event === 'recall';
    this.type = this.recalled ? undefined : said.type ?? 'text';
    this.content = this.recalled ? '' : said.content ?? '';
    this.body = this.recalled ? undefined : said.body;
    this.mentions = this.recalled ? [] : said.mentions ?? [];
    this.replyTo = this.recalled ? undefined : said.reply_to;
    this.ext = this.recalled ? undefined : entry?.ext;
    this.rev = entry?.rev ?? 0;
    this.edited = !this.recalled && (this.rev > 0 || change !== undefined);
    this.state = change ? 'sending' : entry ? 'sent' : item.state;
    this.error = entry ? null : item.error;
  }

  /** Users whose read mark is at this message or behind it. */
  get readBy() {
    return this.#conversation.othersAt('read', this);
  }

  get receivedBy() {
    return this.#conversation.othersAt('recv', this);
  }

  edit(what) {
    return this.#conversation.edit(this, what);
  }

  recall() {
    return this.#conversation.recall(this);
  }

  /** Once more with the same id: for what failed, was lost, or of which nobody knows. */
  resend() {
    if (this.#item) this.#conversation.resend(this.#item);
  }

  /** Takes it out of the list and never sends it. */
  discard() {
    if (this.#item) this.#conversation.discard(this.#item);
  }
}

/** `made`: messages that were made before, by their entry. One that has not changed is the same object again. */
export function timelineOf(conversation, me, items, made) {
  const { timeline } = conversation;
  const changes = new Map();
  for (const item of items) {
    // Until its entry is there, which takes it out of the outbox.
    const pending = item.state === 'queued' || item.state === 'sending' || item.state === 'sent';
    if (pending && item.frame.event !== 'speak') changes.set(item.frame.target.mid, item);
  }
  const shown = [];
  for (const entry of timeline.entries) {
    if (timeline.gaps.has(entry.seq)) shown.push(gap(entry.seq));
    if (entry.event === 'message') {
      if (!isRepeated(timeline, entry)) shown.push(messageOf(conversation, me, entry, changes.get(entry.mid), made));
    } else if (entry.event === 'member_added' || entry.event === 'member_removed') {
      shown.push({ kind: entry.event, key: entry.mid, seq: entry.seq, mid: entry.mid, at: new Date(entry.ts), user: entry.user_id, by: entry.from_user_id });
    }
  }
  if (timeline.gaps.has(timeline.position.seq + 1)) shown.push(gap(timeline.position.seq + 1));
  for (const item of items) {
    if (item.frame.event === 'speak' && !timeline.said(me, item.id) && !isInGap(item, timeline)) shown.push(new Message(conversation, me, { item }));
  }
  return shown;
}

function messageOf(conversation, me, entry, change, made) {
  const look = `${me} ${entry.rev ?? 0} ${entry.recalled === true} ${change?.id}`;
  const known = made.get(entry);
  if (known?.look === look) return known.message;
  const message = new Message(conversation, me, { entry, change });
  made.set(entry, { look, message });
  return message;
}

/** It has a place in the log, which was trimmed before we have seen it. */
function isInGap({ state, ack }, { position }) {
  return state === 'sent' && ack.epoch === position.epoch && ack.seq <= position.seq;
}

function gap(seq) {
  return { kind: 'gap', key: `gap ${seq}`, seq };
}
