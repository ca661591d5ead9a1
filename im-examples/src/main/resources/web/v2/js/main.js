// Wires the page: who is signed in, and what the address says.

import { avatarOf } from '../../js/avatar.js';
import { byId, el, setText } from '../../js/dom.js';
import * as i18n from '../../js/i18n.js';
import { ID_LIMIT, codePoints, isGroupId, wellFormed } from '../../js/protocol.js';
import { ARTICLE_USERS } from '../../js/store.js';
import { toast } from '../../js/toast.js';
import { mountSignIn } from '../../js/view-signin.js';
import { Session } from './session.js';
import { texts } from './texts.js';

const { t } = i18n;
let session = null;

function userFromAddress() {
  const query = new URLSearchParams(location.search);
  const id = wellFormed((query.get('user') ?? '').trim());
  if (!id || codePoints(id) > ID_LIMIT) return null;
  const name = wellFormed((query.get('name') ?? '').trim()) || ARTICLE_USERS.find(user => user.id === id)?.name || id;
  return { id, name: [...name].slice(0, ID_LIMIT).join(''), avatar: wellFormed(query.get('avatar') ?? '') };
}

function addressOf(me) {
  const query = new URLSearchParams(location.search);
  for (const key of ['user', 'name', 'avatar']) query.delete(key);
  if (me) {
    query.set('user', me.id);
    query.set('name', me.name);
    if (me.avatar) query.set('avatar', me.avatar);
  }
  const text = query.toString();
  return location.pathname + (text ? `?${text}` : '');
}

function keyFromAddress() {
  try {
    const key = decodeURIComponent(location.hash.slice(1));
    return /^[gu]:./.test(key) ? key : null;
  } catch {
    return null;
  }
}

function show(signedIn) {
  byId('signin').hidden = signedIn;
  for (const id of ['app', 'status', 'me', 'sign-out']) byId(id).hidden = !signedIn;
}

async function profileOfServer() {
  for (;;) {
    try {
      return (await (await fetch('/api/config', { cache: 'no-store' })).json()).profile;
    } catch {
      await new Promise(resolve => setTimeout(resolve, 2_000));
    }
  }
}

async function signIn(me) {
  const profile = await profileOfServer();
  const address = key => history.replaceState(null, '', addressOf(me) + (key ? `#${encodeURIComponent(key)}` : ''));
  const device = new URLSearchParams(location.search).get('device') ?? undefined;
  const wanted = keyFromAddress();
  byId('me').replaceChildren(avatarOf(me), el('span', { class: 'me-name', text: me.name }));
  byId('me').title = `${me.name} · ${me.id}`;
  address(wanted);
  show(true);
  session = new Session(me, { profile, device, opened: address });
  if (wanted) session.open(wanted);
  else session.render();
}

async function signOut() {
  const ending = session;
  session = null;
  await ending.stop();
  history.replaceState(null, '', addressOf(null));
  location.reload();
}

function mountStarter(formId, inputId, valid, problem, keyOf) {
  byId(formId).addEventListener('submit', event => {
    event.preventDefault();
    const input = byId(inputId);
    const value = wellFormed(input.value.trim());
    if (!valid(value)) {
      toast(t(problem, ID_LIMIT));
      input.focus();
      return;
    }
    input.value = '';
    session.open(keyOf(value));
  });
}

function labelSwitch() {
  const button = byId('lang-switch');
  setText(button, t('switchLabel'));
  button.setAttribute('aria-label', t('switchHint'));
  button.title = t('switchHint');
}

i18n.add(texts);
byId('lang-switch').addEventListener('click', i18n.toggle);
byId('sign-out').addEventListener('click', signOut);
byId('app').addEventListener('keydown', event => { if (event.key === 'Escape' && !event.isComposing && event.target.id !== 'composer') session?.open(null); });
i18n.onChange(() => { labelSwitch(); session?.render(); });
i18n.start(new URLSearchParams(location.search).get('lang'));
mountSignIn(signIn);
mountStarter('start-private', 'start-private-id', value => value !== '' && codePoints(value) <= ID_LIMIT, 'userIdBad', id => `u:${id}`);
mountStarter('join-group', 'join-group-id', isGroupId, 'groupIdBad', id => `g:${id}`);
const linked = userFromAddress();
if (linked) signIn(linked);
else show(false);
