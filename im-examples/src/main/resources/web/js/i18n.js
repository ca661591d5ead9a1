// The language of the page: ?lang=, else the last choice, else the browser's.

import { texts } from './texts.js';

const STORED = 'embedim.lang';
const LOCALE = { zh: 'zh-CN', en: 'en' };
const listeners = new Set();
let language = 'zh';

function stored() {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

function supported(tag) {
  const base = (tag ?? '').toLowerCase().split('-')[0];
  return base in texts ? base : null;
}

/** Texts of a page of its own, beside or instead of the common ones. */
export function add(more) {
  for (const [tag, own] of Object.entries(more)) Object.assign(texts[tag], own);
}

export function start(requested) {
  use(supported(requested) ?? supported(stored()) ?? supported(navigator.language) ?? 'en');
}

export function toggle() {
  const next = language === 'zh' ? 'en' : 'zh';
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // Forgetting the choice is all that happens.
  }
  use(next);
}

function use(next) {
  language = next;
  document.documentElement.lang = locale();
  translate(document);
  for (const listener of listeners) listener();
}

export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function locale() {
  return LOCALE[language];
}

export function t(key, ...values) {
  const text = texts[language][key] ?? key;
  return typeof text === 'function' ? text(...values) : text;
}

export function has(key) {
  return key in texts[language];
}

function translate(root) {
  for (const node of root.querySelectorAll('[data-i18n]')) node.textContent = t(node.dataset.i18n);
  for (const node of root.querySelectorAll('[data-i18n-placeholder]')) node.placeholder = t(node.dataset.i18nPlaceholder);
  for (const node of root.querySelectorAll('[data-i18n-label]')) {
    const label = t(node.dataset.i18nLabel);
    node.setAttribute('aria-label', label);
    if (node.tagName === 'BUTTON') node.title = label;
  }
}

const sameDay = (a, b) => a.toDateString() === b.toDateString();

export function timeOf(at) {
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', hour12: false }).format(at);
}

export function dayOf(at, now = new Date()) {
  const day = new Date(at);
  if (sameDay(day, now)) return t('today');
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (sameDay(day, yesterday)) return t('yesterday');
  return new Intl.DateTimeFormat(locale(), { month: 'long', day: 'numeric', weekday: 'short' }).format(day);
}

/** For the list: the time today, else the day. */
export function whenOf(at) {
  return sameDay(new Date(at), new Date())
    ? timeOf(at)
    : new Intl.DateTimeFormat(locale(), { month: 'numeric', day: 'numeric' }).format(at);
}
