// Classic has no history on the server, so the tab keeps its own: a reload must not wipe a conversation off the screen.
// sessionStorage, because it ends with the tab and is not shared with the other user signed in next to it.

const KEPT = 200;
const nameFor = userId => `embedim.history.${userId}`;

export function save(store) {
  const kept = Array.from(store.conversations.values(), ({ kind, id, messages, unread, draft, activity }) =>
    ({ kind, id, messages: messages.slice(-KEPT), unread, draft, activity }));
  try {
    sessionStorage.setItem(nameFor(store.me.id), JSON.stringify({ kept, people: [...store.people.values()] }));
  } catch {
    // Full or forbidden storage costs the memory of a reload, nothing else.
  }
}

export function restore(store) {
  let stored;
  try {
    stored = JSON.parse(sessionStorage.getItem(nameFor(store.me.id)));
  } catch {
    return;
  }
  for (const { id, name, avatar } of stored?.people ?? []) store.meet(id, name, avatar);
  for (const { kind, id, messages, unread, draft, activity } of stored?.kept ?? []) {
    const conversation = store.ensure(kind, id);
    Object.assign(conversation, { messages, unread, draft, activity });
    for (const message of messages) {
      // A duplicated tab has a copy of this storage: sent by itself, a queued message would go out twice.
      if (message.state === 'queued') message.state = 'failed';
      if (message.state === 'sending') message.state = 'unknown';
    }
  }
}

export function forget(userId) {
  try {
    sessionStorage.removeItem(nameFor(userId));
  } catch {
    // Nothing was stored then.
  }
}
