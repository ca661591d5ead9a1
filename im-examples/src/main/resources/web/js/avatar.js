// An avatar: the user's image or emoji if there is one, else the first character on a colour that is always the same for an id.

import { el } from './dom.js';

const TONES = 8;

function toneOf(id) {
  // FNV-1a: ids often differ in one digit only, and still should not look alike.
  let hash = 0x811c9dc5;
  for (const char of id) hash = Math.imul(hash ^ char.codePointAt(0), 0x01000193) >>> 0;
  return ((hash ^ (hash >>> 13)) >>> 0) % TONES;
}

function initialOf(name) {
  const first = [...name.trim()][0] ?? '?';
  return first.toUpperCase();
}

const isImage = avatar => /^https:\/\//i.test(avatar) || avatar.startsWith(`${location.origin}/`);
const isEmoji = avatar => /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(avatar) && [...avatar].length <= 8;

export function avatarOf({ id, name, avatar = '' }, { group = false, present } = {}) {
  const emoji = isEmoji(avatar);
  const node = el('span', {
    class: `avatar tone-${toneOf(id)}${group ? ' square' : ''}${emoji ? ' emoji' : ''}`,
    text: emoji ? avatar : initialOf(name),
    attrs: { 'aria-hidden': 'true' },
  });
  if (isImage(avatar)) {
    // The initial stays underneath, for as long as the image has not come.
    const image = el('img', { attrs: { alt: '', referrerpolicy: 'no-referrer', loading: 'lazy' } });
    image.onerror = () => image.remove();
    image.src = avatar;
    node.append(image);
  }
  if (present !== undefined) node.append(el('i', { class: present ? 'presence on' : 'presence' }));
  return node;
}
