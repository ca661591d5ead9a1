// The classic dialect: how frames are built and what a received frame means. No state, no socket.

export const CONTENT_LIMIT = 128;
export const ID_LIMIT = 64;
export const DEFAULT_AVATAR = 'default.png';
export const PING = Object.freeze({ event: 'ping' });

/** The server counts code points, a JavaScript string counts UTF-16 units: one emoji is one here, two there. */
export function codePoints(text) {
  return [...text].length;
}

/** A lone surrogate is refused by the server, and a refused frame costs the connection. */
export function wellFormed(text) {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

export function isGroupId(text) {
  return /^\d{1,20}$/.test(text) && !/^0+$/.test(text);
}

/** 96 random bits at least. Not crypto.randomUUID: that one is missing where the page is served over plain HTTP. */
export function newMessageId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

// The article sends group numbers as integers. "0100" is another group than 100, and a number above 2^53 would lose digits.
function groupOnWire(id) {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : id;
}

function request(event, mode, groupId, me) {
  return {
    event,
    mode,
    group_id: groupId,
    from_user_id: me.id,
    from_username: me.name,
    from_avatar: me.avatar || DEFAULT_AVATAR,
  };
}

export function joinAsUser(me) {
  return { ...request('join', 1, 0, me), content: '加入会话' };
}

export function joinGroup(me, groupId) {
  return { ...request('join', 2, groupOnWire(groupId), me), content: '加入会话' };
}

/** `client_msg_id` is ours: the server relays unknown fields untouched, so an own group message is recognised when it returns. */
export function speak(me, conversation, message) {
  const extra = { content: message.content, client_msg_id: message.id };
  return conversation.kind === 'group'
    ? { ...request('speak', 2, groupOnWire(conversation.id), me), ...extra }
    : { ...request('speak', 1, 0, me), to_user_id: conversation.id, ...extra };
}

// Integers and strings are the same id to the server; every other type is none.
function id(value) {
  return typeof value === 'string' || Number.isInteger(value) ? String(value) : '';
}

function text(value, fallback = '') {
  return typeof value === 'string' ? value : fallback;
}

function isRequest(data) {
  return data !== null && typeof data === 'object' && !Array.isArray(data);
}

function sender(data) {
  const userId = id(data.from_user_id);
  return { from: userId, name: text(data.from_username, userId), avatar: text(data.from_avatar) };
}

/** What a received text means; `ignored` for the server's own heartbeat and everything this page does not know. */
export function parse(raw) {
  let frame;
  try {
    frame = JSON.parse(raw);
  } catch {
    return { kind: 'ignored' };
  }
  if (!isRequest(frame) || typeof frame.code !== 'number') return { kind: 'ignored' };
  const { code, data } = frame;
  if (code !== 0) {
    const cause = isRequest(data) ? data : {};
    return {
      kind: 'error', code, msg: text(frame.msg), event: text(cause.event),
      group: Number(cause.mode) === 2 ? id(cause.group_id) : '', messageId: text(cause.client_msg_id),
    };
  }
  if (Array.isArray(data)) return { kind: 'pong' };
  if (!isRequest(data)) return { kind: 'ignored' };
  const group = Number(data.mode) === 2 || data.event === 'leave' ? id(data.group_id) : '';
  switch (data.event) {
    case 'join': return { kind: 'joined', group };
    case 'leave': return { kind: 'left', group, ...sender(data) };
    case 'speak': return {
      kind: 'message', group, to: id(data.to_user_id), content: text(data.content),
      messageId: text(data.client_msg_id), ...sender(data),
    };
    default: return { kind: 'ignored' };
  }
}
