// What users and conversations are called. Names come with messages; the article's users have theirs from the start.

import { t } from '../../js/i18n.js';
import { ARTICLE_GROUP, ARTICLE_USERS } from '../../js/store.js';

const names = new Map(ARTICLE_USERS.map(user => [user.id, user.name]));
const avatars = new Map();

export function learn(room) {
  for (const message of room.messages) {
    if (message.name && message.name !== message.from) names.set(message.from, message.name);
    if (message.avatar) avatars.set(message.from, message.avatar);
  }
}

export function know(user) {
  names.set(user.id, user.name);
}

export function nameOf(user) {
  return names.get(user) ?? user;
}

export function faceOf(user) {
  return { id: user, name: nameOf(user), avatar: avatars.get(user) ?? '' };
}

export function titleOf(room) {
  if (room.kind === 'user') return nameOf(room.id);
  return room.id === ARTICLE_GROUP.id ? ARTICLE_GROUP.name : t('groupName', room.id);
}

export function faceOfRoom(room) {
  if (room.kind === 'user') return faceOf(room.id);
  return { id: room.id, name: room.id === ARTICLE_GROUP.id ? ARTICLE_GROUP.name : '#', avatar: '' };
}

/** A message in one line. */
export function gistOf(message) {
  if (message.recalled) return t('kind_gone');
  if (message.type === 'text') return message.content;
  return [t(`kind_${message.type}`), message.content || message.body?.name || ''].join(' ').trim();
}
