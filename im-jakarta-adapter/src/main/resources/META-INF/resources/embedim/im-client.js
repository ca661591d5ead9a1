// A client of im.v2, the chat protocol of embedim, without dependencies. This file and the folder beside it are all there is.
//
//   import { connect } from '/embedim/im-client.js';
//   const chat = connect({ url: '/im', ticket: () => fetch('/ticket').then(answer => answer.text()) });
//   const room = chat.group('7');
//   room.on('change', () => show(room.messages));
//   room.send('hello');
//
// Types and what each thing does: im-client.d.ts. The protocol: docs/protocol-v2.md.

import { Chat } from './im-client/chat.js';
import { ImError } from './im-client/errors.js';
import { browserPlatform, newId } from './im-client/platform.js';
import { indexedDbStore, memoryStore, noStore } from './im-client/stores.js';

export { ImError, indexedDbStore, memoryStore };

const DEVICE = 'embedim.device';

/** Connects, and stays connected until `close()`. */
export function connect(options) {
  const platform = { ...browserPlatform(), ...options.platform };
  const chat = new Chat({ ...options, url: absolute(options.url), device: options.device ?? deviceOf(platform) }, platform, storeOf(options, platform));
  chat.start();
  return chat;
}

function absolute(url) {
  const address = new URL(url, globalThis.document?.baseURI);
  address.protocol = { 'http:': 'ws:', 'https:': 'wss:' }[address.protocol] ?? address.protocol;
  address.hash = '';
  return address.href;
}

function storeOf({ store }, platform) {
  if (store !== null && typeof store === 'object') return store;
  if (store === 'none' || !platform.indexedDB) return noStore();
  if (store !== undefined && store !== 'indexeddb') throw new TypeError(`store is '${store}'; expected 'indexeddb', 'none' or a Store`);
  return indexedDbStore(platform.indexedDB);
}

/** The same at each visit of this browser. */
function deviceOf(platform) {
  try {
    const known = localStorage.getItem(DEVICE);
    if (known) return known;
    const made = newId(platform);
    localStorage.setItem(DEVICE, made);
    return made;
  } catch {
    return newId(platform);
  }
}
