// Wires the page: who is signed in, what the address says, and the session behind the views.

import { avatarOf } from './avatar.js';
import { Directory } from './directory.js';
import { byId, el, setText } from './dom.js';
import * as history from './history.js';
import * as i18n from './i18n.js';
import { Login } from './login.js';
import { ID_LIMIT, codePoints, isGroupId, wellFormed } from './protocol.js';
import { Session } from './session.js';
import { ARTICLE_USERS, Store, keyOf } from './store.js';
import { toast } from './toast.js';
import { AppView, PHONE } from './view-app.js';
import { mountSignIn } from './view-signin.js';

const { t } = i18n;
let current = null;

function endpoint() {
  const url = new URL('im', document.baseURI);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = url.hash = '';
  return url;
}

/** The address holds the user, so that a reload stays signed in and a link can sign in. */
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
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}

function show(signedIn) {
  byId('signin').hidden = signedIn;
  for (const id of ['app', 'status', 'me', 'sign-out']) byId(id).hidden = !signedIn;
}

function signIn(me) {
  const store = new Store(me);
  store.preset();
  history.restore(store);
  const attentive = conversation => store.open === conversation.key && document.visibilityState === 'visible';
  const login = new Login(me);
  const session = new Session(() => login.address(endpoint()), store, {
    attentive,
    error: (msg, code) => toast(t('error', msg, code)),
  });

  const follow = () => store.select(keyFromAddress());
  const open = key => {
    if (store.open === key) return view.composer.focus();
    const address = `${addressOf(me)}#${encodeURIComponent(key)}`;
    // On a phone the conversation is a step forward, so that the system's own back button returns to the list.
    if (PHONE.matches && !store.open) window.history.pushState({ stepped: true }, '', address);
    else window.history.replaceState(window.history.state, '', address);
    store.select(key);
    render();
    if (!PHONE.matches) view.composer.focus();
    return undefined;
  };
  const back = () => {
    if (!store.open) return;
    const key = store.open;
    if (window.history.state?.stepped) {
      window.history.back();
    } else {
      window.history.replaceState(null, '', addressOf(me));
      store.select(null);
    }
    setTimeout(() => document.querySelector(`[data-testid="conversation-${CSS.escape(key)}"]`)?.focus());
  };

  const view = new AppView(store, {
    open, back,
    say: (conversation, content) => session.say(conversation, content),
    again: (conversation, message) => session.sayAgain(conversation, message),
    discard: (conversation, message) => store.remove(conversation, message),
    chat: userId => open(session.openPrivate(userId).key),
    retry: () => session.retryNow(),
  });
  const directory = new Directory(store, () => login.headers());
  let saving = 0;
  const render = () => {
    const conversation = store.current();
    if (conversation && attentive(conversation)) store.read(conversation);
    view.render();
    saving ||= setTimeout(() => { saving = 0; history.save(store); }, 300);
  };
  const leave = event => {
    history.save(store);
    if (event.type === 'beforeunload' && store.own('queued').length > 0) event.preventDefault();
  };

  current = {
    store, session, render, open,
    stop() {
      directory.stop();
      session.stop();
      unsubscribe();
      view.dispose();
      clearTimeout(saving);
      document.removeEventListener('visibilitychange', render);
      removeEventListener('popstate', follow);
      removeEventListener('beforeunload', leave);
      removeEventListener('pagehide', leave);
    },
  };
  const unsubscribe = store.subscribe(render);
  document.addEventListener('visibilitychange', render);
  addEventListener('popstate', follow);
  addEventListener('beforeunload', leave);
  addEventListener('pagehide', leave);

  window.history.replaceState(window.history.state, '', addressOf(me) + location.hash);
  byId('me').replaceChildren(avatarOf(me), el('span', { class: 'me-name', text: me.name }));
  byId('me').title = `${me.name} · ${me.id}`;
  setText(byId('endpoint'), endpoint().pathname);
  show(true);
  follow();
  render();
  session.start();
  directory.start();
}

function signOut() {
  const { store } = current;
  current.stop();
  current = null;
  history.forget(store.me.id);
  window.history.replaceState(null, '', addressOf(null));
  show(false);
  byId('signin-users').querySelector('button').focus();
}

/** The two small forms below the list. */
function mountStarters() {
  const starter = (formId, inputId, valid, problem, start) => byId(formId).addEventListener('submit', event => {
    event.preventDefault();
    const input = byId(inputId);
    const value = wellFormed(input.value.trim());
    if (!valid(value)) {
      toast(t(problem, ID_LIMIT));
      input.focus();
      return;
    }
    input.value = '';
    start(value);
  });
  starter('start-private', 'start-private-id', value => value !== '' && codePoints(value) <= ID_LIMIT, 'userIdBad',
    id => { current.session.openPrivate(id); current.open(keyOf('private', id)); });
  starter('join-group', 'join-group-id', isGroupId, 'groupIdBad',
    id => { current.session.openGroup(id); current.open(keyOf('group', id)); });
}

function labelSwitch() {
  const button = byId('lang-switch');
  setText(button, t('switchLabel'));
  button.setAttribute('aria-label', t('switchHint'));
  button.title = t('switchHint');
}

byId('lang-switch').addEventListener('click', i18n.toggle);
byId('sign-out').addEventListener('click', signOut);
i18n.onChange(() => { labelSwitch(); current?.render(); });
i18n.start(new URLSearchParams(location.search).get('lang'));
mountSignIn(signIn);
mountStarters();
const linked = userFromAddress();
if (linked) signIn(linked);
else show(false);
