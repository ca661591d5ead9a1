// Short messages that do not take the focus. The same text twice is one toast that stays longer.

import { byId, el, icon } from './dom.js';
import { t } from './i18n.js';

const SHOWN_FOR = 7_000;

export function toast(text) {
  const box = byId('toasts');
  const present = [...box.children].find(node => node.dataset.text === text);
  if (present) present.remove();
  const close = el('button', { class: 'ghost icon', attrs: { type: 'button', 'aria-label': t('dismiss') }, on: { click: () => node.remove() } }, icon('close'));
  const node = el('div', { class: 'toast', testid: 'toast', data: { text }, attrs: { role: 'alert' } },
    icon('warn'), el('span', { class: 'toast-text', text }), close);
  box.append(node);
  while (box.children.length > 3) box.firstChild.remove();
  setTimeout(() => node.remove(), SHOWN_FOR);
}
