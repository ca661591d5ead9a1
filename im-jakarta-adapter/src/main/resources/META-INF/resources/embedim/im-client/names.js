// What conversations are called. Inside, a pair goes by its other user, so that it has a name before the server has said who we are.

/** 'g:7' or 'u:bob', from either of these, the server's own 'p:3:ann:bob', {group} or {user}. */
export function keyOf(what, me) {
  if (typeof what === 'object' && what !== null) {
    if (what.group !== undefined) return `g:${what.group}`;
    if (what.user !== undefined) return `u:${what.user}`;
  }
  const text = String(what);
  if (text.startsWith('g:') || text.startsWith('u:')) return text;
  const users = pairOf(text);
  if (!users || me === undefined) throw new TypeError(`conversation is '${text}'; expected g:<group>, u:<user>, {group} or {user}`);
  return `u:${users[0] === me ? users[1] : users[0]}`;
}

/** How the server writes it; undefined for a pair as long as we do not know who we are. */
export function convOf(key, me) {
  if (key.startsWith('g:')) return key;
  if (me === undefined) return undefined;
  const [first, second] = [me, key.slice(2)].sort(byUnits);
  return `p:${first.length}:${first}:${second}`;
}

/** How a frame names it. */
export function addressOf(key) {
  const id = key.slice(2);
  return key.startsWith('g:') ? { group_id: id } : { to_user_id: id };
}

function pairOf(text) {
  const length = /^p:(\d{1,4}):/.exec(text);
  if (!length) return null;
  const rest = text.slice(length[0].length);
  const count = Number(length[1]);
  return rest[count] === ':' ? [rest.slice(0, count), rest.slice(count + 1)] : null;
}

function byUnits(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}
