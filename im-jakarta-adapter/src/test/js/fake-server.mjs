// A small server of im.v2 with one log for each conversation, for tests that care what comes out in the end. It knows nothing of rights.

const NOTHING = { epoch: '', seq: 0, mid: '' };

export class FakeServer {
  logs = new Map();
  #world;
  #lines = new Set();
  #acks = new Map();
  #mids = 0;
  page = 3;

  constructor(world) {
    this.#world = world;
  }

  log(conv) {
    if (!this.logs.has(conv)) this.logs.set(conv, { epoch: `e${this.logs.size}`, entries: [], floor: 1, floorPrev: '' });
    return this.logs.get(conv);
  }

  /** Takes a socket's end. Answers come later, one after the other. */
  accept(socket, user) {
    const line = { socket, user, live: new Set(), busy: false, out: [] };
    this.#lines.add(line);
    socket.onSent = sent => { for (const frame of [sent].flat()) this.#later(line, () => this.#take(line, frame)); };
    socket.onClosed = () => this.#lines.delete(line);
    socket.accept();
    this.#say(line, {
      event: 'hello', user_id: user, client_id: 'c', device: 'd', time: this.#world.now, dedupe_window: 600, features: [],
      limits: { frame_bytes: 65536, content: 4000, sync_conversations: 100, page: this.page },
    });
  }

  cut(code = 1006) {
    for (const line of [...this.#lines]) {
      this.#lines.delete(line);
      line.socket.cut(code);
    }
  }

  /** The oldest are gone. */
  trim(conv, count) {
    const log = this.log(conv);
    for (const entry of log.entries.splice(0, count)) {
      log.floor = entry.seq + 1;
      log.floorPrev = entry.mid;
    }
  }

  /** All since an entry is gone, as after a restore of a backup. */
  restore(conv, seq) {
    const log = this.log(conv);
    log.entries = log.entries.filter(entry => entry.seq <= seq);
    log.epoch += 'x';
    for (const entry of log.entries) entry.epoch = log.epoch;
    for (const line of this.#lines) {
      line.live.delete(conv);
      this.#say(line, { event: 'changed', conv, top: this.#top(log) });
    }
  }

  #later(line, action) {
    line.out.push(action);
  }

  /** Does what has come, and delivers what was said, as far as chance lets it. */
  step(random) {
    for (const line of [...this.#lines]) {
      while (line.out.length > 0 && random() < 0.8) line.out.shift()();
    }
  }

  #say(line, ...datas) {
    if (this.#lines.has(line)) line.socket.say(...structuredClone(datas));
  }

  #take(line, frame) {
    const conv = frame.conv ?? (frame.group_id ? `g:${frame.group_id}` : this.#pair(line.user, frame.to_user_id));
    switch (frame.event) {
      case 'speak': case 'edit': case 'recall': this.#append(line, conv, frame); break;
      case 'sync': this.#sync(line, frame); break;
      case 'history': this.#history(line, conv, frame); break;
      default:
    }
  }

  #pair(one, other) {
    const [first, second] = [one, other].sort();
    return `p:${first.length}:${first}:${second}`;
  }

  #append(line, conv, frame) {
    const log = this.log(conv);
    const key = `${conv} ${line.user} ${frame.id}`;
    const known = this.#acks.get(key);
    if (known && log.entries.some(entry => entry.mid === known.mid)) {
      this.#say(line, { ...known, dup: true });
      return;
    }
    const last = log.entries.at(-1);
    const entry = {
      ...frame, conv, seq: (last?.seq ?? log.floor - 1) + 1, mid: `m${++this.#mids}`, prev: last?.mid ?? log.floorPrev, epoch: log.epoch,
      ts: this.#world.now, from_user_id: line.user, from_username: line.user, verified: true, rev: 0,
    };
    delete entry.group_id;
    delete entry.to_user_id;
    if (frame.event === 'speak') entry.event = 'message';
    else if (!this.#changes(line, log, entry, frame)) return;
    log.entries.push(entry);
    const ack = { event: 'ack', id: frame.id, conv, seq: entry.seq, mid: entry.mid, epoch: log.epoch, ts: entry.ts };
    this.#acks.set(key, ack);
    const live = [...this.#lines].filter(each => each.live.has(conv));
    const parts = [() => this.#say(line, ack), () => live.forEach(each => this.#say(each, entry))];
    if (this.#world.random() < 0.5) parts.reverse();
    parts.forEach(part => part());
    for (const each of this.#lines) {
      if (!each.live.has(conv)) this.#say(each, { event: 'changed', conv, top: this.#top(log) });
    }
  }

  #changes(line, log, entry, frame) {
    const target = log.entries.find(each => each.mid === frame.target.mid);
    const code = !target ? 404 : target.recalled || target.rev !== frame.base_rev ? 409 : 0;
    if (code) {
      line.socket.refuse(code, { for: frame.event, id: frame.id, temporary: false, committed: false });
      return false;
    }
    target.rev = entry.rev = frame.base_rev + 1;
    if (frame.event === 'edit') {
      target.content = frame.content;
    } else {
      target.recalled = true;
      for (const each of [target, ...log.entries.filter(other => other.target?.mid === target.mid && other.event === 'edit')]) {
        delete each.content;
        delete each.type;
        each.recalled = true;
      }
    }
    return true;
  }

  #top({ entries, epoch, floor, floorPrev }) {
    const last = entries.at(-1);
    return last ? { epoch, seq: last.seq, mid: last.mid } : floor > 1 ? { epoch, seq: floor - 1, mid: floorPrev } : NOTHING;
  }

  #sync(line, frame) {
    if (line.busy) {
      line.socket.refuse(429, { for: 'sync', id: frame.id, temporary: true });
      return;
    }
    line.busy = true;
    for (const asked of frame.conversations) {
      const conv = asked.group_id ? `g:${asked.group_id}` : this.#pair(line.user, asked.to_user_id);
      line.live.delete(conv);
      this.#later(line, () => this.#page(line, frame.id, conv, asked));
    }
    this.#later(line, () => {
      line.busy = false;
      this.#say(line, { event: 'synced', id: frame.id, ...(frame.directory ? { directory: { status: 'ok', epoch: 'd', version: 1, added: [] } } : {}) });
    });
  }

  /** P3, in its order. */
  #page(line, id, conv, { position, last }) {
    const log = this.log(conv);
    const { entries, epoch, floor, floorPrev } = log;
    const top = this.#top(log);
    const answer = (status, list, more) => {
      const done = list.length === 0 || list.at(-1).seq === top.seq;
      if (status === 'ok' && !done) status = 'more';
      if ((status === 'ok' || status === 'trimmed') && done) line.live.add(conv);
      const extra = status === 'trimmed' && !done ? { more: true } : {};
      this.#say(line, { event: 'sync', id, conv, status, top, floor, floor_prev: floorPrev, messages: status === 'reset' ? [] : list, unread: 0, ...extra, ...more });
    };
    if (last) return answer('ok', entries.slice(-last), { status: 'ok' }) ?? line.live.add(conv);
    const rest = entries.filter(entry => entry.seq > position.seq).slice(0, this.page);
    if (position.seq === 0 && position.epoch === '') return answer(floor > 1 ? 'trimmed' : 'ok', rest);
    const same = position.seq === floor - 1 ? floorPrev : entries.find(entry => entry.seq === position.seq)?.mid;
    if (position.epoch !== epoch || position.seq > top.seq) return answer('reset', []);
    if (position.seq + 1 < floor) return answer('trimmed', entries.slice(0, this.page));
    if (same !== position.mid) return answer('reset', []);
    return answer('ok', rest);
  }

  #history(line, conv, { id, epoch, before, limit }) {
    const log = this.log(conv);
    const older = log.entries.filter(entry => entry.seq < before);
    const status = epoch !== log.epoch ? 'reset' : older.length > limit ? 'more' : 'ok';
    this.#say(line, { event: 'history', id, conv, status, floor: log.floor, floor_prev: log.floorPrev, messages: status === 'reset' ? [] : older.slice(-limit) });
  }
}
