// The sign-in screen: one of the article's users with one click, or anyone else.

import { avatarOf } from './avatar.js';
import { byId, el } from './dom.js';
import { onChange, t } from './i18n.js';
import { ID_LIMIT, codePoints, wellFormed } from './protocol.js';
import { ARTICLE_USERS } from './store.js';

export function mountSignIn(signIn) {
  byId('signin-users').append(...ARTICLE_USERS.map(user => el('li', {},
    el('button', { class: 'signin-user', testid: `signin-user-${user.id}`, attrs: { type: 'button' }, on: { click: () => signIn({ ...user, avatar: '' }) } },
      avatarOf(user),
      el('span', { class: 'signin-user-name', text: user.name }),
      el('span', { class: 'signin-user-id', text: user.id })))));

  const [id, name, avatar, error] = ['signin-id', 'signin-name', 'signin-avatar', 'signin-error'].map(byId);
  let problem = null;
  const show = (key, field) => {
    problem = key;
    for (const input of [id, name]) input.setAttribute('aria-invalid', String(input === field));
    error.textContent = key ? t(key, ID_LIMIT) : '';
    field?.focus();
  };

  byId('signin-form').addEventListener('submit', event => {
    event.preventDefault();
    const me = { id: wellFormed(id.value.trim()), name: wellFormed(name.value.trim()), avatar: wellFormed(avatar.value.trim()) };
    if (!me.id) show('idMissing', id);
    else if (!me.name) show('nameMissing', name);
    else if (codePoints(me.id) > ID_LIMIT) show('tooLong', id);
    else if (codePoints(me.name) > ID_LIMIT) show('tooLong', name);
    else {
      show(null);
      signIn(me);
    }
  });
  onChange(() => { if (problem) error.textContent = t(problem, ID_LIMIT); });
}
