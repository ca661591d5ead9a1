// What is known of one conversation's log, and the position: the end of the contiguous prefix (P1). No socket, no clock.

export const NOTHING = Object.freeze({ epoch: '', seq: 0, mid: '' });

const CONTENT = ['type', 'content', 'body', 'mentions', 'reply_to', 'ext'];

/** Whether a change takes its target back: so does an edit that is served without words. */
const recalls = change => change?.event === 'recall' || change?.recalled === true;

export class Timeline {
  /** Ascending in `seq`. Entries are changed in place by edits and recalls. */
  entries = [];
  position = NOTHING;
  /** `seq` of the entries in front of which others are gone for good. */
  gaps = new Set();
  #mids = new Map();
  #said = new Map();
  #early = new Map();
  /** The edits of each message, also of one that is not here. */
  #edits = new Map();

  /** As it was stored. */
  static restore({ position, gaps = [], entries = [] }) {
    const timeline = new Timeline();
    timeline.gaps = new Set(gaps);
    for (const entry of entries) timeline.#keep(entry);
    timeline.position = position ?? NOTHING;
    return timeline;
  }

  get first() {
    return this.entries[0];
  }

  get last() {
    return this.entries.at(-1);
  }

  /** The message of this user with this id. The same id a second time is an entry like others, and not shown (S5). */
  said(user, id) {
    return this.#said.get(`${user}\n${id}`);
  }

  find(mid) {
    return this.#mids.get(mid);
  }

  at(seq) {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.entries[middle].seq < seq) low = middle + 1;
      else high = middle;
    }
    return this.entries[low]?.seq === seq ? this.entries[low] : undefined;
  }

  /** V-SYNC 6: 'taken', 'duplicate', or 'hole', which is a fork as well. `empty` says that the server knows the log to have nothing before. */
  offer(entry, empty = false) {
    const { epoch, seq, mid } = this.position;
    const begins = empty && seq === 0 && epoch === '' && entry.seq === 1 && entry.prev === '';
    if (begins || (entry.epoch === epoch && entry.seq === seq + 1 && entry.prev === mid)) {
      this.position = { epoch: entry.epoch, seq: entry.seq, mid: entry.mid };
      this.#keep(entry);
      return 'taken';
    }
    const known = entry.epoch === epoch && entry.seq <= seq && (this.at(entry.seq)?.mid ?? (entry.seq === seq ? mid : undefined)) === entry.mid;
    return known ? 'duplicate' : 'hole';
  }

  /** The newest entries, into a timeline that has nothing (P5). What lies below is for {@link prepend}. */
  begin(entries) {
    const [first] = entries;
    if (first) this.position = { epoch: first.epoch, seq: first.seq - 1, mid: first.prev };
    return this.page(entries);
  }

  /** A page behind the position. The entries that were new, or null where one does not fit. */
  page(entries) {
    const taken = [];
    for (const entry of entries) {
      const outcome = this.offer(entry);
      if (outcome === 'hole') return null;
      if (outcome === 'taken') taken.push(entry);
    }
    return taken;
  }

  /** What lay between the position and `floor` is gone (P4). */
  trimmed(epoch, floor, floorPrev) {
    if (floor - 1 <= this.position.seq && this.position.epoch === epoch) return;
    this.gaps.add(floor);
    this.position = { epoch, seq: floor - 1, mid: floorPrev };
  }

  /** V-CROWD: counts stand for entries of who came and went, which are not kept. False where they do not follow the position. */
  counted({ epoch, first, prev, seq, mid }) {
    const { position } = this;
    if (epoch !== position.epoch || first !== position.seq + 1 || prev !== position.mid) return false;
    this.position = { epoch, seq, mid };
    return true;
  }

  /** Older entries, in front of the first. Those that were new, or null where they do not meet it. */
  prepend(entries) {
    const older = entries.filter(entry => !this.first || entry.seq < this.first.seq);
    let next = this.first;
    for (const entry of [...older].reverse()) {
      if (next && (entry.seq !== next.seq - 1 || entry.mid !== next.prev)) return null;
      next = entry;
    }
    for (const entry of [...older].reverse()) this.#keep(entry, true);
    return older;
  }

  clear() {
    this.entries = [];
    this.position = NOTHING;
    this.gaps.clear();
    this.#mids.clear();
    this.#said.clear();
    this.#early.clear();
    this.#edits.clear();
  }

  /** Entries that were changed by others since the last call: they have to be stored anew. */
  takeChanged() {
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }

  #changed = new Set();

  #keep(entry, inFront = false) {
    if (inFront) this.entries.unshift(entry);
    else this.entries.push(entry);
    this.#mids.set(entry.mid, entry);
    if (entry.event === 'message') {
      const key = `${entry.from_user_id}\n${entry.id}`;
      const known = this.#said.get(key);
      if (entry.id && (!known || known.seq > entry.seq)) this.#said.set(key, entry);
      const early = this.#early.get(entry.mid);
      if (early) this.#change(entry, early);
      if (entry.recalled) this.#forgetEdits(entry.mid);
    } else if (entry.event === 'edit' || entry.event === 'recall') {
      this.#apply(entry);
      const { mid } = entry.target;
      if (entry.event === 'edit') this.#edits.set(mid, [...(this.#edits.get(mid) ?? []), entry]);
      if (recalls(entry) || this.#mids.get(mid)?.recalled || recalls(this.#early.get(mid))) this.#forgetEdits(mid);
    }
  }

  /** The words of a recalled message's edits go too, wherever the message is (E2). */
  #forgetEdits(mid) {
    for (const edit of this.#edits.get(mid) ?? []) if (!edit.recalled) this.#empty(edit);
  }

  #apply(change) {
    const { mid } = change.target;
    const target = this.#mids.get(mid);
    if (target) this.#change(target, change);
    else if (!(this.#early.get(mid)?.rev >= change.rev)) this.#early.set(mid, change);
  }

  /** The highest revision wins, in whatever order they come (E3). */
  #change(target, change) {
    if (target.event !== 'message' || !(change.rev > (target.rev ?? 0))) return;
    target.rev = change.rev;
    if (recalls(change)) {
      this.#empty(target);
    } else if (!target.recalled) {
      for (const name of CONTENT) {
        if (change[name] === undefined) delete target[name];
        else target[name] = change[name];
      }
    }
    this.#changed.add(target);
  }

  /** What was said is kept nowhere once it has been taken back. */
  #empty(entry) {
    for (const name of CONTENT) delete entry[name];
    entry.recalled = true;
    this.#changed.add(entry);
  }
}
