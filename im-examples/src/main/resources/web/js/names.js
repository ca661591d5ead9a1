// What a conversation is called, in the language of the page.

import { t } from './i18n.js';
import { ARTICLE_GROUP } from './store.js';

export function titleOf(store, conversation) {
  if (conversation.kind === 'private') return store.person(conversation.id).name;
  return conversation.id === ARTICLE_GROUP.id ? ARTICLE_GROUP.name : t('groupName', conversation.id);
}

/** What its avatar is made of. A group that is only a number gets a sign, as all of their names start alike. */
export function faceOf(store, conversation) {
  if (conversation.kind === 'private') return store.person(conversation.id);
  return { id: conversation.id, name: conversation.id === ARTICLE_GROUP.id ? ARTICLE_GROUP.name : '#' };
}
