// What a message shows inside its bubble, by type. Addresses are used only where they are http, https or a path of this server.

import { el, icon } from '../../js/dom.js';
import { t } from '../../js/i18n.js';

const LARGEST = 320;

function safe(url) {
  if (typeof url !== 'string') return null;
  return /^https?:\/\//i.test(url) || /^\/(?!\/)/.test(url) ? url : null;
}

function sizeOf(bytes) {
  if (!(bytes >= 0)) return '';
  return bytes < 1_048_576 ? t('kilobytes', Math.max(1, Math.round(bytes / 1024))) : t('megabytes', (bytes / 1_048_576).toFixed(1));
}

const caption = message => message.content
  ? [el('span', { class: 'text', testid: 'message-text', text: message.content, attrs: { dir: 'auto' } })] : [];

export function contentOf(message) {
  const url = safe(message.body?.url);
  if (message.type === 'image' && url) return [picture(url, message.body), ...caption(message)];
  if (message.type === 'voice' && url) return [el('audio', { class: 'voice', testid: 'voice', attrs: { controls: '', preload: 'metadata', src: url } }), ...caption(message)];
  if (message.type === 'file' && url) return [file(url, message.body), ...caption(message)];
  if (message.type === 'location') {
    const { latitude, longitude, name } = message.body ?? {};
    return [el('span', { class: 'text', text: `${t('kind_location')} ${name ?? ''} ${latitude}, ${longitude}` })];
  }
  if (message.type === 'text') return caption(message);
  return [el('span', { class: 'text', text: `${t(`kind_${message.type}`)} ${message.content}` })];
}

function picture(url, { name = '', width, height }) {
  const image = el('img', { class: 'picture', testid: 'picture', attrs: { src: url, alt: name, loading: 'lazy' } });
  if (width > 0 && height > 0) {
    // The place is known before the picture is there, so nothing jumps.
    const scale = Math.min(1, LARGEST / Math.max(width, height));
    image.width = Math.round(width * scale);
    image.height = Math.round(height * scale);
  }
  return el('a', { class: 'picture-link', attrs: { href: url, target: '_blank', rel: 'noopener' } }, image);
}

function file(url, { name, size }) {
  const label = name || url.split('/').at(-1);
  return el('a', { class: 'file', testid: 'file-link', attrs: { href: url, download: label } },
    icon('file'), el('span', { class: 'file-name', text: label }), el('span', { class: 'file-size', text: sizeOf(size) }));
}
