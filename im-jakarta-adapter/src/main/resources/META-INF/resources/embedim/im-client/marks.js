// What is read and received: own watermarks, those of others, and how many messages are unread.

const MOST = 999;

const behind = (one, other) => one.seq < other.seq || one.epoch !== other.epoch;

export class Marks {
  read = null;
  recv = null;
  /** Others: user to {read, recv}. */
  others = new Map();
  #below = 0;
  #told = 0;

  static restore({ read = null, recv = null, others = [], below = 0 } = {}) {
    const marks = new Marks();
    marks.read = read;
    marks.recv = recv;
    marks.others = new Map(others);
    marks.#below = marks.#told = below;
    return marks;
  }

  saved() {
    return { read: this.read, recv: this.recv, others: [...this.others], below: this.#below };
  }

  clear() {
    this.read = this.recv = null;
    this.others.clear();
    this.#below = this.#told = 0;
  }

  /** Only upwards within an epoch (W1). Whether it moved. */
  raise(kind, position) {
    if (!isPosition(position)) return false;
    const now = this[kind];
    if (now && now.epoch === position.epoch && now.seq >= position.seq) return false;
    this[kind] = position;
    if (kind === 'read') this.raise('recv', position);
    return true;
  }

  ofOther(user, kind, position) {
    if (!isPosition(position)) return;
    const marks = this.others.get(user) ?? {};
    if (marks[kind] && !behind(marks[kind], position)) return;
    this.others.set(user, { ...marks, [kind]: position });
  }

  /** What the server says of own marks; true where ours are further, so that it has to hear of them. */
  answered({ read, recv, unread }, timeline, me, live) {
    const ahead = kind => {
      const mine = this[kind];
      const theirs = { read, recv }[kind];
      return mine !== null && mine.seq > 0 && (!isPosition(theirs) || behind(theirs, mine)) && mine.epoch === timeline.position.epoch;
    };
    const stale = { read: ahead('read'), recv: ahead('recv') };
    if (!stale.read) this.#at('read', read);
    if (!stale.recv) this.#at('recv', recv);
    if (Number.isInteger(unread)) this.counted(unread, timeline, me, live, stale.read);
    return stale;
  }

  #at(kind, position) {
    if (isPosition(position) && position.seq > 0) this[kind] = position;
  }

  /** The server's count: what of it we do not have must lie below our first entry. */
  counted(unread, timeline, me, live, stale = false) {
    if (stale) return;
    this.#told = unread;
    if (live) this.#below = Math.max(0, unread - this.#here(timeline, me));
  }

  /** Messages behind `read` that are not own and not recalled, at most 999 (W2). */
  unread(timeline, me, live) {
    const first = timeline.first?.seq ?? timeline.position.seq + 1;
    if ((this.read?.seq ?? 0) >= first - 1 && this.read) this.#below = 0;
    const here = this.#here(timeline, me) + this.#below;
    return Math.min(MOST, live ? here : Math.max(here, this.#told));
  }

  /** Older entries came in front: what they hold no longer lies below the first one. `change()` adds them. */
  keepCount(timeline, me, change) {
    const all = this.#here(timeline, me) + this.#below;
    const result = change();
    this.#below = Math.max(0, all - this.#here(timeline, me));
    return result;
  }

  /** What was told is older than a mark that was set here. */
  setHere() {
    this.#told = 0;
  }

  #here(timeline, me) {
    const from = this.read?.epoch === timeline.position.epoch ? this.read.seq : 0;
    let count = 0;
    for (let at = timeline.entries.length - 1; at >= 0 && timeline.entries[at].seq > from && count < MOST; at--) {
      const entry = timeline.entries[at];
      if (entry.event === 'message' && !entry.recalled && entry.from_user_id !== me && !isRepeated(timeline, entry)) count++;
    }
    return count;
  }
}

/** Whether an earlier entry is the same message of the same sender (S5). */
export function isRepeated(timeline, entry) {
  return Boolean(entry.id) && timeline.said(entry.from_user_id, entry.id) !== entry;
}

function isPosition(value) {
  return typeof value?.epoch === 'string' && Number.isInteger(value?.seq) && typeof value?.mid === 'string';
}
