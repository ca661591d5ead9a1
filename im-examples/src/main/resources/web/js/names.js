// What a conversation is called, in the language of the page.

import { t } from './i18n.js';
import { ARTICLE_GROUP } from './store.js';

export function titleOf(store, conversation) {
  if (conversation.kind === 'private') return store.person(conversation.id).name;
  return conversation.id === ARTICLE_GROUP.id ? ARTICLE_GROUP.name : t('groupName', conversation.id);
}
